//! Versions of the register: each is kept whole, as it was saved.

use jiff::Timestamp;

use crate::record::{Record, insert as insert_rows, record, select};
use crate::value::bind;
use crate::{Hash, Id, StoreError, Tx};

record! {
    Main "register_version",
    /// One saved version of an organisation's register.
    pub struct RegisterVersion {
        /// The organisation.
        pub org: Id,
        /// 1 for the first, and one more for each that follows.
        pub version: i64,
        /// The register as TOML.
        pub text: String,
        /// SHA-256 of the text.
        pub sha256: Hash,
        /// When it was saved.
        pub saved_at: Timestamp,
        /// Who saved it.
        pub saved_by: String,
    }
}

/// Adds a version. A number that exists is [`StoreError::Duplicate`]: someone else saved first.
pub fn insert(tx: &mut Tx<'_>, new: &RegisterVersion) -> Result<(), StoreError> {
    insert_rows(tx, std::slice::from_ref(new))
}

/// The newest version.
pub fn latest(tx: &mut Tx<'_>, org: Id) -> Result<Option<RegisterVersion>, StoreError> {
    let sql = select::<RegisterVersion>("WHERE org = ?1 ORDER BY version DESC LIMIT 1");
    tx.row(&sql, &bind![org], RegisterVersion::read)
}

/// The newest version, to save the one after it: until this transaction ends, nobody else does.
pub fn latest_to_change(tx: &mut Tx<'_>, org: Id) -> Result<Option<RegisterVersion>, StoreError> {
    // There may be no version yet that could be locked.
    crate::organisation::lock(tx, org)?;
    latest(tx, org)
}

/// The number of the newest version, without its text.
pub fn latest_number(tx: &mut Tx<'_>, org: Id) -> Result<Option<i64>, StoreError> {
    tx.row(
        "SELECT version FROM register_version WHERE org = ?1 ORDER BY version DESC LIMIT 1",
        &bind![org],
        |row| row.get(0),
    )
}

/// The number of the newest version and SHA-256 of its text.
pub fn latest_mark(tx: &mut Tx<'_>, org: Id) -> Result<Option<(i64, Hash)>, StoreError> {
    tx.row(
        "SELECT version, sha256 FROM register_version WHERE org = ?1 \
         ORDER BY version DESC LIMIT 1",
        &bind![org],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// The version with this number.
pub fn get(tx: &mut Tx<'_>, org: Id, version: i64) -> Result<Option<RegisterVersion>, StoreError> {
    let sql = select::<RegisterVersion>("WHERE org = ?1 AND version = ?2");
    tx.row(&sql, &bind![org, version], RegisterVersion::read)
}

/// The version that was in force at a moment: the newest one saved until then.
pub fn at(
    tx: &mut Tx<'_>,
    org: Id,
    moment: Timestamp,
) -> Result<Option<RegisterVersion>, StoreError> {
    let sql = select::<RegisterVersion>(
        "WHERE org = ?1 AND saved_at <= ?2 ORDER BY version DESC LIMIT 1",
    );
    tx.row(&sql, &bind![org, moment], RegisterVersion::read)
}

/// Every version, oldest first.
pub fn list(tx: &mut Tx<'_>, org: Id) -> Result<Vec<RegisterVersion>, StoreError> {
    let sql = select::<RegisterVersion>("WHERE org = ?1 ORDER BY version");
    tx.rows(&sql, &bind![org], RegisterVersion::read)
}
