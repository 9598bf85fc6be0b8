//! Looks at the evidence log: page by page, and one entry with what it says.

use evidence::{Entry, Payload};
use jiff::Timestamp;
use serde_json::Value;
use store::evidence_entry::Which;

use super::append::Kind;
use crate::person::{LookupKind, Person};
use crate::{Error, Organisation};

/// An entry in the list.
#[derive(Clone, Debug)]
pub struct EvidenceLine {
    /// Its number.
    pub entry: i64,
    /// Its place in the log; `None` while it waits for one.
    pub leaf: Option<i64>,
    /// What happened, by name.
    pub kind: String,
    /// When.
    pub at: Timestamp,
    /// Who acted.
    pub actor: String,
    /// The contact that it is about, if it is still known.
    pub contact: Option<String>,
    /// Whether it is about a person at all.
    pub about_person: bool,
}

/// A part of the log, newest first.
#[derive(Clone, Debug)]
pub struct EvidencePage {
    /// The entries.
    pub lines: Vec<EvidenceLine>,
    /// The number before which the next part begins; `None` at the end.
    pub next: Option<i64>,
}

/// Which entries are asked for.
#[derive(Clone, Debug, Default)]
pub struct EvidenceFilter {
    /// Of this kind, by name.
    pub kind: Option<String>,
    /// From this time on.
    pub from: Option<Timestamp>,
    /// Before this time.
    pub until: Option<Timestamp>,
}

/// One entry.
#[derive(Clone, Debug)]
pub struct EvidenceView {
    /// As in the list.
    pub line: EvidenceLine,
    /// What it says; `None` if it was sealed and the person was erased.
    pub content: Option<Value>,
    /// Whether it is sealed under the person's key.
    pub sealed: bool,
    /// Whether a signed checkpoint covers it.
    pub signed: bool,
}

/// The newest signed checkpoint.
#[derive(Clone, Debug)]
pub struct SignedCheckpoint {
    /// Entries that it covers.
    pub size: i64,
    /// Its text with the signature (C2SP checkpoint).
    pub note: String,
    /// When it was signed.
    pub at: Timestamp,
    /// The public key that checks it.
    pub key: String,
}

/// The names of all kinds of entries.
pub fn evidence_kinds() -> impl Iterator<Item = &'static str> {
    Kind::ALL.into_iter().map(Kind::name)
}

impl Organisation {
    /// At most `limit` entries before the number `before`, newest first.
    ///
    /// # Errors
    /// When the database can't be read or an entry is damaged.
    pub fn evidence_page(
        &self,
        filter: &EvidenceFilter,
        before: Option<i64>,
        limit: u32,
    ) -> Result<EvidencePage, Error> {
        let kind = match &filter.kind {
            Some(name) => match Kind::ALL.into_iter().find(|kind| kind.name() == name) {
                Some(kind) => Some(kind as i16),
                None => {
                    return Ok(EvidencePage {
                        lines: Vec::new(),
                        next: None,
                    });
                }
            },
            None => None,
        };
        let which = Which {
            kind,
            from: filter.from,
            until: filter.until,
        };
        self.store().read(|tx| {
            let rows = store::evidence_entry::newest_first(tx, self.id(), which, before, limit)?;
            let full = rows.len() == usize::try_from(limit).unwrap_or(usize::MAX);
            let next = rows.last().filter(|_| full).map(|row| row.seq);
            let lines = rows
                .iter()
                .map(|row| self.evidence_line(tx, row, &Entry::from_bytes(&row.bytes)?));
            Ok(EvidencePage {
                lines: lines.collect::<Result<_, Error>>()?,
                next,
            })
        })
    }

    /// One entry; what it seals is opened with the person's key.
    ///
    /// # Errors
    /// When there is none, or it is damaged.
    pub fn evidence_entry(&self, number: i64) -> Result<EvidenceView, Error> {
        self.store().read(|tx| {
            let row = store::evidence_entry::get(tx, self.id(), number)?
                .ok_or(Error::UnknownEntry(number))?;
            let entry = Entry::from_bytes(&row.bytes)?;
            let (content, sealed) = match entry.payload() {
                Payload::Clear(map) => (Some(Value::Object(map.clone())), false),
                Payload::Sealed { .. } => {
                    let subject = entry.header().subject;
                    let key = match subject {
                        Some(pseudonym) => Person::key_by_pseudonym(tx, self, pseudonym)?,
                        None => None,
                    };
                    let opened = key.and_then(|key| {
                        let text = entry.open(&key.entry_key(&entry.header().nonce)).ok()?;
                        serde_json::from_slice(&text).ok()
                    });
                    (opened, true)
                }
            };
            let latest = store::evidence_checkpoint::latest(tx, self.id())?;
            let covered = latest.map_or(0, |latest| latest.size);
            Ok(EvidenceView {
                signed: row.leaf.is_some_and(|leaf| leaf < covered),
                line: self.evidence_line(tx, &row, &entry)?,
                content,
                sealed,
            })
        })
    }

    /// The newest signed checkpoint, if there is one.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn signed_checkpoint(&self) -> Result<Option<SignedCheckpoint>, Error> {
        let latest = self
            .store()
            .read(|tx| store::evidence_checkpoint::latest(tx, self.id()))?;
        Ok(latest.map(|latest| SignedCheckpoint {
            size: latest.size,
            note: latest.note,
            at: latest.at,
            key: self.log_verifier().to_string(),
        }))
    }

    fn evidence_line(
        &self,
        tx: &mut store::Tx<'_>,
        row: &store::evidence_entry::EvidenceEntry,
        entry: &Entry,
    ) -> Result<EvidenceLine, Error> {
        // As the signed entry says it, not as the columns do by which it is found.
        let header = entry.header();
        let contact = match header.subject {
            Some(subject) => {
                let blind = self.blind(LookupKind::Pseudonym, &subject);
                Person::ids_with(tx, self, blind)?.first().copied()
            }
            None => None,
        };
        Ok(EvidenceLine {
            entry: row.seq,
            leaf: row.leaf,
            kind: header.kind.clone(),
            at: header.at,
            actor: header.actor.clone(),
            contact: contact.map(|id| id.to_string()),
            about_person: header.subject.is_some(),
        })
    }
}
