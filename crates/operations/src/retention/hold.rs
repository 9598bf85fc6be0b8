//! Legal holds: data that must be kept although they are due (GDPR Art. 17(3)(b), (e)). Each has a
//! provision, a reason and an end; until then an erasure restricts the data and waits (Art. 18).

use jiff::civil::Date;
use serde_json::{Map, json};
use store::erasure::Erasure;
use store::hold::Hold;
use store::{Id, Tx};

use super::RetentionFault;
use super::floor::{self, Kept};
use crate::erase::{self, Erased};
use crate::installation::new_id;
use crate::log::append::{self, Kind};
use crate::person::{ContactRef, Person};
use crate::recipients::{self, About, Told};
use crate::state::{self, Proved};
use crate::{Act, Error, Organisation};

/// Longest provision and longest reason, in characters.
const LONGEST: usize = 500;

/// A hold that is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewHold {
    /// The provision that asks for it.
    pub provision: String,
    /// Why it applies; no personal data.
    pub reason: String,
    /// The last day.
    pub ends_on: Date,
}

impl Organisation {
    /// Sets a hold on a contact's data. Returns the number of the evidence entry.
    ///
    /// # Errors
    /// When the contact is unknown, a text is missing or too long, or the end lies in the past.
    pub fn set_hold(&self, contact: &ContactRef, new: &NewHold, act: &Act) -> Result<i64, Error> {
        let (provision, reason) = (new.provision.trim(), new.reason.trim());
        if !fits(provision) || !fits(reason) {
            return Err(RetentionFault::HoldText.into());
        }
        if new.ends_on < act.today {
            return Err(RetentionFault::HoldOver.into());
        }
        let (provision, reason) = (provision.to_owned(), reason.to_owned());
        let (this, contact, by) = (self.clone(), contact.clone(), act.clone());
        let ends_on = new.ends_on;
        self.store().write(move |tx| {
            let person = Person::find_to_change(tx, &this, &contact)?;
            let row = Hold {
                org: this.id(),
                id: new_id(by.at)?,
                contact: person.row.id,
                provision,
                reason,
                ends_on,
            };
            let proved = Proved {
                row: state::hold(&row),
                what: json!({ "provision": row.provision, "reason": row.reason, "until": row.ends_on }),
            };
            store::hold::insert(tx, &[row])?;
            append::sealed(tx, &this, &by, Kind::HoldSet, &person.key, &proved)
        })
    }

    /// Lifts a hold before its end, for a reason that holds no personal data. If an erasure waits for it,
    /// that is carried out soon. Returns the number of the evidence entry.
    ///
    /// # Errors
    /// When contact or hold are unknown, or the reason is missing or too long.
    pub fn lift_hold(
        &self,
        contact: &ContactRef,
        hold: Id,
        reason: &str,
        act: &Act,
    ) -> Result<i64, Error> {
        let reason = reason.trim().to_owned();
        if !fits(&reason) {
            return Err(RetentionFault::LiftText.into());
        }
        let (this, contact, by) = (self.clone(), contact.clone(), act.clone());
        self.store().write(move |tx| {
            let person = Person::find_to_change(tx, &this, &contact)?;
            let row = store::hold::get_to_change(tx, this.id(), hold)?
                .filter(|row| row.contact == person.row.id)
                .ok_or(RetentionFault::UnknownHold)?;
            store::hold::remove(tx, &row)?;
            let what = json!({
                "gone": [state::hold(&row)],
                "provision": row.provision,
                "until": row.ends_on,
                "reason": reason,
                "erasure_waits": waits_since(tx, &this, person.row.id)?.is_some(),
            });
            append::sealed(tx, &this, &by, Kind::HoldLifted, &person.key, &what)
        })
    }

    /// Carries out the erasures that waited for holds and proofs which are over now. Returns how many.
    ///
    /// # Errors
    /// When one of them failed; the others are done all the same.
    pub fn resume_erasures(&self, act: &Act) -> Result<usize, Error> {
        let waiting = self
            .store()
            .read(|tx| store::erasure::waiting(tx, self.id()))?;
        let (mut done, mut failed) = (0, None);
        for entry in waiting {
            let (this, by) = (self.clone(), act.clone());
            let resumed = self.store().write(move |tx| resume(tx, &this, &entry, &by));
            match resumed {
                Ok(resumed) => done += usize::from(resumed),
                Err(error) => failed = failed.or(Some(error)),
            }
        }
        if done > 0 {
            self.sequence(act.at)?;
        }
        failed.map_or(Ok(done), Err)
    }
}

