//! What somebody does who uses Leitplanke for the first time, in Chromium, from the set-up link
//! on. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod chromium;
mod served;

use chromium::Browser;
use fantoccini::Locator;
use served::Server;

#[tokio::test]
async fn the_set_up_link_makes_an_owner_with_a_passkey_who_can_come_back() {
    let (server, link) = Server::fresh();
    let browser = Browser::start(&[]).await;
    browser.set_up(&link).await;
    assert!(browser.text().await.contains("Musterbau Maschinen GmbH"));
    let form = browser.client.find(Locator::Css(".corner button")).await;
    form.unwrap().click().await.unwrap();
    browser.heading("Anmelden").await;
    browser.press("Mit Passkey anmelden").await;
    browser.heading("Übersicht").await;
    // The link has served.
    browser.client.goto(&link).await.unwrap();
    browser.heading("gilt nicht mehr").await;
    let account = format!("{}/account", server.url);
    browser.client.goto(&account).await.unwrap();
    browser.heading("Ihr Konto").await;
    assert!(browser.text().await.contains("Chrome, Linux"));
    assert_eq!(browser.violations().await, Vec::<String>::new());
    browser.press("Entfernen").await;
    assert_eq!(browser.violations().await, Vec::<String>::new());
    browser.press("Jetzt entfernen").await;
    let refused = browser.client.wait();
    refused
        .for_element(Locator::Css("[role=alert]"))
        .await
        .unwrap();
    assert!(browser.text().await.contains("einziger Zugang"));
    browser.end().await;
}

/// A list as offices have it: semicolons, CP1252, a bad row, a column that claims a consent.
const LIST: &str = "Vorname;Nachname;Firma;E-Mail;Telefon;Ort;Newsletter\r\n\
    Jörg;Müller;Fräs AG;joerg.mueller@fraes.example;0641 123456;Gießen;ja\r\n\
    Anna;Schäfer;Dreh GmbH;anna@dreh.example;;Köln;ja\r\n\
    ;;;keine Adresse;;;nein\r\n";

/// Follows the link in the navigation.
async fn visit(browser: &Browser, place: &str) {
    let path = format!("//nav//a[normalize-space(.)=\"{place}\"]");
    let link = browser.client.find(Locator::XPath(&path)).await.unwrap();
    link.click().await.unwrap();
}

#[tokio::test]
async fn from_the_link_to_the_reasoning_about_one_contact() {
    let (server, link) = Server::fresh();
    let file = server.folder.path().join("liste.csv");
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(LIST);
    std::fs::write(&file, bytes).unwrap();
    let browser = Browser::start(&[]).await;
    browser.set_up(&link).await;

    // The first step says what to do first: take in a list.
    browser.press("Liste aufnehmen").await;
    browser.heading("Liste aufnehmen").await;
    let input = browser.client.find(Locator::Css("#file")).await.unwrap();
    input.send_keys(file.to_str().unwrap()).await.unwrap();
    browser.fill("#source", "Messe Hannover 2026").await;
    browser.press("Weiter").await;
    browser.heading("So werden die Spalten verstanden").await;
    let text = browser.text().await;
    assert!(
        text.contains("Jörg Müller") && text.contains("Gießen"),
        "{text}"
    );
    assert!(text.contains("Eine Spalte ist kein Nachweis"), "{text}");
    assert!(
        text.contains("2 Zeilen würden aufgenommen, 1 zurückgewiesen"),
        "{text}"
    );
    assert_eq!(browser.violations().await, Vec::<String>::new());
    browser.press("So aufnehmen").await;
    browser.heading("Die Liste ist aufgenommen").await;
    assert!(
        browser
            .text()
            .await
            .contains("Zurückgewiesene Zeilen herunterladen")
    );

    // The newsletter from the proposals; what it moves is shown before it is saved.
    visit(&browser, "Verzeichnis").await;
    browser
        .heading("Verzeichnis der Verarbeitungstätigkeiten")
        .await;
    browser.press("Tätigkeit hinzufügen").await;
    browser.heading("Neue Tätigkeit").await;
    browser.press("Newsletter").await;
    browser.heading("Newsletter").await;
    browser.press("Prüfen, was sich bewegt").await;
    browser.heading("Was diese Änderung bewegt").await;
    assert!(browser.text().await.contains("Gefragte Kontakte: 2"));
    assert_eq!(browser.violations().await, Vec::<String>::new());
    browser.press("Speichern und in Kraft setzen").await;
    browser
        .heading("Verzeichnis der Verarbeitungstätigkeiten")
        .await;
    assert!(browser.text().await.contains("Fassung 1"));

    // Who may be mailed, and why not.
    visit(&browser, "Übersicht").await;
    browser.heading("Übersicht").await;
    let newsletter = browser
        .client
        .find(Locator::Css("#newsletter-email"))
        .await
        .unwrap();
    newsletter
        .find(Locator::Css("summary"))
        .await
        .unwrap()
        .click()
        .await
        .unwrap();
    let text = newsletter.text().await.unwrap();
    assert!(text.contains("§ 7 Abs. 2 Nr. 2 UWG"), "{text}");
    assert!(text.contains("Double-Opt-in"), "{text}");

    // One contact, found by the beginning of the name, and the reasoning.
    visit(&browser, "Kontakte").await;
    browser.heading("Kontakte").await;
    browser.fill("#words", "muell").await;
    browser.press("Suchen").await;
    let found = format!("{}/contacts/find", server.url).parse().unwrap();
    browser.client.wait().for_url(&found).await.unwrap();
    browser.press("Jörg Müller").await;
    browser.heading("Jörg Müller").await;
    browser.press("E-Mail").await;
    let text = browser.text().await;
    assert!(
        text.contains("Kanalrecht:") && text.contains("Datenschutzrecht:"),
        "{text}"
    );
    assert!(text.contains("Messe Hannover 2026"), "{text}");
    browser.end().await;
}

