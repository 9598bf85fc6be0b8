//! The product's own gate.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use law::facts::{
    Activity, ContactKind, Facts, InterestGround, PresumedInterest, Purpose, Relation, RelationKind,
};
use law::gate::{Ask, Verdict, decide};
use law::{ChannelSet, Country};

use crate::contact::{self, Channel, Contact, Customer, Interest, Proof};

const ON: Date = date(2026, 11, 24);

/// The record that an application keeps for a contact.
pub struct Record {
    contact: law::facts::Contact,
    consents: Vec<law::facts::Consent>,
    objections: Vec<law::facts::Objection>,
    relation: Option<Relation>,
    interest: Option<PresumedInterest>,
}

impl Record {
    pub fn new(contact: &Contact) -> Self {
        let kind = if contact.business {
            ContactKind::Business
        } else {
            ContactKind::Consumer
        };
        Self {
            contact: law::facts::Contact {
                kind: Some(kind),
                country: Some(Country::DE),
                ..law::facts::Contact::default()
            },
            consents: contact.consent.iter().map(consent).collect(),
            objections: contact.objection.iter().map(objection).collect(),
            relation: contact.customer.map(relation),
            interest: contact.interest.map(|interest| PresumedInterest {
                ground: match interest {
                    Interest::BusinessRelation => InterestGround::CurrentBusinessRelation,
                    Interest::PublishedNumber => InterestGround::PublishedNumber,
                },
                recorded_on: None,
            }),
        }
    }

    pub fn facts(&self) -> Facts<'_> {
        Facts {
            contact: self.contact,
            consents: &self.consents,
            objections: &self.objections,
            relation: self.relation,
            interest: self.interest,
            activity: Some(Activity::FITTING),
            ..Facts::default()
        }
    }
}

pub fn ask(channel: Channel) -> Ask {
    Ask::new(Purpose::DirectMarketing, law_channel(channel))
}

/// Whether the gate permits it.
pub fn permits(facts: &Facts<'_>, ask: &Ask) -> bool {
    decide(facts, ask, ON).verdict() == Verdict::Permitted
}

fn consent(consent: &contact::Consent) -> law::facts::Consent {
    let proof = match consent.proof {
        Proof::SingleOptIn => law::facts::Proof::SingleOptIn,
        Proof::DoubleOptIn => law::facts::Proof::DoubleOptInCompleted,
        Proof::SmsCode => law::facts::Proof::SmsCode,
        Proof::Written => law::facts::Proof::Written,
    };
    law::facts::Consent {
        given_on: Some(day(consent.given)),
        withdrawn_on: consent.withdrawn.then(|| day(consent.given)),
        ..law::facts::Consent::new(Purpose::DirectMarketing, set(consent.channels), proof)
    }
}

fn objection(objection: &contact::Objection) -> law::facts::Objection {
    law::facts::Objection {
        channels: set(objection.channels),
        ..law::facts::Objection::general(Some(day(objection.raised)))
    }
}

fn relation(customer: Customer) -> Relation {
    Relation {
        address_from_sale: Some(customer.address_from_sale),
        own_products: Some(customer.own_products),
        similar_products: Some(customer.similar_products),
        notice_at_collection: Some(customer.notice_at_collection),
        ..Relation::new(RelationKind::Purchase)
    }
}

fn set(channels: &[Channel]) -> ChannelSet {
    channels
        .iter()
        .map(|channel| law_channel(*channel))
        .collect()
}

fn law_channel(channel: Channel) -> law::Channel {
    match channel {
        Channel::Email => law::Channel::Email,
        Channel::Phone => law::Channel::Phone,
        Channel::Post => law::Channel::Post,
    }
}

fn day(number: u8) -> Date {
    date(2025, 1, 1).saturating_add(i64::from(number).days())
}
