//! Passkeys of accounts.

use jiff::Timestamp;

use crate::record::{self, Record, record, select};
use crate::tx::Place;
use crate::value::bind;
use crate::{Id, StoreError, Tx};

record! {
    Main "passkey",
    /// A passkey (WebAuthn credential).
    pub struct Passkey {
        /// The credential's identifier, as its authenticator gave it.
        pub id: Vec<u8>,
        /// Whose it is.
        pub account: Id,
        /// What never changes of it, encoded: the public key.
        pub public_key: Vec<u8>,
        /// What changes with each use, encoded: the signature counter.
        pub counter: Vec<u8>,
        /// How the browser reaches the authenticator, as bits.
        pub transports: i16,
        /// What its owner calls it, sealed.
        pub sealed: Vec<u8>,
        /// When it was added.
        pub created_at: Timestamp,
        /// When it was last used.
        pub used_at: Option<Timestamp>,
    }
}

/// Adds a passkey. One with the same identifier is [`StoreError::Duplicate`].
pub fn insert(tx: &mut Tx<'_>, new: &Passkey) -> Result<(), StoreError> {
    record::insert(tx, std::slice::from_ref(new))
}

/// The passkey with this identifier.
pub fn get(tx: &mut Tx<'_>, id: &[u8]) -> Result<Option<Passkey>, StoreError> {
    let sql = select::<Passkey>("WHERE id = ?1");
    tx.row(&sql, &bind![id], Passkey::read)
}

/// The passkeys of an account, oldest first.
pub fn of_account(tx: &mut Tx<'_>, account: Id) -> Result<Vec<Passkey>, StoreError> {
    let sql = select::<Passkey>("WHERE account = ?1 ORDER BY created_at, id");
    tx.rows(&sql, &bind![account], Passkey::read)
}

/// Notes a use.
pub fn used(tx: &mut Tx<'_>, id: &[u8], counter: &[u8], at: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE passkey SET counter = ?2, used_at = ?3 WHERE id = ?1";
    tx.execute(Place::Main, sql, &bind![id, counter, at])?;
    Ok(())
}

/// Removes a passkey of an account; `false` if it has none with this identifier.
pub fn remove(tx: &mut Tx<'_>, account: Id, id: &[u8]) -> Result<bool, StoreError> {
    let sql = "DELETE FROM passkey WHERE id = ?1 AND account = ?2";
    Ok(tx.execute(Place::Main, sql, &bind![id, account])? == 1)
}
