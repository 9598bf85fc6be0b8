//! Requests that move to a contact: when it is learnt who asked, and when contacts are merged; and those
//! of nobody known, when they are needed no more or the person is erased.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use evidence::Entry;
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde_json::{Map, Value, json};
use store::request::Request;
use store::{Id, Tx};
use vault::SubjectKey;

use super::content::Open;
use super::work::earlier;
use super::{Outcome, RequestKind, is_certain};
use crate::contact::Email;
use crate::lead_form::{end_key, mailbox};
use crate::log::append::{self, Kind};
use crate::mail::{self, SubjectRef};
use crate::person::Person;
use crate::state::{self, RowProof};
use crate::{Act, Error, Organisation};

/// Requests in one transaction.
const BATCH: u32 = 100;
/// Days for which a mail is kept that asked for nothing, so that it can be looked at again.
const DISCARDED_DAYS: i32 = 30;
/// Years for which a closed request of nobody known is kept: so long an administrative fine or a claim
/// can turn on it (OWiG § 31(2) Nr. 1, BGB §§ 195 and 199), counted from the end of the year.
const YEARS: i16 = 3;

impl Organisation {
    /// Deletes requests of nobody known that were closed long ago, and mails that were discarded a month
    /// ago, with their keys and mail. Returns how many.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn tidy_requests(&self, act: &Act) -> Result<usize, Error> {
        let first = Date::new(act.today.year(), 1, 1).unwrap_or(act.today);
        let before = first.saturating_sub(YEARS.years());
        let mut gone = 0;
        loop {
            let (this, by) = (self.clone(), act.clone());
            let removed = self.store().write(move |tx| -> Result<_, Error> {
                let mut rows = store::request::unknown_closed_before(tx, this.id(), before, BATCH)?;
                if rows.is_empty() {
                    let (org, outcome) = (this.id(), Outcome::Discarded as i16);
                    let before = by.today.saturating_sub(DISCARDED_DAYS.days());
                    rows = store::request::unknown_ended_before(tx, org, outcome, before, BATCH)?;
                }
                for row in &rows {
                    remove(tx, &this, row, "kept_no_longer", &by)?;
                }
                Ok(rows.len())
            })?;
            if removed == 0 {
                return Ok(gone);
            }
            gone += removed;
        }
    }
}

/// Deletes a request of nobody known with all that hangs on it. The entry says nothing of the person.
fn remove(
    tx: &mut Tx<'_>,
    this: &Organisation,
    row: &Request,
    reason: &str,
    act: &Act,
) -> Result<(), Error> {
    let what = Map::from_iter([("reason".to_owned(), json!(reason))]);
    let kind = Kind::RequestRemoved;
    match Person::key(tx, this, row.id)? {
        // Named by what stands for it in the log, so that `verify` knows why its key is gone.
        Some(key) => append::clear_about(tx, this, act, kind, &key, what)?,
        None => append::clear(tx, this, act, kind, Value::Object(what))?,
    };
    store::message::remove_of(tx, this.id(), row.id)?;
    Ok(store::request::remove_unknown(tx, row)?)
}

/// Deletes what nobody known asked where its key is gone already.
pub(crate) fn remove_without_key(this: &Organisation, act: &Act) -> Result<(), Error> {
    let mut after = None;
    loop {
        let (here, by) = (this.clone(), act.clone());
        after = this.store().write(move |tx| -> Result<_, Error> {
            let page = store::request::list(tx, here.id(), after, BATCH)?;
            for row in page.iter().filter(|row| row.contact.is_none()) {
                if store::key::get(tx, here.id(), row.id)?.is_none() {
                    remove(tx, &here, row, "key_is_gone", &by)?;
                }
            }
            Ok(page.last().map(|last| last.id))
        })?;
        if after.is_none() {
            return Ok(());
        }
    }
}

/// Deletes what nobody known asked from the addresses of somebody who is erased.
pub(crate) fn remove_of_addresses(
    tx: &mut Tx<'_>,
    this: &Organisation,
    email: &Email,
    act: &Act,
) -> Result<(), Error> {
    for row in store::request::of_address(tx, this.id(), &mailbox(this, email))? {
        if row.contact.is_none() {
            remove(tx, this, &row, "erased", act)?;
        }
    }
    Ok(())
}

/// The day on which a contact asked for the erasure that still waits, if one does.
pub(crate) fn erasure_asked_on(
    tx: &mut Tx<'_>,
    this: &Organisation,
    contact: Id,
) -> Result<Option<Date>, Error> {
    let rows = store::request::of_contact(tx, this.id(), contact)?;
    let waits = rows
        .iter()
        .filter(|row| row.kind == RequestKind::Erasure as i16 && row.answered_on.is_none());
    Ok(waits.map(|row| row.asked_on).min())
}

