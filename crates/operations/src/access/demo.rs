//! The people of the sample firm: everybody who looks at the demonstration acts as its owner.

use jiff::SignedDuration;
use law::Lang;

use super::account::{Account, AccountId, Profile};
use super::error::AccessError;
use super::member::{NewMember, give};
use super::role::Role;
use super::session::{self, Stage};
use super::throttle::Client;
use crate::{Act, Organisation};

/// How long a demonstration may run.
const LASTS: SignedDuration = SignedDuration::from_hours(365 * 24);

impl Organisation {
    /// A session of the sample firm's owner; an account without any way to sign in. The firm's
    /// other people are invited if they are not there.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn demo_session(&self, act: &Act) -> Result<String, AccessError> {
        let owner = Profile::new(
            "Erika Beispiel",
            "erika.beispiel@musterbau.example",
            Lang::De,
        )?;
        let (this, by) = (self.clone(), act.clone());
        let token = self.store().write(move |tx| -> Result<_, AccessError> {
            let here = this.installation();
            let hash = here.email_hash(&owner.email)?;
            let account = if let Some(row) = store::account::by_email(tx, &hash)? {
                Account::opened(tx, here, row)?
            } else {
                let account = Account::create(tx, here, &owner, &by)?;
                give(tx, &this, AccountId(account.row.id), Role::Owner, None, &by)?;
                account
            };
            let client = Client::default();
            let (new, mut row) =
                session::begin(tx, here, account.row.id, Stage::Full, &client, &by)?;
            // It ends with the demonstration, not with a pause in it.
            store::session::remove(tx, &row.token_hash)?;
            row.expires_at = by.at + LASTS;
            row.seen_at = row.expires_at;
            store::session::insert(tx, &row)?;
            Ok(new.token)
        })?;
        let year_end = act.today.last_of_year();
        for (name, email, role, ends_on) in [
            (
                "Jonas Muster",
                "jonas.muster",
                Role::DataProtectionOfficer,
                None,
            ),
            ("Mira Modell", "mira.modell", Role::Marketing, None),
            ("Paula Probe", "paula.probe", Role::Auditor, Some(year_end)),
        ] {
            let email = format!("{email}@musterbau.example");
            let new = NewMember::new(name, &email, Lang::De, role, ends_on)?;
            match self.invite(&new, "http://localhost", act) {
                Ok(_) | Err(AccessError::Member) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(token)
    }
}
