//! Belgium: Wetboek van economisch recht (WER/CDE) Art. XII.13 with the Royal Decree of 4 April 2003,
//! and Art. VI.110 to VI.115.
//!
//! XII.13: electronic mail for advertising needs prior consent; the decree excepts impersonal
//! addresses of legal persons, and own customers for similar products. VI.110 § 1: automated calls
//! and fax need consent. VI.110 § 2, VI.111-115: other calls are opt-out, with the do-not-call-me
//! list, on which companies can be too. Reviewed 2026-11-24 (commyounity.be, dncm.be, refli.be).

use super::{
    CALL_DUTIES, ExclusionList, MAIL_DUTIES, directive, opt_in, opt_in_or_customer, opt_out, post,
    screened, texts,
};
use crate::facts::AddressKind;
use crate::gate::{Case, NextStep, Outcome, Ruling};
use crate::{Channel, Citation, Text};

static CONSENT: Outcome = Outcome::yes(
    "be_consent",
    &[Citation::new("WER Art. XII.13")],
    texts::CONSENT,
);

static MAIL: Outcome = Outcome::no(
    "be_named_mail_needs_consent",
    &[Citation::new("WER Art. XII.13")],
    Text::new(
        "Werbung an eine Adresse, die eine Person nennt, braucht vorherige Einwilligung.",
        "Advertising to an address that names a person needs prior consent.",
    ),
    directive::MAIL_NEXT,
);

static ADDRESS: Outcome = Outcome::no(
    "be_address_kind_missing",
    &[
        Citation::new("WER Art. XII.13"),
        Citation::new("RD 04.04.2003 Art. 1"),
    ],
    Text::new(
        "Es kommt darauf an, ob die Adresse unpersönlich ist und einer juristischen Person \
         gehört; das ist nicht bekannt.",
        "It depends on whether the address is impersonal and belongs to a legal person, which is \
         not known.",
    ),
    &[
        NextStep::StateAddressKind,
        NextStep::StateSubscriber,
        NextStep::DoubleOptIn,
        NextStep::PostInstead,
    ],
);

static IMPERSONAL: Outcome = Outcome::yes(
    "be_impersonal_mail",
    &[
        Citation::new("WER Art. XII.13"),
        Citation::new("RD 04.04.2003 Art. 1"),
    ],
    Text::new(
        "Unpersönliche Adressen juristischer Personen sind bis zum Widerspruch frei.",
        "Impersonal addresses of legal persons are free until objection.",
    ),
);

static CUSTOMER: Outcome = Outcome::yes(
    "be_existing_customer",
    &[
        Citation::new("WER Art. XII.13"),
        Citation::new("RD 04.04.2003 Art. 1"),
    ],
    texts::CUSTOMER,
);

static CALL_CONSENT: Outcome = Outcome::yes(
    "be_call_consent",
    &[Citation::new("WER Art. VI.110 § 2")],
    texts::CONSENT,
);

static CALL: Outcome = Outcome::yes(
    "be_call",
    &[Citation::new("WER Art. VI.110 § 2")],
    texts::CALL_OPT_OUT,
);

static LISTED: Outcome = Outcome::no(
    "be_do_not_call_me",
    &[
        Citation::new("WER Art. VI.110 § 2"),
        Citation::new("WER Art. VI.112"),
    ],
    texts::LISTED,
    directive::CALL_NEXT,
);

static NOT_SCREENED: Outcome = Outcome::no(
    "be_not_screened",
    &[
        Citation::new("WER Art. VI.110 § 2"),
        Citation::new("WER Art. VI.112"),
    ],
    texts::NOT_SCREENED,
    directive::SCREEN_NEXT,
);

static MACHINE_CONSENT: Outcome = Outcome::yes(
    "be_machine_consent",
    &[Citation::new("WER Art. VI.110 § 1")],
    texts::CONSENT,
)
.to_be_checked();

static MACHINE: Outcome = Outcome::no(
    "be_machine_needs_consent",
    &[
        Citation::new("WER Art. VI.110 § 1"),
        Citation::new("Directive 2002/58 Art. 13(1)"),
    ],
    texts::MACHINE_NEEDS_CONSENT,
    directive::CALL_NEXT,
)
.to_be_checked();

const LIST: ExclusionList = ExclusionList {
    days: None,
    listed: &LISTED,
    not_screened: &NOT_SCREENED,
};

pub(super) fn judge(case: &Case<'_>) -> Ruling {
    match case.channel {
        Channel::Phone => screened(case, &LIST, &CALL_CONSENT, &CALL),
        Channel::AutomatedCall | Channel::Fax => {
            opt_in(case, &MACHINE_CONSENT, &MACHINE, CALL_DUTIES)
        }
        Channel::Post => post(case, &directive::POST),
        Channel::Visit => Ruling::closed(&directive::VISIT),
        _ => electronic_mail(case),
    }
}

fn electronic_mail(case: &Case<'_>) -> Ruling {
    let contact = &case.facts.contact;
    let no = match (contact.address, contact.natural()) {
        (Some(AddressKind::Impersonal), Some(false)) if !case.has_consent() => {
            return opt_out(case, &IMPERSONAL, MAIL_DUTIES);
        }
        (Some(AddressKind::Named), _) | (_, Some(true)) => &MAIL,
        _ => &ADDRESS,
    };
    opt_in_or_customer(case, &CONSENT, &CUSTOMER, no)
}
