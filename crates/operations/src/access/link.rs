//! Links that let somebody in once: at the first start, by invitation, or back in.
//!
//! A link works until the person has set up a way to sign in; then it is gone. So nobody is left
//! outside who closes the browser in between.

use jiff::{SignedDuration, Timestamp};
use store::{Id, Tx};

use super::account::{Account, AccountId, Profile};
use super::error::AccessError;
use super::member::give;
use super::role::Role;
use super::session::{self, NewSession, Stage};
use super::throttle::Client;
use super::token;
use crate::{Act, Error, Installation, NewOrganisation, Organisation};

/// What a link is for. The numbers are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i16)]
pub enum LinkFor {
    /// The first start: the first owner.
    SetUp = 1,
    /// An invitation.
    Invitation = 2,
    /// Somebody who lost every way in.
    WayBack = 3,
}

/// What a link opens.
#[derive(Clone, Debug)]
pub struct Opened {
    /// What it is for.
    pub purpose: LinkFor,
    /// The organisation, if there is one.
    pub organisation: Option<String>,
    /// Who is expected; `None` at the first start.
    pub profile: Option<Profile>,
}

/// Who sets the installation up.
#[derive(Clone, Debug)]
pub struct NewOwner {
    /// Name, address and language.
    pub profile: Profile,
    /// The organisation, unless there is one already.
    pub organisation: Option<NewOrganisation>,
}

impl LinkFor {
    const fn lasts(self) -> SignedDuration {
        match self {
            Self::SetUp | Self::WayBack => SignedDuration::from_hours(24),
            Self::Invitation => SignedDuration::from_hours(7 * 24),
        }
    }

    fn stored(number: i16) -> Result<Self, Error> {
        [Self::SetUp, Self::Invitation, Self::WayBack]
            .into_iter()
            .find(|purpose| *purpose as i16 == number)
            .ok_or(Error::Stored("link"))
    }
}

impl Installation {
    /// The token of a new link for the first start; older ones stop working. `None` once somebody
    /// can sign in.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn set_up_link(&self, act: &Act) -> Result<Option<String>, AccessError> {
        let (here, act) = (self.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, AccessError> {
            let accounts = store::account::list(tx)?;
            for row in &accounts {
                if Account::opened(tx, &here, row.clone())?.can_sign_in(tx)? {
                    return Ok(None);
                }
            }
            store::link::remove_of_purpose(tx, LinkFor::SetUp as i16)?;
            // Somebody who began and never finished goes on as the same account.
            let begun = accounts.first().map(|row| row.id);
            let org = match begun {
                Some(account) => store::membership::of_account(tx, account)?
                    .first()
                    .map(|row| row.org),
                None => None,
            };
            let token = token::new()?;
            let row = store::link::Link {
                token_hash: token::hash(&token),
                purpose: LinkFor::SetUp as i16,
                account: begun,
                org,
                created_at: act.at,
                expires_at: act.at + LinkFor::SetUp.lasts(),
            };
            store::link::insert(tx, &row)?;
            Ok(Some(token))
        })
    }

    /// The token of a new link for somebody who lost every way in, by the operator. Older links
    /// of the account stop working.
    ///
    /// # Errors
    /// When nobody has this address.
    pub fn way_back_link(&self, email: &str, act: &Act) -> Result<String, AccessError> {
        let hash = self.email_hash(email)?;
        let (here, act) = (self.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, AccessError> {
            let row = store::account::by_email(tx, &hash)?.ok_or(AccessError::UnknownMember)?;
            let account = AccountId(row.id);
            let roles = session::roles(tx, row.id, act.today)?;
            let org = roles.first().ok_or(AccessError::UnknownMember)?.0;
            store::link::remove_of_account(tx, row.id)?;
            store::outbox::remove_of_account(tx, row.id)?;
            let organisation = Organisation::in_transaction(tx, &here, org)?;
            let what = serde_json::json!({ "account": account.to_string(), "by": "link" });
            let kind = crate::log::append::Kind::WayInAdded;
            crate::log::append::clear(tx, &organisation, &act, kind, what)?;
            make(tx, LinkFor::WayBack, account, org, &act)
        })
    }

    /// What a link opens, without using it.
    ///
    /// # Errors
    /// When it does not work any more.
    pub fn link(&self, token: &str, now: Timestamp) -> Result<Opened, AccessError> {
        let here = self.clone();
        self.store().read(|tx| {
            let row = working(tx, token, now)?;
            let profile = match row.account {
                Some(account) => Some(Account::load(tx, &here, account)?.profile()?),
                None => None,
            };
            let organisation = if let Some(org) = row.org {
                store::organisation::get(tx, org)?.map(|row| row.name)
            } else {
                let mut all = store::organisation::list(tx)?;
                all.pop().map(|row| row.name)
            };
            Ok(Opened {
                purpose: LinkFor::stored(row.purpose)?,
                organisation,
                profile,
            })
        })
    }

    /// Sets up the first owner, and the organisation if there is none, and lets the person in to
    /// set up a way to sign in.
    ///
    /// # Errors
    /// When the link does not work any more, or the organisation's name can't be used.
    pub fn set_up(
        &self,
        token: &str,
        new: &NewOwner,
        client: &Client,
        act: &Act,
    ) -> Result<NewSession, AccessError> {
        let hash = token::hash(token);
        let at = act.at;
        self.store().read(|tx| working(tx, token, at))?;
        let (here, owner, by) = (self.clone(), new.profile.clone(), act.clone());
        let first_owner = move |tx: &mut Tx<'_>, organisation: &Organisation| {
            // Of two who send the form at once, one becomes owner.
            let row = store::link::get_to_use(tx, &hash)?.ok_or(AccessError::Link)?;
            if row.purpose != LinkFor::SetUp as i16
                || row.account.is_some()
                || store::account::any(tx)?
            {
                return Err(AccessError::Link);
            }
            let account = Account::create(tx, &here, &owner, &by)?;
            let id = AccountId(account.row.id);
            give(tx, organisation, id, Role::Owner, None, &by)?;
            store::link::belongs_to(tx, &hash, id.0, organisation.id())?;
            Ok(())
        };
        if let Some(organisation) = Organisation::all(self)?.into_iter().next_back() {
            let this = organisation.clone();
            self.store().write(move |tx| first_owner(tx, &this))?;
        } else {
            let organisation = new.organisation.as_ref();
            let organisation = organisation.ok_or(Error::OrganisationName)?;
            Organisation::create_with(self, organisation, act, first_owner)?;
        }
        self.accept(token, None, client, act)
    }

    /// Lets the person in whom the link is for, to set up a way to sign in. A name that is given
    /// replaces the one that was invited.
    ///
    /// # Errors
    /// When the link does not work any more.
    pub fn accept(
        &self,
        token: &str,
        name: Option<&str>,
        client: &Client,
        act: &Act,
    ) -> Result<NewSession, AccessError> {
        let (here, token, name) = (self.clone(), token.to_owned(), name.map(str::to_owned));
        let (client, act) = (client.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, AccessError> {
            let row = working(tx, &token, act.at)?;
            let id = row.account.ok_or(AccessError::Link)?;
            let mut account = Account::load_to_change(tx, &here, id)?;
            // It may have been withdrawn before nobody else could change the account.
            working(tx, &token, act.at)?;
            if let Some(name) = name {
                let profile = account.profile()?;
                let profile = Profile::new(&name, &profile.email, profile.lang())?;
                account.change_profile(&profile)?;
                store::account::update(tx, &account.row)?;
            }
            let (new, _) = session::begin(tx, &here, id, Stage::Enrolling, &client, &act)?;
            Ok(new)
        })
    }
}

