//! What of the log a restore has to apply again, by identifiers and keyed hashes only: everything that
//! says no, and what holds data. Which kinds of entries that are is said in `fate`.

use evidence::{Entry, Payload};
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use store::evidence_entry::EvidenceEntry;
use store::{Id, Tx};

use super::fate::in_journal;
use super::holds::{self, HoldNoted};
use crate::access::INSTALLATION;
use crate::block_list::{self, TakenList, TakenRow};
use crate::log::append::Kind;
use crate::person::{LookupKind, Person};
use crate::state::{RowProof, Table};
use crate::{Error, Organisation};

/// Something that a restore has to apply again.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub(super) enum Noted {
    /// A person was erased.
    Erased {
        contact: String,
        requested_on: Date,
        /// What stands for the person in the log.
        pseudonym: Option<String>,
        blocks: Vec<Block>,
    },
    /// A consent was withdrawn.
    Withdrawn {
        contact: String,
        consent: String,
        activity: String,
        channels: u32,
        on: Date,
    },
    /// Somebody objected, or asked for a pause.
    Objected {
        /// Who objected, and the contact into which that one was merged meanwhile.
        contacts: Vec<String>,
        objection: String,
        scope: i16,
        channels: u32,
        activity: Option<String>,
        on: Date,
        until: Option<Date>,
    },
    /// The processing of somebody's data was restricted.
    Restricted { contacts: Vec<String> },
    /// A decision against a refusal was taken back.
    Revoked { overrule: String, on: Date },
    /// A suppression list was taken in.
    Listed {
        list: TakenList,
        rows: Vec<TakenRow>,
    },
    /// Addresses were blocked.
    Blocked { blocks: Vec<Block> },
    /// An erasure waits for a hold to end.
    Waits {
        contacts: Vec<String>,
        requested_on: Date,
    },
    /// A legal hold was set.
    Held(HoldNoted),
    /// A legal hold was lifted.
    Lifted(HoldNoted),
    /// Who releases runs was set.
    Release { way: i16 },
    /// A key ended: what it sealed is to stay unreadable.
    KeyEnded { pseudonym: String },
    /// Somebody works here no more; `erased` if with it the account went.
    RoleEnded { account: String, erased: bool },
}

impl Noted {
    /// Whether a key has to go from the backups with it.
    pub(super) fn removes_a_key(&self) -> bool {
        matches!(
            self,
            Self::Erased { .. } | Self::KeyEnded { .. } | Self::RoleEnded { erased: true, .. }
        )
    }
}

/// A block on the keyed hash of an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Block {
    pub(super) kind: i16,
    pub(super) hash: String,
    pub(super) channels: u32,
    pub(super) since: Date,
    pub(super) reason: i16,
}

/// A line of the journal.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Line {
    /// The place of its entry in the log; `None` in lines of an older version.
    #[serde(default)]
    pub(super) place: Option<i64>,
    #[serde(flatten)]
    pub(super) noted: Noted,
}

/// What the entries in these places of the log say.
pub(super) fn noted(
    tx: &mut Tx<'_>,
    this: &Organisation,
    places: (i64, i64),
) -> Result<Vec<Line>, Error> {
    let kinds = in_journal();
    let entries = store::evidence_entry::of_kinds(tx, this.id(), places, &kinds)?;
    let mut all = Vec::new();
    for row in entries {
        let place = row.leaf;
        all.extend(note(tx, this, &row)?.map(|noted| Line { place, noted }));
    }
    Ok(all)
}

