//! Makes a new database from a stream of rows. It counts only once it has [ended](Loaded::end): on
//! SQLite it is a folder beside the right one that gets its name then, on PostgreSQL a table says that
//! it is unfinished, and everybody else is refused.

use std::collections::BTreeMap;
use std::io::Read;

use super::rows::{Item, LoadedRow, RowReader};
use super::{Part, RowCounts, postgres, sqlite};
use crate::tx::Place;
use crate::{StoreError, Target, migration};

/// A database that is being filled, in a transaction.
pub struct Loader<'a> {
    engine: Engine<'a>,
}

enum Engine<'a> {
    Sqlite(&'a sqlite::Filling),
    Postgres(::postgres::Transaction<'a>),
}

/// Fills a new database at `target`, which must be empty. What `with` loads is saved together or,
/// after an error, not at all.
pub fn load<T, E: From<StoreError>>(
    target: &Target,
    with: impl FnOnce(&mut Loader<'_>) -> Result<T, E>,
) -> Result<(T, Loaded), E> {
    match target {
        Target::Sqlite(folder) => {
            let place = sqlite::Staging::new(folder)?;
            let staged = place.folder().to_owned();
            // Removes the folder if anything from here on fails.
            let loaded = Loaded(Some(Unfinished::Sqlite(place)));
            let filling = sqlite::Filling::begin(&staged)?;
            let result = with(&mut Loader {
                engine: Engine::Sqlite(&filling),
            })?;
            filling.save()?;
            Ok((result, loaded))
        }
        Target::Postgres(url) => {
            let mut client = postgres::begin(url)?;
            let mut loader = Loader {
                engine: Engine::Postgres(client.transaction().map_err(StoreError::from)?),
            };
            let result = with(&mut loader)?;
            if let Engine::Postgres(tx) = loader.engine {
                postgres::save(tx)?;
            }
            Ok((result, Loaded(Some(Unfinished::Postgres(url.clone())))))
        }
    }
}

/// Reads a stream to its end and shows every row, without loading it.
pub fn scan(input: &mut dyn Read, mut show: impl FnMut(&LoadedRow<'_>)) -> Result<(), StoreError> {
    let mut reader = RowReader::begin(input)?;
    let mut table = (String::new(), Vec::new());
    loop {
        match reader.next()? {
            Item::Table { name, columns } => table = (name, columns),
            Item::Row(cells) => show(&LoadedRow {
                table: &table.0,
                columns: &table.1,
                cells: &cells,
            }),
            Item::End => return Ok(()),
        }
    }
}

impl Loader<'_> {
    /// Loads one half from its stream, the keys first or last. Rows that `keep` does not want are left
    /// out. The tables are made as they were when the stream was written; opening the store brings
    /// them to the present form.
    pub fn rows(
        &mut self,
        part: Part,
        input: &mut dyn Read,
        mut keep: impl FnMut(&LoadedRow<'_>) -> bool,
    ) -> Result<RowCounts, StoreError> {
        let place = part.place();
        let mut reader = RowReader::begin(input)?;
        let (found, known) = (reader.migration, migration::newest(place));
        if found > known {
            return Err(StoreError::Newer { found, known });
        }
        match &mut self.engine {
            Engine::Sqlite(filling) => filling.make(place, found)?,
            Engine::Postgres(tx) => postgres::make(tx, place, found)?,
        }
        let mut counts = BTreeMap::new();
        let mut item = reader.next()?;
        loop {
            let (name, columns) = match item {
                Item::Table { name, columns } => (name, columns),
                Item::Row(_) => return Err(StoreError::Malformed("a row without a table")),
                Item::End => return Ok(counts),
            };
            let mut table = Table {
                place,
                name: &name,
                columns: &columns,
                reader: &mut reader,
                keep: &mut keep,
                count: 0,
            };
            item = match &mut self.engine {
                Engine::Sqlite(filling) => filling.table(&mut table)?,
                Engine::Postgres(tx) => postgres::table(tx, &mut table)?,
            };
            let count = table.count;
            counts.insert(name, count);
        }
    }
}

/// A table whose rows are being loaded.
pub(super) struct Table<'a, 'r> {
    pub(super) place: Place,
    pub(super) name: &'a str,
    pub(super) columns: &'a [String],
    reader: &'a mut RowReader<'r>,
    keep: &'a mut dyn FnMut(&LoadedRow<'_>) -> bool,
    count: u64,
}

impl Table<'_, '_> {
    /// Hands each row that is to be loaded to `insert`; returns what follows the rows.
    pub(super) fn for_each(
        &mut self,
        mut insert: impl FnMut(&LoadedRow<'_>) -> Result<(), StoreError>,
    ) -> Result<Item, StoreError> {
        loop {
            match self.reader.next()? {
                Item::Row(cells) => {
                    let row = LoadedRow {
                        table: self.name,
                        columns: self.columns,
                        cells: &cells,
                    };
                    if (self.keep)(&row) {
                        insert(&row)?;
                        self.count += 1;
                    }
                }
                other => return Ok(other),
            }
        }
    }
}

/// A database that was loaded and does not count yet. Dropping it removes it.
pub struct Loaded(Option<Unfinished>);

enum Unfinished {
    Sqlite(sqlite::Staging),
    /// The database's URL.
    Postgres(String),
}

impl Loaded {
    /// Where [`Store::open_to_restore`](crate::Store::open_to_restore) finds it until it ends.
    pub fn target(&self) -> Option<Target> {
        Some(match self.0.as_ref()? {
            Unfinished::Sqlite(place) => Target::Sqlite(place.folder().to_owned()),
            Unfinished::Postgres(url) => Target::Postgres(url.clone()),
        })
    }

    /// From now on it counts. No store may be open on it any more.
    pub fn end(mut self) -> Result<(), StoreError> {
        let done = match &self.0 {
            Some(Unfinished::Sqlite(place)) => place.end(),
            Some(Unfinished::Postgres(url)) => postgres::end(url),
            None => Ok(()),
        };
        if done.is_ok() {
            self.0 = None;
        }
        done
    }
}

impl Drop for Loaded {
    fn drop(&mut self) {
        let removed = match self.0.take() {
            Some(Unfinished::Sqlite(place)) => place.remove(),
            Some(Unfinished::Postgres(url)) => postgres::remove(&url),
            None => Ok(()),
        };
        if let Err(error) = removed {
            tracing::warn!(%error, "what was restored only in part could not be removed");
        }
    }
}
