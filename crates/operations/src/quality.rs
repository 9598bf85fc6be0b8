//! Whether the data on record are right and up to date (GDPR Art. 5(1)(d)): what is known to be wrong, and
//! what nobody has looked at for long. Told by columns alone, so that it is quick however many there are.

use jiff::civil::Date;
use law::facts::Source;
use store::Id;
use store::quality::Doubt as Stored;

use crate::accuracy::years_ago;
use crate::browse::{ContactLine, line_of};
use crate::call::CallOutcome;
use crate::person::LookupKind;
use crate::words::flag;
use crate::{Error, Organisation, words};

/// Why data of a contact may be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Mail to the first address came back for good.
    MailCameBack,
    /// Somebody called and reached somebody else, and nothing was changed after that.
    WrongNumber,
    /// There is neither an address nor a number.
    NoAddress,
    /// Where the data come from is told by no more than "another source" (GDPR Art. 14(2)(f), 15(1)(g)).
    SourceUnclear,
    /// The person never said that the data are right.
    NeverConfirmed,
    /// The person said so more than a year ago.
    ConfirmedOverAYearAgo,
    /// The person said so more than two years ago.
    ConfirmedOverTwoYearsAgo,
    /// Nothing was changed for more than a year.
    UnchangedForAYear,
    /// Nothing was changed for more than two years.
    UnchangedForTwoYears,
}

impl Doubt {
    /// Every one, what is known to be wrong first.
    pub const ALL: [Self; 9] = [
        Self::MailCameBack,
        Self::WrongNumber,
        Self::NoAddress,
        Self::SourceUnclear,
        Self::NeverConfirmed,
        Self::ConfirmedOverAYearAgo,
        Self::ConfirmedOverTwoYearsAgo,
        Self::UnchangedForAYear,
        Self::UnchangedForTwoYears,
    ];

    /// Its name in addresses of pages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::MailCameBack => "mail-came-back",
            Self::WrongNumber => "wrong-number",
            Self::NoAddress => "no-address",
            Self::SourceUnclear => "source-unclear",
            Self::NeverConfirmed => "never-confirmed",
            Self::ConfirmedOverAYearAgo => "confirmed-1",
            Self::ConfirmedOverTwoYearsAgo => "confirmed-2",
            Self::UnchangedForAYear => "unchanged-1",
            Self::UnchangedForTwoYears => "unchanged-2",
        }
    }

    /// The one of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|doubt| doubt.name() == name)
    }

    pub(crate) fn stored(self, today: Date) -> Result<Stored, Error> {
        Ok(match self {
            Self::MailCameBack => Stored::Flags {
                of: flag::EMAIL_UNDELIVERABLE,
                set: flag::EMAIL_UNDELIVERABLE,
            },
            Self::NoAddress => Stored::Flags {
                of: flag::HAS_EMAIL | flag::HAS_PHONE | flag::HAS_POST | flag::HAS_FAX,
                set: 0,
            },
            Self::WrongNumber => Stored::Called(CallOutcome::WrongNumber as i16),
            Self::SourceUnclear => Stored::Source(words::source_number(Source::Other)),
            Self::NeverConfirmed => Stored::NeverConfirmed,
            Self::ConfirmedOverAYearAgo => Stored::ConfirmedBefore(years_ago(today, 1)?),
            Self::ConfirmedOverTwoYearsAgo => Stored::ConfirmedBefore(years_ago(today, 2)?),
            Self::UnchangedForAYear => Stored::UnchangedSince(years_ago(today, 1)?),
            Self::UnchangedForTwoYears => Stored::UnchangedSince(years_ago(today, 2)?),
        })
    }
}

/// How good the data on record are.
#[derive(Clone, Debug)]
pub struct Quality {
    /// Contacts on record.
    pub contacts: u64,
    /// How many of them by each doubt, in the order of [`Doubt::ALL`]. One may count several times.
    pub doubts: [(Doubt, u64); 9],
    /// Addresses, numbers, and names with their postal address that several contacts have.
    pub shared: u64,
}

/// A part of the contacts of whom a doubt is known.
#[derive(Clone, Debug)]
pub struct QualityPage {
    /// The contacts, in the order in which they were taken in.
    pub lines: Vec<ContactLine>,
    /// What the next part begins after; `None` at the end.
    pub next: Option<Id>,
}

impl Organisation {
    /// How good the data on record are, on the day `today`.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn quality(&self, today: Date) -> Result<Quality, Error> {
        let number = |count: i64| u64::try_from(count).unwrap_or_default();
        self.store().read(|tx| {
            let mut doubts = Doubt::ALL.map(|doubt| (doubt, 0));
            for (doubt, count) in &mut doubts {
                let stored = doubt.stored(today)?;
                *count = number(store::quality::count(tx, self.id(), &stored)?);
            }
            let kinds = [LookupKind::Email, LookupKind::Phone, LookupKind::Postal];
            let kinds = kinds.map(|kind| kind as i16);
            Ok(Quality {
                contacts: number(store::contact::counts(tx, self.id())?.present),
                doubts,
                shared: number(store::quality::shared(tx, self.id(), kinds)?),
            })
        })
    }

    /// At most `limit` contacts of whom this doubt is known, after `after`.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn doubtful(
        &self,
        doubt: Doubt,
        after: Option<Id>,
        limit: u32,
        today: Date,
    ) -> Result<QualityPage, Error> {
        self.store().read(|tx| {
            let stored = doubt.stored(today)?;
            let ids = store::quality::list(tx, self.id(), &stored, after, limit)?;
            let full = ids.len() == usize::try_from(limit).unwrap_or(usize::MAX);
            let next = ids.last().copied().filter(|_| full);
            let lines = ids.iter().map(|id| line_of(tx, self, *id));
            Ok(QualityPage {
                lines: lines.collect::<Result<_, Error>>()?,
                next,
            })
        })
    }
}
