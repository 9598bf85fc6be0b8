//! Campaigns: the gate chooses the people and is asked again before each letter, what the law wants
//! is in every letter, and nobody gets two. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod support;

use jiff::SignedDuration;
use law::facts::{InterestGround, RelationKind};
use law::{Channel, Lang};
use operations::campaign::{
    CampaignDraft, CampaignFault, CampaignState, CampaignText, Chosen, Share, SheetForm,
};
use operations::mail::{Delivery, MailState, Outgoing, Pace, Read};
use operations::merge::MergeChoices;
use operations::{Act, Error, Installation, Organisation, OrganisationId, Sale};
use store::testing::{Database, on_each_engine};
use support::{
    TODAY, act, consent_to_newsletter, contact, import, installation, objection, organisation,
};

const LIST: &[u8] = b"Anrede;Name;E-Mail;Telefon;Strasse;PLZ;Ort\n\
Frau;Anna Muster;anna@muster.example;+49 641 1234501;Weg 1;35390;Giessen\n\
Herr;Bert Muster;bert@beispiel.example;+49 641 1234502;Weg 2;35390;Giessen\n\
Frau;Cora Muster;cora@firma.example;+49 641 1234503;Weg 3;35390;Giessen\n\
Herr;Dirk Muster;;+49 641 1234504;Weg 4;35390;Giessen\n";
const PACE: Pace = Pace {
    per_domain: SignedDuration::from_secs(0),
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
    let here = installation(database);
    here.reached_at("https://leitplanke.example");
    for who in ["anna@muster.example", "bert@beispiel.example"] {
        consent_to_newsletter(&organisation, who, TODAY);
    }
    // The one that knows where people reach the installation.
    let organisation = Organisation::all(&here).unwrap().remove(0);
    (here, organisation)
}

fn draft() -> CampaignDraft {
    CampaignDraft {
        name: "Neue Fräsen".to_owned(),
        activity: "newsletter".to_owned(),
        channel: Channel::Email,
        goods: None,
        german: Some(CampaignText {
            subject: "Neues für {Nachname}".to_owned(),
            text: "{Anrede},\n\nes gibt eine neue Fräse.".to_owned(),
        }),
        english: None,
        chosen: Chosen::default(),
    }
}

fn ready(organisation: &Organisation, draft: &CampaignDraft) -> OrganisationId {
    let id = organisation.add_campaign(draft, &act()).unwrap();
    organisation.make_campaign_ready(id, 1, &act()).unwrap();
    id
}

fn begun(
    here: &Installation,
    organisation: &Organisation,
    draft: &CampaignDraft,
) -> OrganisationId {
    let id = ready(organisation, draft);
    organisation.send_campaign(id, &act()).unwrap();
    while here.queue_campaigns(&act()).unwrap() {}
    id
}

fn next(here: &Installation, seconds: i64) -> Option<Outgoing> {
    here.next_message(&PACE, &after(seconds)).unwrap()
}

fn deliver(here: &Installation, mail: &Outgoing, seconds: i64) -> bool {
    let act = after(seconds);
    let begun = here.begin_transmission(mail, [7; 32], &PACE, &act).unwrap();
    if begun {
        here.message_ended(mail, &Delivery::Sent, &act).unwrap();
    }
    begun
}

fn all(here: &Installation, seconds: i64) -> Vec<Outgoing> {
    std::iter::from_fn(|| {
        let mail = next(here, seconds)?;
        assert!(deliver(here, &mail, seconds));
        Some(mail)
    })
    .collect()
}

fn count(organisation: &Organisation, id: OrganisationId, state: MailState) -> u64 {
    let result = organisation.campaign_result(id, &act(), Lang::De).unwrap();
    result.count(&[state])
}

