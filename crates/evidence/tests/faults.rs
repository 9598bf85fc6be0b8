//! What verification of a whole log finds, and which entry it names.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failing test may panic"
)]

mod memory;

use evidence::{
    Checkpoint, CheckpointError, Fault, Folder, Frontier, LogKey, Report, TileId, leaf_hash,
    verify_log, verify_range,
};
use memory::{Memory, key, log_of};

/// Verifies whole and in ranges, which must agree on whether there is a fault
/// and on the entry it names.
fn verify(log: &mut Memory) -> Result<Report, Fault> {
    let key = key();
    let size = key.verifier().open(log.note.as_ref().unwrap().as_bytes());
    let size = size.map_or(0, |checkpoint| checkpoint.size);
    let whole = verify_log(log, key.verifier(), None, |_, _| {});
    let range = verify_range(log, key.verifier(), None, 0..size, |_, _| {});
    match (&whole, &range) {
        (Ok(whole), Ok(range)) => assert_eq!(whole, range),
        (Err(whole), Err(_)) if whole.entry().is_none() => {}
        (Err(whole), Err(range)) => {
            let bundle = |fault: &Fault| fault.entry().map(|entry| entry / 256);
            assert_eq!(bundle(whole), bundle(range), "{whole} / {range}");
        }
        _ => panic!("{whole:?} / {range:?}"),
    }
    whole
}

fn checkpoint(log: &Memory) -> Checkpoint {
    let note = log.note.as_ref().unwrap();
    key().verifier().open(note.as_bytes()).unwrap()
}

#[test]
fn a_sound_log_is_verified_whole_and_every_entry_is_shown_once() {
    for size in [0, 1, 255, 256, 257, 600, 66_000] {
        let (mut log, frontier) = log_of(size);
        let mut seen = Vec::new();
        let key = key();
        let report = verify_log(&mut log, key.verifier(), None, |index, entry| {
            seen.push((index, entry.to_vec()));
        });
        let report = report.unwrap();
        assert_eq!(report.entries, 0..size as u64);
        assert_eq!(report.checkpoint.root, frontier.root());
        assert!((0..).zip(log.entries).eq(seen));
    }
}

#[test]
fn a_range_is_verified_in_whole_bundles() {
    let (mut log, _) = log_of(1000);
    let key = key();
    let mut range = |range| verify_range(&mut log, key.verifier(), None, range, |_, _| {});
    assert_eq!(range(300..301).unwrap().entries, 256..512);
    assert_eq!(range(999..1000).unwrap().entries, 768..1000);
    assert_eq!(range(5..5).unwrap().entries, 5..5);
    assert!(matches!(range(999..1001), Err(Fault::OutOfRange { .. })));
}

#[test]
fn a_changed_entry_is_named() {
    let (sound, _) = log_of(700);
    for index in [0, 255, 256, 511, 699] {
        let mut log = sound.clone();
        log.entries[index][0] ^= 1;
        let fault = verify(&mut log).unwrap_err();
        assert!(matches!(fault, Fault::ChangedEntry { .. }), "{fault}");
        assert_eq!(fault.entry(), Some(index as u64));
        assert_eq!(
            fault.to_string(),
            format!("entry {index} was changed after it was logged")
        );
    }
}

#[test]
fn a_range_elsewhere_is_still_verified_while_an_entry_is_damaged() {
    let (mut log, _) = log_of(700);
    log.entries[3][0] ^= 1;
    let key = key();
    let mut range = |range| verify_range(&mut log, key.verifier(), None, range, |_, _| {});
    range(256..700).unwrap();
    assert_eq!(range(0..700).unwrap_err().entry(), Some(3));
}

#[test]
fn missing_and_additional_entries_are_named() {
    let (sound, _) = log_of(600);
    let mut log = sound.clone();
    log.entries.truncate(599);
    assert!(matches!(
        verify(&mut log),
        Err(Fault::MissingEntry { index: 599 })
    ));
    log.entries.truncate(512);
    assert!(matches!(
        verify(&mut log),
        Err(Fault::MissingEntry { index: 512 })
    ));
    let mut log = sound;
    log.entries.remove(40);
    assert_eq!(verify(&mut log).unwrap_err().entry(), Some(40));
}

