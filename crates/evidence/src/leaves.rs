//! Entries against the leaf hashes in their tile, on all cores.

use std::panic::resume_unwind;
use std::thread;

use crate::bundle::Bundle;
use crate::checkpoint::Checkpoint;
use crate::fault::Fault;
use crate::hash::{Hash, leaf_hash, root_of};
use crate::proof::{inclusion_proof, root_from_inclusion};
use crate::reader::{LogReader, TileReader, read_tile};
use crate::tile::BundleId;

/// Bytes of bundles that are held in memory at a time.
const BATCH_BYTES: usize = 8_000_000;

/// A bundle of entries and the tile with their hashes, not compared yet.
pub(crate) struct Leaves {
    pub(crate) id: BundleId,
    pub(crate) bundle: Vec<u8>,
    pub(crate) tile: Vec<Hash>,
}

/// How a bundle differs from its tile.
pub(crate) enum Difference {
    Missing {
        index: u64,
    },
    Excess,
    Changed {
        index: u64,
        leaf: Hash,
        logged: Hash,
    },
}

impl Leaves {
    /// Reads a bundle and its tile.
    pub(crate) fn read<R: LogReader + ?Sized>(log: &mut R, id: BundleId) -> Result<Self, Fault> {
        let first = id.first_entry();
        let bundle = log
            .bundle(id)?
            .ok_or(Fault::MissingEntry { index: first })?;
        let tile = read_tile(log, id.tile()).map_err(|fault| Fault::tile(id.tile(), fault))?;
        Ok(Self { id, bundle, tile })
    }

    /// Reads bundles until they fill the memory allowed, a fault, or the end.
    pub(crate) fn read_batch<R: LogReader + ?Sized>(
        log: &mut R,
        ids: &mut impl Iterator<Item = BundleId>,
    ) -> (Vec<Self>, Option<Fault>) {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while bytes < BATCH_BYTES {
            match ids.next().map(|id| Self::read(log, id)) {
                Some(Ok(leaves)) => {
                    bytes += leaves.bundle.len();
                    batch.push(leaves);
                }
                Some(Err(fault)) => return (batch, Some(fault)),
                None => break,
            }
        }
        (batch, None)
    }

    /// Hashes the entries, compares them with the tile, and returns its root.
    pub(crate) fn compare(&self) -> Result<Hash, Difference> {
        let mut bundle = Bundle::new(&self.bundle);
        for (index, logged) in (self.id.first_entry()..).zip(&self.tile) {
            let leaf = leaf_hash(bundle.next().ok_or(Difference::Missing { index })?);
            if leaf != *logged {
                return Err(Difference::Changed {
                    index,
                    leaf,
                    logged: *logged,
                });
            }
        }
        if bundle.is_finished() {
            Ok(root_of(&self.tile))
        } else {
            Err(Difference::Excess)
        }
    }

    /// [`Leaves::compare`] for several bundles, shared among the cores.
    pub(crate) fn compare_all(batch: &[Self]) -> Vec<Result<Hash, Difference>> {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let share = batch.len().div_ceil(cores).max(1);
        let compare = |share: &[Self]| -> Vec<_> { share.iter().map(Self::compare).collect() };
        thread::scope(|scope| {
            let shares: Vec<_> = batch
                .chunks(share)
                .map(|share| scope.spawn(move || compare(share)))
                .collect();
            shares
                .into_iter()
                .flat_map(|share| share.join().unwrap_or_else(|panic| resume_unwind(panic)))
                .collect()
        })
    }

    /// Hands over the entries, once they are known to equal their tile.
    pub(crate) fn show(&self, entry: &mut impl FnMut(u64, &[u8])) {
        for (index, bytes) in (self.id.first_entry()..).zip(Bundle::new(&self.bundle)) {
            entry(index, bytes);
        }
    }

    /// What a difference means: when an entry and its tile differ, the one that
    /// leads to the signed root is right.
    pub(crate) fn blame<R: TileReader + ?Sized>(
        &self,
        difference: &Difference,
        log: &mut R,
        checkpoint: &Checkpoint,
    ) -> Fault {
        let (index, leaf, logged) = match *difference {
            Difference::Missing { index } => return Fault::MissingEntry { index },
            Difference::Excess => {
                return Fault::ExcessEntry {
                    first: self.id.first_entry(),
                };
            }
            Difference::Changed {
                index,
                leaf,
                logged,
            } => (index, leaf, logged),
        };
        let proof = match inclusion_proof(log, index, checkpoint.size) {
            Ok(proof) => proof,
            Err(error) => return error.into(),
        };
        let leads_to_root = |hash: &Hash| {
            root_from_inclusion(hash, index, checkpoint.size, &proof)
                .is_ok_and(|root| root == checkpoint.root)
        };
        if leads_to_root(&logged) {
            Fault::ChangedEntry { index }
        } else if leads_to_root(&leaf) {
            Fault::ChangedTile {
                tile: self.id.tile(),
                first: index,
            }
        } else {
            Fault::ChangedBoth { index }
        }
    }
}
