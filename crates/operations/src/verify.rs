//! Checks an installation against itself: the log from its entries to its signature, and every
//! row of state against the entry that last wrote it.

use std::collections::{BTreeMap, HashMap};

use evidence::{Entry, Payload, Pseudonym, verify_log};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{Id, Tx};
use vault::SubjectKey;

use crate::log::StoredLog;
use crate::log::append::Kind;
use crate::person::Person;
use crate::state::{self, RowProof, Table};
use crate::{Error, Organisation};

const PAGE: u32 = 1000;

/// What a check found.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Checked {
    /// Entries that the signed checkpoint covers.
    pub entries: u64,
    /// Entries that wait for their place in the log.
    pub waiting: u64,
    /// Rows compared with their entry.
    pub rows: u64,
    /// Entries that can't be opened any more because the person was erased.
    pub erased: u64,
    /// What is wrong; empty if all is well.
    pub faults: Vec<Wrong>,
}

/// Something that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Wrong {
    /// Number of the evidence entry concerned, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<i64>,
    /// What is wrong.
    pub what: String,
}

/// What every sealed payload about a row begins with.
#[derive(Deserialize)]
struct Sealed {
    row: Option<RowProof>,
}

/// What a clear payload says of suppressed addresses.
#[derive(Deserialize)]
struct Clear {
    #[serde(default)]
    suppressed: Vec<RowProof>,
}

/// What a clear payload says of a version of the register.
#[derive(Deserialize)]
struct Applied {
    version: i64,
    sha256: String,
}

/// The last entry about a row: its number and the digest that it seals.
type Proofs = BTreeMap<(Table, String), (i64, String)>;

impl Organisation {
    /// Checks log and state. What is wrong is returned, not an error: an error means that the
    /// check could not be made.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn verify(&self) -> Result<Checked, Error> {
        self.store().read(|tx| {
            let mut checked = Checked::default();
            check_log(tx, self, &mut checked)?;
            let keys = keys(tx, self, &mut checked)?;
            let proofs = proofs(tx, self, &keys, &mut checked)?;
            check_rows(tx, self, proofs, &mut checked)?;
            Ok(checked)
        })
    }
}

impl Organisation {
    /// Checks the log alone, from its first entry to its signature.
    pub(crate) fn verify_log(&self) -> Result<Checked, Error> {
        self.store().read(|tx| {
            let mut checked = Checked::default();
            check_log(tx, self, &mut checked)?;
            Ok(checked)
        })
    }
}

impl Checked {
    fn wrong(&mut self, entry: Option<i64>, what: impl Into<String>) {
        self.faults.push(Wrong {
            entry,
            what: what.into(),
        });
    }
}

fn check_log(tx: &mut Tx<'_>, this: &Organisation, checked: &mut Checked) -> Result<(), Error> {
    if store::evidence_checkpoint::latest(tx, this.id())?.is_none() {
        checked.wrong(None, "the log has no signed checkpoint");
        return Ok(());
    }
    let mut log = StoredLog::new(tx, this.id());
    match verify_log(&mut log, this.log_verifier(), None, |_, _| {}) {
        Ok(report) => checked.entries = report.entries.end,
        Err(evidence::Fault::Read(error)) => return Err(Error::Log(error.to_string())),
        Err(fault) => {
            let entry = match fault.entry() {
                Some(leaf) => entry_at(tx, this, leaf)?,
                None => None,
            };
            checked.wrong(entry, fault.to_string());
        }
    }
    Ok(())
}

fn entry_at(tx: &mut Tx<'_>, this: &Organisation, leaf: u64) -> Result<Option<i64>, Error> {
    let Ok(leaf) = i64::try_from(leaf) else {
        return Ok(None);
    };
    Ok(store::evidence_entry::at_leaf(tx, this.id(), leaf)?.map(|row| row.seq))
}

/// The keys of all contacts by the pseudonym that stands in the log.
fn keys(
    tx: &mut Tx<'_>,
    this: &Organisation,
    checked: &mut Checked,
) -> Result<HashMap<Pseudonym, SubjectKey>, Error> {
    let mut keys = HashMap::new();
    let mut after = None;
    loop {
        let page = store::contact::list(tx, this.id(), after, PAGE)?;
        for row in &page {
            match (Person::key(tx, this, row.id), row.erased_at) {
                (Ok(Some(key)), None) => {
                    keys.insert(key.pseudonym(), key);
                }
                (Ok(None), Some(_)) => check_erasure(tx, this, row.id, checked)?,
                (Ok(Some(_)), Some(_)) => {
                    checked.wrong(None, format!("contact {} is erased but has a key", row.id));
                }
                (Ok(None), None) => {
                    checked.wrong(None, format!("contact {} has no key", row.id));
                }
                (Err(Error::Vault(error)), _) => {
                    checked.wrong(None, format!("the key of contact {}: {error}", row.id));
                }
                (Err(error), _) => return Err(error),
            }
        }
        match page.last() {
            Some(last) => after = Some(last.id),
            None => return Ok(keys),
        }
    }
}

