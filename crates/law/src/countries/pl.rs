//! Poland: Prawo komunikacji elektronicznej (PKE) Art. 398.
//!
//! 398(1): no use of terminal equipment and automated calling systems for direct marketing, e-mail and
//! calls by humans included, without prior consent, of businesses too. 398(2): making an electronic
//! address available for the purpose of receiving commercial information can be that consent. In force
//! since 2024-11-10; reviewed 2026-11-24 (DLA Piper, radcaprawny.kirp.pl); 398(2) is of medium
//! certainty. Until then Prawo telekomunikacyjne Art. 172 asked for consent too.

use jiff::civil::date;

use super::{CALL_DUTIES, MAIL_DUTIES, directive, opt_in, post, texts};
use crate::gate::{Case, NextStep, Outcome, Ruling, Way};
use crate::{Channel, Citation, Text};

const CONSENT_RULE: Citation = Citation::renumbered(
    "PKE Art. 398(1)",
    &[(date(2024, 11, 10), "Prawo telekomunikacyjne Art. 172")],
);

static CONSENT: Outcome = Outcome::yes("pl_consent", &[CONSENT_RULE], texts::CONSENT);

static MAIL: Outcome = Outcome::no(
    "pl_mail_needs_consent",
    &[CONSENT_RULE],
    texts::MAIL_NEEDS_CONSENT,
    &[NextStep::DoubleOptIn, NextStep::PostInstead],
);

static ADDRESS_GIVEN: Outcome = Outcome::yes(
    "pl_address_given_for_it",
    &[Citation::new("PKE Art. 398(2)")],
    Text::new(
        "Die Adresse wurde eigens zum Empfang von Werbung angegeben; das kann die Einwilligung \
         sein.",
        "The address was given out for receiving advertising, which can be the consent.",
    ),
)
.to_be_checked();

static CALL: Outcome = Outcome::no(
    "pl_call_needs_consent",
    &[CONSENT_RULE],
    Text::new(
        "Werbeanrufe brauchen vorherige Einwilligung, auch bei Unternehmen.",
        "Advertising calls need prior consent, of businesses too.",
    ),
    directive::CALL_NEXT,
);

static MACHINE: Outcome = Outcome::no(
    "pl_machine_needs_consent",
    &[CONSENT_RULE],
    texts::MACHINE_NEEDS_CONSENT,
    directive::CALL_NEXT,
);

pub(super) fn judge(case: &Case<'_>) -> Ruling {
    match case.channel {
        Channel::Phone => opt_in(case, &CONSENT, &CALL, CALL_DUTIES),
        Channel::AutomatedCall | Channel::Fax => opt_in(case, &CONSENT, &MACHINE, CALL_DUTIES),
        Channel::Post => post(case, &directive::POST),
        Channel::Visit => Ruling::closed(&directive::VISIT),
        _ if case.facts.contact.address_meant_for_it
            && !case.has_consent()
            && case.bar.is_none() =>
        {
            Ruling::through(Way::Open, &ADDRESS_GIVEN, MAIL_DUTIES)
        }
        _ => opt_in(case, &CONSENT, &MAIL, MAIL_DUTIES),
    }
}
