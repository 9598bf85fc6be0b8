//! Lists of addresses and numbers that must not be advertised to, as keyed hashes.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::record::{self, Record, blobs, each_once, record, select};
use crate::tx::Place;
use crate::value::{Row, bind};
use crate::{Hash, Id, StoreError, Tx};

record! {
    Main "block_list",
    /// A list that was taken in.
    pub struct BlockList {
        /// The organisation.
        pub org: Id,
        /// Its identifier.
        pub id: Id,
        /// What people call it; a list of the same name takes its place.
        pub name: String,
        /// Where it comes from.
        pub kind: i16,
        /// The day whose state it has.
        pub as_of: Date,
        /// When it was taken in.
        pub taken_at: Timestamp,
        /// Who took it in.
        pub taken_by: String,
        /// E-mail addresses on it.
        pub addresses: i64,
        /// Telephone numbers on it.
        pub numbers: i64,
        /// What could not be read.
        pub unreadable: i64,
        /// SHA-256 over its rows.
        pub sha256: Vec<u8>,
        /// The evidence entry that proves it.
        pub entry_seq: i64,
    }
}

record! {
    Main "blocked",
    /// An address or number on a list.
    pub struct Blocked {
        /// The organisation.
        pub org: Id,
        /// The list.
        pub list: Id,
        /// E-mail or telephone.
        pub kind: i16,
        /// The keyed hash.
        pub hash: Hash,
        /// Since when it stands on the list.
        pub since: Date,
    }
}

/// An address on a list that is in force, as a decision needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// E-mail or telephone.
    pub kind: i16,
    /// The keyed hash.
    pub hash: Hash,
    /// Since when it stands on the list.
    pub since: Date,
    /// Where the list comes from.
    pub list: i16,
    /// What people call the list.
    pub name: String,
    /// The day whose state the list has.
    pub as_of: Date,
    /// The evidence entry of the list.
    pub entry_seq: i64,
}

/// The columns of [`Listed`] as [`Listed::read`] takes them.
pub(crate) const LISTED: &str = "b.kind, b.hash, b.since, k.kind, k.name, k.as_of, k.entry_seq";
/// Binds rows to lists that are in force.
pub(crate) const IN_FORCE: &str = "JOIN block_list k ON k.org = b.org AND k.id = b.list";

impl Listed {
    pub(crate) fn read(row: &Row<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            kind: row.get(0)?,
            hash: row.get(1)?,
            since: row.get(2)?,
            list: row.get(3)?,
            name: row.get(4)?,
            as_of: row.get(5)?,
            entry_seq: row.get(6)?,
        })
    }
}

/// Adds a list, which puts its rows in force. A second one of the same name is
/// [`StoreError::Duplicate`].
pub fn insert(tx: &mut Tx<'_>, new: &BlockList) -> Result<(), StoreError> {
    record::insert(tx, std::slice::from_ref(new))
}

/// Every list, by name.
pub fn list(tx: &mut Tx<'_>, org: Id) -> Result<Vec<BlockList>, StoreError> {
    let sql = select::<BlockList>("WHERE org = ?1 ORDER BY name");
    tx.rows(&sql, &bind![org], BlockList::read)
}

/// The list with this identifier.
pub fn get(tx: &mut Tx<'_>, org: Id, id: Id) -> Result<Option<BlockList>, StoreError> {
    record::get(tx, org, id)
}

/// Like [`get`], and nobody else changes it until the transaction ends.
pub fn get_to_change(tx: &mut Tx<'_>, org: Id, id: Id) -> Result<Option<BlockList>, StoreError> {
    record::get_to_change(tx, org, id)
}

/// The list of this name.
pub fn named(tx: &mut Tx<'_>, org: Id, name: &str) -> Result<Option<BlockList>, StoreError> {
    let sql = select::<BlockList>("WHERE org = ?1 AND name = ?2");
    tx.row(&sql, &bind![org, name], BlockList::read)
}

/// Adds rows of a list; what it has already stays.
pub fn add(tx: &mut Tx<'_>, new: &[Blocked]) -> Result<(), StoreError> {
    Blocked::insert_all(tx, new, "ON CONFLICT DO NOTHING")?;
    Ok(())
}

/// What stands on both lists has stood on `list` since it stood on `before`.
pub fn keep_days(tx: &mut Tx<'_>, org: Id, list: Id, before: Id) -> Result<(), StoreError> {
    let same = "FROM blocked o WHERE o.org = ?1 AND o.list = ?3 AND o.kind = blocked.kind \
                AND o.hash = blocked.hash AND o.since < blocked.since";
    let sql = format!(
        "UPDATE blocked SET since = (SELECT o.since {same}) \
         WHERE org = ?1 AND list = ?2 AND EXISTS (SELECT 1 {same})"
    );
    tx.execute(Place::Main, &sql, &bind![org, list, before])?;
    Ok(())
}

