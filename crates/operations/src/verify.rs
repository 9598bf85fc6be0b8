//! Checks an installation against itself: the log from its entries to its signature, and every
//! row of state against the entry that last wrote it.

mod rows;

use std::collections::{BTreeMap, HashMap, HashSet};

use evidence::{Entry, Payload, Pseudonym, verify_log};
use serde::{Deserialize, Serialize};
use store::{Id, Tx};
use vault::SubjectKey;

use crate::campaign::CampaignState;
use crate::log::StoredLog;
use crate::log::append::Kind;
use crate::person::context;
use crate::state::{self, RowProof, Said, Table};
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
    /// Rows that no entry proves, since they may be older than the proof of rows of their kind. In an
    /// organisation that was set up since then such a row is a fault.
    pub unproved: u64,
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

/// What a clear payload says of a version of the register.
#[derive(Deserialize)]
struct Applied {
    version: i64,
    sha256: String,
}

/// What entries say of rows.
#[derive(Default)]
struct Proofs {
    /// Of each row the last entry about it: its number and the digest that it proves.
    last: BTreeMap<(Table, String), (i64, String)>,
    /// Whether the log proves every row of every table (see [`state::PROVED_FROM_THE_START`]).
    from_the_start: bool,
}

impl Proofs {
    fn take(&mut self, said: Said, entry: i64, checked: &mut Checked) {
        for row in &said.gone {
            self.last.remove(&(row.table, row.id.clone()));
        }
        for row in said.all() {
            let (table, name) = (row.table, (row.table, row.id));
            let before = self.last.insert(name.clone(), (entry, row.sha256));
            if let Some((before, _)) = before.filter(|_| table == Table::OwnLink) {
                let what = format!(
                    "entry {before} used the {} {} already",
                    table.name(),
                    name.1
                );
                checked.wrong(Some(entry), what);
            }
        }
    }

    /// A campaign has become a draft again and is for nobody.
    fn nobody_is_in(&mut self, campaign: &str) {
        self.last
            .retain(|(table, id), _| *table != Table::Recipient || !id.starts_with(campaign));
    }
}

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
            rows::check(tx, self, proofs, &mut checked)?;
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

/// The keys of all contacts, and of forms that were sent, by the pseudonym that stands in the log.
/// They are read from where keys are kept, so that a row that is gone while its key is there is
/// missed.
fn keys(
    tx: &mut Tx<'_>,
    this: &Organisation,
    checked: &mut Checked,
) -> Result<HashMap<Pseudonym, SubjectKey>, Error> {
    let (mut keys, mut owners) = (HashMap::new(), HashSet::new());
    let mut after = None;
    loop {
        let page = store::key::list(tx, this.id(), after, PAGE)?;
        for row in &page {
            owners.insert(row.contact);
            let context = context(this, row.contact);
            match SubjectKey::unwrap_from(this.master(), &context, &row.wrapped) {
                Ok(key) => {
                    keys.insert(key.pseudonym(), key);
                }
                Err(error) => {
                    checked.wrong(None, format!("the key of {}: {error}", row.contact));
                }
            }
        }
        match page.last() {
            Some(last) => after = Some(last.contact),
            None => break,
        }
    }
    let mut after = None;
    loop {
        let page = store::contact::list(tx, this.id(), after, PAGE)?;
        for row in &page {
            match (owners.contains(&row.id), row.erased_at) {
                (true, None) => {}
                (false, Some(_)) => check_erasure(tx, this, row.id, checked)?,
                (true, Some(_)) => {
                    checked.wrong(None, format!("contact {} is erased but has a key", row.id));
                }
                (false, None) => {
                    checked.wrong(None, format!("contact {} has no key", row.id));
                }
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
    let mut proofs = Proofs::default();
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
            if row.kind == Kind::OrganisationCreated as i16 {
                proofs.from_the_start |= is_marked(&entry);
            }
            if row.kind == Kind::RegisterApplied as i16
                && let Some(version) = register_version(&entry)
            {
                let name = (version.table, version.id);
                proofs.last.insert(name, (row.seq, version.sha256));
            }
            if row.kind == Kind::CampaignMoved as i16
                && let Some(campaign) = made_a_draft(&entry)
            {
                proofs.nobody_is_in(&campaign);
            }
            if let Some(said) = said(&entry, row.seq, keys, checked) {
                proofs.take(said, row.seq, checked);
            }
        }
    }
}

/// Whether the first entry says that every row is proved.
fn is_marked(entry: &Entry) -> bool {
    match entry.payload() {
        Payload::Clear(map) => map.contains_key(state::PROVED_FROM_THE_START),
        Payload::Sealed { .. } => false,
    }
}

/// The campaign that has become a draft again, if the entry says that of one.
fn made_a_draft(entry: &Entry) -> Option<String> {
    let Payload::Clear(map) = entry.payload() else {
        return None;
    };
    let draft = map.get("state")?.as_str()? == CampaignState::Draft.name();
    let campaign = map.get("campaign")?.as_str()?;
    draft.then(|| campaign.to_owned())
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

/// What an entry says of rows, if it can be opened and says anything of them.
fn said(
    entry: &Entry,
    number: i64,
    keys: &HashMap<Pseudonym, SubjectKey>,
    checked: &mut Checked,
) -> Option<Said> {
    match entry.payload() {
        Payload::Clear(map) => serde_json::from_value(map.clone().into()).ok(),
        Payload::Sealed { .. } => {
            let subject = entry.header().subject;
            let Some(key) = subject.and_then(|subject| keys.get(&subject)) else {
                checked.erased += 1;
                return None;
            };
            match entry.open(&key.entry_key(&entry.header().nonce)) {
                Ok(text) => serde_json::from_slice(&text).ok(),
                Err(error) => {
                    checked.wrong(Some(number), error.to_string());
                    None
                }
            }
        }
    }
}
