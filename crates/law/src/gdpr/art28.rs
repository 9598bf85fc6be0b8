//! GDPR Art. 28: processors and the contract with them.
//!
//! Only processors with sufficient guarantees (28(1)); sub-processors only with prior specific
//! or general written authorisation (28(2)) and the same obligations (28(4)); a contract with
//! the content of 28(3), in writing, electronic form included (28(9)); whoever determines
//! purposes and means is a controller for that (28(10)).
//!
//! In force since 2018-05-25. Reviewed 2026-11-24 against EDPB Guidelines 07/2020.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{Citation, Finding, Text, Verdict};

/// Choice of processors.
pub const GUARANTEES: Citation = Citation::new("GDPR Art. 28(1)");
/// Authorisation of sub-processors.
pub const AUTHORISATION: Citation = Citation::new("GDPR Art. 28(2)");
/// The contract.
pub const CONTRACT: Citation = Citation::new("GDPR Art. 28(3)");
/// The same obligations for sub-processors.
pub const FLOW_DOWN: Citation = Citation::new("GDPR Art. 28(4)");
/// Form.
pub const FORM: Citation = Citation::new("GDPR Art. 28(9)");
/// Own purposes make a controller.
pub const OWN_PURPOSES: Citation = Citation::new("GDPR Art. 28(10)");

/// What the contract has to say, in the order of Art. 28(3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Clause {
    /// Chapeau: subject matter.
    SubjectMatter,
    /// Chapeau: duration.
    Duration,
    /// Chapeau: nature of the processing.
    Nature,
    /// Chapeau: purpose.
    Purpose,
    /// Chapeau: types of data.
    DataTypes,
    /// Chapeau: categories of persons.
    CategoriesOfPersons,
    /// Chapeau: obligations and rights of the controller.
    ControllerDuties,
    /// (a) Documented instructions only, transfers included.
    DocumentedInstructions,
    /// (b) Confidentiality of the staff.
    Confidentiality,
    /// (c) Security under Art. 32.
    Security,
    /// (d) Sub-processors only under Art. 28(2) and (4).
    SubProcessors,
    /// (e) Help with the rights of the persons.
    HelpWithRights,
    /// (f) Help with Art. 32 to 36.
    HelpWithDuties,
    /// (g) Deletion or return at the end.
    DeleteOrReturn,
    /// (h) Information and audits.
    Audits,
    /// Sub-paragraph 2: warning of unlawful instructions.
    WarnOfUnlawfulInstructions,
}

impl Clause {
    /// Every clause.
    pub const ALL: [Self; 16] = [
        Self::SubjectMatter,
        Self::Duration,
        Self::Nature,
        Self::Purpose,
        Self::DataTypes,
        Self::CategoriesOfPersons,
        Self::ControllerDuties,
        Self::DocumentedInstructions,
        Self::Confidentiality,
        Self::Security,
        Self::SubProcessors,
        Self::HelpWithRights,
        Self::HelpWithDuties,
        Self::DeleteOrReturn,
        Self::Audits,
        Self::WarnOfUnlawfulInstructions,
    ];

    /// The letter that asks for it.
    pub const fn citation(self) -> Citation {
        Citation::new(match self {
            Self::DocumentedInstructions => "GDPR Art. 28(3)(a)",
            Self::Confidentiality => "GDPR Art. 28(3)(b)",
            Self::Security => "GDPR Art. 28(3)(c)",
            Self::SubProcessors => "GDPR Art. 28(3)(d)",
            Self::HelpWithRights => "GDPR Art. 28(3)(e)",
            Self::HelpWithDuties => "GDPR Art. 28(3)(f)",
            Self::DeleteOrReturn => "GDPR Art. 28(3)(g)",
            Self::Audits => "GDPR Art. 28(3)(h)",
            _ => "GDPR Art. 28(3)",
        })
    }

    /// What the clause says.
    pub const fn text(self) -> Text {
        match self {
            Self::SubjectMatter => Text::new("Gegenstand", "subject matter"),
            Self::Duration => Text::new("Dauer", "duration"),
            Self::Nature => Text::new("Art der Verarbeitung", "nature of the processing"),
            Self::Purpose => Text::new("Zweck", "purpose"),
            Self::DataTypes => Text::new("Art der Daten", "types of data"),
            Self::CategoriesOfPersons => {
                Text::new("Kategorien betroffener Personen", "categories of persons")
            }
            Self::ControllerDuties => Text::new(
                "Pflichten und Rechte des Verantwortlichen",
                "obligations and rights of the controller",
            ),
            Self::DocumentedInstructions => Text::new(
                "Verarbeitung nur auf dokumentierte Weisung, auch bei Drittlandübermittlung",
                "documented instructions only, transfers included",
            ),
            Self::Confidentiality => {
                Text::new("Vertraulichkeit der Beschäftigten", "confidentiality")
            }
            Self::Security => Text::new(
                "Sicherheitsmaßnahmen nach Art. 32",
                "security measures of Art. 32",
            ),
            Self::SubProcessors => Text::new(
                "Unterauftragnehmer nur nach Art. 28 Abs. 2 und 4",
                "sub-processors under Art. 28(2) and (4)",
            ),
            Self::HelpWithRights => Text::new(
                "Unterstützung bei Betroffenenrechten",
                "help with the rights of the persons",
            ),
            Self::HelpWithDuties => Text::new(
                "Unterstützung bei den Pflichten aus Art. 32 bis 36",
                "help with Art. 32-36",
            ),
            Self::DeleteOrReturn => Text::new(
                "Löschung oder Rückgabe am Ende",
                "deletion or return at the end",
            ),
            Self::Audits => Text::new("Nachweise und Prüfungen", "information and audits"),
            Self::WarnOfUnlawfulInstructions => Text::new(
                "Hinweis auf rechtswidrige Weisungen",
                "warning of unlawful instructions",
            ),
        }
    }
}

