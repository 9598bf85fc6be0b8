//! Entries from before a person was a contact: a later entry holds the keys of their contents.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use law::Country;
use serde_json::json;
use store::testing::{Database, on_each_engine};
use vault::{MasterKey, SubjectKey};

use crate::contact::{Email, Fields};
use crate::log::append::{self, Kind};
use crate::person::{ContactRef, Person};
use crate::{Act, ByHand, Error, Installation, NewOrganisation, Organisation};

fn act() -> Act {
    Act {
        at: "2026-11-24T12:00:00Z".parse().unwrap(),
        today: "2026-11-24".parse().unwrap(),
        by: "test".to_owned(),
    }
}

fn with_anna(database: &Database) -> (Organisation, ContactRef) {
    let master = MasterKey::from_text(&"0123456789abcdef".repeat(4)).unwrap();
    let here = Installation::open(database.target(), master).unwrap();
    let new = NewOrganisation {
        name: "Musterbau GmbH".to_owned(),
        country: Country::DE,
        land: None,
    };
    let this = Organisation::create(&here, &new, &act()).unwrap();
    let anna = ByHand {
        fields: Fields {
            emails: vec![Email::parse("anna@muster.example").unwrap()],
            ..Fields::default()
        },
        kind: law::facts::ContactKind::Business,
        country: Country::DE,
        source: "Formular".to_owned(),
        source_kind: law::facts::Source::Person,
        obtained_on: act().today,
        informed_on: None,
    };
    let id = this.add_contact(&anna, &act()).unwrap();
    (this, ContactRef::Id(id))
}

/// An entry of a form, sealed under the key of what was sent, and one under the contact's key that
/// holds the key of its content, which `change` may change.
fn with_a_form(this: &Organisation, anna: &ContactRef, change: fn(&mut Vec<u8>)) -> (i64, i64) {
    let (this, anna) = (this.clone(), anna.clone());
    let store = this.store().clone();
    store
        .write(move |tx| {
            let sent = SubjectKey::generate()?;
            let what = json!({ "row": { "id": "01" }, "activity": "newsletter", "channels": ["email"],
                "given_on": "2026-11-20", "proof": "double_opt_in_completed" });
            let form = append::sealed(tx, &this, &act(), Kind::ConsentRecorded, &sent, &what)?;
            let row = store::evidence_entry::get(tx, this.id(), form)?.unwrap();
            let entry = evidence::Entry::from_bytes(&row.bytes)?;
            let mut key = sent.entry_key(&entry.header().nonce).expose().to_vec();
            change(&mut key);
            let what = json!({ "earlier": [{ "entry": form, "key": BASE64_STANDARD.encode(key) }] });
            let person = Person::find(tx, &this, &anna)?;
            let kind = Kind::ContactChanged;
            let later = append::sealed(tx, &this, &act(), kind, &person.key, &what)?;
            Ok::<_, Error>((form, later))
        })
        .unwrap()
}

#[test]
fn what_came_before_the_contact_is_in_its_history_and_its_pack() {
    on_each_engine(|database| {
        let (this, anna) = with_anna(database);
        let (form, later) = with_a_form(&this, &anna, |_| {});
        let view = this
            .contact_view(&anna, act().today, law::Lang::De)
            .unwrap();
        let numbers: Vec<_> = view.events.iter().map(|event| event.entry).collect();
        assert!(
            numbers.contains(&form) && numbers.contains(&later),
            "{numbers:?}"
        );
        let summary = |_: &_| Ok::<_, Error>(Vec::new());
        let made = this.evidence_pack(&anna, summary, &act()).unwrap();
        let report = pack::verify(&made.zip, Some(this.log_verifier())).unwrap();
        assert_eq!(report.consents.len(), 1);
        assert_eq!(report.consents[0].proof, "double_opt_in_completed");
    });
}

#[test]
fn a_key_that_does_not_fit_is_told_and_makes_no_hole() {
    on_each_engine(|database| {
        let (this, anna) = with_anna(database);
        with_a_form(&this, &anna, |key| key[0] ^= 1);
        let view = this.contact_view(&anna, act().today, law::Lang::De);
        assert!(matches!(view, Err(Error::Stored(_))));
    });
}
