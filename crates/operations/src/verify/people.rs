//! The people: each has a key as long as no entry says that it ended, and is found under the hashes of
//! its own addresses and no others.

use std::collections::{BTreeMap, HashMap, HashSet};

use evidence::{Entry, Header, Pseudonym};
use store::contact::Contact;
use store::lookup::Lookup;
use store::{Id, Tx};
use vault::SubjectKey;

use super::{Checked, PAGE};
use crate::log::append::Kind;
use crate::person::{LookupKind, Person, context};
use crate::{Error, Organisation};

/// The keys of contacts, of forms that were sent, and of requests of nobody known.
#[derive(Default)]
pub(super) struct Keys {
    by_pseudonym: HashMap<Pseudonym, SubjectKey>,
    /// What stands in the log for each owner of a key; `None` if the key can't be read.
    owners: HashMap<Id, Option<Pseudonym>>,
}

impl Keys {
    /// They are read from where keys are kept, so that a row that is gone while its key is there is
    /// missed.
    pub(super) fn read(
        tx: &mut Tx<'_>,
        this: &Organisation,
        checked: &mut Checked,
    ) -> Result<Self, Error> {
        let mut keys = Self::default();
        let mut after = None;
        loop {
            let page = store::key::list(tx, this.id(), after, PAGE)?;
            for row in &page {
                let context = context(this, row.contact);
                let key = SubjectKey::unwrap_from(this.master(), &context, &row.wrapped);
                let pseudonym = key.as_ref().ok().map(SubjectKey::pseudonym);
                keys.owners.insert(row.contact, pseudonym);
                match key {
                    Ok(key) => {
                        keys.by_pseudonym.insert(key.pseudonym(), key);
                    }
                    Err(error) => {
                        checked.wrong(None, format!("the key of {}: {error}", row.contact));
                    }
                }
            }
            match page.last() {
                Some(last) => after = Some(last.contact),
                None => return Ok(keys),
            }
        }
    }

    /// The key of whom a pseudonym stands for.
    pub(super) fn of(&self, subject: &Pseudonym) -> Option<&SubjectKey> {
        self.by_pseudonym.get(subject)
    }

    fn owned_by(&self, id: Id) -> Option<&SubjectKey> {
        self.of(self.owners.get(&id)?.as_ref()?)
    }
}

/// Somebody of whom entries speak and who has no key.
struct Keyless {
    /// The first entry about them.
    first: i64,
    is_contact: bool,
    /// Whether they asked for something; nobody known, unless it is a contact.
    is_request: bool,
    /// Whether an entry says that a contact was erased.
    erased: bool,
    /// Whether an entry says that the key of a form or a request went.
    ended: bool,
}

/// How those ended of whom the log speaks and who have no key.
#[derive(Default)]
pub(super) struct Ends {
    /// Whether the log says of every key that it ended (see
    /// [`ENDS_FROM_THE_START`](crate::state::ENDS_FROM_THE_START)).
    pub(super) from_the_start: bool,
    keyless: BTreeMap<Pseudonym, Keyless>,
    /// Entries about an erasure of somebody whose key is still there.
    undone: Vec<i64>,
}

impl Ends {
    pub(super) fn take(&mut self, entry: i64, header: &Header, kind: Option<Kind>, keys: &Keys) {
        let Some(subject) = header.subject else {
            return;
        };
        if keys.of(&subject).is_some() {
            if matches!(
                kind,
                Some(
                    Kind::ErasureDone
                        | Kind::KeyEnded
                        | Kind::SubmissionExpired
                        | Kind::RequestRemoved
                )
            ) {
                self.undone.push(entry);
            }
            return;
        }
        let found = self.keyless.entry(subject).or_insert(Keyless {
            first: entry,
            is_contact: false,
            is_request: false,
            erased: false,
            ended: false,
        });
        match kind {
            Some(Kind::ContactImported) => found.is_contact = true,
            Some(Kind::RequestReceived) => found.is_request = true,
            Some(Kind::ErasureDone) => found.erased = true,
            Some(Kind::KeyEnded | Kind::SubmissionExpired | Kind::RequestRemoved) => {
                found.ended = true;
            }
            _ => {}
        }
    }
}

pub(super) fn check(
    tx: &mut Tx<'_>,
    this: &Organisation,
    keys: &Keys,
    ends: &Ends,
    checked: &mut Checked,
) -> Result<(), Error> {
    for entry in &ends.undone {
        let what = format!("entry {entry} says that a key is gone, but it is there");
        checked.wrong(Some(*entry), what);
    }
    ends.name_the_unproved(checked);
    of_contacts(tx, this, keys, checked)
}

