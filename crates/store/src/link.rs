//! Links that work once: the first start, an invitation, a way back in.

use jiff::Timestamp;

use crate::record::{self, Record, record, select};
use crate::tx::Place;
use crate::value::bind;
use crate::{Hash, Id, StoreError, Tx};

record! {
    Main "link",
    /// A link that works once.
    pub struct Link {
        /// SHA-256 of the token in the link.
        pub token_hash: Hash,
        /// What it is for.
        pub purpose: i16,
        /// For which account; `None` until the first start has made one.
        pub account: Option<Id>,
        /// For which organisation.
        pub org: Option<Id>,
        /// When it was made.
        pub created_at: Timestamp,
        /// Until when it works.
        pub expires_at: Timestamp,
    }
}

/// Adds a link.
pub fn insert(tx: &mut Tx<'_>, new: &Link) -> Result<(), StoreError> {
    record::insert(tx, std::slice::from_ref(new))
}

/// The link with this token.
pub fn get(tx: &mut Tx<'_>, token_hash: &Hash) -> Result<Option<Link>, StoreError> {
    let sql = select::<Link>("WHERE token_hash = ?1");
    tx.row(&sql, &bind![*token_hash], Link::read)
}

/// Like [`get`], and nobody else uses the link until this transaction ends.
pub fn get_to_use(tx: &mut Tx<'_>, token_hash: &Hash) -> Result<Option<Link>, StoreError> {
    let lock = if tx.is_postgres() { "FOR UPDATE" } else { "" };
    let sql = select::<Link>(&format!("WHERE token_hash = ?1 {lock}"));
    tx.row(&sql, &bind![*token_hash], Link::read)
}

/// Ties the link of the first start to the account that it made.
pub fn belongs_to(
    tx: &mut Tx<'_>,
    token_hash: &Hash,
    account: Id,
    org: Id,
) -> Result<(), StoreError> {
    let sql = "UPDATE link SET account = ?2, org = ?3 WHERE token_hash = ?1";
    tx.execute(Place::Main, sql, &bind![*token_hash, account, org])?;
    Ok(())
}

/// Removes every link of an account, once one of them has served.
pub fn remove_of_account(tx: &mut Tx<'_>, account: Id) -> Result<u64, StoreError> {
    let sql = "DELETE FROM link WHERE account = ?1";
    tx.execute(Place::Main, sql, &bind![account])
}

/// Removes the links of a purpose.
pub fn remove_of_purpose(tx: &mut Tx<'_>, purpose: i16) -> Result<u64, StoreError> {
    let sql = "DELETE FROM link WHERE purpose = ?1";
    tx.execute(Place::Main, sql, &bind![purpose])
}

/// The links of an account, newest first; expired ones too.
pub fn of_account(tx: &mut Tx<'_>, account: Id) -> Result<Vec<Link>, StoreError> {
    let sql = select::<Link>("WHERE account = ?1 ORDER BY created_at DESC, token_hash");
    tx.rows(&sql, &bind![account], Link::read)
}

/// Removes what has expired.
pub fn remove_expired(tx: &mut Tx<'_>, now: Timestamp) -> Result<u64, StoreError> {
    let sql = "DELETE FROM link WHERE expires_at <= ?1";
    tx.execute(Place::Main, sql, &bind![now])
}
