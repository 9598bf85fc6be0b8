//! BDSG § 38(1): further duties to designate a data protection officer, in Germany.
//!
//! As a rule at least 20 persons constantly in automated processing: heads, part-time staff
//! included (sentence 1; since 2019-11-26, before that ten). Whatever the headcount: processing
//! that needs a DPIA, or commercial processing for transfer, anonymised transfer or market and
//! opinion research (sentence 2). Applies to establishments in Germany (§ 1(4)).
//!
//! In force since 2018-05-25. Reviewed 2026-11-24: an abolition was proposed, none enacted.

use jiff::civil::{Date, date};

use crate::Citation;

/// The threshold.
pub const HEADS: Citation = Citation::new("BDSG § 38(1) sentence 1");
/// Whatever the headcount.
pub const WHATEVER_HEADCOUNT: Citation = Citation::new("BDSG § 38(1) sentence 2");
/// Protection against dismissal.
pub const DISMISSAL: Citation = Citation::new("BDSG § 38(2)");

/// The day from which the threshold is 20.
const TWENTY_SINCE: Date = date(2019, 11, 26);

/// From how many persons on a DPO is designated, by the law of the day `on`.
pub fn threshold(on: Date) -> u32 {
    if on < TWENTY_SINCE { 10 } else { 20 }
}

/// What § 38(1) depends on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Organisation {
    /// Persons as a rule constantly in automated processing, counted by heads.
    pub persons: u32,
    /// Some processing needs a DPIA (GDPR Art. 35).
    pub dpia_needed: bool,
    /// Processes commercially for transfer, anonymised transfer or market research.
    pub commercial_transfer: bool,
}

/// The sentence of § 38(1) that demands a DPO on the day `on`, if one does.
pub fn demanded_by(organisation: Organisation, on: Date) -> Option<Citation> {
    if organisation.dpia_needed || organisation.commercial_transfer {
        Some(WHATEVER_HEADCOUNT)
    } else if organisation.persons >= threshold(on) {
        Some(HEADS)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_heads_are_enough_and_nineteen_are_not() {
        let heads = |persons| Organisation {
            persons,
            ..Organisation::default()
        };
        let today = date(2026, 11, 24);
        assert_eq!(demanded_by(heads(20), today), Some(HEADS));
        assert_eq!(demanded_by(heads(19), today), None);
        assert_eq!(demanded_by(heads(19), date(2019, 11, 25)), Some(HEADS));
    }

    #[test]
    fn a_dpia_demands_one_whatever_the_headcount() {
        let two = Organisation {
            persons: 2,
            dpia_needed: true,
            ..Organisation::default()
        };
        assert_eq!(
            demanded_by(two, date(2026, 11, 24)),
            Some(WHATEVER_HEADCOUNT)
        );
    }
}
