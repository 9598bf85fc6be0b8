//! The evidence log of an organisation: entries are appended with the change that they prove,
//! then sequenced, signed and handed out as receipts.

pub(crate) mod append;
mod browse;
mod export;
mod reader;
mod receipt;
mod sequence;

pub use browse::{
    EvidenceFilter, EvidenceLine, EvidencePage, EvidenceView, SignedCheckpoint, evidence_kinds,
};
pub(crate) use reader::StoredLog;
pub use receipt::Issued;
