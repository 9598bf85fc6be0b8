//! Finding, correcting, restricting and adding contacts, on both databases. All persons are
//! invented.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

mod support;

use law::facts::{ContactKind, Source};
use law::{Channel, Country, Lang};
use operations::contact::{Email, Fields, Phone};
use operations::{ByHand, ContactFilter, ContactRef, Correctable, Error, Organisation};
use store::testing::on_each_engine;
use support::{TODAY, act, consent_to_newsletter, contact, import, objection, organisation};

const LIST: &[u8] = "Vorname;Nachname;Firma;E-Mail;Ort;Land\n\
    Anna;Müller;Muster GmbH;anna@muster.example;Gießen;DE\n\
    Berta;Mühlbauer;Modell AG;berta@modell.example;Wien;AT\n\
    Carl;Meier;Muster GmbH;carl@muster.example;Gießen;DE\n"
    .as_bytes();

fn found(this: &Organisation, words: &str) -> Vec<String> {
    let filter = ContactFilter {
        words: words.to_owned(),
        ..ContactFilter::default()
    };
    let page = this.find_contacts(&filter, None, 50).unwrap();
    let names = page.lines.into_iter().filter_map(|line| line.name);
    let mut names: Vec<_> = names.collect();
    names.sort_unstable();
    names
}

fn faultless(this: &Organisation) {
    assert_eq!(this.verify().unwrap().faults, []);
}

#[test]
fn contacts_are_found_by_the_beginnings_of_words_in_sealed_fields() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        assert_eq!(found(&this, "mueller"), ["Anna Müller"]);
        assert_eq!(found(&this, "Müh"), ["Berta Mühlbauer"]);
        assert_eq!(found(&this, "mue"), ["Anna Müller", "Berta Mühlbauer"]);
        assert_eq!(found(&this, "muster giess"), ["Anna Müller", "Carl Meier"]);
        assert_eq!(found(&this, "muster wien"), Vec::<String>::new());
        assert_eq!(found(&this, "BERTA@modell.example"), ["Berta Mühlbauer"]);
        assert!(
            !database
                .every_byte()
                .windows(5)
                .any(|bytes| bytes == b"meier")
        );
        this.erase(&contact("anna@muster.example"), &act()).unwrap();
        assert_eq!(found(&this, "mueller"), Vec::<String>::new());
    });
}

#[test]
fn whose_law_counts_and_who_it_is_are_corrected_and_change_what_the_gate_says() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        let anna = contact("anna@muster.example");
        let (mut new, seen) = this.correctable(&anna).unwrap();
        assert_eq!(new.kind, ContactKind::Business);
        new.kind = ContactKind::Consumer;
        new.country = "AT".parse().unwrap();
        this.correct_contact(&anna, &new, seen, &act()).unwrap();
        // The address of the list says DE, too; it goes along.
        new.fields.country = Some(new.country);
        assert_eq!(this.correctable(&anna).unwrap().0, new);
        let view = this.contact_view(&anna, TODAY, Lang::De).unwrap();
        assert_eq!(view.line.country, "AT");
        let corrected = &view.events[0];
        assert_eq!(corrected.kind, "contact.corrected");
        assert_eq!(corrected.told.corrected, ["kind", "country"]);
        faultless(&this);
    });
}

/// Corrects a contact.
fn correct(this: &Organisation, who: &str, change: impl FnOnce(&mut Fields)) -> Result<i64, Error> {
    let who = contact(who);
    let (mut new, seen) = this.correctable(&who).unwrap();
    change(&mut new.fields);
    this.correct_contact(&who, &new, seen, &act())
}

fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

