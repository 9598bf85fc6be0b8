//! GDPR Art. 18: restriction of processing.
//!
//! (1) While accuracy or an objection is checked, where the person wants restriction instead of
//! erasure, or needs the data for legal claims. (2) Restricted data may be stored; everything
//! else needs the person's consent, legal claims, the protection of another person or an
//! important public interest: whether one of them is given, a person decides. (3) The person is
//! told before the restriction is lifted.
//!
//! In force since 2018-05-25. Reviewed 2026-11-24.

use crate::gate::{NextStep, Outcome};
use crate::{Citation, Text};

pub(crate) static RESTRICTED: Outcome = Outcome::review(
    "restricted",
    &[Citation::new("GDPR Art. 18(2)")],
    Text::new(
        "Die Verarbeitung dieser Daten ist eingeschränkt: Sie dürfen gespeichert, aber nicht \
         verwendet werden, solange keine Ausnahme vorliegt.",
        "The processing of these data is restricted: they may be stored but not used unless an \
         exception is given.",
    ),
    &[NextStep::PersonDecides],
);
