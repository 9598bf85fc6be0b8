//! An invitation by mail, over a real SMTP connection, from the form to the new member's first page.
//! All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod chromium;
mod mail_server;
mod served;

use chromium::Browser;
use fantoccini::Locator;
use mail_server::MailServer;
use served::Server;

#[tokio::test]
async fn an_invitation_comes_by_mail_and_opening_its_link_alone_changes_nothing() {
    let mailbox = MailServer::start();
    let (url, ca) = (mailbox.url(), mailbox.ca());
    let sender = "Leitplanke <leitplanke@musterbau.example>";
    let ca = ca.to_str().unwrap();
    let options = ["--smtp", &url, "--smtp-ca", ca, "--mail-from", sender];
    let (server, first) = Server::fresh_with(&options);
    let browser = Browser::start(&[]).await;
    browser.set_up(&first).await;
    let people = format!("{}/people", server.url);
    browser.client.goto(&people).await.unwrap();
    browser.fill("#name", "Paula Probe").await;
    browser.fill("#email", "paula@musterbau.example").await;
    browser.press("Einladen").await;
    let mail = mailbox.wait_for(1).remove(0);
    assert_eq!(mail.to, ["paula@musterbau.example"]);
    let read = mail.checked(None);
    assert_eq!(read["headers"]["from"], sender);
    // Who invites is not shown the link, which is Paula's alone.
    browser.client.goto(&people).await.unwrap();
    let shown = browser.client.find_all(Locator::Css("code.link")).await;
    assert!(shown.unwrap().is_empty());
    assert_eq!(browser.violations().await, Vec::<String>::new());
    browser.end().await;

    let mut words = read["text"].as_str().unwrap().split_whitespace();
    let link = words.find(|word| word.contains("/welcome/")).unwrap();
    let paula = Browser::start(&[]).await;
    paula.plug_in_authenticator().await;
    // Scanners of business mail open every link, some more than once.
    for _ in 0..2 {
        paula.client.goto(link).await.unwrap();
        paula.heading("Willkommen").await;
    }
    paula.press("Weiter").await;
    paula.heading("Ihr Zugang").await;
    paula.press("Passkey anlegen").await;
    paula.heading("Übersicht").await;
    let text = paula.text().await;
    assert!(
        text.contains("Paula Probe") && text.contains("Vertrieb"),
        "{text}"
    );
    paula.client.goto(&people).await.unwrap();
    assert!(paula.text().await.contains("Rolle erlaubt das nicht"));
    paula.client.goto(link).await.unwrap();
    paula.heading("gilt nicht mehr").await;
    paula.end().await;
}
