//! Answers to who asked for access, until they were fetched.

use jiff::Timestamp;

use crate::record::{self, Record, record, select};
use crate::tx::Place;
use crate::value::bind;
use crate::{Hash, Id, StoreError, Tx};

record! {
    Main "released_answer",
    /// An answer that is in force; a contact has at most one.
    pub struct ReleasedAnswer {
        /// The organisation.
        pub org: Id,
        /// Its identifier.
        pub id: Id,
        /// The contact.
        pub contact: Id,
        /// Its language.
        pub language: i16,
        /// SHA-256 of the link's token; `None` if it is handed over without one.
        pub token: Option<Hash>,
        /// The paper, sealed.
        pub pdf: Vec<u8>,
        /// The file for machines, sealed.
        pub json: Vec<u8>,
        /// The file for spreadsheets, sealed.
        pub csv: Vec<u8>,
        /// When it was released.
        pub released_at: Timestamp,
        /// Until when it can be fetched.
        pub expires_at: Timestamp,
        /// How often the person fetched a file.
        pub downloads: i64,
    }
}

/// Adds an answer. The contact must exist and have none.
pub fn insert(tx: &mut Tx<'_>, new: &ReleasedAnswer) -> Result<(), StoreError> {
    record::insert(tx, std::slice::from_ref(new))
}

/// The answer with this identifier.
pub fn get(tx: &mut Tx<'_>, org: Id, id: Id) -> Result<Option<ReleasedAnswer>, StoreError> {
    record::get(tx, org, id)
}

/// The contact's.
pub fn of_contact(
    tx: &mut Tx<'_>,
    org: Id,
    contact: Id,
) -> Result<Option<ReleasedAnswer>, StoreError> {
    let sql = select::<ReleasedAnswer>("WHERE org = ?1 AND contact = ?2");
    tx.row(&sql, &bind![org, contact], ReleasedAnswer::read)
}

/// The one whose link has this token.
pub fn with_token(tx: &mut Tx<'_>, token: &Hash) -> Result<Option<ReleasedAnswer>, StoreError> {
    let sql = select::<ReleasedAnswer>("WHERE token = ?1");
    tx.row(&sql, &bind![*token], ReleasedAnswer::read)
}

/// Writes every field; `false` if there is none with its identifier.
pub fn update(tx: &mut Tx<'_>, changed: &ReleasedAnswer) -> Result<bool, StoreError> {
    record::update(tx, changed)
}

/// Removes an answer with its files.
pub fn remove(tx: &mut Tx<'_>, org: Id, id: Id) -> Result<(), StoreError> {
    let sql = "DELETE FROM released_answer WHERE org = ?1 AND id = ?2";
    tx.execute(Place::Main, sql, &bind![org, id])?;
    Ok(())
}

/// The identifiers of those that ended by this time, in their order. The files are large: answers are
/// read one by one.
pub fn ended(tx: &mut Tx<'_>, org: Id, by: Timestamp) -> Result<Vec<Id>, StoreError> {
    let sql = "SELECT id FROM released_answer WHERE org = ?1 AND expires_at <= ?2 ORDER BY id";
    tx.rows(sql, &bind![org, by], |row| row.get(0))
}

/// The identifiers of all, in their order.
pub fn all(tx: &mut Tx<'_>, org: Id) -> Result<Vec<Id>, StoreError> {
    let sql = "SELECT id FROM released_answer WHERE org = ?1 ORDER BY id";
    tx.rows(sql, &bind![org], |row| row.get(0))
}
