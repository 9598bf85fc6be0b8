//! How many of those who see a form go on, by form, place or legal basis. Small groups are hidden, so
//! that a count never tells what one person did.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Serialize;

use super::funnel::{FormCount, Stage};
use crate::{Error, Organisation};

/// Groups smaller than this are hidden.
const SMALLEST: u64 = 5;

/// By what is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RatesBy {
    /// The form.
    Form,
    /// Where people came from.
    Source,
    /// The legal basis. It is known once a form was sent; those who only saw it are not told apart.
    Basis,
}

/// A number of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Number {
    /// So many; nought too.
    Exactly(u64),
    /// Some, but fewer than five.
    Few,
}

/// Rates over some time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rates {
    /// One line for each form, place or legal basis, by name.
    pub lines: Vec<RatesLine>,
    /// All of them together, as far as they are shown.
    pub total: RatesLine,
    /// The first day, a Monday.
    pub first: Date,
    /// The last day, a Sunday.
    pub last: Date,
}

/// How far the people of one line came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatesLine {
    /// The form, place or legal basis.
    pub key: String,
    /// How many came so far, in the order of [`Stage::ALL`].
    counts: [u64; 5],
}

impl RatesLine {
    fn new(key: &str) -> Self {
        Self {
            key: key.to_owned(),
            counts: [0; 5],
        }
    }

    fn add(&mut self, count: &FormCount) {
        let stage = Stage::ALL.iter().position(|one| one.name() == count.stage);
        if let Some(at) = stage {
            self.counts[at] += count.count;
        }
    }

    /// How many came as far as `stage`.
    pub fn count(&self, stage: Stage) -> Number {
        match self.counts[stage as usize - 1] {
            1..SMALLEST => Number::Few,
            count => Number::Exactly(count),
        }
    }

    /// The share of those at the stage before who came as far as `stage`, with the range in which it
    /// lies with 95 % confidence (Wilson score interval); `None` where a group is hidden or empty.
    pub fn share(&self, stage: Stage) -> Option<Share> {
        let at = stage as usize - 1;
        let before = *self.counts.get(at.checked_sub(1)?)?;
        // More can come than before: who saw the form in one period may send it in the next.
        let now = self.counts[at].min(before);
        let hidden = |count: u64| (1..SMALLEST).contains(&count);
        if before == 0 || hidden(before) || hidden(now) || hidden(before - now) {
            return None;
        }
        Some(Share::of(now, before))
    }
}

/// A share with the range in which it lies, each between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// What was counted.
    pub value: f64,
    /// The least that it may be in truth.
    pub low: f64,
    /// The most.
    pub high: f64,
}

impl Share {
    fn of(part: u64, whole: u64) -> Self {
        // Counts of people are far below what a float holds exactly.
        #[allow(clippy::cast_precision_loss)]
        let (part, n) = (part as f64, whole as f64);
        let (p, z) = (part / n, 1.96_f64);
        let middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
        let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt() / (1.0 + z * z / n);
        Self {
            value: p,
            low: (middle - half).max(0.0),
            high: (middle + half).min(1.0),
        }
    }

    /// Whether the two differ by more than chance explains: their ranges do not meet.
    pub fn differs_from(self, other: Self) -> bool {
        self.low > other.high || other.low > self.high
    }
}

impl Organisation {
    /// How far people came in the weeks from that of `first` to that of `last`.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn form_rates(&self, by: RatesBy, first: Date, last: Date) -> Result<Rates, Error> {
        let mut lines: BTreeMap<String, RatesLine> = BTreeMap::new();
        // Whole weeks: two times that differ by a day would tell what happened on that day.
        let (first, last) = whole_weeks(first, last);
        for count in self.form_counts(first, last)? {
            let key = match by {
                RatesBy::Form => &count.form,
                RatesBy::Source => &count.source,
                RatesBy::Basis if count.stage == Stage::Viewed.name() => continue,
                RatesBy::Basis => &count.basis,
            };
            let line = lines.entry(key.clone());
            line.or_insert_with(|| RatesLine::new(key)).add(&count);
        }
        let lines: Vec<_> = lines.into_values().collect();
        // What is hidden in a line is not added either, or the others would tell it.
        let mut total = RatesLine::new("");
        for stage in Stage::ALL {
            let shown = lines.iter().map(|line| match line.count(stage) {
                Number::Exactly(count) => count,
                Number::Few => 0,
            });
            let hidden = lines.iter().any(|line| line.count(stage) == Number::Few);
            // Nothing but hidden groups is a hidden group, and not nobody.
            total.counts[stage as usize - 1] = shown.sum::<u64>().max(u64::from(hidden));
        }
        Ok(Rates {
            lines,
            total,
            first,
            last,
        })
    }
}

/// From the Monday of the first day's week to the Sunday of the last day's.
fn whole_weeks(first: Date, last: Date) -> (Date, Date) {
    let before = i64::from(first.weekday().to_monday_zero_offset());
    let after = 6 - i64::from(last.weekday().to_monday_zero_offset());
    (
        first.saturating_sub(before.days()),
        last.saturating_add(after.days()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(counts: [u64; 5]) -> RatesLine {
        RatesLine {
            key: "whitepaper".to_owned(),
            counts,
        }
    }

    #[test]
    fn small_groups_are_hidden_and_so_is_what_would_tell_them() {
        let line = line([100, 98, 4, 0, 0]);
        assert_eq!(line.count(Stage::Submitted), Number::Exactly(98));
        assert_eq!(line.count(Stage::Confirmed), Number::Few);
        assert_eq!(line.count(Stage::Enquiry), Number::Exactly(0));
        assert_eq!(line.share(Stage::Submitted), None, "two did not send it");
        assert_eq!(line.share(Stage::Confirmed), None);
        assert_eq!(line.share(Stage::Viewed), None);
    }

    #[test]
    fn a_share_lies_in_its_range_which_narrows_with_the_numbers() {
        let few = line([50, 10, 0, 0, 0]).share(Stage::Submitted).unwrap();
        let many = line([5000, 1000, 0, 0, 0]).share(Stage::Submitted).unwrap();
        assert!((few.value - 0.2).abs() < 1e-9 && few.low < 0.2 && few.high > 0.2);
        assert!((few.low - 0.1124).abs() < 0.001 && (few.high - 0.3304).abs() < 0.001);
        assert!(many.high - many.low < few.high - few.low);
        let better = line([5000, 1500, 0, 0, 0]).share(Stage::Submitted).unwrap();
        assert!(better.differs_from(many) && !better.differs_from(few));
    }
}
