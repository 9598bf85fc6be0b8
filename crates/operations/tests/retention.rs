//! Data go when no rule of the register holds them any more, and not before: by runs that are shown,
//! released and carried out, on both engines. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

mod support;

use std::env;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use jiff::civil::{Date, date};
use law::facts::{Proof, RelationKind};
use law::{Channel, ChannelSet};
use operations::retention::{
    Cause, DueWhich, LeftOut, NewHold, Over, Release, RetentionFault, RunState,
};
use operations::{Act, Error, NewConsent, Organisation, Sale};
use register::Action;
use store::Target;
use store::testing::{Database, on_each_engine};
use support::{
    TODAY, act, act_on, consent_to_newsletter, contact, faultless, import, installation, objection,
    organisation,
};

const TARGET: &str = "LEITPLANKE_TEST_RETENTION_TARGET";
/// Two years after [`TODAY`] the rule of the post mailings is over.
const LAST: Date = date(2028, 11, 24);
const FREE: Date = date(2028, 11, 25);

/// Takes in so many people from an address dealer.
fn people(this: &Organisation, count: usize) {
    let mut list = "Nachname;Firma;E-Mail\n".to_owned();
    for n in 0..count {
        let _ = writeln!(list, "Muster;Muster GmbH;person{n}@muster.example");
    }
    assert_eq!(import(this, list.as_bytes()).added, count as u64);
}

fn by(who: &str, day: Date) -> Act {
    Act {
        by: who.to_owned(),
        ..act_on(day)
    }
}

/// Proposes, releases and carries out a run.
fn run(this: &Organisation, day: Date) -> operations::retention::RunPage {
    let run = this.propose_retention_run(&act_on(day)).unwrap();
    this.release_retention_run(run, &act_on(day)).unwrap();
    while this.carry_out_retention(&act_on(day)).unwrap() {}
    this.retention_run(run, 10).unwrap()
}

fn is_sound(this: &Organisation, act: &Act) {
    this.sequence(act.at).unwrap();
    let checked = this.verify().unwrap();
    assert!(checked.faults.is_empty(), "{:?}", checked.faults);
}

fn is_erased(this: &Organisation, id: &str) -> bool {
    matches!(this.contact_line(&contact(id)), Err(Error::Erased))
}

/// Whether the gate knows that the person objected to advertising by e-mail.
fn is_stopped(this: &Organisation, who: &operations::ContactRef) -> bool {
    let decided = this
        .decide(
            who,
            "product-information",
            Channel::Email,
            FREE,
            law::Lang::De,
        )
        .unwrap();
    let decision = decided.decision;
    [decision.channel_law.code, decision.data_protection.code]
        .iter()
        .any(|code| code.starts_with("objection"))
}

fn id_of(this: &Organisation, who: &str) -> String {
    this.contact_line(&contact(who)).unwrap().id
}

#[test]
fn a_contact_goes_on_the_day_after_its_period_and_not_before() {
    on_each_engine(|database| {
        let this = organisation(database);
        people(&this, 3);
        let first = id_of(&this, "person0@muster.example");
        this.bring_retention_up_to_date(&act_on(LAST)).unwrap();
        let view = this.retention_view(LAST).unwrap();
        assert!(view.is_complete);
        assert_eq!((view.counts[0].now, view.counts[0].in_30_days), (0, 3));
        let nothing = this.propose_retention_run(&act_on(LAST));
        assert!(matches!(
            nothing,
            Err(Error::Retention(RetentionFault::NothingDue))
        ));
        let view = this.retention_view(FREE).unwrap();
        assert_eq!(view.totals(), (3, 0, 0));
        assert_eq!(view.counts[0].rule.activity, "post-mailings");
        let page = this.due_contacts(DueWhich::Now, None, 2, FREE).unwrap();
        assert_eq!(page.lines.len(), 2);
        assert_eq!(page.lines[0].due_on, Some(FREE));
        let rest = this
            .due_contacts(DueWhich::Now, page.next.as_deref(), 2, FREE)
            .unwrap();
        assert_eq!((rest.lines.len(), rest.next), (1, None));

        let done = run(&this, FREE);
        assert_eq!(done.line.state, RunState::Done);
        assert_eq!((done.line.people, done.line.gone), (3, 3));
        assert_eq!(done.gone[0].rule.cause, Cause::Rule);
        assert!(is_erased(&this, &first));
        assert_eq!(this.retention_view(FREE).unwrap().totals(), (0, 0, 0));
        is_sound(&this, &act_on(FREE));
        // A period that is over is no wish of the person: a list may bring the address again.
        assert_eq!(
            import(&this, "E-Mail\nperson0@muster.example\n".as_bytes()).added,
            1
        );
    });
}

