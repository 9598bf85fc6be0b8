//! What somebody changes, deletes or invents behind the product's back in forms, leads, requests,
//! calls, campaigns and mail is found by `verify`, on both engines; what goes lawfully is not.
//! All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

mod support;

use std::cell::RefCell;
use std::collections::BTreeMap;

use jiff::SignedDuration;
use law::facts::InterestGround;
use law::{Channel, Lang};
use operations::call::CallOutcome;
use operations::campaign::{CampaignDraft, CampaignText, Chosen};
use operations::contact::Email;
use operations::lead_form::{Answers, FormError, Link};
use operations::mail::{Delivery, MailState, Outgoing, Pace, queue_campaign};
use operations::merge::{MergeChoices, MergeField, MergeSide};
use operations::request::RequestKind;
use operations::{Act, Error, Installation, Organisation, OrganisationId};
use register::FormField;
use store::testing::{Database, on_each_engine};
use support::{TODAY, act, consent_to_newsletter, contact, import, installation, organisation};

const LIST: &[u8] = b"Anrede;Name;E-Mail;Telefon\n\
Frau;Anna Muster;anna@muster.example;+49 641 1234501\n\
Herr;Bert Muster;bert@beispiel.example;+49 641 1234502\n";
const ANNA: &str = "anna@muster.example";
const BERT: &str = "bert@beispiel.example";
const FORM: &str = "whitepaper-cooling";
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

/// Sends a form; gives the token of its mail.
fn send(own: &Organisation, email: &str) -> String {
    let form = own.show_form(FORM, Lang::De, None, act().at).unwrap();
    let answers = Answers {
        ticket: form.ticket.clone(),
        fields: BTreeMap::from([
            (FormField::Email, email.to_owned()),
            (FormField::Company, "Muster Fräserei GmbH".to_owned()),
        ]),
        consents: form.consents.iter().map(|c| c.key.clone()).collect(),
        ..Answers::default()
    };
    let token = RefCell::new(String::new());
    own.submit_form(FORM, &answers, &after(15), |given| {
        given.clone_into(&mut token.borrow_mut());
        format!("https://leitplanke.example/confirm/{given}")
    })
    .unwrap();
    token.into_inner()
}

fn confirm(own: &Organisation, token: &str) -> Result<(), FormError> {
    let link = |link: Link<'_>| match link {
        Link::File { form, token } => format!("https://leitplanke.example/{form}/{token}"),
        Link::Preferences { token } => format!("https://leitplanke.example/p/{token}"),
    };
    own.confirm_form(token, &after(30), link).map(|_| ())
}

fn deliver(here: &Installation, seconds: i64) -> Vec<Outgoing> {
    let at = after(seconds);
    let mut all = Vec::new();
    while let Some(mail) = here.next_message(&PACE, &at).unwrap() {
        assert!(here.begin_transmission(&mail, [7; 32], &PACE, &at).unwrap());
        here.message_ended(&mail, &Delivery::Sent, &at).unwrap();
        all.push(mail);
    }
    all
}

fn id(own: &Organisation, who: &str) -> OrganisationId {
    let view = own.contact_view(&contact(who), TODAY, Lang::De).unwrap();
    view.line.id.parse().unwrap()
}

fn draft() -> CampaignDraft {
    CampaignDraft {
        name: "Neue Fräsen".to_owned(),
        activity: "newsletter".to_owned(),
        channel: Channel::Email,
        goods: None,
        german: Some(CampaignText {
            subject: "Neues".to_owned(),
            text: "{Anrede},\n\nes gibt eine neue Fräse.".to_owned(),
        }),
        english: None,
        chosen: Chosen::default(),
    }
}

/// A confirmed form and one that waits, a request, a call, a campaign to two people and its mail.
fn at_work(database: &Database) -> (Installation, Organisation) {
    organisation(database);
    let here = installation(database);
    here.reached_at("https://leitplanke.example");
    let own = Organisation::all(&here).unwrap().remove(0);
    import(&own, LIST);
    for who in [ANNA, BERT] {
        consent_to_newsletter(&own, who, TODAY);
    }
    let token = send(&own, "dora@muster.example");
    confirm(&own, &token).unwrap();
    own.take_request(id(&own, ANNA), RequestKind::Access, &act())
        .unwrap();
    let activity = "telephone-acquisition";
    own.note_circumstance(
        &contact(BERT),
        activity,
        InterestGround::ContactAsked,
        "Hat nach einer Fräse gefragt",
        &act(),
    )
    .unwrap();
    let call = own
        .begin_call(&contact(BERT), activity, "Guten Tag", Lang::De, &act())
        .unwrap();
    own.end_call(&call.id, CallOutcome::Reached, &act())
        .unwrap();
    let campaign = own.add_campaign(&draft(), &act()).unwrap();
    own.make_campaign_ready(campaign, 1, &act()).unwrap();
    own.redraft_campaign(campaign, &act()).unwrap();
    own.make_campaign_ready(campaign, 3, &act()).unwrap();
    own.send_campaign(campaign, &act()).unwrap();
    while here.queue_campaigns(&act()).unwrap() {}
    assert!(deliver(&here, 60).len() >= 4);
    send(&own, "emil@muster.example");
    sound(&own);
    (here, own)
}

