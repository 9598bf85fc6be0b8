//! Nationwide holidays of the other countries that the gate knows.

use jiff::civil::{Date, Weekday};

use super::days_after_easter;
use crate::Country;

/// Whether the nationwide holidays are known for sure. Switzerland has only one federal holiday
/// and leaves the rest to the cantons; in the United Kingdom they differ between its nations.
pub(super) fn is_sure(country: Country) -> bool {
    matches!(
        &country.code(),
        b"AT" | b"BE" | b"DK" | b"ES" | b"FR" | b"IE" | b"IT" | b"NL" | b"PL" | b"SE"
    )
}

/// Whether `day` is a nationwide public holiday of `country`; always `false` for a country
/// whose calendar is not known here.
pub(super) fn is_holiday(day: Date, country: Country) -> bool {
    let easter = days_after_easter(day);
    let year = day.year();
    let md = (day.month(), day.day());
    match &country.code() {
        b"AT" => {
            matches!(easter, 1 | 39 | 50 | 60)
                || matches!(
                    md,
                    (1, 1 | 6) | (5, 1) | (8, 15) | (10, 26) | (11, 1) | (12, 8 | 25 | 26)
                )
        }
        b"BE" => {
            matches!(easter, 1 | 39 | 50)
                || matches!(md, (1 | 5, 1) | (7, 21) | (8, 15) | (11, 1 | 11) | (12, 25))
        }
        // Cantonal holidays are left out; New Year, Ascension and Christmas are kept in all.
        b"CH" => easter == 39 || matches!(md, (1 | 8, 1) | (12, 25)),
        // The Great Prayer Day (26 days after Easter) was abolished as of 2024.
        b"DK" => {
            matches!(easter, -3 | -2 | 1 | 39 | 50)
                || (easter == 26 && year < 2024)
                || matches!(md, (1, 1) | (12, 25 | 26))
        }
        b"ES" => {
            easter == -2
                || matches!(
                    md,
                    (1, 1 | 6) | (5, 1) | (8, 15) | (10, 12) | (11, 1) | (12, 6 | 8 | 25)
                )
        }
        b"FR" => {
            matches!(easter, 1 | 39 | 50)
                || matches!(
                    md,
                    (1, 1) | (5, 1 | 8) | (7, 14) | (8, 15) | (11, 1 | 11) | (12, 25)
                )
        }
        b"GB" => is_holiday_in_england(day, easter),
        b"IE" => is_holiday_in_ireland(day, easter),
        // San Francesco d'Assisi is a holiday again since 2026 (Legge 151/2025).
        b"IT" => {
            easter == 1
                || matches!(
                    md,
                    (1, 1 | 6) | (4, 25) | (5, 1) | (6, 2) | (8, 15) | (11, 1) | (12, 8 | 25 | 26)
                )
                || (md == (10, 4) && year >= 2026)
        }
        // Algemene termijnenwet Art. 3: Good Friday and 5 May count for periods.
        b"NL" => {
            matches!(easter, -2 | 1 | 39 | 50)
                || matches!(md, (1, 1) | (5, 5) | (12, 25 | 26))
                || is_kings_day(day)
        }
        // Christmas Eve is a holiday since 2025.
        b"PL" => {
            matches!(easter, 1 | 60)
                || matches!(
                    md,
                    (1, 1 | 6) | (5, 1 | 3) | (8, 15) | (11, 1 | 11) | (12, 25 | 26)
                )
                || (md == (12, 24) && year >= 2025)
        }
        b"SE" => {
            matches!(easter, -2 | 1 | 39)
                || matches!(md, (1, 1 | 6) | (5, 1) | (6, 6) | (12, 25 | 26))
        }
        _ => false,
    }
}

/// 27 April, or the Saturday before if that is a Sunday.
fn is_kings_day(day: Date) -> bool {
    match (day.month(), day.day()) {
        (4, 27) => day.weekday() != Weekday::Sunday,
        (4, 26) => day.weekday() == Weekday::Saturday,
        _ => false,
    }
}

