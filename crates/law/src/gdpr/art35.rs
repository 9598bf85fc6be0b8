//! GDPR Art. 35: when a data protection impact assessment (DPIA) is required.
//!
//! Where a high risk is likely (35(1)); always for automated evaluation with legal or similar
//! effect (35(3)(a)), special categories on a large scale (b) and large-scale monitoring of
//! public places (c), and for what the authority lists (35(4)). The nine criteria of WP248
//! rev.01: two as a rule require a DPIA, one may suffice; deviating needs documented reasons.
//!
//! In force since 2018-05-25. Reviewed 2026-11-24 against WP248 rev.01 and the DSK's list for
//! the non-public sector, v1.1 of 2018-10-17 (its headings; entry numbers are not verified).

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{Citation, Text};

/// Duty to assess.
pub const DUTY: Citation = Citation::new("GDPR Art. 35(1)");
/// Advice of the data protection officer.
pub const DPO_ADVICE: Citation = Citation::new("GDPR Art. 35(2)");
/// The authority's list.
pub const LIST: Citation = Citation::new("GDPR Art. 35(4)");
/// Review when the risk changes.
pub const REVIEW: Citation = Citation::new("GDPR Art. 35(11)");
/// Content.
pub const CONTENT: Citation = Citation::new("GDPR Art. 35(7)");

/// The criteria of WP248 rev.01, section III.B.a.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
pub enum Criterion {
    /// Evaluation, scoring, profiling.
    #[serde(rename = "evaluation or scoring")]
    Scoring,
    /// Automated decision with legal or similarly significant effect.
    #[serde(rename = "automated decision")]
    AutomatedDecision,
    /// Systematic monitoring.
    #[serde(rename = "systematic monitoring")]
    Monitoring,
    /// Special categories or highly personal data.
    #[serde(rename = "sensitive data")]
    Sensitive,
    /// Large scale.
    #[serde(rename = "large scale")]
    LargeScale,
    /// Matching or combining datasets.
    #[serde(rename = "matching or combining datasets")]
    Matching,
    /// Vulnerable data subjects.
    #[serde(rename = "vulnerable data subjects")]
    Vulnerable,
    /// Innovative use of technology.
    #[serde(rename = "innovative use of technology")]
    Innovative,
    /// Prevents the exercise of a right or the use of a service or contract.
    #[serde(rename = "prevents a right, service or contract")]
    Exclusion,
}

impl Criterion {
    /// Every criterion, in the order of WP248.
    pub const ALL: [Self; 9] = [
        Self::Scoring,
        Self::AutomatedDecision,
        Self::Monitoring,
        Self::Sensitive,
        Self::LargeScale,
        Self::Matching,
        Self::Vulnerable,
        Self::Innovative,
        Self::Exclusion,
    ];

    /// What people are shown: the headings of WP248 rev.01.
    pub const fn label(self) -> Text {
        match self {
            Self::Scoring => Text::new("Bewerten oder Einstufen", "evaluation or scoring"),
            Self::AutomatedDecision => Text::new(
                "automatisierte Entscheidung mit rechtlicher oder ähnlich bedeutsamer Wirkung",
                "automated decision with legal or similarly significant effect",
            ),
            Self::Monitoring => Text::new("systematische Überwachung", "systematic monitoring"),
            Self::Sensitive => Text::new(
                "besondere Kategorien oder höchst persönliche Daten",
                "special categories or data of a highly personal nature",
            ),
            Self::LargeScale => Text::new("großer Umfang", "large scale"),
            Self::Matching => Text::new(
                "Abgleichen oder Zusammenführen von Datensätzen",
                "matching or combining datasets",
            ),
            Self::Vulnerable => Text::new(
                "schutzbedürftige Personen, zum Beispiel Beschäftigte",
                "vulnerable data subjects, for example employees",
            ),
            Self::Innovative => Text::new("neue Technik", "innovative use of technology"),
            Self::Exclusion => Text::new(
                "hindert an einem Recht, einem Dienst oder einem Vertrag",
                "prevents a right, a service or a contract",
            ),
        }
    }
}

