//! Calls to contacts: who may be called and why, what the gate said before each call, and what came
//! of it (UWG § 7(2) Nr. 1).

mod make;
mod opening;
mod sheet;

use jiff::Timestamp;
use serde::Serialize;
use store::Tx;

pub use opening::Opening;
pub use sheet::{CallLine, CallSheet, CallsFor};

use crate::person::Person;
use crate::state::{self, RowProof};
use crate::{Error, Organisation};

/// What came of a call. The numbers are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[repr(i16)]
pub enum CallOutcome {
    /// Somebody was reached.
    Reached = 1,
    /// Nobody was.
    NotReached = 2,
    /// The number is not the person's.
    WrongNumber = 3,
    /// The person does not want to be called any more; recorded as an objection to calls.
    NoMoreCalls = 4,
    /// The person does not want any advertising; recorded as an objection to all of it.
    NoMoreAdvertising = 5,
}

impl CallOutcome {
    /// Every outcome.
    pub const ALL: [Self; 5] = [
        Self::Reached,
        Self::NotReached,
        Self::WrongNumber,
        Self::NoMoreCalls,
        Self::NoMoreAdvertising,
    ];

    /// Its name in forms and evidence.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::NotReached => "not_reached",
            Self::WrongNumber => "wrong_number",
            Self::NoMoreCalls => "no_more_calls",
            Self::NoMoreAdvertising => "no_more_advertising",
        }
    }

    /// The outcome of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.name() == name)
    }

    fn stored(number: i16) -> Result<Self, Error> {
        let found = Self::ALL.into_iter().find(|one| *one as i16 == number);
        found.ok_or(Error::Stored("outcome of a call"))
    }
}

/// A call that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CallMade {
    /// Its identifier.
    pub id: String,
    /// The activity that it was for.
    pub activity: String,
    /// When it was begun.
    pub at: Timestamp,
    /// Which account called.
    pub by: String,
    /// What came of it, once that is written down.
    pub outcome: Option<CallOutcome>,
    /// The evidence entry that says what the gate said before it.
    pub entry: i64,
}

impl CallMade {
    fn of(row: store::call::Call) -> Result<Self, Error> {
        Ok(Self {
            id: row.id.to_string(),
            activity: row.activity,
            at: row.called_at,
            by: row.called_by,
            outcome: row.outcome.map(CallOutcome::stored).transpose()?,
            entry: row.entry_seq,
        })
    }
}

/// The circumstances that were noted last for the activity, in the words of who noted them.
fn circumstance(
    facts: &store::facts::Facts,
    person: &Person,
    activity: &str,
) -> Result<Option<String>, Error> {
    let noted = facts.circumstances.iter();
    let noted = noted.filter(|row| row.purpose == activity);
    let newest = noted.max_by_key(|row| row.noted_on);
    newest
        .map(|row| crate::person::open_text(&person.key, row.id, &row.sealed))
        .transpose()
}

/// Moves the calls to one contact to another, being the same person; returns what proves them.
pub(crate) fn move_all(
    tx: &mut Tx<'_>,
    this: &Organisation,
    from: store::Id,
    to: store::Id,
) -> Result<Vec<RowProof>, Error> {
    let mut proofs = Vec::new();
    for mut row in store::call::of_contact(tx, this.id(), from)? {
        row.contact = to;
        store::call::update(tx, &row)?;
        proofs.push(state::call(&row));
    }
    Ok(proofs)
}
