//! Sessions: who is signed in, for which organisation, in which role.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use store::{Id, Tx};

use super::account::{Account, AccountId, INSTALLATION, Profile};
use super::error::AccessError;
use super::role::{Permission, Role};
use super::throttle::Client;
use super::token;
use crate::log::append::{self, Kind};
use crate::{Act, Error, Installation, Organisation};

/// A session ends after this time at the latest.
const LONGEST: SignedDuration = SignedDuration::from_hours(7 * 24);
/// A session ends when it is not used for this time.
const IDLE: SignedDuration = SignedDuration::from_hours(12);
/// A sign-in has to be finished in this time.
const UNFINISHED: SignedDuration = SignedDuration::from_mins(20);
/// Uses are noted once in this time, so that reading a page writes nothing as a rule.
const NOTED: SignedDuration = SignedDuration::from_mins(5);
/// Longest description of a device.
const DEVICE: usize = 60;

/// How far a sign-in has come. The numbers are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i16)]
pub enum Stage {
    /// Came by a link and has to set up a way to sign in.
    Enrolling = 1,
    /// Gave the password and has to give a one-time code.
    NeedsCode = 2,
    /// Signed in.
    Full = 3,
}

/// A session that was begun.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// What the browser has to keep.
    pub token: String,
    /// How far the sign-in has come.
    pub stage: Stage,
    /// What the device has to keep, once somebody is signed in there.
    pub device: Option<String>,
}

/// A session that goes on.
#[derive(Clone, Debug)]
pub struct Session {
    /// Who.
    pub account: AccountId,
    /// Name, address and language.
    pub profile: Profile,
    /// How far the sign-in has come.
    pub stage: Stage,
    /// For which organisation, and as what; `None` if the account has no role that holds today,
    /// or is not signed in yet.
    pub acting: Option<(Id, Role)>,
    /// For how many organisations the account has a role.
    pub organisations: usize,
}

/// A session in the list of one's own.
#[derive(Clone, Debug)]
pub struct SessionLine {
    /// Names it for ending it; it opens nothing.
    pub id: String,
    /// Browser and system.
    pub device: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
    /// Whether it is the one that asks.
    pub this: bool,
}

impl Session {
    /// Whether the role allows this.
    pub fn may(&self, permission: Permission) -> bool {
        self.acting.is_some_and(|(_, role)| role.may(permission))
    }
}

