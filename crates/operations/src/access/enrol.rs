//! Setting up a password with one-time codes. Until a first code has confirmed the app, the
//! password opens nothing.

use store::Tx;

use super::account::{Account, AccountId};
use super::credential::everywhere;
use super::error::AccessError;
use super::session::{self, NewSession, Stage};
use super::throttle::Client;
use super::totp::Authenticator;
use super::{password, token, totp};
use crate::log::append::Kind;
use crate::{Act, Error, Installation};

const SECRET: &str = "codes";

impl Installation {
    /// Sets a password for the account of a session; its other sessions end. If its one-time codes are not confirmed yet, a new secret for the app is
    /// made, and the password opens nothing before [`Self::confirm_codes`]. `anew` makes a new
    /// secret in any case: for somebody who came by a link since the app was lost.
    ///
    /// # Errors
    /// When the password is too easily guessed.
    pub fn set_password(
        &self,
        session: &str,
        password: &str,
        anew: bool,
        act: &Act,
    ) -> Result<(), AccessError> {
        let (here, held) = (self.clone(), token::hash(session));
        let words = self.store().read(|tx| -> Result<_, AccessError> {
            let row = enrolling(tx, &held)?;
            Account::load(tx, &here, row.account)?.profile()
        })?;
        // Outside of the transaction: this takes a while by design.
        let hash = password::hash(password, &words.words())?;
        let (here, act) = (self.clone(), act.clone());
        self.store().write(move |tx| -> Result<(), AccessError> {
            let row = enrolling(tx, &held)?;
            let account = AccountId(row.account);
            let mut person = Account::load_to_change(tx, &here, account.0)?;
            still(tx, &row)?;
            let changed = person.row.password.is_some() && person.row.totp_step.is_some();
            person.row.password = Some(hash);
            if anew {
                person.row.totp_step = None;
            }
            if person.row.totp_step.is_none() {
                person.row.totp = Some(person.seal(SECRET, &totp::new_secret()?)?);
            }
            store::account::update(tx, &person.row)?;
            if changed {
                // Without its codes a password is no way in until the new app is confirmed.
                let kind = if anew {
                    Kind::WayInRemoved
                } else {
                    Kind::WayInAdded
                };
                everywhere(tx, &here, account, kind, "password", &act)?;
            }
            session::end_others(tx, &here, &held, &act)?;
            Ok(())
        })
    }

    /// What goes into the app, while the codes are not confirmed; `None` afterwards, so that
    /// nobody at an open screen can copy the secret.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn authenticator(&self, account: AccountId) -> Result<Option<Authenticator>, AccessError> {
        let here = self.clone();
        self.store().read(|tx| {
            let person = Account::load(tx, &here, account.0)?;
            let Some(sealed) = person
                .row
                .totp
                .as_ref()
                .filter(|_| person.row.totp_step.is_none())
            else {
                return Ok(None);
            };
            let secret = person.open(SECRET, sealed)?;
            totp::authenticator(&secret, &person.profile()?.email).map(Some)
        })
    }

    /// Confirms the app by a first code, from then on the password is a way in. A session that
    /// came by a link becomes a full one.
    ///
    /// # Errors
    /// When the code does not fit.
    pub fn confirm_codes(
        &self,
        session: &str,
        code: &str,
        client: &Client,
        act: &Act,
    ) -> Result<Option<NewSession>, AccessError> {
        let (here, session, code) = (self.clone(), session.to_owned(), code.to_owned());
        let (client, act) = (client.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, AccessError> {
            let row = store::session::get(tx, &token::hash(&session))?;
            let row = row.ok_or(AccessError::SignedOut)?;
            let mut person = Account::load_to_change(tx, &here, row.account)?;
            still(tx, &row)?;
            if person.row.totp_step.is_some() {
                return Ok(None);
            }
            person.row.totp_step = Some(check(&person, &code, &act)?);
            store::account::update(tx, &person.row)?;
            let stage = session::stage(row.stage)?;
            enrolled(
                tx,
                &here,
                row.account,
                stage,
                &session,
                "password",
                &client,
                &act,
            )
        })
    }
}

/// The session, if ways in may be added in it.
pub(super) fn enrolling(
    tx: &mut Tx<'_>,
    hash: &store::Hash,
) -> Result<store::session::Session, AccessError> {
    let row = store::session::get(tx, hash)?.ok_or(AccessError::SignedOut)?;
    if session::stage(row.stage)? == Stage::NeedsCode {
        return Err(AccessError::SignedOut);
    }
    Ok(row)
}

/// Asks again for a session once its account is held: it may have been ended meanwhile.
pub(super) fn still(tx: &mut Tx<'_>, row: &store::session::Session) -> Result<(), AccessError> {
    let there = store::session::get(tx, &row.token_hash)?;
    there.map(|_| ()).ok_or(AccessError::SignedOut)
}

/// The step of a code that fits.
pub(super) fn check(person: &Account, code: &str, act: &Act) -> Result<i64, AccessError> {
    let sealed = person.row.totp.as_ref().ok_or(Error::Stored("account"))?;
    let secret = person.open(SECRET, sealed)?;
    totp::step(&secret, code, person.row.totp_step, act.at)?.ok_or(AccessError::Code)
}

/// Notes a new way in; a session that came by a link becomes a full one, and the link is gone. All
/// other sessions of the account end.
#[expect(
    clippy::too_many_arguments,
    reason = "an entry says who, what, when and where"
)]
pub(super) fn enrolled(
    tx: &mut Tx<'_>,
    here: &Installation,
    account: store::Id,
    stage: Stage,
    session: &str,
    by: &str,
    client: &Client,
    act: &Act,
) -> Result<Option<NewSession>, AccessError> {
    everywhere(tx, here, AccountId(account), Kind::WayInAdded, by, act)?;
    if stage != Stage::Enrolling {
        session::end_others(tx, here, &token::hash(session), act)?;
        return Ok(None);
    }
    store::link::remove_of_account(tx, account)?;
    store::outbox::remove_of_account(tx, account)?;
    let new = session::complete(tx, here, account, Some(session), client, by, act)?;
    session::end_others(tx, here, &token::hash(&new.token), act)?;
    Ok(Some(new))
}
