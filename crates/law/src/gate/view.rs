//! A decision as people and programs read it. Allocates; not on the hot path.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Decision, Outcome, Verdict};
use crate::gdpr::art07::Defect;
use crate::{Citation, Lang, LegalBasis, Text};

/// A decision to be serialised, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DecisionView {
    /// `permitted`, `refused` or `review`; whoever sends treats `review` as no.
    pub verdict: &'static str,
    /// What the law says, where a person overruled it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lawful: Option<&'static str>,
    /// The purpose that was judged.
    pub purpose: &'static str,
    /// The channel or use that was judged.
    pub channel: &'static str,
    /// The day whose law was applied.
    #[schemars(with = "String")]
    pub on: Date,
    /// The answer of the recipient country's channel law.
    pub channel_law: AnswerView,
    /// The answer of data-protection law.
    pub data_protection: AnswerView,
    /// The legal basis of GDPR Art. 6(1).
    pub legal_basis: Option<LegalBasis>,
    /// Every provision and decision cited, each once.
    pub citations: Vec<&'static str>,
    /// The duties that come with the permission.
    pub duties: Vec<DutyView>,
    /// The records relied on, by position.
    pub relied_on: ReliedView,
    /// The last day on which the answer holds if the facts stay the same.
    #[schemars(with = "Option<String>")]
    pub true_until: Option<Date>,
    /// The lawful steps that remain.
    pub next_steps: Vec<TextView>,
    /// A rule used here is disputed or unconfirmed.
    pub to_be_checked: bool,
    /// What a person should know besides.
    pub warnings: Vec<TextView>,
}

/// One layer's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AnswerView {
    /// `yes`, `no` or `review`.
    pub answer: &'static str,
    /// The stable code of the reason.
    pub code: &'static str,
    /// Why.
    pub reason: String,
    /// The provisions and decisions.
    pub citations: Vec<&'static str>,
}

/// A duty with its provisions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DutyView {
    /// The stable code.
    pub code: &'static str,
    /// What to do.
    pub text: &'static str,
    /// The provisions.
    pub citations: Vec<&'static str>,
    /// By which day, where the law sets one.
    #[schemars(with = "Option<String>")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Date>,
}

/// The records relied on, by their position in the facts, from 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ReliedView {
    /// The consent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consent: Option<usize>,
    /// The objection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub objection: Option<usize>,
}

/// A code with its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TextView {
    /// The stable code.
    pub code: &'static str,
    /// The text.
    pub text: &'static str,
}

impl Decision {
    /// The decision in `lang`, with citations as they were numbered on the day `on`.
    pub fn view(&self, on: Date, lang: Lang) -> DecisionView {
        let text = |code, text: Text| TextView {
            code,
            text: text.get(lang),
        };
        DecisionView {
            verdict: self.verdict().name(),
            lawful: (self.lawful() != self.verdict()).then(|| Verdict::name(self.lawful())),
            purpose: self.purpose.name(),
            channel: self.asked.name(),
            on,
            channel_law: self.answer(self.channel_law(), false, on, lang),
            data_protection: self.answer(self.data_protection(), true, on, lang),
            legal_basis: self.legal_basis(),
            citations: labels(self.citations(), on),
            duties: self
                .duties()
                .map(|duty| DutyView {
                    code: duty.code(),
                    text: duty.text().get(lang),
                    citations: labels(duty.citations().iter().copied(), on),
                    by: (duty == super::Duty::SourceNotice)
                        .then(|| self.notice_due())
                        .flatten(),
                })
                .collect(),
            relied_on: ReliedView {
                consent: self.relied_on().consent,
                objection: self.relied_on().objection,
            },
            true_until: self.true_until(),
            next_steps: self
                .next_steps()
                .map(|step| text(step.code(), step.text()))
                .collect(),
            to_be_checked: self.to_be_checked(),
            warnings: self.warnings().map(|w| text(w.code(), w.text())).collect(),
        }
    }

    fn answer(&self, outcome: &Outcome, data: bool, on: Date, lang: Lang) -> AnswerView {
        let mut reason = outcome.reason_for(self.purpose.name(), self.country, lang);
        let defects = self.defects();
        if data {
            for defect in defects.iter() {
                reason.push(' ');
                reason.push_str(defect.text().get(lang));
            }
        }
        let of_defects = defects.iter().filter(|_| data).flat_map(Defect::citations);
        AnswerView {
            answer: outcome.answer().name(),
            code: outcome.code(),
            reason,
            citations: labels(outcome.citations().iter().chain(of_defects).copied(), on),
        }
    }
}

/// The labels in force on `on`, each once, in order.
fn labels(citations: impl Iterator<Item = Citation>, on: Date) -> Vec<&'static str> {
    let mut labels = Vec::new();
    for citation in citations {
        let label = citation.label(on);
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels
}
