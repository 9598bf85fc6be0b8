//! The register: applied as one version, kept with its history, read back for every decision.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use register::{Gap, Register};
use sha2::{Digest, Sha256};

use crate::log::append::{self, Kind};
use crate::purpose_change::{self, PurposeHistory};
use crate::{Act, Error, Organisation};

/// A version of the register that was applied.
#[derive(Clone, Debug)]
pub struct Applied {
    /// Its number, from 1.
    pub version: i64,
    /// `false` if the text is that of the version in force, so that nothing was written.
    pub changed: bool,
    /// What the law asks for and the register lacks.
    pub gaps: Vec<Gap>,
}

/// A line of the version history.
#[derive(Clone, Debug, serde::Serialize)]
pub struct VersionLine {
    /// Its number, from 1.
    pub version: i64,
    /// When it was saved.
    pub saved_at: Timestamp,
    /// Which account saved it.
    pub saved_by: String,
    /// SHA-256 of its text in hexadecimal digits; the evidence log has the same.
    pub sha256: String,
}

/// The register in force, read.
pub(crate) struct InForce {
    pub(crate) version: i64,
    pub(crate) register: Register,
    /// What its history says of purposes.
    pub(crate) purposes: PurposeHistory,
}

/// Checks a register's text.
///
/// # Errors
/// Every fault with line and column.
pub fn check(text: &str, on: Date) -> Result<Vec<Gap>, Error> {
    let register = Register::parse(text).map_err(Error::RegisterFaults)?;
    Ok(register::gaps(&register, on))
}

impl Organisation {
    /// Makes `text` the register in force, as a new version.
    ///
    /// # Errors
    /// When the text has faults; nothing is written then.
    pub fn apply_register(&self, text: &str, act: &Act) -> Result<Applied, Error> {
        let gaps = check(text, act.today)?;
        let (this, text, by) = (self.clone(), text.to_owned(), act.clone());
        let (version, changed) = self.store().write(move |tx| -> Result<_, Error> {
            let newest = store::register_version::latest_to_change(tx, this.id())?;
            this.save_register(tx, newest, text, &by)
        })?;
        self.sequence(act.at)?;
        Ok(Applied {
            version,
            changed,
            gaps,
        })
    }

    /// Saves `text` as the version after `newest`, unless it is the same.
    pub(crate) fn save_register(
        &self,
        tx: &mut store::Tx<'_>,
        newest: Option<store::register_version::RegisterVersion>,
        text: String,
        by: &Act,
    ) -> Result<(i64, bool), Error> {
        if let Some(newest) = newest.as_ref().filter(|newest| newest.text == text) {
            return Ok((newest.version, false));
        }
        let version = newest.map_or(1, |newest| newest.version + 1);
        let sha256: [u8; 32] = Sha256::digest(text.as_bytes()).into();
        let what = serde_json::json!({
            "version": version,
            "sha256": crate::state::hex(&sha256),
        });
        append::clear(tx, self, by, Kind::RegisterApplied, what)?;
        let row = store::register_version::RegisterVersion {
            org: self.id(),
            version,
            text,
            sha256,
            saved_at: by.at,
            saved_by: by.by.clone(),
        };
        store::register_version::insert(tx, &row)?;
        Ok((version, true))
    }

    /// The text of a version, or of the one in force.
    ///
    /// # Errors
    /// When there is none.
    pub fn register_text(&self, version: Option<i64>) -> Result<String, Error> {
        let this = self.clone();
        self.store().read(|tx| match version {
            Some(number) => store::register_version::get(tx, this.id(), number)?
                .map(|row| row.text)
                .ok_or(Error::RegisterVersion(number)),
            None => store::register_version::latest(tx, this.id())?
                .map(|row| row.text)
                .ok_or(Error::NoRegister),
        })
    }

    /// The history of versions, newest first.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn register_versions(&self) -> Result<Vec<VersionLine>, Error> {
        let this = self.clone();
        let mut lines: Vec<VersionLine> = self
            .store()
            .read(|tx| store::register_version::list(tx, this.id()))?
            .into_iter()
            .map(|row| VersionLine {
                version: row.version,
                saved_at: row.saved_at,
                saved_by: row.saved_by,
                sha256: crate::state::hex(&row.sha256),
            })
            .collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.version));
        Ok(lines)
    }

    /// The register in force, or an empty one with version 0.
    pub(crate) fn register_or_empty(&self, tx: &mut store::Tx<'_>) -> Result<Arc<InForce>, Error> {
        match self.register(tx) {
            Err(Error::NoRegister) => Ok(Arc::new(InForce {
                version: 0,
                register: Register::new(self.name(), self.country(), self.land()),
                purposes: PurposeHistory::default(),
            })),
            found => found,
        }
    }

    /// The register in force. Parsed once per version.
    pub(crate) fn register(&self, tx: &mut store::Tx<'_>) -> Result<Arc<InForce>, Error> {
        let newest = store::register_version::latest_mark(tx, self.id())?;
        let (version, sha256) = newest.ok_or(Error::NoRegister)?;
        let mut kept = self
            .kept_register()
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        // A number alone may be that of a version that was never saved.
        if let Some((of, known)) = kept.as_ref()
            && (known.version, *of) == (version, sha256)
        {
            return Ok(Arc::clone(known));
        }
        let row = store::register_version::get(tx, self.id(), version)?.ok_or(Error::NoRegister)?;
        let register = Register::parse(&row.text).map_err(|faults| {
            Error::Register(faults.first().map(ToString::to_string).unwrap_or_default())
        })?;
        let before = store::register_version::get(tx, self.id(), version - 1)?;
        let before = kept.as_ref().filter(|(of, known)| {
            before.is_some_and(|row| (row.version, row.sha256) == (known.version, *of))
        });
        let purposes = match before {
            Some((_, before)) => {
                let moment = purpose_change::moment(version, row.saved_at);
                before.purposes.and(&register, moment)
            }
            None => self.purposes_until(tx, version)?,
        };
        let read = Arc::new(InForce {
            version,
            register,
            purposes,
        });
        *kept = Some((sha256, Arc::clone(&read)));
        Ok(read)
    }
}
