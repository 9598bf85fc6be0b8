//! United Kingdom: Privacy and Electronic Communications Regulations 2003 (PECR), UK GDPR.
//!
//! Reg. 22(2): electronic mail to individual subscribers, sole traders and partnerships included,
//! needs consent; reg. 22(3): or the soft opt-in, for which negotiations for a sale are enough.
//! Corporate subscribers are opt-out, with the sender identified (reg. 23). Reg. 21: no calls to
//! numbers whose holder objected (a) or that are on the TPS or CTPS register (b), which has to be
//! screened every 28 days. Reg. 19: automated calls, reg. 20: fax. Reviewed 2026-11-24; general
//! knowledge of the field.

use super::{
    CALL_DUTIES, ExclusionList, MAIL_DUTIES, days, directive, opt_in, opt_out, post, screened,
    texts,
};
use crate::facts::{Relation, RelationKind};
use crate::gate::{Case, NextStep, Outcome, Ruling, Way};
use crate::{Channel, Citation, Text};

static CONSENT: Outcome = Outcome::yes(
    "gb_consent",
    &[Citation::new("PECR reg. 22(2)")],
    texts::CONSENT,
);

static MAIL: Outcome = Outcome::no(
    "gb_individual_subscriber_needs_consent",
    &[Citation::new("PECR reg. 22(2)")],
    texts::PERSON_MAIL_NEEDS_CONSENT,
    directive::MAIL_NEXT,
);

static SOFT_OPT_IN: Outcome = Outcome::yes(
    "gb_soft_opt_in",
    &[Citation::new("PECR reg. 22(3)")],
    Text::new(
        "Das Soft-Opt-in ist erfüllt; Verhandlungen über einen Kauf genügen.",
        "The soft opt-in is met; negotiations for a sale are enough.",
    ),
);

static CORPORATE: Outcome = Outcome::yes(
    "gb_corporate_subscriber",
    &[
        Citation::new("PECR reg. 22"),
        Citation::new("PECR reg. 22(1)"),
        Citation::new("PECR reg. 23"),
    ],
    Text::new(
        "Reg. 22 schützt nur natürliche Personen; bei Gesellschaften gilt Werbung bis zum \
         Widerspruch als erlaubt.",
        "Reg. 22 protects individual subscribers only; mail to corporate subscribers is allowed \
         until objection.",
    ),
);

static SUBSCRIBER: Outcome = Outcome::no(
    "gb_subscriber_missing",
    &[Citation::new("PECR reg. 22(2)")],
    texts::SUBSCRIBER_MISSING,
    directive::SUBSCRIBER_NEXT,
);

static CALL_CONSENT: Outcome = Outcome::yes(
    "gb_call_consent",
    &[Citation::new("PECR reg. 21")],
    texts::CONSENT,
);

static CALL: Outcome = Outcome::yes(
    "gb_call",
    &[
        Citation::new("PECR reg. 21"),
        Citation::new("PECR reg. 21(1)"),
    ],
    texts::CALL_OPT_OUT,
);

static LISTED: Outcome = Outcome::no(
    "gb_tps_ctps",
    &[
        Citation::new("PECR reg. 21"),
        Citation::new("PECR reg. 21(1)(b)"),
    ],
    Text::new(
        "Die Nummer steht im Register TPS oder CTPS.",
        "The number is registered with TPS or CTPS.",
    ),
    directive::CALL_NEXT,
);

static NOT_SCREENED: Outcome = Outcome::no(
    "gb_tps_ctps_not_screened",
    &[
        Citation::new("PECR reg. 21"),
        Citation::new("PECR reg. 21(1)(b)"),
    ],
    texts::NOT_SCREENED,
    directive::SCREEN_NEXT,
);

static MACHINE: Outcome = Outcome::no(
    "gb_automated_call_needs_consent",
    &[Citation::new("PECR reg. 19")],
    texts::MACHINE_NEEDS_CONSENT,
    directive::CALL_NEXT,
)
.to_be_checked();

static MACHINE_CONSENT: Outcome = Outcome::yes(
    "gb_automated_call_consent",
    &[Citation::new("PECR reg. 19")],
    texts::CONSENT,
)
.to_be_checked();

static FAX: Outcome = Outcome::no(
    "gb_fax_needs_consent",
    &[Citation::new("PECR reg. 20")],
    texts::MACHINE_NEEDS_CONSENT,
    directive::CALL_NEXT,
)
.to_be_checked();

static FAX_CONSENT: Outcome = Outcome::yes(
    "gb_fax_consent",
    &[Citation::new("PECR reg. 20")],
    texts::CONSENT,
)
.to_be_checked();

static VISIT: Outcome = Outcome::no(
    "gb_visit_not_reviewed",
    &[Citation::new("DMCC Act 2024 Sch. 20")],
    texts::VISIT,
    &[NextStep::CheckCountryLaw, NextStep::PostInstead],
)
.to_be_checked();

const TPS: ExclusionList = ExclusionList {
    days: Some(days(28)),
    listed: &LISTED,
    not_screened: &NOT_SCREENED,
};

pub(super) fn judge(case: &Case<'_>) -> Ruling {
    match case.channel {
        Channel::Phone => screened(case, &TPS, &CALL_CONSENT, &CALL),
        Channel::AutomatedCall => opt_in(case, &MACHINE_CONSENT, &MACHINE, CALL_DUTIES),
        Channel::Fax => opt_in(case, &FAX_CONSENT, &FAX, CALL_DUTIES),
        Channel::Post => post(case, &directive::POST),
        Channel::Visit => Ruling::closed(&VISIT),
        _ => electronic_mail(case),
    }
}

fn electronic_mail(case: &Case<'_>) -> Ruling {
    if case.has_consent() {
        return opt_in(case, &CONSENT, &MAIL, MAIL_DUTIES);
    }
    let no = match case.facts.contact.natural() {
        Some(false) => return opt_out(case, &CORPORATE, MAIL_DUTIES),
        Some(true) => &MAIL,
        None => &SUBSCRIBER,
    };
    if case.bar.is_none() && case.facts.relation.is_some_and(soft_opt_in) {
        Ruling::through(Way::Customer, &SOFT_OPT_IN, MAIL_DUTIES)
    } else {
        opt_in(case, &CONSENT, no, MAIL_DUTIES)
    }
}

/// Reg. 22(3): "in the course of the sale or negotiations for the sale".
fn soft_opt_in(mut relation: Relation) -> bool {
    if relation.kind == RelationKind::Inquiry {
        relation.kind = RelationKind::Purchase;
    }
    relation.shortfall().is_none()
}
