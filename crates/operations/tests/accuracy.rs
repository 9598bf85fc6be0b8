//! People are asked whether their data are right, and say so. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

mod support;

use jiff::{SignedDuration, ToSpan as _};
use law::{Channel, ChannelSet, Lang};
use operations::accuracy::{AskedOf, LeftOut};
use operations::mail::{Delivery, MailPurpose, Outgoing, Pace};
use operations::merge::MergeChoices;
use operations::preferences::PERSON;
use operations::quality::Doubt;
use operations::{Act, Error, Installation, Organisation, OrganisationId};
use store::testing::{Database, on_each_engine};
use support::{TODAY, act, act_on, contact, import, installation, organisation};

const LIST: &[u8] = b"Vorname;Nachname;E-Mail;Telefon\n\
    Anna;Abel;anna@muster.example;+49 6151 1234501\n\
    Bert;Busch;bert@muster.example;+49 6151 1234502\n\
    Cara;Claus;cara@muster.example;+49 6151 1234503\n\
    Dora;Dorn;dora@muster.example;+49 6151 1234504\n\
    Emil;Esser;;+49 6151 1234505\n";
const ANNA: &str = "anna@muster.example";
const BERT: &str = "bert@muster.example";
const PACE: Pace = Pace {
    per_domain: SignedDuration::ZERO,
    lease: SignedDuration::from_secs(60),
};
const EVERYBODY: AskedOf = AskedOf::All(Doubt::NeverConfirmed);

fn office(database: &Database) -> (Installation, Organisation) {
    let own = organisation(database);
    import(&own, LIST);
    let here = installation(database);
    here.reached_at("https://leitplanke.example");
    (here.clone(), Organisation::by_id(&here, own.id()).unwrap())
}

fn id(own: &Organisation, who: &str) -> OrganisationId {
    let view = own.contact_view(&contact(who), TODAY, Lang::De).unwrap();
    view.line.id.parse().unwrap()
}

fn days(days: i64) -> Act {
    act_on(TODAY.checked_add(days.days()).unwrap())
}

fn person(act: &Act) -> Act {
    Act {
        by: PERSON.to_owned(),
        ..act.clone()
    }
}

/// Sends what is due.
fn sent(here: &Installation, at: &Act) -> Vec<Outgoing> {
    let mut all = Vec::new();
    while let Some(mail) = here.next_message(&PACE, at).unwrap() {
        if here.begin_transmission(&mail, [7; 32], &PACE, at).unwrap() {
            here.message_ended(&mail, &Delivery::Sent, at).unwrap();
            all.push(mail);
        }
    }
    all
}

fn token(mail: &Outgoing) -> String {
    let (_, rest) = mail.letter.text.split_once("/me/").unwrap();
    rest.lines().next().unwrap().to_owned()
}

fn count(own: &Organisation, doubt: Doubt, on: &Act) -> u64 {
    let quality = own.quality(on.today).unwrap();
    quality.doubts.iter().find(|(d, _)| *d == doubt).unwrap().1
}

fn sound(own: &Organisation, at: &Act) {
    own.sequence(at.at).unwrap();
    assert_eq!(own.verify().unwrap().faults, []);
}

fn seen(own: &Organisation, who: &str) -> jiff::Timestamp {
    own.correctable(&contact(who)).unwrap().1
}

#[test]
fn who_may_be_asked_gets_one_mail_a_year_and_the_others_are_left_out_with_the_reason() {
    on_each_engine(|database| {
        let (here, own) = office(database);
        own.record_objection(&contact(BERT), ChannelSet::ALL, TODAY, &act())
            .unwrap();
        own.restrict_contact(&contact("cara@muster.example"), "wird geprüft", &act())
            .unwrap();
        let preview = own.accuracy_preview(EVERYBODY, TODAY).unwrap();
        assert_eq!(preview.to_ask, 2);
        let left_out: Vec<_> = preview.left_out.into_iter().collect();
        assert_eq!(
            left_out,
            [
                (LeftOut::Restricted, 1),
                (LeftOut::Objected, 1),
                (LeftOut::NoMailbox, 1)
            ]
        );
        assert!(sent(&here, &act()).is_empty(), "a preview sends nothing");

        let asked = own.ask_for_accuracy(EVERYBODY, &act()).unwrap();
        assert_eq!((asked.written, asked.left_out), (2, 3));
        let again = own.ask_for_accuracy(EVERYBODY, &act()).unwrap();
        assert_eq!(again.written, 0);
        let mails = sent(&here, &act());
        let mut to: Vec<_> = mails.iter().map(|mail| mail.letter.to.as_str()).collect();
        to.sort_unstable();
        assert_eq!(to, [ANNA, "dora@muster.example"]);
        for mail in &mails {
            assert_eq!(mail.purpose, MailPurpose::DataCheck);
            // Nothing of what is stored stands in the mail itself.
            for part in ["Abel", "Dorn", "1234501"] {
                assert!(!mail.letter.text.contains(part));
            }
        }
        let preview = own.accuracy_preview(AskedOf::One(id(&own, ANNA)), days(360).today);
        assert_eq!(preview.unwrap().left_out[&LeftOut::AskedLately], 1);
        let next_year = own.ask_for_accuracy(EVERYBODY, &days(370)).unwrap();
        assert_eq!(next_year.written, 2);
        sound(&own, &days(370));
    });
}

