//! Members of an organisation: invited, given roles, removed.

use jiff::Timestamp;
use jiff::civil::Date;
use law::Lang;
use serde_json::json;
use store::{Id, Tx};

use super::account::{Account, AccountId, INSTALLATION, Profile};
use super::error::AccessError;
use super::link::{self, LinkFor};
use super::mail;
use super::role::Role;
use crate::log::append::{self, Kind};
use crate::{Act, Organisation};

/// Somebody who may act for an organisation.
#[derive(Clone, Debug)]
pub struct Member {
    /// The account.
    pub account: AccountId,
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// As what.
    pub role: Role,
    /// The last day on which the role holds.
    pub ends_on: Option<Date>,
    /// Whether the person came already.
    pub state: MemberState,
}

/// Whether a member came already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberState {
    /// Can sign in.
    Active,
    /// Invited; the link works until then.
    Invited(Timestamp),
    /// Invited, and the link has run out.
    Lapsed,
    /// The role has ended by its date.
    Ended,
}

/// Somebody who is to be invited.
#[derive(Clone, Debug)]
pub struct NewMember {
    /// Name, address and language.
    pub profile: Profile,
    /// As what.
    pub role: Role,
    /// The last day on which the role is to hold.
    pub ends_on: Option<Date>,
}

/// An invitation that was made.
#[derive(Clone, Debug)]
pub struct Invited {
    /// The account.
    pub account: AccountId,
    /// The link, for whoever has no mail server; `None` if the person signs in already, or acts
    /// for other organisations too, so that the link must reach nobody else.
    pub link: Option<String>,
}

