//! Lists and letters of campaigns, campaigns for one company, shared mailboxes, and the use of consents.
//! All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

mod support;

use jiff::{SignedDuration, ToSpan as _};
use law::facts::Proof;
use law::gate::Duty;
use law::{Channel, ChannelSet, Lang};
use operations::campaign::{
    CampaignDraft, CampaignFault, CampaignText, Chosen, PostLetter, Share, Sheet, SheetForm,
};
use operations::mail::{Delivery, MailState, Pace, TroubleKind};
use operations::{
    Act, ContactFilter, ContactRef, Error, Installation, NewConsent, Organisation, OrganisationId,
};
use store::testing::{Database, on_each_engine};
use support::{
    TODAY, act, consent_to_newsletter, contact, faultless, import, installation, objection,
    organisation,
};

const LIST: &[u8] = "Anrede;Vorname;Nachname;Firma;E-Mail;Telefon;Strasse;PLZ;Ort\n\
Frau;Anna;Muster;Muster GmbH;info@muster.example;+49 641 1234501;Weg 1;35390;Gießen\n\
Herr;Bert;Muster;Muster GmbH;info@muster.example;+49 641 1234502;Weg 1;35390;Gießen\n\
Frau;Cora;Probe;Probe AG;cora@probe.example;+49 641 1234503;Weg 3;35390;Gießen\n"
    .as_bytes();
const PACE: Pace = Pace {
    per_domain: SignedDuration::from_secs(0),
    lease: SignedDuration::from_secs(60),
};

fn office(database: &Database) -> (Installation, Organisation) {
    import(&organisation(database), LIST);
    let here = installation(database);
    here.reached_at("https://leitplanke.example");
    let this = Organisation::all(&here).unwrap().remove(0);
    (here, this)
}

fn id_of(this: &Organisation, name: &str) -> String {
    let filter = ContactFilter {
        words: name.to_owned(),
        ..ContactFilter::default()
    };
    let found = this.find_contacts(&filter, None, 10).unwrap();
    let mut found = found.lines.into_iter();
    let line = found.find(|line| line.name.as_deref() == Some(name));
    line.unwrap().id
}

fn after(minutes: i64) -> Act {
    Act {
        at: act().at + SignedDuration::from_mins(minutes),
        ..act()
    }
}

fn draft(activity: &str, channel: Channel) -> CampaignDraft {
    CampaignDraft {
        name: "Neue Fräsen".to_owned(),
        activity: activity.to_owned(),
        channel,
        goods: None,
        german: Some(CampaignText {
            subject: "Neues für {Nachname}".to_owned(),
            text: "{Anrede},\n\nes gibt eine neue Fräse.".to_owned(),
        }),
        english: None,
        chosen: Chosen::default(),
    }
}

fn ready(this: &Organisation, draft: &CampaignDraft) -> OrganisationId {
    let id = this.add_campaign(draft, &act()).unwrap();
    this.make_campaign_ready(id, 1, &act()).unwrap();
    id
}

fn sheet(this: &Organisation, id: OrganisationId, form: SheetForm) -> Sheet {
    this.campaign_sheet(id, form, Lang::De, &act()).unwrap()
}

fn of<'s>(sheet: &'s Sheet, name: &str) -> &'s PostLetter {
    let mut rows = sheet.rows.iter();
    let row = rows.find(|row| row.name == name).unwrap();
    row.letter.as_ref().unwrap()
}

fn parts(letter: &PostLetter) -> Vec<&'static str> {
    letter.parts.iter().map(|part| part.name).collect()
}

fn used(database: &Database) -> u64 {
    let touch = "UPDATE consent SET last_used_on = last_used_on WHERE last_used_on IS NOT NULL";
    database.execute(touch)
}

fn informed(this: &Organisation, name: &str) -> bool {
    let id = id_of(this, name);
    let view = this.contact_view(&contact(&id), TODAY, Lang::De).unwrap();
    view.informed_on == Some(TODAY)
}

