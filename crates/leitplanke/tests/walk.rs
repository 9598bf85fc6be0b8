//! The whole way in a real browser: from a form to a confirmed lead, to a campaign, to leaving it, and to
//! a proof that stands on a machine with nothing but the program. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod chromium;
mod served;

use std::process::Command;

use chromium::Browser;
use fantoccini::Locator;
use jiff::{SignedDuration, ZonedDateTime};
use law::{Channel, Lang};
use operations::mail::{Delivery, Outgoing, Pace};
use operations::{Act, ContactRef, Installation, Organisation, master_key_in};
use served::{Server, leitplanke, run};
use store::Target;
use tempfile::TempDir;
use ureq::Agent;

const ANNA: &str = "anna@muster.example";
const PACE: Pace = Pace {
    per_domain: SignedDuration::from_millis(1),
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

/// Takes every mail that is due, as a mail server would.
fn delivered(here: &Installation) -> Vec<Outgoing> {
    let mut all = Vec::new();
    while let Some(mail) = here.next_message(&PACE, &act()).unwrap() {
        if here
            .begin_transmission(&mail, [7; 32], &PACE, &act())
            .unwrap()
        {
            here.message_ended(&mail, &Delivery::Sent, &act()).unwrap();
            all.push(mail);
        }
    }
    all
}

fn links(mails: &[Outgoing]) -> Vec<String> {
    let anna = mails.iter().filter(|mail| mail.letter.to == ANNA);
    let mut links = Vec::new();
    for mail in anna {
        let words = mail.letter.text.split_whitespace();
        let found = words.filter(|word| word.starts_with("http"));
        links.extend(found.map(str::to_owned));
        links.extend(
            mail.letter
                .list_unsubscribe
                .iter()
                .map(|leave| leave.url.clone()),
        );
    }
    links
}

/// Fills in the form until it is taken: who is faster than a person is asked to send it again.
async fn send_form(browser: &Browser, form: &str) {
    browser.client.goto(form).await.unwrap();
    loop {
        browser.fill("#email", ANNA).await;
        browser.fill("#company", "Muster GmbH").await;
        let tick = Locator::Css("input[name=consent]");
        browser
            .client
            .find(tick)
            .await
            .unwrap()
            .click()
            .await
            .unwrap();
        let forget = "document.querySelector('[role=alert]')?.remove()";
        browser.client.execute(forget, Vec::new()).await.unwrap();
        let send = Locator::Css("form button[type=submit]");
        browser
            .client
            .find(send)
            .await
            .unwrap()
            .click()
            .await
            .unwrap();
        let after = Locator::Css("[role=alert], .narrow");
        browser.client.wait().for_element(after).await.unwrap();
        let url = browser.client.current_url().await.unwrap();
        if url.path().ends_with("/sent") {
            return;
        }
    }
}

/// The page as it is now passes axe's checks, wide and narrow.
async fn accessible(browser: &Browser) {
    // What was done is told for a while and fades; it is looked at before.
    let still = "document.getAnimations().forEach(one => one.cancel())";
    browser.client.execute(still, Vec::new()).await.unwrap();
    for width in [1280, 320] {
        browser.resize(width, 900).await;
        let url = browser.client.current_url().await.unwrap();
        let wrong = browser.violations().await;
        assert_eq!(wrong, [] as [&str; 0], "{} {width}", url.path());
        assert_eq!(browser.overflow().await, 0, "{} {width}", url.path());
    }
    browser.resize(1280, 900).await;
}

/// How much there is in the log.
fn entries(own: &Organisation) -> u64 {
    let checked = own.verify().unwrap();
    assert_eq!(checked.faults, []);
    checked.entries + checked.waiting
}

fn verdict(own: &Organisation) -> &'static str {
    let anna: ContactRef = ANNA.parse().unwrap();
    let decided = own.decide(&anna, "newsletter", Channel::Email, act().today, Lang::De);
    decided.unwrap().decision.verdict
}

