//! Links that open a person's own data, and what they begin.

use jiff::Timestamp;

use crate::record::{self, Record, record, select};
use crate::tx::Place;
use crate::value::bind;
use crate::{Hash, Id, StoreError, Tx};

record! {
    Main "own_link",
    /// A link, a visit or a new address that waits.
    pub struct OwnLink {
        /// SHA-256 of the token.
        pub token_hash: Hash,
        /// The organisation.
        pub org: Id,
        /// The contact.
        pub contact: Id,
        /// What the token is for.
        pub purpose: i16,
        /// What it brings along, sealed under the contact's key.
        pub sealed: Option<Vec<u8>>,
        /// When it was made.
        pub created_at: Timestamp,
        /// Until when it works.
        pub expires_at: Timestamp,
        /// When it was used; a link works once.
        pub used_at: Option<Timestamp>,
    }
}

/// Adds a link. The contact must exist.
pub fn insert(tx: &mut Tx<'_>, new: &OwnLink) -> Result<(), StoreError> {
    record::insert(tx, std::slice::from_ref(new))
}

/// The link with this token.
pub fn get(tx: &mut Tx<'_>, token_hash: &Hash) -> Result<Option<OwnLink>, StoreError> {
    let sql = select::<OwnLink>("WHERE token_hash = ?1");
    tx.row(&sql, &bind![*token_hash], OwnLink::read)
}

/// Uses a link; `false` if it was used already, by somebody who came at the same time too.
pub fn take(tx: &mut Tx<'_>, token_hash: &Hash, at: Timestamp) -> Result<bool, StoreError> {
    let sql = "UPDATE own_link SET used_at = ?2 WHERE token_hash = ?1 AND used_at IS NULL";
    Ok(tx.execute(Place::Main, sql, &bind![*token_hash, at])? == 1)
}

/// At most `limit` of an organisation, in the order of their tokens' hashes, after `after`.
pub fn list(
    tx: &mut Tx<'_>,
    org: Id,
    after: &Hash,
    limit: u32,
) -> Result<Vec<OwnLink>, StoreError> {
    let sql = select::<OwnLink>("WHERE org = ?1 AND token_hash > ?2 ORDER BY token_hash LIMIT ?3");
    tx.rows(&sql, &bind![org, *after, limit], OwnLink::read)
}

/// How many of a purpose were made for the contact since then.
pub fn made_since(
    tx: &mut Tx<'_>,
    org: Id,
    contact: Id,
    purpose: i16,
    since: Timestamp,
) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM own_link \
               WHERE org = ?1 AND contact = ?2 AND purpose = ?3 AND created_at > ?4";
    let count = tx.row(sql, &bind![org, contact, purpose, since], |row| row.get(0))?;
    Ok(count.unwrap_or_default())
}

/// Removes those of a contact: it was merged, and its links end.
pub fn remove_of_contact(tx: &mut Tx<'_>, org: Id, contact: Id) -> Result<(), StoreError> {
    record::delete_of_contact(tx, "own_link", org, contact)
}

/// Removes the organisation's that were made before this and work no more.
pub fn remove_before(tx: &mut Tx<'_>, org: Id, before: Timestamp) -> Result<u64, StoreError> {
    let sql = "DELETE FROM own_link WHERE org = ?1 AND created_at < ?2 AND expires_at < ?2";
    tx.execute(Place::Main, sql, &bind![org, before])
}
