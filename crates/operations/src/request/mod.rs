//! What people ask for about their data (GDPR Art. 12 and 15 to 22), from receipt to the answer: a
//! deadline, the proof of who asks, and the answer, each in evidence.

mod answer;
mod ask;
mod calendar;
mod confirm;
mod content;
mod done;
mod letter;
mod receive;
mod remind;
mod sort;
mod tidy;
mod view;
mod words;
mod work;

use jiff::civil::Date;
use law::gdpr::art12;
use law::holidays::Calendar;
use store::request::Request;

pub use answer::{Closing, Ground, answer_template};
pub use confirm::ToConfirm;
pub use content::Said;
pub use receive::{NewRequest, Received, Whom};
pub(crate) use sort::propose;
pub use sort::{IncomingMail, Sorting};
pub(crate) use tidy::{erasure_asked_on, move_all, remove_of_addresses, remove_without_key};
pub use view::{Board, RequestEvent, RequestLine, RequestView};
pub use words::{Identity, Intake, Outcome, RequestKind};

use crate::{Error, Organisation};

/// Why a request can't be worked on as it was meant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestFault {
    /// No request with that id.
    #[error("there is no such request")]
    Unknown,
    /// Somebody else worked on it meanwhile.
    #[error("somebody else changed this request meanwhile; look at it and do it again")]
    Conflict,
    /// It was answered, or ended otherwise.
    #[error("this request is closed")]
    Closed,
    /// An extension after the first month, or a second one (GDPR Art. 12(3)).
    #[error("a period can be extended once, and only before its end")]
    ExtensionLate,
    /// An extension beyond two further months, or one that extends nothing.
    #[error("the new last day is at most two further months after the first")]
    ExtensionLength,
    /// The law does not carry the refusal or the fee.
    #[error("{0}")]
    NotCarried(String),
    /// The person has to be told, and no e-mail address is known.
    #[error("no e-mail address is known; tell the person by another way and say so")]
    NoMail,
    /// The request is tied to a contact already.
    #[error("this request is tied to a contact already")]
    Tied,
    /// The account does not act for the organisation.
    #[error("this account does not act for the organisation")]
    NoMember,
    /// The day of receipt lies too far back.
    #[error("the day of receipt lies more than a year back")]
    TooOld,
    /// It has to be said what a mail asks for.
    #[error("say first what is asked for")]
    Unsorted,
    /// What is asked for was not done, and no reason says why.
    #[error("what is asked for was not done; do it first or say why not")]
    NotDone,
    /// Too many requests for one mailbox wait to be confirmed.
    #[error("too many requests of these days wait to be confirmed from this mailbox")]
    TooMany,
    /// A text is too long.
    #[error("a text has at most {0} characters")]
    TooLong(usize),
}

/// Who acts by the public page: anybody, until the person confirms.
pub const ANYBODY: &str = "public-page";

/// Longest text in a request or an answer, in characters.
pub const LONGEST: usize = 8000;

fn fitting(text: &str) -> Result<Option<String>, Error> {
    let text = text.trim();
    if text.chars().count() > LONGEST {
        return Err(RequestFault::TooLong(LONGEST).into());
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// The holidays that move a deadline of the organisation (Regulation 1182/71 Art. 3(4)).
fn calendar(this: &Organisation) -> Calendar {
    Calendar::at(this.country(), this.land()).unwrap_or(Calendar::WEEKENDS_ONLY)
}

/// Whether it is certain that the person asks.
fn is_certain(row: &Request) -> bool {
    Identity::stored(row.identity).is_ok_and(Identity::is_certain)
}

/// The last day for the answer (GDPR Art. 12(3)).
fn last_day(row: &Request) -> Date {
    row.extended_until.unwrap_or(row.due_on)
}

/// The last day that an extension can reach; `None` if none can be made any more.
fn may_extend_until(this: &Organisation, row: &Request, today: Date) -> Option<Date> {
    let free = row.answered_on.is_none() && row.extended_until.is_none() && today <= row.due_on;
    free.then(|| art12::due_when_extended(row.asked_on, calendar(this)))
}
