//! Rows come back as they were given.

use jiff::Timestamp;
use jiff::civil::Date;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use store::contact::Contact;
use store::import_run::ImportRun;
use store::register_version::RegisterVersion;
use store::similarity::Similarity;
use store::testing::on_each_engine;
use store::{StoreError, consent, contact, import_run, organisation, register_version, similarity};

use crate::sample::{
    ORG, TODAY, consent as sample_consent, contact as sample, fill, hash, id, now,
};

fn any_day() -> impl Strategy<Value = Date> {
    (1_i16..=9999, 1_i8..=12, 1_i8..=28)
        .prop_map(|(year, month, day)| Date::new(year, month, day).unwrap())
}

prop_compose! {
    fn any_contact()(
        number: u32, kind: i16, subscriber: i16, source_kind: i16, flags: u64,
        country in "[^\0]{0,4}",
        sealed in prop::option::of(prop::collection::vec(any::<u8>(), 0..600)),
        obtained_on in any_day(),
        informed_on in prop::option::of(any_day()),
        first_contact_on in prop::option::of(any_day()),
        screened_on in prop::option::of(any_day()),
        created_at in 0_i64..4_000_000_000_000,
        erased_at in prop::option::of(0_i64..4_000_000_000_000),
        merged_into in prop::option::of(any::<u32>()),
        told_at in prop::option::of(0_i64..4_000_000_000_000),
    ) -> Contact {
        let time = |ms| Timestamp::from_millisecond(ms).unwrap();
        Contact {
            org: ORG, id: id(number), kind, country, subscriber, sealed, source_kind, obtained_on,
            informed_on, first_contact_on, screened_on, flags, created_at: time(created_at),
            changed_at: time(created_at), erased_at: erased_at.map(time), restricted_at: None,
            merged_into: merged_into.map(id), told_at: told_at.map(time),
        }
    }
}

#[test]
fn every_contact_comes_back_as_it_was_given_nulls_and_unicode_too() {
    on_each_engine(|database| {
        let store = database.open();
        fill(&store, 0);
        let mut runner = TestRunner::new(Config {
            cases: 40,
            failure_persistence: None,
            ..Config::default()
        });
        runner
            .run(&any_contact(), |given| {
                let written = given.clone();
                let back = store.write(move |tx| {
                    if !contact::update(tx, &written)? {
                        contact::insert(tx, std::slice::from_ref(&written))?;
                    }
                    contact::get(tx, ORG, written.id)
                });
                prop_assert_eq!(back.unwrap(), Some(given));
                Ok(())
            })
            .unwrap();
    });
}

#[test]
fn a_text_with_nul_is_refused_by_both_engines() {
    on_each_engine(|database| {
        let store = database.open();
        fill(&store, 0);
        let mut contact = sample(1);
        contact.country = "D\0".to_owned();
        let result = store.write(move |tx| contact::insert(tx, &[contact]));
        assert!(matches!(result, Err(StoreError::NulInText)));
    });
}

#[test]
fn a_consent_keeps_its_changes() {
    on_each_engine(|database| {
        let store = database.open();
        fill(&store, 2);
        let changed = store.write(|tx| {
            consent::insert(tx, &[sample_consent(1, 0), sample_consent(2, 1)])?;
            let mut changed = consent::get_to_change(tx, ORG, id(1))?.ok_or(StoreError::Missing)?;
            changed.confirmed_on = Some(TODAY);
            changed.status = 2;
            changed.sealed = Some(vec![0, 255]);
            assert!(consent::update(tx, &changed)?);
            Ok::<_, StoreError>(changed)
        });
        let (first, second, counts) = store
            .read(|tx| {
                Ok::<_, StoreError>((
                    consent::for_purpose(tx, ORG, id(0), "newsletter")?,
                    consent::of_contact(tx, ORG, id(1))?,
                    consent::counts(tx, ORG)?,
                ))
            })
            .unwrap();
        assert_eq!(first, [changed.unwrap()]);
        assert_eq!(second, [sample_consent(2, 1)]);
        assert_eq!(counts, [(1, 1), (2, 1)]);
    });
}

#[test]
fn versions_of_the_register_are_found_by_number_and_by_moment() {
    on_each_engine(|database| {
        let store = database.open();
        fill(&store, 0);
        let version = |version: i64| RegisterVersion {
            org: ORG,
            version,
            text: format!("# Verzeichnis Nr. {version}: Köln, „Straße“\n"),
            sha256: hash(0),
            saved_at: Timestamp::from_millisecond(version * 1000).unwrap(),
            saved_by: "m.muster".to_owned(),
        };
        let (one, two) = (version(1), version(2));
        store
            .write(move |tx| {
                register_version::insert(tx, &one)?;
                register_version::insert(tx, &two)
            })
            .unwrap();
        let again = version(2);
        let taken = store.write(move |tx| register_version::insert(tx, &again));
        assert!(matches!(taken, Err(StoreError::Duplicate)));
        let at = |ms| {
            let moment = Timestamp::from_millisecond(ms).unwrap();
            store
                .read(|tx| register_version::at(tx, ORG, moment))
                .unwrap()
        };
        assert_eq!(at(999), None);
        assert_eq!(at(1999), Some(version(1)));
        let latest = store.read(|tx| register_version::latest(tx, ORG)).unwrap();
        assert_eq!(latest, Some(version(2)));
        let all = store.read(|tx| register_version::list(tx, ORG)).unwrap();
        assert_eq!(all, [version(1), version(2)]);
    });
}

#[test]
fn a_decision_on_similar_goods_and_the_place_of_an_import_are_replaced_not_doubled() {
    on_each_engine(|database| {
        let store = database.open();
        fill(&store, 0);
        let decision = |alike| Similarity {
            org: ORG,
            goods_a: "Bagger".to_owned(),
            goods_b: "Radlader".to_owned(),
            alike,
            decided_by: "m.muster".to_owned(),
            decided_on: TODAY,
            reason: "beides Erdbaumaschinen".to_owned(),
        };
        let run = |next_row| ImportRun {
            org: ORG,
            id: hash(3),
            started_at: now(),
            finished_at: (next_row > 500).then(now),
            next_row,
            counts: format!("{{\"taken\":{next_row}}}"),
        };
        for (alike, next_row) in [(false, 500), (true, 1000)] {
            let (decision, run) = (decision(alike), run(next_row));
            store
                .write(move |tx| {
                    similarity::put(tx, &decision)?;
                    import_run::put(tx, &run)
                })
                .unwrap();
        }
        let decisions = store.read(|tx| similarity::list(tx, ORG)).unwrap();
        assert_eq!(decisions, [decision(true)]);
        let saved = store.read(|tx| import_run::get(tx, ORG, &hash(3))).unwrap();
        assert_eq!(saved, Some(run(1000)));
    });
}

#[test]
fn organisations_do_not_see_each_others_contacts() {
    on_each_engine(|database| {
        let store = database.open();
        fill(&store, 2);
        let other = store::Id([2; 16]);
        store
            .write(move |tx| {
                organisation::insert(tx, &crate::sample::organisation(other))?;
                let mut contact = sample(0);
                contact.org = other;
                contact::insert(tx, &[contact])
            })
            .unwrap();
        let lists = store.read(|tx| {
            Ok::<_, StoreError>((
                contact::list(tx, ORG, None, 10)?.len(),
                contact::list(tx, other, None, 10)?.len(),
                contact::get(tx, other, id(1))?,
            ))
        });
        assert_eq!(lists.unwrap(), (2, 1, None));
    });
}
