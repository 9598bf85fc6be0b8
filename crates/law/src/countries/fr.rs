//! France: Code des postes et des communications électroniques L. 34-5; Code de la consommation
//! L. 223-1.
//!
//! L. 34-5: automated calls, fax and electronic mail to natural persons need prior consent, not for
//! own similar goods to customers. CNIL: business addresses are opt-out if the offer relates to the
//! person's function, the person was informed at collection and can object; impersonal addresses
//! (info@) are free. L. 223-1: until 2026-08-10 calls to consumers unless on Bloctel; since
//! 2026-08-11 (Loi 2025-594) only with prior consent, or within a running contract. Businesses are
//! not protected by L. 223-1 (medium certainty). Reviewed 2026-11-24.

use jiff::civil::{Date, date};

use super::{
    CALL_DUTIES, ExclusionList, MAIL_DUTIES, days, directive, opt_in, opt_in_or_customer, opt_out,
    post, screened, texts,
};
use crate::facts::{AddressKind, Relation};
use crate::gate::{Case, Duty, DutySet, NextStep, Outcome, Ruling, Way};
use crate::{Channel, Citation, Text};

static CONSENT: Outcome = Outcome::yes(
    "fr_consent",
    &[Citation::new("CPCE L. 34-5")],
    texts::CONSENT,
);

static MAIL: Outcome = Outcome::no(
    "fr_mail_needs_consent",
    &[Citation::new("CPCE L. 34-5")],
    Text::new(
        "Werbung per elektronischer Post an Verbraucher braucht vorherige Einwilligung.",
        "Advertising by electronic mail to consumers needs prior consent.",
    ),
    directive::MAIL_NEXT,
);

static CUSTOMER: Outcome = Outcome::yes(
    "fr_existing_customer",
    &[Citation::new("CPCE L. 34-5")],
    texts::CUSTOMER,
);

static FUNCTION: Outcome = Outcome::yes(
    "fr_mail_related_to_function",
    &[Citation::new("CPCE L. 34-5")],
    Text::new(
        "Das Angebot bezieht sich auf die berufliche Funktion, die Person wurde informiert und \
         kann widersprechen (Praxis der CNIL).",
        "The offer relates to the professional function, the person was informed and can object \
         (CNIL practice).",
    ),
);

static IMPERSONAL: Outcome = Outcome::yes(
    "fr_mail_impersonal",
    &[Citation::new("CPCE L. 34-5")],
    Text::new(
        "Unpersönliche Firmenadressen sind frei (Praxis der CNIL).",
        "Impersonal company addresses are free (CNIL practice).",
    ),
);

static FUNCTION_MISSING: Outcome = Outcome::no(
    "fr_mail_function_not_shown",
    &[Citation::new("CPCE L. 34-5")],
    Text::new(
        "Ohne Bezug zur beruflichen Funktion, Information bei Erhebung und \
         Widerspruchsmöglichkeit braucht es eine Einwilligung.",
        "Without relation to the professional function, information at collection and an \
         opt-out, consent is needed.",
    ),
    &[
        NextStep::FunctionInformOptOut,
        NextStep::DoubleOptIn,
        NextStep::PostInstead,
    ],
);

static CALL_CONSENT: Outcome = Outcome::yes(
    "fr_call_consent",
    &[Citation::new("Code de la consommation L. 223-1")],
    texts::CONSENT,
);

static CONSUMER_CALL: Outcome = Outcome::no(
    "fr_consumer_call_needs_consent",
    &[Citation::new("Code de la consommation L. 223-1")],
    Text::new(
        "Seit dem 11. August 2026 brauchen Werbeanrufe bei Verbrauchern vorherige Einwilligung.",
        "Since 11 August 2026 advertising calls to consumers need prior consent.",
    ),
    directive::CALL_NEXT,
);

static RUNNING_CONTRACT: Outcome = Outcome::yes(
    "fr_call_running_contract",
    &[Citation::new("Code de la consommation L. 223-1")],
    Text::new(
        "Der Anruf betrifft den laufenden Vertrag mit dem Kunden.",
        "The call concerns the running contract with the customer.",
    ),
)
.to_be_checked();

