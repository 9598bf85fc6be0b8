//! A purpose that changes: who has to be told or asked, and what the gate says until then. All
//! persons are invented.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

mod support;

use jiff::civil::{Date, date};
use jiff::{SignedDuration, ToSpan as _};
use law::{Channel, Lang};
use operations::mail::{Delivery, Pace};
use operations::{Act, ChangedPurpose, Organisation, TellLetter};
use store::testing::{Database, on_each_engine};
use support::{
    TODAY, act, act_on, consent_to_newsletter, consent_to_newsletter_by, contact, import,
    installation, organisation,
};

const LIST: &[u8] = b"Vorname;Nachname;Firma;E-Mail;Stra\xc3\x9fe;PLZ;Ort\n\
    Anna;Muster;Muster GmbH;anna@muster.example;Weg 1;70173;Stuttgart\n\
    Bert;Beispiel;Beispiel AG;;Weg 2;70173;Stuttgart\n";
const CHANGE: Date = date(2026, 11, 26);
const PACE: Pace = Pace {
    per_domain: SignedDuration::from_secs(2),
    lease: SignedDuration::from_secs(60),
};

/// An organisation that people can reach.
fn office(database: &Database) -> Organisation {
    drop(organisation(database));
    let here = installation(database);
    here.reached_at("https://leitplanke.example");
    Organisation::open(&here, None).unwrap()
}

fn letter() -> TellLetter {
    TellLetter {
        subject_de: "Neuer Zweck".to_owned(),
        text_de: "Wir verwenden Ihre Daten auch hierf\u{fc}r.".to_owned(),
        subject_en: "New purpose".to_owned(),
        text_en: "We also use your data for this.".to_owned(),
    }
}

fn change(this: &Organisation, from: &str, to: &str, on: Date) {
    let text = this.register_text(None).unwrap();
    assert!(text.contains(from), "{from}");
    this.apply_register(&text.replace(from, to), &act_on(on))
        .unwrap();
}

fn answer(this: &Organisation, who: &str, activity: &str, channel: Channel) -> (String, String) {
    let on = CHANGE + 3.days();
    let who = contact(who);
    let decided = this.decide(&who, activity, channel, on, Lang::De).unwrap();
    let code = decided.decision.data_protection.code;
    (decided.decision.verdict.to_owned(), code.to_owned())
}

fn changed(this: &Organisation) -> Vec<ChangedPurpose> {
    this.changed_purposes(CHANGE + 3.days()).unwrap()
}

const POST: &str = "Fertigungsbetrieben Kataloge und Einladungen per Brief senden";
const NEW: &str = "Fertigungsbetrieben Angebote anderer Firmen der Gruppe per Brief senden";

#[test]
fn nobody_is_reached_for_a_new_purpose_before_being_told_of_it() {
    on_each_engine(|database| {
        let this = office(database);
        import(&this, LIST);
        let before = answer(&this, "anna@muster.example", "post-mailings", Channel::Post);
        assert_eq!(before.0, "permitted", "{before:?}");
        let preview = this
            .blast_radius(&register_text(&this).replace(POST, NEW), CHANGE)
            .unwrap();
        let lost: u64 = preview.moves.iter().map(|one| one.lost).sum();
        assert_eq!(lost, 2, "the preview says whom the change cuts off");
        change(&this, POST, NEW, CHANGE);
        let after = answer(&this, "anna@muster.example", "post-mailings", Channel::Post);
        assert_eq!(
            after,
            ("refused".to_owned(), "new_purpose_untold".to_owned())
        );
        let storing = answer(
            &this,
            "anna@muster.example",
            "post-mailings",
            Channel::Storing,
        );
        assert_eq!(storing.0, "permitted", "{storing:?}");
        let [line] = &changed(&this)[..] else {
            unreachable!("one purpose changed");
        };
        assert_eq!(line.before.as_deref(), Some(POST));
        assert_eq!(
            (line.asks, line.open, line.without_mail, line.done),
            (false, 2, 1, 0)
        );
        // On the day before it was the old purpose.
        let then = this.decide(
            &contact("anna@muster.example"),
            "post-mailings",
            Channel::Post,
            TODAY,
            Lang::De,
        );
        assert_eq!(then.unwrap().decision.verdict, "permitted");
        assert_eq!(this.verify().unwrap().faults, []);
    });
}