#[test]
fn a_page_of_a_list_is_asked_and_nobody_beyond_it() {
    on_each_engine(|database| {
        let (here, own) = office(database);
        let emil = own.doubtful(Doubt::NeverConfirmed, None, 9, TODAY).unwrap();
        let emil = emil.lines.into_iter().find(|line| {
            let name = line.name.as_deref().unwrap_or_default();
            name.contains("Emil")
        });
        own.erase(&contact(&emil.unwrap().id), &act()).unwrap();
        let all = own.doubtful(Doubt::NeverConfirmed, None, 9, TODAY).unwrap();
        let second: OrganisationId = all.lines[1].id.parse().unwrap();
        let page = AskedOf::Page(Doubt::NeverConfirmed, Some(second), 1);
        assert_eq!(own.accuracy_preview(page, TODAY).unwrap().to_ask, 1);
        assert_eq!(own.ask_for_accuracy(page, &act()).unwrap().written, 1);
        let mails = sent(&here, &act());
        assert_eq!(mails[0].subject.to_string(), all.lines[2].id);
    });
}

#[test]
fn a_mail_that_waits_does_not_go_to_who_is_restricted_or_objects_meanwhile() {
    on_each_engine(|database| {
        let (here, own) = office(database);
        own.ask_for_accuracy(EVERYBODY, &act()).unwrap();
        own.restrict_contact(&contact(ANNA), "wird geprüft", &act())
            .unwrap();
        own.record_objection(
            &contact(BERT),
            ChannelSet::of(Channel::Email),
            TODAY,
            &act(),
        )
        .unwrap();
        let to: Vec<_> = sent(&here, &act())
            .into_iter()
            .map(|mail| mail.letter.to)
            .collect();
        assert_eq!(to.len(), 2);
        assert!(!to.iter().any(|to| to == ANNA || to == BERT));
        sound(&own, &act());
    });
}

#[test]
fn the_link_works_for_a_month_and_once_and_the_person_confirms() {
    on_each_engine(|database| {
        let (here, own) = office(database);
        let anna = id(&own, ANNA);
        own.ask_for_accuracy(AskedOf::One(anna), &act()).unwrap();
        let token = token(&sent(&here, &act())[0]);
        // To look at the link changes nothing.
        assert!(here.own_link(&token, days(29).at).unwrap().is_some());
        assert!(here.own_link(&token, days(31).at).unwrap().is_none());
        assert_eq!(own.confirmed_on(anna).unwrap(), None);
        let on = person(&days(20));
        let visit = here.open_own_link(&token, &on).unwrap().unwrap();
        assert!(here.open_own_link(&token, &on).unwrap().is_none());
        let visit = here.own_visit(&visit, on.at).unwrap().unwrap();
        assert_eq!(visit.contact, anna);

        // What the person did not see is not confirmed.
        let before = seen(&own, ANNA);
        let (mut new, at) = own.correctable(&contact(ANNA)).unwrap();
        new.fields.city = Some("Lich".to_owned());
        own.correct_contact(&contact(ANNA), &new, at, &days(20))
            .unwrap();
        let conflict = own.confirm_own_data(anna, before, &on);
        assert!(matches!(conflict, Err(Error::ContactConflict)));
        assert_eq!(own.confirmed_on(anna).unwrap(), None, "staff corrected");

        own.confirm_own_data(anna, seen(&own, ANNA), &on).unwrap();
        assert_eq!(own.confirmed_on(anna).unwrap(), Some(on.today));
        let view = own
            .contact_view(&contact(ANNA), on.today, Lang::De)
            .unwrap();
        assert_eq!(view.events[0].kind, "accuracy.confirmed");
        assert_eq!(view.events[0].by, PERSON);
        sound(&own, &on);
        let told = own
            .access_answer(
                &contact(ANNA),
                &operations::access_answer::Cuts::default(),
                Lang::De,
                &on,
            )
            .unwrap();
        let told = serde_json::to_string(&told).unwrap();
        assert!(told.contains(&on.today.to_string()), "{told}");
    });
}

