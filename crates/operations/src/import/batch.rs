//! Writes some rows of a list in one transaction.

use std::collections::HashMap;

use law::facts::{ContactKind, Subscriber};
use law::{Channel, ChannelSet};
use serde_json::json;
use store::{Hash, Id, Tx};
use vault::SubjectKey;

use super::Draft;
use super::run::{Counts, Provenance};
use crate::contact::{Fields, Kind, Line, is_role_address};
use crate::installation::new_id;
use crate::log::append::{self, Kind as EntryKind};
use crate::person::{Blind, ContactRef, Kept, LookupKind, Person, context};
use crate::state::{self, Proved};
use crate::words::{self, flag};
use crate::{Act, Error, Organisation, objection};

/// Rows to write.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) drafts: Vec<Draft>,
}

/// The rows that the batch adds to the store.
#[derive(Default)]
struct New {
    contacts: Vec<store::contact::Contact>,
    keys: Vec<store::key::ContactKey>,
    lookups: Vec<store::lookup::Lookup>,
    entries: Vec<store::evidence_entry::NewEntry>,
    /// Contacts that the list itself says have objected.
    objected: Vec<Id>,
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
    let suppressed = store::suppression::find(tx, this.id(), &hashes)?;
    let suppressed: Vec<Hash> = suppressed
        .into_iter()
        .filter(|row| stays_out(row.channels))
        .map(|row| row.hash)
        .collect();
    let mut on_record: HashMap<Hash, Vec<Id>> = HashMap::new();
    for row in store::lookup::find(tx, this.id(), &hashes)? {
        on_record.entry(row.hash).or_default().push(row.contact);
    }
    let mut new = New::default();
    // Rows of this batch by their hashes, since they are not in the store yet.
    let mut in_batch: HashMap<Hash, Vec<usize>> = HashMap::new();
    for (index, (draft, blinds)) in batch.drafts.iter().zip(&blinds).enumerate() {
        if blinds.iter().any(|(_, hash)| suppressed.contains(hash)) {
            counts.suppressed += 1;
            continue;
        }
        let earlier = blinds
            .iter()
            .filter_map(|(_, hash)| in_batch.get(hash))
            .flatten();
        let repeated = earlier
            .filter_map(|&earlier| batch.drafts.get(earlier))
            .any(|earlier| same_person(&draft.fields, &earlier.fields));
        if repeated || is_known(tx, this, draft, blinds, &on_record)? {
            counts.known += 1;
            continue;
        }
        new.add(this, draft, blinds, provenance, act)?;
        counts.added += 1;
        for (_, hash) in blinds {
            in_batch.entry(*hash).or_default().push(index);
        }
    }
    new.write(tx, this, act, counts)
}

/// Somebody who was erased, or objected to more than one channel, is not taken in anew. Who only
/// objected to calls, say, is: the objection stands on record.
fn stays_out(channels: u32) -> bool {
    words::channels(channels)
        .is_ok_and(|channels| channels.contains(Channel::Storing) || channels == ChannelSet::ALL)
}