#[test]
fn letters_carry_their_notices_and_note_who_was_informed() {
    on_each_engine(|database| {
        let (_, this) = office(database);
        let id = ready(&this, &draft("post-mailings", Channel::Post));
        // A list to read has no notices, so nobody is informed by it.
        sheet(&this, id, SheetForm::List);
        assert!(!informed(&this, "Anna Muster"));
        objection(&this, "cora@probe.example");
        let letters = sheet(&this, id, SheetForm::Letters);
        assert_eq!((letters.rows.len(), letters.left_out), (2, 1));
        let anna = of(&letters, "Anna Muster");
        assert_eq!(
            anna.to,
            ["Muster GmbH", "Anna Muster", "Weg 1", "35390 Gießen"]
        );
        assert_eq!(anna.subject, "Neues für Muster");
        assert!(anna.text().unwrap().starts_with("Sehr geehrte Frau Muster"));
        assert_eq!(
            parts(anna),
            ["text", "sender", "unsubscribe", "objection", "source"]
        );
        let said = |name: &str| {
            let part = anna.parts.iter().find(|part| part.name == name);
            part.unwrap().text.clone()
        };
        assert!(said("unsubscribe").contains("https://leitplanke.example/p/"));
        assert!(said("objection").contains("per Brief an unsere Anschrift"));
        assert!(said("sender").starts_with("Dieses Schreiben ist Werbung von Musterbau"));
        assert!(said("source").contains("Herkunft"));
        assert!(informed(&this, "Anna Muster") && !informed(&this, "Cora Probe"));
        // The same letter may be printed again, and the draft is no more.
        let again = sheet(&this, id, SheetForm::Csv);
        assert_eq!(parts(of(&again, "Anna Muster")), parts(anna));
        let csv = String::from_utf8(again.csv(Lang::De).unwrap()).unwrap();
        assert!(csv.contains("Hinweise") && csv.contains("IHR WIDERSPRUCHSRECHT"));
        let back = this.redraft_campaign(id, &act());
        assert!(matches!(back, Err(Error::Campaign(CampaignFault::State))));
        // Another campaign need not inform again.
        let next = ready(&this, &draft("post-mailings", Channel::Post));
        let next = sheet(&this, next, SheetForm::Letters);
        assert!(!parts(of(&next, "Anna Muster")).contains(&"source"));
        assert_eq!(this.verify().unwrap().faults, []);
    });
}

#[test]
fn letters_need_a_text_and_calls_are_no_letters() {
    on_each_engine(|database| {
        let (_, this) = office(database);
        let bare = CampaignDraft {
            german: None,
            ..draft("post-mailings", Channel::Post)
        };
        let id = ready(&this, &bare);
        let without = this.campaign_sheet(id, SheetForm::Letters, Lang::De, &act());
        assert!(matches!(
            without,
            Err(Error::Campaign(CampaignFault::NoText))
        ));
        let table = sheet(&this, id, SheetForm::Csv);
        assert_eq!(table.rows.len(), 3);
        assert_eq!(of(&table, "Cora Probe").text(), None);
        assert!(of(&table, "Cora Probe").notices().count() >= 3);
    });
}

#[test]
fn a_campaign_for_one_company_reaches_its_people_alone() {
    on_each_engine(|database| {
        let (_, this) = office(database);
        assert_eq!(this.company_named("Nirgends GmbH").unwrap(), None);
        let company = this.company_named("Muster GmbH").unwrap();
        let name = this.company_name(company.as_ref().unwrap()).unwrap();
        assert_eq!(name.as_deref(), Some("Muster GmbH"));
        let chosen = CampaignDraft {
            chosen: Chosen {
                company,
                ..Chosen::default()
            },
            ..draft("post-mailings", Channel::Post)
        };
        let id = this.add_campaign(&chosen, &act()).unwrap();
        let forecast = this.forecast(id, TODAY, Lang::De).unwrap();
        assert_eq!(
            (forecast.contacts, forecast.count(Share::Permitted)),
            (2, 2)
        );
        assert_eq!(this.make_campaign_ready(id, 1, &act()).unwrap(), 2);
        let wrong = CampaignDraft {
            chosen: Chosen {
                company: Some("Muster GmbH".to_owned()),
                ..Chosen::default()
            },
            ..chosen
        };
        let wrong = this.add_campaign(&wrong, &act());
        assert!(matches!(
            wrong,
            Err(Error::Campaign(CampaignFault::Company))
        ));
    });
}

fn consents(this: &Organisation) {
    for name in ["Anna Muster", "Bert Muster", "Cora Probe"] {
        consent_to_newsletter(this, &id_of(this, name), TODAY - 400.days());
    }
}

/// Sends whatever is due, a minute apart; `delivery` says how each ends.
fn send_all(here: &Installation, from: i64, delivery: &Delivery) -> Vec<String> {
    let mut sent = Vec::new();
    for minute in from..from + 10 {
        while let Some(mail) = here.next_message(&PACE, &after(minute)).unwrap() {
            let act = after(minute);
            assert!(
                here.begin_transmission(&mail, [7; 32], &PACE, &act)
                    .unwrap()
            );
            here.message_ended(&mail, delivery, &act).unwrap();
            sent.push(mail.letter.to);
        }
    }
    sent
}