#[test]
fn the_forecast_counts_every_contact_once_and_says_why() {
    on_each_engine(|database| {
        let (_, organisation) = office(database);
        objection(&organisation, "bert@beispiel.example");
        let id = organisation.add_campaign(&draft(), &act()).unwrap();
        let forecast = organisation.forecast(id, TODAY, Lang::De).unwrap();
        let sum: u64 = forecast.groups.iter().map(|group| group.count).sum();
        assert_eq!((forecast.contacts, sum), (4, 4));
        assert_eq!(forecast.count(Share::Permitted), 1);
        assert_eq!(forecast.count(Share::Refused), 3);
        for group in &forecast.groups {
            let people = organisation
                .campaign_people(id, &group.key, None, 50, TODAY, Lang::De)
                .unwrap();
            assert_eq!(people.page.lines.len() as u64, group.count);
        }
        let austria = CampaignDraft {
            chosen: Chosen {
                country: Some("AT".to_owned()),
                ..Chosen::default()
            },
            ..draft()
        };
        let id = organisation.add_campaign(&austria, &act()).unwrap();
        assert_eq!(
            organisation.forecast(id, TODAY, Lang::De).unwrap().contacts,
            0
        );
        let nobody = organisation.make_campaign_ready(id, 1, &act());
        assert!(matches!(
            nobody,
            Err(Error::Campaign(CampaignFault::Nobody))
        ));
    });
}

#[test]
fn each_letter_has_what_the_law_wants_and_says_on_what_it_rests() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        let id = begun(&here, &organisation, &draft());
        let preview = organisation
            .campaign_preview(id, TODAY, Lang::De)
            .unwrap()
            .unwrap();
        let mails = all(&here, 1);
        assert_eq!(mails.len(), 2);
        let mail = mails
            .iter()
            .find(|m| m.letter.to == "anna@muster.example")
            .unwrap();
        assert_eq!(mail.letter.subject, "Neues für Muster");
        let text = &mail.letter.text;
        for part in [
            "Sehr geehrte Frau Muster,",
            "Werbung von Musterbau",
            "Werkstraße 12",
            "IHR WIDERSPRUCHSRECHT (Art. 21 DSGVO)",
            // The address came from a dealer, and the person was not told yet.
            "Art. 14 DSGVO",
            "Adresshandel Beispiel",
            "https://leitplanke.example/p/",
        ] {
            assert!(text.contains(part), "{part} is missing in:\n{text}");
        }
        let leave = mail.letter.list_unsubscribe.as_ref().unwrap();
        assert!(leave.url.ends_with("/one-click"));
        assert!(
            mails
                .iter()
                .any(|m| Some(&m.letter) == preview.letter.as_ref())
        );
        // The letter was the information of Art. 14, so it is owed no more.
        let view = organisation
            .contact_view(&contact("anna@muster.example"), TODAY, Lang::De)
            .unwrap();
        assert_eq!(view.informed_on, Some(TODAY));
        assert!(view.events.iter().any(|event| event.kind == "mail.sent"));
        // A mail that comes back has informed nobody.
        let report = Read::Bounce {
            message: mail.id,
            code: "5.1.1".to_owned(),
        };
        assert!(here.take_in(&report, &after(60)).unwrap());
        let view = organisation
            .contact_view(&contact("anna@muster.example"), TODAY, Lang::De)
            .unwrap();
        assert_eq!(view.informed_on, None);
        assert!(!here.queue_campaigns(&after(2)).unwrap());
        let state = organisation.campaign(id).unwrap().state;
        assert_eq!(state, CampaignState::Done);
        organisation.sequence(act().at).unwrap();
        assert!(organisation.verify().unwrap().faults.is_empty());
    });
}

#[test]
fn an_objection_after_the_people_were_chosen_stops_the_letter() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        let id = begun(&here, &organisation, &draft());
        objection(&organisation, "anna@muster.example");
        let mail = next(&here, 1).unwrap();
        assert_eq!(mail.letter.to, "bert@beispiel.example");
        assert!(next(&here, 1).is_none());
        // And one in the last moment, when the mail server already waits for the text.
        objection(&organisation, "bert@beispiel.example");
        assert!(!deliver(&here, &mail, 2));
        assert_eq!(count(&organisation, id, MailState::Refused), 2);
        let result = organisation.campaign_result(id, &act(), Lang::De).unwrap();
        assert!(result.mails.iter().all(|ended| ended.reason.is_some()));
    });
}

