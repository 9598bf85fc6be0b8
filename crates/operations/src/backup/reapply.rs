//! Applies the journal to what was restored. What is there already stays as it is, so applying a part
//! twice does no harm; what permitted something after the backup is not in the journal and is lost.

use std::collections::HashSet;

use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Map, json};
use store::suppression::Suppression;
use store::{Id, Tx};

use super::holds;
use super::lost;
use super::noted::{Block, Noted};
use crate::access::INSTALLATION;
use crate::lead_form;
use crate::log::append::{self, Kind};
use crate::objection::{self, Extent};
use crate::person::{ContactRef, Person};
use crate::words;
use crate::{
    Act, Error, Organisation, block_list, change_contact, consent, note, recipients, retention,
    state,
};

/// Why the processing is restricted again; the reason that was given then is with the lost entry.
const AGAIN: &str = "restricted after the backup that was restored";

/// What a restore applied again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reapplied {
    /// Persons who were erased after the backup.
    pub erased: u64,
    /// Consents withdrawn after it.
    pub withdrawn: u64,
    /// Objections and pauses.
    pub objected: u64,
    /// Blocks on addresses.
    pub blocked: u64,
    /// Restrictions of the processing.
    pub restricted: u64,
    /// Decisions against a refusal that were taken back.
    pub revoked: u64,
    /// Suppression lists.
    pub lists: u64,
    /// Roles that ended.
    pub roles_ended: u64,
    /// Erasures that wait for a hold to end.
    pub waiting: u64,
    /// Legal holds that were set or lifted.
    pub holds: u64,
}

impl Reapplied {
    pub(super) fn add(&mut self, other: Self) {
        self.erased += other.erased;
        self.withdrawn += other.withdrawn;
        self.objected += other.objected;
        self.blocked += other.blocked;
        self.restricted += other.restricted;
        self.revoked += other.revoked;
        self.lists += other.lists;
        self.roles_ended += other.roles_ended;
        self.waiting += other.waiting;
        self.holds += other.holds;
    }
}

/// Applies what the journal says. `lost_are_erased`: contacts without a key were erased, even where the
/// journal does not know it.
pub(super) fn reapply(
    this: &Organisation,
    noted: Vec<Noted>,
    lost_are_erased: bool,
    act: &Act,
) -> Result<Reapplied, Error> {
    let mut done = Reapplied::default();
    let mut ended = HashSet::new();
    for noted in noted {
        if let Noted::KeyEnded { pseudonym } = &noted {
            ended.insert(id(pseudonym)?.0);
            continue;
        }
        if let Noted::RoleEnded { account, .. } = &noted {
            done.roles_ended += u64::from(end_role(this, account, act)?);
            continue;
        }
        let (here, by) = (this.clone(), act.clone());
        done.add(this.store().write(move |tx| apply(tx, &here, noted, &by))?);
    }
    recipients::end_notices(this, &ended, lost_are_erased, act)?;
    if lost_are_erased {
        done.erased += lost::end(this, act)?;
    }
    Ok(done)
}

