//! The outcome of one rule, and the lawful steps that remain after a no.

use crate::{Citation, Confidence, Country, Lang, Text};

use super::NextStep;

/// What a rule answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// Lawful under this rule.
    Yes,
    /// Not lawful under this rule.
    No,
    /// A person has to weigh it; whoever sends treats it as a no.
    Review,
}

impl Answer {
    /// The name used in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Review => "review",
        }
    }
}

/// One possible outcome of a rule, written down once beside the provision it comes from.
#[derive(Debug, PartialEq, Eq)]
pub struct Outcome {
    code: &'static str,
    answer: Answer,
    citations: &'static [Citation],
    reason: Text,
    confidence: Confidence,
    next: &'static [NextStep],
}

impl Outcome {
    /// A yes.
    pub const fn yes(code: &'static str, citations: &'static [Citation], reason: Text) -> Self {
        Self::new(code, Answer::Yes, citations, reason, &[])
    }

    /// A no, with the lawful steps that remain.
    pub const fn no(
        code: &'static str,
        citations: &'static [Citation],
        reason: Text,
        next: &'static [NextStep],
    ) -> Self {
        Self::new(code, Answer::No, citations, reason, next)
    }

    /// A question for a person, with what helps to answer it.
    pub const fn review(
        code: &'static str,
        citations: &'static [Citation],
        reason: Text,
        next: &'static [NextStep],
    ) -> Self {
        Self::new(code, Answer::Review, citations, reason, next)
    }

    const fn new(
        code: &'static str,
        answer: Answer,
        citations: &'static [Citation],
        reason: Text,
        next: &'static [NextStep],
    ) -> Self {
        Self {
            code,
            answer,
            citations,
            reason,
            confidence: Confidence::Settled,
            next,
        }
    }

    /// The same finding, marked as resting on a disputed or unconfirmed rule.
    #[must_use]
    pub const fn to_be_checked(mut self) -> Self {
        self.confidence = Confidence::ToBeChecked;
        self
    }

    /// The stable code, for programs.
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// What the rule answers.
    pub const fn answer(&self) -> Answer {
        self.answer
    }

    /// The provisions and decisions that the answer rests on.
    pub const fn citations(&self) -> &'static [Citation] {
        self.citations
    }

    /// Why, in both languages.
    pub const fn reason(&self) -> Text {
        self.reason
    }

    /// Why, in `lang`, for a purpose as its reader names it and the contact's country.
    pub fn reason_for(&self, purpose: &str, country: Option<Country>, lang: Lang) -> String {
        let mut reason = self.reason.get(lang).replace("{purpose}", purpose);
        if self.names_country() {
            let country = country.map_or("?".to_owned(), |country| country.to_string());
            reason = reason.replace("{country}", &country);
        }
        reason
    }

    /// Whether the reason reads differently for each country.
    pub fn names_country(&self) -> bool {
        self.reason.get(Lang::De).contains("{country}")
    }

    /// How certain the rule is.
    pub const fn confidence(&self) -> Confidence {
        self.confidence
    }

    /// The lawful steps that remain, or the facts that would change the answer.
    pub const fn next(&self) -> &'static [NextStep] {
        self.next
    }
}
