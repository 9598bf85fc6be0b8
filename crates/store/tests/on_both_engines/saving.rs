//! Transactions: what is saved, what isn't, and what others see.

use std::sync::Barrier;

use store::testing::on_each_engine;
use store::{StoreError, contact, organisation};

use crate::sample::{ORG, contact as sample, fill, id, organisation as sample_organisation};

#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("as asked")]
    AsAsked,
    #[error(transparent)]
    Store(#[from] StoreError),
}

#[test]
fn of_sixteen_writers_that_fail_at_random_exactly_the_acknowledged_writes_are_there() {
    on_each_engine(|database| {
        let store = database.open();
        fill(&store, 0);
        let start = Barrier::new(16);
        let acknowledged: Vec<u32> = std::thread::scope(|scope| {
            let writers: Vec<_> = (0..16_u32)
                .map(|writer| {
                    let (store, start) = (&store, &start);
                    scope.spawn(move || {
                        start.wait();
                        (0..60_u32)
                            .map(|turn| writer * 1000 + turn)
                            .filter(|number| write_or_fail(store, *number))
                            .collect::<Vec<_>>()
                    })
                })
                .collect();
            writers
                .into_iter()
                .flat_map(|writer| writer.join().unwrap())
                .collect()
        });
        let mut expected: Vec<_> = acknowledged.iter().map(|number| id(*number)).collect();
        expected.sort_unstable();
        let found = database
            .open()
            .read(|tx| contact::list(tx, ORG, None, 100_000))
            .unwrap();
        let found: Vec<_> = found.iter().map(|contact| contact.id).collect();
        assert_eq!(found, expected);
        assert_eq!(expected.len(), 16 * 60 / 4);
    });
}

/// Writes a contact and then, depending on its number, ends well, with an error, with a panic, or
/// with a failed statement that it passes over.
fn write_or_fail(store: &store::Store, number: u32) -> bool {
    let write = move || {
        store.write(move |tx| {
            contact::insert(tx, &[sample(number)])?;
            match number % 4 {
                0 => Err(Failure::AsAsked),
                1 => std::panic::panic_any("as asked"),
                2 => {
                    let _ = contact::insert(tx, &[sample(number)]);
                    Ok(())
                }
                _ => Ok(()),
            }
        })
    };
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(write));
    match (number % 4, outcome) {
        (0, Ok(Err(Failure::AsAsked)))
        | (1, Err(_))
        | (2, Ok(Err(Failure::Store(StoreError::Duplicate)))) => false,
        (3, Ok(Ok(()))) => true,
        (_, outcome) => panic!("{number} ended with {outcome:?}"),
    }
}

#[test]
fn a_read_sees_one_moment_even_while_others_write() {
    on_each_engine(|database| {
        let store = database.open();
        fill(&store, 3);
        let counts = store.read(|tx| {
            let before = contact::counts(tx, ORG)?;
            store.write(|tx| contact::insert(tx, &[sample(9)]))?;
            Ok::<_, StoreError>((before, contact::counts(tx, ORG)?))
        });
        let (before, after) = counts.unwrap();
        assert_eq!(before, after);
        let now = store.read(|tx| contact::counts(tx, ORG)).unwrap();
        assert_eq!(now.present, 4);
    });
}

#[test]
fn a_read_cannot_write() {
    on_each_engine(|database| {
        let store = database.open();
        let result = store.read(|tx| organisation::insert(tx, &sample_organisation(ORG)));
        assert!(result.is_err());
        let list = store.read(organisation::list).unwrap();
        assert!(list.is_empty());
    });
}

#[test]
fn two_stores_on_one_database_both_write_and_see_each_others_rows() {
    on_each_engine(|database| {
        let (one, two) = (database.open(), database.open());
        fill(&one, 0);
        std::thread::scope(|scope| {
            for (store, first) in [(&one, 0), (&two, 1000)] {
                scope.spawn(move || {
                    for number in first..first + 100 {
                        store
                            .write(move |tx| contact::insert(tx, &[sample(number)]))
                            .unwrap();
                    }
                });
            }
        });
        for store in [&one, &two] {
            let counts = store.read(|tx| contact::counts(tx, ORG)).unwrap();
            assert_eq!(counts.present, 200);
        }
    });
}

#[test]
fn a_row_that_exists_and_one_that_points_to_nothing_are_told_apart() {
    on_each_engine(|database| {
        let store = database.open();
        fill(&store, 1);
        let twice = store.write(|tx| contact::insert(tx, &[sample(0)]));
        assert!(matches!(twice, Err(StoreError::Duplicate)));
        let orphan = store.write(|tx| store::consent::insert(tx, &[crate::sample::consent(1, 77)]));
        assert!(matches!(orphan, Err(StoreError::Missing)));
    });
}

#[test]
fn a_contact_read_to_be_changed_is_not_changed_by_another_meanwhile() {
    on_each_engine(|database| {
        let store = database.open();
        fill(&store, 1);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..10 {
                        let add_one = store.write(|tx| {
                            let mut contact = contact::get_to_change(tx, ORG, id(0))?
                                .ok_or(StoreError::Missing)?;
                            contact.flags = contact.flags.wrapping_add(1);
                            contact::update(tx, &contact)
                        });
                        assert!(add_one.unwrap());
                    }
                });
            }
        });
        let contact = store.read(|tx| contact::get(tx, ORG, id(0))).unwrap();
        assert_eq!(contact.unwrap().flags, u64::MAX.wrapping_add(80));
    });
}

#[test]
fn a_write_inside_a_write_is_refused_where_it_would_wait_for_itself() {
    let database = store::testing::Database::sqlite();
    let store = database.open();
    let inner = store.clone();
    let result = store.write(move |_| inner.write(|_| Ok::<_, StoreError>(())));
    assert!(matches!(result, Err(StoreError::Nested)));
}
