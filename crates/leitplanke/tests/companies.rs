//! Companies, and two contacts that become one, in Chromium. All persons are invented.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that can't go on must fail"
)]

mod chromium;
mod served;

use chromium::Browser;
use fantoccini::Locator;
use served::Server;

/// Adds a contact by hand; the page after it is the contact's.
async fn add(browser: &Browser, server: &Server, given: &str, family: &str, email: &str) {
    let path = format!("{}/contacts/new?lang=de", server.url);
    browser.client.goto(&path).await.unwrap();
    browser.heading("Kontakt hinzufügen").await;
    browser.fill("#given_name", given).await;
    browser.fill("#family_name", family).await;
    browser.fill("#company", "Zwillingsbau GmbH & Co. KG").await;
    browser.fill("#emails", email).await;
    browser.fill("#source", "Messe Hannover").await;
    browser.press("Speichern").await;
    browser.heading(&format!("{given} {family}")).await;
}

/// Axe finds nothing and nothing is wider than the window, wide and narrow.
async fn sound(browser: &Browser, what: &str) {
    for width in [1200, 320] {
        browser.resize(width, 900).await;
        let violations = browser.violations().await;
        assert!(violations.is_empty(), "{what} at {width}: {violations:#?}");
        assert_eq!(browser.overflow().await, 0, "{what} at {width}");
    }
    browser.resize(1200, 900).await;
}

#[tokio::test]
async fn a_company_shows_who_may_be_contacted_and_two_contacts_of_it_become_one() {
    let server = Server::demo(120);
    let browser = Browser::start(&[]).await;
    add(
        &browser,
        &server,
        "Zita",
        "Zander",
        "zita@zwillingsbau.example",
    )
    .await;
    add(
        &browser,
        &server,
        "Zita",
        "Zander-Neu",
        "zander@zwillingsbau.example",
    )
    .await;
    let second = browser.client.current_url().await.unwrap();

    // The second one gets the first one's address too: maybe they are the same person.
    browser
        .client
        .goto(&format!("{second}/edit"))
        .await
        .unwrap();
    browser.heading("Kontakt berichtigen").await;
    let both = "zander@zwillingsbau.example\nzita@zwillingsbau.example";
    browser.fill("#emails", both).await;
    browser.press("Speichern").await;
    browser.heading("Zita Zander-Neu").await;

    // From the list to the companies, and to this one by its name.
    let list = format!("{}/contacts", server.url);
    browser.client.goto(&list).await.unwrap();
    browser.heading("Kontakte").await;
    sound(&browser, "contacts").await;
    let tab = Locator::Css(".tabs a[href='/companies']");
    browser
        .client
        .find(tab)
        .await
        .unwrap()
        .click()
        .await
        .unwrap();
    browser.heading("Unternehmen").await;
    sound(&browser, "companies").await;
    browser.fill("#words", "zwillings").await;
    browser.press("Suchen").await;
    let found = format!("{}/companies/find", server.url).parse().unwrap();
    browser.client.wait().for_url(&found).await.unwrap();
    browser.press("Zwillingsbau").await;
    browser.heading("Zwillingsbau").await;
    assert!(browser.text().await.contains("2 Kontakte"));
    browser.choose("#purpose", "newsletter").await;
    browser.press("Zeigen").await;
    let badges = Locator::Css(".badge.refused");
    browser.client.wait().for_element(badges).await.unwrap();
    let text = browser.text().await;
    assert!(text.contains("0 von 2 erlaubt"), "{text}");
    assert!(
        text.contains("E-Mail: darf nicht") || text.contains("E-Mail: "),
        "{text}"
    );
    sound(&browser, "company").await;

    // Both stand among the possible duplicates; merged, they are one with both addresses.
    let list = format!("{}/contacts/duplicates?by=email", server.url);
    browser.client.goto(&list).await.unwrap();
    browser.heading("Mögliche Doppelte").await;
    sound(&browser, "duplicates").await;
    browser.client.goto(second.as_str()).await.unwrap();
    browser.heading("Zita Zander-Neu").await;
    browser.press("Zusammenführen").await;
    browser.heading("Zwei Kontakte zusammenführen").await;
    sound(&browser, "merge").await;
    let other = Locator::Css("input[name=family_name][value=other]");
    browser
        .client
        .find(other)
        .await
        .unwrap()
        .click()
        .await
        .unwrap();
    browser.press("Zusammenführen").await;
    browser.heading("Zita Zander").await;
    let text = browser.text().await;
    assert!(text.contains("Kontakte zusammengeführt."), "{text}");
    assert!(text.contains("Auch geführt als"), "{text}");
    assert!(text.contains("zita@zwillingsbau.example"), "{text}");
    assert!(!text.contains("Vielleicht dieselbe Person"), "{text}");
    sound(&browser, "merged contact").await;
    browser.end().await;
}
