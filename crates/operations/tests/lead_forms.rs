//! Lead forms from the showing to the confirmed contact, and every way to cheat on the way.
//! All persons are invented.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that can't go on must fail"
)]

mod support;

use std::cell::RefCell;
use std::collections::BTreeMap;

use jiff::SignedDuration;
use law::{Channel, Lang};
use operations::lead_form::{
    Answers, Confirmed, FieldFault, FormError, Link, Received, Refused, Sent, ShownForm,
};
use operations::mail::{Delivery, MailPurpose, Outgoing, Pace};
use operations::{Act, Error, EvidenceFilter, Installation, Organisation};
use register::FormField;
use store::testing::on_each_engine;
use support::{act, contact, installation, organisation};

const FORM: &str = "whitepaper-cooling";
const ANNA: &str = "anna@muster.example";
const PACE: Pace = Pace {
    per_domain: SignedDuration::from_secs(2),
    lease: SignedDuration::from_secs(60),
};

fn after(seconds: i64) -> Act {
    let at = act().at + SignedDuration::from_secs(seconds);
    let days = seconds / 86400;
    Act {
        at,
        today: act()
            .today
            .checked_add(SignedDuration::from_hours(24 * days))
            .unwrap(),
        ..act()
    }
}

fn days(days: i64) -> Act {
    after(days * 86400)
}

fn shown(own: &Organisation, at: &Act) -> ShownForm {
    own.show_form(FORM, Lang::De, None, at.at).unwrap()
}

/// What a person sends who ticks every box.
fn answers(form: &ShownForm, email: &str) -> Answers {
    Answers {
        ticket: form.ticket.clone(),
        fields: BTreeMap::from([
            (FormField::Email, email.to_owned()),
            (FormField::Company, "Muster Fräserei GmbH".to_owned()),
        ]),
        consents: form.consents.iter().map(|c| c.key.clone()).collect(),
        ..Answers::default()
    }
}

/// Sends the answers; gives the token of the mail too.
fn send(own: &Organisation, answers: &Answers, at: &Act) -> Result<(Received, String), FormError> {
    let token = RefCell::new(String::new());
    let received = own.submit_form(FORM, answers, at, |given| {
        given.clone_into(&mut token.borrow_mut());
        format!("https://leitplanke.example/confirm/{given}")
    })?;
    Ok((received, token.into_inner()))
}

/// A form that is shown at the start of that act's minute and sent a quarter of a minute later.
fn sent(own: &Organisation, email: &str, at: &Act) -> (Received, String) {
    let form = shown(own, at);
    let later = Act {
        at: at.at + SignedDuration::from_secs(15),
        ..at.clone()
    };
    send(own, &answers(&form, email), &later).unwrap()
}

fn confirm(own: &Organisation, token: &str, at: &Act) -> Result<Confirmed, FormError> {
    own.confirm_form(token, at, |link| match link {
        Link::File { form, token } => format!("https://leitplanke.example/{form}/{token}"),
        Link::Preferences { token } => format!("https://leitplanke.example/p/{token}"),
    })
}

/// Every mail that waits.
fn mails(here: &Installation, at: &Act) -> Vec<Outgoing> {
    let mut all = Vec::new();
    while let Some(mail) = here.next_message(&PACE, at).unwrap() {
        assert!(here.begin_transmission(&mail, [7; 32], &PACE, at).unwrap());
        here.message_ended(&mail, &Delivery::Sent, at).unwrap();
        all.push(mail);
    }
    all
}

fn entries(own: &Organisation, kind: &str) -> Vec<String> {
    let filter = EvidenceFilter {
        kind: Some(kind.to_owned()),
        ..EvidenceFilter::default()
    };
    let page = own.evidence_page(&filter, None, 100).unwrap();
    let views = page.lines.iter().map(|line| own.evidence_entry(line.entry));
    views
        .map(|view| {
            view.unwrap()
                .content
                .map(|c| c.to_string())
                .unwrap_or_default()
        })
        .collect()
}

fn is_known(own: &Organisation, who: &str) -> bool {
    match own.contact_view(&contact(who), act().today, Lang::De) {
        Ok(_) => true,
        Err(Error::UnknownContact) => false,
        Err(error) => panic!("{error}"),
    }
}

