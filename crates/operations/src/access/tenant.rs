//! The organisations that an account may act for.

use store::Id;

use super::account::{Account, AccountId};
use super::error::AccessError;
use super::role::Role;
use super::session::roles;
use super::{link, member, token};
use crate::{Act, Installation, NewOrganisation, Organisation};

/// An organisation in the switcher.
#[derive(Clone, Debug)]
pub struct Tenant {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// What the account is there.
    pub role: Role,
    /// Whether the session acts for it.
    pub current: bool,
}

impl Installation {
    /// The organisations for which the account of this session has a role today, by name.
    ///
    /// # Errors
    /// When the session has ended or the database can't be read.
    pub fn tenants(&self, session: &str, act: &Act) -> Result<Vec<Tenant>, AccessError> {
        let hash = token::hash(session);
        let today = act.today;
        self.store().read(|tx| {
            let session = store::session::get(tx, &hash)?.ok_or(AccessError::SignedOut)?;
            let mut tenants = Vec::new();
            for (id, role) in roles(tx, session.account, today)? {
                let row = store::organisation::get(tx, id)?;
                tenants.extend(row.map(|row| Tenant {
                    id,
                    name: row.name,
                    role,
                    current: session.org == id,
                }));
            }
            tenants.sort_by_key(|tenant| tenant.name.to_lowercase());
            Ok(tenants)
        })
    }

    /// Sets up a further organisation, whose owner the account becomes.
    ///
    /// # Errors
    /// When the name is empty or taken.
    pub fn add_organisation(
        &self,
        owner: AccountId,
        new: &NewOrganisation,
        act: &Act,
    ) -> Result<Organisation, AccessError> {
        let (here, by) = (self.clone(), act.clone());
        Organisation::create_with(self, new, act, move |tx, organisation| {
            let mut account = Account::load_to_change(tx, &here, owner.0)?;
            let known = account.can_sign_in(tx)?;
            link::withdraw(tx, &mut account, known)?;
            member::give(tx, organisation, owner, Role::Owner, None, &by)
        })
    }
}
