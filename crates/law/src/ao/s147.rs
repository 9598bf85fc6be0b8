//! AO § 147: keeping documents for tax.
//!
//! (1) Nr. 1 books, records, inventories, statements, instructions, Nr. 4a customs papers: ten
//! years; Nr. 4 booking vouchers: eight years; Nr. 2, 3, 5 letters and other documents that
//! matter for tax: six years (3). The period starts with the end of the calendar year of the
//! last entry, preparation, receipt or sending (4), and does not end while the tax may still be
//! assessed (3).
//!
//! Eight instead of ten years for vouchers since 2025-01-01 (BEG IV), also for those whose ten
//! years still ran then (EGAO Art. 97 § 19a). Banks, insurers and securities institutions keep
//! ten: their shortening was withdrawn before it began (act of November 2025). Reviewed
//! 2026-11-24. Sources: EY Steuernachrichten, iww.de, steuer-berater.de.

use jiff::civil::{Date, date};

use crate::Citation;

/// The documents.
pub const PARAGRAPH_1: Citation = Citation::new("AO § 147(1)");
/// The periods.
pub const PARAGRAPH_3: Citation = Citation::new("AO § 147(3)");
/// The start.
pub const PARAGRAPH_4: Citation = Citation::new("AO § 147(4)");
/// The transition from ten to eight years.
pub const TRANSITION: Citation = Citation::new("EGAO Art. 97 § 19a");
/// The first day of eight years for vouchers.
pub const SHORTENED_ON: Date = date(2025, 1, 1);

/// The classes of documents that HGB § 257 and AO § 147 know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Books, inventories, statements, instructions, customs papers.
    Books,
    /// Booking vouchers, invoices among them.
    Vouchers,
    /// Business letters and other documents that matter for tax.
    Letters,
}

/// How long a document of `class` from `created` is kept, in years, by the law of the day `on`.
/// `financial` is a bank, insurer or securities institution.
pub fn years(class: Class, created: Date, financial: bool, on: Date) -> i16 {
    match class {
        Class::Books => 10,
        Class::Letters => 6,
        Class::Vouchers if financial || on < SHORTENED_ON => 10,
        // Ten years from the end of 2014 were over when the shorter period came.
        Class::Vouchers if end_of_year(created, 10) < SHORTENED_ON => 10,
        Class::Vouchers => 8,
    }
}

/// The last day of a period of `years` that starts with the end of the year of `created`.
pub fn end_of_year(created: Date, years: i16) -> Date {
    date(created.year().saturating_add(years).min(9999), 12, 31)
}

/// The first day on which a document may go: the day after the period, but for vouchers under
/// the eight years not before these applied.
pub fn free_from(end: Date, years: i16) -> Date {
    let next = end.tomorrow().unwrap_or(end);
    if years == 8 {
        next.max(SHORTENED_ON)
    } else {
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = date(2026, 11, 24);

    #[test]
    fn eight_years_reach_back_to_vouchers_whose_ten_years_still_ran() {
        assert_eq!(years(Class::Vouchers, date(2014, 12, 31), false, TODAY), 10);
        assert_eq!(years(Class::Vouchers, date(2015, 1, 1), false, TODAY), 8);
        assert_eq!(years(Class::Vouchers, date(2018, 3, 15), false, TODAY), 8);
    }

    #[test]
    fn before_2025_and_for_banks_vouchers_are_kept_for_ten_years() {
        assert_eq!(
            years(
                Class::Vouchers,
                date(2018, 3, 15),
                false,
                date(2024, 12, 31)
            ),
            10
        );
        assert_eq!(years(Class::Vouchers, date(2018, 3, 15), true, TODAY), 10);
    }

    #[test]
    fn no_voucher_could_go_under_the_new_period_before_it_began() {
        let end = end_of_year(date(2015, 6, 1), 8);
        assert_eq!(end, date(2023, 12, 31));
        assert_eq!(free_from(end, 8), date(2025, 1, 1));
        assert_eq!(free_from(date(2025, 12, 31), 8), date(2026, 1, 1));
    }

    #[test]
    fn the_period_starts_with_the_end_of_the_year() {
        assert_eq!(end_of_year(date(2020, 1, 1), 6), date(2026, 12, 31));
        assert_eq!(end_of_year(date(2020, 12, 31), 10), date(2030, 12, 31));
    }
}
