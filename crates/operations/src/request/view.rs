//! Requests as people see them: the board by deadline, and one with its history.

use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan as _};
use law::Lang;
use serde_json::{Map, Value};
use store::request::Request;
use store::{Id, Tx};

use super::content::{Open, Said};
use super::done::is_done;
use super::letter::about;
use super::sort::is_unsorted;
use super::{Identity, Intake, Outcome, RequestFault, RequestKind, last_day, may_extend_until};
use crate::access::AccountId;
use crate::log::append::Kind;
use crate::{Error, Organisation, browse, history};

/// Characters of a mail on the board.
const PREVIEW: usize = 200;

/// A request on the board.
#[derive(Clone, Debug)]
pub struct RequestLine {
    /// Names it.
    pub id: Id,
    /// The contact; `None` as long as it is not known who asks.
    pub contact: Option<Id>,
    /// The contact's name, or the company's; of somebody unknown the name or address that they gave.
    pub name: Option<String>,
    /// What is asked for.
    pub kind: RequestKind,
    /// When it came.
    pub asked_on: Date,
    /// The last day for the answer (GDPR Art. 12(3)), an extension included.
    pub due_on: Date,
    /// Whether the period was extended.
    pub extended: bool,
    /// By which way it came.
    pub intake: Intake,
    /// Whether it is known that the person asks.
    pub identity: Identity,
    /// Who works on it.
    pub assigned_to: Option<AccountId>,
    /// When it was closed.
    pub answered_on: Option<Date>,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// How a mail begins that nobody has sorted yet.
    pub preview: Option<String>,
}

/// Open requests by deadline, and those that were closed last.
#[derive(Clone, Debug, Default)]
pub struct Board {
    /// Mails of which nobody has said yet whether they are requests, the most urgent first.
    pub unsorted: Vec<RequestLine>,
    /// The last day is over.
    pub overdue: Vec<RequestLine>,
    /// Due until Sunday.
    pub this_week: Vec<RequestLine>,
    /// Due later.
    pub later: Vec<RequestLine>,
    /// Closed ones, the newest first.
    pub closed: Vec<RequestLine>,
}

/// Something that happened with a request.
#[derive(Clone, Debug)]
pub struct RequestEvent {
    /// Number of the evidence entry.
    pub entry: i64,
    /// When.
    pub at: Timestamp,
    /// Who, as evidence names accounts.
    pub by: String,
    /// What, by the name of the entry's kind.
    pub kind: String,
    /// The reasons, if the entry has any.
    pub reason: Option<String>,
}

/// One request.
#[derive(Clone, Debug)]
pub struct RequestView {
    /// As on the board.
    pub line: RequestLine,
    /// The state that is looked at; whoever acts brings it back.
    pub seen: i64,
    /// What the person wrote.
    pub said: Vec<Said>,
    /// Where letters go; `None` if no address is known.
    pub address: Option<String>,
    /// The language of the letters.
    pub lang: Lang,
    /// The last day of the first month.
    pub first_due_on: Date,
    /// Until when the period can still be extended.
    pub may_extend_until: Option<Date>,
    /// Whether what is asked for was done; `None` where the records can't tell.
    pub done: Option<bool>,
    /// Other requests of the same person that are open, or were closed within a year.
    pub others: Vec<RequestLine>,
    /// What happened, the newest first.
    pub events: Vec<RequestEvent>,
}

