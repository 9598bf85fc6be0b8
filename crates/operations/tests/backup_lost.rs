//! What ended after a backup stays ended when it is restored: forms nobody confirmed, requests of nobody
//! known, and withdrawals, by whatever way. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

mod support;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::{SignedDuration, ToSpan as _};
use law::{Channel, Country, Land, Lang};
use operations::backup::{Folder, Lost, Places, Retention, restore};
use operations::contact::Email;
use operations::lead_form::{Answers, Link};
use operations::mail::Pace;
use operations::preferences::{PERSON, Wish};
use operations::request::{Closing, Identity, Intake, NewRequest, Outcome, RequestKind, Whom};
use operations::sms::{Asked, Entered, SmsEnd};
use operations::{
    Act, EvidenceFilter, Installation, NewOrganisation, Organisation, OrganisationId,
};
use register::FormField;
use store::testing::{Database, on_each_engine};
use support::{TODAY, act, contact, installation, master_key, organisation};

const FORM: &str = "whitepaper-cooling";
const ANNA: &str = "anna@muster.example";
const BERT: &str = "bert@muster.example";
const CARA: &str = "cara@muster.example";

/// An act so many minutes later.
fn later(minutes: i64) -> Act {
    Act {
        at: act().at + SignedDuration::from_mins(minutes),
        by: PERSON.to_owned(),
        ..act()
    }
}

fn days(days: i64) -> Act {
    Act {
        at: act().at + SignedDuration::from_hours(24 * days),
        today: TODAY.checked_add(days.days()).unwrap(),
        ..act()
    }
}

struct Shelf {
    folder: tempfile::TempDir,
}

impl Shelf {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn places(&self) -> Places {
        Places {
            data: Arc::new(Folder::new(self.folder.path().join("data"))),
            keys: Arc::new(Folder::new(self.folder.path().join("keys"))),
        }
    }
}

fn back_up(here: &Installation, shelf: &Shelf, at: &Act) {
    here.back_up(&shelf.places(), Retention::default(), at)
        .unwrap();
}

/// Restores into `other`; log and state are without faults.
fn restored(shelf: &Shelf, other: &Database, at: &Act) -> Organisation {
    let told = restore(
        &shelf.places(),
        None,
        &master_key(),
        other.target(),
        Lost::Nothing,
        at,
    )
    .unwrap();
    assert_eq!(told.faults, []);
    let this = Organisation::open(&installation(other), None).unwrap();
    let checked = this.verify().unwrap();
    assert_eq!((checked.faults, checked.waiting), (vec![], 0));
    this
}

/// A database of each engine to restore into.
fn on_each_pair(test: impl Fn(&Database, &Database)) {
    on_each_engine(|database| test(database, &Database::sqlite()));
    if let (Some(from), Some(into)) = (Database::postgres(), Database::postgres()) {
        test(&from, &into);
    }
}

/// Sends the form; returns the token of the mail.
fn sent(own: &Organisation, email: &str, number: Option<&str>, at: &Act) -> String {
    let shown_at = at.at - SignedDuration::from_secs(15);
    let form = own.show_form(FORM, Lang::De, None, shown_at).unwrap();
    let mut fields = BTreeMap::from([(FormField::Email, email.to_owned())]);
    fields.extend(number.map(|number| (FormField::Phone, number.to_owned())));
    let answers = Answers {
        ticket: form.ticket.clone(),
        fields,
        consents: form.consents.iter().map(|c| c.key.clone()).collect(),
        ..Answers::default()
    };
    let token = RefCell::new(String::new());
    own.submit_form(FORM, &answers, at, |given| {
        given.clone_into(&mut token.borrow_mut());
        String::new()
    })
    .unwrap();
    token.into_inner()
}