#[test]
fn what_was_done_since_a_run_was_shown_leaves_a_contact_out() {
    on_each_engine(|database| {
        let this = organisation(database);
        people(&this, 4);
        let shown = this.propose_retention_run(&act_on(FREE)).unwrap();
        let who = |n| contact(&format!("person{n}@muster.example"));
        let sale = Sale {
            goods: "machines".to_owned(),
            sold_on: FREE,
            address_from_sale: true,
            notice_at_collection: true,
            relation: RelationKind::Purchase,
        };
        this.note_sale(&who(0), sale, &act_on(FREE)).unwrap();
        let hold = NewHold {
            provision: "§ 147 AO".to_owned(),
            reason: "Betriebsprüfung".to_owned(),
            ends_on: date(2029, 6, 30),
        };
        this.set_hold(&who(1), &hold, &act_on(FREE)).unwrap();
        this.note_informed(&who(2), FREE, &act_on(FREE)).unwrap();
        this.release_retention_run(shown, &act_on(FREE)).unwrap();
        while this.carry_out_retention(&act_on(FREE)).unwrap() {}
        let report = this.retention_run(shown, 10).unwrap();
        assert_eq!(report.line.gone, 1);
        let mut left: Vec<_> = report.left_out.clone();
        left.sort_by_key(|(why, _)| *why as i16);
        assert_eq!(left, [(LeftOut::Changed, 2), (LeftOut::Held, 1)]);
        assert_eq!(report.exceptions.len(), 3);
        for n in 0..3 {
            this.contact_line(&who(n)).unwrap();
        }
        is_sound(&this, &act_on(FREE));
    });
}

#[test]
fn with_four_eyes_another_person_releases() {
    on_each_engine(|database| {
        let this = organisation(database);
        people(&this, 1);
        this.set_retention_release(Release::Two, &act()).unwrap();
        let run = this.propose_retention_run(&by("anna", FREE)).unwrap();
        let own = this.release_retention_run(run, &by("anna", FREE));
        assert!(matches!(
            own,
            Err(Error::Retention(RetentionFault::SecondPerson))
        ));
        assert!(!this.carry_out_retention(&act_on(FREE)).unwrap());
        let second = this.propose_retention_run(&by("anna", FREE));
        assert!(matches!(
            second,
            Err(Error::Retention(RetentionFault::RunOpen))
        ));
        this.release_retention_run(run, &by("bert", FREE)).unwrap();
        let again = this.release_retention_run(run, &by("carl", FREE));
        assert!(matches!(
            again,
            Err(Error::Retention(RetentionFault::RunMoved))
        ));
        while this.carry_out_retention(&act_on(FREE)).unwrap() {}
        let page = this.retention_run(run, 1).unwrap();
        assert_eq!(page.line.proposed.0, "anna");
        assert_eq!(page.line.released.unwrap().0, "bert");
        is_sound(&this, &act_on(FREE));
        // Who writes another name into the database is found.
        database.execute("UPDATE retention_run SET proposed_by = 'carl'");
        assert!(!this.verify().unwrap().faults.is_empty());
    });
}

#[test]
fn a_run_that_is_called_off_erases_nobody() {
    on_each_engine(|database| {
        let this = organisation(database);
        people(&this, 1);
        let run = this.propose_retention_run(&act_on(FREE)).unwrap();
        this.call_off_retention_run(run, &act_on(FREE)).unwrap();
        assert!(!this.carry_out_retention(&act_on(FREE)).unwrap());
        this.contact_line(&contact("person0@muster.example"))
            .unwrap();
        // What is due goes every day where nobody has to release it.
        assert!(!this.begin_daily_retention(&act_on(FREE)).unwrap());
        this.set_retention_release(Release::Daily, &act()).unwrap();
        assert!(this.begin_daily_retention(&act_on(FREE)).unwrap());
        while this.carry_out_retention(&act_on(FREE)).unwrap() {}
        assert!(
            this.contact_line(&contact("person0@muster.example"))
                .is_err()
        );
        is_sound(&this, &act_on(FREE));
    });
}

