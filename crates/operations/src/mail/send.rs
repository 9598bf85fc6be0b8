//! Sending: a mail is claimed, handed over up to the point of no return, and only then transmitted.
//!
//! SMTP has a gap: between the last byte of a mail and the server's answer nobody can know whether
//! it was taken. So the step into that gap is saved before it is made. What is claimed when a
//! process dies is tried again by another; what is in the gap becomes `unknown`, is shown, and is
//! never sent again unless a person says so.

use jiff::{SignedDuration, Timestamp};
use store::message::Message;
use store::{Hash, Id, Tx};

use super::compose::{Composed, compose};
use super::fate::{self, lost_on_the_way, put, stop};
use super::letter::{Letter, MailPurpose};
use super::queue;
use super::state::{MailState, Trouble};
use crate::person::Person;
use crate::{Act, Error, Installation, Organisation};

/// How many mails are looked at in one transaction.
pub(super) const AT_ONCE: u32 = 20;

/// How mail goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The least time between two mails of campaigns to one domain.
    pub per_domain: SignedDuration,
    /// How long one try may take at each of its two steps; after that another process takes over,
    /// or the mail counts as unknown.
    pub lease: SignedDuration,
}

/// A mail that was claimed, for one try.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// Names it; the Message-ID is made of it.
    pub id: Id,
    /// What it is for.
    pub purpose: MailPurpose,
    /// What it says, as composed for this try.
    pub letter: Letter,
    /// The organisation that writes.
    pub organisation: Id,
    /// The contact or the submission of a form that it is about.
    pub subject: Id,
    /// Tells this try from every other.
    tries: i64,
}

/// How a try ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// The server took it.
    Sent,
    /// The server did not take it, or was not reached.
    Failed(Trouble),
    /// The server did not answer after the last byte.
    Unclear,
}

impl Installation {
    /// Claims the next mail that is due, for one try. Mail of campaigns keeps the pace of each
    /// domain; other mail goes first and at once.
    ///
    /// # Errors
    /// When the database can't be read or written.
    pub fn next_message(&self, pace: &Pace, act: &Act) -> Result<Option<Outgoing>, Error> {
        loop {
            let (here, pace, act) = (self.clone(), *pace, act.clone());
            let step = self.store().write(move |tx| -> Result<_, Error> {
                lost_on_the_way(tx, &here, &act)?;
                let mut moved = false;
                for row in store::message::due(tx, act.at, AT_ONCE)? {
                    match claim_or_set_aside(tx, &here, &row, &pace, &act)? {
                        Claimed::For(outgoing) => return Ok(Step::Try(outgoing)),
                        Claimed::Settled => moved = true,
                        Claimed::ByAnother => {}
                    }
                }
                let mut after: Hash = [0; 32];
                while let Some(row) = store::message::due_paced(tx, act.at, &after)? {
                    after = row.domain;
                    let next_at = act.at + pace.per_domain;
                    if !store::mail_pace::take(tx, &row.domain, act.at, next_at)? {
                        continue;
                    }
                    match claim_or_set_aside(tx, &here, &row, &pace, &act)? {
                        Claimed::For(outgoing) => return Ok(Step::Try(outgoing)),
                        Claimed::Settled => {
                            // Nothing goes to the domain, so its turn is not used up.
                            store::mail_pace::give_back(tx, &row.domain, act.at)?;
                            moved = true;
                            break;
                        }
                        Claimed::ByAnother => {}
                    }
                }
                Ok(if moved { Step::Again } else { Step::Nothing })
            })?;
            match step {
                Step::Try(outgoing) => return Ok(Some(*outgoing)),
                Step::Nothing => return Ok(None),
                Step::Again => {}
            }
        }
    }