fn register_text(this: &Organisation) -> String {
    this.register_text(None).unwrap()
}

#[test]
fn who_was_told_by_mail_is_reached_again_and_gets_one_mail_only() {
    on_each_engine(|database| {
        let this = office(database);
        import(&this, LIST);
        change(&this, POST, NEW, CHANGE);
        let later = |seconds: i64| Act {
            at: act_on(CHANGE).at + SignedDuration::from_secs(seconds),
            ..act_on(CHANGE)
        };
        let told = this.tell_of_purposes(&letter(), &later(60)).unwrap();
        assert_eq!((told.written, told.without_mail), (1, 1));
        let again = this.tell_of_purposes(&letter(), &later(61)).unwrap();
        assert_eq!(again.written, 0);
        assert_eq!(changed(&this)[0].on_its_way, 1);
        let waits = answer(&this, "anna@muster.example", "post-mailings", Channel::Post);
        assert_eq!(
            waits.1, "new_purpose_untold",
            "a mail that waits tells nobody"
        );
        let here = installation(database);
        let mail = here.next_message(&PACE, &later(120)).unwrap().unwrap();
        assert!(mail.letter.text.starts_with("Wir verwenden"));
        assert!(mail.letter.text.contains("https://leitplanke.example/p/"));
        // Who works here sees that there is a link, and can't follow it.
        let said = this.mail(mail.id).unwrap().said.unwrap();
        assert!(!said.text.contains("/p/"), "{}", said.text);
        assert!(
            here.begin_transmission(&mail, [7; 32], &PACE, &later(121))
                .unwrap()
        );
        here.message_ended(&mail, &Delivery::Sent, &later(122))
            .unwrap();
        let after = answer(&this, "anna@muster.example", "post-mailings", Channel::Post);
        assert_eq!(after.0, "permitted", "{after:?}");
        let line = &changed(&this)[0];
        assert_eq!((line.open, line.done), (1, 1));
        // Whom no mail reaches is told otherwise, which somebody notes.
        let bert = contact_named(&this, "Bert");
        this.note_informed(&bert, CHANGE, &later(200)).unwrap();
        assert_eq!(changed(&this)[0].open, 0);
        assert_eq!(this.verify().unwrap().faults, []);
    });
}

fn contact_named(this: &Organisation, name: &str) -> operations::ContactRef {
    let page = this
        .find_contacts(&operations::ContactFilter::default(), None, 9)
        .unwrap();
    let mut lines = page.lines.into_iter();
    let found = lines.find(|line| line.name.as_deref().is_some_and(|n| n.contains(name)));
    contact(&found.unwrap().id)
}

#[test]
fn a_consent_for_the_old_purpose_carries_nothing_and_a_new_one_does() {
    on_each_engine(|database| {
        let this = office(database);
        import(&this, LIST);
        consent_to_newsletter(&this, "anna@muster.example", TODAY);
        let before = answer(&this, "anna@muster.example", "newsletter", Channel::Email);
        assert_eq!(before.0, "permitted", "{before:?}");
        let old = "Neuheiten zu Fr\u{e4}smaschinen, Ersatzteilen und Schulungen per E-Mail an Abonnenten senden";
        change(
            &this,
            old,
            "Angebote befreundeter Firmen per E-Mail senden",
            CHANGE,
        );
        let after = answer(&this, "anna@muster.example", "newsletter", Channel::Email);
        assert_eq!(after.0, "refused");
        let line = &changed(&this)[0];
        assert_eq!((line.asks, line.open, line.done), (true, 1, 0));
        consent_to_newsletter_by(
            &this,
            "anna@muster.example",
            CHANGE + 1.day(),
            &act_on(CHANGE + 1.day()),
        );
        let anew = answer(&this, "anna@muster.example", "newsletter", Channel::Email);
        assert_eq!(anew.0, "permitted", "{anew:?}");
        let line = &changed(&this)[0];
        assert_eq!((line.open, line.done), (0, 1));
    });
}

