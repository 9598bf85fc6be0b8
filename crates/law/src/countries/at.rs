//! Austria: Telekommunikationsgesetz 2021 § 174.
//!
//! 174(1): calls and fax for advertising need prior consent, of businesses too. 174(3): electronic
//! mail for direct advertising needs prior consent. 174(4): not if the address came with a sale,
//! own similar products are advertised, an opt-out was offered at collection and in each message
//! and the addressee is not on the ECG list. In force since 2021-11-01; reviewed 2026-11-24
//! (WKO, werbe.at).

use jiff::civil::{Date, date};

use super::{
    CALL_DUTIES, directive, is_existing_customer, opt_in, opt_in_or_customer, post, texts,
};
use crate::gate::{Case, Duty, DutySet, Outcome, Ruling, Way};
use crate::{Channel, Citation, Text};

const PARAGRAPH_1: Citation =
    Citation::renumbered("TKG 2021 § 174(1)", &[(START, "TKG 2003 § 107(1)")]);
const PARAGRAPH_3: Citation =
    Citation::renumbered("TKG 2021 § 174(3)", &[(START, "TKG 2003 § 107(2)")]);
const PARAGRAPH_4: Citation =
    Citation::renumbered("TKG 2021 § 174(4)", &[(START, "TKG 2003 § 107(3)")]);
/// The day TKG 2021 replaced TKG 2003.
const START: Date = date(2021, 11, 1);

static CONSENT: Outcome = Outcome::yes("at_consent", &[PARAGRAPH_3], texts::CONSENT);

static CALL_CONSENT: Outcome = Outcome::yes("at_call_consent", &[PARAGRAPH_1], texts::CONSENT);

static MAIL: Outcome = Outcome::no(
    "at_mail_needs_consent",
    &[PARAGRAPH_3],
    texts::MAIL_NEEDS_CONSENT,
    directive::MAIL_NEXT,
);

static CUSTOMER: Outcome = Outcome::yes("at_existing_customer", &[PARAGRAPH_4], texts::CUSTOMER);

static ECG_LIST: Outcome = Outcome::no(
    "at_ecg_list",
    &[PARAGRAPH_3, PARAGRAPH_4, Citation::new("ECG § 7(2)")],
    Text::new(
        "Die Bestandskundenregel gilt nur, wenn die Adresse nicht in der ECG-Liste steht; sie \
         steht dort, oder es wurde nicht abgeglichen.",
        "The existing-customer rule holds only for addresses that are not on the ECG list; this \
         one is, or was not screened.",
    ),
    directive::SCREEN_NEXT,
);

static CALL: Outcome = Outcome::no(
    "at_call_needs_consent",
    &[PARAGRAPH_1],
    texts::CALL_NEEDS_CONSENT,
    directive::CALL_NEXT,
);

static MACHINE: Outcome = Outcome::no(
    "at_machine_needs_consent",
    &[PARAGRAPH_1, Citation::new("Directive 2002/58 Art. 13(1)")],
    texts::MACHINE_NEEDS_CONSENT,
    directive::CALL_NEXT,
)
.to_be_checked();

pub(super) fn judge(case: &Case<'_>) -> Ruling {
    match case.channel {
        Channel::Phone => opt_in(case, &CALL_CONSENT, &CALL, CALL_DUTIES),
        Channel::AutomatedCall | Channel::Fax => opt_in(case, &CALL_CONSENT, &MACHINE, CALL_DUTIES),
        Channel::Post => post(case, &directive::POST),
        Channel::Visit => Ruling::closed(&directive::VISIT),
        _ => electronic_mail(case),
    }
}

/// § 174(4) does not hold for addresses on the ECG list, so they have to be screened.
fn electronic_mail(case: &Case<'_>) -> Ruling {
    let on_list = case.facts.screening.listed != Some(false);
    if !case.has_consent() && on_list && is_existing_customer(case) {
        return Ruling::closed(&ECG_LIST);
    }
    let mut ruling = opt_in_or_customer(case, &CONSENT, &CUSTOMER, &MAIL);
    if ruling.way == Way::Customer {
        ruling.duties = ruling.duties.and(DutySet::of(&[Duty::EcgList]));
    }
    ruling
}