/// Entries of the German authorities' list near customer acquisition and CRM.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ListEntry {
    /// Location data of persons on a large scale.
    LocationAtScale,
    /// Combining data from several sources, with algorithms opaque to the person or in order to
    /// find what is not expected.
    CombinedOpaqueSources,
    /// Collecting and publishing data that serve to rate persons.
    RatingPortal,
    /// Behaviour of employees that can affect them appreciably.
    EmployeeBehaviour,
    /// Extensive profiles of interests, relations or personality.
    PersonalityProfiles,
    /// AI that steers the interaction with persons or rates them.
    AiInteraction,
    /// Following persons in shops by their devices.
    TrackingInShops,
    /// Automated evaluation of voice or image to judge personality or mood.
    AudioVideoEvaluation,
    /// Debt collection or scoring on a large scale.
    DebtCollectionScoring,
    /// Special categories or criminal data on a large scale.
    SpecialCategoriesAtScale,
    /// Biometric identification.
    Biometric,
}

/// A set of criteria.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Criteria(u16);

impl Criteria {
    /// The set with `criterion` too.
    #[must_use]
    pub const fn with(self, criterion: Criterion) -> Self {
        Self(self.0 | 1 << criterion as u16)
    }

    /// Whether `criterion` is in the set.
    pub const fn contains(self, criterion: Criterion) -> bool {
        self.0 & 1 << criterion as u16 != 0
    }

    /// How many.
    pub const fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// In the order of WP248.
    pub fn iter(self) -> impl Iterator<Item = Criterion> {
        Criterion::ALL
            .into_iter()
            .filter(move |criterion| self.contains(*criterion))
    }
}

impl FromIterator<Criterion> for Criteria {
    fn from_iter<I: IntoIterator<Item = Criterion>>(criteria: I) -> Self {
        criteria.into_iter().fold(Self::default(), Self::with)
    }
}

/// What the duty depends on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Processing {
    /// The criteria met.
    pub criteria: Criteria,
    /// The profiling is so limited that its criterion hardly weighs (WP248: adverts for
    /// vintage-car parts by items viewed on the own site).
    pub scoring_is_limited: bool,
    /// Publicly accessible places are monitored systematically.
    pub public_places: bool,
    /// The entries of the German list that fit.
    pub listed: Vec<ListEntry>,
    /// The reasons why no high risk is likely despite two criteria are documented.
    pub deviation_documented: bool,
}

/// Whether a DPIA is required, and by what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Need {
    /// One of the cases in which it always is.
    Always(Citation),
    /// By the authority's list.
    Listed,
    /// At least two criteria.
    TwoCriteria,
    /// Two criteria, but documented reasons against a high risk. A person checks them.
    Deviation,
    /// One criterion, which may suffice.
    OneMaySuffice,
    /// No sign of a high risk.
    No,
}

impl Need {
    /// Whether the DPIA has to be made.
    pub const fn required(self) -> bool {
        matches!(self, Self::Always(_) | Self::Listed | Self::TwoCriteria)
    }

    /// Why, as a sentence for a person.
    pub const fn reason(self) -> Text {
        match self {
            Self::Always(_) => Text::new(
                "Immer nötig nach Art. 35 Abs. 3.",
                "Always required under Art. 35(3).",
            ),
            Self::Listed => Text::new(
                "Die Liste der deutschen Aufsichtsbehörden nennt diese Verarbeitung.",
                "The list of the German authorities names this processing.",
            ),
            Self::TwoCriteria => Text::new(
                "Mindestens zwei Kriterien sind erfüllt; ein hohes Risiko ist wahrscheinlich.",
                "At least two criteria are met; a high risk is likely.",
            ),
            Self::Deviation => Text::new(
                "Zwei Kriterien sind erfüllt, aber dokumentierte Gründe sprechen gegen ein hohes Risiko; ein Mensch prüft sie.",
                "Two criteria are met, but documented reasons speak against a high risk; a person checks them.",
            ),
            Self::OneMaySuffice => Text::new(
                "In der Regel nicht nötig: nur ein Kriterium ist erfüllt; im Einzelfall kann es genügen.",
                "Not required as a rule: only one criterion is met; it may suffice in a single case.",
            ),
            Self::No => Text::new(
                "Nicht nötig: Kein Kriterium ist erfüllt.",
                "Not required: no criterion is met.",
            ),
        }
    }
}