fn counts(own: &Organisation) -> Vec<(String, String, u64)> {
    let counts = own.form_counts(act().today, days(40).today).unwrap();
    let counts = counts.into_iter();
    counts.map(|c| (c.stage, c.basis, c.count)).collect()
}

#[test]
fn from_the_form_to_a_contact_whom_the_newsletter_may_reach() {
    on_each_engine(|database| {
        let (own, here) = (organisation(database), installation(database));
        let form = shown(&own, &act());
        own.count_view(&form, Some("messe"), &act()).unwrap();
        let (received, token) = sent(&own, ANNA, &act());
        assert_eq!(received.sent, Sent::Mail);
        assert!(
            !is_known(&own, ANNA),
            "nobody is a contact before confirming"
        );
        let mails_out = mails(&here, &after(20));
        assert_eq!(mails_out.len(), 1);
        assert_eq!(mails_out[0].purpose, MailPurpose::Confirmation);
        assert!(mails_out[0].letter.text.contains(&token));

        for _ in 0..3 {
            let page = own.form_to_confirm(&token, after(60).at).unwrap();
            assert_eq!(page.consents.len(), 1);
        }
        assert!(!is_known(&own, ANNA), "looking changes nothing");

        let done = confirm(&own, &token, &days(1)).unwrap();
        assert!(done.contact.is_some());
        let decided = own
            .decide(
                &contact(ANNA),
                "newsletter",
                Channel::Email,
                days(1).today,
                Lang::De,
            )
            .unwrap();
        assert_eq!(decided.decision.verdict, "permitted");
        assert!(
            matches!(confirm(&own, &token, &days(1)), Err(FormError::Link)),
            "used once"
        );
        assert!(matches!(
            own.form_to_confirm(&token, days(1).at),
            Err(FormError::Link)
        ));

        let receipts = mails(&here, &days(1));
        assert_eq!(receipts.len(), 1);
        assert_eq!(receipts[0].purpose, MailPurpose::Receipt);
        let with = receipts[0].letter.receipts.as_ref().unwrap();
        assert_eq!(with.entries.len(), done.consents.len());
        assert!(receipts[0].letter.text.contains(&done.preferences.unwrap()));

        let view = own
            .contact_view(&contact(ANNA), days(1).today, Lang::De)
            .unwrap();
        let kinds: Vec<_> = view.events.iter().map(|event| &*event.kind).collect();
        for kind in [
            "submission.received",
            "mail.sent",
            "contact.imported",
            "consent.recorded",
            "submission.confirmed",
        ] {
            assert!(kinds.contains(&kind), "{kind}: {kinds:?}");
        }
        let made = own
            .evidence_pack(&contact(ANNA), |_| Ok::<_, Error>(Vec::new()), &days(1))
            .unwrap();
        let report = pack::verify(&made.zip, Some(own.log_verifier())).unwrap();
        assert_eq!(report.consents.len(), 1);
        assert_eq!(report.consents[0].proof, "double_opt_in_completed");
        assert!(own.verify().unwrap().faults.is_empty());
        let basis = |name: &str| name.to_owned();
        let mut found = counts(&own);
        found.sort();
        assert_eq!(
            found,
            [
                (basis("confirmed"), basis("consent"), 1),
                (basis("submitted"), basis("consent"), 1),
                (basis("viewed"), basis("contract"), 1),
            ]
        );
    });
}