fn is_known(
    tx: &mut Tx<'_>,
    this: &Organisation,
    draft: &Draft,
    blinds: &[Blind],
    on_record: &HashMap<Hash, Vec<Id>>,
) -> Result<bool, Error> {
    for id in blinds
        .iter()
        .filter_map(|(_, hash)| on_record.get(hash))
        .flatten()
    {
        let person = Person::load(tx, this, *id)?;
        if same_person(&draft.fields, &person.fields(this)?) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether two rows are one person: the same e-mail address, unless two names say otherwise (a
/// shared mailbox); or the same number, if the names agree (colleagues share numbers).
fn same_person(one: &Fields, other: &Fields) -> bool {
    let email = one
        .emails
        .iter()
        .any(|a| other.emails.iter().any(|b| a.key() == b.key()));
    let phone = one
        .phones
        .iter()
        .any(|a| other.phones.iter().any(|b| a.e164() == b.e164()));
    match (name(one), name(other)) {
        (Some(a), Some(b)) => (email || phone) && a == b,
        (None, None) => email || phone,
        _ => email,
    }
}

/// A person's name for comparison, or else a company's.
fn name(fields: &Fields) -> Option<String> {
    let person = [&fields.given_name, &fields.family_name];
    let parts: Vec<&str> = person.into_iter().flatten().map(String::as_str).collect();
    let name = if parts.is_empty() {
        fields.company.clone()?
    } else {
        parts.join(" ")
    };
    Some(name.to_lowercase())
}

impl New {
    fn add(
        &mut self,
        this: &Organisation,
        draft: &Draft,
        blinds: &[Blind],
        provenance: &Provenance,
        act: &Act,
    ) -> Result<(), Error> {
        let id = new_id(act.at)?;
        let key = SubjectKey::generate()?;
        let kept = Kept {
            fields: draft.fields.clone(),
            source: provenance.source.trim().to_owned(),
        };
        let kind = provenance.kind.unwrap_or(match draft.kind {
            Kind::Business => ContactKind::Business,
            // The law protects consumers more, so who is not known to be a business is one.
            Kind::Consumer | Kind::Unknown => ContactKind::Consumer,
        });
        let row = store::contact::Contact {
            org: this.id(),
            id,
            kind: words::kind_number(kind),
            country: draft.country.country.to_string(),
            subscriber: words::subscriber_number(subscriber(&draft.fields)),
            sealed: Some(kept.seal(this, id, &key)?),
            source_kind: words::source_number(provenance.source_kind),
            obtained_on: provenance.obtained_on,
            informed_on: None,
            first_contact_on: None,
            flags: flags(&draft.fields),
            created_at: act.at,
            changed_at: act.at,
            erased_at: None,
            restricted_at: None,
        };
        let what = Proved {
            row: state::contact(&row),
            what: json!({
                "source": kept.source,
                "obtained_on": provenance.obtained_on,
                "line": draft.line,
                "claimed_consents": draft.claimed_consents,
            }),
        };
        self.entries.push(append::sealed_row(
            this,
            act,
            EntryKind::ContactImported,
            &key,
            &what,
        )?);
        let pseudonym = this.blind(LookupKind::Pseudonym, &key.pseudonym());
        for (kind, hash) in blinds.iter().chain([&pseudonym]) {
            self.lookups.push(store::lookup::Lookup {
                org: this.id(),
                hash: *hash,
                kind: *kind as i16,
                contact: id,
            });
        }
        self.keys.push(store::key::ContactKey {
            org: this.id(),
            contact: id,
            wrapped: key.wrap(this.master(), &context(this, id))?,
            master_id: this.master().id().into_bytes(),
        });
        self.contacts.push(row);
        if !draft.claimed_objections.is_empty() {
            self.objected.push(id);
        }
        Ok(())
    }

    fn write(
        mut self,
        tx: &mut Tx<'_>,
        this: &Organisation,
        act: &Act,
        counts: &mut Counts,
    ) -> Result<(), Error> {
        self.lookups
            .sort_by_key(|row| (row.hash, row.kind, row.contact));
        self.lookups.dedup();
        store::key::insert(tx, &self.keys)?;
        store::contact::insert(tx, &self.contacts)?;
        store::lookup::insert(tx, &self.lookups)?;
        store::evidence_entry::append_many(tx, &self.entries)?;
        for id in self.objected {
            let contact = ContactRef::Id(id);
            objection::record(tx, this, &contact, ChannelSet::ALL, act.today, act)?;
            counts.objections += 1;
        }
        Ok(())
    }
}

/// What is known of the addresses, as stored bits.
fn flags(fields: &Fields) -> u64 {
    let mut flags = 0;
    if let Some(email) = fields.emails.first() {
        let impersonal = is_role_address(email);
        flags |= flag::HAS_EMAIL;
        flags |= if impersonal {
            flag::ADDRESS_IMPERSONAL
        } else {
            flag::ADDRESS_NAMED
        };
    }
    for phone in &fields.phones {
        flags |= match phone.line() {
            Line::Mobile => flag::HAS_PHONE | flag::NUMBER_MOBILE,
            Line::Phone => flag::HAS_PHONE,
            Line::Fax => flag::HAS_FAX,
        };
    }
    if fields.has_postal_address() {
        flags |= flag::HAS_POST;
    }
    flags
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