/// The link's row, if it works.
fn working(tx: &mut Tx<'_>, token: &str, now: Timestamp) -> Result<store::link::Link, AccessError> {
    let row = store::link::get(tx, &token::hash(token))?;
    row.filter(|row| row.expires_at > now)
        .ok_or(AccessError::Link)
}

/// Takes back what opens an account before it gets a role in a further organisation: whoever holds
/// an older link, or began to set up a way in by one, must not come in there as somebody else.
/// Who `known` is can sign in and keeps the sessions.
pub(super) fn withdraw(
    tx: &mut Tx<'_>,
    account: &mut Account,
    known: bool,
) -> Result<(), AccessError> {
    let id = account.row.id;
    if store::link::remove_of_account(tx, id)? > 0 {
        // The letters hold the links.
        store::outbox::remove_of_account(tx, id)?;
    }
    store::session::remove_of_stage(tx, id, Stage::Enrolling as i16)?;
    if !known {
        account.row.password = None;
        account.row.totp = None;
        account.row.totp_step = None;
        store::account::update(tx, &account.row)?;
    }
    Ok(())
}

/// Makes a link for an account; returns its token.
pub(super) fn make(
    tx: &mut Tx<'_>,
    purpose: LinkFor,
    account: AccountId,
    org: Id,
    act: &Act,
) -> Result<String, AccessError> {
    let token = token::new()?;
    let row = store::link::Link {
        token_hash: token::hash(&token),
        purpose: purpose as i16,
        account: Some(account.0),
        org: Some(org),
        created_at: act.at,
        expires_at: act.at + purpose.lasts(),
    };
    store::link::insert(tx, &row)?;
    Ok(token)
}

/// Until when the account's newest link works, if one does.
pub(super) fn works_until(
    tx: &mut Tx<'_>,
    account: Id,
    now: Timestamp,
) -> Result<Option<Timestamp>, AccessError> {
    let links = store::link::of_account(tx, account)?;
    let ends = links.into_iter().map(|link| link.expires_at);
    Ok(ends.filter(|end| *end > now).max())
}

/// Where a link leads, under the address at which this installation is reached.
pub(super) fn url(address: &str, token: &str) -> String {
    format!("{}/welcome/{token}", address.trim_end_matches('/'))
}
