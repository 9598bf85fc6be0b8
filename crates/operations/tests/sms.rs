//! Consents that name calls carry them once a code that was sent to the number was entered, and not
//! before. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod support;

use std::cell::RefCell;
use std::collections::BTreeMap;

use jiff::SignedDuration;
use law::{Channel, Lang};
use operations::lead_form::{Answers, Link};
use operations::mail::{MailPurpose, Pace};
use operations::merge::MergeChoices;
use operations::preferences::PERSON;
use operations::sms::{Asked, Entered, NumberStep, Sms, SmsCap, SmsEnd};
use operations::{
    Act, ContactRef, Error, EvidenceFilter, Installation, NewOrganisation, Organisation,
};
use register::FormField;
use store::testing::{Database, on_each_engine};
use support::{act, contact, installation};

const FORM: &str = "whitepaper-cooling";
const ANNA: &str = "anna@muster.example";
const NUMBER: &str = "+4915123456789";
const OTHER: &str = "+4915198765432";
const LEASE: SignedDuration = SignedDuration::from_secs(20);

fn after(seconds: i64) -> Act {
    Act {
        at: act().at + SignedDuration::from_secs(seconds),
        by: PERSON.to_owned(),
        ..act()
    }
}

/// The sample register, with a consent to calls, messages, fax and mail at the form.
fn register() -> String {
    register::SAMPLE
        .replace(
            "channels = [\"email\", \"storing\"]\nmeasures = [\"access-control\", \"encryption\"]\n\n[[activity.retention]]\nstart = \"consent_withdrawal\"",
            "channels = [\"email\", \"storing\", \"phone\", \"sms\", \"fax\"]\nmeasures = [\"access-control\", \"encryption\"]\n\n[[activity.retention]]\nstart = \"consent_withdrawal\"",
        )
        .replace(
            "version = 2\npurposes = [\"newsletter\"]\nchannels = [\"email\"]",
            "version = 2\npurposes = [\"newsletter\"]\nchannels = [\"email\", \"phone\", \"sms\", \"fax\"]",
        )
        .replacen(
            "[[form.question]]\nfield = \"company\"",
            "[[form.question]]\nfield = \"phone\"\nwhy_de = \"Freiwillig: für Rückfragen.\"\n\
             why_en = \"Optional: for questions.\"\n\n[[form.question]]\nfield = \"company\"",
            1,
        )
}

fn office(database: &Database, gateway: bool) -> (Installation, Organisation) {
    let here = installation(database);
    here.reached_at("https://leitplanke.example");
    if gateway {
        here.has_sms_gateway();
    }
    let new = NewOrganisation {
        name: "Musterbau Maschinen GmbH".to_owned(),
        country: law::Country::DE,
        land: Some(law::Land::He),
    };
    let own = Organisation::create(&here, &new, &act()).unwrap();
    own.apply_register(&register(), &act()).unwrap();
    (here, own)
}

/// A form that was sent with every box ticked and confirmed by mail: what is to be done about the
/// number, and what opens the page for it.
fn confirmed(own: &Organisation, email: &str, number: &str, at: &Act) -> (NumberStep, String) {
    let shown_at = at.at - SignedDuration::from_secs(15);
    let form = own.show_form(FORM, Lang::De, None, shown_at).unwrap();
    let answers = Answers {
        ticket: form.ticket.clone(),
        fields: BTreeMap::from([
            (FormField::Email, email.to_owned()),
            (FormField::Phone, number.to_owned()),
        ]),
        consents: form.consents.iter().map(|c| c.key.clone()).collect(),
        ..Answers::default()
    };
    let token = RefCell::new(String::new());
    own.submit_form(FORM, &answers, at, |given| {
        given.clone_into(&mut token.borrow_mut());
        String::new()
    })
    .unwrap();
    let done = own.confirm_form(&token.into_inner(), at, |link| match link {
        Link::File { .. } | Link::Preferences { .. } => String::new(),
    });
    let done = done.unwrap();
    (done.number, done.number_token.unwrap_or_default())
}

/// The gateway takes the message that is due.
fn sent(here: &Installation, at: &Act) -> Sms {
    let sms = here.next_sms(LEASE, at).unwrap().unwrap();
    here.sms_ended(&sms, SmsEnd::Taken, at).unwrap();
    sms
}

fn code(sms: &Sms) -> String {
    let digits = sms.text.split(|c: char| !c.is_ascii_digit());
    digits
        .into_iter()
        .find(|word| word.len() == 6)
        .unwrap()
        .to_owned()
}

