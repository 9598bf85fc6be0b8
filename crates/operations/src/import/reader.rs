//! Opens a file and gives its rows.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::vec;

use law::Country;

use super::format::{Format, SAMPLE, detect};
use super::pattern::looks_like_email;
use super::plan::plan;
use super::row::RawRow;
use super::text::TextRows;
use super::vcard::{self, Cards};
use super::{
    Draft, ImportError, Options, Plan, RowFault, Tally, Warning, assemble, heading, sheet,
};

/// Rows looked at to recognise columns.
const SAMPLED: usize = 200;

/// Rows among which the headings are sought.
const HEADING_WITHIN: usize = 10;

/// A file that can be read twice: once to find out what it is.
trait Source: Read + Seek + Send {}
impl<T: Read + Seek + Send> Source for T {}

type AnyFile = Box<dyn Source>;

enum Rows {
    Text(Box<TextRows<AnyFile>>),
    Sheet(vec::IntoIter<RawRow>),
    Cards(Box<Cards<AnyFile>>),
}

/// A row: taken or rejected.
#[derive(Debug)]
pub enum Row {
    /// A contact can be made of it.
    Taken(Box<Draft>),
    /// It goes to the rejects file.
    Rejected(RowFault),
}

/// How much has been read: bytes of a text or vCard file, rows of a spreadsheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Done so far; never more than `total`.
    pub done: u64,
    /// All there is.
    pub total: u64,
}

/// A list whose columns are recognised. Iterate it for its rows; after an error it is at its
/// end.
pub struct Reader {
    rows: Rows,
    ahead: VecDeque<RawRow>,
    plan: Plan,
    format: Format,
    home: Country,
    tally: Tally,
    total: u64,
    read: Arc<AtomicU64>,
    ended: bool,
}

/// Opens the list at `path` and recognises its columns. Nothing is written; the first rows and,
/// for the encoding, the whole file are looked at.
pub fn read(path: &Path, options: &Options) -> Result<Reader, ImportError> {
    read_from(File::open(path)?, options)
}

/// As [`read`], from an open file or bytes in memory.
pub fn read_from(
    mut file: impl Read + Seek + Send + 'static,
    options: &Options,
) -> Result<Reader, ImportError> {
    let total = file.seek(SeekFrom::End(0))?;
    file.rewind()?;
    let mut start = Vec::new();
    (&mut file).take(SAMPLE as u64).read_to_end(&mut start)?;
    let format = detect(&start)?;
    let read = Arc::new(AtomicU64::new(0));
    let file: AnyFile = Box::new(file);
    let (rows, total) = match format {
        Format::Text => (
            Rows::Text(Box::new(TextRows::open(file, options, read.clone())?)),
            total,
        ),
        Format::Vcard => (
            Rows::Cards(Box::new(Cards::open(file, options, read.clone())?)),
            total,
        ),
        Format::Spreadsheet => {
            let rows = sheet::rows(file, options)?;
            let total = rows.len() as u64;
            (Rows::Sheet(rows.into_iter()), total)
        }
    };
    Reader::begin(rows, format, total, read, options)
}

impl Rows {
    fn next_row(&mut self) -> Result<Option<RawRow>, ImportError> {
        match self {
            Self::Text(rows) => rows.next_row(),
            Self::Sheet(rows) => Ok(rows.next()),
            Self::Cards(cards) => cards.next_row(),
        }
    }

