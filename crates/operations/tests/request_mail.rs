//! Mail that may be a request, what has to be done before a request is closed, and deadlines by the
//! holidays of the Land. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod support;

use jiff::SignedDuration;
use jiff::civil::date;
use law::{Country, Land, Lang};
use operations::contact::Email;
use operations::mail::{MailPurpose, Outgoing, Pace, Read};
use operations::request::{
    Closing, Identity, IncomingMail, Intake, NewRequest, Outcome, RequestFault, RequestKind,
    Sorting, Whom,
};
use operations::{Error, Installation, NewOrganisation, Organisation, OrganisationId};
use store::testing::{Database, on_each_engine};
use support::{TODAY, act, act_on, consent_to_newsletter, contact, import, organisation};

const ANNA: &str = "anna@muster.example";
const STRANGER: &str = "fremd@anderswo.example";

fn office(database: &Database) -> (Installation, Organisation) {
    let organisation = organisation(database);
    import(
        &organisation,
        b"Name;E-Mail\nAnna Muster;anna@muster.example\n",
    );
    let here = support::installation(database);
    here.reached_at("https://leitplanke.example");
    let organisation = Organisation::by_id(&here, organisation.id()).unwrap();
    (here, organisation)
}

fn mail(from: &str, text: &str) -> Read {
    Read::Written(IncomingMail {
        from: Email::parse(from).unwrap(),
        name: Some("Anna M.".to_owned()),
        text: text.to_owned(),
        arrived_on: date(2026, 11, 20),
    })
}

fn sorting(kind: RequestKind, who: Option<&str>, ask: bool) -> Sorting {
    Sorting {
        kind,
        contact: who.map(contact),
        ask,
        lang: Lang::De,
    }
}

fn outgoing(here: &Installation) -> Vec<Outgoing> {
    let pace = Pace {
        per_domain: SignedDuration::from_secs(0),
        lease: SignedDuration::from_secs(600),
    };
    let mut all = Vec::new();
    while let Some(mail) = here.next_message(&pace, &act()).unwrap() {
        all.push(mail);
    }
    all
}

fn sound(organisation: &Organisation) {
    organisation.sequence(act().at).unwrap();
    let checked = organisation.verify().unwrap();
    assert!(checked.faults.is_empty(), "{:?}", checked.faults);
}

fn fault<T: std::fmt::Debug>(done: Result<T, Error>) -> RequestFault {
    match done.unwrap_err() {
        Error::Request(fault) => fault,
        other => unreachable!("{other}"),
    }
}

fn answered(not_done: &str) -> Closing {
    Closing {
        outcome: Outcome::Answered,
        text: "Das ist erledigt.".to_owned(),
        ground: None,
        told_otherwise: false,
        not_done: not_done.to_owned(),
    }
}

fn unsorted(organisation: &Organisation) -> Vec<(OrganisationId, i64)> {
    let board = organisation.requests_board(TODAY, 99).unwrap();
    let seen = |id| organisation.request_view(id, TODAY).unwrap().seen;
    let lines = board.unsorted.iter();
    lines.map(|line| (line.id, seen(line.id))).collect()
}

#[test]
fn a_mail_waits_to_be_sorted_and_its_period_runs_from_the_day_on_which_it_came() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        let text = "Auskunft\n\nWas haben Sie gespeichert?";
        for _ in 0..2 {
            // A mail that is read a second time is the same one.
            assert!(here.take_in(&mail(ANNA, text), &act()).unwrap());
        }
        let board = organisation.requests_board(TODAY, 99).unwrap();
        let line = &board.unsorted[0];
        assert_eq!(board.unsorted.len(), 1);
        assert_eq!(line.preview.as_deref(), Some(text));
        assert_eq!(
            (line.contact, line.name.as_deref()),
            (None, Some("Anna M."))
        );
        // 20 December 2026 is a Sunday.
        assert_eq!(line.due_on, date(2026, 12, 21));
        assert!(outgoing(&here).is_empty(), "nothing goes out by itself");
        sound(&organisation);
        let (id, seen) = unsorted(&organisation)[0];
        let early = organisation.close_request(id, seen, &answered(""), &act());
        assert_eq!(fault(early), RequestFault::Unsorted);
        let by_tying = organisation.tie_request(id, seen, &contact(ANNA), &act());
        assert_eq!(fault(by_tying), RequestFault::Unsorted);
        let none = sorting(RequestKind::Unsorted, Some(ANNA), true);
        let none = organisation.sort_request(id, seen, &none, &act());
        assert_eq!(fault(none), RequestFault::Unsorted);
        let access = sorting(RequestKind::Access, Some(ANNA), true);
        let went_on = organisation.sort_request(id, seen, &access, &act());
        assert_eq!(went_on.unwrap(), id);
        let again = organisation.sort_request(id, seen, &access, &act());
        assert_eq!(fault(again), RequestFault::Conflict);
        let view = organisation.request_view(id, TODAY).unwrap();
        assert_eq!(view.line.kind, RequestKind::Access);
        assert_eq!(view.line.name.as_deref(), Some("Anna Muster"));
        assert_eq!(view.line.due_on, date(2026, 12, 21));
        assert_eq!(view.line.identity, Identity::Asked);
        assert_eq!(view.said[0].text, text);
        let sent = outgoing(&here);
        assert_eq!(sent.len(), 1);
        assert_eq!(sent[0].purpose, MailPurpose::Confirmation);
        assert_eq!(sent[0].letter.to, ANNA);
        assert!(sent[0].letter.text.contains("am 20.11.2026"));
        assert!(sent[0].letter.text.contains("bis 21.12.2026"));
        let mut lines = sent[0].letter.text.lines();
        let found = lines.find_map(|row| row.split_once("/confirm/"));
        let token = found.unwrap().1.to_owned();
        let confirmed = organisation.confirm_request(&token, &act()).unwrap();
        assert_eq!(confirmed, Some(RequestKind::Access));
        sound(&organisation);
    });
}

