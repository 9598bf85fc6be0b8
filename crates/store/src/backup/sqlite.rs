//! Loading into SQLite files.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::load::Table;
use super::rows::{Cell, Item};
use super::{named, quoted};
use crate::engine::sqlite::connections_to_fill;
use crate::tx::Place;
use crate::{StoreError, migration};

/// A folder beside the right one, which gets its name at the end.
pub(super) struct Staging {
    folder: PathBuf,
    right: PathBuf,
    parent: PathBuf,
}

/// The two files of the folder, each in a transaction.
pub(super) struct Filling {
    main: Connection,
    keys: Connection,
}

impl Staging {
    pub(super) fn new(right: &Path) -> Result<Self, StoreError> {
        let name = right.file_name().ok_or_else(|| {
            StoreError::Target("name the folder to restore into by its own name".to_owned())
        })?;
        let parent = match right.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        if right.exists() && (!right.is_dir() || fs::read_dir(right)?.next().is_some()) {
            return Err(StoreError::NotEmpty);
        }
        let staging = Self {
            folder: parent.join(format!(".{}.restoring", name.to_string_lossy())),
            right: right.to_owned(),
            parent: parent.to_owned(),
        };
        // Left over from a restore that was killed.
        staging.remove()?;
        fs::create_dir_all(parent)?;
        Ok(staging)
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(super) fn end(&self) -> Result<(), StoreError> {
        fs::rename(&self.folder, &self.right)?;
        File::open(&self.parent)?.sync_all()?;
        Ok(())
    }

    pub(super) fn remove(&self) -> Result<(), StoreError> {
        if self.folder.exists() {
            fs::remove_dir_all(&self.folder)?;
        }
        Ok(())
    }
}

impl Filling {
    pub(super) fn begin(folder: &Path) -> Result<Self, StoreError> {
        let (main, keys) = connections_to_fill(folder)?;
        for connection in [&main, &keys] {
            // Checked as a whole at the end: until then what a row refers to may be missing.
            connection.execute_batch("PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE")?;
        }
        Ok(Self { main, keys })
    }

    fn of(&self, place: Place) -> &Connection {
        match place {
            Place::Main => &self.main,
            Place::Keys => &self.keys,
        }
    }

    pub(super) fn make(&self, place: Place, migration: i64) -> Result<(), StoreError> {
        migration::make_on_sqlite(self.of(place), place, migration)
    }

    pub(super) fn table(&self, table: &mut Table<'_, '_>) -> Result<Item, StoreError> {
        let values: Vec<_> = (1..=table.columns.len()).map(|n| format!("?{n}")).collect();
        let sql = format!(
            "INSERT INTO {} ({}) VALUES ({})",
            named(table.place, table.name),
            quoted(table.columns),
            values.join(", ")
        );
        let mut insert = self.of(table.place).prepare(&sql)?;
        table.for_each(|row| {
            let values = row.cells.iter().map(Cell::value);
            insert.execute(rusqlite::params_from_iter(values))?;
            Ok(())
        })
    }

    pub(super) fn save(self) -> Result<(), StoreError> {
        let mut check = self.main.prepare("PRAGMA foreign_key_check")?;
        if check.exists([])? {
            return Err(StoreError::Missing);
        }
        drop(check);
        for connection in [&self.keys, &self.main] {
            connection.execute_batch("COMMIT")?;
        }
        Ok(())
    }
}
