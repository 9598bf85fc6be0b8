//! Interleaved rounds of two programs, their ratio, and one line of the table.
//!
//! A figure alone says little on a machine that others use too. So both sides of every comparison
//! run in turn within one process, each round gives a ratio, and the median of the ratios counts.

use std::error::Error;
use std::fmt;
use std::time::Instant;

/// What a program can end with.
pub type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// Runs `work`, which returns how many things it did, and gives the rate in things a second.
///
/// # Errors
/// When `work` fails.
pub fn rate(work: impl FnOnce() -> Result<usize>) -> Result<f64> {
    let start = Instant::now();
    let count = work()?;
    // A count that a benchmark reaches is exact in a float.
    #[allow(clippy::cast_precision_loss)]
    Ok(count as f64 / start.elapsed().as_secs_f64())
}

/// The median of several rounds, with the least and the greatest.
#[derive(Clone, Copy, Debug)]
pub struct Spread {
    /// The median.
    pub median: f64,
    /// The least.
    pub min: f64,
    /// The greatest.
    pub max: f64,
}

impl Spread {
    /// Of the figures of one or more rounds.
    pub fn of(mut figures: Vec<f64>) -> Self {
        figures.sort_by(f64::total_cmp);
        let middle = figures.len() / 2;
        let upper = figures.get(middle).copied().unwrap_or(f64::NAN);
        let median = match middle.checked_sub(1).and_then(|below| figures.get(below)) {
            Some(lower) if figures.len().is_multiple_of(2) => f64::midpoint(*lower, upper),
            _ => upper,
        };
        Self {
            median,
            min: figures.first().copied().unwrap_or(f64::NAN),
            max: figures.last().copied().unwrap_or(f64::NAN),
        }
    }
}

/// Two rates and their ratio.
#[derive(Clone, Copy, Debug)]
pub struct Comparison {
    /// Rate of what is measured.
    pub ours: Spread,
    /// Rate of what it is measured against.
    pub theirs: Spread,
    /// Ours divided by theirs, round by round.
    pub ratio: Spread,
}

/// Measures both in turn: one round each that does not count, then `rounds` that do. Who begins
/// changes from round to round.
///
/// # Errors
/// When one of them fails.
pub fn compare(
    rounds: usize,
    mut ours: impl FnMut() -> Result<f64>,
    mut theirs: impl FnMut() -> Result<f64>,
) -> Result<Comparison> {
    ours()?;
    theirs()?;
    let mut pairs = Vec::with_capacity(rounds);
    for round in 0..rounds {
        pairs.push(if round.is_multiple_of(2) {
            let first = ours()?;
            (first, theirs()?)
        } else {
            let first = theirs()?;
            (ours()?, first)
        });
    }
    Ok(Comparison {
        ours: Spread::of(pairs.iter().map(|(ours, _)| *ours).collect()),
        theirs: Spread::of(pairs.iter().map(|(_, theirs)| *theirs).collect()),
        ratio: Spread::of(pairs.iter().map(|(ours, theirs)| ours / theirs).collect()),
    })
}

/// One line of the table. `bench/run` prints the heading.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// What is measured.
    pub ours: &'a str,
    /// What it is measured against.
    pub theirs: &'a str,
    /// What the rates count, each second.
    pub unit: &'a str,
    /// The figures.
    pub figures: Comparison,
    /// The least ratio that is good enough; `None` where it is there to know.
    pub goal: Option<f64>,
}

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Comparison {
            ours,
            theirs,
            ratio,
        } = &self.figures;
        let goal = match self.goal {
            None => "-".to_owned(),
            Some(goal) if ratio.median >= goal => format!(">= {goal}  met"),
            Some(goal) => format!(">= {goal}  missed"),
        };
        write!(
            f,
            "{:<34} {:<34} {:>9} {:>9} {:<10} {:>7} {:>15}  {goal}",
            self.ours,
            self.theirs,
            short(ours.median),
            short(theirs.median),
            self.unit,
            figure(ratio.median),
            format!("{}-{}", figure(ratio.min), figure(ratio.max)),
        )
    }
}

/// A rate with three digits and k or M.
fn short(rate: f64) -> String {
    match rate {
        rate if rate >= 1e6 => format!("{} M", figure(rate / 1e6)),
        rate if rate >= 1e3 => format!("{} k", figure(rate / 1e3)),
        rate => figure(rate),
    }
}

fn figure(value: f64) -> String {
    match value {
        value if value >= 100.0 => format!("{value:.0}"),
        value if value >= 10.0 => format!("{value:.1}"),
        value => format!("{value:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_or_between_the_two_in_the_middle() {
        let odd = Spread::of(vec![9.0, 1.0, 2.0]);
        assert!(odd.median.total_cmp(&2.0).is_eq());
        let even = Spread::of(vec![4.0, 1.0, 2.0, 9.0]);
        assert!(even.median.total_cmp(&3.0).is_eq());
        assert!(even.min.total_cmp(&1.0).is_eq() && even.max.total_cmp(&9.0).is_eq());
    }

    #[test]
    fn both_sides_run_once_more_than_the_rounds_that_count() {
        let (mut ours, mut theirs) = (0, 0);
        let count = |calls: &mut i32| {
            *calls += 1;
            Ok(f64::from(*calls))
        };
        let figures = compare(5, || count(&mut ours), || count(&mut theirs)).unwrap();
        assert!(figures.ratio.median.total_cmp(&1.0).is_eq());
        assert_eq!((ours, theirs), (6, 6));
    }

    #[test]
    fn rates_are_short() {
        let texts = [0.5, 14.26, 999.0, 2_345.0, 14_300_000.0].map(short);
        assert_eq!(texts, ["0.50", "14.3", "999", "2.35 k", "14.3 M"]);
    }
}
