//! Germany: nine nationwide holidays and those of the sixteen Länder.
//!
//! 24 and 31 December are no public holidays.

use jiff::civil::{Date, Weekday};

use super::days_after_easter;
use crate::Land;

/// Whether `day` is a public holiday in all of Germany, or in all of `land`.
pub(super) fn is_holiday(day: Date, land: Option<Land>) -> bool {
    is_nationwide(day) || land.is_some_and(|land| is_in_land(day, land))
}

fn is_nationwide(day: Date) -> bool {
    match (day.month(), day.day()) {
        (1 | 5, 1) | (12, 25 | 26) => true,
        (10, 3) => day.year() >= 1990,
        // Reformationstag, once, for the 500th anniversary.
        (10, 31) => day.year() == 2017,
        // Karfreitag, Ostermontag, Christi Himmelfahrt, Pfingstmontag.
        _ => matches!(days_after_easter(day), -2 | 1 | 39 | 50),
    }
}

fn is_in_land(day: Date, land: Land) -> bool {
    use Land::{Bb, Be, Bw, By, Hb, He, Hh, Mv, Ni, Nw, Rp, Sh, Sl, Sn, St, Th};
    let year = day.year();
    match (day.month(), day.day()) {
        // Heilige Drei Könige.
        (1, 6) => matches!(land, Bw | By | St),
        // Internationaler Frauentag.
        (3, 8) => (land == Be && year >= 2019) || (land == Mv && year >= 2023),
        // 75 and 80 years since the end of the war; 75 years since the uprising of 17 June.
        (5, 8) => land == Be && matches!(year, 2020 | 2025),
        (6, 17) if land == Be && year == 2028 => true,
        // Mariä Himmelfahrt.
        (8, 15) => land == Sl,
        // Weltkindertag.
        (9, 20) => land == Th && year >= 2019,
        // Reformationstag.
        (10, 31) => match land {
            Bb | Mv | Sn | St | Th => true,
            Hb | Hh | Ni | Sh => year >= 2018,
            _ => false,
        },
        // Allerheiligen.
        (11, 1) => matches!(land, Bw | By | Nw | Rp | Sl),
        // Buß- und Bettag: the Wednesday before 23 November.
        (11, 16..=22) => land == Sn && day.weekday() == Weekday::Wednesday,
        // Fronleichnam.
        _ => days_after_easter(day) == 60 && matches!(land, Bw | By | He | Nw | Rp | Sl),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn days_of(year: i16, land: Land) -> usize {
        date(year, 1, 1)
            .series(jiff::Span::new().days(1))
            .take_while(|day| day.year() == year)
            .filter(|&day| is_holiday(day, Some(land)))
            .count()
    }

    /// Counts of the Länder for 2026 as published by them (without Easter and Whit Sunday,
    /// which are Sundays anyway).
    #[test]
    fn each_land_has_its_number_of_holidays_in_2026() {
        use Land::{Bb, Be, Bw, By, Hb, He, Hh, Mv, Ni, Nw, Rp, Sh, Sl, Sn, St, Th};
        for (land, count) in [
            (Bw, 12),
            (By, 12),
            (Be, 10),
            (Bb, 10),
            (Hb, 10),
            (Hh, 10),
            (He, 10),
            (Mv, 11),
            (Ni, 10),
            (Nw, 11),
            (Rp, 11),
            (Sl, 12),
            (Sn, 11),
            (St, 11),
            (Sh, 10),
            (Th, 11),
        ] {
            assert_eq!(days_of(2026, land), count, "{}", land.code());
        }
    }

    #[test]
    fn christmas_eve_and_new_years_eve_are_no_holidays_anywhere() {
        for land in Land::ALL {
            assert!(!is_holiday(date(2026, 12, 24), Some(land)));
            assert!(!is_holiday(date(2026, 12, 31), Some(land)));
        }
    }

    #[test]
    fn reformation_day_was_nationwide_once_and_came_to_the_north_in_2018() {
        assert!(is_holiday(date(2017, 10, 31), None));
        assert!(!is_holiday(date(2018, 10, 31), None));
        assert!(is_holiday(date(2018, 10, 31), Some(Land::Hh)));
        assert!(!is_holiday(date(2016, 10, 31), Some(Land::Hh)));
        assert!(is_holiday(date(2016, 10, 31), Some(Land::Sn)));
    }

    #[test]
    fn the_day_of_repentance_is_a_wednesday_in_saxony_only() {
        assert!(is_holiday(date(2026, 11, 18), Some(Land::Sn)));
        assert!(is_holiday(date(2028, 11, 22), Some(Land::Sn)));
        assert!(!is_holiday(date(2026, 11, 18), Some(Land::Th)));
    }

    #[test]
    fn berlin_and_mecklenburg_keep_womens_day_from_their_own_year_on() {
        assert!(!is_holiday(date(2018, 3, 8), Some(Land::Be)));
        assert!(is_holiday(date(2019, 3, 8), Some(Land::Be)));
        assert!(!is_holiday(date(2022, 3, 8), Some(Land::Mv)));
        assert!(is_holiday(date(2023, 3, 8), Some(Land::Mv)));
        assert!(is_holiday(date(2025, 5, 8), Some(Land::Be)));
        assert!(!is_holiday(date(2026, 5, 8), Some(Land::Be)));
    }
}
