//! What somebody changes behind the product's back is found by `verify`, which names the entry:
//! in the log and in the state, on both engines. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

mod support;

use std::fmt::Write as _;

use evidence::{Folder, verify_log};
use jiff::Timestamp;
use law::facts::RelationKind;
use operations::{Organisation, Sale, Wrong};
use store::testing::{Database, on_each_engine};
use support::{TODAY, act, consent_to_newsletter, contact, import, objection, organisation};

/// Contacts with everything that a row can be about; the log has two tiles of entries.
fn with_a_past(database: &Database) -> Organisation {
    let this = organisation(database);
    let mut list = "Nachname;Firma;E-Mail\n".to_owned();
    for n in 0..300 {
        let _ = writeln!(list, "Muster;Muster GmbH;person{n}@muster.example");
    }
    assert_eq!(import(&this, list.as_bytes()).added, 300);
    consent_to_newsletter(&this, "person1@muster.example", TODAY);
    objection(&this, "person2@muster.example");
    let sale = Sale {
        goods: "spare-parts".to_owned(),
        sold_on: TODAY,
        address_from_sale: true,
        notice_at_collection: true,
        relation: RelationKind::Purchase,
    };
    this.note_sale(&contact("person3@muster.example"), sale, &act())
        .unwrap();
    this.erase(&contact("person4@muster.example"), &act())
        .unwrap();
    this.sequence(act().at).unwrap();
    let checked = this.verify().unwrap();
    assert_eq!((checked.faults, checked.waiting), (Vec::new(), 0));
    this
}

/// What `verify` finds after the database was changed.
fn found(tamper: impl Fn(&Database)) -> Vec<Vec<Wrong>> {
    let all = std::cell::RefCell::new(Vec::new());
    on_each_engine(|database| {
        let this = with_a_past(database);
        tamper(database);
        all.borrow_mut().push(this.verify().unwrap().faults);
    });
    all.into_inner()
}

/// Something is found on each engine, and one finding names an entry and says `what`.
fn named(tamper: impl Fn(&Database), what: &str) {
    for faults in found(tamper) {
        let names = |wrong: &Wrong| wrong.entry.is_some() && wrong.what.contains(what);
        assert!(faults.iter().any(names), "{what}: {faults:?}");
    }
}

/// Changes one row and no more.
fn one(database: &Database, sql: &str) {
    assert_eq!(database.execute(sql), 1, "{sql}");
}

#[test]
fn a_flipped_bit_in_an_entry() {
    let flip = |bytes: &mut Vec<u8>| {
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
    };
    for faults in
        found(|database| database.change_bytes(("evidence_entry", "bytes"), "seq = 7", flip))
    {
        assert!(
            faults.iter().any(|wrong| wrong.entry == Some(7)),
            "{faults:?}"
        );
    }
}

#[test]
fn an_entry_cut_off_or_taken_out() {
    let cut = |bytes: &mut Vec<u8>| bytes.truncate(bytes.len() - 9);
    for faults in
        found(|database| database.change_bytes(("evidence_entry", "bytes"), "seq = 8", cut))
    {
        assert!(
            faults.iter().any(|wrong| wrong.entry == Some(8)),
            "{faults:?}"
        );
    }
    for faults in found(|database| one(database, "DELETE FROM evidence_entry WHERE seq = 9")) {
        assert!(!faults.is_empty());
    }
}

#[test]
fn a_torn_tile_is_found_and_the_entry_named_from_which_on_it_fails() {
    let tear = |bytes: &mut Vec<u8>| bytes.truncate(bytes.len() / 2 + 5);
    let zero = |bytes: &mut Vec<u8>| bytes[64..96].fill(0);
    for (index, damage) in [(0, tear as fn(&mut Vec<u8>)), (1, tear), (0, zero)] {
        let place = format!("level = 0 AND idx = {index}");
        named(
            |database| database.change_bytes(("evidence_tile", "data"), &place, damage),
            "tile",
        );
    }
}

#[test]
fn a_missing_tile() {
    for faults in found(|database| {
        one(
            database,
            "DELETE FROM evidence_tile WHERE level = 0 AND idx = 0",
        );
    }) {
        assert!(!faults.is_empty());
    }
}