/// The clauses that are not among `present`.
pub fn missing(present: &[Clause]) -> impl Iterator<Item = Clause> {
    Clause::ALL
        .into_iter()
        .filter(|clause| !present.contains(clause))
}

/// How the controller authorised sub-processors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Authorisation {
    /// Not at all.
    None,
    /// For this sub-processor, in writing.
    #[serde(alias = "specific written authorisation")]
    Specific,
    /// In general, in writing.
    #[serde(alias = "general written authorisation")]
    General,
}

/// A sub-processor to be engaged. `None` means not said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SubProcessor {
    /// The controller's authorisation.
    pub authorisation: Authorisation,
    /// The controller was told beforehand, with time to object.
    pub informed_before: Option<bool>,
    /// The controller objected.
    pub objected: bool,
    /// The contract with the sub-processor has the same obligations.
    pub same_obligations: Option<bool>,
}

/// Whether the sub-processor may be engaged.
pub fn sub_processor(sub: SubProcessor) -> Finding {
    const SAME: Text = Text::new(
        "Dem Unterauftragnehmer dieselben Pflichten auferlegen (Art. 28 Abs. 4).",
        "flow down same obligations (28(4))",
    );
    const TELL: Text = Text::new(
        "Den Verantwortlichen vorher informieren, so dass er widersprechen kann.",
        "Inform the controller beforehand, so that it can object.",
    );
    let finding = |text, verdict| {
        Finding::new(text, &[AUTHORISATION, FLOW_DOWN])
            .verdict(verdict)
            .obliging(&[SAME])
    };
    match sub {
        SubProcessor {
            authorisation: Authorisation::None,
            ..
        } => finding(
            Text::new(
                "Ohne vorherige schriftliche Genehmigung des Verantwortlichen unzulässig.",
                "Unlawful without the controller's prior written authorisation.",
            ),
            Verdict::Deny,
        ),
        SubProcessor { objected: true, .. } => finding(
            Text::new(
                "Der Verantwortliche hat widersprochen.",
                "The controller has objected.",
            ),
            Verdict::Deny,
        ),
        SubProcessor {
            authorisation: Authorisation::General,
            informed_before: Some(false),
            ..
        } => finding(
            Text::new(
                "Der Verantwortliche muss vorher informiert werden und widersprechen können.",
                "The controller must be informed before and able to object.",
            ),
            Verdict::Deny,
        )
        .obliging(&[TELL]),
        SubProcessor {
            same_obligations: Some(false),
            ..
        } => finding(
            Text::new(
                "Der Unterauftragnehmer hat nicht dieselben Pflichten.",
                "The sub-processor does not have the same obligations.",
            ),
            Verdict::Deny,
        ),
        SubProcessor {
            authorisation: Authorisation::General,
            informed_before: None,
            ..
        } => finding(
            Text::new(
                "Zulässig, wenn der Verantwortliche vorher informiert wird.",
                "Lawful if the controller is informed before.",
            ),
            Verdict::Conditional,
        )
        .obliging(&[TELL]),
        SubProcessor {
            same_obligations: None,
            ..
        } => finding(
            Text::new(
                "Zulässig, wenn der Unterauftragnehmer dieselben Pflichten hat.",
                "Lawful if the sub-processor has the same obligations.",
            ),
            Verdict::Conditional,
        ),
        SubProcessor { .. } => finding(Text::new("Genehmigt.", "Authorised."), Verdict::Allow),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contract_without_audits_lacks_letter_h() {
        let present: Vec<_> = Clause::ALL
            .into_iter()
            .filter(|c| *c != Clause::Audits)
            .collect();
        let missing: Vec<_> = missing(&present).collect();
        assert_eq!(missing, [Clause::Audits]);
        assert_eq!(missing[0].citation().current(), "GDPR Art. 28(3)(h)");
    }

    #[test]
    fn a_specific_authorisation_needs_no_further_notice() {
        let sub = SubProcessor {
            authorisation: Authorisation::Specific,
            informed_before: None,
            objected: false,
            same_obligations: Some(true),
        };
        assert_eq!(sub_processor(sub).verdict, Some(Verdict::Allow));
        let general = SubProcessor {
            authorisation: Authorisation::General,
            ..sub
        };
        assert_eq!(sub_processor(general).verdict, Some(Verdict::Conditional));
    }
}