/// Six digits that are not the code.
fn wrong(code: &str) -> String {
    let number: u32 = code.parse().unwrap();
    format!("{:06}", (number + 1) % 1_000_000)
}

/// What the gate says about the newsletter over a channel.
fn verdict(own: &Organisation, who: &ContactRef, channel: Channel) -> String {
    let today = act().today;
    let decided = own.decide(who, "newsletter", channel, today, Lang::De);
    let decision = decided.unwrap().decision;
    let verdict = serde_json::to_value(decision.verdict).unwrap();
    verdict.as_str().unwrap().to_owned()
}

fn entries(own: &Organisation, kind: &str) -> Vec<String> {
    let filter = EvidenceFilter {
        kind: Some(kind.to_owned()),
        ..EvidenceFilter::default()
    };
    let page = own.evidence_page(&filter, None, 100).unwrap();
    let views = page
        .lines
        .iter()
        .map(|line| own.evidence_entry(line.entry).unwrap());
    views
        .map(|view| view.content.unwrap_or_default().to_string())
        .collect()
}

fn sound(own: &Organisation) {
    own.sequence(act().at).unwrap();
    let checked = own.verify().unwrap();
    assert!(checked.faults.is_empty(), "{:?}", checked.faults);
}

#[test]
fn a_call_is_permitted_only_after_the_code_that_was_sent_to_the_number() {
    on_each_engine(|database| {
        let (here, own) = office(database, true);
        let (step, token) = confirmed(&own, ANNA, "0151 23456789", &act());
        assert_eq!(step, NumberStep::Code("+49 ••• ••89".to_owned()));
        let who = contact(ANNA);
        assert_eq!(verdict(&own, &who, Channel::Email), "permitted");
        for channel in [Channel::Phone, Channel::Sms, Channel::Fax] {
            assert_eq!(verdict(&own, &who, channel), "refused", "{channel:?}");
        }
        let page = here.number_proof(&token, act().at).unwrap().unwrap();
        assert!(!page.under_way && page.consents[0].text.starts_with("Ja, die Musterbau"));
        assert!(
            here.next_sms(LEASE, &act()).unwrap().is_none(),
            "looking sends nothing"
        );

        assert_eq!(
            here.send_code(&token, Lang::De, &after(1)).unwrap(),
            Asked::Sent
        );
        let sms = sent(&here, &after(3));
        assert_eq!(sms.to, NUMBER);
        let words = format!("Musterbau Maschinen GmbH: Ihr Code ist {},", code(&sms));
        assert!(sms.text.starts_with(&words) && sms.text.contains("10 Minuten"));
        assert!(
            here.number_proof(&token, after(4).at)
                .unwrap()
                .unwrap()
                .under_way
        );
        // As long as it works, the code stands nowhere in the evidence.
        let told = entries(&own, "sms.sent");
        assert!(told.len() == 1 && told[0].contains("{code}") && told[0].contains(NUMBER));
        assert!(!told[0].contains(&code(&sms)));

        let spaced = format!(" {} {} ", &code(&sms)[..3], &code(&sms)[3..]);
        assert_eq!(
            here.enter_code(&token, &spaced, &after(60)).unwrap(),
            Entered::Confirmed
        );
        assert_eq!(verdict(&own, &who, Channel::Phone), "permitted");
        assert_eq!(verdict(&own, &who, Channel::Sms), "permitted");
        assert_eq!(verdict(&own, &who, Channel::Email), "permitted");
        assert_eq!(
            verdict(&own, &who, Channel::Fax),
            "refused",
            "a code proves no fax machine"
        );
        let told = entries(&own, "sms.confirmed");
        assert_eq!(told.len(), 1);
        for part in [NUMBER, &sms.text, "sent_at", "confirmed_at", "\"phone\""] {
            assert!(told[0].contains(part), "{part} in {}", told[0]);
        }
        let recorded = entries(&own, "consent.recorded");
        let by_code = recorded
            .iter()
            .find(|entry| entry.contains("\"sms_code\""))
            .unwrap();
        assert!(by_code.contains("Ja, die Musterbau") && by_code.contains(NUMBER));
        assert_eq!(
            own.number_step(id(&own, ANNA), act().at).unwrap(),
            NumberStep::None
        );
        let offered = own.offers(id(&own, ANNA), Lang::De).unwrap();
        assert!(
            offered.iter().all(|offer| offer.activity != "newsletter"),
            "it was given"
        );
        sound(&own);
    });
}

fn id(own: &Organisation, who: &str) -> operations::OrganisationId {
    let view = own.contact_view(&contact(who), act().today, Lang::De);
    view.unwrap().line.id.parse().unwrap()
}

