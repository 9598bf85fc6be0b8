//! What a person sets by the link in every mail, and by the one that works once.
//! All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod support;

use jiff::civil::date;
use jiff::{SignedDuration, ToSpan as _};
use law::{Channel, Lang};
use operations::contact::Email;
use operations::mail::{MailPurpose, Outgoing, Pace, Read};
use operations::preferences::{self, PERSON, PreferenceLink, Taken, Wish};
use operations::request::{Closing, Outcome, RequestKind};
use operations::{Act, Error, Installation, Organisation, OrganisationId};
use store::testing::{Database, on_each_engine};
use support::{TODAY, act, act_on, consent_to_newsletter, contact, import, organisation};

const LIST: &[u8] =
    b"Name;E-Mail\nAnna Muster;anna@muster.example\nBert Muster;bert@muster.example\n";
const ANNA: &str = "anna@muster.example";

/// The person, by a link.
fn person() -> Act {
    Act {
        by: PERSON.to_owned(),
        ..act()
    }
}

fn minutes_later(minutes: i64) -> Act {
    Act {
        at: act().at + SignedDuration::from_mins(minutes),
        ..person()
    }
}

fn office(database: &Database) -> (Installation, Organisation, OrganisationId) {
    let organisation = organisation(database);
    import(&organisation, LIST);
    let here = support::installation(database);
    here.reached_at("https://leitplanke.example");
    // The one that was opened with the organisation knows no address.
    let organisation = Organisation::by_id(&here, organisation.id()).unwrap();
    let anna = view(&organisation).line.id.parse().unwrap();
    (here, organisation, anna)
}

fn view(organisation: &Organisation) -> operations::browse::ContactView {
    organisation
        .contact_view(&contact(ANNA), TODAY, Lang::De)
        .unwrap()
}

/// What the gate says about the newsletter by e-mail, on a day.
fn verdict(organisation: &Organisation, on: jiff::civil::Date) -> String {
    let decided = organisation
        .decide(&contact(ANNA), "newsletter", Channel::Email, on, Lang::De)
        .unwrap();
    serde_json::to_value(decided.decision.verdict)
        .unwrap()
        .as_str()
        .unwrap()
        .to_owned()
}

fn entries(organisation: &Organisation) -> usize {
    view(organisation).events.len()
}

fn sound(organisation: &Organisation) {
    organisation.sequence(act().at).unwrap();
    let checked = organisation.verify().unwrap();
    assert!(checked.faults.is_empty(), "{:?}", checked.faults);
}

fn next(here: &Installation) -> Option<Outgoing> {
    let pace = Pace {
        per_domain: SignedDuration::from_secs(2),
        lease: SignedDuration::from_secs(60),
    };
    here.next_message(&pace, &act()).unwrap()
}

/// The token at the end of the link in a mail.
fn token(mail: &Outgoing) -> String {
    let link = mail.letter.text.lines().find(|line| line.contains("/me/"));
    link.unwrap().rsplit('/').next().unwrap().to_owned()
}

#[test]
fn leaving_by_the_link_in_a_mail_works_at_once_as_often_as_it_is_asked_for() {
    on_each_engine(|database| {
        let (here, organisation, anna) = office(database);
        consent_to_newsletter(&organisation, ANNA, TODAY);
        assert_eq!(verdict(&organisation, TODAY), "permitted");
        let leave = preferences::list_unsubscribe(&organisation, anna).unwrap();
        let token = leave.url.split('/').nth(4).unwrap();
        assert!(leave.url.ends_with("/one-click"));
        let mail = Read::Unsubscribe {
            token: token.to_owned(),
        };
        assert!(here.take_in(&mail, &person()).unwrap());
        assert_eq!(verdict(&organisation, TODAY), "refused");
        let so_far = entries(&organisation);
        assert!(here.take_in(&mail, &person()).unwrap());
        let wish = Wish::Channel(Channel::Email);
        let again = organisation.take_away(anna, &wish, &person()).unwrap();
        assert_eq!(again, Taken::Already);
        assert_eq!(entries(&organisation), so_far);
        let newest = &view(&organisation).events[0];
        assert_eq!(
            (newest.kind.as_str(), newest.by.as_str()),
            ("objection.recorded", PERSON)
        );
        sound(&organisation);
    });
}