#[test]
fn a_double_opt_in_proves_nothing_for_another_mailbox() {
    // BGH I ZR 164/09: it speaks for the address whose holder clicked.
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        consent_to_newsletter(&this, "anna@muster.example", TODAY);
        let verdict = |who: &str| {
            let who = contact(who);
            let decided = this.decide(&who, "newsletter", Channel::Email, TODAY, Lang::De);
            decided.unwrap().decision.verdict
        };
        assert_eq!(verdict("anna@muster.example"), "permitted");
        let second = |fields: &mut Fields| fields.emails.push(email("anna2@muster.example"));
        correct(&this, "anna@muster.example", second).unwrap();
        assert_eq!(verdict("anna@muster.example"), "permitted");
        let other = |fields: &mut Fields| fields.emails = vec![email("someone@else.example")];
        correct(&this, "anna@muster.example", other).unwrap();
        assert_eq!(verdict("someone@else.example"), "refused");
        let view = this
            .contact_view(&contact("someone@else.example"), TODAY, Lang::De)
            .unwrap();
        assert!(view.events.iter().any(|e| e.kind == "consent.proof_lost"));
        faultless(&this);
    });
}

#[test]
fn that_an_address_is_on_no_list_is_said_of_those_alone_that_were_looked_up() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        let anna = contact("anna@muster.example");
        this.note_screening(&anna, false, &act()).unwrap();
        let screened_on = || {
            let view = this.contact_view(&anna, TODAY, Lang::De).unwrap();
            view.screened_on
        };
        assert_eq!(screened_on(), Some(TODAY));
        let moved = |fields: &mut Fields| fields.city = Some("Bonn".to_owned());
        correct(&this, "anna@muster.example", moved).unwrap();
        assert_eq!(screened_on(), Some(TODAY));
        let number = Phone::parse("0641 998877", Country::DE).unwrap();
        let new = |fields: &mut Fields| fields.phones.push(number);
        correct(&this, "anna@muster.example", new).unwrap();
        assert_eq!(screened_on(), None);
    });
}

#[test]
fn colleagues_share_a_mailbox_and_who_was_erased_from_it_does_not_come_back_by_hand() {
    on_each_engine(|database| {
        let this = organisation(database);
        let by_hand = |family: &str, address: &str| ByHand {
            fields: Fields {
                family_name: Some(family.to_owned()),
                emails: vec![email(address)],
                ..Fields::default()
            },
            kind: ContactKind::Business,
            country: Country::DE,
            source: "Messe".to_owned(),
            source_kind: Source::Person,
            obtained_on: TODAY,
            informed_on: None,
        };
        let shared = "einkauf@muster.example";
        let abel = this.add_contact(&by_hand("Abel", shared), &act()).unwrap();
        let brand = this.add_contact(&by_hand("Brand", shared), &act()).unwrap();
        let again = this.add_contact(&by_hand("Abel", shared), &act());
        assert!(matches!(again, Err(Error::KnownContact(id)) if id == abel));
        this.erase(&ContactRef::Id(abel), &act()).unwrap();
        let again = this.add_contact(&by_hand("Abel", shared), &act());
        assert!(matches!(again, Err(Error::Suppressed)));
        this.add_contact(&by_hand("Dorn", "dorn@muster.example"), &act())
            .unwrap();
        let renamed = correct(&this, &brand.to_string(), |fields| {
            fields.family_name = Some("Abel".to_owned());
        });
        assert!(matches!(renamed, Err(Error::Suppressed)));
        let moved = correct(&this, "dorn@muster.example", |fields| {
            fields.family_name = Some("Abel".to_owned());
            fields.emails = vec![email(shared)];
        });
        assert!(matches!(moved, Err(Error::Suppressed)));
        let corrected = correct(&this, &brand.to_string(), |fields| {
            fields.given_name = Some("Berta".to_owned());
        });
        corrected.unwrap();
        faultless(&this);
    });
}

#[test]
fn a_restriction_stops_what_was_decided_against_a_refusal_before_it() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        let anna = contact("anna@muster.example");
        let later = support::act_on(TODAY.tomorrow().unwrap());
        let verdict = || {
            let on = later.today;
            let decided = this.decide(&anna, "newsletter", Channel::Email, on, Lang::De);
            decided.unwrap().decision.verdict
        };
        let overrule =
            |act: &operations::Act| this.overrule(&anna, "newsletter", Channel::Email, "Rat", act);
        overrule(&act()).unwrap();
        assert_eq!(verdict(), "permitted");
        this.restrict_contact(&anna, "wird geprüft", &later)
            .unwrap();
        assert_eq!(verdict(), "refused");
        // Whether an exception of Art. 18(2) is given, a person may say now.
        overrule(&later).unwrap();
        assert_eq!(verdict(), "permitted");
    });
}