#[test]
fn mails_are_written_down_once_however_often_it_is_tried() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        let id = ready(&organisation, &draft());
        organisation.send_campaign(id, &act()).unwrap();
        let again = installation(database);
        assert!(here.queue_campaigns(&act()).unwrap());
        assert!(!again.queue_campaigns(&act()).unwrap());
        assert!(!here.queue_campaigns(&act()).unwrap());
        assert_eq!(all(&here, 1).len(), 2);
        assert_eq!(count(&organisation, id, MailState::Sent), 2);
        assert!(organisation.send_campaign(id, &act()).is_err());
        // What is merged later does not get a second one.
        assert!(next(&here, 1_000_000).is_none());
    });
}

#[test]
fn a_paused_campaign_waits_and_a_cancelled_one_ends() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        let id = begun(&here, &organisation, &draft());
        let mail = next(&here, 1).unwrap();
        organisation.pause_campaign(id, &after(1)).unwrap();
        assert!(
            !deliver(&here, &mail, 2),
            "on its way to be written, and held"
        );
        assert!(next(&here, 1_000).is_none());
        organisation.resume_campaign(id, &after(1_001)).unwrap();
        let mail = next(&here, 1_001).unwrap();
        assert!(deliver(&here, &mail, 1_002));
        organisation.cancel_campaign(id, &after(1_003)).unwrap();
        assert!(next(&here, 1_004).is_none());
        assert_eq!(count(&organisation, id, MailState::Sent), 1);
        assert_eq!(count(&organisation, id, MailState::Cancelled), 1);
    });
}

#[test]
fn a_letter_that_can_not_meet_a_duty_is_not_sent() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        let id = begun(&here, &organisation, &draft());
        // Without an address of the sender in the register the sender is not named as the law asks.
        let text = register::SAMPLE.replacen("street = \"Werkstraße 12\"\n", "", 1);
        organisation.apply_register(&text, &act()).unwrap();
        assert!(next(&here, 1).is_none());
        assert_eq!(count(&organisation, id, MailState::Refused), 2);
        let preview = organisation
            .campaign_preview(id, TODAY, Lang::De)
            .unwrap()
            .unwrap();
        assert!(preview.letter.is_none() && preview.unmet.is_some());
    });
}

#[test]
fn without_the_address_of_the_installation_the_mails_wait() {
    on_each_engine(|database| {
        let organisation = organisation(database);
        import(&organisation, LIST);
        consent_to_newsletter(&organisation, "anna@muster.example", TODAY);
        let here = installation(database);
        let id = begun(&here, &organisation, &draft());
        assert!(next(&here, 1).is_none());
        assert_eq!(count(&organisation, id, MailState::Waiting), 1);
        here.reached_at("https://leitplanke.example");
        assert!(next(&here, 1_000).is_some());
    });
}

#[test]
fn a_customer_is_told_of_the_right_to_object_if_the_goods_are_similar() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        let sale = Sale {
            goods: "machines".to_owned(),
            sold_on: TODAY,
            address_from_sale: true,
            notice_at_collection: true,
            relation: RelationKind::Purchase,
        };
        organisation
            .note_sale(&contact("cora@firma.example"), sale, &act())
            .unwrap();
        let draft = |goods: Option<&str>| CampaignDraft {
            activity: "product-information".to_owned(),
            goods: goods.map(str::to_owned),
            ..draft()
        };
        let other = organisation
            .add_campaign(&draft(Some("training")), &act())
            .unwrap();
        let forecast = organisation.forecast(other, TODAY, Lang::De).unwrap();
        assert_eq!(forecast.count(Share::Permitted), 0);
        begun(&here, &organisation, &draft(None));
        let mails = all(&here, 1);
        assert_eq!(mails.len(), 1);
        assert!(mails[0].letter.text.contains("§ 7 Abs. 3 UWG"));
    });
}

