//! The sequencer: gives waiting entries their place, builds tiles and signs a checkpoint.

use evidence::{Frontier, leaf_hash};
use jiff::Timestamp;
use store::Tx;

use super::reader::StoredLog;
use crate::{Error, Organisation};

/// Entries that get their place in one transaction. Enough to be quick, few enough that writers
/// do not wait long.
const BATCH: u32 = 4096;

impl Organisation {
    /// Gives every waiting entry its place in the log and signs the result. Operations on one
    /// contact leave that to their caller, so that many writers do not queue for the log: a
    /// command does it at its end, a server about once a second. Several processes may.
    ///
    /// Returns how many entries were placed.
    ///
    /// # Errors
    /// When the log is damaged (nothing is signed then) or the store can't be written.
    pub fn sequence(&self, now: Timestamp) -> Result<u64, Error> {
        let mut placed = 0;
        loop {
            let this = self.clone();
            let batch = self
                .store()
                .write(move |tx| sequence_batch(tx, &this, now))?;
            placed += batch;
            if batch < u64::from(BATCH) {
                return Ok(placed);
            }
        }
    }
}

fn sequence_batch(tx: &mut Tx<'_>, this: &Organisation, now: Timestamp) -> Result<u64, Error> {
    store::evidence_entry::lock_log(tx, this.id())?;
    let waiting = store::evidence_entry::unsequenced(tx, this.id(), BATCH)?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let mut frontier = load_frontier(tx, this)?;
    let first = frontier.size();
    let hashes: Vec<_> = waiting
        .iter()
        .map(|entry| leaf_hash(&entry.bytes))
        .collect();
    for tile in frontier.append(&hashes) {
        let row = store::evidence_tile::EvidenceTile {
            org: this.id(),
            level: tile.id.level.into(),
            idx: stored(tile.id.index)?,
            width: tile.id.width.into(),
            data: tile.bytes,
        };
        store::evidence_tile::put(tx, &row)?;
    }
    let numbers: Vec<i64> = waiting.iter().map(|entry| entry.seq).collect();
    store::evidence_entry::set_leaves(tx, this.id(), stored(first)?, &numbers)?;
    let checkpoint = store::evidence_checkpoint::EvidenceCheckpoint {
        org: this.id(),
        size: stored(frontier.size())?,
        note: this.log_key().sign(frontier.size(), frontier.root()),
        at: now,
    };
    store::evidence_checkpoint::insert(tx, &checkpoint)?;
    Ok(waiting.len() as u64)
}

/// The right edge of the log, checked against the last signature: what was tampered with is never
/// signed anew.
fn load_frontier(tx: &mut Tx<'_>, this: &Organisation) -> Result<Frontier, Error> {
    let Some(latest) = store::evidence_checkpoint::latest(tx, this.id())? else {
        return Ok(Frontier::empty());
    };
    let damaged = |reason: &dyn std::fmt::Display| Error::Log(reason.to_string());
    let signed = this
        .log_verifier()
        .open(latest.note.as_bytes())
        .map_err(|e| damaged(&e))?;
    let frontier =
        Frontier::load(signed.size, &mut StoredLog::new(tx, this.id())).map_err(|e| damaged(&e))?;
    if frontier.root() != signed.root {
        return Err(damaged(&"the tiles do not lead to the signed root hash"));
    }
    Ok(frontier)
}

/// A position as the store keeps it.
fn stored(position: u64) -> Result<i64, Error> {
    i64::try_from(position).map_err(|_| Error::Log("it is too long".to_owned()))
}
