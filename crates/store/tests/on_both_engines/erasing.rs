//! Erased means erased.

use std::time::{Duration, Instant};

use store::erasure::Erasure;
use store::testing::{Database, on_each_engine};
use store::{StoreError, Target, consent, contact, erasure, key, lookup, suppression};

use crate::sample::{
    ORG, TODAY, consent as sample_consent, fill, hash, id, key as sample_key, keys_of,
    lookup as sample_lookup, now, wrapped,
};

#[test]
fn of_an_erased_contact_stay_an_identifier_the_journal_and_the_block() {
    on_each_engine(|database| {
        let store = database.open();
        fill(&store, 2);
        store
            .write(|tx| {
                consent::insert(tx, &[sample_consent(1, 0)])?;
                lookup::insert(tx, &[sample_lookup(hash(1), 0)])?;
                suppression::add(
                    tx,
                    &[suppression::Suppression {
                        org: ORG,
                        hash: hash(1),
                        kind: 1,
                        channels: 7,
                        since: TODAY,
                        reason: 2,
                    }],
                )
            })
            .unwrap();
        let seen = store.write(|tx| {
            erasure::erase(tx, ORG, id(0), TODAY, now(), 4)?;
            key::get(tx, ORG, id(0))
        });
        assert_eq!(
            seen.unwrap(),
            None,
            "the key is gone within the transaction too"
        );
        let left = store
            .read(|tx| {
                Ok::<_, StoreError>((
                    contact::get(tx, ORG, id(0))?.unwrap(),
                    consent::of_contact(tx, ORG, id(0))?.len(),
                    lookup::find(tx, ORG, &[hash(1)])?.len(),
                    suppression::find(tx, ORG, &[hash(1)])?.len(),
                    erasure::get(tx, ORG, id(0))?.unwrap().done_at,
                    contact::counts(tx, ORG)?,
                ))
            })
            .unwrap();
        let (stub, consents, lookups, blocks, done_at, counts) = left;
        assert_eq!((stub.sealed, stub.country.as_str()), (None, ""));
        assert_eq!(stub.erased_at, Some(now()));
        assert_eq!((consents, lookups, blocks), (0, 0, 1));
        assert_eq!(done_at, Some(now()));
        assert_eq!((counts.present, counts.erased), (1, 1));
        assert_eq!(keys_of(&store, 0..2), [1]);
    });
}

#[test]
fn an_erasure_that_is_not_saved_leaves_the_key() {
    on_each_engine(|database| {
        let store = database.open();
        fill(&store, 1);
        let failed = store.write(|tx| {
            erasure::erase(tx, ORG, id(0), TODAY, now(), 4)?;
            Err::<(), _>(StoreError::Conflict)
        });
        assert!(failed.is_err());
        assert_eq!(keys_of(&store, 0..1), [0]);
    });
}

#[test]
fn opening_applies_the_journal_again_when_a_backup_brings_keys_back() {
    on_each_engine(|database| {
        let store = database.open();
        fill(&store, 3);
        store
            .write(|tx| {
                erasure::erase(tx, ORG, id(0), TODAY, now(), 1)?;
                erasure::journal(
                    tx,
                    &Erasure {
                        org: ORG,
                        contact: id(1),
                        requested_on: TODAY,
                        done_at: None,
                        entry_seq: 2,
                    },
                )
            })
            .unwrap();
        store.write(|tx| key::insert(tx, &[sample_key(0)])).unwrap();
        assert_eq!(keys_of(&store, 0..3), [0, 1, 2]);
        drop(store);
        let store = database.open();
        assert_eq!(
            keys_of(&store, 0..3),
            [1, 2],
            "an erasure on hold keeps its key"
        );
        let waiting = store.read(|tx| erasure::waiting(tx, ORG)).unwrap();
        assert_eq!(waiting.len(), 1);
    });
}

