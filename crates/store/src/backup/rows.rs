//! How rows stand in the stream: first the number of the newest migration, then for each table its
//! name and columns and its rows, at the end how many rows there were.

use std::io::{self, Read, Write};

use super::{RowCounts, from_io};
use crate::value::Value;
use crate::{Id, StoreError};

const FORMAT: u8 = 1;
const TABLE: u8 = b'T';
const ROW: u8 = b'R';
const END: u8 = b'E';
const NULL: u8 = 0;
const INT: u8 = 1;
const TEXT: u8 = 2;
const BLOB: u8 = 3;

pub(super) struct RowWriter<'a> {
    out: &'a mut dyn Write,
    counts: RowCounts,
    table: String,
    count: u64,
}

impl<'a> RowWriter<'a> {
    pub(super) fn begin(out: &'a mut dyn Write, migration: i64) -> Result<Self, StoreError> {
        out.write_all(&[FORMAT]).map_err(from_io)?;
        out.write_all(&migration.to_le_bytes()).map_err(from_io)?;
        Ok(Self {
            out,
            counts: RowCounts::new(),
            table: String::new(),
            count: 0,
        })
    }

    pub(super) fn table(&mut self, name: &str, columns: &[String]) -> Result<(), StoreError> {
        self.note();
        name.clone_into(&mut self.table);
        self.put(&[TABLE])?;
        self.long(name.as_bytes())?;
        self.put(&count(columns.len())?)?;
        columns
            .iter()
            .try_for_each(|name| self.long(name.as_bytes()))
    }

    pub(super) fn row<'v>(
        &mut self,
        columns: usize,
        value: impl Fn(usize) -> Result<Value<'v>, StoreError>,
    ) -> Result<(), StoreError> {
        self.put(&[ROW])?;
        for column in 0..columns {
            match value(column)? {
                Value::Null => self.put(&[NULL])?,
                Value::Int(number) => {
                    self.put(&[INT])?;
                    self.put(&number.to_le_bytes())?;
                }
                Value::Text(text) => {
                    self.put(&[TEXT])?;
                    self.long(text.as_bytes())?;
                }
                Value::Blob(bytes) => {
                    self.put(&[BLOB])?;
                    self.long(bytes)?;
                }
            }
        }
        self.count += 1;
        Ok(())
    }

    pub(super) fn end(mut self) -> Result<RowCounts, StoreError> {
        self.note();
        let rows: u64 = self.counts.values().sum();
        self.put(&[END])?;
        self.put(&rows.to_le_bytes())?;
        Ok(self.counts)
    }

    fn note(&mut self) {
        if !self.table.is_empty() {
            self.counts
                .insert(std::mem::take(&mut self.table), self.count);
        }
        self.count = 0;
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        self.out.write_all(bytes).map_err(from_io)
    }

    fn long(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        self.put(&count(bytes.len())?)?;
        self.put(bytes)
    }
}

fn count(length: usize) -> Result<[u8; 4], StoreError> {
    let length = u32::try_from(length).map_err(|_| StoreError::TooLarge)?;
    Ok(length.to_le_bytes())
}

/// A value of the stream.
pub(super) enum Cell {
    Null,
    Int(i64),
    Text(String),
    Blob(Vec<u8>),
}

impl Cell {
    pub(super) fn value(&self) -> Value<'_> {
        match self {
            Self::Null => Value::Null,
            Self::Int(number) => Value::Int(*number),
            Self::Text(text) => Value::Text(text),
            Self::Blob(bytes) => Value::Blob(bytes),
        }
    }
}

/// A row that is about to be loaded.
pub struct LoadedRow<'a> {
    pub(super) table: &'a str,
    pub(super) columns: &'a [String],
    pub(super) cells: &'a [Cell],
}

