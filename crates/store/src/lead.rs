//! Contacts who came by a form.

use crate::record::{self, record};
use crate::{Id, StoreError, Tx};

record! {
    Main "lead",
    /// A form that a contact confirmed, and how far the contact has come since.
    pub struct Lead {
        /// The organisation.
        pub org: Id,
        /// Its identifier: that of what was sent.
        pub id: Id,
        /// The contact.
        pub contact: Id,
        /// The form.
        pub form: String,
        /// Where the person came from, as it is counted.
        pub source: String,
        /// The legal basis, as it is counted.
        pub basis: String,
        /// The furthest stage that was counted.
        pub furthest: i16,
    }
}

/// Adds a lead. The contact must exist.
pub fn insert(tx: &mut Tx<'_>, new: &Lead) -> Result<(), StoreError> {
    record::insert(tx, std::slice::from_ref(new))
}

/// Writes every field; `false` if there is none with its identifier.
pub fn update(tx: &mut Tx<'_>, changed: &Lead) -> Result<bool, StoreError> {
    record::update(tx, changed)
}

/// At most `limit` leads in the order of their identifiers, after `after`.
pub fn list(
    tx: &mut Tx<'_>,
    org: Id,
    after: Option<Id>,
    limit: u32,
) -> Result<Vec<Lead>, StoreError> {
    record::page(tx, org, after, limit)
}

/// The forms that a contact came by, in the order in which they were sent.
pub fn of_contact(tx: &mut Tx<'_>, org: Id, contact: Id) -> Result<Vec<Lead>, StoreError> {
    record::of_contact(tx, org, contact)
}
