//! Companies by the hashes of their names, and contacts that were merged.

use store::company::{Company, Group};
use store::contact::Which;
use store::lookup::Shared;
use store::testing::{Database, on_each_engine};
use store::{Store, StoreError, company, contact, erasure, lookup};

use crate::sample::{
    ORG, TODAY, contact as sample_contact, fill, hash, id, lookup as sample_lookup, now,
};

/// A contact of the company with this number; companies 10 to 19 have one stem, and so on.
fn row(number: u32, contact: u32) -> Company {
    Company {
        org: ORG,
        id: id(number),
        stem: id(number / 10),
        contact: id(contact),
    }
}

fn group(number: u32, contacts: i64, first: u32) -> Group {
    Group {
        id: id(number),
        contacts,
        first: id(first),
    }
}

/// Three companies: 10 with three contacts, 11 with one, 20 with two.
fn filled(database: &Database) -> Store {
    let store = database.open();
    fill(&store, 8);
    store
        .write(|tx| {
            let rows = [(10, 5), (10, 1), (10, 3), (11, 2), (20, 6), (20, 4)];
            let rows = rows.map(|(company, contact)| row(company, contact));
            company::insert(tx, &rows)?;
            company::insert(tx, &rows)
        })
        .unwrap();
    store
}

#[test]
fn companies_come_with_most_contacts_first_page_by_page() {
    on_each_engine(|database| {
        let store = filled(database);
        let all = [group(10, 3, 1), group(20, 2, 4), group(11, 1, 2)];
        for size in 1..4 {
            let mut seen: Vec<Group> = Vec::new();
            loop {
                let after = seen.last().map(|last| (last.contacts, last.id));
                let page = store
                    .read(|tx| company::list(tx, ORG, 1, after, size))
                    .unwrap();
                seen.extend(&page);
                if page.len() < size as usize {
                    break;
                }
            }
            assert_eq!(seen, all);
        }
        let several = store.read(|tx| company::list(tx, ORG, 2, None, 9)).unwrap();
        assert_eq!(several, all[..2]);
    });
}

#[test]
fn a_company_is_found_by_its_hash_its_contacts_and_its_stem() {
    on_each_engine(|database| {
        let store = filled(database);
        let found = store.read(|tx| {
            Ok::<_, StoreError>((
                company::get(tx, ORG, id(10))?,
                company::get(tx, ORG, id(99))?,
                company::alike(tx, ORG, id(10), 9)?,
                company::alike(tx, ORG, id(20), 9)?,
                company::contacts(tx, ORG, id(10), None, 2)?,
                company::contacts(tx, ORG, id(10), Some(id(3)), 2)?,
            ))
        });
        let (ten, none, like_ten, like_twenty, first, second) = found.unwrap();
        assert_eq!((ten, none), (Some(group(10, 3, 1)), None));
        assert_eq!((like_ten, like_twenty), (vec![group(11, 1, 2)], Vec::new()));
        assert_eq!((first, second), (vec![id(1), id(3)], vec![id(5)]));
        // Of these contacts, 3 is not the first of its company.
        let asked = [id(1), id(2), id(3), id(7)];
        let mut begun = store.read(|tx| company::begun_by(tx, ORG, &asked)).unwrap();
        begun.sort_by_key(|group| group.id);
        assert_eq!(begun, [group(10, 3, 1), group(11, 1, 2)]);
    });
}

#[test]
fn an_erasure_takes_the_contact_out_of_its_company() {
    on_each_engine(|database| {
        let store = filled(database);
        store
            .write(|tx| {
                erasure::erase(tx, ORG, id(1), TODAY, now(), 4)?;
                erasure::erase(tx, ORG, id(2), TODAY, now(), 5)
            })
            .unwrap();
        let left = store.read(|tx| company::list(tx, ORG, 1, None, 9)).unwrap();
        assert_eq!(left, [group(10, 2, 3), group(20, 2, 4)]);
    });
}

