//! Backups, and what brings them back without bringing back anybody who was erased.
//!
//! A backup is two sealed files, one of the data and one of the keys, with a manifest that is written
//! last: without it nothing counts. The file of keys is small, may lie in another place, and only the
//! newest is kept; it opens every backup, and a person whose key it lacks can't be read in any of them.
//! Beside it a *journal* says which erasures, withdrawals and objections came after: a restore applies
//! them again before anybody else can open what was restored.

mod condition;
mod depot;
mod drill;
mod error;
mod fate;
mod head;
mod holds;
mod journal;
mod lost;
mod make;
mod manifest;
mod name;
mod noted;
mod reapply;
mod restore;

pub use condition::{BackupCondition, LONGEST_WITHOUT_BACKUP, LONGEST_WITHOUT_DRILL};
pub use depot::{Depot, Folder};
pub use drill::Drilled;
pub use error::BackupError;
pub use make::{Made, Retention};
pub use reapply::Reapplied;
pub use restore::{Lost, Restored, restore};

use std::sync::Arc;

/// Where backups lie. Cheap to clone.
#[derive(Clone)]
pub struct Places {
    /// The data and the manifests.
    pub data: Arc<dyn Depot>,
    /// The keys and the journal; may be the same place, and better is another one.
    pub keys: Arc<dyn Depot>,
}

/// Seals the file of keys, under the master key.
const KEYS: &str = "backup/keys";
/// Seals the file of data, under the installation's secret for backups.
const DATA: &str = "backup/data";
/// Seals the journal.
const JOURNAL: &str = "backup/journal";
/// Makes the code of the manifest.
const MANIFEST: &str = "backup/manifest";