fn kinds(own: &Organisation, kind: &str) -> Vec<String> {
    let filter = EvidenceFilter {
        kind: Some(kind.to_owned()),
        ..EvidenceFilter::default()
    };
    let page = own.evidence_page(&filter, None, 100).unwrap();
    let content = page.lines.iter().map(|line| {
        let entry = own.evidence_entry(line.entry).unwrap();
        entry.content.unwrap_or_default().to_string()
    });
    content.collect()
}

#[test]
fn a_form_nobody_confirmed_and_a_request_of_nobody_known_that_ended_stay_ended() {
    on_each_pair(|database, other| {
        let own = organisation(database);
        let here = installation(database);
        sent(&own, ANNA, None, &act());
        let request = NewRequest {
            whom: Whom::Nobody("Fritz Fremd".to_owned()),
            kind: RequestKind::Access,
            intake: Intake::Letter,
            received_on: TODAY,
            text: "Was haben Sie über mich?".to_owned(),
            identity: Identity::NotNeeded,
            lang: Lang::De,
        };
        let request = own.receive_request(&request, &act()).unwrap().id;
        let shelf = Shelf::new();
        back_up(&here, &shelf, &later(1));
        // Both end after the backup, and of the rest only the keys reach the shelf.
        assert_eq!(own.tidy_forms(&days(40)).unwrap(), 1);
        let closing = Closing {
            outcome: Outcome::NothingStored,
            text: "Wir haben nichts über Sie gespeichert.".to_owned(),
            ground: None,
            told_otherwise: true,
            not_done: String::new(),
        };
        let seen = own.request_view(request, TODAY).unwrap().seen;
        own.close_request(request, seen, &closing, &days(41))
            .unwrap();
        assert_eq!(own.tidy_requests(&days(366 * 5)).unwrap(), 1);
        here.renew_keys(&*shelf.places().keys, &days(366 * 5 + 1))
            .unwrap();

        let again = restored(&shelf, other, &days(366 * 5 + 2));
        let expired = kinds(&again, "submission.expired");
        assert!(
            expired.len() == 1 && expired[0].contains("key_is_gone"),
            "{expired:?}"
        );
        let removed = kinds(&again, "request.removed");
        assert!(
            removed.len() == 1 && removed[0].contains("key_is_gone"),
            "{removed:?}"
        );
        assert_eq!(again.open_requests(10).unwrap().len(), 0);
        assert_eq!(again.tidy_forms(&days(366 * 5 + 3)).unwrap(), 0);
    });
}

/// The sample register, with a consent to calls and messages at the form too.
fn register() -> String {
    register::SAMPLE
        .replace(
            "channels = [\"email\", \"storing\"]\nmeasures = [\"access-control\", \"encryption\"]\n\n[[activity.retention]]\nstart = \"consent_withdrawal\"",
            "channels = [\"email\", \"storing\", \"phone\", \"sms\"]\nmeasures = [\"access-control\", \"encryption\"]\n\n[[activity.retention]]\nstart = \"consent_withdrawal\"",
        )
        .replace(
            "version = 2\npurposes = [\"newsletter\"]\nchannels = [\"email\"]",
            "version = 2\npurposes = [\"newsletter\"]\nchannels = [\"email\", \"phone\", \"sms\"]",
        )
        .replacen(
            "[[form.question]]\nfield = \"company\"",
            "[[form.question]]\nfield = \"phone\"\nwhy_de = \"Freiwillig: für Rückfragen.\"\n\
             why_en = \"Optional: for questions.\"\n\n[[form.question]]\nfield = \"company\"",
            1,
        )
}

/// A form that was sent and confirmed; what opens the page for the number.
fn confirmed(own: &Organisation, email: &str, number: Option<&str>) -> Option<String> {
    let token = sent(own, email, number, &later(1));
    let done = own.confirm_form(&token, &later(2), |link| match link {
        Link::File { .. } | Link::Preferences { .. } => String::new(),
    });
    done.unwrap().number_token
}

fn id(own: &Organisation, who: &str) -> OrganisationId {
    let view = own.contact_view(&contact(who), TODAY, Lang::De).unwrap();
    view.line.id.parse().unwrap()
}