fn apply(
    tx: &mut Tx<'_>,
    this: &Organisation,
    noted: Noted,
    act: &Act,
) -> Result<Reapplied, Error> {
    let mut done = Reapplied::default();
    match noted {
        Noted::Erased {
            contact,
            requested_on,
            pseudonym,
            blocks,
        } => {
            let contact = id(&contact)?;
            let pseudonym = pseudonym.as_deref().map(id).transpose()?;
            if is_erased(tx, this, contact)? {
                return Ok(done);
            }
            let blocks = blocks.iter().filter_map(|block| block.row(this.id()));
            let blocks: Vec<_> = blocks.collect();
            let by = Act {
                today: requested_on,
                ..act.clone()
            };
            erase(tx, this, contact, pseudonym, &blocks, &by)?;
            done.erased = 1;
        }
        Noted::Blocked { blocks } => done.blocked = block(tx, this, &blocks, act)?,
        Noted::Withdrawn {
            contact,
            consent,
            activity,
            channels,
            on,
        } => {
            // A consent may have moved to another contact by a merge after the backup.
            let row = store::consent::get(tx, this.id(), id(&consent)?)?;
            let contact = row.as_ref().map_or(id(&contact)?, |row| row.contact);
            if row.is_some_and(|row| row.withdrawn_on.is_some()) || !is_there(tx, this, contact)? {
                return Ok(done);
            }
            let (contact, channels) = (ContactRef::Id(contact), words::channels(channels)?);
            let withdrawn =
                consent::withdraw(tx, this, &contact, Some(&activity), channels, on, act);
            match withdrawn {
                Ok(_) => done.withdrawn = 1,
                // Given and withdrawn after the backup: there is nothing that could permit anything.
                Err(Error::NothingToTakeBack(_) | Error::Purpose(_) | Error::NoRegister) => {}
                Err(error) => return Err(error),
            }
        }
        Noted::Objected {
            contacts,
            objection,
            scope,
            channels,
            activity,
            on,
            until,
        } => {
            if store::objection::get(tx, this.id(), id(&objection)?)?.is_some() {
                return Ok(done);
            }
            let extent = Extent {
                scope,
                channels: words::channels(channels)?,
                activity: activity.as_deref(),
                until,
            };
            for contact in there(tx, this, &contacts)? {
                let person = Person::load_to_change(tx, this, contact)?;
                if !has_objected(tx, this, &person, &extent, on)? {
                    objection::stop(tx, this, &person, &extent, on, act)?;
                    done.objected = 1;
                }
            }
        }
        Noted::Restricted { contacts } => {
            for contact in there(tx, this, &contacts)? {
                let person = Person::load_to_change(tx, this, contact)?;
                let what = json!({ "restricted": true, "reason": AGAIN });
                let entry = change_contact::restrict(tx, this, person, true, what, act)?;
                done.restricted += u64::from(entry.is_some());
            }
        }
        Noted::Revoked { overrule, on } => {
            let row = store::overrule::get_to_change(tx, this.id(), id(&overrule)?)?;
            if let Some(row) = row.filter(|row| row.revoked_on.is_none())
                && is_there(tx, this, row.contact)?
            {
                let person = Person::load_to_change(tx, this, row.contact)?;
                note::revoke(tx, this, &person, row, on, act)?;
                done.revoked = 1;
            }
        }
        Noted::Listed { list, rows } => {
            done.lists = u64::from(block_list::take_again(tx, this, &list, &rows, act)?);
        }
        Noted::Waits {
            contacts,
            requested_on,
        } => done.waiting = holds::wait_again(tx, this, (&contacts, requested_on), act)?,
        Noted::Held(hold) => done.holds = holds::set_again(tx, this, &hold, act)?,
        Noted::Lifted(hold) => done.holds = holds::lift_again(tx, this, &hold, act)?,
        Noted::Release { way } => {
            retention::release_at_least(tx, this, way, act)?;
        }
        Noted::RoleEnded { .. } | Noted::KeyEnded { .. } => {}
    }
    Ok(done)
}

/// Those of these contacts who are in the backup. Two that were merged after it are two again there.
pub(super) fn there(
    tx: &mut Tx<'_>,
    this: &Organisation,
    contacts: &[String],
) -> Result<Vec<Id>, Error> {
    let mut there = Vec::new();
    for contact in contacts {
        let contact = id(contact)?;
        if is_there(tx, this, contact)? {
            there.push(contact);
        }
    }
    Ok(there)
}

/// Whether somebody has objected on that day in this way: a part of the journal may be applied twice.
fn has_objected(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    extent: &Extent<'_>,
    on: Date,
) -> Result<bool, Error> {
    let rows = store::objection::of_contact(tx, this.id(), person.row.id)?;
    Ok(rows.iter().any(|row| {
        row.objected_on == on
            && row.scope == extent.scope
            && row.channels == u32::from(extent.channels.bits())
            && row.purpose.as_deref() == extent.activity
            && row.lifted_on == extent.until
    }))
}