#[test]
fn another_wording_of_the_same_purpose_is_said_to_be_one() {
    on_each_engine(|database| {
        let this = office(database);
        import(&this, LIST);
        let reworded = format!("{POST}, auf Deutsch");
        change(&this, POST, &reworded, CHANGE);
        let refused = answer(&this, "anna@muster.example", "post-mailings", Channel::Post);
        assert_eq!(refused.1, "new_purpose_untold");
        let with_reason = format!("{reworded}\"\nsame_purpose = \"Nur die Sprache ist genannt");
        change(&this, &reworded, &with_reason, CHANGE);
        let after = answer(&this, "anna@muster.example", "post-mailings", Channel::Post);
        assert_eq!(after.0, "permitted", "{after:?}");
        assert_eq!(changed(&this), []);
        // The reason given then does not cover the next change.
        change(&this, &reworded, NEW, CHANGE + 1.day());
        let next = answer(&this, "anna@muster.example", "post-mailings", Channel::Post);
        assert_eq!(next.1, "new_purpose_untold");
        // Nor does a reason for a later wording cover a change that was left open.
        change(&this, NEW, &format!("{NEW} (Gruppe)"), CHANGE + 2.days());
        change(
            &this,
            "Nur die Sprache ist genannt",
            "Nur eine Klammer",
            CHANGE + 2.days(),
        );
        let still = answer(&this, "anna@muster.example", "post-mailings", Channel::Post);
        assert_eq!(still.1, "new_purpose_untold");
    });
}

#[test]
fn a_list_taken_in_after_the_change_was_obtained_for_the_new_purpose() {
    on_each_engine(|database| {
        let this = office(database);
        let before = act();
        assert!(before.today < CHANGE);
        change(&this, POST, NEW, TODAY - 1.day());
        import(&this, LIST);
        let after = answer(&this, "anna@muster.example", "post-mailings", Channel::Post);
        assert_eq!(after.0, "permitted", "{after:?}");
    });
}

#[test]
fn an_activity_that_was_out_for_a_while_has_changed_its_purpose_all_the_same() {
    on_each_engine(|database| {
        let this = office(database);
        import(&this, LIST);
        let first = register_text(&this);
        change(&this, POST, NEW, CHANGE);
        let changed_text = register_text(&this);
        let mut without = register::Register::parse(&first).unwrap();
        without
            .activities
            .retain(|activity| activity.id != "post-mailings");
        this.apply_register(&without.to_toml(), &act_on(CHANGE))
            .unwrap();
        this.apply_register(&changed_text, &act_on(CHANGE)).unwrap();
        let back = answer(&this, "anna@muster.example", "post-mailings", Channel::Post);
        assert_eq!(back.1, "new_purpose_untold");
    });
}

#[test]
fn a_mail_tells_nothing_of_what_changed_after_it_was_written() {
    on_each_engine(|database| {
        let this = office(database);
        import(&this, LIST);
        change(&this, POST, NEW, CHANGE);
        let later = |seconds: i64| Act {
            at: act_on(CHANGE).at + SignedDuration::from_secs(seconds),
            ..act_on(CHANGE)
        };
        this.tell_of_purposes(&letter(), &later(60)).unwrap();
        let text = register_text(&this).replace(NEW, &format!("{NEW} und mehr"));
        this.apply_register(&text, &later(70)).unwrap();
        let here = installation(database);
        let mail = here.next_message(&PACE, &later(120)).unwrap().unwrap();
        here.begin_transmission(&mail, [7; 32], &PACE, &later(121))
            .unwrap();
        here.message_ended(&mail, &Delivery::Sent, &later(122))
            .unwrap();
        let after = answer(&this, "anna@muster.example", "post-mailings", Channel::Post);
        assert_eq!(after.1, "new_purpose_untold");
    });
}
