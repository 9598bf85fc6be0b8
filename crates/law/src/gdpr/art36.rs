//! GDPR Art. 36: the authority is consulted before processing if the assessment shows a high
//! risk that the controller's measures don't remove (36(1)). The authority advises within eight
//! weeks of the request; for complex processing it may take six more, which it tells within one
//! month; the periods rest until it has what it asked for (36(2)).
//!
//! In force since 2018-05-25. Reviewed 2026-11-24.

use jiff::civil::Date;

use crate::Citation;

/// Duty to consult.
pub const DUTY: Citation = Citation::new("GDPR Art. 36(1)");
/// The authority's period.
pub const PERIOD: Citation = Citation::new("GDPR Art. 36(2)");
/// What the authority is given.
pub const CONTENT: Citation = Citation::new("GDPR Art. 36(3)");
/// Weeks for the advice.
pub const WEEKS: i32 = 8;
/// Weeks by which the authority may extend.
pub const EXTENSION_WEEKS: i32 = 6;

/// The day on which the period for the advice ends: the same weekday after eight weeks, or
/// fourteen if `extended` (Reg. 1182/71 Art. 3(1), (2)(c)). Public holidays are not considered.
pub fn advice_by(requested: Date, extended: bool) -> Date {
    let weeks = if extended {
        WEEKS + EXTENSION_WEEKS
    } else {
        WEEKS
    };
    requested.saturating_add(jiff::Span::new().weeks(weeks))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_authority_has_eight_weeks_and_six_more_if_it_extends() {
        assert_eq!(advice_by(date(2026, 3, 2), false), date(2026, 4, 27));
        assert_eq!(advice_by(date(2026, 3, 2), true), date(2026, 6, 8));
    }
}
