//! SQLite with the store's own settings.

use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender};

use measure::Result;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

/// The values of a row.
pub type Row = Vec<Value>;

/// Writes that share a commit at most, as in the store.
const GROUP: usize = 256;

/// A connection to the main database of a data folder, or to the keys, set as the store sets it.
pub fn open(file: &Path) -> Result<Connection> {
    let connection = Connection::open(file)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
         PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000;",
    )?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// Rows of a table.
#[derive(Clone, Debug)]
pub struct Table {
    /// The statement that inserts one.
    pub insert: String,
    /// The rows.
    pub rows: Vec<Row>,
}

/// Every table with its rows, parents before children. Rows come in the order in which they were
/// written; where a table does not know it, in an order without a pattern.
pub fn tables(connection: &Connection) -> Result<Vec<Table>> {
    let mut names = connection.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' \
         ORDER BY rowid",
    )?;
    let names: std::result::Result<Vec<String>, _> =
        names.query_map([], |row| row.get(0))?.collect();
    names?
        .iter()
        .map(|name| table(connection, name, "true"))
        .collect()
}

/// The rows of one table that meet a condition.
pub fn table(connection: &Connection, name: &str, condition: &str) -> Result<Table> {
    let select = format!("SELECT * FROM {name} WHERE {condition} ORDER BY");
    let mut select = connection
        .prepare(&format!("{select} rowid"))
        .or_else(|_| connection.prepare(&format!("{select} random()")))?;
    let columns: Vec<&str> = select.column_names().collect();
    let columns = columns.join(", ");
    let width = select.column_count();
    let marks = vec!["?"; width].join(", ");
    let rows: std::result::Result<Vec<Row>, _> = select
        .query_map([], |row| (0..width).map(|column| row.get(column)).collect())?
        .collect();
    Ok(Table {
        insert: format!("INSERT INTO {name} ({columns}) VALUES ({marks})"),
        rows: rows?,
    })
}

/// Inserts rows; the caller begins and commits.
pub fn insert(connection: &Connection, sql: &str, rows: &[Row]) -> Result<()> {
    let mut statement = connection.prepare_cached(sql)?;
    for row in rows {
        statement.execute(params_from_iter(row))?;
    }
    Ok(())
}

/// A consent and its entry, and whom to tell once they are saved.
pub type Job = (Row, Row, SyncSender<()>);

/// Writes what waits at the same moment in one commit, until nobody sends any more.
pub fn write_grouped(connection: &Connection, sql: [&str; 2], jobs: &Receiver<Job>) -> Result<()> {
    while let Ok(first) = jobs.recv() {
        let group: Vec<Job> = std::iter::once(first)
            .chain(jobs.try_iter().take(GROUP - 1))
            .collect();
        connection.execute_batch("BEGIN IMMEDIATE")?;
        for (consent, entry, _) in &group {
            insert(connection, sql[0], std::slice::from_ref(consent))?;
            insert(connection, sql[1], std::slice::from_ref(entry))?;
        }
        connection.execute_batch("COMMIT")?;
        for (_, _, saved) in group {
            saved.send(())?;
        }
    }
    Ok(())
}
