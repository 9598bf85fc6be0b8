//! What nobody confirmed in time goes, and so do network addresses that are kept no longer.

use serde_json::{Map, Value, json};
use store::submission::Submission;
use store::{Hash, Id, Tx};

use super::submit::hour;
use crate::contact::Email;
use crate::log::append::{self, Kind};
use crate::person::Person;
use crate::{Act, Error, Organisation};

/// Submissions in one transaction.
const BATCH: u32 = 100;
/// Hours for which it is known how often a form was refused.
const REFUSALS: i64 = 24 * 30;

impl Organisation {
    /// Deletes what was sent by forms and not confirmed in time, with the keys that sealed it and the
    /// mail about it; and network addresses and browsers whose time is over. Returns how many
    /// submissions went.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn tidy_forms(&self, act: &Act) -> Result<usize, Error> {
        let mut gone = 0;
        loop {
            let (this, by) = (self.clone(), act.clone());
            let (removed, freed) = self
                .store()
                .write(move |tx| -> Result<_, Error> { tidy(tx, &this, &by) })?;
            gone += removed;
            if removed == 0 && freed == 0 {
                return Ok(gone);
            }
        }
    }
}

fn tidy(tx: &mut Tx<'_>, this: &Organisation, act: &Act) -> Result<(usize, usize), Error> {
    let rows = store::submission::run_out(tx, this.id(), act.at, BATCH)?;
    for row in &rows {
        remove(tx, this, row, "not_confirmed", act)?;
    }
    let kept = store::submission::kept_run_out(tx, this.id(), act.at, BATCH)?;
    let freed = kept.len();
    for mut row in kept {
        if let Some(kept) = row.kept.take() {
            end_key(tx, this, kept, "kept_no_longer", act)?;
        }
        row.kept_until = None;
        store::submission::update(tx, &row)?;
    }
    store::submission::forget_sent(tx, act.at)?;
    store::submission::forget_refusals(tx, this.id(), hour(act) - REFUSALS)?;
    Ok((rows.len(), freed))
}

/// Deletes what was sent with the address of somebody who is erased and not confirmed yet.
pub(crate) fn remove_unconfirmed(
    tx: &mut Tx<'_>,
    this: &Organisation,
    email: &Email,
    act: &Act,
) -> Result<(), Error> {
    remove_unconfirmed_with(tx, this, &mailbox(this, email), act)
}

/// As [`remove_unconfirmed`], by the keyed hash of the address.
pub(crate) fn remove_unconfirmed_with(
    tx: &mut Tx<'_>,
    this: &Organisation,
    mailbox: &Hash,
    act: &Act,
) -> Result<(), Error> {
    for row in store::submission::unconfirmed_of(tx, this.id(), mailbox)? {
        remove(tx, this, &row, "erased", act)?;
    }
    Ok(())
}

/// The keyed hash by which what was sent with a mailbox is found. What follows a plus sign leads to the
/// same mailbox with most providers; Google takes out dots and has two names.
pub(crate) fn mailbox(this: &Organisation, email: &Email) -> Hash {
    let key = email.key();
    let same = key.split_once('@').and_then(|(local, domain)| {
        let name = local.split_once('+').map_or(local, |(name, _)| name);
        let same = match domain {
            "gmail.com" | "googlemail.com" => format!("{}@gmail.com", name.replace('.', "")),
            _ => format!("{name}@{domain}"),
        };
        Email::parse(&same).ok()
    });
    this.blind_email(same.as_ref().unwrap_or(email)).1
}

/// Deletes a key of a form that was sent, or of a request of nobody known: what it sealed is the
/// contact's now, or is kept no longer. An entry says so, and nothing of the person.
pub(crate) fn end_key(
    tx: &mut Tx<'_>,
    this: &Organisation,
    id: Id,
    reason: &str,
    act: &Act,
) -> Result<(), Error> {
    if let Some(key) = Person::key(tx, this, id)? {
        let what = Map::from_iter([("reason".to_owned(), json!(reason))]);
        append::clear_about(tx, this, act, Kind::KeyEnded, &key, what)?;
    }
    Ok(store::submission::shred(tx, this.id(), id)?)
}

/// Deletes the keys under which network addresses and browsers of a contact's forms are kept.
pub(crate) fn end_kept(
    tx: &mut Tx<'_>,
    this: &Organisation,
    contact: Id,
    act: &Act,
) -> Result<(), Error> {
    for row in store::submission::of_contact(tx, this.id(), contact)? {
        if let Some(kept) = row.kept {
            end_key(tx, this, kept, "erased", act)?;
        }
    }
    Ok(())
}

/// Deletes a submission with all that hangs on it. The entry says nothing of the person.
pub(crate) fn remove(
    tx: &mut Tx<'_>,
    this: &Organisation,
    row: &Submission,
    reason: &str,
    act: &Act,
) -> Result<(), Error> {
    let what = Map::from_iter([
        ("form".to_owned(), json!(row.form)),
        ("reason".to_owned(), json!(reason)),
    ]);
    let kind = Kind::SubmissionExpired;
    match Person::key(tx, this, row.id)? {
        // Named by what stands for it in the log, so that `verify` knows why its key is gone.
        Some(key) => append::clear_about(tx, this, act, kind, &key, what)?,
        None => append::clear(tx, this, act, kind, Value::Object(what))?,
    };
    if let Some(kept) = row.kept {
        end_key(tx, this, kept, reason, act)?;
    }
    store::message::remove_of(tx, this.id(), row.id)?;
    Ok(store::submission::remove(tx, row)?)
}
