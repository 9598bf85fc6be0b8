//! Regulation (EEC, Euratom) 1182/71: how periods in Union law are computed.
//!
//! Art. 3: the day of the event is not counted (1); a period of months ends with the last hour
//! of the day that has the same date number, or if there is none with the month's last day
//! (2)(c); holidays, Sundays and Saturdays count (3), but if the last day is one, the period
//! ends with the next working day (4). Not for periods expressed in hours.
//!
//! In force since 1971-07-01. Reviewed 2026-11-24. Source: EUR-Lex; EDPB Guidelines 01/2022
//! (received 5 March: due 5 April; received 31 August: due 30 September).

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::Citation;
use crate::holidays::Calendar;

/// The article on computing periods.
pub const ARTICLE_3: Citation = Citation::new("Regulation 1182/71 Art. 3");
/// The move to the next working day.
pub const ARTICLE_3_4: Citation = Citation::new("Regulation 1182/71 Art. 3(4)");

/// The day with the same number `months` later, before any move to a working day.
pub fn same_day_after_months(event: Date, months: i8) -> Date {
    event.saturating_add(i32::from(months).months())
}

/// The last day of a period of `months` that an event on `event` starts.
pub fn last_day_of_months(event: Date, months: i8, calendar: Calendar) -> Date {
    calendar.working_day_from(same_day_after_months(event, months))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::{Country, Land};

    fn one_month(event: Date, land: Option<Land>) -> Date {
        let calendar = land.map_or(Calendar::of(Country::DE), Calendar::of_land);
        last_day_of_months(event, 1, calendar)
    }

    #[test]
    fn the_month_ends_on_the_same_date_number() {
        assert_eq!(one_month(date(2025, 3, 4), None), date(2025, 4, 4));
    }

    #[test]
    fn a_missing_date_number_becomes_the_last_day_of_the_month() {
        assert_eq!(one_month(date(2026, 8, 31), None), date(2026, 9, 30));
        assert_eq!(one_month(date(2024, 1, 31), None), date(2024, 2, 29));
        assert_eq!(one_month(date(2027, 1, 29), None), date(2027, 3, 1));
    }

    #[test]
    fn easter_moves_the_last_day_to_tuesday() {
        assert_eq!(one_month(date(2026, 3, 5), None), date(2026, 4, 7));
    }

    #[test]
    fn a_holiday_of_the_land_moves_the_last_day_there_only() {
        // 4 June 2026 is Fronleichnam, a Thursday.
        assert_eq!(
            one_month(date(2026, 5, 4), Some(Land::Nw)),
            date(2026, 6, 5)
        );
        assert_eq!(
            one_month(date(2026, 5, 4), Some(Land::Be)),
            date(2026, 6, 4)
        );
        assert_eq!(one_month(date(2026, 5, 4), None), date(2026, 6, 4));
    }

    fn some_day() -> impl Strategy<Value = Date> {
        (0_i64..40_000).prop_map(|days| date(1990, 1, 1).saturating_add(days.days()))
    }

    proptest! {
        #[test]
        fn a_deadline_is_always_a_working_day(
            event in some_day(),
            months in 1_i8..=3,
            land in proptest::sample::select(Land::ALL.to_vec()),
        ) {
            let calendar = Calendar::of_land(land);
            let due = last_day_of_months(event, months, calendar);
            prop_assert!(calendar.is_working_day(due));
        }

        #[test]
        fn a_later_event_never_has_an_earlier_deadline(
            event in some_day(),
            later in 0_i64..60,
            land in proptest::sample::select(Land::ALL.to_vec()),
        ) {
            let calendar = Calendar::of_land(land);
            let second = event.saturating_add(later.days());
            prop_assert!(
                last_day_of_months(event, 1, calendar) <= last_day_of_months(second, 1, calendar)
            );
        }

        #[test]
        fn a_deadline_moves_by_six_days_at_most(
            event in some_day(),
            land in proptest::sample::select(Land::ALL.to_vec()),
        ) {
            let plain = same_day_after_months(event, 1);
            let due = last_day_of_months(event, 1, Calendar::of_land(land));
            prop_assert!(due >= plain && due <= plain.saturating_add(6.days()));
        }
    }
}
