//! Handing messages to the gateway. It may be asked twice for one message, when its answer is lost or
//! the process ends; each time with the same key, by which the gateway tells that from a second message.

use jiff::SignedDuration;
use serde_json::json;
use store::sms_code::SmsCode;
use store::{Id, Tx};

use super::step::WORKS;
use super::{State, note_sent, open, text};
use crate::log::append::{self, Kind};
use crate::person::Person;
use crate::{Act, Error, Installation, Organisation};

/// How many messages are looked at in one transaction.
const AT_ONCE: u32 = 20;
/// How long a message waits whose organisation can't be opened.
const SET_ASIDE: SignedDuration = SignedDuration::from_hours(1);

/// A message that was claimed, for one try.
#[derive(Clone)]
pub struct Sms {
    /// Names it, the same in every try.
    pub id: Id,
    /// The number, in E.164 form.
    pub to: String,
    /// What it says.
    pub text: String,
    org: Id,
    /// Tells this try from every other.
    tries: i64,
}

/// How a try ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmsEnd {
    /// The gateway took it.
    Taken,
    /// The gateway will never take it.
    Refused,
    /// The gateway was not reached, or did not take it for now.
    Failed,
}

impl Installation {
    /// Claims the next message that is due, for one try that lasts at most `lease`.
    ///
    /// # Errors
    /// When the database can't be read or written.
    pub fn next_sms(&self, lease: SignedDuration, act: &Act) -> Result<Option<Sms>, Error> {
        loop {
            let (here, act) = (self.clone(), act.clone());
            let step = self.store().write(move |tx| -> Result<_, Error> {
                let mut moved = false;
                for row in store::sms_code::due(tx, act.at, AT_ONCE)? {
                    match claim_or_set_aside(tx, &here, &row, lease, &act)? {
                        Claimed::For(sms) => return Ok(Step::Try(sms)),
                        Claimed::Settled => moved = true,
                        Claimed::ByAnother => {}
                    }
                }
                Ok(if moved { Step::Again } else { Step::Nothing })
            })?;
            match step {
                Step::Try(sms) => return Ok(Some(sms)),
                Step::Nothing => return Ok(None),
                Step::Again => {}
            }
        }
    }

    /// Notes how a try ended. A message that was erased meanwhile leaves nothing to note.
    ///
    /// # Errors
    /// When the database can't be read or written.
    pub fn sms_ended(&self, sms: &Sms, end: SmsEnd, act: &Act) -> Result<(), Error> {
        let (here, sms, act) = (self.clone(), sms.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let row = store::sms_code::get_to_change(tx, sms.org, sms.id)?;
            let Some(mut row) = row.filter(|row| row.tries == sms.tries) else {
                return Ok(());
            };
            let this = Organisation::in_transaction(tx, &here, row.org)?;
            let Some(person) = present(tx, &this, row.contact)? else {
                return Ok(());
            };
            ended(tx, &this, &mut row, &person, end, &act)
        })
    }
}

fn present(tx: &mut Tx<'_>, this: &Organisation, id: Id) -> Result<Option<Person>, Error> {
    match Person::load(tx, this, id) {
        Ok(person) => Ok(Some(person)),
        Err(Error::Erased | Error::UnknownContact) => Ok(None),
        Err(error) => Err(error),
    }
}

enum Step {
    Try(Sms),
    Again,
    Nothing,
}

enum Claimed {
    For(Sms),
    /// It is not sent, and waits no more for now.
    Settled,
    ByAnother,
}

/// Claims a message. One that can't be read, or whose key can't, must not hold up the others.
fn claim_or_set_aside(
    tx: &mut Tx<'_>,
    here: &Installation,
    row: &SmsCode,
    lease: SignedDuration,
    act: &Act,
) -> Result<Claimed, Error> {
    match claim(tx, here, row, lease, act) {
        Err(Error::Store(error)) => Err(error.into()),
        Err(error) => {
            set_aside(tx, here, row, &error, act)?;
            Ok(Claimed::Settled)
        }
        claimed => claimed,
    }
}

