//! GDPR Art. 38: the position of the data protection officer (DPO).
//!
//! Other tasks must not lead to a conflict of interests (38(6)): a DPO must not decide on the
//! purposes and means of processing (CJEU C-453/21 X-FAB; WP243 rev.01, section 3.5). No
//! instructions, no dismissal for performing the tasks (38(3)).
//!
//! In force since 2018-05-25. Reviewed 2026-11-24.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::Citation;

/// No conflict of interests.
pub const NO_CONFLICT: Citation = Citation::new("GDPR Art. 38(6)");
/// Independence.
pub const INDEPENDENT: Citation = Citation::new("GDPR Art. 38(3)");
/// The decision on conflicts.
pub const X_FAB: Citation = Citation::new("CJEU C-453/21");

/// What else a candidate does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Position {
    /// Managing director, board, owner.
    Management,
    /// Head of marketing or sales.
    HeadOfMarketing,
    /// Head of information technology.
    HeadOfIt,
    /// Head of human resources.
    HeadOfHr,
    /// Head of finance or operations.
    HeadOfFinance,
    /// Represents the organisation in court in data-protection matters.
    LitigationCounsel,
    /// Chair of the works council; to be looked at singly (C-453/21).
    WorksCouncilChair,
    /// Information security, compliance or law without power over purposes and means.
    Compliance,
    /// Other staff.
    Staff,
    /// An external provider of the DPO's service.
    External,
}

/// Whether a position goes with being DPO.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fit {
    /// No conflict seen.
    Fits,
    /// A person looks at the duties in the single case.
    LookSingly,
    /// Conflict of interests.
    Conflict,
}

/// Whether the one in `position` may be DPO, where known whether that person
/// `decides_purposes` and means.
pub const fn fit(position: Option<Position>, decides_purposes: Option<bool>) -> Fit {
    match (position, decides_purposes) {
        (_, Some(true))
        | (
            Some(
                Position::Management
                | Position::HeadOfMarketing
                | Position::HeadOfIt
                | Position::HeadOfHr
                | Position::HeadOfFinance
                | Position::LitigationCounsel,
            ),
            _,
        ) => Fit::Conflict,
        (Some(Position::WorksCouncilChair), _) | (None, None) => Fit::LookSingly,
        _ => Fit::Fits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_decides_on_purposes_and_means_can_not_be_dpo() {
        assert_eq!(fit(Some(Position::HeadOfMarketing), None), Fit::Conflict);
        assert_eq!(fit(Some(Position::Staff), Some(true)), Fit::Conflict);
        assert_eq!(fit(Some(Position::Staff), None), Fit::Fits);
        assert_eq!(
            fit(Some(Position::WorksCouncilChair), Some(false)),
            Fit::LookSingly
        );
    }
}
