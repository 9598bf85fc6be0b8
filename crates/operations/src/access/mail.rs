//! Mail to the people who sign in: written with the change that causes it, sent later.

use jiff::{SignedDuration, Timestamp};
use law::Lang;
use store::{Id, Tx};

use super::account::{Account, AccountId, Profile};
use super::error::AccessError;
use crate::installation::new_id;
use crate::mail::Letter;
use crate::{Act, Error, Installation, Organisation};

/// A mail that waits.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Names it.
    pub id: Id,
    /// What it says.
    pub letter: Letter,
    /// When it was written.
    pub created_at: Timestamp,
    /// How often sending was tried.
    pub tries: i64,
    /// Why it failed last time.
    pub failure: Option<String>,
}

/// What an organisation sees of a mail that waits: nothing that is for the addressee alone.
#[derive(Clone, Debug)]
pub struct Unsent {
    /// The subject.
    pub subject: String,
    /// When it was written.
    pub created_at: Timestamp,
    /// Why it failed last time.
    pub failure: Option<String>,
}

const LABEL: &str = "mail";
/// Tries after which a mail is given up.
const TRIES: i64 = 12;
/// What is said of a mail while its content is on its way, and for good if the server never answers.
const UNCLEAR: &str = "the mail server did not confirm it; nobody knows whether it arrived";
/// How long a mail is kept that could not be sent: the link in it works no longer.
pub(super) const KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);

pub(super) fn put(
    tx: &mut Tx<'_>,
    account: &Account,
    organisation: &Organisation,
    letter: &Letter,
    act: &Act,
) -> Result<(), AccessError> {
    let text = serde_json::to_vec(letter).map_err(|_| Error::Stored("mail"))?;
    let row = store::outbox::Mail {
        id: new_id(act.at)?,
        account: account.row.id,
        org: organisation.id(),
        sealed: account.seal(LABEL, &text)?,
        created_at: act.at,
        tries: 0,
        retry_at: act.at,
        failure: None,
        transmitting_at: None,
    };
    store::outbox::insert(tx, &row)?;
    Ok(())
}

/// Writes a letter to a member of the organisation, at the member's own address.
///
/// # Errors
/// When the account is no member, or can't be read.
pub(crate) fn mail_to_member(
    tx: &mut Tx<'_>,
    this: &Organisation,
    to: AccountId,
    letter: Letter,
    act: &Act,
) -> Result<(), Error> {
    let access = |error| match error {
        AccessError::Operation(error) => error,
        _ => Error::Stored("account"),
    };
    if store::membership::get(tx, this.id(), to.0)?.is_none() {
        return Err(Error::Stored("account"));
    }
    let account = Account::load(tx, this.installation(), to.0).map_err(access)?;
    let letter = Letter {
        to: account.profile().map_err(access)?.email,
        ..letter
    };
    put(tx, &account, this, &letter, act).map_err(access)
}

impl Installation {
    /// Takes the next mail that is due, for one try; nobody else takes it meanwhile.
    ///
    /// # Errors
    /// When the database can't be read or written.
    pub fn next_mail(&self, now: Timestamp) -> Result<Option<Waiting>, AccessError> {
        let here = self.clone();
        self.store().write(move |tx| -> Result<_, AccessError> {
            for row in store::outbox::due(tx, now, TRIES, 20)? {
                // 1, 2, 4 … minutes, at most about a day.
                let minutes = 1_i64 << row.tries.clamp(0, 10);
                let retry_at = now + SignedDuration::from_mins(minutes);
                if store::outbox::claim(tx, &row, retry_at)? {
                    let tries = row.tries + 1;
                    let claimed = store::outbox::Mail { tries, ..row };
                    return Ok(Some(opened(tx, &here, claimed)?));
                }
            }
            Ok(None)
        })
    }

    /// Saves that the content of a mail goes out now. From here on it is not sent again by itself,
    /// unless the server says that it did not take it. With `false` it must not go out.
    ///
    /// # Errors
    /// When the database can't be written; the mail must not go out then either.
    pub fn begin_mail(&self, mail: &Waiting, now: Timestamp) -> Result<bool, AccessError> {
        let (id, tries) = (mail.id, mail.tries);
        let begun = self
            .store()
            .write(move |tx| store::outbox::transmitting(tx, id, tries, now, UNCLEAR))?;
        Ok(begun)
    }