#[test]
fn who_cheats_is_refused_and_leaves_a_trace_without_a_name() {
    on_each_engine(|database| {
        let own = organisation(database);
        let form = shown(&own, &act());
        let good = answers(&form, ANNA);
        let with = |change: fn(&mut Answers)| {
            let mut bad = good.clone();
            change(&mut bad);
            bad
        };
        let late = after(13 * 3600);
        let cases = [
            (
                with(|a| a.ticket = "AAAA".to_owned()),
                after(15),
                Refused::Forged,
            ),
            (
                with(|a| a.ticket.insert(9, 'A')),
                after(15),
                Refused::Forged,
            ),
            (with(|_| ()), late, Refused::OtherTime),
            (with(|_| ()), after(-60), Refused::OtherTime),
            (with(|a| a.foreign = true), after(15), Refused::Foreign),
            (with(|a| a.trapped = true), after(15), Refused::Trapped),
            // One that was never offered, an old wording, several in one.
            (
                with(|a| a.consents = vec!["whitepaper-advice@1".to_owned()]),
                after(15),
                Refused::NotOffered,
            ),
            (
                with(|a| a.consents = vec!["newsletter@1".to_owned()]),
                after(15),
                Refused::NotOffered,
            ),
            (
                with(|a| a.consents = vec!["newsletter@2,whitepaper-advice@1".to_owned()]),
                after(15),
                Refused::NotOffered,
            ),
        ];
        for (at, (bad, when, why)) in cases.iter().enumerate() {
            match send(&own, bad, when) {
                Err(FormError::Refused(found)) => assert_eq!(found, *why, "case {at}"),
                other => panic!("case {at}: {:?}", other.map(|(received, _)| received)),
            }
        }
        send(&own, &good, &after(15)).unwrap();
        let again = send(&own, &good, &after(16));
        assert!(matches!(again, Err(FormError::Refused(Refused::Replayed))));
        let traces = entries(&own, "submission.refused");
        assert_eq!(traces.len(), cases.len() + 1);
        for trace in &traces {
            assert!(
                !trace.contains("muster") && trace.contains("whitepaper-cooling"),
                "{trace}"
            );
        }
        assert_eq!(entries(&own, "submission.received").len(), 1);
    });
}

#[test]
fn nobody_fills_the_log_with_refusals() {
    on_each_engine(|database| {
        let own = organisation(database);
        let bad = Answers::default();
        for _ in 0..30 {
            assert!(send(&own, &bad, &act()).is_err());
        }
        assert_eq!(entries(&own, "submission.refused").len(), 20);
        assert!(send(&own, &bad, &after(3600)).is_err());
        assert_eq!(entries(&own, "submission.refused").len(), 21);
    });
}

#[test]
fn too_fast_and_wrong_fields_can_be_mended_and_nothing_is_kept() {
    on_each_engine(|database| {
        let own = organisation(database);
        let form = shown(&own, &act());
        let good = answers(&form, ANNA);
        assert!(matches!(
            send(&own, &good, &after(1)),
            Err(FormError::TooFast)
        ));
        assert!(matches!(
            send(&own, &good, &after(5)),
            Err(FormError::TooFast)
        ));
        let mut bad = good.clone();
        bad.fields
            .insert(FormField::Email, "keine Adresse".to_owned());
        let Err(FormError::Fields(faults)) = send(&own, &bad, &after(15)) else {
            panic!("an address that is none was taken");
        };
        assert_eq!(faults, [(FormField::Email, FieldFault::Unreadable)]);
        assert!(entries(&own, "submission.received").is_empty());
        // The same showing goes on, with the same ticket.
        let again = own
            .show_form(FORM, Lang::De, Some(&form.ticket), after(16).at)
            .unwrap();
        assert_eq!(again.ticket, form.ticket);
        send(&own, &good, &after(17)).unwrap();
    });
}

#[test]
fn what_nobody_confirms_goes_with_all_that_hangs_on_it() {
    on_each_engine(|database| {
        let (own, here) = (organisation(database), installation(database));
        let (received, token) = sent(&own, ANNA, &act());
        mails(&here, &after(30));
        assert_eq!(own.tidy_forms(&days(6)).unwrap(), 0);
        let over = Act {
            at: received.expires_at,
            ..days(7)
        };
        assert!(
            matches!(confirm(&own, &token, &over), Err(FormError::Link)),
            "not yet tidied"
        );
        assert_eq!(own.tidy_forms(&over).unwrap(), 1);
        assert!(matches!(
            confirm(&own, &token, &after(60)),
            Err(FormError::Link)
        ));
        let gone = entries(&own, "submission.expired");
        assert!(gone.len() == 1 && !gone[0].contains("muster"), "{gone:?}");
        assert_eq!(
            entries(&own, "submission.received"),
            [""],
            "its key is gone"
        );
        own.sequence(over.at).unwrap();
        assert!(own.verify().unwrap().faults.is_empty());
    });
}

