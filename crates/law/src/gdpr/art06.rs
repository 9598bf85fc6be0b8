//! GDPR Art. 6: lawfulness of processing; the data-protection half of the gate.
//!
//! Processing is lawful only on one of the six bases of Art. 6(1). Direct marketing may be a
//! legitimate interest (recital 47), but not where channel law forbids the contact: then the
//! interest is not legitimate, and neither collecting nor storing for it has a basis (BVerwG
//! 29.01.2025, 6 C 3.23; OVG Saarland 2 A 355/19). Where the existing-customer rule of
//! Directive 2002/58 Art. 13(2) is met, Art. 6 need not be examined for the sending (Art. 95;
//! CJEU 13.11.2025, C-654/23 Inteligo).
//!
//! In force since 2018-05-25. Reviewed 2026-11-24 against RULES 0, 1, 3, 8 of the fact base.

mod outcomes;

use crate::facts::{Activity, Proof, Purpose, RelationKind};
use crate::gate::{Answer, Case, Duty, DutySet, Flaw, Outcome, Ruling, Standing, Way};
use crate::gdpr::{art08, art09, art13, art18, art21};
use crate::{Channel, Country, LegalBasis};
use outcomes::{
    AUDIENCE_CONSENT, BASIS_NOT_DECLARED, CONFIRMATION, CONSENT, CONTRACT, CONTRACT_MISSING,
    CUSTOMER, ENRICHMENT, ENRICHMENT_WEIGHED, INTEREST, MINOR, NO_LAWFUL_CONTACT, NOT_DECLARED,
    NOTHING_TO_CONFIRM, OBLIGATION, OPEN_CHANNEL_LAW, OTHER_CHANNEL, PERSON_WEIGHS, PROFILING,
    SECURITY, SHARING_CONSENT, SHARING_FOR_POST, SUPPRESSION, SUPPRESSION_ONLY_STORED, THIN_PROOF,
    UNCONFIRMED, UNPROVEN, WEIGHED,
};
pub(crate) use outcomes::{CONSENT_DEFECTIVE, RECIPIENT_NOT_NAMED};

const BY_CONSENT: DutySet = DutySet::of(&[Duty::KeepConsentProof, Duty::EasyWithdrawal]);
const BY_INTEREST: DutySet = DutySet::of(&[
    Duty::ObjectionNotice,
    Duty::StopOnObjection,
    Duty::BalancingRecord,
]);

/// What the proof of a consent is worth. Where the addressee's court asks for proof that the
/// address's holder signed up (Germany, Austria), single opt-in is none.
pub(crate) fn proof_flaw(proof: Proof, channel: Channel, country: Option<Country>) -> Flaw {
    use crate::facts::Strength;
    match proof.strength(channel) {
        Strength::Proven => Flaw::None,
        Strength::Unconfirmed => Flaw::Fatal(&UNCONFIRMED),
        Strength::OtherChannel => Flaw::Fatal(&OTHER_CHANNEL),
        Strength::Weak
            if country.is_some_and(|c| c != Country::DE && c != Country::new(*b"AT")) =>
        {
            Flaw::Thin
        }
        Strength::Weak | Strength::Nothing => Flaw::Fatal(&UNPROVEN),
    }
}

/// The data-protection answer, given the answer of channel law.
pub(crate) fn judge(case: &Case<'_>, channel: &Ruling) -> Ruling {
    if let Some(bar) = case.bar {
        return Ruling::closed(art21::barred(bar));
    }
    let Some(activity) = case.facts.activity else {
        return Ruling::closed(&NOT_DECLARED);
    };
    if case.facts.contact.restricted && case.asked != Channel::Storing {
        return Ruling::closed(&art18::RESTRICTED);
    }
    if art13::is_untold(case) {
        return Ruling::closed(&art13::NEW_PURPOSE_UNTOLD);
    }
    if !case.purpose.is_advertising() {
        return other_purpose(case, activity);
    }
    if channel.way == Way::Outside && channel.outcome.answer() == Answer::Yes {
        return use_of_data(case, activity);
    }
    match channel.outcome.answer() {
        Answer::No => Ruling::closed(fallen_short(case, &NO_LAWFUL_CONTACT)),
        Answer::Review => Ruling::closed(match case.consent {
            Standing::Weak(_) => &THIN_PROOF,
            _ => &OPEN_CHANNEL_LAW,
        }),
        Answer::Yes => contact(case, activity, channel.way),
    }
}

/// The reason why the consent on record does not count, or else `otherwise`.
fn fallen_short(case: &Case<'_>, otherwise: &'static Outcome) -> &'static Outcome {
    match case.consent {
        Standing::Flawed(_, why) => why,
        _ => otherwise,
    }
}

fn contact(case: &Case<'_>, activity: Activity, way: Way) -> Ruling {
    match way {
        Way::Consent => by_consent(case, activity, &BASIS_NOT_DECLARED),
        _ if case.facts.contact.special_category => special(case, activity),
        Way::Customer => Ruling::through(Way::Customer, &CUSTOMER, BY_INTEREST),
        _ => by_interest(case, activity, &INTEREST),
    }
}

fn special(case: &Case<'_>, activity: Activity) -> Ruling {
    by_consent(case, activity, &art09::EXPLICIT_CONSENT_MISSING)
}

