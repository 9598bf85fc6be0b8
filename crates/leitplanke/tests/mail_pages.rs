//! The pages about mail in a real browser: free of barriers and of sideways scrolling, on a desktop
//! and on a phone. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod chromium;
mod served;

use chromium::Browser;
use jiff::{SignedDuration, ZonedDateTime};
use operations::mail::{Delivery, MailState, Pace, Trouble, TroubleKind};
use operations::{Act, ContactFilter, Installation, Organisation, master_key_in};
use served::Server;
use store::Target;

#[tokio::test]
async fn mail_in_every_state_is_shown_without_barriers() {
    let server = Server::demo(40);
    let folder = server.folder.path().join("demo");
    let key = master_key_in(&folder).unwrap();
    let here = Installation::open(&Target::Sqlite(folder), key).unwrap();
    let organisation = Organisation::open(&here, None).unwrap();
    let now = ZonedDateTime::now();
    let act = Act {
        at: now.timestamp(),
        today: now.date(),
        by: "test".to_owned(),
    };
    let pace = Pace {
        per_domain: SignedDuration::from_secs(2),
        lease: SignedDuration::from_secs(600),
    };
    let failed = |kind, code| Delivery::Failed(Trouble::with_code(kind, code));
    let ends = [
        Delivery::Sent,
        Delivery::Unclear,
        failed(TroubleKind::ForGood, "5.1.1"),
        failed(TroubleKind::Later, "4.2.0"),
        failed(TroubleKind::Unwritable, ""),
    ];
    let mut ends = ends.iter().cycle();
    let contacts = organisation.find_contacts(&ContactFilter::default(), None, 40);
    for line in contacts.unwrap().lines {
        let to = line.id.parse().unwrap();
        let text = "Guten Tag,\n\nso verarbeiten wir Ihre Daten:\nhttps://musterbau.example/datenschutz-und-alle-rechte-die-sie-haben\n";
        if organisation
            .write_notice(&to, "Ihre Daten bei uns", text, &act)
            .is_err()
        {
            continue; // Not everybody has an address.
        }
        if let Some(mail) = here.next_message(&pace, &act).unwrap() {
            let end = ends.next().unwrap();
            if matches!(end, Delivery::Sent | Delivery::Unclear) {
                let begun = here.begin_transmission(&mail, [1; 32], &pace, &act);
                assert!(begun.unwrap());
            }
            here.message_ended(&mail, end, &act).unwrap();
        }
    }
    let unknown = organisation
        .mail_in(&[MailState::Unknown], None, 1)
        .unwrap();
    let bounced = organisation
        .mail_in(&[MailState::Bounced], None, 1)
        .unwrap();
    let mut pages: Vec<String> = [
        "waiting", "unknown", "given_up", "bounced", "refused", "sent",
    ]
    .map(|state| format!("/mail?state={state}"))
    .to_vec();
    pages.push(format!("/mail/{}", unknown[0].id));
    pages.push(format!("/contacts/{}", bounced[0].contact().unwrap()));
    let browser = Browser::start(&[]).await;
    for page in &pages {
        for width in [1200, 390, 320] {
            browser.resize(width, 1000).await;
            let url = format!("{}{page}", server.url);
            browser.client.goto(&url).await.unwrap();
            assert_eq!(browser.overflow().await, 0, "{page} at {width}");
            assert_eq!(browser.violations().await, Vec::<String>::new(), "{page}");
        }
    }
    browser.end().await;
}
