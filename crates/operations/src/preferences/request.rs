//! What a person asks for: access to their data, or that they are erased.

use jiff::civil::Date;
use law::gdpr::art12;
use law::holidays::Calendar;
use serde_json::json;
use store::Id;

use crate::installation::new_id;
use crate::log::append::{self, Kind};
use crate::person::Person;
use crate::{Act, Error, Organisation, browse, state};

/// What is asked for. The numbers are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i16)]
pub enum RequestKind {
    /// Access (GDPR Art. 15).
    Access = 1,
    /// Erasure (Art. 17).
    Erasure = 2,
}

impl RequestKind {
    /// Its name in evidence entries.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Erasure => "erasure",
        }
    }

    /// The kind with this name.
    pub fn named(name: &str) -> Option<Self> {
        let mut all = [Self::Access, Self::Erasure].into_iter();
        all.find(|kind| kind.name() == name)
    }

    fn stored(number: i16) -> Result<Self, Error> {
        let mut all = [Self::Access, Self::Erasure].into_iter();
        all.find(|kind| *kind as i16 == number)
            .ok_or(Error::Stored("request"))
    }
}

/// A request that waits for an answer.
#[derive(Clone, Debug)]
pub struct RequestLine {
    /// Names it.
    pub id: Id,
    /// The contact.
    pub contact: Id,
    /// The contact's name, or the company's.
    pub name: Option<String>,
    /// What is asked for.
    pub kind: RequestKind,
    /// When it came.
    pub asked_on: Date,
    /// The last day for the answer (GDPR Art. 12(3)).
    pub due_on: Date,
}

impl Organisation {
    /// Takes a request of a person. Returns the last day for the answer; a request of the same kind
    /// that still waits is the same one.
    ///
    /// # Errors
    /// When the contact is not there.
    pub fn take_request(&self, contact: Id, kind: RequestKind, act: &Act) -> Result<Date, Error> {
        let calendar = Calendar::at(self.country(), self.land());
        let due_on = art12::due(act.today, calendar.unwrap_or(Calendar::WEEKENDS_ONLY));
        let (this, act) = (self.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let person = Person::load_to_change(tx, &this, contact)?;
            let contact = person.row.id;
            let rows = store::request::of_contact(tx, this.id(), contact)?;
            let waits = rows
                .iter()
                .find(|row| row.kind == kind as i16 && row.answered_on.is_none());
            if let Some(row) = waits {
                return Ok(row.due_on);
            }
            let mut row = store::request::Request {
                org: this.id(),
                id: new_id(act.at)?,
                contact,
                kind: kind as i16,
                asked_on: act.today,
                due_on,
                answered_on: None,
                entry_seq: 0,
            };
            let what = json!({
                "rows": [state::request(&row)],
                "request": kind.name(),
                "asked_on": act.today,
                "due_on": due_on,
            });
            row.entry_seq =
                append::sealed(tx, &this, &act, Kind::RequestReceived, &person.key, &what)?;
            store::request::insert(tx, &row)?;
            Ok(due_on)
        })
    }

    /// The requests that wait for an answer, the most urgent first; the first `limit`.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn open_requests(&self, limit: u32) -> Result<Vec<RequestLine>, Error> {
        self.store().read(|tx| {
            let mut lines = Vec::new();
            for row in store::request::open(tx, self.id(), limit)? {
                let person = Person::load(tx, self, row.contact)?;
                let line = browse::line(self, &person, &person.fields(self)?)?;
                lines.push(RequestLine {
                    id: row.id,
                    contact: person.row.id,
                    name: line.name.or(line.company),
                    kind: RequestKind::stored(row.kind)?,
                    asked_on: row.asked_on,
                    due_on: row.due_on,
                });
            }
            Ok(lines)
        })
    }

    /// Notes that a request was answered. Returns the number of the evidence entry; `None` if it was
    /// noted before, or the person was erased.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn request_answered(&self, request: Id, act: &Act) -> Result<Option<i64>, Error> {
        let (this, act) = (self.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let found = store::request::get_to_change(tx, this.id(), request)?;
            let Some(mut row) = found.filter(|row| row.answered_on.is_none()) else {
                return Ok(None);
            };
            let person = Person::load_to_change(tx, &this, row.contact)?;
            row.answered_on = Some(act.today);
            let kind = RequestKind::stored(row.kind)?;
            let what = json!({
                "rows": [state::request(&row)],
                "request": kind.name(),
                "asked_on": row.asked_on,
            });
            row.entry_seq =
                append::sealed(tx, &this, &act, Kind::RequestAnswered, &person.key, &what)?;
            store::request::update(tx, &row)?;
            Ok(Some(row.entry_seq))
        })
    }
}
