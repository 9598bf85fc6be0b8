//! GDPR Art. 12: how and by when requests of data subjects are answered.
//!
//! (3) Information on action taken within one month of receipt; two further months for complex
//! or numerous requests if the person is told, with reasons, within the first. (4) A refusal
//! goes out within the month too, with reasons and remedies. (5) Free of charge, unless
//! manifestly unfounded or excessive, which the controller has to show. (6) In reasonable doubt
//! about identity the controller may ask for more.
//!
//! In force since 2018-05-25. Reviewed 2026-11-24. Source: EUR-Lex; EDPB Guidelines 01/2022;
//! CJEU C-307/22 (first copy free, no reasons needed).

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::Citation;
use crate::Text;
use crate::holidays::Calendar;
use crate::regulation_1182_71::last_day_of_months;

/// Periods for answering.
pub const PARAGRAPH_3: Citation = Citation::new("GDPR Art. 12(3)");
/// Refusals.
pub const PARAGRAPH_4: Citation = Citation::new("GDPR Art. 12(4)");
/// Free of charge.
pub const PARAGRAPH_5: Citation = Citation::new("GDPR Art. 12(5)");
/// Doubts about identity.
pub const PARAGRAPH_6: Citation = Citation::new("GDPR Art. 12(6)");

/// What a refusal has to contain (Art. 12(4)).
pub const REFUSAL_CONTENT: [Text; 3] = [
    Text::new("Gründe", "reasons"),
    Text::new(
        "Beschwerderecht bei einer Aufsichtsbehörde",
        "right to complain to a supervisory authority",
    ),
    Text::new("gerichtlicher Rechtsbehelf", "judicial remedy"),
];

/// The last day for the answer to a request received on `received`, and for telling the person
/// about an extension.
pub fn due(received: Date, calendar: Calendar) -> Date {
    last_day_of_months(received, 1, calendar)
}

/// The last day for the answer after a valid extension: three months from receipt in all.
pub fn due_when_extended(received: Date, calendar: Calendar) -> Date {
    last_day_of_months(received, 3, calendar)
}

/// The last day if the clock stood still while the controller waited for proof of identity from
/// `asked` to `proven` (EDPB Guidelines 01/2022 para 157). The cautious reading: only the days
/// of waiting are added to the month.
pub fn due_after_identity_check(
    received: Date,
    asked: Date,
    proven: Date,
    months: i8,
    calendar: Calendar,
) -> Date {
    let waited = asked.until(proven).map_or(0, |span| span.get_days().max(0));
    let end = crate::regulation_1182_71::same_day_after_months(received, months);
    calendar.working_day_from(end.saturating_add(waited.days()))
}

/// Why a controller would refuse a request or charge for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Objectionable {
    /// Nothing that Art. 12(5) knows: a purpose outside data protection, effort, a national
    /// rule on cost, no reasons stated.
    No,
    /// A further copy of what was given already.
    FurtherCopy,
    /// Manifestly unfounded or excessive, shown by the controller.
    UnfoundedOrExcessive,
}

/// Whether a fee may be charged: for a further copy (Art. 15(3) sentence 2) and for manifestly
/// unfounded or excessive requests (Art. 12(5)(a)).
pub const fn may_charge(objectionable: Objectionable) -> bool {
    !matches!(objectionable, Objectionable::No)
}

/// Whether the request may be refused as such (Art. 12(5)(b)).
pub const fn may_refuse(objectionable: Objectionable) -> bool {
    matches!(objectionable, Objectionable::UnfoundedOrExcessive)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::Country;

    const DE: Calendar = Calendar::of(Country::DE);

    #[test]
    fn an_extension_counts_from_receipt_and_not_from_the_end_of_the_month() {
        // 31 January + 3 months = 30 April, although 28 February + 2 months would be the 28th.
        assert_eq!(due_when_extended(date(2026, 1, 31), DE), date(2026, 4, 30));
    }

    #[test]
    fn waiting_for_proof_of_identity_is_added_to_the_month() {
        let due =
            due_after_identity_check(date(2026, 6, 1), date(2026, 6, 2), date(2026, 6, 10), 1, DE);
        assert_eq!(due, date(2026, 7, 9));
    }

    #[test]
    fn only_unfounded_or_excessive_requests_may_be_refused() {
        assert!(!may_refuse(Objectionable::No) && !may_charge(Objectionable::No));
        assert!(!may_refuse(Objectionable::FurtherCopy) && may_charge(Objectionable::FurtherCopy));
        assert!(may_refuse(Objectionable::UnfoundedOrExcessive));
    }
}