#[tokio::test]
async fn from_the_form_to_the_campaign_to_leaving_it_and_to_the_proof_of_all_that() {
    let server = Server::demo(20);
    let folder = server.folder.path().join("demo");
    let key = master_key_in(&folder).unwrap();
    let here = Installation::open(&Target::Sqlite(folder.clone()), key).unwrap();
    here.reached_at(&server.url);
    let own = Organisation::open(&here, None).unwrap();
    let browser = Browser::start(&[]).await;

    let form = format!("{}/f/{}/whitepaper-cooling?lang=de", server.url, own.id());
    send_form(&browser, &form).await;
    let mut mails = delivered(&here);
    let confirm = links(&mails)[0].clone();
    accessible(&browser).await;
    browser.client.goto(&confirm).await.unwrap();
    accessible(&browser).await;
    browser.press("Ja, das war ich").await;
    browser.heading("Danke, das ist bestätigt").await;
    accessible(&browser).await;
    assert_eq!(verdict(&own), "permitted");
    mails.extend(delivered(&here));

    let new = format!("{}/campaigns/new", server.url);
    browser.client.goto(&new).await.unwrap();
    browser.fill("#name", "Neue Fräsmaschine").await;
    browser.choose("#activity", "newsletter").await;
    browser.choose("#channel", "email").await;
    browser
        .fill("#subject_de", "Unsere neue Fräsmaschine")
        .await;
    browser
        .fill("#text_de", "Guten Tag, wir haben etwas Neues.")
        .await;
    browser.press("Entwurf speichern").await;
    browser.heading("Neue Fräsmaschine").await;
    accessible(&browser).await;
    browser.press("Empfänger festlegen").await;
    browser.press("Jetzt senden").await;
    let pause = Locator::XPath("//main//button[contains(., 'Anhalten')]");
    browser.client.wait().for_element(pause).await.unwrap();
    accessible(&browser).await;
    while here.queue_campaigns(&act()).unwrap() {}
    let campaign = delivered(&here);
    let to_anna: Vec<_> = campaign
        .iter()
        .filter(|mail| mail.letter.to == ANNA)
        .collect();
    let [letter] = &to_anna[..] else {
        unreachable!("one mail for each: {}", to_anna.len());
    };
    let leave = letter.letter.list_unsubscribe.as_ref().unwrap();
    assert!(letter.letter.text.contains("Musterbau Maschinen GmbH"));
    assert!(letter.letter.text.contains("/p/"), "{}", letter.letter.text);
    let one_click = leave.url.clone();
    mails.extend(campaign);
    // Nothing is left to send, so it ends, which is evidence of its own.
    here.queue_campaigns(&act()).unwrap();

    // Mail filters open every link of every mail, again and again.
    let before = entries(&own);
    let agent: Agent = Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    for link in links(&mails) {
        for _ in 0..3 {
            agent.get(&link).call().unwrap();
            agent.head(&link).call().unwrap();
        }
    }
    assert_eq!(entries(&own), before, "looking changes nothing");
    assert_eq!(verdict(&own), "permitted");

    let page = one_click.trim_end_matches("/one-click");
    browser.client.goto(page).await.unwrap();
    assert!(!browser.text().await.contains("muster.example"));
    accessible(&browser).await;
    browser.press("Jede Werbung beenden").await;
    browser.heading("Sie erhalten keine Werbung mehr").await;
    accessible(&browser).await;
    assert_eq!(verdict(&own), "refused");

    // What is stored is seen by a link that is mailed, and only then.
    browser.client.goto(page).await.unwrap();
    browser.press("Link zusenden").await;
    browser.heading("unterwegs").await;
    let way = links(&delivered(&here)).remove(0);
    browser.client.goto(&way).await.unwrap();
    accessible(&browser).await;
    browser.press("Meine Daten").await;
    browser.heading("Ihre Daten").await;
    assert!(browser.text().await.contains(ANNA));
    accessible(&browser).await;
    browser.end().await;

    // A copy of the program, the pack and the key: no database, no environment.
    let elsewhere = TempDir::new().unwrap();
    let pack = elsewhere.path().join("anna.zip");
    let mut command = leitplanke(&folder);
    command.args(["evidence", "pack", ANNA, "--out"]);
    run(command.arg(&pack));
    let key = run(leitplanke(&folder).args(["log", "key"]));
    std::fs::write(elsewhere.path().join("key.txt"), key.stdout).unwrap();
    let copy = elsewhere.path().join("leitplanke");
    std::fs::copy(env!("CARGO_BIN_EXE_leitplanke"), &copy).unwrap();
    let said = Command::new(copy)
        .env_clear()
        .current_dir(elsewhere.path())
        .args(["--lang", "en", "verify", "anna.zip", "--key", "key.txt"])
        .output()
        .unwrap();
    let text = String::from_utf8(said.stdout).unwrap();
    assert!(
        said.status.success() && text.contains("✓ genuine"),
        "{text}"
    );
    assert!(text.contains("newsletter (email): withdrawn"), "{text}");
}
