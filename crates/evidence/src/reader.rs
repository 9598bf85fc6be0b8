//! How this crate reads a log, wherever it is kept.

use std::io;

use crate::hash::{Hash, hashes_in};
use crate::tile::{BundleId, TileId};

/// Reads tiles of a log.
///
/// What a reader returns is never trusted: lengths and hashes are checked by
/// whoever asked. A reader that holds a wider version of a tile may answer with
/// its beginning, since a tile only ever grows at its end.
pub trait TileReader {
    /// The bytes of a tile, 32 for each hash; `None` if it does not exist.
    ///
    /// # Errors
    /// When the tile could not be read, which says nothing about whether it exists.
    fn tile(&mut self, id: TileId) -> io::Result<Option<Vec<u8>>>;
}

/// Reads a whole log: tiles, entries and the latest checkpoint.
pub trait LogReader: TileReader {
    /// The bytes of an entry bundle, each entry behind its length in two bytes,
    /// big-endian; `None` if it does not exist.
    ///
    /// # Errors
    /// When the bundle could not be read.
    fn bundle(&mut self, id: BundleId) -> io::Result<Option<Vec<u8>>>;

    /// The latest signed checkpoint as text; `None` if nothing was signed yet.
    ///
    /// # Errors
    /// When the checkpoint could not be read.
    fn checkpoint(&mut self) -> io::Result<Option<Vec<u8>>>;
}

/// Why a tile can't be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TileFault {
    /// The reader says that there is none.
    #[error("the tile is missing")]
    Missing,
    /// It holds fewer or more bytes than its width says.
    #[error("the tile has {found} bytes instead of {expected}")]
    Torn { found: usize, expected: usize },
    /// The reader could not read.
    #[error(transparent)]
    Read(#[from] io::Error),
}

/// Reads a tile and checks its length.
pub(crate) fn read_tile<R: TileReader + ?Sized>(
    reader: &mut R,
    id: TileId,
) -> Result<Vec<Hash>, TileFault> {
    let bytes = reader.tile(id)?.ok_or(TileFault::Missing)?;
    match hashes_in(&bytes) {
        Some(hashes) if hashes.len() == usize::from(id.width) => Ok(hashes.to_vec()),
        _ => Err(TileFault::Torn {
            found: bytes.len(),
            expected: usize::from(id.width) * crate::HASH_BYTES,
        }),
    }
}