#[test]
fn five_wrong_codes_end_one_and_a_replay_or_a_late_code_leaves_a_trace() {
    on_each_engine(|database| {
        let (here, own) = office(database, true);
        let (_, token) = confirmed(&own, ANNA, NUMBER, &act());
        let who = contact(ANNA);
        let enter = |code: &str, seconds| here.enter_code(&token, code, &after(seconds)).unwrap();
        assert_eq!(enter("000000", 0), Entered::Wrong, "none was sent");
        here.send_code(&token, Lang::De, &act()).unwrap();
        let first = code(&sent(&here, &after(1)));
        assert_eq!(enter("12345", 2), Entered::Unreadable);
        assert_eq!(enter("abcdef", 2), Entered::Unreadable);
        for seconds in 2..7 {
            assert_eq!(enter(&wrong(&first), seconds), Entered::Wrong);
        }
        assert_eq!(enter(&first, 8), Entered::Wrong, "it is dead");
        assert_eq!(entries(&own, "sms.code_refused").len(), 6);
        assert!(
            !here
                .number_proof(&token, after(8).at)
                .unwrap()
                .unwrap()
                .under_way
        );

        here.send_code(&token, Lang::De, &after(100)).unwrap();
        let second = code(&sent(&here, &after(101)));
        if second != first {
            assert_eq!(enter(&first, 102), Entered::Wrong, "the one before");
        }
        assert_eq!(
            enter(&second, 101 + 600),
            Entered::Wrong,
            "after ten minutes"
        );
        let told = entries(&own, "sms.code_refused");
        assert!(told.iter().any(|entry| entry.contains("run_out")));
        assert_eq!(verdict(&own, &who, Channel::Phone), "refused");

        here.send_code(&token, Lang::De, &after(800)).unwrap();
        let third = code(&sent(&here, &after(801)));
        assert_eq!(enter(&third, 802), Entered::Confirmed);
        assert_eq!(verdict(&own, &who, Channel::Phone), "permitted");
        let recorded = entries(&own, "consent.recorded").len();
        assert_eq!(enter(&third, 803), Entered::Gone, "the page was used");
        let told = entries(&own, "sms.code_refused");
        assert!(told.iter().any(|entry| entry.contains("replayed")));
        assert_eq!(entries(&own, "consent.recorded").len(), recorded);
        // A replay without end fills nothing.
        for seconds in 0..40 {
            enter(&third, 900 + seconds);
        }
        assert!(entries(&own, "sms.code_refused").len() < 40);
        assert!(here.send_code(&token, Lang::De, &after(1000)).unwrap() == Asked::Gone);
        sound(&own);
    });
}

#[test]
fn what_is_changed_in_the_database_lets_no_code_work_longer_more_often_or_for_more() {
    on_each_engine(|database| {
        let (here, own) = office(database, true);
        let (_, token) = confirmed(&own, ANNA, NUMBER, &act());
        let enter = |code: &str, seconds| here.enter_code(&token, code, &after(seconds)).unwrap();
        here.send_code(&token, Lang::De, &act()).unwrap();
        let first = code(&sent(&here, &after(1)));
        // Guessing goes on, since nobody counts.
        for seconds in 2..12 {
            let uncounted = "UPDATE sms_code SET wrong = 0, entered = 100, state = 3";
            assert_eq!(database.execute(uncounted), 1);
            assert_eq!(enter(&wrong(&first), seconds), Entered::Wrong);
        }
        let refused = entries(&own, "sms.code_refused");
        let counted = |entry: &&String| entry.contains("\"wrong\",");
        assert_eq!(refused.iter().filter(counted).count(), 5, "{refused:?}");
        database.execute("UPDATE sms_code SET wrong = 0, state = 3");
        assert_eq!(enter(&first, 13), Entered::Wrong, "it is dead all the same");

        // Longer than ten minutes.
        here.send_code(&token, Lang::De, &after(100)).unwrap();
        let second = code(&sent(&here, &after(101)));
        database.execute("UPDATE sms_code SET expires_at = expires_at + 3600000");
        assert_eq!(enter(&second, 101 + 601), Entered::Wrong);

        // For a consent that did not wait, or a second time.
        here.send_code(&token, Lang::De, &after(800)).unwrap();
        let third = code(&sent(&here, &after(801)));
        let newest = "created_at = (SELECT MAX(created_at) FROM sms_code)";
        let mut asked = Vec::new();
        database.change_bytes(("sms_code", "consents"), newest, |own| {
            asked.clone_from(own);
            own.extend([7; 16]);
        });
        assert_eq!(enter(&third, 802), Entered::Wrong);
        database.change_bytes(("sms_code", "consents"), newest, |own| {
            own.clone_from(&asked);
        });
        let mut sealed = Vec::new();
        database.change_bytes(("sms_code", "sealed"), newest, |own| sealed.clone_from(own));
        assert_eq!(enter(&third, 803), Entered::Confirmed);
        sound(&own);
        assert_eq!(
            database.execute("UPDATE own_link SET used_at = NULL WHERE purpose = 4"),
            1
        );
        assert!(
            own.verify()
                .unwrap()
                .faults
                .iter()
                .any(|wrong| wrong.what.contains("link"))
        );
        let again = format!(
            "UPDATE sms_code SET state = 3, confirmed_at = NULL, sealed = code WHERE {newest}"
        );
        assert_eq!(database.execute(&again), 1);
        database.change_bytes(("sms_code", "sealed"), newest, |own| {
            own.clone_from(&sealed);
        });
        assert_eq!(enter(&third, 804), Entered::Gone);
        assert!(
            entries(&own, "sms.code_refused")
                .iter()
                .any(|entry| entry.contains("replayed"))
        );
    });
}

