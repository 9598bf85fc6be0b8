//! Receipts: what a person or an auditor gets to prove an entry without us.

use evidence::{Entry, Payload, Receipt, inclusion_proof};
use jiff::Timestamp;

use super::reader::StoredLog;
use crate::person::Person;
use crate::{Error, Organisation};

/// A receipt, ready to be written to a file.
#[derive(Clone, Debug)]
pub struct Issued {
    /// Position of the entry in the log.
    pub index: u64,
    /// The receipt's text, JSON.
    pub json: String,
}

impl Organisation {
    /// The receipt of the entry numbered `entry`. With `disclose` its holder can read what the
    /// entry seals, and nothing else. An entry that still waits gets its place first.
    ///
    /// # Errors
    /// When there is no such entry, or it can't be disclosed because the person was erased.
    pub fn receipt(&self, entry: i64, disclose: bool, now: Timestamp) -> Result<Issued, Error> {
        self.sequence(now)?;
        let this = self.clone();
        self.store().read(|tx| {
            let row = store::evidence_entry::get(tx, this.id(), entry)?
                .ok_or(Error::UnknownEntry(entry))?;
            let unsigned = |n: i64| u64::try_from(n).map_err(|_| Error::Stored("position"));
            let index = unsigned(row.leaf.ok_or(Error::UnknownEntry(entry))?)?;
            let parsed = Entry::from_bytes(&row.bytes)?;
            let sealed = matches!(parsed.payload(), Payload::Sealed { .. });
            let disclosure = if disclose && sealed {
                let pseudonym = parsed
                    .header()
                    .subject
                    .ok_or(Error::NotDisclosable(entry))?;
                let key = Person::key_by_pseudonym(tx, &this, pseudonym)?
                    .ok_or(Error::NotDisclosable(entry))?;
                Some(key.entry_key(&parsed.header().nonce))
            } else {
                None
            };
            let latest = store::evidence_checkpoint::latest(tx, this.id())?
                .ok_or(Error::UnknownEntry(entry))?;
            let damaged = |e: &dyn std::fmt::Display| Error::Log(e.to_string());
            let proof = inclusion_proof(
                &mut StoredLog::new(tx, this.id()),
                index,
                unsigned(latest.size)?,
            )
            .map_err(|e| damaged(&e))?;
            let receipt = Receipt {
                entry: parsed,
                index,
                size: unsigned(latest.size)?,
                proof,
                checkpoint: latest.note,
                disclosure,
            };
            // A receipt that would not verify must never leave the house.
            receipt
                .verify(this.log_verifier())
                .map_err(|e| damaged(&e))?;
            let json = receipt.to_json().map_err(|e| damaged(&e))?;
            Ok(Issued { index, json })
        })
    }
}
