//! What is on record about one contact, turned into the facts that the gate judges.

use jiff::civil::Date;
use law::Channel;
use law::facts::{
    Activity, AddressKind, Bases, Consent, Contact, Facts, Message, NumberKind, Objection,
    ObjectionGround, Overrule, PresumedInterest, Purpose, Relation, RelationKind, Screening,
    Source,
};
use law::gate::{self, Ask, Decision, Verdict};
use law::gdpr::art07::Defect;
use store::{Id, Tx};

use crate::block_list;
use crate::declare::InForce;
use crate::installation::made_at;
use crate::words::{self, flag};
use crate::{Error, Organisation};

/// Everything on record that the gate may need about one contact.
pub(crate) struct Dossier(pub(crate) store::facts::Facts);

/// A question about contacts: which activity of the register, over which channel.
pub(crate) struct Question<'r> {
    pub(crate) activity: &'r register::Activity,
    pub(crate) register: &'r InForce,
    pub(crate) channel: Channel,
    /// The goods class that is advertised.
    pub(crate) goods: Option<&'r str>,
}

impl<'r> Question<'r> {
    /// # Errors
    /// When the register does not declare the purpose.
    pub(crate) fn new(
        register: &'r InForce,
        purpose: &str,
        channel: Channel,
    ) -> Result<Self, Error> {
        let activity = register
            .register
            .find_purpose(purpose)
            .map_err(|e| Error::Purpose(e.to_string()))?;
        Ok(Self {
            activity,
            register,
            channel,
            goods: activity.goods_class.as_deref(),
        })
    }

    /// The same about another goods class than that of the activity.
    pub(crate) fn about(self, goods: Option<&'r str>) -> Self {
        Self {
            goods: goods.or(self.goods),
            ..self
        }
    }

    /// Whether what is advertised is similar to what was sold (UWG § 7(3) Nr. 2); `None` while nobody
    /// has decided that, or nothing certain is advertised.
    pub(crate) fn similar_to(&self, sold: &str) -> Option<bool> {
        let advertised = self.goods?;
        if advertised == sold {
            return Some(true);
        }
        self.register.register.is_similar(sold, advertised)
    }
}

impl Dossier {
    /// What is on record about the contact, or about the one that it was merged into.
    pub(crate) fn load(tx: &mut Tx<'_>, this: &Organisation, id: Id) -> Result<Self, Error> {
        let mut facts = store::facts::get(tx, this.id(), id)?.ok_or(Error::UnknownContact)?;
        if let Some(kept) = facts.contact.merged_into {
            facts = store::facts::get(tx, this.id(), kept)?.ok_or(Error::UnknownContact)?;
        }
        if !facts.contact.is_present() {
            return Err(Error::Erased);
        }
        Ok(Self(facts))
    }

    /// Asks the gate.
    pub(crate) fn decide(&self, question: &Question<'_>, on: Date) -> Result<Decision, Error> {
        let activity = question.activity;
        let consents = self.law_consents(question, on)?;
        let objections = self.law_objections(activity)?;
        let contact = Contact {
            new_purpose_untold: question.register.is_untold(activity, &self.0.contact, on),
            ..self.law_contact(on)?
        };
        let facts = Facts {
            contact,
            consents: &consents,
            objections: &objections,
            relation: self.relation(question)?,
            interest: self.interest(activity)?,
            screening: self.screening(),
            message: self.message(activity, &contact),
            activity: law_activity(activity, question.channel),
            overrule: self.overrule(activity, question.channel),
        };
        let ask = Ask::new(activity.purpose_kind, question.channel);
        if question.channel != Channel::Storing {
            return Ok(gate::decide(&facts, &ask, on));
        }
        // Data may be kept for an activity as long as one of its channels carries them; which
        // one it is, the answer shows.
        let answers = self.ways(activity).map(|channel| {
            let ask = Ask {
                for_channel: Some(channel),
                ..ask
            };
            gate::decide(&facts, &ask, on)
        });
        let best = answers.min_by_key(|decision| match decision.verdict() {
            Verdict::Permitted => 0,
            Verdict::Review => 1,
            Verdict::Refused => 2,
        });
        Ok(best.unwrap_or_else(|| gate::decide(&facts, &ask, on)))
    }

