//! Entries, opened.

use evidence::{Payload, Pseudonym, Verified};
use jiff::Timestamp;
use serde_json::{Map, Value};

/// An entry with what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct Proven {
    /// Its place in the log, from 0.
    pub index: u64,
    /// What it is about, by name.
    pub kind: String,
    /// When it was written.
    pub at: Timestamp,
    /// Who acted, as evidence names accounts.
    pub actor: String,
    /// Whom it concerns.
    pub subject: Option<Pseudonym>,
    /// What it says.
    pub content: Map<String, Value>,
}

impl Proven {
    /// What a verified receipt says; `None` if its content is sealed and not disclosed, or no JSON
    /// object.
    #[must_use]
    pub fn of(verified: &Verified) -> Option<Self> {
        let header = verified.entry.header();
        let content = match (verified.entry.payload(), &verified.opened) {
            (Payload::Clear(map), _) => map.clone(),
            (Payload::Sealed { .. }, Some(text)) => serde_json::from_slice(text).ok()?,
            (Payload::Sealed { .. }, None) => return None,
        };
        Some(Self {
            index: verified.index,
            kind: header.kind.clone(),
            at: header.at,
            actor: header.actor.clone(),
            subject: header.subject,
            content,
        })
    }

    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.content.get(name)?.as_str().map(str::to_owned)
    }

    /// The id of the row that the entry is about.
    pub(crate) fn row(&self) -> Option<&str> {
        self.content.get("row")?.get("id")?.as_str()
    }
}
