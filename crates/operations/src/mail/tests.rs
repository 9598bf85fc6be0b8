//! Mail about somebody who has only sent a form, and what is kept of which mail. All persons are
//! invented.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use law::Country;
use law::facts::{ContactKind, Source};
use store::Id;
use store::testing::{Database, on_each_engine};
use vault::{MasterKey, SubjectKey};

use super::*;
use crate::contact::{Email, Fields};
use crate::installation::new_id;
use crate::merge::{MergeChoices, MergeField, MergeSide};
use crate::person::context;
use crate::{Act, ByHand, Installation, NewOrganisation, Organisation};

const PACE: Pace = Pace {
    per_domain: SignedDuration::from_secs(2),
    lease: SignedDuration::from_secs(60),
};
const LINK: &str = "https://musterbau.example/c/geheim";

fn act() -> Act {
    Act {
        at: "2026-11-24T12:00:00Z".parse::<Timestamp>().unwrap(),
        today: date(2026, 11, 24),
        by: "test".to_owned(),
    }
}

fn office(database: &Database) -> (Installation, Organisation) {
    let key = MasterKey::from_text(&"0123456789abcdef".repeat(4)).unwrap();
    let here = Installation::open(database.target(), key).unwrap();
    let new = NewOrganisation {
        name: "Musterbau Maschinen GmbH".to_owned(),
        country: Country::DE,
        land: None,
    };
    let organisation = Organisation::create(&here, &new, &act()).unwrap();
    (here, organisation)
}

/// Somebody who has sent a form: a key, and no contact.
fn submission(this: &Organisation) -> (Id, SubjectKey) {
    let (id, key) = (new_id(act().at).unwrap(), SubjectKey::generate().unwrap());
    let row = store::key::ContactKey {
        org: this.id(),
        contact: id,
        wrapped: key.wrap(this.master(), &context(this, id)).unwrap(),
        master_id: this.master().id().into_bytes(),
    };
    this.store()
        .write(move |tx| store::key::insert(tx, &[row]))
        .unwrap();
    (id, key)
}

fn letter() -> Letter {
    let text = format!("Guten Tag,\n\nbitte bestätigen Sie:\n{LINK}\n");
    Letter::new("anna@muster.example", "Bitte bestätigen", text)
}

fn put(
    this: &Organisation,
    (id, key): &(Id, SubjectKey),
    letter: &Letter,
    purpose: MailPurpose,
) -> Id {
    let (org, id, key, letter) = (this.clone(), *id, key.clone(), letter.clone());
    this.store()
        .write(move |tx| {
            let subject = SubjectRef { id, key: &key };
            queue(tx, &org, &subject, &letter, purpose, &act())
        })
        .unwrap()
}

fn send(here: &Installation) -> Letter {
    let mail = here.next_message(&PACE, &act()).unwrap().unwrap();
    assert!(
        here.begin_transmission(&mail, [7; 32], &PACE, &act())
            .unwrap()
    );
    here.message_ended(&mail, &Delivery::Sent, &act()).unwrap();
    mail.letter
}

fn contact(this: &Organisation, name: &str) -> Id {
    let fields = Fields {
        family_name: Some(name.to_owned()),
        emails: vec![Email::parse(&format!("{name}@muster.example")).unwrap()],
        ..Fields::default()
    };
    let new = ByHand {
        fields,
        kind: ContactKind::Business,
        country: Country::DE,
        source: "Messe".to_owned(),
        source_kind: Source::Person,
        obtained_on: act().today,
        informed_on: None,
    };
    this.add_contact(&new, &act()).unwrap()
}

#[test]
fn a_request_for_confirmation_keeps_its_text_and_shows_its_link_to_the_recipient_alone() {
    on_each_engine(|database| {
        let (here, this) = office(database);
        let id = put(
            &this,
            &submission(&this),
            &letter(),
            MailPurpose::Confirmation,
        );
        for sent in [false, true] {
            if sent {
                assert!(send(&here).text.contains(LINK));
            }
            let view = this.mail(id).unwrap();
            assert_eq!((view.line.contact(), view.line.name), (None, None));
            let said = view.said.unwrap();
            assert!(said.text.contains("bitte bestätigen"));
            assert!(!said.text.contains("geheim"), "{}", said.text);
            assert!(said.text.contains(HIDDEN));
        }
    });
}