    /// Notes that a mail was sent; it is not kept.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn mail_sent(&self, id: Id) -> Result<(), AccessError> {
        self.store()
            .write(move |tx| store::outbox::remove(tx, id))?;
        Ok(())
    }

    /// Notes why a mail could not be sent. `why` must hold no address.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn mail_failed(&self, id: Id, why: &str) -> Result<(), AccessError> {
        let why = why.to_owned();
        self.store()
            .write(move |tx| store::outbox::failed(tx, id, &why))?;
        Ok(())
    }
}

impl Organisation {
    /// The mails of this organisation that wait to be sent, newest first.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn outbox(&self) -> Result<Vec<Unsent>, AccessError> {
        self.store().read(|tx| {
            let rows = store::outbox::of_organisation(tx, self.id())?;
            rows.into_iter()
                .map(|row| {
                    let waiting = opened(tx, self.installation(), row)?;
                    Ok(Unsent {
                        subject: waiting.letter.subject,
                        created_at: waiting.created_at,
                        failure: waiting.failure,
                    })
                })
                .collect()
        })
    }
}

fn opened(
    tx: &mut Tx<'_>,
    here: &Installation,
    row: store::outbox::Mail,
) -> Result<Waiting, AccessError> {
    let account = Account::load(tx, here, row.account)?;
    let text = account.open(LABEL, &row.sealed)?;
    Ok(Waiting {
        id: row.id,
        letter: serde_json::from_slice(&text).map_err(|_| Error::Stored("mail"))?,
        created_at: row.created_at,
        tries: row.tries,
        failure: row.failure,
    })
}

/// The mail that invites somebody.
pub(super) fn invitation(
    to: &Profile,
    organisation: &str,
    link: Option<&str>,
    address: &str,
) -> Letter {
    let (name, place) = (&to.name, link.unwrap_or(address));
    let (subject, text) = match (to.lang(), link.is_some()) {
        (Lang::De, true) => (
            format!("Einladung zu Leitplanke: {organisation}"),
            format!(
                "Guten Tag {name},\n\n{organisation} lädt Sie ein, mit Leitplanke zu arbeiten. \
                 Der folgende Link gilt 7 Tage und nur für Sie:\n\n{place}\n\nDort richten Sie \
                 ein, wie Sie sich anmelden. Kennen Sie {organisation} nicht, löschen Sie diese \
                 Nachricht; ohne Ihr Zutun geschieht nichts.\n"
            ),
        ),
        (Lang::De, false) => (
            format!("Leitplanke: {organisation} ist hinzugekommen"),
            format!(
                "Guten Tag {name},\n\nSie können jetzt auch für {organisation} handeln. Melden \
                 Sie sich wie gewohnt an und wählen Sie oben die Organisation:\n\n{place}\n"
            ),
        ),
        (Lang::En, true) => (
            format!("Invitation to Leitplanke: {organisation}"),
            format!(
                "Hello {name},\n\n{organisation} invites you to work with Leitplanke. This link \
                 works for 7 days and for you only:\n\n{place}\n\nThere you choose how you sign \
                 in. If you do not know {organisation}, delete this message; nothing happens \
                 unless you act.\n"
            ),
        ),
        (Lang::En, false) => (
            format!("Leitplanke: {organisation} was added"),
            format!(
                "Hello {name},\n\nYou may now act for {organisation} too. Sign in as usual and \
                 choose the organisation at the top:\n\n{place}\n"
            ),
        ),
    };
    Letter::new(to.email.clone(), subject, text)
}

/// The mail that lets somebody back in.
pub(super) fn way_back(to: &Profile, organisation: &str, link: &str) -> Letter {
    let name = &to.name;
    let (subject, text) = match to.lang() {
        Lang::De => (
            "Ihr neuer Zugang zu Leitplanke".to_owned(),
            format!(
                "Guten Tag {name},\n\nfür {organisation} wurde ein neuer Zugangslink für Sie \
                 erstellt. Er gilt nur für Sie und nur kurze Zeit:\n\n{link}\n\nWenn Sie das nicht \
                 erwartet haben, fragen Sie bei {organisation} nach.\n"
            ),
        ),
        Lang::En => (
            "Your new access to Leitplanke".to_owned(),
            format!(
                "Hello {name},\n\na new link was made for you at {organisation}. It works for \
                 you only and for a short time:\n\n{link}\n\nIf you did not expect this, ask \
                 {organisation}.\n"
            ),
        ),
    };
    Letter::new(to.email.clone(), subject, text)
}
