//! Codes by text message. A confirmed mailbox proves nothing for a telephone number (BGH, 10 February
//! 2011, I ZR 164/09), so a consent that names calls or messages carries them only once a code that was
//! sent to the number was entered. What is kept of it is the documentation of UWG § 7a(1).
//!
//! A code is bound to the number, the contact and the consents that waited when it was sent. It works
//! for ten minutes and five attempts, and is kept as a keyed hash.

mod enter;
mod prove;
mod send;
mod step;
mod text;

use law::{ChannelSet, Lang};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::sms_code::SmsCode;
use store::{Hash, Id, Tx};
use zeroize::Zeroizing;

pub use enter::Entered;
pub use send::{Sms, SmsEnd};
pub use step::{Asked, NumberProof, NumberStep, SmsCap, WaitingConsent};
pub(crate) use step::{after_form, can_prove};

use crate::contact::Phone;
use crate::log::append::{self, Kind};
use crate::person::{Person, context};
use crate::{Act, Error, Organisation};

/// What became of a code. The numbers are stored.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(i16)]
enum State {
    /// Its message waits for its time.
    Waiting = 1,
    /// Somebody hands its message over until `due_at`; after that another may.
    Claimed = 2,
    /// The gateway took it.
    Sent = 3,
    /// It was not sent: refused, or its time was over.
    GivenUp = 4,
    /// It was entered.
    Confirmed = 5,
    /// It works no more: too many attempts, or a newer one took its place.
    Ended = 6,
}

/// What is sealed of a message.
#[derive(Serialize, Deserialize)]
struct Content {
    to: String,
    /// The text, with [`text::PLACE`] where the code stands.
    text: String,
    /// The code, until the message was sent.
    code: Option<String>,
    /// In which it was asked for.
    lang: Lang,
}

const LABEL: &str = "text message";

fn seal(this: &Organisation, id: Id, person: &Person, content: &Content) -> Result<Vec<u8>, Error> {
    let text = serde_json::to_vec(content).map_err(|_| Error::Stored("text message"))?;
    Ok(person
        .key
        .seal(LABEL, &context(this, id), &Zeroizing::new(text))?)
}

fn open(this: &Organisation, row: &SmsCode, person: &Person) -> Result<Option<Content>, Error> {
    let Some(sealed) = &row.sealed else {
        return Ok(None);
    };
    let text = person.key.open(LABEL, &context(this, row.id), sealed)?;
    let content = serde_json::from_slice(&text);
    content.map(Some).map_err(|_| Error::Stored("text message"))
}

/// The keyed hash of a code, which fits no other number, contact, message, time or consents.
fn hash_of_code(this: &Organisation, row: &SmsCode, code: &str) -> Hash {
    let asked = row.created_at.as_millisecond().to_be_bytes();
    let value = [
        &row.id.0[..],
        &row.contact.0,
        &row.number,
        &asked,
        &row.consents,
        code.as_bytes(),
    ]
    .concat();
    this.index().blind("sms code", &value)
}

fn hash_of_number(this: &Organisation, number: &Phone) -> Hash {
    this.index().blind("sms number", number.e164().as_bytes())
}

/// What a code sent to a number proves a consent for. It proves nothing for a fax machine, which
/// takes no such message.
fn by_number(channels: ChannelSet) -> ChannelSet {
    let named = channels.iter();
    named
        .filter(|channel| channel.reaches_a_telephone())
        .collect()
}

/// Keeps what a message said that the gateway took, without its code as long as that works.
fn note_sent(
    tx: &mut Tx<'_>,
    this: &Organisation,
    row: &mut SmsCode,
    person: &Person,
    act: &Act,
) -> Result<(), Error> {
    let Some(content) = open(this, row, person)? else {
        return Ok(());
    };
    row.sent_at = Some(act.at);
    let what = json!({
        "sms": row.id.to_string(),
        "to": content.to,
        "text": content.text,
        "asked_at": row.created_at,
        "sent_at": act.at,
    });
    append::sealed(tx, this, act, Kind::SmsSent, &person.key, &what)?;
    let told = Content {
        code: None,
        ..content
    };
    row.sealed = Some(seal(this, row.id, person, &told)?);
    Ok(())
}

/// Ends the codes of a contact that is merged into another, and counts them with that one.
pub(crate) fn move_all(
    tx: &mut Tx<'_>,
    this: &Organisation,
    from: Id,
    to: Id,
) -> Result<(), Error> {
    for mut row in store::sms_code::of_contact(tx, this.id(), from)? {
        row.contact = to;
        row.sealed = None;
        row.state = State::Ended as i16;
        store::sms_code::update(tx, &row)?;
    }
    Ok(())
}
