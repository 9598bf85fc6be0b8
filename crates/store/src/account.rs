//! Accounts: the people who sign in.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::erasure::{self, Erasure};
use crate::record::{self, Record, record, select};
use crate::tx::Place;
use crate::value::bind;
use crate::{Hash, Id, StoreError, Tx};

record! {
    Main "account",
    /// A person who signs in.
    pub struct Account {
        /// Its identifier.
        pub id: Id,
        /// The keyed hash of the e-mail address.
        pub email_hash: Hash,
        /// Name, e-mail address and language, sealed.
        pub sealed: Vec<u8>,
        /// The password's argon2id hash in PHC form; `None` if there is no password.
        pub password: Option<String>,
        /// The secret of the one-time codes, sealed.
        pub totp: Option<Vec<u8>>,
        /// The last time step whose code was used (RFC 6238); `None` until a first code
        /// confirmed the secret.
        pub totp_step: Option<i64>,
        /// When it was made.
        pub created_at: Timestamp,
    }
}

/// What belongs to an account, besides its memberships.
const BELONGINGS: [&str; 6] = [
    "passkey",
    "session",
    "link",
    "ceremony",
    "outbox",
    "request_calendar",
];

/// Adds an account. One with the same address is [`StoreError::Duplicate`].
pub fn insert(tx: &mut Tx<'_>, new: &Account) -> Result<(), StoreError> {
    record::insert(tx, std::slice::from_ref(new))
}

/// The account with this identifier.
pub fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Account>, StoreError> {
    let sql = select::<Account>("WHERE id = ?1");
    tx.row(&sql, &bind![id], Account::read)
}

/// Like [`get`], and nobody else changes the account until this transaction ends.
pub fn get_to_change(tx: &mut Tx<'_>, id: Id) -> Result<Option<Account>, StoreError> {
    let lock = if tx.is_postgres() { "FOR UPDATE" } else { "" };
    let sql = select::<Account>(&format!("WHERE id = ?1 {lock}"));
    tx.row(&sql, &bind![id], Account::read)
}

/// The account with this address.
pub fn by_email(tx: &mut Tx<'_>, email_hash: &Hash) -> Result<Option<Account>, StoreError> {
    let sql = select::<Account>("WHERE email_hash = ?1");
    tx.row(&sql, &bind![*email_hash], Account::read)
}

/// Like [`by_email`], and nobody else changes the account until this transaction ends.
pub fn by_email_to_change(
    tx: &mut Tx<'_>,
    email_hash: &Hash,
) -> Result<Option<Account>, StoreError> {
    let lock = if tx.is_postgres() { "FOR UPDATE" } else { "" };
    let sql = select::<Account>(&format!("WHERE email_hash = ?1 {lock}"));
    tx.row(&sql, &bind![*email_hash], Account::read)
}

/// Every account, oldest first.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<Account>, StoreError> {
    let sql = select::<Account>("ORDER BY created_at, id");
    tx.rows(&sql, &[], Account::read)
}

/// Whether anybody can sign in, or is invited to.
pub fn any(tx: &mut Tx<'_>) -> Result<bool, StoreError> {
    let one = tx.row("SELECT 1 FROM account LIMIT 1", &[], |row| {
        row.get::<i64>(0)
    })?;
    Ok(one.is_some())
}

/// Erases an account: its ways in, sessions, links and letters go, name and address with it, and its
/// key, which stands under `org` among the keys. The journal of erasures says so, so that the key
/// goes even after a crash; `entry_seq` is the entry of the log that ended the last membership.
///
/// On SQLite the write fails with [`StoreError::ShredPending`] if the key can't go right after the
/// commit; see [`crate::erasure::erase`].
pub fn erase(
    tx: &mut Tx<'_>,
    org: Id,
    account: Id,
    requested_on: Date,
    at: Timestamp,
    entry_seq: i64,
) -> Result<(), StoreError> {
    for table in BELONGINGS {
        let sql = format!("DELETE FROM {table} WHERE account = ?1");
        tx.execute(Place::Main, &sql, &bind![account])?;
    }
    let sql = "DELETE FROM account WHERE id = ?1";
    tx.execute(Place::Main, sql, &bind![account])?;
    let entry = Erasure {
        org,
        contact: account,
        requested_on,
        done_at: Some(at),
        entry_seq,
    };
    erasure::journal(tx, &entry)?;
    tx.shred_after_commit(org, account)
}

/// Writes every field; `false` if there is none with its identifier.
pub fn update(tx: &mut Tx<'_>, account: &Account) -> Result<bool, StoreError> {
    let sql = "UPDATE account SET email_hash = ?2, sealed = ?3, password = ?4, totp = ?5, \
               totp_step = ?6, created_at = ?7 WHERE id = ?1";
    Ok(tx.execute(Place::Main, sql, &account.values())? == 1)
}
