//! Suppressions: hashes of addresses that must not be used, which outlive the contact.

use jiff::civil::Date;

use crate::record::{Record, blobs, each_once, record, select};
use crate::tx::Place;
use crate::value::bind;
use crate::{Hash, Id, StoreError, Tx};

record! {
    Main "suppression",
    /// A block (Werbesperre) on the keyed hash of an address, Art. 21(3) and 17(3)(b) GDPR.
    pub struct Suppression {
        /// The organisation.
        pub org: Id,
        /// The keyed hash of the normalised address.
        pub hash: Hash,
        /// E-mail, phone and so on.
        pub kind: i16,
        /// The blocked channels, as bits.
        pub channels: u32,
        /// Since when.
        pub since: Date,
        /// Objection, erasure and so on.
        pub reason: i16,
    }
}

/// Adds blocks. Where there is one already, channels are added to it, and the earlier day and the
/// first reason stay. One that was lifted, and so blocks nothing, begins anew.
pub fn add(tx: &mut Tx<'_>, new: &[Suppression]) -> Result<(), StoreError> {
    // One statement each: PostgreSQL refuses to merge two new rows with the same key at once.
    for one in new {
        Suppression::insert_all(
            tx,
            std::slice::from_ref(one),
            "ON CONFLICT (org, hash, kind) DO UPDATE SET \
             channels = suppression.channels | excluded.channels, \
             since = CASE WHEN suppression.channels = 0 OR excluded.since < suppression.since \
             THEN excluded.since ELSE suppression.since END, \
             reason = CASE WHEN excluded.reason < suppression.reason \
             THEN excluded.reason ELSE suppression.reason END",
        )?;
    }
    Ok(())
}

/// Takes channels off a block; the row stays, since evidence names it.
pub fn lift(tx: &mut Tx<'_>, changed: &Suppression) -> Result<(), StoreError> {
    let sql = "UPDATE suppression SET channels = ?4 WHERE org = ?1 AND hash = ?2 AND kind = ?3";
    let values = bind![changed.org, changed.hash, changed.kind, changed.channels];
    tx.execute(Place::Main, sql, &values)?;
    Ok(())
}

/// Every block on one of these hashes, in no particular order.
pub fn find(tx: &mut Tx<'_>, org: Id, hashes: &[Hash]) -> Result<Vec<Suppression>, StoreError> {
    let sql = select::<Suppression>("WHERE org = ?1 AND hash = ANY(?2)");
    tx.rows_of_many(
        &sql,
        &bind![org],
        &blobs(&each_once(hashes)),
        Suppression::read,
    )
}

/// At most `limit` blocks in the order of their hashes and kinds, after `after`.
pub fn list(
    tx: &mut Tx<'_>,
    org: Id,
    after: Option<(Hash, i16)>,
    limit: u32,
) -> Result<Vec<Suppression>, StoreError> {
    let (hash, kind) = after.unwrap_or(([0; 32], i16::MIN));
    let sql = select::<Suppression>(
        "WHERE org = ?1 AND (hash > ?2 OR (hash = ?2 AND kind > ?3)) \
         ORDER BY hash, kind LIMIT ?4",
    );
    tx.rows(&sql, &bind![org, hash, kind, limit], Suppression::read)
}

/// How many blocks an organisation keeps.
pub fn count(tx: &mut Tx<'_>, org: Id) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM suppression WHERE org = ?1";
    let count = tx.row(sql, &bind![org], |row| row.get(0))?;
    Ok(count.unwrap_or_default())
}
