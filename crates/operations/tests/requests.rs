//! What people ask for about their data, from receipt to the answer. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod support;

use jiff::SignedDuration;
use jiff::civil::{Date, date};
use law::{Channel, Lang};
use operations::access::{AccountId, NewMember, Profile, Role};
use operations::contact::Email;
use operations::mail::{MailPurpose, Outgoing, Pace};
use operations::merge::MergeChoices;
use operations::request::{
    Closing, Ground, Identity, Intake, NewRequest, Outcome, RequestFault, RequestKind, Whom,
};
use operations::{ContactRef, Error, Installation, Organisation, OrganisationId};
use store::testing::{Database, on_each_engine};
use support::{TODAY, act, act_on, consent_to_newsletter, contact, import, organisation};

const LIST: &[u8] =
    b"Name;E-Mail\nAnna Muster;anna@muster.example\nBert Muster;bert@muster.example\n";
const ANNA: &str = "anna@muster.example";
const BERT: &str = "bert@muster.example";

fn office(database: &Database) -> (Installation, Organisation) {
    let organisation = organisation(database);
    import(&organisation, LIST);
    let here = support::installation(database);
    here.reached_at("https://leitplanke.example");
    let organisation = Organisation::by_id(&here, organisation.id()).unwrap();
    (here, organisation)
}

fn id(organisation: &Organisation, who: &str) -> OrganisationId {
    let view = organisation.contact_view(&contact(who), TODAY, Lang::De);
    view.unwrap().line.id.parse().unwrap()
}

/// A request as the public page takes it.
fn by_page(email: &str, kind: RequestKind) -> NewRequest {
    NewRequest {
        whom: Whom::Address(Email::parse(email).unwrap()),
        kind,
        intake: Intake::Page,
        received_on: TODAY,
        text: "Bitte alles.".to_owned(),
        identity: Identity::Asked,
        lang: Lang::De,
    }
}

/// A request that came by letter on a day, from somebody who is certain.
fn by_letter(who: &str, kind: RequestKind, received_on: Date) -> NewRequest {
    NewRequest {
        whom: Whom::Contact(contact(who)),
        intake: Intake::Letter,
        received_on,
        identity: Identity::NotNeeded,
        ..by_page(who, kind)
    }
}