fn is_holiday_in_ireland(day: Date, easter: i32) -> bool {
    let monday = day.weekday() == Weekday::Monday;
    match (day.month(), day.day()) {
        (1, 1) | (3, 17) | (12, 25 | 26) => true,
        // St Brigid's Day since 2023: 1 February if a Friday, else the first Monday.
        (2, 1) if day.weekday() == Weekday::Friday => day.year() >= 2023,
        (2, 1..=7) => {
            monday && day.year() >= 2023 && day.first_of_month().weekday() != Weekday::Friday
        }
        (5 | 6 | 8, 1..=7) | (10, 25..=31) => monday,
        _ => easter == 1,
    }
}

/// Bank holidays of England and Wales with their substitute days.
fn is_holiday_in_england(day: Date, easter: i32) -> bool {
    let weekday = day.weekday();
    let monday = weekday == Weekday::Monday;
    match (day.year(), day.month(), day.day()) {
        (2020, 5, 4) | (2022, 5, 30) => false,
        (2020, 5, 8) | (2022, 6, 2 | 3) | (2022, 9, 19) | (2023, 5, 8) => true,
        (_, 1, 1) | (_, 12, 25 | 26) => true,
        (_, 1, 2 | 3) => monday,
        (_, 12, 27) => matches!(weekday, Weekday::Monday | Weekday::Tuesday),
        (_, 12, 28) => matches!(weekday, Weekday::Monday | Weekday::Tuesday),
        (_, 5, 1..=7 | 25..=31) | (_, 8, 25..=31) => monday,
        _ => matches!(easter, -2 | 1),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn is(code: &[u8; 2], year: i16, month: i8, day: i8) -> bool {
        is_holiday(date(year, month, day), Country::new(*code))
    }

    #[test]
    fn national_days_are_holidays_at_home_only() {
        assert!(is(b"AT", 2026, 10, 26) && !is(b"FR", 2026, 10, 26));
        assert!(is(b"FR", 2026, 7, 14) && !is(b"BE", 2026, 7, 14));
        assert!(is(b"BE", 2026, 7, 21) && !is(b"NL", 2026, 7, 21));
        assert!(is(b"CH", 2026, 8, 1) && !is(b"AT", 2026, 8, 1));
        assert!(is(b"ES", 2026, 10, 12) && !is(b"IT", 2026, 10, 12));
        assert!(is(b"SE", 2025, 6, 6) && !is(b"DK", 2025, 6, 6));
        assert!(!is(b"LU", 2026, 1, 1));
    }

    #[test]
    fn holidays_that_came_or_went_count_from_their_year_only() {
        assert!(!is(b"PL", 2024, 12, 24) && is(b"PL", 2025, 12, 24));
        assert!(is(b"DK", 2023, 5, 5) && !is(b"DK", 2024, 4, 26));
        assert!(!is(b"IT", 2025, 10, 4) && is(b"IT", 2027, 10, 4));
    }

    #[test]
    fn kings_day_moves_off_a_sunday() {
        assert!(is(b"NL", 2025, 4, 26) && !is(b"NL", 2025, 4, 27));
        assert!(is(b"NL", 2026, 4, 27) && !is(b"NL", 2026, 4, 26));
    }

    #[test]
    fn saint_brigids_day_is_the_first_monday_or_a_friday_the_first() {
        assert!(is(b"IE", 2026, 2, 2));
        assert!(is(b"IE", 2030, 2, 1) && !is(b"IE", 2030, 2, 4));
        assert!(!is(b"IE", 2022, 2, 7));
    }

    #[test]
    fn english_substitute_days_follow_a_weekend() {
        // Christmas 2021 fell on Saturday and Sunday; 27 and 28 December were the substitutes.
        assert!(is(b"GB", 2021, 12, 27) && is(b"GB", 2021, 12, 28));
        // 26 December 2026 is a Saturday: Monday the 28th.
        assert!(is(b"GB", 2026, 12, 28) && !is(b"GB", 2026, 12, 29));
        assert!(is(b"GB", 2022, 1, 3) && is(b"GB", 2026, 5, 4) && is(b"GB", 2026, 8, 31));
    }
}
