//! Erasure that travels: who got the data is told, and what they answer is kept (GDPR Art. 19).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test without its set-up must fail"
)]

mod support;

use jiff::SignedDuration;
use law::ChannelSet;
use operations::mail::{Delivery, Pace};
use operations::recipients::{About, Answer, HookEnd, NoticePart, NoticeState, Way};
use operations::{Act, Installation, Organisation, OrganisationId};
use store::testing::on_each_engine;
use support::{TODAY, act, contact, import, installation, organisation};

const PACE: Pace = Pace {
    per_domain: SignedDuration::from_secs(1),
    lease: SignedDuration::from_secs(60),
};

/// Those of the activity that may use what an address dealer sold, and nobody else.
const ALL: [&str; 2] = ["crm-host", "lettershop"];

const LIST: &[u8] = "Firma;Vorname;Nachname;E-Mail;Telefon\n\
    Probe GmbH;Erika;Probe;erika@probe.example;+49 6421 555 0199\n"
    .as_bytes();

fn with_webhook(organisation: &Organisation) {
    let text = register::SAMPLE.replace(
        "mail = \"datenschutz@cloud.example\"",
        "webhook = \"http://127.0.0.1:9/hook\"",
    );
    assert_ne!(text, register::SAMPLE);
    organisation.apply_register(&text, &act()).unwrap();
}

fn id_of(organisation: &Organisation) -> OrganisationId {
    let line = organisation.contact_line(&contact("erika@probe.example"));
    line.unwrap().id.parse().unwrap()
}

fn later(by: SignedDuration) -> Act {
    Act {
        at: act().at + by,
        ..act()
    }
}

fn told(organisation: &Organisation, id: OrganisationId) -> Vec<(String, About, NoticeState)> {
    let lines = organisation.recipients_told(id, act().at).unwrap();
    let what = lines.into_iter();
    what.map(|line| (line.recipient, line.about, line.state))
        .collect()
}

fn verified(organisation: &Organisation) {
    organisation.sequence(act().at).unwrap();
    let checked = organisation.verify().unwrap();
    assert_eq!(checked.faults, [], "{checked:?}");
}

/// The link in the mail that goes to a recipient.
fn mailed(here: &Installation, act: &Act, to: &str) -> String {
    loop {
        let mail = here.next_message(&PACE, act).unwrap();
        let mail = mail.expect("a mail to the recipient");
        assert!(here.begin_transmission(&mail, [1; 32], &PACE, act).unwrap());
        here.message_ended(&mail, &Delivery::Sent, act).unwrap();
        if mail.letter.to == to {
            assert!(!mail.letter.text.contains("erika"), "{}", mail.letter.text);
            let link = mail
                .letter
                .text
                .lines()
                .find(|line| line.contains("/notices/"));
            return link.unwrap().rsplit('/').next().unwrap().to_owned();
        }
    }
}

#[test]
fn every_recipient_of_the_data_is_told_of_an_erasure_once_and_can_still_find_the_person() {
    on_each_engine(|database| {
        let here = installation(database);
        let organisation = organisation(database);
        with_webhook(&organisation);
        import(&organisation, LIST);
        let id = id_of(&organisation);
        organisation
            .erase(&contact("erika@probe.example"), &act())
            .unwrap();
        let found = told(&organisation, id);
        assert!(found.iter().all(|one| one.1 == About::Erased));
        let mut names: Vec<_> = found.iter().map(|one| &*one.0).collect();
        names.sort_unstable();
        assert_eq!(names, ALL);
        // Nobody is reached before it is known where the answer goes.
        assert!(here.next_webhook(&act()).unwrap().is_none());
        here.reached_at("https://leitplanke.example");
        let hook = here.next_webhook(&act()).unwrap().expect("a webhook");
        assert!(here.next_webhook(&act()).unwrap().is_none(), "claimed");
        assert!(hook.body.contains("erika@probe.example") && hook.body.contains("+4964215550199"));
        assert!(hook.body.contains("\"person.erased\""), "{}", hook.body);
        here.webhook_ended(&hook, &HookEnd::Done, &act()).unwrap();
        let found = told(&organisation, id);
        let host = found.iter().find(|one| one.0 == "crm-host").unwrap();
        assert_eq!(host.2, NoticeState::Acknowledged);
        assert_eq!(here.write_recipient_mails(&act()).unwrap(), 1);
        assert_eq!(here.write_recipient_mails(&act()).unwrap(), 0);
        let token = mailed(&here, &act(), "datenschutz@lettershop.example");
        let page = here.recipient_page(&token).unwrap().unwrap();
        let person = page.person.unwrap();
        assert_eq!(person.emails, ["erika@probe.example"]);
        assert_eq!(page.recipient.as_deref(), Some("Lettershop Beispiel KG"));
        assert!(
            here.recipient_answers(&token, &Answer::Refused("  ".to_owned()), &act())
                .is_err()
        );
        assert!(
            here.recipient_answers(&token, &Answer::Done, &act())
                .unwrap()
        );
        assert!(
            !here
                .recipient_answers(&token, &Answer::Done, &act())
                .unwrap()
        );
        let page = here.recipient_page(&token).unwrap().unwrap();
        assert!(page.person.is_none() && page.state == NoticeState::Acknowledged);
        verified(&organisation);
    });
}