fn mails(here: &Installation) -> Vec<Outgoing> {
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

fn token(mail: &Outgoing) -> String {
    let mut lines = mail.letter.text.lines();
    let link = lines.find(|line| line.contains("/rights/")).unwrap();
    link.rsplit('/').next().unwrap().to_owned()
}

fn answer(outcome: Outcome) -> Closing {
    Closing {
        outcome,
        text: "Das haben wir geprüft.".to_owned(),
        ground: None,
        told_otherwise: false,
        not_done: "Es war nichts zu tun.".to_owned(),
    }
}

fn sound(organisation: &Organisation) {
    organisation.sequence(act().at).unwrap();
    let checked = organisation.verify().unwrap();
    assert!(checked.faults.is_empty(), "{:?}", checked.faults);
}

fn fault(error: Error) -> RequestFault {
    match error {
        Error::Request(fault) => fault,
        other => unreachable!("{other}"),
    }
}

#[test]
fn the_last_day_moves_with_short_months_and_holidays_and_an_extension_counts_from_receipt() {
    on_each_engine(|database| {
        let (_, organisation) = office(database);
        let cases = [
            // 28 February 2026 is a Saturday.
            (date(2026, 1, 31), date(2026, 3, 2), date(2026, 4, 30)),
            // One month after 5 March is 5 April 2026, Easter Sunday; Monday is a holiday too.
            (date(2026, 3, 5), date(2026, 4, 7), date(2026, 6, 5)),
            // Good Friday; and 3 June is a Wednesday.
            (date(2026, 3, 3), date(2026, 4, 7), date(2026, 6, 3)),
            // 4 June 2026 is Corpus Christi, a holiday in Hesse.
            (date(2026, 3, 4), date(2026, 4, 7), date(2026, 6, 5)),
        ];
        for (kind, (received, due, extended)) in RequestKind::RIGHTS.into_iter().zip(cases) {
            let day = act_on(received);
            let new = by_letter(ANNA, kind, received);
            let got = organisation.receive_request(&new, &day).unwrap();
            assert_eq!(got.due_on, due, "{received}");
            let view = organisation.request_view(got.id, due).unwrap();
            assert_eq!(view.may_extend_until, Some(extended));
            let extend = |until, day: Date| {
                let (id, seen) = (got.id, view.seen);
                organisation.extend_request(id, seen, until, "Viele Archive.", false, &act_on(day))
            };
            let late = extend(extended, due.tomorrow().unwrap());
            assert_eq!(fault(late.unwrap_err()), RequestFault::ExtensionLate);
            for until in [due, extended.tomorrow().unwrap()] {
                let wrong = extend(until, due).unwrap_err();
                assert_eq!(fault(wrong), RequestFault::ExtensionLength);
            }
            extend(extended, due).unwrap();
            let view = organisation.request_view(got.id, due).unwrap();
            assert_eq!((view.line.due_on, view.may_extend_until), (extended, None));
            let told = &view.events[0];
            assert_eq!(told.kind, "request.extended");
            assert_eq!(told.reason.as_deref(), Some("Viele Archive."));
        }
        sound(&organisation);
    });
}

#[test]
fn the_public_page_tells_nobody_who_is_known_and_a_link_to_the_address_confirms() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        let known = by_page(ANNA, RequestKind::Access);
        let unknown = by_page("niemand@fremd.example", RequestKind::Access);
        let known = organisation.receive_request(&known, &act()).unwrap();
        let unknown = organisation.receive_request(&unknown, &act()).unwrap();
        let mut sent = mails(&here);
        sent.sort_by(|one, other| one.letter.to.cmp(&other.letter.to));
        assert_eq!(sent.len(), 2);
        let texts: Vec<_> = sent
            .iter()
            .map(|mail| mail.letter.text.replace(&token(mail), ""))
            .collect();
        assert_eq!(texts[0], texts[1], "both read the same");
        assert!(texts[0].contains("Eine Ausweiskopie brauchen wir nicht"));
        assert!(
            sent.iter()
                .all(|mail| mail.purpose == MailPurpose::Confirmation)
        );
        let line = |request| organisation.request_view(request, TODAY).unwrap().line;
        assert_eq!(line(known.id).contact, Some(id(&organisation, ANNA)));
        assert_eq!(line(unknown.id).contact, None);
        let name = line(unknown.id).name;
        assert_eq!(name.as_deref(), Some("niemand@fremd.example"));
        for (mail, got) in sent.iter().zip([known, unknown]) {
            let token = token(mail);
            let asked = organisation.request_to_confirm(&token).unwrap();
            let asked = asked.unwrap();
            assert_eq!(asked.kind, RequestKind::Access);
            assert_eq!(asked.said[0].text, "Bitte alles.");
            let identity = || {
                organisation
                    .request_view(got.id, TODAY)
                    .unwrap()
                    .line
                    .identity
            };
            assert_eq!(identity(), Identity::Asked, "looking confirms nothing");
            assert!(
                organisation
                    .confirm_request(&token, &act())
                    .unwrap()
                    .is_some()
            );
            assert_eq!(identity(), Identity::Confirmed);
            assert!(
                organisation
                    .confirm_request(&token, &act())
                    .unwrap()
                    .is_none()
            );
        }
        assert!(organisation.confirm_request("x", &act()).unwrap().is_none());
        sound(&organisation);
    });
}

#[test]
fn a_storm_on_one_mailbox_brings_it_three_mails_and_one_request_of_each_kind() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        for _ in 0..3 {
            for kind in RequestKind::RIGHTS {
                for who in [ANNA, "niemand@fremd.example", "Niemand+x@fremd.example"] {
                    organisation
                        .receive_request(&by_page(who, kind), &act())
                        .unwrap();
                }
            }
        }
        assert_eq!(organisation.open_requests(99).unwrap().len(), 16);
        let sent = mails(&here);
        let to = |who: &str| sent.iter().filter(|mail| mail.letter.to == who).count();
        assert_eq!((to(ANNA), sent.len()), (3, 6));
        sound(&organisation);
    });
}

#[test]
fn an_objection_that_is_confirmed_stops_advertising_in_the_same_moment() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        consent_to_newsletter(&organisation, ANNA, TODAY);
        let verdict = || {
            let decided = organisation.decide(
                &contact(ANNA),
                "newsletter",
                Channel::Email,
                TODAY,
                Lang::De,
            );
            serde_json::to_value(decided.unwrap().decision.verdict).unwrap()
        };
        let new = by_page(ANNA, RequestKind::Objection);
        organisation.receive_request(&new, &act()).unwrap();
        assert_eq!(verdict(), "permitted", "anybody can name an address");
        let token = token(&mails(&here)[0]);
        organisation.confirm_request(&token, &act()).unwrap();
        assert_eq!(verdict(), "refused");
        sound(&organisation);
    });
}