impl Installation {
    /// The session that a token stands for; `None` if there is none or it has ended.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn session(
        &self,
        token: &str,
        now: Timestamp,
        today: Date,
    ) -> Result<Option<Session>, AccessError> {
        let hash = token::hash(token);
        let here = self.clone();
        let found = self.store().read(|tx| -> Result<_, AccessError> {
            let Some(row) = store::session::get(tx, &hash)? else {
                return Ok(None);
            };
            if row.expires_at <= now || row.seen_at + IDLE <= now {
                return Ok(None);
            }
            let account = Account::load(tx, &here, row.account)?;
            let stage = stage(row.stage)?;
            let mut session = Session {
                account: AccountId(row.account),
                profile: account.profile()?,
                stage,
                acting: None,
                organisations: 0,
            };
            if stage == Stage::Full {
                let roles = roles(tx, row.account, today)?;
                session.organisations = roles.len();
                session.acting = roles.into_iter().find(|(org, _)| *org == row.org);
            }
            Ok(Some((session, row.seen_at)))
        })?;
        let Some((session, seen_at)) = found else {
            return Ok(None);
        };
        if seen_at + NOTED <= now {
            self.store()
                .write(move |tx| store::session::seen(tx, &hash, now))?;
        }
        Ok(Some(session))
    }

    /// Ends a session. That it ended is noted in the log.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn sign_out(&self, token: &str, act: &Act) -> Result<(), AccessError> {
        let (here, hash, act) = (self.clone(), token::hash(token), act.clone());
        self.store().write(move |tx| -> Result<(), AccessError> {
            let Some(row) = store::session::get(tx, &hash)? else {
                return Ok(());
            };
            store::session::remove(tx, &hash)?;
            if row.stage == Stage::Full as i16 {
                note(tx, &here, &row, &act, Kind::SignedOut, "sessions", "1")?;
            }
            Ok(())
        })
    }

    /// Ends every session of the account but the one with this token.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn sign_out_elsewhere(&self, token: &str, act: &Act) -> Result<u64, AccessError> {
        let (here, hash, act) = (self.clone(), token::hash(token), act.clone());
        self.store()
            .write(move |tx| -> Result<u64, AccessError> { end_others(tx, &here, &hash, &act) })
    }

    /// Ends another session of the account, named as [`Self::sessions`] does. That it ended is noted
    /// in the log.
    ///
    /// # Errors
    /// When the account has no other session of that name.
    pub fn end_session(&self, token: &str, id: &str, act: &Act) -> Result<(), AccessError> {
        let (here, hash, act) = (self.clone(), token::hash(token), act.clone());
        let id = id.to_owned();
        self.store().write(move |tx| -> Result<(), AccessError> {
            let this = store::session::get(tx, &hash)?.ok_or(AccessError::SignedOut)?;
            let ended = store::session::of_account(tx, this.account)?
                .into_iter()
                .find(|row| row.token_hash != hash && crate::state::hex(&row.token_hash) == id);
            let ended = ended.ok_or(AccessError::UnknownMember)?;
            store::session::remove(tx, &ended.token_hash)?;
            note(tx, &here, &ended, &act, Kind::SignedOut, "sessions", "1")
        })
    }

    /// The account's sessions, newest first.
    ///
    /// # Errors
    /// When the session has ended or the database can't be read.
    pub fn sessions(&self, token: &str, now: Timestamp) -> Result<Vec<SessionLine>, AccessError> {
        let hash = token::hash(token);
        self.store().read(|tx| {
            let this = store::session::get(tx, &hash)?.ok_or(AccessError::SignedOut)?;
            let rows = store::session::of_account(tx, this.account)?;
            let live = rows.into_iter().filter(|row| {
                row.expires_at > now && row.seen_at + IDLE > now && row.stage == Stage::Full as i16
            });
            Ok(live
                .map(|row| SessionLine {
                    id: crate::state::hex(&row.token_hash),
                    this: row.token_hash == hash,
                    device: row.device,
                    created_at: row.created_at,
                    seen_at: row.seen_at,
                })
                .collect())
        })
    }

    /// Makes another organisation the one that this session acts for.
    ///
    /// # Errors
    /// When the account has no role there today.
    pub fn enter(&self, token: &str, org: &str, act: &Act) -> Result<(), AccessError> {
        let org: Id = org.parse().map_err(|_| AccessError::NotAllowed)?;
        let (here, hash, act) = (self.clone(), token::hash(token), act.clone());
        self.store().write(move |tx| -> Result<(), AccessError> {
            let mut row = store::session::get(tx, &hash)?.ok_or(AccessError::SignedOut)?;
            if row.stage != Stage::Full as i16 {
                return Err(AccessError::SignedOut);
            }
            let roles = roles(tx, row.account, act.today)?;
            if !roles.iter().any(|(known, _)| *known == org) {
                return Err(AccessError::NotAllowed);
            }
            if row.org == org {
                return Ok(());
            }
            store::session::enter(tx, &hash, org)?;
            store::membership::came(tx, org, row.account)?;
            row.org = org;
            note(tx, &here, &row, &act, Kind::SignedIn, "by", "switch")
        })
    }

    /// Removes sessions, links, ceremonies and counts that have run out, and letters that nobody
    /// took.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn tidy_access(&self, now: Timestamp) -> Result<(), AccessError> {
        self.store().write(move |tx| -> Result<(), AccessError> {
            store::session::remove_expired(tx, now)?;
            store::link::remove_expired(tx, now)?;
            store::ceremony::remove_expired(tx, now)?;
            let day = now - SignedDuration::from_hours(24);
            store::attempt::remove_before(tx, day)?;
            store::outbox::remove_before(tx, now - super::mail::KEPT)?;
            Ok(())
        })
    }
}

/// The organisations for which the account has a role today.
pub(super) fn roles(
    tx: &mut Tx<'_>,
    account: Id,
    today: Date,
) -> Result<Vec<(Id, Role)>, AccessError> {
    let rows = store::membership::of_account(tx, account)?;
    let hold = rows
        .into_iter()
        .filter(|row| row.ends_on.is_none_or(|last| last >= today));
    hold.map(|row| Ok((row.org, Role::stored(row.role)?)))
        .collect()
}