impl Ends {
    /// Those whose end no entry proves, with the first entry about them and what they are.
    pub(super) fn unproved(&self) -> impl Iterator<Item = (&Pseudonym, (i64, &'static str))> {
        self.keyless.iter().filter_map(|(whose, one)| {
            // That a contact was erased, or a request of nobody known ended, stood in every log from its
            // beginning.
            let (who, is_proved) = if one.is_contact {
                ("contact", one.erased)
            } else if one.is_request {
                ("request", one.ended || one.erased)
            } else {
                ("form", one.ended || one.erased || !self.from_the_start)
            };
            (!is_proved).then_some((whose, (one.first, who)))
        })
    }

    fn name_the_unproved(&self, checked: &mut Checked) {
        for (_, (first, who)) in self.unproved() {
            let what = format!(
                "the {who} of which entry {first} speaks has no key, but no entry says why"
            );
            checked.wrong(Some(first), what);
        }
    }
}

/// Contacts have a key or were erased, and are found by what they have.
fn of_contacts(
    tx: &mut Tx<'_>,
    this: &Organisation,
    keys: &Keys,
    checked: &mut Checked,
) -> Result<(), Error> {
    let mut certificates = HashSet::new();
    let mut after = None;
    loop {
        let page = store::contact::list(tx, this.id(), after, PAGE)?;
        let to = page.last().map(|last| last.id);
        // After the last contact come hashes of contacts that are not there.
        let there: HashSet<_> = store::lookup::of_contacts(tx, this.id(), after, to)?
            .iter()
            .map(named)
            .collect();
        let mut expected = HashSet::new();
        for row in &page {
            let has_key = keys.owners.contains_key(&row.id);
            match (has_key, row.erased_at) {
                (true, None) => expected.extend(hashes(this, row, keys, checked)),
                (false, Some(_)) => {
                    check_erasure(tx, this, row.id, (keys, &mut certificates), checked)?;
                }
                (true, Some(_)) => {
                    checked.wrong(None, format!("contact {} is erased but has a key", row.id));
                }
                (false, None) => {
                    checked.wrong(None, format!("contact {} has no key", row.id));
                }
            }
        }
        compare(&expected, &there, checked);
        match to {
            Some(to) => after = Some(to),
            None => return Ok(()),
        }
    }
}

/// A hash by which a contact is found, with its kind.
type Named = (Id, i16, [u8; 32]);

fn named(row: &Lookup) -> Named {
    (row.contact, row.kind, row.hash)
}

/// The hashes by which a contact is to be found. One that was merged into another is found by what
/// stands for it in the log alone.
fn hashes(this: &Organisation, row: &Contact, keys: &Keys, checked: &mut Checked) -> Vec<Named> {
    let Some(key) = keys.owned_by(row.id) else {
        return Vec::new();
    };
    let mut blinds = vec![this.blind(LookupKind::Pseudonym, &key.pseudonym())];
    if row.sealed.is_some() {
        let person = Person {
            row: row.clone(),
            key: key.clone(),
        };
        if let Ok(kept) = person.kept(this) {
            blinds.extend(this.blinds_of_kept(&kept));
        } else {
            let what = format!("what is kept of contact {} can't be read", row.id);
            checked.wrong(None, what);
        }
    }
    let named = |(kind, hash): (LookupKind, [u8; 32])| (row.id, kind as i16, hash);
    blinds.into_iter().map(named).collect()
}

fn compare(expected: &HashSet<Named>, there: &HashSet<Named>, checked: &mut Checked) {
    let differences = [
        (expected, there, "is not found by what it has any more"),
        (there, expected, "is found by what it does not have"),
    ];
    for (one, other, says) in differences {
        let mut contacts: Vec<_> = one.difference(other).map(|(contact, ..)| contact).collect();
        contacts.sort_unstable();
        contacts.dedup();
        for contact in contacts {
            checked.wrong(None, format!("contact {contact} {says}"));
        }
    }
}

/// An erasure has an entry of its own, about somebody whose key is gone.
fn check_erasure(
    tx: &mut Tx<'_>,
    this: &Organisation,
    contact: Id,
    (keys, certificates): (&Keys, &mut HashSet<i64>),
    checked: &mut Checked,
) -> Result<(), Error> {
    let journal = store::erasure::get(tx, this.id(), contact)?;
    let entry = match &journal {
        Some(journal) => store::evidence_entry::get(tx, this.id(), journal.entry_seq)?,
        None => None,
    };
    let says_so = entry.is_some_and(|row| {
        Entry::from_bytes(&row.bytes).is_ok_and(|entry| {
            let header = entry.header();
            let erased = header.subject.filter(|subject| keys.of(subject).is_none());
            header.kind == Kind::ErasureDone.name() && erased.is_some()
        }) && certificates.insert(row.seq)
    });
    if !says_so {
        checked.wrong(
            journal.map(|journal| journal.entry_seq),
            format!("contact {contact} is marked as erased, but no entry says so"),
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_may_be_gone_with_its_key_in_an_older_log_and_a_contact_or_request_in_none() {
        for (from_the_start, kinds, faults) in [
            (false, &[Kind::SubmissionReceived][..], 0),
            (true, &[Kind::SubmissionReceived], 1),
            (true, &[Kind::SubmissionReceived, Kind::KeyEnded], 0),
            (
                true,
                &[Kind::SubmissionReceived, Kind::SubmissionExpired],
                0,
            ),
            (false, &[Kind::RequestReceived], 1),
            (false, &[Kind::RequestReceived, Kind::RequestRemoved], 0),
            (false, &[Kind::ContactImported], 1),
            (true, &[Kind::ContactImported, Kind::KeyEnded], 1),
            (false, &[Kind::ContactImported, Kind::ErasureDone], 0),
        ] {
            let mut ends = Ends {
                from_the_start,
                ..Ends::default()
            };
            for kind in kinds {
                let header = Header {
                    log: "test".to_owned(),
                    kind: kind.name().to_owned(),
                    at: jiff::Timestamp::UNIX_EPOCH,
                    actor: "test".to_owned(),
                    subject: Some([1; 16]),
                    nonce: [2; 16],
                };
                ends.take(1, &header, Some(*kind), &Keys::default());
            }
            let mut checked = Checked::default();
            ends.name_the_unproved(&mut checked);
            assert_eq!(checked.faults.len(), faults, "{kinds:?}");
        }
    }
}