#[test]
fn an_erasure_waits_for_a_hold_and_goes_on_by_itself() {
    on_each_engine(|database| {
        let this = organisation(database);
        people(&this, 1);
        let who = contact("person0@muster.example");
        let id = id_of(&this, "person0@muster.example");
        let until = date(2027, 12, 31);
        let hold = NewHold {
            provision: "§ 257 HGB".to_owned(),
            reason: "Angebot vom Herbst".to_owned(),
            ends_on: until,
        };
        let past = NewHold {
            ends_on: date(2026, 11, 23),
            ..hold.clone()
        };
        assert!(this.set_hold(&who, &past, &act()).is_err());
        this.set_hold(&who, &hold, &act()).unwrap();
        let waits = this.erase(&who, &act()).unwrap();
        assert_eq!(waits.waits_until, Some(until));
        let view = this.contact_retention(&contact(&id), TODAY).unwrap();
        assert_eq!(view.erasure_waits_since, Some(TODAY));
        assert_eq!(view.holds[0].ends_on, until);
        let line = this.contact_line(&contact(&id)).unwrap();
        assert!(line.restricted, "until then it is kept and not used");
        is_sound(&this, &act());

        assert_eq!(this.resume_erasures(&act_on(until)).unwrap(), 0);
        let after = act_on(date(2028, 1, 1));
        assert_eq!(this.resume_erasures(&after).unwrap(), 1);
        assert!(is_erased(&this, &id));
        is_sound(&this, &after);
        // Who asked for erasure is not brought back.
        assert_eq!(
            import(&this, "E-Mail\nperson0@muster.example\n".as_bytes()).added,
            0
        );
    });
}

#[test]
fn a_hold_that_is_lifted_lets_the_erasure_go_on_and_one_that_vanishes_is_found() {
    on_each_engine(|database| {
        let this = organisation(database);
        people(&this, 2);
        let hold = |n: u32| {
            let who = contact(&format!("person{n}@muster.example"));
            let new = NewHold {
                provision: "Art. 17 Abs. 3 lit. e DSGVO".to_owned(),
                reason: "Rechtsstreit".to_owned(),
                ends_on: date(2030, 1, 1),
            };
            this.set_hold(&who, &new, &act()).unwrap();
            who
        };
        let (who, another) = (hold(0), hold(1));
        let id = id_of(&this, "person0@muster.example");
        this.erase(&who, &act()).unwrap();
        let holds = this.contact_retention(&who, TODAY).unwrap().holds;
        let hold = holds[0].id.parse().unwrap();
        assert!(this.lift_hold(&another, hold, "Vergleich", &act()).is_err());
        let silent = this.lift_hold(&who, hold, " ", &act());
        assert!(matches!(
            silent,
            Err(Error::Retention(RetentionFault::LiftText))
        ));
        this.lift_hold(&who, hold, "Vergleich", &act()).unwrap();
        assert_eq!(this.resume_erasures(&act()).unwrap(), 1);
        assert!(is_erased(&this, &id));
        is_sound(&this, &act());
        database.execute("DELETE FROM hold");
        assert!(!this.verify().unwrap().faults.is_empty());
    });
}

