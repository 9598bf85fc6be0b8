//! GDPR Art. 13: information when data are collected from the person.
//!
//! (1), (2) Given at the time the data are obtained: controller, DPO, purposes and legal basis,
//! legitimate interests, recipients, transfers, storage period, rights, whether the data have to
//! be given, automated decisions. (3) Before a change of purpose. (4) Not what the person has.
//!
//! In force since 2018-05-25. Reviewed 2026-11-24. Source: EUR-Lex; WP260 rev.01.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::gate::{Case, NextStep, Outcome};
use crate::{Channel, Citation, LegalBasis, Text};

/// Collection from the person.
pub const PARAGRAPH_1: Citation = Citation::new("GDPR Art. 13(1)");
/// Further information.
pub const PARAGRAPH_2: Citation = Citation::new("GDPR Art. 13(2)");
/// Change of purpose.
pub const PARAGRAPH_3: Citation = Citation::new("GDPR Art. 13(3)");
/// The person has the information.
pub const PARAGRAPH_4: Citation = Citation::new("GDPR Art. 13(4)");

/// The same duty for data that were obtained from elsewhere has the same answer (Art. 14(4)).
pub(crate) static NEW_PURPOSE_UNTOLD: Outcome = Outcome::no(
    "new_purpose_untold",
    &[PARAGRAPH_3, crate::gdpr::art14::PARAGRAPH_4],
    Text::new(
        "Der Zweck hat sich geändert, nachdem die Daten erhoben wurden: Die Person muss vor der \
         weiteren Verarbeitung über den neuen Zweck informiert werden.",
        "The purpose changed after the data were obtained: the person has to be told of the new \
         purpose before the data are processed for it.",
    ),
    &[NextStep::TellNewPurpose],
);

/// Whether the person has to be told of a new purpose first. Data may be kept meanwhile, and who
/// consented to the new purpose knows it.
pub(crate) fn is_untold(case: &Case<'_>) -> bool {
    case.facts.contact.new_purpose_untold && case.asked != Channel::Storing && !case.has_consent()
}

/// An item of information.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// Name and contact of the controller (and its representative).
    Controller,
    /// Contact of the data-protection officer, where there is one.
    #[serde(alias = "dpo contact")]
    Dpo,
    /// Purposes.
    Purposes,
    /// Legal basis.
    #[serde(alias = "legal basis")]
    LegalBasis,
    /// The legitimate interests pursued, where they are the basis.
    #[serde(alias = "legitimate interests")]
    LegitimateInterests,
    /// Recipients or categories of them.
    Recipients,
    /// Transfers to third countries and the ground for them, where there are any.
    Transfers,
    /// Storage period or how it is determined.
    #[serde(alias = "storage_period", alias = "storage period")]
    Retention,
    /// Rights of the person, withdrawal and complaint to an authority included.
    Rights,
    /// Whether the data have to be given and what follows if not (Art. 13 only).
    #[serde(alias = "obligation to provide data")]
    ObligationToProvide,
    /// Automated decisions, their logic and consequences, where there are any.
    #[serde(alias = "automated decisions")]
    AutomatedDecisions,
    /// Categories of personal data (Art. 14 only).
    #[serde(alias = "categories of personal data")]
    Categories,
    /// Source, and whether it is publicly accessible (Art. 14 only).
    #[serde(alias = "source of the data")]
    Source,
}

impl Item {
    /// All items, in the order of the articles.
    pub const ALL: [Self; 13] = [
        Self::Controller,
        Self::Dpo,
        Self::Purposes,
        Self::LegalBasis,
        Self::LegitimateInterests,
        Self::Categories,
        Self::Recipients,
        Self::Transfers,
        Self::Retention,
        Self::Rights,
        Self::Source,
        Self::ObligationToProvide,
        Self::AutomatedDecisions,
    ];

    /// What it is called.
    pub const fn text(self) -> Text {
        match self {
            Self::Controller => Text::new("Verantwortlicher", "controller"),
            Self::Dpo => Text::new("Datenschutzbeauftragter", "data protection officer"),
            Self::Purposes => Text::new("Zwecke", "purposes"),
            Self::LegalBasis => Text::new("Rechtsgrundlage", "legal basis"),
            Self::LegitimateInterests => {
                Text::new("berechtigte Interessen", "legitimate interests")
            }
            Self::Recipients => Text::new("Empfänger", "recipients"),
            Self::Transfers => Text::new(
                "Übermittlung in Drittländer",
                "transfers to third countries",
            ),
            Self::Retention => Text::new("Speicherdauer", "retention"),
            Self::Rights => Text::new("Rechte", "rights"),
            Self::ObligationToProvide => Text::new(
                "ob die Daten bereitgestellt werden müssen",
                "whether the data have to be provided",
            ),
            Self::AutomatedDecisions => {
                Text::new("automatisierte Entscheidungen", "automated decisions")
            }
            Self::Categories => Text::new(
                "Kategorien personenbezogener Daten",
                "categories of personal data",
            ),
            Self::Source => Text::new(
                "Quelle der Daten und ob sie öffentlich zugänglich ist",
                "source of the data and whether publicly accessible",
            ),
        }
    }