/// Ties a request of nobody known to a contact, under whose key it is from now on.
pub(super) fn tie(
    tx: &mut Tx<'_>,
    this: &Organisation,
    mut open: Open,
    person: Person,
    act: &Act,
) -> Result<Id, Error> {
    let (own, own_id) = (open.key.clone(), open.row.id);
    let rows = store::request::of_contact(tx, this.id(), person.row.id)?;
    // What is not certain to come from the person joins nothing, and nothing joins it.
    let same = |row: &Request| {
        row.kind == open.row.kind
            && row.answered_on.is_none()
            && is_certain(row)
            && is_certain(&open.row)
    };
    let twin = rows.into_iter().find(same);
    let sent = SubjectRef {
        id: own_id,
        key: &own,
    };
    let mut rows = mail::move_all(tx, this, &person, &sent, act)?;
    open.row.contact = Some(person.row.id);
    open.key = person.key.clone();
    open.seal(this)?;
    let mut goes_on = own_id;
    if let Some(twin) = twin {
        let mut kept = Open::with(tx, this, twin, Some(person))?;
        join(this, &mut kept, &mut open, act)?;
        goes_on = kept.row.id;
        store::request::update(tx, &open.row)?;
        rows.push(state::request(&open.row));
        let entry = prove(tx, this, (&mut kept, rows), &own, act)?;
        open.row.entry_seq = entry;
        store::request::update(tx, &kept.row)?;
    } else {
        prove(tx, this, (&mut open, rows), &own, act)?;
    }
    store::request::update(tx, &open.row)?;
    end_key(tx, this, own_id, "tied", act)?;
    Ok(goes_on)
}

/// Proves rows that moved, with the keys of the entries that were sealed under the request's own.
fn prove(
    tx: &mut Tx<'_>,
    this: &Organisation,
    (open, mut rows): (&mut Open, Vec<RowProof>),
    own: &SubjectKey,
    act: &Act,
) -> Result<i64, Error> {
    let mut earlier: Vec<Value> = Vec::new();
    for row in store::evidence_entry::of_subject(tx, this.id(), Id(own.pseudonym()))? {
        let entry = Entry::from_bytes(&row.bytes)?;
        let key = own.entry_key(&entry.header().nonce);
        earlier.push(json!({ "entry": row.seq, "key": BASE64_STANDARD.encode(key.expose()) }));
    }
    rows.push(state::request(&open.row));
    let what = json!({ "rows": rows, "earlier": earlier });
    open.prove(tx, this, Kind::RequestTied, what, act)
}

/// Puts what `other` asked into `kept`, and closes `other`.
fn join(this: &Organisation, kept: &mut Open, other: &mut Open, act: &Act) -> Result<(), Error> {
    for said in &other.content.said {
        if !kept.content.said.contains(said) {
            kept.content.said.push(said.clone());
        }
    }
    kept.content.said.sort_by_key(|said| said.on);
    earlier(&mut kept.row, &other.row);
    kept.seal(this)?;
    other.row.token = None;
    other.row.answered_on = Some(act.today);
    other.row.outcome = Some(Outcome::Joined as i16);
    Ok(())
}

/// Moves the requests of a contact that is merged, sealed anew. Two open ones of a kind are joined. The
/// caller proves and writes the rows that are returned.
pub(crate) fn move_all(
    tx: &mut Tx<'_>,
    this: &Organisation,
    kept: &Person,
    other: &Person,
    act: &Act,
) -> Result<Vec<Request>, Error> {
    let mine = store::request::of_contact(tx, this.id(), kept.row.id)?;
    let mut rows = Vec::new();
    for row in store::request::of_contact(tx, this.id(), other.row.id)? {
        let mut open = Open::with(tx, this, row, Some(other.clone()))?;
        let is_twin = |row: &&Request| {
            row.kind == open.row.kind
                && [*row, &open.row]
                    .iter()
                    .all(|one| one.answered_on.is_none() && is_certain(one))
        };
        let twin = mine.iter().find(is_twin).cloned();
        open.row.contact = Some(kept.row.id);
        open.key = kept.key.clone();
        if open.row.sealed.is_some() {
            open.seal(this)?;
        }
        if let Some(twin) = twin {
            let mut twin = Open::with(tx, this, twin, Some(kept.clone()))?;
            join(this, &mut twin, &mut open, act)?;
            rows.push(twin.row);
        }
        rows.push(open.row);
    }
    Ok(rows)
}
