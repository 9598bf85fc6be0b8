//! United Kingdom: fines under the Privacy and Electronic Communications Regulations 2003.
//!
//! Since 2026-02-05 (Data (Use and Access) Act 2025) as under the UK GDPR: up to GBP 17.5 million
//! or 4 % of worldwide turnover for direct marketing and terminal equipment; before, GBP 500,000.
//!
//! Reviewed 2026-11-24. Source: consenttrail.co.uk.

use jiff::civil::{Date, date};

use crate::Citation;

/// The regulation on enforcement.
pub const REGULATION_31: Citation = Citation::new("PECR reg. 31");
/// The Act that raised the maximum.
pub const RAISED_BY: Citation = Citation::new("Data (Use and Access) Act 2025");
/// The first day of the higher maximum.
pub const RAISED_ON: Date = date(2026, 2, 5);

/// The maximum in pounds on the day `on`; `turnover` is that of the undertaking in pounds.
pub fn maximum(turnover: Option<u64>, on: Date) -> u64 {
    if on < RAISED_ON {
        return 500_000;
    }
    let share = turnover.map_or(0, |pounds| pounds / 25);
    share.max(17_500_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_maximum_rose_in_february_2026() {
        assert_eq!(maximum(Some(1_000_000_000), date(2026, 2, 4)), 500_000);
        assert_eq!(maximum(Some(1_000_000_000), date(2026, 2, 5)), 40_000_000);
        assert_eq!(maximum(None, date(2026, 2, 5)), 17_500_000);
    }
}
