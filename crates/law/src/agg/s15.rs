//! AGG § 15(4): a rejected applicant asserts claims within two months of receiving the
//! rejection, not before knowing of the discrimination (BAG 8 AZR 21/23), and then sues within
//! three months (ArbGG § 61b(1)).
//!
//! In force since 2006-08-18. Reviewed 2026-11-24. Source: Haufe. A reform that lengthens the
//! period was discussed in 2026: to be checked.

use jiff::civil::Date;

use crate::Citation;
use crate::holidays::Calendar;
use crate::regulation_1182_71::same_day_after_months;

/// The period for asserting claims.
pub const PARAGRAPH_4: Citation = Citation::new("AGG § 15(4)");
/// The period for suing.
pub const ARBGG_61B: Citation = Citation::new("ArbGG § 61b(1)");
/// Months for asserting.
pub const MONTHS: i8 = 2;
/// Months for suing afterwards.
pub const FURTHER_MONTHS: i8 = 3;
/// How long authorities accept that documents of a rejected applicant are kept, in months.
pub const TYPICAL_RETENTION_MONTHS: i8 = 6;

/// The last day for asserting claims after a rejection received on `received`; a weekend or
/// public holiday moves it (BGB § 193).
pub fn last_day(received: Date, calendar: Calendar) -> Date {
    calendar.working_day_from(same_day_after_months(received, MONTHS))
}