#[test]
fn a_history_tells_everything_that_happened_with_its_proof() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        let anna = contact("anna@muster.example");
        consent_to_newsletter(&this, "anna@muster.example", TODAY);
        let all = law::ChannelSet::ALL;
        this.withdraw_consent(&anna, None, all, TODAY, &act())
            .unwrap();
        this.note_informed(&anna, TODAY, &act()).unwrap();
        this.restrict_contact(&anna, "wird geprüft", &act())
            .unwrap();
        let view = this.contact_view(&anna, TODAY, Lang::De).unwrap();
        let kinds: Vec<_> = view.events.iter().map(|event| &*event.kind).collect();
        assert_eq!(
            kinds,
            [
                "contact.restricted",
                "contact.changed",
                "consent.withdrawn",
                "consent.recorded",
                "contact.imported"
            ]
        );
        assert_eq!(view.events[0].told.reason.as_deref(), Some("wird geprüft"));
        assert_eq!(view.events[1].day(), Some(TODAY));
        assert_eq!(view.events[2].told.activity.as_deref(), Some("newsletter"));
        assert!(!view.consents_in_force);
        for event in &view.events {
            assert_eq!(
                this.evidence_entry(event.entry).unwrap().line.kind,
                event.kind
            );
        }
    });
}

#[test]
fn filters_and_words_go_together() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        this.note_informed(&contact("carl@muster.example"), TODAY, &act())
            .unwrap();
        let count =
            |filter: ContactFilter| this.find_contacts(&filter, None, 50).unwrap().lines.len();
        let none = ContactFilter::default;
        assert_eq!(count(none()), 3);
        let austria = Some("AT".to_owned());
        assert_eq!(
            count(ContactFilter {
                country: austria,
                ..none()
            }),
            1
        );
        assert_eq!(
            count(ContactFilter {
                informed: Some(false),
                ..none()
            }),
            2
        );
        let words = "muster".to_owned();
        assert_eq!(
            count(ContactFilter {
                informed: Some(false),
                words,
                ..none()
            }),
            1
        );
        let first = this.find_contacts(&none(), None, 2).unwrap();
        let second = this
            .find_contacts(&none(), first.next.as_deref(), 2)
            .unwrap();
        assert_eq!((first.lines.len(), second.lines.len()), (2, 1));
    });
}

#[test]
fn a_correction_is_found_by_its_new_words_and_never_overwrites_another() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        let anna = contact("anna@muster.example");
        let (mut new, seen) = this.correctable(&anna).unwrap();
        new.fields.family_name = Some("Schulze".to_owned());
        new.fields.emails = vec![Email::parse("anna.schulze@muster.example").unwrap()];
        let later = support::act_on(TODAY.tomorrow().unwrap());
        this.correct_contact(&anna, &new, seen, &later).unwrap();
        assert_eq!(found(&this, "schulze"), ["Anna Schulze"]);
        assert_eq!(found(&this, "mueller"), Vec::<String>::new());
        assert!(matches!(
            this.correctable(&anna),
            Err(Error::UnknownContact)
        ));
        let anna = contact("anna.schulze@muster.example");
        let stale = this.correct_contact(&anna, &new, seen, &later);
        assert!(matches!(stale, Err(Error::ContactConflict)));
        let (_, seen) = this.correctable(&anna).unwrap();
        let nothing = this.correct_contact(&anna, &new, seen, &later);
        assert!(matches!(nothing, Err(Error::Unchanged)));
        let nobody = Correctable {
            fields: Fields::default(),
            ..new
        };
        let nobody = this.correct_contact(&anna, &nobody, seen, &later);
        assert!(matches!(nobody, Err(Error::NobodyReached)));
        faultless(&this);
    });
}

