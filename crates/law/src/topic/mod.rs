//! The rules beside the gate, asked by name with facts as JSON.
//!
//! Each topic is one file: `Facts` (what may be said), a call into the provisions, and the
//! values it answers with. All answers have one shape:
//!
//! ```json
//! { "date": "2026-04-07", "verdict": "allow", "basis": "…", "citations": ["GDPR Art. 12(3)"],
//!   "obligations": ["…"], "confidence": "settled" }
//! ```
//!
//! `verdict` appears only where the question is about lawfulness; a topic's own values (`date`
//! here) stand beside the common ones. A fact that is needed and missing is an error that names
//! it, never a guess.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::finding::{Finding, Verdict};
use crate::holidays::Calendar;
use crate::{Confidence, Country, Land, Lang, Text};

mod breach;
pub mod consent;
mod cookie;
mod damages;
mod day;
mod deadline;
mod dpia;
mod dpo;
mod erasure;
mod fine;
mod information;
mod moment;
mod opt_in_proof;
mod processor_contract;
mod profiling;
mod retention;
mod roles;
mod transfer;

pub use day::Day;

/// Every topic, in alphabetical order.
const TOPICS: &[Topic] = &[
    breach::TOPIC,
    consent::TOPIC,
    cookie::TOPIC,
    damages::TOPIC,
    deadline::TOPIC,
    dpia::TOPIC,
    dpo::TOPIC,
    erasure::TOPIC,
    fine::TOPIC,
    information::TOPIC,
    opt_in_proof::TOPIC,
    processor_contract::TOPIC,
    profiling::TOPIC,
    retention::TOPIC,
    roles::TOPIC,
    transfer::TOPIC,
];

/// A question that the rules beside the gate answer.
#[derive(Clone, Copy, Debug)]
pub struct Topic {
    name: &'static str,
    about: Text,
    schema: fn() -> Value,
    ask: fn(&str, Lang) -> Result<Value, TopicError>,
}

impl Topic {
    /// The name on the command line and in the API.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// One line on what the topic answers.
    pub const fn about(&self) -> Text {
        self.about
    }
}

/// Why a question could not be answered. No text of these errors repeats a value from the
/// facts, as that could be personal data; names of keys are repeated.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum TopicError {
    /// No topic has this name.
    #[error("unknown topic; known are: {}", names().join(", "))]
    UnknownTopic,
    /// The facts can't be read: no JSON, an unknown key, a value of the wrong kind.
    #[error("the facts for `{topic}` can't be read at `{place}`: {reason}")]
    Unreadable {
        /// The topic asked.
        topic: &'static str,
        /// The path to the fact, `.` for the whole.
        place: String,
        /// What is wrong, with what would be accepted.
        reason: String,
    },
    /// The answer depends on a fact that was not given.
    #[error("`{fact}` is missing: {why}")]
    Missing {
        /// The key to add.
        fact: &'static str,
        /// What it is needed for.
        why: &'static str,
    },
    /// Facts that contradict each other or that no rule here covers.
    #[error("`{fact}`: {why}")]
    Unfit {
        /// The key whose value does not fit.
        fact: &'static str,
        /// Why, and what to do.
        why: &'static str,
    },
}

/// Every topic, in alphabetical order.
pub const fn all() -> &'static [Topic] {
    TOPICS
}

/// The names of all topics, in alphabetical order.
pub fn names() -> Vec<&'static str> {
    TOPICS.iter().map(Topic::name).collect()
}

/// Answers `topic` for `facts`, a JSON object, with texts in `lang`.
///
/// # Errors
/// If there is no such topic, the facts can't be read or a needed one is missing.
pub fn ask(topic: &str, facts: &str, lang: Lang) -> Result<Value, TopicError> {
    (find(topic)?.ask)(facts, lang)
}

/// The JSON schema of the facts that `topic` takes.
///
/// # Errors
/// If there is no such topic.
pub fn schema(topic: &str) -> Result<Value, TopicError> {
    Ok((find(topic)?.schema)())
}

fn find(name: &str) -> Result<&'static Topic, TopicError> {
    TOPICS
        .iter()
        .find(|topic| topic.name == name)
        .ok_or(TopicError::UnknownTopic)
}

/// What a topic answers before the texts are chosen: the finding and the topic's own values.
struct Answer<V> {
    values: V,
    finding: Finding,
    /// The day whose law was asked for; citations carry the labels of that day. Without it, the
    /// newest labels.
    on: Option<Date>,
}

/// The shape of every answer.
#[derive(Serialize)]
struct Rendered<V> {
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<Verdict>,
    #[serde(flatten)]
    values: V,
    basis: String,
    citations: Vec<&'static str>,
    obligations: Vec<&'static str>,
    confidence: &'static str,
}

impl<V: Serialize> Answer<V> {
    fn render(self, lang: Lang) -> serde_json::Result<Value> {
        let Finding {
            verdict,
            citations,
            basis,
            obligations,
            confidence,
        } = self.finding;
        let texts = |texts: Vec<Text>| {
            texts
                .into_iter()
                .map(|text| text.get(lang))
                .collect::<Vec<_>>()
        };
        serde_json::to_value(Rendered {
            verdict,
            values: self.values,
            basis: texts(basis).join(" "),
            citations: citations
                .iter()
                .map(|citation| self.on.map_or(citation.current(), |on| citation.label(on)))
                .collect(),
            obligations: texts(obligations),
            confidence: match confidence {
                Confidence::Settled => "settled",
                Confidence::ToBeChecked => "to_be_checked",
            },
        })
    }
}

