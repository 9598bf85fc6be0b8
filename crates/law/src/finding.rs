//! What a rule outside the gate finds: a verdict where the question is one of lawfulness, the
//! provisions it rests on, the reason and what goes with it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{Citation, Confidence, Text};

/// The answer to "is this lawful?" or "is this valid?".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Lawful or valid.
    Allow,
    /// Unlawful or invalid.
    Deny,
    /// Lawful only with the obligations, or after a person has weighed.
    Conditional,
}

/// What a rule found and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Set where the question is about lawfulness or validity.
    pub verdict: Option<Verdict>,
    /// The provisions and decisions that the finding rests on, the leading one first.
    pub citations: Vec<Citation>,
    /// The reason, as sentences that follow each other.
    pub basis: Vec<Text>,
    /// What has to be done along with it.
    pub obligations: Vec<Text>,
    /// How certain the rule is.
    pub confidence: Confidence,
}

impl Finding {
    /// A settled finding with one reason and no verdict.
    pub fn new(basis: Text, citations: &[Citation]) -> Self {
        Self {
            verdict: None,
            citations: citations.to_vec(),
            basis: vec![basis],
            obligations: Vec::new(),
            confidence: Confidence::Settled,
        }
    }

    /// The finding with `verdict`.
    #[must_use]
    pub fn verdict(mut self, verdict: Verdict) -> Self {
        self.verdict = Some(verdict);
        self
    }

    /// The finding with further obligations.
    #[must_use]
    pub fn obliging(mut self, obligations: &[Text]) -> Self {
        self.obligations.extend_from_slice(obligations);
        self
    }

    /// The finding with further reasons.
    #[must_use]
    pub fn because(mut self, reasons: &[Text]) -> Self {
        self.basis.extend_from_slice(reasons);
        self
    }

    /// The finding with further citations; one that is there already is not repeated.
    #[must_use]
    pub fn citing(mut self, citations: &[Citation]) -> Self {
        for citation in citations {
            if !self.citations.contains(citation) {
                self.citations.push(*citation);
            }
        }
        self
    }

    /// The finding marked as one that a person is to check.
    #[must_use]
    pub fn to_be_checked(mut self) -> Self {
        self.confidence = Confidence::ToBeChecked;
        self
    }
}
