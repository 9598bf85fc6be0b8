//! What nobody confirmed in time goes, and so do network addresses that are kept no longer.

use serde_json::json;
use store::submission::Submission;
use store::{Hash, Tx};

use super::submit::hour;
use crate::contact::Email;
use crate::log::append::{self, Kind};
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
            store::submission::shred(tx, this.id(), kept)?;
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
/// same mailbox with most providers.
pub(super) fn mailbox(this: &Organisation, email: &Email) -> Hash {
    let key = email.key();
    let without_tag = key.split_once('@').and_then(|(local, domain)| {
        let (name, _) = local.split_once('+')?;
        Email::parse(&format!("{name}@{domain}")).ok()
    });
    this.blind_email(without_tag.as_ref().unwrap_or(email)).1
}

/// Deletes a submission with all that hangs on it. The entry says nothing of the person.
pub(super) fn remove(
    tx: &mut Tx<'_>,
    this: &Organisation,
    row: &Submission,
    reason: &str,
    act: &Act,
) -> Result<(), Error> {
    let what = json!({ "form": row.form, "reason": reason });
    append::clear(tx, this, act, Kind::SubmissionExpired, what)?;
    store::message::remove_of(tx, this.id(), row.id)?;
    Ok(store::submission::remove(tx, row)?)
}
