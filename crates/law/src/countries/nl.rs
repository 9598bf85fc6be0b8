//! Netherlands: Telecommunicatiewet Art. 11.7.
//!
//! 11.7(1): automated calls, fax and electronic messages need prior consent, of legal persons too;
//! 11.7(3): not if the address was published or given out for the purpose, nor for own customers and
//! similar products with an opt-out. 11.7(2): other calls to natural persons need prior consent since
//! 2021-07-01, sole traders and partnerships included; to legal persons they are opt-out. The customer
//! exception for calls ended on 2026-06-30 (its effect on sole traders is to be checked); charities,
//! charity lotteries and the press keep one that is not modelled here. Reviewed 2026-11-24 (dmcc.nl,
//! deltaadvisory.nl).

use jiff::civil::{Date, date};

use super::{
    CALL_DUTIES, MAIL_DUTIES, directive, opt_in, opt_in_or_customer, opt_out, post, texts,
};
use crate::facts::Relation;
use crate::gate::{Case, Outcome, Ruling, Way};
use crate::{Channel, Citation, Text};

static CONSENT: Outcome = Outcome::yes(
    "nl_consent",
    &[
        Citation::new("Telecommunicatiewet Art. 11.7"),
        Citation::new("Telecommunicatiewet Art. 11.7(1)"),
    ],
    texts::CONSENT,
);

static MAIL: Outcome = Outcome::no(
    "nl_mail_needs_consent",
    &[
        Citation::new("Telecommunicatiewet Art. 11.7"),
        Citation::new("Telecommunicatiewet Art. 11.7(1)"),
    ],
    texts::MAIL_NEEDS_CONSENT,
    directive::MAIL_NEXT,
);

static CUSTOMER: Outcome = Outcome::yes(
    "nl_existing_customer",
    &[
        Citation::new("Telecommunicatiewet Art. 11.7"),
        Citation::new("Telecommunicatiewet Art. 11.7(3)"),
    ],
    texts::CUSTOMER,
);

static PUBLISHED: Outcome = Outcome::yes(
    "nl_address_published_for_it",
    &[
        Citation::new("Telecommunicatiewet Art. 11.7"),
        Citation::new("Telecommunicatiewet Art. 11.7(3)"),
    ],
    Text::new(
        "Der Inhaber hat die Adresse für genau diesen Zweck veröffentlicht oder angegeben.",
        "The holder published or gave out the address for just this purpose.",
    ),
);

static CALL_LEGAL_PERSON: Outcome = Outcome::yes(
    "nl_call_legal_person",
    &[
        Citation::new("Telecommunicatiewet Art. 11.7"),
        Citation::new("Telecommunicatiewet Art. 11.7(2)"),
    ],
    Text::new(
        "Anrufe bei juristischen Personen sind bis zum Widerspruch erlaubt.",
        "Calls to legal persons are allowed until objection.",
    ),
);

static CALL: Outcome = Outcome::no(
    "nl_call_needs_consent",
    &[
        Citation::new("Telecommunicatiewet Art. 11.7"),
        Citation::new("Telecommunicatiewet Art. 11.7(2)"),
    ],
    Text::new(
        "Anrufe bei natürlichen Personen, auch Einzelunternehmern, brauchen vorherige \
         Einwilligung; die Kundenausnahme endete am 30. Juni 2026.",
        "Calls to natural persons, sole traders included, need prior consent; the customer \
         exception ended on 30 June 2026.",
    ),
    directive::CALL_NEXT,
);

static CALL_CUSTOMER: Outcome = Outcome::yes(
    "nl_call_customer_until_june_2026",
    &[
        Citation::new("Telecommunicatiewet Art. 11.7"),
        Citation::new("Telecommunicatiewet Art. 11.7(3)"),
    ],
    Text::new(
        "Bis zum 30. Juni 2026 durften eigene Kunden zu ähnlichen Angeboten angerufen werden.",
        "Until 30 June 2026 own customers could be called about similar offers.",
    ),
);

static SUBSCRIBER: Outcome = Outcome::no(
    "nl_subscriber_missing",
    &[
        Citation::new("Telecommunicatiewet Art. 11.7"),
        Citation::new("Telecommunicatiewet Art. 11.7(2)"),
    ],
    texts::SUBSCRIBER_MISSING,
    directive::SUBSCRIBER_NEXT,
);

static MACHINE: Outcome = Outcome::no(
    "nl_machine_needs_consent",
    &[
        Citation::new("Telecommunicatiewet Art. 11.7"),
        Citation::new("Telecommunicatiewet Art. 11.7(1)"),
    ],
    texts::MACHINE_NEEDS_CONSENT,
    directive::CALL_NEXT,
)
.to_be_checked();

/// The last day of the customer exception for calls.
const CUSTOMER_CALLS_UNTIL: Date = date(2026, 6, 30);

pub(super) fn judge(case: &Case<'_>) -> Ruling {
    match case.channel {
        Channel::Phone => call(case),
        Channel::AutomatedCall | Channel::Fax => opt_in(case, &CONSENT, &MACHINE, CALL_DUTIES),
        Channel::Post => post(case, &directive::POST),
        Channel::Visit => Ruling::closed(&directive::VISIT),
        _ if case.is_business()
            && case.facts.contact.address_meant_for_it
            && !case.has_consent()
            && case.bar.is_none() =>
        {
            Ruling::through(Way::Open, &PUBLISHED, MAIL_DUTIES)
        }
        _ => opt_in_or_customer(case, &CONSENT, &CUSTOMER, &MAIL),
    }
}

fn call(case: &Case<'_>) -> Ruling {
    if case.has_consent() {
        return Ruling::through(Way::Consent, &CONSENT, CALL_DUTIES);
    }
    let customer = case.facts.relation.is_some_and(Relation::matches_offer);
    match case.facts.contact.natural() {
        Some(false) => opt_out(case, &CALL_LEGAL_PERSON, CALL_DUTIES),
        Some(true) if customer && case.on <= CUSTOMER_CALLS_UNTIL => {
            opt_out(case, &CALL_CUSTOMER, CALL_DUTIES).until(Some(CUSTOMER_CALLS_UNTIL))
        }
        Some(true) => opt_in(case, &CONSENT, &CALL, CALL_DUTIES)
            .unconfirmed_if(customer && case.is_business()),
        None => opt_in(case, &CONSENT, &SUBSCRIBER, CALL_DUTIES),
    }
}