impl LoadedRow<'_> {
    /// Its table.
    pub fn table(&self) -> &str {
        self.table
    }

    /// The identifier in a column; `None` if there is no such column or no identifier in it.
    pub fn id(&self, column: &str) -> Option<Id> {
        Some(Id(self.bytes(column)?.try_into().ok()?))
    }

    /// The bytes in a column; `None` if there is no such column or something else in it.
    pub fn bytes(&self, column: &str) -> Option<&[u8]> {
        match self.cell(column)? {
            Cell::Blob(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The text in a column; `None` if there is no such column or something else in it.
    pub fn text(&self, column: &str) -> Option<&str> {
        match self.cell(column)? {
            Cell::Text(text) => Some(text),
            _ => None,
        }
    }

    fn cell(&self, column: &str) -> Option<&Cell> {
        let at = self.columns.iter().position(|name| name == column)?;
        self.cells.get(at)
    }
}

/// What stands next in the stream.
pub(super) enum Item {
    Table { name: String, columns: Vec<String> },
    Row(Vec<Cell>),
    End,
}

pub(super) struct RowReader<'a> {
    input: &'a mut dyn Read,
    columns: usize,
    rows: u64,
    pub(super) migration: i64,
}

impl<'a> RowReader<'a> {
    pub(super) fn begin(input: &'a mut dyn Read) -> Result<Self, StoreError> {
        let mut reader = Self {
            input,
            columns: 0,
            rows: 0,
            migration: 0,
        };
        let [format] = reader.take()?;
        if format != FORMAT {
            return Err(StoreError::Malformed("a backup of an unknown format"));
        }
        reader.migration = i64::from_le_bytes(reader.take()?);
        Ok(reader)
    }

    pub(super) fn next(&mut self) -> Result<Item, StoreError> {
        let [mark] = self.take()?;
        match mark {
            TABLE => {
                let name = self.name()?;
                self.columns = self.length()?;
                let columns = (0..self.columns).map(|_| self.name());
                let columns = columns.collect::<Result<_, _>>()?;
                Ok(Item::Table { name, columns })
            }
            ROW => {
                self.rows += 1;
                let cells = (0..self.columns).map(|_| self.cell());
                Ok(Item::Row(cells.collect::<Result<_, _>>()?))
            }
            END => {
                if u64::from_le_bytes(self.take()?) != self.rows {
                    return Err(StoreError::Malformed(
                        "a backup whose rows are not all there",
                    ));
                }
                // Whoever reads on finds out that the file was whole.
                io::copy(self.input, &mut io::sink()).map_err(from_io)?;
                Ok(Item::End)
            }
            _ => Err(broken()),
        }
    }

    fn cell(&mut self) -> Result<Cell, StoreError> {
        let [kind] = self.take()?;
        Ok(match kind {
            NULL => Cell::Null,
            INT => Cell::Int(i64::from_le_bytes(self.take()?)),
            TEXT => Cell::Text(self.text()?),
            BLOB => Cell::Blob(self.long()?),
            _ => return Err(broken()),
        })
    }

    /// A name that can stand in a statement.
    fn name(&mut self) -> Result<String, StoreError> {
        let name = self.text()?;
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if name.is_empty() || !name.chars().all(plain) {
            return Err(broken());
        }
        Ok(name)
    }

    fn text(&mut self) -> Result<String, StoreError> {
        String::from_utf8(self.long()?).map_err(|_| broken())
    }

    fn long(&mut self) -> Result<Vec<u8>, StoreError> {
        let length = self.length()?;
        let mut bytes = Vec::new();
        let mut part = (&mut *self.input).take(length as u64);
        part.read_to_end(&mut bytes).map_err(from_io)?;
        if bytes.len() != length {
            return Err(broken());
        }
        Ok(bytes)
    }

    fn length(&mut self) -> Result<usize, StoreError> {
        let length = u32::from_le_bytes(self.take()?);
        usize::try_from(length).map_err(|_| StoreError::TooLarge)
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], StoreError> {
        let mut bytes = [0; N];
        self.input.read_exact(&mut bytes).map_err(from_io)?;
        Ok(bytes)
    }
}

fn broken() -> StoreError {
    StoreError::Malformed("a backup that breaks off or can't be read")
}