#[test]
fn a_refusal_gives_reasons_and_remedies_and_needs_a_ground_that_the_law_knows() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        let new = by_letter(ANNA, RequestKind::Access, TODAY);
        let got = organisation.receive_request(&new, &act()).unwrap();
        let seen = organisation.request_view(got.id, TODAY).unwrap().seen;
        let refuse = |ground| {
            let closing = Closing {
                ground: Some(ground),
                text: "Dies ist die zwölfte Anfrage in diesem Monat.".to_owned(),
                ..answer(Outcome::Refused)
            };
            organisation.close_request(got.id, seen, &closing, &act())
        };
        // A duty to keep data speaks against erasing them, not against telling about them.
        let wrong = fault(refuse(Ground::StatutoryRetention).unwrap_err());
        assert!(matches!(wrong, RequestFault::NotCarried(_)), "{wrong:?}");
        mails(&here);
        refuse(Ground::Excessive).unwrap();
        let sent = &mails(&here)[0];
        for said in ["zwölfte Anfrage", "Art. 77 DSGVO", "Art. 79 DSGVO"] {
            assert!(sent.letter.text.contains(said), "{}", sent.letter.text);
        }
        let view = organisation.request_view(got.id, TODAY).unwrap();
        assert_eq!(view.line.outcome, Some(Outcome::Refused));
        let again = fault(refuse(Ground::Excessive).unwrap_err());
        assert_eq!(again, RequestFault::Conflict);
        sound(&organisation);
    });
}

#[test]
fn a_fee_is_asked_for_with_reasons_and_the_request_stays_open() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        let new = by_letter(ANNA, RequestKind::Access, TODAY);
        let got = organisation.receive_request(&new, &act()).unwrap();
        let seen = organisation.request_view(got.id, TODAY).unwrap().seen;
        let fee =
            |reason| organisation.charge_request(got.id, seen, ("20 Euro", reason), false, &act());
        assert!(matches!(fee(" "), Err(Error::Empty(_))));
        mails(&here);
        fee("Zwölf gleiche Anfragen.").unwrap();
        let sent = &mails(&here)[0];
        assert!(sent.letter.text.contains("20 Euro"), "{}", sent.letter.text);
        assert_eq!(organisation.open_requests(9).unwrap().len(), 1);
        sound(&organisation);
    });
}

#[test]
fn who_asked_is_learnt_later_and_the_earlier_deadline_of_two_counts() {
    on_each_engine(|database| {
        let (_, organisation) = office(database);
        let earlier = date(2026, 11, 10);
        let stranger = NewRequest {
            whom: Whom::Nobody("A. Muster".to_owned()),
            text: "Am Telefon.".to_owned(),
            intake: Intake::Phone,
            ..by_letter(ANNA, RequestKind::Access, earlier)
        };
        let first = organisation.receive_request(&stranger, &act()).unwrap();
        let letter = by_letter(ANNA, RequestKind::Access, TODAY);
        let second = organisation.receive_request(&letter, &act()).unwrap();
        assert!(!second.joined);
        let view = organisation.request_view(first.id, TODAY).unwrap();
        assert_eq!(view.address, None);
        let closed = answer(Outcome::Answered);
        let nobody = organisation.close_request(first.id, view.seen, &closed, &act());
        assert_eq!(fault(nobody.unwrap_err()), RequestFault::NoMail);
        let anna = contact(ANNA);
        let goes_on = organisation.tie_request(first.id, view.seen, &anna, &act());
        assert_eq!(goes_on.unwrap(), second.id);
        let open = organisation.open_requests(9).unwrap();
        assert_eq!(open.len(), 1);
        assert_eq!(
            (open[0].id, open[0].due_on),
            (second.id, date(2026, 12, 10))
        );
        let view = organisation.request_view(second.id, TODAY).unwrap();
        let said: Vec<_> = view.said.iter().map(|said| said.text.as_str()).collect();
        assert_eq!(said, ["Am Telefon.", "Bitte alles."]);
        let old = organisation.request_view(first.id, TODAY).unwrap();
        assert_eq!(old.line.outcome, Some(Outcome::Joined));
        assert_eq!(old.events.len(), 1, "how it came is still told");
        sound(&organisation);
    });
}

