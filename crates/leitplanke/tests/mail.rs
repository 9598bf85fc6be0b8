//! Mail from the real binary to a real mail server that is down, slow, refuses or hangs up, and
//! from a process that ends in the midst of it. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod mail_server;
mod served;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::ZonedDateTime;
use mail_server::MailServer;
use operations::mail::{MailLine, MailState, TroubleKind};
use operations::{Act, Installation, Organisation, OrganisationId, master_key_in};
use served::{Server, prepared};
use store::Target;
use tempfile::TempDir;

const ANNA: &str = "anna@muster.example";

fn act() -> Act {
    let now = ZonedDateTime::now();
    Act {
        at: now.timestamp(),
        today: now.date(),
        by: "test".to_owned(),
    }
}

/// The organisation in the folder, beside the server that runs on it.
fn organisation(folder: &Path) -> Organisation {
    let target = Target::Sqlite(folder.to_owned());
    let installation = Installation::open(&target, master_key_in(folder).unwrap()).unwrap();
    Organisation::open(&installation, None).unwrap()
}

/// An installation with a mail to Anna that waits.
fn with_mail_to_anna() -> (TempDir, Organisation, OrganisationId) {
    let folder = prepared(&format!("Name;E-Mail\nAnna Muster;{ANNA}\n"));
    let organisation = organisation(folder.path());
    let id = write(&organisation, ANNA);
    (folder, organisation, id)
}

fn write(organisation: &Organisation, to: &str) -> OrganisationId {
    let text = "Guten Tag,\n\nwir haben Ihre Daten auf einer Messe erhalten.\n";
    organisation
        .write_notice(&to.parse().unwrap(), "Ihre Daten bei uns", text, &act())
        .unwrap()
}

fn serve(folder: TempDir, mail: &MailServer, more: &[&str]) -> Server {
    let (url, ca) = (mail.url(), mail.ca());
    let mut options = vec!["--smtp", &url, "--smtp-ca", ca.to_str().unwrap()];
    options.extend(["--mail-from", "Musterbau <post@musterbau.example>"]);
    options.extend(more);
    Server::on(folder, &options)
}

