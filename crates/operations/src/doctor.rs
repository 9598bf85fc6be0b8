//! Looks for what is wrong with an installation, and says what to do about it.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::{Error, Organisation};

/// How long an entry may wait for its place before that is a sign of trouble.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_secs(60);

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// As it should be.
    Good,
    /// Works, but somebody should look.
    Attention,
    /// Does not work as it should.
    Bad,
}

/// One finding.
#[derive(Clone, Debug, Serialize)]
pub struct Diagnosis {
    /// How bad it is.
    pub condition: Condition,
    /// What was looked at.
    pub what: String,
    /// What was found and what to do.
    pub finding: String,
}

impl Diagnosis {
    /// A finding.
    pub fn new(condition: Condition, what: impl Into<String>, finding: impl Into<String>) -> Self {
        Self {
            condition,
            what: what.into(),
            finding: finding.into(),
        }
    }
}

impl Organisation {
    /// Looks at the organisation's log, register and contacts.
    ///
    /// # Errors
    /// When the database can't be read at all.
    pub fn diagnose(&self, now: Timestamp) -> Result<Vec<Diagnosis>, Error> {
        let mut found = vec![self.diagnose_log(now)?];
        let (counts, register) = self.store().read(|tx| -> Result<_, Error> {
            let counts = store::contact::counts(tx, self.id())?;
            Ok((counts, self.register(tx)))
        })?;
        found.push(match register {
            Ok(register) => Diagnosis::new(
                Condition::Good,
                "register",
                format!("version {} is in force", register.version),
            ),
            Err(Error::NoRegister) => Diagnosis::new(
                Condition::Attention,
                "register",
                "none is in force, so nothing is permitted: write one \
                 (`leitplanke register sample`) and apply it (`leitplanke register apply`)",
            ),
            Err(error) => Diagnosis::new(Condition::Bad, "register", error.to_string()),
        });
        found.push(Diagnosis::new(
            Condition::Good,
            "contacts",
            format!("{} on record, {} erased", counts.present, counts.erased),
        ));
        found.push(self.backup_condition()?.diagnose(now));
        Ok(found)
    }

    fn diagnose_log(&self, now: Timestamp) -> Result<Diagnosis, Error> {
        let (waiting, size) = self.store().read(|tx| -> Result<_, Error> {
            let waiting = store::evidence_entry::unsequenced(tx, self.id(), 1)?;
            let size = store::evidence_entry::log_size(tx, self.id())?;
            Ok((waiting.into_iter().next(), size))
        })?;
        Ok(match waiting {
            Some(entry) if now.duration_since(entry.at) > LONGEST_WAIT => Diagnosis::new(
                Condition::Attention,
                "evidence log",
                format!(
                    "entry {} waits since {} for its place: run `leitplanke serve`, or any \
                     command that writes",
                    entry.seq, entry.at
                ),
            ),
            _ => Diagnosis::new(
                Condition::Good,
                "evidence log",
                format!("{size} entries are signed; `leitplanke verify` checks them all"),
            ),
        })
    }

    /// How long the oldest entry has been waiting for its place in the log, and how many entries
    /// the log has; for the health page.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn log_state(&self, now: Timestamp) -> Result<(Option<SignedDuration>, u64), Error> {
        self.store().read(|tx| {
            let waiting = store::evidence_entry::unsequenced(tx, self.id(), 1)?;
            let size = store::evidence_entry::log_size(tx, self.id())?;
            let oldest = waiting.first().map(|entry| now.duration_since(entry.at));
            Ok((oldest, u64::try_from(size).unwrap_or_default()))
        })
    }
}