#[test]
fn a_token_of_nobody_here_takes_nothing() {
    on_each_engine(|database| {
        let (here, organisation, anna) = office(database);
        let link = PreferenceLink::read(&organisation.preference_token(anna)).unwrap();
        assert_eq!(organisation.preference_contact(&link), Some(anna));
        let mut token = organisation.preference_token(anna).into_bytes();
        token[50] = if token[50] == b'A' { b'B' } else { b'A' };
        let forged = String::from_utf8(token).unwrap();
        for token in [&forged, "", "nonsense"] {
            let mail = Read::Unsubscribe {
                token: token.to_owned(),
            };
            assert!(!here.take_in(&mail, &person()).unwrap(), "{token}");
        }
        assert_eq!(entries(&organisation), 1, "the import alone");
    });
}

#[test]
fn a_no_to_one_subject_leaves_the_others() {
    on_each_engine(|database| {
        let (_, organisation, anna) = office(database);
        consent_to_newsletter(&organisation, ANNA, TODAY);
        let topics = organisation.topics().unwrap();
        assert!(topics.iter().any(|topic| topic.activity == "newsletter"));
        let other = topics.iter().find(|topic| topic.activity != "newsletter");
        let wish = |activity: &str| Wish::Topic {
            activity: activity.to_owned(),
            channel: None,
        };
        let other = wish(&other.unwrap().activity);
        let done = organisation.take_away(anna, &other, &person()).unwrap();
        assert_eq!(done, Taken::Done);
        assert_eq!(verdict(&organisation, TODAY), "permitted");
        let none = organisation.take_away(anna, &wish("payroll"), &person());
        assert!(matches!(none, Err(Error::Purpose(_))));
        organisation
            .take_away(anna, &wish("newsletter"), &person())
            .unwrap();
        assert_eq!(verdict(&organisation, TODAY), "refused");
        let again = organisation
            .take_away(anna, &wish("newsletter"), &person())
            .unwrap();
        assert_eq!(again, Taken::Already);
        sound(&organisation);
    });
}

#[test]
fn a_no_to_profiles_leaves_the_newsletter() {
    on_each_engine(|database| {
        let (_, organisation, anna) = office(database);
        consent_to_newsletter(&organisation, ANNA, TODAY);
        let done = organisation.take_away(anna, &Wish::Profiling, &person());
        assert_eq!(done.unwrap(), Taken::Done);
        assert_eq!(verdict(&organisation, TODAY), "permitted");
        let standing = organisation.standing(anna, TODAY).unwrap();
        assert_eq!(standing.objections[0].channels, [Channel::Profiling]);
    });
}

#[test]
fn a_pause_ends_by_itself_and_keeps_the_consent() {
    on_each_engine(|database| {
        let (_, organisation, anna) = office(database);
        consent_to_newsletter(&organisation, ANNA, TODAY);
        assert!(
            organisation
                .take_away(anna, &Wish::Pause(7), &person())
                .is_err()
        );
        let pause = Wish::Pause(30);
        let done = organisation.take_away(anna, &pause, &person()).unwrap();
        assert_eq!(done, Taken::Done);
        let again = organisation.take_away(anna, &pause, &person()).unwrap();
        assert_eq!(again, Taken::Already);
        let end = TODAY.saturating_add(30.days());
        assert_eq!(verdict(&organisation, TODAY), "refused");
        assert_eq!(verdict(&organisation, end.yesterday().unwrap()), "refused");
        assert_eq!(verdict(&organisation, end), "permitted");
        assert_eq!(view(&organisation).events[0].kind, "advertising.paused");
        sound(&organisation);
    });
}

