//! Brings a database to the form that this program knows.
//!
//! A migration is one SQL text for both engines. Each database keeps a list of those that it has,
//! with a checksum, so that a changed text or a database from a newer program is noticed.

use sha2::{Digest, Sha256};

use crate::tx::Place;
use crate::{StoreError, backup};

struct Migration {
    number: i64,
    text: &'static str,
}

/// Migrations and the table that lists those that are done.
struct Plan {
    ledger: &'static str,
    migrations: &'static [Migration],
}

const MAIN: Plan = Plan {
    ledger: "migration",
    migrations: &[
        Migration {
            number: 1,
            text: include_str!("../migrations/main/0001_start.sql"),
        },
        Migration {
            number: 2,
            text: include_str!("../migrations/main/0002_access.sql"),
        },
        Migration {
            number: 3,
            text: include_str!("../migrations/main/0003_search.sql"),
        },
        Migration {
            number: 4,
            text: include_str!("../migrations/main/0004_companies.sql"),
        },
        Migration {
            number: 5,
            text: include_str!("../migrations/main/0005_invited_as.sql"),
        },
        Migration {
            number: 6,
            text: include_str!("../migrations/main/0006_documents.sql"),
        },
        Migration {
            number: 7,
            text: include_str!("../migrations/main/0007_mail.sql"),
        },
        Migration {
            number: 8,
            text: include_str!("../migrations/main/0008_submissions.sql"),
        },
        Migration {
            number: 9,
            text: include_str!("../migrations/main/0009_preferences.sql"),
        },
        Migration {
            number: 10,
            text: include_str!("../migrations/main/0010_campaigns.sql"),
        },
        Migration {
            number: 11,
            text: include_str!("../migrations/main/0011_daily_work.sql"),
        },
        Migration {
            number: 12,
            text: include_str!("../migrations/main/0012_sms.sql"),
        },
        Migration {
            number: 13,
            text: include_str!("../migrations/main/0013_lists.sql"),
        },
        Migration {
            number: 15,
            text: include_str!("../migrations/main/0015_requests.sql"),
        },
        Migration {
            number: 16,
            text: include_str!("../migrations/main/0016_erasure_journal.sql"),
        },
        Migration {
            number: 18,
            text: include_str!("../migrations/main/0018_retention.sql"),
        },
        Migration {
            number: 19,
            text: include_str!("../migrations/main/0019_recipient_notices.sql"),
        },
        Migration {
            number: 20,
            text: include_str!("../migrations/main/0020_released_answers.sql"),
        },
        Migration {
            number: 21,
            text: include_str!("../migrations/main/0021_accuracy.sql"),
        },
        Migration {
            number: 22,
            text: include_str!("../migrations/main/0022_retention_release.sql"),
        },
    ],
};

const KEYS: Plan = Plan {
    ledger: "keys.migration",
    migrations: &[Migration {
        number: 1,
        text: include_str!("../migrations/keys/0001_start.sql"),
    }],
};

const SQLITE: [(&str, &str); 7] = [
    ("{int}", "INTEGER"),
    ("{blob}", "BLOB"),
    ("{text}", "TEXT"),
    ("{serial_key}", "UNIQUE (org, seq)"),
    ("{serial}", "INTEGER PRIMARY KEY AUTOINCREMENT"),
    ("{rows}", "STRICT"),
    ("{packed}", "STRICT, WITHOUT ROWID"),
];

const POSTGRES: [(&str, &str); 7] = [
    ("{int}", "BIGINT"),
    ("{blob}", "BYTEA"),
    ("{text}", "TEXT"),
    ("{serial_key}", "PRIMARY KEY (org, seq)"),
    ("{serial}", "BIGSERIAL"),
    ("{rows}", ""),
    ("{packed}", ""),
];

/// Held while migrating, so that several servers can start at once.
const POSTGRES_LOCK: &str = "SELECT pg_advisory_xact_lock(5500716104)";

/// Migrates the main database and the keys' database of one folder.
pub(crate) fn sqlite(
    main: &rusqlite::Connection,
    keys: &rusqlite::Connection,
) -> Result<(), StoreError> {
    for (connection, plan) in [(keys, &KEYS), (main, &MAIN)] {
        connection.execute_batch("BEGIN IMMEDIATE")?;
        let result = plan.run_on_sqlite(connection, i64::MAX);
        connection.execute_batch(if result.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
        result?;
    }
    Ok(())
}

/// Migrates the database and its `keys` schema in one transaction. One into which a backup is being
/// restored is for the restore alone.
pub(crate) fn postgres(client: &mut postgres::Client, restoring: bool) -> Result<(), StoreError> {
    let mut tx = client.transaction()?;
    tx.batch_execute(POSTGRES_LOCK)?;
    if !restoring && backup::is_unfinished(&mut tx)? {
        return Err(StoreError::BeingRestored);
    }
    tx.batch_execute("CREATE SCHEMA IF NOT EXISTS keys")?;
    for plan in [&KEYS, &MAIN] {
        plan.run_on_postgres(&mut tx, i64::MAX)?;
    }
    Ok(tx.commit()?)
}

/// The number of the newest migration of the main database or of the keys that this program knows.
pub(crate) fn newest(place: Place) -> i64 {
    plan(place).migrations.last().map_or(0, |last| last.number)
}

/// Makes the tables of a new database as they were after migration `number`, in the transaction
/// that the connection is in.
pub(crate) fn make_on_sqlite(
    connection: &rusqlite::Connection,
    place: Place,
    number: i64,
) -> Result<(), StoreError> {
    plan(place).run_on_sqlite(connection, number)
}

/// As [`make_on_sqlite`].
pub(crate) fn make_on_postgres(
    tx: &mut postgres::Transaction<'_>,
    place: Place,
    number: i64,
) -> Result<(), StoreError> {
    tx.batch_execute(POSTGRES_LOCK)?;
    tx.batch_execute("CREATE SCHEMA IF NOT EXISTS keys")?;
    plan(place).run_on_postgres(tx, number)
}

fn plan(place: Place) -> &'static Plan {
    match place {
        Place::Main => &MAIN,
        Place::Keys => &KEYS,
    }
}

