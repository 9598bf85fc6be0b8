//! Evidence packs: everything that is proven about one person, for an outsider to check (GDPR
//! Art. 7(1), Art. 15). That one was made is itself evidence, and that entry covers all of the pack.

mod context;
mod gather;
#[cfg(test)]
mod tests;

use pack::{ConsentRecord, Draft};
use serde_json::Value;

use crate::log::append::{self, Kind};
use crate::person::{ContactRef, Person};
use crate::{Act, Error, Organisation};

/// A pack that was made.
#[derive(Clone, Debug)]
pub struct EvidencePack {
    /// Number of the entry that it was made.
    pub entry: i64,
    /// The ZIP file.
    pub zip: Vec<u8>,
}

/// Who a pack is about, as the summary names the person.
#[derive(Clone, Debug)]
pub struct PersonFacts {
    /// Title, given name and family name.
    pub name: Option<String>,
    /// Company.
    pub company: Option<String>,
    /// E-mail addresses.
    pub emails: Vec<String>,
    /// Telephone numbers.
    pub phones: Vec<String>,
    /// Postal address, line by line.
    pub address: Vec<String>,
    /// What stands for the person in the log.
    pub pseudonym: String,
}

/// What a pack's summary is written from.
pub struct PackFacts {
    /// Who it is about.
    pub person: PersonFacts,
    /// Entries, consents, checkpoint and key.
    pub draft: Draft,
}

impl PackFacts {
    /// The number of the entry at this place of the log.
    pub fn number(&self, index: u64) -> Option<i64> {
        let mut entries = self.draft.entries().iter();
        let found = entries.find(|(_, entry)| entry.index == index);
        found.map(|(number, _)| *number)
    }

    /// The consent that the entry of this number put on record.
    pub fn consent(&self, number: i64) -> Option<ConsentRecord> {
        let mut consents = self.draft.consents().into_iter();
        consents.find(|consent| consent.index().and_then(|at| self.number(at)) == Some(number))
    }
}

impl Organisation {
    /// Makes a pack. `summary` writes its PDF from the facts.
    ///
    /// # Errors
    /// When there is no such contact, the log is damaged, there is more than a pack can hold, or
    /// `summary` fails: then nothing is written. [`Error::ContactConflict`] when the contact was
    /// merged meanwhile.
    pub fn evidence_pack<E: From<Error>>(
        &self,
        contact: &ContactRef,
        summary: impl FnOnce(&PackFacts) -> Result<Vec<u8>, E>,
        act: &Act,
    ) -> Result<EvidencePack, E> {
        let facts = self.pack_facts(contact, act)?;
        let written = summary(&facts)?;
        let PackFacts { person, draft } = facts;
        let ready = draft.ready(written).map_err(Error::from)?;
        let (this, contact, by, what) =
            (self.clone(), contact.clone(), act.clone(), ready.to_log());
        let entry = self.store().write(move |tx| {
            let now = Person::find_to_change(tx, &this, &contact)?;
            if crate::state::hex(&now.key.pseudonym()) != person.pseudonym {
                return Err(Error::ContactConflict);
            }
            append::sealed(tx, &this, &by, Kind::ProofIssued, &now.key, &what)
        })?;
        let receipt = self.receipt(entry, true, act.at)?;
        let zip = ready.finish(&receipt.json).map_err(Error::from)?;
        Ok(EvidencePack { entry, zip })
    }

    /// What a pack would be made from now. Nothing is written about it.
    ///
    /// # Errors
    /// When there is no such contact, or the log is damaged.
    pub fn pack_facts(&self, contact: &ContactRef, act: &Act) -> Result<PackFacts, Error> {
        self.sequence(act.at)?;
        self.store().read(|tx| {
            let person = Person::find(tx, self, contact)?;
            gather::facts(tx, self, &person, act)
        })
    }

    /// The contact's consents after ISO/IEC TS 27560:2023 in terms of the W3C DPV, as JSON-LD.
    ///
    /// # Errors
    /// As [`Organisation::pack_facts`].
    pub fn consent_records_jsonld(&self, contact: &ContactRef, act: &Act) -> Result<Value, Error> {
        Ok(self.pack_facts(contact, act)?.draft.consents_jsonld())
    }
}
