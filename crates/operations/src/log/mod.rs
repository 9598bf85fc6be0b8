//! The evidence log of an organisation: entries are appended with the change that they prove,
//! then sequenced, signed and handed out as receipts.

pub(crate) mod append;
mod export;
mod reader;
mod receipt;
mod sequence;

pub(crate) use reader::StoredLog;
pub use receipt::Issued;