#[test]
fn quality_counts_by_the_age_of_what_the_person_confirmed() {
    on_each_engine(|database| {
        let (_, own) = office(database);
        assert_eq!(count(&own, Doubt::NeverConfirmed, &act()), 5);
        own.confirm_own_data(id(&own, ANNA), seen(&own, ANNA), &person(&act()))
            .unwrap();
        // A correction by the person counts, one by somebody here does not.
        let correct = |who: &str, by: Act| {
            let (mut new, at) = own.correctable(&contact(who)).unwrap();
            new.fields.city = Some("Lich".to_owned());
            own.correct_contact(&contact(who), &new, at, &by).unwrap();
        };
        correct(BERT, person(&act()));
        correct("cara@muster.example", act());
        import(&own, LIST);
        assert_eq!(count(&own, Doubt::NeverConfirmed, &act()), 3);
        assert_eq!(count(&own, Doubt::ConfirmedOverAYearAgo, &days(364)), 0);
        assert_eq!(count(&own, Doubt::ConfirmedOverAYearAgo, &days(367)), 2);
        assert_eq!(count(&own, Doubt::ConfirmedOverTwoYearsAgo, &days(367)), 0);
        assert_eq!(count(&own, Doubt::ConfirmedOverTwoYearsAgo, &days(733)), 2);
        let listed = own
            .doubtful(Doubt::ConfirmedOverTwoYearsAgo, None, 9, days(733).today)
            .unwrap();
        assert_eq!(listed.lines.len(), 2);
        let left = own.accuracy_preview(EVERYBODY, TODAY).unwrap();
        assert_eq!(left.to_ask, 2);
        let one = own.accuracy_preview(AskedOf::One(id(&own, ANNA)), TODAY);
        assert_eq!(one.unwrap().left_out[&LeftOut::ConfirmedLately], 1);
        sound(&own, &act());
    });
}

#[test]
fn what_was_asked_and_confirmed_goes_with_a_merge_and_with_an_erasure() {
    on_each_engine(|database| {
        let (_, own) = office(database);
        let (anna, bert) = (id(&own, ANNA), id(&own, BERT));
        own.ask_for_accuracy(AskedOf::One(anna), &act()).unwrap();
        own.confirm_own_data(bert, seen(&own, BERT), &person(&days(1)))
            .unwrap();
        let seen = own.merge_view(anna, bert).unwrap().seen;
        own.merge_contacts(anna, bert, &MergeChoices::new(), seen, &days(2))
            .unwrap();
        assert_eq!(own.confirmed_on(anna).unwrap(), Some(days(1).today));
        assert_eq!(own.confirmed_on(bert).unwrap(), None);
        let reason = own
            .accuracy_preview(AskedOf::One(bert), days(2).today)
            .unwrap();
        assert_eq!(reason.left_out[&LeftOut::Gone], 1);
        sound(&own, &days(2));
        own.erase(&contact(ANNA), &days(3)).unwrap();
        assert_eq!(own.confirmed_on(anna).unwrap(), None);
        let reason = own.accuracy_preview(AskedOf::One(anna), days(3).today);
        assert_eq!(reason.unwrap().left_out[&LeftOut::Gone], 1);
        sound(&own, &days(3));
    });
}

#[test]
fn a_confirmation_that_was_changed_in_the_database_is_found() {
    on_each_engine(|database| {
        let (_, own) = office(database);
        own.confirm_own_data(id(&own, ANNA), seen(&own, ANNA), &person(&act()))
            .unwrap();
        sound(&own, &act());
        database.execute("UPDATE accuracy SET confirmed_at = confirmed_at + 1");
        let faults = own.verify().unwrap().faults;
        assert_eq!(faults.len(), 1, "{faults:?}");
    });
}