#[test]
fn a_code_proves_nothing_for_another_contact_or_number() {
    on_each_engine(|database| {
        let (here, own) = office(database, true);
        let (_, anna) = confirmed(&own, ANNA, NUMBER, &act());
        let (_, bert) = confirmed(&own, "bert@muster.example", OTHER, &act());
        here.send_code(&anna, Lang::De, &act()).unwrap();
        let annas = sent(&here, &after(1));
        here.send_code(&bert, Lang::De, &after(2)).unwrap();
        let berts = sent(&here, &after(3));
        assert_eq!((annas.to.as_str(), berts.to.as_str()), (NUMBER, OTHER));
        if code(&annas) != code(&berts) {
            let entered = here.enter_code(&bert, &code(&annas), &after(4)).unwrap();
            assert_eq!(entered, Entered::Wrong);
        }
        let who = contact("bert@muster.example");
        assert_eq!(verdict(&own, &who, Channel::Phone), "refused");
        // Anna has another number by now.
        let (mut now, seen) = own.correctable(&contact(ANNA)).unwrap();
        now.fields.phones.clear();
        own.correct_contact(&contact(ANNA), &now, seen, &after(5))
            .unwrap();
        let entered = here.enter_code(&anna, &code(&annas), &after(6)).unwrap();
        assert_eq!(entered, Entered::Wrong);
        let told = entries(&own, "sms.code_refused");
        assert!(told.iter().any(|entry| entry.contains("other_number")));
        assert_eq!(verdict(&own, &contact(ANNA), Channel::Phone), "refused");
        sound(&own);
    });
}

#[test]
fn a_number_gets_three_codes_a_day_whoever_asks_and_an_organisation_sixty_an_hour() {
    on_each_engine(|database| {
        let (here, own) = office(database, true);
        let mut asked = Vec::new();
        for who in 0..2 {
            let (_, token) = confirmed(&own, &format!("a{who}@muster.example"), NUMBER, &act());
            for minutes in [0, 3] {
                let at = after(who * 600 + minutes * 60);
                asked.push(here.send_code(&token, Lang::De, &at).unwrap());
                // Pressed twice: one message.
                here.send_code(&token, Lang::De, &at).unwrap();
            }
        }
        let three = [
            Asked::Sent,
            Asked::Sent,
            Asked::Sent,
            Asked::EnoughForNumber,
        ];
        assert_eq!(asked, three);
        let mut last = Asked::Sent;
        for who in 0..58 {
            let number = format!("+4915111{:06}", 100_000 + who);
            let email = format!("b{who}@muster.example");
            let (_, token) = confirmed(&own, &email, &number, &after(1000));
            last = here.send_code(&token, Lang::De, &after(1000)).unwrap();
        }
        assert_eq!(last, Asked::Later);
        here.tidy_sms(after(90_000).at).unwrap();
        assert_eq!(
            database.execute("DELETE FROM sms_code"),
            0,
            "they are forgotten"
        );
    });
}

