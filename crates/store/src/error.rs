//! What can go wrong in the store.
//!
//! No text here ever holds a value of a row: PostgreSQL's `DETAIL` lines, which do, are left out.

use std::sync::Arc;

/// Why the store couldn't do what it was asked.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The place of the database can't be understood.
    #[error("{0}")]
    Target(String),
    /// The data folder can't be made or opened.
    #[error("data folder: {0}")]
    Folder(Arc<std::io::Error>),
    /// SQLite says no.
    #[error("sqlite: {0}")]
    Sqlite(Arc<rusqlite::Error>),
    /// PostgreSQL says no; `code` is its five-character SQLSTATE, empty where the connection failed.
    #[error("postgresql: {message}{}", code_in_brackets(.code))]
    Postgres {
        /// SQLSTATE, such as `42P01`.
        code: String,
        /// The server's one-line message, without the detail that names values.
        message: String,
    },
    /// TLS to PostgreSQL can't be set up.
    #[error("tls: {0}; check the system's root certificates, or the sslmode in the database url")]
    Tls(String),
    /// A row with this key is there already.
    #[error("a row with this key exists already")]
    Duplicate,
    /// A row that this one points to is missing.
    #[error("the row refers to another that does not exist")]
    Missing,
    /// Another transaction was in the way; the same call can succeed if it is made again.
    #[error("another transaction was in the way; try again")]
    Conflict,
    /// The database didn't become free, or no connection became free, in time.
    #[error("the database was busy for too long; try again")]
    Busy,
    /// The connection broke during the commit, so nobody here knows whether it happened.
    #[error("the connection broke during the commit; read back before trying again")]
    Unknown,
    /// The database was written by a newer version of the program.
    #[error(
        "the database is of version {found} and this program knows {known}; use a newer program"
    )]
    Newer {
        /// The highest migration that the database has.
        found: i64,
        /// The highest migration that this program has.
        known: i64,
    },
    /// A migration that the database has is not the one that this program has.
    #[error("migration {0} of this database is not the one that this program knows")]
    Migration(i64),
    /// A stored value is not what the program writes there.
    #[error("the database holds {0}")]
    Malformed(&'static str),
    /// A text holds U+0000, which PostgreSQL can't store.
    #[error("a text holds the character U+0000, which can't be stored")]
    NulInText,
    /// A number is too large to be stored.
    #[error("a number is too large to be stored")]
    TooLarge,
    /// The erasure is recorded, but the key isn't overwritten everywhere yet.
    #[error(
        "the erasure is recorded, but the key is not gone from the file yet; \
         it is removed at the next write or start"
    )]
    ShredPending,
    /// A key was to be shredded in a transaction that only reads.
    #[error("a transaction that reads can't shred a key")]
    ReadOnly,
    /// A write was started inside another one, which would wait for itself.
    #[error("a write can't be started inside another write")]
    Nested,
    /// A restore into this database has begun and not ended.
    #[error("a restore into this database did not end; restore into it again")]
    BeingRestored,
    /// A backup was to be restored where something is already.
    #[error("a backup is restored into an empty place only, and something is there already")]
    NotEmpty,
    /// A backup can't be written or read.
    #[error("{0}")]
    Backup(Arc<std::io::Error>),
    /// The thread that writes has ended.
    #[error("the store is closed")]
    Closed,
}

fn code_in_brackets(code: &str) -> String {
    if code.is_empty() {
        String::new()
    } else {
        format!(" ({code})")
    }
}

impl StoreError {
    /// Whether the same call, made again, can succeed.
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Conflict | Self::Busy)
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        Self::Folder(Arc::new(error))
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked};
        use rusqlite::ffi;
        let Some(inner) = error.sqlite_error() else {
            return Self::Sqlite(Arc::new(error));
        };
        match (inner.code, inner.extended_code) {
            (DatabaseBusy | DatabaseLocked, _) => Self::Busy,
            (_, ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_UNIQUE) => {
                Self::Duplicate
            }
            (_, ffi::SQLITE_CONSTRAINT_FOREIGNKEY) => Self::Missing,
            _ => Self::Sqlite(Arc::new(error)),
        }
    }
}

impl From<postgres::Error> for StoreError {
    fn from(error: postgres::Error) -> Self {
        let Some(db) = error.as_db_error() else {
            // Conversions and connections; neither text names a value.
            return Self::Postgres {
                code: String::new(),
                message: error.to_string(),
            };
        };
        match db.code().code() {
            "23505" => Self::Duplicate,
            "23503" => Self::Missing,
            "40001" | "40P01" => Self::Conflict,
            "53300" | "55P03" => Self::Busy,
            code => Self::Postgres {
                code: code.to_owned(),
                message: db.message().to_owned(),
            },
        }
    }
}
