//! Takes a list into the store, batch by batch: each batch is one transaction with its evidence,
//! so that an interrupted run leaves nothing half-written and can be run again.

use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::thread;

use jiff::civil::Date;
use law::facts::{ContactKind, Source};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::batch::{self, Batch};
use super::{ImportError, Progress, Reader, Row, RowFault};
use crate::log::append::{self, Kind};
use crate::person::LookupKind;
use crate::{Act, Error, Organisation};

/// Rows written in one transaction.
const BATCH: usize = 500;

/// What the person who imports says about the list.
#[derive(Clone, Debug)]
pub struct Provenance {
    /// Where the data come from, in words (Art. 14(2)(f)).
    pub source: String,
    /// What kind of source that is.
    pub source_kind: Source,
    /// When the data were obtained.
    pub obtained_on: Date,
    /// Every contact is of this kind, whatever its row says.
    pub kind: Option<ContactKind>,
}

/// How many rows went where. `added + known + suppressed + rejected` is `rows`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Rows of data in the list.
    pub rows: u64,
    /// New contacts.
    pub added: u64,
    /// Rows about a contact that is on record, from before or from an earlier row.
    pub known: u64,
    /// Rows about somebody who objected or was erased; they stay out.
    pub suppressed: u64,
    /// Rows that can't be taken; they are in the rejects file.
    pub rejected: u64,
    /// Objections that the list itself notes; they were recorded.
    pub objections: u64,
    /// Rows taken with an e-mail address or a number that can't be read; it is kept as it stands
    /// with the contact, and not used.
    #[serde(default)]
    pub unreadable: u64,
}

/// What an import did.
#[derive(Clone, Debug, Serialize)]
pub struct Imported {
    /// How many rows went where, an interrupted earlier run of the same list included.
    #[serde(flatten)]
    pub counts: Counts,
    /// The row after which an interrupted earlier run of the same list was taken up again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resumed_after: Option<u64>,
    /// Number of the evidence entry about the run.
    pub entry: i64,
}

impl Organisation {
    /// Takes the rows of `reader` in. Bad rows go to `reject`, the rest is taken. A row about a
    /// known contact changes nothing, so running the same list twice changes nothing.
    ///
    /// `digest` tells the list from others (SHA-256 of the file): an interrupted run of the same
    /// list is taken up where it ended.
    ///
    /// # Errors
    /// When the list can't be read to its end or the store can't be written; what was written
    /// until then stays, and the next run goes on from there.
    pub fn import(
        &self,
        reader: Reader,
        digest: [u8; 32],
        provenance: &Provenance,
        act: &Act,
        mut reject: impl FnMut(&RowFault) -> std::io::Result<()>,
        mut progress: impl FnMut(Progress),
    ) -> Result<Imported, Error> {
        if provenance.obtained_on > act.today {
            return Err(Error::Future(provenance.obtained_on));
        }
        if provenance.source.trim().is_empty() {
            return Err(Error::Empty("the source"));
        }
        let id = self.run_id(digest, provenance);
        let (mut run, resumed_after) = self.begin(id, act)?;
        let provenance = Arc::new(provenance.clone());
        let (to_writer, batches) = sync_channel::<Result<Read, ImportError>>(2);
        let mut written: Result<(), Error> = Ok(());
        thread::scope(|scope| {
            scope.spawn(move || read_batches(reader, |read| to_writer.send(read).is_ok()));
            for read in batches {
                written = read.map_err(Error::from).and_then(|read| {
                    for fault in &read.faults {
                        reject(fault).map_err(|e| Error::file("the rejects file", e))?;
                    }
                    progress(read.progress);
                    self.write_batch(&mut run, read, &provenance, act)
                });
                if written.is_err() {
                    break;
                }
            }
        });
        written?;
        let entry = self.finish(run.clone(), act)?;
        self.sequence(act.at)?;
        Ok(Imported {
            counts: run.counts,
            resumed_after,
            entry,
        })
    }

