//! GDPR Art. 49: derogations, where there is neither adequacy nor a safeguard.
//!
//! To be read narrowly. (1)(a) explicit consent after information on the risks; (b), (c)
//! contracts, (e) legal claims: only occasional transfers (recital 111); (d) public interest;
//! (f) vital interests; (g) public register; second subparagraph: compelling interests, not
//! repetitive, few persons, authority told.
//!
//! In force since 2018-05-25. Reviewed 2026-11-24. Source: EUR-Lex; EDPB Guidelines 2/2018.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{Citation, Text};

/// A derogation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Derogation {
    /// (a): explicit consent of the person, informed of the risks of this transfer.
    ExplicitConsent,
    /// (b): needed for a contract with the person.
    ContractWithPerson,
    /// (c): needed for a contract in the interest of the person.
    ContractInInterestOfPerson,
    /// (d): important reasons of public interest.
    PublicInterest,
    /// (e): legal claims.
    LegalClaims,
    /// (f): vital interests of someone who can't consent.
    VitalInterests,
    /// (g): from a public register.
    PublicRegister,
    /// Second subparagraph: compelling legitimate interests.
    CompellingInterests,
}

impl Derogation {
    /// The provision.
    pub const fn citation(self) -> Citation {
        Citation::new(match self {
            Self::ExplicitConsent => "GDPR Art. 49(1)(a)",
            Self::ContractWithPerson => "GDPR Art. 49(1)(b)",
            Self::ContractInInterestOfPerson => "GDPR Art. 49(1)(c)",
            Self::PublicInterest => "GDPR Art. 49(1)(d)",
            Self::LegalClaims => "GDPR Art. 49(1)(e)",
            Self::VitalInterests => "GDPR Art. 49(1)(f)",
            Self::PublicRegister => "GDPR Art. 49(1)(g)",
            Self::CompellingInterests => "GDPR Art. 49(1) subparagraph 2",
        })
    }

    /// Whether only occasional transfers can rest on it.
    pub const fn only_occasional(self) -> bool {
        matches!(
            self,
            Self::ContractWithPerson
                | Self::ContractInInterestOfPerson
                | Self::LegalClaims
                | Self::CompellingInterests
        )
    }

    /// What has to be seen to.
    pub const fn condition(self) -> Text {
        match self {
            Self::ExplicitConsent => Text::new(
                "Vor der Einwilligung über die Risiken ohne Angemessenheit und Garantien unterrichten; nur im Ausnahmefall.",
                "Inform of the risks without adequacy and safeguards before the consent; exceptional use only.",
            ),
            Self::CompellingInterests => Text::new(
                "Aufsichtsbehörde und Person unterrichten, Abwägung und Garantien dokumentieren, nur wenige Personen.",
                "Tell the authority and the person, document the weighing and safeguards, few persons only.",
            ),
            _ => Text::new(
                "Erforderlichkeit für diesen Einzelfall dokumentieren.",
                "Document the necessity for this single case.",
            ),
        }
    }
}
