//! PostgreSQL: a pool of connections, each with its prepared statements.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use postgres::config::{Host, SslMode};
use postgres::fallible_iterator::FallibleIterator as _;
use postgres::types::ToSql;
use postgres::{Client, Config, NoTls, Statement};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::migration;
use crate::pool::{Lent, Pool};
use crate::tx::{Connection, Tx};
use crate::value::Value;
use crate::{Id, StoreError};

/// Connections of one process at most. A server process for many organisations needs few, since a
/// transaction here takes about a millisecond.
const CONNECTIONS: usize = 16;

/// What a transaction is begun with. A read sees one state from its first query to its last.
const BEGIN_READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
const BEGIN_WRITE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";

pub(crate) struct Engine {
    config: Config,
    pool: Pool<Session>,
    /// Whether deleted keys may still lie in the files of their table.
    keys_lie_about: AtomicBool,
}

/// A connection and the statements it has prepared.
pub(crate) struct Session {
    client: Client,
    statements: HashMap<String, Statement>,
}

impl Engine {
    /// `restoring`: the restore itself opens what is not restored to its end.
    pub(crate) fn open(url: &str, restoring: bool) -> Result<Self, StoreError> {
        let engine = Self {
            config: config(url)?,
            pool: Pool::new(CONNECTIONS),
            // An earlier process may have ended before it wrote the table anew.
            keys_lie_about: AtomicBool::new(true),
        };
        let mut session = engine.pool.take(|| engine.connect())?;
        migration::postgres(&mut session.client, restoring)?;
        session.give_back();
        engine.reapply_erasures()?;
        Ok(engine)
    }

    pub(crate) fn read<T, E: From<StoreError>>(
        &self,
        closure: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut session = self.begin(BEGIN_READ)?;
        let result = closure(&mut Tx::new(Connection::Postgres(&mut session), None));
        roll_back(session);
        result
    }

    pub(crate) fn write<T, E: From<StoreError>>(
        &self,
        closure: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut session = self.begin(BEGIN_WRITE)?;
        let mut shredded = Vec::new();
        let mut tx = Tx::new(Connection::Postgres(&mut session), Some(&mut shredded));
        let result = closure(&mut tx);
        let failure = tx.failure();
        let result = match failure {
            // PostgreSQL answers COMMIT of a failed transaction with a roll-back and no error.
            Some(failure) if result.is_ok() => Err(E::from(failure)),
            _ => result,
        };
        if result.is_err() {
            roll_back(session);
            return result;
        }
        shred(&mut session, &shredded)?;
        commit(&mut session)?;
        if !shredded.is_empty() {
            self.keys_lie_about.store(true, Ordering::Relaxed);
        }
        session.give_back();
        result
    }

    /// Writes the table of keys anew if keys were deleted since the last time: a deleted row stays in
    /// its page until then, and a plain VACUUM only marks its place as free. Nobody reads or writes keys
    /// meanwhile. Rows that an older transaction could still see are taken along, so the database is asked
    /// how many those were; unless there were none it is done again the next time. Tells whether nothing is
    /// left.
    pub(crate) fn forget_deleted_keys(&self) -> Result<bool, StoreError> {
        if !self.keys_lie_about.swap(false, Ordering::Relaxed) {
            return Ok(false);
        }
        let done = self.write_keys_anew();
        if !matches!(done, Ok(true)) {
            self.keys_lie_about.store(true, Ordering::Relaxed);
        }
        done
    }

    fn write_keys_anew(&self) -> Result<bool, StoreError> {
        let left = Arc::new(Mutex::new(None));
        let said = Arc::clone(&left);
        let mut config = self.config.clone();
        config.notice_callback(move |notice| {
            if let Some(rows) = notice.detail().and_then(first_number)
                && let Ok(mut said) = said.lock()
            {
                *said = Some(said.unwrap_or(0).max(rows));
            }
        });
        client(&config)?.batch_execute("VACUUM (FULL, VERBOSE) keys.contact_key")?;
        // What the database does not say counts as not done.
        Ok(left.lock().is_ok_and(|rows| *rows == Some(0)))
    }

    /// Deletes the keys of everyone whose erasure is done, in case an older backup brought them.
    fn reapply_erasures(&self) -> Result<(), StoreError> {
        let mut session = self.pool.take(|| self.connect())?;
        session.client.batch_execute(
            "DELETE FROM keys.contact_key k USING erasure e \
             WHERE e.org = k.org AND e.contact = k.contact AND e.done_at IS NOT NULL",
        )?;
        session.give_back();
        Ok(())
    }

