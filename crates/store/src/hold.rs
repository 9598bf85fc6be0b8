//! Statutory holds, which delay an erasure.

use jiff::civil::Date;

use crate::record::{self, record};
use crate::tx::Place;
use crate::value::bind;
use crate::{Id, StoreError, Tx};

record! {
    Main "hold",
    /// A duty to keep the data (HGB § 257, AO § 147 and others), Art. 17(3) GDPR.
    pub struct Hold {
        /// The organisation.
        pub org: Id,
        /// Its identifier.
        pub id: Id,
        /// The contact.
        pub contact: Id,
        /// The provision that asks for it.
        pub provision: String,
        /// Why it applies; holds no personal data.
        pub reason: String,
        /// The last day on which the data must be kept.
        pub ends_on: Date,
    }
}

/// Adds holds. The contact must exist.
pub fn insert(tx: &mut Tx<'_>, new: &[Hold]) -> Result<(), StoreError> {
    record::insert(tx, new)
}

/// Writes every field of a hold; `false` if there is none with its identifier.
pub fn update(tx: &mut Tx<'_>, changed: &Hold) -> Result<bool, StoreError> {
    record::update(tx, changed)
}

/// The contact's holds, in the order of their identifiers.
pub fn of_contact(tx: &mut Tx<'_>, org: Id, contact: Id) -> Result<Vec<Hold>, StoreError> {
    record::of_contact(tx, org, contact)
}

/// The hold with this identifier, and nobody else changes it until the transaction ends.
pub fn get_to_change(tx: &mut Tx<'_>, org: Id, id: Id) -> Result<Option<Hold>, StoreError> {
    record::get_to_change(tx, org, id)
}

/// Removes a hold.
pub fn remove(tx: &mut Tx<'_>, hold: &Hold) -> Result<(), StoreError> {
    tx.execute(
        Place::Main,
        "DELETE FROM hold WHERE org = ?1 AND id = ?2",
        &bind![hold.org, hold.id],
    )?;
    Ok(())
}
