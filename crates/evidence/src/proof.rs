//! Inclusion and consistency proofs, RFC 6962 section 2.1.

use std::collections::HashMap;

use crate::frontier::FrontierError;
use crate::hash::{Hash, node_hash, root_of};
use crate::reader::{TileReader, read_tile};
use crate::tile::TileId;

/// Most hashes that a proof of a log of up to 2^64 entries needs.
pub const MAX_PROOF_HASHES: usize = 65;

/// Why a proof could not be made or does not hold.
#[derive(Debug, thiserror::Error)]
pub enum ProofError {
    /// The entry is not in a log of this size.
    #[error("entry {index} is not in a log of {size} entries")]
    OutOfRange {
        /// Index of the entry.
        index: u64,
        /// Entries in the log.
        size: u64,
    },
    /// A log can't shrink.
    #[error("a log of {new} entries can't follow one of {old}")]
    Shrunk {
        /// Entries before.
        old: u64,
        /// Entries after.
        new: u64,
    },
    /// Too many or too few hashes.
    #[error("the proof has the wrong number of hashes")]
    Length,
    /// The proof leads to another root.
    #[error("the proof does not lead to the signed root hash")]
    Mismatch,
    /// A tile is missing, torn or can't be read.
    #[error(transparent)]
    Tile(#[from] FrontierError),
}

/// The hashes beside the way from entry `index` up to the root of the log's
/// first `size` entries.
///
/// # Errors
/// When the entry is not in the log, or a tile can't be used.
pub fn inclusion_proof<R: TileReader + ?Sized>(
    reader: &mut R,
    index: u64,
    size: u64,
) -> Result<Vec<Hash>, ProofError> {
    Tree::new(reader, size).inclusion_proof(index)
}

/// Like [`inclusion_proof`], for the first entry of a tile whose hashes were
/// read already, so that the proof covers these hashes and no later reading.
pub(crate) fn inclusion_proof_of_tile<R: TileReader + ?Sized>(
    reader: &mut R,
    id: TileId,
    hashes: Vec<Hash>,
    size: u64,
) -> Result<Vec<Hash>, ProofError> {
    let mut tree = Tree::new(reader, size);
    tree.tiles.insert(id, hashes);
    tree.inclusion_proof(id.first_entry_below(0))
}

/// The hashes that show that a log of `new` entries begins with the same `old` ones.
///
/// # Errors
/// When `old` is larger than `new`, or a tile can't be used.
pub fn consistency_proof<R: TileReader + ?Sized>(
    reader: &mut R,
    old: u64,
    new: u64,
) -> Result<Vec<Hash>, ProofError> {
    if old > new {
        return Err(ProofError::Shrunk { old, new });
    }
    if old == 0 || old == new {
        return Ok(Vec::new());
    }
    let mut tree = Tree::new(reader, new);
    let mut proof = Vec::new();
    let (mut low, mut high) = (0, new);
    while high != old {
        let middle = middle(low, high);
        if old <= middle {
            proof.push(tree.subtree(middle, high)?);
            high = middle;
        } else {
            proof.push(tree.subtree(low, middle)?);
            low = middle;
        }
    }
    // The verifier knows the old root; only a subtree inside it must be shown.
    if low > 0 {
        proof.push(tree.subtree(low, high)?);
    }
    proof.reverse();
    Ok(proof)
}

/// The root to which a proof leads from an entry's leaf hash.
///
/// # Errors
/// When the entry is not in the log, or the proof has the wrong length.
pub fn root_from_inclusion(
    leaf: &Hash,
    index: u64,
    size: u64,
    proof: &[Hash],
) -> Result<Hash, ProofError> {
    if index >= size {
        return Err(ProofError::OutOfRange { index, size });
    }
    let (mut node, mut last, mut root) = (index, size - 1, *leaf);
    for sibling in proof {
        if last == 0 {
            return Err(ProofError::Length);
        }
        if node % 2 == 1 || node == last {
            root = node_hash(sibling, &root);
            while node % 2 == 0 && node != 0 {
                node /= 2;
                last /= 2;
            }
        } else {
            root = node_hash(&root, sibling);
        }
        node /= 2;
        last /= 2;
    }
    if last == 0 {
        Ok(root)
    } else {
        Err(ProofError::Length)
    }
}

/// Checks that the entry with this leaf hash is entry `index` of the log's first
/// `size` entries, whose root is `root`.
///
/// # Errors
/// When the proof does not hold.
pub fn verify_inclusion(
    leaf: &Hash,
    index: u64,
    size: u64,
    root: &Hash,
    proof: &[Hash],
) -> Result<(), ProofError> {
    if root_from_inclusion(leaf, index, size, proof)? == *root {
        Ok(())
    } else {
        Err(ProofError::Mismatch)
    }
}

/// Checks that a log of `new` entries with root `new_root` begins with the log
/// of `old` entries with root `old_root`.
///
/// # Errors
/// When the proof does not hold.
pub fn verify_consistency(
    old: u64,
    old_root: &Hash,
    new: u64,
    new_root: &Hash,
    proof: &[Hash],
) -> Result<(), ProofError> {
    if old > new {
        return Err(ProofError::Shrunk { old, new });
    }
    if old == 0 || old == new {
        let expected = if old == 0 { root_of(&[]) } else { *new_root };
        return match proof {
            [] if *old_root == expected => Ok(()),
            [] => Err(ProofError::Mismatch),
            _ => Err(ProofError::Length),
        };
    }
    // RFC 9162 section 2.1.4.2.
    let (mut node, mut last) = (old - 1, new - 1);
    while node % 2 == 1 {
        node /= 2;
        last /= 2;
    }
    let (mut first, rest) = if node == 0 {
        (*old_root, proof)
    } else {
        let (first, rest) = proof.split_first().ok_or(ProofError::Length)?;
        (*first, rest)
    };
    let mut second = first;
    for sibling in rest {
        if last == 0 {
            return Err(ProofError::Length);
        }
        if node % 2 == 1 || node == last {
            first = node_hash(sibling, &first);
            second = node_hash(sibling, &second);
            while node % 2 == 0 && node != 0 {
                node /= 2;
                last /= 2;
            }
        } else {
            second = node_hash(&second, sibling);
        }
        node /= 2;
        last /= 2;
    }
    if last != 0 {
        return Err(ProofError::Length);
    }
    if first == *old_root && second == *new_root {
        Ok(())
    } else {
        Err(ProofError::Mismatch)
    }
}

/// Where RFC 6962 splits the tree over entries `low..high`.
fn middle(low: u64, high: u64) -> u64 {
    low + (1 << (high - low - 1).ilog2())
}

/// Hashes of subtrees, from tiles that are each read once.
struct Tree<'a, R: ?Sized> {
    reader: &'a mut R,
    size: u64,
    tiles: HashMap<TileId, Vec<Hash>>,
}

