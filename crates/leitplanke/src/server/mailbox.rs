//! The mailbox to which mail comes back: a Maildir, whose folder `new` is looked through. What was
//! dealt with goes to `cur`, also what somebody wrote and is on the board of requests now; what is for
//! people stays where it is.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use mail_parser::{Address, Message, MessageParser, MimeHeaders as _, PartType};
use operations::contact::Email;
use operations::mail::Read;
use operations::request::IncomingMail;
use operations::{Act, Installation};
use store::Id;

use crate::office;

/// How often the mailbox is looked into.
const LOOK: Duration = Duration::from_secs(3);
/// Larger mails are for people.
const LARGEST: u64 = 10 * 1024 * 1024;

/// Looks into the mailbox until it is asked to end.
pub fn watch(here: &Installation, folder: &Path, asked: &Receiver<()>) {
    // What is for people; it is read once and not at every look.
    let mut left: HashSet<OsString> = HashSet::new();
    loop {
        match look(here, folder, &mut left) {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "mails in the mailbox are for people"),
            Err(error) => tracing::error!(%error, "the mailbox can't be read"),
        }
        if asked.recv_timeout(LOOK) != Err(RecvTimeoutError::Timeout) {
            return;
        }
    }
}

/// Deals with what is new; returns how many mails are for people.
fn look(here: &Installation, folder: &Path, left: &mut HashSet<OsString>) -> io::Result<usize> {
    let mut for_people = 0;
    let mut there = HashSet::new();
    for entry in fs::read_dir(folder.join("new"))? {
        let entry = entry?;
        let name = entry.file_name();
        if !left.contains(&name) {
            if done(here, &entry)? {
                fs::rename(entry.path(), seen(folder, &name))?;
                continue;
            }
            for_people += 1;
        }
        there.insert(name);
    }
    *left = there;
    Ok(for_people)
}

/// Where a mail stands that was dealt with, marked as seen.
fn seen(folder: &Path, name: &OsString) -> PathBuf {
    let mut name = name.clone();
    name.push(":2,S");
    folder.join("cur").join(name)
}

/// Whether the mail was dealt with.
fn done(here: &Installation, entry: &fs::DirEntry) -> io::Result<bool> {
    let about = entry.metadata()?;
    if !about.is_file() || about.len() > LARGEST {
        return Ok(false);
    }
    let act = Act {
        by: "mailbox".to_owned(),
        ..office::act()
    };
    // What can't be noted now is tried again at the next look.
    let arrived = about.modified()?;
    let arrived_on = Timestamp::try_from(arrived).map_or(act.today, |at| {
        at.to_zoned_datetime(TimeZone::system())
            .date()
            .min(act.today)
    });
    here.take_in(&read(&fs::read(entry.path())?, arrived_on), &act)
        .map_err(io::Error::other)
}

/// What a mail is.
fn read(bytes: &[u8], arrived_on: Date) -> Read {
    let Some(mail) = MessageParser::default().parse(bytes) else {
        return Read::Other;
    };
    if let Some(bounce) = bounce(&mail) {
        return bounce;
    }
    match unsubscribe(&mail) {
        Some(token) => Read::Unsubscribe { token },
        None => written(&mail, arrived_on).map_or(Read::Other, Read::Written),
    }
}

/// A mail that a person wrote; `None` if a machine did (RFC 3834), or a list sent it on (RFC 2919).
fn written(mail: &Message<'_>, arrived_on: Date) -> Option<IncomingMail> {
    let automatic = mail.header_raw("Auto-Submitted");
    let automatic = automatic.is_some_and(|word| !word.trim().eq_ignore_ascii_case("no"));
    if automatic || mail.header_raw("List-Id").is_some() || mail.header_raw("Precedence").is_some()
    {
        return None;
    }
    let from = mail.from()?.first()?;
    let subject = mail.subject().unwrap_or_default();
    let text = mail.body_text(0).unwrap_or_default();
    let text = format!("{subject}\n\n{text}").trim().to_owned();
    let mail = IncomingMail {
        from: Email::parse(from.address.as_deref()?).ok()?,
        name: from.name.as_deref().map(str::to_owned),
        text,
        arrived_on,
    };
    (!mail.text.is_empty()).then_some(mail)
}

/// A report that a mail could not be delivered, for good (RFC 3464).
fn bounce(mail: &Message<'_>) -> Option<Read> {
    let kind = mail.content_type()?;
    let report = kind.ctype().eq_ignore_ascii_case("multipart")
        && kind.subtype()?.eq_ignore_ascii_case("report")
        && kind
            .attribute("report-type")?
            .eq_ignore_ascii_case("delivery-status");
    if !report {
        return None;
    }
    let (mut code, mut message) = (None, None);
    for part in &mail.parts {
        let Some(kind) = part.content_type() else {
            continue;
        };
        match (kind.ctype(), kind.subtype().unwrap_or_default()) {
            ("message", "delivery-status" | "global-delivery-status") => {
                code = failed(&String::from_utf8_lossy(part.contents()));
            }
            ("message", "rfc822" | "global" | "global-headers") | ("text", "rfc822-headers") => {
                message = match &part.body {
                    PartType::Message(returned) => ours(returned),
                    _ => MessageParser::default()
                        .parse_headers(part.contents())
                        .and_then(|returned| ours(&returned)),
                };
            }
            _ => {}
        }
    }
    Some(Read::Bounce {
        message: message?,
        code: code?,
    })
}

/// The status of the recipient to whom delivery failed; `None` if it is only late.
fn failed(report: &str) -> Option<String> {
    let groups = report.replace("\r\n", "\n");
    groups.split("\n\n").find_map(|group| {
        let field = |name: &str| {
            group.lines().find_map(|line| {
                let (key, value) = line.split_once(':')?;
                key.trim().eq_ignore_ascii_case(name).then(|| value.trim())
            })
        };
        let failed = field("Action")?.eq_ignore_ascii_case("failed");
        let status = field("Status")?.split_whitespace().next()?;
        (failed && status.starts_with("5.")).then(|| status.to_owned())
    })
}

/// The mail that a Message-ID of ours names.
fn ours(returned: &Message<'_>) -> Option<Id> {
    let (id, _) = returned.message_id()?.split_once('@')?;
    id.parse().ok()
}

/// The token of a mail with which somebody leaves: in the address after a plus sign, or in the
/// subject.
fn unsubscribe(mail: &Message<'_>) -> Option<String> {
    let token = |text: &str| {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        let fits = (1..=200).contains(&text.len()) && text.bytes().all(fits);
        fits.then(|| text.to_owned())
    };
    let in_address = mail.all_to().flat_map(Address::iter).find_map(|to| {
        let (local, _) = to.address.as_deref()?.split_once('@')?;
        let (name, rest) = local.split_once('+')?;
        name.eq_ignore_ascii_case("unsubscribe")
            .then(|| token(rest))?
    });
    in_address.or_else(|| {
        let (word, rest) = mail.subject()?.trim().split_once(' ')?;
        word.eq_ignore_ascii_case("unsubscribe")
            .then(|| token(rest.trim()))?
    })
}
