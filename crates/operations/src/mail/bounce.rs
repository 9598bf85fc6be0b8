//! Mail that comes back: an address that does not work is no longer used (GDPR Art. 5(1)(d)).

use serde_json::Value;
use store::message::Message;
use store::{Id, Tx};
use vault::SubjectKey;

use super::fate::brief;
use super::letter::MailPurpose;
use super::state::{MailState, Trouble, TroubleKind};
use crate::campaign;
use crate::contact::Fields;
use crate::log::append::{self, Kind};
use crate::person::Person;
use crate::state::{self, Proved};
use crate::words::flag;
use crate::{Act, Error, Installation, Organisation};

impl Installation {
    /// Notes that a mail came back for good, with the code of RFC 3463 that was given; `false` if it
    /// is none of ours.
    ///
    /// # Errors
    /// When the database can't be read or written.
    pub(super) fn message_came_back(&self, id: Id, code: &str, act: &Act) -> Result<bool, Error> {
        let (here, act) = (self.clone(), act.clone());
        let trouble = Trouble::with_code(TroubleKind::CameBack, code);
        self.store().write(move |tx| -> Result<_, Error> {
            let Some(org) = store::message::organisation_of(tx, id)? else {
                return Ok(false);
            };
            let Some(mut row) = store::message::get_to_change(tx, org, id)? else {
                return Ok(false);
            };
            // A server may be quicker to return a mail than to say that it took it.
            let out = [MailState::Transmitting, MailState::Sent, MailState::Unknown];
            if !out.iter().any(|state| *state as i16 == row.state) {
                // A second report says nothing new.
                return Ok(true);
            }
            let this = Organisation::in_transaction(tx, &here, org)?;
            let Some(key) = Person::key(tx, &this, row.subject)? else {
                return Ok(true);
            };
            settle(tx, &this, &mut row, &key, &trouble, &act)?;
            Ok(true)
        })
    }
}

/// Notes that a mail was refused for good, and of the contact that the address does not work if
/// that is why.
pub(super) fn settle(
    tx: &mut Tx<'_>,
    this: &Organisation,
    row: &mut Message,
    key: &SubjectKey,
    trouble: &Trouble,
    act: &Act,
) -> Result<(), Error> {
    row.state = MailState::Bounced as i16;
    row.changed_at = act.at;
    row.failure = Some(trouble.to_string());
    store::message::update(tx, row)?;
    let what = brief(row, MailState::Bounced, Some(trouble))?;
    let about_address = trouble.says_nobody_is_there();
    if about_address && mark(tx, this, row, &what, act)? {
        return Ok(());
    }
    append::sealed(tx, this, act, Kind::MailBounced, key, &what)?;
    Ok(())
}

/// Marks the contact, if the mail went to the address that is used for it now; `false` if not.
fn mark(
    tx: &mut Tx<'_>,
    this: &Organisation,
    row: &Message,
    what: &Value,
    act: &Act,
) -> Result<bool, Error> {
    if !MailPurpose::stored(row.purpose)?.is_to_subject() {
        return Ok(false);
    }
    let contact = store::contact::get_to_change(tx, this.id(), row.subject)?;
    if !contact.is_some_and(|contact| contact.is_present()) {
        return Ok(false);
    }
    let mut person = Person::load_to_change(tx, this, row.subject)?;
    let fields = person.fields(this)?;
    let first = fields.emails.first();
    if first.is_none_or(|first| this.blind_email(first).1 != row.address) {
        return Ok(false);
    }
    person.row.flags |= flag::EMAIL_UNDELIVERABLE;
    let mut what = what.clone();
    if person.row.told_at == Some(row.created_at) {
        person.row.told_at = None;
        what["nobody_was_told"] = true.into();
    }
    if row.purpose == MailPurpose::Campaign as i16
        && campaign::not_informed(&mut person.row, row.sent_at)
    {
        what["nobody_was_informed"] = true.into();
    }
    person.row.changed_at = act.at;
    store::contact::update(tx, &person.row)?;
    let proved = Proved {
        row: state::contact(&person.row),
        what,
    };
    append::sealed(tx, this, act, Kind::MailBounced, &person.key, &proved)?;
    Ok(true)
}

/// That an address does not work stays known as long as it is the one that is used.
pub(crate) fn still_undeliverable(flags: u64, before: &Fields, now: &Fields) -> u64 {
    match (before.emails.first(), now.emails.first()) {
        (Some(before), Some(now)) if before.key() == now.key() => flags & flag::EMAIL_UNDELIVERABLE,
        _ => 0,
    }
}
