//! GDPR Art. 9: special categories of personal data, inferred ones included.
//!
//! Processing is forbidden unless an exception of Art. 9(2) applies. For advertising that is
//! explicit consent for the purpose, Art. 9(2)(a).
//!
//! In force since 2018-05-25. Reviewed 2026-11-24.

use crate::gate::{NextStep, Outcome};
use crate::{Citation, Text};

const BAN: Citation = Citation::new("GDPR Art. 9(1)");
const EXPLICIT_CONSENT: Citation = Citation::new("GDPR Art. 9(2)(a)");

pub(crate) static EXPLICIT: Outcome = Outcome::yes(
    "explicit_consent",
    &[EXPLICIT_CONSENT, Citation::new("GDPR Art. 6(1)(a)")],
    Text::new(
        "Eine ausdrückliche Einwilligung für die besondere Kategorie liegt vor.",
        "There is an explicit consent for the special category.",
    ),
);

pub(crate) static NOT_EXPLICIT: Outcome = Outcome::no(
    "consent_not_explicit",
    &[EXPLICIT_CONSENT, BAN],
    Text::new(
        "Die Einwilligung nennt die besondere Kategorie nicht ausdrücklich.",
        "The consent does not name the special category explicitly.",
    ),
    &[NextStep::ExplicitConsent],
);

pub(crate) static EXPLICIT_CONSENT_MISSING: Outcome = Outcome::no(
    "special_category_without_consent",
    &[BAN, EXPLICIT_CONSENT],
    Text::new(
        "Besondere Kategorien von Daten dürfen hierfür nur mit ausdrücklicher Einwilligung \
         genutzt werden.",
        "Special categories of data may be used for this with explicit consent only.",
    ),
    &[NextStep::ExplicitConsent],
);
