//! Writes some rows of a list in one transaction.

use std::collections::{HashMap, HashSet};

use law::ChannelSet;
use law::facts::{ContactKind, Subscriber};
use store::{Hash, Id, Tx};

use super::Draft;
use super::run::{Counts, Provenance};
use crate::contact::{Fields, Kind};
use crate::new_contact::{NewContact, NewContacts};
use crate::person::{Blind, ContactRef, Person};
use crate::{Act, Error, Organisation, objection, words};

/// Rows to write.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) drafts: Vec<Draft>,
}

pub(super) fn write(
    tx: &mut Tx<'_>,
    this: &Organisation,
    batch: &Batch,
    provenance: &Provenance,
    act: &Act,
    counts: &mut Counts,
) -> Result<(), Error> {
    let blinds: Vec<Vec<Blind>> = batch
        .drafts
        .iter()
        .map(|draft| this.blinds_of(&draft.fields))
        .collect();
    let hashes: Vec<Hash> = blinds.iter().flatten().map(|(_, hash)| *hash).collect();
    let barred = barred(tx, this, &batch.drafts, &blinds)?;
    let mut on_record: HashMap<Hash, Vec<Id>> = HashMap::new();
    for row in store::lookup::find(tx, this.id(), &hashes)? {
        on_record.entry(row.hash).or_default().push(row.contact);
    }
    // Contacts that the list itself says have objected.
    let mut objected: Vec<Id> = Vec::new();
    let mut new = NewContacts::default();
    // Rows of this batch by their hashes, since they are not in the store yet.
    let mut in_batch: HashMap<Hash, Vec<(&Fields, Id)>> = HashMap::new();
    for ((draft, blinds), barred) in batch.drafts.iter().zip(&blinds).zip(barred) {
        if barred {
            counts.suppressed += 1;
            continue;
        }
        let earlier = blinds
            .iter()
            .filter_map(|(_, hash)| in_batch.get(hash))
            .flatten()
            .find(|(earlier, _)| draft.fields.is_same_person(earlier))
            .map(|(_, id)| *id);
        let known = match earlier {
            Some(id) => Some(id),
            None => on_record_as(tx, this, draft, blinds, &on_record)?,
        };
        let id = if let Some(id) = known {
            counts.known += 1;
            id
        } else {
            let id = new.add(this, &new_contact(draft, provenance), blinds, act)?;
            counts.added += 1;
            for (_, hash) in blinds {
                in_batch.entry(*hash).or_default().push((&draft.fields, id));
            }
            id
        };
        // An objection counts whoever brings it, for a known contact too.
        if !draft.claimed_objections.is_empty() && !objected.contains(&id) {
            objected.push(id);
        }
    }
    new.write(tx)?;
    for id in objected {
        let before = store::objection::of_contact(tx, this.id(), id)?;
        if before
            .iter()
            .any(|row| objection::stops_all(row, act.today))
        {
            continue;
        }
        let contact = ContactRef::Id(id);
        objection::record(tx, this, &contact, ChannelSet::ALL, act.today, act)?;
        counts.objections += 1;
    }
    Ok(())
}

fn new_contact<'a>(draft: &'a Draft, provenance: &'a Provenance) -> NewContact<'a> {
    NewContact {
        fields: &draft.fields,
        kind: provenance.kind.unwrap_or(match draft.kind {
            Kind::Business => ContactKind::Business,
            // The law protects consumers more, so who is not known to be a business is one.
            Kind::Consumer | Kind::Unknown => ContactKind::Consumer,
        }),
        country: draft.country.country,
        subscriber: subscriber(&draft.fields),
        source: provenance.source.trim(),
        source_kind: provenance.source_kind,
        obtained_on: provenance.obtained_on,
        informed_on: None,
        line: Some(draft.line),
        claimed_consents: &draft.claimed_consents,
    }
}

/// Which rows are about somebody who was erased or objected to everything, and so stay out. Who
/// only objected to calls, say, is taken: the objection stands on record.
fn barred(
    tx: &mut Tx<'_>,
    this: &Organisation,
    drafts: &[Draft],
    blinds: &[Vec<Blind>],
) -> Result<Vec<bool>, Error> {
    // Somebody who shares an address with others is suppressed under the name.
    let named: Vec<Vec<Blind>> = drafts
        .iter()
        .zip(blinds)
        .map(|(draft, blinds)| {
            let with_name = blinds
                .iter()
                .map(|blind| this.blind_with_name(*blind, &draft.fields));
            blinds.iter().copied().chain(with_name.flatten()).collect()
        })
        .collect();
    let hashes: Vec<Hash> = named.iter().flatten().map(|(_, hash)| *hash).collect();
    let mut suppressed = HashSet::new();
    for row in store::suppression::find(tx, this.id(), &hashes)? {
        if words::channels(row.channels)? == ChannelSet::ALL {
            suppressed.insert(row.hash);
        }
    }
    let is_barred = |blinds: &Vec<Blind>| blinds.iter().any(|(_, hash)| suppressed.contains(hash));
    Ok(named.iter().map(is_barred).collect())
}