/// Waits until the mail is as it should be.
fn until(
    organisation: &Organisation,
    id: OrganisationId,
    right: impl Fn(&MailLine) -> bool,
) -> MailLine {
    let end = Instant::now() + Duration::from_mins(1);
    loop {
        let line = organisation.mail(id).unwrap().line;
        if right(&line) {
            return line;
        }
        assert!(Instant::now() < end, "{line:?}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn until_state(organisation: &Organisation, id: OrganisationId, state: MailState) -> MailLine {
    until(organisation, id, |line| line.state == state)
}

#[test]
fn a_mail_waits_for_a_server_that_is_down_and_then_comes_once_and_encrypted() {
    let mut mail = MailServer::start();
    mail.behave("tls");
    mail.down();
    let (folder, organisation, id) = with_mail_to_anna();
    let server = serve(folder, &mail, &[]);
    let line = until(&organisation, id, |line| line.trouble.is_some());
    assert_eq!(line.state, MailState::Waiting);
    assert_eq!(line.trouble.unwrap().kind, TroubleKind::Unreachable);
    mail.up();
    let received = mail.wait_for(1);
    assert!(received[0].tls);
    assert_eq!(received[0].to, [ANNA]);
    received[0].checked(None);
    until_state(&organisation, id, MailState::Sent);
    drop(server);
    assert_eq!(mail.mails().len(), 1);
}

#[test]
fn a_mail_that_is_refused_for_now_comes_once_later() {
    let mail = MailServer::start();
    mail.behave("rcpt 450 4.2.0 try again");
    let (folder, organisation, id) = with_mail_to_anna();
    let server = serve(folder, &mail, &[]);
    let line = until(&organisation, id, |line| line.trouble.is_some());
    assert_eq!((line.state, line.tries), (MailState::Waiting, 1));
    mail.behave("");
    organisation.try_mail_again(id, &act()).unwrap();
    until_state(&organisation, id, MailState::Sent);
    drop(server);
    assert_eq!(mail.mails().len(), 1);
}

#[test]
fn a_mail_to_nobody_bounces_and_the_address_is_marked() {
    let mail = MailServer::start();
    mail.behave("rcpt 550 5.1.1 no such user");
    let (folder, organisation, id) = with_mail_to_anna();
    let _server = serve(folder, &mail, &[]);
    let line = until_state(&organisation, id, MailState::Bounced);
    assert_eq!(line.trouble.unwrap().code.as_deref(), Some("5.1.1"));
    let view = organisation.contact_view(&ANNA.parse().unwrap(), act().today, law::Lang::De);
    assert!(view.unwrap().email_comes_back);
    assert!(mail.mails().is_empty());
}

#[test]
fn a_mail_that_may_have_arrived_is_not_sent_again_unless_a_person_says_so() {
    for behaviour in ["drop", "late 4"] {
        let mail = MailServer::start();
        mail.behave(behaviour);
        let (folder, organisation, id) = with_mail_to_anna();
        let server = serve(folder, &mail, &["--mail-patience", "1"]);
        until_state(&organisation, id, MailState::Unknown);
        // Another mail goes out meanwhile: whoever sends has been round.
        mail.behave("");
        let other = write(&organisation, ANNA);
        until_state(&organisation, other, MailState::Sent);
        assert_eq!(mail.mails().len(), 2, "{behaviour}");
        organisation.try_mail_again(id, &act()).unwrap();
        until_state(&organisation, id, MailState::Sent);
        drop(server);
        assert_eq!(mail.mails().len(), 3);
    }
}

#[test]
fn a_slow_server_gets_every_mail_once() {
    let mail = MailServer::start();
    mail.behave("slow 0.5");
    let (folder, organisation, first) = with_mail_to_anna();
    let second = write(&organisation, ANNA);
    let server = serve(folder, &mail, &["--mail-patience", "10"]);
    for id in [first, second] {
        until_state(&organisation, id, MailState::Sent);
    }
    drop(server);
    assert_eq!(mail.mails().len(), 2);
}

#[test]
fn a_process_that_is_killed_again_and_again_loses_no_mail_and_sends_none_twice() {
    const MAILS: usize = 200;
    let address = |number: usize| format!("person{number}@muster.example");
    let mut list = "E-Mail\n".to_owned();
    for number in 0..MAILS {
        writeln!(list, "{}", address(number)).unwrap();
    }
    let mut folder = prepared(&list);
    let organisation = organisation(folder.path());
    let ids: HashMap<_, _> = (0..MAILS)
        .map(|number| (write(&organisation, &address(number)), address(number)))
        .collect();
    let mail = MailServer::start();
    // A little time between the last byte and the answer, so that processes die there too.
    mail.behave("late 0.02");
    let options = ["--mail-patience", "2"];
    for part in 1..=4 {
        let server = serve(folder, &mail, &options);
        mail.wait_for(part * MAILS / 8);
        folder = server.fails();
    }
    let server = serve(folder, &mail, &options);
    let done = [MailState::Sent, MailState::Unknown];
    for id in ids.keys() {
        until(&organisation, *id, |line| done.contains(&line.state));
    }
    drop(server);
    let mut times: HashMap<String, usize> = HashMap::new();
    for received in mail.mails() {
        *times.entry(received.to[0].clone()).or_default() += 1;
    }
    let mut unknown = 0;
    for (id, address) in &ids {
        let times = times.get(address).copied().unwrap_or_default();
        if organisation.mail(*id).unwrap().line.state == MailState::Sent {
            assert_eq!(times, 1, "{address}");
        } else {
            unknown += 1;
            assert!(times <= 1, "{address}");
        }
    }
    // No more than two are under way in a process.
    assert!(unknown <= 2 * 4, "{unknown}");
}

#[test]
fn what_comes_back_to_the_mailbox_is_dealt_with_and_other_mail_left_alone() {
    let mail = MailServer::start();
    let (folder, organisation, id) = with_mail_to_anna();
    let maildir = TempDir::new().unwrap();
    for name in ["new", "cur", "tmp"] {
        std::fs::create_dir(maildir.path().join(name)).unwrap();
    }
    let mailbox = maildir.path().to_str().unwrap().to_owned();
    let _server = serve(folder, &mail, &["--mailbox", &mailbox]);
    until_state(&organisation, id, MailState::Sent);
    let put = |name: &str, text: String| {
        let text = text.replace('\n', "\r\n");
        std::fs::write(maildir.path().join("tmp").join(name), text).unwrap();
        let new = maildir.path().join("new").join(name);
        std::fs::rename(maildir.path().join("tmp").join(name), new).unwrap();
    };
    put("1.late", report(id, "delayed", "4.4.1"));
    put(
        "2.human",
        "From: anna@muster.example\nSubject: Rückfrage\n\nGuten Tag\n".to_owned(),
    );
    put(
        "3.strange",
        report(OrganisationId([9; 16]), "failed", "5.1.1"),
    );
    put("4.bounce", report(id, "failed", "5.1.1"));
    until_state(&organisation, id, MailState::Bounced);
    let seen = maildir.path().join("cur").join("4.bounce:2,S");
    let end = Instant::now() + Duration::from_secs(10);
    while !seen.exists() {
        assert!(Instant::now() < end, "the report was not put away");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(maildir.path().join("cur").join("2.human:2,S").exists());
    let asked = organisation.open_requests(9).unwrap();
    assert_eq!(asked.len(), 1, "what a person wrote may be a request");
    assert_eq!(asked[0].preview.as_deref(), Some("Rückfrage\n\nGuten Tag"));
    for name in ["1.late", "3.strange"] {
        assert!(maildir.path().join("new").join(name).exists(), "{name}");
    }
    let view = organisation.contact_view(&ANNA.parse().unwrap(), act().today, law::Lang::De);
    assert!(view.unwrap().email_comes_back);
}

/// A report as Postfix writes it (RFC 3464).
fn report(id: OrganisationId, action: &str, status: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mail.example (Mail Delivery System)
To: post@musterbau.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary=\"4bQ.1795591896/mail.example\"

This is a MIME-encapsulated message.

--4bQ.1795591896/mail.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--4bQ.1795591896/mail.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example
Arrival-Date: Wed, 25 Nov 2026 07:31:36 +0000 (UTC)

Final-Recipient: rfc822; {ANNA}
Original-Recipient: rfc822;{ANNA}
Action: {action}
Status: {status}
Remote-MTA: dns; mx.muster.example
Diagnostic-Code: smtp; 550 {status} <{ANNA}>: Recipient address rejected

--4bQ.1795591896/mail.example
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

Return-Path: <post@musterbau.example>
From: Musterbau <post@musterbau.example>
To: {ANNA}
Subject: Ihre Daten bei uns
Message-ID: <{id}@musterbau.example>

--4bQ.1795591896/mail.example--
"
    )
}