    /// The next row that is not blank.
    fn next_filled(&mut self) -> Result<Option<RawRow>, ImportError> {
        while let Some(row) = self.next_row()? {
            if !row.is_blank() {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }
}

impl Reader {
    fn begin(
        mut rows: Rows,
        format: Format,
        total: u64,
        read: Arc<AtomicU64>,
        options: &Options,
    ) -> Result<Self, ImportError> {
        let mut ahead = VecDeque::new();
        while ahead.len() < SAMPLED {
            match rows.next_filled()? {
                Some(row) => ahead.push_back(row),
                None => break,
            }
        }
        if ahead.is_empty() {
            return Err(ImportError::Empty);
        }
        let plan = match format {
            Format::Vcard => vcard::plan(ahead.make_contiguous()),
            Format::Text | Format::Spreadsheet => table_plan(&mut ahead, options)?,
        };
        Ok(Self {
            rows,
            ahead,
            plan,
            format,
            home: options.country,
            tally: Tally::default(),
            total,
            read,
            ended: false,
        })
    }

    /// What the columns mean.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What kind of file it is.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Counts of the rows read so far.
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// How much has been read.
    pub fn progress(&self) -> Progress {
        let done = match &self.rows {
            Rows::Sheet(rows) => self.total - rows.len() as u64,
            Rows::Text(_) | Rows::Cards(_) => self.read.load(Ordering::Relaxed).min(self.total),
        };
        Progress {
            done,
            total: self.total,
        }
    }

    /// The headings of a rejects file; a vCard is put into one field.
    pub fn headings(&self) -> Vec<String> {
        match self.format {
            Format::Vcard => vec!["vCard".to_owned()],
            Format::Text | Format::Spreadsheet => self.plan.headings(),
        }
    }

    /// The delimiter of a rejects file.
    pub fn delimiter(&self) -> u8 {
        match &self.rows {
            Rows::Text(rows) => rows.delimiter,
            Rows::Sheet(_) | Rows::Cards(_) => b';',
        }
    }

    fn judge(&mut self, row: RawRow) -> Row {
        let number = self.tally.rows() + 1;
        let draft = match self.format {
            Format::Vcard => vcard::draft(number, &row, self.home),
            Format::Text | Format::Spreadsheet => {
                assemble::draft(&self.plan, number, &row, self.home)
            }
        };
        match draft {
            Ok(draft) => {
                self.tally.count(&draft);
                Row::Taken(Box::new(draft))
            }
            Err(reason) => {
                self.tally.rejected += 1;
                Row::Rejected(RowFault {
                    row: number,
                    line: row.line,
                    reason,
                    raw: row.cells,
                })
            }
        }
    }
}

impl Tally {
    fn count(&mut self, draft: &Draft) {
        self.taken += 1;
        self.claimed_consents += u64::from(!draft.claimed_consents.is_empty());
        self.claimed_objections += u64::from(!draft.claimed_objections.is_empty());
        for warning in &draft.warnings {
            match warning {
                Warning::Email(_) => self.bad_emails += 1,
                Warning::Phone(_) => self.bad_phones += 1,
                Warning::Country => self.unknown_countries += 1,
                Warning::ShortRow => self.short_rows += 1,
            }
        }
    }
}

impl Iterator for Reader {
    type Item = Result<Row, ImportError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(row) = self.ahead.pop_front() {
            return Some(Ok(self.judge(row)));
        }
        if self.ended {
            return None;
        }
        match self.rows.next_filled() {
            Ok(Some(row)) => Some(Ok(self.judge(row))),
            Ok(None) => {
                self.ended = true;
                None
            }
            Err(error) => {
                self.ended = true;
                Some(Err(error))
            }
        }
    }
}

/// Finds the headings, takes them and what stands before them off `ahead`, and plans.
pub(crate) fn table_plan(
    ahead: &mut VecDeque<RawRow>,
    options: &Options,
) -> Result<Plan, ImportError> {
    let at = match options.header {
        Some(true) => Some(heading_row(ahead).unwrap_or(0)),
        Some(false) => None,
        None => heading_row(ahead),
    };
    let mut skipped = 0;
    let mut headings = None;
    if let Some(at) = at {
        let row = ahead.drain(..=at).next_back();
        skipped = row.as_ref().map_or(0, |row| row.line.saturating_sub(1));
        headings = row.map(|row| without_blank_end(row.cells));
    }
    let sample: Vec<Vec<String>> = ahead.iter().map(|row| row.cells.clone()).collect();
    let mut plan = plan(headings.as_deref(), &sample, &options.map)?;
    plan.skipped_lines = if at == Some(0) { 0 } else { skipped };
    Ok(plan)
}

fn without_blank_end(mut cells: Vec<String>) -> Vec<String> {
    while cells.last().is_some_and(|cell| cell.trim().is_empty()) {
        cells.pop();
    }
    cells
}

/// The first row with known headings. A title or remark may stand before it; a row with an
/// e-mail address is data, so that a file that begins with one has no headings.
fn heading_row(ahead: &VecDeque<RawRow>) -> Option<usize> {
    for (index, row) in ahead.iter().take(HEADING_WITHIN).enumerate() {
        let filled = || row.cells.iter().filter(|cell| !cell.trim().is_empty());
        if filled().any(|cell| looks_like_email(cell)) {
            return None;
        }
        let known = filled()
            .filter(|cell| heading::meaning(cell).is_some())
            .count();
        if known >= 2 || known == 1 && filled().count() <= 3 {
            return Some(index);
        }
    }
    // Headings in words that are not known are headings nevertheless.
    Some(0)
}
