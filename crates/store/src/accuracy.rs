//! When each contact was asked whether its data are right, and when the person said so.

use jiff::Timestamp;

use crate::record::{self, Record, delete_of_contact, record, select};
use crate::value::bind;
use crate::{Id, StoreError, Tx};

record! {
    Main "accuracy",
    /// What is known of one contact.
    pub struct Accuracy {
        /// The organisation.
        pub org: Id,
        /// The contact.
        pub contact: Id,
        /// When the person was last asked.
        pub asked_at: Option<Timestamp>,
        /// When the person last said that the data are right.
        pub confirmed_at: Option<Timestamp>,
    }
}

/// What is known of a contact, if anything is.
pub fn get(tx: &mut Tx<'_>, org: Id, contact: Id) -> Result<Option<Accuracy>, StoreError> {
    let sql = select::<Accuracy>("WHERE org = ?1 AND contact = ?2");
    tx.row(&sql, &bind![org, contact], Accuracy::read)
}

/// Writes what is known of a contact, in the place of what was.
pub fn put(tx: &mut Tx<'_>, row: &Accuracy) -> Result<(), StoreError> {
    Accuracy::insert_all(
        tx,
        std::slice::from_ref(row),
        "ON CONFLICT (org, contact) DO UPDATE SET asked_at = excluded.asked_at, \
         confirmed_at = excluded.confirmed_at",
    )?;
    Ok(())
}

/// Removes what is known of a contact: it was merged into another one.
pub fn remove(tx: &mut Tx<'_>, org: Id, contact: Id) -> Result<(), StoreError> {
    delete_of_contact(tx, "accuracy", org, contact)
}

/// At most `limit` in the order of their contacts, after `after`.
pub fn list(
    tx: &mut Tx<'_>,
    org: Id,
    after: Option<Id>,
    limit: u32,
) -> Result<Vec<Accuracy>, StoreError> {
    let sql = select::<Accuracy>("WHERE org = ?1 AND contact > ?2 ORDER BY contact LIMIT ?3");
    let after = after.unwrap_or_default();
    tx.rows(&sql, &bind![org, after, limit], Accuracy::read)
}

/// What is known of some contacts, in no particular order.
pub fn of_contacts(tx: &mut Tx<'_>, org: Id, contacts: &[Id]) -> Result<Vec<Accuracy>, StoreError> {
    record::of_contacts(tx, org, contacts)
}
