//! The evidence log's rows.

use jiff::{SignedDuration, Timestamp};
use store::evidence_checkpoint::{self, EvidenceCheckpoint};
use store::evidence_entry::{self, NewEntry, Which};
use store::evidence_tile::{self, EvidenceTile};
use store::testing::on_each_engine;
use store::{Store, StoreError};

use crate::sample::{ORG, fill, id, now};

fn entry(number: u8) -> NewEntry {
    NewEntry {
        org: ORG,
        kind: 1,
        at: now(),
        subject: number.is_multiple_of(2).then(|| id(1)),
        bytes: vec![number; 40],
    }
}

/// What a sequencer does: the next entries get the next places.
fn sequence(store: &Store, limit: u32) -> usize {
    store
        .write(move |tx| {
            evidence_entry::lock_log(tx, ORG)?;
            let first = evidence_entry::log_size(tx, ORG)?;
            let waiting = evidence_entry::unsequenced(tx, ORG, limit)?;
            let seqs: Vec<_> = waiting.iter().map(|entry| entry.seq).collect();
            evidence_entry::set_leaves(tx, ORG, first, &seqs)?;
            Ok::<_, StoreError>(seqs.len())
        })
        .unwrap()
}

#[test]
fn entries_get_places_in_the_log_in_the_order_of_their_numbers() {
    on_each_engine(|database| {
        let store = database.open();
        fill(&store, 0);
        let seqs = store.write(|tx| {
            let one = evidence_entry::append(tx, &entry(0))?;
            evidence_entry::append_many(tx, &[entry(1), entry(2)])?;
            Ok::<_, StoreError>([one, evidence_entry::append(tx, &entry(3))?])
        });
        let seqs = seqs.unwrap();
        assert_eq!(
            store
                .read(evidence_entry::organisations_to_sequence)
                .unwrap(),
            [ORG]
        );
        assert_eq!(
            [
                sequence(&store, 3),
                sequence(&store, 3),
                sequence(&store, 3)
            ],
            [3, 1, 0]
        );
        let log = store
            .read(|tx| evidence_entry::list(tx, ORG, 0, 100))
            .unwrap();
        let leaves: Vec<_> = log.iter().filter_map(|entry| entry.leaf).collect();
        assert_eq!(leaves, [0, 1, 2, 3]);
        assert_eq!([log[0].seq, log[3].seq], seqs);
        assert_eq!((log[0].bytes[0], log[3].bytes[0]), (0, 3));
        let (about, last, none) = store
            .read(|tx| {
                Ok::<_, StoreError>((
                    evidence_entry::of_subject(tx, ORG, id(1))?.len(),
                    evidence_entry::at_leaf(tx, ORG, 3)?,
                    evidence_entry::organisations_to_sequence(tx)?,
                ))
            })
            .unwrap();
        assert_eq!((about, last.as_ref(), none.len()), (2, log.last(), 0));
    });
}

#[test]
fn sequencers_that_run_at_once_give_no_place_twice_and_leave_no_gap() {
    on_each_engine(|database| {
        let store = database.open();
        fill(&store, 0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for number in 0..25 {
                        store
                            .write(move |tx| evidence_entry::append(tx, &entry(number)))
                            .unwrap();
                        sequence(&store, 7);
                    }
                });
            }
        });
        while sequence(&store, 50) > 0 {}
        let log = store
            .read(|tx| evidence_entry::list(tx, ORG, 0, 1000))
            .unwrap();
        let leaves: Vec<_> = log.iter().filter_map(|entry| entry.leaf).collect();
        assert_eq!(leaves, (0..100).collect::<Vec<_>>());
    });
}

#[test]
fn a_place_in_the_log_is_given_once() {
    on_each_engine(|database| {
        let store = database.open();
        fill(&store, 0);
        let result = store.write(|tx| {
            let one = evidence_entry::append(tx, &entry(1))?;
            let two = evidence_entry::append(tx, &entry(2))?;
            evidence_entry::set_leaves(tx, ORG, 0, &[one])?;
            evidence_entry::set_leaves(tx, ORG, 0, &[two])
        });
        assert!(matches!(result, Err(StoreError::Duplicate)));
    });
}

