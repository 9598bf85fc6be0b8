//! What a mail says at the moment when it is sent. The letter of a campaign is written here and
//! nowhere before, after the gate was asked once more about this recipient.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::message::Message;
use store::{Id, Tx};
use vault::SubjectKey;

use super::letter::{Letter, MailPurpose};
use super::queue;
use super::state::{MailState, Trouble, TroubleKind};
use crate::accuracy;
use crate::campaign::{self, Turn};
use crate::contact::Email;
use crate::person::Person;
use crate::words::flag;
use crate::{Act, Error, Organisation};

/// What is sealed of a mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Content {
    /// What it says.
    pub(crate) letter: Letter,
    /// What allows it, as the gate said when it was sent; goes into the evidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) basis: Option<Value>,
}

/// What came out of composing.
pub(crate) enum Composed {
    /// It may go.
    Content(Box<Content>),
    /// It is not sent: the gate says no, or the address does not work.
    Refused(Trouble),
    /// It is not wanted any more.
    Cancelled(Trouble),
    /// It is not to go yet; it is looked at again after this time.
    Held(SignedDuration),
}

/// Composes a mail. Called when it is claimed and once more in the transaction that begins the
/// transmission, so it only reads.
pub(super) fn compose(
    tx: &mut Tx<'_>,
    this: &Organisation,
    row: &Message,
    key: &SubjectKey,
    act: &Act,
) -> Result<Composed, Error> {
    let purpose = MailPurpose::stored(row.purpose)?;
    if row.not_after.is_some_and(|end| end < act.at) {
        return Ok(Composed::Cancelled(Trouble::new(TroubleKind::Expired)));
    }
    if purpose == MailPurpose::Campaign {
        return campaign(tx, this, row, act);
    }
    if purpose == MailPurpose::DataCheck
        && accuracy::is_called_off(tx, this, row.subject, act.today)?
    {
        return Ok(Composed::Cancelled(Trouble::new(TroubleKind::CalledOff)));
    }
    let content = queue::open(this, row, key)?.ok_or(Error::Stored("mail"))?;
    if purpose.is_to_subject() && is_undeliverable(tx, this, row, &content.letter)? {
        return Ok(Composed::Refused(Trouble::new(TroubleKind::Undeliverable)));
    }
    Ok(Composed::Content(Box::new(content)))
}

/// The letter of a campaign to one recipient.
fn campaign(
    tx: &mut Tx<'_>,
    this: &Organisation,
    row: &Message,
    act: &Act,
) -> Result<Composed, Error> {
    let Some(campaign) = row.campaign else {
        return Ok(Composed::Cancelled(Trouble::new(TroubleKind::CalledOff)));
    };
    Ok(
        match campaign::turn(tx, this, campaign, row.subject, act)? {
            Turn::Goes(content) => by_mailbox(tx, this, (row, campaign), content)?,
            Turn::Held(time) => Composed::Held(time),
            Turn::CalledOff => Composed::Cancelled(Trouble::new(TroubleKind::CalledOff)),
            Turn::Undeliverable => Composed::Refused(Trouble::new(TroubleKind::Undeliverable)),
            Turn::Refused(reason) => Composed::Refused(Trouble::of_gate(reason)),
        },
    )
}

/// People may share a mailbox: the first of them whom the campaign may write to is written to, and
/// the others wait until that is settled.
fn by_mailbox(
    tx: &mut Tx<'_>,
    this: &Organisation,
    (row, campaign): (&Message, Id),
    content: Box<Content>,
) -> Result<Composed, Error> {
    let to = Email::parse(&content.letter.to).map_err(|_| Error::Stored("mail"))?;
    let mailbox = this.blind_email(&to).1;
    let others = store::message::of_mailbox(tx, this.id(), campaign, &mailbox)?;
    let mut others = others.into_iter().filter(|(id, _)| *id != row.id);
    // What may have gone out counts as gone out.
    let gone = |state: i16| {
        [
            MailState::Transmitting,
            MailState::Sent,
            MailState::Bounced,
            MailState::Unknown,
        ]
        .iter()
        .any(|known| *known as i16 == state)
    };
    if others.clone().any(|(_, state)| gone(state)) {
        return Ok(Composed::Refused(Trouble::new(TroubleKind::SameMailbox)));
    }
    if others.any(|(id, state)| id < row.id && state <= MailState::Claimed as i16) {
        return Ok(Composed::Held(SETTLED));
    }
    Ok(Composed::Content(content))
}

/// By then the mail to somebody else with the same mailbox is probably settled.
const SETTLED: SignedDuration = SignedDuration::from_mins(5);

/// Whether the contact's address came back before (GDPR Art. 5(1)(d): wrong data are not used).
fn is_undeliverable(
    tx: &mut Tx<'_>,
    this: &Organisation,
    row: &Message,
    letter: &Letter,
) -> Result<bool, Error> {
    // A submission of a form is no contact yet.
    let Some(contact) = store::contact::get(tx, this.id(), row.subject)? else {
        return Ok(false);
    };
    if contact.flags & flag::EMAIL_UNDELIVERABLE == 0 {
        return Ok(false);
    }
    let fields = Person::load(tx, this, row.subject)?.fields(this)?;
    let to = Email::parse(&letter.to).map_err(|_| Error::Stored("mail"))?;
    Ok(fields
        .emails
        .first()
        .is_some_and(|first| first.key() == to.key()))
}