#[test]
fn a_mailbox_that_two_people_share_gets_one_mail_of_a_campaign() {
    on_each_engine(|database| {
        let (here, this) = office(database);
        consents(&this);
        let id = ready(&this, &draft("newsletter", Channel::Email));
        this.send_campaign(id, &act()).unwrap();
        while here.queue_campaigns(&act()).unwrap() {}
        let mut sent = send_all(&here, 1, &Delivery::Sent);
        sent.sort();
        assert_eq!(sent, ["cora@probe.example", "info@muster.example"]);
        while here.queue_campaigns(&after(20)).unwrap() {}
        let result = this.campaign_result(id, &act(), Lang::De).unwrap();
        assert_eq!(result.count(&[MailState::Sent]), 2);
        let refused: Vec<_> = result
            .mails
            .iter()
            .filter(|ended| ended.state == MailState::Refused)
            .collect();
        assert_eq!(refused.len(), 1);
        let why = refused[0].trouble.as_ref().unwrap().kind;
        assert_eq!((why, refused[0].count), (TroubleKind::SameMailbox, 1));
        // Another campaign is another matter.
        let next = ready(&this, &draft("newsletter", Channel::Email));
        this.send_campaign(next, &act()).unwrap();
        while here.queue_campaigns(&act()).unwrap() {}
        assert_eq!(send_all(&here, 30, &Delivery::Sent).len(), 2);
    });
}

#[test]
fn who_shares_a_mailbox_with_somebody_who_left_is_written_to() {
    on_each_engine(|database| {
        let (here, this) = office(database);
        consents(&this);
        let id = ready(&this, &draft("newsletter", Channel::Email));
        this.send_campaign(id, &act()).unwrap();
        while here.queue_campaigns(&act()).unwrap() {}
        objection(&this, &id_of(&this, "Anna Muster"));
        assert_eq!(send_all(&here, 1, &Delivery::Sent).len(), 2);
    });
}

#[test]
fn the_use_of_a_consent_is_noted_by_mail_that_went_out_and_by_calls() {
    on_each_engine(|database| {
        let (here, this) = office(database);
        consent_to_newsletter(&this, "cora@probe.example", TODAY - 400.days());
        let id = ready(&this, &draft("newsletter", Channel::Email));
        this.send_campaign(id, &act()).unwrap();
        while here.queue_campaigns(&act()).unwrap() {}
        assert_eq!(used(database), 0, "nothing has gone out yet");
        assert_eq!(send_all(&here, 1, &Delivery::Sent).len(), 1);
        assert_eq!(used(database), 1);
        let anna = id_of(&this, "Anna Muster");
        let phone = NewConsent {
            contact: contact(&anna),
            activity: "lead-forms".to_owned(),
            channels: ChannelSet::of(Channel::Phone),
            given_on: TODAY - 40.days(),
            proof: Proof::Written,
            text: Some("Ja, rufen Sie mich an.".to_owned()),
            circumstances: faultless(),
            told: None,
        };
        this.record_consent(&phone, &act()).unwrap();
        let activity = "lead-forms";
        this.begin_call(&contact(&anna), activity, "Guten Tag", Lang::De, &after(9))
            .unwrap();
        assert_eq!(used(database), 2);
        let view = this.contact_view(&contact(&anna), TODAY, Lang::De).unwrap();
        assert!(view.events.iter().any(|event| event.kind == "consent.used"));
        assert_eq!(this.verify().unwrap().faults, []);
        let forged = "UPDATE consent SET last_used_on = last_used_on + 1";
        database.execute(forged);
        assert_eq!(this.verify().unwrap().faults.len(), 2);
        this.erase(&contact(&anna), &act()).unwrap();
    });
}

#[test]
fn a_letter_to_who_was_not_looked_up_in_the_local_list_waits_for_that_and_the_forecast_says_so() {
    on_each_engine(|database| {
        let (_, this) = office(database);
        let list = "Vorname;Nachname;E-Mail;Strasse;PLZ;Ort;Land\n\
                    Dora;Wiener;dora@wiener.example;Gasse 4;1010;Wien;AT\n";
        import(&this, list.as_bytes());
        let draft = draft("post-mailings", Channel::Post);
        let id = this.add_campaign(&draft, &act()).unwrap();
        let shares = || {
            let forecast = this.forecast(id, TODAY, Lang::De).unwrap();
            let open = forecast.groups.iter().find_map(|group| group.open);
            let count = |share| forecast.count(share);
            (count(Share::Permitted), count(Share::DutyOpen), open)
        };
        assert_eq!(shares(), (3, 1, Some(Duty::RobinsonList)));
        let dora: ContactRef = id_of(&this, "Dora Wiener").parse().unwrap();
        this.note_screening(&dora, false, &act()).unwrap();
        assert_eq!(shares(), (4, 0, None));
        // What the forecast promises is what is taken out.
        this.make_campaign_ready(id, 1, &act()).unwrap();
        let letters = sheet(&this, id, SheetForm::Letters);
        assert_eq!((letters.rows.len(), letters.left_out), (4, 0));
    });
}
