//! UWG § 7: unacceptable nuisance; the German channel law for advertising.
//!
//! § 7(1): no commercial act may harass a market participant unacceptably, advertising in
//! particular that the addressee recognisably does not want. § 7(2): always unacceptable are
//! Nr. 1 calls to a consumer without prior express consent, or to another market participant
//! without at least presumed consent; Nr. 2 automatic calling machines, fax and electronic mail
//! without prior express consent; Nr. 3 messages that hide the sender, their commercial nature
//! (DDG § 6(1)) or give no valid stop address. § 7(3): electronic mail to existing customers if
//! Nr. 1 the address was obtained from the customer with a sale, Nr. 2 it advertises own similar
//! goods or services, Nr. 3 the customer did not object and Nr. 4 was told clearly, at collection
//! and at every use, of the right to object at basic cost. All four together.
//!
//! Numbering in force since 2022-05-28; before, the same rules were Nr. 2, Nr. 3 and Nr. 4.
//! Reviewed 2026-11-24 against the fact base, section 1.

mod outcomes;

use crate::Channel;
use crate::countries::opt_in;
use crate::facts::{InterestGround, Purpose, RelationKind, Shortfall};
use crate::gate::{Case, Duty, DutySet, Outcome, Ruling, Way};
use outcomes::{
    ADDRESS_NOT_FROM_SALE, AUTO_REPLY, BUSINESS_RELATION, CALL_BY_CONSENT,
    CONSUMER_CALL_NEEDS_CONSENT, CONTACT_ASKED, EXISTING_CUSTOMER, FLYER, FREE_ACCOUNT,
    FREE_SERVICE, GROUND_NOT_ENOUGH, INBOX, INQUIRY_ONLY, JOB_CHANGE, LETTER, MACHINE_BY_CONSENT,
    MACHINE_NEEDS_CONSENT, MAIL_BY_CONSENT, MAIL_NEEDS_CONSENT, NO_PRESUMED_CONSENT,
    NOT_OWN_AND_SIMILAR, NOTICE_MISSING, OTHER_CIRCUMSTANCES, POST_AGAINST_WILL, PURCHASE_REQUEST,
    STICKER, SURVEY_BY_MAIL, SURVEY_BY_PHONE, TELL_A_FRIEND, VISIT, VISIT_AGAINST_WILL,
};

const MAIL_DUTIES: DutySet = DutySet::of(&[
    Duty::SenderIdentity,
    Duty::StopAddress,
    Duty::CommercialMarking,
    Duty::ObjectionNotice,
    Duty::StopOnObjection,
]);
const CALL_DUTIES: DutySet = DutySet::of(&[
    Duty::CallerNameAndPurpose,
    Duty::ShowNumber,
    Duty::StopOnObjection,
]);

/// What § 7 says about advertising over `case`'s channel.
pub(crate) fn judge(case: &Case<'_>) -> Ruling {
    match case.channel {
        Channel::Phone => call(case),
        Channel::AutomatedCall | Channel::Fax => {
            let duties = if case.is_consumer() && case.channel == Channel::AutomatedCall {
                CALL_DUTIES.and(DutySet::of(&[Duty::CallConsentFiveYears]))
            } else {
                CALL_DUTIES
            };
            opt_in(case, &MACHINE_BY_CONSENT, &MACHINE_NEEDS_CONSENT, duties)
        }
        Channel::Post => post(case),
        Channel::Visit => visit(case),
        _ => electronic_mail(case),
    }
}

/// § 7(2) Nr. 2 and § 7(3).
fn electronic_mail(case: &Case<'_>) -> Ruling {
    if case.has_consent() {
        return Ruling::through(Way::Consent, &MAIL_BY_CONSENT, MAIL_DUTIES);
    }
    let purpose_no = match case.purpose {
        Purpose::InboxAdvertising => return Ruling::closed(&INBOX),
        Purpose::Recommendation => return Ruling::closed(&TELL_A_FRIEND),
        Purpose::PurchaseRequest => return Ruling::closed(&PURCHASE_REQUEST),
        Purpose::AutoReplyAdvertising => Some(&AUTO_REPLY),
        Purpose::SatisfactionSurvey => Some(&SURVEY_BY_MAIL),
        _ => None,
    };
    let no = purpose_no.unwrap_or(&MAIL_NEEDS_CONSENT);
    let relation = case.facts.relation.filter(|_| case.bar.is_none());
    let Some(relation) = relation else {
        return Ruling::closed(no);
    };
    match relation.shortfall() {
        None => existing_customer(relation.kind),
        Some(shortfall) if purpose_no.is_none() => Ruling::closed(falls_short(shortfall)),
        Some(_) => Ruling::closed(no),
    }
}

