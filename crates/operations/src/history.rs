//! What happened with a contact, as the entries that prove it tell it.

use std::collections::BTreeMap;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use evidence::{Entry, EntryKey, EntryNonce, Payload};
use jiff::Timestamp;
use jiff::civil::Date;
use law::Channel;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::evidence_entry::EvidenceEntry;
use store::{Id, Tx};
use vault::SubjectKey;

use crate::log::append::Kind;
use crate::merge::merged_into;
use crate::person::Person;
use crate::{Error, Organisation};

/// Something that happened with a contact.
#[derive(Clone, Debug, Serialize)]
pub struct ContactEvent {
    /// Number of the evidence entry that proves it.
    pub entry: i64,
    /// When it was written down.
    pub at: Timestamp,
    /// Who wrote it down, as evidence names accounts.
    pub by: String,
    /// What, by the name of the entry's kind.
    pub kind: String,
    /// What the entry says of it.
    #[serde(flatten)]
    pub told: Told,
}

/// What an entry says, as far as a history shows it. What does not apply is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Told {
    /// Identifier of the activity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
    /// Goods class of a sale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goods: Option<String>,
    /// The channel that a decision is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// The channels that a consent or an objection names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<Channel>,
    /// When a consent was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given_on: Option<Date>,
    /// When it was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawn_on: Option<Date>,
    /// When the person objected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub objected_on: Option<Date>,
    /// When the sale was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sold_on: Option<Date>,
    /// When the person was informed (GDPR Art. 13 and 14).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub informed_on: Option<Date>,
    /// When an exclusion list was looked into.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screened_on: Option<Date>,
    /// Whether the number stood on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listed: Option<bool>,
    /// When the data were obtained.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub obtained_on: Option<Date>,
    /// Where they come from, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The circumstances, or the consent's wording.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The fields that were corrected, by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub corrected: Vec<String>,
    /// The contact that was merged into this one, by its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merged: Option<String>,
}

impl ContactEvent {
    /// The day that it is about, where the entry names one.
    pub fn day(&self) -> Option<Date> {
        let told = &self.told;
        told.withdrawn_on
            .or(told.given_on)
            .or(told.objected_on)
            .or(told.sold_on)
            .or(told.informed_on)
            .or(told.screened_on)
            .or(told.obtained_on)
    }
}

/// The history of a contact and of those that were merged into it, newest first. An entry that
/// can't be read is an error: a history with holes would mislead.
pub(crate) fn of(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
) -> Result<Vec<ContactEvent>, Error> {
    let mut events = Vec::new();
    for opened in opened(tx, this, person)? {
        let told = serde_json::from_value(Value::Object(opened.content));
        let told: Told = told.map_err(|_| UNREADABLE)?;
        let header = opened.entry.header();
        // That somebody asked the gate is no event in the relation with the person; nor is it one that
        // a row moved, beside the merging itself.
        let merging = header.kind == Kind::ContactMerged.name();
        if header.kind == Kind::Decided.name() || (merging && told.merged.is_none()) {
            continue;
        }
        events.push(ContactEvent {
            entry: opened.number,
            at: opened.at,
            by: header.actor.clone(),
            kind: header.kind.clone(),
            told,
        });
    }
    events.sort_unstable_by_key(|event| std::cmp::Reverse(event.entry));
    Ok(events)
}

const UNREADABLE: Error = Error::Stored("an entry about the contact");

/// An entry about a contact, opened.
pub(crate) struct Opened {
    pub(crate) number: i64,
    pub(crate) at: Timestamp,
    /// Its place in the log; `None` while it waits for one.
    pub(crate) leaf: Option<i64>,
    pub(crate) entry: Entry,
    /// The key of its content; `None` if that is clear.
    pub(crate) key: Option<EntryKey>,
    pub(crate) content: Map<String, Value>,
}

/// What an entry says of entries from before the person had this key.
#[derive(Deserialize)]
struct Earlier {
    /// Its number.
    entry: i64,
    /// The key of that entry's content alone, in Base64.
    key: String,
}

/// Every entry about a contact, about those that were merged into it, and about what came before:
/// an entry may hold keys of entries that were sealed under another key, as those of a form that was
/// sent before its sender was a contact. In the order of their numbers.
pub(crate) fn opened(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
) -> Result<Vec<Opened>, Error> {
    let mut keys = vec![person.key.clone()];
    for merged in merged_into(tx, this, person.row.id)? {
        keys.push(merged.key);
    }
    // Network address and browser of a form, as long as they are kept.
    for sent in store::submission::of_contact(tx, this.id(), person.row.id)? {
        if let Some(kept) = sent.kept {
            keys.extend(Person::key(tx, this, kept)?);
        }
    }
    opened_with(tx, this, keys)
}

/// Every entry that these keys open, and those whose keys they hold.
pub(crate) fn opened_with(
    tx: &mut Tx<'_>,
    this: &Organisation,
    keys: Vec<SubjectKey>,
) -> Result<Vec<Opened>, Error> {
    let mut all = BTreeMap::new();
    let mut earlier = Vec::new();
    for key in keys {
        for row in store::evidence_entry::of_subject(tx, this.id(), Id(key.pseudonym()))? {
            let open = open(&row, |nonce| key.entry_key(nonce))?;
            earlier.extend(named_by(&open)?);
            all.insert(row.seq, open);
        }
    }
    while let Some(Earlier { entry, key }) = earlier.pop() {
        if all.contains_key(&entry) {
            continue;
        }
        let row = store::evidence_entry::get(tx, this.id(), entry)?.ok_or(UNREADABLE)?;
        let key = BASE64_STANDARD.decode(key).ok();
        let key: [u8; 32] = key.and_then(|key| key.try_into().ok()).ok_or(UNREADABLE)?;
        let open = open(&row, |_| EntryKey::from_bytes(key))?;
        earlier.extend(named_by(&open)?);
        all.insert(row.seq, open);
    }
    Ok(all.into_values().collect())
}

fn open(row: &EvidenceEntry, key: impl FnOnce(&EntryNonce) -> EntryKey) -> Result<Opened, Error> {
    let entry = Entry::from_bytes(&row.bytes)?;
    let (content, key) = match entry.payload() {
        Payload::Clear(map) => (map.clone(), None),
        Payload::Sealed { .. } => {
            let key = key(&entry.header().nonce);
            let text = entry.open(&key).map_err(|_| UNREADABLE)?;
            let content = serde_json::from_slice(&text).map_err(|_| UNREADABLE)?;
            (content, Some(key))
        }
    };
    Ok(Opened {
        number: row.seq,
        // As the entry says it, which is signed, and not the column by which it is found.
        at: entry.header().at,
        leaf: row.leaf,
        entry,
        key,
        content,
    })
}

fn named_by(opened: &Opened) -> Result<Vec<Earlier>, Error> {
    match opened.content.get("earlier") {
        Some(named) => serde_json::from_value(named.clone()).map_err(|_| UNREADABLE),
        None => Ok(Vec::new()),
    }
}
