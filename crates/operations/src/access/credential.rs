//! The ways in that an account has: passkeys, password with one-time codes.

use jiff::Timestamp;
use store::Tx;

use super::account::{Account, AccountId};
use super::enrol::{enrolling, still};
use super::error::AccessError;
use super::{session, token};
use crate::log::append::Kind;
use crate::{Act, Installation};

/// How somebody can sign in.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// Passkeys, oldest first.
    pub passkeys: Vec<PasskeyLine>,
    /// Whether there is a password.
    pub password: bool,
    /// Whether its one-time codes are confirmed; without them the password opens nothing.
    pub codes: bool,
}

/// A passkey in the list.
#[derive(Clone, Debug)]
pub struct PasskeyLine {
    /// Names it, in hexadecimal digits.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
}

impl Installation {
    /// The ways in that the account has.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn credentials(&self, account: AccountId) -> Result<Credentials, AccessError> {
        let here = self.clone();
        self.store().read(|tx| {
            let person = Account::load(tx, &here, account.0)?;
            let rows = store::passkey::of_account(tx, account.0)?;
            let passkeys = rows.into_iter().map(|row| {
                let name = person.open(super::passkey::LABEL, &row.sealed)?;
                Ok(PasskeyLine {
                    id: crate::state::hex(&row.id),
                    name: String::from_utf8_lossy(&name).into_owned(),
                    created_at: row.created_at,
                    used_at: row.used_at,
                })
            });
            Ok(Credentials {
                passkeys: passkeys.collect::<Result<_, AccessError>>()?,
                password: person.row.password.is_some(),
                codes: person.row.totp_step.is_some(),
            })
        })
    }

    /// Removes a passkey of the account of a session; its other sessions end.
    ///
    /// # Errors
    /// When it is the only way in, or there is none with this id.
    pub fn remove_passkey(&self, session: &str, id: &str, act: &Act) -> Result<(), AccessError> {
        let (here, id, act) = (self.clone(), id.to_owned(), act.clone());
        let hash = token::hash(session);
        self.store().write(move |tx| -> Result<(), AccessError> {
            let row = enrolling(tx, &hash)?;
            let account = AccountId(row.account);
            let person = Account::load_to_change(tx, &here, account.0)?;
            still(tx, &row)?;
            let rows = store::passkey::of_account(tx, account.0)?;
            let row = rows.iter().find(|row| crate::state::hex(&row.id) == id);
            let row = row.ok_or(AccessError::UnknownMember)?;
            store::passkey::remove(tx, account.0, &row.id)?;
            if !person.can_sign_in(tx)? {
                return Err(AccessError::LastWayIn);
            }
            everywhere(tx, &here, account, Kind::WayInRemoved, "passkey", &act)?;
            session::end_others(tx, &here, &hash, &act)?;
            Ok(())
        })
    }

    /// Removes the password of the account of a session together with its one-time codes; its
    /// other sessions end.
    ///
    /// # Errors
    /// When it is the only way in.
    pub fn remove_password(&self, session: &str, act: &Act) -> Result<(), AccessError> {
        let (here, hash, act) = (self.clone(), token::hash(session), act.clone());
        self.store().write(move |tx| -> Result<(), AccessError> {
            let row = enrolling(tx, &hash)?;
            let account = AccountId(row.account);
            let mut person = Account::load_to_change(tx, &here, account.0)?;
            still(tx, &row)?;
            if person.row.password.is_none() {
                return Ok(());
            }
            person.row.password = None;
            person.row.totp = None;
            person.row.totp_step = None;
            store::account::update(tx, &person.row)?;
            if !person.can_sign_in(tx)? {
                return Err(AccessError::LastWayIn);
            }
            everywhere(tx, &here, account, Kind::WayInRemoved, "password", &act)?;
            session::end_others(tx, &here, &hash, &act)?;
            Ok(())
        })
    }
}

/// Notes a change of an account in the logs of all organisations that it may act for.
pub(super) fn everywhere(
    tx: &mut Tx<'_>,
    here: &Installation,
    account: AccountId,
    kind: Kind,
    by: &str,
    act: &Act,
) -> Result<(), AccessError> {
    for row in store::membership::of_account(tx, account.0)? {
        session::about(tx, here, row.org, act, kind, account, "by", by)?;
    }
    Ok(())
}
