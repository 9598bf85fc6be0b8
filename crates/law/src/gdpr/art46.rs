//! GDPR Art. 46: transfers with appropriate safeguards.
//!
//! Without adequacy the exporter needs a safeguard: binding corporate rules (2)(b), standard
//! clauses (2)(c), a code of conduct (2)(e) or certification (2)(f) with binding commitments, or
//! clauses that the authority approved (3)(a). Each needs an assessment of the law and practice
//! of the country, and supplementary measures where that law undoes the safeguard (CJEU
//! C-311/18; Decision (EU) 2021/914 Clause 14; EDPB Recommendations 01/2020).
//!
//! In force since 2018-05-25; the clauses of 2001, 2004 and 2010 ended on 2022-12-27. Reviewed
//! 2026-11-24. Source: EUR-Lex.

use jiff::civil::{Date, date};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::Citation;

/// The need for a safeguard.
pub const PARAGRAPH_1: Citation = Citation::new("GDPR Art. 46(1)");
/// The standard clauses now in force.
pub const DECISION_2021_914: Citation = Citation::new("Decision (EU) 2021/914");
/// The judgment that asks for an assessment.
pub const SCHREMS_II: Citation = Citation::new("CJEU C-311/18");
/// The last day of the standard clauses of 2001, 2004 and 2010.
pub const OLD_CLAUSES_UNTIL: Date = date(2022, 12, 27);

/// A safeguard of Art. 46.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Safeguard {
    /// Standard contractual clauses of Decision (EU) 2021/914.
    Scc,
    /// Standard contractual clauses of 2001, 2004 or 2010.
    OldScc,
    /// Approved binding corporate rules.
    Bcr,
    /// An approved code of conduct with binding commitments of the recipient.
    CodeOfConduct,
    /// An approved certification with binding commitments of the recipient.
    Certification,
    /// Clauses that the supervisory authority has authorised.
    AuthorisedClauses,
}

impl Safeguard {
    /// Whether the safeguard could be relied on, on the day `on`.
    pub fn is_in_force(self, on: Date) -> bool {
        self != Self::OldScc || on <= OLD_CLAUSES_UNTIL
    }

    /// The provision.
    pub const fn citation(self) -> Citation {
        Citation::new(match self {
            Self::Scc | Self::OldScc => "GDPR Art. 46(2)(c)",
            Self::Bcr => "GDPR Art. 46(2)(b)",
            Self::CodeOfConduct => "GDPR Art. 46(2)(e)",
            Self::Certification => "GDPR Art. 46(2)(f)",
            Self::AuthorisedClauses => "GDPR Art. 46(3)(a)",
        })
    }
}

/// What the assessment of the country's law and practice came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AssessmentResult {
    /// The safeguard works there.
    Adequate,
    /// It works with supplementary measures, and they are in place.
    MeasuresTaken,
    /// It works only with supplementary measures that are not in place.
    MeasuresMissing,
    /// No measure would help.
    NotAdequate,
}
