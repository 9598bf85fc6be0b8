//! Files that people get by a form, found by their content.

use jiff::Timestamp;

use crate::record::{Record, record, select};
use crate::value::bind;
use crate::{Hash, Id, StoreError, Tx};

record! {
    Main "form_file",
    /// A file.
    pub struct FormFile {
        /// The organisation.
        pub org: Id,
        /// SHA-256 of its bytes.
        pub sha256: Hash,
        /// Its bytes.
        pub bytes: Vec<u8>,
        /// When it was added.
        pub added_at: Timestamp,
    }
}

/// Adds a file, unless it is there already.
pub fn add(tx: &mut Tx<'_>, new: &FormFile) -> Result<(), StoreError> {
    FormFile::insert_all(tx, std::slice::from_ref(new), "ON CONFLICT DO NOTHING")?;
    Ok(())
}

/// The file with this SHA-256.
pub fn get(tx: &mut Tx<'_>, org: Id, sha256: &Hash) -> Result<Option<FormFile>, StoreError> {
    let sql = select::<FormFile>("WHERE org = ?1 AND sha256 = ?2");
    tx.row(&sql, &bind![org, *sha256], FormFile::read)
}
