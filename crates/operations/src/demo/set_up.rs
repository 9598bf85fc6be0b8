//! Sets the sample firm up: an organisation, its register and its contacts with their past.

use law::facts::RelationKind;
use law::{Country, Land};
use store::Tx;

use super::{Event, SamplePerson, people};
use crate::consent::{self, NewConsent};
use crate::new_contact::{NewContact, NewContacts};
use crate::person::{ContactRef, Person};
use crate::{Act, Error, Installation, NewOrganisation, Organisation, Sale, note, objection};

/// People written in one transaction.
const BATCH: usize = 250;

/// Sets up the Musterbau Maschinen GmbH with `contacts` invented contacts.
///
/// # Errors
/// When an organisation of that name is there already, or the store can't be written.
pub fn set_up(
    installation: &Installation,
    contacts: u32,
    act: &Act,
) -> Result<Organisation, Error> {
    let new = NewOrganisation {
        name: "Musterbau Maschinen GmbH".to_owned(),
        country: Country::DE,
        land: Some(Land::He),
    };
    let organisation = Organisation::create(installation, &new, act)?;
    organisation.apply_register(register::SAMPLE, act)?;
    let all = people(contacts, act.today);
    for batch in all.chunks(BATCH) {
        let (this, batch, by) = (organisation.clone(), batch.to_vec(), act.clone());
        organisation
            .store()
            .write(move |tx| write(tx, &this, &batch, &by))?;
    }
    organisation.sequence(act.at)?;
    Ok(organisation)
}

fn write(
    tx: &mut Tx<'_>,
    this: &Organisation,
    batch: &[SamplePerson],
    act: &Act,
) -> Result<(), Error> {
    let mut new = NewContacts::default();
    let mut ids = Vec::with_capacity(batch.len());
    for person in batch {
        let contact = NewContact {
            fields: &person.fields,
            kind: person.kind,
            country: person.country,
            subscriber: person.subscriber,
            source: &person.source_text,
            source_kind: person.source,
            obtained_on: person.obtained_on,
            informed_on: person.informed_on,
            line: None,
            claimed_consents: &[],
        };
        ids.push(new.add(this, &contact, &this.blinds_of(&person.fields), act)?);
    }
    new.write(tx)?;
    for (id, person) in ids.into_iter().zip(batch) {
        let contact = ContactRef::Id(id);
        for event in &person.events {
            happen(tx, this, &contact, event, act)?;
        }
    }
    Ok(())
}

fn happen(
    tx: &mut Tx<'_>,
    this: &Organisation,
    contact: &ContactRef,
    event: &Event,
    act: &Act,
) -> Result<(), Error> {
    match event {
        Event::Consent {
            activity,
            channels,
            given_on,
            proof,
            text,
            circumstances,
        } => {
            let new = NewConsent {
                contact: contact.clone(),
                activity: (*activity).to_owned(),
                channels: *channels,
                given_on: *given_on,
                proof: *proof,
                text: Some((*text).to_owned()),
                circumstances: *circumstances,
                told: None,
            };
            consent::record(tx, this, &new, act)?;
        }
        Event::Withdrawal { activity, on } => {
            let all = law::ChannelSet::ALL;
            consent::withdraw(tx, this, contact, Some(activity), all, *on, act)?;
        }
        Event::Objection { channels, on } => {
            objection::record(tx, this, contact, *channels, *on, act)?;
        }
        Event::Sale {
            goods,
            sold_on,
            address_from_sale,
            notice_at_collection,
        } => {
            let sale = Sale {
                goods: (*goods).to_owned(),
                sold_on: *sold_on,
                address_from_sale: *address_from_sale,
                notice_at_collection: *notice_at_collection,
                relation: RelationKind::Purchase,
            };
            let person = Person::find(tx, this, contact)?;
            note::write_sale(tx, this, &person, &sale, None, act)?;
        }
        Event::Circumstance {
            activity,
            ground,
            text,
        } => {
            let person = Person::find(tx, this, contact)?;
            note::write_circumstance(tx, this, &person, activity, *ground, text, act)?;
        }
        Event::Screening { listed } => {
            let person = Person::find(tx, this, contact)?;
            note::write_screening(tx, this, person, *listed, act)?;
        }
    }
    Ok(())
}