impl Organisation {
    /// Everybody who may act for the organisation, longest first.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn members(&self, now: Timestamp, today: Date) -> Result<Vec<Member>, AccessError> {
        let here = self.installation();
        self.store().read(|tx| {
            let rows = store::membership::of_organisation(tx, self.id())?;
            let mut members = Vec::with_capacity(rows.len());
            for row in rows {
                let account = Account::load(tx, here, row.account)?;
                let profile = account.profile()?;
                let state = if row.ends_on.is_some_and(|last| last < today) {
                    MemberState::Ended
                } else if account.can_sign_in(tx)? {
                    MemberState::Active
                } else {
                    link::works_until(tx, row.account, now)?
                        .map_or(MemberState::Lapsed, MemberState::Invited)
                };
                members.push(Member {
                    account: AccountId(row.account),
                    name: shown_name(&account, &row)?,
                    email: profile.email,
                    role: Role::stored(row.role)?,
                    ends_on: row.ends_on,
                    state,
                });
            }
            Ok(members)
        })
    }

    /// Invites somebody: by mail, and by the link that is returned. `address` is where this
    /// installation is reached.
    ///
    /// # Errors
    /// When the person is a member already, or the last day is over.
    pub fn invite(
        &self,
        new: &NewMember,
        address: &str,
        act: &Act,
    ) -> Result<Invited, AccessError> {
        if new.ends_on.is_some_and(|last| last < act.today) {
            return Err(AccessError::Over);
        }
        let (this, new, address, act) =
            (self.clone(), new.clone(), address.to_owned(), act.clone());
        self.store().write(move |tx| -> Result<_, AccessError> {
            let here = this.installation();
            let hash = here.email_hash(&new.profile.email)?;
            let mut account = match store::account::by_email_to_change(tx, &hash)? {
                Some(row) => Account::opened(tx, here, row)?,
                None => Account::create(tx, here, &new.profile, &act)?,
            };
            let own_name = account.profile()?.name;
            let id = AccountId(account.row.id);
            if store::membership::get(tx, this.id(), id.0)?.is_some() {
                return Err(AccessError::Member);
            }
            let elsewhere = !store::membership::of_account(tx, id.0)?.is_empty();
            let known = account.can_sign_in(tx)?;
            if elsewhere {
                link::withdraw(tx, &mut account, known)?;
            }
            give(tx, &this, id, new.role, new.ends_on, &act)?;
            if own_name != new.profile.name
                && let Some(mut row) = store::membership::get(tx, this.id(), id.0)?
            {
                // Who knows an address alone does not learn whose it is.
                row.invited_as = Some(account.seal(INVITED_AS, new.profile.name.as_bytes())?);
                store::membership::update(tx, &row)?;
            }
            let link = if known {
                None
            } else {
                let token = link::make(tx, LinkFor::Invitation, id, this.id(), &act)?;
                Some(link::url(&address, &token))
            };
            let letter =
                mail::invitation(&account.profile()?, this.name(), link.as_deref(), &address);
            mail::put(tx, &account, &this, &letter, &act)?;
            Ok(Invited {
                account: id,
                link: link.filter(|_| !elsewhere),
            })
        })
    }

    /// Makes a new link for a member: a lapsed invitation, or somebody who lost every way in.
    /// Older links stop working.
    ///
    /// # Errors
    /// When there is no such member, or the person acts for other organisations too: then one of
    /// them could come in as that person.
    pub fn new_link(
        &self,
        account: AccountId,
        address: &str,
        act: &Act,
    ) -> Result<String, AccessError> {
        let (this, address, act) = (self.clone(), address.to_owned(), act.clone());
        self.store().write(move |tx| -> Result<_, AccessError> {
            store::membership::get(tx, this.id(), account.0)?.ok_or(AccessError::UnknownMember)?;
            let person = Account::load_to_change(tx, this.installation(), account.0)?;
            if store::membership::of_account(tx, account.0)?.len() > 1 {
                return Err(AccessError::ActsElsewhere);
            }
            store::link::remove_of_account(tx, account.0)?;
            // The letters hold the links that stop working.
            store::outbox::remove_of_account(tx, account.0)?;
            let purpose = if person.can_sign_in(tx)? {
                LinkFor::WayBack
            } else {
                LinkFor::Invitation
            };
            let token = link::make(tx, purpose, account, this.id(), &act)?;
            let what = json!({ "account": account.to_string(), "by": "link" });
            append::clear(tx, &this, &act, Kind::WayInAdded, what)?;
            let link = link::url(&address, &token);
            let letter = mail::way_back(&person.profile()?, this.name(), &link);
            mail::put(tx, &person, &this, &letter, &act)?;
            Ok(link)
        })
    }

    /// Changes a member's role or its last day.
    ///
    /// # Errors
    /// When there is no such member, nobody would be owner any more, or the last day is over.
    pub fn change_role(
        &self,
        account: AccountId,
        role: Role,
        ends_on: Option<Date>,
        act: &Act,
    ) -> Result<(), AccessError> {
        if ends_on.is_some_and(|last| last < act.today) {
            return Err(AccessError::Over);
        }
        let (this, act) = (self.clone(), act.clone());
        self.store().write(move |tx| -> Result<(), AccessError> {
            let mut row = member(tx, &this, account)?;
            if row.role == role as i16 && row.ends_on == ends_on {
                return Ok(());
            }
            let before = Role::stored(row.role)?;
            row.role = role as i16;
            row.ends_on = ends_on;
            store::membership::update(tx, &row)?;
            needs_owner(tx, &this)?;
            let what = json!({
                "account": account.to_string(),
                "before": before.name(),
                "role": role.name(),
                "ends_on": ends_on,
            });
            append::clear(tx, &this, &act, Kind::RoleChanged, what)?;
            Ok(())
        })
    }

    /// Ends a membership. With the last one the account is erased: name, address, ways in, and the
    /// key that opened them. Entries go on naming its id.
    ///
    /// # Errors
    /// When there is no such member, or nobody would be owner any more.
    pub fn remove_member(&self, account: AccountId, act: &Act) -> Result<(), AccessError> {
        let (this, act) = (self.clone(), act.clone());
        self.store().write(move |tx| -> Result<(), AccessError> {
            let row = member(tx, &this, account)?;
            // Of two organisations that end the last two memberships at once, one erases.
            Account::load_to_change(tx, this.installation(), account.0)?;
            store::membership::remove(tx, this.id(), account.0)?;
            store::request_calendar::remove(tx, this.id(), account.0)?;
            needs_owner(tx, &this)?;
            let what = json!({
                "account": account.to_string(),
                "role": Role::stored(row.role)?.name(),
            });
            let entry = append::clear(tx, &this, &act, Kind::RoleEnded, what)?;
            if store::membership::of_account(tx, account.0)?.is_empty() {
                // Nothing is left that the person's data would be needed for (GDPR Art. 17(1)(a)).
                store::account::erase(tx, INSTALLATION, account.0, act.today, act.at, entry)?;
            }
            Ok(())
        })
    }

    /// The name of the account that an entry names as acting; `None` if it is none of this
    /// organisation's members.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn member_name(&self, account: AccountId) -> Result<Option<String>, AccessError> {
        self.store().read(|tx| {
            let Some(row) = store::membership::get(tx, self.id(), account.0)? else {
                return Ok(None);
            };
            let account = Account::load(tx, self.installation(), account.0)?;
            shown_name(&account, &row).map(Some)
        })
    }
}

