//! The drill: proves on the latest backup that it can be restored.

use std::path::Path;
use std::time::Instant;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;
use store::Target;

use super::restore::{Lost, find, prepare};
use super::{BackupError, JOURNAL, Places, Reapplied};
use crate::log::append::{self, Kind};
use crate::{Act, Installation, Organisation};

/// A drill that went well.
#[derive(Clone, Debug, Serialize)]
pub struct Drilled {
    /// The backup.
    pub name: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// Entries of the logs that were checked, from the first to the signature.
    pub entries: u64,
    /// Rows that were restored.
    pub rows: u64,
    /// What the journal added.
    pub reapplied: Reapplied,
    /// Faults of state or keys that were found.
    pub faults: usize,
    /// How long it took, in milliseconds.
    pub milliseconds: u64,
}

impl Installation {
    /// Restores the newest backup into `scratch`, an empty folder of the caller's, checks it, and
    /// removes it. Whether it went well is written into every organisation's log.
    ///
    /// # Errors
    /// When the backup could not be restored; that is written down too.
    pub fn drill(
        &self,
        places: &Places,
        scratch: &Path,
        act: &Act,
    ) -> Result<Drilled, BackupError> {
        let began = Instant::now();
        let target = Target::Sqlite(scratch.join("drill"));
        let installation = self.backup_secret()?.stream_key(JOURNAL).id();
        let name = find(&*places.data, None, Some(&installation))?.to_string();
        let restored = prepare(
            places,
            Some(&name),
            self.master(),
            &target,
            Lost::Nothing,
            act,
        );
        let result = restored.map(|(restored, _removed_when_dropped)| Drilled {
            name: restored.name,
            made_at: restored.made_at,
            entries: restored.entries,
            rows: restored.rows,
            reapplied: restored.reapplied,
            faults: restored.faults.len(),
            milliseconds: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
        });
        let (kind, what) = match &result {
            Ok(drilled) if drilled.faults == 0 => (Kind::BackupDrilled, json!(drilled)),
            Ok(drilled) => (Kind::BackupDrillFailed, json!(drilled)),
            Err(error) => (
                Kind::BackupDrillFailed,
                json!({ "name": name, "reason": error.to_string() }),
            ),
        };
        for this in Organisation::all(self)? {
            let (here, by, what) = (this.clone(), act.clone(), what.clone());
            self.store()
                .write(move |tx| append::clear(tx, &here, &by, kind, what))?;
            this.sequence(act.at)?;
        }
        result
    }
}