#[test]
fn a_message_that_was_not_taken_is_tried_again_as_the_same_one_and_not_too_late() {
    on_each_engine(|database| {
        let (here, own) = office(database, true);
        let (_, token) = confirmed(&own, ANNA, NUMBER, &act());
        here.send_code(&token, Lang::De, &act()).unwrap();
        let first = here.next_sms(LEASE, &act()).unwrap().unwrap();
        assert!(
            here.next_sms(LEASE, &after(1)).unwrap().is_none(),
            "it is being tried"
        );
        here.sms_ended(&first, SmsEnd::Failed, &after(1)).unwrap();
        assert!(
            here.next_sms(LEASE, &after(1)).unwrap().is_none(),
            "it waits"
        );
        // The process ends in the midst of the second try; another goes on after the lease.
        let second = here.next_sms(LEASE, &after(4)).unwrap().unwrap();
        let third = here.next_sms(LEASE, &after(30)).unwrap().unwrap();
        assert!(first.id == second.id && second.id == third.id && first.text == third.text);
        here.sms_ended(&second, SmsEnd::Refused, &after(31))
            .unwrap();
        assert!(entries(&own, "sms.given_up").is_empty(), "its try was over");
        // It arrived before the answer of the gateway: the code counts all the same.
        let entered = here.enter_code(&token, &code(&third), &after(32)).unwrap();
        assert_eq!(entered, Entered::Confirmed);
        here.sms_ended(&third, SmsEnd::Taken, &after(33)).unwrap();
        assert_eq!(entries(&own, "sms.sent").len(), 1);

        let (_, token) = confirmed(&own, "bert@muster.example", OTHER, &act());
        here.send_code(&token, Lang::De, &after(100)).unwrap();
        assert!(
            here.next_sms(LEASE, &after(701)).unwrap().is_none(),
            "nobody waits any more"
        );
        assert!(entries(&own, "sms.given_up")[0].contains("too_late"));
        here.send_code(&token, Lang::De, &after(800)).unwrap();
        let sms = here.next_sms(LEASE, &after(800)).unwrap().unwrap();
        here.sms_ended(&sms, SmsEnd::Refused, &after(801)).unwrap();
        assert_eq!(entries(&own, "sms.given_up").len(), 2);
        sound(&own);
    });
}

#[test]
fn who_is_erased_meanwhile_gets_no_message_and_leaves_no_code() {
    on_each_engine(|database| {
        let (here, own) = office(database, true);
        let (_, token) = confirmed(&own, ANNA, NUMBER, &act());
        here.send_code(&token, Lang::De, &act()).unwrap();
        let sms = here.next_sms(LEASE, &act()).unwrap().unwrap();
        own.erase(&contact(ANNA), &after(1)).unwrap();
        here.sms_ended(&sms, SmsEnd::Taken, &after(2)).unwrap();
        assert_eq!(
            here.enter_code(&token, &code(&sms), &after(3)).unwrap(),
            Entered::Gone
        );
        assert_eq!(
            here.send_code(&token, Lang::De, &after(3)).unwrap(),
            Asked::Gone
        );
        assert_eq!(database.execute("DELETE FROM sms_code"), 0);
        // Somebody else names the number: it gets nothing, and the pages do not tell.
        let (step, token) = confirmed(&own, "eve@muster.example", NUMBER, &after(10));
        assert_eq!(step, NumberStep::Code("+49 ••• ••89".to_owned()));
        assert_eq!(
            here.send_code(&token, Lang::De, &after(11)).unwrap(),
            Asked::Sent
        );
        assert!(here.next_sms(LEASE, &after(11)).unwrap().is_none());
        assert_eq!(
            here.enter_code(&token, "123456", &after(12)).unwrap(),
            Entered::Wrong
        );
        sound(&own);
    });
}

#[test]
fn a_merge_ends_codes_and_they_still_count() {
    on_each_engine(|database| {
        let (here, own) = office(database, true);
        let (_, anna) = confirmed(&own, ANNA, NUMBER, &act());
        confirmed(&own, "anna.muster@muster.example", OTHER, &act());
        here.send_code(&anna, Lang::De, &act()).unwrap();
        let sms = sent(&here, &after(1));
        let (kept, other) = (id(&own, "anna.muster@muster.example"), id(&own, ANNA));
        let seen = own.merge_view(kept, other).unwrap().seen;
        let chosen = MergeChoices::new();
        own.merge_contacts(kept, other, &chosen, seen, &after(2))
            .unwrap();
        assert_eq!(
            here.enter_code(&anna, &code(&sms), &after(3)).unwrap(),
            Entered::Gone
        );
        assert_eq!(
            database.execute("UPDATE sms_code SET tries = tries WHERE state = 6"),
            1
        );
        own.erase(&ContactRef::Id(kept), &after(4)).unwrap();
        assert_eq!(database.execute("DELETE FROM sms_code"), 0);
        sound(&own);
    });
}