fn fits(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= LONGEST
}

fn resume(
    tx: &mut Tx<'_>,
    this: &Organisation,
    waiting: &Erasure,
    act: &Act,
) -> Result<bool, Error> {
    let person = match Person::load_to_change(tx, this, waiting.contact) {
        Err(Error::Erased) => return Ok(false),
        found => found?,
    };
    if floor::kept(tx, this, person.row.id, act.today)?.is_some() {
        return Ok(false);
    }
    // What was in force on the day of the request says why the person had to wait.
    let waited = floor::kept(tx, this, person.row.id, waiting.requested_on)?;
    let more = waited.map(|kept| {
        let what = json!({ "provisions": kept.provisions, "until": kept.until });
        ("waited".to_owned(), what)
    });
    let request = (waiting.requested_on, Map::from_iter(more));
    erase::on_request(tx, this, &person, request, act)?;
    Ok(true)
}

/// Since when an erasure of a contact, or of one that was merged into it, waits.
pub(crate) fn waits_since(
    tx: &mut Tx<'_>,
    this: &Organisation,
    contact: Id,
) -> Result<Option<Date>, Error> {
    let merged = store::contact::merged_into(tx, this.id(), contact)?;
    let ids = merged.into_iter().map(|row| row.id);
    let mut since: Option<Date> = None;
    for id in ids.chain([contact]) {
        let waiting = store::erasure::get(tx, this.id(), id)?;
        if let Some(waiting) = waiting.filter(|waiting| waiting.done_at.is_none()) {
            let day = waiting.requested_on;
            since = Some(since.map_or(day, |known| known.min(day)));
        }
    }
    Ok(since)
}

/// Ends codes and links that are on their way: who asked for erasure confirms nothing any more.
fn end_visits(tx: &mut Tx<'_>, this: &Organisation, contact: Id) -> Result<(), Error> {
    let merged = store::contact::merged_into(tx, this.id(), contact)?;
    for id in merged.into_iter().map(|row| row.id).chain([contact]) {
        for code in store::sms_code::of_contact(tx, this.id(), id)? {
            store::sms_code::remove(tx, this.id(), code.id)?;
        }
        store::own_link::remove_of_contact(tx, this.id(), id)?;
    }
    Ok(())
}

/// An erasure that was asked for while something keeps the data: they are restricted to what that is for,
/// the addresses are suppressed, and the journal says that the erasure waits.
pub(crate) fn wait(
    tx: &mut Tx<'_>,
    this: &Organisation,
    mut person: Person,
    kept: Kept,
    act: &Act,
) -> Result<Erased, Error> {
    let proofs = erase::suppress_for_good(tx, this, &person, act.today)?;
    if !proofs.is_empty() {
        let what = json!({ "suppressed": proofs });
        append::clear(tx, this, act, Kind::AddressSuppressed, what)?;
    }
    end_visits(tx, this, person.row.id)?;
    let was_restricted = person.row.restricted_at.is_some();
    if !was_restricted {
        person.row.restricted_at = Some(act.at);
        person.row.changed_at = act.at;
        store::contact::update(tx, &person.row)?;
    }
    let mut waiting = Erasure {
        org: this.id(),
        contact: person.row.id,
        requested_on: act.today,
        done_at: None,
        entry_seq: 0,
    };
    let known = store::erasure::get(tx, this.id(), person.row.id)?;
    if let Some(known) = known {
        waiting.requested_on = known.requested_on;
    }
    let what = json!({
        "rows": [state::contact(&person.row), state::waiting_erasure(&waiting)],
        "requested_on": waiting.requested_on,
        "until": kept.until,
        "provisions": kept.provisions,
    });
    waiting.entry_seq = append::sealed(tx, this, act, Kind::ErasureWaits, &person.key, &what)?;
    store::erasure::journal(tx, &waiting)?;
    if !was_restricted {
        let told = Told {
            about: About::Restricted,
            fields: &person.fields(this)?,
            now: None,
            cause: waiting.entry_seq,
        };
        recipients::tell(tx, this, &person, &told, act)?;
    }
    Ok(Erased {
        entry: waiting.entry_seq,
        contact: person.row.id,
        suppressed: proofs.len(),
        waits_until: Some(kept.until),
        waits_for: kept.provisions,
    })
}
