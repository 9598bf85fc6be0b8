//! Mail to accounts that waits to be sent.

use jiff::Timestamp;

use crate::record::{self, Record, record, select};
use crate::tx::Place;
use crate::value::bind;
use crate::{Id, StoreError, Tx};

record! {
    Main "outbox",
    /// A mail that waits.
    pub struct Mail {
        /// Its identifier.
        pub id: Id,
        /// To whom it goes.
        pub account: Id,
        /// On behalf of which organisation.
        pub org: Id,
        /// Address, subject and text, sealed under the account's key.
        pub sealed: Vec<u8>,
        /// When it was written.
        pub created_at: Timestamp,
        /// How often sending was tried.
        pub tries: i64,
        /// When it is tried next.
        pub retry_at: Timestamp,
        /// Why it could not be sent last time, without addresses.
        pub failure: Option<String>,
        /// Since when its content is on its way to the mail server; it is not sent again by itself.
        pub transmitting_at: Option<Timestamp>,
    }
}

/// Adds a mail.
pub fn insert(tx: &mut Tx<'_>, new: &Mail) -> Result<(), StoreError> {
    record::insert(tx, std::slice::from_ref(new))
}

/// At most `limit` mails that are due, the oldest first; those that were tried `tries` times or
/// more are given up.
pub fn due(
    tx: &mut Tx<'_>,
    now: Timestamp,
    tries: i64,
    limit: u32,
) -> Result<Vec<Mail>, StoreError> {
    let sql = select::<Mail>(
        "WHERE retry_at <= ?1 AND tries < ?2 AND transmitting_at IS NULL ORDER BY created_at, id LIMIT ?3",
    );
    tx.rows(&sql, &bind![now, tries, limit], Mail::read)
}

/// The mails of an organisation that wait, newest first.
pub fn of_organisation(tx: &mut Tx<'_>, org: Id) -> Result<Vec<Mail>, StoreError> {
    let sql = select::<Mail>("WHERE org = ?1 ORDER BY created_at DESC, id");
    tx.rows(&sql, &bind![org], Mail::read)
}

/// Claims a mail for one try until `retry_at`; `false` if somebody else did first.
pub fn claim(tx: &mut Tx<'_>, mail: &Mail, retry_at: Timestamp) -> Result<bool, StoreError> {
    let sql = "UPDATE outbox SET tries = tries + 1, retry_at = ?3 WHERE id = ?1 AND tries = ?2";
    Ok(tx.execute(Place::Main, sql, &bind![mail.id, mail.tries, retry_at])? == 1)
}

/// Notes that the content of a mail goes out now, in the try with this number; `false` if it is
/// gone or another try began.
pub fn transmitting(
    tx: &mut Tx<'_>,
    id: Id,
    tries: i64,
    at: Timestamp,
    failure: &str,
) -> Result<bool, StoreError> {
    let sql = "UPDATE outbox SET transmitting_at = ?3, failure = ?4 \
               WHERE id = ?1 AND tries = ?2 AND transmitting_at IS NULL";
    Ok(tx.execute(Place::Main, sql, &bind![id, tries, at, failure])? == 1)
}

/// Notes why a try failed; the mail can be tried again.
pub fn failed(tx: &mut Tx<'_>, id: Id, failure: &str) -> Result<(), StoreError> {
    let sql = "UPDATE outbox SET failure = ?2, transmitting_at = NULL WHERE id = ?1";
    tx.execute(Place::Main, sql, &bind![id, failure])?;
    Ok(())
}

/// Removes a mail: it was sent, or is not wanted any more.
pub fn remove(tx: &mut Tx<'_>, id: Id) -> Result<bool, StoreError> {
    let sql = "DELETE FROM outbox WHERE id = ?1";
    Ok(tx.execute(Place::Main, sql, &bind![id])? == 1)
}

/// Removes the mails to an account.
pub fn remove_of_account(tx: &mut Tx<'_>, account: Id) -> Result<u64, StoreError> {
    let sql = "DELETE FROM outbox WHERE account = ?1";
    tx.execute(Place::Main, sql, &bind![account])
}

/// Removes the mails that were written before this.
pub fn remove_before(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, StoreError> {
    let sql = "DELETE FROM outbox WHERE created_at < ?1";
    tx.execute(Place::Main, sql, &bind![before])
}