#[test]
fn the_number_that_is_proven_is_used_from_now_on_and_another_one_loses_its_proof() {
    on_each_engine(|database| {
        let (here, own) = office(database, true);
        let (_, token) = confirmed(&own, ANNA, NUMBER, &act());
        here.send_code(&token, Lang::De, &act()).unwrap();
        let sms = sent(&here, &after(1));
        here.enter_code(&token, &code(&sms), &after(2)).unwrap();
        let (step, token) = confirmed(&own, ANNA, OTHER, &after(100));
        assert_eq!(step, NumberStep::Code("+49 ••• ••32".to_owned()));
        here.send_code(&token, Lang::De, &after(101)).unwrap();
        let sms = sent(&here, &after(102));
        assert_eq!(sms.to, OTHER);
        let entered = here.enter_code(&token, &code(&sms), &after(103)).unwrap();
        assert_eq!(entered, Entered::Confirmed);
        let (now, _) = own.correctable(&contact(ANNA)).unwrap();
        assert_eq!(now.fields.phones[0].e164(), OTHER);
        assert_eq!(entries(&own, "consent.proof_lost").len(), 1);
        assert_eq!(verdict(&own, &contact(ANNA), Channel::Phone), "permitted");
        sound(&own);
    });
}

#[test]
fn without_a_gateway_or_a_mobile_number_it_is_confirmed_in_writing() {
    on_each_engine(|database| {
        let (here, own) = office(database, false);
        let (step, token) = confirmed(&own, ANNA, NUMBER, &act());
        assert_eq!((step, token.as_str()), (NumberStep::InWriting, ""));
        let anna = id(&own, ANNA);
        assert_eq!(own.begin_number_proof(anna, &act()).unwrap(), None);
        here.has_sms_gateway();
        let (step, _) = confirmed(&own, "bert@muster.example", "0711 123456", &act());
        assert_eq!(step, NumberStep::InWriting, "a landline takes no message");
        // From the person's own data it can be caught up on.
        assert_eq!(
            own.number_step(anna, act().at).unwrap(),
            NumberStep::Code("+49 ••• ••89".to_owned())
        );
        let token = own.begin_number_proof(anna, &after(5)).unwrap().unwrap();
        here.send_code(&token, Lang::En, &after(6)).unwrap();
        let sms = sent(&here, &after(7));
        assert!(sms.text.contains("Your code is"));
        assert_eq!(
            here.enter_code(&token, &code(&sms), &after(8)).unwrap(),
            Entered::Confirmed
        );
        assert_eq!(verdict(&own, &contact(ANNA), Channel::Phone), "permitted");
    });
}

#[test]
fn a_consent_that_was_withdrawn_meanwhile_stays_withdrawn() {
    on_each_engine(|database| {
        let (here, own) = office(database, true);
        let (_, token) = confirmed(&own, ANNA, NUMBER, &act());
        here.send_code(&token, Lang::De, &act()).unwrap();
        let sms = sent(&here, &after(1));
        let all = law::ChannelSet::ALL;
        own.withdraw_consent(&contact(ANNA), None, all, act().today, &after(2))
            .unwrap();
        assert_eq!(
            here.enter_code(&token, &code(&sms), &after(3)).unwrap(),
            Entered::Wrong
        );
        let told = entries(&own, "sms.code_refused");
        assert!(told[0].contains("no_consent_waits"), "{told:?}");
        assert_eq!(verdict(&own, &contact(ANNA), Channel::Phone), "refused");
        let gone = own.contact_view(&contact("nobody@muster.example"), act().today, Lang::De);
        assert!(matches!(gone, Err(Error::UnknownContact)));
        sound(&own);
    });
}

#[test]
fn the_evidence_pack_tells_the_consents_apart_by_what_proves_them() {
    on_each_engine(|database| {
        let (here, own) = office(database, true);
        let (_, token) = confirmed(&own, ANNA, NUMBER, &act());
        here.send_code(&token, Lang::De, &act()).unwrap();
        let sms = sent(&here, &after(1));
        here.enter_code(&token, &code(&sms), &after(2)).unwrap();
        own.sequence(act().at).unwrap();
        let summary = |_: &_| Ok::<_, Error>(b"%PDF-1.7 summary".to_vec());
        let made = own.evidence_pack(&contact(ANNA), summary, &act()).unwrap();
        let report = pack::verify(&made.zip, Some(own.log_verifier())).unwrap();
        let told = report.consents.iter();
        let told: Vec<_> = told
            .map(|one| (one.proof.as_str(), one.channels.join(" ")))
            .collect();
        let expected = [
            ("double_opt_in_completed", "email fax".to_owned()),
            ("sms_code", "sms phone".to_owned()),
        ];
        assert!(
            told.len() == 2 && expected.iter().all(|one| told.contains(one)),
            "{told:?}"
        );
        assert!(report.consents.iter().all(|one| one.text.is_some()));
    });
}

