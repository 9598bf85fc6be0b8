//! What keeps data although they are to go, and who lets them go, on both engines. All persons are
//! invented.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

mod support;

use std::fmt::Write as _;

use jiff::civil::{Date, date};
use law::facts::{ContactKind, Proof, Source};
use law::{Channel, ChannelSet, Country};
use operations::contact::{Email, Fields};
use operations::retention::{Cause, LeftOut, NewHold, Release, RetentionFault, RunState};
use operations::{Act, ByHand, ContactRef, Error, NewConsent, Organisation};
use store::testing::on_each_engine;
use support::{TODAY, act, act_on, contact, faultless, import, organisation};

/// Two years after [`TODAY`] the rule of the post mailings is over.
const FREE: Date = date(2028, 11, 25);
const ERIKA: &str = "erika@muster.example";

fn austria() -> Country {
    "AT".parse().unwrap()
}

fn by(who: &str) -> Act {
    Act {
        by: who.to_owned(),
        ..act_on(FREE)
    }
}

fn is_sound(this: &Organisation, act: &Act) {
    this.sequence(act.at).unwrap();
    let checked = this.verify().unwrap();
    assert!(checked.faults.is_empty(), "{:?}", checked.faults);
}

fn is_erased(this: &Organisation, id: &str) -> bool {
    matches!(this.contact_line(&contact(id)), Err(Error::Erased))
}

/// Takes in so many people from an address dealer.
fn people(this: &Organisation, count: usize) {
    let mut list = "Nachname;Firma;E-Mail\n".to_owned();
    for n in 0..count {
        let _ = writeln!(list, "Muster;Muster GmbH;person{n}@muster.example");
    }
    assert_eq!(import(this, list.as_bytes()).added, count as u64);
}

fn person(n: usize) -> ContactRef {
    contact(&format!("person{n}@muster.example"))
}

/// Somebody who agreed to calls, and took it back the same day. Returns the identifier.
fn called(this: &Organisation, kind: ContactKind, country: Country, email: &str) -> String {
    let new = ByHand {
        fields: Fields {
            emails: vec![Email::parse(email).unwrap()],
            ..Fields::default()
        },
        kind,
        country,
        source: "Messe".to_owned(),
        source_kind: Source::Person,
        obtained_on: TODAY,
        informed_on: Some(TODAY),
    };
    let id = this.add_contact(&new, &act()).unwrap().to_string();
    let new = NewConsent {
        contact: contact(email),
        activity: "newsletter".to_owned(),
        channels: ChannelSet::of(Channel::Phone),
        given_on: TODAY,
        proof: Proof::Recorded,
        text: Some("Ja, rufen Sie mich an.".to_owned()),
        circumstances: faultless(),
        told: None,
    };
    this.record_consent(&new, &act()).unwrap();
    let who = contact(email);
    this.withdraw_consent(&who, Some("newsletter"), ChannelSet::ALL, TODAY, &act())
        .unwrap();
    id
}

/// The register of the sample without the rule that keeps proofs of consent to the newsletter.
fn without_proof_rule(this: &Organisation) {
    let rule = "[[activity.retention]]\nstart = \"consent_withdrawal\"\nperiod = \"3 years\"\n\
                from_year_end = true\naction = \"erase\"\n";
    let other = "[[activity.retention]]\nstart = \"last_contact\"\nperiod = \"2 years\"\n\
                 action = \"erase\"\n";
    assert!(register::SAMPLE.contains(rule));
    this.apply_register(&register::SAMPLE.replacen(rule, other, 1), &act())
        .unwrap();
}