#[test]
fn a_withdrawn_consent_holds_to_the_end_of_the_year_and_one_in_force_holds_all() {
    on_each_engine(|database| {
        let this = organisation(database);
        people(&this, 2);
        for n in 0..2 {
            consent_to_newsletter(&this, &format!("person{n}@muster.example"), TODAY);
        }
        let (gone, stays) = (
            contact("person0@muster.example"),
            contact("person1@muster.example"),
        );
        this.withdraw_consent(&gone, Some("newsletter"), ChannelSet::ALL, TODAY, &act())
            .unwrap();
        let free = date(2030, 1, 1);
        let view = this.contact_retention(&gone, TODAY).unwrap();
        assert_eq!(view.due_on, Some(free));
        assert_eq!(view.decided.cause, Cause::Withdrawn);
        let view = this.contact_retention(&stays, free).unwrap();
        assert_eq!(view.due_on, None);
        assert!(view.rules.iter().any(|(_, over)| *over == Over::NotBegun));
        // The post mailings alone would let go of both, and the list says what they wait for.
        this.bring_retention_up_to_date(&act_on(FREE)).unwrap();
        let waiting = this
            .due_contacts(DueWhich::Waiting, None, 10, FREE)
            .unwrap();
        assert_eq!(waiting.lines.len(), 2);
        assert!(
            waiting
                .lines
                .iter()
                .all(|l| l.rule.activity == "newsletter")
        );

        let done = run(&this, free);
        assert_eq!(done.line.gone, 1);
        this.contact_line(&stays).unwrap();
        is_sound(&this, &act_on(free));
        // The advertising that was taken back stays stopped; a new consent is free.
        let back = "E-Mail\nperson0@muster.example\n".as_bytes();
        assert_eq!(import(&this, back).added, 1);
        assert!(is_stopped(&this, &gone));
        consent_to_newsletter(&this, "person0@muster.example", TODAY);
    });
}

/// What the sample register says of a person who came by a newsletter alone, without its rule that
/// keeps the proof of the consent.
fn without_proof_rule(action: &str) -> String {
    let rule = "[[activity.retention]]\nstart = \"consent_withdrawal\"\nperiod = \"3 years\"\n\
                from_year_end = true\naction = \"erase\"\n";
    assert!(register::SAMPLE.contains(rule));
    register::SAMPLE.replacen(
        rule,
        &format!(
            "[[activity.retention]]\nstart = \"last_contact\"\nperiod = \"2 years\"\n\
             action = \"{action}\"\n"
        ),
        1,
    )
}

/// A person who gave the data in person and agreed to the newsletter.
fn subscriber(this: &Organisation) {
    let list = "E-Mail\nerika@muster.example\n";
    support::import_from(this, list.as_bytes(), law::facts::Source::Person);
    consent_to_newsletter(this, "erika@muster.example", TODAY);
}

#[test]
fn a_withdrawn_consent_that_alone_carried_the_data_is_due_at_once() {
    on_each_engine(|database| {
        let this = organisation(database);
        this.apply_register(&without_proof_rule("erase"), &act())
            .unwrap();
        subscriber(&this);
        let erika = contact("erika@muster.example");
        let view = this.contact_retention(&erika, TODAY).unwrap();
        assert_eq!(view.due_on, Some(FREE));
        this.withdraw_consent(&erika, Some("newsletter"), ChannelSet::ALL, TODAY, &act())
            .unwrap();
        let view = this.contact_retention(&erika, TODAY).unwrap();
        assert_eq!(view.due_on, Some(TODAY));
        assert_eq!(view.decided.cause, Cause::Withdrawn);
        let done = run(&this, TODAY);
        assert_eq!(done.gone[0].rule.cause, Cause::Withdrawn);
        is_sound(&this, &act());
    });
}

#[test]
fn anonymising_takes_the_person_and_an_objection_stays() {
    on_each_engine(|database| {
        let this = organisation(database);
        this.apply_register(&without_proof_rule("anonymise"), &act())
            .unwrap();
        subscriber(&this);
        objection(&this, "erika@muster.example");
        let id = id_of(&this, "erika@muster.example");
        let done = run(&this, FREE);
        assert_eq!(done.gone[0].rule.action, Action::Anonymise);
        assert!(is_erased(&this, &id));
        is_sound(&this, &act_on(FREE));
        // A list does not bring back who objected.
        let back = "E-Mail\nerika@muster.example\n".as_bytes();
        assert_eq!(import(&this, back).added, 0);
    });
}