#[test]
fn a_consent_to_messages_alone_is_offered_where_a_code_can_prove_it() {
    on_each_engine(|database| {
        let (here, own) = office(database, false);
        let messages = register().replace(
            "channels = [\"email\", \"phone\", \"sms\", \"fax\"]\nde",
            "channels = [\"sms\"]\nde",
        );
        let messages = messages.replace("consents = [\"newsletter\"]", "consents = []");
        own.apply_register(&messages, &act()).unwrap();
        assert_eq!(confirmed(&own, ANNA, NUMBER, &act()).0, NumberStep::None);
        let anna = id(&own, ANNA);
        let offered = |own: &Organisation| {
            let mut all = own.offers(anna, Lang::De).unwrap().into_iter();
            all.find(|offer| offer.activity == "newsletter")
        };
        assert!(offered(&own).is_none(), "nothing could prove it");
        here.has_sms_gateway();
        let offer = offered(&own).unwrap();
        own.give_consent(
            anna,
            &offer.wording,
            &offer.activity,
            &offer.sha256,
            Lang::De,
            &after(5),
        )
        .unwrap();
        assert_eq!(verdict(&own, &contact(ANNA), Channel::Sms), "refused");
        let token = own.begin_number_proof(anna, &after(6)).unwrap().unwrap();
        here.send_code(&token, Lang::De, &after(6)).unwrap();
        let sms = sent(&here, &after(7));
        assert_eq!(
            here.enter_code(&token, &code(&sms), &after(8)).unwrap(),
            Entered::Confirmed
        );
        assert_eq!(verdict(&own, &contact(ANNA), Channel::Sms), "permitted");
        sound(&own);
    });
}

#[test]
fn a_message_that_cannot_be_read_is_set_aside_and_the_others_go_out() {
    on_each_engine(|database| {
        let (here, own) = office(database, true);
        let (_, anna) = confirmed(&own, ANNA, NUMBER, &act());
        here.send_code(&anna, Lang::De, &act()).unwrap();
        let damaged = "UPDATE sms_code SET sealed = consents";
        assert_eq!(database.execute(damaged), 1);
        let (_, bert) = confirmed(&own, "bert@muster.example", OTHER, &after(1));
        here.send_code(&bert, Lang::De, &after(1)).unwrap();
        assert_eq!(sent(&here, &after(2)).to, OTHER);
        assert!(here.next_sms(LEASE, &after(3)).unwrap().is_none());
        let told = entries(&own, "sms.given_up");
        assert!(
            told.len() == 1 && told[0].contains("unreadable"),
            "{told:?}"
        );
        let page = here.number_proof(&anna, after(4).at).unwrap().unwrap();
        assert!(page.not_sent && !page.under_way);
        sound(&own);
    });
}

#[test]
fn the_page_knows_that_the_gateway_refused_the_newest_message() {
    on_each_engine(|database| {
        let (here, own) = office(database, true);
        let (_, token) = confirmed(&own, ANNA, NUMBER, &act());
        let page = |seconds| {
            let page = here.number_proof(&token, after(seconds).at).unwrap();
            let page = page.unwrap();
            (page.under_way, page.not_sent)
        };
        assert_eq!(page(0), (false, false));
        here.send_code(&token, Lang::De, &act()).unwrap();
        assert_eq!(page(1), (true, false));
        let sms = here.next_sms(LEASE, &after(1)).unwrap().unwrap();
        here.sms_ended(&sms, SmsEnd::Refused, &after(2)).unwrap();
        assert_eq!(page(3), (false, true));
        here.send_code(&token, Lang::De, &after(70)).unwrap();
        assert_eq!(page(71), (true, false), "another is on its way");
    });
}

#[test]
fn a_contact_gets_five_codes_a_day_whatever_the_numbers_and_five_pages() {
    on_each_engine(|database| {
        let (here, own) = office(database, true);
        let mut asked = Vec::new();
        let mut minutes = 0;
        for number in 0..3 {
            let number = format!("+491511110000{number}");
            let (_, token) = confirmed(&own, ANNA, &number, &after(minutes * 60));
            for _ in 0..2 {
                let at = after(minutes * 60);
                asked.push(here.send_code(&token, Lang::De, &at).unwrap());
                minutes += 3;
            }
        }
        assert_eq!(asked[..5], [Asked::Sent; 5]);
        assert_eq!(asked[5], Asked::EnoughForContact);
        // Three pages came by the form; in one's own data there are two more.
        let (anna, later) = (id(&own, ANNA), after(3600));
        for page in 0..3 {
            let begun = own.begin_number_proof(anna, &later).unwrap();
            assert_eq!(begun.is_some(), page < 2, "{page}");
        }
        assert_eq!(own.number_step(anna, later.at).unwrap(), NumberStep::Enough);
        let tomorrow = after(3600 + 86_401);
        assert!(own.begin_number_proof(anna, &tomorrow).unwrap().is_some());
        sound(&own);
    });
}

