//! Legal holds, erasures that wait for them and who releases runs: what the journal says of them, and
//! how a restore applies it again. Of a hold the journal has the provision and the end, never the reason.

use jiff::civil::Date;
use serde::Deserialize;
use serde_json::json;
use store::hold::Hold;
use store::{Id, Tx};

use evidence::Entry;

use super::noted::{Noted, opened, proven, subject};
use super::reapply::there;
use crate::installation::new_id;
use crate::log::append::{self, Kind};
use crate::person::Person;
use crate::retention::{Kept, floor, hold};
use crate::state::{self, Proved, RowProof, Table};
use crate::{Act, Error, Organisation};

/// Why a hold is set again; the reason that was given then is with the lost entry.
const AGAIN: &str = "set after the backup that was restored";

/// An erasure that still waits.
pub(super) fn waiting(
    tx: &mut Tx<'_>,
    this: &Organisation,
    entry: &Entry,
) -> Result<Option<Noted>, Error> {
    let contacts = concerned(tx, this, entry)?;
    for contact in &contacts {
        let erasure = store::erasure::get(tx, this.id(), *contact)?;
        if let Some(erasure) = erasure.filter(|erasure| erasure.done_at.is_none()) {
            return Ok(Some(Noted::Waits {
                contacts: names(&contacts),
                requested_on: erasure.requested_on,
            }));
        }
    }
    Ok(None)
}

/// A hold that still stands.
pub(super) fn held(
    tx: &mut Tx<'_>,
    this: &Organisation,
    entry: &Entry,
) -> Result<Option<Noted>, Error> {
    let Some((Table::Hold, id)) = proven(tx, this, entry)? else {
        return Ok(None);
    };
    let contacts = concerned(tx, this, entry)?;
    for contact in &contacts {
        let holds = store::hold::of_contact(tx, this.id(), *contact)?;
        if let Some(row) = holds.into_iter().find(|row| row.id == id) {
            return Ok(Some(Noted::Held(HoldNoted {
                contacts: names(&contacts),
                hold: id.to_string(),
                provision: row.provision,
                ends_on: row.ends_on,
            })));
        }
    }
    Ok(None)
}

/// A hold that was lifted before its end.
pub(super) fn lifted(
    tx: &mut Tx<'_>,
    this: &Organisation,
    entry: &Entry,
) -> Result<Option<Noted>, Error> {
    #[derive(Deserialize)]
    struct Lifted {
        gone: Vec<RowProof>,
        provision: String,
        until: Date,
    }
    let Some(said) = opened::<Lifted>(tx, this, entry)? else {
        return Ok(None);
    };
    let contacts = concerned(tx, this, entry)?;
    let gone = said.gone.into_iter().next();
    Ok(gone.map(|gone| {
        Noted::Lifted(HoldNoted {
            contacts: names(&contacts),
            hold: gone.id,
            provision: said.provision,
            ends_on: said.until,
        })
    }))
}

/// A hold, without its reason: the journal is kept for good and names nobody.
#[derive(Clone, Debug, serde::Serialize, Deserialize)]
pub(super) struct HoldNoted {
    /// Whose it was, and the contact into which that one was merged meanwhile.
    pub(super) contacts: Vec<String>,
    pub(super) hold: String,
    pub(super) provision: String,
    pub(super) ends_on: Date,
}

impl HoldNoted {
    /// Whether a row is this hold, or was set again for it.
    fn is(&self, row: &Hold) -> bool {
        row.id.to_string() == self.hold
            || (row.reason == AGAIN
                && row.provision == self.provision
                && row.ends_on == self.ends_on)
    }
}

/// Sets a hold again where it is missing; returns how many were set.
pub(super) fn set_again(
    tx: &mut Tx<'_>,
    this: &Organisation,
    noted: &HoldNoted,
    act: &Act,
) -> Result<u64, Error> {
    let mut set = 0;
    for contact in there(tx, this, &noted.contacts)? {
        let holds = store::hold::of_contact(tx, this.id(), contact)?;
        if holds.iter().any(|row| noted.is(row)) {
            continue;
        }
        let person = Person::load_to_change(tx, this, contact)?;
        let first = noted.hold.parse().map_err(|_| Error::Stored("journal"))?;
        let is_taken = store::hold::get_to_change(tx, this.id(), first)?.is_some();
        let row = Hold {
            org: this.id(),
            id: if is_taken { new_id(act.at)? } else { first },
            contact: person.row.id,
            provision: noted.provision.clone(),
            reason: AGAIN.to_owned(),
            ends_on: noted.ends_on,
        };
        let proved = Proved {
            row: state::hold(&row),
            what: json!({
                "provision": row.provision,
                "reason": row.reason,
                "until": row.ends_on,
                "reapplied": true,
            }),
        };
        store::hold::insert(tx, &[row])?;
        append::sealed(tx, this, act, Kind::HoldSet, &person.key, &proved)?;
        set += 1;
    }
    Ok(set)
}

/// Lifts a hold again; returns how many were lifted.
pub(super) fn lift_again(
    tx: &mut Tx<'_>,
    this: &Organisation,
    noted: &HoldNoted,
    act: &Act,
) -> Result<u64, Error> {
    let mut lifted = 0;
    for contact in there(tx, this, &noted.contacts)? {
        let person = Person::load_to_change(tx, this, contact)?;
        let holds = store::hold::of_contact(tx, this.id(), person.row.id)?;
        for row in holds.iter().filter(|row| noted.is(row)) {
            store::hold::remove(tx, row)?;
            let what = json!({
                "gone": [state::hold(row)],
                "provision": row.provision,
                "until": row.ends_on,
                "reapplied": true,
            });
            append::sealed(tx, this, act, Kind::HoldLifted, &person.key, &what)?;
            lifted += 1;
        }
    }
    Ok(lifted)
}

/// Lets an erasure wait again, with the restriction that goes with it; returns how many wait. One whose
/// hold is over is done by the next round of the server.
pub(super) fn wait_again(
    tx: &mut Tx<'_>,
    this: &Organisation,
    (contacts, requested_on): (&[String], Date),
    act: &Act,
) -> Result<u64, Error> {
    let mut waiting = 0;
    for contact in there(tx, this, contacts)? {
        if store::erasure::get(tx, this.id(), contact)?.is_some() {
            continue;
        }
        let person = Person::load_to_change(tx, this, contact)?;
        let kept = floor::kept(tx, this, person.row.id, act.today)?;
        let kept = kept.unwrap_or(Kept {
            until: requested_on,
            provisions: Vec::new(),
        });
        let by = Act {
            today: requested_on,
            ..act.clone()
        };
        hold::wait(tx, this, person, kept, &by)?;
        waiting += 1;
    }
    Ok(waiting)
}

/// The contact whom an entry is about, and the one into which it was merged.
fn concerned(tx: &mut Tx<'_>, this: &Organisation, entry: &Entry) -> Result<Vec<Id>, Error> {
    let Some(who) = subject(tx, this, entry)? else {
        return Ok(Vec::new());
    };
    let row = store::contact::get(tx, this.id(), who)?;
    let merged = row.and_then(|row| row.merged_into);
    Ok([Some(who), merged].into_iter().flatten().collect())
}

fn names(contacts: &[Id]) -> Vec<String> {
    contacts.iter().map(ToString::to_string).collect()
}
