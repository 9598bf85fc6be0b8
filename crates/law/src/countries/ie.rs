//! Ireland: S.I. 336/2011 (ePrivacy Regulations) reg. 13.
//!
//! Electronic mail to natural persons needs consent, or the customer rule; business addresses used in
//! that capacity are opt-out, with a valid opt-out in every message. Calls to landlines are opt-out
//! with the National Directory Database (NDD); calls to mobiles need consent. Reviewed 2026-11-24
//! (compubase, Fieldfisher); paragraph numbers are not verified, so everything here is to be checked.

use super::{
    CALL_DUTIES, ExclusionList, MAIL_DUTIES, directive, opt_in, opt_in_or_customer, opt_out, post,
    screened, texts,
};
use crate::facts::NumberKind;
use crate::gate::{Case, NextStep, Outcome, Ruling};
use crate::{Channel, Citation, Text};

static CONSENT: Outcome = Outcome::yes(
    "ie_consent",
    &[Citation::new("S.I. 336/2011 reg. 13")],
    texts::CONSENT,
)
.to_be_checked();

static MAIL: Outcome = Outcome::no(
    "ie_mail_needs_consent",
    &[Citation::new("S.I. 336/2011 reg. 13")],
    texts::PERSON_MAIL_NEEDS_CONSENT,
    directive::MAIL_NEXT,
)
.to_be_checked();

static CUSTOMER: Outcome = Outcome::yes(
    "ie_existing_customer",
    &[Citation::new("S.I. 336/2011 reg. 13")],
    texts::CUSTOMER,
)
.to_be_checked();

static BUSINESS: Outcome = Outcome::yes(
    "ie_business_mail",
    &[Citation::new("S.I. 336/2011 reg. 13")],
    Text::new(
        "Geschäftsadressen, in dieser Funktion angesprochen, sind bis zum Widerspruch frei.",
        "Business addresses, approached in that capacity, are free until objection.",
    ),
)
.to_be_checked();

static NO_OPT_OUT: Outcome = Outcome::no(
    "ie_opt_out_not_offered",
    &[Citation::new("S.I. 336/2011 reg. 13")],
    Text::new(
        "Ohne gültige Abmeldemöglichkeit in jeder Nachricht ist die Mail auch an \
         Geschäftsadressen nicht erlaubt.",
        "Without a valid opt-out in every message the mail is not allowed to business addresses \
         either.",
    ),
    &[
        NextStep::OfferOptOut,
        NextStep::DoubleOptIn,
        NextStep::PostInstead,
    ],
)
.to_be_checked();

static CALL: Outcome = Outcome::yes(
    "ie_landline_call",
    &[Citation::new("S.I. 336/2011 reg. 13")],
    texts::CALL_OPT_OUT,
)
.to_be_checked();

static LISTED: Outcome = Outcome::no(
    "ie_ndd",
    &[Citation::new("S.I. 336/2011 reg. 13")],
    texts::LISTED,
    directive::CALL_NEXT,
)
.to_be_checked();

static NOT_SCREENED: Outcome = Outcome::no(
    "ie_ndd_not_screened",
    &[Citation::new("S.I. 336/2011 reg. 13")],
    texts::NOT_SCREENED,
    directive::SCREEN_NEXT,
)
.to_be_checked();

static MOBILE: Outcome = Outcome::no(
    "ie_mobile_call_needs_consent",
    &[Citation::new("S.I. 336/2011 reg. 13")],
    Text::new(
        "Anrufe auf Mobilnummern brauchen Einwilligung.",
        "Calls to mobile numbers need consent.",
    ),
    directive::CALL_NEXT,
)
.to_be_checked();

static NUMBER: Outcome = Outcome::no(
    "ie_number_kind_missing",
    &[Citation::new("S.I. 336/2011 reg. 13")],
    Text::new(
        "Es ist nicht bekannt, ob es eine Mobil- oder Festnetznummer ist.",
        "It is not known whether the number is mobile or fixed.",
    ),
    &[
        NextStep::StateNumberKind,
        NextStep::ConsentTiedToNumber,
        NextStep::PostInstead,
    ],
)
.to_be_checked();

static MACHINE: Outcome = Outcome::no(
    "ie_machine_needs_consent",
    &[
        Citation::new("S.I. 336/2011 reg. 13"),
        Citation::new("Directive 2002/58 Art. 13(1)"),
    ],
    texts::MACHINE_NEEDS_CONSENT,
    directive::CALL_NEXT,
)
.to_be_checked();

const NDD: ExclusionList = ExclusionList {
    days: None,
    listed: &LISTED,
    not_screened: &NOT_SCREENED,
};

pub(super) fn judge(case: &Case<'_>) -> Ruling {
    match case.channel {
        Channel::Phone => match case.facts.contact.number {
            Some(NumberKind::Landline) => screened(case, &NDD, &CONSENT, &CALL),
            Some(NumberKind::Mobile) => opt_in(case, &CONSENT, &MOBILE, CALL_DUTIES),
            None => opt_in(case, &CONSENT, &NUMBER, CALL_DUTIES),
        },
        Channel::AutomatedCall | Channel::Fax => opt_in(case, &CONSENT, &MACHINE, CALL_DUTIES),
        Channel::Post => post(case, &directive::POST),
        Channel::Visit => Ruling::closed(&directive::VISIT),
        _ if case.is_consumer() => opt_in_or_customer(case, &CONSENT, &CUSTOMER, &MAIL),
        _ => business_mail(case),
    }
}

fn business_mail(case: &Case<'_>) -> Ruling {
    let offered = case.facts.message.opt_out_offered == Some(true);
    if offered && !case.has_consent() {
        opt_out(case, &BUSINESS, MAIL_DUTIES)
    } else {
        opt_in_or_customer(case, &CONSENT, &CUSTOMER, &NO_OPT_OUT)
    }
}
