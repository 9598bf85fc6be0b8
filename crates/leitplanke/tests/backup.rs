//! Backups by command line and by the server itself. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod bucket_server;
mod office;
mod served;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use bucket_server::BucketServer;
use office::{Said, in_each_office};
use served::Server;

const LIST: &str = "Vorname;Nachname;Firma;E-Mail\n\
    Anna;Bernsteiner;Kunde Eins GmbH;anna@kunde-eins.example\n\
    Bert;Muster;Kunde Zwei GmbH;bert@kunde-zwei.example\n";

/// Types a command where the restored installation is.
fn there(folder: &Path, key: &Path, args: &[&str]) -> Said {
    let text = fs::read_to_string(key).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_leitplanke"))
        .env_remove("DATABASE_URL")
        .env("LEITPLANKE_MASTER_KEY", text.trim())
        .args(["--lang", "en", "--data", folder.to_str().unwrap()])
        .args(args)
        .output()
        .unwrap();
    Said {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn back_up_erase_try_out_and_restore_by_command_line() {
    in_each_office(|office| {
        office.imports(LIST);
        let made = office.asks(&["backup", "shelf", "--keys-to", "keys", "--keep", "7"]);
        assert!(made["rows"].as_u64().unwrap() > 20, "{made}");
        let journal = [("LEITPLANKE_BACKUP_KEYS_TO", "keys")];
        let erase = ["erase", "--contact", "anna@kunde-eins.example", "--yes"];
        let lie = |end: &str| {
            let files = fs::read_dir(office.path("keys")).unwrap();
            let paths = files.map(|file| file.unwrap().path());
            let has_end = |path: &PathBuf| path.to_string_lossy().ends_with(end);
            paths.filter(has_end).collect::<Vec<_>>()
        };
        let keys = lie(".keys");
        let erased = office.types_in(&journal, &erase, b"");
        assert_eq!(erased.code, 0, "{erased:?}");
        assert_eq!(lie(".keys").len(), 1);
        assert_ne!(
            lie(".keys"),
            keys,
            "the key went from the backups with the command"
        );
        let said = office
            .does(&["backup", "drill", "shelf", "--keys", "keys"])
            .out;
        assert!(
            said.contains("restored for trial") && said.contains("0 faults"),
            "{said}"
        );
        let doctor = office.does(&["doctor"]).out;
        assert!(doctor.contains("backup: the last one is of"), "{doctor}");

        let key = office.path("data/master.key");
        let name = made["name"].as_str().unwrap();
        for file in lie(".journal") {
            fs::rename(&file, file.with_extension("away")).unwrap();
        }
        let keys = ["restore", "shelf", "--keys", "keys", "--into"];
        let key_file = ["--master-key", key.to_str().unwrap()];
        let refused = office.types(&[&keys[..], &["again"], &key_file].concat());
        assert_eq!(refused.code, 2, "{refused:?}");
        assert!(refused.err.contains("--journal-lost"), "{refused:?}");
        assert!(!office.path("again").exists());
        let lost = office.does(&[&keys[..], &["without", "--journal-lost"], &key_file].concat());
        assert!(lost.out.contains("journal was not whole"), "{lost:?}");
        for file in lie(".away") {
            fs::rename(&file, file.with_extension("journal")).unwrap();
        }
        // The erasure is not in the backup; it comes from the journal.
        let restored = office.asks(&[
            "restore",
            "shelf",
            "--keys",
            "keys",
            "--into",
            "again",
            "--backup",
            name,
            "--master-key",
            key.to_str().unwrap(),
        ]);
        assert_eq!(restored["reapplied"]["erased"], 1, "{restored}");
        let again = office.path("again");
        let said = there(&again, &key, &["verify"]);
        assert_eq!(said.code, 0, "{said:?}");
        let ask = [
            "decide",
            "--purpose",
            "newsletter",
            "--channel",
            "email",
            "--contact",
        ];
        let about = |who: &str| there(&again, &key, &[&ask[..], &[who]].concat());
        assert_eq!(about("bert@kunde-zwei.example").code, 0);
        let said = about("anna@kunde-eins.example");
        assert!(said.err.contains("no contact is known"), "{said:?}");

        let refused = office.types(&["restore", "shelf", "--keys", "keys", "--into", "again"]);
        assert_eq!(refused.code, 2);
        assert!(refused.err.contains("empty place only"), "{refused:?}");
        let nothing = office.types(&["restore", "nowhere", "--into", "other"]);
        assert!(nothing.err.contains("holds no backup"), "{nothing:?}");
        assert!(!office.path("other").exists());
    });
}

#[test]
fn a_store_in_the_network_keeps_backups_as_a_folder_does() {
    let network = BucketServer::start();
    in_each_office(|office| {
        office.imports(LIST);
        let folder = office.folder.path().file_name().unwrap().to_string_lossy();
        let place = format!("s3://backups/{folder}");
        let does = |args: &[&str]| {
            let said = office.types_in(&network.environment(), args, b"");
            assert_eq!(said.code, 0, "{args:?}: {said:?}");
            said
        };
        let first = does(&["--json", "backup", &place, "--keep", "1"]).json();
        let second = does(&["--json", "backup", &place, "--keep", "1"]).json();
        assert_eq!(
            (&first["removed"], &second["removed"]),
            (&0.into(), &1.into())
        );
        let said = does(&["backup", "drill", &place]).out;
        assert!(said.contains("0 faults"), "{said}");
        let key = office.path("data/master.key");
        let key = key.to_str().unwrap();
        does(&["restore", &place, "--into", "again", "--master-key", key]);
        let everything = network.everything();
        assert!(everything.len() > 10_000);
        for text in ["Bernsteiner", "kunde-eins", "Musterbau"] {
            let mut windows = everything.windows(text.len());
            assert!(!windows.any(|window| window == text.as_bytes()), "{text}");
        }
    });
}

#[test]
fn the_server_backs_up_and_keeps_the_journal_by_itself() {
    let (server, _shelf) = {
        let shelf = tempfile::tempdir().unwrap();
        let options = [
            "--backup-to",
            shelf.path().to_str().unwrap(),
            "--backup-every",
            "24h",
        ];
        let server = Server::on(served::prepared(LIST), &options);
        let names = |end: &str| {
            let files = fs::read_dir(shelf.path()).unwrap();
            let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
            names.filter(|name| name.ends_with(end)).collect::<Vec<_>>()
        };
        until(|| names(".manifest").len() == 1);
        let (before, keys) = (names(".journal"), names(".keys"));
        let data = server.folder.path();
        let key = data.join("master.key");
        let erased = there(
            data,
            &key,
            &[
                "erase",
                "--contact",
                "anna@kunde-eins.example",
                "--yes",
                "--output",
                data.join("certificate.json").to_str().unwrap(),
            ],
        );
        assert_eq!(erased.code, 0, "{erased:?}");
        until(|| names(".journal") != before);
        // Without the key of who was erased.
        until(|| names(".keys").len() == 1 && names(".keys") != keys);
        assert_eq!(names(".manifest").len(), 1, "the next one is due in a day");
        (server, shelf)
    };
    let mut health = ureq::get(format!("{}/health.json", server.url))
        .call()
        .unwrap();
    let health: serde_json::Value = health.body_mut().read_json().unwrap();
    assert_eq!(health["backup"]["too_old"], false, "{health}");
    assert_eq!(health["backup"]["drill_too_old"], true, "{health}");
}

fn until(done: impl Fn() -> bool) {
    let began = Instant::now();
    while !done() {
        assert!(
            began.elapsed() < Duration::from_mins(1),
            "it did not happen"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
}