    /// Saves that the content of a mail goes out now; `sha256` is that of the whole message. With
    /// `false` it must not go out: it was erased, called off or claimed by another meanwhile, or
    /// the gate says no now.
    ///
    /// # Errors
    /// When the database can't be read or written; the mail must not go out then either.
    pub fn begin_transmission(
        &self,
        outgoing: &Outgoing,
        sha256: Hash,
        pace: &Pace,
        act: &Act,
    ) -> Result<bool, Error> {
        let (here, outgoing, pace, act) = (self.clone(), outgoing.clone(), *pace, act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let Some((this, mut row)) = held(tx, &here, &outgoing)? else {
                return Ok(false);
            };
            if row.state != MailState::Claimed as i16 {
                return Ok(false);
            }
            let Some(key) = Person::key(tx, &this, row.subject)? else {
                store::message::remove(tx, row.org, row.id)?;
                return Ok(false);
            };
            match compose(tx, &this, &row, &key, &act)? {
                Composed::Content(content) if content.letter == outgoing.letter => {
                    // It is kept until it is known what became of it.
                    row.sealed = Some(queue::seal(&this, &row, &key, &content)?);
                    row.sha256 = Some(sha256.to_vec());
                    // It may have changed since the mail was written down.
                    row.address = this.blind_email(&content.letter.checked()?).1;
                    row.due_at = act.at + pace.lease;
                    put(tx, &mut row, MailState::Transmitting, None, act.at)?;
                    Ok(true)
                }
                // The address or what has to be said changed meanwhile.
                Composed::Content(_) => {
                    row.due_at = act.at;
                    put(tx, &mut row, MailState::Waiting, None, act.at)?;
                    Ok(false)
                }
                not_to_go => {
                    stop(tx, &this, &mut row, &key, not_to_go, &act)?;
                    Ok(false)
                }
            }
        })
    }

    /// Notes how a try ended. A mail that was erased meanwhile leaves nothing to note.
    ///
    /// # Errors
    /// When the database can't be read or written.
    pub fn message_ended(
        &self,
        outgoing: &Outgoing,
        delivery: &Delivery,
        act: &Act,
    ) -> Result<(), Error> {
        let (here, outgoing, act) = (self.clone(), outgoing.clone(), act.clone());
        let delivery = delivery.clone();
        self.store().write(move |tx| -> Result<_, Error> {
            let Some((this, mut row)) = held(tx, &here, &outgoing)? else {
                return Ok(());
            };
            let Some(key) = Person::key(tx, &this, row.subject)? else {
                store::message::remove(tx, row.org, row.id)?;
                return Ok(());
            };
            match delivery {
                Delivery::Sent => fate::sent(tx, &this, &mut row, &key, &act),
                Delivery::Unclear => fate::unclear(tx, &this, &mut row, &key, &act),
                Delivery::Failed(trouble) => {
                    fate::failed(tx, &this, &mut row, &key, &trouble, &act)
                }
            }
        })
    }
}

impl Installation {
    /// Forgets when mail last went to which domain, where that holds up nothing any more.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn tidy_mail(&self, now: Timestamp) -> Result<(), Error> {
        self.store()
            .write(move |tx| store::mail_pace::remove_before(tx, now))?;
        Ok(())
    }
}

enum Step {
    Try(Box<Outgoing>),
    Again,
    Nothing,
}

enum Claimed {
    For(Box<Outgoing>),
    /// It is not sent, and waits no more.
    Settled,
    ByAnother,
}

/// Claims a mail. One that can't be read, or whose key can't, must not hold up the others.
fn claim_or_set_aside(
    tx: &mut Tx<'_>,
    here: &Installation,
    row: &Message,
    pace: &Pace,
    act: &Act,
) -> Result<Claimed, Error> {
    match claim(tx, here, row, pace, act) {
        Err(Error::Store(error)) => Err(error.into()),
        Err(error) => {
            fate::set_aside(tx, here, row, MailState::GivenUp, &error, act)?;
            Ok(Claimed::Settled)
        }
        claimed => claimed,
    }
}

fn claim(
    tx: &mut Tx<'_>,
    here: &Installation,
    row: &Message,
    pace: &Pace,
    act: &Act,
) -> Result<Claimed, Error> {
    let row = store::message::get_to_change(tx, row.org, row.id)?;
    let Some(mut row) = row.filter(|row| is_due(row, act.at)) else {
        return Ok(Claimed::ByAnother);
    };
    let this = Organisation::in_transaction(tx, here, row.org)?;
    let Some(key) = Person::key(tx, &this, row.subject)? else {
        store::message::remove(tx, row.org, row.id)?;
        return Ok(Claimed::Settled);
    };
    let content = match compose(tx, &this, &row, &key, act) {
        Ok(Composed::Content(content)) => content,
        Ok(not_to_go) => {
            stop(tx, &this, &mut row, &key, not_to_go, act)?;
            return Ok(Claimed::Settled);
        }
        Err(error) => return Err(error),
    };
    row.tries += 1;
    row.due_at = act.at + pace.lease;
    put(tx, &mut row, MailState::Claimed, None, act.at)?;
    Ok(Claimed::For(Box::new(Outgoing {
        id: row.id,
        purpose: MailPurpose::stored(row.purpose)?,
        letter: content.letter,
        organisation: row.org,
        subject: row.subject,
        tries: row.tries,
    })))
}

fn is_due(row: &Message, now: Timestamp) -> bool {
    row.state <= MailState::Claimed as i16 && row.due_at <= now
}

/// The row of a try, unless another try took its place.
fn held(
    tx: &mut Tx<'_>,
    here: &Installation,
    outgoing: &Outgoing,
) -> Result<Option<(Organisation, Message)>, Error> {
    let row = store::message::get_to_change(tx, outgoing.organisation, outgoing.id)?;
    let Some(row) = row.filter(|row| row.tries == outgoing.tries) else {
        return Ok(None);
    };
    Ok(Some((
        Organisation::in_transaction(tx, here, row.org)?,
        row,
    )))
}
