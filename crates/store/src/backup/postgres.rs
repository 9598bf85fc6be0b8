//! Loading into a PostgreSQL database.

use postgres::binary_copy::BinaryCopyInWriter;
use postgres::types::ToSql;
use postgres::{Client, Transaction};

use super::load::Table;
use super::rows::{Cell, Item};
use super::{named, quoted};
use crate::engine::postgres::connect;
use crate::tx::Place;
use crate::value::Value;
use crate::{StoreError, migration};

/// A table that is there until a restore has ended.
const MARK: &str = "restore_unfinished";

/// Whether a restore into this database has begun and not ended.
pub(crate) fn is_unfinished(tx: &mut Transaction<'_>) -> Result<bool, StoreError> {
    let row = tx.query_one("SELECT to_regclass($1) IS NOT NULL", &[&MARK])?;
    Ok(row.try_get(0)?)
}

/// A connection to a database with nothing in it.
pub(super) fn begin(url: &str) -> Result<Client, StoreError> {
    let mut client = connect(url)?;
    // Left over from a restore that was killed.
    remove_from(&mut client)?;
    let sql = "SELECT to_regnamespace('keys') IS NOT NULL OR EXISTS (SELECT 1 FROM pg_class \
               WHERE relnamespace = current_schema()::regnamespace)";
    if client.query_one(sql, &[])?.try_get(0)? {
        return Err(StoreError::NotEmpty);
    }
    Ok(client)
}

pub(super) fn make(
    tx: &mut Transaction<'_>,
    place: Place,
    migration: i64,
) -> Result<(), StoreError> {
    migration::make_on_postgres(tx, place, migration)
}

pub(super) fn table(
    tx: &mut Transaction<'_>,
    table: &mut Table<'_, '_>,
) -> Result<Item, StoreError> {
    let name = named(table.place, table.name);
    let columns = quoted(table.columns);
    let statement = tx.prepare(&format!("SELECT {columns} FROM {name}"))?;
    let types: Vec<_> = statement
        .columns()
        .iter()
        .map(|c| c.type_().clone())
        .collect();
    let copy = tx.copy_in(&format!(
        "COPY {name} ({columns}) FROM STDIN (FORMAT binary)"
    ))?;
    let mut copy = BinaryCopyInWriter::new(copy, &types);
    let item = table.for_each(|row| {
        let values: Vec<Value<'_>> = row.cells.iter().map(Cell::value).collect();
        let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
        Ok(copy.write(&values)?)
    })?;
    copy.finish()?;
    Ok(item)
}

/// Lets numbers go on after those that were loaded, marks the database and saves it.
pub(super) fn save(mut tx: Transaction<'_>) -> Result<(), StoreError> {
    let numbered = tx.query(
        "SELECT c.relname::text, a.attname::text \
         FROM pg_attrdef d JOIN pg_class c ON c.oid = d.adrelid \
         JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum \
         WHERE c.relnamespace = current_schema()::regnamespace \
         AND pg_get_serial_sequence(c.relname, a.attname) IS NOT NULL",
        &[],
    )?;
    for row in numbered {
        let (table, column): (&str, &str) = (row.try_get(0)?, row.try_get(1)?);
        tx.batch_execute(&format!(
            "SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), MAX(\"{column}\")) \
             FROM \"{table}\" HAVING MAX(\"{column}\") IS NOT NULL"
        ))?;
    }
    tx.batch_execute(&format!("CREATE TABLE {MARK} ()"))?;
    Ok(tx.commit()?)
}

pub(super) fn end(url: &str) -> Result<(), StoreError> {
    let mut client = connect(url)?;
    Ok(client.batch_execute(&format!("DROP TABLE {MARK}"))?)
}

pub(super) fn remove(url: &str) -> Result<(), StoreError> {
    remove_from(&mut connect(url)?)
}

/// Removes what a restore brought, if it has not ended. The database was empty before it.
fn remove_from(client: &mut Client) -> Result<(), StoreError> {
    let mut tx = client.transaction()?;
    if !is_unfinished(&mut tx)? {
        return Ok(());
    }
    let tables = tx.query(
        "SELECT relname::text FROM pg_class WHERE relkind IN ('r', 'p') \
         AND relnamespace = current_schema()::regnamespace",
        &[],
    )?;
    for row in tables {
        let table: &str = row.try_get(0)?;
        tx.batch_execute(&format!("DROP TABLE \"{table}\" CASCADE"))?;
    }
    tx.batch_execute("DROP SCHEMA IF EXISTS keys CASCADE")?;
    Ok(tx.commit()?)
}
