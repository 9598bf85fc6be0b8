//! A log as files in a folder, as c2sp.org/tlog-tiles names them.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::hash::HASH_BYTES;
use crate::reader::{LogReader, TileReader};
use crate::tile::{BundleId, TILE_WIDTH, TileId};

/// Longest checkpoint that is read.
const MAX_CHECKPOINT_BYTES: u64 = 10_000;

/// A folder with `checkpoint`, `tile/…` and `tile/entries/…`, to be verified
/// with the public key alone or served by any web server.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The log in this folder, which need not exist yet.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// Writes a tile.
    ///
    /// # Errors
    /// When the file can't be written.
    pub fn write_tile(&self, id: TileId, bytes: &[u8]) -> io::Result<()> {
        self.write(&id.path(), bytes)
    }

    /// Writes an entry bundle.
    ///
    /// # Errors
    /// When the file can't be written.
    pub fn write_bundle(&self, id: BundleId, bytes: &[u8]) -> io::Result<()> {
        self.write(&id.path(), bytes)
    }

    /// Writes the checkpoint. Write it last: everything below it must be there.
    ///
    /// # Errors
    /// When the file can't be written.
    pub fn write_checkpoint(&self, note: &[u8]) -> io::Result<()> {
        self.write("checkpoint", note)
    }

    /// Copies the first `size` entries and their tiles from another reader, and
    /// the checkpoint `note` of that size at the end.
    ///
    /// # Errors
    /// When something is missing there or can't be written here.
    pub fn copy_from<R: LogReader + ?Sized>(
        &self,
        log: &mut R,
        size: u64,
        note: &[u8],
    ) -> io::Result<()> {
        for id in BundleId::all(size) {
            let bytes = log.bundle(id)?.ok_or_else(|| missing(&id.path()))?;
            self.write_bundle(id, &bytes)?;
        }
        for id in TileId::all(size) {
            let bytes = log.tile(id)?.ok_or_else(|| missing(&id.path()))?;
            self.write_tile(id, &bytes)?;
        }
        self.write_checkpoint(note)
    }

    /// Never leaves half a file under its final name.
    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.root.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut unfinished = path.clone().into_os_string();
        unfinished.push(".new");
        let unfinished = Path::new(&unfinished);
        let mut file = File::create(unfinished)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(unfinished, path)
    }

    fn read(&self, path: &str, limit: u64) -> io::Result<Option<Vec<u8>>> {
        let file = match File::open(self.root.join(path)) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut bytes = Vec::new();
        // One byte more than allowed shows that the file is too long.
        file.take(limit + 1).read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    }
}

fn missing(path: &str) -> io::Error {
    io::Error::new(io::ErrorKind::NotFound, format!("the log has no {path}"))
}

impl TileReader for Folder {
    fn tile(&mut self, id: TileId) -> io::Result<Option<Vec<u8>>> {
        let limit = u64::from(TILE_WIDTH) * HASH_BYTES as u64;
        if let Some(bytes) = self.read(&id.path(), limit)? {
            return Ok(Some(bytes));
        }
        let full = TileId {
            width: TILE_WIDTH,
            ..id
        };
        let mut bytes = self.read(&full.path(), limit)?;
        if let Some(bytes) = &mut bytes {
            bytes.truncate(usize::from(id.width) * HASH_BYTES);
        }
        Ok(bytes)
    }
}

impl LogReader for Folder {
    fn bundle(&mut self, id: BundleId) -> io::Result<Option<Vec<u8>>> {
        let limit = u64::from(TILE_WIDTH) * (2 + crate::MAX_ENTRY_BYTES as u64);
        if let Some(bytes) = self.read(&id.path(), limit)? {
            return Ok(Some(bytes));
        }
        let full = BundleId {
            width: TILE_WIDTH,
            ..id
        };
        let Some(mut bytes) = self.read(&full.path(), limit)? else {
            return Ok(None);
        };
        let wanted: usize = crate::Bundle::new(&bytes)
            .take(id.width.into())
            .map(|entry| 2 + entry.len())
            .sum();
        bytes.truncate(wanted);
        Ok(Some(bytes))
    }

    fn checkpoint(&mut self) -> io::Result<Option<Vec<u8>>> {
        self.read("checkpoint", MAX_CHECKPOINT_BYTES)
    }
}
