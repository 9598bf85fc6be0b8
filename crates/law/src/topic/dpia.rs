//! Whether a data protection impact assessment is required, and what follows from it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Answer, Day, Topic, TopicError, answer_as_json, needed, schema_of};
use crate::finding::Finding;
use crate::gdpr::art35::{self, Criterion, ListEntry, Need, Processing};
use crate::gdpr::art36;
use crate::{Citation, Country, Lang, Text};

pub(super) const TOPIC: Topic = Topic {
    name: "dpia",
    about: Text::new(
        "Datenschutz-Folgenabschätzung: nötig oder nicht, und vorherige Konsultation",
        "Data protection impact assessment: required or not, and prior consultation",
    ),
    schema: schema_of::<Facts>,
    ask: |facts, lang| answer_as_json(TOPIC.name, facts, lang, |facts, lang| answer(&facts, lang)),
};

/// A processing, or the result of its assessment.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct Facts {
    /// The criteria of WP248 that the processing meets.
    criteria: Option<Vec<Criterion>>,
    /// The profiling is limited, for example to items viewed on the own site.
    scoring_is_limited: bool,
    /// Publicly accessible places are monitored systematically.
    public_places_monitored: bool,
    /// Entries of the German authorities' list that fit.
    listed: Vec<ListEntry>,
    /// The reasons why no high risk is likely are documented.
    deviation_documented: bool,
    /// The country of the establishment; the list is German.
    country: Option<Country>,
    /// The assessment shows a high risk that measures don't remove.
    high_residual_risk: Option<bool>,
    /// The day on which the authority got the request for prior consultation.
    request_to_authority: Option<Day>,
    /// The authority extends its period by six weeks.
    authority_extends: bool,
}

/// The values that this topic answers with.
#[derive(Debug, Default, Serialize)]
struct Values {
    #[serde(skip_serializing_if = "Option::is_none")]
    dpia_required: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    criteria_met: Option<Vec<&'static str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    must_include: Option<Vec<&'static str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prior_consultation: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    period_weeks: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extension_weeks: Option<i32>,
    /// The day on which the authority's period ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<Day>,
}

const CRITERIA: Citation = Citation::new("WP248 rev.01");
const GERMAN_LIST: Citation = Citation::new("DSK Muss-Liste v1.1");

fn answer(facts: &Facts, lang: Lang) -> Result<Answer<Values>, TopicError> {
    let mut values = Values::default();
    let asked =
        facts.criteria.is_some() || !facts.listed.is_empty() || facts.public_places_monitored;
    let mut finding = None;
    if asked {
        finding = Some(assessment(facts, &mut values, lang)?);
    }
    if let Some(residual) = facts.high_residual_risk {
        finding = Some(consultation(facts, residual, finding, &mut values));
    }
    Ok(Answer {
        values,
        finding: needed(
            finding,
            "criteria",
            "whether an assessment is required depends on the criteria of WP248 (an empty list says none)",
        )?,
        on: None,
    })
}

fn assessment(facts: &Facts, values: &mut Values, lang: Lang) -> Result<Finding, TopicError> {
    if !facts.listed.is_empty() && facts.country.is_some_and(|country| country != Country::DE) {
        return Err(TopicError::Unfit {
            fact: "listed",
            why: "the entries are of the German list; for another country use `criteria`",
        });
    }
    let processing = Processing {
        criteria: facts.criteria.iter().flatten().copied().collect(),
        scoring_is_limited: facts.scoring_is_limited,
        public_places: facts.public_places_monitored,
        listed: facts.listed.clone(),
        deviation_documented: facts.deviation_documented,
    };
    let need = art35::need(&processing);
    values.dpia_required = Some(need.required());
    values.criteria_met = Some(
        processing
            .criteria
            .iter()
            .map(|criterion| name(criterion, facts.scoring_is_limited))
            .collect(),
    );
    if need.required() {
        values.must_include = Some(art35::CONTENTS.iter().map(|text| text.get(lang)).collect());
    }
    Ok(by_need(need))
}

/// The criterion as facts and answers name it.
const fn name(criterion: Criterion, scoring_is_limited: bool) -> &'static str {
    match criterion {
        Criterion::Scoring if scoring_is_limited => "evaluation or scoring (limited)",
        Criterion::Scoring => "evaluation or scoring",
        Criterion::AutomatedDecision => "automated decision",
        Criterion::Monitoring => "systematic monitoring",
        Criterion::Sensitive => "sensitive data",
        Criterion::LargeScale => "large scale",
        Criterion::Matching => "matching or combining datasets",
        Criterion::Vulnerable => "vulnerable data subjects",
        Criterion::Innovative => "innovative use of technology",
        Criterion::Exclusion => "prevents a right, service or contract",
    }
}

fn by_need(need: Need) -> Finding {
    const ASSESS: Text = Text::new(
        "Vor Beginn eine Folgenabschätzung durchführen und den Rat des Datenschutzbeauftragten einholen.",
        "Make the assessment before starting, and seek the advice of the data protection officer.",
    );
    const WRITE_DOWN: Text = Text::new(
        "Die Gründe gegen eine Folgenabschätzung dokumentieren.",
        "Document the reasons against an assessment.",
    );
    let reason = need.reason();
    match need {
        Need::Always(citation) => Finding::new(
            reason,
            &[citation, art35::DUTY, art35::CONTENT, art35::DPO_ADVICE],
        )
        .obliging(&[ASSESS]),
        Need::Listed => Finding::new(
            reason,
            &[art35::LIST, art35::DUTY, art35::CONTENT, GERMAN_LIST],
        )
        .obliging(&[ASSESS])
        .to_be_checked(),
        Need::TwoCriteria => {
            Finding::new(reason, &[art35::DUTY, art35::CONTENT, CRITERIA]).obliging(&[ASSESS])
        }
        Need::Deviation => Finding::new(reason, &[art35::DUTY, CRITERIA])
            .obliging(&[WRITE_DOWN])
            .to_be_checked(),
        Need::OneMaySuffice => {
            Finding::new(reason, &[art35::DUTY, CRITERIA]).obliging(&[WRITE_DOWN])
        }
        Need::No => Finding::new(reason, &[art35::DUTY, CRITERIA]),
    }
}

fn consultation(
    facts: &Facts,
    residual: bool,
    finding: Option<Finding>,
    values: &mut Values,
) -> Finding {
    values.prior_consultation = Some(residual);
    let reason = if residual {
        Text::new(
            "Das hohe Restrisiko verlangt die vorherige Konsultation der Aufsichtsbehörde.",
            "The high residual risk demands prior consultation of the authority.",
        )
    } else {
        Text::new(
            "Ohne hohes Restrisiko ist keine vorherige Konsultation nötig.",
            "Without a high residual risk no prior consultation is needed.",
        )
    };
    let finding = match finding {
        None => Finding::new(reason, &[art36::DUTY]),
        Some(finding) => finding.because(&[reason]).citing(&[art36::DUTY]),
    };
    if !residual {
        return finding;
    }
    values.period_weeks = Some(art36::WEEKS);
    values.extension_weeks = Some(art36::EXTENSION_WEEKS);
    values.date = facts
        .request_to_authority
        .map(|Day(requested)| Day(art36::advice_by(requested, facts.authority_extends)));
    finding
        .citing(&[art36::PERIOD, art36::CONTENT])
        .obliging(&[Text::new(
            "Erst nach der Konsultation mit der Verarbeitung beginnen.",
            "Start the processing only after the consultation.",
        )])
}
