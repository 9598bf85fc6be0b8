//! Sweden: Marknadsföringslagen §§ 19 to 21.
//!
//! § 19: electronic mail, fax and automated calls to natural persons need prior consent, sole traders
//! included; own customers may get mail on similar products. Legal persons are opt-out (§ 20: valid
//! stop address). § 21: other ways, calls by humans among them, until the natural person objected;
//! the NIX register is self-regulation and looked up before calling consumers. Reviewed 2026-11-24;
//! general knowledge of the field, so to be checked.

use super::{
    CALL_DUTIES, ExclusionList, MAIL_DUTIES, directive, opt_in, opt_in_or_customer, opt_out, post,
    screened, texts,
};
use crate::gate::{Case, Outcome, Ruling};
use crate::{Channel, Citation, Text};

static CONSENT: Outcome = Outcome::yes(
    "se_consent",
    &[Citation::new("Marknadsfoeringslagen § 19")],
    texts::CONSENT,
)
.to_be_checked();

static MAIL: Outcome = Outcome::no(
    "se_mail_needs_consent",
    &[Citation::new("Marknadsfoeringslagen § 19")],
    texts::PERSON_MAIL_NEEDS_CONSENT,
    directive::MAIL_NEXT,
)
.to_be_checked();

static CUSTOMER: Outcome = Outcome::yes(
    "se_existing_customer",
    &[Citation::new("Marknadsfoeringslagen § 19")],
    texts::CUSTOMER,
)
.to_be_checked();

static LEGAL_PERSON: Outcome = Outcome::yes(
    "se_mail_legal_person",
    &[
        Citation::new("Marknadsfoeringslagen § 19"),
        Citation::new("Marknadsfoeringslagen § 20"),
    ],
    Text::new(
        "§ 19 schützt nur natürliche Personen; juristische Personen dürfen bis zum Widerspruch \
         angeschrieben werden.",
        "§ 19 protects natural persons only; legal persons may be mailed until objection.",
    ),
)
.to_be_checked();

static SUBSCRIBER: Outcome = Outcome::no(
    "se_subscriber_missing",
    &[Citation::new("Marknadsfoeringslagen § 19")],
    texts::SUBSCRIBER_MISSING,
    directive::SUBSCRIBER_NEXT,
)
.to_be_checked();

static CALL_CONSENT: Outcome = Outcome::yes(
    "se_call_consent",
    &[Citation::new("Marknadsfoeringslagen § 21")],
    texts::CONSENT,
)
.to_be_checked();

static CALL: Outcome = Outcome::yes(
    "se_call",
    &[Citation::new("Marknadsfoeringslagen § 21")],
    texts::CALL_OPT_OUT,
)
.to_be_checked();

static LISTED: Outcome = Outcome::no(
    "se_nix",
    &[Citation::new("Marknadsfoeringslagen § 21")],
    texts::LISTED,
    directive::CALL_NEXT,
)
.to_be_checked();

static NOT_SCREENED: Outcome = Outcome::no(
    "se_nix_not_screened",
    &[Citation::new("Marknadsfoeringslagen § 21")],
    texts::NOT_SCREENED,
    directive::SCREEN_NEXT,
)
.to_be_checked();

static MACHINE: Outcome = Outcome::no(
    "se_machine_needs_consent",
    &[Citation::new("Marknadsfoeringslagen § 19")],
    texts::MACHINE_NEEDS_CONSENT,
    directive::CALL_NEXT,
)
.to_be_checked();

const NIX: ExclusionList = ExclusionList {
    days: None,
    listed: &LISTED,
    not_screened: &NOT_SCREENED,
};

pub(super) fn judge(case: &Case<'_>) -> Ruling {
    match case.channel {
        Channel::Phone if case.is_consumer() => screened(case, &NIX, &CALL_CONSENT, &CALL),
        Channel::Phone if case.has_consent() => opt_in(case, &CALL_CONSENT, &CALL, CALL_DUTIES),
        Channel::Phone => opt_out(case, &CALL, CALL_DUTIES),
        Channel::AutomatedCall | Channel::Fax => opt_in(case, &CONSENT, &MACHINE, CALL_DUTIES),
        Channel::Post => post(case, &directive::POST),
        Channel::Visit => Ruling::closed(&directive::VISIT),
        _ => match case.facts.contact.natural() {
            Some(false) if !case.has_consent() => opt_out(case, &LEGAL_PERSON, MAIL_DUTIES),
            Some(_) => opt_in_or_customer(case, &CONSENT, &CUSTOMER, &MAIL),
            None => opt_in_or_customer(case, &CONSENT, &CUSTOMER, &SUBSCRIBER),
        },
    }
}
