//! GDPR Art. 22: decisions based solely on automated processing, profiling included.
//!
//! A person has the right not to be subject to one that has legal or similarly significant
//! effects (22(1)), unless it is necessary for a contract, authorised by law, or rests on
//! explicit consent (22(2)); then with human intervention, own view and contest (22(3)); on
//! special categories only with explicit consent or substantial public interest (22(4)). A
//! score on which the decision in practice rests is itself the decision (CJEU C-634/21).
//!
//! In force since 2018-05-25. Reviewed 2026-11-24 against WP251 rev.01.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::Citation;

/// The right.
pub const RIGHT: Citation = Citation::new("GDPR Art. 22(1)");
/// The exceptions.
pub const EXCEPTIONS: Citation = Citation::new("GDPR Art. 22(2)");
/// The safeguards.
pub const SAFEGUARDS: Citation = Citation::new("GDPR Art. 22(3)");
/// Special categories.
pub const SPECIAL: Citation = Citation::new("GDPR Art. 22(4)");
/// A score is a decision if another draws strongly on it.
pub const SCORE: Citation = Citation::new("CJEU C-634/21");

/// The exceptions of Art. 22(2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Exception {
    /// Necessary for a contract with the person (a).
    Contract,
    /// Authorised by law with safeguards (b).
    Law,
    /// Explicit consent (c).
    ExplicitConsent,
}

/// A decision about persons. `None` means not said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Decision {
    /// No person decides, or the person only rubber-stamps.
    pub solely_automated: Option<bool>,
    /// A score on which another draws strongly in deciding.
    pub score_decides: Option<bool>,
    /// Legal or similarly significant effect.
    pub significant: Option<bool>,
    /// The exception that carries it.
    pub exception: Option<Exception>,
    /// Human intervention, own view and contest are offered.
    pub safeguards: Option<bool>,
    /// Special categories are used.
    pub special: bool,
}

/// What Art. 22 says of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Art. 22 does not apply.
    DoesNotApply,
    /// Whether it applies depends on facts not given.
    Open,
    /// It applies, and nothing carries the decision.
    Forbidden,
    /// It applies; an exception carries the decision if the safeguards are offered.
    WithSafeguards,
    /// It applies; exception and safeguards are there.
    Permitted,
}

/// What Art. 22 says of `decision`.
pub const fn outcome(decision: Decision) -> Outcome {
    let automated = match (decision.solely_automated, decision.score_decides) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), _) | (_, Some(false)) => Some(false),
        (None, None) => None,
    };
    match (automated, decision.significant) {
        (Some(false), _) | (_, Some(false)) => Outcome::DoesNotApply,
        (None, _) | (_, None) => Outcome::Open,
        (Some(true), Some(true)) => match decision.exception {
            None => Outcome::Forbidden,
            Some(Exception::Contract) if decision.special => Outcome::Forbidden,
            Some(_) => match decision.safeguards {
                Some(true) => Outcome::Permitted,
                Some(false) => Outcome::Forbidden,
                None => Outcome::WithSafeguards,
            },
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_that_decides_in_practice_is_a_decision() {
        let score = Decision {
            score_decides: Some(true),
            significant: Some(true),
            ..Decision::default()
        };
        assert_eq!(outcome(score), Outcome::Forbidden);
        let ordering = Decision {
            significant: Some(false),
            ..score
        };
        assert_eq!(outcome(ordering), Outcome::DoesNotApply);
    }

    #[test]
    fn a_contract_does_not_carry_decisions_on_special_categories() {
        let decision = Decision {
            solely_automated: Some(true),
            significant: Some(true),
            exception: Some(Exception::Contract),
            safeguards: Some(true),
            ..Decision::default()
        };
        assert_eq!(outcome(decision), Outcome::Permitted);
        assert_eq!(
            outcome(Decision {
                special: true,
                ..decision
            }),
            Outcome::Forbidden
        );
    }
}
