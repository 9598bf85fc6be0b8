//! Mail over a real connection, read by programs that are not ours. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

#[path = "../../../tests/mail_server/mod.rs"]
mod mail_server;

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::EncodePrivateKey as _;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use operations::mail::{
    Attachment, Delivery, Letter, ListUnsubscribe, MailPurpose, Trouble, TroubleKind,
};
use rsa::RsaPrivateKey;
use rsa::pkcs1::EncodeRsaPrivateKey as _;
use rsa::pkcs8::EncodePublicKey as _;
use store::Id;
use tempfile::TempDir;

use super::Post;
use super::line::Line;
use super::message;
use crate::cli::MailOptions;
use mail_server::MailServer;

const ID: Id = Id([0x5a; 16]);
const LONG: &str = "https://leitplanke.musterbau.example/c/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef?with=umlauts";

fn options(server: &MailServer) -> MailOptions {
    MailOptions {
        smtp: Some(server.url()),
        smtp_ca: Some(server.ca()),
        mail_from: Some("Müller & Söhne <post@musterbau.example>".to_owned()),
        mail_reply_to: Some("vertrieb@musterbau.example".to_owned()),
        dkim_key: None,
        dkim_selector: None,
        dkim_domain: None,
        mail_pace: 2,
        mail_patience: 20,
        mailbox: None,
    }
}

fn post(options: &MailOptions) -> Post {
    Post::new(options).unwrap().unwrap()
}

fn letter() -> Letter {
    Letter::new(
        "anna@muster.example",
        "Ihre Bestätigung für den Newsletter der Müller & Söhne Maschinenbau GmbH in Frankfurt",
        format!("Guten Tag,\n\nbitte bestätigen Sie hier:\n\n{LONG}\n\n.\nEin Punkt allein.\n"),
    )
}

fn deliver(post: &Post, letter: &Letter, purpose: MailPurpose) -> Result<Delivery, Trouble> {
    let mut line = Line::new(post);
    let ready = message::write(post, ID, letter, Some(purpose))?;
    line.prepare(&ready)?;
    Ok(line.transmit(&ready))
}

/// A key in a file, and the record of its public half.
struct Key {
    _folder: TempDir,
    file: PathBuf,
    record: String,
}

impl Key {
    fn new(pem: &str, kind: &str, public: &[u8]) -> Self {
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("dkim.pem");
        std::fs::write(&file, pem).unwrap();
        Self {
            _folder: folder,
            file,
            record: format!("v=DKIM1; k={kind}; p={}", STANDARD.encode(public)),
        }
    }

    fn rsa(pkcs1: bool) -> Self {
        let mut random = rsa::rand_core::OsRng;
        let key = RsaPrivateKey::new(&mut random, 1024).unwrap();
        let pem = if pkcs1 {
            key.to_pkcs1_pem(LineEnding::LF).unwrap()
        } else {
            rsa::pkcs8::EncodePrivateKey::to_pkcs8_pem(&key, LineEnding::LF).unwrap()
        };
        let public = key.to_public_key().to_public_key_der().unwrap();
        Self::new(&pem, "rsa", public.as_bytes())
    }

    fn ed25519() -> Self {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).unwrap();
        let key = SigningKey::from_bytes(&seed);
        let pem = key.to_pkcs8_pem(LineEnding::LF).unwrap();
        Self::new(&pem, "ed25519", key.verifying_key().as_bytes())
    }

    fn signs(&self, options: MailOptions) -> MailOptions {
        MailOptions {
            dkim_key: Some(self.file.clone()),
            dkim_selector: Some("s2026".to_owned()),
            ..options
        }
    }
}

#[test]
fn a_mail_of_a_campaign_passes_a_strict_reader_and_its_signature_an_independent_verifier() {
    let server = MailServer::start();
    server.behave("tls");
    let mut letter = letter();
    letter.html = Some(format!("<p>Grüße: <a href=\"{LONG}\">hier</a></p>"));
    letter.attachments.push(Attachment {
        name: "Übersicht 2026.pdf".to_owned(),
        content_type: "application/pdf".to_owned(),
        bytes: (0..=255).collect(),
    });
    letter.list_unsubscribe = Some(ListUnsubscribe {
        url: LONG.to_owned(),
        mailto: Some("mailto:unsubscribe+0123456789abcdef@musterbau.example".to_owned()),
    });
    for key in [Key::rsa(true), Key::rsa(false), Key::ed25519()] {
        let post = post(&key.signs(options(&server)));
        let before = server.mails().len();
        let delivery = deliver(&post, &letter, MailPurpose::Campaign);
        assert_eq!(delivery, Ok(Delivery::Sent));
        let mails = server.wait_for(before + 1);
        let newest = mails
            .iter()
            .max_by_key(|mail| mail.file.metadata().unwrap().modified().unwrap());
        let mail = newest.unwrap();
        assert!(mail.tls);
        assert_eq!(mail.to, ["anna@muster.example"]);
        let read = mail.checked(Some(&key.record));
        assert_eq!(read["headers"]["subject"], letter.subject);
        assert_eq!(read["headers"]["to"], "anna@muster.example");
        assert_eq!(read["headers"]["reply-to"], "vertrieb@musterbau.example");
        assert_eq!(
            read["headers"]["message-id"],
            format!("<{ID}@musterbau.example>")
        );
        assert_eq!(
            read["headers"]["list-unsubscribe"],
            format!("<{LONG}>, <mailto:unsubscribe+0123456789abcdef@musterbau.example>")
        );
        assert_eq!(read["headers"].get("auto-submitted"), None);
        assert!(read["headers"].get("precedence").is_none());
        assert_eq!(read["type"], "multipart/mixed");
        assert!(read["text"].as_str().unwrap().contains(LONG));
        assert!(read["html"].as_str().unwrap().contains(LONG));
        let file = &read["files"][0];
        assert_eq!(file[0], "Übersicht 2026.pdf");
        assert_eq!(file[1], "application/pdf");
        assert_eq!(file[2].as_str().unwrap().len(), 512);
    }
}