#[test]
fn a_correction_and_a_restriction_reach_recipients_and_an_erasure_takes_their_place() {
    on_each_engine(|database| {
        let here = installation(database);
        here.reached_at("https://leitplanke.example");
        let organisation = organisation(database);
        with_webhook(&organisation);
        import(&organisation, LIST);
        let (who, id) = (contact("erika@probe.example"), id_of(&organisation));
        let (mut new, seen) = organisation.correctable(&who).unwrap();
        new.fields.family_name = Some("Muster".to_owned());
        organisation
            .correct_contact(&who, &new, seen, &act())
            .unwrap();
        let hook = here.next_webhook(&act()).unwrap().expect("a webhook");
        assert!(
            hook.body.contains("\"family_name\":\"Muster\""),
            "{}",
            hook.body
        );
        assert!(hook.body.contains("Erika Probe"), "found by the old name");
        here.webhook_ended(&hook, &HookEnd::Taken, &act()).unwrap();
        organisation
            .restrict_contact(&who, "bestritten", &act())
            .unwrap();
        organisation
            .lift_restriction(&who, act().today, "geklärt", &act())
            .unwrap();
        organisation
            .record_objection(&who, ChannelSet::ALL, TODAY, &act())
            .unwrap();
        let found = told(&organisation, id);
        for about in [About::Rectified, About::Restricted, About::Lifted] {
            assert_eq!(
                found.iter().filter(|one| one.1 == about).count(),
                ALL.len(),
                "{about:?}"
            );
        }
        let objected: Vec<_> = found
            .iter()
            .filter(|one| one.1 == About::Objected)
            .collect();
        assert!(objected.iter().any(|one| one.0 == "lettershop"));
        assert!(objected.iter().all(|one| one.0 != "tax-adviser"));
        verified(&organisation);
        organisation.erase(&who, &act()).unwrap();
        let found = told(&organisation, id);
        let open: Vec<_> = found.iter().filter(|one| one.2.is_open()).collect();
        assert_eq!(open.len(), ALL.len());
        assert!(open.iter().all(|one| one.1 == About::Erased));
        verified(&organisation);
    });
}

#[test]
fn one_mail_an_hour_tells_a_recipient_of_several_people() {
    on_each_engine(|database| {
        let here = installation(database);
        here.reached_at("https://leitplanke.example");
        let organisation = organisation(database);
        with_webhook(&organisation);
        let list = "Firma;Nachname;E-Mail\nProbe GmbH;Eins;eins@probe.example\n\
                    Probe GmbH;Zwei;zwei@probe.example\nProbe GmbH;Drei;drei@probe.example\n";
        import(&organisation, list.as_bytes());
        for who in ["eins", "zwei", "drei"] {
            let who = contact(&format!("{who}@probe.example"));
            organisation.erase(&who, &act()).unwrap();
        }
        assert_eq!(here.write_recipient_mails(&act()).unwrap(), 1);
        let hour = later(SignedDuration::from_hours(1));
        assert_eq!(here.write_recipient_mails(&hour).unwrap(), 1);
        let to = "datenschutz@lettershop.example";
        let first = mailed(&here, &act(), to);
        let page = here.recipient_page(&first).unwrap().unwrap();
        assert_eq!(page.person.unwrap().emails, ["eins@probe.example"]);
        assert!(page.others.is_empty());
        let second = mailed(&here, &hour, to);
        let page = here.recipient_page(&second).unwrap().unwrap();
        let others: Vec<_> = page
            .others
            .iter()
            .map(|(person, _)| &person.emails)
            .collect();
        let mut both = page.person.unwrap().emails;
        both.extend(others.into_iter().flatten().cloned());
        both.sort();
        assert_eq!(both, ["drei@probe.example", "zwei@probe.example"]);
        assert!(
            here.recipient_answers(&second, &Answer::Done, &hour)
                .unwrap()
        );
        let open = organisation
            .recipient_notices(NoticePart::Open, None, 9, hour.at)
            .unwrap();
        let at_lettershop = open.iter().filter(|line| line.recipient == "lettershop");
        assert_eq!(at_lettershop.count(), 1, "the first mail still waits");
        verified(&organisation);
    });
}

