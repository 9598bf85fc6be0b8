//! An invitation by mail, over a real SMTP connection, from the form to the new member's first page.
//! All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod chromium;
mod served;

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use chromium::Browser;
use fantoccini::Locator;
use served::Server;

/// A mail server that takes everything; it ends with the test.
struct Mailbox {
    url: String,
    mails: Receiver<Mail>,
}

struct Mail {
    recipient: String,
    text: String,
}

impl Mailbox {
    fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let (sender, mails) = channel();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                // Whoever hangs up early has sent nothing.
                let _ = converse(&stream.unwrap(), &sender);
            }
        });
        Self { url, mails }
    }
}

/// The server's side of RFC 5321.
fn converse(stream: &TcpStream, mails: &Sender<Mail>) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let answer = |text: &str| (&*stream).write_all(format!("{text}\r\n").as_bytes());
    answer("220 mail.musterbau.example")?;
    let mut recipient = String::new();
    while let Some(line) = lines.next() {
        let line = line?;
        match line.get(..4).unwrap_or_default() {
            "RCPT" => {
                recipient = line;
                answer("250 OK")?;
            }
            "DATA" => {
                answer("354 go on")?;
                let mut text = String::new();
                for line in lines.by_ref() {
                    let line = line?;
                    if line == "." {
                        break;
                    }
                    text.push_str(&line);
                    text.push('\n');
                }
                let recipient = std::mem::take(&mut recipient);
                let _ = mails.send(Mail { recipient, text });
                answer("250 OK")?;
            }
            "QUIT" => return answer("221 bye"),
            _ => answer("250 OK")?,
        }
    }
    Ok(())
}

/// The link in a mail whose lines may be broken (quoted-printable, RFC 2045).
fn link(mail: &str) -> String {
    let text = mail.replace("=\n", "").replace("=3D", "=");
    let words = text.split_whitespace();
    let mut links = words.filter(|word| word.contains("/welcome/"));
    links.next().unwrap().to_owned()
}

#[tokio::test]
async fn an_invitation_comes_by_mail_and_opening_its_link_alone_changes_nothing() {
    let mailbox = Mailbox::open();
    let sender = "Leitplanke <leitplanke@musterbau.example>";
    let options = ["--smtp", &mailbox.url, "--mail-from", sender];
    let (server, first) = Server::fresh_with(&options);
    let browser = Browser::start(&[]).await;
    browser.set_up(&first).await;
    let people = format!("{}/people", server.url);
    browser.client.goto(&people).await.unwrap();
    browser.fill("#name", "Paula Probe").await;
    browser.fill("#email", "paula@musterbau.example").await;
    browser.press("Einladen").await;
    let mail = mailbox.mails.recv_timeout(Duration::from_secs(30)).unwrap();
    assert!(
        mail.recipient.contains("<paula@musterbau.example>"),
        "{}",
        mail.recipient
    );
    assert!(
        mail.text
            .contains("From: Leitplanke <leitplanke@musterbau.example>")
    );
    // Who invites is not shown the link, which is Paula's alone.
    browser.client.goto(&people).await.unwrap();
    let shown = browser.client.find_all(Locator::Css("code.link")).await;
    assert!(shown.unwrap().is_empty());
    assert_eq!(browser.violations().await, Vec::<String>::new());
    browser.end().await;

    let link = link(&mail.text);
    let paula = Browser::start(&[]).await;
    paula.plug_in_authenticator().await;
    // Scanners of business mail open every link, some more than once.
    for _ in 0..2 {
        paula.client.goto(&link).await.unwrap();
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
    paula.client.goto(&link).await.unwrap();
    paula.heading("gilt nicht mehr").await;
    paula.end().await;
}
