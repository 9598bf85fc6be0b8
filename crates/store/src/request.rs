//! What people ask for about their data, until it is answered.

use jiff::civil::Date;

use crate::record::{self, Record, record, select};
use crate::value::bind;
use crate::{Id, StoreError, Tx};

record! {
    Main "request",
    /// A request (Betroffenenanfrage), Art. 15 and 17 GDPR.
    pub struct Request {
        /// The organisation.
        pub org: Id,
        /// Its identifier.
        pub id: Id,
        /// The contact.
        pub contact: Id,
        /// What is asked for.
        pub kind: i16,
        /// When it came.
        pub asked_on: Date,
        /// The last day for the answer.
        pub due_on: Date,
        /// When it was answered.
        pub answered_on: Option<Date>,
        /// The evidence entry that proves it.
        pub entry_seq: i64,
    }
}

/// Adds a request. The contact must exist.
pub fn insert(tx: &mut Tx<'_>, new: &Request) -> Result<(), StoreError> {
    record::insert(tx, std::slice::from_ref(new))
}

/// The request, and nobody else changes it until the transaction ends.
pub fn get_to_change(tx: &mut Tx<'_>, org: Id, id: Id) -> Result<Option<Request>, StoreError> {
    record::get_to_change(tx, org, id)
}

/// Writes every field of a request; `false` if there is none with its identifier.
pub fn update(tx: &mut Tx<'_>, changed: &Request) -> Result<bool, StoreError> {
    record::update(tx, changed)
}

/// At most `limit` requests in the order of their identifiers, after `after`.
pub fn list(
    tx: &mut Tx<'_>,
    org: Id,
    after: Option<Id>,
    limit: u32,
) -> Result<Vec<Request>, StoreError> {
    record::page(tx, org, after, limit)
}

/// The contact's requests, in the order of their identifiers.
pub fn of_contact(tx: &mut Tx<'_>, org: Id, contact: Id) -> Result<Vec<Request>, StoreError> {
    record::of_contact(tx, org, contact)
}

/// At most `limit` requests that wait for an answer, the most urgent first.
pub fn open(tx: &mut Tx<'_>, org: Id, limit: u32) -> Result<Vec<Request>, StoreError> {
    let sql =
        select::<Request>("WHERE org = ?1 AND answered_on IS NULL ORDER BY due_on, id LIMIT ?2");
    tx.rows(&sql, &bind![org, limit], Request::read)
}