#[test]
fn what_is_corrected_for_the_organisation_alone_is_nobody_elses_business() {
    on_each_engine(|database| {
        let here = installation(database);
        here.reached_at("https://leitplanke.example");
        let organisation = organisation(database);
        with_webhook(&organisation);
        import(&organisation, LIST);
        let (who, id) = (contact("erika@probe.example"), id_of(&organisation));
        let (mut new, seen) = organisation.correctable(&who).unwrap();
        new.fields.note = Some("zahlt spät".to_owned());
        organisation
            .correct_contact(&who, &new, seen, &act())
            .unwrap();
        assert_eq!(told(&organisation, id), []);
        let (mut new, seen) = organisation.correctable(&who).unwrap();
        new.fields.family_name = Some("Muster".to_owned());
        new.fields.note = Some("zahlt pünktlich".to_owned());
        organisation
            .correct_contact(&who, &new, seen, &act())
            .unwrap();
        let hook = here.next_webhook(&act()).unwrap().expect("a webhook");
        assert!(hook.body.contains("Muster") && !hook.body.contains("zahlt"));
    });
}

#[test]
fn a_silent_system_is_tried_for_three_days_and_what_is_overdue_shows() {
    on_each_engine(|database| {
        let here = installation(database);
        here.reached_at("https://leitplanke.example");
        let organisation = organisation(database);
        with_webhook(&organisation);
        import(&organisation, LIST);
        let id = id_of(&organisation);
        organisation
            .erase(&contact("erika@probe.example"), &act())
            .unwrap();
        let mut now = act();
        let mut tries = 0;
        let end = act().at + SignedDuration::from_hours(100);
        while now.at < end {
            while let Some(hook) = here.next_webhook(&now).unwrap() {
                tries += 1;
                let failed = HookEnd::Failed("503".to_owned());
                here.webhook_ended(&hook, &failed, &now).unwrap();
            }
            now.at += SignedDuration::from_mins(30);
        }
        assert!((10..30).contains(&tries), "{tries}");
        let lines = organisation.recipients_told(id, now.at).unwrap();
        let hook = lines.iter().find(|line| line.way == Way::Webhook).unwrap();
        assert_eq!(
            (hook.state, hook.failure.as_deref()),
            (NoticeState::Failed, Some("503"))
        );
        assert!(organisation.tell_recipient_again(hook.id, &now).unwrap());
        assert!(here.next_webhook(&now).unwrap().is_some());
        let then = later(SignedDuration::from_hours(24 * 15)).at;
        assert_eq!(
            organisation.recipient_notice_counts(act().at).unwrap(),
            (2, 0, 0)
        );
        assert_eq!(
            organisation.recipient_notice_counts(then).unwrap(),
            (2, 2, 0)
        );
        // Somebody may note an answer by hand; the reason is kept, and what found the person is not.
        let why = Answer::Refused("Das Archiv ist versiegelt.".to_owned());
        assert!(
            organisation
                .note_recipients_answer(hook.id, &why, &now)
                .unwrap()
        );
        assert!(
            !organisation
                .note_recipients_answer(hook.id, &why, &now)
                .unwrap()
        );
        let line = organisation.recipient_notice(hook.id, now.at).unwrap();
        assert_eq!(line.reason.as_deref(), Some("Das Archiv ist versiegelt."));
        let open = organisation
            .recipient_notices(NoticePart::Open, None, 10, then)
            .unwrap();
        assert!(open.len() == 1 && open.iter().all(|line| line.overdue));
        verified(&organisation);
        // After half a year nobody can find the person by it any more.
        let much_later = later(SignedDuration::from_hours(24 * 400));
        assert_eq!(organisation.tidy_recipient_notices(&much_later).unwrap(), 2);
        assert_eq!(organisation.tidy_recipient_notices(&much_later).unwrap(), 0);
        assert_eq!(told(&organisation, id).len(), 2);
        verified(&organisation);
    });
}

#[test]
fn the_secret_of_a_webhook_stays_and_is_in_no_register() {
    on_each_engine(|database| {
        let organisation = organisation(database);
        with_webhook(&organisation);
        let secret = organisation.webhook_secret("crm-host").unwrap();
        assert!(secret.starts_with("whsec_"));
        assert_eq!(organisation.webhook_secret("crm-host").unwrap(), secret);
        assert_ne!(organisation.webhook_secret("lettershop").unwrap(), secret);
        assert!(organisation.webhook_secret("nobody").is_err());
        let text = organisation.register_text(None).unwrap();
        assert!(!text.contains("whsec_"));
    });
}
