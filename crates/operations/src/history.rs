//! What happened with a contact, as the entries that prove it tell it.

use evidence::{Entry, Payload};
use jiff::Timestamp;
use jiff::civil::Date;
use law::Channel;
use serde::{Deserialize, Serialize};
use serde_json::Value;
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
    let mut events = told_of(tx, this, &person.key)?;
    for merged in merged_into(tx, this, person.row.id)? {
        events.extend(told_of(tx, this, &merged.key)?);
    }
    // That somebody asked the gate is no event in the relation with the person; nor is it one that a
    // row moved, beside the merging itself.
    events.retain(|event| {
        let merging = event.kind == Kind::ContactMerged.name();
        event.kind != Kind::Decided.name() && (!merging || event.told.merged.is_some())
    });
    events.sort_unstable_by_key(|event| std::cmp::Reverse(event.entry));
    Ok(events)
}

/// What the entries say that one key opens.
fn told_of(
    tx: &mut Tx<'_>,
    this: &Organisation,
    key: &SubjectKey,
) -> Result<Vec<ContactEvent>, Error> {
    let rows = store::evidence_entry::of_subject(tx, this.id(), Id(key.pseudonym()))?;
    rows.iter()
        .map(|row| {
            let entry = Entry::from_bytes(&row.bytes)?;
            let header = entry.header();
            let told = match entry.payload() {
                Payload::Clear(map) => serde_json::from_value(Value::Object(map.clone())),
                Payload::Sealed { .. } => {
                    let opened = entry.open(&key.entry_key(&header.nonce));
                    let text = opened.map_err(|_| Error::Stored("an entry about the contact"))?;
                    serde_json::from_slice(&text)
                }
            };
            let told = told.map_err(|_| Error::Stored("an entry about the contact"))?;
            Ok(ContactEvent {
                entry: row.seq,
                at: row.at,
                by: header.actor.clone(),
                kind: header.kind.clone(),
                told,
            })
        })
        .collect()
}
