//! The manifest: which files a pack has.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::proven::Proven;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    pub(crate) format: String,
    /// Name of the log.
    pub(crate) log: String,
    pub(crate) made_at: Timestamp,
    /// What stands for the person in the log; several after contacts were merged.
    pub(crate) subjects: Vec<String>,
    pub(crate) entries: Vec<ListedEntry>,
    /// SHA-256 of every file but this one and the receipt that covers it.
    pub(crate) files: BTreeMap<String, String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListedEntry {
    /// The place in the log.
    pub(crate) index: u64,
    /// The number with the controller.
    pub(crate) number: i64,
    pub(crate) kind: String,
}

impl ListedEntry {
    pub(crate) fn new(number: i64, proven: &Proven) -> Self {
        Self {
            index: proven.index,
            number,
            kind: proven.kind.clone(),
        }
    }
}

/// What the entry says that proves that the pack was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Issued {
    pub(crate) manifest_sha256: String,
    pub(crate) entries: u64,
}
