//! Opening a database and running transactions on it.

use std::fmt;
use std::sync::Arc;

use crate::engine::{postgres, sqlite};
use crate::{StoreError, Target, Tx};

/// A database. Cloning it gives another handle to the same one.
///
/// Calls wait for the disk or the network, so asynchronous code must make them on a thread where
/// waiting is allowed.
#[derive(Clone)]
pub struct Store {
    engine: Engine,
}

#[derive(Clone)]
enum Engine {
    Sqlite(Arc<sqlite::Engine>),
    Postgres(Arc<postgres::Engine>),
}

impl Store {
    /// Opens the database, makes it where it is missing, and brings it to the present form.
    /// Keys of contacts whose erasure the journal names are deleted, whatever backup they are from.
    pub fn open(target: &Target) -> Result<Self, StoreError> {
        Self::open_as(target, false)
    }

    /// As [`open`](Self::open), for the restore that is under way there: others are refused until
    /// it has [ended](crate::backup::Loaded::end).
    pub fn open_to_restore(target: &Target) -> Result<Self, StoreError> {
        Self::open_as(target, true)
    }

    fn open_as(target: &Target, restoring: bool) -> Result<Self, StoreError> {
        let engine = match target {
            Target::Sqlite(folder) => Engine::Sqlite(Arc::new(sqlite::Engine::open(folder)?)),
            Target::Postgres(url) => {
                Engine::Postgres(Arc::new(postgres::Engine::open(url, restoring)?))
            }
        };
        Ok(Self { engine })
    }

    /// Which engine it is: `SQLite` or `PostgreSQL`.
    pub fn engine(&self) -> &'static str {
        match self.engine {
            Engine::Sqlite(_) => "SQLite",
            Engine::Postgres(_) => "PostgreSQL",
        }
    }

    /// Runs a closure that reads. All that it reads is from one moment; writes in it are refused.
    pub fn read<T, E>(&self, closure: impl FnOnce(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E>
    where
        E: From<StoreError>,
    {
        match &self.engine {
            Engine::Sqlite(engine) => engine.read(closure),
            Engine::Postgres(engine) => engine.read(closure),
        }
    }

    /// Runs a closure that writes. If it ends with `Ok`, all that it wrote is on the disk when this
    /// returns; with `Err` or a panic, nothing of it is saved.
    ///
    /// On SQLite closures run one after the other on one thread and those that wait together share
    /// a commit. On PostgreSQL they run beside each other, each on a connection of its own, under
    /// READ COMMITTED: read with a `…_to_change` function what is then written back.
    ///
    /// A closure is run once and never again by itself; where
    /// [`is_retryable`](StoreError::is_retryable) says so, the caller can make the call again.
    pub fn write<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        match &self.engine {
            Engine::Sqlite(engine) => engine.write(closure),
            Engine::Postgres(engine) => engine.write(closure),
        }
    }
}

impl Store {
    /// Overwrites what a database keeps of deleted keys after their commit. SQLite keeps nothing of them;
    /// on PostgreSQL the table of keys is written anew if keys were deleted since, for which nobody reads
    /// or writes keys for about a second per million. Tells whether anything was done.
    ///
    /// # Errors
    /// When the database can't be reached, or its user does not own the table.
    pub fn forget_deleted_keys(&self) -> Result<bool, StoreError> {
        match &self.engine {
            Engine::Sqlite(_) => Ok(false),
            Engine::Postgres(engine) => engine.forget_deleted_keys(),
        }
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.engine {
            Engine::Sqlite(_) => "Store(SQLite)",
            Engine::Postgres(_) => "Store(PostgreSQL)",
        })
    }
}
