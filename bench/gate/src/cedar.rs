//! The same rule in Cedar.
//!
//! Facts are attributes of entities that are built beforehand, and so are the requests; what is
//! measured is `is_authorized` alone.

use std::collections::{HashMap, HashSet};

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityUid, PolicySet, Request,
    RestrictedExpression,
};
use measure::Result;

use crate::contact::{CHANNELS, Channel, Consent, Contact, Customer, Interest, Objection, Proof};

pub struct Cedar {
    authorizer: Authorizer,
    policies: PolicySet,
    entities: Entities,
}

impl Cedar {
    pub fn new(contacts: &[Contact]) -> Result<Self> {
        let entities: Result<Vec<Entity>> = contacts
            .iter()
            .enumerate()
            .map(|(number, contact)| entity(number, contact))
            .collect();
        Ok(Self {
            authorizer: Authorizer::new(),
            policies: include_str!("rule.cedar").parse()?,
            entities: Entities::from_entities(entities?, None)?,
        })
    }

    /// The question about the contact with this number.
    pub fn question(number: usize, channel: Channel) -> Result<Request> {
        let mailing = "Mailing::\"autumn\"".parse()?;
        Ok(Request::new(
            uid(number)?,
            action(channel)?,
            mailing,
            Context::empty(),
            None,
        )?)
    }

    pub fn permits(&self, question: &Request) -> bool {
        let response = self
            .authorizer
            .is_authorized(question, &self.policies, &self.entities);
        response.decision() == Decision::Allow
    }
}

fn uid(number: usize) -> Result<EntityUid> {
    Ok(format!("Contact::\"{number}\"").parse()?)
}

fn action(channel: Channel) -> Result<EntityUid> {
    Ok(format!("Action::\"{}\"", name(channel)).parse()?)
}

pub fn name(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "email",
        Channel::Phone => "phone",
        Channel::Post => "post",
    }
}

/// The channels for which a proof carries.
pub fn proves(proof: Proof) -> &'static [Channel] {
    match proof {
        Proof::SingleOptIn => &[],
        Proof::DoubleOptIn => &[Channel::Email, Channel::Post],
        Proof::SmsCode => &[Channel::Phone, Channel::Post],
        Proof::Written => &CHANNELS,
    }
}

fn entity(number: usize, contact: &Contact) -> Result<Entity> {
    let kind = if contact.business {
        "business"
    } else {
        "consumer"
    };
    let mut facts = HashMap::from([("kind".to_owned(), text(kind))]);
    if let Some(fact) = &contact.consent {
        facts.insert("consent".to_owned(), consent(fact)?);
    }
    if let Some(fact) = &contact.objection {
        facts.insert("objection".to_owned(), objection(fact)?);
    }
    if let Some(fact) = contact.customer {
        facts.insert("customer".to_owned(), customer(fact)?);
    }
    if let Some(fact) = contact.interest {
        facts.insert("interest".to_owned(), text(interest(fact)));
    }
    Ok(Entity::new(uid(number)?, facts, HashSet::new())?)
}

fn consent(consent: &Consent) -> Result<RestrictedExpression> {
    record([
        ("channels", channels(consent.channels)?),
        ("proves", channels(proves(consent.proof))?),
        (
            "given",
            RestrictedExpression::new_long(consent.given.into()),
        ),
        (
            "withdrawn",
            RestrictedExpression::new_bool(consent.withdrawn),
        ),
    ])
}

fn objection(objection: &Objection) -> Result<RestrictedExpression> {
    record([
        ("channels", channels(objection.channels)?),
        (
            "raised",
            RestrictedExpression::new_long(objection.raised.into()),
        ),
    ])
}

fn customer(customer: Customer) -> Result<RestrictedExpression> {
    let yes = RestrictedExpression::new_bool;
    record([
        ("address_from_sale", yes(customer.address_from_sale)),
        ("own_products", yes(customer.own_products)),
        ("similar_products", yes(customer.similar_products)),
        ("notice_at_collection", yes(customer.notice_at_collection)),
    ])
}

pub fn interest(interest: Interest) -> &'static str {
    match interest {
        Interest::BusinessRelation => "business_relation",
        Interest::PublishedNumber => "published_number",
    }
}

fn channels(channels: &[Channel]) -> Result<RestrictedExpression> {
    let uids: Result<Vec<EntityUid>> = channels.iter().map(|channel| action(*channel)).collect();
    let values = uids?.into_iter().map(RestrictedExpression::new_entity_uid);
    Ok(RestrictedExpression::new_set(values))
}

fn record<const N: usize>(
    fields: [(&str, RestrictedExpression); N],
) -> Result<RestrictedExpression> {
    let fields = fields.map(|(name, value)| (name.to_owned(), value));
    Ok(RestrictedExpression::new_record(fields)?)
}

fn text(text: &str) -> RestrictedExpression {
    RestrictedExpression::new_string(text.to_owned())
}
