//! The manifest of a backup: what is in it, readable by people, with a code that only the
//! installation's secret makes. It is written last, so a backup without one is none.

use std::io::Read;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::Id;
use store::backup::RowCounts;
use vault::StreamKey;

use super::BackupError;
use super::depot::Depot;
use super::name::Stem;

pub(super) const FORMAT: u32 = 1;
/// No manifest is longer; counted in bytes.
const LONGEST: u64 = 16 * 1024 * 1024;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub(super) format: u32,
    pub(super) name: String,
    pub(super) made_at: Timestamp,
    /// Version of the program that made it.
    pub(super) program: String,
    pub(super) engine: String,
    /// Bytes of the sealed file of data, and its SHA-256.
    pub(super) bytes: u64,
    pub(super) sha256: String,
    /// Rows by table.
    pub(super) rows: RowCounts,
    pub(super) organisations: Vec<Log>,
}

/// The log of an organisation as the backup has it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Log {
    pub(super) organisation: String,
    pub(super) generation: i64,
    pub(super) size: i64,
    /// The signed checkpoint.
    pub(super) checkpoint: String,
}

impl Log {
    pub(super) fn id(&self) -> Option<Id> {
        self.organisation.parse().ok()
    }
}

impl Manifest {
    /// The text, and below it its code.
    pub(super) fn to_text(&self, key: &StreamKey) -> Result<String, BackupError> {
        let text = serde_json::to_string(self).map_err(|_| crate::Error::Stored("manifest"))?;
        let code = hex::encode(key.code(text.as_bytes()));
        Ok(format!("{text}\n{code}\n"))
    }

    pub(super) fn read(
        place: &dyn Depot,
        stem: &Stem,
        key: &StreamKey,
    ) -> Result<Self, BackupError> {
        let file = stem.manifest();
        let bad = |reason: &dyn std::fmt::Display| BackupError::not_genuine(&file, reason);
        let reading = |error| BackupError::reading(place, &file, error);
        let mut all = String::new();
        let manifest = place.get(&file).map_err(reading)?;
        manifest
            .take(LONGEST)
            .read_to_string(&mut all)
            .map_err(reading)?;
        let lines = all.strip_suffix('\n').and_then(|all| all.split_once('\n'));
        let (text, code) = lines.ok_or_else(|| bad(&"it breaks off"))?;
        let code = hex::decode(code).map_err(|error| bad(&error))?;
        if !key.fits(text.as_bytes(), &code) {
            return Err(bad(&"its code does not fit"));
        }
        let manifest: Self = serde_json::from_str(text).map_err(|error| bad(&error))?;
        if manifest.format != FORMAT {
            return Err(BackupError::Newer(file));
        }
        if manifest.name != stem.to_string() {
            return Err(bad(&"it is that of another backup"));
        }
        Ok(manifest)
    }
}
