//! GDPR Art. 5(1)(e): data are kept no longer than their purposes need.
//!
//! How long that is the controller lays down (recital 39); a period runs as BGB §§ 187(1), 188 say:
//! the day of the event is not counted, and a period of months or years ends with the day of the same
//! number, or with the month's last day if there is none. HGB § 257(5) and AO § 147(4) let a period
//! begin with the end of the calendar year, and theirs are never passed below (Art. 17(3)(b)).
//!
//! In force since 2018-05-25. Reviewed 2026-11-24. Source: EUR-Lex, gesetze-im-internet.de.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use crate::Citation;
use crate::ao::s147::{self, Class};

/// Storage limitation.
pub const PARAGRAPH_1E: Citation = Citation::new("GDPR Art. 5(1)(e)");

/// As many years as the calendar has.
const LONGEST_YEARS: i32 = 9999;

/// The unit of a period of keeping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Days.
    Days,
    /// Weeks.
    Weeks,
    /// Calendar months.
    Months,
    /// Calendar years.
    Years,
}

/// A period of keeping as the controller laid it down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// How many units.
    pub count: u16,
    /// The unit.
    pub unit: Unit,
    /// Whether it only begins with the end of the calendar year of the event.
    pub from_year_end: bool,
    /// The class of documents that commercial and tax law ask to keep, if the data are such.
    pub class: Option<Class>,
}

/// The first day on which data may go whose period began with `event`, by the law of the day `on`.
/// Never before the period of HGB § 257 and AO § 147 is over, if the data are what these ask to keep.
pub fn free_on(event: Date, period: Period, on: Date) -> Date {
    let start = if period.from_year_end {
        date(event.year(), 12, 31)
    } else {
        event
    };
    let count = i32::from(period.count);
    let last = start.saturating_add(match period.unit {
        Unit::Days => count.days(),
        Unit::Weeks => count.weeks(),
        Unit::Months => count.months(),
        // More than the calendar has would be no span at all.
        Unit::Years => count.min(LONGEST_YEARS).years(),
    });
    let free = last.tomorrow().unwrap_or(last);
    period.class.map_or(free, |class| {
        let years = s147::years(class, event, false, on);
        free.max(s147::free_from(s147::end_of_year(event, years), years))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ON: Date = date(2026, 11, 24);

    fn period(count: u16, unit: Unit) -> Period {
        Period {
            count,
            unit,
            from_year_end: false,
            class: None,
        }
    }

    #[test]
    fn the_day_of_the_event_is_not_counted() {
        let week = period(1, Unit::Weeks);
        assert_eq!(free_on(date(2026, 3, 2), week, ON), date(2026, 3, 10));
        let month = period(1, Unit::Months);
        assert_eq!(free_on(date(2026, 1, 31), month, ON), date(2026, 3, 1));
        let years = period(3, Unit::Years);
        assert_eq!(free_on(date(2024, 2, 29), years, ON), date(2027, 3, 1));
    }

    #[test]
    fn from_the_end_of_the_year_every_day_of_it_counts_alike() {
        let rule = Period {
            from_year_end: true,
            ..period(3, Unit::Years)
        };
        for event in [date(2023, 1, 1), date(2023, 6, 15), date(2023, 12, 31)] {
            assert_eq!(free_on(event, rule, ON), date(2027, 1, 1));
        }
        assert_eq!(free_on(date(2024, 1, 1), rule, ON), date(2028, 1, 1));
    }

    #[test]
    fn a_shorter_period_does_not_pass_below_the_statutory_one() {
        for (class, free) in [
            (Class::Letters, date(2027, 1, 1)),
            (Class::Vouchers, date(2029, 1, 1)),
            (Class::Books, date(2031, 1, 1)),
        ] {
            let rule = Period {
                class: Some(class),
                ..period(1, Unit::Years)
            };
            assert_eq!(free_on(date(2020, 5, 4), rule, ON), free);
        }
        let longer = Period {
            class: Some(Class::Letters),
            ..period(12, Unit::Years)
        };
        assert_eq!(free_on(date(2020, 5, 4), longer, ON), date(2032, 5, 5));
    }

    #[test]
    fn a_period_beyond_the_calendar_ends_with_it() {
        let rule = period(u16::MAX, Unit::Years);
        assert_eq!(free_on(ON, rule, ON), date(9999, 12, 31));
    }
}
