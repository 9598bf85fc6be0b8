//! The right edge of the tree: all that is needed to append and to know the root.

use std::io;

use crate::hash::{Hash, empty_root, root_of};
use crate::reader::{TileFault, TileReader, read_tile};
use crate::tile::{TILE_WIDTH, TileId, subtree_size};

/// A tile that an append wrote or widened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    /// Which tile.
    pub id: TileId,
    /// Its hashes, 32 bytes each.
    pub bytes: Vec<u8>,
}

/// The unfinished tile of every level. At most 8 kB per level, whatever the size
/// of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    levels: Vec<Vec<Hash>>,
}

/// Why the right edge could not be read.
#[derive(Debug, thiserror::Error)]
pub enum FrontierError {
    /// A tile at the right edge does not exist.
    #[error("tile {} of the log is missing", .0.path())]
    Missing(TileId),
    /// A tile at the right edge has the wrong length.
    #[error("tile {} of the log has {found} bytes instead of {expected}", .id.path())]
    Torn {
        /// Which tile.
        id: TileId,
        /// Bytes that it has.
        found: usize,
        /// Bytes that it must have.
        expected: usize,
    },
    /// A tile could not be read.
    #[error("tile {} of the log could not be read", .id.path())]
    Read {
        /// Which tile.
        id: TileId,
        /// Why.
        source: io::Error,
    },
}

impl FrontierError {
    pub(crate) fn new(id: TileId, fault: TileFault) -> Self {
        match fault {
            TileFault::Missing => Self::Missing(id),
            TileFault::Torn { found, expected } => Self::Torn {
                id,
                found,
                expected,
            },
            TileFault::Read(source) => Self::Read { id, source },
        }
    }
}

impl Default for Frontier {
    fn default() -> Self {
        Self::empty()
    }
}

impl Frontier {
    /// The edge of a log without entries.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            size: 0,
            levels: Vec::new(),
        }
    }

    /// Reads the edge of a log of `size` entries: one unfinished tile per level.
    /// Compare [`Frontier::root`] with the signed checkpoint before appending.
    ///
    /// # Errors
    /// When a tile is missing, torn or can't be read.
    pub fn load<R: TileReader + ?Sized>(size: u64, reader: &mut R) -> Result<Self, FrontierError> {
        let mut levels = Vec::new();
        let mut hashes = size;
        for level in 0..=u8::MAX {
            if hashes == 0 {
                break;
            }
            let unfinished = hashes % u64::from(TILE_WIDTH);
            hashes /= u64::from(TILE_WIDTH);
            levels.push(match u16::try_from(unfinished) {
                Ok(width) if width > 0 => {
                    let id = TileId {
                        level,
                        index: hashes,
                        width,
                    };
                    read_tile(reader, id).map_err(|fault| FrontierError::new(id, fault))?
                }
                _ => Vec::new(),
            });
        }
        Ok(Self { size, levels })
    }

    /// Entries in the log.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root hash of the log.
    #[must_use]
    pub fn root(&self) -> Hash {
        let mut below: Option<Hash> = None;
        for level in &self.levels {
            let hashes: Vec<Hash> = level.iter().copied().chain(below).collect();
            if !hashes.is_empty() {
                below = Some(root_of(&hashes));
            }
        }
        below.unwrap_or_else(empty_root)
    }

    /// Appends entries by their leaf hashes and returns every tile that is new or
    /// wider than before: full tiles first, then the unfinished one of each
    /// level that changed. Takes time in the number of entries appended, not in
    /// the size of the log.
    pub fn append(&mut self, leaves: &[Hash]) -> Vec<Tile> {
        let before = self.size;
        let mut tiles = Vec::new();
        for leaf in leaves {
            self.push(0, *leaf, |id, hashes| {
                tiles.push(Tile {
                    id,
                    bytes: hashes.as_flattened().to_vec(),
                });
            });
        }
        tiles.extend(self.unfinished().filter_map(|(id, hashes)| {
            let changed = changed_since(id, before);
            changed.then(|| Tile {
                id,
                bytes: hashes.as_flattened().to_vec(),
            })
        }));
        tiles
    }

    /// Appends one leaf, or one complete subtree if all levels below `level` are
    /// finished, and hands over each tile that it fills.
    pub(crate) fn push(&mut self, level: u8, hash: Hash, mut filled: impl FnMut(TileId, &[Hash])) {
        let below = subtree_size(level).unwrap_or(u64::MAX);
        self.size = self.size.saturating_add(below);
        let mut hash = hash;
        let mut hashes_on_level = self.size / below;
        for level in level..=u8::MAX {
            while self.levels.len() <= usize::from(level) {
                self.levels.push(Vec::with_capacity(TILE_WIDTH.into()));
            }
            let Some(tile) = self.levels.get_mut(usize::from(level)) else {
                return;
            };
            tile.push(hash);
            if tile.len() < usize::from(TILE_WIDTH) {
                return;
            }
            hashes_on_level /= u64::from(TILE_WIDTH);
            let id = TileId {
                level,
                index: hashes_on_level - 1,
                width: TILE_WIDTH,
            };
            filled(id, tile);
            hash = root_of(tile);
            tile.clear();
        }
    }

    /// The unfinished tile of each level that has one.
    pub(crate) fn unfinished(&self) -> impl Iterator<Item = (TileId, &[Hash])> {
        let size = self.size;
        (0..).zip(&self.levels).filter_map(move |(level, hashes)| {
            let width = u16::try_from(hashes.len())
                .ok()
                .filter(|width| *width > 0)?;
            let index = size.checked_shr(8 * (u32::from(level) + 1)).unwrap_or(0);
            let id = TileId {
                level,
                index,
                width,
            };
            Some((id, hashes.as_slice()))
        })
    }
}

/// Whether a log of `size` entries had this tile at a smaller width, or not at all.
fn changed_since(id: TileId, size: u64) -> bool {
    let last = id.index * u64::from(TILE_WIDTH) + u64::from(id.width) - 1;
    TileId::holding(id.level, last, size).is_none()
}
