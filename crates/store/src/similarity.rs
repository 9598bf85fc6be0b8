//! Which goods are similar: decided once per pair by a person, and reused.

use jiff::civil::Date;

use crate::record::{Record, record, select};
use crate::value::bind;
use crate::{Id, StoreError, Tx};

record! {
    Main "similarity",
    /// Whether two classes of goods are similar, for § 7(3) Nr. 2 UWG.
    pub struct Similarity {
        /// The organisation.
        pub org: Id,
        /// One class. The caller orders the pair, so that each is asked about once.
        pub goods_a: String,
        /// The other class.
        pub goods_b: String,
        /// Whether they are similar.
        pub alike: bool,
        /// Who decided.
        pub decided_by: String,
        /// When.
        pub decided_on: Date,
        /// Why.
        pub reason: String,
    }
}

/// Saves a decision; a later one for the same pair takes its place.
pub fn put(tx: &mut Tx<'_>, decision: &Similarity) -> Result<(), StoreError> {
    Similarity::insert_all(
        tx,
        std::slice::from_ref(decision),
        "ON CONFLICT (org, goods_a, goods_b) DO UPDATE SET alike = excluded.alike, \
         decided_by = excluded.decided_by, decided_on = excluded.decided_on, \
         reason = excluded.reason",
    )?;
    Ok(())
}

/// Every decision of an organisation.
pub fn list(tx: &mut Tx<'_>, org: Id) -> Result<Vec<Similarity>, StoreError> {
    let sql = select::<Similarity>("WHERE org = ?1 ORDER BY goods_a, goods_b");
    tx.rows(&sql, &bind![org], Similarity::read)
}
