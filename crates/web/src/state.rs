//! What the handlers need: the operations to call, the tokens, the clock.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::ZonedDateTime;
use jiff::civil::Date;
use law::{Channel, Lang};
use operations::backup::BackupCondition;
use operations::{Act, Installation, Organisation};
use serde_json::Value;
use tokio::sync::Semaphore;

use crate::auth::{Attempts, Caller, Tokens};
use crate::overviews::Overviews;
use crate::pages::import::Lists;
use crate::problem::Problem;
use crate::public::form::Brakes;
use crate::shield::Hosts;

/// The operations that the routes call. They may block; handlers call them off the event loop.
pub trait Answers: Send + Sync + 'static {
    /// How the installation is at the time `now`. Must hold no personal data.
    fn health(&self, now: &ZonedDateTime) -> Health;

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

    /// Takes in what a person asked about their data; says its id and the last day for the answer.
    ///
    /// # Errors
    /// If it does not fit, or can't be written down.
    fn take_request(
        &self,
        caller: &Caller,
        request: &RequestTaken,
        now: &ZonedDateTime,
    ) -> Result<Value, AnswerError>;
}

/// What a person asked about their data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestTaken {
    /// The contact's id, or an e-mail address.
    pub who: String,
    /// What is asked for, by its name.
    pub kind: String,
    /// When it came.
    pub received_on: Date,
    /// What the person wrote.
    pub text: String,
    /// Whether the caller has made sure who asks.
    pub identified: bool,
    /// The language of the letters to the person.
    pub lang: Lang,
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
    /// When backups were last made and tried out; of several organisations the oldest. `None` if that
    /// can't be read or nothing is set up.
    pub backup: Option<BackupCondition>,
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

/// What the pages for people need.
pub struct Pages {
    /// The installation.
    pub installation: Installation,
    /// Where this server is reached, such as `https://leitplanke.example.com`; links in mail and
    /// passkeys name it.
    pub address: String,
    /// Whether a proxy in front names the clients' addresses (`X-Forwarded-For`).
    pub behind_proxy: bool,
    /// Whether mail is sent; otherwise people hand links on themselves.
    pub sends_mail: bool,
    /// The session that everybody has who has no other: only for invented data.
    pub everybody: Option<String>,
    /// The file of this program, to be given to who wants to verify receipts elsewhere.
    pub program: Option<PathBuf>,
}

/// What the handlers share. Cheap to clone.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

struct Shared {
    answers: Arc<dyn Answers>,
    tokens: Tokens,
    attempts: Attempts,
    brakes: Brakes,
    hosts: Hosts,
    clock: Box<dyn Fn() -> ZonedDateTime + Send + Sync>,
    pages: Option<Pages>,
    /// Organisations that were opened; one keeps its register read.
    organisations: Mutex<HashMap<String, Organisation>>,
    lists: Lists,
    overviews: Overviews,
    /// Checking passwords is slow by design, so few are checked at once.
    passwords: Semaphore,
}

/// Passwords checked at the same time.
const PASSWORDS: usize = 2;

impl AppState {
    /// `clock` gives the time where the organisation is; its day is "today".
    pub fn new(
        answers: Arc<dyn Answers>,
        tokens: Tokens,
        hosts: Hosts,
        clock: impl Fn() -> ZonedDateTime + Send + Sync + 'static,
        pages: Option<Pages>,
    ) -> Self {
        let attempts = Attempts::default();
        let clock = Box::new(clock);
        Self(Arc::new(Shared {
            answers,
            tokens,
            attempts,
            brakes: Brakes::default(),
            hosts,
            clock,
            pages,
            organisations: Mutex::default(),
            lists: Lists::default(),
            overviews: Overviews::default(),
            passwords: Semaphore::new(PASSWORDS),
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

    pub(crate) fn brakes(&self) -> &Brakes {
        &self.0.brakes
    }

    pub(crate) fn hosts(&self) -> &Hosts {
        &self.0.hosts
    }

    /// What the pages need; `None` where only the API is served.
    pub(crate) fn pages(&self) -> Option<&Pages> {
        self.0.pages.as_ref()
    }

    pub(crate) fn overviews(&self) -> &Overviews {
        &self.0.overviews
    }

    pub(crate) fn lists(&self) -> &Lists {
        &self.0.lists
    }

    pub(crate) fn passwords(&self) -> &Semaphore {
        &self.0.passwords
    }

    /// Who acts now, for operations.
    pub(crate) fn act(&self, by: String) -> Act {
        let now = self.now();
        Act {
            at: now.timestamp(),
            today: now.date(),
            by,
        }
    }

    /// The organisation with this id. Blocks the first time.
    pub(crate) fn organisation(&self, id: operations::OrganisationId) -> Option<Organisation> {
        let installation = &self.pages()?.installation;
        let key = id.to_string();
        let kept = |kept: &Mutex<HashMap<String, Organisation>>| {
            let kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
            kept.get(&key).cloned()
        };
        if let Some(organisation) = kept(&self.0.organisations) {
            return Some(organisation);
        }
        match Organisation::by_id(installation, id) {
            Ok(opened) => {
                let mut all = self
                    .0
                    .organisations
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner);
                Some(all.entry(key).or_insert(opened).clone())
            }
            Err(error) => {
                tracing::error!(%error, "an organisation can't be opened");
                None
            }
        }
    }

    /// Runs something off the event loop, as it may block.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        operation: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        tokio::task::spawn_blocking(operation)
            .await
            .map_err(|error| {
                tracing::error!(how = kind(&error), "an operation stopped");
                Problem::broken()
            })
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
