//! What can be wrong with a log, and where.

use std::io;

use crate::checkpoint::CheckpointError;
use crate::frontier::FrontierError;
use crate::proof::ProofError;
use crate::reader::TileFault;
use crate::tile::TileId;

/// The first thing found wrong in a log.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// Nothing was signed yet.
    #[error("the log has no checkpoint")]
    NoCheckpoint,
    /// The checkpoint is not the log's.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The log has fewer entries than a checkpoint seen before.
    #[error("the log has {size} entries, but had {known} at a checkpoint seen before")]
    Rollback {
        /// Entries now.
        size: u64,
        /// Entries then.
        known: u64,
    },
    /// The log's beginning is not what a checkpoint seen before signed.
    #[error("the first {known} entries are not those of the checkpoint seen before")]
    Rewritten {
        /// Entries then.
        known: u64,
    },
    /// An entry is gone.
    #[error("entry {index} is missing")]
    MissingEntry {
        /// Index of the entry.
        index: u64,
    },
    /// A bundle has bytes behind its last entry.
    #[error("the bundle that begins with entry {first} has more in it than its entries")]
    ExcessEntry {
        /// Index of the bundle's first entry.
        first: u64,
    },
    /// An entry is not the one that was logged.
    #[error("entry {index} was changed after it was logged")]
    ChangedEntry {
        /// Index of the entry.
        index: u64,
    },
    /// A tile is gone.
    #[error("tile {} is missing, beginning with entry {first}", .tile.path())]
    MissingTile {
        /// Which tile.
        tile: TileId,
        /// First entry below it.
        first: u64,
    },
    /// A tile was cut off, or is too long.
    #[error(
        "tile {}, beginning with entry {first}, is torn: it has {found} bytes instead of {expected}",
        .tile.path()
    )]
    TornTile {
        /// Which tile.
        tile: TileId,
        /// First entry below it.
        first: u64,
        /// Bytes that it has.
        found: usize,
        /// Bytes that it must have.
        expected: usize,
    },
    /// A hash in a tile is not that of the entries below it.
    #[error("tile {} is wrong from entry {first} on", .tile.path())]
    ChangedTile {
        /// Which tile.
        tile: TileId,
        /// First entry below the first wrong hash.
        first: u64,
    },
    /// Entry and tile differ, and neither leads to the signed root.
    #[error("entry {index} and its tile differ, and neither leads to the signed root hash")]
    ChangedBoth {
        /// Index of the entry.
        index: u64,
    },
    /// All entries and tiles fit each other, but not the checkpoint.
    #[error("the entries and tiles do not lead to the signed root hash")]
    Root,
    /// The range to verify is not in the log.
    #[error("entries {from} to {to} are not all in a log of {size} entries")]
    OutOfRange {
        /// First entry asked for.
        from: u64,
        /// The entry after the last one asked for.
        to: u64,
        /// Entries in the log.
        size: u64,
    },
    /// The log could not be read, which says nothing about its content.
    #[error("the log could not be read")]
    Read(#[from] io::Error),
}

impl Fault {
    /// The entry that the fault is about, or the first of those.
    #[must_use]
    pub fn entry(&self) -> Option<u64> {
        match self {
            Self::MissingEntry { index }
            | Self::ChangedEntry { index }
            | Self::ChangedBoth { index }
            | Self::ExcessEntry { first: index }
            | Self::MissingTile { first: index, .. }
            | Self::TornTile { first: index, .. }
            | Self::ChangedTile { first: index, .. } => Some(*index),
            _ => None,
        }
    }

    pub(crate) fn tile(tile: TileId, fault: TileFault) -> Self {
        let first = tile.first_entry_below(0);
        match fault {
            TileFault::Missing => Self::MissingTile { tile, first },
            TileFault::Torn { found, expected } => Self::TornTile {
                tile,
                // The entry below the first hash that is not whole.
                first: u16::try_from(found / crate::HASH_BYTES).map_or(first, |whole| {
                    tile.first_entry_below(whole.min(tile.width - 1))
                }),
                found,
                expected,
            },
            TileFault::Read(error) => Self::Read(error),
        }
    }
}

impl From<ProofError> for Fault {
    fn from(error: ProofError) -> Self {
        match error {
            ProofError::Tile(FrontierError::Missing(tile)) => Self::tile(tile, TileFault::Missing),
            ProofError::Tile(FrontierError::Torn {
                id,
                found,
                expected,
            }) => Self::tile(id, TileFault::Torn { found, expected }),
            ProofError::Tile(FrontierError::Read { source, .. }) => Self::Read(source),
            _ => Self::Root,
        }
    }
}