fn note(tx: &mut Tx<'_>, this: &Organisation, row: &EvidenceEntry) -> Result<Option<Noted>, Error> {
    let entry = Entry::from_bytes(&row.bytes)?;
    Ok(match row.kind {
        kind if kind == Kind::ErasureDone as i16 => {
            let Some(erasure) = store::erasure::of_entry(tx, this.id(), row.seq)? else {
                return Ok(None);
            };
            Some(Noted::Erased {
                contact: erasure.contact.to_string(),
                requested_on: erasure.requested_on,
                pseudonym: row.subject.map(|subject| subject.to_string()),
                blocks: blocks(tx, this, &entry)?,
            })
        }
        kind if kind == Kind::AddressSuppressed as i16 => Some(Noted::Blocked {
            blocks: blocks(tx, this, &entry)?,
        }),
        kind if kind == Kind::RoleEnded as i16 => {
            let Payload::Clear(said) = entry.payload() else {
                return Ok(None);
            };
            let account = said.get("account").and_then(|account| account.as_str());
            let Some(account) = account.and_then(|account| account.parse().ok()) else {
                return Ok(None);
            };
            Some(Noted::RoleEnded {
                erased: store::erasure::get(tx, INSTALLATION, account)?.is_some(),
                account: account.to_string(),
            })
        }
        kind if kind == Kind::ConsentWithdrawn as i16 => {
            let consent = match proven(tx, this, &entry)? {
                Some((Table::Consent, id)) => store::consent::get(tx, this.id(), id)?,
                _ => None,
            };
            consent.and_then(|consent| {
                Some(Noted::Withdrawn {
                    contact: consent.contact.to_string(),
                    consent: consent.id.to_string(),
                    activity: consent.purpose,
                    channels: consent.channels,
                    on: consent.withdrawn_on?,
                })
            })
        }
        kind if kind == Kind::ContactRestricted as i16 => restricted(tx, this, &entry)?,
        kind if kind == Kind::OverruleRevoked as i16 => {
            let overrule = match proven(tx, this, &entry)? {
                Some((Table::Overrule, id)) => store::overrule::get(tx, this.id(), id)?,
                _ => None,
            };
            overrule.and_then(|overrule| {
                Some(Noted::Revoked {
                    overrule: overrule.id.to_string(),
                    on: overrule.revoked_on?,
                })
            })
        }
        kind if kind == Kind::ErasureWaits as i16 => holds::waiting(tx, this, &entry)?,
        kind if kind == Kind::HoldSet as i16 => holds::held(tx, this, &entry)?,
        kind if kind == Kind::HoldLifted as i16 => holds::lifted(tx, this, &entry)?,
        kind if kind == Kind::RetentionSet as i16 => {
            let set = store::retention_release::get(tx, this.id())?;
            set.map(|set| Noted::Release { way: set.release })
        }
        kind if kind == Kind::KeyEnded as i16 => row.subject.map(|subject| Noted::KeyEnded {
            pseudonym: subject.to_string(),
        }),
        kind if kind == Kind::BlockListTaken as i16 => {
            let taken = block_list::taken(tx, this, row.seq)?;
            taken.map(|(list, rows)| Noted::Listed { list, rows })
        }
        _ => {
            let Some((Table::Objection, id)) = proven(tx, this, &entry)? else {
                return Ok(None);
            };
            let row = store::objection::get(tx, this.id(), id)?;
            let Some(row) = row else {
                return Ok(None);
            };
            let who = subject(tx, this, &entry)?;
            Some(Noted::Objected {
                contacts: both(who, row.contact),
                objection: row.id.to_string(),
                scope: row.scope,
                channels: row.channels,
                activity: row.purpose,
                on: row.objected_on,
                until: row.lifted_on,
            })
        }
    })
}

/// A restriction that is still in force, also with the contact into which this one was merged.
fn restricted(tx: &mut Tx<'_>, this: &Organisation, entry: &Entry) -> Result<Option<Noted>, Error> {
    let Some(who) = subject(tx, this, entry)? else {
        return Ok(None);
    };
    let mut row = store::contact::get(tx, this.id(), who)?;
    if let Some(kept) = row.as_ref().and_then(|row| row.merged_into) {
        row = store::contact::get(tx, this.id(), kept)?;
    }
    let row = row.filter(|row| row.restricted_at.is_some());
    Ok(row.map(|row| Noted::Restricted {
        contacts: both(Some(who), row.id),
    }))
}

