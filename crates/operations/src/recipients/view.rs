//! Notices as people here see them: what is open, what is overdue, who was told about one person.

use jiff::{SignedDuration, Timestamp};
use store::recipient_notice::RecipientNotice;
use store::{Id, Tx};

use super::notice::{About, NoticeState, OVERDUE_DAYS, Way, open};
use crate::mail::MailState;
use crate::merge::merged_into;
use crate::person::Person;
use crate::{Error, Organisation};

/// A notice in a list.
#[derive(Clone, Debug)]
pub struct NoticeLine {
    /// Names it.
    pub id: Id,
    /// The recipient's identifier in the register.
    pub recipient: String,
    /// The recipient's name, if the register still has it.
    pub name: Option<String>,
    /// What happened to the data.
    pub about: About,
    /// The evidence entry of what happened.
    pub cause: i64,
    /// How it goes out.
    pub way: Way,
    /// What became of it.
    pub state: NoticeState,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
    /// Whether the answer is overdue.
    pub overdue: bool,
    /// Why it could not be sent, as a word.
    pub failure: Option<String>,
    /// The recipient's reason, as long as it is kept.
    pub reason: Option<String>,
}

/// A part of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticePart {
    /// An answer is to come.
    Open,
    /// It is answered, or superseded.
    Settled,
}

impl NoticePart {
    fn states(self) -> Vec<i16> {
        let all = NoticeState::ALL.into_iter();
        all.filter(|state| state.is_open() == (self == Self::Open))
            .map(|state| state as i16)
            .collect()
    }
}

impl Organisation {
    /// At most `limit` notices of a part, newest first, older than `before`.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn recipient_notices(
        &self,
        part: NoticePart,
        before: Option<Id>,
        limit: u32,
        now: Timestamp,
    ) -> Result<Vec<NoticeLine>, Error> {
        self.store().read(|tx| {
            let states = part.states();
            let rows = store::recipient_notice::in_states(tx, self.id(), &states, before, limit)?;
            rows.iter().map(|row| line(tx, self, row, now)).collect()
        })
    }

    /// How many notices are open, how many of them overdue, and how many settled.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn recipient_notice_counts(&self, now: Timestamp) -> Result<(u64, u64, u64), Error> {
        self.store().read(|tx| {
            let mut count = |part: NoticePart, before: Timestamp| {
                store::recipient_notice::count(tx, self.id(), &part.states(), before)
            };
            Ok((
                count(NoticePart::Open, Timestamp::MAX)?,
                count(NoticePart::Open, overdue_before(now))?,
                count(NoticePart::Settled, Timestamp::MAX)?,
            ))
        })
    }

    /// One notice.
    ///
    /// # Errors
    /// When there is none.
    pub fn recipient_notice(&self, id: Id, now: Timestamp) -> Result<NoticeLine, Error> {
        self.store().read(|tx| {
            let row = store::recipient_notice::get(tx, self.id(), id)?;
            line(tx, self, &row.ok_or(Error::UnknownNotice)?, now)
        })
    }

    /// Who was told about a contact, and what they answered; also after its erasure. The person may ask
    /// for it (GDPR Art. 19 sentence 2).
    ///
    /// # Errors
    /// When there is no such contact.
    pub fn recipients_told(&self, contact: Id, now: Timestamp) -> Result<Vec<NoticeLine>, Error> {
        self.store().read(|tx| told_about(tx, self, contact, now))
    }
}

/// As [`Organisation::recipients_told`].
pub(crate) fn told_about(
    tx: &mut Tx<'_>,
    this: &Organisation,
    contact: Id,
    now: Timestamp,
) -> Result<Vec<NoticeLine>, Error> {
    let mut lines = Vec::new();
    for subject in pseudonyms(tx, this, contact)? {
        for row in store::recipient_notice::about(tx, this.id(), subject)? {
            lines.push(line(tx, this, &row, now)?);
        }
    }
    lines.sort_by_key(|line| line.id);
    Ok(lines)
}

/// What stands in the log for a contact and those that were merged into it.
fn pseudonyms(tx: &mut Tx<'_>, this: &Organisation, contact: Id) -> Result<Vec<Id>, Error> {
    store::contact::get(tx, this.id(), contact)?.ok_or(Error::UnknownContact)?;
    let mut found = Vec::new();
    if let Some(key) = Person::key(tx, this, contact)? {
        found.push(Id(key.pseudonym()));
        for merged in merged_into(tx, this, contact)? {
            found.push(Id(merged.key.pseudonym()));
        }
    } else if let Some(erasure) = store::erasure::get(tx, this.id(), contact)? {
        let entry = store::evidence_entry::get(tx, this.id(), erasure.entry_seq)?;
        found.extend(entry.and_then(|entry| entry.subject));
    }
    Ok(found)
}

fn overdue_before(now: Timestamp) -> Timestamp {
    let days = SignedDuration::from_hours(24 * OVERDUE_DAYS);
    now.checked_sub(days).unwrap_or(Timestamp::MIN)
}

/// The name of a recipient in the register in force.
pub(super) fn name_of(
    tx: &mut Tx<'_>,
    this: &Organisation,
    recipient: &str,
) -> Result<Option<String>, Error> {
    let in_force = match this.register(tx) {
        Ok(in_force) => in_force,
        Err(Error::NoRegister) => return Ok(None),
        Err(error) => return Err(error),
    };
    let found = in_force.register.recipient(recipient);
    Ok(found.map(|recipient| recipient.name.clone()))
}

fn line(
    tx: &mut Tx<'_>,
    this: &Organisation,
    row: &RecipientNotice,
    now: Timestamp,
) -> Result<NoticeLine, Error> {
    let (mut state, mut failure) = (NoticeState::stored(row.state)?, row.failure.clone());
    let way = Way::stored(row.way)?;
    if way == Way::Mail && state == NoticeState::Queued {
        // What became of the mail is known where mail is sent.
        let mails = store::message::of_subject(tx, this.id(), row.id)?;
        match mails.last().map(|mail| MailState::stored(mail.state)) {
            Some(Ok(MailState::Sent)) => state = NoticeState::Sent,
            Some(Ok(MailState::Bounced | MailState::GivenUp | MailState::Unknown)) => {
                (state, failure) = (NoticeState::Failed, Some("mail".to_owned()));
            }
            _ => {}
        }
    }
    let reason = if state == NoticeState::Refused {
        open(tx, this, row)?.and_then(|(_, content)| content.reason)
    } else {
        None
    };
    Ok(NoticeLine {
        id: row.id,
        recipient: row.recipient.clone(),
        name: name_of(tx, this, &row.recipient)?,
        about: About::stored(row.about)?,
        cause: row.cause,
        way,
        overdue: state.is_open() && row.created_at <= overdue_before(now),
        state,
        created_at: row.created_at,
        answered_at: row.answered_at,
        failure,
        reason,
    })
}
