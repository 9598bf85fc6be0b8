//! A campaign by the real binary to a real mail server, from a process that is killed again and again.
//! All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod mail_server;
mod served;

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use jiff::ZonedDateTime;
use law::facts::Proof;
use law::gdpr::art07::{Action, Circumstances};
use law::{Channel, ChannelSet, Lang};
use mail_server::MailServer;
use operations::campaign::{CampaignDraft, CampaignText, Chosen};
use operations::mail::MailState;
use operations::{Act, Installation, NewConsent, Organisation, master_key_in};
use served::{Server, prepared};
use store::Target;

const PEOPLE: usize = 80;

fn act() -> Act {
    let now = ZonedDateTime::now();
    Act {
        at: now.timestamp(),
        today: now.date(),
        by: "test".to_owned(),
    }
}

fn address(number: usize) -> String {
    format!("person{number}@firma{number}.example")
}

fn consents(organisation: &Organisation, number: usize) {
    let new = NewConsent {
        contact: address(number).parse().unwrap(),
        activity: "newsletter".to_owned(),
        channels: ChannelSet::of(Channel::Email),
        given_on: act().today,
        proof: Proof::DoubleOptInCompleted,
        text: Some("Ja, ich möchte den Newsletter der Musterbau Maschinen GmbH.".to_owned()),
        circumstances: Circumstances {
            action: Some(Action::Active),
            ..Circumstances::default()
        },
        told: None,
    };
    organisation.record_consent(&new, &act()).unwrap();
}

#[test]
fn a_campaign_that_is_killed_again_and_again_reaches_everybody_once_and_nobody_who_left() {
    let mut list = "E-Mail\n".to_owned();
    for number in 0..PEOPLE {
        writeln!(list, "{}", address(number)).unwrap();
    }
    let mut folder = prepared(&list);
    let target = Target::Sqlite(folder.path().to_owned());
    let key = master_key_in(folder.path()).unwrap();
    let here = Installation::open(&target, key).unwrap();
    let organisation = Organisation::open(&here, None).unwrap();
    for number in 0..PEOPLE {
        consents(&organisation, number);
    }
    let draft = CampaignDraft {
        name: "Neue Fräsen".to_owned(),
        activity: "newsletter".to_owned(),
        channel: Channel::Email,
        goods: None,
        german: Some(CampaignText {
            subject: "Neue Fräsen".to_owned(),
            text: "{Anrede},\n\nes gibt eine neue Fräse.".to_owned(),
        }),
        english: None,
        chosen: Chosen::default(),
    };
    let campaign = organisation.add_campaign(&draft, &act()).unwrap();
    let people = organisation.make_campaign_ready(campaign, 1, &act());
    assert_eq!(people.unwrap(), PEOPLE as u64);
    organisation.send_campaign(campaign, &act()).unwrap();
    // Somebody leaves between the choice and the sending.
    let left = address(PEOPLE - 1).parse().unwrap();
    organisation
        .record_objection(&left, ChannelSet::ALL, act().today, &act())
        .unwrap();

    let mail = MailServer::start();
    mail.behave("late 0.02");
    let (url, ca) = (mail.url(), mail.ca());
    let mut options = vec!["--smtp", &url, "--smtp-ca", ca.to_str().unwrap()];
    options.extend(["--mail-from", "Musterbau <post@musterbau.example>"]);
    options.extend(["--address", "https://leitplanke.example"]);
    options.extend(["--mail-patience", "2"]);
    let mailbox = tempfile::TempDir::new().unwrap();
    for part in ["new", "cur", "tmp"] {
        std::fs::create_dir(mailbox.path().join(part)).unwrap();
    }
    options.extend(["--mailbox", mailbox.path().to_str().unwrap()]);
    for part in 1..=3 {
        let server = Server::on(folder, &options);
        mail.wait_for(part * PEOPLE / 6);
        folder = server.fails();
    }
    let server = Server::on(folder, &options);
    let end = Instant::now() + Duration::from_mins(2);
    let over = [MailState::Sent, MailState::Unknown, MailState::Refused];
    let result = loop {
        let result = organisation
            .campaign_result(campaign, &act(), Lang::De)
            .unwrap();
        if result.count(&over) == PEOPLE as u64 {
            break result;
        }
        assert!(Instant::now() < end, "{:?}", result.mails);
        std::thread::sleep(Duration::from_millis(100));
    };
    drop(server);
    assert_eq!(result.count(&[MailState::Refused]), 1);
    let mut times: HashMap<String, usize> = HashMap::new();
    let people: HashSet<String> = (0..PEOPLE).map(address).collect();
    for received in mail.mails() {
        // Recipients of the data are told of the objection, too; those letters are no advertising.
        if !people.contains(&received.to[0]) {
            continue;
        }
        *times.entry(received.to[0].clone()).or_default() += 1;
        let checked = received.checked(None);
        let text = checked["text"].as_str().unwrap();
        assert!(text.contains("https://leitplanke.example/p/"), "{text}");
        let leave = checked["headers"]["list-unsubscribe"].as_str().unwrap();
        assert!(
            leave.contains("<mailto:post@musterbau.example?subject=unsubscribe%20"),
            "{leave}"
        );
        assert_eq!(
            checked["headers"]["list-unsubscribe-post"],
            "List-Unsubscribe=One-Click"
        );
    }
    assert!(times.values().all(|times| *times == 1), "{times:?}");
    assert!(!times.contains_key(&address(PEOPLE - 1)));
    // What was just under way when a process ended is shown to people, and not sent again.
    let unknown = result.count(&[MailState::Unknown]);
    assert!(unknown <= 2 * 3, "{unknown}");
    let sent = result.count(&[MailState::Sent]);
    assert!(times.len() as u64 >= sent && sent + unknown == PEOPLE as u64 - 1);
}
