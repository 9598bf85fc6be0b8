//! A restriction (GDPR Art. 18) is honoured by every operation that uses a contact's data. All persons
//! are invented.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod support;

use jiff::SignedDuration;
use law::facts::InterestGround;
use law::{Channel, Country, Lang};
use operations::accuracy::{AskedOf, LeftOut};
use operations::call::CallsFor;
use operations::campaign::{CampaignDraft, CampaignText, Chosen, Share, SheetForm};
use operations::mail::Pace;
use operations::quality::Doubt;
use operations::{Act, Error, FilterAsk, Installation, Organisation, OrganisationId};
use store::testing::{Database, on_each_engine};
use support::{
    TODAY, act, act_on, consent_to_newsletter, contact, import, installation, organisation,
};

const LIST: &[u8] = b"Name;E-Mail;Telefon;Strasse;PLZ;Ort\n\
Anna Muster;anna@muster.example;+49 641 1234501;Weg 1;35390;Giessen\n\
Bert Muster;bert@muster.example;+49 641 1234502;Weg 2;35390;Giessen\n";
const ANNA: &str = "anna@muster.example";
const BERT: &str = "bert@muster.example";
const CALLS: &str = "telephone-acquisition";
const PACE: Pace = Pace {
    per_domain: SignedDuration::from_secs(0),
    lease: SignedDuration::from_secs(60),
};

/// Two contacts, both of whom may be written to and called.
fn office(database: &Database) -> (Installation, Organisation) {
    let own = organisation(database);
    import(&own, LIST);
    let here = installation(database);
    here.reached_at("https://leitplanke.example");
    for who in [ANNA, BERT] {
        consent_to_newsletter(&own, who, TODAY);
        let ground = InterestGround::ContactAsked;
        own.note_circumstance(&contact(who), CALLS, ground, "Bat um Anruf", &act())
            .unwrap();
    }
    (here.clone(), Organisation::by_id(&here, own.id()).unwrap())
}

fn restrict(own: &Organisation, act: &Act) {
    own.restrict_contact(&contact(ANNA), "Die Angaben werden geprüft", act)
        .unwrap();
}

fn campaign(own: &Organisation, activity: &str, channel: Channel) -> OrganisationId {
    let draft = CampaignDraft {
        name: format!("Neues {channel:?}"),
        activity: activity.to_owned(),
        channel,
        goods: None,
        german: Some(CampaignText {
            subject: "Neues".to_owned(),
            text: "{Anrede}, es gibt Neues.".to_owned(),
        }),
        english: None,
        chosen: Chosen::default(),
    };
    own.add_campaign(&draft, &act()).unwrap()
}

/// What the gate says of Anna, and the rules that it names.
fn asked(own: &Organisation, on: &Act) -> (&'static str, String) {
    let decided = own.decide(
        &contact(ANNA),
        "newsletter",
        Channel::Email,
        on.today,
        Lang::De,
    );
    let decided = decided.unwrap();
    let said = serde_json::to_string(&decided.decision).unwrap();
    (decided.decision.verdict, said)
}

fn filtered(own: &Organisation) -> (String, String) {
    let ask = FilterAsk {
        purpose: "newsletter".to_owned(),
        channel: Channel::Email,
        on: TODAY,
        lang: Lang::De,
        country: Country::DE,
        map: Vec::new(),
    };
    let (mut permitted, mut refused) = (Vec::new(), Vec::new());
    own.filter(LIST, &ask, &mut permitted, Some(&mut refused))
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(permitted), text(refused))
}

fn called(own: &Organisation) -> Vec<String> {
    let sheet = own.call_sheet(CALLS, CallsFor::Now, None, 50, (TODAY, Lang::De));
    let lines = sheet.unwrap().lines.into_iter();
    lines.filter_map(|line| line.contact.name).collect()
}

