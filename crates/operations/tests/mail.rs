//! Mail to contacts: written with what causes it, sent once, and gone with the person.
//! All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod support;

use std::fmt::Write as _;

use jiff::{SignedDuration, Timestamp};
use operations::browse::ContactView;
use operations::contact::Email;
use operations::mail::{
    Delivery, MailPurpose, MailState, Outgoing, Pace, Read, Trouble, TroubleKind, queue_campaign,
};
use operations::merge::MergeChoices;
use operations::{Act, ContactRef, Error, Installation, Organisation, OrganisationId};
use store::testing::{Database, on_each_engine};
use support::{TODAY, act, contact, import, installation, organisation};

const LIST: &[u8] =
    b"Name;E-Mail\nAnna Muster;anna@muster.example\nBert Muster;bert@muster.example\n";
const PACE: Pace = Pace {
    per_domain: SignedDuration::from_secs(2),
    lease: SignedDuration::from_secs(60),
};

fn after(seconds: i64) -> Act {
    Act {
        at: act().at + SignedDuration::from_secs(seconds),
        ..act()
    }
}

fn office(database: &Database) -> (Installation, Organisation) {
    let organisation = organisation(database);
    import(&organisation, LIST);
    (installation(database), organisation)
}

fn notice(organisation: &Organisation, to: &str) -> OrganisationId {
    let text = "Guten Tag,\n\nwir haben Ihre Daten von einem Adresshändler.\n";
    organisation
        .write_notice(&contact(to), "Ihre Daten bei uns", text, &act())
        .unwrap()
}

fn next(here: &Installation, seconds: i64) -> Option<Outgoing> {
    here.next_message(&PACE, &after(seconds)).unwrap()
}

fn begin(here: &Installation, mail: &Outgoing, seconds: i64) -> bool {
    here.begin_transmission(mail, [7; 32], &PACE, &after(seconds))
        .unwrap()
}

fn ends(here: &Installation, mail: &Outgoing, delivery: &Delivery, seconds: i64) {
    here.message_ended(mail, delivery, &after(seconds)).unwrap();
}

fn refused(kind: TroubleKind, code: &str) -> Delivery {
    Delivery::Failed(Trouble::with_code(kind, code))
}

fn state(organisation: &Organisation, id: OrganisationId) -> MailState {
    organisation.mail(id).unwrap().line.state
}

fn view(organisation: &Organisation, who: &str) -> ContactView {
    organisation
        .contact_view(&contact(who), TODAY, law::Lang::De)
        .unwrap()
}

fn id_of(organisation: &Organisation, who: &str) -> OrganisationId {
    view(organisation, who).line.id.parse().unwrap()
}

/// Whether the contact's history says this.
fn told(organisation: &Organisation, who: &str, kind: &str) -> bool {
    let events = view(organisation, who).events;
    events.iter().any(|event| event.kind == kind)
}

#[test]
fn a_mail_goes_out_once_and_its_text_stays_as_proof() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        let id = notice(&organisation, "anna@muster.example");
        let mail = next(&here, 0).unwrap();
        assert_eq!((mail.id, mail.purpose), (id, MailPurpose::Notice));
        assert_eq!(mail.letter.to, "anna@muster.example");
        assert!(
            next(&here, 0).is_none(),
            "claimed by one, taken by no other"
        );
        assert!(begin(&here, &mail, 1));
        assert!(next(&here, 1).is_none());
        ends(&here, &mail, &Delivery::Sent, 2);
        assert_eq!(state(&organisation, id), MailState::Sent);
        assert!(next(&here, 1_000_000).is_none());
        let said = organisation.mail(id).unwrap().said.unwrap();
        assert!(said.text.contains("Adresshändler"));
        assert!(told(&organisation, "anna@muster.example", "mail.sent"));
        organisation.sequence(act().at).unwrap();
        assert!(organisation.verify().unwrap().faults.is_empty());
    });
}

#[test]
fn who_dies_before_the_content_goes_out_is_followed_by_another() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        let id = notice(&organisation, "anna@muster.example");
        let dead = next(&here, 0).unwrap();
        assert!(next(&here, 59).is_none());
        let heir = next(&here, 60).unwrap();
        assert_eq!(heir.id, id);
        // The first was not dead but slow: it may do nothing any more.
        assert!(!begin(&here, &dead, 61));
        ends(&here, &dead, &refused(TroubleKind::ForGood, "5.1.1"), 61);
        assert!(begin(&here, &heir, 62));
        ends(&here, &heir, &Delivery::Sent, 63);
        assert_eq!(state(&organisation, id), MailState::Sent);
    });
}

