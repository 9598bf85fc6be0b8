//! A kill in the midst of a backup or a restore leaves nothing that counts: a child process backs up
//! or restores and is killed at a random moment. All persons are invented.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test without its facts must fail, and a kill has to be told to be repeated"
)]

mod support;

use std::env;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use law::Lang;
use operations::backup::{BackupError, Folder, Lost, Places, Retention, restore};
use operations::{Act, Error, Organisation};
use store::testing::{Database, on_each_engine};
use store::{StoreError, Target};
use support::{TODAY, act, contact, import, installation, master_key, organisation};

const ROUNDS: u32 = 5;
const TARGET: &str = "LEITPLANKE_TEST_BACKUP_KILL_TARGET";
const SHELF: &str = "LEITPLANKE_TEST_BACKUP_KILL_SHELF";
const ERASED: &str = "person0@kunden.example";

fn places(shelf: &Path) -> Places {
    let folder: Arc<dyn operations::backup::Depot> = Arc::new(Folder::new(shelf.to_owned()));
    Places {
        data: Arc::clone(&folder),
        keys: folder,
    }
}

fn now() -> Act {
    Act {
        at: Timestamp::now(),
        ..act()
    }
}

/// An installation with contacts of whom one is erased after the backup.
fn office(database: &Database, shelf: &Path) -> Organisation {
    let this = organisation(database);
    let mut list = "Nachname;Firma;E-Mail\n".to_owned();
    for number in 0..150 {
        let _ = writeln!(list, "Muster;Kunde GmbH;person{number}@kunden.example");
    }
    import(&this, list.as_bytes());
    let here = installation(database);
    let places = places(shelf);
    here.back_up(&places, Retention::default(), &now()).unwrap();
    this.erase(&contact(ERASED), &now()).unwrap();
    here.ship_journal(&*places.keys).unwrap();
    this
}

/// Runs the test `name` of this file in a process of its own and kills it at a random moment.
fn kill(name: &str, target: &Target, shelf: &Path, most: u64) {
    let target = match target {
        Target::Sqlite(folder) => folder.to_str().unwrap().to_owned(),
        Target::Postgres(url) => url.clone(),
    };
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", name, "--ignored"])
        .env(TARGET, target)
        .env(SHELF, shelf)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let after = fastrand::u64(0..most);
    println!("killed after {after} ms");
    thread::sleep(Duration::from_millis(after));
    child.kill().unwrap();
    child.wait().unwrap();
}

fn told() -> (Target, PathBuf) {
    let target = env::var(TARGET).unwrap().parse().unwrap();
    (target, env::var(SHELF).unwrap().into())
}

#[test]
#[ignore = "the process that is killed"]
fn backs_up_again_and_again() {
    let (target, shelf) = told();
    let here = operations::Installation::open(&target, master_key()).unwrap();
    let retention = Retention {
        count: Some(3),
        days: None,
    };
    loop {
        here.back_up(&places(&shelf), retention, &now()).unwrap();
    }
}

#[test]
#[ignore = "the process that is killed"]
fn restores() {
    let (target, shelf) = told();
    restore(
        &places(&shelf),
        None,
        &master_key(),
        &target,
        Lost::Nothing,
        &now(),
    )
    .unwrap();
}

#[test]
fn after_a_kill_in_a_backup_every_backup_that_counts_can_be_restored() {
    on_each_engine(|database| {
        let shelf = tempfile::tempdir().unwrap();
        drop(office(database, shelf.path()));
        for _ in 0..ROUNDS {
            kill(
                "backs_up_again_and_again",
                database.target(),
                shelf.path(),
                900,
            );
            let names = places(shelf.path()).data.list().unwrap();
            let whole = names
                .iter()
                .filter_map(|name| name.strip_suffix(".manifest"));
            let whole: Vec<_> = whole.collect();
            assert!(!whole.is_empty());
            for name in whole {
                let other = Database::sqlite();
                let places = places(shelf.path());
                let restored = restore(
                    &places,
                    Some(name),
                    &master_key(),
                    other.target(),
                    Lost::Nothing,
                    &now(),
                );
                assert_eq!(restored.unwrap().faults, []);
                assert_erased(&other);
            }
        }
        // What was left over is no hindrance.
        let here = installation(database);
        here.back_up(&places(shelf.path()), Retention::default(), &now())
            .unwrap();
    });
}

#[test]
fn after_a_kill_in_a_restore_it_is_done_again_or_was_whole() {
    on_each_engine(|database| {
        let shelf = tempfile::tempdir().unwrap();
        drop(office(database, shelf.path()));
        for _ in 0..ROUNDS {
            let other = match database.target() {
                Target::Sqlite(_) => Database::sqlite(),
                Target::Postgres(_) => Database::postgres().unwrap(),
            };
            kill("restores", other.target(), shelf.path(), 1500);
            let again = restore(
                &places(shelf.path()),
                None,
                &master_key(),
                other.target(),
                Lost::Nothing,
                &now(),
            );
            match again {
                Ok(restored) => assert_eq!(restored.faults, []),
                Err(BackupError::Operation(error)) => {
                    assert!(
                        matches!(*error, Error::Store(StoreError::NotEmpty)),
                        "{error}"
                    );
                }
                Err(error) => panic!("{error}"),
            }
            assert_erased(&other);
        }
    });
}

fn assert_erased(database: &Database) {
    let this = Organisation::open(&installation(database), None).unwrap();
    let view = |who| this.contact_view(&contact(who), TODAY, Lang::De);
    assert!(matches!(view(ERASED), Err(Error::UnknownContact)));
    assert!(view("person1@kunden.example").is_ok());
    assert_eq!(this.verify().unwrap().faults, []);
}
