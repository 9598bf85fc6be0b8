//! Releases an answer: its files are sealed as they are given out, and the person gets a link, or somebody
//! here prints it. What is in force can be looked at, handed over and taken back.

use jiff::{SignedDuration, Timestamp};
use law::Lang;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use store::released_answer::ReleasedAnswer;
use store::{Id, Tx};

use super::end::{Ending, end};
use super::files::{AnswerFile, AnswerFiles, open, seal};
use super::{AccessAnswer, Cuts, letter};
use crate::installation::new_id;
use crate::log::append::{self, Kind};
use crate::mail::{Letter, MailPurpose, SubjectRef, queue};
use crate::person::{ContactRef, Person};
use crate::preferences::token;
use crate::state::{self, Proved, hex};
use crate::{Act, Error, Organisation};

/// How long a released answer can be fetched. The law names no period; a fortnight bridges a holiday.
pub const LASTS_DAYS: i64 = 14;
/// How many files the person can fetch of one answer: each of the three, and some again.
pub const MOST_DOWNLOADS: i64 = 5;

/// Why an answer can't be released or handed out as it was meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReleaseFault {
    /// The answer is not the one that was looked at.
    #[error("the answer is not the one that was looked at; look it through and release it again")]
    Changed,
    /// Another answer is in force, and nobody confirmed that this one takes its place.
    #[error("an answer is in force; confirm that the new one takes its place")]
    InForce,
    /// No e-mail address is on record to send a link to.
    #[error("no e-mail address is on record; print the answer and send it by post")]
    NoMail,
    /// The answer is not in force any more.
    #[error("this answer is not in force any more")]
    Ended,
}

/// How somebody wants an answer to be released.
#[derive(Clone, Debug)]
pub struct Release {
    /// Mails the person a link; otherwise somebody here prints the answer and hands it over.
    pub by_mail: bool,
    /// The [`AccessAnswer::digest`] of what was looked at.
    pub seen: String,
    /// Takes the place of the answer that is in force.
    pub replace: bool,
}

/// An answer in force, as people here see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerInForce {
    /// Names it.
    pub id: Id,
    /// Its language.
    pub lang: Lang,
    /// Whether the person was sent a link.
    pub by_mail: bool,
    /// When it was released.
    pub released_at: Timestamp,
    /// Until when it can be fetched.
    pub until: Timestamp,
    /// How often the person fetched a file.
    pub downloads: i64,
}

impl AnswerInForce {
    pub(super) fn of(row: &ReleasedAnswer) -> Result<Self, Error> {
        Ok(Self {
            id: row.id,
            lang: read_lang(row.language)?,
            by_mail: row.token.is_some(),
            released_at: row.released_at,
            until: row.expires_at,
            downloads: row.downloads,
        })
    }
}

const fn lang_number(lang: Lang) -> i16 {
    match lang {
        Lang::De => 1,
        Lang::En => 2,
    }
}

fn read_lang(number: i16) -> Result<Lang, Error> {
    let found = [Lang::De, Lang::En].into_iter();
    let mut found = found.filter(|lang| lang_number(*lang) == number);
    found.next().ok_or(Error::Stored("released answer"))
}

impl AccessAnswer {
    /// SHA-256 of what the answer tells, apart from when it was made: whoever releases it brings back that
    /// of the answer that was looked at.
    ///
    /// # Errors
    /// When the answer can't be written.
    pub fn digest(&self) -> Result<String, Error> {
        let told = json!([self.language, self.controller, self.parts]);
        let told = serde_json::to_vec(&told).map_err(|_| Error::Stored("answer"))?;
        Ok(hex(&Sha256::digest(told)))
    }
}

impl Organisation {
    /// Releases the answer and returns the number of the evidence entry. `set` writes its files.
    ///
    /// # Errors
    /// [`ReleaseFault`]; as [`Organisation::access_file`]; [`Error::NoAddress`] if a link is to be mailed
    /// and it is not known where people reach this installation. Nothing is released then.
    pub fn release_answer<E: From<Error>>(
        &self,
        contact: &ContactRef,
        (cuts, lang): (&Cuts, Lang),
        wish: &Release,
        set: impl FnOnce(&AccessAnswer) -> Result<AnswerFiles, E>,
        act: &Act,
    ) -> Result<i64, E> {
        let answer = self.access_answer(contact, cuts, lang, act)?;
        if answer.digest()? != wish.seen {
            return Err(Error::from(ReleaseFault::Changed).into());
        }
        let told = self.store().read(|tx| Person::id(tx, self, contact))?;
        if !wish.replace && self.answer_in_force(contact, act.at)?.is_some() {
            return Err(Error::from(ReleaseFault::InForce).into());
        }
        let files = set(&answer)?;
        let mut what = Map::new();
        what.insert("language".to_owned(), json!(answer.language));
        what.insert("by_mail".to_owned(), json!(wish.by_mail));
        what.insert("blacked_out".to_owned(), json!(answer.blacked_out));
        what.insert("withheld".to_owned(), json!(cuts.withheld));
        let (this, contact, by, wish) = (self.clone(), contact.clone(), act.clone(), wish.clone());
        let entry = self.store().write(move |tx| -> Result<_, Error> {
            let person = Person::find_to_change(tx, &this, &contact)?;
            if person.row.id != told {
                return Err(Error::ContactConflict);
            }
            if let Some(earlier) = store::released_answer::of_contact(tx, this.id(), told)? {
                if !wish.replace && earlier.expires_at > by.at {
                    return Err(ReleaseFault::InForce.into());
                }
                end(tx, &this, &person.key, &earlier, Ending::Replaced, &by)?;
            }
            release(tx, &this, &person, (lang, &files), wish.by_mail, what, &by)
        })?;
        self.sequence(act.at)?;
        Ok(entry)
    }