#[tokio::test]
async fn without_scripts_a_password_with_codes_does_it_all() {
    let (server, link) = Server::fresh();
    let browser = Browser::start(&["--blink-settings=scriptEnabled=false"]).await;
    let client = &browser.client;
    client.goto(&link).await.unwrap();
    browser.heading("Willkommen").await;
    browser
        .fill("#organisation", "Musterbau Maschinen GmbH")
        .await;
    browser.fill("#name", "Erika Beispiel").await;
    browser.fill("#email", "erika@musterbau.example").await;
    browser.press("Weiter").await;
    browser.heading("Ihr Zugang").await;
    browser.fill("#password", "kurz").await;
    browser.fill("#password", "Lampe Rhabarber Zaun").await;
    browser.press("Weiter").await;
    let secret = client
        .wait()
        .for_element(Locator::Css("code"))
        .await
        .unwrap();
    let secret = secret.text().await.unwrap().replace(' ', "");
    let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
    let app = totp_rs::Builder::new()
        .with_secret(secret)
        .with_account_name("a")
        .build()
        .unwrap();
    browser.fill("#code", "000000").await;
    browser.press("Zugang fertigstellen").await;
    let wrong = client.wait().for_element(Locator::Css("[role=alert]"));
    wrong.await.unwrap();
    browser
        .fill("#code", &app.generate_current().to_string())
        .await;
    browser.press("Zugang fertigstellen").await;
    browser.heading("Übersicht").await;
    client
        .goto(&format!("{}/people", server.url))
        .await
        .unwrap();
    browser.heading("Personen").await;
    browser.fill("#name", "Paula Probe").await;
    browser.fill("#email", "paula@musterbau.example").await;
    browser.press("Einladen").await;
    let invited = client.wait().for_element(Locator::Css("code.link"));
    let invited = invited.await.unwrap().text().await.unwrap();
    assert!(invited.starts_with(&server.url), "{invited}");
    browser.end().await;
}

#[tokio::test]
async fn the_register_is_changed_by_keyboard_alone() {
    let server = Server::demo(20);
    let browser = Browser::start(&[]).await;
    let client = &browser.client;
    let page = format!("{}/register/measures/new", server.url);
    client.goto(&page).await.unwrap();
    let pressed = async |keys: &str| {
        let active = client.active_element().await.unwrap();
        active.send_keys(keys).await.unwrap();
    };
    // The first stop leads past the navigation.
    let body = client.find(Locator::Css("body")).await.unwrap();
    body.send_keys(TAB).await.unwrap();
    pressed(ENTER).await;
    // On to the way back, the name, the description and the button.
    pressed(TAB).await;
    pressed(TAB).await;
    pressed("Vier-Augen-Prinzip").await;
    pressed(TAB).await;
    pressed(TAB).await;
    pressed(ENTER).await;
    browser.heading("Was diese Änderung bewegt").await;
    assert!(browser.text().await.contains("Vier-Augen-Prinzip"));
    browser.end().await;
}

const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