impl Organisation {
    /// The requests that wait for an answer, the most urgent first; the first `limit`.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn open_requests(&self, limit: u32) -> Result<Vec<RequestLine>, Error> {
        self.store().read(|tx| {
            let rows = store::request::open(tx, self.id(), limit)?;
            lines(tx, self, rows)
        })
    }

    /// The board of requests on the day `today`; at most `limit` open ones, and a tenth as many closed.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn requests_board(&self, today: Date, limit: u32) -> Result<Board, Error> {
        let mut board = Board::default();
        let sunday = sunday(today);
        for line in self.open_requests(limit)? {
            if line.kind == RequestKind::Unsorted {
                board.unsorted.push(line);
            } else if line.due_on < today {
                board.overdue.push(line);
            } else if line.due_on <= sunday {
                board.this_week.push(line);
            } else {
                board.later.push(line);
            }
        }
        board.closed = self.store().read(|tx| {
            let rows = store::request::closed(tx, self.id(), limit / 10)?;
            lines(tx, self, rows)
        })?;
        Ok(board)
    }

    /// One request, with its history.
    ///
    /// # Errors
    /// [`RequestFault::Unknown`] if it is not there.
    pub fn request_view(&self, request: Id, today: Date) -> Result<RequestView, Error> {
        self.store().read(|tx| {
            let row = store::request::get(tx, self.id(), request)?;
            let open = Open::read(tx, self, row.ok_or(RequestFault::Unknown)?)?;
            let row = &open.row;
            let same = match (row.contact, &row.address) {
                (Some(contact), _) => store::request::of_contact(tx, self.id(), contact)?,
                (None, Some(address)) => store::request::of_address(tx, self.id(), address)?,
                (None, None) => Vec::new(),
            };
            let since = today.saturating_sub(1.year());
            let recent = |other: &Request| {
                other.id != row.id
                    && other.contact == row.contact
                    && other.answered_on.is_none_or(|closed| closed >= since)
            };
            let others = same.into_iter().filter(recent).collect();
            Ok(RequestView {
                line: line(tx, self, &open)?,
                seen: row.entry_seq,
                said: open.content.said.clone(),
                address: open.address(self)?,
                lang: open.content.lang(),
                first_due_on: row.due_on,
                done: is_done(tx, self, &open, today)?,
                may_extend_until: may_extend_until(self, row, today),
                others: lines(tx, self, others)?,
                events: events(tx, self, &open)?,
            })
        })
    }

    /// How many requests are overdue, and how many are due until Sunday.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn requests_due(&self, today: Date) -> Result<(usize, usize), Error> {
        let rows = self
            .store()
            .read(|tx| store::request::open(tx, self.id(), 1000))?;
        let overdue = rows.iter().filter(|row| last_day(row) < today).count();
        let until = rows.iter().filter(|row| last_day(row) <= sunday(today));
        Ok((overdue, until.count() - overdue))
    }
}

impl RequestKind {
    /// Its name with the article, as letters say it.
    pub const fn about(self, lang: Lang) -> &'static str {
        about(self, lang)
    }
}

fn sunday(today: Date) -> Date {
    let days = i32::from(today.weekday().until(Weekday::Sunday));
    today.saturating_add(days.days())
}

fn lines(
    tx: &mut Tx<'_>,
    this: &Organisation,
    rows: Vec<Request>,
) -> Result<Vec<RequestLine>, Error> {
    rows.into_iter()
        .map(|row| {
            let open = Open::read(tx, this, row)?;
            line(tx, this, &open)
        })
        .collect()
}

fn line(_: &mut Tx<'_>, this: &Organisation, open: &Open) -> Result<RequestLine, Error> {
    let row = &open.row;
    let name = match &open.person {
        Some(person) => {
            let line = browse::line(this, person, &person.fields(this)?)?;
            line.name.or(line.company)
        }
        None => open
            .content
            .name
            .clone()
            .or_else(|| open.content.email.clone()),
    };
    Ok(RequestLine {
        id: row.id,
        contact: row.contact,
        name,
        kind: RequestKind::stored(row.kind)?,
        asked_on: row.asked_on,
        due_on: last_day(row),
        extended: row.extended_until.is_some(),
        intake: Intake::stored(row.intake)?,
        identity: Identity::stored(row.identity)?,
        assigned_to: row.assigned_to.map(AccountId),
        answered_on: row.answered_on,
        outcome: row.outcome.map(Outcome::stored).transpose()?,
        preview: open
            .content
            .said
            .first()
            .filter(|_| is_unsorted(row))
            .map(|said| said.text.chars().take(PREVIEW).collect()),
    })
}

/// The entries about a request, the newest first.
fn events(tx: &mut Tx<'_>, this: &Organisation, open: &Open) -> Result<Vec<RequestEvent>, Error> {
    let id = open.row.id.to_string();
    let entries = match &open.person {
        Some(person) => history::opened(tx, this, person)?,
        None => history::opened_with(tx, this, vec![open.key.clone()])?,
    };
    let text = |content: &Map<String, Value>, name: &str| {
        content.get(name).and_then(Value::as_str).map(str::to_owned)
    };
    let mut events: Vec<_> = entries
        .into_iter()
        .filter(|entry| {
            let named = text(&entry.content, "request_id");
            // Entries from before requests had a page of their own name the row alone.
            let kind = &entry.entry.header().kind;
            let old = named.is_none() && *kind == Kind::RequestReceived.name();
            let row = || {
                let rows = entry.content.get("rows").and_then(Value::as_array);
                rows.is_some_and(|rows| rows.iter().any(|row| row["id"] == id.as_str()))
            };
            named.as_deref() == Some(&id) || (old && row())
        })
        .map(|entry| RequestEvent {
            entry: entry.number,
            at: entry.at,
            by: entry.entry.header().actor.clone(),
            kind: entry.entry.header().kind.clone(),
            reason: text(&entry.content, "reason").or_else(|| text(&entry.content, "text")),
        })
        .collect();
    events.reverse();
    Ok(events)
}