#[test]
fn somebody_elses_address_gets_three_mails_a_day_without_advertising() {
    on_each_engine(|database| {
        let (own, here) = (organisation(database), installation(database));
        for minute in 0..6 {
            let (received, _) = sent(&own, ANNA, &after(60 * minute));
            let expected = if minute < 3 { Sent::Mail } else { Sent::Enough };
            assert_eq!(received.sent, expected, "minute {minute}");
        }
        let out = mails(&here, &after(3600));
        assert_eq!(out.len(), 3);
        for mail in out {
            assert_eq!(mail.purpose, MailPurpose::Confirmation);
            assert!(mail.letter.html.is_none() && mail.letter.attachments.is_empty());
            assert_eq!(
                mail.letter.text.matches("https://").count(),
                1,
                "the one link"
            );
        }
        assert!(!is_known(&own, ANNA));
        assert_eq!(sent(&own, ANNA, &days(1)).0.sent, Sent::Mail);
    });
}

#[test]
fn who_was_erased_is_not_brought_back_and_the_answer_says_nothing_of_it() {
    on_each_engine(|database| {
        let (own, here) = (organisation(database), installation(database));
        let (_, token) = sent(&own, ANNA, &act());
        let (_, second) = sent(&own, ANNA, &after(60));
        confirm(&own, &token, &after(120)).unwrap();
        own.erase(&contact(ANNA), &after(180)).unwrap();
        let (received, _) = sent(&own, ANNA, &after(240));
        assert_eq!(received.sent, Sent::Suppressed);
        // What waited went with the person.
        let gone = confirm(&own, &second, &after(300));
        assert!(matches!(gone, Err(FormError::Link)));
        assert!(!is_known(&own, ANNA));
        assert!(
            entries(&own, "submission.received")
                .iter()
                .all(String::is_empty)
        );
        mails(&here, &after(400));
        own.sequence(after(400).at).unwrap();
        assert!(own.verify().unwrap().faults.is_empty());
    });
}

#[test]
fn who_is_known_is_found_again_and_keeps_what_stood_there() {
    on_each_engine(|database| {
        let own = organisation(database);
        support::import(
            &own,
            b"Name;E-Mail;Firma\nAnna Muster;anna@muster.example;Alte Firma\n",
        );
        let (_, token) = sent(&own, "Anna@MUSTER.example", &act());
        confirm(&own, &token, &after(60)).unwrap();
        let view = own
            .contact_view(&contact(ANNA), act().today, Lang::De)
            .unwrap();
        assert_eq!(view.line.name.as_deref(), Some("Anna Muster"));
        assert_eq!(view.line.company.as_deref(), Some("Alte Firma"));
        assert!(view.consents_in_force);
        own.sequence(after(60).at).unwrap();
        assert!(own.verify().unwrap().faults.is_empty());
    });
}

#[test]
fn a_name_and_a_number_alone_lead_to_nobodys_data() {
    on_each_engine(|database| {
        let own = organisation(database);
        let list = b"Vorname;Nachname;E-Mail;E-Mail 2;Telefon\n\
            Anna;Muster;anna@muster.example;a.muster@muster.example;+49 711 123456\n";
        support::import(&own, list);
        let text = own.register_text(None).unwrap();
        let field = |name: &str| format!("[[form.question]]\nfield = \"{name}\"\n\n");
        let first = "[[form.question]]\nfield = \"email\"";
        let asked = ["given_name", "family_name", "phone"].map(field).concat();
        let text = text.replacen(first, &format!("{asked}{first}"), 1);
        own.apply_register(&text, &act()).unwrap();
        let send_as_anna = |email: &str, at: i64| {
            let form = shown(&own, &after(at));
            let mut given = answers(&form, email);
            for (field, text) in [
                (FormField::GivenName, "Anna"),
                (FormField::FamilyName, "Muster"),
                (FormField::Phone, "0711 123456"),
            ] {
                given.fields.insert(field, text.to_owned());
            }
            let (_, token) = send(&own, &given, &after(at + 15)).unwrap();
            confirm(&own, &token, &after(at + 30))
                .unwrap()
                .contact
                .unwrap()
        };
        let emails = |who: &str| {
            let view = own.contact_view(&contact(who), act().today, Lang::De);
            view.unwrap().emails
        };
        let other = send_as_anna("mallory@fremd.example", 0);
        assert_eq!(emails(&other.to_string()), ["mallory@fremd.example"]);
        assert_eq!(
            emails(ANNA),
            ["anna@muster.example", "a.muster@muster.example"]
        );
        // The mailbox that was confirmed is written to from then on.
        send_as_anna("a.muster@muster.example", 60);
        assert_eq!(
            emails(ANNA),
            ["a.muster@muster.example", "anna@muster.example"]
        );
    });
}

