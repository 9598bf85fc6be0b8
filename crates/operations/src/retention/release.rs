//! Who releases runs: one person, a second one, or nobody. Four eyes are not loosened by two.

use jiff::Timestamp;
use serde_json::{Value, json};
use store::Tx;
use store::retention_release::Setting;

use super::RetentionFault;
use crate::log::append::{self, Kind};
use crate::state;
use crate::{Act, Error, Organisation};

/// Who releases runs. The numbers are stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(i16)]
pub enum Release {
    /// Anybody who may erase.
    #[default]
    One = 1,
    /// Another person than the one who proposed the run.
    Two = 2,
    /// Nobody: what is due goes every day.
    Daily = 3,
}

impl Release {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::One, Self::Two, Self::Daily];

    /// Its name in evidence, forms and JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Two => "two",
            Self::Daily => "daily",
        }
    }

    /// The way with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.name() == name)
    }

    pub(super) fn stored(number: i16) -> Result<Self, Error> {
        let found = Self::ALL.into_iter().find(|way| *way as i16 == number);
        found.ok_or(Error::Stored("release of runs"))
    }

    /// The way that is in force.
    pub(super) fn read(tx: &mut Tx<'_>, this: &Organisation) -> Result<Self, Error> {
        let stored = store::retention_release::get(tx, this.id())?;
        stored.map_or(Ok(Self::default()), |row| Self::stored(row.release))
    }

    /// The way by which a run is released that was proposed while `self` was in force: a change that came
    /// later loosens nothing.
    pub(super) const fn and(self, today: Self) -> Self {
        match (self, today) {
            (Self::Two, _) | (_, Self::Two) => Self::Two,
            (_, today) => today,
        }
    }
}

/// A way of release that somebody asked for and a second person has to confirm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseAsked {
    /// The way.
    pub release: Release,
    /// The account that asked for it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl ReleaseAsked {
    pub(super) fn read(tx: &mut Tx<'_>, this: &Organisation) -> Result<Option<Self>, Error> {
        let stored = store::retention_release::get(tx, this.id())?;
        stored.map_or(Ok(None), |row| Self::of(&row))
    }

    fn of(row: &Setting) -> Result<Option<Self>, Error> {
        let Some(number) = row.asked else {
            return Ok(None);
        };
        let by = row.asked_by.clone().zip(row.asked_at);
        let (by, at) = by.ok_or(Error::Stored("release of runs"))?;
        let release = Release::stored(number)?;
        Ok(Some(Self { release, by, at }))
    }
}

/// What became of a change of release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReleaseSet {
    /// The evidence entry.
    pub entry: i64,
    /// Whether it is in force; else a second person has to confirm it.
    pub in_force: bool,
}

impl Organisation {
    /// Says who releases runs. While a second person has to, anything looser is only asked for, and a
    /// second person [confirms](Self::confirm_retention_release) it; that a second person has to is in
    /// force at once, and ends what was asked for.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn set_retention_release(&self, release: Release, act: &Act) -> Result<ReleaseSet, Error> {
        let (this, by) = (self.clone(), act.clone());
        self.store().write(move |tx| {
            let mut row = setting_to_change(tx, &this)?;
            let loosens = row.release == Release::Two as i16 && release != Release::Two;
            let entry = if loosens {
                row.asked = Some(release as i16);
                row.asked_by = Some(by.by.clone());
                row.asked_at = Some(by.at);
                write(
                    tx,
                    &this,
                    &row,
                    (
                        Kind::RetentionReleaseAsked,
                        json!({ "release": release.name() }),
                    ),
                    &by,
                )?
            } else {
                in_force(&mut row, release);
                write(
                    tx,
                    &this,
                    &row,
                    (Kind::RetentionSet, json!({ "release": release.name() })),
                    &by,
                )?
            };
            Ok(ReleaseSet {
                entry,
                in_force: !loosens,
            })
        })
    }

    /// Confirms the looser way of release that somebody else asked for, as it was shown. Returns the number
    /// of the evidence entry.
    ///
    /// # Errors
    /// When something else or nothing is asked for now, or the same person asked for it.
    pub fn confirm_retention_release(&self, release: Release, act: &Act) -> Result<i64, Error> {
        let (this, by) = (self.clone(), act.clone());
        self.store().write(move |tx| {
            let mut row = setting_to_change(tx, &this)?;
            let asked = ReleaseAsked::of(&row)?.filter(|asked| asked.release == release);
            let asked = asked.ok_or(RetentionFault::ReleaseMoved)?;
            if asked.by == by.by {
                return Err(RetentionFault::SecondPersonSets.into());
            }
            in_force(&mut row, release);
            let what = json!({ "release": release.name(), "asked_by": asked.by });
            write(tx, &this, &row, (Kind::RetentionSet, what), &by)
        })
    }
}

pub(super) fn setting_to_change(tx: &mut Tx<'_>, this: &Organisation) -> Result<Setting, Error> {
    let stored = store::retention_release::get_to_change(tx, this.id())?;
    Ok(stored.unwrap_or(Setting {
        org: this.id(),
        release: Release::default() as i16,
        asked: None,
        asked_by: None,
        asked_at: None,
    }))
}

pub(super) fn in_force(row: &mut Setting, release: Release) {
    row.release = release as i16;
    row.asked = None;
    row.asked_by = None;
    row.asked_at = None;
}

pub(super) fn write(
    tx: &mut Tx<'_>,
    this: &Organisation,
    row: &Setting,
    (kind, mut what): (Kind, Value),
    act: &Act,
) -> Result<i64, Error> {
    store::retention_release::put(tx, row)?;
    what["row"] = json!(state::retention_setting(row));
    append::clear(tx, this, act, kind, what)
}
