//! The gate's answer as pages show it.

use law::Lang;
use law::gate::{AnswerView, DecisionView, DutyView};

use super::next_step::Step;
use crate::pages::number;
use crate::pages::register::basis_name;
use crate::pages::words::{self, OutcomeWords};

/// The gate's answer as pages show it.
pub struct Answer {
    pub channel: String,
    /// The channel's name in the register.
    pub word: &'static str,
    pub verdict: OutcomeWords,
    /// What the law says, where somebody decided against it.
    pub lawful: Option<OutcomeWords>,
    pub reachable: bool,
    pub channel_law: Reason,
    pub data_protection: Reason,
    pub basis: Option<String>,
    pub duties: Vec<Duty>,
    pub steps: Vec<Step>,
    pub warnings: Vec<&'static str>,
    pub true_until: Option<String>,
    /// Evidence entries relied on.
    pub evidence: Vec<i64>,
    pub to_be_checked: bool,
    /// Where a decision against the refusal is made or taken back.
    pub overrule: Option<Overrule>,
}

/// What can be done about a refusal by who is responsible.
pub enum Overrule {
    Decide { activity: String },
    TakeBack { activity: String },
}

/// One layer's answer.
pub struct Reason {
    pub class: &'static str,
    pub text: String,
    pub citations: String,
}

/// A duty that comes with a permission.
pub struct Duty {
    pub text: &'static str,
    pub citations: String,
    pub by: Option<String>,
}

impl Answer {
    /// A decision; `reachable` says whether there is an address for the channel.
    pub fn of_decision(decision: DecisionView, reachable: bool, lang: Lang) -> Self {
        let channel = decision.channel.parse().ok();
        Self {
            channel: channel.map_or_else(
                || decision.channel.to_owned(),
                |channel| words::channel(channel, lang),
            ),
            word: decision.channel,
            verdict: words::verdict(decision.verdict, lang),
            lawful: decision.lawful.map(|lawful| words::verdict(lawful, lang)),
            reachable,
            channel_law: Reason::new(decision.channel_law, lang),
            data_protection: Reason::new(decision.data_protection, lang),
            basis: decision.legal_basis.map(|basis| basis_name(basis, lang)),
            duties: decision
                .duties
                .iter()
                .map(|duty| Duty::new(duty, lang))
                .collect(),
            steps: decision
                .next_steps
                .iter()
                .map(|step| Step {
                    text: step.text,
                    link: None,
                })
                .collect(),
            warnings: decision
                .warnings
                .iter()
                .map(|warning| warning.text)
                .collect(),
            true_until: decision.true_until.map(|day| number::day(day, lang)),
            evidence: Vec::new(),
            to_be_checked: decision.to_be_checked,
            overrule: None,
        }
    }

    /// The reason that decides: of the layer that does not say yes, else of the channel's law.
    pub fn because(&self) -> &str {
        let (channel, data) = (&self.channel_law, &self.data_protection);
        if channel.class == "permitted" && data.class != "permitted" {
            &data.text
        } else {
            &channel.text
        }
    }
}

impl Reason {
    fn new(answer: AnswerView, lang: Lang) -> Self {
        Self {
            class: match answer.answer {
                "yes" => "permitted",
                "no" => "refused",
                _ => "review",
            },
            text: answer.reason,
            citations: written(&answer.citations, lang),
        }
    }

    /// The answer's sign, so that colour never stands alone.
    pub fn sign(&self) -> &'static str {
        match self.class {
            "permitted" => "✓",
            "refused" => "✕",
            _ => "?",
        }
    }
}

impl Duty {
    fn new(duty: &DutyView, lang: Lang) -> Self {
        Self {
            text: duty.text,
            citations: written(&duty.citations, lang),
            by: duty.by.map(|day| number::day(day, lang)),
        }
    }
}

fn written(citations: &[&'static str], lang: Lang) -> String {
    let written: Vec<_> = citations
        .iter()
        .map(|label| law::written_citation(label, lang))
        .collect();
    written.join("; ")
}