#[test]
fn the_proof_of_a_consumers_consent_to_calls_stays_five_years() {
    on_each_engine(|database| {
        let this = organisation(database);
        without_proof_rule(&this);
        let id = called(&this, ContactKind::Consumer, Country::DE, ERIKA);
        let firm = called(
            &this,
            ContactKind::Business,
            Country::DE,
            "einkauf@muster.example",
        );
        let abroad = called(
            &this,
            ContactKind::Consumer,
            austria(),
            "anna@muster.example",
        );
        let last = date(2031, 11, 24);
        let view = this.contact_retention(&contact(&id), TODAY).unwrap();
        assert_eq!(view.decided.cause, Cause::Withdrawn);
        let proof = view.proof.unwrap();
        assert_eq!(
            (proof.until, proof.provision.current()),
            (last, "UWG § 7a(2)")
        );
        // The run takes those whom the provision does not protect.
        let run = this.propose_retention_run(&act()).unwrap();
        this.release_retention_run(run, &act()).unwrap();
        while this.carry_out_retention(&act()).unwrap() {}
        assert!(is_erased(&this, &firm) && is_erased(&this, &abroad));
        assert!(!is_erased(&this, &id));

        // On request everything but the proof is out of use, and the day after the last it goes.
        let waits = this.erase(&contact(&id), &act()).unwrap();
        assert_eq!(waits.waits_until, Some(last));
        assert_eq!(waits.waits_for, ["UWG § 7a(2)"]);
        assert!(this.contact_line(&contact(&id)).unwrap().restricted);
        is_sound(&this, &act());
        assert_eq!(this.resume_erasures(&act_on(last)).unwrap(), 0);
        let after = act_on(date(2031, 11, 25));
        assert_eq!(this.resume_erasures(&after).unwrap(), 1);
        assert!(is_erased(&this, &id));
        is_sound(&this, &after);
    });
}

#[test]
fn four_eyes_are_not_loosened_by_two() {
    on_each_engine(|database| {
        let this = organisation(database);
        people(&this, 1);
        assert!(
            this.set_retention_release(Release::Two, &by("anna"))
                .unwrap()
                .in_force
        );
        let run = this.propose_retention_run(&by("anna")).unwrap();
        for looser in [Release::One, Release::Daily] {
            let set = this.set_retention_release(looser, &by("anna")).unwrap();
            assert!(!set.in_force);
            let own = this.confirm_retention_release(looser, &by("anna"));
            assert!(matches!(
                own,
                Err(Error::Retention(RetentionFault::SecondPersonSets))
            ));
        }
        let view = this.retention_view(FREE).unwrap();
        assert_eq!(view.release, Release::Two);
        assert_eq!(view.release_asked.unwrap().by, "anna");
        assert!(this.release_retention_run(run, &by("anna")).is_err());
        let another = this.confirm_retention_release(Release::One, &by("bert"));
        assert!(matches!(
            another,
            Err(Error::Retention(RetentionFault::ReleaseMoved))
        ));
        this.confirm_retention_release(Release::Daily, &by("bert"))
            .unwrap();
        assert_eq!(this.retention_view(FREE).unwrap().release, Release::Daily);
        // What was proposed under four eyes is released by them.
        let own = this.release_retention_run(run, &by("anna"));
        assert!(matches!(
            own,
            Err(Error::Retention(RetentionFault::SecondPerson))
        ));
        assert_eq!(this.retention_run(run, 0).unwrap().release, Release::Two);
        is_sound(&this, &by("bert"));
        database.execute("UPDATE retention_run SET release = 1");
        assert!(!this.verify().unwrap().faults.is_empty());
    });
}

#[test]
fn a_stricter_release_counts_at_once_and_ends_what_was_asked_for() {
    on_each_engine(|database| {
        let this = organisation(database);
        people(&this, 1);
        let run = this.propose_retention_run(&by("anna")).unwrap();
        this.set_retention_release(Release::Two, &by("bert"))
            .unwrap();
        assert!(this.release_retention_run(run, &by("anna")).is_err());
        this.set_retention_release(Release::One, &by("anna"))
            .unwrap();
        is_sound(&this, &by("anna"));
        this.set_retention_release(Release::Two, &by("bert"))
            .unwrap();
        let late = this.confirm_retention_release(Release::One, &by("bert"));
        assert!(matches!(
            late,
            Err(Error::Retention(RetentionFault::ReleaseMoved))
        ));
        this.release_retention_run(run, &by("bert")).unwrap();
        is_sound(&this, &by("bert"));
    });
}