#[test]
fn variants_share_an_address_and_what_was_shown_is_what_counts() {
    on_each_engine(|database| {
        let own = organisation(database);
        let text = own.register_text(None).unwrap();
        let variant = "\n[[form]]\nid = \"cooling-b\"\nname = \"B\"\nkind = \"whitepaper\"\n\
            activity = \"whitepaper-orders\"\nvariant_of = \"whitepaper-cooling\"\n\n\
            [[form.question]]\nfield = \"email\"\nrequired = true\n";
        own.apply_register(&format!("{text}{variant}"), &act())
            .unwrap();
        let mut seen = BTreeMap::new();
        for _ in 0..60 {
            let form = shown(&own, &act());
            seen.insert(form.form.id.clone(), form);
        }
        assert_eq!(
            seen.keys().collect::<Vec<_>>(),
            ["cooling-b", "whitepaper-cooling"]
        );
        // The variant offers no consent, so none can be given with its ticket.
        let mut given = answers(&seen["cooling-b"], ANNA);
        given.consents = vec!["newsletter@2".to_owned()];
        assert!(matches!(
            send(&own, &given, &after(15)),
            Err(FormError::Refused(Refused::NotOffered))
        ));
        given.consents.clear();
        send(&own, &given, &after(15)).unwrap();
        let counts = own.form_counts(act().today, act().today).unwrap();
        assert_eq!(counts.len(), 1);
        assert_eq!(counts[0].form, "cooling-b");
        assert!(matches!(
            own.show_form("cooling-b", Lang::De, None, act().at),
            Err(FormError::NotOpen)
        ));
    });
}

#[test]
fn what_a_merged_contact_sent_goes_with_the_person() {
    on_each_engine(|database| {
        let (own, here) = (organisation(database), installation(database));
        let (_, token) = sent(&own, ANNA, &act());
        let other = confirm(&own, &token, &after(60)).unwrap().contact.unwrap();
        let (_, token) = sent(&own, "anna@privat.example", &after(60));
        let kept = confirm(&own, &token, &after(120)).unwrap().contact.unwrap();
        mails(&here, &after(130));
        let view = own.merge_view(kept, other).unwrap();
        let choices = operations::merge::MergeChoices::new();
        own.merge_contacts(kept, other, &choices, view.seen, &after(180))
            .unwrap();
        let events = own.contact_view(&contact(ANNA), act().today, Lang::De);
        let events = events.unwrap().events;
        let received = |e: &&operations::ContactEvent| e.kind == "submission.received";
        assert_eq!(events.iter().filter(received).count(), 2);
        own.erase(&contact(ANNA), &after(240)).unwrap();
        own.sequence(after(240).at).unwrap();
        assert!(own.verify().unwrap().faults.is_empty());
        assert!(
            entries(&own, "submission.received")
                .iter()
                .all(String::is_empty)
        );
        assert!(
            entries(&own, "submission.confirmed")
                .iter()
                .all(String::is_empty)
        );
    });
}