#[test]
fn a_changed_mail_fails_the_verifier() {
    let server = MailServer::start();
    let key = Key::ed25519();
    let post = post(&key.signs(options(&server)));
    assert_eq!(
        deliver(&post, &letter(), MailPurpose::Receipt),
        Ok(Delivery::Sent)
    );
    let mail = server.wait_for(1).remove(0);
    mail.checked(Some(&key.record));
    let text = std::fs::read_to_string(&mail.file).unwrap();
    let added = text.replacen(
        "Subject:",
        "List-Unsubscribe: <https://b.example>\r\nSubject:",
        1,
    );
    std::fs::write(&mail.file, added).unwrap();
    let checked = std::panic::catch_unwind(|| mail.checked(Some(&key.record)));
    assert!(
        checked.is_err(),
        "nobody can add a header that was signed as missing"
    );
}

#[test]
fn a_plain_mail_says_that_nobody_wrote_it_and_keeps_its_lines() {
    let server = MailServer::start();
    let letter = letter();
    let delivery = deliver(&post(&options(&server)), &letter, MailPurpose::Confirmation);
    assert_eq!(delivery, Ok(Delivery::Sent));
    let read = server.wait_for(1).remove(0).checked(None);
    assert_eq!(read["headers"]["auto-submitted"], "auto-generated");
    assert_eq!(read["type"], "text/plain");
    let text = read["text"].as_str().unwrap().replace("\r\n", "\n");
    assert_eq!(text.trim_end(), letter.text.trim_end());
}

#[test]
fn a_server_with_a_certificate_of_an_unknown_authority_gets_nothing() {
    let server = MailServer::start();
    let untrusting = MailOptions {
        smtp_ca: None,
        ..options(&server)
    };
    let delivery = deliver(&post(&untrusting), &letter(), MailPurpose::Notice);
    let trouble = delivery.unwrap_err();
    assert!(
        [TroubleKind::Insecure, TroubleKind::Unreachable].contains(&trouble.kind),
        "{trouble}"
    );
    assert!(server.mails().is_empty());
}

#[test]
fn what_the_server_says_is_told_without_addresses() {
    let server = MailServer::start();
    let post = post(&options(&server));
    let said = |how: &str| {
        server.behave(how);
        match deliver(&post, &letter(), MailPurpose::Notice) {
            Err(trouble) | Ok(Delivery::Failed(trouble)) => trouble.to_string(),
            Ok(other) => format!("{other:?}"),
        }
    };
    assert_eq!(
        said("rcpt 550 5.1.1 <anna@muster.example>: unknown"),
        "for_good 5.1.1"
    );
    assert_eq!(said("rcpt 550 anna@muster.example unknown"), "for_good 550");
    assert_eq!(said("rcpt 450 4.2.0 greylisted"), "later 4.2.0");
    assert_eq!(said("rcpt 421 closing"), "unreachable 421");
    assert_eq!(said("data 554 5.7.1 spam"), "for_good 5.7.1");
    assert_eq!(said("data 550 spam"), "for_good");
    assert_eq!(said("data 451 4.3.0 busy"), "later 4.3.0");
    assert_eq!(said("drop"), "Unclear");
    assert_eq!(server.mails().len(), 1);
}

#[test]
fn after_a_refusal_the_connection_serves_the_next_mail() {
    let server = MailServer::start();
    let post = post(&options(&server));
    let mut line = Line::new(&post);
    let ready = message::write(&post, ID, &letter(), None).unwrap();
    server.behave("rcpt 550 5.1.1 unknown");
    assert!(line.prepare(&ready).is_err());
    server.behave("");
    for _ in 0..3 {
        line.prepare(&ready).unwrap();
        assert_eq!(line.transmit(&ready), Delivery::Sent);
    }
    assert_eq!(server.mails().len(), 3);
}
