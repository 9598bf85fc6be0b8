//! Italy: Codice in materia di protezione dei dati personali (Codice Privacy) Art. 130.
//!
//! 130(1), (2): automated calls, fax, electronic mail and SMS need the consent of the "contraente",
//! legal persons included. 130(4): electronic mail to natural persons who are customers, for own
//! similar products, with an opt-out. 130(3), (3-bis): other calls unless the number is in the opt-out
//! register (RPO), which also takes postal addresses; a look-up holds 15 days. Reviewed 2026-11-24
//! (brocardi.it); calls are of medium certainty.

use super::{
    CALL_DUTIES, ExclusionList, MAIL_DUTIES, days, directive, opt_in, opt_in_or_customer, post,
    screened, texts,
};
use crate::gate::{Case, Outcome, Ruling};
use crate::{Channel, Citation};

static CONSENT: Outcome = Outcome::yes(
    "it_consent",
    &[
        Citation::new("Codice Privacy Art. 130"),
        Citation::new("Codice Privacy Art. 130(2)"),
    ],
    texts::CONSENT,
);

static MAIL: Outcome = Outcome::no(
    "it_mail_needs_consent",
    &[
        Citation::new("Codice Privacy Art. 130"),
        Citation::new("Codice Privacy Art. 130(1)"),
        Citation::new("Codice Privacy Art. 130(2)"),
    ],
    texts::MAIL_NEEDS_CONSENT,
    directive::MAIL_NEXT,
);

static CUSTOMER: Outcome = Outcome::yes(
    "it_existing_customer",
    &[
        Citation::new("Codice Privacy Art. 130"),
        Citation::new("Codice Privacy Art. 130(4)"),
    ],
    texts::CUSTOMER,
);

static CALL_CONSENT: Outcome = Outcome::yes(
    "it_call_consent",
    &[
        Citation::new("Codice Privacy Art. 130"),
        Citation::new("Codice Privacy Art. 130(3)"),
    ],
    texts::CONSENT,
)
.to_be_checked();

static CALL: Outcome = Outcome::yes(
    "it_call",
    &[
        Citation::new("Codice Privacy Art. 130"),
        Citation::new("Codice Privacy Art. 130(3-bis)"),
    ],
    texts::CALL_OPT_OUT,
)
.to_be_checked();

static LISTED: Outcome = Outcome::no(
    "it_rpo",
    &[
        Citation::new("Codice Privacy Art. 130"),
        Citation::new("Codice Privacy Art. 130(3-bis)"),
    ],
    texts::LISTED,
    directive::CALL_NEXT,
);

static NOT_SCREENED: Outcome = Outcome::no(
    "it_rpo_not_screened",
    &[
        Citation::new("Codice Privacy Art. 130"),
        Citation::new("Codice Privacy Art. 130(3-bis)"),
    ],
    texts::NOT_SCREENED,
    directive::SCREEN_NEXT,
)
.to_be_checked();

static MACHINE: Outcome = Outcome::no(
    "it_machine_needs_consent",
    &[
        Citation::new("Codice Privacy Art. 130"),
        Citation::new("Codice Privacy Art. 130(1)"),
        Citation::new("Codice Privacy Art. 130(2)"),
    ],
    texts::MACHINE_NEEDS_CONSENT,
    directive::CALL_NEXT,
)
.to_be_checked();

const RPO: ExclusionList = ExclusionList {
    days: Some(days(15)),
    listed: &LISTED,
    not_screened: &NOT_SCREENED,
};

pub(super) fn judge(case: &Case<'_>) -> Ruling {
    match case.channel {
        Channel::Phone => screened(case, &RPO, &CALL_CONSENT, &CALL),
        Channel::AutomatedCall | Channel::Fax => opt_in(case, &CONSENT, &MACHINE, CALL_DUTIES),
        Channel::Post => post(case, &directive::POST),
        Channel::Visit => Ruling::closed(&directive::VISIT),
        _ if case.facts.contact.natural() == Some(true) => {
            opt_in_or_customer(case, &CONSENT, &CUSTOMER, &MAIL)
        }
        _ => opt_in(case, &CONSENT, &MAIL, MAIL_DUTIES),
    }
}
