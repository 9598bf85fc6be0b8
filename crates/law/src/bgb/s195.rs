//! BGB §§ 195, 199: when claims become time-barred.
//!
//! Three years (§ 195) from the end of the year in which the claim arose and the creditor knew
//! or must have known (§ 199(1)); at most ten years from the day it arose (§ 199(4), (3) Nr. 1),
//! thirty for injury of life, body, health or freedom (§ 199(2)).
//!
//! In force since 2002-01-01. Reviewed 2026-11-24. Not confirmed by a published source here.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use crate::Citation;

/// The regular period.
pub const SECTION: Citation = Citation::new("BGB § 195");
/// Its start and the maxima.
pub const START: Citation = Citation::new("BGB § 199(1)");
/// The maxima without knowledge.
pub const MAXIMA: Citation = Citation::new("BGB § 199(2)-(4)");
/// A last day on a weekend or public holiday moves to the next working day.
pub const WORKING_DAY: Citation = Citation::new("BGB § 193");

/// The regular period in years.
pub const YEARS: i16 = 3;

/// The last day before a claim is time-barred: `known` is the day of knowledge, `None` if the
/// creditor does not know; `injury` is one of life, body, health or freedom.
pub fn last_day(arose: Date, known: Option<Date>, injury: bool) -> Date {
    let maximum = arose.saturating_add(if injury { 30 } else { 10 }.years());
    let from = |known: Date| {
        let year = known.max(arose).year().saturating_add(YEARS).min(9999);
        date(year, 12, 31)
    };
    known.map_or(maximum, |known| from(known).min(maximum))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_years_run_from_the_end_of_the_year_of_knowledge() {
        let last = last_day(date(2023, 2, 1), Some(date(2024, 5, 1)), false);
        assert_eq!(last, date(2027, 12, 31));
    }

    #[test]
    fn without_knowledge_the_maximum_counts_to_the_day() {
        assert_eq!(last_day(date(2023, 2, 1), None, false), date(2033, 2, 1));
        assert_eq!(last_day(date(2023, 2, 1), None, true), date(2053, 2, 1));
        assert_eq!(
            last_day(date(2023, 2, 1), Some(date(2032, 5, 1)), false),
            date(2033, 2, 1)
        );
    }
}
