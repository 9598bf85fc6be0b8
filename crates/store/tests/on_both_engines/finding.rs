//! Finding contacts, paging through them, and reading what a decision needs.

use std::collections::BTreeSet;

use store::circumstance::Circumstance;
use store::facts::Facts;
use store::hold::Hold;
use store::objection::Objection;
use store::overrule::Overrule;
use store::sale::Sale;
use store::suppression::Suppression;
use store::testing::on_each_engine;
use store::{
    Store, StoreError, circumstance, consent, contact, facts, hold, lookup, objection, overrule,
    sale, suppression,
};

use crate::sample::{
    ORG, TODAY, consent as sample_consent, fill, hash, id, lookup as sample_lookup,
};

fn block(number: u32, channels: u32) -> Suppression {
    Suppression {
        org: ORG,
        hash: hash(number),
        kind: 1,
        channels,
        since: TODAY,
        reason: 1,
    }
}

#[test]
fn pages_hold_every_contact_once_and_in_order_whatever_their_size() {
    on_each_engine(|database| {
        let store = database.open();
        fill(&store, 2345);
        for size in [1000, 2345, 5000] {
            let mut seen = Vec::new();
            loop {
                let after = seen.last().copied();
                let page = store
                    .read(|tx| contact::list(tx, ORG, after, size))
                    .unwrap();
                seen.extend(page.iter().map(|contact| contact.id));
                if page.len() < size as usize {
                    break;
                }
            }
            assert_eq!(seen, (0..2345).map(id).collect::<Vec<_>>());
        }
    });
}

#[test]
fn contacts_are_found_by_hash_and_several_can_share_one() {
    on_each_engine(|database| {
        let store = database.open();
        fill(&store, 3);
        store
            .write(|tx| {
                let rows = [
                    sample_lookup(hash(1), 0),
                    sample_lookup(hash(1), 1),
                    sample_lookup(hash(2), 2),
                ];
                lookup::insert(tx, &rows)?;
                lookup::insert(tx, &rows)
            })
            .unwrap();
        let found = store
            .read(|tx| lookup::find(tx, ORG, &[hash(1), hash(2), hash(3)]))
            .unwrap();
        let found: BTreeSet<_> = found.iter().map(|row| (row.hash, row.contact)).collect();
        let expected = [(hash(1), id(0)), (hash(1), id(1)), (hash(2), id(2))];
        assert_eq!(found, expected.into());
        store
            .write(|tx| lookup::remove(tx, &sample_lookup(hash(1), 0)))
            .unwrap();
        let left = store.read(|tx| lookup::of_contact(tx, ORG, id(0))).unwrap();
        assert_eq!(left, []);
    });
}

#[test]
fn a_block_only_ever_grows() {
    on_each_engine(|database| {
        let store = database.open();
        fill(&store, 0);
        let later = Suppression {
            channels: 0b100,
            since: TODAY.tomorrow().unwrap(),
            reason: 9,
            ..block(1, 0)
        };
        let earlier = Suppression {
            since: TODAY.yesterday().unwrap(),
            ..block(1, 0b010)
        };
        store
            .write(move |tx| suppression::add(tx, &[block(1, 0b001), later, earlier]))
            .unwrap();
        let found = store
            .read(|tx| suppression::find(tx, ORG, &[hash(1), hash(2)]))
            .unwrap();
        let merged = Suppression {
            since: TODAY.yesterday().unwrap(),
            ..block(1, 0b111)
        };
        assert_eq!(found, [merged]);
        let count = store.read(|tx| suppression::count(tx, ORG)).unwrap();
        assert_eq!(count, 1);
    });
}

/// Gives the contact 1 one of everything, and the contact 2 a consent.
fn fill_facts(store: &Store) {
    fill(store, 4);
    store
        .write(|tx| {
            let (org, contact) = (ORG, id(1));
            consent::insert(tx, &[sample_consent(1, 1), sample_consent(2, 2)])?;
            objection::insert(
                tx,
                &[Objection {
                    org,
                    id: id(1),
                    contact,
                    scope: 1,
                    channels: u32::MAX,
                    purpose: None,
                    objected_on: TODAY,
                    entry_seq: 1,
                    lifted_on: None,
                }],
            )?;
            sale::insert(
                tx,
                &[Sale {
                    org,
                    id: id(1),
                    contact,
                    goods: "Bagger".to_owned(),
                    sold_on: TODAY,
                    address_from_sale: true,
                    notice_at_collection: false,
                    relation: 1,
                }],
            )?;
            circumstance::insert(
                tx,
                &[Circumstance {
                    org,
                    id: id(1),
                    contact,
                    purpose: "calls".to_owned(),
                    kind: 1,
                    sealed: vec![1],
                    noted_on: TODAY,
                    noted_by: "m.muster".to_owned(),
                }],
            )?;
            overrule::insert(
                tx,
                &[Overrule {
                    org,
                    id: id(1),
                    contact,
                    purpose: "calls".to_owned(),
                    channel: 5,
                    sealed: vec![2],
                    decided_by: "m.muster".to_owned(),
                    decided_on: TODAY,
                    revoked_on: None,
                }],
            )?;
            hold::insert(
                tx,
                &[Hold {
                    org,
                    id: id(1),
                    contact,
                    provision: "HGB § 257(4)".to_owned(),
                    reason: "invoice".to_owned(),
                    ends_on: TODAY,
                }],
            )?;
            lookup::insert(tx, &[sample_lookup(hash(1), 1)])?;
            suppression::add(tx, &[block(1, 1), block(2, 1)])
        })
        .unwrap();
}

fn sizes(facts: &Facts) -> [usize; 7] {
    [
        facts.consents.len(),
        facts.objections.len(),
        facts.suppressions.len(),
        facts.sales.len(),
        facts.circumstances.len(),
        facts.overrules.len(),
        facts.holds.len(),
    ]
}

#[test]
fn the_facts_about_a_contact_are_all_there_and_only_its_own() {
    on_each_engine(|database| {
        let store = database.open();
        fill_facts(&store);
        let of = |number| store.read(|tx| facts::get(tx, ORG, id(number))).unwrap();
        assert_eq!(sizes(&of(1).unwrap()), [1; 7]);
        assert_eq!(of(1).unwrap().suppressions, [block(1, 1)]);
        assert_eq!(sizes(&of(2).unwrap()), [1, 0, 0, 0, 0, 0, 0]);
        assert_eq!(sizes(&of(3).unwrap()), [0; 7]);
        assert!(of(99).is_none());
    });
}

#[test]
fn facts_read_one_by_one_as_a_list_and_page_by_page_are_the_same() {
    on_each_engine(|database| {
        let store = database.open();
        fill_facts(&store);
        let single: Vec<_> = (0..4)
            .filter_map(|number| store.read(|tx| facts::get(tx, ORG, id(number))).unwrap())
            .collect();
        let ids = [id(3), id(1), id(99), id(0), id(2), id(1)];
        let listed = store.read(|tx| facts::get_many(tx, ORG, &ids)).unwrap();
        assert_eq!(listed, single);
        for size in [1, 3, 4, 100] {
            let mut paged = Vec::new();
            store
                .read(|tx| {
                    facts::for_each::<StoreError>(tx, ORG, size, |facts| {
                        paged.push(facts);
                        Ok(())
                    })
                })
                .unwrap();
            assert_eq!(paged, single);
        }
    });
}