    /// The channels by which the activity reaches people, those first for which the contact has
    /// an address.
    fn ways(&self, activity: &register::Activity) -> impl Iterator<Item = Channel> {
        let mut ways: Vec<_> = activity
            .channels
            .iter()
            .filter(|channel| channel.reaches_people())
            .collect();
        ways.sort_by_key(|channel| !self.has_address_for(*channel));
        ways.into_iter()
    }

    fn message(&self, activity: &register::Activity, contact: &Contact) -> Message {
        let informed_on = self.0.contact.informed_on;
        Message {
            mass_mailing: Some(!activity.individual_messages),
            relates_to_function: Some(activity.relates_to_function),
            informed_at_collection: Some(
                contact.source == Some(Source::Person)
                    && informed_on.is_some_and(|day| day <= self.0.contact.obtained_on),
            ),
            // Comes as a duty with every permission.
            opt_out_offered: Some(true),
            ..Message::default()
        }
    }

    /// Whether the contact has an address or number for the channel. Uses of the data need none.
    pub(crate) fn has_address_for(&self, channel: Channel) -> bool {
        let needed = match channel {
            Channel::Email => {
                // An address that mail came back from reaches nobody.
                let bits = flag::HAS_EMAIL | flag::EMAIL_UNDELIVERABLE;
                return self.0.contact.flags & bits == flag::HAS_EMAIL;
            }
            Channel::Sms | Channel::Phone | Channel::AutomatedCall | Channel::Messenger => {
                flag::HAS_PHONE
            }
            Channel::Fax => flag::HAS_FAX,
            Channel::Post | Channel::Visit => flag::HAS_POST,
            Channel::PortalMessage
            | Channel::AdAudience
            | Channel::Profiling
            | Channel::Enrichment
            | Channel::Sharing
            | Channel::Storing => return true,
        };
        self.0.contact.flags & needed != 0
    }

    fn law_contact(&self, on: Date) -> Result<Contact, Error> {
        let row = &self.0.contact;
        let has = |bit| row.flags & bit != 0;
        Ok(Contact {
            kind: Some(words::kind(row.kind)?),
            country: Some(row.country.parse().map_err(|_| Error::Stored("country"))?),
            subscriber: words::subscriber(row.subscriber)?,
            address: match (has(flag::ADDRESS_NAMED), has(flag::ADDRESS_IMPERSONAL)) {
                (true, _) => Some(AddressKind::Named),
                (false, true) => Some(AddressKind::Impersonal),
                (false, false) => None,
            },
            number: match (has(flag::NUMBER_MOBILE), has(flag::NUMBER_LANDLINE)) {
                (true, _) => Some(NumberKind::Mobile),
                (false, true) => Some(NumberKind::Landline),
                (false, false) => None,
            },
            source: Some(words::source(row.source_kind)?),
            obtained_on: Some(row.obtained_on),
            informed: row.informed_on.is_some_and(|day| day <= on),
            restricted: row.restricted_at.is_some(),
            ..Contact::default()
        })
    }

    /// The consents given for this activity. One given for another activity of the same kind
    /// does not count: a consent is specific (GDPR Art. 4(11)).
    fn law_consents(&self, question: &Question<'_>, on: Date) -> Result<Vec<Consent>, Error> {
        let (activity, register) = (question.activity, question.register);
        let given = self
            .0
            .consents
            .iter()
            .filter(|row| row.purpose == activity.id);
        given
            .map(|row| {
                let mut consent = law_consent(row, activity.purpose_kind)?;
                if register.is_for_old_purpose(activity, row, on) {
                    consent.defects = consent.defects.with(Defect::NewPurpose);
                }
                Ok(consent)
            })
            .collect()
    }

    /// All objections in stored order, then suppressions, then lists. One that is about another activity names no channel here, so
    /// that positions stay.
    fn law_objections(&self, activity: &register::Activity) -> Result<Vec<Objection>, Error> {
        let objection = |channels, raised_on, lifted_on| {
            Ok(Objection {
                ground: ObjectionGround::DirectMarketing,
                channels: words::channels(channels)?,
                purpose: None,
                raised_on: Some(raised_on),
                lifted_on,
            })
        };
        let own = self.0.objections.iter().map(|row| {
            let other = row.purpose.as_ref().is_some_and(|id| *id != activity.id);
            let channels = if other { 0 } else { row.channels };
            objection(channels, row.objected_on, row.lifted_on)
        });
        let suppressed = self
            .0
            .suppressions
            .iter()
            .map(|row| objection(row.channels, row.since, None));
        let listed = self.0.listed.iter().map(|row| {
            let channels = block_list::channels(row.kind);
            Ok(words::block_list(row.list)?.objection(channels, row.since))
        });
        own.chain(suppressed).chain(listed).collect()
    }