#[test]
fn a_bundle_with_more_than_its_entries_is_noticed() {
    let (mut log, _) = log_of(10);
    let folder = tempfile::tempdir().unwrap();
    let note = log.note.clone().unwrap();
    let mut files = Folder::new(folder.path());
    files.copy_from(&mut log, 10, note.as_bytes()).unwrap();
    let path = folder.path().join("tile/entries/000.p/10");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes.push(0);
    std::fs::write(&path, bytes).unwrap();
    let fault = verify_log(&mut files, key().verifier(), None, |_, _| {});
    assert!(matches!(fault, Err(Fault::ExcessEntry { first: 0 })));
}

#[test]
fn a_torn_or_missing_tile_names_the_first_entry_it_lost() {
    let (sound, _) = log_of(700);
    for id in TileId::all(700) {
        for lost in [1, 32, 33] {
            let mut log = sound.clone();
            let bytes = log.tiles.get_mut(&id).unwrap();
            bytes.truncate(bytes.len() - lost);
            let whole = u16::try_from(bytes.len() / 32).unwrap();
            let fault = verify(&mut log).unwrap_err();
            assert!(matches!(fault, Fault::TornTile { .. }), "{fault}");
            assert_eq!(fault.entry(), Some(id.first_entry_below(whole)), "{fault}");
        }
        let mut log = sound.clone();
        log.tiles.remove(&id);
        let fault = verify(&mut log).unwrap_err();
        assert!(matches!(fault, Fault::MissingTile { tile, .. } if tile == id));
        assert_eq!(fault.entry(), Some(id.first_entry_below(0)));
    }
}

#[test]
fn a_changed_hash_in_any_tile_is_named() {
    let (sound, _) = log_of(700);
    for id in TileId::all(700) {
        let mut log = sound.clone();
        let position = id.width - 1;
        log.tiles.get_mut(&id).unwrap()[32 * usize::from(position)] ^= 1;
        let fault = verify_log(&mut log, key().verifier(), None, |_, _| {}).unwrap_err();
        assert!(
            matches!(fault, Fault::ChangedTile { tile, .. } if tile == id),
            "{fault}"
        );
        assert_eq!(fault.entry(), Some(id.first_entry_below(position)));
    }
}

#[test]
fn an_entry_changed_together_with_its_tile_is_found_one_level_up() {
    let (mut log, _) = log_of(700);
    log.entries[300] = b"another entry".to_vec();
    let id = TileId::holding(0, 300, 700).unwrap();
    log.tiles.get_mut(&id).unwrap()[44 * 32..45 * 32].copy_from_slice(&leaf_hash(b"another entry"));
    let fault = verify(&mut log).unwrap_err();
    assert!(matches!(fault, Fault::ChangedTile { .. }), "{fault}");
    assert_eq!(fault.entry(), Some(256), "the first entry of its bundle");
}

#[test]
fn an_entry_changed_together_with_all_tiles_does_not_lead_to_the_signed_root() {
    let (mut log, mut forged) = (log_of(700).0, Memory::default());
    let signed = log.note.take();
    log.entries[300] = b"another entry".to_vec();
    let leaves: Vec<_> = log.entries.iter().map(|entry| leaf_hash(entry)).collect();
    for tile in Frontier::empty().append(&leaves) {
        forged.tiles.insert(tile.id, tile.bytes);
    }
    (forged.entries, forged.note) = (log.entries, signed);
    let fault = verify_log(&mut forged, key().verifier(), None, |_, _| {});
    assert!(matches!(fault, Err(Fault::Root)));
    let fault = verify_range(&mut forged, key().verifier(), None, 0..700, |_, _| {});
    assert!(matches!(fault, Err(Fault::ChangedTile { first: 0, .. })));
}

