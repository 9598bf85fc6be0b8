//! Databases for tests, on both engines.
//!
//! `LEITPLANKE_TEST_POSTGRES` names a PostgreSQL server by a `postgres://` URL whose user may
//! create databases. Where it is missing, tests fail rather than pass without having run;
//! `LEITPLANKE_TEST_POSTGRES=none` says that SQLite alone is meant.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a test that can't have its database must fail"
)]

mod raw;

use std::sync::atomic::{AtomicU32, Ordering};

use postgres::{Client, NoTls};
use tempfile::TempDir;

use crate::{Store, Target};

/// A database, which goes when this is dropped.
#[derive(Debug)]
pub struct Database {
    target: Target,
    place: Place,
}

#[derive(Debug)]
enum Place {
    Folder {
        /// Removes the folder when it is dropped.
        _folder: TempDir,
    },
    Server {
        url: String,
        name: String,
    },
}

impl Database {
    /// An empty SQLite database in a folder of its own.
    #[must_use]
    pub fn sqlite() -> Self {
        let folder = TempDir::new().expect("a folder for temporary files");
        Self {
            target: Target::Sqlite(folder.path().join("data")),
            place: Place::Folder { _folder: folder },
        }
    }

    /// The `SQLite` database that is in this folder already.
    #[must_use]
    pub fn in_folder(folder: TempDir) -> Self {
        Self {
            target: Target::Sqlite(folder.path().to_owned()),
            place: Place::Folder { _folder: folder },
        }
    }

    /// An empty database on the PostgreSQL server for tests; `None` where it is said that there is
    /// no server.
    #[must_use]
    pub fn postgres() -> Option<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let url = std::env::var("LEITPLANKE_TEST_POSTGRES").unwrap_or_else(|_| {
            panic!(
                "LEITPLANKE_TEST_POSTGRES is not set: run ./test, which starts a PostgreSQL, or \
                 set it to the postgres:// url of a server, or to none to test SQLite alone"
            )
        });
        if url == "none" {
            return None;
        }
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("leitplanke_test_{}_{number}", std::process::id());
        run(
            &url,
            &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
        );
        run(&url, &format!("CREATE DATABASE {name}"));
        Some(Self {
            target: Target::Postgres(with_database(&url, &name)),
            place: Place::Server { url, name },
        })
    }

    /// Where it is.
    #[must_use]
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// Opens it; may be done several times.
    #[must_use]
    pub fn open(&self) -> Store {
        Store::open(&self.target).expect("an empty database opens")
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Place::Server { url, name } = &self.place {
            run(url, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

/// Runs a test on an empty database of each engine.
pub fn on_each_engine(test: impl Fn(&Database)) {
    test(&Database::sqlite());
    if let Some(database) = Database::postgres() {
        test(&database);
    }
}

fn run(url: &str, sql: &str) {
    Client::connect(url, NoTls)
        .and_then(|mut client| client.batch_execute(sql))
        .expect("the PostgreSQL server for tests does as it is told");
}

/// The URL with another database in the place of its own.
fn with_database(url: &str, name: &str) -> String {
    let (url, options) = url.split_once('?').map_or((url, ""), |(a, b)| (a, b));
    let host = url.find("://").map_or(0, |at| at + 3);
    let end = url[host..].find('/').map_or(url.len(), |at| host + at);
    let mark = if options.is_empty() { "" } else { "?" };
    format!("{}/{name}{mark}{options}", &url[..end])
}

#[cfg(test)]
mod tests {
    use super::with_database;

    #[test]
    fn the_database_in_a_url_is_replaced_and_the_rest_stays() {
        for (url, expected) in [
            ("postgres://u@h:1/old", "postgres://u@h:1/new"),
            ("postgres://u@h", "postgres://u@h/new"),
            ("postgres://u@h/old?a=b", "postgres://u@h/new?a=b"),
        ] {
            assert_eq!(with_database(url, "new"), expected);
        }
    }
}