fn by_consent(case: &Case<'_>, activity: Activity, otherwise: &'static Outcome) -> Ruling {
    match case.consent {
        Standing::Good(_) if activity.bases.contains(LegalBasis::Consent) => {
            let outcome = if case.facts.contact.special_category {
                &art09::EXPLICIT
            } else {
                &CONSENT
            };
            Ruling::based(LegalBasis::Consent, outcome, BY_CONSENT)
        }
        Standing::Good(_) => Ruling::closed(&BASIS_NOT_DECLARED),
        Standing::Weak(_) => Ruling::closed(&THIN_PROOF),
        _ => Ruling::closed(fallen_short(case, otherwise)),
    }
}

fn by_interest(case: &Case<'_>, activity: Activity, outcome: &'static Outcome) -> Ruling {
    if !activity.bases.contains(LegalBasis::LegitimateInterests) {
        return by_consent(case, activity, &BASIS_NOT_DECLARED);
    }
    if case
        .facts
        .contact
        .age
        .is_some_and(|age| age < art08::FULL_AGE)
    {
        return Ruling::closed(&MINOR);
    }
    let duties = if case.channel == Channel::Post && case.facts.message.unaddressed {
        DutySet::of(&[Duty::StopOnObjection])
    } else {
        BY_INTEREST
    };
    Ruling::based(LegalBasis::LegitimateInterests, outcome, duties)
}

/// Uses for advertising that reach nobody by themselves.
fn use_of_data(case: &Case<'_>, activity: Activity) -> Ruling {
    if case.has_consent() && activity.bases.contains(LegalBasis::Consent) {
        return by_consent(case, activity, &BASIS_NOT_DECLARED);
    }
    if case.facts.contact.special_category {
        return special(case, activity);
    }
    match case.channel {
        Channel::AdAudience => by_consent(case, activity, &AUDIENCE_CONSENT),
        Channel::Sharing
            if case.for_channel == Some(Channel::Post)
                && activity.bases.contains(LegalBasis::LegitimateInterests) =>
        {
            Ruling::closed(&SHARING_FOR_POST)
        }
        Channel::Sharing => by_consent(case, activity, &SHARING_CONSENT),
        Channel::Profiling => by_interest(case, activity, &PROFILING),
        _ if activity.balancing_documented => by_interest(case, activity, &ENRICHMENT_WEIGHED),
        _ => Ruling::closed(&ENRICHMENT),
    }
}

/// Purposes that are no advertising rest on the basis that fits them.
fn other_purpose(case: &Case<'_>, activity: Activity) -> Ruling {
    if case.facts.contact.special_category && case.purpose != Purpose::SuppressionList {
        return special(case, activity);
    }
    let ruling = match case.purpose {
        Purpose::ContractPerformance | Purpose::ServiceMessage | Purpose::Enquiry => contract(case),
        Purpose::LegalObligation => {
            Ruling::based(LegalBasis::LegalObligation, &OBLIGATION, DutySet::EMPTY)
        }
        Purpose::SecurityNotice => interest(&SECURITY, DutySet::of(&[Duty::NoAdvertising])),
        Purpose::OptInConfirmation => confirmation(case),
        Purpose::SuppressionList if case.asked == Channel::Storing => interest(
            &SUPPRESSION,
            DutySet::of(&[Duty::BlockOnly, Duty::StoreMinimal]),
        ),
        Purpose::SuppressionList => Ruling::closed(&SUPPRESSION_ONLY_STORED),
        _ if case.has_consent() => {
            return by_consent(case, activity, &BASIS_NOT_DECLARED);
        }
        _ if activity.balancing_documented => {
            interest(&WEIGHED, DutySet::of(&[Duty::BalancingRecord]))
        }
        _ => Ruling::closed(&PERSON_WEIGHS),
    };
    match ruling.basis {
        Some(basis) if !activity.bases.contains(basis) => Ruling::closed(&BASIS_NOT_DECLARED),
        Some(LegalBasis::LegitimateInterests)
            if case.weighing_asked() && case.purpose != Purpose::SuppressionList =>
        {
            Ruling::closed(&art21::TO_BE_WEIGHED)
        }
        _ => ruling,
    }
}

const fn interest(outcome: &'static Outcome, duties: DutySet) -> Ruling {
    Ruling::based(LegalBasis::LegitimateInterests, outcome, duties)
}

fn contract(case: &Case<'_>) -> Ruling {
    let carried = case
        .facts
        .relation
        .is_some_and(|relation| match relation.kind {
            RelationKind::Purchase | RelationKind::FreeAccount | RelationKind::FreeService => true,
            RelationKind::Inquiry => case.purpose == Purpose::Enquiry,
            RelationKind::OtherCompany => false,
        });
    if carried && !uses_beyond_contract(case.asked) {
        let duties = DutySet::of(&[Duty::NoAdvertising]);
        Ruling::based(LegalBasis::Contract, &CONTRACT, duties)
    } else {
        Ruling::closed(&CONTRACT_MISSING)
    }
}

/// No contract needs these (CJEU C-252/21 for profiling).
const fn uses_beyond_contract(asked: Channel) -> bool {
    matches!(
        asked,
        Channel::AdAudience | Channel::Profiling | Channel::Enrichment | Channel::Sharing
    )
}

fn confirmation(case: &Case<'_>) -> Ruling {
    let waiting = case.facts.consents.iter().any(|consent| {
        consent.proof == Proof::DoubleOptInPending
            && consent.withdrawn_on.is_none_or(|day| day > case.on)
            && consent.given_on.is_none_or(|day| day <= case.on)
    });
    if waiting && matches!(case.asked, Channel::Email | Channel::Storing) {
        interest(&CONFIRMATION, DutySet::of(&[Duty::NoAdvertising]))
    } else {
        Ruling::closed(&NOTHING_TO_CONFIRM)
    }
}