#[test]
fn a_checkpoint_of_another_key_or_log_or_none_is_refused() {
    let (mut log, frontier) = log_of(5);
    let (size, root) = (frontier.size(), frontier.root());
    let mut with_note = |note: Option<String>| {
        log.note = note;
        verify_log(&mut log, key().verifier(), None, |_, _| {}).unwrap_err()
    };
    let stranger = LogKey::from_seed(memory::ORIGIN, &[8; 32]).unwrap();
    let fault = with_note(Some(stranger.sign(size, root)));
    assert!(matches!(
        fault,
        Fault::Checkpoint(CheckpointError::Unsigned(_))
    ));
    let elsewhere = LogKey::from_seed("example.com/other", &[7; 32]).unwrap();
    let fault = with_note(Some(elsewhere.sign(size, root)));
    assert!(matches!(
        fault,
        Fault::Checkpoint(CheckpointError::Unsigned(_))
    ));
    let changed = key().sign(size, root).replacen("\n5\n", "\n6\n", 1);
    let fault = with_note(Some(changed));
    assert!(matches!(
        fault,
        Fault::Checkpoint(CheckpointError::Signature)
    ));
    assert!(matches!(with_note(None), Fault::NoCheckpoint));
    let fault = with_note(Some(key().sign(size, [9; 32])));
    assert!(matches!(fault, Fault::Root));
}

#[test]
fn a_log_that_was_rolled_back_or_rewritten_is_noticed_by_who_saw_it_before() {
    let (mut log, mut frontier) = log_of(300);
    let seen = checkpoint(&log);
    log.append(&mut frontier, 300);
    let key = key();
    verify_log(&mut log, key.verifier(), Some(&seen), |_, _| {}).unwrap();
    verify_range(&mut log, key.verifier(), Some(&seen), 0..1, |_, _| {}).unwrap();

    let (mut shorter, _) = log_of(299);
    let fault = verify_log(&mut shorter, key.verifier(), Some(&seen), |_, _| {});
    assert!(matches!(
        fault,
        Err(Fault::Rollback {
            size: 299,
            known: 300
        })
    ));

    let other_past = Checkpoint {
        root: [1; 32],
        ..seen
    };
    let fault = verify_log(&mut log, key.verifier(), Some(&other_past), |_, _| {});
    assert!(matches!(fault, Err(Fault::Rewritten { known: 300 })));
    let fault = verify_range(&mut log, key.verifier(), Some(&other_past), 0..1, |_, _| {});
    assert!(matches!(fault, Err(Fault::Rewritten { known: 300 })));
}

#[test]
fn an_exported_folder_is_verified_with_the_public_key_alone() {
    let (mut log, _) = log_of(700);
    let folder = tempfile::tempdir().unwrap();
    let note = log.note.clone().unwrap();
    let mut files = Folder::new(folder.path());
    files.copy_from(&mut log, 700, note.as_bytes()).unwrap();
    let key = key().verifier().to_string();
    let key = evidence::LogVerifier::from_text(&key).unwrap();
    let report = verify_log(&mut files, &key, None, |_, _| {}).unwrap();
    assert_eq!(report.entries, 0..700);

    let path = folder.path().join("tile/0/001");
    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(&path, &bytes[..100]).unwrap();
    let fault = verify_log(&mut files, &key, None, |_, _| {}).unwrap_err();
    assert_eq!(fault.entry(), Some(256 + 3));
    std::fs::remove_file(&path).unwrap();
    let fault = verify_log(&mut files, &key, None, |_, _| {}).unwrap_err();
    assert!(matches!(fault, Fault::MissingTile { first: 256, .. }));
}

#[test]
fn a_folder_that_has_grown_still_answers_for_its_earlier_size() {
    let (mut log, _) = log_of(512);
    let folder = tempfile::tempdir().unwrap();
    let mut files = Folder::new(folder.path());
    files.copy_from(&mut log, 512, b"").unwrap();
    let (earlier, _) = log_of(300);
    files
        .write_checkpoint(earlier.note.unwrap().as_bytes())
        .unwrap();
    // Of the earlier size only the first tile of level 1 is not there any more.
    let id = TileId::holding(1, 0, 300).unwrap();
    files.write_tile(id, &earlier.tiles[&id]).unwrap();
    let report = verify_log(&mut files, key().verifier(), None, |_, _| {}).unwrap();
    assert_eq!(report.entries, 0..300);
}