#[test]
fn an_objection_is_taken_back_by_the_person_and_grants_nothing() {
    on_each_engine(|database| {
        let (_, organisation, anna) = office(database);
        consent_to_newsletter(&organisation, ANNA, TODAY);
        organisation
            .take_away(anna, &Wish::Advertising, &person())
            .unwrap();
        let standing = organisation.standing(anna, TODAY).unwrap();
        assert!(standing.consents.is_empty(), "withdrawn with it");
        let [still] = &standing.objections[..] else {
            panic!("one objection: {standing:?}");
        };
        organisation
            .lift_objection(anna, still.id, &person())
            .unwrap();
        let twice = organisation.lift_objection(anna, still.id, &person());
        assert!(matches!(twice, Err(Error::NothingToTakeBack(_))));
        assert!(
            organisation
                .standing(anna, TODAY)
                .unwrap()
                .objections
                .is_empty()
        );
        assert_eq!(
            verdict(&organisation, TODAY),
            "refused",
            "the consent is withdrawn"
        );
        sound(&organisation);
        // A new consent counts from the next day on, and an objection after it does too.
        let tomorrow = Act {
            by: PERSON.to_owned(),
            ..act_on(TODAY.tomorrow().unwrap())
        };
        let offers = organisation.offers(anna, Lang::De).unwrap();
        let offer = offers.iter().find(|offer| offer.activity == "newsletter");
        let offer = offer.unwrap();
        let given = organisation
            .give_consent(
                anna,
                &offer.wording,
                "newsletter",
                &offer.sha256,
                Lang::De,
                &tomorrow,
            )
            .unwrap();
        assert!(given.defects.is_empty(), "{:?}", given.defects);
        assert_eq!(verdict(&organisation, tomorrow.today), "permitted");
        let told = view(&organisation).events[0].told.text.clone();
        assert_eq!(told.as_ref(), Some(&offer.text), "word for word");
        let old = organisation.give_consent(
            anna,
            "newsletter@0",
            "newsletter",
            &offer.sha256,
            Lang::De,
            &tomorrow,
        );
        assert!(matches!(old, Err(Error::Purpose(_))));
        organisation
            .take_away(anna, &Wish::Advertising, &tomorrow)
            .unwrap();
        assert_eq!(verdict(&organisation, tomorrow.today), "refused");
        sound(&organisation);
    });
}

#[test]
fn the_way_to_ones_own_data_is_mailed_works_once_and_is_not_mailed_often() {
    on_each_engine(|database| {
        let (here, organisation, anna) = office(database);
        for _ in 0..5 {
            organisation
                .send_own_link(anna, Lang::De, &person())
                .unwrap();
        }
        let mail = next(&here).unwrap();
        assert_eq!(mail.purpose, MailPurpose::Link);
        assert_eq!(mail.letter.to, ANNA);
        let mut more = 0;
        while next(&here).is_some() {
            more += 1;
        }
        assert_eq!(more, 2, "three within a day");
        let token = token(&mail);
        let now = act().at;
        for _ in 0..3 {
            let seen = here.own_link(&token, now).unwrap().unwrap();
            assert_eq!((seen.contact, seen.organisation), (anna, organisation.id()));
        }
        assert!(here.own_visit(&token, now).unwrap().is_none());
        let visit = here.open_own_link(&token, &person()).unwrap().unwrap();
        assert!(here.open_own_link(&token, &person()).unwrap().is_none());
        assert!(here.own_link(&token, now).unwrap().is_none());
        let seen = here.own_visit(&visit, minutes_later(29).at).unwrap();
        assert_eq!(seen.unwrap().contact, anna);
        assert!(
            here.own_visit(&visit, minutes_later(31).at)
                .unwrap()
                .is_none()
        );
        here.end_own_visit(&visit, &person()).unwrap();
        assert!(here.own_visit(&visit, now).unwrap().is_none());
        assert_eq!(view(&organisation).events[0].kind, "own_data.opened");
        sound(&organisation);
    });
}

#[test]
fn a_link_that_nobody_uses_for_half_an_hour_opens_nothing() {
    on_each_engine(|database| {
        let (here, organisation, anna) = office(database);
        organisation
            .send_own_link(anna, Lang::De, &person())
            .unwrap();
        let token = token(&next(&here).unwrap());
        assert!(
            here.open_own_link(&token, &minutes_later(31))
                .unwrap()
                .is_none()
        );
        assert!(
            here.open_own_link(&token, &minutes_later(29))
                .unwrap()
                .is_some()
        );
    });
}

