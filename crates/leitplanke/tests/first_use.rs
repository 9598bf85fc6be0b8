//! What somebody does who uses Leitplanke for the first time, in Chromium, from the set-up link
//! on. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod chromium;
mod served;

use chromium::Browser;
use fantoccini::Locator;
use served::Server;

/// From the link to the overview, with a passkey.
async fn set_up(browser: &Browser, link: &str) {
    browser.plug_in_authenticator().await;
    browser.client.goto(link).await.unwrap();
    browser.heading("Willkommen").await;
    browser
        .fill("#organisation", "Musterbau Maschinen GmbH")
        .await;
    browser.choose("#land", "HE").await;
    browser.fill("#name", "Erika Beispiel").await;
    browser.fill("#email", "erika@musterbau.example").await;
    browser.press("Weiter").await;
    browser.heading("Ihr Zugang").await;
    browser.press("Passkey anlegen").await;
    browser.heading("Wen dürfen wir ansprechen?").await;
}

#[tokio::test]
async fn the_set_up_link_makes_an_owner_with_a_passkey_who_can_come_back() {
    let (server, link) = Server::fresh();
    let browser = Browser::start(&[]).await;
    set_up(&browser, &link).await;
    assert!(browser.text().await.contains("Musterbau Maschinen GmbH"));
    let form = browser.client.find(Locator::Css(".corner button")).await;
    form.unwrap().click().await.unwrap();
    browser.heading("Anmelden").await;
    browser.press("Mit Passkey anmelden").await;
    browser.heading("Wen dürfen wir ansprechen?").await;
    // The link has served.
    browser.client.goto(&link).await.unwrap();
    browser.heading("gilt nicht mehr").await;
    let account = format!("{}/account", server.url);
    browser.client.goto(&account).await.unwrap();
    browser.heading("Ihr Konto").await;
    assert!(browser.text().await.contains("Chrome, Linux"));
    browser.press("Entfernen").await;
    assert!(browser.text().await.contains("einziger Zugang"));
    browser.end().await;
}