#[test]
fn a_restriction_stays_while_an_erasure_waits() {
    on_each_engine(|database| {
        let this = organisation(database);
        people(&this, 1);
        let hold = NewHold {
            provision: "§ 147 AO".to_owned(),
            reason: "Betriebsprüfung".to_owned(),
            ends_on: date(2027, 12, 31),
        };
        this.set_hold(&person(0), &hold, &act()).unwrap();
        let id = this.erase(&person(0), &act()).unwrap().contact.to_string();
        let lifted = this.lift_restriction(&contact(&id), TODAY, "geprüft", &act());
        assert!(matches!(
            lifted,
            Err(Error::Retention(RetentionFault::ErasureWaits))
        ));
        assert!(this.contact_line(&contact(&id)).unwrap().restricted);
        is_sound(&this, &act());
    });
}

#[test]
fn who_releases_sees_who_goes_and_a_run_under_way_can_be_stopped() {
    on_each_engine(|database| {
        let this = organisation(database);
        people(&this, 60);
        let run = this.propose_retention_run(&act_on(FREE)).unwrap();
        let first = this.retention_run_contacts(run, None, 40).unwrap();
        assert_eq!(first.lines.len(), 40);
        assert_eq!(first.lines[0].rule.activity, "post-mailings");
        let rest = this
            .retention_run_contacts(run, first.next.as_deref(), 40)
            .unwrap();
        assert_eq!((rest.lines.len(), rest.next), (20, None));

        this.release_retention_run(run, &act_on(FREE)).unwrap();
        assert!(this.carry_out_retention(&act_on(FREE)).unwrap());
        this.call_off_retention_run(run, &act_on(FREE)).unwrap();
        assert!(!this.carry_out_retention(&act_on(FREE)).unwrap());
        let line = this.retention_run(run, 0).unwrap().line;
        assert_eq!((line.state, line.gone), (RunState::Stopped, 50));
        assert!(this.call_off_retention_run(run, &act_on(FREE)).is_err());
        is_sound(&this, &act_on(FREE));
        // The next run takes those who are left.
        let next = this.propose_retention_run(&act_on(FREE)).unwrap();
        assert_eq!(this.retention_run(next, 0).unwrap().line.people, 10);
    });
}

#[test]
fn one_contact_that_can_not_be_erased_does_not_hold_up_a_run() {
    on_each_engine(|database| {
        let this = organisation(database);
        people(&this, 3);
        let run = this.propose_retention_run(&act_on(FREE)).unwrap();
        this.release_retention_run(run, &act_on(FREE)).unwrap();
        database.execute(
            "UPDATE contact SET sealed = id WHERE id = \
             (SELECT contact FROM retention_item ORDER BY contact LIMIT 1)",
        );
        while this.carry_out_retention(&act_on(FREE)).unwrap() {}
        let report = this.retention_run(run, 10).unwrap();
        assert_eq!((report.line.state, report.line.gone), (RunState::Done, 2));
        assert_eq!(report.left_out, [(LeftOut::Fault, 1)]);
        assert!(
            this.retention_view(FREE).unwrap().runs[0]
                .ended_at
                .is_some()
        );
    });
}

#[test]
fn one_erasure_that_fails_does_not_hold_up_the_others_that_waited() {
    on_each_engine(|database| {
        let this = organisation(database);
        people(&this, 2);
        let hold = NewHold {
            provision: "§ 147 AO".to_owned(),
            reason: "Betriebsprüfung".to_owned(),
            ends_on: date(2027, 12, 31),
        };
        let mut ids = Vec::new();
        for n in 0..2 {
            this.set_hold(&person(n), &hold, &act()).unwrap();
            let waits = this.erase(&person(n), &act()).unwrap();
            ids.push(waits.contact.to_string());
        }
        database.execute(
            "UPDATE contact SET sealed = id WHERE id = \
             (SELECT contact FROM erasure ORDER BY contact LIMIT 1)",
        );
        this.resume_erasures(&act_on(FREE))
            .expect_err("what failed is told");
        ids.retain(|id| is_erased(&this, id));
        assert_eq!(ids.len(), 1);
    });
}
