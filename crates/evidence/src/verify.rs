//! Verification of a whole log or a range of it, from the entries up to the
//! signature, with the public key alone.

use std::ops::Range;

use crate::checkpoint::{Checkpoint, CheckpointError, LogVerifier};
use crate::fault::Fault;
use crate::frontier::Frontier;
use crate::hash::{Hash, hashes_in};
use crate::leaves::Leaves;
use crate::proof::{
    consistency_proof, inclusion_proof_of_tile, root_from_inclusion, verify_consistency,
};
use crate::reader::{LogReader, TileFault, TileReader};
use crate::tile::{BundleId, TILE_WIDTH, TileId};

/// What was verified without a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The checkpoint whose signature was checked.
    pub checkpoint: Checkpoint,
    /// The entries that were recomputed and lead to the signed root.
    pub entries: Range<u64>,
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
    let mut ids = BundleId::all(size);
    loop {
        let (batch, unread) = Leaves::read_batch(log, &mut ids);
        if batch.is_empty() && unread.is_none() {
            break;
        }
        for (leaves, root) in batch.iter().zip(Leaves::compare_all(&batch)) {
            let root = root.map_err(|found| leaves.blame(&found, log, &checkpoint))?;
            leaves.show(&mut entry);
            check_known(&frontier, &leaves.tile, known)?;
            let mut full = Vec::new();
            let mut keep = |tile: TileId, hashes: &[Hash]| full.push((tile, hashes.to_vec()));
            if leaves.id.width == TILE_WIDTH {
                frontier.push(1, root, &mut keep);
            } else {
                for leaf in &leaves.tile {
                    frontier.push(0, *leaf, &mut keep);
                }
            }
            for (tile, hashes) in full {
                compare_tile(log, tile, &hashes)?;
            }
        }
        if let Some(fault) = unread {
            return Err(fault);
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
        let leaves = Leaves::read(log, id)?;
        if let Err(found) = leaves.compare() {
            return Err(leaves.blame(&found, log, &checkpoint));
        }
        leaves.show(&mut entry);
        // All leaves equal their tile, and the proof covers the tile as a whole.
        let (first, tile) = (id.first_entry(), id.tile());
        let leaf = *leaves.tile.first().ok_or(Fault::Root)?;
        let proof = inclusion_proof_of_tile(log, tile, leaves.tile, size)?;
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
        Some(known) if known.size == checkpoint.size && known.root != checkpoint.root => {
            Err(Fault::Rewritten { known: known.size })
        }
        _ => Ok(checkpoint),
    }
}

/// If the checkpoint seen before ends among the leaves that follow the frontier,
/// the root up to there must be the one it signed.
fn check_known(
    frontier: &Frontier,
    leaves: &[Hash],
    known: Option<&Checkpoint>,
) -> Result<(), Fault> {
    let Some(known) = known else {
        return Ok(());
    };
    let before = known.size.checked_sub(frontier.size());
    let Some(leaves) = before
        .and_then(|count| usize::try_from(count).ok())
        .and_then(|count| leaves.get(..count))
    else {
        return Ok(());
    };
    let mut then = frontier.clone();
    then.append(leaves);
    if then.root() == known.root {
        Ok(())
    } else {
        Err(Fault::Rewritten { known: known.size })
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
