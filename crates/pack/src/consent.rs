//! Consents, as the entries tell them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::layout::Document;
use crate::proven::Proven;

/// How a consent came to be on record, beyond its text: on paper, at a fair, by telephone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Taken {
    /// The colleague who took it and can testify to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub witness: Option<String>,
    /// Where, or on which occasion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Who made the call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub called_by: Option<String>,
    /// The number called, in international form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub called_number: Option<String>,
}

impl Taken {
    /// Whether nothing is told.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What a consent is at one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentState {
    /// Given.
    Given,
    /// Withdrawn.
    Withdrawn,
    /// What proved it, proves it no longer.
    ProofLost,
}

/// A step in a consent's life, with the entry that proves it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConsentEvent {
    /// What it is from then on.
    pub state: ConsentState,
    /// The day that the entry names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
    /// When it was written down.
    pub at: Timestamp,
    /// The entry's place in the log.
    pub index: u64,
}

/// A consent and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ConsentRecord {
    /// Its id with the controller.
    pub id: String,
    /// The activity of the register for which it was given.
    pub activity: String,
    /// The channels that it names, by name.
    pub channels: Vec<String>,
    /// What proves it, by name.
    pub proof: String,
    /// The text that the person saw, word for word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// SHA-256 of the text in hexadecimal digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text_sha256: Option<String>,
    /// How it came about, as the law crate's facts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub circumstances: Option<Value>,
    /// Paper, fair, telephone.
    #[serde(skip_serializing_if = "Taken::is_empty")]
    pub taken: Taken,
    /// Documents that belong to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Document>,
    /// What happened, in the order of the log; the first is that it was given.
    pub events: Vec<ConsentEvent>,
}

impl ConsentRecord {
    /// What it is now.
    #[must_use]
    pub fn state(&self) -> ConsentState {
        self.events
            .last()
            .map_or(ConsentState::ProofLost, |event| event.state)
    }

    /// The place in the log of the entry by which it came on record.
    #[must_use]
    pub fn index(&self) -> Option<u64> {
        self.events.first().map(|event| event.index)
    }
}

/// The consents that these entries tell of, in the order of the log, in which `entries` must be.
#[must_use]
pub fn consents(entries: &[Proven]) -> Vec<ConsentRecord> {
    let mut records: Vec<ConsentRecord> = Vec::new();
    for entry in entries {
        match entry.kind.as_str() {
            "consent.recorded" => {
                if let Some(new) = recorded(entry, &records) {
                    put(&mut records, new);
                }
            }
            "consent.withdrawn" => {
                if let Some(record) = known(&mut records, entry) {
                    record
                        .events
                        .push(event(entry, ConsentState::Withdrawn, "withdrawn_on"));
                    // What was withdrawn; what stays is on record as a consent of its own.
                    if let Some(channels) = said(entry, "channels") {
                        record.channels = channels;
                    }
                }
            }
            // What the code did not prove stays as it was; the rest is on record as a consent of its own.
            "sms.confirmed" => {
                if let Some(record) = known(&mut records, entry)
                    && let Some(channels) = said(entry, "keeps")
                {
                    record.channels = channels;
                }
            }
            "consent.proof_lost" => {
                if let Some(record) = known(&mut records, entry) {
                    record
                        .events
                        .push(event(entry, ConsentState::ProofLost, "lost_on"));
                }
            }
            _ => {}
        }
    }
    records
}

/// Adds a consent. One that is on record already was proven anew, over all that it names.
fn put(records: &mut Vec<ConsentRecord>, new: ConsentRecord) {
    match records.iter_mut().find(|record| record.id == new.id) {
        Some(record) => {
            record.proof = new.proof;
            record.circumstances = new.circumstances;
            record.events.extend(new.events);
        }
        None => records.push(new),
    }
}

fn recorded(entry: &Proven, before: &[ConsentRecord]) -> Option<ConsentRecord> {
    let whole = entry.text("continues");
    let whole = whole.and_then(|id| before.iter().find(|record| record.id == id));
    let own = |name, of_whole: fn(&ConsentRecord) -> Option<String>| {
        entry.text(name).or_else(|| whole.and_then(of_whole))
    };
    Some(ConsentRecord {
        id: entry.row()?.to_owned(),
        activity: entry.text("activity")?,
        channels: said(entry, "channels")?,
        proof: entry.text("proof")?,
        text: own("text", |whole| whole.text.clone()),
        text_sha256: own("text_sha256", |whole| whole.text_sha256.clone()),
        circumstances: entry.content.get("circumstances").cloned(),
        taken: said(entry, "taken").unwrap_or_default(),
        documents: said(entry, "documents").unwrap_or_default(),
        events: vec![event(entry, ConsentState::Given, "given_on")],
    })
}

fn known<'r>(records: &'r mut [ConsentRecord], entry: &Proven) -> Option<&'r mut ConsentRecord> {
    let id = entry.row()?;
    records.iter_mut().find(|record| record.id == id)
}

fn event(entry: &Proven, state: ConsentState, day: &str) -> ConsentEvent {
    ConsentEvent {
        state,
        on: entry.text(day),
        at: entry.at,
        index: entry.index,
    }
}

pub(crate) fn said<T: DeserializeOwned>(entry: &Proven, name: &str) -> Option<T> {
    serde_json::from_value(entry.content.get(name)?.clone()).ok()
}