    /// The same list with the same provenance is the same run. The hash is keyed, since a short
    /// list could be guessed.
    fn run_id(&self, digest: [u8; 32], provenance: &Provenance) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(digest);
        hash.update(format!("{provenance:?}"));
        self.blind(LookupKind::ImportRun, &hash.finalize()).1
    }

    fn begin(&self, id: [u8; 32], act: &Act) -> Result<(Run, Option<u64>), Error> {
        let known = self
            .store()
            .read(|tx| store::import_run::get(tx, self.id(), &id))?;
        let fresh = Run {
            id,
            counts: Counts::default(),
            next_row: 0,
            started_at: act.at,
        };
        let Some(row) = known.filter(|row| row.finished_at.is_none()) else {
            return Ok((fresh, None));
        };
        let counts = serde_json::from_str(&row.counts).map_err(|_| Error::Stored("import"))?;
        let next_row = u64::try_from(row.next_row).map_err(|_| Error::Stored("import"))?;
        Ok((
            Run {
                id,
                counts,
                next_row,
                started_at: row.started_at,
            },
            Some(next_row),
        ))
    }

    fn write_batch(
        &self,
        run: &mut Run,
        mut read: Read,
        provenance: &Arc<Provenance>,
        act: &Act,
    ) -> Result<(), Error> {
        let done = run.next_row;
        if read.last_row <= done {
            return Ok(());
        }
        read.batch.drafts.retain(|draft| draft.row > done);
        let mut next = run.clone();
        next.counts.rejected += read.faults.iter().filter(|fault| fault.row > done).count() as u64;
        next.counts.unreadable += read
            .batch
            .drafts
            .iter()
            .filter(|draft| draft.has_unreadable_address())
            .count() as u64;
        next.counts.rows += read.last_row - done;
        next.next_row = read.last_row;
        let (this, provenance, by) = (self.clone(), Arc::clone(provenance), act.clone());
        *run = self.store().write(move |tx| -> Result<_, Error> {
            batch::write(tx, &this, &read.batch, &provenance, &by, &mut next.counts)?;
            store::import_run::put(tx, &next.row(&this, None)?)?;
            Ok(next)
        })?;
        Ok(())
    }

    fn finish(&self, run: Run, act: &Act) -> Result<i64, Error> {
        let (this, by) = (self.clone(), act.clone());
        self.store().write(move |tx| {
            let what = json!({ "run": crate::state::hex(&run.id), "counts": run.counts });
            let entry = append::clear(tx, &this, &by, Kind::ImportFinished, what)?;
            store::import_run::put(tx, &run.row(&this, Some(by.at))?)?;
            Ok(entry)
        })
    }
}

/// How far a run is.
#[derive(Clone)]
struct Run {
    id: [u8; 32],
    counts: Counts,
    /// The last row that is written.
    next_row: u64,
    started_at: jiff::Timestamp,
}

impl Run {
    fn row(
        &self,
        this: &Organisation,
        finished_at: Option<jiff::Timestamp>,
    ) -> Result<store::import_run::ImportRun, Error> {
        Ok(store::import_run::ImportRun {
            org: this.id(),
            id: self.id,
            started_at: self.started_at,
            finished_at,
            next_row: i64::try_from(self.next_row).map_err(|_| Error::Stored("import"))?,
            counts: serde_json::to_string(&self.counts).map_err(|_| Error::Stored("import"))?,
        })
    }
}

/// Rows that were read and not yet written.
struct Read {
    batch: Batch,
    faults: Vec<RowFault>,
    last_row: u64,
    progress: Progress,
}

/// Reads to the end, or until `send` says that nobody wants more. Runs beside the writer, since
/// reading and normalising takes as long as writing.
fn read_batches(mut reader: Reader, mut send: impl FnMut(Result<Read, ImportError>) -> bool) {
    loop {
        let mut read = Read {
            batch: Batch::default(),
            faults: Vec::new(),
            last_row: 0,
            progress: reader.progress(),
        };
        for row in reader.by_ref().take(BATCH) {
            match row {
                Ok(Row::Taken(draft)) => {
                    read.last_row = draft.row;
                    read.batch.drafts.push(*draft);
                }
                Ok(Row::Rejected(fault)) => {
                    read.last_row = fault.row;
                    read.faults.push(fault);
                }
                Err(error) => {
                    // What was read before the fault is good and is written first.
                    if read.last_row == 0 || send(Ok(read)) {
                        send(Err(error));
                    }
                    return;
                }
            }
        }
        read.progress = reader.progress();
        if read.last_row == 0 || !send(Ok(read)) {
            return;
        }
    }
}
