//! What can go wrong with a backup.

use std::io;
use std::sync::Arc;

use store::StoreError;

use crate::Error;

/// Why a backup was not made or not restored. The texts never repeat personal data.
#[derive(Debug, Clone, thiserror::Error)]
pub enum BackupError {
    /// The installation can't be read or written.
    #[error(transparent)]
    Operation(Arc<Error>),
    /// The place of the backups can't be read or written.
    #[error("{place}: {source}")]
    Place {
        /// Which place.
        place: String,
        /// What the system says.
        source: Arc<io::Error>,
    },
    /// There is no backup.
    #[error("{0} holds no backup that is whole")]
    None(String),
    /// There are backups of several installations.
    #[error("backups of several installations lie in {0}; name the backup to restore")]
    Several(String),
    /// There is no backup of that name.
    #[error("there is no backup of that name; the newest are: {0}")]
    Unknown(String),
    /// There are no keys for the backup.
    #[error("{0} holds no keys for this backup: without them nothing can be read")]
    NoKeys(String),
    /// A file is not as it was written, or the master key is not the one that belongs to it.
    #[error("{file} was changed, cut or exchanged, or it belongs to another master key: {reason}")]
    NotGenuine {
        /// The file.
        file: String,
        /// What shows it.
        reason: String,
    },
    /// A newer program wrote it.
    #[error("{0} was written by a newer version of the program; use that one")]
    Newer(String),
    /// Parts of the journal are missing, or what says how far it reaches.
    #[error(
        "the journal beside the keys in {place} is not whole, so nothing was restored: who was erased or \
         objected after the backup would come back. Missing: {missing}. Put every file .journal and .head \
         of that place there and restore again; only if they are lost for good, restore with \
         --journal-lost, which goes on without them and says so in the log"
    )]
    Journal {
        /// Where it should lie.
        place: String,
        /// What is missing of it.
        missing: String,
    },
    /// The evidence log of what was restored does not hold.
    #[error("the evidence log in the backup does not hold, so nothing was restored: {0}")]
    Log(String),
}

impl BackupError {
    pub(super) fn place(place: &dyn super::Depot, source: io::Error) -> Self {
        Self::Place {
            place: place.describe(),
            source: Arc::new(source),
        }
    }

    /// Reading a sealed file failed: it is not genuine, or the place can't be read.
    pub(super) fn reading(place: &dyn super::Depot, file: &str, error: io::Error) -> Self {
        use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
        if matches!(error.kind(), InvalidData | InvalidInput | UnexpectedEof) {
            return Self::not_genuine(file, &error);
        }
        Self::place(place, error)
    }

    pub(super) fn not_genuine(file: &str, reason: &dyn std::fmt::Display) -> Self {
        Self::NotGenuine {
            file: file.to_owned(),
            reason: reason.to_string(),
        }
    }
}

impl From<Error> for BackupError {
    fn from(error: Error) -> Self {
        Self::Operation(Arc::new(error))
    }
}

impl From<StoreError> for BackupError {
    fn from(error: StoreError) -> Self {
        Error::from(error).into()
    }
}

impl From<vault::VaultError> for BackupError {
    fn from(error: vault::VaultError) -> Self {
        Error::from(error).into()
    }
}
