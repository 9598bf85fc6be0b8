//! Writes the log as files that anyone can verify or serve.

use std::path::Path;

use evidence::Folder;

use super::reader::StoredLog;
use crate::{Error, Organisation};

impl Organisation {
    /// Writes every entry, tile and the newest checkpoint to `folder`, in the layout of
    /// c2sp.org/tlog-tiles. Returns how many entries the checkpoint covers.
    ///
    /// # Errors
    /// When nothing was signed yet, or a file can't be written.
    pub fn export_log(&self, folder: &Path) -> Result<u64, Error> {
        let this = self.clone();
        self.store().read(|tx| {
            let latest = store::evidence_checkpoint::latest(tx, this.id())?
                .ok_or_else(|| Error::Log("nothing was signed yet".to_owned()))?;
            let size = u64::try_from(latest.size).map_err(|_| Error::Stored("position"))?;
            let mut log = StoredLog::new(tx, this.id());
            Folder::new(folder)
                .copy_from(&mut log, size, latest.note.as_bytes())
                .map_err(|e| Error::file("the log's export", e))?;
            Ok(size)
        })
    }
}
