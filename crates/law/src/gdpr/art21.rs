//! GDPR Art. 21: the right to object.
//!
//! An objection to direct marketing, with the profiling that belongs to it, ends the processing
//! for it: no form, no reasons, no weighing (21(2), (3)). It covers every channel unless the
//! person limits it. Another objection to processing for legitimate interests is weighed
//! (21(1)). A withdrawal of consent (Art. 7(3)) ends what rests on it, and counts as a no to
//! that advertising over those channels.
//!
//! In force since 2018-05-25. Reviewed 2026-11-24.

use crate::facts::{BlockList, ObjectionGround};
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

static ON_OWN_LIST: Outcome = Outcome::no(
    "on_own_list",
    &[Citation::new("GDPR Art. 21(3)")],
    Text::new(
        "Die Adresse oder Nummer steht auf Ihrer eigenen Sperrliste: An sie darf nicht geworben \
         werden.",
        "The address or number is on your own suppression list: there must be no advertising to it.",
    ),
    &[NextStep::Respect],
);

static ON_ROBINSON_LIST: Outcome = Outcome::no(
    "on_robinson_list",
    &[
        Citation::new("GDPR Art. 21(2)"),
        Citation::new("GDPR Art. 21(3)"),
    ],
    Text::new(
        "Die Adresse oder Nummer steht auf einer Robinsonliste: Die Person will allgemein keine \
         Werbung. Nur eine spätere Einwilligung gegenüber Ihrem Unternehmen geht vor.",
        "The address or number is on a Robinson list: the person wants no advertising from anybody. \
         Only a later consent given to your company goes before it.",
    ),
    &[NextStep::Respect],
)
.to_be_checked();

static ON_ECG_LIST: Outcome = Outcome::no(
    "on_ecg_list",
    &[Citation::new("ECG § 7(2)")],
    Text::new(
        "Die Adresse steht auf der ECG-Liste der RTR: An sie darf nicht geworben werden.",
        "The address is on RTR's ECG list: there must be no advertising to it.",
    ),
    &[NextStep::Respect],
)
.to_be_checked();

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
        Bar::Objection(_, ObjectionGround::BlockList(list)) => match list {
            BlockList::Own => &ON_OWN_LIST,
            BlockList::Robinson => &ON_ROBINSON_LIST,
            BlockList::Ecg => &ON_ECG_LIST,
        },
        Bar::Objection(..) => &OBJECTED,
        Bar::Withdrawal(_) => &WITHDRAWN,
    }
}