#[test]
fn every_use_of_a_restricted_contact_is_refused_or_left_out_with_the_reason() {
    on_each_engine(|database| {
        let (_, own) = office(database);
        assert_eq!(asked(&own, &act()).0, "permitted");
        assert_eq!(called(&own).len(), 2);
        let calls = campaign(&own, CALLS, Channel::Phone);
        own.make_campaign_ready(calls, 1, &act()).unwrap();
        restrict(&own, &act());

        // The gate, and with it the API and a decision that is kept.
        let (verdict, said) = asked(&own, &act());
        assert_ne!(verdict, "permitted");
        assert!(said.contains("Die Verarbeitung dieser Daten ist eingeschränkt"));
        assert!(said.contains("Art. 18"), "{said}");
        // A list that is filtered.
        let (permitted, refused) = filtered(&own);
        assert!(permitted.contains(BERT) && !permitted.contains(ANNA));
        assert!(refused.contains(ANNA) && refused.contains("eingeschränkt"));
        // Calls.
        assert_eq!(called(&own), ["Bert Muster"]);
        let call = own.begin_call(&contact(ANNA), CALLS, "Guten Tag", Lang::De, &act());
        assert!(matches!(call, Err(Error::NotPermitted)));
        // The list of a campaign that was ready before.
        let sheet = own
            .campaign_sheet(calls, SheetForm::Csv, Lang::De, &act())
            .unwrap();
        assert_eq!((sheet.rows.len(), sheet.left_out), (1, 1));
        let csv = String::from_utf8(sheet.csv(Lang::De).unwrap()).unwrap();
        assert!(csv.contains("Bert Muster") && !csv.contains("Anna Muster"));
        // A campaign that is made afterwards.
        let mails = campaign(&own, "newsletter", Channel::Email);
        let forecast = own.forecast(mails, TODAY, Lang::De).unwrap();
        assert_eq!(forecast.count(Share::Permitted), 1);
        assert_eq!(own.make_campaign_ready(mails, 1, &act()).unwrap(), 1);
        // A consent that came before changes nothing, nor does a list with the same people.
        consent_to_newsletter(&own, ANNA, TODAY);
        import(&own, LIST);
        assert_ne!(asked(&own, &act()).0, "permitted");
        assert!(own.contact_line(&contact(ANNA)).unwrap().restricted);
        own.sequence(act().at).unwrap();
        assert_eq!(own.verify().unwrap().faults, []);
    });
}

#[test]
fn mail_that_waits_is_not_sent_once_the_contact_is_restricted() {
    on_each_engine(|database| {
        let (here, own) = office(database);
        let id = campaign(&own, "newsletter", Channel::Email);
        own.make_campaign_ready(id, 1, &act()).unwrap();
        own.send_campaign(id, &act()).unwrap();
        while here.queue_campaigns(&act()).unwrap() {}
        restrict(&own, &act());
        let mut sent = Vec::new();
        while let Some(mail) = here.next_message(&PACE, &act()).unwrap() {
            if here
                .begin_transmission(&mail, [7; 32], &PACE, &act())
                .unwrap()
            {
                sent.push(mail.letter.to);
            }
        }
        assert_eq!(sent, [BERT]);
    });
}

#[test]
fn letters_and_the_question_whether_data_are_right_leave_restricted_people_out() {
    on_each_engine(|database| {
        let (here, own) = office(database);
        restrict(&own, &act());
        let ask = FilterAsk {
            purpose: "post-mailings".to_owned(),
            channel: Channel::Post,
            on: TODAY,
            lang: Lang::De,
            country: Country::DE,
            map: Vec::new(),
        };
        let (mut letters, mut refused) = (Vec::new(), Vec::new());
        own.filter(LIST, &ask, &mut letters, Some(&mut refused))
            .unwrap();
        let letters = String::from_utf8(letters).unwrap();
        assert!(letters.contains(BERT) && !letters.contains(ANNA));
        let everybody = AskedOf::All(Doubt::NeverConfirmed);
        let preview = own.accuracy_preview(everybody, TODAY).unwrap();
        assert_eq!(preview.left_out[&LeftOut::Restricted], 1);
        own.ask_for_accuracy(everybody, &act()).unwrap();
        let mail = here.next_message(&PACE, &act()).unwrap().unwrap();
        assert_eq!(mail.letter.to, BERT);
        assert!(here.next_message(&PACE, &act()).unwrap().is_none());
    });
}

#[test]
fn what_article_18_allows_goes_on_and_the_person_is_told_before_the_end() {
    on_each_engine(|database| {
        let (_, own) = office(database);
        restrict(&own, &act());
        let anna = contact(ANNA);
        let later = act_on(TODAY.tomorrow().unwrap());
        // Storing.
        let stored = own.decide(&anna, "newsletter", Channel::Storing, TODAY, Lang::De);
        let stored = serde_json::to_string(&stored.unwrap().decision).unwrap();
        assert!(!stored.contains("eingeschränkt"), "{stored}");
        // Correcting what the person says is wrong.
        let (mut new, seen) = own.correctable(&anna).unwrap();
        new.fields.city = Some("Lich".to_owned());
        own.correct_contact(&anna, &new, seen, &act()).unwrap();
        // With consent, for legal claims, or to protect another: a person decides that it is so.
        let why = "Die Person hat eingewilligt (Art. 18 Abs. 2 DSGVO)";
        own.overrule(&anna, "newsletter", Channel::Email, why, &later)
            .unwrap();
        assert_eq!(asked(&own, &later).0, "permitted");
        own.revoke_overrule(&anna, "newsletter", Channel::Email, &later)
            .unwrap();
        let untold = own.lift_restriction(&anna, later.today, "geprüft", &act());
        assert!(matches!(untold, Err(Error::Future(_))));
        let lifted = own.lift_restriction(&anna, TODAY, "geprüft", &later);
        assert!(lifted.unwrap().is_some());
        assert!(!own.contact_line(&anna).unwrap().restricted);
        assert_eq!(asked(&own, &later).0, "permitted");
        own.sequence(later.at).unwrap();
        assert_eq!(own.verify().unwrap().faults, []);
    });
}
