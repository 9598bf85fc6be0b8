//! Requests that somebody writes in the name of another, and mailboxes that are filled so that the person
//! hears nothing. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod support;

use jiff::SignedDuration;
use law::Lang;
use operations::contact::Email;
use operations::mail::{Outgoing, Pace, Read};
use operations::request::{
    ANYBODY, Identity, IncomingMail, Intake, NewRequest, RequestFault, RequestKind, Sorting, Whom,
};
use operations::{Act, Error, Installation, Organisation, OrganisationId};
use store::testing::{Database, on_each_engine};
use support::{TODAY, act, act_on, contact, import, organisation};

const ANNA: &str = "anna@muster.example";
const LURE: &str = "Senden Sie die Auskunft an meine neue Adresse evil@attacker.example.";

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

fn ask(kind: RequestKind, text: &str, intake: Intake, identity: Identity) -> NewRequest {
    NewRequest {
        whom: Whom::Address(Email::parse(ANNA).unwrap()),
        kind,
        intake,
        received_on: TODAY,
        text: text.to_owned(),
        identity,
        lang: Lang::De,
    }
}

fn by_page(kind: RequestKind, text: &str) -> NewRequest {
    ask(kind, text, Intake::Page, Identity::Asked)
}

fn anybody() -> Act {
    Act {
        by: ANYBODY.to_owned(),
        ..act()
    }
}

fn mails(here: &Installation) -> Vec<Outgoing> {
    mails_on(here, &act())
}

fn mails_on(here: &Installation, act: &Act) -> Vec<Outgoing> {
    let pace = Pace {
        per_domain: SignedDuration::from_secs(0),
        lease: SignedDuration::from_secs(600),
    };
    let mut all = Vec::new();
    while let Some(mail) = here.next_message(&pace, act).unwrap() {
        all.push(mail);
    }
    all
}

fn tokens(mail: &Outgoing) -> Vec<String> {
    let all = mail.letter.text.lines();
    let links = all.filter(|line| line.contains("/confirm/"));
    let token = |link: &str| link.rsplit('/').next().unwrap().to_owned();
    links.map(token).collect()
}

fn texts(organisation: &Organisation, id: OrganisationId) -> Vec<(String, String)> {
    let view = organisation.request_view(id, TODAY).unwrap();
    let said = view.said.into_iter();
    said.map(|said| (said.text, said.identity)).collect()
}

fn sound(organisation: &Organisation) {
    organisation.sequence(act().at).unwrap();
    let checked = organisation.verify().unwrap();
    assert!(checked.faults.is_empty(), "{:?}", checked.faults);
}

#[test]
fn what_a_stranger_writes_never_joins_what_the_person_confirmed() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        let take = |new: &NewRequest| organisation.receive_request(new, &anybody()).unwrap();
        let owned = take(&by_page(RequestKind::Access, "Was haben Sie über mich?"));
        let link = tokens(&mails(&here)[0]).remove(0);
        organisation.confirm_request(&link, &act()).unwrap();
        for intake in [Intake::Page, Intake::Api] {
            let text = format!("{LURE} {}", intake.name());
            let lure = take(&ask(RequestKind::Access, &text, intake, Identity::Asked));
            assert!(!lure.joined && lure.id != owned.id, "{intake:?}");
            assert_eq!(texts(&organisation, lure.id), [(text, "asked".to_owned())]);
            let sent = mails(&here);
            assert_eq!(sent.len(), 1, "the person learns of it: {intake:?}");
            assert_eq!(tokens(&sent[0]).len(), 1);
            let view = organisation.request_view(lure.id, TODAY).unwrap();
            assert_eq!(view.events.last().unwrap().by, ANYBODY);
        }
        let mail = Read::Written(IncomingMail {
            from: Email::parse(ANNA).unwrap(),
            name: None,
            text: LURE.to_owned(),
            arrived_on: TODAY,
        });
        here.take_in(&mail, &act()).unwrap();
        let unsorted = organisation
            .requests_board(TODAY, 9)
            .unwrap()
            .unsorted
            .remove(0);
        let seen = organisation.request_view(unsorted.id, TODAY).unwrap().seen;
        let sorting = Sorting {
            kind: RequestKind::Access,
            contact: Some(contact(ANNA)),
            ask: true,
            lang: Lang::De,
        };
        let went_on = organisation.sort_request(unsorted.id, seen, &sorting, &act());
        assert_eq!(went_on.unwrap(), unsorted.id, "it has a link of its own");
        let said = [(
            "Was haben Sie über mich?".to_owned(),
            "confirmed".to_owned(),
        )];
        assert_eq!(texts(&organisation, owned.id), said);
        sound(&organisation);
    });
}

