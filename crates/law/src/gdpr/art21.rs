//! GDPR Art. 21: the right to object.
//!
//! An objection to direct marketing, with the profiling that belongs to it, ends the processing
//! for it: no form, no reasons, no weighing (21(2), (3)). It covers every channel unless the
//! person limits it. Another objection to processing for legitimate interests is weighed
//! (21(1)). A withdrawal of consent (Art. 7(3)) ends what rests on it, and counts as a no to
//! that advertising over those channels.
//!
//! In force since 2018-05-25. Reviewed 2026-11-24.

use crate::gate::{Bar, NextStep, Outcome};
use crate::{Citation, Text};

static OBJECTED: Outcome = Outcome::no(
    "objection",
    &[
        Citation::new("GDPR Art. 21(2)"),
        Citation::new("GDPR Art. 21(3)"),
    ],
    Text::new(
        "Die Person hat der Werbung widersprochen. Das wirkt absolut, ohne Abwägung.",
        "The person objected to the advertising. That is absolute; nothing is weighed.",
    ),
    &[NextStep::Respect],
);

static WITHDRAWN: Outcome = Outcome::no(
    "consent_withdrawn",
    &[
        Citation::new("GDPR Art. 7(3)"),
        Citation::new("GDPR Art. 21(3)"),
    ],
    Text::new(
        "Die Einwilligung ist widerrufen; der Widerruf gilt zugleich als Nein zu dieser \
         Werbung.",
        "The consent has been withdrawn, which also counts as a no to this advertising.",
    ),
    &[NextStep::Respect],
);

pub(crate) static TO_BE_WEIGHED: Outcome = Outcome::review(
    "objection_to_be_weighed",
    &[Citation::new("GDPR Art. 21(1)")],
    Text::new(
        "Die Person hat der Verarbeitung aus berechtigtem Interesse widersprochen; nur zwingende \
         Gründe gehen vor.",
        "The person objected to processing for legitimate interests; only compelling grounds \
         prevail.",
    ),
    &[NextStep::PersonDecides],
);

/// Why the contact's own no refuses.
pub(crate) const fn barred(bar: Bar) -> &'static Outcome {
    match bar {
        Bar::Objection(_) => &OBJECTED,
        Bar::Withdrawal(_) => &WITHDRAWN,
    }
}