fn check_erasure(
    tx: &mut Tx<'_>,
    this: &Organisation,
    contact: Id,
    checked: &mut Checked,
) -> Result<(), Error> {
    let journal = store::erasure::get(tx, this.id(), contact)?;
    let entry = match &journal {
        Some(journal) => store::evidence_entry::get(tx, this.id(), journal.entry_seq)?,
        None => None,
    };
    if entry.is_none_or(|entry| entry.kind != Kind::ErasureDone as i16) {
        checked.wrong(
            journal.map(|journal| journal.entry_seq),
            format!("contact {contact} is marked as erased, but no entry says so"),
        );
    }
    Ok(())
}

/// Reads every entry, opens what can be opened, and keeps what the last one says of each row.
fn proofs(
    tx: &mut Tx<'_>,
    this: &Organisation,
    keys: &HashMap<Pseudonym, SubjectKey>,
    checked: &mut Checked,
) -> Result<Proofs, Error> {
    let mut proofs = Proofs::new();
    let mut after = 0;
    loop {
        let page = store::evidence_entry::list_by_number(tx, this.id(), after, PAGE)?;
        let Some(last) = page.last() else {
            return Ok(proofs);
        };
        after = last.seq;
        for row in &page {
            checked.waiting += u64::from(row.leaf.is_none());
            let entry = match Entry::from_bytes(&row.bytes) {
                Ok(entry) => entry,
                Err(error) => {
                    checked.wrong(Some(row.seq), error.to_string());
                    continue;
                }
            };
            let register = (row.kind == Kind::RegisterApplied as i16)
                .then(|| register_version(&entry))
                .flatten();
            for proof in said(&entry, row.seq, keys, checked)
                .into_iter()
                .chain(register)
            {
                proofs.insert((proof.table, proof.id), (row.seq, proof.sha256));
            }
        }
    }
}

/// The version of the register that an entry proves.
fn register_version(entry: &Entry) -> Option<RowProof> {
    let Payload::Clear(map) = entry.payload() else {
        return None;
    };
    let applied: Applied = serde_json::from_value(map.clone().into()).ok()?;
    Some(RowProof {
        table: Table::RegisterVersion,
        id: applied.version.to_string(),
        sha256: applied.sha256,
    })
}

/// The rows that an entry proves.
fn said(
    entry: &Entry,
    number: i64,
    keys: &HashMap<Pseudonym, SubjectKey>,
    checked: &mut Checked,
) -> Vec<RowProof> {
    match entry.payload() {
        Payload::Clear(map) => {
            let clear = serde_json::Value::Object(map.clone());
            serde_json::from_value::<Clear>(clear)
                .map(|c| c.suppressed)
                .unwrap_or_default()
        }
        Payload::Sealed { .. } => {
            let Some(key) = entry
                .header()
                .subject
                .and_then(|subject| keys.get(&subject))
            else {
                checked.erased += 1;
                return Vec::new();
            };
            match entry.open(&key.entry_key(&entry.header().nonce)) {
                Ok(text) => {
                    let sealed = serde_json::from_slice::<Sealed>(&text);
                    sealed
                        .ok()
                        .and_then(|sealed| sealed.row)
                        .into_iter()
                        .collect()
                }
                Err(error) => {
                    checked.wrong(Some(number), error.to_string());
                    Vec::new()
                }
            }
        }
    }
}

fn check_rows(
    tx: &mut Tx<'_>,
    this: &Organisation,
    mut proofs: Proofs,
    checked: &mut Checked,
) -> Result<(), Error> {
    let org = this.id();
    let mut compare = |row: RowProof| {
        checked.rows += 1;
        match proofs.remove(&(row.table, row.id.clone())) {
            Some((_, sha256)) if sha256 == row.sha256 => {}
            Some((entry, _)) => checked.wrong(
                Some(entry),
                format!(
                    "{} {} is not as entry {entry} wrote it",
                    row.table.name(),
                    row.id
                ),
            ),
            None => checked.wrong(
                None,
                format!(
                    "{} {} is there, but no entry says so",
                    row.table.name(),
                    row.id
                ),
            ),
        }
    };
    store::facts::for_each(tx, org, PAGE, |facts| -> Result<(), Error> {
        if facts.contact.erased_at.is_none() {
            compare(state::contact(&facts.contact));
        }
        facts
            .consents
            .iter()
            .map(state::consent)
            .for_each(&mut compare);
        facts
            .objections
            .iter()
            .map(state::objection)
            .for_each(&mut compare);
        facts.sales.iter().map(state::sale).for_each(&mut compare);
        facts
            .circumstances
            .iter()
            .map(state::circumstance)
            .for_each(&mut compare);
        facts
            .overrules
            .iter()
            .map(state::overrule)
            .for_each(&mut compare);
        Ok(())
    })?;
    for version in store::register_version::list(tx, org)? {
        compare(RowProof {
            table: Table::RegisterVersion,
            id: version.version.to_string(),
            sha256: state::hex(&Sha256::digest(version.text)),
        });
    }
    for id in store::document::all(tx, org)? {
        let row = store::document::get(tx, org, id)?;
        row.iter().map(state::document).for_each(&mut compare);
    }
    let mut after = None;
    loop {
        let page = store::suppression::list(tx, org, after, PAGE)?;
        page.iter().map(state::suppression).for_each(&mut compare);
        match page.last() {
            Some(last) => after = Some((last.hash, last.kind)),
            None => break,
        }
    }
    for ((table, id), (entry, _)) in proofs {
        checked.wrong(
            Some(entry),
            format!(
                "{} {id} is missing, though entry {entry} wrote it",
                table.name()
            ),
        );
    }
    Ok(())
}