#[test]
fn a_mail_about_what_is_asked_for_already_is_joined_and_of_a_stranger_stays_the_strangers() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        let before = NewRequest {
            whom: Whom::Contact(contact(ANNA)),
            kind: RequestKind::Access,
            intake: Intake::Phone,
            received_on: TODAY,
            text: "Am Telefon.".to_owned(),
            identity: Identity::NotNeeded,
            lang: Lang::De,
        };
        let before = organisation.receive_request(&before, &act()).unwrap();
        here.take_in(&mail(ANNA, "Wie am Telefon gesagt."), &act())
            .unwrap();
        here.take_in(&mail(STRANGER, "Löschen Sie mich."), &act())
            .unwrap();
        let of = |text: &str| {
            let mut all = unsorted(&organisation).into_iter();
            let said = |id| organisation.request_view(id, TODAY).unwrap().said;
            all.find(|(id, _)| said(*id)[0].text == text).unwrap()
        };
        outgoing(&here);
        let (id, seen) = of("Wie am Telefon gesagt.");
        let access = sorting(RequestKind::Access, Some(ANNA), false);
        let went_on = organisation.sort_request(id, seen, &access, &act());
        assert_eq!(went_on.unwrap(), before.id);
        let view = organisation.request_view(before.id, TODAY).unwrap();
        assert_eq!(view.said.len(), 2);
        assert_eq!(
            view.line.asked_on,
            date(2026, 11, 20),
            "the earlier one counts"
        );
        let sent = outgoing(&here);
        assert_eq!(sent.len(), 1, "each text has its receipt");
        assert_eq!(sent[0].purpose, MailPurpose::Receipt);
        let (id, seen) = of("Löschen Sie mich.");
        let erasure = sorting(RequestKind::Erasure, None, false);
        organisation
            .sort_request(id, seen, &erasure, &act())
            .unwrap();
        let sent = outgoing(&here);
        assert_eq!(sent[0].letter.to, STRANGER);
        assert_eq!(sent[0].purpose, MailPurpose::Receipt);
        assert_eq!(
            organisation.request_view(id, TODAY).unwrap().line.contact,
            None
        );
        sound(&organisation);
    });
}

#[test]
fn a_mail_that_is_discarded_goes_after_thirty_days_with_its_key() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        here.take_in(&mail(STRANGER, "Unser Angebot."), &act())
            .unwrap();
        let (id, seen) = unsorted(&organisation)[0];
        organisation.discard_request(id, seen, &act()).unwrap();
        assert!(unsorted(&organisation).is_empty());
        assert!(outgoing(&here).is_empty());
        let tidy = |day| organisation.tidy_requests(&act_on(day)).unwrap();
        assert_eq!(tidy(date(2026, 12, 24)), 0);
        let view = organisation.request_view(id, TODAY).unwrap();
        assert_eq!(view.said[0].text, "Unser Angebot.");
        assert_eq!(view.line.outcome, Some(Outcome::Discarded));
        assert_eq!(tidy(date(2026, 12, 25)), 1);
        let gone = organisation.request_view(id, TODAY);
        assert_eq!(fault(gone), RequestFault::Unknown);
        sound(&organisation);
    });
}