#[test]
fn an_organisation_sends_two_hundred_codes_a_day_and_is_told() {
    on_each_engine(|database| {
        let (here, own) = office(database, true);
        let (mut sent, mut last) = (0, Asked::Sent);
        for who in 0..201 {
            // Not so many in an hour that this limit is reached first.
            let at = after(who * 70);
            assert_eq!(own.sms_cap(at.at).unwrap().is_some(), who == 200);
            let number = format!("+4915111{:06}", 100_000 + who);
            let (_, token) = confirmed(&own, &format!("b{who}@muster.example"), &number, &at);
            last = here.send_code(&token, Lang::De, &at).unwrap();
            sent += usize::from(last == Asked::Sent);
        }
        assert_eq!((sent, last), (200, Asked::Tomorrow));
        let now = after(201 * 70).at;
        assert_eq!(own.sms_cap(now).unwrap(), Some(SmsCap::Day));
        assert_eq!(own.sms_cap(after(2 * 86_400).at).unwrap(), None);
    });
}

#[test]
fn codes_go_to_the_own_country_and_the_economic_area_unless_others_are_chosen() {
    on_each_engine(|database| {
        let (here, own) = office(database, true);
        let step = |who: &str, number: &str| confirmed(&own, who, number, &act()).0;
        for (who, number, goes) in [
            ("at@muster.example", "+436641234567", true),
            ("ch@muster.example", "+41791234567", true),
            ("gb@muster.example", "+447400123456", false),
            ("je@muster.example", "+447797712345", false),
            ("us@muster.example", "+16502530000", false),
            ("sat@muster.example", "+881612345678", false),
        ] {
            let step = step(who, number);
            assert_eq!(
                matches!(step, NumberStep::Code(_)),
                goes,
                "{number} {step:?}"
            );
            assert_eq!(step == NumberStep::InWriting, !goes, "{number}");
        }
        let (_, token) = confirmed(&own, ANNA, NUMBER, &act());
        here.sends_sms_to(&["AT".parse().unwrap(), "GB".parse().unwrap()]);
        assert!(matches!(
            step("gb2@muster.example", "+447400123457"),
            NumberStep::Code(_)
        ));
        assert_eq!(step("bert@muster.example", OTHER), NumberStep::InWriting);
        // A page from before sends nothing either.
        assert_eq!(
            here.send_code(&token, Lang::De, &act()).unwrap(),
            Asked::Gone
        );
    });
}

#[test]
fn what_a_code_proves_has_a_receipt_of_its_own() {
    on_each_engine(|database| {
        let (here, own) = office(database, true);
        let (_, token) = confirmed(&own, ANNA, NUMBER, &act());
        let pace = Pace {
            per_domain: SignedDuration::from_secs(60),
            lease: LEASE,
        };
        let mut seen = std::collections::BTreeSet::new();
        let mut receipts = |seconds| {
            let mut letters = Vec::new();
            while let Some(mail) = here.next_message(&pace, &after(seconds)).unwrap() {
                let own = mail.purpose == MailPurpose::Receipt && seen.insert(mail.id.to_string());
                letters.extend(own.then_some(mail.letter));
            }
            letters
        };
        assert_eq!(receipts(1).len(), 1, "that of the form");
        here.send_code(&token, Lang::En, &after(2)).unwrap();
        let sms = sent(&here, &after(3));
        here.enter_code(&token, &code(&sms), &after(4)).unwrap();
        let letters = receipts(5);
        assert_eq!(letters.len(), 1);
        let letter = &letters[0];
        assert_eq!(letter.to, ANNA);
        assert_eq!(letter.subject, "Your consent at Musterbau Maschinen GmbH");
        assert!(letter.text.contains("Ja, die Musterbau"));
        let facts = own.pack_facts(&contact(ANNA), &after(6)).unwrap();
        let attached = &letter.receipts.as_ref().unwrap().entries;
        let proven = facts.consent(attached[0]).unwrap();
        assert_eq!((attached.len(), proven.proof.as_str()), (1, "sms_code"));
    });
}