#[test]
fn two_who_work_on_one_request_do_not_undo_each_others_work() {
    on_each_engine(|database| {
        let (_, organisation) = office(database);
        let new = by_letter(ANNA, RequestKind::Erasure, TODAY);
        let got = organisation.receive_request(&new, &act()).unwrap();
        let seen = organisation.request_view(got.id, TODAY).unwrap().seen;
        let note = |identity| organisation.note_identity(got.id, seen, identity, "Rückruf", &act());
        note(Identity::Confirmed).unwrap();
        let second = fault(note(Identity::Doubtful).unwrap_err());
        assert_eq!(second, RequestFault::Conflict);
        let view = organisation.request_view(got.id, TODAY).unwrap();
        assert_eq!(view.line.identity, Identity::Confirmed);
        assert_eq!(view.events[0].reason.as_deref(), Some("Rückruf"));
        sound(&organisation);
    });
}

#[test]
fn requests_go_with_the_contact_when_it_is_merged_and_when_it_is_erased() {
    on_each_engine(|database| {
        let (_, organisation) = office(database);
        let ask = |new: &NewRequest| organisation.receive_request(new, &act()).unwrap();
        ask(&by_letter(ANNA, RequestKind::Access, TODAY));
        ask(&by_letter(BERT, RequestKind::Access, TODAY));
        ask(&by_letter(ANNA, RequestKind::Rectification, TODAY));
        let berts = ask(&by_page(BERT, RequestKind::Rectification));
        let (anna, bert) = (id(&organisation, ANNA), id(&organisation, BERT));
        let seen = organisation.merge_view(anna, bert).unwrap().seen;
        organisation
            .merge_contacts(anna, bert, &MergeChoices::new(), seen, &act())
            .unwrap();
        let open = organisation.open_requests(9).unwrap();
        assert_eq!(open.len(), 3, "the two for access are one");
        assert!(open.iter().all(|line| line.contact == Some(anna)));
        let view = organisation.request_view(berts.id, TODAY).unwrap();
        assert_eq!(view.said[0].text, "Bitte alles.");
        assert_eq!(view.events.len(), 1);
        sound(&organisation);
        // From the same mailbox, before it stood on the list.
        let before = NewRequest {
            whom: Whom::Nobody("Anna".to_owned()),
            ..by_letter(ANNA, RequestKind::Access, TODAY)
        };
        let stranger = organisation.receive_request(&before, &act()).unwrap();
        organisation.erase(&contact(ANNA), &act()).unwrap();
        let left = organisation.open_requests(9).unwrap();
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].id, stranger.id, "nothing ties it to the person");
        sound(&organisation);
    });
}

#[test]
fn what_an_unknown_mailbox_asked_goes_when_the_person_is_erased() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        let new = by_page("carla@muster.example", RequestKind::Access);
        organisation.receive_request(&new, &act()).unwrap();
        import(
            &organisation,
            b"Name;E-Mail\nCarla Muster;carla@muster.example\n",
        );
        organisation
            .erase(&contact("carla@muster.example"), &act())
            .unwrap();
        assert!(organisation.open_requests(9).unwrap().is_empty());
        assert!(mails(&here).is_empty(), "its mail went with it");
        sound(&organisation);
    });
}

#[test]
fn closed_requests_of_nobody_known_are_kept_for_three_years() {
    on_each_engine(|database| {
        let (_, organisation) = office(database);
        let new = by_page("niemand@fremd.example", RequestKind::Access);
        let got = organisation.receive_request(&new, &act()).unwrap();
        let seen = organisation.request_view(got.id, TODAY).unwrap().seen;
        let closing = answer(Outcome::NothingStored);
        organisation
            .close_request(got.id, seen, &closing, &act())
            .unwrap();
        let tidy = |day| organisation.tidy_requests(&act_on(day)).unwrap();
        assert_eq!(tidy(date(2029, 12, 31)), 0);
        assert_eq!(tidy(date(2030, 1, 1)), 1);
        let gone = organisation.request_view(got.id, TODAY).unwrap_err();
        assert_eq!(fault(gone), RequestFault::Unknown);
        sound(&organisation);
    });
}

#[test]
fn a_request_that_is_changed_behind_the_products_back_is_found() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        let new = by_page(ANNA, RequestKind::Erasure);
        organisation.receive_request(&new, &act()).unwrap();
        let token = token(&mails(&here)[0]);
        sound(&organisation);
        for change in [
            "kind = 1",
            "extended_until = due_on + 60",
            "outcome = 1, answered_on = asked_on",
            "intake = 1",
            "assigned_to = id",
            "sealed = NULL",
        ] {
            database.execute("CREATE TABLE put_aside AS SELECT * FROM request");
            database.execute(&format!("UPDATE request SET {change}"));
            let checked = organisation.verify().unwrap();
            let named = |wrong: &operations::Wrong| wrong.what.contains("request");
            assert!(checked.faults.iter().any(named), "{change}");
            let confirmed = organisation.confirm_request(&token, &act()).unwrap();
            assert!(confirmed.is_none(), "{change}");
            database.execute("DELETE FROM request");
            database.execute("INSERT INTO request SELECT * FROM put_aside");
            database.execute("DROP TABLE put_aside");
        }
        let confirmed = organisation.confirm_request(&token, &act()).unwrap();
        assert!(confirmed.is_some());
        sound(&organisation);
    });
}

