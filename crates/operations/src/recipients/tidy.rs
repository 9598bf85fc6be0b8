//! The keys of notices go: with the answer, after their time, and when the person is erased.

use serde_json::{Map, json};
use store::recipient_notice::RecipientNotice;
use store::{Id, Tx};

use super::notice::{NoticeState, proof};
use crate::log::append::{self, Kind};
use crate::person::Person;
use crate::{Act, Error, Organisation};

/// Notices in one transaction.
const BATCH: u32 = 100;

impl Organisation {
    /// Deletes the keys of notices that are kept no longer, and with them by what the recipient was to
    /// find the person. Returns how many went.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn tidy_recipient_notices(&self, act: &Act) -> Result<usize, Error> {
        let mut gone = 0;
        loop {
            let (this, by) = (self.clone(), act.clone());
            let done = self.store().write(move |tx| -> Result<_, Error> {
                let rows = store::recipient_notice::to_forget(tx, this.id(), by.at, BATCH)?;
                for row in &rows {
                    let mut row = row.clone();
                    forget(tx, &this, &mut row, "kept_no_longer", &by)?;
                }
                Ok(rows.len())
            })?;
            gone += done;
            if done == 0 {
                return Ok(gone);
            }
        }
    }
}

/// Ends every earlier notice about somebody who is erased now: what is sealed in it goes, and a
/// recipient that has not answered is told of the erasure instead.
pub(crate) fn supersede(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    act: &Act,
) -> Result<(), Error> {
    supersede_about(tx, this, Id(person.key.pseudonym()), act)
}

/// As [`supersede`], where of the person only what stands for it in the log is known.
pub(crate) fn supersede_about(
    tx: &mut Tx<'_>,
    this: &Organisation,
    subject: Id,
    act: &Act,
) -> Result<(), Error> {
    for mut row in store::recipient_notice::about(tx, this.id(), subject)? {
        if row.sealed.is_none() {
            continue;
        }
        if NoticeState::stored(row.state)?.is_open() {
            row.state = NoticeState::Superseded as i16;
        }
        forget(tx, this, &mut row, "erased", act)?;
    }
    Ok(())
}

/// Ends the key of a notice, with the mail that was sealed under it. The row stays: it says who was told.
pub(super) fn forget(
    tx: &mut Tx<'_>,
    this: &Organisation,
    row: &mut RecipientNotice,
    reason: &str,
    act: &Act,
) -> Result<(), Error> {
    row.sealed = None;
    row.forget_at = None;
    let what = Map::from_iter([
        ("reason".to_owned(), json!(reason)),
        ("row".to_owned(), json!(proof(row))),
    ]);
    // After a restore the key may be gone already, and with it what stands for it in the log.
    let key = Person::key(tx, this, row.id)?;
    let pseudonym = key.map(|key| key.pseudonym());
    append::clear_under(tx, this, act, Kind::KeyEnded, pseudonym, what)?;
    store::message::remove_of(tx, this.id(), row.id)?;
    store::recipient_notice::update(tx, row)?;
    Ok(store::recipient_notice::shred(tx, this.id(), row.id)?)
}
