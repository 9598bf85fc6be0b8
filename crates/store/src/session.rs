//! Sessions: browsers that are signed in, or on their way there.

use jiff::Timestamp;

use crate::record::{self, Record, record, select};
use crate::tx::Place;
use crate::value::bind;
use crate::{Hash, Id, StoreError, Tx};

record! {
    Main "session",
    /// A browser's session.
    pub struct Session {
        /// SHA-256 of the token that the browser holds.
        pub token_hash: Hash,
        /// Whose it is.
        pub account: Id,
        /// The organisation that is acted for; all zeros if the account has none.
        pub org: Id,
        /// How far the sign-in has come.
        pub stage: i16,
        /// Browser and system in words, to be told apart in a list.
        pub device: String,
        /// When it began.
        pub created_at: Timestamp,
        /// When it was last used, to the minute.
        pub seen_at: Timestamp,
        /// When it ends at the latest.
        pub expires_at: Timestamp,
    }
}

/// Adds a session.
pub fn insert(tx: &mut Tx<'_>, new: &Session) -> Result<(), StoreError> {
    record::insert(tx, std::slice::from_ref(new))
}

/// The session with this token.
pub fn get(tx: &mut Tx<'_>, token_hash: &Hash) -> Result<Option<Session>, StoreError> {
    let sql = select::<Session>("WHERE token_hash = ?1");
    tx.row(&sql, &bind![*token_hash], Session::read)
}

/// The sessions of an account, newest first.
pub fn of_account(tx: &mut Tx<'_>, account: Id) -> Result<Vec<Session>, StoreError> {
    let sql = select::<Session>("WHERE account = ?1 ORDER BY created_at DESC, token_hash");
    tx.rows(&sql, &bind![account], Session::read)
}

/// Notes that the session was used.
pub fn seen(tx: &mut Tx<'_>, token_hash: &Hash, at: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE session SET seen_at = ?2 WHERE token_hash = ?1";
    tx.execute(Place::Main, sql, &bind![*token_hash, at])?;
    Ok(())
}

/// Makes another organisation the one that is acted for.
pub fn enter(tx: &mut Tx<'_>, token_hash: &Hash, org: Id) -> Result<(), StoreError> {
    let sql = "UPDATE session SET org = ?2 WHERE token_hash = ?1";
    tx.execute(Place::Main, sql, &bind![*token_hash, org])?;
    Ok(())
}

/// Ends a session; `false` if there is none with this token.
pub fn remove(tx: &mut Tx<'_>, token_hash: &Hash) -> Result<bool, StoreError> {
    let sql = "DELETE FROM session WHERE token_hash = ?1";
    Ok(tx.execute(Place::Main, sql, &bind![*token_hash])? == 1)
}

/// Ends every session of an account but the one that is named.
pub fn remove_others(tx: &mut Tx<'_>, account: Id, kept: Option<&Hash>) -> Result<u64, StoreError> {
    if let Some(kept) = kept {
        let sql = "DELETE FROM session WHERE account = ?1 AND token_hash <> ?2";
        tx.execute(Place::Main, sql, &bind![account, *kept])
    } else {
        let sql = "DELETE FROM session WHERE account = ?1";
        tx.execute(Place::Main, sql, &bind![account])
    }
}

/// Ends the sessions of an account that have come so far and no further.
pub fn remove_of_stage(tx: &mut Tx<'_>, account: Id, stage: i16) -> Result<u64, StoreError> {
    let sql = "DELETE FROM session WHERE account = ?1 AND stage = ?2";
    tx.execute(Place::Main, sql, &bind![account, stage])
}

/// Removes what has expired.
pub fn remove_expired(tx: &mut Tx<'_>, now: Timestamp) -> Result<u64, StoreError> {
    let sql = "DELETE FROM session WHERE expires_at <= ?1";
    tx.execute(Place::Main, sql, &bind![now])
}
