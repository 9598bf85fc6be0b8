//! What keeps a person's data although they are to go: legal holds that somebody set, and proofs that the
//! law asks to keep. The latter nobody sets and nobody lifts.

use jiff::civil::Date;
use law::uwg::s7a;
use law::{Citation, Country};
use store::facts::Facts;
use store::{Id, Tx};

use super::judge::Held;
use crate::person::{ContactRef, Person};
use crate::{Error, Organisation, words};

/// A proof that the law asks to keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProofToKeep {
    /// The provision.
    pub provision: Citation,
    /// The last day.
    pub until: Date,
}

/// What keeps a person's data although they are to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The last day of what ends last.
    pub until: Date,
    /// The provisions of all that is in force, each once.
    pub provisions: Vec<String>,
}

/// The proof of consent to advertising calls to a consumer is kept for five years from the consent and
/// from each use (UWG § 7a(2)); erasure does not reach it so long (GDPR Art. 17(3)(b)). A consent that
/// was withdrawn is no exception. The provision is Germany's.
pub(super) fn call_consents(facts: &Facts) -> Result<Option<ProofToKeep>, Error> {
    if facts.consents.is_empty() {
        return Ok(None);
    }
    let kind = words::kind(facts.contact.kind)?;
    let country = facts.contact.country.parse::<Country>().ok();
    let mut last = None;
    for row in &facts.consents {
        if s7a::applies(kind, country, words::channels(row.channels)?) {
            last = last.max(Some(s7a::keep_until(
                row.given_on,
                row.last_used_on.as_slice(),
            )));
        }
    }
    Ok(last.map(|until| ProofToKeep {
        provision: s7a::PARAGRAPH_2,
        until,
    }))
}

impl Held {
    /// The last day of the hold or the proof that ends last.
    pub(crate) fn held_until(&self) -> Result<Option<Date>, Error> {
        let holds = self.facts.holds.iter().map(|hold| hold.ends_on).max();
        let proof = call_consents(&self.facts)?.map(|proof| proof.until);
        Ok(holds.max(proof))
    }

    /// What keeps the data on a day.
    pub(crate) fn kept(&self, on: Date) -> Result<Option<Kept>, Error> {
        let proof = call_consents(&self.facts)?;
        let proof = proof.map(|proof| (proof.until, proof.provision.label(on).to_owned()));
        let holds = self.facts.holds.iter();
        let holds = holds.map(|hold| (hold.ends_on, hold.provision.clone()));
        let (mut until, mut provisions) = (None, Vec::new());
        for (last, provision) in holds.chain(proof).filter(|(last, _)| *last >= on) {
            until = until.max(Some(last));
            if !provisions.contains(&provision) {
                provisions.push(provision);
            }
        }
        Ok(until.map(|until| Kept { until, provisions }))
    }
}

/// What keeps a contact's data on a day.
pub(crate) fn kept(
    tx: &mut Tx<'_>,
    this: &Organisation,
    contact: Id,
    on: Date,
) -> Result<Option<Kept>, Error> {
    match Held::load(tx, this, contact)? {
        Some(held) => held.kept(on),
        None => Ok(None),
    }
}

impl Organisation {
    /// What an erasure of this contact would wait for; `None` if it would be done at once.
    ///
    /// # Errors
    /// When the contact is unknown or erased.
    pub fn what_delays_erasure(
        &self,
        contact: &ContactRef,
        today: Date,
    ) -> Result<Option<Kept>, Error> {
        self.store().read(|tx| {
            let person = Person::find(tx, self, contact)?;
            kept(tx, self, person.row.id, today)
        })
    }
}