fn sound(own: &Organisation) {
    own.sequence(after(3600).at).unwrap();
    let checked = own.verify().unwrap();
    assert_eq!((checked.faults, checked.unproved), (Vec::new(), 0));
}

/// Each of these changes is found on each engine, in words that name `what`.
fn found(changes: &[&str], what: &str) {
    on_each_engine(|database| {
        let (_, own) = at_work(database);
        for change in changes {
            let before = own.verify().unwrap().faults.len();
            assert!(database.execute(change) > 0, "{change}");
            let faults = own.verify().unwrap().faults;
            let named = faults.iter().filter(|wrong| wrong.what.contains(what));
            assert!(named.count() > 0, "{change}: {faults:?}");
            assert!(faults.len() > before, "{change}: {faults:?}");
        }
    });
}

#[test]
fn a_form_that_was_confirmed_with_another_text_or_by_somebody_else() {
    found(
        &[
            "UPDATE submission SET version = version + 1 WHERE confirmed_at IS NOT NULL",
            "UPDATE submission SET expires_at = expires_at + 1000 WHERE confirmed_at IS NULL",
        ],
        "form that was sent",
    );
    found(
        &["DELETE FROM submission WHERE confirmed_at IS NULL"],
        "missing",
    );
    found(
        &["DELETE FROM submission WHERE confirmed_at IS NOT NULL"],
        "missing",
    );
}

#[test]
fn a_lead_under_another_legal_basis_or_gone_or_invented() {
    found(&["UPDATE lead SET basis = 'legitimate_interests'"], "lead");
    found(&["DELETE FROM lead"], "lead");
    let invented = "INSERT INTO lead (org, id, contact, form, source, basis, furthest) \
                    SELECT org, org, contact, form, source, basis, furthest FROM lead";
    found(&[invented], "no entry says so");
}

#[test]
fn a_request_that_is_due_later_or_was_answered_or_never_came() {
    found(&["UPDATE request SET due_on = due_on + 90"], "request");
    found(&["UPDATE request SET answered_on = asked_on"], "request");
    found(&["DELETE FROM request"], "request");
}

#[test]
fn a_call_that_went_otherwise_or_was_never_made() {
    found(&["UPDATE call SET outcome = 2"], "call");
    found(
        &["UPDATE call SET called_at = called_at - 86400000"],
        "call",
    );
    found(&["DELETE FROM call"], "call");
}

#[test]
fn a_campaign_with_another_text_or_other_people_or_gone() {
    found(
        &["UPDATE campaign SET content = replace(content, 'neue', 'alte')"],
        "campaign",
    );
    found(
        &["DELETE FROM campaign_recipient WHERE contact = \
           (SELECT contact FROM campaign_recipient ORDER BY contact LIMIT 1)"],
        "recipient",
    );
    found(
        &[
            "INSERT INTO campaign_recipient (org, campaign, contact, state) \
           SELECT org, id, (SELECT id FROM submission WHERE confirmed_at IS NULL), 1 \
           FROM campaign",
        ],
        "recipient",
    );
    found(
        &["DELETE FROM campaign_recipient", "DELETE FROM campaign"],
        "missing",
    );
}

#[test]
fn a_mail_that_would_go_out_again_or_was_never_sent() {
    found(
        &["UPDATE message SET state = 1, sent_at = NULL WHERE state = 4"],
        "mail",
    );
    found(
        &["UPDATE message SET state = 4, sent_at = created_at WHERE state = 1"],
        "no entry says so",
    );
    found(&["DELETE FROM message WHERE state = 4"], "missing");
}