#[test]
fn of_a_tile_the_widest_is_kept_whatever_the_order() {
    on_each_engine(|database| {
        let store = database.open();
        let tile = |width: u8| EvidenceTile {
            org: ORG,
            level: 0,
            idx: 0,
            width: width.into(),
            data: vec![width; usize::from(width) * 32],
        };
        store
            .write(move |tx| {
                evidence_tile::put(tx, &tile(3))?;
                evidence_tile::put(tx, &tile(9))?;
                evidence_tile::put(tx, &tile(5))
            })
            .unwrap();
        let kept = store.read(|tx| evidence_tile::get(tx, ORG, 0, 0)).unwrap();
        assert_eq!(kept, Some(tile(9)));
    });
}

#[test]
fn the_smallest_checkpoint_that_covers_an_entry_is_found() {
    on_each_engine(|database| {
        let store = database.open();
        let checkpoint = |size| EvidenceCheckpoint {
            org: ORG,
            size,
            note: format!("leitplanke.example.com\n{size}\n"),
            at: now(),
        };
        store
            .write(move |tx| {
                evidence_checkpoint::insert(tx, &checkpoint(4))?;
                evidence_checkpoint::insert(tx, &checkpoint(9))
            })
            .unwrap();
        let covering = |leaf| {
            let found = store.read(|tx| evidence_checkpoint::covering(tx, ORG, leaf));
            found.unwrap().map(|checkpoint| checkpoint.size)
        };
        assert_eq!(
            [covering(3), covering(4), covering(9)],
            [Some(4), Some(9), None]
        );
        let latest = store
            .read(|tx| evidence_checkpoint::latest(tx, ORG))
            .unwrap();
        assert_eq!(latest, Some(checkpoint(9)));
        let listed = store
            .read(|tx| evidence_checkpoint::list(tx, ORG, 4, 10))
            .unwrap();
        assert_eq!(listed, [checkpoint(9)]);
    });
}

#[test]
fn entries_of_a_time_are_found_though_clocks_differ() {
    on_each_engine(|database| {
        let store = database.open();
        fill(&store, 0);
        let hours = |n: i64| now() + SignedDuration::from_hours(n);
        // The second server's clock is an hour behind the first one's.
        let times = [0, 10, 9, 30, 29, 100, 99];
        store
            .write(move |tx| {
                for (number, time) in (0..).zip(times) {
                    let at = hours(time);
                    evidence_entry::append(
                        tx,
                        &NewEntry {
                            at,
                            ..entry(number)
                        },
                    )?;
                }
                Ok::<_, StoreError>(())
            })
            .unwrap();
        let found = |from: Option<i64>, until: Option<i64>, before: Option<i64>, limit| {
            let which = Which {
                kind: None,
                from: from.map(hours),
                until: until.map(hours),
            };
            let rows = store.read(|tx| evidence_entry::newest_first(tx, ORG, which, before, limit));
            let rows: Vec<_> = rows.unwrap();
            let at = |at: Timestamp| at.duration_since(now()).as_hours();
            rows.iter().map(|row| at(row.at)).collect::<Vec<_>>()
        };
        assert_eq!(found(None, None, None, 9), [99, 100, 29, 30, 9, 10, 0]);
        assert_eq!(found(Some(9), Some(30), None, 9), [29, 9, 10]);
        assert_eq!(found(Some(100), None, None, 9), [100]);
        assert_eq!(found(None, Some(9), None, 9), [0]);
        assert_eq!(found(Some(1000), None, None, 9), Vec::<i64>::new());
        assert_eq!(found(None, Some(-1000), None, 9), Vec::<i64>::new());
        assert_eq!(found(None, Some(30), None, 2), [29, 9]);
    });
}
