//! Delimited text.

mod delimiter;
mod encoding;
mod quotes;

use std::io::{Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use encoding_rs::Encoding;

use super::row::RawRow;
use super::{ImportError, Options};

pub(crate) use delimiter::{sniff, stated};
pub(crate) use encoding::utf16;
pub(super) use encoding::{Decoded, detect as detect_encoding};

/// More columns than any contact list has; a guard for memory.
pub(crate) const MAX_COLUMNS: usize = 2_000;

/// The rows of a delimited text, as a stream.
pub(super) struct TextRows<R: Read> {
    csv: csv::Reader<quotes::Watched<Decoded<R>>>,
    record: csv::StringRecord,
    pub(super) delimiter: u8,
}

impl<R: Read + Seek> TextRows<R> {
    /// Finds out encoding and delimiter and begins to read. `read` counts the bytes read.
    pub(super) fn open(
        mut file: R,
        options: &Options,
        read: Arc<AtomicU64>,
    ) -> Result<Self, ImportError> {
        let encoding = match options.encoding {
            Some(encoding) => encoding,
            None => detect_encoding(&mut file)?,
        };
        let sample = sample(&mut file, encoding)?;
        let (stated, delimiter) = match stated(&sample) {
            Some(delimiter) => (true, delimiter),
            None => (false, sniff(&sample)),
        };
        let delimiter = options.delimiter.unwrap_or(delimiter);
        file.seek(SeekFrom::Start(0))?;
        let text = quotes::Watched::new(Decoded::new(file, encoding, read), delimiter);
        let mut rows = Self {
            csv: csv::ReaderBuilder::new()
                .delimiter(delimiter)
                .has_headers(false)
                .flexible(true)
                .from_reader(text),
            record: csv::StringRecord::new(),
            delimiter,
        };
        if stated {
            rows.next_row()?;
        }
        Ok(rows)
    }
}

impl<R: Read> TextRows<R> {
    /// The next row; `None` at the end.
    pub(super) fn next_row(&mut self) -> Result<Option<RawRow>, ImportError> {
        if !self.csv.read_record(&mut self.record)? {
            return Ok(None);
        }
        if self.record.len() > MAX_COLUMNS {
            return Err(ImportError::TooManyColumns(MAX_COLUMNS));
        }
        // The record's own position is that of blank lines before it; every record ends with a
        // line break, so its beginning is counted back from its end.
        let breaks = self
            .record
            .as_slice()
            .bytes()
            .filter(|&byte| byte == b'\n')
            .count() as u64;
        let end = self.csv.position().line();
        Ok(Some(RawRow {
            line: end.saturating_sub(breaks + 1),
            cells: self.record.iter().map(str::to_owned).collect(),
        }))
    }
}

/// The beginning of the text, up to the last whole line.
fn sample<R: Read + Seek>(
    file: &mut R,
    encoding: &'static Encoding,
) -> Result<String, ImportError> {
    file.seek(SeekFrom::Start(0))?;
    let limit = super::format::SAMPLE as u64;
    let mut bytes = Vec::new();
    Decoded::new(file.take(limit), encoding, Arc::default()).read_to_end(&mut bytes)?;
    let mut text = String::from_utf8_lossy(&bytes).into_owned();
    if bytes.len() as u64 >= limit / 2
        && let Some(end) = text.rfind('\n')
    {
        text.truncate(end);
    }
    Ok(text)
}
