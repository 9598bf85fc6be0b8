//! Calls to contacts.

use jiff::Timestamp;

use crate::record::{self, record};
use crate::{Id, StoreError, Tx};

record! {
    Main "call",
    /// A call to a contact, as it was made.
    pub struct Call {
        /// The organisation.
        pub org: Id,
        /// Its identifier.
        pub id: Id,
        /// The contact.
        pub contact: Id,
        /// The activity in the register.
        pub activity: String,
        /// When it was begun.
        pub called_at: Timestamp,
        /// Which account called.
        pub called_by: String,
        /// What came of it; `None` until it is written down.
        pub outcome: Option<i16>,
        /// The evidence entry that says what the gate said before it.
        pub entry_seq: i64,
    }
}

/// Adds a call. The contact must exist.
pub fn insert(tx: &mut Tx<'_>, new: &Call) -> Result<(), StoreError> {
    record::insert(tx, std::slice::from_ref(new))
}

/// Writes every field; `false` if there is none with its identifier.
pub fn update(tx: &mut Tx<'_>, changed: &Call) -> Result<bool, StoreError> {
    record::update(tx, changed)
}

/// The call, and nobody else changes it until this transaction ends.
pub fn get_to_change(tx: &mut Tx<'_>, org: Id, id: Id) -> Result<Option<Call>, StoreError> {
    record::get_to_change(tx, org, id)
}

/// At most `limit` calls in the order of their identifiers, after `after`.
pub fn list(
    tx: &mut Tx<'_>,
    org: Id,
    after: Option<Id>,
    limit: u32,
) -> Result<Vec<Call>, StoreError> {
    record::page(tx, org, after, limit)
}

/// The calls to a contact, in the order in which they were made.
pub fn of_contact(tx: &mut Tx<'_>, org: Id, contact: Id) -> Result<Vec<Call>, StoreError> {
    record::of_contact(tx, org, contact)
}