#[test]
fn who_dies_while_the_content_goes_out_leaves_a_mail_that_only_a_person_sends_again() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        let id = notice(&organisation, "anna@muster.example");
        let dead = next(&here, 0).unwrap();
        assert!(begin(&here, &dead, 1));
        assert!(next(&here, 60).is_none());
        assert_eq!(state(&organisation, id), MailState::Transmitting);
        assert!(next(&here, 100_000).is_none());
        assert_eq!(state(&organisation, id), MailState::Unknown);
        assert!(told(&organisation, "anna@muster.example", "mail.unknown"));
        organisation.try_mail_again(id, &after(100_001)).unwrap();
        let again = next(&here, 100_001).unwrap();
        assert!(begin(&here, &again, 100_002));
        // The answer to the first try says nothing about the second.
        ends(&here, &dead, &Delivery::Sent, 100_003);
        assert_eq!(state(&organisation, id), MailState::Transmitting);
        ends(&here, &again, &Delivery::Sent, 100_004);
        assert_eq!(state(&organisation, id), MailState::Sent);
        let twice = organisation.try_mail_again(id, &after(100_005));
        assert!(matches!(twice, Err(Error::MailNotToBeTried)));
    });
}

#[test]
fn an_answer_that_comes_late_is_believed() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        let id = notice(&organisation, "anna@muster.example");
        let slow = next(&here, 0).unwrap();
        assert!(begin(&here, &slow, 1));
        assert!(next(&here, 300).is_none());
        ends(&here, &slow, &Delivery::Sent, 301);
        assert_eq!(state(&organisation, id), MailState::Sent);
    });
}

#[test]
fn a_refusal_for_now_is_tried_later_and_later_and_then_given_up() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        let id = notice(&organisation, "anna@muster.example");
        let mut now = 0;
        for minutes in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024] {
            let mail = next(&here, now).unwrap();
            ends(&here, &mail, &refused(TroubleKind::Later, "4.2.0"), now);
            assert_eq!(state(&organisation, id), MailState::Waiting);
            assert!(next(&here, now + minutes * 60 - 1).is_none());
            now += minutes * 60;
        }
        let last = next(&here, now).unwrap();
        ends(&here, &last, &refused(TroubleKind::Later, "4.2.0"), now);
        assert_eq!(state(&organisation, id), MailState::GivenUp);
        let trouble = organisation.mail(id).unwrap().line.trouble.unwrap();
        assert_eq!(trouble, Trouble::with_code(TroubleKind::Later, "4.2.0"));
        organisation.try_mail_again(id, &after(now)).unwrap();
        assert!(next(&here, now).is_some());
    });
}

#[test]
fn a_server_that_is_away_for_a_week_loses_no_mail() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        let id = notice(&organisation, "anna@muster.example");
        let mut now = 0;
        while now < 7 * 24 * 3600 {
            match next(&here, now) {
                Some(mail) => ends(&here, &mail, &refused(TroubleKind::Unreachable, ""), now),
                None => now += 600,
            }
        }
        assert_eq!(state(&organisation, id), MailState::Waiting);
        let mail = next(&here, now + 3600).unwrap();
        assert!(begin(&here, &mail, now + 3600));
    });
}

#[test]
fn an_address_that_does_not_work_is_marked_and_not_written_to_until_it_is_corrected() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        let anna = contact("anna@muster.example");
        let first = notice(&organisation, "anna@muster.example");
        let mail = next(&here, 0).unwrap();
        assert!(begin(&here, &mail, 0));
        ends(&here, &mail, &Delivery::Sent, 1);
        let came_back = Read::Bounce {
            message: first,
            code: "5.1.1".to_owned(),
        };
        assert!(here.take_in(&came_back, &after(60)).unwrap());
        assert_eq!(state(&organisation, first), MailState::Bounced);
        assert!(view(&organisation, "anna@muster.example").email_comes_back);

        let second = notice(&organisation, "anna@muster.example");
        assert!(next(&here, 61).is_none());
        assert_eq!(state(&organisation, second), MailState::Refused);
        // A colleague is not concerned.
        notice(&organisation, "bert@muster.example");
        assert!(next(&here, 61).is_some());

        let (mut correct, seen) = organisation.correctable(&anna).unwrap();
        correct.fields.emails = vec![Email::parse("anna.muster@muster.example").unwrap()];
        organisation
            .correct_contact(&anna, &correct, seen, &after(100))
            .unwrap();
        assert!(!view(&organisation, "anna.muster@muster.example").email_comes_back);
        organisation.sequence(act().at).unwrap();
        assert!(organisation.verify().unwrap().faults.is_empty());
    });
}

#[test]
fn a_full_mailbox_is_no_reason_to_doubt_the_address() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        let id = notice(&organisation, "anna@muster.example");
        let mail = next(&here, 0).unwrap();
        ends(&here, &mail, &refused(TroubleKind::ForGood, "5.2.2"), 0);
        assert_eq!(state(&organisation, id), MailState::Bounced);
        assert!(!view(&organisation, "anna@muster.example").email_comes_back);
    });
}

