//! Backups at their time, and between them the journal: what was erased, withdrawn or objected to is in
//! it about a second later, and so a key that was shredded leaves the backups.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use operations::backup::{BackupError, Places, Retention};
use operations::{Act, Error, Installation, Organisation};

use crate::cli::BackupOptions;
use crate::depot::places;
use crate::failure::Failure;
use crate::office;

const PERIOD: Duration = Duration::from_secs(1);
/// How long what failed is left alone.
const PATIENCE: SignedDuration = SignedDuration::from_mins(5);
/// The keys are written anew at once when somebody was erased. Where that takes long, because there are very
/// many, the next time comes after this many times as long, so that a run that erases many does not
/// keep the disk busy.
const REST: i32 = 10;
/// The longest time between an erasure and keys without it.
const LONGEST_REST: SignedDuration = SignedDuration::from_mins(10);

/// What the server backs up to, and when.
pub struct Plan {
    places: Places,
    every: SignedDuration,
    retention: Retention,
}

impl Plan {
    /// The plan that the options make; `None` without a place.
    pub fn new(options: &BackupOptions) -> Result<Option<Self>, Failure> {
        let Some(to) = &options.to else {
            return Ok(None);
        };
        Ok(Some(Self {
            places: places(to, options.keys_to.as_deref())?,
            every: options.every,
            retention: Retention {
                count: Some(options.keep),
                days: options.keep_days,
            },
        }))
    }
}

struct Round<'a> {
    installation: &'a Installation,
    plan: &'a Plan,
    /// Entries of all logs when the journal was last written.
    shipped: Option<u64>,
    /// Before this the keys are not written anew.
    rests_until: Timestamp,
    renewal_due: bool,
}

pub fn keep(installation: &Installation, plan: &Plan, asked: &Receiver<()>) {
    let mut round = Round {
        installation,
        plan,
        shipped: None,
        rests_until: Timestamp::MIN,
        renewal_due: true,
    };
    let mut wait_until = Timestamp::MIN;
    loop {
        let now = Timestamp::now();
        if now >= wait_until
            && let Err(error) = round.run(now)
        {
            tracing::error!(%error, "the backup could not be made; it is tried again in 5 minutes");
            wait_until = now + PATIENCE;
        }
        if asked.recv_timeout(PERIOD) != Err(RecvTimeoutError::Timeout) {
            return;
        }
    }
}

/// How long the keys are left alone after writing them took so long.
fn rest(took: Duration) -> SignedDuration {
    let took = SignedDuration::try_from(took).unwrap_or(LONGEST_REST);
    took.saturating_mul(REST).min(LONGEST_REST)
}

impl Round<'_> {
    fn run(&mut self, now: Timestamp) -> Result<(), BackupError> {
        let organisations = Organisation::all(self.installation)?;
        let act = Act {
            by: "backup".to_owned(),
            ..office::act()
        };
        // The journal first: it is written even where a backup can't be.
        let entries = organisations
            .iter()
            .map(|organisation| Ok(organisation.log_state(now)?.1))
            .sum::<Result<u64, Error>>()?;
        if self.shipped != Some(entries) {
            self.renewal_due |= self.installation.ship_journal(&*self.plan.places.keys)?;
            self.shipped = Some(entries);
        }
        if self.is_due(&organisations, now)? {
            let (places, retention) = (&self.plan.places, self.plan.retention);
            let made = self.installation.back_up(places, retention, &act)?;
            tracing::info!(name = made.name, rows = made.rows, "a backup was made");
            self.renewal_due = false;
        }
        if self.renewal_due && now >= self.rests_until {
            let began = Instant::now();
            self.installation
                .renew_keys(&*self.plan.places.keys, &act)?;
            self.rests_until = now + rest(began.elapsed());
            self.renewal_due = false;
        }
        Ok(())
    }

    fn is_due(&self, organisations: &[Organisation], now: Timestamp) -> Result<bool, Error> {
        // One that was set up since the last backup has none.
        for organisation in organisations {
            let made = organisation.backup_condition()?.made_at;
            if made.is_none_or(|at| now.duration_since(at) >= self.plan.every) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