/// Removes a list with its rows; `false` if it is gone.
pub fn remove(tx: &mut Tx<'_>, org: Id, id: Id) -> Result<bool, StoreError> {
    let sql = "DELETE FROM block_list WHERE org = ?1 AND id = ?2";
    let removed = tx.execute(Place::Main, sql, &bind![org, id])? == 1;
    remove_rows(tx, org, id)?;
    Ok(removed)
}

/// Removes the rows of a list.
pub fn remove_rows(tx: &mut Tx<'_>, org: Id, list: Id) -> Result<(), StoreError> {
    let sql = "DELETE FROM blocked WHERE org = ?1 AND list = ?2";
    tx.execute(Place::Main, sql, &bind![org, list])?;
    Ok(())
}

/// Removes the rows of lists older than `before` that never came into force, since whatever took
/// them in ended before its time.
pub fn remove_left_over(tx: &mut Tx<'_>, org: Id, before: Id) -> Result<(), StoreError> {
    let sql = "DELETE FROM blocked WHERE org = ?1 AND list < ?2 AND NOT EXISTS \
               (SELECT 1 FROM block_list k WHERE k.org = ?1 AND k.id = blocked.list)";
    tx.execute(Place::Main, sql, &bind![org, before])?;
    Ok(())
}

/// At most `limit` rows of a list in the order of kind and hash, after `after`.
pub fn rows(
    tx: &mut Tx<'_>,
    org: Id,
    list: Id,
    after: Option<(i16, Hash)>,
    limit: u32,
) -> Result<Vec<Blocked>, StoreError> {
    let (kind, hash) = after.unwrap_or((i16::MIN, [0; 32]));
    let sql = select::<Blocked>(
        "WHERE org = ?1 AND list = ?2 AND (kind > ?3 OR (kind = ?3 AND hash > ?4)) \
         ORDER BY kind, hash LIMIT ?5",
    );
    tx.rows(&sql, &bind![org, list, kind, hash, limit], Blocked::read)
}

/// What stands on a list in force of these hashes, in no particular order.
pub fn find(tx: &mut Tx<'_>, org: Id, hashes: &[Hash]) -> Result<Vec<Listed>, StoreError> {
    let sql =
        format!("SELECT {LISTED} FROM blocked b {IN_FORCE} WHERE b.org = ?1 AND b.hash = ANY(?2)");
    tx.rows_of_many(&sql, &bind![org], &blobs(&each_once(hashes)), Listed::read)
}

/// What a list alone blocks: neither another list nor a suppression of its own stops it. How many
/// addresses and numbers that are, and how many contacts have one of them. What the list `next` has is
/// left out, which takes its place.
pub fn blocks_alone(
    tx: &mut Tx<'_>,
    org: Id,
    list: Id,
    next: Option<Id>,
) -> Result<(i64, i64), StoreError> {
    let next = next.unwrap_or(Id([0; 16]));
    let alone = "b.org = ?1 AND b.list = ?2 \
         AND NOT EXISTS (SELECT 1 FROM blocked n WHERE n.org = b.org AND n.list = ?3 \
         AND n.kind = b.kind AND n.hash = b.hash) \
         AND NOT EXISTS (SELECT 1 FROM blocked o JOIN block_list k ON k.org = o.org \
         AND k.id = o.list WHERE o.org = b.org AND o.hash = b.hash AND o.kind = b.kind \
         AND o.list <> b.list) \
         AND NOT EXISTS (SELECT 1 FROM suppression s WHERE s.org = b.org AND s.hash = b.hash \
         AND s.kind = b.kind AND s.channels <> 0)";
    let rows = format!("SELECT COUNT(*) FROM blocked b WHERE {alone}");
    let contacts = format!(
        "SELECT COUNT(DISTINCT l.contact) FROM blocked b JOIN lookup l ON l.org = b.org \
         AND l.hash = b.hash AND l.kind = b.kind WHERE {alone}"
    );
    let mut count = |sql: &str| tx.row(sql, &bind![org, list, next], |row| row.get::<i64>(0));
    let (rows, contacts) = (count(&rows)?, count(&contacts)?);
    Ok((rows.unwrap_or_default(), contacts.unwrap_or_default()))
}
