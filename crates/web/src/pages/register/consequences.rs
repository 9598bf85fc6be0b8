//! What follows from a change of the register, in words.

use jiff::civil::Date;
use law::gdpr::art35;
use register::{
    AssessmentChange, Consequences, ContractChange, NoticeChange, NoticeKind, Register, Retention,
    RetentionChange, WordingChange, WordingKind,
};

use crate::pages::frame::Frame;

/// What follows of one kind.
pub struct Section {
    /// Names it in the page.
    pub id: &'static str,
    pub title: String,
    pub about: String,
    pub lines: Vec<Following>,
}

/// Something that follows.
pub struct Following {
    /// What it is about.
    pub title: String,
    /// What there is to do or to know, with what it rests on.
    pub words: Vec<String>,
    /// What deserves attention.
    pub warning: Option<String>,
}

/// Every kind of which something follows.
pub fn sections(
    then: &Consequences,
    old: &Register,
    new: &Register,
    today: Date,
    frame: &Frame,
) -> Vec<Section> {
    let teller = Teller {
        old,
        new,
        today,
        frame,
    };
    let section = |id, title: &str, about: &str, lines: Vec<Following>| Section {
        id,
        title: frame.t(title),
        about: frame.t(about),
        lines,
    };
    let all = vec![
        section(
            "notices",
            "follow-notices",
            "follow-notices-about",
            teller.notices(&then.notices),
        ),
        section(
            "wordings",
            "follow-wordings",
            "follow-wordings-about",
            then.wordings.iter().map(|w| teller.wording(w)).collect(),
        ),
        section(
            "retention",
            "follow-retention",
            "follow-retention-about",
            then.retention.iter().map(|r| teller.retention(r)).collect(),
        ),
        section(
            "contracts",
            "follow-contracts",
            "follow-contracts-about",
            then.contracts.iter().map(|c| teller.contract(c)).collect(),
        ),
        section(
            "assessments",
            "follow-assessments",
            "follow-assessments-about",
            then.assessments
                .iter()
                .map(|a| teller.assessment(a))
                .collect(),
        ),
    ];
    all.into_iter()
        .filter(|section| !section.lines.is_empty())
        .collect()
}

struct Teller<'a> {
    old: &'a Register,
    new: &'a Register,
    today: Date,
    frame: &'a Frame,
}

impl Teller<'_> {
    /// What is the same for several activities is said once: a new address stands in every
    /// notice.
    fn notices(&self, notices: &[NoticeChange]) -> Vec<Following> {
        let mut alike: Vec<(&NoticeChange, Vec<&str>)> = Vec::new();
        for notice in notices {
            let same = |other: &NoticeChange| {
                (other.kind, &other.facts, &other.address)
                    == (notice.kind, &notice.facts, &notice.address)
            };
            match alike.iter_mut().find(|(other, _)| same(other)) {
                Some((_, names)) => names.push(&notice.name),
                None => alike.push((notice, vec![&notice.name])),
            }
        }
        alike
            .into_iter()
            .map(|(notice, names)| self.notice(notice, &names))
            .collect()
    }

    fn notice(&self, notice: &NoticeChange, names: &[&str]) -> Following {
        let lang = self.frame.lang;
        let facts = notice.facts.iter().map(|fact| {
            let citation = fact.citation().written(self.today, lang);
            format!("{} ({citation})", fact.label().get(lang))
        });
        let mut words = match notice.kind {
            NoticeKind::Changed => vec![facts.collect::<Vec<_>>().join(", ")],
            NoticeKind::New | NoticeKind::Ended => {
                vec![notice.kind.label().get(lang).to_owned()]
            }
        };
        if let Some(address) = &notice.address {
            words.push(self.frame.with("follow-notice-at", "address", address));
        }
        let again = notice.is_further_purpose();
        Following {
            title: names.join(", "),
            words,
            warning: again.then(|| self.frame.t("follow-further-purpose")),
        }
    }

    fn wording(&self, wording: &WordingChange) -> Following {
        let kind = wording.kind.label().get(self.frame.lang);
        let words = match (wording.kind, wording.from, wording.to) {
            (WordingKind::NextVersion, Some(from), Some(to)) => self.frame.with_all(
                "follow-wording-versions",
                &[("kind", &kind), ("from", &from), ("to", &to)],
            ),
            _ => kind.to_owned(),
        };
        let rewritten = wording.kind == WordingKind::Rewritten;
        Following {
            title: self.activities(&wording.activities),
            words: vec![words],
            warning: rewritten.then(|| self.frame.t("follow-wording-rewritten")),
        }
    }

    fn retention(&self, change: &RetentionChange) -> Following {
        let rule = |rule: &Option<Retention>| {
            let text = rule.as_ref().map(|rule| rule.text(self.frame.lang));
            text.unwrap_or_else(|| self.frame.t("follow-rule-none"))
        };
        let (old, new) = (rule(&change.old), rule(&change.new));
        Following {
            title: change.covers().map_or_else(
                || change.name.clone(),
                |covers| format!("{}: {covers}", change.name),
            ),
            words: vec![
                self.frame.with("follow-rule-old", "rule", old),
                self.frame.with("follow-rule-new", "rule", new),
            ],
            warning: change
                .is_shorter()
                .then(|| self.frame.t("follow-rule-shorter")),
        }
    }

    fn contract(&self, contract: &ContractChange) -> Following {
        let lang = self.frame.lang;
        let citation = contract.step.citation().written(self.today, lang);
        let step = contract.step.label().get(lang);
        let mut words = vec![format!("{step} ({citation})")];
        if !contract.activities.is_empty() {
            let names = self.activities(&contract.activities);
            words.push(self.frame.with("follow-because", "names", names));
        }
        Following {
            title: contract.name.clone(),
            words,
            warning: None,
        }
    }

    fn assessment(&self, assessment: &AssessmentChange) -> Following {
        let lang = self.frame.lang;
        let triggers = assessment.triggers.iter();
        let triggers: Vec<_> = triggers.map(|trigger| trigger.label().get(lang)).collect();
        let criteria = assessment.criteria.iter();
        let criteria: Vec<_> = criteria
            .map(|criterion| criterion.label().get(lang))
            .collect();
        let duty = art35::DUTY.written(self.today, lang);
        let review = art35::REVIEW.written(self.today, lang);
        let mut words = vec![self.frame.with_all(
            "follow-check-again",
            &[
                ("triggers", &triggers.join(", ")),
                ("duty", &duty),
                ("review", &review),
            ],
        )];
        if !criteria.is_empty() {
            words.push(self.frame.with_all(
                "follow-criteria",
                &[
                    ("criteria", &criteria.join(", ")),
                    ("reason", &assessment.need.reason().get(lang)),
                ],
            ));
        }
        let required = assessment.need.required();
        Following {
            title: assessment.name.clone(),
            words,
            warning: required.then(|| self.frame.t("follow-assess")),
        }
    }

    /// The names of activities, as they are now or were.
    fn activities(&self, ids: &[String]) -> String {
        let names = ids.iter().map(|id| {
            let found = self.new.activity(id).or_else(|| self.old.activity(id));
            found.map_or(id.as_str(), |activity| &activity.name)
        });
        names.collect::<Vec<_>>().join(", ")
    }
}
