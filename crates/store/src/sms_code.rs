//! Codes that prove a telephone number, and the text messages that bring them.

use jiff::Timestamp;

use crate::record::{self, Record, record, select};
use crate::tx::Place;
use crate::value::bind;
use crate::{Hash, Id, StoreError, Tx};

record! {
    Main "sms_code",
    /// A code. States up to 2 wait to be sent; what they mean is known to the caller.
    pub struct SmsCode {
        /// The organisation.
        pub org: Id,
        /// Its identifier; the key by which the gateway tells a second try from a second message.
        pub id: Id,
        /// The contact.
        pub contact: Id,
        /// The keyed hash of the number.
        pub number: Hash,
        /// The identifiers of the consents that it proves, one after the other.
        pub consents: Vec<u8>,
        /// The keyed hash of the code.
        pub code: Hash,
        /// Number and text, sealed under the contact's key; the code in it goes when it was sent.
        pub sealed: Option<Vec<u8>>,
        /// What became of it.
        pub state: i16,
        /// How often sending was tried.
        pub tries: i64,
        /// How often something was entered for it.
        pub entered: i64,
        /// How often a wrong code was entered.
        pub wrong: i64,
        /// When it is sent, or when the present try is over.
        pub due_at: Timestamp,
        /// When it was asked for.
        pub created_at: Timestamp,
        /// Until when it works; before it was sent, until when that makes sense.
        pub expires_at: Timestamp,
        /// When the gateway took it.
        pub sent_at: Option<Timestamp>,
        /// When it was entered.
        pub confirmed_at: Option<Timestamp>,
    }
}

/// Adds a code. The contact must exist.
pub fn insert(tx: &mut Tx<'_>, new: &SmsCode) -> Result<(), StoreError> {
    record::insert(tx, std::slice::from_ref(new))
}

/// Writes every field; `false` if it is gone.
pub fn update(tx: &mut Tx<'_>, changed: &SmsCode) -> Result<bool, StoreError> {
    record::update(tx, changed)
}

/// The code with this identifier; nobody else changes it until the transaction ends.
pub fn get_to_change(tx: &mut Tx<'_>, org: Id, id: Id) -> Result<Option<SmsCode>, StoreError> {
    record::get_to_change(tx, org, id)
}

/// The contact's codes, in the order in which they were asked for.
pub fn of_contact(tx: &mut Tx<'_>, org: Id, contact: Id) -> Result<Vec<SmsCode>, StoreError> {
    let sql = select::<SmsCode>("WHERE org = ?1 AND contact = ?2 ORDER BY created_at, id");
    tx.rows(&sql, &bind![org, contact], SmsCode::read)
}

/// How many codes were asked for a number since then.
pub fn count_of_number(
    tx: &mut Tx<'_>,
    org: Id,
    number: &Hash,
    since: Timestamp,
) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM sms_code WHERE org = ?1 AND number = ?2 AND created_at > ?3";
    let count = tx.row(sql, &bind![org, *number, since], |row| row.get(0))?;
    Ok(count.unwrap_or_default())
}

/// How many codes were asked for in an organisation since then.
pub fn count_since(tx: &mut Tx<'_>, org: Id, since: Timestamp) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM sms_code WHERE org = ?1 AND created_at > ?2";
    let count = tx.row(sql, &bind![org, since], |row| row.get(0))?;
    Ok(count.unwrap_or_default())
}

/// At most `limit` codes that are due to be sent, of every organisation.
pub fn due(tx: &mut Tx<'_>, now: Timestamp, limit: u32) -> Result<Vec<SmsCode>, StoreError> {
    let sql = select::<SmsCode>("WHERE state <= 2 AND due_at <= ?1 ORDER BY due_at, id LIMIT ?2");
    tx.rows(&sql, &bind![now, limit], SmsCode::read)
}

/// Removes a code.
pub fn remove(tx: &mut Tx<'_>, org: Id, id: Id) -> Result<(), StoreError> {
    let sql = "DELETE FROM sms_code WHERE org = ?1 AND id = ?2";
    tx.execute(Place::Main, sql, &bind![org, id])?;
    Ok(())
}

/// Removes the codes, of every organisation, that were asked for before then.
pub fn remove_before(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, StoreError> {
    let sql = "DELETE FROM sms_code WHERE created_at < ?1";
    tx.execute(Place::Main, sql, &bind![before])
}