/// Begins a session for the organisation that the account acted for last.
pub(super) fn begin(
    tx: &mut Tx<'_>,
    here: &Installation,
    account: Id,
    stage: Stage,
    client: &Client,
    act: &Act,
) -> Result<(NewSession, store::session::Session), AccessError> {
    let token = token::new()?;
    let roles = roles(tx, account, act.today)?;
    let last = store::session::of_account(tx, account)?
        .into_iter()
        .map(|session| session.org)
        .find(|org| roles.iter().any(|(known, _)| known == org));
    let org = last.or(roles.first().map(|(org, _)| *org));
    let lasts = if stage == Stage::Full {
        LONGEST
    } else {
        UNFINISHED
    };
    let row = store::session::Session {
        token_hash: token::hash(&token),
        account,
        org: org.unwrap_or(INSTALLATION),
        stage: stage as i16,
        device: client.name.chars().take(DEVICE).collect(),
        created_at: act.at,
        seen_at: act.at,
        expires_at: act.at + lasts,
    };
    store::session::insert(tx, &row)?;
    let device = (stage == Stage::Full)
        .then(|| here.device_mark(account))
        .transpose()?;
    let new = NewSession {
        token,
        stage,
        device,
    };
    Ok((new, row))
}

/// Begins a full session in the place of an unfinished one, and notes the sign-in in the log of
/// the organisation.
pub(super) fn complete(
    tx: &mut Tx<'_>,
    here: &Installation,
    account: Id,
    replaced: Option<&str>,
    client: &Client,
    by: &str,
    act: &Act,
) -> Result<NewSession, AccessError> {
    let (new, row) = begin(tx, here, account, Stage::Full, client, act)?;
    if let Some(token) = replaced {
        store::session::remove(tx, &token::hash(token))?;
    }
    store::membership::came(tx, row.org, account)?;
    note(tx, here, &row, act, Kind::SignedIn, "by", by)?;
    Ok(new)
}

/// Ends every session of the account but the one with this hash: asked for, or since a way in
/// changed and somebody else might sit in one of them.
pub(super) fn end_others(
    tx: &mut Tx<'_>,
    here: &Installation,
    kept: &store::Hash,
    act: &Act,
) -> Result<u64, AccessError> {
    let row = store::session::get(tx, kept)?.ok_or(AccessError::SignedOut)?;
    let ended = store::session::remove_others(tx, row.account, Some(kept))?;
    if ended > 0 {
        let count = ended.to_string();
        note(tx, here, &row, act, Kind::SignedOut, "sessions", &count)?;
    }
    Ok(ended)
}

/// Notes something about a session in the log of its organisation, if it has one.
fn note(
    tx: &mut Tx<'_>,
    here: &Installation,
    row: &store::session::Session,
    act: &Act,
    kind: Kind,
    key: &str,
    value: &str,
) -> Result<(), AccessError> {
    let account = AccountId(row.account);
    about(tx, here, row.org, act, kind, account, key, value)
}

/// Notes something about an account in the log of an organisation, unless it is none.
#[expect(
    clippy::too_many_arguments,
    reason = "an entry says who, what, when and where"
)]
pub(super) fn about(
    tx: &mut Tx<'_>,
    here: &Installation,
    org: Id,
    act: &Act,
    kind: Kind,
    account: AccountId,
    key: &str,
    value: &str,
) -> Result<(), AccessError> {
    if org == INSTALLATION {
        return Ok(());
    }
    let organisation = Organisation::in_transaction(tx, here, org)?;
    let mut act = act.clone();
    act.by = account.actor();
    let what = serde_json::json!({ "account": account.to_string(), key: value });
    append::clear(tx, &organisation, &act, kind, what)?;
    Ok(())
}

pub(super) fn stage(number: i16) -> Result<Stage, Error> {
    [Stage::Enrolling, Stage::NeedsCode, Stage::Full]
        .into_iter()
        .find(|stage| *stage as i16 == number)
        .ok_or(Error::Stored("session"))
}