#[test]
fn what_goes_lawfully_is_no_fault() {
    on_each_engine(|database| {
        let (_, own) = at_work(database);
        let later = Act {
            at: act().at + SignedDuration::from_hours(24 * 60),
            ..act()
        };
        assert_eq!(own.tidy_forms(&later).unwrap(), 1);
        sound(&own);
        let (kept, other) = (id(&own, ANNA), id(&own, BERT));
        let seen = own.merge_view(kept, other).unwrap().seen;
        let choices: MergeChoices = MergeField::ALL
            .into_iter()
            .map(|field| (field, MergeSide::Kept))
            .collect();
        own.merge_contacts(kept, other, &choices, seen, &act())
            .unwrap();
        sound(&own);
        let dora = "dora@muster.example";
        let moved = id(&own, dora);
        let seen = own.merge_view(kept, moved).unwrap().seen;
        own.merge_contacts(kept, moved, &choices, seen, &act())
            .unwrap();
        sound(&own);
        own.erase(&contact(ANNA), &act()).unwrap();
        sound(&own);
    });
}

#[test]
fn a_token_that_is_put_to_another_form_confirms_nothing() {
    on_each_engine(|database| {
        let (_, own) = at_work(database);
        let token = send(&own, "mallory@muster.example");
        // Mallory's token now stands with what Emil sent.
        let place = ("submission", "token");
        let last = "entry_seq = (SELECT MAX(entry_seq) FROM submission)";
        let mut hash = Vec::new();
        database.change_bytes(place, last, |own| {
            hash.clone_from(own);
            own.fill(0);
        });
        let emils = "confirmed_at IS NULL AND entry_seq = \
                     (SELECT MIN(entry_seq) FROM submission WHERE confirmed_at IS NULL)";
        database.change_bytes(place, emils, |own| own.clone_from(&hash));
        assert!(matches!(confirm(&own, &token), Err(FormError::Link)));
        let faults = own.verify().unwrap().faults;
        assert!(faults.iter().any(|w| w.what.contains("form that was sent")));
    });
}

#[test]
fn a_token_that_is_put_to_another_form_with_an_entry_about_its_mail_confirms_nothing() {
    on_each_engine(|database| {
        let (here, own) = at_work(database);
        // The mail to Emil goes, and leaves an entry about his form that says nothing of the form.
        assert_eq!(deliver(&here, 120).len(), 1);
        let token = send(&own, "mallory@muster.example");
        let place = ("submission", "token");
        let mallorys = "entry_seq = (SELECT MAX(entry_seq) FROM submission)";
        let mut hash = Vec::new();
        database.change_bytes(place, mallorys, |own| {
            hash.clone_from(own);
            own.fill(0);
        });
        let emils = "confirmed_at IS NULL AND entry_seq = \
                     (SELECT MIN(entry_seq) FROM submission WHERE confirmed_at IS NULL)";
        database.change_bytes(place, emils, |own| own.clone_from(&hash));
        let mailed = "UPDATE submission SET entry_seq = (SELECT MAX(seq) FROM evidence_entry e \
                      WHERE e.kind = 60 AND e.subject = (SELECT subject FROM evidence_entry \
                      WHERE seq = submission.entry_seq)) WHERE confirmed_at IS NULL \
                      AND entry_seq = (SELECT MIN(entry_seq) FROM submission \
                      WHERE confirmed_at IS NULL)";
        assert_eq!(database.execute(mailed), 1);
        assert!(matches!(confirm(&own, &token), Err(FormError::Link)));
        // Nor with the kind put to the column.
        let kind = "UPDATE evidence_entry SET kind = 50 WHERE kind = 60";
        assert!(database.execute(kind) > 0);
        assert!(matches!(confirm(&own, &token), Err(FormError::Link)));
        let faults = own.verify().unwrap().faults;
        assert!(faults.iter().any(|w| w.what.contains("form that was sent")));
    });
}

#[test]
fn a_form_that_goes_with_its_key_and_no_entry() {
    on_each_engine(|database| {
        let (_, own) = at_work(database);
        let mut id = Vec::new();
        let emils = "confirmed_at IS NULL";
        database.change_bytes(("submission", "id"), emils, |own| id.clone_from(own));
        let emil = OrganisationId(id.try_into().unwrap());
        assert_eq!(
            database.execute(&format!("DELETE FROM submission WHERE {emils}")),
            1
        );
        database.delete_key(emil);
        let faults = own.verify().unwrap().faults;
        let named = |wrong: &operations::Wrong| wrong.what.contains("form of which entry");
        assert!(faults.iter().any(named), "{faults:?}");
    });
}