#[test]
fn restricted_data_are_kept_and_not_used() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        let anna = contact("anna@muster.example");
        consent_to_newsletter(&this, "anna@muster.example", TODAY);
        let verdict = |channel| {
            let decided = this.decide(&anna, "newsletter", channel, TODAY, Lang::De);
            decided.unwrap().decision.verdict
        };
        assert_eq!(verdict(Channel::Email), "permitted");
        let reason = "Die Richtigkeit wird geprüft";
        assert!(
            this.restrict_contact(&anna, reason, &act())
                .unwrap()
                .is_some()
        );
        assert!(
            this.restrict_contact(&anna, reason, &act())
                .unwrap()
                .is_none()
        );
        assert_eq!(verdict(Channel::Email), "review");
        assert_eq!(verdict(Channel::Storing), "permitted");
        this.lift_restriction(&anna, TODAY, "geprüft", &act())
            .unwrap();
        assert_eq!(verdict(Channel::Email), "permitted");
        let empty = this.restrict_contact(&anna, " ", &act());
        assert!(matches!(empty, Err(Error::Empty(_))));
        faultless(&this);
    });
}

#[test]
fn a_contact_added_by_hand_is_new_unless_known_erased_or_objecting() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        let by_hand = |email: &str| ByHand {
            fields: Fields {
                family_name: Some("Dreher".to_owned()),
                emails: vec![Email::parse(email).unwrap()],
                ..Fields::default()
            },
            kind: ContactKind::Business,
            country: Country::DE,
            source: "Gespräch am Telefon".to_owned(),
            source_kind: Source::Person,
            obtained_on: TODAY,
            informed_on: Some(TODAY),
        };
        this.add_contact(&by_hand("dora@muster.example"), &act())
            .unwrap();
        assert_eq!(found(&this, "dreher"), ["Dreher"]);
        let known = this.add_contact(&by_hand("dora@muster.example"), &act());
        assert!(matches!(known, Err(Error::KnownContact(_))));
        this.erase(&contact("carl@muster.example"), &act()).unwrap();
        let erased = this.add_contact(&by_hand("carl@muster.example"), &act());
        assert!(matches!(erased, Err(Error::Suppressed)));
        objection(&this, "emil@muster.example");
        this.add_contact(&by_hand("emil@muster.example"), &act())
            .unwrap();
        let emil = contact("emil@muster.example");
        let decided = this.decide(&emil, "newsletter", Channel::Email, TODAY, Lang::De);
        assert_eq!(decided.unwrap().decision.data_protection.code, "objection");
        faultless(&this);
    });
}

#[test]
fn who_shares_an_address_is_shown_as_a_possible_duplicate() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(
            &this,
            b"Vorname;Nachname;Firma;E-Mail;Telefon\n\
              Anna;Abel;Muster GmbH;anna@muster.example;0641 123456\n\
              Anna;Abel-Neu;Muster GmbH;a.abel@muster.example;0641 123456\n\
              Berta;Brand;Modell AG;berta@modell.example;0641 999999\n",
        );
        let same = this.duplicates_of(&contact("anna@muster.example")).unwrap();
        assert_eq!(same.len(), 1);
        let none = this
            .duplicates_of(&contact("berta@modell.example"))
            .unwrap();
        assert!(none.is_empty());
    });
}

#[test]
fn whoever_presses_twice_adds_one_contact() {
    on_each_engine(|database| {
        let this = organisation(database);
        let twice = ByHand {
            fields: Fields {
                family_name: Some("Eilig".to_owned()),
                emails: vec![email("eilig@muster.example")],
                ..Fields::default()
            },
            kind: ContactKind::Business,
            country: Country::DE,
            source: "Messe".to_owned(),
            source_kind: Source::Person,
            obtained_on: TODAY,
            informed_on: None,
        };
        let added = std::thread::scope(|scope| {
            let adding = [(); 6].map(|()| scope.spawn(|| this.add_contact(&twice, &act())));
            let ended = adding.into_iter().map(|thread| thread.join().unwrap());
            ended.flatten().count()
        });
        assert_eq!(added, 1);
    });
}