/// The contact on record that a row is about.
fn on_record_as(
    tx: &mut Tx<'_>,
    this: &Organisation,
    draft: &Draft,
    blinds: &[Blind],
    on_record: &HashMap<Hash, Vec<Id>>,
) -> Result<Option<Id>, Error> {
    for id in blinds
        .iter()
        .filter_map(|(_, hash)| on_record.get(hash))
        .flatten()
    {
        let person = Person::load(tx, this, *id)?;
        let kept = person.kept(this)?;
        let mut names = kept.identities();
        if names.any(|fields| draft.fields.is_same_person(&fields)) {
            return Ok(Some(person.row.id));
        }
    }
    Ok(None)
}

/// Legal forms of legal persons. Partnerships and sole traders (e. K., GbR, OHG, KG, VOF) are
/// left out: several countries protect them like natural persons, and unknown is the safe answer.
const LEGAL_PERSONS: [&str; 24] = [
    "gmbh", "ag", "ug", "se", "eg", "kgaa", "bv", "b.v.", "nv", "n.v.", "sa", "s.a.", "sas",
    "sarl", "srl", "s.r.l.", "spa", "s.p.a.", "sl", "ltd", "plc", "ab", "aps", "a/s",
];

fn subscriber(fields: &Fields) -> Option<Subscriber> {
    let company = fields.company.as_deref()?.to_lowercase();
    let mut words = company.split([' ', ',']).filter(|word| !word.is_empty());
    let partnership = company.contains("& co") || company.contains("und co");
    let legal = words.any(|word| {
        LEGAL_PERSONS.contains(&word.trim_end_matches('.')) || LEGAL_PERSONS.contains(&word)
    });
    (!partnership && (legal || company.ends_with("sp. z o.o."))).then_some(Subscriber::LegalPerson)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::{Email, Phone};
    use law::Country;

    fn same_person(one: &Fields, other: &Fields) -> bool {
        one.is_same_person(other)
    }

    fn person(name: &str, email: Option<&str>, phone: Option<&str>) -> Fields {
        let mut fields = Fields {
            family_name: (!name.is_empty()).then(|| name.to_owned()),
            ..Fields::default()
        };
        if let Some(email) = email {
            fields.add_email(Email::parse(email).unwrap());
        }
        if let Some(phone) = phone {
            fields.add_phone(Phone::parse(phone, Country::DE).unwrap());
        }
        fields
    }

    #[test]
    fn colleagues_who_share_a_mailbox_or_a_number_stay_two_people() {
        let info = Some("info@example.de");
        let number = Some("0641 123456");
        assert!(!same_person(
            &person("Abel", info, None),
            &person("Brand", info, None)
        ));
        assert!(!same_person(
            &person("Abel", None, number),
            &person("Brand", None, number)
        ));
        assert!(!same_person(
            &person("Abel", None, number),
            &person("", None, number)
        ));
        assert!(same_person(
            &person("Abel", info, None),
            &person("abel", info, number)
        ));
        assert!(same_person(
            &person("Abel", info, None),
            &person("", info, None)
        ));
    }

    #[test]
    fn a_row_with_a_postal_address_alone_is_known_by_it_and_one_with_more_is_not_swallowed() {
        let at = |name: &str, email: Option<&str>, street: &str| Fields {
            street: Some(street.to_owned()),
            city: Some("Kassel".to_owned()),
            ..person(name, email, None)
        };
        let known = at("Abel", Some("abel@example.de"), "Weg  1");
        assert!(same_person(&at("abel", None, "weg 1"), &known));
        assert!(!same_person(&at("Abel", None, "Weg 2"), &known));
        assert!(!same_person(&at("Brand", None, "Weg 1"), &known));
        // Its address would be lost.
        let with_more = at("Abel", Some("neu@example.de"), "Weg 1");
        assert!(!same_person(&with_more, &at("Abel", None, "Weg 1")));
    }

    #[test]
    fn only_a_sure_legal_form_makes_a_legal_person() {
        let of = |company: &str| {
            subscriber(&Fields {
                company: Some(company.to_owned()),
                ..Fields::default()
            })
        };
        for company in [
            "Brückner Metallbau GmbH",
            "Kuipers Pumpen B.V.",
            "Nowicki sp. z o.o.",
        ] {
            assert_eq!(of(company), Some(Subscriber::LegalPerson), "{company}");
        }
        for company in [
            "Abel & Brand GbR",
            "Uhlig e. K.",
            "Rößler GmbH & Co. KG",
            "Werkstatt Ott",
        ] {
            assert_eq!(of(company), None, "{company}");
        }
    }
}