#[test]
fn a_shredded_key_is_in_no_file_of_the_data_folder() {
    let database = Database::sqlite();
    let Target::Sqlite(folder) = database.target() else {
        panic!("a folder");
    };
    let store = database.open();
    fill(&store, 3000);
    // Wrapped anew in a mixed order, so that rows have moved between pages before they go.
    store
        .write(|tx| {
            let keys: Vec<_> = (0..3000).map(|n| sample_key(n * 7 % 3000)).collect();
            key::rewrap(tx, &keys)
        })
        .unwrap();
    let gone = |number: &u32| number.is_multiple_of(5);
    store
        .write(move |tx| {
            (0..3000)
                .filter(gone)
                .try_for_each(|number| erasure::erase(tx, ORG, id(number), TODAY, now(), 1))
        })
        .unwrap();
    let bytes: Vec<u8> = std::fs::read_dir(folder)
        .unwrap()
        .flat_map(|entry| std::fs::read(entry.unwrap().path()).unwrap())
        .collect();
    let places: std::collections::HashSet<[u8; 16]> = bytes
        .windows(16)
        .filter_map(|window| window.try_into().ok())
        .collect();
    for number in 0..3000 {
        // A part in the middle, as an overwritten row could keep its end.
        let part: [u8; 16] = wrapped(number)[30..46].try_into().unwrap();
        assert_eq!(places.contains(&part), !gone(&number), "key {number}");
    }
}

#[test]
fn keys_are_wrapped_anew_in_batches_and_shredded_ones_stay_gone() {
    on_each_engine(|database| {
        let store = database.open();
        fill(&store, 25);
        let mut batches = 0;
        loop {
            let batch = store
                .read(|tx| key::wrapped_by_others(tx, &[8; 8], 10))
                .unwrap();
            if batch.is_empty() {
                break;
            }
            batches += 1;
            store
                .write(move |tx| {
                    let mut batch = batch;
                    for key in &mut batch {
                        key.master_id = vec![8; 8];
                        key.wrapped.reverse();
                    }
                    erasure::erase(tx, ORG, batch[0].contact, TODAY, now(), 1)?;
                    key::rewrap(tx, &batch)
                })
                .unwrap();
        }
        assert_eq!(batches, 3);
        assert_eq!(keys_of(&store, 0..25).len(), 22);
        let mut expected = wrapped(1);
        expected.reverse();
        let one = store.read(|tx| key::get(tx, ORG, id(1))).unwrap().unwrap();
        assert_eq!(one.wrapped, expected);
    });
}

#[test]
fn of_two_that_make_the_same_key_of_the_system_the_first_wins() {
    on_each_engine(|database| {
        let store = database.open();
        let key = |byte| key::SystemKey {
            name: "log".to_owned(),
            wrapped: vec![byte],
            master_id: vec![9],
        };
        let saved = store.write(move |tx| {
            Ok::<_, StoreError>((
                key::insert_system(tx, &key(1))?,
                key::insert_system(tx, &key(2))?,
            ))
        });
        assert_eq!(saved.unwrap(), (true, false));
        let found = store.read(|tx| key::get_system(tx, "log")).unwrap();
        assert_eq!(found, Some(key(1)));
        store.write(move |tx| key::put_system(tx, &key(3))).unwrap();
        let all = store.read(key::list_system).unwrap();
        assert_eq!(all, [key(3)]);
    });
}

#[test]
fn who_reads_for_long_holds_up_no_erasure_and_no_write() {
    on_each_engine(|database| {
        let store = database.open();
        fill(&store, 2);
        let began = Instant::now();
        store
            .read(|tx| {
                let before = contact::get(tx, ORG, id(0))?.unwrap();
                store.write(|tx| erasure::erase(tx, ORG, id(0), TODAY, now(), 4))?;
                assert_eq!(store.read(|tx| key::get(tx, ORG, id(0)))?, None);
                store.write(|tx| erasure::erase(tx, ORG, id(1), TODAY, now(), 5))?;
                assert_eq!(contact::get(tx, ORG, id(0))?, Some(before));
                Ok::<_, StoreError>(())
            })
            .unwrap();
        assert!(began.elapsed() < Duration::from_secs(15), "writers waited");
    });
}