#[test]
fn what_needs_no_proof_is_not_kept_after_it_was_sent() {
    on_each_engine(|database| {
        let (here, this) = office(database);
        let mut with_file = letter();
        with_file.attachments.push(Attachment {
            name: "Whitepaper.pdf".to_owned(),
            content_type: "application/pdf".to_owned(),
            bytes: vec![1; 1000],
        });
        let id = put(&this, &submission(&this), &with_file, MailPurpose::Link);
        assert_eq!(send(&here), with_file);
        let view = this.mail(id).unwrap();
        assert_eq!(view.line.state, MailState::Sent);
        assert!(view.said.is_none());
    });
}

#[test]
fn a_letter_whose_time_is_over_does_not_go_out() {
    on_each_engine(|database| {
        let (here, this) = office(database);
        let late = Letter {
            not_after: Some(act().at - SignedDuration::from_secs(1)),
            ..letter()
        };
        let id = put(&this, &submission(&this), &late, MailPurpose::Confirmation);
        assert!(here.next_message(&PACE, &act()).unwrap().is_none());
        let view = this.mail(id).unwrap();
        assert_eq!(view.line.state, MailState::Cancelled);
        assert_eq!(view.line.trouble, Some(Trouble::new(TroubleKind::Expired)));
    });
}

#[test]
fn a_mail_about_a_form_whose_key_is_gone_goes_too() {
    on_each_engine(|database| {
        let (here, this) = office(database);
        // The key was never saved, as if the submission had been erased since.
        let lost = (new_id(act().at).unwrap(), SubjectKey::generate().unwrap());
        put(&this, &lost, &letter(), MailPurpose::Confirmation);
        assert!(here.next_message(&PACE, &act()).unwrap().is_none());
        assert_eq!(this.mail_counts().unwrap(), []);
    });
}

#[test]
fn that_our_own_mailbox_refuses_says_nothing_about_the_contact() {
    on_each_engine(|database| {
        let (here, this) = office(database);
        let id = contact(&this, "anna");
        let key = {
            let this = this.clone();
            let found = this
                .store()
                .read(|tx| crate::person::Person::key(tx, &this, id));
            found.unwrap().unwrap()
        };
        put(&this, &(id, key), &letter(), MailPurpose::EnquiryNotice);
        let mail = here.next_message(&PACE, &act()).unwrap().unwrap();
        let refused = Trouble::with_code(TroubleKind::ForGood, "5.1.1");
        here.message_ended(&mail, &Delivery::Failed(refused), &act())
            .unwrap();
        let view = this.contact_view(&crate::ContactRef::Id(id), act().today, law::Lang::De);
        assert!(!view.unwrap().email_comes_back);
    });
}

#[test]
fn who_stands_in_a_campaign_twice_and_is_merged_gets_it_once() {
    on_each_engine(|database| {
        let (_, this) = office(database);
        let (kept, other) = (contact(&this, "anna"), contact(&this, "anna-neu"));
        let campaign = Id([3; 16]);
        let org = this.clone();
        let ids = this.store().write(move |tx| {
            let mut ids = Vec::new();
            for (contact, name) in [(kept, "anna"), (other, "anna-neu")] {
                let email = Email::parse(&format!("{name}@muster.example")).unwrap();
                ids.push(queue_campaign(tx, &org, campaign, contact, &email, &act())?);
            }
            Ok::<_, crate::Error>(ids)
        });
        let ids = ids.unwrap();
        let choices: MergeChoices = MergeField::ALL
            .into_iter()
            .map(|field| (field, MergeSide::Kept))
            .collect();
        let seen = this.merge_view(kept, other).unwrap().seen;
        this.merge_contacts(kept, other, &choices, seen, &act())
            .unwrap();
        let states = ids.iter().map(|id| this.mail(*id).unwrap().line.state);
        let states: Vec<_> = states.collect();
        assert_eq!(states, [MailState::Waiting, MailState::Cancelled]);
        this.erase(&crate::ContactRef::Id(kept), &act()).unwrap();
        assert_eq!(this.mail_counts().unwrap(), []);
    });
}