    /// The sale that carries the existing-customer rule furthest.
    fn relation(&self, question: &Question<'_>) -> Result<Option<Relation>, Error> {
        let mut best: Option<Relation> = None;
        for row in &self.0.sales {
            let kind = words::relation(row.relation)?;
            let relation = Relation {
                address_from_sale: Some(row.address_from_sale),
                own_products: Some(kind != RelationKind::OtherCompany),
                similar_products: question.similar_to(&row.goods),
                notice_at_collection: Some(row.notice_at_collection),
                ..Relation::new(kind)
            };
            if best.is_none_or(|best| best.shortfall().is_some() && relation.shortfall().is_none())
            {
                best = Some(relation);
            }
        }
        Ok(best)
    }

    /// The newest circumstances noted for this activity.
    fn interest(&self, activity: &register::Activity) -> Result<Option<PresumedInterest>, Error> {
        let noted = self
            .0
            .circumstances
            .iter()
            .filter(|row| row.purpose == activity.id);
        let newest = noted.max_by_key(|row| row.noted_on);
        newest
            .map(|row| {
                Ok(PresumedInterest {
                    ground: words::ground(row.kind)?,
                    recorded_on: Some(row.noted_on),
                })
            })
            .transpose()
    }

    fn screening(&self) -> Screening {
        let listed = self.0.contact.flags & flag::SCREENED_LISTED != 0;
        let clear = self.0.contact.flags & flag::SCREENED_CLEAR != 0;
        Screening {
            listed: (listed || clear).then_some(listed),
            looked_up_on: self.0.contact.screened_on,
            ..Screening::default()
        }
    }

    /// The activities and channels for which somebody's decision against a refusal is in force.
    pub(crate) fn overruled(&self, on: Date) -> Vec<(String, Channel)> {
        let in_force = self
            .0
            .overrules
            .iter()
            .filter(|row| row.revoked_on.is_none_or(|day| day > on))
            .filter(|row| self.stands(row));
        in_force
            .filter_map(|row| Some((row.purpose.clone(), words::channel(row.channel)?)))
            .collect()
    }

    /// A restriction stops what was decided before it: whether an exception of GDPR Art. 18(2) is
    /// given has to be decided anew.
    fn stands(&self, row: &store::overrule::Overrule) -> bool {
        let restricted = self.0.contact.restricted_at;
        restricted.is_none_or(|at| made_at(row.id).as_millisecond() >= at.as_millisecond())
    }

    fn overrule(&self, activity: &register::Activity, channel: Channel) -> Option<Overrule> {
        self.0
            .overrules
            .iter()
            .filter(|row| row.purpose == activity.id)
            .filter(|row| row.channel == words::channel_number(channel))
            .filter(|row| self.stands(row))
            .max_by_key(|row| row.decided_on)
            .map(|row| Overrule {
                on: row.decided_on,
                revoked_on: row.revoked_on,
            })
    }
}

fn law_consent(row: &store::consent::Consent, purpose: Purpose) -> Result<Consent, Error> {
    let (defects, explicit, by_parent) = words::judged(row.circumstances)?;
    Ok(Consent {
        given_on: Some(row.given_on),
        withdrawn_on: row.withdrawn_on,
        last_used_on: row.last_used_on,
        defects,
        explicit,
        by_parent,
        ..Consent::new(
            purpose,
            words::channels(row.channels)?,
            words::proof(row.proof)?,
        )
    })
}

/// What the register declares, as the gate asks for it. `None` where the activity does not
/// declare the channel: what is not declared is not done.
fn law_activity(activity: &register::Activity, channel: Channel) -> Option<Activity> {
    let declared = activity.declares(channel) || channel == Channel::Storing;
    declared.then(|| Activity {
        bases: activity
            .basis
            .map_or(Bases::NONE, |basis| Bases::NONE.with(basis)),
        balancing_documented: activity.balancing.as_ref().is_some_and(|balancing| {
            balancing.interest.is_some()
                && balancing.necessity.is_some()
                && balancing.weighing.is_some()
        }),
    })
}
