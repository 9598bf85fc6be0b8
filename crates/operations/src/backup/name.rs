//! The names of the files: `leitplanke-INSTALLATION-WHEN.backup`, `.manifest` and `.keys`, and
//! `leitplanke-INSTALLATION-ORGANISATION-GENERATION-FROM-TO.journal` with `leitplanke-INSTALLATION-NUMBER.head`.
//! Names that are not ours are let be.

use std::fmt;

use jiff::Timestamp;
use store::Id;

const HEAD: &str = "leitplanke-";
const WHEN: &str = "%Y%m%dT%H%M%S%3fZ";
const MANIFEST: &str = ".manifest";
const DATA: &str = ".backup";
const KEYS: &str = ".keys";
const JOURNAL: &str = ".journal";
const HEAD_END: &str = ".head";

/// What the files of one backup are called, without their ends.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stem {
    /// When it was made, in a form that sorts by time.
    when: String,
    /// Names the installation's secret for backups.
    pub(super) installation: String,
}

impl Stem {
    pub(super) fn new(installation: String, at: Timestamp) -> Self {
        Self {
            when: at.strftime(WHEN).to_string(),
            installation,
        }
    }

    pub(super) fn of_manifest(name: &str) -> Option<Self> {
        Self::of(name, MANIFEST)
    }

    pub(super) fn of_data(name: &str) -> Option<Self> {
        Self::of(name, DATA)
    }

    pub(super) fn of_keys(name: &str) -> Option<Self> {
        Self::of(name, KEYS)
    }

    fn of(name: &str, end: &str) -> Option<Self> {
        let stem = name.strip_prefix(HEAD)?.strip_suffix(end)?;
        let (installation, when) = stem.split_once('-')?;
        let stem = Self {
            when: when.to_owned(),
            installation: installation.to_owned(),
        };
        stem.made_at().map(|_| stem)
    }

    pub(super) fn made_at(&self) -> Option<Timestamp> {
        let civil = self.when.strip_suffix('Z')?;
        let civil = jiff::civil::DateTime::strptime(WHEN.trim_end_matches('Z'), civil);
        jiff::tz::TimeZone::UTC.to_timestamp(civil.ok()?).ok()
    }

    pub(super) fn manifest(&self) -> String {
        format!("{self}{MANIFEST}")
    }

    pub(super) fn data(&self) -> String {
        format!("{self}{DATA}")
    }

    pub(super) fn keys(&self) -> String {
        format!("{self}{KEYS}")
    }
}

impl fmt::Display for Stem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{HEAD}{}-{}", self.installation, self.when)
    }
}

/// A part of the journal: what entries of one log, from one place up to another, said.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Segment {
    pub(super) organisation: Id,
    /// A restore begins a new one, since places in the log are given anew after it. The time of the
    /// restore in milliseconds, 0 before the first.
    pub(super) generation: i64,
    pub(super) from: i64,
    pub(super) to: i64,
    pub(super) installation: String,
}

impl Segment {
    pub(super) fn of(name: &str) -> Option<Self> {
        let parts = name.strip_prefix(HEAD)?.strip_suffix(JOURNAL)?;
        let parts: Vec<_> = parts.split('-').collect();
        let [installation, organisation, generation, from, to] = parts[..] else {
            return None;
        };
        Some(Self {
            organisation: organisation.parse().ok()?,
            generation: generation.parse().ok()?,
            from: from.parse().ok()?,
            to: to.parse().ok()?,
            installation: installation.to_owned(),
        })
    }
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{HEAD}{}-{}-{}-{}-{}{JOURNAL}",
            self.installation, self.organisation, self.generation, self.from, self.to
        )
    }
}

/// The file that says how far the journal reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct HeadName {
    pub(super) installation: String,
    number: String,
}

impl HeadName {
    pub(super) fn new(installation: String, number: String) -> Self {
        Self {
            installation,
            number,
        }
    }

    pub(super) fn of(name: &str) -> Option<Self> {
        let stem = name.strip_prefix(HEAD)?.strip_suffix(HEAD_END)?;
        let (installation, number) = stem.split_once('-')?;
        Some(Self::new(installation.to_owned(), number.to_owned()))
    }
}

impl fmt::Display for HeadName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{HEAD}{}-{}{HEAD_END}", self.installation, self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::{HeadName, Segment, Stem};
    use store::Id;

    #[test]
    fn names_are_read_as_they_are_written_and_sort_by_time() {
        let at = |text: &str| text.parse::<jiff::Timestamp>().unwrap();
        let early = Stem::new("ff00".to_owned(), at("2026-11-25T09:00:00.007Z"));
        let late = Stem::new("0001".to_owned(), at("2026-11-25T10:00:00Z"));
        assert!(early < late);
        assert_eq!(early.data(), "leitplanke-ff00-20261125T090000007Z.backup");
        assert_eq!(Stem::of_data(&early.data()).as_ref(), Some(&early));
        assert_eq!(early.made_at(), Some(at("2026-11-25T09:00:00.007Z")));
        assert_eq!(Stem::of_manifest(&early.data()), None);
        assert_eq!(Stem::of_data("leitplanke-ff00-yesterday.backup"), None);
        let segment = Segment {
            organisation: Id([7; 16]),
            generation: 0,
            from: 3,
            to: 12,
            installation: "ff00".to_owned(),
        };
        assert_eq!(Segment::of(&segment.to_string()), Some(segment));
        assert_eq!(Segment::of("holiday.journal"), None);
        let head = HeadName::new("ff00".to_owned(), "12ab".to_owned());
        assert_eq!(HeadName::of(&head.to_string()), Some(head));
        assert_eq!(HeadName::of("ahead.head"), None);
    }
}
