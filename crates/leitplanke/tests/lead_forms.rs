//! A lead form in a real browser, from the form to a contact whom the newsletter may reach. All
//! persons are invented.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod chromium;
mod served;

use chromium::Browser;
use fantoccini::Locator;
use jiff::{SignedDuration, ZonedDateTime};
use law::{Channel, Lang};
use operations::mail::Pace;
use operations::{Act, ContactRef, Installation, Organisation, master_key_in};
use served::{Server, prepared};
use store::Target;

const PACE: Pace = Pace {
    per_domain: SignedDuration::from_secs(2),
    lease: SignedDuration::from_secs(600),
};

fn act() -> Act {
    let now = ZonedDateTime::now();
    Act {
        at: now.timestamp(),
        today: now.date(),
        by: "test".to_owned(),
    }
}

/// The link in the next mail that asks to confirm.
fn link(here: &Installation) -> String {
    let mail = here.next_message(&PACE, &act()).unwrap().unwrap();
    let words = mail.letter.text.split_whitespace();
    let mut links = words.filter(|word| word.starts_with("http"));
    links.next().unwrap().to_owned()
}

async fn without_barriers(browser: &Browser, what: &str) {
    for (width, height) in [(1200, 900), (390, 800)] {
        browser.resize(width, height).await;
        assert_eq!(browser.overflow().await, 0, "{what} at {width}");
        assert_eq!(
            browser.violations().await,
            Vec::<String>::new(),
            "{what} at {width}"
        );
    }
}

#[tokio::test]
async fn from_the_form_to_a_contact_whom_the_newsletter_may_reach() {
    let server = Server::on(prepared("Name;E-Mail\n"), &[]);
    let folder = server.folder.path().to_owned();
    let key = master_key_in(&folder).unwrap();
    let here = Installation::open(&Target::Sqlite(folder), key).unwrap();
    let own = Organisation::open(&here, None).unwrap();
    let anna: ContactRef = "anna@muster.example".parse().unwrap();

    let browser = Browser::start(&[]).await;
    let client = &browser.client;
    let form = format!(
        "{}/f/{}/whitepaper-cooling?source=messe&lang=de",
        server.url,
        own.id()
    );
    client.goto(&form).await.unwrap();
    without_barriers(&browser, "the form").await;
    let open = "document.querySelector('details').open = true";
    client.execute(open, Vec::new()).await.unwrap();
    without_barriers(&browser, "the form's information").await;

    // Wrong at first: the page says what, and keeps what was entered but no box.
    let field = |name: &'static str| client.find(Locator::Id(name));
    field("company")
        .await
        .unwrap()
        .send_keys("Muster GmbH")
        .await
        .unwrap();
    let send = Locator::Css("form button[type=submit]");
    client.find(send).await.unwrap().click().await.unwrap();
    let alert = Locator::Css("[role=alert]");
    client.wait().for_element(alert).await.unwrap();
    without_barriers(&browser, "the form with something to mend").await;
    let company = field("company").await.unwrap().prop("value").await.unwrap();
    assert_eq!(company.as_deref(), Some("Muster GmbH"));

    // The script does its work while a person reads; who is faster than that is asked to try again.
    loop {
        let email = field("email").await.unwrap();
        email.clear().await.unwrap();
        email.send_keys("anna@muster.example").await.unwrap();
        // What was told before would be taken for what is told next.
        let forget = "document.querySelector('[role=alert]').remove()";
        client.execute(forget, Vec::new()).await.unwrap();
        let tick = Locator::Css("input[name=consent]");
        client.find(tick).await.unwrap().click().await.unwrap();
        client.find(send).await.unwrap().click().await.unwrap();
        let main = Locator::Css("[role=alert], .narrow");
        client.wait().for_element(main).await.unwrap();
        if client
            .current_url()
            .await
            .unwrap()
            .path()
            .ends_with("/sent")
        {
            break;
        }
        let worked = field("email").await.unwrap().prop("value").await.unwrap();
        assert_eq!(worked.as_deref(), Some("anna@muster.example"));
    }
    without_barriers(&browser, "the page after it").await;
    assert!(client.get_all_cookies().await.unwrap().is_empty());

    let link = link(&here);
    for _ in 0..3 {
        client.goto(&link).await.unwrap();
    }
    without_barriers(&browser, "the page that confirms").await;
    let today = act().today;
    assert!(
        own.contact_view(&anna, today, Lang::De).is_err(),
        "looking changes nothing"
    );
    client.find(send).await.unwrap().click().await.unwrap();
    client
        .wait()
        .for_element(Locator::Css("a[href*='/p/']"))
        .await
        .unwrap();
    without_barriers(&browser, "the page after confirming").await;

    let view = own.contact_view(&anna, today, Lang::De).unwrap();
    assert!(view.consents_in_force);
    let decided = own
        .decide(&anna, "newsletter", Channel::Email, today, Lang::De)
        .unwrap();
    assert_eq!(decided.decision.verdict, "permitted");
    client.goto(&link).await.unwrap();
    without_barriers(&browser, "the link that was used").await;
    browser.end().await;
}