#[test]
fn a_storm_of_mail_or_one_for_nobody_certain_stays_in_the_mailbox() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        let mut taken = Vec::new();
        for number in 0..7 {
            let one = mail(STRANGER, &format!("Frage {number}"));
            taken.push(here.take_in(&one, &act()).unwrap());
        }
        assert_eq!(taken.iter().filter(|taken| **taken).count(), 5);
        assert!(here.take_in(&mail(ANNA, "Auskunft"), &act()).unwrap());
        organisation.erase(&contact(ANNA), &act()).unwrap();
        assert_eq!(unsorted(&organisation).len(), 5, "Anna's went with her");
        sound(&organisation);
        let new = NewOrganisation {
            name: "Zweite GmbH".to_owned(),
            country: Country::DE,
            land: None,
        };
        Organisation::create(&here, &new, &act()).unwrap();
        assert!(
            !here
                .take_in(&mail("neu@muster.example", "Auskunft"), &act())
                .unwrap()
        );
    });
}

#[test]
fn the_holidays_of_the_land_move_a_deadline() {
    on_each_engine(|database| {
        let here = support::installation(database);
        // Corpus Christi, 4 June 2026, is a holiday in Hesse and Bavaria and a workday in Berlin.
        // All Saints' Day, 1 November 2027, is one in Bavaria alone of these.
        let may = (date(2026, 5, 4), date(2026, 6, 4), date(2026, 6, 5));
        let october = (date(2027, 10, 1), date(2027, 11, 1), date(2027, 11, 2));
        for (land, moved) in [
            (Land::Be, [false, false]),
            (Land::He, [true, false]),
            (Land::By, [true, true]),
        ] {
            let new = NewOrganisation {
                name: format!("{land:?} GmbH"),
                country: Country::DE,
                land: Some(land),
            };
            let organisation = Organisation::create(&here, &new, &act()).unwrap();
            for ((received_on, due, later), moved) in [may, october].into_iter().zip(moved) {
                let new = NewRequest {
                    whom: Whom::Nobody("Jemand".to_owned()),
                    kind: RequestKind::Access,
                    intake: Intake::Letter,
                    received_on,
                    text: String::new(),
                    identity: Identity::NotNeeded,
                    lang: Lang::De,
                };
                let day = act_on(received_on);
                let got = organisation.receive_request(&new, &day).unwrap();
                let expected = if moved { later } else { due };
                assert_eq!(got.due_on, expected, "{land:?} {received_on}");
            }
        }
    });
}

#[test]
fn a_request_is_closed_when_it_was_done_or_with_the_reason_why_not() {
    on_each_engine(|database| {
        let (_, organisation) = office(database);
        consent_to_newsletter(&organisation, ANNA, TODAY);
        let ask = |kind| {
            let new = NewRequest {
                whom: Whom::Contact(contact(ANNA)),
                kind,
                intake: Intake::Letter,
                received_on: TODAY,
                text: String::new(),
                identity: Identity::NotNeeded,
                lang: Lang::De,
            };
            organisation.receive_request(&new, &act()).unwrap().id
        };
        let close = |id, not_done: &str| {
            let seen = organisation.request_view(id, TODAY).unwrap().seen;
            organisation.close_request(id, seen, &answered(not_done), &act())
        };
        let done = |id| organisation.request_view(id, TODAY).unwrap().done;
        for kind in [
            RequestKind::Restriction,
            RequestKind::Objection,
            RequestKind::Withdrawal,
            RequestKind::Rectification,
        ] {
            let id = ask(kind);
            assert_eq!(done(id), Some(false), "{kind:?}");
            assert_eq!(fault(close(id, " ")), RequestFault::NotDone, "{kind:?}");
            close(id, "Die Person hat es sich anders überlegt.").unwrap();
        }
        for kind in [RequestKind::Access, RequestKind::NoAutomatedDecision] {
            let id = ask(kind);
            assert_eq!(done(id), None, "{kind:?}");
            close(id, "").unwrap();
        }
        let (restriction, objection) = (ask(RequestKind::Restriction), ask(RequestKind::Objection));
        let withdrawal = ask(RequestKind::Withdrawal);
        organisation
            .take_away(
                organisation
                    .request_view(objection, TODAY)
                    .unwrap()
                    .line
                    .contact
                    .unwrap(),
                &operations::preferences::Wish::Advertising,
                &act(),
            )
            .unwrap();
        organisation
            .restrict_contact(&contact(ANNA), "Art. 18", &act())
            .unwrap();
        for id in [restriction, objection, withdrawal] {
            assert_eq!(done(id), Some(true));
            close(id, "").unwrap();
        }
        sound(&organisation);
    });
}