#[test]
fn a_database_from_before_gets_companies_and_keeps_its_contacts() {
    on_each_engine(|database| {
        drop(filled(database));
        for sql in [
            "DROP INDEX erasure_of_entry",
            "DROP INDEX evidence_of_backups",
            "DROP TABLE accuracy",
            "DROP TABLE released_answer",
            "DROP TABLE recipient_notice",
            "DROP TABLE funnel_count",
            "DROP TABLE form_file",
            "DROP TABLE form_refusal",
            "DROP TABLE sent_form",
            "DROP TABLE submission",
            "DROP TABLE campaign_recipient",
            "DROP TABLE campaign",
            "DROP TABLE document",
            "DROP TABLE company",
            "DROP INDEX contact_merged",
            "ALTER TABLE contact DROP COLUMN merged_into",
            "ALTER TABLE membership DROP COLUMN invited_as",
            "DROP TABLE call",
            "DROP TABLE lead",
            "ALTER TABLE contact DROP COLUMN told_at",
            "DROP TABLE message",
            "DROP TABLE mail_pace",
            "ALTER TABLE outbox DROP COLUMN transmitting_at",
            "ALTER TABLE objection DROP COLUMN lifted_on",
            "DROP TABLE own_link",
            "DROP TABLE request",
            "DROP TABLE request_calendar",
            "DROP TABLE sms_code",
            "DROP TABLE blocked",
            "DROP TABLE block_list",
            "DROP TABLE retention_due",
            "DROP TABLE retention_pass",
            "DROP TABLE retention_run",
            "DROP TABLE retention_item",
            "DROP TABLE retention_setting",
            "DROP TABLE campaign_gone",
            "DELETE FROM migration WHERE number >= 4",
        ] {
            database.execute(sql);
        }
        let store = database.open();
        let there = store.read(|tx| contact::get(tx, ORG, id(3))).unwrap();
        assert_eq!(there, Some(sample_contact(3)));
        let listed = store.read(|tx| company::list(tx, ORG, 1, None, 9)).unwrap();
        assert_eq!(listed, []);
        store
            .write(|tx| company::insert(tx, &[row(10, 3)]))
            .unwrap();
        assert!(store.read(|tx| company::any_of(tx, ORG, id(3))).unwrap());
    });
}

#[test]
fn a_merged_contact_is_on_no_list_and_is_found_from_the_one_that_was_kept() {
    on_each_engine(|database| {
        let store = filled(database);
        store
            .write(|tx| {
                let mut merged = sample_contact(2);
                merged.merged_into = Some(id(1));
                merged.restricted_at = Some(now());
                contact::update(tx, &merged)
            })
            .unwrap();
        let found = store.read(|tx| {
            Ok::<_, StoreError>((
                contact::list_of(tx, ORG, &Which::default(), Some(id(0)), 99)?,
                contact::counts(tx, ORG)?,
                contact::merged_into(tx, ORG, id(1))?,
                contact::list(tx, ORG, None, 99)?,
            ))
        });
        let (listed, counts, merged, all) = found.unwrap();
        let listed: Vec<_> = listed.iter().map(|contact| contact.id).collect();
        assert_eq!(listed, [1, 3, 4, 5, 6, 7].map(id));
        assert_eq!(
            (counts.present, counts.restricted, counts.erased),
            (7, 0, 0)
        );
        assert_eq!(merged.len(), 1);
        assert!(!merged[0].is_present());
        assert_eq!(all.len(), 8);
    });
}

#[test]
fn shared_hashes_come_once_each_in_order_and_by_kind() {
    on_each_engine(|database| {
        let store = database.open();
        fill(&store, 4);
        let phone = |number, of| lookup::Lookup {
            kind: 2,
            ..sample_lookup(hash(number), of)
        };
        store
            .write(move |tx| {
                let rows = [
                    sample_lookup(hash(1), 0),
                    sample_lookup(hash(1), 1),
                    sample_lookup(hash(1), 2),
                    phone(1, 3),
                    sample_lookup(hash(2), 0),
                    phone(3, 1),
                    phone(3, 2),
                ];
                lookup::insert(tx, &rows)
            })
            .unwrap();
        let shared = |kind, after, limit| {
            let found = store.read(|tx| lookup::shared(tx, ORG, kind, after, limit));
            found.unwrap()
        };
        let (email, number) = (
            Shared {
                hash: hash(1),
                kind: 1,
            },
            Shared {
                hash: hash(3),
                kind: 2,
            },
        );
        assert_eq!(shared(None, None, 9), [email, number]);
        assert_eq!(shared(None, None, 1), [email]);
        assert_eq!(shared(None, Some(email), 9), [number]);
        assert_eq!(shared(Some(2), None, 9), [number]);
        assert_eq!(shared(Some(6), None, 9), []);
    });
}