#[test]
fn a_call_list_names_the_circumstance_and_asks_the_gate_when_it_is_made() {
    on_each_engine(|database| {
        let (_, organisation) = office(database);
        let id_of = |who: &str| {
            let view = organisation
                .contact_view(&contact(who), TODAY, Lang::De)
                .unwrap();
            view.line.id
        };
        for who in ["anna@muster.example", "cora@firma.example"] {
            organisation
                .note_circumstance(
                    &contact(&id_of(who)),
                    "telephone-acquisition",
                    InterestGround::ContactAsked,
                    "=Bat auf der Messe um einen Anruf",
                    &act(),
                )
                .unwrap();
        }
        let calls = CampaignDraft {
            activity: "telephone-acquisition".to_owned(),
            channel: Channel::Phone,
            german: None,
            ..draft()
        };
        let id = ready(&organisation, &calls);
        objection(&organisation, "anna@muster.example");
        let sheet = organisation
            .campaign_sheet(id, SheetForm::Csv, Lang::De, &act())
            .unwrap();
        assert_eq!((sheet.rows.len(), sheet.left_out), (1, 1));
        let csv = String::from_utf8(sheet.csv(Lang::De).unwrap()).unwrap();
        assert!(csv.starts_with('\u{feff}'));
        assert!(csv.contains("Cora Muster") && !csv.contains("Anna Muster"));
        assert!(csv.contains("'=Bat auf der Messe") && csv.contains("'+49641"));
        assert!(csv.contains("ich rufe für Musterbau"));
        assert!(organisation.send_campaign(id, &act()).is_err());
    });
}

#[test]
fn people_who_are_merged_or_erased_leave_the_campaign() {
    on_each_engine(|database| {
        let (here, organisation) = office(database);
        let id = ready(&organisation, &draft());
        let anna = contact("anna@muster.example");
        let id_of = |who: &str| -> OrganisationId {
            let view = organisation
                .contact_view(&contact(who), TODAY, Lang::De)
                .unwrap();
            view.line.id.parse().unwrap()
        };
        let (kept, other) = (id_of("anna@muster.example"), id_of("bert@beispiel.example"));
        let seen = organisation.merge_view(kept, other).unwrap().seen;
        let choices: MergeChoices = operations::merge::MergeField::ALL
            .into_iter()
            .map(|field| (field, operations::merge::MergeSide::Kept))
            .collect();
        organisation
            .merge_contacts(kept, other, &choices, seen, &act())
            .unwrap();
        let result = organisation.campaign_result(id, &act(), Lang::De).unwrap();
        assert_eq!(result.people, 1);
        organisation.erase(&anna, &act()).unwrap();
        let result = organisation.campaign_result(id, &act(), Lang::De).unwrap();
        assert_eq!(result.people, 0);
        organisation.send_campaign(id, &act()).unwrap();
        assert!(!here.queue_campaigns(&act()).unwrap());
        assert!(next(&here, 1).is_none());
    });
}

#[test]
fn a_draft_with_a_fault_or_changed_by_somebody_else_is_not_saved() {
    on_each_engine(|database| {
        let (_, organisation) = office(database);
        let refused = |draft: CampaignDraft, fault: CampaignFault| {
            let answer = organisation.add_campaign(&draft, &act());
            assert!(matches!(answer, Err(Error::Campaign(found)) if found == fault));
        };
        let mut bad = draft();
        bad.german.as_mut().unwrap().text = "Guten Tag {Name}".to_owned();
        refused(
            bad,
            CampaignFault::Placeholder {
                line: 1,
                column: 11,
            },
        );
        let activity = "customer-care".to_owned();
        refused(
            CampaignDraft {
                activity,
                ..draft()
            },
            CampaignFault::Activity,
        );
        let channel = Channel::Phone;
        refused(CampaignDraft { channel, ..draft() }, CampaignFault::Channel);
        refused(
            CampaignDraft {
                german: None,
                ..draft()
            },
            CampaignFault::NoText,
        );
        let id = organisation.add_campaign(&draft(), &act()).unwrap();
        organisation
            .change_campaign(id, 1, &draft(), &act())
            .unwrap();
        let late = organisation.change_campaign(id, 1, &draft(), &act());
        assert!(matches!(late, Err(Error::CampaignConflict)));
        let late = organisation.make_campaign_ready(id, 1, &act());
        assert!(matches!(late, Err(Error::CampaignConflict)));
    });
}