/// Erases a contact whose key is gone, or notes that one who is not in the backup was erased.
pub(super) fn erase(
    tx: &mut Tx<'_>,
    this: &Organisation,
    contact: Id,
    pseudonym: Option<Id>,
    blocks: &[Suppression],
    act: &Act,
) -> Result<(), Error> {
    store::suppression::add(tx, blocks)?;
    let hashes: Vec<_> = blocks.iter().map(|block| block.hash).collect();
    let rows = store::suppression::find(tx, this.id(), &hashes)?;
    let proofs: Vec<_> = rows.iter().map(state::suppression).collect();
    let what = Map::from_iter([
        ("suppressed".to_owned(), json!(proofs)),
        ("requested_on".to_owned(), json!(act.today)),
        ("reapplied".to_owned(), json!(true)),
    ]);
    if let Some(pseudonym) = pseudonym {
        recipients::supersede_about(tx, this, pseudonym, act)?;
    }
    let pseudonym = pseudonym.map(|pseudonym| pseudonym.0);
    let entry = append::clear_under(tx, this, act, Kind::ErasureDone, pseudonym, what)?;
    for mailbox in blocks.iter().filter_map(|row| Block::of(row).mailbox()) {
        lead_form::remove_unconfirmed_with(tx, this, &mailbox, act)?;
    }
    lead_form::end_kept(tx, this, contact, act)?;
    store::erasure::erase(tx, this.id(), contact, act.today, act.at, entry)?;
    Ok(())
}

fn block(tx: &mut Tx<'_>, this: &Organisation, blocks: &[Block], act: &Act) -> Result<u64, Error> {
    let new: Vec<_> = blocks
        .iter()
        .filter_map(|block| block.row(this.id()))
        .collect();
    let hashes: Vec<_> = new.iter().map(|block| block.hash).collect();
    let before = store::suppression::find(tx, this.id(), &hashes)?;
    store::suppression::add(tx, &new)?;
    let after = store::suppression::find(tx, this.id(), &hashes)?;
    let changed: Vec<_> = after.iter().filter(|row| !before.contains(row)).collect();
    if !changed.is_empty() {
        let proofs: Vec<_> = changed.iter().map(|row| state::suppression(row)).collect();
        let what = json!({ "suppressed": proofs });
        append::clear(tx, this, act, Kind::AddressSuppressed, what)?;
    }
    Ok(changed.len() as u64)
}

/// Ends a role that ended after the backup; `false` if it is not there. The account's key may be gone
/// already, so nothing of the account is opened, and nobody is asked who is owner then.
fn end_role(this: &Organisation, account: &str, act: &Act) -> Result<bool, Error> {
    let (this, account, by) = (this.clone(), id(account)?, act.clone());
    let here = this.clone();
    this.store().write(move |tx| -> Result<_, Error> {
        if !store::membership::remove(tx, here.id(), account)? {
            return Ok(false);
        }
        let what = json!({ "account": account.to_string(), "reapplied": true });
        let entry = append::clear(tx, &here, &by, Kind::RoleEnded, what)?;
        if store::membership::of_account(tx, account)?.is_empty() {
            store::account::erase(tx, INSTALLATION, account, by.today, by.at, entry)?;
        }
        Ok(true)
    })
}

fn is_erased(tx: &mut Tx<'_>, this: &Organisation, contact: Id) -> Result<bool, Error> {
    let erasure = store::erasure::get(tx, this.id(), contact)?;
    Ok(erasure.is_some_and(|erasure| erasure.done_at.is_some()))
}

/// Whether the contact is in the backup, can be read, and was not erased since.
fn is_there(tx: &mut Tx<'_>, this: &Organisation, contact: Id) -> Result<bool, Error> {
    let row = store::contact::get(tx, this.id(), contact)?;
    Ok(row.is_some_and(|row| row.erased_at.is_none())
        && store::key::get(tx, this.id(), contact)?.is_some())
}

fn id(text: &str) -> Result<Id, Error> {
    text.parse().map_err(|_| Error::Stored("journal"))
}