/// Gives a message up that can't be read. Since the key may be what is missing, the entry is not
/// sealed; it says nothing of the person. Where not even the organisation can be opened, the message
/// waits.
fn set_aside(
    tx: &mut Tx<'_>,
    here: &Installation,
    row: &SmsCode,
    why: &Error,
    act: &Act,
) -> Result<(), Error> {
    tracing::error!(error = %why, sms = %row.id, "a text message can't be read and is set aside");
    let Some(mut row) = store::sms_code::get_to_change(tx, row.org, row.id)? else {
        return Ok(());
    };
    let this = match Organisation::in_transaction(tx, here, row.org) {
        Err(Error::Store(error)) => return Err(error.into()),
        Err(_) => {
            row.due_at = act.at + SET_ASIDE;
            store::sms_code::update(tx, &row)?;
            return Ok(());
        }
        Ok(this) => this,
    };
    row.state = State::GivenUp as i16;
    row.sealed = None;
    store::sms_code::update(tx, &row)?;
    let what = json!({ "sms": row.id.to_string(), "why": "unreadable", "tries": row.tries });
    append::clear(tx, &this, act, Kind::SmsGivenUp, what)?;
    Ok(())
}

fn claim(
    tx: &mut Tx<'_>,
    here: &Installation,
    row: &SmsCode,
    lease: SignedDuration,
    act: &Act,
) -> Result<Claimed, Error> {
    let row = store::sms_code::get_to_change(tx, row.org, row.id)?;
    let due = |row: &SmsCode| row.state <= State::Claimed as i16 && row.due_at <= act.at;
    let Some(mut row) = row.filter(due) else {
        return Ok(Claimed::ByAnother);
    };
    let this = Organisation::in_transaction(tx, here, row.org)?;
    let Some(person) = present(tx, &this, row.contact)? else {
        store::sms_code::remove(tx, row.org, row.id)?;
        return Ok(Claimed::Settled);
    };
    let content = open(&this, &row, &person)?;
    let content = content.and_then(|content| Some((content.code?, content.to, content.text)));
    let Some((code, to, text)) = content.filter(|_| row.expires_at > act.at) else {
        give_up(tx, &this, &mut row, &person, "too_late", act)?;
        return Ok(Claimed::Settled);
    };
    row.tries += 1;
    row.state = State::Claimed as i16;
    row.due_at = act.at + lease;
    store::sms_code::update(tx, &row)?;
    Ok(Claimed::For(Sms {
        id: row.id,
        to,
        text: text::with_code(&text, &code),
        org: row.org,
        tries: row.tries,
    }))
}

fn ended(
    tx: &mut Tx<'_>,
    this: &Organisation,
    row: &mut SmsCode,
    person: &Person,
    end: SmsEnd,
    act: &Act,
) -> Result<(), Error> {
    // A newer code took its place while this one was handed over: what went out is still told.
    if row.state == State::Ended as i16 {
        if end == SmsEnd::Taken && row.sent_at.is_none() {
            note_sent(tx, this, row, person, act)?;
        }
        row.sealed = None;
        store::sms_code::update(tx, row)?;
        return Ok(());
    }
    if row.state != State::Claimed as i16 {
        return Ok(());
    }
    match end {
        SmsEnd::Taken => {
            note_sent(tx, this, row, person, act)?;
            row.state = State::Sent as i16;
            row.expires_at = act.at + WORKS;
            store::sms_code::update(tx, row)?;
        }
        SmsEnd::Refused => give_up(tx, this, row, person, "refused", act)?,
        SmsEnd::Failed => {
            row.state = State::Waiting as i16;
            row.due_at = act.at + wait(row.tries);
            store::sms_code::update(tx, row)?;
        }
    }
    Ok(())
}

/// How long until the next try: 2, 4, 8 … seconds, at most a minute, since the person waits.
fn wait(tries: i64) -> SignedDuration {
    let doubled = 1_i64 << tries.clamp(1, 6);
    SignedDuration::from_secs(doubled.min(60))
}

fn give_up(
    tx: &mut Tx<'_>,
    this: &Organisation,
    row: &mut SmsCode,
    person: &Person,
    why: &str,
    act: &Act,
) -> Result<(), Error> {
    row.state = State::GivenUp as i16;
    row.sealed = None;
    store::sms_code::update(tx, row)?;
    let what = json!({ "sms": row.id.to_string(), "why": why, "tries": row.tries });
    append::sealed(tx, this, act, Kind::SmsGivenUp, &person.key, &what)?;
    Ok(())
}