#[test]
fn what_no_event_on_record_begins_is_for_a_person_to_look_at() {
    on_each_engine(|database| {
        let this = organisation(database);
        people(&this, 1);
        let who = contact("person0@muster.example");
        let sale = Sale {
            goods: "machines".to_owned(),
            sold_on: TODAY,
            address_from_sale: true,
            notice_at_collection: true,
            relation: RelationKind::Purchase,
        };
        this.note_sale(&who, sale, &act()).unwrap();
        // Six years from the end of 2026 for letters (HGB § 257(4), (5)).
        let view = this.contact_retention(&who, TODAY).unwrap();
        let letters = view
            .rules
            .iter()
            .find(|(line, _)| line.activity == "customer-care" && line.rule == 1);
        assert_eq!(letters.unwrap().1, Over::On(date(2033, 1, 1)));
        assert_eq!(view.decided.action, Action::Review);
        assert_eq!(view.decided.cause, Cause::NoEvent);
        let day = view.due_on.unwrap();
        this.bring_retention_up_to_date(&act_on(day)).unwrap();
        assert_eq!(this.retention_view(day).unwrap().totals(), (0, 1, 0));
        let review = this.due_contacts(DueWhich::Review, None, 5, day).unwrap();
        assert_eq!(review.lines.len(), 1);
        assert!(this.propose_retention_run(&act_on(day)).is_err());
    });
}

#[test]
fn a_new_register_and_a_new_consent_move_the_days() {
    on_each_engine(|database| {
        let this = organisation(database);
        people(&this, 2);
        this.bring_retention_up_to_date(&act_on(FREE)).unwrap();
        assert_eq!(this.retention_view(FREE).unwrap().totals().0, 2);
        let new = NewConsent {
            contact: contact("person0@muster.example"),
            activity: "newsletter".to_owned(),
            channels: ChannelSet::of(Channel::Email),
            given_on: FREE,
            proof: Proof::DoubleOptInCompleted,
            text: Some("Ja.".to_owned()),
            circumstances: faultless(),
            told: None,
        };
        this.record_consent(&new, &act_on(FREE)).unwrap();
        this.bring_retention_up_to_date(&act_on(FREE)).unwrap();
        assert_eq!(this.retention_view(FREE).unwrap().totals().0, 1);
        let shorter = register::SAMPLE.replace("period = \"2 years\"", "period = \"5 years\"");
        this.apply_register(&shorter, &act_on(FREE)).unwrap();
        assert!(!this.retention_view(FREE).unwrap().is_complete);
        this.bring_retention_up_to_date(&act_on(FREE)).unwrap();
        assert_eq!(this.retention_view(FREE).unwrap().totals().0, 0);
    });
}

#[test]
fn a_run_that_was_killed_goes_on_where_it_ended() {
    on_each_engine(|database| {
        let this = organisation(database);
        people(&this, 230);
        let run = this.propose_retention_run(&act_on(FREE)).unwrap();
        this.release_retention_run(run, &act_on(FREE)).unwrap();
        drop(this);
        let mut child = Command::new(env::current_exe().unwrap())
            .args([
                "--exact",
                "carries_out_until_it_is_killed",
                "--ignored",
                "--nocapture",
            ])
            .env(TARGET, target_text(database))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let part = lines
            .by_ref()
            .any(|line| line.unwrap().contains("a part is done"));
        assert!(part, "the child did its first part");
        child.kill().unwrap();
        child.wait().unwrap();

        let this = Organisation::open(&installation(database), None).unwrap();
        let before = this.retention_run(run, 1).unwrap();
        let waiting: u64 = before.waiting.iter().map(|count| count.count).sum();
        assert_eq!(before.line.gone + waiting, 230);
        assert!(before.line.gone > 0);
        while this.carry_out_retention(&act_on(FREE)).unwrap() {}
        let after = this.retention_run(run, 1).unwrap();
        assert_eq!((after.line.state, after.line.gone), (RunState::Done, 230));
        is_sound(&this, &act_on(FREE));
    });
}

fn target_text(database: &Database) -> String {
    match database.target() {
        Target::Sqlite(folder) => folder.to_str().unwrap().to_owned(),
        Target::Postgres(url) => url.clone(),
    }
}

/// No test: the process that the one above kills.
#[test]
#[ignore = "it is started by another test"]
fn carries_out_until_it_is_killed() {
    let Ok(text) = env::var(TARGET) else {
        return;
    };
    let target: Target = text.parse().unwrap();
    let own = operations::Installation::open(&target, support::master_key()).unwrap();
    let this = Organisation::open(&own, None).unwrap();
    while this.carry_out_retention(&act_on(FREE)).unwrap() {
        println!("a part is done");
    }
}