/// One contact, or two where they are not the same.
fn both(who: Option<Id>, now: Id) -> Vec<String> {
    let earlier = who.filter(|who| *who != now);
    earlier
        .into_iter()
        .chain([now])
        .map(|id| id.to_string())
        .collect()
}

/// The contact whom an entry is about; `None` if the person was erased meanwhile.
pub(super) fn subject(
    tx: &mut Tx<'_>,
    this: &Organisation,
    entry: &Entry,
) -> Result<Option<Id>, Error> {
    let Some(subject) = entry.header().subject else {
        return Ok(None);
    };
    let blind = this.blind(LookupKind::Pseudonym, &subject);
    Ok(Person::ids_with(tx, this, blind)?.first().copied())
}

/// The row that a sealed entry proves; `None` if the person was erased meanwhile.
pub(super) fn proven(
    tx: &mut Tx<'_>,
    this: &Organisation,
    entry: &Entry,
) -> Result<Option<(Table, Id)>, Error> {
    #[derive(Deserialize)]
    struct Sealed {
        row: Option<RowProof>,
    }
    let row = opened::<Sealed>(tx, this, entry)?.and_then(|sealed| sealed.row);
    let row = row.map(|row| Some((row.table, row.id.parse().ok()?)));
    Ok(row.flatten())
}

/// What is sealed in an entry; `None` if the person was erased meanwhile.
pub(super) fn opened<T: DeserializeOwned>(
    tx: &mut Tx<'_>,
    this: &Organisation,
    entry: &Entry,
) -> Result<Option<T>, Error> {
    let Some(subject) = entry.header().subject else {
        return Ok(None);
    };
    let Some(key) = Person::key_by_pseudonym(tx, this, subject)? else {
        return Ok(None);
    };
    let text = entry.open(&key.entry_key(&entry.header().nonce));
    let text = text.map_err(|_| Error::Stored("entry"))?;
    let said = serde_json::from_slice(&text).map_err(|_| Error::Stored("entry"))?;
    Ok(Some(said))
}

/// The blocks that a clear entry proves, as they are now.
fn blocks(tx: &mut Tx<'_>, this: &Organisation, entry: &Entry) -> Result<Vec<Block>, Error> {
    #[derive(Deserialize)]
    struct Clear {
        #[serde(default)]
        suppressed: Vec<RowProof>,
    }
    let Payload::Clear(said) = entry.payload() else {
        return Ok(Vec::new());
    };
    let said: Clear =
        serde_json::from_value(said.clone().into()).map_err(|_| Error::Stored("entry"))?;
    let hash = |row: &RowProof| {
        let (_, hash) = row.id.split_once('-')?;
        hex::decode(hash).ok()?.try_into().ok()
    };
    let hashes: Vec<_> = said.suppressed.iter().filter_map(hash).collect();
    let rows = store::suppression::find(tx, this.id(), &hashes)?;
    Ok(rows.iter().map(Block::of).collect())
}

impl Block {
    pub(super) fn of(row: &store::suppression::Suppression) -> Self {
        Self {
            kind: row.kind,
            hash: hex::encode(row.hash),
            channels: row.channels,
            since: row.since,
            reason: row.reason,
        }
    }

    pub(super) fn row(&self, organisation: Id) -> Option<store::suppression::Suppression> {
        Some(store::suppression::Suppression {
            org: organisation,
            hash: hex::decode(&self.hash).ok()?.try_into().ok()?,
            kind: self.kind,
            channels: self.channels,
            since: self.since,
            reason: self.reason,
        })
    }

    /// The hash, if it is one of an e-mail address alone.
    pub(super) fn mailbox(&self) -> Option<store::Hash> {
        if self.kind != LookupKind::Email as i16 {
            return None;
        }
        hex::decode(&self.hash).ok()?.try_into().ok()
    }
}
