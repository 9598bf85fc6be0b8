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

/// The holidays of a country that come every year.
struct Yearly {
    /// Month and day.
    fixed: &'static [(i8, i8)],
    /// Days after Easter Sunday.
    after_easter: &'static [i32],
}

const GOOD_FRIDAY: i32 = -2;
const EASTER_MONDAY: i32 = 1;
const ASCENSION: i32 = 39;
const WHIT_MONDAY: i32 = 50;
const CORPUS_CHRISTI: i32 = 60;

/// The holidays of every year; `None` for a country whose calendar is not known here.
#[rustfmt::skip]
fn yearly(country: Country) -> Option<Yearly> {
    let (fixed, after_easter): (&[_], &[_]) = match &country.code() {
        b"AT" => (
            &[(1, 1), (1, 6), (5, 1), (8, 15), (10, 26), (11, 1), (12, 8), (12, 25), (12, 26)],
            &[EASTER_MONDAY, ASCENSION, WHIT_MONDAY, CORPUS_CHRISTI],
        ),
        b"BE" => (
            &[(1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25)],
            &[EASTER_MONDAY, ASCENSION, WHIT_MONDAY],
        ),
        // Cantonal holidays are left out; New Year, Ascension and Christmas are kept in all.
        b"CH" => (&[(1, 1), (8, 1), (12, 25)], &[ASCENSION]),
        b"DK" => (
            &[(1, 1), (12, 25), (12, 26)],
            &[-3, GOOD_FRIDAY, EASTER_MONDAY, ASCENSION, WHIT_MONDAY],
        ),
        b"ES" => (
            &[(1, 1), (1, 6), (5, 1), (8, 15), (10, 12), (11, 1), (12, 6), (12, 8), (12, 25)],
            &[GOOD_FRIDAY],
        ),
        b"FR" => (
            &[(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)],
            &[EASTER_MONDAY, ASCENSION, WHIT_MONDAY],
        ),
        b"GB" => (&[(1, 1), (12, 25), (12, 26)], &[GOOD_FRIDAY, EASTER_MONDAY]),
        b"IE" => (&[(1, 1), (3, 17), (12, 25), (12, 26)], &[EASTER_MONDAY]),
        b"IT" => (
            &[
                (1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15), (11, 1), (12, 8), (12, 25),
                (12, 26),
            ],
            &[EASTER_MONDAY],
        ),
        // Algemene termijnenwet Art. 3: Good Friday and 5 May count for periods.
        b"NL" => (
            &[(1, 1), (5, 5), (12, 25), (12, 26)],
            &[GOOD_FRIDAY, EASTER_MONDAY, ASCENSION, WHIT_MONDAY],
        ),
        b"PL" => (
            &[(1, 1), (1, 6), (5, 1), (5, 3), (8, 15), (11, 1), (11, 11), (12, 25), (12, 26)],
            &[EASTER_MONDAY, CORPUS_CHRISTI],
        ),
        b"SE" => (
            &[(1, 1), (1, 6), (5, 1), (6, 6), (12, 25), (12, 26)],
            &[GOOD_FRIDAY, EASTER_MONDAY, ASCENSION],
        ),
        _ => return None,
    };
    Some(Yearly { fixed, after_easter })
}

/// Whether `day` is a nationwide public holiday of `country`; always `false` for a country
/// whose calendar is not known here.
pub(super) fn is_holiday(day: Date, country: Country) -> bool {
    yearly(country).is_some_and(|yearly| {
        yearly.fixed.contains(&(day.month(), day.day()))
            || yearly.after_easter.contains(&days_after_easter(day))
            || is_irregular(day, country)
    })
}