#[test]
fn nothing_is_signed_on_top_of_a_torn_tile() {
    on_each_engine(|database| {
        let this = with_a_past(database);
        database.change_bytes(
            ("evidence_tile", "data"),
            "level = 0 AND idx = 1",
            |bytes| bytes[0] ^= 1,
        );
        consent_to_newsletter(&this, "person5@muster.example", TODAY);
        assert!(this.sequence(act().at).is_err());
    });
}

#[test]
fn a_signature_changed_or_all_of_them_taken_out() {
    for faults in found(|database| {
        database.execute("UPDATE evidence_checkpoint SET note = replace(note, '— ', '— x')");
    }) {
        assert!(!faults.is_empty());
    }
    for faults in found(|database| {
        database.execute("DELETE FROM evidence_checkpoint");
    }) {
        assert!(
            faults
                .iter()
                .any(|wrong| wrong.what.contains("no signed checkpoint"))
        );
    }
}

#[test]
fn a_consent_that_covers_more_or_was_never_withdrawn_or_is_gone() {
    named(
        |database| one(database, "UPDATE consent SET channels = channels + 16"),
        "consent",
    );
    named(
        |database| one(database, "UPDATE consent SET proof = 0"),
        "consent",
    );
    named(
        |database| one(database, "UPDATE consent SET given_on = given_on - 1000"),
        "consent",
    );
    named(|database| one(database, "DELETE FROM consent"), "consent");
}

#[test]
fn an_objection_that_covers_less_or_is_gone() {
    named(
        |database| one(database, "UPDATE objection SET channels = 1"),
        "objection",
    );
    named(
        |database| one(database, "DELETE FROM objection"),
        "objection",
    );
}

#[test]
fn a_suppression_that_covers_less_or_is_gone() {
    let of_the_erased = "reason = (SELECT max(reason) FROM suppression)";
    named(
        |database| {
            let changed = format!("UPDATE suppression SET channels = 1 WHERE {of_the_erased}");
            assert!(database.execute(&changed) > 0);
        },
        "suppression",
    );
    named(
        |database| {
            assert!(
                database.execute(&format!("DELETE FROM suppression WHERE {of_the_erased}")) > 0
            );
        },
        "suppression",
    );
}

#[test]
fn a_contact_moved_to_a_country_with_milder_law_and_a_sale_dressed_up() {
    named(
        |database| assert_eq!(database.execute("UPDATE contact SET country = 'FR'"), 300),
        "contact",
    );
    named(
        |database| one(database, "UPDATE sale SET goods = 'machines'"),
        "sale",
    );
}

#[test]
fn a_register_that_was_not_applied() {
    let milder = "UPDATE register_version SET text = replace(text, '\"consent\"', '\"legitimate_interests\"')";
    named(|database| one(database, milder), "register version 1");
}

#[test]
fn an_exported_log_with_a_torn_missing_or_changed_file() {
    on_each_engine(|database| {
        let this = with_a_past(database);
        let folder = tempfile::TempDir::new().unwrap();
        let check = || {
            let mut log = Folder::new(folder.path());
            verify_log(&mut log, this.log_verifier(), None, |_, _| {})
        };
        this.export_log(folder.path()).unwrap();
        assert!(check().unwrap().entries.end > 300);
        let mut files = Vec::new();
        files_below(folder.path(), &mut files);
        assert!(files.len() >= 5, "{files:?}");
        for file in files {
            let sound = std::fs::read(&file).unwrap();
            let mut flipped = sound.clone();
            flipped[sound.len() / 2] ^= 1;
            for damaged in [&flipped[..], &sound[..sound.len() - 1], b""] {
                std::fs::write(&file, damaged).unwrap();
                assert!(check().is_err(), "{}", file.display());
            }
            std::fs::remove_file(&file).unwrap();
            assert!(check().is_err(), "without {}", file.display());
            std::fs::write(&file, sound).unwrap();
        }
        check().unwrap();
        assert_eq!(this.sequence(Timestamp::now()).unwrap(), 0);
    });
}

fn files_below(folder: &std::path::Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_below(&path, files);
        } else {
            files.push(path);
        }
    }
}
