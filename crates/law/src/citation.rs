//! Citations of statutes and decisions, which may be renumbered over time.

use jiff::civil::Date;

/// A citation of a provision or a decision, for example `UWG § 7(2) Nr. 2`.
///
/// Provisions move: what is § 7(2) Nr. 2 UWG today was Nr. 3 until 27 May 2022. A citation
/// therefore knows its earlier labels, and [`Citation::label`] gives the one in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Citation {
    label: &'static str,
    earlier: &'static [(Date, &'static str)],
}

impl Citation {
    /// A citation whose label never changed.
    pub const fn new(label: &'static str) -> Self {
        Self {
            label,
            earlier: &[],
        }
    }

    /// A citation with earlier labels. Each pair says up to which day, exclusive, the earlier
    /// label was the right one; pairs are in order of time.
    pub const fn renumbered(label: &'static str, earlier: &'static [(Date, &'static str)]) -> Self {
        Self { label, earlier }
    }

    /// The label that was right on the day `on`.
    pub fn label(&self, on: Date) -> &'static str {
        self.earlier
            .iter()
            .find(|(until, _)| on < *until)
            .map_or(self.label, |(_, label)| *label)
    }

    /// The label in force today, that is, the newest one known here.
    pub const fn current(&self) -> &'static str {
        self.label
    }
}

/// How certain a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Confidence {
    /// The statute's words or settled case law.
    Settled,
    /// Disputed, or not confirmed by a published source here: a person is to check it.
    ToBeChecked,
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const ADVERTISING_BY_MAIL: Citation = Citation::renumbered(
        "UWG § 7(2) Nr. 2",
        &[(date(2022, 5, 28), "UWG § 7(2) Nr. 3")],
    );

    #[test]
    fn label_is_the_one_in_force_on_the_day() {
        assert_eq!(
            ADVERTISING_BY_MAIL.label(date(2022, 5, 27)),
            "UWG § 7(2) Nr. 3"
        );
        assert_eq!(
            ADVERTISING_BY_MAIL.label(date(2022, 5, 28)),
            "UWG § 7(2) Nr. 2"
        );
        assert_eq!(ADVERTISING_BY_MAIL.current(), "UWG § 7(2) Nr. 2");
    }
}
