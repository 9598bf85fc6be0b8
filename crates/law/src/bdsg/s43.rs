//! BDSG §§ 42(4), 43(4): a notification of a breach may be used against the one who made it, or
//! that person's relatives, in criminal proceedings (§ 42(4)) and in proceedings for a fine
//! (§ 43(4)) only with the consent of the one who notified.
//!
//! In force since 2018-05-25. Reviewed 2026-11-24; general knowledge of the field.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{Citation, Finding, Text, Verdict};

/// The kind of proceedings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Proceedings {
    /// For a fine under GDPR Art. 83.
    Fine,
    /// Criminal, under BDSG § 42.
    Criminal,
}

/// Whether a notification under GDPR Art. 33 or a communication under Art. 34(1) may be used
/// against the one who made it.
pub fn may_be_used(proceedings: Proceedings, notifier_agrees: bool) -> Finding {
    let citation = match proceedings {
        Proceedings::Fine => Citation::new("BDSG § 43(4)"),
        Proceedings::Criminal => Citation::new("BDSG § 42(4)"),
    };
    Finding::new(
        Text::new(
            "Die Meldung darf im Verfahren gegen den Meldepflichtigen nur mit dessen Zustimmung \
             verwendet werden.",
            "In proceedings against the notifier the notification may be used only with the \
             notifier's consent.",
        ),
        &[citation],
    )
    .verdict(if notifier_agrees {
        Verdict::Allow
    } else {
        Verdict::Deny
    })
}
