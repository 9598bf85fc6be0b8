//! Documents that back a consent.

use crate::record::{self, record};
use crate::value::bind;
use crate::{Id, StoreError, Tx};

record! {
    Main "document",
    /// A document, for example a signed form (Art. 7(1) GDPR).
    pub struct Document {
        /// The organisation.
        pub org: Id,
        /// Its identifier.
        pub id: Id,
        /// The contact.
        pub contact: Id,
        /// The consent that it backs.
        pub consent: Id,
        /// What kind of file it is.
        pub media: i16,
        /// Its bytes, sealed.
        pub sealed: Vec<u8>,
    }
}

/// Adds a document. The contact must exist.
pub fn insert(tx: &mut Tx<'_>, new: &Document) -> Result<(), StoreError> {
    record::insert(tx, std::slice::from_ref(new))
}

/// The document with this identifier.
pub fn get(tx: &mut Tx<'_>, org: Id, id: Id) -> Result<Option<Document>, StoreError> {
    record::get(tx, org, id)
}

/// Writes every field of a document; `false` if there is none with its identifier.
pub fn update(tx: &mut Tx<'_>, changed: &Document) -> Result<bool, StoreError> {
    record::update(tx, changed)
}

/// The identifiers of the contact's documents, in their order. The documents themselves are large:
/// they are read one by one.
pub fn of_contact(tx: &mut Tx<'_>, org: Id, contact: Id) -> Result<Vec<Id>, StoreError> {
    tx.rows(
        "SELECT id FROM document WHERE org = ?1 AND contact = ?2 ORDER BY id",
        &bind![org, contact],
        |row| row.get(0),
    )
}

/// The identifiers of all documents, in their order.
pub fn all(tx: &mut Tx<'_>, org: Id) -> Result<Vec<Id>, StoreError> {
    tx.rows(
        "SELECT id FROM document WHERE org = ?1 ORDER BY id",
        &bind![org],
        |row| row.get(0),
    )
}
