//! Lets the web routes call the operations.

use std::time::Duration;

use jiff::ZonedDateTime;
use jiff::civil::Date;
use law::Lang;
use operations::browse::{ContactPage, ContactView};
use operations::overview::Overview;
use operations::{Act, ContactRef, Error, Organisation};
use serde_json::Value;
use web::{AnswerError, Answers, Caller, ContactQuestion, Health};

/// Contacts on one page of the list.
const PAGE: u32 = 50;

/// The operations of one organisation.
pub struct Live {
    organisation: Organisation,
}

impl Live {
    pub fn new(organisation: Organisation) -> Self {
        Self { organisation }
    }
}

impl Answers for Live {
    fn health(&self, now: &ZonedDateTime) -> Health {
        let engine = self.organisation.engine();
        match self.organisation.log_state(now.timestamp()) {
            Ok((oldest, entries)) => Health {
                engine,
                database_reachable: true,
                log_entries: Some(entries),
                oldest_waiting: oldest.map(|wait| Duration::try_from(wait).unwrap_or_default()),
            },
            Err(error) => {
                tracing::error!(%error, "the health of the log can't be read");
                let reachable = !matches!(error, Error::Store(_));
                Health {
                    engine,
                    database_reachable: reachable,
                    log_entries: None,
                    oldest_waiting: None,
                }
            }
        }
    }

    fn overview(&self, on: Date, lang: Lang) -> Result<Overview, AnswerError> {
        self.organisation
            .overview(on, lang)
            .map_err(|error| told(&error))
    }

    fn contacts(&self, after: Option<&str>) -> Result<ContactPage, AnswerError> {
        self.organisation
            .contact_page(after, PAGE)
            .map_err(|error| told(&error))
    }

    fn contact(&self, named: &str, on: Date, lang: Lang) -> Result<ContactView, AnswerError> {
        let contact = named.parse().map_err(|error| told(&error))?;
        self.organisation
            .contact_view(&contact, on, lang)
            .map_err(|error| told(&error))
    }

    fn decide_contact(
        &self,
        caller: &Caller,
        question: &ContactQuestion,
        now: &ZonedDateTime,
        lang: Lang,
    ) -> Result<Value, AnswerError> {
        let contact: ContactRef = question.contact.parse().map_err(|error| told(&error))?;
        let (purpose, channel, on) = (&question.purpose, question.channel, question.on);
        let decided = if question.record {
            let act = Act {
                at: now.timestamp(),
                today: now.date(),
                by: caller.account.clone(),
            };
            self.organisation
                .decide_and_record(&contact, purpose, channel, on, lang, &act)
        } else {
            self.organisation
                .decide(&contact, purpose, channel, on, lang)
        };
        let decided = decided.map_err(|error| told(&error))?;
        serde_json::to_value(decided).map_err(|error| AnswerError::Broken(error.to_string()))
    }
}

/// What a caller over the network is told of an error.
fn told(error: &Error) -> AnswerError {
    match error {
        Error::UnknownContact | Error::Erased | Error::NoRegister => {
            AnswerError::NotFound(error.to_string())
        }
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
