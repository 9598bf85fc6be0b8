//! Verification of a whole log or a range of it, from the entries up to the
//! signature, with the public key alone.

use std::io;
use std::ops::Range;

use crate::bundle::Bundle;
use crate::checkpoint::{Checkpoint, CheckpointError, LogVerifier};
use crate::frontier::{Frontier, FrontierError};
use crate::hash::{Hash, hashes_in, leaf_hash};
use crate::proof::{
    ProofError, consistency_proof, inclusion_proof, inclusion_proof_of_tile, root_from_inclusion,
    verify_consistency,
};
use crate::reader::{LogReader, TileFault, TileReader, read_tile};
use crate::tile::{BundleId, TILE_WIDTH, TileId};

/// What was verified without a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The checkpoint whose signature was checked.
    pub checkpoint: Checkpoint,
    /// The entries that were recomputed and lead to the signed root.
    pub entries: Range<u64>,
}

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

    fn tile(tile: TileId, fault: TileFault) -> Self {
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

/// Verifies every entry, every tile and the signature. `known` is a checkpoint
/// seen before, to notice a log that was rolled back or rewritten. Each entry
/// whose hash was found in its tile is handed to `entry` with its index, for
/// progress and closer looks; it is proven only once the report is there.
///
/// # Errors
/// The first [`Fault`] found.
pub fn verify_log<R: LogReader + ?Sized>(
    log: &mut R,
    key: &LogVerifier,
    known: Option<&Checkpoint>,
    mut entry: impl FnMut(u64, &[u8]),
) -> Result<Report, Fault> {
    let checkpoint = open_checkpoint(log, key, known)?;
    let size = checkpoint.size;
    let mut frontier = Frontier::empty();
    check_known(&frontier, known)?;
    for id in BundleId::all(size) {
        let leaves = check_bundle(log, id, &checkpoint, &mut entry)?;
        for leaf in leaves {
            let mut full = Vec::new();
            frontier.push(leaf, |tile, hashes| {
                // Level 0 was compared with the entries already.
                if tile.level > 0 {
                    full.push((tile, hashes.to_vec()));
                }
            });
            for (tile, hashes) in full {
                compare_tile(log, tile, &hashes)?;
            }
            check_known(&frontier, known)?;
        }
    }
    for (tile, hashes) in frontier.unfinished().filter(|(tile, _)| tile.level > 0) {
        compare_tile(log, tile, hashes)?;
    }
    if frontier.root() != checkpoint.root {
        return Err(Fault::Root);
    }
    Ok(Report {
        checkpoint,
        entries: 0..size,
    })
}

/// Verifies the entries of `range` and the way from each of them up to the
/// signature; otherwise like [`verify_log`]. Entries are checked in bundles of
/// 256, so the report's range can be wider than what was asked for.
///
/// # Errors
/// The first [`Fault`] found.
pub fn verify_range<R: LogReader + ?Sized>(
    log: &mut R,
    key: &LogVerifier,
    known: Option<&Checkpoint>,
    range: Range<u64>,
    mut entry: impl FnMut(u64, &[u8]),
) -> Result<Report, Fault> {
    let checkpoint = open_checkpoint(log, key, known)?;
    let size = checkpoint.size;
    if range.start > range.end || range.end > size {
        return Err(Fault::OutOfRange {
            from: range.start,
            to: range.end,
            size,
        });
    }
    if let Some(known) = known {
        let proof = consistency_proof(log, known.size, size)?;
        verify_consistency(known.size, &known.root, size, &checkpoint.root, &proof)
            .map_err(|_| Fault::Rewritten { known: known.size })?;
    }
    let width = u64::from(TILE_WIDTH);
    let bundles = range.start / width..range.end.div_ceil(width);
    for id in bundles
        .clone()
        .filter_map(|index| BundleId::at(index, size))
    {
        let leaves = check_bundle(log, id, &checkpoint, &mut entry)?;
        let (first, tile) = (id.first_entry(), id.tile());
        let leaf = *leaves.first().ok_or(Fault::Root)?;
        let proof = inclusion_proof_of_tile(log, tile, leaves, size)?;
        if root_from_inclusion(&leaf, first, size, &proof)? != checkpoint.root {
            return Err(Fault::ChangedTile { tile, first });
        }
    }
    let entries = if range.is_empty() {
        range
    } else {
        bundles.start * width..(bundles.end * width).min(size)
    };
    Ok(Report {
        checkpoint,
        entries,
    })
}

fn open_checkpoint<R: LogReader + ?Sized>(
    log: &mut R,
    key: &LogVerifier,
    known: Option<&Checkpoint>,
) -> Result<Checkpoint, Fault> {
    let note = log.checkpoint()?.ok_or(Fault::NoCheckpoint)?;
    let checkpoint = key.open(&note)?;
    match known {
        Some(known) if known.origin != checkpoint.origin => {
            Err(Fault::Checkpoint(CheckpointError::Origin {
                expected: known.origin.clone(),
                found: checkpoint.origin,
            }))
        }
        Some(known) if known.size > checkpoint.size => Err(Fault::Rollback {
            size: checkpoint.size,
            known: known.size,
        }),
        _ => Ok(checkpoint),
    }
}

/// At the size of the checkpoint seen before, the root must be the one it signed.
fn check_known(frontier: &Frontier, known: Option<&Checkpoint>) -> Result<(), Fault> {
    match known {
        Some(known) if known.size == frontier.size() && known.root != frontier.root() => {
            Err(Fault::Rewritten { known: known.size })
        }
        _ => Ok(()),
    }
}

/// Hashes the entries of a bundle and compares them with their tile.
fn check_bundle<R: LogReader + ?Sized>(
    log: &mut R,
    id: BundleId,
    checkpoint: &Checkpoint,
    entry: &mut impl FnMut(u64, &[u8]),
) -> Result<Vec<Hash>, Fault> {
    let first = id.first_entry();
    let tile_id = id.tile();
    let bytes = log
        .bundle(id)?
        .ok_or(Fault::MissingEntry { index: first })?;
    let tile = read_tile(log, tile_id).map_err(|fault| Fault::tile(tile_id, fault))?;
    let mut bundle = Bundle::new(&bytes);
    for (index, logged) in (first..).zip(&tile) {
        let bytes = bundle.next().ok_or(Fault::MissingEntry { index })?;
        let leaf = leaf_hash(bytes);
        if leaf != *logged {
            return Err(blame(log, checkpoint, tile_id, index, &leaf, logged));
        }
        entry(index, bytes);
    }
    if bundle.is_finished() {
        Ok(tile)
    } else {
        Err(Fault::ExcessEntry { first })
    }
}

/// An entry and its tile differ: the one that leads to the signed root is right.
fn blame<R: TileReader + ?Sized>(
    log: &mut R,
    checkpoint: &Checkpoint,
    tile: TileId,
    index: u64,
    leaf: &Hash,
    logged: &Hash,
) -> Fault {
    let proof = match inclusion_proof(log, index, checkpoint.size) {
        Ok(proof) => proof,
        Err(error) => return error.into(),
    };
    let leads_to_root = |hash: &Hash| {
        root_from_inclusion(hash, index, checkpoint.size, &proof)
            .is_ok_and(|root| root == checkpoint.root)
    };
    if leads_to_root(logged) {
        Fault::ChangedEntry { index }
    } else if leads_to_root(leaf) {
        Fault::ChangedTile { tile, first: index }
    } else {
        Fault::ChangedBoth { index }
    }
}

/// Compares a stored tile with what the entries below it give.
fn compare_tile<R: TileReader + ?Sized>(
    log: &mut R,
    id: TileId,
    expected: &[Hash],
) -> Result<(), Fault> {
    let bytes = log
        .tile(id)?
        .ok_or_else(|| Fault::tile(id, TileFault::Missing))?;
    match hashes_in(&bytes) {
        Some(hashes) if hashes.len() == expected.len() => {
            match (0..)
                .zip(hashes.iter().zip(expected))
                .find(|(_, (a, b))| a != b)
            {
                None => Ok(()),
                Some((position, _)) => Err(Fault::ChangedTile {
                    tile: id,
                    first: id.first_entry_below(position),
                }),
            }
        }
        _ => Err(Fault::tile(
            id,
            TileFault::Torn {
                found: bytes.len(),
                expected: expected.as_flattened().len(),
            },
        )),
    }
}