static BEFORE_REFORM: Outcome = Outcome::yes(
    "fr_call_before_reform",
    &[Citation::new("Code de la consommation L. 223-1")],
    Text::new(
        "Bis zum 10. August 2026 waren Anrufe erlaubt, wenn die Nummer nicht bei Bloctel stand.",
        "Until 10 August 2026 calls were allowed if the number was not on Bloctel.",
    ),
);

static BLOCTEL: Outcome = Outcome::no(
    "fr_bloctel",
    &[Citation::new("Code de la consommation L. 223-1")],
    texts::LISTED,
    directive::CALL_NEXT,
);

static BLOCTEL_UNKNOWN: Outcome = Outcome::no(
    "fr_bloctel_not_screened",
    &[Citation::new("Code de la consommation L. 223-1")],
    texts::NOT_SCREENED,
    directive::SCREEN_NEXT,
);

static BUSINESS_CALL: Outcome = Outcome::yes(
    "fr_business_call",
    &[
        Citation::new("Code de la consommation L. 223-1"),
        Citation::new("GDPR Art. 6(1)(f)"),
    ],
    Text::new(
        "L. 223-1 schützt nur Verbraucher; Anrufe bei Unternehmen sind bis zum Widerspruch \
         erlaubt.",
        "L. 223-1 protects consumers only; calls to businesses are allowed until objection.",
    ),
)
.to_be_checked();

static MACHINE: Outcome = Outcome::no(
    "fr_machine_needs_consent",
    &[Citation::new("CPCE L. 34-5")],
    texts::MACHINE_NEEDS_CONSENT,
    directive::CALL_NEXT,
)
.to_be_checked();

/// The first day of the opt-in rule for calls to consumers.
const REFORM: Date = date(2026, 8, 11);
/// The last day of the Bloctel rule.
const LAST_BEFORE_REFORM: Date = date(2026, 8, 10);

const BLOCTEL_LIST: ExclusionList = ExclusionList {
    days: Some(days(30)),
    listed: &BLOCTEL,
    not_screened: &BLOCTEL_UNKNOWN,
};

pub(super) fn judge(case: &Case<'_>) -> Ruling {
    match case.channel {
        Channel::Phone => call(case),
        Channel::AutomatedCall | Channel::Fax => opt_in(case, &CONSENT, &MACHINE, CALL_DUTIES),
        Channel::Post => post(case, &directive::POST),
        Channel::Visit => Ruling::closed(&directive::VISIT),
        _ if case.is_consumer() => opt_in_or_customer(case, &CONSENT, &CUSTOMER, &MAIL),
        _ => business_mail(case),
    }
}

fn business_mail(case: &Case<'_>) -> Ruling {
    let message = &case.facts.message;
    let duties = MAIL_DUTIES.and(DutySet::of(&[Duty::InformAtCollection]));
    let related = message.relates_to_function == Some(true)
        && message.informed_at_collection == Some(true)
        && message.opt_out_offered == Some(true);
    if case.has_consent() || case.bar.is_some() {
        opt_in(case, &CONSENT, &FUNCTION_MISSING, MAIL_DUTIES)
    } else if related {
        opt_out(case, &FUNCTION, duties)
    } else if case.facts.contact.address == Some(AddressKind::Impersonal) {
        opt_out(case, &IMPERSONAL, MAIL_DUTIES)
    } else {
        opt_in_or_customer(case, &CONSENT, &CUSTOMER, &FUNCTION_MISSING)
    }
}

fn call(case: &Case<'_>) -> Ruling {
    if case.is_business() && !case.has_consent() {
        return opt_out(case, &BUSINESS_CALL, CALL_DUTIES);
    }
    if case.on < REFORM {
        let ruling = screened(case, &BLOCTEL_LIST, &CALL_CONSENT, &BEFORE_REFORM);
        let until = ruling
            .until
            .map_or(LAST_BEFORE_REFORM, |day| day.min(LAST_BEFORE_REFORM));
        let by_list = ruling.way == Way::Open;
        return if by_list {
            ruling.until(Some(until))
        } else {
            ruling
        };
    }
    let running = case.facts.relation.is_some_and(Relation::matches_offer);
    if running && !case.has_consent() {
        return opt_out(case, &RUNNING_CONTRACT, CALL_DUTIES);
    }
    opt_in(case, &CALL_CONSENT, &CONSUMER_CALL, CALL_DUTIES)
}
