//! Finding contacts by the keyed hash of an address.

use crate::record::{Record, blobs, delete_of_contact, each_once, record, select};
use crate::tx::Place;
use crate::value::{ToValue as _, bind};
use crate::{Hash, Id, StoreError, Tx};

record! {
    Main "lookup",
    /// A hash under which a contact is found.
    pub struct Lookup {
        /// The organisation.
        pub org: Id,
        /// The keyed hash of the normalised address.
        pub hash: Hash,
        /// E-mail, phone and so on.
        pub kind: i16,
        /// The contact.
        pub contact: Id,
    }
}

/// Adds hashes; those that are there already stay.
pub fn insert(tx: &mut Tx<'_>, new: &[Lookup]) -> Result<(), StoreError> {
    Lookup::insert_all(tx, new, "ON CONFLICT DO NOTHING")?;
    Ok(())
}

/// Every entry with one of these hashes, in no particular order. Several contacts can share one.
pub fn find(tx: &mut Tx<'_>, org: Id, hashes: &[Hash]) -> Result<Vec<Lookup>, StoreError> {
    let sql = select::<Lookup>("WHERE org = ?1 AND hash = ANY(?2)");
    tx.rows_of_many(&sql, &bind![org], &blobs(&each_once(hashes)), Lookup::read)
}

/// A hash under which several contacts are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shared {
    /// The keyed hash of the normalised address.
    pub hash: Hash,
    /// E-mail, phone and so on.
    pub kind: i16,
}

/// At most `limit` hashes that several contacts have, in the order of hash and kind, after `after`;
/// of one kind, or of any.
pub fn shared(
    tx: &mut Tx<'_>,
    org: Id,
    kind: Option<i16>,
    after: Option<Shared>,
    limit: u32,
) -> Result<Vec<Shared>, StoreError> {
    let after = after.unwrap_or(Shared {
        hash: [0; 32],
        kind: i16::MIN,
    });
    let mut values = bind![org, after.hash, after.kind, limit].to_vec();
    let of_kind = kind.as_ref().map_or("", |kind| {
        values.push(kind.to_value());
        "AND kind = ?5 "
    });
    let sql = format!(
        "SELECT hash, kind FROM lookup WHERE org = ?1 AND hash >= ?2 \
         AND (hash > ?2 OR kind > ?3) {of_kind}\
         GROUP BY hash, kind HAVING COUNT(*) > 1 ORDER BY hash, kind LIMIT ?4"
    );
    tx.rows(&sql, &values, |row| {
        Ok(Shared {
            hash: row.get(0)?,
            kind: row.get(1)?,
        })
    })
}

/// The hashes of a contact.
pub fn of_contact(tx: &mut Tx<'_>, org: Id, contact: Id) -> Result<Vec<Lookup>, StoreError> {
    let sql = select::<Lookup>("WHERE org = ?1 AND contact = ?2 ORDER BY hash, kind");
    tx.rows(&sql, &bind![org, contact], Lookup::read)
}

/// Every hash of the contacts after `after` up to `to`, or to the end.
pub fn of_contacts(
    tx: &mut Tx<'_>,
    org: Id,
    after: Option<Id>,
    to: Option<Id>,
) -> Result<Vec<Lookup>, StoreError> {
    let sql = select::<Lookup>("WHERE org = ?1 AND contact > ?2 AND contact <= ?3");
    let to = to.unwrap_or(Id([u8::MAX; 16]));
    let after = after.unwrap_or_default();
    tx.rows(&sql, &bind![org, after, to], Lookup::read)
}

/// Removes one hash, such as that of an old address.
pub fn remove(tx: &mut Tx<'_>, gone: &Lookup) -> Result<(), StoreError> {
    tx.execute(
        Place::Main,
        "DELETE FROM lookup WHERE org = ?1 AND hash = ?2 AND kind = ?3 AND contact = ?4",
        &gone.values(),
    )?;
    Ok(())
}

/// Removes every hash of a contact.
pub(crate) fn remove_all(tx: &mut Tx<'_>, org: Id, contact: Id) -> Result<(), StoreError> {
    delete_of_contact(tx, Lookup::NAME, org, contact)
}