#[test]
fn a_request_of_nobody_known_that_goes_with_its_key_and_no_entry_is_found() {
    on_each_engine(|database| {
        let (_, organisation) = office(database);
        let new = by_page("niemand@fremd.example", RequestKind::Access);
        let got = organisation.receive_request(&new, &act()).unwrap();
        sound(&organisation);
        database.execute("DELETE FROM message");
        database.execute("DELETE FROM request");
        database.delete_key(got.id);
        let faults = organisation.verify().unwrap().faults;
        let named = |wrong: &operations::Wrong| wrong.what.contains("request of which entry");
        assert!(faults.iter().any(named), "{faults:?}");
    });
}

#[test]
fn a_day_of_receipt_that_can_not_be_is_not_taken() {
    on_each_engine(|database| {
        let (_, organisation) = office(database);
        let on = |day| {
            let new = by_letter(ANNA, RequestKind::Access, day);
            organisation.receive_request(&new, &act()).unwrap_err()
        };
        assert!(matches!(on(date(2026, 11, 25)), Error::Future(_)));
        assert_eq!(fault(on(date(2025, 11, 23))), RequestFault::TooOld);
        let nobody = NewRequest {
            whom: Whom::Contact(ContactRef::Id(organisation.id())),
            ..by_letter(ANNA, RequestKind::Access, TODAY)
        };
        let unknown = organisation.receive_request(&nobody, &act());
        assert!(matches!(unknown, Err(Error::UnknownContact)));
    });
}

#[test]
fn whoever_works_on_a_request_is_reminded_twice_and_their_calendar_names_nobody() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        let owner = owner(&here, &organisation);
        let new = by_letter(ANNA, RequestKind::Access, TODAY);
        let got = organisation.receive_request(&new, &act()).unwrap();
        let view = organisation.request_view(got.id, TODAY).unwrap();
        let remind = |day| organisation.remind_of_requests(&act_on(day)).unwrap();
        assert_eq!(remind(date(2026, 12, 17)), 0, "nobody works on it");
        organisation
            .assign_request(got.id, view.seen, Some(owner), &act())
            .unwrap();
        let days = [
            (date(2026, 12, 16), 0),
            (date(2026, 12, 17), 1),
            (date(2026, 12, 18), 0),
            (date(2026, 12, 22), 1),
            (date(2026, 12, 25), 0),
        ];
        for (day, expected) in days {
            assert_eq!(remind(day), expected, "{day}");
        }
        let waiting = organisation.outbox().unwrap();
        assert_eq!(waiting.len(), 2);
        let token = organisation.make_request_calendar(owner, &act()).unwrap();
        let read = |token: &str| here.request_calendar(token, Lang::De, act().at).unwrap();
        let calendar = read(&token).unwrap();
        assert!(
            calendar.contains("DTSTART;VALUE=DATE:20261224\r\n"),
            "{calendar}"
        );
        let unfolded = calendar.replace("\r\n ", "");
        assert!(
            unfolded.contains("SUMMARY:Frist: Auskunft (Art. 15 DSGVO)"),
            "{unfolded}"
        );
        assert!(!calendar.to_lowercase().contains("anna"));
        assert!(calendar.split("\r\n").all(|line| line.len() <= 75));
        let next = organisation.make_request_calendar(owner, &act()).unwrap();
        assert!(read(&token).is_none(), "the new one took its place");
        assert!(organisation.end_request_calendar(owner, &act()).unwrap());
        assert!(read(&next).is_none());
        sound(&organisation);
    });
}

fn owner(here: &Installation, organisation: &Organisation) -> AccountId {
    let profile = Profile::new("Erika Beispiel", "erika@musterbau.example", Lang::De);
    let new = NewMember {
        profile: profile.unwrap(),
        role: Role::Owner,
        ends_on: None,
    };
    let invited = organisation.invite(&new, "https://leitplanke.example", &act());
    let account = invited.unwrap().account;
    // The invitation itself is no reminder.
    let waiting = here.next_mail(act().at).unwrap().unwrap();
    here.mail_sent(waiting.id).unwrap();
    account
}