#[test]
fn a_new_consent_is_newer_than_an_objection() {
    on_each_engine(|database| {
        let own = organisation(database);
        own.record_objection(&contact(ANNA), law::ChannelSet::ALL, act().today, &act())
            .unwrap();
        let (_, token) = sent(&own, ANNA, &days(2));
        confirm(&own, &token, &days(2)).unwrap();
        let ask = |purpose: &str| {
            let decided = own.decide(
                &contact(ANNA),
                purpose,
                Channel::Email,
                days(2).today,
                Lang::De,
            );
            decided.unwrap().decision.verdict
        };
        assert_eq!(ask("newsletter"), "permitted");
        assert_eq!(ask("product-information"), "refused");
    });
}

#[test]
fn network_address_and_browser_are_kept_for_a_reason_and_a_time() {
    on_each_engine(|database| {
        let own = organisation(database);
        let text = own.register_text(None).unwrap();
        let with =
            format!("id = \"{FORM}\"\nkeep_ip_reason = \"Missbrauch erkennen\"\nkeep_ip_days = 30");
        let text = text.replace(&format!("id = \"{FORM}\""), &with);
        own.apply_register(&text, &act()).unwrap();
        let form = shown(&own, &act());
        let mut given = answers(&form, ANNA);
        given.network_address = Some("192.0.2.7".to_owned());
        given.browser = Some("Firefox".to_owned());
        let (_, token) = send(&own, &given, &after(15)).unwrap();
        confirm(&own, &token, &after(60)).unwrap();
        let received = || {
            let view = own
                .contact_view(&contact(ANNA), act().today, Lang::De)
                .unwrap();
            let events = view.events.into_iter();
            events
                .filter(|event| event.kind == "submission.received")
                .count()
        };
        assert_eq!(received(), 2);
        own.tidy_forms(&days(29)).unwrap();
        assert_eq!(received(), 2);
        own.tidy_forms(&days(31)).unwrap();
        assert_eq!(received(), 1, "the form stays, the address goes");
        assert!(
            !entries(&own, "submission.received")
                .concat()
                .contains("192.0.2.7")
        );
    });
}

#[test]
fn a_file_comes_when_the_form_says_so_and_by_no_other_link() {
    on_each_engine(|database| {
        let (own, here) = (organisation(database), installation(database));
        let hash = own
            .keep_form_file(b"%PDF-1.7 Whitepaper".to_vec(), &act())
            .unwrap();
        let text = own.register_text(None).unwrap();
        let with = format!("id = \"{FORM}\"\nfile = \"{hash}\"\nfile_name = \"Whitepaper.pdf\"");
        own.apply_register(&text.replace(&format!("id = \"{FORM}\""), &with), &act())
            .unwrap();
        let (received, token) = sent(&own, ANNA, &act());
        assert_eq!(received.file, None, "it comes by mail");
        let done = confirm(&own, &token, &after(60)).unwrap();
        let link = done.file.unwrap();
        let out = mails(&here, &after(60));
        assert!(out.iter().any(|mail| mail.letter.text.contains(&link)));
        let opens = link.rsplit('/').next().unwrap();
        let file = own.form_file(FORM, opens, after(60).at).unwrap();
        assert_eq!(
            (&*file.name, &*file.bytes),
            ("Whitepaper.pdf", &b"%PDF-1.7 Whitepaper"[..])
        );
        for (form, token, at) in [
            (FORM, "AAAA", after(60)),
            ("contact", opens, after(60)),
            (FORM, opens, days(15)),
        ] {
            assert!(matches!(
                own.form_file(form, token, at.at),
                Err(FormError::Link)
            ));
        }
    });
}