    /// The answer that is in force for a contact.
    ///
    /// # Errors
    /// When there is no such contact.
    pub fn answer_in_force(
        &self,
        contact: &ContactRef,
        now: Timestamp,
    ) -> Result<Option<AnswerInForce>, Error> {
        self.store().read(|tx| {
            let person = Person::find(tx, self, contact)?;
            let row = store::released_answer::of_contact(tx, self.id(), person.row.id)?;
            let row = row.filter(|row| row.expires_at > now);
            row.map(|row| AnswerInForce::of(&row)).transpose()
        })
    }

    /// Takes an answer back: its link ends and its files go.
    ///
    /// # Errors
    /// [`ReleaseFault::Ended`] if it is not in force any more.
    pub fn revoke_answer(&self, contact: &ContactRef, answer: Id, act: &Act) -> Result<(), Error> {
        let (this, contact, by) = (self.clone(), contact.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let person = Person::find_to_change(tx, &this, &contact)?;
            let row = in_force(tx, &this, &person, answer, by.at)?;
            end(tx, &this, &person.key, &row, Ending::Revoked, &by)
        })?;
        self.sequence(act.at)?;
        Ok(())
    }

    /// A file of the answer in force, for who prints it and hands it over; that it was is evidence.
    ///
    /// # Errors
    /// [`ReleaseFault::Ended`] if it is not in force any more.
    pub fn hand_out_answer(
        &self,
        contact: &ContactRef,
        answer: Id,
        file: AnswerFile,
        act: &Act,
    ) -> Result<(Lang, Vec<u8>), Error> {
        let (this, contact, by) = (self.clone(), contact.clone(), act.clone());
        let handed = self.store().write(move |tx| -> Result<_, Error> {
            let person = Person::find_to_change(tx, &this, &contact)?;
            let row = in_force(tx, &this, &person, answer, by.at)?;
            let bytes = open(&person.key, &row, file)?;
            let what = json!({ "file": file.name(), "sha256": hex(&Sha256::digest(&bytes)) });
            append::sealed(tx, &this, &by, Kind::AnswerHandedOut, &person.key, &what)?;
            Ok((read_lang(row.language)?, bytes))
        })?;
        self.sequence(act.at)?;
        Ok(handed)
    }
}

fn in_force(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    answer: Id,
    now: Timestamp,
) -> Result<ReleasedAnswer, Error> {
    let row = store::released_answer::of_contact(tx, this.id(), person.row.id)?;
    let row = row.filter(|row| row.id == answer && row.expires_at > now);
    Ok(row.ok_or(ReleaseFault::Ended)?)
}

fn release(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    (lang, files): (Lang, &AnswerFiles),
    by_mail: bool,
    mut what: Map<String, Value>,
    act: &Act,
) -> Result<i64, Error> {
    let id = new_id(act.at)?;
    let lasts = SignedDuration::from_hours(24 * LASTS_DAYS);
    let expires_at = act.at.checked_add(lasts).unwrap_or(Timestamp::MAX);
    let secret = if by_mail {
        Some(crate::access::random_name()?)
    } else {
        None
    };
    let sealed = |file| seal(&person.key, id, file, files.of(file));
    let row = ReleasedAnswer {
        org: this.id(),
        id,
        contact: person.row.id,
        language: lang_number(lang),
        token: secret.as_deref().map(token::hash),
        pdf: sealed(AnswerFile::Pdf)?,
        json: sealed(AnswerFile::Json)?,
        csv: sealed(AnswerFile::Csv)?,
        released_at: act.at,
        expires_at,
        downloads: 0,
    };
    store::released_answer::insert(tx, &row)?;
    if let Some(secret) = &secret {
        let fields = person.fields(this)?;
        let to = fields.emails.first().ok_or(ReleaseFault::NoMail)?;
        let address = this.installation().address().ok_or(Error::NoAddress)?;
        let url = format!("{address}/answer/{secret}");
        let (subject, text) = letter::ready(this, &fields, &url, expires_at, lang);
        let mut letter = Letter::new(to.address(), subject, text);
        letter.not_after = Some(expires_at);
        let about = SubjectRef {
            id: person.row.id,
            key: &person.key,
        };
        queue(tx, this, &about, &letter, MailPurpose::Link, act)?;
    }
    for file in AnswerFile::ALL {
        let sha256 = hex(&Sha256::digest(files.of(file)));
        what.insert(format!("{}_sha256", file.name()), json!(sha256));
    }
    what.insert("ends_on".to_owned(), json!(expires_at));
    if let Some(request) = super::done::open_request(tx, this, person.row.id)? {
        what.insert("request_id".to_owned(), json!(request.to_string()));
    }
    let row = state::released_answer(&row);
    let proved = Proved { row, what };
    append::sealed(tx, this, act, Kind::AnswerReleased, &person.key, &proved)
}