const INVITED_AS: &str = "invited as";

/// The name under which an organisation knows a member: its own word until the person came.
fn shown_name(
    account: &Account,
    row: &store::membership::Membership,
) -> Result<String, AccessError> {
    match &row.invited_as {
        Some(sealed) => {
            let name = account.open(INVITED_AS, sealed)?;
            Ok(String::from_utf8_lossy(&name).into_owned())
        }
        None => Ok(account.profile()?.name),
    }
}

/// Gives a role, and notes it.
pub(super) fn give(
    tx: &mut Tx<'_>,
    organisation: &Organisation,
    account: AccountId,
    role: Role,
    ends_on: Option<Date>,
    act: &Act,
) -> Result<(), AccessError> {
    let row = store::membership::Membership {
        org: organisation.id(),
        account: account.0,
        role: role as i16,
        since: act.at,
        ends_on,
        invited_as: None,
    };
    store::membership::insert(tx, &row)?;
    let what = json!({
        "account": account.to_string(),
        "role": role.name(),
        "ends_on": ends_on,
    });
    append::clear(tx, organisation, act, Kind::RoleGiven, what)?;
    Ok(())
}

fn member(
    tx: &mut Tx<'_>,
    this: &Organisation,
    account: AccountId,
) -> Result<store::membership::Membership, AccessError> {
    // All of them are held, so that two owners can't remove each other at once.
    let rows = store::membership::of_organisation_to_change(tx, this.id())?;
    let found = rows.into_iter().find(|row| row.account == account.0);
    found.ok_or(AccessError::UnknownMember)
}

/// Somebody has to be left who is owner without an end and can sign in.
fn needs_owner(tx: &mut Tx<'_>, this: &Organisation) -> Result<(), AccessError> {
    let is_owner = |row: &store::membership::Membership| {
        row.role == Role::Owner as i16 && row.ends_on.is_none()
    };
    let rows = store::membership::of_organisation(tx, this.id())?;
    let owners: Vec<Id> = rows
        .iter()
        .filter(|row| is_owner(row))
        .map(|row| row.account)
        .collect();
    for owner in owners {
        let account = Account::load(tx, this.installation(), owner)?;
        if account.can_sign_in(tx)? {
            return Ok(());
        }
    }
    Err(AccessError::LastOwner)
}

impl NewMember {
    /// Somebody in this language, as what, until when.
    ///
    /// # Errors
    /// When name or address can't be used.
    pub fn new(
        name: &str,
        email: &str,
        lang: Lang,
        role: Role,
        ends_on: Option<Date>,
    ) -> Result<Self, AccessError> {
        Ok(Self {
            profile: Profile::new(name, email, lang)?,
            role,
            ends_on,
        })
    }
}
