//! The dice of the sample list. The seed is fixed, so that everybody sees the same list.

use jiff::Span;
use jiff::civil::Date;

pub(super) struct Chance(fastrand::Rng);

impl Chance {
    pub(super) fn new() -> Self {
        Self(fastrand::Rng::with_seed(0x004d_7573_7465_7262))
    }

    /// True in `share` of a hundred throws.
    pub(super) fn percent(&mut self, share: u32) -> bool {
        self.0.u32(0..100) < share
    }

    /// A number below `end`; 0 if `end` is 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0.usize(0..end.max(1))
    }

    /// One entry of a list that is separated by a comma and a blank.
    pub(super) fn word(&mut self, list: &'static str) -> &'static str {
        let chosen = self.below(list.split(", ").count());
        list.split(", ").nth(chosen).unwrap_or_default()
    }

    pub(super) fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }

    /// An entry, each as often as its weight says; the last one if the weights leave it open.
    pub(super) fn weighted<'a, T>(
        &mut self,
        list: &'a [T],
        weight: fn(&T) -> u32,
    ) -> Option<&'a T> {
        let mut left = self.0.u32(0..list.iter().map(weight).sum::<u32>().max(1));
        for entry in list {
            match left.checked_sub(weight(entry)) {
                Some(rest) => left = rest,
                None => return Some(entry),
            }
        }
        list.last()
    }

    /// A day from `first` to `last`, both included; `first` if `last` is before it.
    pub(super) fn day(&mut self, first: Date, last: Date) -> Date {
        let days = first.until(last).map_or(0, |span| span.get_days()).max(0);
        first.saturating_add(Span::new().days(self.0.i32(0..=days)))
    }

    /// A day that lies at least `least` and at most `most` days before `today`.
    pub(super) fn ago(&mut self, today: Date, least: i32, most: i32) -> Date {
        today.saturating_sub(Span::new().days(self.0.i32(least..=most.max(least))))
    }
}