    /// The provision, under Art. 13 or Art. 14; `None` if that article does not ask for it.
    pub const fn citation(self, article_14: bool) -> Option<Citation> {
        let (thirteen, fourteen) = match self {
            Self::Controller => ("GDPR Art. 13(1)(a)", "GDPR Art. 14(1)(a)"),
            Self::Dpo => ("GDPR Art. 13(1)(b)", "GDPR Art. 14(1)(b)"),
            Self::Purposes | Self::LegalBasis => ("GDPR Art. 13(1)(c)", "GDPR Art. 14(1)(c)"),
            Self::LegitimateInterests => ("GDPR Art. 13(1)(d)", "GDPR Art. 14(2)(b)"),
            Self::Categories => ("", "GDPR Art. 14(1)(d)"),
            Self::Recipients => ("GDPR Art. 13(1)(e)", "GDPR Art. 14(1)(e)"),
            Self::Transfers => ("GDPR Art. 13(1)(f)", "GDPR Art. 14(1)(f)"),
            Self::Retention => ("GDPR Art. 13(2)(a)", "GDPR Art. 14(2)(a)"),
            Self::Rights => ("GDPR Art. 13(2)(b)", "GDPR Art. 14(2)(c)"),
            Self::ObligationToProvide => ("GDPR Art. 13(2)(e)", ""),
            Self::Source => ("", "GDPR Art. 14(2)(f)"),
            Self::AutomatedDecisions => ("GDPR Art. 13(2)(f)", "GDPR Art. 14(2)(g)"),
        };
        let label = if article_14 { fourteen } else { thirteen };
        if label.is_empty() {
            None
        } else {
            Some(Citation::new(label))
        }
    }
}

/// What decides whether the conditional items are due. `None` counts as no.
#[derive(Clone, Copy, Debug, Default)]
pub struct Circumstances {
    /// Collected from elsewhere: Art. 14 instead of Art. 13.
    pub article_14: bool,
    /// The legal basis relied on.
    pub legal_basis: Option<LegalBasis>,
    /// There is a data-protection officer.
    pub has_dpo: bool,
    /// Data go to third countries.
    pub transfers: bool,
    /// There are automated decisions under Art. 22.
    pub automated_decisions: bool,
}

/// Whether `item` is due in these circumstances.
pub fn is_due(item: Item, circumstances: Circumstances) -> bool {
    item.citation(circumstances.article_14).is_some()
        && match item {
            Item::Dpo => circumstances.has_dpo,
            Item::LegitimateInterests => {
                circumstances.legal_basis == Some(LegalBasis::LegitimateInterests)
            }
            Item::Transfers => circumstances.transfers,
            Item::AutomatedDecisions => circumstances.automated_decisions,
            _ => true,
        }
}

/// The due items that a notice lacks, in the order of the articles.
pub fn missing(present: &[Item], circumstances: Circumstances) -> Vec<Item> {
    Item::ALL
        .into_iter()
        .filter(|item| is_due(*item, circumstances) && !present.contains(item))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn article_14_adds_categories_and_source_and_drops_the_duty_to_provide() {
        let fourteen = Circumstances {
            article_14: true,
            ..Circumstances::default()
        };
        assert!(is_due(Item::Categories, fourteen) && is_due(Item::Source, fourteen));
        assert!(!is_due(Item::ObligationToProvide, fourteen));
        let thirteen = Circumstances::default();
        assert!(!is_due(Item::Categories, thirteen) && !is_due(Item::Source, thirteen));
        assert!(is_due(Item::ObligationToProvide, thirteen));
    }

    #[test]
    fn conditional_items_are_due_only_where_they_apply() {
        let plain = Circumstances::default();
        let full = Circumstances {
            article_14: false,
            legal_basis: Some(LegalBasis::LegitimateInterests),
            has_dpo: true,
            transfers: true,
            automated_decisions: true,
        };
        for item in [
            Item::Dpo,
            Item::LegitimateInterests,
            Item::Transfers,
            Item::AutomatedDecisions,
        ] {
            assert!(!is_due(item, plain) && is_due(item, full), "{item:?}");
        }
    }

    #[test]
    fn a_full_notice_misses_nothing() {
        for article_14 in [false, true] {
            let circumstances = Circumstances {
                article_14,
                has_dpo: true,
                ..Circumstances::default()
            };
            assert!(missing(&Item::ALL, circumstances).is_empty());
        }
    }
}
