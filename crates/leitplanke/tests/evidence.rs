//! Proofs on the command line: receipts, the exported log, the whole installation, a new master key.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

mod office;

use office::{Office, in_each_office};

const LIST: &str = "Nachname;Firma;E-Mail\nGrünhagel;Grünhagel GmbH;joerdis@gruenhagel.example\n";

fn consented(office: &Office) -> String {
    office.imports(LIST);
    let recorded = office.asks(&[
        "consent",
        "record",
        "--contact",
        "joerdis@gruenhagel.example",
        "--purpose",
        "newsletter",
        "--channel",
        "email",
        "--given-on",
        "2026-11-03",
        "--proof",
        "double-opt-in-completed",
    ]);
    recorded["entry"].to_string()
}

#[test]
fn a_receipt_verifies_elsewhere_with_the_key_alone_and_not_after_one_changed_byte() {
    in_each_office(|office| {
        let entry = consented(office);
        let receipt = office.does(&["receipt", &entry, "--disclose"]).out;
        let key = office.does(&["log", "key"]).out;
        // Another machine: nothing but the two files.
        let elsewhere = Office::nowhere();
        let file = elsewhere.file("receipt.json", &receipt);
        let key = elsewhere.file("key.txt", &key);
        let said = elsewhere.does(&["verify", &file, "--key", &key]);
        assert!(
            said.out.contains("newsletter"),
            "what it proves is shown: {said:?}"
        );

        let bytes = receipt.into_bytes();
        let mut changed = 0;
        for at in (0..bytes.len()).step_by(bytes.len() / 40) {
            // Blanks between the parts prove nothing.
            if bytes[at].is_ascii_whitespace() {
                continue;
            }
            let mut tampered = bytes.clone();
            tampered[at] ^= 1;
            let file = elsewhere.file("tampered.json", &tampered);
            let said = elsewhere.types(&["verify", &file, "--key", &key]);
            assert_ne!(said.code, 0, "byte {at}: {said:?}");
            changed += 1;
        }
        assert!(changed > 30);
    });
}

#[test]
fn an_exported_log_verifies_offline_and_a_damaged_one_does_not() {
    in_each_office(|office| {
        consented(office);
        office.does(&["log", "export", "log"]);
        let key = office.does(&["log", "key"]).out;
        office.does(&["verify", "log", "--key", key.trim()]);
        let checkpoint = office.path("log/checkpoint");
        let mut bytes = std::fs::read(&checkpoint).unwrap();
        let last = bytes.len() - 4;
        bytes[last] ^= 1;
        std::fs::write(checkpoint, bytes).unwrap();
        assert_ne!(
            office.types(&["verify", "log", "--key", key.trim()]).code,
            0
        );
    });
}

#[test]
fn a_lost_master_key_is_named_and_no_new_one_is_made() {
    in_each_office(|office| {
        let (key, away) = (office.path("data/master.key"), office.path("away.key"));
        std::fs::rename(&key, &away).unwrap();
        for command in [&["doctor"][..], &["verify"], &["serve"]] {
            let said = office.types(command);
            assert!(said.code == 2 && said.err.contains("backup"), "{said:?}");
        }
        assert!(!key.exists());
        std::fs::rename(&away, &key).unwrap();
        office.does(&["doctor"]);
    });
}

#[test]
fn the_installation_verifies_before_and_after_a_new_master_key() {
    in_each_office(|office| {
        consented(office);
        office.does(&["verify"]);
        office.does(&["rotate-key", "--new-key", "new.key"]);
        let said = office.types(&["doctor"]);
        assert_eq!(said.code, 2, "the old key opens nothing any more: {said:?}");
        std::fs::rename(office.path("new.key"), office.path("data/master.key")).unwrap();
        office.does(&["verify"]);
        office.does(&["doctor"]);
        assert_eq!(
            office.verdict("joerdis@gruenhagel.example", "newsletter", "email"),
            "permitted"
        );
    });
}