/// § 7(3) met. CJEU C-654/23 counts a free account that leads to a paid offer as a sale.
fn existing_customer(kind: RelationKind) -> Ruling {
    let yes = if kind == RelationKind::FreeAccount {
        &FREE_ACCOUNT
    } else {
        &EXISTING_CUSTOMER
    };
    let duties = MAIL_DUTIES.and(DutySet::of(&[Duty::ExistingCustomerNotice]));
    Ruling::through(Way::Customer, yes, duties)
}

/// § 7(3) not met. The prevailing view asks for a concluded contract: an enquiry is not enough.
fn falls_short(shortfall: Shortfall) -> &'static Outcome {
    match shortfall {
        Shortfall::NoRelation => &MAIL_NEEDS_CONSENT,
        Shortfall::InquiryOnly => &INQUIRY_ONLY,
        Shortfall::FreeServiceOnly => &FREE_SERVICE,
        Shortfall::AddressNotFromSale => &ADDRESS_NOT_FROM_SALE,
        Shortfall::NotOwnAndSimilar => &NOT_OWN_AND_SIMILAR,
        Shortfall::NoticeMissing | Shortfall::NoticeMissingInMessage => &NOTICE_MISSING,
    }
}

/// § 7(2) Nr. 1.
fn call(case: &Case<'_>) -> Ruling {
    if case.is_consumer() {
        let duties = CALL_DUTIES.and(DutySet::of(&[Duty::CallConsentFiveYears]));
        let no = if case.purpose == Purpose::SatisfactionSurvey {
            &SURVEY_BY_PHONE
        } else {
            &CONSUMER_CALL_NEEDS_CONSENT
        };
        return opt_in(case, &CALL_BY_CONSENT, no, duties);
    }
    if case.has_consent() {
        return Ruling::through(Way::Consent, &CALL_BY_CONSENT, CALL_DUTIES);
    }
    match case.facts.interest {
        Some(interest)
            if case.bar.is_none() && interest.recorded_on.is_none_or(|day| day <= case.on) =>
        {
            presumed(interest.ground)
        }
        _ => Ruling::closed(&NO_PRESUMED_CONSENT),
    }
}

/// Presumed consent: concrete circumstances known before the call let one expect an objective
/// interest in the content and in being told by phone (BGH I ZR 27/08, I ZR 191/03).
fn presumed(ground: InterestGround) -> Ruling {
    match ground {
        InterestGround::JobChangeNotice => Ruling::through(Way::Open, &JOB_CHANGE, CALL_DUTIES),
        InterestGround::CurrentBusinessRelation => {
            Ruling::through(Way::Open, &BUSINESS_RELATION, CALL_DUTIES)
        }
        InterestGround::ContactAsked => Ruling::through(Way::Open, &CONTACT_ASKED, CALL_DUTIES),
        InterestGround::Other => Ruling::closed(&OTHER_CIRCUMSTANCES),
        InterestGround::PublishedNumber
        | InterestGround::FreeDirectoryEntry
        | InterestGround::SameIndustry
        | InterestGround::GeneralUsefulness
        | InterestGround::LowPrice => Ruling::closed(&GROUND_NOT_ENOUGH),
    }
}

/// § 7(1): letters until objection, unaddressed flyers unless a sticker says no.
fn post(case: &Case<'_>) -> Ruling {
    if case.bar.is_some() {
        return Ruling::closed(&POST_AGAINST_WILL);
    }
    let duties = DutySet::of(&[Duty::StopOnObjection]);
    match (
        case.facts.message.unaddressed,
        case.facts.message.no_advertising_sticker,
    ) {
        (true, true) => Ruling::closed(&STICKER),
        (true, false) => Ruling::through(Way::Open, &FLYER, duties),
        (false, _) => Ruling::through(Way::Open, &LETTER, duties),
    }
}

/// § 7(1), general clause.
fn visit(case: &Case<'_>) -> Ruling {
    if case.bar.is_some() {
        return Ruling::closed(&VISIT_AGAINST_WILL);
    }
    Ruling::through(Way::Open, &VISIT, DutySet::of(&[Duty::StopOnRefusal]))
}
