//! What people ask for about their data, from receipt to the answer.

use jiff::civil::Date;

use crate::record::{self, Record, record, select};
use crate::tx::Place;
use crate::value::bind;
use crate::{Hash, Id, StoreError, Tx};

record! {
    Main "request",
    /// A request (Betroffenenanfrage), Art. 15 to 22 GDPR.
    pub struct Request {
        /// The organisation.
        pub org: Id,
        /// Its identifier.
        pub id: Id,
        /// The contact; `None` as long as it is not known who asks, and then the key that seals it is
        /// kept under the request's own identifier.
        pub contact: Option<Id>,
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
        /// By which way it came.
        pub intake: i16,
        /// Whether it is known that the person asks.
        pub identity: i16,
        /// The last day after an extension, of which the person was told.
        pub extended_until: Option<Date>,
        /// The account that works on it.
        pub assigned_to: Option<Id>,
        /// What came of it.
        pub outcome: Option<i16>,
        /// What was written, sealed.
        pub sealed: Option<Vec<u8>>,
        /// Keyed hash of the mailbox that asked.
        pub address: Option<Hash>,
        /// Hash of the token by which the mailbox's holder confirms.
        pub token: Option<Hash>,
        /// How many reminders of the deadline went out.
        pub reminded: i16,
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
    let sql = select::<Request>(
        "WHERE org = ?1 AND answered_on IS NULL \
         ORDER BY COALESCE(extended_until, due_on), id LIMIT ?2",
    );
    tx.rows(&sql, &bind![org, limit], Request::read)
}

/// At most `limit` requests that are closed, the newest first.
pub fn closed(tx: &mut Tx<'_>, org: Id, limit: u32) -> Result<Vec<Request>, StoreError> {
    let sql = select::<Request>(
        "WHERE org = ?1 AND answered_on IS NOT NULL ORDER BY answered_on DESC, id DESC LIMIT ?2",
    );
    tx.rows(&sql, &bind![org, limit], Request::read)
}

/// The request with this identifier.
pub fn get(tx: &mut Tx<'_>, org: Id, id: Id) -> Result<Option<Request>, StoreError> {
    record::get(tx, org, id)
}

/// The request whose confirmation waits for this token.
pub fn with_token(tx: &mut Tx<'_>, token: &Hash) -> Result<Option<Request>, StoreError> {
    let sql = select::<Request>("WHERE token = ?1");
    tx.row(&sql, &bind![*token], Request::read)
}

/// Requests that wait for an answer, stand with an identity and came before a day; the first `limit`.
pub fn unasked(
    tx: &mut Tx<'_>,
    org: Id,
    identity: i16,
    before: Date,
    limit: u32,
) -> Result<Vec<Request>, StoreError> {
    let sql = select::<Request>(
        "WHERE org = ?1 AND answered_on IS NULL AND identity = ?2 AND asked_on < ?3 \
         ORDER BY id LIMIT ?4",
    );
    tx.rows(&sql, &bind![org, identity, before, limit], Request::read)
}

/// The requests of a mailbox, in the order of their identifiers.
pub fn of_address(tx: &mut Tx<'_>, org: Id, address: &Hash) -> Result<Vec<Request>, StoreError> {
    let sql = select::<Request>("WHERE org = ?1 AND address = ?2 ORDER BY id");
    tx.rows(&sql, &bind![org, *address], Request::read)
}

/// Requests of nobody known that were closed before a day; the first `limit`.
pub fn unknown_closed_before(
    tx: &mut Tx<'_>,
    org: Id,
    day: Date,
    limit: u32,
) -> Result<Vec<Request>, StoreError> {
    let sql = select::<Request>(
        "WHERE org = ?1 AND contact IS NULL AND answered_on < ?2 ORDER BY id LIMIT ?3",
    );
    tx.rows(&sql, &bind![org, day, limit], Request::read)
}

/// Requests of nobody known that ended with an outcome before a day; the first `limit`.
pub fn unknown_ended_before(
    tx: &mut Tx<'_>,
    org: Id,
    outcome: i16,
    day: Date,
    limit: u32,
) -> Result<Vec<Request>, StoreError> {
    let sql = select::<Request>(
        "WHERE org = ?1 AND contact IS NULL AND outcome = ?2 AND answered_on < ?3 \
         ORDER BY id LIMIT ?4",
    );
    tx.rows(&sql, &bind![org, outcome, day, limit], Request::read)
}

/// How many requests of a kind wait for an answer.
pub fn waiting(tx: &mut Tx<'_>, org: Id, kind: i16) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM request WHERE org = ?1 AND kind = ?2 AND answered_on IS NULL";
    let count = tx.row(sql, &bind![org, kind], |row| row.get(0))?;
    Ok(count.unwrap_or_default())
}

/// Deletes a request of nobody known, with its key.
pub fn remove_unknown(tx: &mut Tx<'_>, gone: &Request) -> Result<(), StoreError> {
    let sql = "DELETE FROM request WHERE org = ?1 AND id = ?2 AND contact IS NULL";
    tx.execute(Place::Main, sql, &bind![gone.org, gone.id])?;
    tx.shred_after_commit(gone.org, gone.id)
}
