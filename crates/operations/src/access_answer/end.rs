//! Ends answers: their files go, and with them what the link opens; the entries stay.

use jiff::Timestamp;
use serde_json::json;
use store::released_answer::ReleasedAnswer;
use store::{Id, Tx};
use vault::SubjectKey;

use super::files::reseal;
use crate::log::append::{self, Kind};
use crate::person::Person;
use crate::state::{self, RowProof};
use crate::{Act, Error, Organisation};

/// Why an answer ends.
#[derive(Clone, Copy)]
pub(super) enum Ending {
    /// A newer one took its place.
    Replaced,
    /// Somebody here took it back.
    Revoked,
    /// Its time is over.
    Expired,
    /// It was fetched as often as it can be.
    UsedUp,
    /// The contact was merged into one that has an answer of its own.
    Merged,
    /// It comes from a backup, and nobody knows what became of it since.
    Restored,
}

impl Ending {
    const fn name(self) -> &'static str {
        match self {
            Self::Replaced => "replaced",
            Self::Revoked => "revoked",
            Self::Expired => "expired",
            Self::UsedUp => "used_up",
            Self::Merged => "merged",
            Self::Restored => "restored",
        }
    }
}

/// Removes an answer and says why.
pub(super) fn end(
    tx: &mut Tx<'_>,
    this: &Organisation,
    key: &SubjectKey,
    row: &ReleasedAnswer,
    why: Ending,
    act: &Act,
) -> Result<(), Error> {
    store::released_answer::remove(tx, this.id(), row.id)?;
    let what = json!({ "ended": why.name(), "gone": [state::released_answer(row)] });
    append::sealed(tx, this, act, Kind::AnswerEnded, key, &what)?;
    Ok(())
}

impl Organisation {
    /// Deletes answers whose time is over. Returns how many.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn tidy_answers(&self, act: &Act) -> Result<usize, Error> {
        self.end_answers(act.at, Ending::Expired, act)
    }

    /// Ends every answer that a backup brought: it may have been taken back since.
    pub(crate) fn end_answers_of_backup(&self, act: &Act) -> Result<(), Error> {
        self.end_answers(Timestamp::MAX, Ending::Restored, act)?;
        Ok(())
    }

    fn end_answers(&self, by: Timestamp, why: Ending, act: &Act) -> Result<usize, Error> {
        let ended = self
            .store()
            .read(|tx| store::released_answer::ended(tx, self.id(), by))?;
        let mut gone = 0;
        for id in ended {
            let (this, act) = (self.clone(), act.clone());
            let done = self
                .store()
                .write(move |tx| end_one(tx, &this, (id, by), why, &act))?;
            gone += usize::from(done);
        }
        Ok(gone)
    }
}

fn end_one(
    tx: &mut Tx<'_>,
    this: &Organisation,
    (id, by): (Id, Timestamp),
    why: Ending,
    act: &Act,
) -> Result<bool, Error> {
    let Some(row) = store::released_answer::get(tx, this.id(), id)? else {
        return Ok(false);
    };
    let person = match Person::load_to_change(tx, this, row.contact) {
        Ok(person) => person,
        // Erased meanwhile, and the answer with the person.
        Err(Error::Erased | Error::UnknownContact) => return Ok(false),
        Err(error) => return Err(error),
    };
    // Read again, now that nobody else changes the contact.
    let row = store::released_answer::get(tx, this.id(), id)?;
    let Some(row) = row.filter(|row| row.contact == person.row.id && row.expires_at <= by) else {
        return Ok(false);
    };
    end(tx, this, &person.key, &row, why, act)?;
    Ok(true)
}

/// Moves the answer of a contact that is merged, sealed anew; its link goes on. Where the kept contact has
/// one, that stays. Returns what the caller proves.
pub(crate) fn move_to(
    tx: &mut Tx<'_>,
    this: &Organisation,
    kept: &Person,
    other: &Person,
    act: &Act,
) -> Result<Option<RowProof>, Error> {
    let org = this.id();
    let Some(mut row) = store::released_answer::of_contact(tx, org, other.row.id)? else {
        return Ok(None);
    };
    if store::released_answer::of_contact(tx, org, kept.row.id)?.is_some() {
        end(tx, this, &other.key, &row, Ending::Merged, act)?;
        return Ok(None);
    }
    row.contact = kept.row.id;
    reseal(&other.key, &kept.key, &mut row)?;
    store::released_answer::update(tx, &row)?;
    Ok(Some(state::released_answer(&row)))
}
