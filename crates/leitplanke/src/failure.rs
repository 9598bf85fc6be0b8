//! What a command that failed tells its user.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Why a command did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// An operation said no.
    #[error(transparent)]
    Operation(#[from] operations::Error),
    /// Evidence could not be made.
    #[error(transparent)]
    Proof(#[from] web::ProofError),
    /// An operation on accounts said no.
    #[error(transparent)]
    Access(#[from] operations::access::AccessError),
    /// A backup can't be made or restored.
    #[error(transparent)]
    Backup(#[from] operations::backup::BackupError),
    /// A contact list can't be read.
    #[error(transparent)]
    Import(#[from] operations::import::ImportError),
    /// The database address can't be used.
    #[error(transparent)]
    Store(#[from] store::StoreError),
    /// Facts can't be read, or a topic is unknown.
    #[error(transparent)]
    Topic(#[from] law::topic::TopicError),
    /// The master key is not where it should be.
    #[error(
        "{} is missing: put the master key back from its backup, for without it nothing can be \
         read; if nothing is set up here yet, run `leitplanke init`",
        .0.display()
    )]
    NoMasterKey(PathBuf),
    /// A file can't be read or written.
    #[error("{what}: {source}")]
    File {
        /// Which.
        what: String,
        /// The system's reason.
        source: io::Error,
    },
    /// Output can't be written.
    #[error("the output can't be written: {0}")]
    Output(io::Error),
    /// Anything else that the user can mend.
    #[error("{0}")]
    Usage(String),
}

impl Failure {
    /// A file that can't be read or written.
    pub fn file(path: &Path, source: io::Error) -> Self {
        Self::File {
            what: path.display().to_string(),
            source,
        }
    }

    /// Tells the user and gives the exit code: 2 for everything that failed.
    pub fn report(&self, json: bool) -> ExitCode {
        // Nobody reads on: the receiver has closed the pipe, which is not our fault to report.
        if matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe) {
            return ExitCode::SUCCESS;
        }
        let mut err = io::stderr().lock();
        let told = if json {
            writeln!(err, "{}", serde_json::json!({ "error": self.to_string() }))
        } else {
            writeln!(err, "leitplanke: {self}")
        };
        // Standard error itself may be closed; there is nobody left to tell.
        drop(told);
        ExitCode::from(2)
    }
}
