//! Passkey ceremonies that wait for the browser's answer.

use jiff::Timestamp;

use crate::record::{self, Record, record, select};
use crate::tx::Place;
use crate::value::bind;
use crate::{Id, StoreError, Tx};

record! {
    Main "ceremony",
    /// A ceremony that was begun.
    pub struct Ceremony {
        /// Its identifier.
        pub id: Id,
        /// Whether a passkey is added or used.
        pub purpose: i16,
        /// The account that adds one; `None` while it is not known who signs in.
        pub account: Option<Id>,
        /// What the answer is checked against, encoded.
        pub state: Vec<u8>,
        /// Until when the answer is taken.
        pub expires_at: Timestamp,
    }
}

/// Adds a ceremony.
pub fn insert(tx: &mut Tx<'_>, new: &Ceremony) -> Result<(), StoreError> {
    record::insert(tx, std::slice::from_ref(new))
}

/// Takes a ceremony out, so that its answer is taken once.
pub fn take(tx: &mut Tx<'_>, id: Id) -> Result<Option<Ceremony>, StoreError> {
    let sql = select::<Ceremony>("WHERE id = ?1");
    let found = tx.row(&sql, &bind![id], Ceremony::read)?;
    let removed = tx.execute(
        Place::Main,
        "DELETE FROM ceremony WHERE id = ?1",
        &bind![id],
    )?;
    // Of two that ask at once, only the one whose deletion counts has it.
    Ok(found.filter(|_| removed == 1))
}

/// Removes what has expired.
pub fn remove_expired(tx: &mut Tx<'_>, now: Timestamp) -> Result<u64, StoreError> {
    let sql = "DELETE FROM ceremony WHERE expires_at <= ?1";
    tx.execute(Place::Main, sql, &bind![now])
}
