//! RFC 6962 section 2.1: hashes of leaves, inner nodes and trees.

use sha2::{Digest, Sha256};

/// A SHA-256 hash.
pub type Hash = [u8; HASH_BYTES];

/// Bytes in a [`Hash`].
pub const HASH_BYTES: usize = 32;

/// The hash of an entry: SHA-256 over a zero byte and the entry's bytes.
#[must_use]
pub fn leaf_hash(entry: &[u8]) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update([0]);
    hasher.update(entry);
    hasher.finalize().into()
}

/// The hash of an inner node: SHA-256 over a one byte, the left and the right hash.
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let mut node = [0; 1 + 2 * HASH_BYTES];
    node[0] = 1;
    node[1..=HASH_BYTES].copy_from_slice(left);
    node[1 + HASH_BYTES..].copy_from_slice(right);
    Sha256::digest(node).into()
}

/// The root of a tree without entries: SHA-256 of nothing.
#[must_use]
pub fn empty_root() -> Hash {
    Sha256::digest([]).into()
}

/// The root of the tree whose leaves, or equally high complete subtrees, have
/// these hashes. The last one may be a smaller subtree.
#[must_use]
pub fn root_of(hashes: &[Hash]) -> Hash {
    match hashes {
        [] => empty_root(),
        [only] => *only,
        several => {
            let (left, right) = several.split_at(split_point(several.len()));
            node_hash(&root_of(left), &root_of(right))
        }
    }
}

/// The largest power of two below `count`, which must be at least two.
fn split_point(count: usize) -> usize {
    1 << (count - 1).ilog2()
}

/// The whole hashes in `bytes`; `None` when a part of a hash is left over.
pub(crate) fn hashes_in(bytes: &[u8]) -> Option<&[Hash]> {
    match bytes.as_chunks() {
        (hashes, []) => Some(hashes),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The leaves and roots that the Certificate Transparency project publishes
    /// as test vectors for RFC 6962.
    const LEAVES: [&str; 8] = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ];
    const ROOTS: [&str; 9] = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    #[test]
    fn trees_of_zero_to_eight_leaves_have_the_published_roots() {
        let leaves: Vec<Hash> = LEAVES
            .iter()
            .map(|leaf| leaf_hash(&hex::decode(leaf).unwrap()))
            .collect();
        for (size, root) in ROOTS.iter().enumerate() {
            assert_eq!(hex::encode(root_of(&leaves[..size])), *root, "size {size}");
        }
    }

    #[test]
    fn a_leaf_never_hashes_like_an_inner_node() {
        let (left, right) = (leaf_hash(b"a"), leaf_hash(b"b"));
        let node_as_entry = [&[1], left.as_slice(), right.as_slice()].concat();
        assert_ne!(leaf_hash(&node_as_entry), node_hash(&left, &right));
    }
}
