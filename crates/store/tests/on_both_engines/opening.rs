//! Opening a database, again and again and at the same time.

use std::process::Command;

use store::testing::{Database, on_each_engine};
use store::{Store, StoreError, Target, contact, organisation};

use crate::sample::{ORG, contact as sample, fill};

#[test]
fn a_database_opened_again_is_as_it_was() {
    on_each_engine(|database| {
        fill(&database.open(), 3);
        for _ in 0..3 {
            let store = database.open();
            let counts = store.read(|tx| contact::counts(tx, ORG)).unwrap();
            assert_eq!(counts.present, 3);
        }
    });
}

#[test]
fn an_empty_database_can_be_opened_by_several_at_once() {
    let open_at_once = |database: &Database| {
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| database.open().read(organisation::list).unwrap());
            }
        });
    };
    on_each_engine(open_at_once);
    // What goes wrong here, goes wrong once in some hundred times.
    for _ in 0..40 {
        open_at_once(&Database::sqlite());
    }
}

#[test]
fn a_database_of_a_newer_program_is_refused() {
    on_each_engine(|database| {
        drop(database.open());
        let newer = "INSERT INTO migration VALUES (999, CAST('' AS {blob}))";
        match database.target() {
            Target::Sqlite(folder) => {
                let file = rusqlite::Connection::open(folder.join("leitplanke.db")).unwrap();
                file.execute_batch(&newer.replace("{blob}", "BLOB"))
                    .unwrap();
            }
            Target::Postgres(url) => {
                let mut client = postgres::Client::connect(url, postgres::NoTls).unwrap();
                client
                    .batch_execute(&newer.replace("{blob}", "BYTEA"))
                    .unwrap();
            }
        }
        let result = Store::open(database.target());
        assert!(matches!(result, Err(StoreError::Newer { found: 999, .. })));
    });
}

/// A role of the test below: it writes to the folder that the variable names.
#[test]
fn another_process_writes_where_it_is_told_to() {
    let Some(folder) = std::env::var_os("STORE_TEST_FOLDER") else {
        return;
    };
    let store = Store::open(&Target::Sqlite(folder.into())).unwrap();
    for number in 5000..5200 {
        store
            .write(move |tx| contact::insert(tx, &[sample(number)]))
            .unwrap();
    }
}

#[test]
fn two_processes_write_to_one_folder() {
    let database = Database::sqlite();
    let Target::Sqlite(folder) = database.target() else {
        panic!("a folder");
    };
    let store = database.open();
    fill(&store, 0);
    let mut other = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "opening::another_process_writes_where_it_is_told_to",
        ])
        .env("STORE_TEST_FOLDER", folder)
        .spawn()
        .unwrap();
    for number in 0..200 {
        store
            .write(move |tx| contact::insert(tx, &[sample(number)]))
            .unwrap();
    }
    assert!(other.wait().unwrap().success());
    let counts = store.read(|tx| contact::counts(tx, ORG)).unwrap();
    assert_eq!(counts.present, 400);
}

#[cfg(unix)]
#[test]
fn the_data_folder_and_its_files_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let database = Database::sqlite();
    let Target::Sqlite(folder) = database.target() else {
        panic!("a folder");
    };
    let _store = database.open();
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(folder), 0o700);
    for entry in std::fs::read_dir(folder).unwrap() {
        assert_eq!(mode(&entry.unwrap().path()), 0o600);
    }
}

#[test]
fn a_server_that_cannot_be_reached_is_an_error_without_the_password() {
    let target = "postgres://user:geheim@127.0.0.1:1/none".parse().unwrap();
    let error = Store::open(&target).unwrap_err();
    assert!(!error.to_string().contains("geheim"), "{error}");
}