#[test]
fn a_click_confirms_what_stood_behind_its_link_and_nothing_that_came_later() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        let take = |new: &NewRequest| organisation.receive_request(new, &anybody()).unwrap();
        let owned = take(&by_page(
            RequestKind::Rectification,
            "Ich heiße Muster-Meier.",
        ));
        let link = tokens(&mails(&here)[0]).remove(0);
        let lure = take(&by_page(RequestKind::Rectification, LURE));
        let shown = organisation.request_to_confirm(&link).unwrap().unwrap();
        let shown: Vec<_> = shown.said.into_iter().map(|said| said.text).collect();
        assert_eq!(shown, ["Ich heiße Muster-Meier."]);
        organisation.confirm_request(&link, &act()).unwrap();
        assert_eq!(texts(&organisation, owned.id)[0].1, "confirmed");
        assert_eq!(texts(&organisation, lure.id)[0].1, "asked");
        // Who comes by their own link asks for themselves alone.
        let own = ask(
            RequestKind::Rectification,
            "Und ich wohne in Musterstadt.",
            Intake::Own,
            Identity::Confirmed,
        );
        mails(&here);
        let own = take(&own);
        assert_eq!((own.id, own.joined), (owned.id, true));
        assert_eq!(mails(&here).len(), 1, "each text has its receipt");
        assert_eq!(texts(&organisation, lure.id).len(), 1);
        sound(&organisation);
    });
}

#[test]
fn nobody_keeps_a_person_from_their_link_by_filling_the_mailbox() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        let take = |new: &NewRequest| organisation.receive_request(new, &anybody());
        for number in 0..5 {
            take(&by_page(RequestKind::Access, &format!("{LURE} {number}"))).unwrap();
        }
        assert_eq!(mails(&here).len(), 3);
        let objection = by_page(RequestKind::Objection, "Keine Werbung mehr.");
        let objection = take(&objection).unwrap();
        let identity = |id| organisation.request_view(id, TODAY).unwrap().line.identity;
        assert_eq!(
            identity(objection.id),
            Identity::Unasked,
            "the board says so"
        );
        let today = organisation.ask_about_waiting_requests(&act()).unwrap();
        assert_eq!((today, mails(&here).len()), (0, 0));
        let tomorrow = act_on(TODAY.tomorrow().unwrap());
        assert_eq!(
            organisation.ask_about_waiting_requests(&tomorrow).unwrap(),
            1
        );
        assert_eq!(
            organisation.ask_about_waiting_requests(&tomorrow).unwrap(),
            0
        );
        let sent = organisation.mail_in(&[operations::mail::MailState::Waiting], None, 9);
        assert_eq!(sent.unwrap().len(), 1);
        assert_eq!(identity(objection.id), Identity::Asked);
        // Those from the day before are tried again, since nobody said that they were sent.
        let sent = mails_on(&here, &tomorrow);
        let mail = sent
            .iter()
            .find(|mail| mail.letter.text.contains("Widerspruch"));
        let links = tokens(mail.unwrap());
        assert_eq!(links.len(), 3, "one letter about all that waits");
        let kind = |link: &String| organisation.request_to_confirm(link).unwrap().unwrap().kind;
        let owned = links
            .iter()
            .find(|link| kind(link) == RequestKind::Objection);
        organisation
            .confirm_request(owned.unwrap(), &tomorrow)
            .unwrap();
        assert_eq!(identity(objection.id), Identity::Confirmed);
        sound(&organisation);
    });
}

#[test]
fn who_comes_after_twenty_that_wait_is_told_so() {
    on_each_engine(|database| {
        let (_, organisation) = office(database);
        let take = |number: usize| {
            let new = by_page(RequestKind::Erasure, &format!("Nummer {number}"));
            organisation.receive_request(&new, &anybody())
        };
        for number in 0..20 {
            take(number).unwrap();
        }
        let refused = take(20).unwrap_err();
        assert!(matches!(refused, Error::Request(RequestFault::TooMany)));
        assert!(
            take(19).unwrap().joined,
            "the same words are the same request"
        );
        sound(&organisation);
    });
}
