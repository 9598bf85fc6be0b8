//! What happens to contacts, on both databases: objections, erasure, screening, the change of the
//! master key, and what `verify` sees. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

mod support;

use law::{Channel, Lang};
use operations::{Error, Installation, Organisation, rotate_master_key};
use store::testing::on_each_engine;
use support::{
    TODAY, act, consent_to_newsletter, contact, import, installation, master_key, objection,
    organisation,
};
use vault::MasterKey;

/// Two colleagues who share a switchboard and a mailbox besides their own.
const COLLEAGUES: &[u8] = b"Vorname;Nachname;Firma;E-Mail;Telefon\n\
    Anna;Abel;Muster GmbH;anna@muster.example, info@muster.example;0641 123456\n\
    Berta;Brand;Muster GmbH;berta@muster.example, info@muster.example;0641 123456\n";

fn newsletter(organisation: &Organisation, who: &str) -> &'static str {
    let decided = organisation.decide(&contact(who), "newsletter", Channel::Email, TODAY, Lang::En);
    decided.unwrap().decision.verdict
}

fn faultless(organisation: &Organisation) {
    let checked = organisation.verify().unwrap();
    assert_eq!(checked.faults, [], "{checked:?}");
}

#[test]
fn an_objection_stops_its_person_and_not_the_colleague_who_shares_a_mailbox_and_a_number() {
    on_each_engine(|database| {
        let this = organisation(database);
        assert_eq!(import(&this, COLLEAGUES).added, 2);
        consent_to_newsletter(&this, "anna@muster.example", TODAY);
        consent_to_newsletter(&this, "berta@muster.example", TODAY);
        objection(&this, "anna@muster.example");
        assert_eq!(newsletter(&this, "anna@muster.example"), "refused");
        assert_eq!(newsletter(&this, "berta@muster.example"), "permitted");
        faultless(&this);
    });
}

#[test]
fn an_objection_by_a_shared_address_stops_everybody_who_has_it() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, COLLEAGUES);
        consent_to_newsletter(&this, "anna@muster.example", TODAY);
        consent_to_newsletter(&this, "berta@muster.example", TODAY);
        objection(&this, "info@muster.example");
        assert_eq!(newsletter(&this, "anna@muster.example"), "refused");
        assert_eq!(newsletter(&this, "berta@muster.example"), "refused");
    });
}

#[test]
fn an_objection_of_somebody_unknown_keeps_the_address_out_of_later_lists() {
    on_each_engine(|database| {
        let this = organisation(database);
        objection(&this, "anna@muster.example");
        let counts = import(&this, COLLEAGUES);
        assert_eq!((counts.added, counts.suppressed), (1, 1));
        faultless(&this);
    });
}

#[test]
fn who_was_erased_stays_out_and_the_colleague_stays_in() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, COLLEAGUES);
        consent_to_newsletter(&this, "berta@muster.example", TODAY);
        this.erase(&contact("anna@muster.example"), &act()).unwrap();
        assert_eq!(newsletter(&this, "berta@muster.example"), "permitted");
        let again = import(&this, COLLEAGUES);
        assert_eq!((again.added, again.known, again.suppressed), (0, 1, 1));
        // By the shared mailbox alone the list can't bring the person back either.
        let shared = import(
            &this,
            b"Vorname;Nachname;E-Mail\nAnna;Abel;info@muster.example\n",
        );
        assert_eq!((shared.added, shared.suppressed), (0, 1));
        let error = this
            .decide(
                &contact("anna@muster.example"),
                "newsletter",
                Channel::Email,
                TODAY,
                Lang::En,
            )
            .unwrap_err();
        assert!(matches!(error, Error::UnknownContact), "{error}");
        faultless(&this);
    });
}

#[test]
fn an_erasure_opens_nothing_again_when_the_installation_is_opened_anew() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, COLLEAGUES);
        let before = this.receipt(3, true, act().at).unwrap();
        let erased = this.erase(&contact("anna@muster.example"), &act()).unwrap();
        drop(this);
        let this = Organisation::open(&installation(database), None).unwrap();
        assert!(
            matches!(
                this.receipt(3, true, act().at),
                Err(Error::NotDisclosable(3))
            ),
            "{before:?}"
        );
        let certificate = this.receipt(erased.entry, false, act().at).unwrap();
        let certificate = evidence::Receipt::from_json(certificate.json.as_bytes()).unwrap();
        assert!(certificate.verify(this.log_verifier()).is_ok());
        faultless(&this);
    });
}

#[test]
fn an_objection_in_a_list_counts_for_a_known_contact_and_is_recorded_once() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, COLLEAGUES);
        consent_to_newsletter(&this, "berta@muster.example", TODAY);
        let list = b"Vorname;Nachname;E-Mail;Werbesperre\nBerta;Brand;berta@muster.example;ja\n";
        let counts = import(&this, list);
        assert_eq!((counts.added, counts.objections), (0, 1));
        assert_eq!(newsletter(&this, "berta@muster.example"), "refused");
        let again = import(&this, list);
        assert_eq!((again.added, again.objections), (0, 0));
        faultless(&this);
    });
}

#[test]
fn a_screened_british_number_may_be_called_until_the_look_up_is_too_old() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(
            &this,
            b"Vorname;Nachname;Firma;E-Mail;Telefon;Land\n\
              John;Beispiel;Sample Ltd;john@sample.example;+44 20 7946 0018;GB\n",
        );
        let who = contact("john@sample.example");
        let on = |day| {
            let asked = this.decide(&who, "telephone-acquisition", Channel::Phone, day, Lang::En);
            asked.unwrap().decision.channel_law.answer
        };
        assert_eq!(on(TODAY), "no");
        this.note_screening(&who, false, &act()).unwrap();
        assert_eq!(on(TODAY), "yes");
        assert_eq!(on(jiff::civil::date(2027, 3, 1)), "no");
        this.note_screening(&who, true, &act()).unwrap();
        assert_eq!(on(TODAY), "no");
        faultless(&this);
    });
}

#[test]
fn after_a_change_of_the_master_key_only_the_new_one_opens_and_everything_is_there() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, COLLEAGUES);
        consent_to_newsletter(&this, "berta@muster.example", TODAY);
        let text = "fedcba9876543210".repeat(4);
        let new = MasterKey::from_text(&text).unwrap();
        rotate_master_key(&installation(database), &new, &act()).unwrap();
        drop(this);
        assert!(Installation::open(database.target(), master_key()).is_err());
        let opened = Installation::open(database.target(), new).unwrap();
        let this = Organisation::open(&opened, None).unwrap();
        assert_eq!(newsletter(&this, "berta@muster.example"), "permitted");
        faultless(&this);
    });
}

#[test]
fn a_row_changed_behind_the_products_back_is_found_with_its_entry() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, COLLEAGUES);
        let who = contact("berta@muster.example");
        let entry = this.note_informed(&who, TODAY, &act()).unwrap();
        let store = database.open();
        store
            .write(|tx| -> Result<(), store::StoreError> {
                let org = store::organisation::list(tx)?[0].id;
                for mut row in store::contact::list(tx, org, None, 10)? {
                    if row.informed_on.is_some() {
                        row.obtained_on = jiff::civil::date(2020, 1, 1);
                        store::contact::update(tx, &row)?;
                    }
                }
                Ok(())
            })
            .unwrap();
        let faults = this.verify().unwrap().faults;
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert_eq!(faults[0].entry, Some(entry));
    });
}
