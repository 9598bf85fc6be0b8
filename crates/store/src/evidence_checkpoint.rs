//! Signed checkpoints of the evidence log.

use jiff::Timestamp;

use crate::record::{Record, insert as insert_rows, record, select};
use crate::value::bind;
use crate::{Id, StoreError, Tx};

record! {
    Main "evidence_checkpoint",
    /// A signed statement of the log's size and root.
    pub struct EvidenceCheckpoint {
        /// The organisation.
        pub org: Id,
        /// How many entries the log had.
        pub size: i64,
        /// The signed note.
        pub note: String,
        /// When it was signed.
        pub at: Timestamp,
    }
}

/// Adds a checkpoint. A size that has one already is [`StoreError::Duplicate`].
pub fn insert(tx: &mut Tx<'_>, new: &EvidenceCheckpoint) -> Result<(), StoreError> {
    insert_rows(tx, std::slice::from_ref(new))
}

/// The checkpoint of the largest size.
pub fn latest(tx: &mut Tx<'_>, org: Id) -> Result<Option<EvidenceCheckpoint>, StoreError> {
    let sql = select::<EvidenceCheckpoint>("WHERE org = ?1 ORDER BY size DESC LIMIT 1");
    tx.row(&sql, &bind![org], EvidenceCheckpoint::read)
}

/// The smallest checkpoint that covers a place of the log.
pub fn covering(
    tx: &mut Tx<'_>,
    org: Id,
    leaf: i64,
) -> Result<Option<EvidenceCheckpoint>, StoreError> {
    let sql = select::<EvidenceCheckpoint>("WHERE org = ?1 AND size > ?2 ORDER BY size LIMIT 1");
    tx.row(&sql, &bind![org, leaf], EvidenceCheckpoint::read)
}

/// At most `limit` checkpoints of a size above `after`, smallest first.
pub fn list(
    tx: &mut Tx<'_>,
    org: Id,
    after: i64,
    limit: u32,
) -> Result<Vec<EvidenceCheckpoint>, StoreError> {
    let sql = select::<EvidenceCheckpoint>("WHERE org = ?1 AND size > ?2 ORDER BY size LIMIT ?3");
    tx.rows(&sql, &bind![org, after, limit], EvidenceCheckpoint::read)
}