fn verdict(own: &Organisation, who: &str, channel: Channel) -> &'static str {
    let decided = own.decide(&contact(who), "newsletter", channel, TODAY, Lang::De);
    decided.unwrap().decision.verdict
}

/// The token of the mail that asks whether a request is the person's own.
fn asked_by_mail(here: &Installation, at: &Act) -> String {
    let pace = Pace {
        per_domain: SignedDuration::ZERO,
        lease: SignedDuration::from_secs(600),
    };
    let mut found = None;
    while let Some(mail) = here.next_message(&pace, at).unwrap() {
        let mut lines = mail.letter.text.lines();
        let link = lines.find(|line| line.contains("/rights/"));
        found = link
            .and_then(|link| link.rsplit('/').next().map(str::to_owned))
            .or(found);
    }
    found.unwrap()
}

#[test]
fn withdrawals_by_form_for_a_number_and_in_the_preference_centre_hold_after_a_restore() {
    on_each_pair(|database, other| {
        let here = installation(database);
        here.reached_at("https://leitplanke.example");
        here.has_sms_gateway();
        let new = NewOrganisation {
            name: "Musterbau Maschinen GmbH".to_owned(),
            country: Country::DE,
            land: Some(Land::He),
        };
        let own = Organisation::create(&here, &new, &act()).unwrap();
        own.apply_register(&register(), &act()).unwrap();
        // Anna's number is proved by a code, and so are calls and messages.
        let token = confirmed(&own, ANNA, Some("0151 23456789")).unwrap();
        prove_number(&here, &token);
        confirmed(&own, BERT, None);
        confirmed(&own, CARA, None);
        assert_eq!(verdict(&own, ANNA, Channel::Sms), "permitted");
        for who in [ANNA, BERT, CARA] {
            assert_eq!(verdict(&own, who, Channel::Email), "permitted", "{who}");
        }
        own.sequence(later(10).at).unwrap();
        let shelf = Shelf::new();
        back_up(&here, &shelf, &later(10));

        own.take_away(id(&own, ANNA), &Wish::Channel(Channel::Sms), &later(11))
            .unwrap();
        own.take_away(id(&own, CARA), &Wish::Advertising, &later(11))
            .unwrap();
        let by_form = NewRequest {
            whom: Whom::Address(Email::parse(BERT).unwrap()),
            kind: RequestKind::Withdrawal,
            intake: Intake::Page,
            received_on: TODAY,
            text: String::new(),
            identity: Identity::Asked,
            lang: Lang::De,
        };
        own.receive_request(&by_form, &later(11)).unwrap();
        let token = asked_by_mail(&here, &later(12));
        own.confirm_request(&token, &later(13)).unwrap().unwrap();
        own.sequence(later(14).at).unwrap();
        here.ship_journal(&*shelf.places().keys).unwrap();

        let again = restored(&shelf, other, &later(600));
        assert_eq!(verdict(&again, ANNA, Channel::Sms), "refused");
        assert_eq!(verdict(&again, ANNA, Channel::Email), "permitted");
        assert_eq!(verdict(&again, BERT, Channel::Email), "refused");
        assert_eq!(verdict(&again, CARA, Channel::Email), "refused");
    });
}

/// Has a code sent to the number and enters it.
fn prove_number(here: &Installation, token: &str) {
    let asked = here.send_code(token, Lang::De, &later(3)).unwrap();
    assert_eq!(asked, Asked::Sent);
    let lease = SignedDuration::from_secs(20);
    let sms = here.next_sms(lease, &later(4)).unwrap().unwrap();
    here.sms_ended(&sms, SmsEnd::Taken, &later(4)).unwrap();
    let mut words = sms.text.split(|c: char| !c.is_ascii_digit());
    let code = words.find(|word| word.len() == 6).unwrap();
    let entered = here.enter_code(token, code, &later(5)).unwrap();
    assert_eq!(entered, Entered::Confirmed);
}
