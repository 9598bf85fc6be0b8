//! Switzerland: Bundesgesetz gegen den unlauteren Wettbewerb (UWG-CH) Art. 3(1).
//!
//! (o): mass advertising by telecommunication without a request needs prior consent; not to own
//! customers for own similar goods if the opt-out was offered. A single individual mail is not
//! covered. (u): calls to those whose directory entry carries the asterisk, or who are not in the
//! directory, unless there is a business relation. (v): no calls without a shown, registered number.
//! Data protection: revDSG, in force since 2023-09-01. Reviewed 2026-11-24 (digilaw.ch, SDV); calls
//! to businesses are of medium certainty.

use super::{
    CALL_DUTIES, MAIL_DUTIES, directive, opt_in, opt_in_or_customer, opt_out, post, texts,
};
use crate::gate::{Case, NextStep, Outcome, Ruling, Way};
use crate::{Channel, Citation, Text};

static CONSENT: Outcome = Outcome::yes(
    "ch_consent",
    &[Citation::new("UWG-CH Art. 3(1)(o)")],
    texts::CONSENT,
);

static MASS: Outcome = Outcome::no(
    "ch_mass_mail_needs_consent",
    &[Citation::new("UWG-CH Art. 3(1)(o)")],
    Text::new(
        "Massenwerbung per Fernmeldetechnik braucht vorherige Einwilligung, auch von \
         Unternehmen.",
        "Mass advertising by telecommunication needs prior consent, of businesses too.",
    ),
    directive::MAIL_NEXT,
);

static MASS_UNKNOWN: Outcome = Outcome::no(
    "ch_mass_or_individual_missing",
    &[Citation::new("UWG-CH Art. 3(1)(o)")],
    Text::new(
        "Es ist nicht gesagt, ob es Massenwerbung oder eine einzelne individuelle Nachricht \
         ist.",
        "It is not said whether it is mass advertising or one individual message.",
    ),
    &[
        NextStep::StateMassMailing,
        NextStep::DoubleOptIn,
        NextStep::PostInstead,
    ],
);

static CUSTOMER: Outcome = Outcome::yes(
    "ch_existing_customer",
    &[Citation::new("UWG-CH Art. 3(1)(o)")],
    texts::CUSTOMER,
);

static INDIVIDUAL: Outcome = Outcome::yes(
    "ch_individual_mail",
    &[
        Citation::new("UWG-CH Art. 3(1)(o)"),
        Citation::new("revDSG Art. 31"),
    ],
    Text::new(
        "Eine einzelne individuelle Nachricht ist keine Massenwerbung; bis zum Widerspruch \
         erlaubt.",
        "A single individual message is no mass advertising; allowed until objection.",
    ),
);

static CALL_CONSENT: Outcome = Outcome::yes(
    "ch_call_consent",
    &[Citation::new("UWG-CH Art. 3(1)(u)")],
    texts::CONSENT,
);

static CALL: Outcome = Outcome::yes(
    "ch_call",
    &[
        Citation::new("UWG-CH Art. 3(1)(u)"),
        Citation::new("UWG-CH Art. 3(1)(v)"),
    ],
    texts::CALL_OPT_OUT,
)
.to_be_checked();

static CALL_CUSTOMER: Outcome = Outcome::yes(
    "ch_call_business_relation",
    &[Citation::new("UWG-CH Art. 3(1)(u)")],
    Text::new(
        "In einer bestehenden Geschäftsbeziehung gilt das Verbot für Dritte nicht.",
        "In an existing business relation the ban for third parties does not apply.",
    ),
)
.to_be_checked();

static ASTERISK: Outcome = Outcome::no(
    "ch_asterisk",
    &[Citation::new("UWG-CH Art. 3(1)(u)")],
    Text::new(
        "Der Stern im Verzeichnis, oder das Fehlen darin, verbietet Werbeanrufe Dritter.",
        "The asterisk in the directory, or absence from it, forbids advertising calls by third \
         parties.",
    ),
    directive::CALL_NEXT,
);

static DIRECTORY: Outcome = Outcome::no(
    "ch_directory_not_checked",
    &[Citation::new("UWG-CH Art. 3(1)(u)")],
    Text::new(
        "Der Verzeichniseintrag ist nicht geprüft (Stern, nicht eingetragen).",
        "The directory entry has not been checked (asterisk, not listed).",
    ),
    &[
        NextStep::CheckDirectory,
        NextStep::ConsentTiedToNumber,
        NextStep::PostInstead,
    ],
);

static MACHINE: Outcome = Outcome::no(
    "ch_machine_needs_consent",
    &[Citation::new("UWG-CH Art. 3(1)(o)")],
    texts::MACHINE_NEEDS_CONSENT,
    directive::CALL_NEXT,
)
.to_be_checked();

static POST: Outcome =
    Outcome::yes("ch_letter", &[Citation::new("revDSG Art. 31")], texts::POST).to_be_checked();

static VISIT: Outcome = Outcome::no(
    "ch_visit_not_reviewed",
    &[Citation::new("UWG-CH Art. 3(1)(h)")],
    texts::VISIT,
    &[NextStep::CheckCountryLaw, NextStep::PostInstead],
)
.to_be_checked();

pub(super) fn judge(case: &Case<'_>) -> Ruling {
    match case.channel {
        Channel::Phone => call(case),
        Channel::AutomatedCall | Channel::Fax => opt_in(case, &CONSENT, &MACHINE, CALL_DUTIES),
        Channel::Post => post(case, &POST),
        Channel::Visit => Ruling::closed(&VISIT),
        _ => electronic_mail(case),
    }
}

fn electronic_mail(case: &Case<'_>) -> Ruling {
    match case.facts.message.mass_mailing {
        Some(false) if !case.has_consent() => opt_out(case, &INDIVIDUAL, MAIL_DUTIES),
        Some(_) => opt_in_or_customer(case, &CONSENT, &CUSTOMER, &MASS),
        None => opt_in_or_customer(case, &CONSENT, &CUSTOMER, &MASS_UNKNOWN),
    }
}

fn call(case: &Case<'_>) -> Ruling {
    if case.has_consent() {
        return Ruling::through(Way::Consent, &CALL_CONSENT, CALL_DUTIES);
    }
    let customer = case
        .facts
        .relation
        .is_some_and(|relation| relation.current && relation.is_own_customer());
    if customer {
        return opt_out(case, &CALL_CUSTOMER, CALL_DUTIES);
    }
    match (
        case.facts.screening.asterisk,
        case.facts.screening.in_directory,
    ) {
        (Some(true), _) | (_, Some(false)) => Ruling::closed(&ASTERISK),
        (Some(false), Some(true)) => opt_out(case, &CALL, CALL_DUTIES),
        _ => Ruling::closed(&DIRECTORY),
    }
}
