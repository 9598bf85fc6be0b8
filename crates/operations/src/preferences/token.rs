//! The tokens of links to a person's own data: made, found again and used up, with what binds each to
//! its contact.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use store::own_link::OwnLink;
use store::{Hash, Id, Tx};
use vault::SubjectKey;

use crate::history::Opened;
use crate::log::append::{self, Kind};
use crate::person::{Person, open_text, seal_text};
use crate::state::{self, Proved, RowProof, Said};
use crate::{Act, Error, Installation, Organisation, history};

/// How long a link works, and how long a visit lasts.
pub(super) const LASTS: SignedDuration = SignedDuration::from_mins(30);
/// How long the link of a mail works that nobody asked for: people read it when they come to it.
const CHECK_LASTS: SignedDuration = SignedDuration::from_hours(30 * 24);
/// The time in which links are counted.
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// Links to one person in that time.
const LINKS: i64 = 3;
/// Pages for one person's numbers in that time: as many as codes.
const NUMBERS: i64 = 5;

/// What a token is for. The numbers are stored.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(i16)]
pub(crate) enum Purpose {
    /// Opens a visit, once.
    Link = 1,
    /// A visit.
    Visit = 2,
    /// A new address, to which the token was sent.
    Address = 3,
    /// The page that proves a number; how often a code is sent is counted apart.
    Number = 4,
    /// Opens a visit, once; mailed to ask whether the data on record are right.
    Check = 5,
}

impl Purpose {
    const fn lasts(self) -> SignedDuration {
        match self {
            Self::Check => CHECK_LASTS,
            Self::Link | Self::Visit | Self::Address | Self::Number => LASTS,
        }
    }
}

/// Makes a token that brings a text along; `None` if the person was sent too many within a day.
pub(crate) fn new_token(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    purpose: Purpose,
    carries: Option<&str>,
    act: &Act,
) -> Result<Option<String>, Error> {
    let (org, contact, number) = (this.id(), person.row.id, purpose as i16);
    let yesterday = act.at.checked_sub(DAY).unwrap_or(Timestamp::MIN);
    store::own_link::remove_before(tx, org, yesterday)?;
    if !makes(tx, this, contact, purpose, act.at)? {
        return Ok(None);
    }
    let token = crate::access::random_name()?;
    let token_hash = hash(&token);
    let mut row = OwnLink {
        token_hash,
        org,
        contact,
        purpose: number,
        sealed: None,
        created_at: act.at,
        expires_at: act
            .at
            .checked_add(purpose.lasts())
            .unwrap_or(Timestamp::MAX),
        used_at: None,
    };
    let bound = Bound::of(&row, carries.map(str::to_owned));
    row.sealed = Some(bound.seal(&person.key, &token_hash)?);
    store::own_link::insert(tx, &row)?;
    Ok(Some(token))
}

/// Whether another token for this purpose is made for the contact now.
pub(crate) fn makes(
    tx: &mut Tx<'_>,
    this: &Organisation,
    contact: Id,
    purpose: Purpose,
    now: Timestamp,
) -> Result<bool, Error> {
    let most = match purpose {
        Purpose::Link | Purpose::Address => LINKS,
        Purpose::Number => NUMBERS,
        // How often people are asked is counted where they are.
        Purpose::Visit | Purpose::Check => return Ok(true),
    };
    let yesterday = now.checked_sub(DAY).unwrap_or(Timestamp::MIN);
    let made = store::own_link::made_since(tx, this.id(), contact, purpose as i16, yesterday)?;
    Ok(made < most)
}

/// The row of a token, if it works for this purpose.
pub(crate) fn working(
    tx: &mut Tx<'_>,
    here: &Installation,
    token: &str,
    purpose: Purpose,
    now: Timestamp,
) -> Result<Option<OwnLink>, Error> {
    let found = store::own_link::get(tx, &hash(token))?;
    let Some(row) = found.filter(|row| {
        row.purpose == purpose as i16 && row.used_at.is_none() && row.expires_at > now
    }) else {
        return Ok(None);
    };
    let this = Organisation::in_transaction(tx, here, row.org)?;
    let Some(key) = Person::key(tx, &this, row.contact)? else {
        return Ok(None);
    };
    Ok(as_made(&row, &key).map(|_| row))
}

/// As [`working`], for a link that opens a visit, whatever mail brought it.
pub(super) fn opening(
    tx: &mut Tx<'_>,
    here: &Installation,
    token: &str,
    now: Timestamp,
) -> Result<Option<OwnLink>, Error> {
    match working(tx, here, token, Purpose::Link, now)? {
        Some(row) => Ok(Some(row)),
        None => working(tx, here, token, Purpose::Check, now),
    }
}

/// What a token was made for; `None` if that is not what its row says.
pub(crate) fn as_made(row: &OwnLink, key: &SubjectKey) -> Option<Bound> {
    let bound = Bound::open(key, &row.token_hash, row.sealed.as_deref()?).ok();
    let bound = bound.filter(|bound| *bound == Bound::of(row, bound.carries.clone()));
    if bound.is_none() {
        tracing::error!("a link to somebody's data was changed in the database");
    }
    bound
}

/// What a token was made for, sealed under the contact's key: in the database nobody can put it to
/// another contact or purpose, let it last longer, or make one.
#[derive(PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Bound {
    purpose: i16,
    /// In milliseconds, as it is stored.
    expires_at: i64,
    /// What it brings along: the address that it asks about, or the number that it proves.
    pub(crate) carries: Option<String>,
}

impl Bound {
    fn of(row: &OwnLink, carries: Option<String>) -> Self {
        Self {
            purpose: row.purpose,
            expires_at: row.expires_at.as_millisecond(),
            carries,
        }
    }

    fn seal(&self, key: &SubjectKey, token: &Hash) -> Result<Vec<u8>, Error> {
        let text = serde_json::to_string(self).map_err(|_| Error::Stored("link"))?;
        seal_text(key, mark(token), &text)
    }

    fn open(key: &SubjectKey, token: &Hash, sealed: &[u8]) -> Result<Self, Error> {
        let text = open_text(key, mark(token), sealed)?;
        serde_json::from_str(&text).map_err(|_| Error::Stored("link"))
    }
}

/// Writes down that a link was used; `false` if the evidence says that it was used before, whatever
/// its row says.
pub(super) fn use_up(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    mut row: OwnLink,
    kind: Kind,
    act: &Act,
) -> Result<bool, Error> {
    row.used_at = Some(act.at);
    let used = state::own_link(&row);
    let past = history::opened(tx, this, person)?;
    if was_used(&past, &used) {
        tracing::error!("a link to somebody's data was to be used a second time");
        return Ok(false);
    }
    let proved = Proved {
        row: used,
        what: json!({}),
    };
    append::sealed(tx, this, act, kind, &person.key, &proved)?;
    Ok(true)
}

/// Whether the evidence says of a link that it was used, whatever its row says.
pub(crate) fn was_used(past: &[Opened], link: &RowProof) -> bool {
    past.iter().any(|opened| {
        let said = Said::deserialize(&opened.content);
        said.is_ok_and(|said| said.all().any(|proof| proof.same_row(link)))
    })
}

/// What is kept of a token. It has 256 bits of chance, so a plain hash can't be searched.
pub(crate) fn hash(token: &str) -> Hash {
    Sha256::digest(token).into()
}

/// What binds a sealed text to its row.
fn mark(hash: &Hash) -> Id {
    let mut id = [0; 16];
    id.copy_from_slice(&hash[..16]);
    Id(id)
}
