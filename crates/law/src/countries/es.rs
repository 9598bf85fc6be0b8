//! Spain: Ley 34/2002 (LSSI) Art. 21, Ley 11/2022 (LGTel) Art. 66.1, LOPDGDD Art. 19 and 23, AEPD
//! Circular 1/2023.
//!
//! LSSI 21(1): electronic messages need an express request or consent, of legal persons too; 21(2):
//! not for own similar products to customers with an opt-out. LGTel 66.1.a: automated calls and fax
//! need consent; 66.1.b: no unsolicited calls, unless by consent or another Art. 6(1) basis; the
//! circular accepts existing customers and similar products. Professional contacts: LOPDGDD Art. 19.
//! Exclusion lists have to be looked up: LOPDGDD Art. 23. Reviewed 2026-11-24 (boe.es); calls are of
//! medium certainty.

use super::{
    CALL_DUTIES, ExclusionList, directive, opt_in, opt_in_or_customer, post, screened, texts,
};
use crate::facts::Relation;
use crate::gate::{Case, Outcome, Ruling};
use crate::{Channel, Citation, Text};

static CONSENT: Outcome = Outcome::yes(
    "es_consent",
    &[
        Citation::new("LSSI Art. 21"),
        Citation::new("LSSI Art. 21(1)"),
    ],
    texts::CONSENT,
);

static MAIL: Outcome = Outcome::no(
    "es_mail_needs_consent",
    &[
        Citation::new("LSSI Art. 21"),
        Citation::new("LSSI Art. 21(1)"),
    ],
    texts::MAIL_NEEDS_CONSENT,
    directive::MAIL_NEXT,
);

static CUSTOMER: Outcome = Outcome::yes(
    "es_existing_customer",
    &[
        Citation::new("LSSI Art. 21"),
        Citation::new("LSSI Art. 21(2)"),
    ],
    texts::CUSTOMER,
);

static CALL_CONSENT: Outcome = Outcome::yes(
    "es_call_consent",
    &[Citation::new("LGTel Art. 66.1.b")],
    texts::CONSENT,
)
.to_be_checked();

static CALL: Outcome = Outcome::no(
    "es_call_needs_basis",
    &[
        Citation::new("LGTel Art. 66.1.b"),
        Citation::new("AEPD Circular 1/2023"),
    ],
    Text::new(
        "Anrufe bei Verbrauchern brauchen eine Einwilligung oder eine laufende Kundenbeziehung \
         mit ähnlichem Angebot.",
        "Calls to consumers need consent or a running customer relation with a similar offer.",
    ),
    directive::CALL_NEXT,
)
.to_be_checked();

static CALL_CUSTOMER: Outcome = Outcome::yes(
    "es_call_customer",
    &[
        Citation::new("LGTel Art. 66.1.b"),
        Citation::new("AEPD Circular 1/2023"),
    ],
    Text::new(
        "Eigene Kunden dürfen zu ähnlichen Angeboten angerufen werden.",
        "Own customers may be called about similar offers.",
    ),
)
.to_be_checked();

static CALL_BUSINESS: Outcome = Outcome::yes(
    "es_call_business",
    &[
        Citation::new("LGTel Art. 66.1.b"),
        Citation::new("LOPDGDD Art. 19"),
    ],
    Text::new(
        "Anrufe bei beruflichen Kontakten können auf berechtigtem Interesse beruhen, nach \
         Abgleich mit den Robinsonlisten.",
        "Calls to professional contacts can rest on legitimate interests, after screening the \
         Robinson lists.",
    ),
)
.to_be_checked();

static LISTED: Outcome = Outcome::no(
    "es_robinson",
    &[
        Citation::new("LOPDGDD Art. 23"),
        Citation::new("LGTel Art. 66.1.b"),
    ],
    texts::LISTED,
    directive::CALL_NEXT,
);

static NOT_SCREENED: Outcome = Outcome::no(
    "es_robinson_not_screened",
    &[
        Citation::new("LOPDGDD Art. 23"),
        Citation::new("LGTel Art. 66.1.b"),
    ],
    texts::NOT_SCREENED,
    directive::SCREEN_NEXT,
)
.to_be_checked();

static MACHINE_CONSENT: Outcome = Outcome::yes(
    "es_machine_consent",
    &[Citation::new("LGTel Art. 66.1.a")],
    texts::CONSENT,
)
.to_be_checked();

static MACHINE: Outcome = Outcome::no(
    "es_machine_needs_consent",
    &[
        Citation::new("LGTel Art. 66.1.a"),
        Citation::new("Directive 2002/58 Art. 13(1)"),
    ],
    texts::MACHINE_NEEDS_CONSENT,
    directive::CALL_NEXT,
)
.to_be_checked();

const ROBINSON: ExclusionList = ExclusionList {
    days: None,
    listed: &LISTED,
    not_screened: &NOT_SCREENED,
};

pub(super) fn judge(case: &Case<'_>) -> Ruling {
    match case.channel {
        Channel::Phone => call(case),
        Channel::AutomatedCall | Channel::Fax => {
            opt_in(case, &MACHINE_CONSENT, &MACHINE, CALL_DUTIES)
        }
        Channel::Post => post(case, &directive::POST),
        Channel::Visit => Ruling::closed(&directive::VISIT),
        _ => opt_in_or_customer(case, &CONSENT, &CUSTOMER, &MAIL),
    }
}

fn call(case: &Case<'_>) -> Ruling {
    if case.is_business() {
        return screened(case, &ROBINSON, &CALL_CONSENT, &CALL_BUSINESS);
    }
    if case.facts.relation.is_some_and(Relation::matches_offer) {
        return screened(case, &ROBINSON, &CALL_CONSENT, &CALL_CUSTOMER);
    }
    opt_in(case, &CALL_CONSENT, &CALL, CALL_DUTIES)
}
