//! The person fetches the answer: by the mailed link, or on the page of their own data.

use jiff::Timestamp;
use serde::Deserialize as _;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use store::released_answer::ReleasedAnswer;
use store::{Id, Tx};

use super::end::{Ending, end};
use super::files::{AnswerFile, open};
use super::release::{AnswerInForce, MOST_DOWNLOADS};
use crate::history;
use crate::log::append::{self, Kind};
use crate::person::Person;
use crate::preferences::token;
use crate::state::{self, Proved, RowProof, Said, hex};
use crate::{Act, Error, Installation, Organisation};

/// A released answer, as the person sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerOffer {
    /// Who answers.
    pub organisation: Id,
    /// What is there, and until when.
    pub answer: AnswerInForce,
}

impl AnswerOffer {
    /// How many files can still be fetched.
    pub fn left(&self) -> u64 {
        u64::try_from(MOST_DOWNLOADS - self.answer.downloads).unwrap_or_default()
    }
}

/// A file that the person fetched.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// The answer from before.
    pub offer: AnswerOffer,
    /// The file.
    pub bytes: Vec<u8>,
}

impl Installation {
    /// What a mailed link offers; `None` for every link that does not work, whatever the reason. Looking
    /// changes nothing.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn offered_answer(
        &self,
        token: &str,
        now: Timestamp,
    ) -> Result<Option<AnswerOffer>, Error> {
        self.store().read(|tx| {
            let Some((this, row)) = by_token(tx, self, token)? else {
                return Ok(None);
            };
            let person = present(Person::load(tx, &this, row.contact))?;
            offer_of(tx, &this, person.as_ref(), Some(row), now)
        })
    }

    /// Fetches a file by the mailed link; `None` as [`Installation::offered_answer`].
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn fetch_answer(
        &self,
        token: &str,
        file: AnswerFile,
        act: &Act,
    ) -> Result<Option<Fetched>, Error> {
        let (here, token, act) = (self.clone(), token.to_owned(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let Some((this, row)) = by_token(tx, &here, &token)? else {
                return Ok(None);
            };
            let Some(person) = present(Person::load_to_change(tx, &this, row.contact))? else {
                return Ok(None);
            };
            // Read again, now that nobody else changes the contact.
            let row = store::released_answer::with_token(tx, &token::hash(&token))?;
            fetch(tx, &this, &person, row, file, &act)
        })
    }
}

impl Organisation {
    /// The answer that waits for a person on the page of their own data.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn own_answer(&self, contact: Id, now: Timestamp) -> Result<Option<AnswerOffer>, Error> {
        self.store().read(|tx| {
            let person = present(Person::load(tx, self, contact))?;
            let row = match &person {
                Some(person) => store::released_answer::of_contact(tx, self.id(), person.row.id)?,
                None => None,
            };
            offer_of(tx, self, person.as_ref(), row, now)
        })
    }

    /// Fetches a file of it; `None` if there is none.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn fetch_own_answer(
        &self,
        contact: Id,
        file: AnswerFile,
        act: &Act,
    ) -> Result<Option<Fetched>, Error> {
        let (this, act) = (self.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let Some(person) = present(Person::load_to_change(tx, &this, contact))? else {
                return Ok(None);
            };
            let row = store::released_answer::of_contact(tx, this.id(), person.row.id)?;
            fetch(tx, &this, &person, row, file, &act)
        })
    }
}

fn present(found: Result<Person, Error>) -> Result<Option<Person>, Error> {
    match found {
        Ok(person) => Ok(Some(person)),
        Err(Error::Erased | Error::UnknownContact) => Ok(None),
        Err(error) => Err(error),
    }
}

fn by_token(
    tx: &mut Tx<'_>,
    here: &Installation,
    token: &str,
) -> Result<Option<(Organisation, ReleasedAnswer)>, Error> {
    let Some(row) = store::released_answer::with_token(tx, &token::hash(token))? else {
        return Ok(None);
    };
    let this = Organisation::in_transaction(tx, here, row.org)?;
    Ok(Some((this, row)))
}

/// The offer of a row that is as its last entry wrote it, until its time or its downloads are over.
fn offer_of(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: Option<&Person>,
    row: Option<ReleasedAnswer>,
    now: Timestamp,
) -> Result<Option<AnswerOffer>, Error> {
    let (Some(person), Some(row)) = (person, row) else {
        return Ok(None);
    };
    if row.contact != person.row.id || row.expires_at <= now || row.downloads >= MOST_DOWNLOADS {
        return Ok(None);
    }
    if !is_as_released(tx, this, person, &state::released_answer(&row))? {
        tracing::error!("a released answer was changed in the database");
        return Ok(None);
    }
    Ok(Some(AnswerOffer {
        organisation: row.org,
        answer: AnswerInForce::of(&row)?,
    }))
}

/// Whether the last entry about a row says what it is: in the database nobody can put it to another
/// contact or link, let it last longer or work more often, or bring one back.
fn is_as_released(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    row: &RowProof,
) -> Result<bool, Error> {
    let mut last = None;
    for opened in history::opened(tx, this, person)? {
        let Ok(said) = Said::deserialize(&opened.content) else {
            continue;
        };
        if said.gone.iter().any(|gone| gone.same_row(row)) {
            last = None;
        }
        let written = said.all().filter(|proof| proof.same_row(row)).last();
        last = written.or(last);
    }
    Ok(last.as_ref() == Some(row))
}

fn fetch(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    row: Option<ReleasedAnswer>,
    file: AnswerFile,
    act: &Act,
) -> Result<Option<Fetched>, Error> {
    let Some(offer) = offer_of(tx, this, Some(person), row.clone(), act.at)? else {
        return Ok(None);
    };
    let Some(mut row) = row else {
        return Ok(None);
    };
    let bytes = open(&person.key, &row, file)?;
    row.downloads += 1;
    store::released_answer::update(tx, &row)?;
    let proved = Proved {
        row: state::released_answer(&row),
        what: json!({ "file": file.name(), "sha256": hex(&Sha256::digest(&bytes)) }),
    };
    append::sealed(tx, this, act, Kind::AnswerFetched, &person.key, &proved)?;
    if row.downloads >= MOST_DOWNLOADS {
        end(tx, this, &person.key, &row, Ending::UsedUp, act)?;
    }
    Ok(Some(Fetched { offer, bytes }))
}