/// Holidays that came or went, or move by weekday.
fn is_irregular(day: Date, country: Country) -> bool {
    let month_and_day = (day.month(), day.day());
    match &country.code() {
        // The Great Prayer Day was abolished as of 2024.
        b"DK" => days_after_easter(day) == 26 && day.year() < 2024,
        b"GB" => is_bank_holiday_in_england(day),
        b"IE" => is_monday_holiday_in_ireland(day),
        // San Francesco d'Assisi is a holiday again since 2026 (Legge 151/2025).
        b"IT" => month_and_day == (10, 4) && day.year() >= 2026,
        b"NL" => is_kings_day(day),
        // Christmas Eve is a holiday since 2025.
        b"PL" => month_and_day == (12, 24) && day.year() >= 2025,
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

fn is_monday_holiday_in_ireland(day: Date) -> bool {
    let monday = day.weekday() == Weekday::Monday;
    match (day.month(), day.day()) {
        // St Brigid's Day since 2023: 1 February if a Friday, else the first Monday.
        (2, 1) if day.weekday() == Weekday::Friday => day.year() >= 2023,
        (2, 1..=7) => {
            monday && day.year() >= 2023 && day.first_of_month().weekday() != Weekday::Friday
        }
        (5 | 6 | 8, 1..=7) | (10, 25..=31) => monday,
        _ => false,
    }
}

/// Bank holidays of England and Wales by weekday, substitute days and single ones.
fn is_bank_holiday_in_england(day: Date) -> bool {
    let weekday = day.weekday();
    match (day.year(), day.month(), day.day()) {
        // Moved for the 75th anniversary of the end of the war and the Platinum Jubilee.
        (2020, 5, 4) | (2022, 5, 30) => false,
        (2020 | 2023, 5, 8) | (2022, 6, 2 | 3) | (2022, 9, 19) => true,
        (_, 1, 2 | 3) | (_, 5, 1..=7 | 25..=31) | (_, 8, 25..=31) => weekday == Weekday::Monday,
        (_, 12, 27 | 28) => matches!(weekday, Weekday::Monday | Weekday::Tuesday),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn is(code: &str, year: i16, month: i8, day: i8) -> bool {
        is_holiday(
            date(year, month, day),
            code.parse().expect("a country code"),
        )
    }

    #[test]
    fn national_days_are_holidays_at_home_only() {
        assert!(is("AT", 2026, 10, 26) && !is("FR", 2026, 10, 26));
        assert!(is("FR", 2026, 7, 14) && !is("BE", 2026, 7, 14));
        assert!(is("BE", 2026, 7, 21) && !is("NL", 2026, 7, 21));
        assert!(is("CH", 2026, 8, 1) && !is("AT", 2026, 8, 1));
        assert!(is("ES", 2026, 10, 12) && !is("IT", 2026, 10, 12));
        assert!(is("SE", 2025, 6, 6) && !is("DK", 2025, 6, 6));
        assert!(!is("LU", 2026, 1, 1));
    }

    #[test]
    fn holidays_that_came_or_went_count_from_their_year_only() {
        assert!(!is("PL", 2024, 12, 24) && is("PL", 2025, 12, 24));
        assert!(is("DK", 2023, 5, 5) && !is("DK", 2024, 4, 26));
        assert!(!is("IT", 2025, 10, 4) && is("IT", 2027, 10, 4));
    }

    #[test]
    fn kings_day_moves_off_a_sunday() {
        assert!(is("NL", 2025, 4, 26) && !is("NL", 2025, 4, 27));
        assert!(is("NL", 2026, 4, 27) && !is("NL", 2026, 4, 26));
    }

    #[test]
    fn saint_brigids_day_is_the_first_monday_or_a_friday_the_first() {
        assert!(is("IE", 2026, 2, 2));
        assert!(is("IE", 2030, 2, 1) && !is("IE", 2030, 2, 4));
        assert!(!is("IE", 2022, 2, 7));
    }

    #[test]
    fn english_substitute_days_follow_a_weekend() {
        // Christmas 2021 fell on Saturday and Sunday; 27 and 28 December were the substitutes.
        assert!(is("GB", 2021, 12, 27) && is("GB", 2021, 12, 28));
        // 26 December 2026 is a Saturday: Monday the 28th.
        assert!(is("GB", 2026, 12, 28) && !is("GB", 2026, 12, 29));
        assert!(is("GB", 2022, 1, 3) && is("GB", 2026, 5, 4) && is("GB", 2026, 8, 31));
    }
}
