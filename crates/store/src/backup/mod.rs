//! Every row of a database as one stream, and a new database from it.
//!
//! The stream names tables and columns and holds numbers, texts and bytes, which both engines have:
//! what was written on one can be loaded on the other. Which tables there are the database says, so
//! that none can be forgotten.

mod load;
mod postgres;
mod rows;
mod sqlite;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

pub use load::{Loaded, Loader, load, scan};
pub(crate) use postgres::is_unfinished;
pub use rows::LoadedRow;

use crate::tx::Place;
use crate::value::bind;
use crate::{StoreError, Tx, migration};
use rows::RowWriter;

/// Which half of the database: backups keep the two apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Everything but the keys.
    Main,
    /// The wrapped keys.
    Keys,
}

impl Part {
    fn place(self) -> Place {
        match self {
            Self::Main => Place::Main,
            Self::Keys => Place::Keys,
        }
    }
}

/// How many rows of which table were written or loaded.
pub type RowCounts = BTreeMap<String, u64>;

/// Writes every row of one half as it is in this transaction. Memory does not grow with the rows.
pub fn write(tx: &mut Tx<'_>, part: Part, out: &mut dyn Write) -> Result<RowCounts, StoreError> {
    let place = part.place();
    let mut writer = RowWriter::begin(out, migration::newest(place))?;
    for table in tables(tx, place)? {
        let columns = columns(tx, place, &table)?;
        writer.table(&table, &columns)?;
        let sql = format!("SELECT {} FROM {}", quoted(&columns), named(place, &table));
        tx.for_each_row(place, &sql, |row| {
            writer.row(columns.len(), |column| row.value(column))
        })?;
    }
    writer.end()
}

/// The tables of one half, except the list of migrations, which comes with the migrations. In the order
/// in which they were made: one that refers to another comes after it.
fn tables(tx: &mut Tx<'_>, place: Place) -> Result<Vec<String>, StoreError> {
    let sql = match (tx.is_postgres(), place) {
        (false, Place::Main) => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' \
             ESCAPE '\\' AND name <> 'migration' ORDER BY rowid"
        }
        (false, Place::Keys) => {
            "SELECT name FROM keys.sqlite_master WHERE type = 'table' AND name NOT LIKE \
             'sqlite\\_%' ESCAPE '\\' AND name <> 'migration' ORDER BY rowid"
        }
        (true, Place::Main) => {
            "SELECT relname::text FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = \
             current_schema()::regnamespace AND relname <> 'migration' ORDER BY oid"
        }
        (true, Place::Keys) => {
            "SELECT relname::text FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = \
             'keys'::regnamespace AND relname <> 'migration' ORDER BY oid"
        }
    };
    tx.query(place, sql, &[], |row| row.get(0))
}

fn columns(tx: &mut Tx<'_>, place: Place, table: &str) -> Result<Vec<String>, StoreError> {
    let schema = if place == Place::Main { "main" } else { "keys" };
    if tx.is_postgres() {
        let sql = "SELECT attname::text FROM pg_attribute WHERE attrelid = ?1::text::regclass \
                   AND attnum > 0 AND NOT attisdropped ORDER BY attnum";
        return tx.query(place, sql, &bind![named(place, table)], |row| row.get(0));
    }
    let sql = "SELECT name FROM pragma_table_info(?1, ?2) ORDER BY cid";
    tx.query(place, sql, &bind![table, schema], |row| row.get(0))
}

/// A table as a statement names it.
fn named(place: Place, table: &str) -> String {
    match place {
        Place::Main => format!("\"{table}\""),
        Place::Keys => format!("keys.\"{table}\""),
    }
}

fn quoted(columns: &[String]) -> String {
    let quoted: Vec<_> = columns.iter().map(|name| format!("\"{name}\"")).collect();
    quoted.join(", ")
}

fn from_io(error: io::Error) -> StoreError {
    StoreError::Backup(Arc::new(error))
}
