//! GDPR Art. 34: a breach is communicated to the data subjects.
//!
//! Without undue delay if a high risk is likely (34(1)), in clear and plain language (34(2)).
//! Not if the data were unintelligible, later measures removed the high risk, or it would take
//! disproportionate effort; then a public communication or the like instead (34(3)). The
//! authority may order it (34(4)).
//!
//! In force since 2018-05-25. Reviewed 2026-11-24 against EDPB Guidelines 9/2022 v2.0.

use crate::gdpr::art33::Risk;
use crate::{Citation, Text};

/// Duty to tell the persons.
pub const TELL: Citation = Citation::new("GDPR Art. 34(1)");
/// Form and content.
pub const CONTENT: Citation = Citation::new("GDPR Art. 34(2)");
/// The high risk has been removed.
pub const RISK_REMOVED: Citation = Citation::new("GDPR Art. 34(3)(b)");
/// Disproportionate effort.
pub const DISPROPORTIONATE: Citation = Citation::new("GDPR Art. 34(3)(c)");

/// Whether and how the persons are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Telling {
    /// No duty.
    No,
    /// Probably no duty; a person decides whether there is a risk at all.
    ProbablyNot,
    /// No duty, because measures removed the high risk (34(3)(b)).
    NotAnyMore,
    /// A person decides whether a high risk is likely.
    Depends,
    /// Each person is told.
    Individually,
    /// By public communication or a similar measure (34(3)(c)).
    Publicly,
}

/// Who is told, given the `risk`, whether later measures `removed` a high risk, and whether
/// telling each person would be `disproportionate`.
pub const fn telling(risk: Risk, removed: bool, disproportionate: bool) -> Telling {
    match risk {
        Risk::Unlikely | Risk::Risk => Telling::No,
        Risk::PossiblyRisk => Telling::ProbablyNot,
        Risk::PossiblyHigh | Risk::High if removed => Telling::NotAnyMore,
        Risk::PossiblyHigh => Telling::Depends,
        Risk::High if disproportionate => Telling::Publicly,
        Risk::High => Telling::Individually,
    }
}

/// What the persons are told, Art. 34(2).
pub const CONTENTS: [Text; 4] = [
    Text::new(
        "Art der Verletzung in klarer und einfacher Sprache",
        "nature of the breach in clear and plain language",
    ),
    Text::new("Anlaufstelle", "contact point"),
    Text::new("wahrscheinliche Folgen", "likely consequences"),
    Text::new(
        "Maßnahmen und was die Person selbst tun kann",
        "measures, and what the person can do",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persons_are_told_only_of_a_high_risk_that_still_exists() {
        assert_eq!(telling(Risk::Risk, false, false), Telling::No);
        assert_eq!(telling(Risk::High, false, false), Telling::Individually);
        assert_eq!(telling(Risk::High, false, true), Telling::Publicly);
        assert_eq!(telling(Risk::High, true, true), Telling::NotAnyMore);
        assert_eq!(telling(Risk::PossiblyHigh, false, false), Telling::Depends);
    }
}
