//! Gathers what a pack is made of, in one view of the database.

use std::collections::BTreeSet;

use evidence::{Receipt, inclusion_proof};
use pack::Draft;
use store::Tx;

use super::{PackFacts, PersonFacts, context};
use crate::history::{self, Opened};
use crate::log::StoredLog;
use crate::merge::merged_into;
use crate::person::Person;
use crate::{Act, Error, Organisation, browse, document};

pub(super) fn facts(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    act: &Act,
) -> Result<PackFacts, Error> {
    let opened = history::opened(tx, this, person)?;
    let latest = store::evidence_checkpoint::latest(tx, this.id())?;
    let latest = latest.ok_or_else(|| Error::Log("it has no signed checkpoint".to_owned()))?;
    let size = u64::try_from(latest.size).map_err(|_| Error::Stored("position"))?;
    let mut subjects = vec![person.key.pseudonym()];
    for merged in merged_into(tx, this, person.row.id)? {
        subjects.push(merged.key.pseudonym());
    }
    let named: BTreeSet<String> = opened
        .iter()
        .filter_map(|one| one.content.get("activity")?.as_str().map(str::to_owned))
        .collect();
    let mut receipts = Vec::with_capacity(opened.len());
    for one in opened {
        // One that waits for its place came while the pack is made, and belongs to the next.
        let index = one.leaf.and_then(|leaf| u64::try_from(leaf).ok());
        let Some(index) = index.filter(|index| *index < size) else {
            continue;
        };
        // What came before the person was a contact has a pseudonym of its own.
        let subject = one.entry.header().subject;
        subjects.extend(subject.filter(|subject| !subjects.contains(subject)));
        receipts.push(receipt(tx, this, one, index, size, &latest.note)?);
    }
    let context = context::of(&*this.register_or_empty(tx)?, this, &named);
    let key = this.log_verifier();
    let mut draft = Draft::new(key, context, act.at, subjects, &latest.note, &receipts)?;
    for named in draft.documents() {
        let id = named.id.parse().map_err(|_| Error::Stored("document"))?;
        let file = document::read(tx, this, person, id)?;
        draft.add_document(&named, file.bytes);
    }
    Ok(PackFacts {
        person: person_facts(this, person)?,
        draft,
    })
}

fn receipt(
    tx: &mut Tx<'_>,
    this: &Organisation,
    opened: Opened,
    index: u64,
    size: u64,
    checkpoint: &str,
) -> Result<(i64, Receipt), Error> {
    let mut log = StoredLog::new(tx, this.id());
    let proof = inclusion_proof(&mut log, index, size);
    let receipt = Receipt {
        entry: opened.entry,
        index,
        size,
        proof: proof.map_err(|error| Error::Log(error.to_string()))?,
        checkpoint: checkpoint.to_owned(),
        disclosure: opened.key,
    };
    Ok((opened.number, receipt))
}

fn person_facts(this: &Organisation, person: &Person) -> Result<PersonFacts, Error> {
    let fields = person.fields(this)?;
    Ok(PersonFacts {
        name: fields.full_name(),
        company: fields.company.clone(),
        address: browse::address(&fields),
        emails: fields.emails.into_iter().map(String::from).collect(),
        phones: fields
            .phones
            .iter()
            .map(|phone| phone.e164().to_owned())
            .collect(),
        pseudonym: crate::state::hex(&person.key.pseudonym()),
    })
}
