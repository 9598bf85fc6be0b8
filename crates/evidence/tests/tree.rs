//! Tiles, roots and proofs, compared with the definition and with a second
//! implementation.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failing test may panic"
)]

#[allow(dead_code, reason = "not every test file damages the log")]
mod memory;

use std::collections::BTreeSet;

use evidence::{
    Frontier, FrontierError, Hash, ProofError, TileId, consistency_proof, inclusion_proof,
    leaf_hash, root_of, verify_consistency, verify_inclusion,
};
use memory::{Memory, log_of};
use proptest::prelude::*;

fn leaves(log: &Memory) -> Vec<Hash> {
    log.entries.iter().map(|entry| leaf_hash(entry)).collect()
}

fn theirs(hashes: &[Hash]) -> Vec<tlog_tiles::Hash> {
    hashes.iter().copied().map(tlog_tiles::Hash).collect()
}

#[test]
fn appending_one_by_one_gives_the_root_that_the_definition_gives() {
    let (log, _) = log_of(700);
    let leaves = leaves(&log);
    let mut frontier = Frontier::empty();
    for size in 0..=leaves.len() {
        assert_eq!(frontier.root(), root_of(&leaves[..size]), "size {size}");
        if let Some(leaf) = leaves.get(size) {
            frontier.append(&[*leaf]);
        }
    }
}

#[test]
fn a_log_across_the_third_level_has_the_root_that_the_definition_gives() {
    for size in [65_535, 65_536, 65_537, 66_000] {
        let (mut log, frontier) = log_of(size);
        assert_eq!(frontier.root(), root_of(&leaves(&log)), "size {size}");
        assert_eq!(Frontier::load(size as u64, &mut log).unwrap(), frontier);
    }
}

#[test]
fn a_torn_or_missing_edge_is_noticed_before_anything_is_appended() {
    let (mut log, frontier) = log_of(300);
    let id = TileId::holding(0, 299, 300).unwrap();
    log.tiles.get_mut(&id).unwrap().pop();
    let torn = Frontier::load(300, &mut log);
    assert!(matches!(torn, Err(FrontierError::Torn { found: 1407, .. })));
    log.tiles.remove(&id);
    let missing = Frontier::load(300, &mut log).unwrap_err();
    assert_eq!(
        missing.to_string(),
        "tile tile/0/001.p/44 of the log is missing"
    );
    assert_eq!(frontier.size(), 300);
}

#[test]
fn every_entry_of_every_small_log_is_proven_at_its_place_only() {
    for size in 1..=70 {
        let (mut log, frontier) = log_of(size);
        let (leaves, root, size) = (leaves(&log), frontier.root(), size as u64);
        for (index, leaf) in (0..).zip(&leaves) {
            let proof = inclusion_proof(&mut log, index, size).unwrap();
            verify_inclusion(leaf, index, size, &root, &proof).unwrap();
            for other in (0..size).filter(|other| *other != index) {
                verify_inclusion(leaf, other, size, &root, &proof).unwrap_err();
            }
        }
    }
}

#[test]
fn asking_for_what_a_log_does_not_have_is_an_error() {
    let (mut log, frontier) = log_of(5);
    let beyond = inclusion_proof(&mut log, 5, 5);
    assert!(matches!(
        beyond,
        Err(ProofError::OutOfRange { index: 5, size: 5 })
    ));
    let shrunk = consistency_proof(&mut log, 6, 5);
    assert!(matches!(shrunk, Err(ProofError::Shrunk { old: 6, new: 5 })));
    let unknown = inclusion_proof(&mut log, 0, 9);
    assert!(matches!(unknown, Err(ProofError::Tile(_))));
    let empty = verify_inclusion(&[0; 32], 0, 0, &frontier.root(), &[]);
    assert!(matches!(empty, Err(ProofError::OutOfRange { .. })));
}