impl Plan {
    fn run_on_sqlite(
        &self,
        connection: &rusqlite::Connection,
        up_to: i64,
    ) -> Result<(), StoreError> {
        connection.execute_batch(&fill(&self.ledger_table(), &SQLITE))?;
        let done = connection
            .prepare(&self.list())?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<Vec<_>, _>>()?;
        for migration in self
            .missing(&done)?
            .iter()
            .take_while(|m| m.number <= up_to)
        {
            connection.execute_batch(&fill(migration.text, &SQLITE))?;
            connection.execute(
                &format!("INSERT INTO {} VALUES (?1, ?2)", self.ledger),
                (migration.number, migration.checksum()),
            )?;
        }
        Ok(())
    }

    fn run_on_postgres(
        &self,
        tx: &mut postgres::Transaction<'_>,
        up_to: i64,
    ) -> Result<(), StoreError> {
        tx.batch_execute(&fill(&self.ledger_table(), &POSTGRES))?;
        let rows = tx.query(&self.list(), &[])?;
        let done = rows
            .iter()
            .map(|row| Ok((row.try_get(0)?, row.try_get(1)?)))
            .collect::<Result<Vec<_>, StoreError>>()?;
        for migration in self
            .missing(&done)?
            .iter()
            .take_while(|m| m.number <= up_to)
        {
            tx.batch_execute(&fill(migration.text, &POSTGRES))?;
            tx.execute(
                &format!("INSERT INTO {} VALUES ($1, $2)", self.ledger),
                &[&migration.number, &migration.checksum()],
            )?;
        }
        Ok(())
    }

    fn ledger_table(&self) -> String {
        format!(
            "CREATE TABLE IF NOT EXISTS {} \
             (number {{int}} NOT NULL PRIMARY KEY, sha256 {{blob}} NOT NULL) {{rows}}",
            self.ledger
        )
    }

    fn list(&self) -> String {
        format!("SELECT number, sha256 FROM {} ORDER BY number", self.ledger)
    }

    /// The migrations that are still to run, given those that the database lists.
    fn missing(&self, done: &[(i64, Vec<u8>)]) -> Result<&'static [Migration], StoreError> {
        let known = self.migrations.last().map_or(0, |last| last.number);
        let found = done.last().map_or(0, |(number, _)| *number);
        if found > known {
            return Err(StoreError::Newer { found, known });
        }
        for ((number, sum), migration) in done.iter().zip(self.migrations) {
            if *number != migration.number || *sum != migration.checksum() {
                return Err(StoreError::Migration(*number));
            }
        }
        Ok(self.migrations.get(done.len()..).unwrap_or_default())
    }
}

impl Migration {
    fn checksum(&self) -> Vec<u8> {
        Sha256::digest(self.text).to_vec()
    }
}

fn fill(text: &str, names: &[(&str, &str)]) -> String {
    names.iter().fold(text.to_owned(), |text, (name, meaning)| {
        text.replace(name, meaning)
    })
}

#[cfg(test)]
mod tests {
    use super::{KEYS, MAIN, POSTGRES, SQLITE, fill};
    use crate::StoreError;

    #[test]
    fn a_database_with_all_migrations_needs_none() {
        let done: Vec<_> = MAIN
            .migrations
            .iter()
            .map(|migration| (migration.number, migration.checksum()))
            .collect();
        assert!(MAIN.missing(&done).unwrap().is_empty());
        assert_eq!(MAIN.missing(&[]).unwrap().len(), MAIN.migrations.len());
    }

    #[test]
    fn a_newer_database_is_refused_with_both_versions() {
        let error = MAIN.missing(&[(99, vec![])]).err().unwrap();
        assert!(matches!(error, StoreError::Newer { found: 99, .. }));
        assert!(error.to_string().contains("use a newer program"));
    }

    #[test]
    fn a_migration_whose_text_was_changed_is_refused() {
        let error = KEYS.missing(&[(1, vec![0; 32])]).err().unwrap();
        assert!(matches!(error, StoreError::Migration(1)));
    }

    #[test]
    fn every_placeholder_is_known_to_both_engines() {
        for migration in MAIN.migrations.iter().chain(KEYS.migrations) {
            let statements: String = migration
                .text
                .lines()
                .filter(|line| !line.starts_with("--"))
                .collect();
            for names in [&SQLITE, &POSTGRES] {
                assert!(!fill(&statements, names).contains('{'));
            }
        }
    }
}
