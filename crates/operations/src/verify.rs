//! Checks an installation against itself: the log from its entries to its signature, and every
//! row of state against the entry that last wrote it.

mod people;
mod rows;

use std::collections::{BTreeMap, HashMap};

use evidence::{Entry, Payload, Pseudonym, verify_log};
use serde::{Deserialize, Serialize};
use store::Tx;
use store::evidence_entry::EvidenceEntry;

use crate::campaign::CampaignState;
use crate::log::StoredLog;
use crate::log::append::Kind;
use crate::state::{self, RowProof, Said, Table};
use crate::{Error, Organisation};
use people::{Ends, Keys};

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
    /// The place in the log of each entry in `last` that has one.
    leaves: HashMap<i64, i64>,
}

impl Proofs {
    fn take(&mut self, said: Said, row: &EvidenceEntry, checked: &mut Checked) {
        let entry = row.seq;
        self.leaves.extend(row.leaf.map(|leaf| (entry, leaf)));
        for row in &said.gone {
            self.last.remove(&(row.table, row.id.clone()));
        }
        for row in said.all() {
            let (table, name) = (row.table, (row.table, row.id));
            let before = self.last.insert(name.clone(), (entry, row.sha256));
            // The log's order is signed, that of the numbers is not. Rows are locked while they are
            // changed, so of one row both are the same.
            let later = before
                .as_ref()
                .and_then(|(before, _)| self.leaves.get(before));
            let leaf = self.leaves.get(&entry);
            if later.zip(leaf).is_some_and(|(before, own)| before > own) {
                let what = format!("entry {entry} has the number of a later one");
                checked.wrong(Some(entry), what);
            }
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
            let keys = Keys::read(tx, self, &mut checked)?;
            let (proofs, ends) = proofs(tx, self, &keys, &mut checked)?;
            people::check(tx, self, &keys, &ends, &mut checked)?;
            rows::check(tx, self, proofs, &mut checked)?;
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

/// What stands in the log for those who have no key though no entry says why.
pub(crate) fn ended_without_entry(
    tx: &mut Tx<'_>,
    this: &Organisation,
) -> Result<Vec<Pseudonym>, Error> {
    let mut checked = Checked::default();
    let keys = Keys::read(tx, this, &mut checked)?;
    let (_, ends) = proofs(tx, this, &keys, &mut checked)?;
    Ok(ends.unproved().map(|(whose, _)| *whose).collect())
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

/// Reads every entry, opens what can be opened, and keeps what the last one says of each row.
fn proofs(
    tx: &mut Tx<'_>,
    this: &Organisation,
    keys: &Keys,
    checked: &mut Checked,
) -> Result<(Proofs, Ends), Error> {
    let (mut proofs, mut ends) = (Proofs::default(), Ends::default());
    let mut after = 0;
    loop {
        let page = store::evidence_entry::list_by_number(tx, this.id(), after, PAGE)?;
        let Some(last) = page.last() else {
            return Ok((proofs, ends));
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
            check_columns(row, &entry, checked);
            let kind = Kind::named(&entry.header().kind);
            if kind == Some(Kind::OrganisationCreated) {
                proofs.from_the_start |= state::is_marked(&entry, state::PROVED_FROM_THE_START);
                ends.from_the_start |= state::is_marked(&entry, state::ENDS_FROM_THE_START);
            }
            ends.take(row.seq, entry.header(), kind, keys);
            if kind == Some(Kind::RegisterApplied)
                && let Some(version) = register_version(&entry)
            {
                let name = (version.table, version.id);
                proofs.last.insert(name, (row.seq, version.sha256));
            }
            if kind == Some(Kind::CampaignMoved)
                && let Some(campaign) = made_a_draft(&entry)
            {
                proofs.nobody_is_in(&campaign);
            }
            if let Some(said) = said(&entry, row.seq, keys, checked) {
                proofs.take(said, row, checked);
            }
        }
    }
}

/// The columns by which entries are found say what the entry says, which is signed.
fn check_columns(row: &EvidenceEntry, entry: &Entry, checked: &mut Checked) {
    let header = entry.header();
    let known = |kind: &Kind| *kind as i16 == row.kind;
    let kind = Kind::ALL.into_iter().find(known);
    let columns = [
        ("kind", kind == Kind::named(&header.kind)),
        (
            "time",
            row.at.as_millisecond() == header.at.as_millisecond(),
        ),
        ("subject", row.subject.map(|id| id.0) == header.subject),
    ];
    for (name, _) in columns.iter().filter(|(_, is_same)| !is_same) {
        let what = format!(
            "the {name} by which entry {} is found is not its own",
            row.seq
        );
        checked.wrong(Some(row.seq), what);
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
fn said(entry: &Entry, number: i64, keys: &Keys, checked: &mut Checked) -> Option<Said> {
    match entry.payload() {
        Payload::Clear(map) => serde_json::from_value(map.clone().into()).ok(),
        Payload::Sealed { .. } => {
            let subject = entry.header().subject;
            let Some(key) = subject.and_then(|subject| keys.of(&subject)) else {
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