    /// A connection with a transaction begun. An idle one may have died, which shows here, where
    /// nothing is lost by taking another.
    fn begin(&self, begin: &str) -> Result<Lent<'_, Session>, StoreError> {
        loop {
            let mut fresh = false;
            let mut session = self.pool.take(|| {
                fresh = true;
                self.connect()
            })?;
            match session.client.batch_execute(begin) {
                Ok(()) => return Ok(session),
                Err(error) if fresh || !session.client.is_closed() => return Err(error.into()),
                Err(_) => drop(session),
            }
        }
    }

    fn connect(&self) -> Result<Session, StoreError> {
        Ok(Session {
            client: client(&self.config)?,
            statements: HashMap::new(),
        })
    }
}

/// The number with which a report begins: `0 dead row versions cannot be removed yet.`
fn first_number(report: &str) -> Option<u64> {
    report.split_whitespace().next()?.parse().ok()
}

fn config(url: &str) -> Result<Config, StoreError> {
    let mut config: Config = url
        .parse()
        .map_err(|_| StoreError::Target("the postgres:// url can't be read".to_owned()))?;
    if config.get_application_name().is_none() {
        config.application_name("leitplanke");
    }
    Ok(config)
}

fn client(config: &Config) -> Result<Client, StoreError> {
    let plain = match config.get_ssl_mode() {
        SslMode::Disable => true,
        SslMode::Prefer => config.get_hosts().iter().all(is_this_machine),
        _ => false,
    };
    Ok(if plain {
        config.connect(NoTls)?
    } else {
        config.connect(tls()?)?
    })
}

/// A connection outside of any pool.
pub(crate) fn connect(url: &str) -> Result<Client, StoreError> {
    client(&config(url)?)
}

/// TLS that trusts the authorities that the operating system trusts.
fn tls() -> Result<MakeRustlsConnect, StoreError> {
    match MakeRustlsConnect::with_native_certs() {
        Ok((tls, unreadable)) => {
            if !unreadable.is_empty() {
                tracing::warn!(count = unreadable.len(), "root certificates can't be read");
            }
            Ok(tls)
        }
        Err(errors) => Err(StoreError::Tls(
            errors
                .first()
                .map_or_else(|| "no root certificates".to_owned(), ToString::to_string),
        )),
    }
}

fn is_this_machine(host: &Host) -> bool {
    match host {
        #[cfg(unix)]
        Host::Unix(_) => true,
        Host::Tcp(name) => {
            name == "localhost" || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
        }
    }
}

fn roll_back(mut session: Lent<'_, Session>) {
    // A connection that can't roll back is closed by being dropped, which rolls back as well.
    if session.client.batch_execute("ROLLBACK").is_ok() {
        session.give_back();
    }
}

fn commit(session: &mut Session) -> Result<(), StoreError> {
    session.client.batch_execute("COMMIT").map_err(|error| {
        if error.as_db_error().is_some() {
            error.into()
        } else {
            StoreError::Unknown
        }
    })
}

/// Deletes keys in the transaction that journals the erasure: both are in one database here.
fn shred(session: &mut Session, contacts: &[(Id, Id)]) -> Result<(), StoreError> {
    for (org, contact) in contacts {
        session.execute(
            "DELETE FROM keys.contact_key WHERE org = ?1 AND contact = ?2",
            &crate::value::bind![org, contact],
        )?;
    }
    Ok(())
}

impl Session {
    pub(crate) fn execute(&mut self, sql: &str, values: &[Value<'_>]) -> Result<u64, StoreError> {
        let statement = self.prepare(sql)?;
        let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
        Ok(self.client.execute(&statement, &values)?)
    }

    /// Runs a statement whose parameters are whole columns.
    pub(crate) fn execute_columns(
        &mut self,
        sql: &str,
        columns: &[Vec<Value<'_>>],
    ) -> Result<u64, StoreError> {
        let statement = self.prepare(sql)?;
        let values: Vec<&(dyn ToSql + Sync)> = columns.iter().map(|column| column as _).collect();
        Ok(self.client.execute(&statement, &values)?)
    }

    pub(crate) fn query(
        &mut self,
        sql: &str,
        values: &[Value<'_>],
    ) -> Result<Vec<postgres::Row>, StoreError> {
        let statement = self.prepare(sql)?;
        let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
        Ok(self.client.query(&statement, &values)?)
    }

    pub(crate) fn query_many(
        &mut self,
        sql: &str,
        values: &[Value<'_>],
        many: &[Value<'_>],
    ) -> Result<Vec<postgres::Row>, StoreError> {
        let statement = self.prepare(sql)?;
        let mut values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
        values.push(&many);
        Ok(self.client.query(&statement, &values)?)
    }

    /// Runs a query whose rows come one after the other and are not kept.
    pub(crate) fn for_each_row(
        &mut self,
        sql: &str,
        mut take: impl FnMut(&postgres::Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut rows = self.client.query_raw(sql, std::iter::empty::<i64>())?;
        while let Some(row) = rows.next()? {
            take(&row)?;
        }
        Ok(())
    }

    /// The statements of this crate are a fixed set, so what is kept can't grow without end.
    fn prepare(&mut self, sql: &str) -> Result<Statement, StoreError> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(&sql.replace('?', "$"))?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}
