//! Lets the API's routes call the operations.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::ZonedDateTime;
use law::Lang;
use operations::contact::Email;
use operations::request::{Identity, Intake, NewRequest, RequestFault, RequestKind, Whom};
use operations::{Act, ContactRef, Error, Installation, Organisation};
use serde_json::{Value, json};
use web::{AnswerError, Answers, Caller, ContactQuestion, Health, RequestTaken};

/// The operations of an installation; the API answers for one of its organisations.
pub struct Live {
    installation: Installation,
    named: Option<String>,
    /// Opened when it is first asked for: at the first start there is none yet.
    organisation: Mutex<Option<Organisation>>,
}

impl Live {
    pub fn new(installation: Installation, named: Option<String>) -> Self {
        Self {
            installation,
            named,
            organisation: Mutex::new(None),
        }
    }

    fn organisation(&self) -> Result<Organisation, AnswerError> {
        let mut kept = self
            .organisation
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(organisation) = kept.as_ref() {
            return Ok(organisation.clone());
        }
        let opened = Organisation::open(&self.installation, self.named.as_deref())
            .map_err(|error| told(&error))?;
        Ok(kept.insert(opened).clone())
    }
}

impl Answers for Live {
    fn health(&self, now: &ZonedDateTime) -> Health {
        let engine = self.installation.engine();
        let read = || -> Result<Health, Error> {
            let mut health = Health {
                engine,
                database_reachable: true,
                log_entries: Some(0),
                oldest_waiting: None,
                backup: None,
            };
            for organisation in Organisation::all(&self.installation)? {
                let (oldest, entries) = organisation.log_state(now.timestamp())?;
                health.log_entries = health.log_entries.map(|sum| sum + entries);
                let oldest = oldest.map(|wait| Duration::try_from(wait).unwrap_or_default());
                health.oldest_waiting = health.oldest_waiting.max(oldest);
                let backup = organisation.backup_condition()?;
                let before = health.backup.unwrap_or(backup);
                health.backup = Some(before.or_worse(backup));
            }
            Ok(health)
        };
        read().unwrap_or_else(|error| {
            tracing::error!(%error, "the health of the log can't be read");
            Health {
                engine,
                database_reachable: !matches!(error, Error::Store(_)),
                log_entries: None,
                oldest_waiting: None,
                backup: None,
            }
        })
    }

    fn decide_contact(
        &self,
        caller: &Caller,
        question: &ContactQuestion,
        now: &ZonedDateTime,
        lang: Lang,
    ) -> Result<Value, AnswerError> {
        let organisation = self.organisation()?;
        let contact: ContactRef = question.contact.parse().map_err(|error| told(&error))?;
        let (purpose, channel, on) = (&question.purpose, question.channel, question.on);
        let decided = if question.record {
            let act = Act {
                at: now.timestamp(),
                today: now.date(),
                by: caller.account.clone(),
            };
            organisation.decide_and_record(&contact, purpose, channel, on, lang, &act)
        } else {
            organisation.decide(&contact, purpose, channel, on, lang)
        };
        let decided = decided.map_err(|error| told(&error))?;
        serde_json::to_value(decided).map_err(|error| AnswerError::Broken(error.to_string()))
    }

    fn take_request(
        &self,
        caller: &Caller,
        request: &RequestTaken,
        now: &ZonedDateTime,
    ) -> Result<Value, AnswerError> {
        let organisation = self.organisation()?;
        let unfit = |place, reason: String| AnswerError::Unfit {
            place,
            reason,
            several: false,
        };
        let kind = RequestKind::named(&request.kind);
        let kind = kind.filter(|kind| RequestKind::RIGHTS.contains(kind));
        let kind = kind.ok_or_else(|| {
            let known = RequestKind::RIGHTS.map(RequestKind::name).join(", ");
            unfit("kind", format!("expected one of: {known}"))
        })?;
        let whom = match Email::parse(&request.who) {
            Ok(email) => Whom::Address(email),
            Err(_) => Whom::Contact(request.who.parse().map_err(|error| told(&error))?),
        };
        let new = NewRequest {
            whom,
            kind,
            intake: Intake::Api,
            received_on: request.received_on,
            text: request.text.clone(),
            identity: if request.identified {
                Identity::Confirmed
            } else {
                Identity::Asked
            },
            lang: request.lang,
        };
        let act = Act {
            at: now.timestamp(),
            today: now.date(),
            by: caller.account.clone(),
        };
        let taken = organisation.receive_request(&new, &act);
        let taken = taken.map_err(|error| match error {
            Error::Future(_) | Error::Request(RequestFault::TooOld) => {
                unfit("received_on", error.to_string())
            }
            Error::Request(RequestFault::TooLong(_)) => unfit("text", error.to_string()),
            Error::Request(RequestFault::NoMail) => unfit("identified", error.to_string()),
            other => told(&other),
        })?;
        Ok(json!({
            "id": taken.id.to_string(),
            "due_on": taken.due_on,
            "joined": taken.joined,
        }))
    }
}

/// What a caller over the network is told of an error.
fn told(error: &Error) -> AnswerError {
    match error {
        Error::UnknownContact
        | Error::Erased
        | Error::NoRegister
        | Error::NotSetUp
        | Error::WhichOrganisation(_) => AnswerError::NotFound(error.to_string()),
        Error::ContactText | Error::WhichContact { .. } => AnswerError::Unfit {
            place: "contact",
            reason: error.to_string(),
            several: matches!(error, Error::WhichContact { .. }),
        },
        Error::Purpose(reason) => AnswerError::Unfit {
            place: "purpose",
            reason: reason.clone(),
            several: false,
        },
        Error::Store(error) if error.is_retryable() => AnswerError::Unavailable,
        other => AnswerError::Broken(other.to_string()),
    }
}
