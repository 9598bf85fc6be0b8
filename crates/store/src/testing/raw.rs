//! The database behind the product's back: as somebody with a database client sees and changes it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use postgres::{Client, NoTls};

use super::Database;
use crate::Target;

/// The file with everything but the keys.
const FILE: &str = "leitplanke.db";
/// The file with the keys.
const KEYS: &str = "keys.db";

/// Schema, table and name of every column on PostgreSQL.
const COLUMNS: &str = "SELECT table_schema::text, table_name::text, column_name::text \
    FROM information_schema.columns \
    WHERE table_schema NOT IN ('pg_catalog', 'information_schema')";

impl Database {
    /// Runs a statement that both engines understand and says how many rows it changed.
    #[allow(
        clippy::must_use_candidate,
        reason = "it is called for what it changes"
    )]
    pub fn execute(&self, sql: &str) -> u64 {
        match &self.target {
            Target::Sqlite(folder) => {
                let client = rusqlite::Connection::open(folder.join(FILE)).expect("the file opens");
                client.execute(sql, []).expect("the statement runs") as u64
            }
            Target::Postgres(url) => client(url).execute(sql, &[]).expect("the statement runs"),
        }
    }

    /// Makes the kept key of a contact, or of a form that was sent, unreadable.
    pub fn spoil_key(&self, of: crate::Id) {
        let id: &[u8] = &of.0;
        let changed = match &self.target {
            Target::Sqlite(folder) => {
                let client = rusqlite::Connection::open(folder.join(KEYS)).expect("the file opens");
                let sql = "UPDATE contact_key SET wrapped = ?1 WHERE contact = ?1";
                client.execute(sql, [id]).expect("the statement runs") as u64
            }
            Target::Postgres(url) => client(url)
                .execute(
                    "UPDATE keys.contact_key SET wrapped = $1 WHERE contact = $1",
                    &[&id],
                )
                .expect("the statement runs"),
        };
        assert_eq!(changed, 1, "there is one such key");
    }

    /// Deletes the kept key of a contact, or of a form that was sent.
    pub fn delete_key(&self, of: crate::Id) {
        let id: &[u8] = &of.0;
        let deleted = match &self.target {
            Target::Sqlite(folder) => {
                let client = rusqlite::Connection::open(folder.join(KEYS)).expect("the file opens");
                let sql = "DELETE FROM contact_key WHERE contact = ?1";
                client.execute(sql, [id]).expect("the statement runs") as u64
            }
            Target::Postgres(url) => client(url)
                .execute("DELETE FROM keys.contact_key WHERE contact = $1", &[&id])
                .expect("the statement runs"),
        };
        assert_eq!(deleted, 1, "there is one such key");
    }

    /// Changes the bytes in `column` of the one row of `table` that fits `condition`.
    pub fn change_bytes(
        &self,
        (table, column): (&str, &str),
        condition: &str,
        change: impl FnOnce(&mut Vec<u8>),
    ) {
        let select = format!("SELECT {column} FROM {table} WHERE {condition}");
        let update = format!("UPDATE {table} SET {column} = $1 WHERE {condition}");
        let changed = match &self.target {
            Target::Sqlite(folder) => {
                let client = rusqlite::Connection::open(folder.join(FILE)).expect("the file opens");
                let bytes = client.query_row(&select, [], |row| row.get(0));
                let mut bytes: Vec<u8> = bytes.expect("there is one such row");
                change(&mut bytes);
                client.execute(&update, [bytes]).expect("the row takes it") as u64
            }
            Target::Postgres(url) => {
                let mut client = client(url);
                let row = client
                    .query_one(&select, &[])
                    .expect("there is one such row");
                let mut bytes: Vec<u8> = row.get(0);
                change(&mut bytes);
                client
                    .execute(&update, &[&bytes])
                    .expect("the row takes it")
            }
        };
        assert_eq!(changed, 1, "one row was to be changed");
    }

    /// The columns of every table, on either engine, without what the store keeps of itself.
    #[must_use]
    pub fn columns(&self) -> BTreeMap<String, BTreeSet<String>> {
        let pairs: Vec<(String, String)> = match &self.target {
            Target::Sqlite(folder) => [FILE, KEYS]
                .iter()
                .flat_map(|file| {
                    let client = rusqlite::Connection::open(folder.join(file));
                    let client = client.expect("the file opens");
                    let sql = "SELECT t.name, c.name FROM sqlite_master t, \
                               pragma_table_info(t.name) c WHERE t.type = 'table'";
                    let mut query = client.prepare(sql).expect("the list of columns");
                    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
                    let rows = rows.expect("the list of columns");
                    rows.map(|row| row.expect("a column")).collect::<Vec<_>>()
                })
                .collect(),
            Target::Postgres(url) => {
                let rows = client(url).query(COLUMNS, &[]);
                let rows = rows.expect("the list of columns").into_iter();
                rows.map(|row| (row.get(1), row.get(2))).collect()
            }
        };
        let mut tables = BTreeMap::<String, BTreeSet<String>>::new();
        for (table, column) in pairs {
            if !["migration", "sqlite_sequence"].contains(&&*table) {
                tables.entry(table).or_default().insert(column);
            }
        }
        tables
    }

    /// Every byte that the database keeps: on SQLite its files, on PostgreSQL every column of
    /// every table, binary ones as they are. The order says nothing.
    #[must_use]
    pub fn every_byte(&self) -> Vec<u8> {
        match &self.target {
            Target::Sqlite(folder) => {
                let files = fs::read_dir(folder).expect("the folder of the database");
                let content = files.map(|file| fs::read(file.expect("a file").path()));
                content
                    .flat_map(|bytes| bytes.expect("a file that can be read"))
                    .collect()
            }
            Target::Postgres(url) => every_column(&mut client(url)),
        }
    }
}

fn client(url: &str) -> Client {
    Client::connect(url, NoTls).expect("the PostgreSQL server for tests lets us in")
}

fn every_column(client: &mut Client) -> Vec<u8> {
    let columns = client.query(COLUMNS, &[]).expect("the list of columns");
    let mut all = Vec::new();
    for column in columns {
        let [schema, table, name]: [String; 3] = [0, 1, 2].map(|n| column.get(n));
        let select = format!("SELECT \"{name}\"::text FROM \"{schema}\".\"{table}\"");
        for row in client.query(&select, &[]).expect("a column") {
            let text: Option<String> = row.get(0);
            let Some(text) = text else { continue };
            match text.strip_prefix("\\x") {
                Some(hex) => all.extend(from_hex(hex)),
                None => all.extend(text.as_bytes()),
            }
            all.push(b'\n');
        }
    }
    all
}

fn from_hex(hex: &str) -> Vec<u8> {
    let digits = hex.as_bytes().chunks_exact(2);
    let digits = digits.map(|pair| std::str::from_utf8(pair).expect("hexadecimal digits"));
    digits
        .map(|pair| u8::from_str_radix(pair, 16).expect("hexadecimal digits"))
        .collect()
}
