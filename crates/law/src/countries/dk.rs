//! Denmark: Markedsføringsloven § 10; Forbrugeraftaleloven § 4.
//!
//! § 10(1): electronic mail, automated calls and fax to anyone ("nogen") need prior consent, traders
//! included. § 10(2): own customers, similar products, opt-out. Calls to consumers: banned unless
//! requested, with few exceptions (Forbrugeraftaleloven § 4); calls to businesses are allowed (medium
//! certainty). Reviewed 2026-11-24 (danskelove.dk).

use super::{CALL_DUTIES, directive, opt_in, opt_in_or_customer, opt_out, post, texts};
use crate::gate::{Case, Outcome, Ruling};
use crate::{Channel, Citation};

static CONSENT: Outcome = Outcome::yes(
    "dk_consent",
    &[
        Citation::new("Markedsfoeringsloven § 10"),
        Citation::new("Markedsfoeringsloven § 10(1)"),
    ],
    texts::CONSENT,
);

static MAIL: Outcome = Outcome::no(
    "dk_mail_needs_consent",
    &[
        Citation::new("Markedsfoeringsloven § 10"),
        Citation::new("Markedsfoeringsloven § 10(1)"),
    ],
    texts::MAIL_NEEDS_CONSENT,
    directive::MAIL_NEXT,
);

static CUSTOMER: Outcome = Outcome::yes(
    "dk_existing_customer",
    &[
        Citation::new("Markedsfoeringsloven § 10"),
        Citation::new("Markedsfoeringsloven § 10(2)"),
    ],
    texts::CUSTOMER,
);

static CALL_CONSENT: Outcome = Outcome::yes(
    "dk_call_requested",
    &[Citation::new("Forbrugeraftaleloven § 4")],
    texts::CONSENT,
)
.to_be_checked();

static CALL: Outcome = Outcome::no(
    "dk_consumer_call_banned",
    &[Citation::new("Forbrugeraftaleloven § 4")],
    texts::CALL_NEEDS_CONSENT,
    directive::CALL_NEXT,
)
.to_be_checked();

static BUSINESS_CALL: Outcome = Outcome::yes(
    "dk_business_call",
    &[
        Citation::new("Forbrugeraftaleloven § 4"),
        Citation::new("Markedsfoeringsloven § 10"),
    ],
    texts::CALL_OPT_OUT,
)
.to_be_checked();

static MACHINE: Outcome = Outcome::no(
    "dk_machine_needs_consent",
    &[
        Citation::new("Markedsfoeringsloven § 10"),
        Citation::new("Markedsfoeringsloven § 10(1)"),
    ],
    texts::MACHINE_NEEDS_CONSENT,
    directive::CALL_NEXT,
)
.to_be_checked();

pub(super) fn judge(case: &Case<'_>) -> Ruling {
    match case.channel {
        Channel::Phone if case.is_business() && !case.has_consent() => {
            opt_out(case, &BUSINESS_CALL, CALL_DUTIES)
        }
        Channel::Phone => opt_in(case, &CALL_CONSENT, &CALL, CALL_DUTIES),
        Channel::AutomatedCall | Channel::Fax => opt_in(case, &CONSENT, &MACHINE, CALL_DUTIES),
        Channel::Post => post(case, &directive::POST),
        Channel::Visit => Ruling::closed(&directive::VISIT),
        _ => opt_in_or_customer(case, &CONSENT, &CUSTOMER, &MAIL),
    }
}
