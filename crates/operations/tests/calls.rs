//! The call sheet, and calls with what the gate said before them. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

mod support;

use jiff::SignedDuration;
use law::facts::InterestGround;
use law::{Channel, Lang};
use operations::call::{CallOutcome, CallsFor};
use operations::merge::MergeChoices;
use operations::{Act, Error, Organisation};
use store::testing::on_each_engine;
use support::{TODAY, act, contact, import, organisation};

const LIST: &[u8] = b"Vorname;Nachname;Firma;Telefon\n\
    Anna;Muster;Muster GmbH;+49 711 5550101\n\
    Bert;Beispiel;Beispiel AG;+49 711 5550102\n\
    Cora;Ohnenummer;Beispiel AG;\n";
const ACTIVITY: &str = "telephone-acquisition";
const ANNA: &str = "+497115550101";

fn names(this: &Organisation, which: CallsFor) -> Vec<String> {
    let sheet = this.call_sheet(ACTIVITY, which, None, 50, (TODAY, Lang::De));
    let lines = sheet.unwrap().lines.into_iter();
    let mut names: Vec<_> = lines.filter_map(|line| line.contact.name).collect();
    names.sort();
    names
}

fn note(this: &Organisation, who: &str) {
    let text = "Hat auf der Messe nach einer neuen Fr\u{e4}se gefragt";
    this.note_circumstance(
        &contact(who),
        ACTIVITY,
        InterestGround::ContactAsked,
        text,
        &act(),
    )
    .unwrap();
}

fn later(minutes: i64) -> Act {
    Act {
        at: act().at + SignedDuration::from_mins(minutes),
        ..act()
    }
}

#[test]
fn nobody_is_on_the_sheet_before_a_circumstance_is_written_down() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        assert_eq!(names(&this, CallsFor::Now), [] as [&str; 0]);
        assert_eq!(
            names(&this, CallsFor::WithCircumstance),
            ["Anna Muster", "Bert Beispiel"]
        );
        let refused = this.begin_call(&contact(ANNA), ACTIVITY, "Guten Tag", Lang::De, &act());
        assert!(matches!(refused, Err(Error::NotPermitted)), "{refused:?}");
        note(&this, ANNA);
        assert_eq!(names(&this, CallsFor::Now), ["Anna Muster"]);
        assert_eq!(names(&this, CallsFor::WithCircumstance), ["Bert Beispiel"]);
        let line = this
            .call_line(&contact(ANNA), ACTIVITY, (TODAY, Lang::De))
            .unwrap();
        assert!(line.circumstance.unwrap().starts_with("Hat auf der Messe"));
        assert!(line.calls.is_empty());
    });
}

#[test]
fn a_call_keeps_what_the_gate_said_and_a_no_works_at_once() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        note(&this, ANNA);
        let opening = "Guten Tag, hier ist Max von Musterbau.";
        let call = this
            .begin_call(&contact(ANNA), ACTIVITY, opening, Lang::De, &later(1))
            .unwrap();
        let events = this
            .contact_view(&contact(ANNA), TODAY, Lang::De)
            .unwrap()
            .events;
        assert_eq!(events[0].kind, "call.begun");
        assert_eq!(events[0].entry, call.entry);
        let gone = this
            .end_call(&call.id, CallOutcome::NoMoreCalls, &later(9))
            .unwrap();
        assert_eq!(gone, this.contact_line(&contact(ANNA)).unwrap().id);
        assert_eq!(names(&this, CallsFor::Now), [] as [&str; 0]);
        let who = contact(ANNA);
        let phone = this
            .decide(&who, ACTIVITY, Channel::Phone, TODAY, Lang::De)
            .unwrap();
        assert_eq!(phone.decision.verdict, "refused");
        // The same button twice is one outcome; another one is refused.
        this.end_call(&call.id, CallOutcome::NoMoreCalls, &later(9))
            .unwrap();
        let other = this.end_call(&call.id, CallOutcome::Reached, &later(9));
        assert!(matches!(other, Err(Error::CallEnded)));
        let line = this.call_line(&who, ACTIVITY, (TODAY, Lang::De)).unwrap();
        assert_eq!(line.calls[0].outcome, Some(CallOutcome::NoMoreCalls));
        assert!(matches!(
            this.end_call("00", CallOutcome::Reached, &act()),
            Err(Error::UnknownCall)
        ));
        assert_eq!(this.verify().unwrap().faults, []);
    });
}

#[test]
fn calls_stay_with_the_person_through_a_merge_and_go_with_an_erasure() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        note(&this, ANNA);
        let call = this
            .begin_call(&contact(ANNA), ACTIVITY, "Guten Tag", Lang::De, &act())
            .unwrap();
        let id = |who: &str| this.contact_line(&contact(who)).unwrap().id;
        let (anna, bert) = (id(ANNA), id("+497115550102"));
        let (kept, other) = (bert.parse().unwrap(), anna.parse().unwrap());
        let seen = this.merge_view(kept, other).unwrap().seen;
        this.merge_contacts(kept, other, &MergeChoices::default(), seen, &later(1))
            .unwrap();
        let line = this
            .call_line(&contact(&bert), ACTIVITY, (TODAY, Lang::De))
            .unwrap();
        assert_eq!(line.calls.len(), 1);
        assert_eq!(line.calls[0].id, call.id);
        this.erase(&contact(&bert), &later(2)).unwrap();
        let gone = this.end_call(&call.id, CallOutcome::Reached, &later(3));
        assert!(matches!(gone, Err(Error::UnknownCall)), "{gone:?}");
        assert_eq!(this.verify().unwrap().faults, []);
    });
}

#[test]
fn a_long_sheet_comes_in_parts_that_leave_nobody_out() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        let mut seen = Vec::new();
        let mut after: Option<String> = None;
        loop {
            let which = CallsFor::WithCircumstance;
            let sheet = this
                .call_sheet(ACTIVITY, which, after.as_deref(), 1, (TODAY, Lang::De))
                .unwrap();
            seen.extend(sheet.lines.into_iter().filter_map(|line| line.contact.name));
            after = sheet.next;
            if after.is_none() {
                break;
            }
        }
        seen.sort();
        assert_eq!(seen, ["Anna Muster", "Bert Beispiel"]);
    });
}
