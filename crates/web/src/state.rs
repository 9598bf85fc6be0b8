//! What the handlers need: the operations to call, the tokens, the clock.

use std::sync::Arc;
use std::time::Duration;

use jiff::ZonedDateTime;
use jiff::civil::Date;
use law::{Channel, Lang};
use operations::browse::{ContactPage, ContactView};
use operations::overview::Overview;
use serde_json::Value;

use crate::auth::{Attempts, Caller, Tokens};
use crate::shield::Hosts;

/// The operations that the routes call. They may block; handlers call them off the event loop.
pub trait Answers: Send + Sync + 'static {
    /// How the installation is at the time `now`. Must hold no personal data.
    fn health(&self, now: &ZonedDateTime) -> Health;

    /// What the gate says about the whole list on the day `on`.
    ///
    /// # Errors
    /// If it can't be worked out; that is never an empty overview.
    fn overview(&self, on: Date, lang: Lang) -> Result<Overview, AnswerError>;

    /// A part of the list of contacts, after the one with the id `after`.
    ///
    /// # Errors
    /// If `after` is no id, or the list can't be had.
    fn contacts(&self, after: Option<&str>) -> Result<ContactPage, AnswerError>;

    /// One contact, named by id, address or number, with its history and all that the gate says.
    ///
    /// # Errors
    /// If there is none, or several.
    fn contact(&self, named: &str, on: Date, lang: Lang) -> Result<ContactView, AnswerError>;

    /// What the gate says about one contact on record, as JSON.
    ///
    /// # Errors
    /// If the facts can't be had; that is never a verdict.
    fn decide_contact(
        &self,
        caller: &Caller,
        question: &ContactQuestion,
        now: &ZonedDateTime,
        lang: Lang,
    ) -> Result<Value, AnswerError>;
}

/// A question about a contact on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactQuestion {
    /// The contact: its id, an e-mail address or a telephone number.
    pub contact: String,
    /// An activity of the register.
    pub purpose: String,
    /// The channel.
    pub channel: Channel,
    /// The day whose law is asked for.
    pub on: Date,
    /// Whether the decision is kept as evidence.
    pub record: bool,
}

/// Why an operation gave no answer. The texts are shown to the caller, so they repeat nothing
/// personal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// What was asked about is not there.
    #[error("{0}")]
    NotFound(String),
    /// The question can't be answered as it stands.
    #[error("`{place}`: {reason}")]
    Unfit {
        /// The key of the question that does not fit.
        place: &'static str,
        /// Why, and what to do.
        reason: String,
        /// Whether more than one thing fits it.
        several: bool,
    },
    /// The database can't be reached just now; trying again may help.
    #[error("the database can't be reached just now; try again")]
    Unavailable,
    /// Something is broken here. The cause is logged, not shown.
    #[error("something is broken here; the operator finds the cause in the log")]
    Broken(String),
}

/// How an installation is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// The database engine, for example `SQLite`.
    pub engine: &'static str,
    /// Whether the database answers.
    pub database_reachable: bool,
    /// Entries in the evidence log; `None` if it can't be read.
    pub log_entries: Option<u64>,
    /// How long the oldest entry has been waiting for its place in the log; `None` if none waits.
    pub oldest_waiting: Option<Duration>,
}

impl Health {
    /// Longest wait of an entry that still counts as healthy. The sequencer runs every second.
    pub const LONGEST_WAIT: Duration = Duration::from_mins(1);

    /// Whether everything is as it should be.
    pub fn is_good(&self) -> bool {
        self.database_reachable
            && self.log_entries.is_some()
            && self
                .oldest_waiting
                .is_none_or(|wait| wait <= Self::LONGEST_WAIT)
    }
}

/// Which pages are served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The API and the health page.
    Serve,
    /// Also the overview and the contacts, open to everyone: only for invented data.
    Demo,
}

/// What the handlers share. Cheap to clone.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

struct Shared {
    answers: Arc<dyn Answers>,
    tokens: Tokens,
    attempts: Attempts,
    hosts: Hosts,
    clock: Box<dyn Fn() -> ZonedDateTime + Send + Sync>,
    mode: Mode,
}

impl AppState {
    /// `clock` gives the time where the organisation is; its day is "today".
    pub fn new(
        answers: Arc<dyn Answers>,
        tokens: Tokens,
        hosts: Hosts,
        clock: impl Fn() -> ZonedDateTime + Send + Sync + 'static,
        mode: Mode,
    ) -> Self {
        let attempts = Attempts::default();
        let clock = Box::new(clock);
        Self(Arc::new(Shared {
            answers,
            tokens,
            attempts,
            hosts,
            clock,
            mode,
        }))
    }

    pub(crate) fn now(&self) -> ZonedDateTime {
        (self.0.clock)()
    }

    pub(crate) fn tokens(&self) -> &Tokens {
        &self.0.tokens
    }

    pub(crate) fn attempts(&self) -> &Attempts {
        &self.0.attempts
    }

    pub(crate) fn hosts(&self) -> &Hosts {
        &self.0.hosts
    }

    pub(crate) fn mode(&self) -> Mode {
        self.0.mode
    }

    /// Calls an operation off the event loop, as it may block.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        operation: impl FnOnce(&dyn Answers) -> T + Send + 'static,
    ) -> Result<T, AnswerError> {
        let answers = Arc::clone(&self.0.answers);
        tokio::task::spawn_blocking(move || operation(&*answers))
            .await
            .map_err(|error| AnswerError::Broken(format!("an operation stopped: {}", kind(&error))))
    }
}

/// The kind of stop, without the panic's message, which could hold personal data.
fn kind(error: &tokio::task::JoinError) -> &'static str {
    if error.is_panic() {
        "it panicked"
    } else {
        "it was cancelled"
    }
}
