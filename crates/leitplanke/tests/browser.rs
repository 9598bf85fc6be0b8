//! The pages in Chromium: they load without a fault, pass axe's checks in both languages, light
//! and dark, on desktop and phone, and work by keyboard and without scripts.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that can't go on must fail"
)]

mod chromium;
mod served;

use chromium::Browser;
use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::Value;
use served::Server;

const DARK: &str = "--blink-settings=preferredColorScheme=0";

#[tokio::test]
async fn every_page_is_accessible_in_both_languages_light_and_dark_wide_and_narrow() {
    let server = Server::demo(120);
    let pages = [
        "/?lang=en",
        "/?lang=de",
        "/contacts",
        "/contacts/new",
        "/contacts/{contact}",
        "/contacts/{contact}/edit",
        "/contacts/{contact}/object",
        "/contacts/{contact}/withdraw",
        "/contacts/{contact}/restrict",
        "/contacts/{contact}/inform",
        "/contacts/{contact}/erase",
        "/contacts/{contact}/consent",
        "/contacts/{contact}/sale",
        "/contacts/{contact}/circumstance",
        "/contacts/{contact}/screening",
        "/contacts/{contact}/overrule?activity=newsletter&channel=phone",
        "/contacts/duplicates",
        "/companies",
        "/customers",
        "/customers?show=refused",
        "/requests",
        "/contacts/import",
        "/mail",
        "/register",
        "/register/record",
        "/register/activities/new",
        "/register/activities/new?from=telephone-acquisition",
        "/register/activities/telephone-acquisition",
        "/register/recipients/mail-service",
        "/register/measures/new",
        "/register/goods",
        "/register/goods/machines",
        "/register/similar/machines/training",
        "/register/organisation",
        "/register/versions",
        "/register/versions/1",
        "/register/text",
        "/forms",
        "/forms/new",
        "/forms/new?kind=demo_request",
        "/forms/whitepaper-cooling",
        "/forms/rates",
        "/calls",
        "/calls?show=circumstance",
        "/contacts/{contact}/call",
        "/campaigns",
        "/campaigns/new",
        "/campaigns/blocked",
        "/register/purposes",
        "/gate?kind=business&country=DE",
        "/evidence",
        "/evidence/1",
        "/people",
        "/organisations",
        "/account",
        "/sign-in",
        "/health",
        "/nothing-here",
    ];
    let mut wrong = Vec::new();
    for scheme in [&[][..], &[DARK]] {
        let browser = Browser::start(scheme).await;
        let contact = browser.first_of("contacts", &server.url).await;
        // 320 pixels are what is left of a window 1280 pixels wide at 400 % (WCAG 1.4.10).
        for (width, height) in [(1280, 900), (320, 900)] {
            browser.resize(width, height).await;
            for page in pages {
                let page = page.replace("{contact}", &contact);
                browser
                    .client
                    .goto(&format!("{}{page}", server.url))
                    .await
                    .unwrap();
                // Everything that can be opened is looked at open.
                browser
                    .client
                    .execute(
                        "document.querySelectorAll('details').forEach(d => d.open = true)",
                        Vec::new(),
                    )
                    .await
                    .unwrap();
                for violation in browser.violations().await {
                    wrong.push(format!("{page} {width} {scheme:?}: {violation}"));
                }
                let overflow = browser.overflow().await;
                if overflow != 0 {
                    wrong.push(format!("{page} {width}: {overflow} pixels too wide"));
                }
            }
        }
        browser.end().await;
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn a_contact_is_found_by_its_address_and_shows_what_the_gate_says_and_why() {
    let server = Server::demo(120);
    let browser = Browser::start(&[]).await;
    let client = &browser.client;
    client
        .goto(&format!("{}/contacts?lang=de", server.url))
        .await
        .unwrap();
    assert!(browser.violations().await.is_empty());
    let rows = client
        .find_all(Locator::Css(".list tbody tr"))
        .await
        .unwrap();
    assert!(rows.len() > 40, "{}", rows.len());
    // The first contact that has an address, found again by it.
    let mut address = None;
    for number in 1..=10 {
        client
            .goto(&format!("{}/contacts?lang=de", server.url))
            .await
            .unwrap();
        let link = format!(".list tbody tr:nth-child({number}) a");
        client
            .find(Locator::Css(&link))
            .await
            .unwrap()
            .click()
            .await
            .unwrap();
        let record = client.wait();
        let record = record.for_element(Locator::Css("section[aria-labelledby=record]"));
        let record = record.await.unwrap();
        let text = record.text().await.unwrap();
        address = text
            .lines()
            .find(|line| line.contains('@'))
            .map(str::to_owned);
        if address.is_some() {
            break;
        }
    }
    let (address, here) = (address.unwrap(), client.current_url().await.unwrap());
    client
        .goto(&format!("{}/contacts?lang=de", server.url))
        .await
        .unwrap();
    browser.fill("#words", &address).await;
    browser.press("Suchen").await;
    // What was searched for stands in no address.
    let found = format!("{}/contacts/find", server.url).parse().unwrap();
    client.wait().for_url(&found).await.unwrap();
    let link = client.find(Locator::Css(".list tbody a")).await.unwrap();
    link.click().await.unwrap();
    client.wait().for_url(&here).await.unwrap();
    for width in [1280, 320] {
        browser.resize(width, 900).await;
        let open = "document.querySelectorAll('details').forEach(d => d.open = true)";
        client.execute(open, Vec::new()).await.unwrap();
        assert_eq!(browser.violations().await, Vec::<String>::new());
        assert_eq!(browser.overflow().await, 0);
    }
    let text = client
        .find(Locator::Css("main"))
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(
        text.contains("Kanalrecht:") && text.contains("Datenschutzrecht:"),
        "{text}"
    );
    assert!(text.contains("DSGVO"), "{text}");

    client
        .goto(&format!("{}/contacts?lang=de", server.url))
        .await
        .unwrap();
    browser.fill("#words", "niemand@nirgends.example").await;
    browser.press("Suchen").await;
    let message = client
        .wait()
        .for_element(Locator::Css(".empty"))
        .await
        .unwrap();
    let message = message.text().await.unwrap();
    assert!(message.contains("Niemand auf der Liste"), "{message}");
    browser.end().await;
}

#[tokio::test]
async fn a_long_address_does_not_widen_a_phones_page() {
    let server = Server::demo(1);
    let browser = Browser::start(&[]).await;
    let new = format!("{}/contacts/new?lang=de", server.url);
    browser.client.goto(&new).await.unwrap();
    let address = format!("wolfgang@{}.example", "kleinhempellagertechnik".repeat(2));
    browser.fill("#emails", &address).await;
    browser.fill("#source", "Messe Hannover 2026").await;
    browser.fill("#family_name", "Uhlendahl").await;
    let today = "document.querySelector('#obtained_on').value = arguments[0]";
    let day = vec![serde_json::json!("2026-11-02")];
    browser.client.execute(today, day).await.unwrap();
    browser.press("Speichern").await;
    browser.heading("Uhlendahl").await;
    browser.resize(320, 900).await;
    assert_eq!(browser.overflow().await, 0);
    browser.end().await;
}

#[tokio::test]
async fn dark_is_dark_and_light_is_light() {
    let server = Server::demo(1);
    let mut grounds = Vec::new();
    for scheme in [&[][..], &[DARK]] {
        let browser = Browser::start(scheme).await;
        browser.client.goto(&server.url).await.unwrap();
        let script = "return getComputedStyle(document.body).backgroundColor";
        grounds.push(browser.client.execute(script, Vec::new()).await.unwrap());
        browser.end().await;
    }
    assert_ne!(grounds[0], grounds[1], "{grounds:?}");
}

#[tokio::test]
async fn the_reasons_behind_a_number_open_by_keyboard() {
    let server = Server::demo(120);
    let browser = Browser::start(&[]).await;
    let client = &browser.client;
    client
        .goto(&format!("{}/?lang=de", server.url))
        .await
        .unwrap();
    let line = client
        .find(Locator::Css("#newsletter-email"))
        .await
        .unwrap();
    assert_eq!(line.attr("open").await.unwrap(), None);
    let summary = line.find(Locator::Css("summary")).await.unwrap();
    summary.send_keys(&Key::Enter.to_string()).await.unwrap();
    assert!(line.attr("open").await.unwrap().is_some());
    let text = line.text().await.unwrap();
    assert!(text.contains("§ 7 Abs. 2 Nr. 2 UWG"), "{text}");
    assert!(text.contains("Double-Opt-in"), "{text}");
    browser.end().await;
}

#[tokio::test]
async fn the_language_changes_by_a_link_and_german_is_the_browsers() {
    let server = Server::demo(1);
    let browser = Browser::start(&[]).await;
    let client = &browser.client;
    client.goto(&server.url).await.unwrap();
    let title = client
        .find(Locator::Css("h1"))
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert_eq!(title, "Übersicht");
    client
        .find(Locator::LinkText("English"))
        .await
        .unwrap()
        .click()
        .await
        .unwrap();
    let english = client.wait();
    english
        .for_element(Locator::Css("html[lang=en]"))
        .await
        .unwrap();
    let title = client.find(Locator::Css("h1")).await.unwrap();
    assert_eq!(title.text().await.unwrap(), "Overview");
    browser.end().await;
}

#[tokio::test]
async fn the_pages_load_without_a_fault_under_their_content_security_policy() {
    let server = Server::demo(10);
    let browser = Browser::start(&[]).await;
    let client = &browser.client;
    for page in ["/", "/health"] {
        client.goto(&format!("{}{page}", server.url)).await.unwrap();
        let script = "return [document.styleSheets.length, \
            document.styleSheets[0].cssRules.length, \
            [...document.images].filter(i => !i.naturalWidth).length]";
        let loaded = client.execute(script, Vec::new()).await.unwrap();
        assert_eq!(loaded[0], 1, "one stylesheet");
        assert!(loaded[1].as_u64().unwrap() > 20, "with its rules");
        assert_eq!(loaded[2], 0, "no broken picture");
        let tries = "const s = document.createElement('script'); s.textContent = 'window.ran = 1'; \
            document.body.append(s); return window.ran ?? null";
        let ran = client.execute(tries, Vec::new()).await.unwrap();
        assert_eq!(ran, Value::Null, "a script in the page does not run");
    }
    browser.end().await;
}