#[test]
fn a_consistency_proof_from_an_empty_log_accepts_only_the_empty_root() {
    let (mut log, frontier) = log_of(3);
    assert_eq!(consistency_proof(&mut log, 0, 3).unwrap(), [[0; 32]; 0]);
    verify_consistency(0, &root_of(&[]), 3, &frontier.root(), &[]).unwrap();
    verify_consistency(0, &[1; 32], 3, &frontier.root(), &[]).unwrap_err();
    verify_consistency(3, &frontier.root(), 3, &frontier.root(), &[[0; 32]]).unwrap_err();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn batches_of_any_size_give_the_tiles_and_edge_of_one_append(
        batches in prop::collection::vec(0..300usize, 0..6),
    ) {
        let (mut log, mut frontier) = log_of(0);
        for count in &batches {
            log.append(&mut frontier, *count);
            let size = frontier.size();
            prop_assert_eq!(&Frontier::load(size, &mut log).unwrap(), &frontier);
        }
        let (whole, edge) = log_of(batches.iter().sum());
        prop_assert_eq!(edge, frontier.clone());
        for id in TileId::all(frontier.size()) {
            prop_assert_eq!(log.tiles.get(&id), whole.tiles.get(&id), "{}", id.path());
        }
    }

    #[test]
    fn an_append_writes_the_tiles_that_a_second_implementation_lists(
        before in 0..70_000u64, count in 0..1000u16,
    ) {
        // The tiles' names do not depend on what is in the edge.
        struct Zeros;
        impl evidence::TileReader for Zeros {
            fn tile(&mut self, id: TileId) -> std::io::Result<Option<Vec<u8>>> {
                Ok(Some(vec![0; 32 * usize::from(id.width)]))
            }
        }
        let mut frontier = Frontier::load(before, &mut Zeros).unwrap();
        let written = frontier.append(&vec![[0; 32]; count.into()]);
        let ours: BTreeSet<(u8, u64, u32)> = written
            .iter()
            .map(|tile| (tile.id.level, tile.id.index, tile.id.width.into()))
            .collect();
        prop_assert_eq!(ours.len(), written.len());
        let listed = tlog_tiles::Tile::new_tiles(8, before, before + u64::from(count));
        let listed: BTreeSet<(u8, u64, u32)> = listed
            .iter()
            .map(|tile| (tile.level(), tile.level_index(), tile.width()))
            .collect();
        prop_assert_eq!(ours, listed);
    }

    #[test]
    fn inclusion_proofs_hold_here_and_in_a_second_implementation(
        size in 1..=600usize, at in any::<prop::sample::Index>(), changed in any::<prop::sample::Index>(),
    ) {
        let (mut log, frontier) = log_of(size);
        let (index, size, root) = (at.index(size) as u64, size as u64, frontier.root());
        let leaf = leaf_hash(&log.entries[at.index(log.entries.len())]);
        let mut proof = inclusion_proof(&mut log, index, size).unwrap();
        verify_inclusion(&leaf, index, size, &root, &proof).unwrap();
        let (their_root, their_leaf) = (tlog_tiles::Hash(root), tlog_tiles::Hash(leaf));
        tlog_tiles::check_record(&theirs(&proof), size, their_root, index, their_leaf).unwrap();

        let mut longer = proof.clone();
        longer.push([0; 32]);
        verify_inclusion(&leaf, index, size, &root, &longer).unwrap_err();
        if !proof.is_empty() {
            verify_inclusion(&leaf, index, size, &root, &proof[1..]).unwrap_err();
            let changed = changed.index(proof.len());
            proof[changed][0] ^= 1;
            verify_inclusion(&leaf, index, size, &root, &proof).unwrap_err();
        }
    }

    #[test]
    fn consistency_proofs_hold_here_and_in_a_second_implementation(
        new in 1..=600usize, at in any::<prop::sample::Index>(), changed in any::<prop::sample::Index>(),
    ) {
        let (mut log, frontier) = log_of(new);
        let old = at.index(new) + 1;
        let (old_root, new_root) = (root_of(&leaves(&log)[..old]), frontier.root());
        let (old, new) = (old as u64, new as u64);
        let mut proof = consistency_proof(&mut log, old, new).unwrap();
        verify_consistency(old, &old_root, new, &new_root, &proof).unwrap();
        let (their_old, their_new) = (tlog_tiles::Hash(old_root), tlog_tiles::Hash(new_root));
        tlog_tiles::check_tree(&theirs(&proof), new, their_new, old, their_old).unwrap();

        let mut other = old_root;
        other[31] ^= 1;
        verify_consistency(old, &other, new, &new_root, &proof).unwrap_err();
        if !proof.is_empty() {
            verify_consistency(old, &old_root, new, &new_root, &proof[1..]).unwrap_err();
            let changed = changed.index(proof.len());
            proof[changed][0] ^= 1;
            verify_consistency(old, &old_root, new, &new_root, &proof).unwrap_err();
        }
    }

    #[test]
    fn no_proof_makes_a_verifier_panic(
        a: u64, b: u64, hash: [u8; 32], proof in prop::collection::vec(any::<[u8; 32]>(), 0..70),
    ) {
        let inclusion = verify_inclusion(&hash, a, b, &hash, &proof);
        prop_assert!(inclusion.is_err() || (b == 1 && proof.is_empty()));
        let consistency = verify_consistency(a, &hash, b, &hash, &proof);
        prop_assert!(consistency.is_err() || (a == b && proof.is_empty()));
    }
}