#[test]
fn a_report_about_no_mail_of_ours_and_other_mail_is_left_for_people() {
    on_each_engine(|database| {
        let (here, _) = office(database);
        let strange = Read::Bounce {
            message: OrganisationId([9; 16]),
            code: "5.1.1".to_owned(),
        };
        assert!(!here.take_in(&strange, &act()).unwrap());
        assert!(!here.take_in(&Read::Other, &act()).unwrap());
    });
}

#[test]
fn mail_goes_with_the_person_even_from_the_hands_of_who_sends_it() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        let waiting = notice(&organisation, "anna@muster.example");
        let mail = next(&here, 0).unwrap();
        organisation
            .erase(&contact("anna@muster.example"), &after(1))
            .unwrap();
        assert!(!begin(&here, &mail, 2));
        ends(&here, &mail, &Delivery::Sent, 3);
        assert!(matches!(
            organisation.mail(waiting),
            Err(Error::UnknownMail)
        ));
        assert_eq!(organisation.mail_counts().unwrap(), []);
        assert!(next(&here, 1_000_000).is_none());
    });
}

#[test]
fn mail_moves_with_a_merged_contact_and_stays_readable_until_that_one_is_erased() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        let id = notice(&organisation, "bert@muster.example");
        let kept = id_of(&organisation, "anna@muster.example");
        let other = id_of(&organisation, "bert@muster.example");
        let seen = organisation.merge_view(kept, other).unwrap().seen;
        let choices: MergeChoices = operations::merge::MergeField::ALL
            .into_iter()
            .map(|field| (field, operations::merge::MergeSide::Kept))
            .collect();
        organisation
            .merge_contacts(kept, other, &choices, seen, &after(1))
            .unwrap();
        let view = organisation.mail(id).unwrap();
        assert_eq!(view.line.contact(), Some(kept));
        assert_eq!(view.said.unwrap().to, "bert@muster.example");
        let mail = next(&here, 2).unwrap();
        assert!(begin(&here, &mail, 2));
        ends(&here, &mail, &Delivery::Sent, 3);
        organisation
            .erase(&ContactRef::Id(kept), &after(4))
            .unwrap();
        assert_eq!(organisation.mail_counts().unwrap(), []);
    });
}

#[test]
fn a_mail_of_no_campaign_that_is_known_is_called_off_and_not_sent() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        let anna = id_of(&organisation, "anna@muster.example");
        let store = database.open();
        let (this, by) = (organisation.clone(), act());
        let id = store
            .write(move |tx| {
                let email = Email::parse("anna@muster.example").unwrap();
                let campaign = OrganisationId([3; 16]);
                queue_campaign(tx, &this, campaign, anna, &email, &by)
            })
            .unwrap();
        assert!(next(&here, 0).is_none());
        assert_eq!(state(&organisation, id), MailState::Cancelled);
        assert_eq!(
            organisation
                .mail_in(&[MailState::Cancelled], None, 10)
                .unwrap()
                .len(),
            1
        );
    });
}

#[test]
fn two_processes_never_send_the_same_mail() {
    on_each_engine(|database| {
        let organisation = organisation(database);
        let mut list = "E-Mail\n".to_owned();
        for number in 0..40 {
            writeln!(list, "p{number}@muster.example").unwrap();
        }
        import(&organisation, list.as_bytes());
        for number in 0..40 {
            notice(&organisation, &format!("p{number}@muster.example"));
        }
        let (one, two) = (installation(database), installation(database));
        let takes = |here: Installation| {
            std::thread::spawn(move || {
                let mut ids = Vec::new();
                while let Some(mail) = next(&here, 0) {
                    assert!(begin(&here, &mail, 0));
                    ids.push(mail.id);
                    ends(&here, &mail, &Delivery::Sent, 1);
                }
                ids
            })
        };
        let threads = [takes(one), takes(two)];
        let mut ids: Vec<_> = threads
            .into_iter()
            .flat_map(|t| t.join().unwrap())
            .collect();
        assert_eq!(ids.len(), 40);
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 40);
        let counts = organisation.mail_counts().unwrap();
        assert_eq!(counts, [(MailState::Sent, 40)]);
    });
}

#[test]
fn nothing_of_a_mail_stands_in_clear_in_the_database() {
    let database = Database::sqlite();
    let (here, organisation) = office(&database);
    notice(&organisation, "anna@muster.example");
    let mail = next(&here, 0).unwrap();
    assert!(begin(&here, &mail, 0));
    ends(&here, &mail, &Delivery::Sent, 1);
    organisation.sequence(Timestamp::now()).unwrap();
    let store::Target::Sqlite(folder) = database.target() else {
        panic!("a folder");
    };
    for file in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        for word in ["anna@muster", "Ihre Daten bei uns", "Adressh"] {
            let found = bytes
                .windows(word.len())
                .any(|window| window == word.as_bytes());
            assert!(!found, "{word}");
        }
    }
}
