//! How the backups are: when the last one was made and the last drill went well.

use jiff::{SignedDuration, Timestamp};

use crate::log::append::Kind;
use crate::{Condition, Diagnosis, Error, Organisation};

/// After this time without a backup somebody should look.
pub const LONGEST_WITHOUT_BACKUP: SignedDuration = SignedDuration::from_hours(48);
/// After this time without a drill that went well somebody should look.
pub const LONGEST_WITHOUT_DRILL: SignedDuration = SignedDuration::from_hours(90 * 24);

/// When backups were last made and tried out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BackupCondition {
    /// When the last backup was made.
    pub made_at: Option<Timestamp>,
    /// When the last drill went well.
    pub drilled_at: Option<Timestamp>,
    /// When the last drill failed, if none went well since.
    pub failed_at: Option<Timestamp>,
}

impl BackupCondition {
    /// Of two organisations the older times, and a drill that failed for either.
    #[must_use]
    pub fn or_worse(self, other: Self) -> Self {
        Self {
            made_at: self.made_at.min(other.made_at),
            drilled_at: self.drilled_at.min(other.drilled_at),
            failed_at: self.failed_at.max(other.failed_at),
        }
    }

    /// Whether there is no backup that is new enough.
    pub fn lacks_backup(&self, now: Timestamp) -> bool {
        older(self.made_at, now, LONGEST_WITHOUT_BACKUP)
    }

    /// Whether no drill went well in time, or the last one failed.
    pub fn lacks_drill(&self, now: Timestamp) -> bool {
        self.failed_at.is_some() || older(self.drilled_at, now, LONGEST_WITHOUT_DRILL)
    }

    /// What to say about it.
    pub fn diagnose(&self, now: Timestamp) -> Diagnosis {
        let (Some(made), false) = (self.made_at, self.lacks_backup(now)) else {
            let last = self.made_at.map_or_else(
                || "there is no backup".to_owned(),
                |at| format!("the last backup is of {at}"),
            );
            return Diagnosis::new(
                Condition::Attention,
                "backup",
                format!("{last}: run `leitplanke backup`, or `leitplanke serve --backup-to`"),
            );
        };
        if let Some(failed) = self.failed_at {
            return Diagnosis::new(
                Condition::Attention,
                "backup",
                format!(
                    "the last backup is of {made}, but it could not be restored in the drill of \
                     {failed}: the evidence log says why"
                ),
            );
        }
        match self.drilled_at {
            Some(drilled) if !self.lacks_drill(now) => Diagnosis::new(
                Condition::Good,
                "backup",
                format!("the last one is of {made}, the last drill of {drilled}"),
            ),
            _ => Diagnosis::new(
                Condition::Attention,
                "backup",
                format!(
                    "the last one is of {made}, but no drill proved lately that it can be restored: \
                     run `leitplanke backup drill`"
                ),
            ),
        }
    }
}

/// A time that lies ahead, after a change of the clock, is not old.
fn older(at: Option<Timestamp>, now: Timestamp, longest: SignedDuration) -> bool {
    at.is_none_or(|at| now.duration_since(at) > longest)
}

impl Organisation {
    /// When backups were last made and tried out.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn backup_condition(&self) -> Result<BackupCondition, Error> {
        self.store().read(|tx| {
            let mut last = |kind: Kind| -> Result<_, Error> {
                let entry =
                    store::evidence_entry::newest_about_backups(tx, self.id(), kind as i16)?;
                Ok(entry.map(|entry| entry.at))
            };
            let drilled_at = last(Kind::BackupDrilled)?;
            Ok(BackupCondition {
                made_at: last(Kind::BackupMade)?,
                drilled_at,
                failed_at: last(Kind::BackupDrillFailed)?.filter(|at| drilled_at < Some(*at)),
            })
        })
    }
}
