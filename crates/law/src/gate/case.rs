//! A question with its facts, and what the consents and objections on record come to.

use jiff::civil::Date;

use super::{Ask, Outcome};
use crate::facts::{Consent, ContactKind, Facts, ObjectionGround, Purpose, RecipientId};
use crate::gdpr::{art06, art08, art09};
use crate::{Channel, Country};

/// The best consent on record for the question.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Standing {
    /// Valid and provable.
    Good(usize),
    /// Valid, but the proof is thin: a person weighs it.
    Weak(usize),
    /// There is one, and this is why it does not count.
    Flawed(usize, &'static Outcome),
    /// There is none.
    None,
}

/// The contact's own no, by the record it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bar {
    Objection(usize, ObjectionGround),
    Withdrawal(usize),
}

/// A question with its facts.
pub(crate) struct Case<'a> {
    pub(crate) facts: &'a Facts<'a>,
    pub(crate) on: Date,
    pub(crate) purpose: Purpose,
    pub(crate) asked: Channel,
    /// The channel whose law decides: for storing, the one that the data are kept for.
    pub(crate) channel: Channel,
    pub(crate) for_channel: Option<Channel>,
    pub(crate) recipient: Option<RecipientId>,
    pub(crate) consent: Standing,
    pub(crate) bar: Option<Bar>,
}

impl<'a> Case<'a> {
    pub(crate) fn new(facts: &'a Facts<'a>, ask: &Ask, on: Date) -> Self {
        let purpose = if facts.message.contains_advertising && !ask.purpose.is_advertising() {
            Purpose::DirectMarketing
        } else {
            ask.purpose
        };
        let channel = match ask.for_channel {
            Some(channel) if ask.channel == Channel::Storing => channel,
            _ => ask.channel,
        };
        let mut case = Self {
            facts,
            on,
            purpose,
            asked: ask.channel,
            channel,
            for_channel: ask.for_channel,
            recipient: ask.recipient,
            consent: Standing::None,
            bar: None,
        };
        let no = case.latest_no();
        case.consent = case.best_consent(no.map(|(day, _)| day));
        if !matches!(case.consent, Standing::Good(_)) {
            case.bar = no.map(|(_, bar)| bar);
        }
        case
    }

    pub(crate) fn country(&self) -> Option<Country> {
        self.facts.contact.country
    }

    pub(crate) fn kind(&self) -> Option<ContactKind> {
        self.facts.contact.kind
    }

    pub(crate) fn is_consumer(&self) -> bool {
        self.kind() == Some(ContactKind::Consumer)
    }

    pub(crate) fn is_business(&self) -> bool {
        self.kind() == Some(ContactKind::Business)
    }

    pub(crate) fn has_consent(&self) -> bool {
        matches!(self.consent, Standing::Good(_))
    }

    /// The newest objection or withdrawal that hits this question, with its day. An undated one
    /// counts as newer than every consent.
    fn latest_no(&self) -> Option<(Date, Bar)> {
        if !self.purpose.is_advertising() {
            return None;
        }
        let mut latest: Option<(Date, Bar)> = None;
        let mut keep = |day: Date, bar| {
            if latest.is_none_or(|(known, _)| day > known) {
                latest = Some((day, bar));
            }
        };
        for (i, objection) in self.facts.objections.iter().enumerate() {
            let hits = objection.in_force(self.on)
                && objection
                    .purpose
                    .is_none_or(|purpose| purpose == self.purpose)
                && (objection.channels.contains(self.channel)
                    || objection.channels.contains(self.asked));
            if hits {
                keep(
                    objection.raised_on.unwrap_or(Date::MAX),
                    Bar::Objection(i, objection.ground),
                );
            }
        }
        for (i, consent) in self.facts.consents.iter().enumerate() {
            if let Some(day) = consent.withdrawn_on
                && day <= self.on
                && self.covers(consent)
            {
                keep(day, Bar::Withdrawal(i));
            }
        }
        latest
    }

    fn covers(&self, consent: &Consent) -> bool {
        consent.purpose == self.purpose
            && (consent.channels.contains(self.channel) || consent.channels.contains(self.asked))
    }

    /// The best consent that was given after the contact's last no.
    fn best_consent(&self, no: Option<Date>) -> Standing {
        let mut best = Standing::None;
        for (i, consent) in self.facts.consents.iter().enumerate() {
            let counts = self.covers(consent)
                && consent.withdrawn_on.is_none_or(|day| day > self.on)
                && consent.given_on.is_none_or(|day| day <= self.on)
                && no.is_none_or(|no| consent.given_on.is_some_and(|day| day > no));
            if !counts {
                continue;
            }
            match (self.flaw(consent), best) {
                (Flaw::None, _) => return Standing::Good(i),
                (Flaw::Thin, _) => best = Standing::Weak(i),
                (Flaw::Fatal(why), Standing::None) => best = Standing::Flawed(i, why),
                (Flaw::Fatal(_), _) => {}
            }
        }
        best
    }

    fn flaw(&self, consent: &Consent) -> Flaw {
        if !consent.defects.is_empty() {
            return Flaw::Fatal(&art06::CONSENT_DEFECTIVE);
        }
        if self.channel == Channel::Sharing
            && (self.recipient.is_none() || consent.recipient != self.recipient)
        {
            return Flaw::Fatal(&art06::RECIPIENT_NOT_NAMED);
        }
        if self.facts.contact.special_category && !consent.explicit {
            return Flaw::Fatal(&art09::NOT_EXPLICIT);
        }
        if let Some(why) = art08::flaw(&self.facts.contact, consent) {
            return Flaw::Fatal(why);
        }
        art06::proof_flaw(consent.proof, self.channel, self.country())
    }

    /// Whether an objection to processing for legitimate interests asks for a weighing.
    pub(crate) fn weighing_asked(&self) -> bool {
        self.facts.objections.iter().any(|objection| {
            objection.ground == ObjectionGround::LegitimateInterests
                && objection.in_force(self.on)
                && objection.channels.contains(self.asked)
        })
    }
}

/// What is wrong with a consent.
pub(crate) enum Flaw {
    None,
    Thin,
    Fatal(&'static Outcome),
}
