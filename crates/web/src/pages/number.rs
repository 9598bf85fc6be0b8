//! Numbers and days as readers of each language write them.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use law::Lang;

/// `12345` -> `12.345` in German, `12,345` in English.
pub fn count(n: u64, lang: Lang) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(match lang {
                Lang::De => '.',
                Lang::En => ',',
            });
        }
        text.push(digit);
    }
    text
}

/// The share of `part` in `whole` in whole per cent; what is there is never `0 %`, and what is
/// not all is never `100 %`.
pub fn percent(part: u64, whole: u64, lang: Lang) -> String {
    let space = match lang {
        Lang::De => "\u{a0}",
        Lang::En => "",
    };
    if part == 0 || whole == 0 {
        return format!("0{space}%");
    }
    // Widened, so that no count can overflow.
    let rounded = (u128::from(part) * 200 + u128::from(whole)) / (u128::from(whole) * 2);
    if rounded == 0 {
        format!("<\u{a0}1{space}%")
    } else if rounded >= 100 && part < whole {
        format!(">\u{a0}99{space}%")
    } else {
        format!("{rounded}{space}%")
    }
}

/// `24. November 2026` or `24 November 2026`.
pub fn day(date: Date, lang: Lang) -> String {
    let (months, dot) = match lang {
        Lang::De => (&MONTHS_DE, "."),
        Lang::En => (&MONTHS_EN, ""),
    };
    let month = usize::try_from(date.month() - 1)
        .ok()
        .and_then(|m| months.get(m));
    format!(
        "{}{dot}\u{a0}{} {}",
        date.day(),
        month.unwrap_or(&""),
        date.year()
    )
}

/// A time of day with its date, `24. November 2026, 14:05`.
pub fn time(at: Timestamp, zone: &TimeZone, lang: Lang) -> String {
    let local = at.to_zoned_datetime(zone.clone());
    let (hour, minute) = (local.hour(), local.minute());
    format!("{}, {hour:02}:{minute:02}", day(local.date(), lang))
}

const MONTHS_DE: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(count(0, Lang::De), "0");
        assert_eq!(count(999, Lang::De), "999");
        assert_eq!(count(3000, Lang::De), "3.000");
        assert_eq!(count(1_234_567, Lang::En), "1,234,567");
    }

    #[test]
    fn a_share_never_hides_someone() {
        assert_eq!(percent(1, 3000, Lang::En), "<\u{a0}1%");
        assert_eq!(percent(2999, 3000, Lang::En), ">\u{a0}99%");
        assert_eq!(percent(3000, 3000, Lang::De), "100\u{a0}%");
        assert_eq!(percent(0, 0, Lang::En), "0%");
        assert_eq!(percent(1, 8, Lang::En), "13%");
        assert_eq!(percent(u64::MAX, u64::MAX, Lang::En), "100%");
    }

    #[test]
    fn days_are_written_out() {
        assert_eq!(day(date(2026, 3, 1), Lang::De), "1.\u{a0}März 2026");
        assert_eq!(day(date(2026, 12, 24), Lang::En), "24\u{a0}December 2026");
    }
}