#[test]
fn a_link_that_was_used_or_made_in_the_database_opens_nothing() {
    on_each_engine(|database| {
        let (here, own) = at_work(database);
        own.send_own_link(id(&own, ANNA), Lang::De, &act()).unwrap();
        let mail = deliver(&here, 90).remove(0);
        let (_, rest) = mail.letter.text.split_once("/me/").unwrap();
        let token = rest.split_whitespace().next().unwrap().to_owned();
        let again = "UPDATE own_link SET used_at = NULL";
        let longer = "UPDATE own_link SET expires_at = expires_at + 60000";
        assert!(here.own_link(&token, after(120).at).unwrap().is_some());
        database.execute(longer);
        assert!(here.own_link(&token, after(120).at).unwrap().is_none());
        database.execute("UPDATE own_link SET expires_at = expires_at - 60000");
        let elsewhere = "UPDATE own_link SET contact = (SELECT contact FROM call LIMIT 1)";
        let back = "UPDATE own_link SET contact = (SELECT contact FROM request LIMIT 1)";
        database.execute(elsewhere);
        assert!(here.own_link(&token, after(120).at).unwrap().is_none());
        database.execute(back);
        assert!(here.open_own_link(&token, &after(120)).unwrap().is_some());
        sound(&own);
        assert!(database.execute(again) > 0);
        let faults = own.verify().unwrap().faults;
        assert!(faults.iter().any(|wrong| wrong.what.contains("link")));
        assert!(here.open_own_link(&token, &after(130)).unwrap().is_none());
    });
}

#[test]
fn a_mail_whose_key_can_not_be_read_is_set_aside_and_the_others_go() {
    on_each_engine(|database| {
        organisation(database);
        let here = installation(database);
        let own = Organisation::all(&here).unwrap().remove(0);
        import(&own, LIST);
        let text = "Guten Tag,\n\nwir haben Ihre Daten.\n";
        let bad = own
            .write_notice(&contact(ANNA), "Ihre Daten", text, &act())
            .unwrap();
        let lost = own
            .write_notice(&contact(ANNA), "Ihre Daten", text, &act())
            .unwrap();
        let good = own
            .write_notice(&contact(BERT), "Ihre Daten", text, &after(1))
            .unwrap();
        let claimed = here.next_message(&PACE, &act()).unwrap().unwrap();
        let first = claimed.id;
        assert!(
            here.begin_transmission(&claimed, [7; 32], &PACE, &act())
                .unwrap()
        );
        let anna = id(&own, ANNA);
        database.spoil_key(anna);
        let sent = deliver(&here, 120);
        assert_eq!(sent.iter().map(|mail| mail.id).collect::<Vec<_>>(), [good]);
        let second = if first == bad { lost } else { bad };
        let state = |id| own.mail(id).unwrap().line.state;
        assert_eq!(state(first), MailState::Unknown);
        assert_eq!(state(second), MailState::GivenUp);
    });
}

#[test]
fn many_mails_to_one_domain_hold_up_no_other() {
    on_each_engine(|database| {
        organisation(database);
        let here = installation(database);
        here.reached_at("https://leitplanke.example");
        let own = Organisation::all(&here).unwrap().remove(0);
        import(&own, LIST);
        for who in [ANNA, BERT] {
            consent_to_newsletter(&own, who, TODAY);
        }
        let campaign = own.add_campaign(&draft(), &act()).unwrap();
        own.make_campaign_ready(campaign, 1, &act()).unwrap();
        own.send_campaign(campaign, &act()).unwrap();
        while here.queue_campaigns(&act()).unwrap() {}
        let (this, by, email) = (own.clone(), after(1), Email::parse(ANNA).unwrap());
        let many = database.open().write(move |tx| {
            for n in 0..5000_u16 {
                let mut nobody = [1; 16];
                nobody[..2].copy_from_slice(&n.to_be_bytes());
                queue_campaign(tx, &this, campaign, OrganisationId(nobody), &email, &by)?;
            }
            Ok::<_, Error>(())
        });
        many.unwrap();
        let pace = Pace {
            per_domain: SignedDuration::from_secs(60),
            lease: SignedDuration::from_secs(600),
        };
        let next = |seconds| here.next_message(&pace, &after(seconds)).unwrap();
        let mut two = [next(2).unwrap(), next(2).unwrap()].map(|mail| mail.letter.to);
        two.sort();
        assert_eq!(two, [ANNA, BERT]);
        for _ in 0..20 {
            assert!(next(3).is_none(), "both domains have to wait");
        }
        assert!(next(70).is_none(), "who is not there any more gets no mail");
    });
}