#[test]
fn a_new_address_counts_only_after_a_mail_to_it_was_confirmed() {
    on_each_engine(|database| {
        let (here, organisation, anna) = office(database);
        let new = Email::parse("anna@neu.example").unwrap();
        organisation
            .ask_new_address(anna, &new, Lang::De, &person())
            .unwrap();
        assert_eq!(view(&organisation).emails, [ANNA]);
        let mail = next(&here).unwrap();
        assert_eq!(mail.letter.to, "anna@neu.example");
        let token = token(&mail);
        assert!(here.open_own_link(&token, &person()).unwrap().is_none());
        assert!(here.new_address(&token, act().at).unwrap().is_some());
        assert!(here.confirm_address(&token, &person()).unwrap());
        assert!(!here.confirm_address(&token, &person()).unwrap());
        let view = organisation
            .contact_view(&contact("anna@neu.example"), TODAY, Lang::De)
            .unwrap();
        assert_eq!(view.emails, ["anna@neu.example"]);
        sound(&organisation);
    });
}

#[test]
fn who_was_merged_leaves_by_the_old_link_and_who_was_erased_is_told_that_nothing_is_stored() {
    on_each_engine(|database| {
        let (here, organisation, anna) = office(database);
        let bert = contact("bert@muster.example");
        let line = organisation
            .contact_view(&bert, TODAY, Lang::De)
            .unwrap()
            .line;
        let bert: OrganisationId = line.id.parse().unwrap();
        organisation
            .take_request(bert, RequestKind::Access, &person())
            .unwrap();
        organisation
            .send_own_link(bert, Lang::De, &person())
            .unwrap();
        let seen = organisation.merge_view(anna, bert).unwrap().seen;
        organisation
            .merge_contacts(
                anna,
                bert,
                &operations::merge::MergeChoices::new(),
                seen,
                &act(),
            )
            .unwrap();
        let done = organisation.take_away(bert, &Wish::Advertising, &person());
        assert_eq!(done.unwrap(), Taken::Done);
        assert_eq!(verdict(&organisation, TODAY), "refused");
        let open = organisation.open_requests(9).unwrap();
        assert_eq!(open.len(), 1);
        assert_eq!(open[0].contact, Some(anna));
        sound(&organisation);
        organisation.erase(&contact(ANNA), &act()).unwrap();
        for id in [anna, bert] {
            let done = organisation.take_away(id, &Wish::Advertising, &person());
            assert_eq!(done.unwrap(), Taken::NothingStored);
            organisation.send_own_link(id, Lang::De, &person()).unwrap();
        }
        assert!(next(&here).is_none(), "its mail went with it");
        assert!(organisation.open_requests(9).unwrap().is_empty());
        sound(&organisation);
    });
}

#[test]
fn a_request_is_due_within_a_month_and_waits_until_it_is_answered() {
    on_each_engine(|database| {
        let (_, organisation, anna) = office(database);
        let ask = |kind| organisation.take_request(anna, kind, &person()).unwrap();
        // The 24th of December is a Thursday in 2026.
        assert_eq!(ask(RequestKind::Access), date(2026, 12, 24));
        assert_eq!(ask(RequestKind::Access), date(2026, 12, 24));
        ask(RequestKind::Erasure);
        let open = organisation.open_requests(9).unwrap();
        assert_eq!(open.len(), 2);
        assert_eq!(open[0].name.as_deref(), Some("Anna Muster"));
        let seen = organisation.request_view(open[0].id, TODAY).unwrap().seen;
        let closing = Closing {
            outcome: Outcome::Answered,
            text: "Am Telefon beantwortet.".to_owned(),
            ground: None,
            told_otherwise: true,
            not_done: String::new(),
        };
        let close = || organisation.close_request(open[0].id, seen, &closing, &act());
        assert!(close().is_ok());
        assert!(close().is_err());
        assert_eq!(organisation.open_requests(9).unwrap().len(), 1);
        sound(&organisation);
    });
}
