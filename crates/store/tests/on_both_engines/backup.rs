//! A database becomes a stream of rows, and the stream a database.

use store::backup::{Part, load, write};
use store::evidence_entry::{NewEntry, append};
use store::testing::{Database, on_each_engine};
use store::{Id, Store, StoreError, Target, contact, key, organisation};

use crate::sample::{ORG, fill, id, now};

fn stream(store: &Store, part: Part) -> Vec<u8> {
    let mut stream = Vec::new();
    store
        .read(|tx| write(tx, part, &mut stream))
        .map(|_| stream)
        .unwrap()
}

fn entry(store: &Store) -> i64 {
    let new = NewEntry {
        org: ORG,
        kind: 1,
        at: now(),
        subject: None,
        bytes: b"entry".to_vec(),
    };
    store.write(move |tx| append(tx, &new)).unwrap()
}

/// Loads both halves; the key of the contact 1 is left out.
fn filled(from: &Store, target: &Target) -> Result<store::backup::Loaded, StoreError> {
    let (main, keys) = (stream(from, Part::Main), stream(from, Part::Keys));
    let ((), loaded) = load(target, |loader| -> Result<(), StoreError> {
        let kept = loader.rows(Part::Keys, &mut &keys[..], |row| {
            row.table() != "contact_key" || row.id("contact") != Some(id(1))
        })?;
        assert_eq!(kept["contact_key"], 2);
        let rows = loader.rows(Part::Main, &mut &main[..], |_| true)?;
        assert_eq!(
            (rows["contact"], rows["organisation"], rows["consent"]),
            (3, 1, 0)
        );
        Ok(())
    })?;
    Ok(loaded)
}

#[test]
fn a_database_goes_from_one_engine_to_the_other_and_back_without_a_difference() {
    on_each_engine(|database| {
        let store = database.open();
        fill(&store, 3);
        let last = entry(&store);
        let before = stream(&store, Part::Main);
        let others = [Some(Database::sqlite()), Database::postgres()];
        let mut from = store;
        for other in others.iter().flatten() {
            let loaded = filled_all(&from, other.target());
            loaded.end().unwrap();
            from = other.open();
            assert_eq!(
                from.read(|tx| contact::get(tx, ORG, id(2)))
                    .unwrap()
                    .unwrap()
                    .id,
                id(2)
            );
        }
        assert_eq!(stream(&from, Part::Main), before);
        // Numbers go on where they were.
        assert!(entry(&from) > last);
    });
}

fn filled_all(from: &Store, target: &Target) -> store::backup::Loaded {
    let (main, keys) = (stream(from, Part::Main), stream(from, Part::Keys));
    let ((), loaded) = load(target, |loader| -> Result<(), StoreError> {
        loader.rows(Part::Keys, &mut &keys[..], |_| true)?;
        loader.rows(Part::Main, &mut &main[..], |_| true)?;
        Ok(())
    })
    .unwrap();
    loaded
}

#[test]
fn what_is_loaded_does_not_count_before_its_end_and_goes_if_it_is_given_up() {
    on_each_engine(|database| {
        let source = Database::sqlite();
        let from = source.open();
        fill(&from, 3);
        let loaded = filled(&from, database.target()).unwrap();
        match database.target() {
            Target::Sqlite(folder) => assert!(!folder.exists()),
            Target::Postgres(_) => assert!(matches!(
                Store::open(database.target()),
                Err(StoreError::BeingRestored)
            )),
        }
        let staged = Store::open_to_restore(&loaded.target().unwrap()).unwrap();
        let found = |who: Id| staged.read(|tx| key::get(tx, ORG, who)).unwrap();
        assert!(found(id(0)).is_some() && found(id(1)).is_none());
        drop(staged);
        drop(loaded);
        // Nothing is left, so it can be done again.
        filled(&from, database.target()).unwrap().end().unwrap();
        let all = database.open().read(organisation::list).unwrap();
        assert_eq!(all.len(), 1);
    });
}

#[test]
fn a_place_where_something_is_and_a_stream_that_breaks_off_are_refused() {
    on_each_engine(|database| {
        let source = Database::sqlite();
        let from = source.open();
        fill(&from, 3);
        let main = stream(&from, Part::Main);
        let cut = load(database.target(), |loader| {
            loader.rows(Part::Main, &mut &main[..main.len() - 1], |_| true)
        });
        assert!(matches!(cut, Err(StoreError::Backup(_))));
        fill(&database.open(), 1);
        let refused = filled(&from, database.target());
        assert!(matches!(refused, Err(StoreError::NotEmpty)));
        let kept = database.open().read(|tx| contact::get(tx, ORG, id(0)));
        assert!(kept.unwrap().is_some());
    });
}

#[test]
fn a_restore_that_was_killed_is_cleared_away_by_the_next_one() {
    on_each_engine(|database| {
        let source = Database::sqlite();
        let from = source.open();
        fill(&from, 3);
        // What a killed process leaves behind.
        std::mem::forget(filled(&from, database.target()).unwrap());
        filled(&from, database.target()).unwrap().end().unwrap();
        assert!(
            database
                .open()
                .read(|tx| contact::get(tx, ORG, id(0)))
                .unwrap()
                .is_some()
        );
    });
}
