//! Somebody who is deleted whole behind the product's back, no longer found by their addresses, or
//! marked as erased by another's entry is found by `verify`; so are columns that say other than the
//! signed entry. On both engines. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

mod support;

use law::{ChannelSet, Lang};
use operations::{Organisation, OrganisationId};
use store::testing::{Database, on_each_engine};
use support::{TODAY, act, consent_to_newsletter, contact, import, objection, organisation};

const LIST: &[u8] = b"Anrede;Name;E-Mail;Telefon\n\
Frau;Anna Muster;anna@muster.example;+49 641 1234501\n\
Herr;Bert Muster;bert@beispiel.example;+49 641 1234502\n\
Frau;Cora Muster;cora@beispiel.example;+49 641 1234503\n";
const ANNA: &str = "anna@muster.example";
const BERT: &str = "bert@beispiel.example";
const CORA: &str = "cora@beispiel.example";

/// Anna consented, Bert objected, Cora is erased.
fn three(database: &Database) -> Organisation {
    let own = organisation(database);
    assert_eq!(import(&own, LIST).added, 3);
    consent_to_newsletter(&own, ANNA, TODAY);
    objection(&own, BERT);
    own.erase(&contact(CORA), &act()).unwrap();
    own.sequence(act().at).unwrap();
    assert_eq!(faults(&own), [""; 0]);
    own
}

fn faults(own: &Organisation) -> Vec<String> {
    let faults = own.verify().unwrap().faults;
    faults.into_iter().map(|wrong| wrong.what).collect()
}

fn id(own: &Organisation, who: &str) -> OrganisationId {
    let view = own.contact_view(&contact(who), TODAY, Lang::De).unwrap();
    view.line.id.parse().unwrap()
}

fn literal(database: &Database, id: OrganisationId) -> String {
    match database.target() {
        store::Target::Sqlite(_) => format!("x'{id}'"),
        store::Target::Postgres(_) => format!("decode('{id}', 'hex')"),
    }
}

/// Each is named in words that hold `what`, on each engine.
fn named(tamper: impl Fn(&Database, &Organisation), what: &str) {
    on_each_engine(|database| {
        let own = three(database);
        tamper(database, &own);
        let faults = faults(&own);
        assert!(
            faults.iter().any(|fault| fault.contains(what)),
            "{what}: {faults:?}"
        );
    });
}

/// Deletes every row of somebody who objected, and the key.
fn delete_whole(database: &Database, own: &Organisation) {
    let bert = id(own, BERT);
    let here = literal(database, bert);
    for table in ["objection", "lookup", "word", "company"] {
        database.execute(&format!("DELETE FROM {table} WHERE contact = {here}"));
    }
    assert_eq!(
        database.execute(&format!("DELETE FROM contact WHERE id = {here}")),
        1
    );
    database.delete_key(bert);
}

#[test]
fn a_person_with_an_objection_who_is_deleted_whole() {
    named(delete_whole, "has no key, but no entry says why");
}

#[test]
fn a_person_who_is_marked_as_erased_by_the_entry_about_another() {
    let tamper = |database: &Database, own: &Organisation| {
        let bert = id(own, BERT);
        let here = literal(database, bert);
        for table in ["objection", "lookup", "word", "company"] {
            database.execute(&format!("DELETE FROM {table} WHERE contact = {here}"));
        }
        let erased =
            format!("UPDATE contact SET sealed = NULL, erased_at = changed_at WHERE id = {here}");
        assert_eq!(database.execute(&erased), 1);
        let journal = format!(
            "INSERT INTO erasure (org, contact, requested_on, done_at, entry_seq) \
             SELECT org, {here}, requested_on, done_at, entry_seq FROM erasure"
        );
        assert_eq!(database.execute(&journal), 1);
        database.delete_key(bert);
    };
    named(tamper, "has no key, but no entry says why");
    named(tamper, "marked as erased, but no entry says so");
}

#[test]
fn a_person_who_is_not_found_by_their_address_any_more_or_by_somebody_elses() {
    named(
        |database, own| {
            let bert = literal(database, id(own, BERT));
            let gone = format!("DELETE FROM lookup WHERE kind = 1 AND contact = {bert}");
            assert_eq!(database.execute(&gone), 1);
        },
        "is not found by what it has any more",
    );
    let moved = |database: &Database, own: &Organisation| {
        let [anna, bert] = [ANNA, BERT].map(|who| literal(database, id(own, who)));
        let moved = format!("UPDATE lookup SET contact = {anna} WHERE contact = {bert}");
        assert!(database.execute(&moved) > 1);
    };
    named(moved, "is not found by what it has any more");
    named(moved, "is found by what it does not have");
    named(
        |database, own| {
            let bert = literal(database, id(own, BERT));
            let nobody = "ff".repeat(16).parse().unwrap();
            let nobody = literal(database, nobody);
            let invented = format!(
                "INSERT INTO lookup (org, hash, kind, contact) \
                 SELECT org, hash, kind, {nobody} FROM lookup WHERE contact = {bert}"
            );
            assert!(database.execute(&invented) > 1);
        },
        "is found by what it does not have",
    );
}

#[test]
fn columns_that_say_other_than_the_signed_entry() {
    for (column, value, name) in [
        ("kind", "3", "kind"),
        ("at", "at - 86400000", "time"),
        ("subject", "NULL", "subject"),
    ] {
        let change = format!(
            "UPDATE evidence_entry SET {column} = {value} \
             WHERE seq = (SELECT MAX(seq) FROM evidence_entry WHERE kind = 8)"
        );
        named(
            |database, _| assert_eq!(database.execute(&change), 1),
            &format!("the {name} by which entry"),
        );
    }
}

#[test]
fn strictness_that_was_turned_off_by_the_kind_of_the_first_entry() {
    named(
        |database, _| {
            let change = "UPDATE evidence_entry SET kind = 3 \
                          WHERE seq = (SELECT MIN(seq) FROM evidence_entry)";
            assert_eq!(database.execute(change), 1);
            let invented = "INSERT INTO lead (org, id, contact, form, source, basis, furthest) \
                            SELECT org, id, id, 'f', '', 'consent', 1 FROM contact";
            assert!(database.execute(invented) > 0);
        },
        "is there, but no entry says so",
    );
}

#[test]
fn the_time_in_a_history_is_that_of_the_signed_entry() {
    on_each_engine(|database| {
        let own = three(database);
        let told = |own: &Organisation| {
            let view = own.contact_view(&contact(ANNA), TODAY, Lang::De).unwrap();
            view.events.iter().map(|event| event.at).collect::<Vec<_>>()
        };
        let before = told(&own);
        assert!(!before.is_empty());
        assert!(database.execute("UPDATE evidence_entry SET at = at - 86400000") > 0);
        assert_eq!(told(&own), before);
    });
}

#[test]
fn an_entry_with_the_number_of_a_later_one() {
    named(
        |database, own| {
            let (anna, all) = (contact(ANNA), ChannelSet::ALL);
            own.withdraw_consent(&anna, Some("newsletter"), all, TODAY, &act())
                .unwrap();
            own.sequence(act().at).unwrap();
            // What recorded the consent now comes after what ended it.
            let change = "UPDATE evidence_entry SET seq = 100000 \
                          WHERE seq = (SELECT MIN(seq) FROM evidence_entry WHERE kind = 6)";
            assert_eq!(database.execute(change), 1);
        },
        "has the number of a later one",
    );
}
