//! The files of a data folder.

use std::fs::{DirBuilder, File, OpenOptions};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;

use crate::StoreError;

/// How long one process waits for another that writes to the same folder.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// Statements kept prepared per connection; the crate has fewer.
const STATEMENTS: usize = 128;

/// Where the two databases of a data folder are.
#[derive(Clone)]
pub(super) struct Files {
    main: PathBuf,
    keys: PathBuf,
    lock: PathBuf,
}

/// A connection to each of the two databases.
///
/// They aren't attached to one connection, since SQLite locks every attached file for a write, and
/// in WAL mode doesn't commit two files as one anyway. The keys are attached as `keys` to an empty
/// database in memory, so that their tables have the same name as on PostgreSQL.
pub(super) struct Pair {
    pub(super) main: Connection,
    pub(super) keys: Connection,
}

impl Files {
    /// Makes the folder and empty files where they are missing, for this user only.
    pub(super) fn prepare(folder: &Path) -> Result<Self, StoreError> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)?;
        let files = Self {
            main: folder.join("leitplanke.db"),
            keys: folder.join("keys.db"),
            lock: folder.join("opening.lock"),
        };
        touch(&files.main)?;
        touch(&files.keys)?;
        Ok(files)
    }

    /// Waits until nobody else opens this folder to write, in this process or another one, and
    /// keeps others waiting until what is returned is dropped: SQLite does not wait by itself
    /// where two connections switch a new file to WAL at once, but fails as busy.
    pub(super) fn lock_for_opening(&self) -> Result<File, StoreError> {
        let file = touch(&self.lock)?;
        file.lock()?;
        Ok(file)
    }

    pub(super) fn open_to_write(&self) -> Result<Pair, StoreError> {
        let pair = self.open()?;
        for (connection, schema) in [(&pair.main, "main"), (&pair.keys, "keys")] {
            // `synchronous=FULL`: a commit is on the disk before it is answered.
            connection.execute_batch(&format!(
                "PRAGMA {schema}.journal_mode = WAL; PRAGMA {schema}.synchronous = FULL;"
            ))?;
        }
        Ok(pair)
    }

    pub(super) fn open_to_read(&self) -> Result<Pair, StoreError> {
        let pair = self.open()?;
        for connection in [&pair.main, &pair.keys] {
            connection.execute_batch("PRAGMA query_only = ON;")?;
        }
        Ok(pair)
    }

    fn open(&self) -> Result<Pair, StoreError> {
        let main = Connection::open(&self.main)?;
        let keys = Connection::open_in_memory()?;
        keys.execute(
            "ATTACH DATABASE ?1 AS keys",
            [&*self.keys.to_string_lossy()],
        )?;
        for connection in [&main, &keys] {
            connection.busy_timeout(PATIENCE)?;
            connection.set_prepared_statement_cache_capacity(STATEMENTS);
            // `secure_delete`: what is deleted is overwritten with zeros.
            connection.execute_batch(
                "PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; \
                 PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000;",
            )?;
        }
        Ok(Pair { main, keys })
    }
}

fn touch(file: &Path) -> Result<File, StoreError> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    Ok(options.open(file)?)
}
