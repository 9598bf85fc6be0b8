//! UWG § 7a: proof of consent to advertising calls to consumers.
//!
//! (1) The consent is documented in adequate form when it is given and (2) the proof is kept for
//! five years from then and again from every use; (3) it is shown to the authority at once on
//! request.
//!
//! In force since 2021-10-01. Reviewed 2026-11-24. Sources: ipwiki.de; BNetzA
//! Auslegungshinweise of 2022-07-07.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use crate::facts::ContactKind;
use crate::{Channel, ChannelSet, Citation, Country};

/// The duty to document.
pub const PARAGRAPH_1: Citation = Citation::new("UWG § 7a(1)");
/// The period for keeping the proof.
pub const PARAGRAPH_2: Citation = Citation::new("UWG § 7a(2)");
/// The first day of the provision.
pub const IN_FORCE_SINCE: Date = date(2021, 10, 1);
/// How long the proof is kept, in years.
pub const YEARS: i16 = 5;

/// Whether the proof of a consent has to be kept: a consumer's in Germany to advertising calls, by people
/// or by machine.
pub fn applies(kind: ContactKind, country: Option<Country>, channels: ChannelSet) -> bool {
    kind == ContactKind::Consumer
        && country == Some(Country::DE)
        && (channels.contains(Channel::Phone) || channels.contains(Channel::AutomatedCall))
}

/// The last day on which the proof has to be there, for a consent given on `given` and used on
/// the days `uses`. A use before the consent does not count.
pub fn keep_until(given: Date, uses: &[Date]) -> Date {
    uses.iter()
        .copied()
        .fold(given, Date::max)
        .saturating_add(YEARS.years())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_calls_to_consumers_in_germany_are_meant() {
        let phone = ChannelSet::of(Channel::Phone);
        let consumer = ContactKind::Consumer;
        assert!(applies(consumer, Some(Country::DE), phone));
        let machine = ChannelSet::of(Channel::AutomatedCall);
        assert!(applies(consumer, Some(Country::DE), machine));
        assert!(!applies(consumer, "AT".parse().ok(), phone));
        assert!(!applies(consumer, None, phone));
        assert!(!applies(ContactKind::Business, Some(Country::DE), phone));
        let email = ChannelSet::of(Channel::Email);
        assert!(!applies(consumer, Some(Country::DE), email));
    }

    #[test]
    fn the_five_years_start_again_with_every_use() {
        let given = date(2024, 5, 10);
        assert_eq!(keep_until(given, &[]), date(2029, 5, 10));
        assert_eq!(
            keep_until(given, &[date(2026, 2, 20), date(2024, 6, 1)]),
            date(2031, 2, 20)
        );
    }

    #[test]
    fn five_years_from_a_leap_day_end_on_the_last_of_february() {
        assert_eq!(keep_until(date(2024, 2, 29), &[]), date(2029, 2, 28));
    }
}