#[test]
fn a_lead_is_counted_once_at_each_stage_and_nothing_of_it_leads_to_anybody() {
    use operations::Sale;
    use operations::lead_form::{Number, RatesBy, Stage};
    on_each_engine(|database| {
        let own = organisation(database);
        let far = |stage: Stage| {
            let rates = own.form_rates(RatesBy::Form, act().today, days(9).today);
            let counts = own.form_counts(act().today, days(9).today).unwrap();
            let counts = counts.iter().filter(|count| count.stage == stage.name());
            (
                rates.unwrap().total.count(stage),
                counts.map(|count| count.count).sum::<u64>(),
            )
        };
        assert_eq!(far(Stage::Customer), (Number::Exactly(0), 0));
        for number in 0..6 {
            let email = format!("person{number}@muster.example");
            let (_, token) = sent(&own, &email, &after(number * 60));
            confirm(&own, &token, &after(number * 60 + 30)).unwrap();
        }
        assert_eq!(far(Stage::Confirmed), (Number::Exactly(6), 6));
        let who = contact("person1@muster.example");
        let sale = |goods: &str| Sale {
            goods: goods.to_owned(),
            sold_on: act().today,
            address_from_sale: true,
            notice_at_collection: true,
            relation: law::facts::RelationKind::Purchase,
        };
        own.note_enquiry(&who, &after(900)).unwrap();
        own.note_enquiry(&who, &after(901)).unwrap();
        assert_eq!(far(Stage::Enquiry), (Number::Few, 1));
        own.note_sale(&who, sale("machines"), &after(902)).unwrap();
        own.note_sale(&who, sale("machines"), &after(903)).unwrap();
        assert_eq!(far(Stage::Customer), (Number::Few, 1));
        // Who bought without having asked is counted on the way, too.
        let other = contact("person2@muster.example");
        own.note_sale(&other, sale("machines"), &after(904))
            .unwrap();
        assert_eq!(far(Stage::Enquiry).1, 2);
        // The counts stay when the person goes, and can't be advanced any more.
        own.erase(&who, &after(999)).unwrap();
        assert_eq!(far(Stage::Customer).1, 2);
        assert_eq!(own.verify().unwrap().faults, []);
    });
}

#[test]
fn a_consent_to_what_was_shown_carries_nothing_for_a_purpose_that_changed_since() {
    on_each_engine(|database| {
        let own = organisation(database);
        let form = shown(&own, &act());
        let old = "Neuheiten zu Fräsmaschinen, Ersatzteilen und Schulungen per E-Mail an Abonnenten senden";
        let text = own.register_text(None).unwrap();
        assert!(text.contains(old));
        own.apply_register(
            &text.replace(old, "Angebote anderer Firmen senden"),
            &after(5),
        )
        .unwrap();
        let (_, token) = send(&own, &answers(&form, ANNA), &after(20)).unwrap();
        confirm(&own, &token, &after(30)).unwrap();
        let who = contact(ANNA);
        let decided = own
            .decide(&who, "newsletter", Channel::Email, days(1).today, Lang::De)
            .unwrap();
        assert_eq!(decided.decision.verdict, "refused");
        // The form as it is now asks for the new purpose.
        let (_, token) = sent(&own, ANNA, &after(100));
        confirm(&own, &token, &after(130)).unwrap();
        let decided = own
            .decide(&who, "newsletter", Channel::Email, days(1).today, Lang::De)
            .unwrap();
        assert_eq!(decided.decision.verdict, "permitted");
    });
}

#[test]
fn an_enquiry_is_told_to_the_organisation_without_saying_of_whom() {
    on_each_engine(|database| {
        drop(organisation(database));
        let here = installation(database);
        here.reached_at("https://leitplanke.example");
        let own = Organisation::open(&here, None).unwrap();
        let form = own.show_form("contact", Lang::De, None, act().at).unwrap();
        let sent = Answers {
            fields: BTreeMap::from([
                (FormField::Email, ANNA.to_owned()),
                (FormField::Message, "Bitte ein Angebot".to_owned()),
            ]),
            consents: Vec::new(),
            ..answers(&form, ANNA)
        };
        let token = RefCell::new(String::new());
        own.submit_form("contact", &sent, &after(20), |given| {
            given.clone_into(&mut token.borrow_mut());
            given.to_owned()
        })
        .unwrap();
        confirm(&own, &token.into_inner(), &after(60)).unwrap();
        let mails = mails(&here, &after(90));
        let notice = mails
            .iter()
            .find(|mail| mail.purpose == MailPurpose::EnquiryNotice)
            .unwrap();
        assert_eq!(notice.letter.to, "datenschutz@musterbau.example");
        let id = own.contact_line(&contact(ANNA)).unwrap().id;
        let page = format!("https://leitplanke.example/contacts/{id}");
        assert!(notice.letter.text.contains(&page));
        assert!(!notice.letter.text.contains("Angebot") && !notice.letter.text.contains(ANNA));
    });
}
