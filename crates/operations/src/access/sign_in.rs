//! Signing in with password and one-time code.

use super::account::Account;
use super::enrol::check;
use super::error::AccessError;
use super::session::{self, NewSession, Stage};
use super::throttle::{self, Buckets, Client, Tried};
use super::{password, token};
use crate::{Act, Installation};

/// An attempt to sign in by password that the brake let through.
pub struct SignIn {
    row: Option<store::account::Account>,
    buckets: Buckets,
    client: Client,
}

impl Installation {
    /// Counts an attempt to sign in with this address, before the slow part.
    ///
    /// # Errors
    /// [`AccessError::TooMany`] after many failures from one place; [`AccessError::Refused`] when
    /// it is no address.
    pub fn begin_sign_in(
        &self,
        email: &str,
        client: &Client,
        act: &Act,
    ) -> Result<SignIn, AccessError> {
        let hash = self.email_hash(email).map_err(|_| AccessError::Refused);
        let row = match &hash {
            Ok(hash) => self.store().read(|tx| store::account::by_email(tx, hash))?,
            Err(_) => None,
        };
        // Failures on an address that nobody has are counted too, so that it does not show.
        let tried = match (&row, &hash) {
            (Some(row), _) => row.id,
            (None, Ok(hash)) => {
                let mut id = [0; 16];
                id.copy_from_slice(&hash[..16]);
                store::Id(id)
            }
            (None, Err(_)) => return Err(AccessError::Refused),
        };
        let buckets = self.buckets(Tried::Password, tried, client);
        let (counted, at) = (buckets.clone(), act.at);
        self.store()
            .write(move |tx| throttle::begin(tx, &counted, at))?;
        Ok(SignIn {
            row,
            buckets,
            client: client.clone(),
        })
    }

    /// Checks the password; the session that begins waits for a one-time code. Slow by design.
    ///
    /// # Errors
    /// [`AccessError::Refused`] when address or password do not fit, whichever of them; it takes as
    /// long for an address that nobody has.
    pub fn sign_in(
        &self,
        begun: SignIn,
        given: &str,
        act: &Act,
    ) -> Result<NewSession, AccessError> {
        let SignIn {
            row,
            buckets,
            client,
        } = begun;
        let usable = row
            .as_ref()
            .filter(|row| row.totp_step.is_some())
            .and_then(|row| row.password.as_deref());
        let fits = password::fits(given, usable);
        let Some(row) = row.filter(|_| fits) else {
            return Err(AccessError::Refused);
        };
        let (here, act) = (self.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, AccessError> {
            throttle::succeeded(tx, &buckets)?;
            let (new, _) = session::begin(tx, &here, row.id, Stage::NeedsCode, &client, &act)?;
            Ok(new)
        })
    }

    /// Checks the one-time code of a session that waits for it.
    ///
    /// # Errors
    /// When it does not fit or was used before, or after many failures from one place.
    pub fn sign_in_with_code(
        &self,
        session: &str,
        code: &str,
        client: &Client,
        act: &Act,
    ) -> Result<NewSession, AccessError> {
        let hash = token::hash(session);
        let at = act.at;
        let row = self
            .store()
            .read(|tx| store::session::get(tx, &hash))?
            .filter(|row| row.stage == Stage::NeedsCode as i16 && row.expires_at > at)
            .ok_or(AccessError::SignedOut)?;
        let buckets = self.buckets(Tried::Code, row.account, client);
        let counted = buckets.clone();
        self.store()
            .write(move |tx| throttle::begin(tx, &counted, at))?;
        let (here, session, code) = (self.clone(), session.to_owned(), code.to_owned());
        let (client, act) = (client.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, AccessError> {
            let mut person = Account::load_to_change(tx, &here, row.account)?;
            person.row.totp_step = Some(check(&person, &code, &act)?);
            store::account::update(tx, &person.row)?;
            throttle::succeeded(tx, &buckets)?;
            session::complete(
                tx,
                &here,
                row.account,
                Some(&session),
                &client,
                "password",
                &act,
            )
        })
    }
}