impl<'a, R: TileReader + ?Sized> Tree<'a, R> {
    fn new(reader: &'a mut R, size: u64) -> Self {
        Self {
            reader,
            size,
            tiles: HashMap::new(),
        }
    }

    fn inclusion_proof(&mut self, index: u64) -> Result<Vec<Hash>, ProofError> {
        let size = self.size;
        if index >= size {
            return Err(ProofError::OutOfRange { index, size });
        }
        let mut proof = Vec::new();
        let (mut low, mut high) = (0, size);
        while high - low > 1 {
            let middle = middle(low, high);
            if index < middle {
                proof.push(self.subtree(middle, high)?);
                high = middle;
            } else {
                proof.push(self.subtree(low, middle)?);
                low = middle;
            }
        }
        proof.reverse();
        Ok(proof)
    }

    /// The hash of the subtree over entries `low..high`, a range that RFC 6962's
    /// splitting reaches.
    fn subtree(&mut self, low: u64, high: u64) -> Result<Hash, ProofError> {
        let count = high - low;
        if count.is_power_of_two() {
            return self.complete(low, count);
        }
        let middle = middle(low, high);
        let (left, right) = (self.subtree(low, middle)?, self.subtree(middle, high)?);
        Ok(node_hash(&left, &right))
    }

    /// The hash of a complete subtree: some adjoining hashes of one tile.
    fn complete(&mut self, low: u64, count: u64) -> Result<Hash, ProofError> {
        let out_of_range = || ProofError::OutOfRange {
            index: low,
            size: self.size,
        };
        let height = count.ilog2();
        let level = u8::try_from(height / 8).map_err(|_| out_of_range())?;
        let position = low >> (8 * u32::from(level));
        let id = TileId::holding(level, position, self.size).ok_or_else(out_of_range)?;
        if !self.tiles.contains_key(&id) {
            let hashes =
                read_tile(self.reader, id).map_err(|fault| FrontierError::new(id, fault))?;
            self.tiles.insert(id, hashes);
        }
        let start = usize::from(position.to_le_bytes()[0]);
        self.tiles
            .get(&id)
            .and_then(|hashes| hashes.get(start..start + (1 << (height % 8))))
            .map(root_of)
            .ok_or(ProofError::Mismatch)
    }
}
