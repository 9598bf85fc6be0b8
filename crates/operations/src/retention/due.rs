//! When each contact is due: worked out a page at a time and kept, so that a list of a million contacts
//! is there at once. What changes a contact is evidence about it, so the log says which to look at again.

use std::collections::BTreeSet;

use jiff::civil::Date;
use register::Register;
use store::retention::{Due, Pass};
use store::{Id, Tx};

use super::judge::{Held, action_number};
use crate::person::{LookupKind, Person};
use crate::{Act, Error, Organisation};

/// Contacts, or entries of the log, in one transaction.
const PAGE: u32 = 1000;

impl Organisation {
    /// Works out the days of some contacts: of all of them, page by page, when the register has changed,
    /// and then of those about whom there is new evidence. Returns whether more are to be done.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn work_out_retention(&self, act: &Act) -> Result<bool, Error> {
        let (this, by) = (self.clone(), act.clone());
        self.store().write(move |tx| step(tx, &this, &by))
    }

    /// Works out the days of every contact that is not up to date.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn bring_retention_up_to_date(&self, act: &Act) -> Result<(), Error> {
        self.sequence(act.at)?;
        while self.work_out_retention(act)? {}
        Ok(())
    }
}

fn step(tx: &mut Tx<'_>, this: &Organisation, act: &Act) -> Result<bool, Error> {
    let org = this.id();
    let register = match this.register(tx) {
        Err(Error::NoRegister) => return Ok(false),
        found => found?,
    };
    let known = store::retention::pass_to_change(tx, org)?;
    let mut pass = match known.filter(|pass| pass.register == register.version) {
        Some(pass) => pass,
        None => Pass {
            org,
            register: register.version,
            // What happens while all are gone through is looked at after that.
            leaf: store::evidence_entry::log_size(tx, org)?,
            reached: None,
            finished_at: None,
        },
    };
    let register = &register.register;
    let more = if pass.finished_at.is_none() {
        all(tx, this, register, &mut pass, act)?
    } else {
        changed(tx, this, register, &mut pass, act.today)?
    };
    store::retention::set_pass(tx, &pass)?;
    Ok(more)
}

/// The next page of all contacts.
fn all(
    tx: &mut Tx<'_>,
    this: &Organisation,
    register: &Register,
    pass: &mut Pass,
    act: &Act,
) -> Result<bool, Error> {
    let org = this.id();
    let page = store::facts::page(tx, org, pass.reached, PAGE)?;
    let (Some(first), Some(last)) = (page.first(), page.last()) else {
        pass.finished_at = Some(act.at);
        return Ok(true);
    };
    let range = (first.contact.id, last.contact.id);
    let mut touches = store::retention::touches(tx, org, range.0, range.1)?;
    touches.sort_by_key(|touch| touch.contact);
    let mut rows = Vec::new();
    for facts in page {
        let from = touches.partition_point(|touch| touch.contact < facts.contact.id);
        let of = touches[from..].partition_point(|touch| touch.contact == facts.contact.id);
        if facts.contact.is_present() {
            let touches = touches[from..from + of].to_vec();
            rows.extend(row(&Held { facts, touches }, org, register, act.today)?);
        }
    }
    store::retention::put(tx, org, range, &rows)?;
    pass.reached = Some(range.1);
    Ok(true)
}

/// The contacts of whom the next entries of the log speak.
fn changed(
    tx: &mut Tx<'_>,
    this: &Organisation,
    register: &Register,
    pass: &mut Pass,
    on: Date,
) -> Result<bool, Error> {
    let org = this.id();
    let entries = store::evidence_entry::list(tx, org, pass.leaf, PAGE)?;
    let Some(last) = entries.last().and_then(|entry| entry.leaf) else {
        return Ok(false);
    };
    let subjects: BTreeSet<Id> = entries.iter().filter_map(|entry| entry.subject).collect();
    let mut contacts = BTreeSet::new();
    for subject in subjects {
        let blind = this.blind(LookupKind::Pseudonym, &subject.0);
        contacts.extend(Person::ids_with(tx, this, blind)?);
    }
    for contact in contacts {
        let rows: Vec<_> = match Held::load(tx, this, contact)? {
            Some(held) => row(&held, org, register, on)?.into_iter().collect(),
            None => Vec::new(),
        };
        store::retention::put(tx, org, (contact, contact), &rows)?;
    }
    pass.leaf = last + 1;
    Ok(true)
}

/// What is kept of a contact; `None` if no rule of its data is over on a day that is known.
pub(super) fn row(
    held: &Held,
    org: Id,
    register: &Register,
    on: Date,
) -> Result<Option<Due>, Error> {
    let verdict = held.judge(register, on)?.verdict();
    if verdict.due_on.is_none() && verdict.first_on.is_none() {
        return Ok(None);
    }
    Ok(Some(Due {
        org,
        contact: held.facts.contact.id,
        due_on: verdict.due_on,
        first_on: verdict.first_on,
        action: action_number(verdict.action),
        cause: verdict.cause as i16,
        activity: verdict.activity,
        rule: verdict.rule,
        held_until: held.held_until()?,
    }))
}
