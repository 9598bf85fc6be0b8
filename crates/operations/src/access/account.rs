//! Accounts: name, address and language, sealed under a key of the account's own.

use std::fmt;
use std::str::FromStr;

use law::Lang;
use serde::{Deserialize, Serialize};
use store::{Hash, Id, Tx};
use vault::SubjectKey;
use zeroize::Zeroizing;

use super::error::AccessError;
use crate::contact::Email;
use crate::installation::new_id;
use crate::person::context_of;
use crate::{Act, Error, Installation};

/// Stands for the installation where a key asks for an organisation.
pub(crate) const INSTALLATION: Id = Id([0; 16]);

/// Names an account; it says nothing about the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(pub(crate) Id);

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for AccountId {
    type Err = store::IdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl AccountId {
    /// How evidence names who acts.
    pub fn actor(self) -> String {
        format!("account:{self}")
    }

    /// The account that evidence names, if it was one.
    pub fn of_actor(actor: &str) -> Option<Self> {
        actor.strip_prefix("account:")?.parse().ok()
    }
}

/// What is known of a person who signs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Given and family name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// `de` or `en`.
    lang: String,
}

impl Profile {
    /// Checked and cleaned.
    ///
    /// # Errors
    /// When the name is empty or too long, or the address can't be read.
    pub fn new(name: &str, email: &str, lang: Lang) -> Result<Self, AccessError> {
        let name = name.trim();
        let length = name.chars().count();
        if length == 0 || length > 100 || name.chars().any(char::is_control) {
            return Err(AccessError::Name);
        }
        let email = Email::parse(email.trim()).map_err(|_| AccessError::Email)?;
        let lang = match lang {
            Lang::De => "de",
            Lang::En => "en",
        };
        Ok(Self {
            name: name.to_owned(),
            email: email.into(),
            lang: lang.to_owned(),
        })
    }

    /// The language that the person reads.
    pub fn lang(&self) -> Lang {
        if self.lang == "en" {
            Lang::En
        } else {
            Lang::De
        }
    }

    /// Words that a password must not be made of.
    pub(super) fn words(&self) -> Vec<&str> {
        let local = self.email.split(['@', '.', '-', '_']);
        self.name
            .split_whitespace()
            .chain(local)
            .chain([self.email.as_str(), "leitplanke"])
            .collect()
    }
}

/// An account with its key.
pub(super) struct Account {
    pub(super) row: store::account::Account,
    pub(super) key: SubjectKey,
}

impl Account {
    pub(super) fn load(tx: &mut Tx<'_>, here: &Installation, id: Id) -> Result<Self, AccessError> {
        let row = store::account::get(tx, id)?.ok_or(AccessError::SignedOut)?;
        Self::opened(tx, here, row)
    }

    pub(super) fn load_to_change(
        tx: &mut Tx<'_>,
        here: &Installation,
        id: Id,
    ) -> Result<Self, AccessError> {
        let row = store::account::get_to_change(tx, id)?.ok_or(AccessError::SignedOut)?;
        Self::opened(tx, here, row)
    }

    pub(super) fn opened(
        tx: &mut Tx<'_>,
        here: &Installation,
        row: store::account::Account,
    ) -> Result<Self, AccessError> {
        let wrapped = store::key::get(tx, INSTALLATION, row.id)?;
        let wrapped = wrapped.ok_or(Error::Stored("account key"))?.wrapped;
        let key = SubjectKey::unwrap_from(here.master(), &context(row.id), &wrapped)?;
        Ok(Self { row, key })
    }

    /// Makes an account that can't sign in yet.
    pub(super) fn create(
        tx: &mut Tx<'_>,
        here: &Installation,
        profile: &Profile,
        act: &Act,
    ) -> Result<Self, AccessError> {
        let id = new_id(act.at)?;
        let key = SubjectKey::generate()?;
        let row = store::account::Account {
            id,
            email_hash: here.email_hash(&profile.email)?,
            sealed: seal(&key, id, PROFILE, &encoded(profile)?)?,
            password: None,
            totp: None,
            totp_step: None,
            created_at: act.at,
        };
        let kept = store::key::ContactKey {
            org: INSTALLATION,
            contact: id,
            wrapped: key.wrap(here.master(), &context(id))?,
            master_id: here.master().id().into_bytes(),
        };
        store::key::insert(tx, &[kept])?;
        store::account::insert(tx, &row)?;
        Ok(Self { row, key })
    }

    pub(super) fn profile(&self) -> Result<Profile, AccessError> {
        let text = self.open(PROFILE, &self.row.sealed)?;
        Ok(serde_json::from_slice(&text).map_err(|_| Error::Stored("account"))?)
    }

    pub(super) fn change_profile(&mut self, profile: &Profile) -> Result<(), AccessError> {
        self.row.sealed = self.seal(PROFILE, &encoded(profile)?)?;
        Ok(())
    }

    pub(super) fn seal(&self, label: &str, text: &[u8]) -> Result<Vec<u8>, AccessError> {
        seal(&self.key, self.row.id, label, text)
    }

    pub(super) fn open(
        &self,
        label: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, AccessError> {
        Ok(self.key.open(label, &context(self.row.id), sealed)?)
    }

    /// Whether the account has a whole way to sign in.
    pub(super) fn can_sign_in(&self, tx: &mut Tx<'_>) -> Result<bool, AccessError> {
        let by_password = self.row.password.is_some() && self.row.totp_step.is_some();
        Ok(by_password || !store::passkey::of_account(tx, self.row.id)?.is_empty())
    }
}

impl Installation {
    pub(super) fn email_hash(&self, email: &str) -> Result<Hash, AccessError> {
        let email = Email::parse(email.trim()).map_err(|_| AccessError::Email)?;
        let index = self.index().for_organisation(&INSTALLATION.0);
        Ok(index.blind("account", email.key().as_bytes()))
    }

    /// Whether anybody can sign in, or is invited to.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn has_accounts(&self) -> Result<bool, AccessError> {
        Ok(self.store().read(store::account::any)?)
    }
}

const PROFILE: &str = "profile";

fn context(account: Id) -> [u8; 32] {
    context_of(INSTALLATION, account)
}

fn seal(key: &SubjectKey, account: Id, label: &str, text: &[u8]) -> Result<Vec<u8>, AccessError> {
    Ok(key.seal(label, &context(account), text)?)
}

fn encoded(profile: &Profile) -> Result<Zeroizing<Vec<u8>>, Error> {
    let text = serde_json::to_vec(profile).map_err(|_| Error::Stored("account"))?;
    Ok(Zeroizing::new(text))
}
