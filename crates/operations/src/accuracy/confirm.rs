//! The person says that the data are right.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::json;
use store::{Id, Tx};

use super::{known, proof};
use crate::log::append::{self, Kind};
use crate::person::Person;
use crate::state::Proved;
use crate::{Act, Error, Organisation};

impl Organisation {
    /// Writes down that the person says that the data are right, as they were at `seen`, the last change
    /// that the person saw. Returns the number of the evidence entry.
    ///
    /// # Errors
    /// [`Error::ContactConflict`] when something was changed meanwhile.
    pub fn confirm_own_data(&self, contact: Id, seen: Timestamp, act: &Act) -> Result<i64, Error> {
        let (this, act) = (self.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let person = Person::load_to_change(tx, &this, contact)?;
            if person.row.changed_at.as_millisecond() != seen.as_millisecond() {
                return Err(Error::ContactConflict);
            }
            confirm(tx, &this, &person, "as_it_is", &act)
        })
    }

    /// The day on which the person last said that the data are right.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn confirmed_on(&self, contact: Id) -> Result<Option<Date>, Error> {
        let row = self
            .store()
            .read(|tx| store::accuracy::get(tx, self.id(), contact))?;
        let at = row.and_then(|row| row.confirmed_at);
        Ok(at.map(|at| TimeZone::UTC.to_datetime(at).date()))
    }
}

/// Writes down that the person confirmed the data; `how` says whether as they are or by a correction.
pub(crate) fn confirm(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    how: &str,
    act: &Act,
) -> Result<i64, Error> {
    let mut row = known(tx, this, person)?;
    row.confirmed_at = Some(act.at);
    store::accuracy::put(tx, &row)?;
    let proved = Proved {
        row: proof(&row),
        what: json!({ "confirmed": how }),
    };
    append::sealed(tx, this, act, Kind::AccuracyConfirmed, &person.key, &proved)
}