/// Whether `processing` needs a DPIA.
pub fn need(processing: &Processing) -> Need {
    let has = |criterion| processing.criteria.contains(criterion);
    let scoring = has(Criterion::Scoring);
    let large = has(Criterion::LargeScale);
    if has(Criterion::AutomatedDecision) && scoring {
        return Need::Always(Citation::new("GDPR Art. 35(3)(a)"));
    }
    if has(Criterion::Sensitive) && large {
        return Need::Always(Citation::new("GDPR Art. 35(3)(b)"));
    }
    if processing.public_places && large {
        return Need::Always(Citation::new("GDPR Art. 35(3)(c)"));
    }
    if !processing.listed.is_empty() {
        return Need::Listed;
    }
    let limited = u32::from(scoring && processing.scoring_is_limited);
    match processing.criteria.len() - limited {
        0 => Need::No,
        1 => Need::OneMaySuffice,
        _ if processing.deviation_documented => Need::Deviation,
        _ => Need::TwoCriteria,
    }
}

/// What an assessment contains at least, Art. 35(7).
pub const CONTENTS: [Text; 4] = [
    Text::new(
        "systematische Beschreibung der Verarbeitung und ihrer Zwecke",
        "systematic description of the processing and its purposes",
    ),
    Text::new(
        "Bewertung von Notwendigkeit und Verhältnismäßigkeit",
        "assessment of necessity and proportionality",
    ),
    Text::new(
        "Bewertung der Risiken für die Personen",
        "assessment of the risks for the persons",
    ),
    Text::new(
        "Abhilfemaßnahmen, Garantien und Sicherheitsvorkehrungen",
        "measures, safeguards and security mechanisms",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn meets(criteria: &[Criterion]) -> Processing {
        Processing {
            criteria: criteria.iter().copied().collect(),
            ..Processing::default()
        }
    }

    #[test]
    fn two_criteria_require_an_assessment_and_one_may() {
        assert_eq!(
            need(&meets(&[Criterion::Scoring, Criterion::Matching])),
            Need::TwoCriteria
        );
        assert_eq!(need(&meets(&[Criterion::LargeScale])), Need::OneMaySuffice);
        assert_eq!(need(&meets(&[])), Need::No);
    }

    #[test]
    fn documented_reasons_go_against_criteria_but_not_against_the_statute() {
        let reasons = |criteria: &[Criterion]| Processing {
            deviation_documented: true,
            ..meets(criteria)
        };
        let two = reasons(&[Criterion::Monitoring, Criterion::Vulnerable]);
        assert_eq!(need(&two), Need::Deviation);
        let always = reasons(&[Criterion::Sensitive, Criterion::LargeScale]);
        assert!(need(&always).required());
    }

    proptest! {
        #[test]
        fn a_further_criterion_never_lifts_the_duty(
            bits in 0_u16..512,
            added in proptest::sample::select(&Criterion::ALL[..]),
            scoring_is_limited in any::<bool>(),
            public_places in any::<bool>(),
            deviation_documented in any::<bool>(),
        ) {
            let base = Processing {
                criteria: Criteria(bits),
                scoring_is_limited,
                public_places,
                deviation_documented,
                ..Processing::default()
            };
            let more = Processing { criteria: base.criteria.with(added), ..base.clone() };
            prop_assert!(!need(&base).required() || need(&more).required());
        }
    }
}