/// Reads the facts, lets the topic answer them and renders the answer in `lang`.
fn answer_as_json<F: DeserializeOwned, V: Serialize>(
    topic: &'static str,
    facts: &str,
    lang: Lang,
    answer: impl FnOnce(F, Lang) -> Result<Answer<V>, TopicError>,
) -> Result<Value, TopicError> {
    let rendered = answer(read(topic, facts)?, lang)?.render(lang);
    rendered.map_err(|error| unreadable(topic, ".".to_owned(), error.to_string()))
}

/// Reads the facts of a topic.
fn read<F: DeserializeOwned>(topic: &'static str, facts: &str) -> Result<F, TopicError> {
    // serde would also take a struct's fields from a list, by position.
    if !facts.trim_start().starts_with('{') {
        let reason = "expected a JSON object, for example {\"country\": \"DE\"}".to_owned();
        return Err(unreadable(topic, ".".to_owned(), reason));
    }
    let mut json = serde_json::Deserializer::from_str(facts);
    let read: F = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let reason = without_values(&error.inner().to_string());
        unreadable(topic, error.path().to_string(), reason)
    })?;
    json.end()
        .map_err(|error| unreadable(topic, ".".to_owned(), error.to_string()))?;
    Ok(read)
}

fn unreadable(topic: &'static str, place: String, reason: String) -> TopicError {
    TopicError::Unreadable {
        topic,
        place,
        reason,
    }
}

/// Drops the offending value from serde's message and keeps what would have been accepted.
fn without_values(reason: &str) -> String {
    if reason.starts_with("unknown field") {
        return reason.to_owned();
    }
    let accepted = reason
        .split_once(", expected ")
        .map(|(_, accepted)| accepted);
    match accepted {
        Some(number) if number.starts_with("u64") || number.starts_with("u8") => {
            "expected a whole number, not negative".to_owned()
        }
        Some(accepted) => format!("expected {accepted}"),
        None => reason.to_owned(),
    }
}

fn schema_of<F: JsonSchema>() -> Value {
    schemars::schema_for!(F).to_value()
}

/// The fact, or the error that names it.
fn needed<T>(value: Option<T>, fact: &'static str, why: &'static str) -> Result<T, TopicError> {
    value.ok_or(TopicError::Missing { fact, why })
}

/// The calendar at the place of the answer; a Land outside Germany is an error.
fn calendar(country: Country, land: Option<Land>) -> Result<Calendar, TopicError> {
    Calendar::at(country, land).ok_or(TopicError::Unfit {
        fact: "land",
        why: "only Germany has Länder here; leave it out for another country",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_topic_lists_the_known_ones() {
        let error = ask("weather", "{}", Lang::En).unwrap_err();
        assert_eq!(error, TopicError::UnknownTopic);
        assert!(error.to_string().contains("deadline"));
    }

    #[test]
    fn an_unknown_key_is_named_with_the_known_keys() {
        let error = ask("deadline", r#"{"received": "2026-03-05"}"#, Lang::En).unwrap_err();
        let text = error.to_string();
        assert!(
            text.contains("`received`") && text.contains("`request_received`"),
            "{text}"
        );
    }

    #[test]
    fn a_wrong_value_is_not_repeated_but_the_place_and_the_allowed_values_are() {
        let error = ask("deadline", r#"{"land": "Erika Muster"}"#, Lang::En).unwrap_err();
        let text = error.to_string();
        assert!(text.contains("`land`") && text.contains("`NW`"), "{text}");
        assert!(!text.contains("Erika"), "{text}");
    }

    #[test]
    fn facts_in_a_list_are_refused() {
        let error = ask("deadline", r#"["2026-03-05", "DE"]"#, Lang::En).unwrap_err();
        assert!(error.to_string().contains("JSON object"), "{error}");
    }

    #[test]
    fn a_negative_number_is_refused_in_plain_words() {
        let facts = r#"{"infringed": 5, "undertaking_turnover_eur": -1}"#;
        let error = ask("fine", facts, Lang::En).unwrap_err().to_string();
        assert!(error.contains("undertaking_turnover_eur"), "{error}");
        assert!(
            error.contains("whole number") && !error.contains("u64"),
            "{error}"
        );
    }

    #[test]
    fn facts_followed_by_anything_else_are_refused() {
        assert!(
            ask(
                "deadline",
                r#"{"request_received": "2026-03-05"} x"#,
                Lang::En
            )
            .is_err()
        );
    }

    #[test]
    fn topics_are_in_alphabetical_order_with_texts_in_both_languages_and_a_schema() {
        assert!(names().is_sorted());
        for topic in all() {
            assert_ne!(topic.about().de, topic.about().en, "{}", topic.name());
            let schema = schema(topic.name()).expect("schema of a known topic");
            assert!(schema["properties"].is_object(), "{}", topic.name());
            assert_eq!(schema["additionalProperties"], false, "{}", topic.name());
        }
    }
}
