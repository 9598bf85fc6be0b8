//! A list, as a stream of rows of which nothing is changed.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::io::{Chain, Cursor, Read};

use csv::ByteRecord;
use law::{Channel, Country};

use super::FilterAsk;
use super::cut::Cutter;
use crate::contact::normalise;
use crate::import::{
    self, Confidence, Draft, Format, ImportError, MAX_COLUMNS, Meaning, Options, Plan, RawRow,
    Reason, SAMPLE,
};

/// Rows decided together.
const BATCH: usize = 512;

/// Bytes of rows after which a batch ends early.
const BATCH_BYTES: usize = 4 * 1024 * 1024;

/// Rows looked at to recognise the columns.
const SAMPLED: usize = 100;

const MARK: &[u8] = b"\xef\xbb\xbf";

/// A row as it is in the file.
pub(super) struct Row {
    /// The line in which it begins, from 1.
    pub(super) line: u64,
    /// Its bytes with the line break at its end.
    pub(super) raw: Vec<u8>,
    /// Its fields; the whole row as one field if a quotation mark is not closed.
    pub(super) cells: ByteRecord,
    /// Whether every quotation mark is closed.
    pub(super) whole: bool,
}

/// By what a row tells who is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Email,
    Phone,
    /// An e-mail address, or else a number: the channel uses neither.
    Any,
}

impl Key {
    pub(super) const fn of(channel: Channel) -> Self {
        match channel {
            Channel::Email | Channel::PortalMessage => Self::Email,
            Channel::Sms
            | Channel::Messenger
            | Channel::Phone
            | Channel::AutomatedCall
            | Channel::Fax => Self::Phone,
            Channel::Post
            | Channel::Visit
            | Channel::AdAudience
            | Channel::Profiling
            | Channel::Enrichment
            | Channel::Sharing
            | Channel::Storing => Self::Any,
        }
    }
}

/// What the columns mean, and which of them are read.
pub(super) struct Columns {
    plan: Plan,
    /// Fields that a row must have.
    pub(super) width: usize,
    read: Vec<bool>,
    pub(super) key: Key,
    home: Country,
}

pub(super) struct List<R> {
    cutter: Cutter<Chain<Cursor<Vec<u8>>, R>>,
    delimiter: u8,
    columns: Columns,
    headings: Vec<String>,
    beginning: Vec<u8>,
    ahead: Vec<Row>,
}

impl<R: Read> List<R> {
    /// Finds out delimiter, headings and columns.
    pub(super) fn open(mut input: R, ask: &FilterAsk) -> Result<Self, ImportError> {
        let mut start = Vec::new();
        (&mut input).take(SAMPLE as u64).read_to_end(&mut start)?;
        check_format(&start)?;
        let mut beginning = Vec::new();
        let text = start.strip_prefix(MARK).unwrap_or(&start);
        let skipped = start.len() - text.len();
        beginning.extend_from_slice(start.get(..skipped).unwrap_or_default());
        let sample = whole_lines(text);
        let stated = import::stated(&sample);
        let delimiter = stated.unwrap_or_else(|| import::sniff(&sample));
        let mut start = Cursor::new(start);
        start.set_position(skipped as u64);
        let mut cutter = Cutter::new(start.chain(input), delimiter);
        if stated.is_some()
            && let Some(cut) = cutter.cut()?
        {
            beginning.extend_from_slice(cut.bytes);
            beginning.extend_from_slice(cut.ending);
        }
        let mut rows = read_rows(&mut cutter, delimiter)?;
        if rows.is_empty() {
            return Err(ImportError::Empty);
        }
        let (plan, before) = plan(&rows, ask)?;
        let ahead = rows.split_off(before);
        let mut headings = plan
            .columns
            .iter()
            .map(|column| column.heading.clone())
            .collect();
        if let Some(row) = rows.last() {
            headings = texts(&row.cells);
        }
        let width = match rows.last() {
            Some(row) => row.cells.len(),
            None => usual_width(&ahead),
        };
        if width > MAX_COLUMNS {
            return Err(ImportError::TooManyColumns(MAX_COLUMNS));
        }
        for row in &rows {
            beginning.extend_from_slice(&row.raw);
        }
        Ok(Self {
            cutter,
            delimiter,
            columns: Columns::new(plan, width, ask)?,
            headings,
            beginning,
            ahead,
        })
    }

    /// The next rows; none at the end.
    pub(super) fn next_rows(&mut self) -> Result<Vec<Row>, ImportError> {
        if !self.ahead.is_empty() {
            return Ok(std::mem::take(&mut self.ahead));
        }
        read_rows(&mut self.cutter, self.delimiter)
    }

    /// All that stands before the first row: byte-order mark, `sep=` line, title, headings.
    pub(super) fn beginning(&self) -> &[u8] {
        &self.beginning
    }

    pub(super) fn headings(&self) -> &[String] {
        &self.headings
    }

    pub(super) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    pub(super) fn columns(&self) -> &Columns {
        &self.columns
    }
}

impl Columns {
    fn new(plan: Plan, width: usize, ask: &FilterAsk) -> Result<Self, ImportError> {
        let key = Key::of(ask.channel);
        let has = |meaning| plan.columns.iter().any(|column| column.meaning == meaning);
        let fax = ask.channel == Channel::Fax && has(Meaning::Fax);
        let names = |meaning| match key {
            Key::Email => meaning == Meaning::Email,
            Key::Phone if fax => meaning == Meaning::Fax,
            Key::Phone => matches!(meaning, Meaning::Phone | Meaning::Mobile),
            Key::Any => matches!(meaning, Meaning::Email | Meaning::Phone | Meaning::Mobile),
        };
        if !plan.columns.iter().any(|column| names(column.meaning)) {
            return Err(ImportError::Format(match key {
                Key::Email => "the list has no column with e-mail addresses; name it with --map",
                Key::Phone => "the list has no column with telephone numbers; name it with --map",
                Key::Any => {
                    "the list has no column with e-mail addresses or telephone numbers, by which \
                     people are found on record; name it with --map"
                }
            }));
        }
        let read = plan
            .columns
            .iter()
            .map(|column| names(column.meaning) || bears(column.meaning, key))
            .collect();
        Ok(Self {
            plan,
            width,
            read,
            key,
            home: ask.country,
        })
    }

    /// What the row says, normalised as an import does it: of the cells that are needed.
    pub(super) fn draft(&self, row: &Row) -> Result<Draft, Reason> {
        let read = self.read.iter().zip(&row.cells);
        let cells = read
            .map(|(&read, cell)| {
                if read {
                    text(cell).into_owned()
                } else {
                    String::new()
                }
            })
            .collect();
        let row = RawRow {
            line: row.line,
            cells,
        };
        import::draft(&self.plan, 0, &row, self.home)
    }
}

/// Columns that are read besides: those that tell the country of a number, and those in which
/// the list notes an objection.
fn bears(meaning: Meaning, key: Key) -> bool {
    match meaning {
        Meaning::ClaimedConsent | Meaning::ClaimedObjection => true,
        Meaning::Email
        | Meaning::Country
        | Meaning::Address
        | Meaning::Postcode
        | Meaning::PostcodeCity => key != Key::Email,
        _ => false,
    }
}

fn check_format(start: &[u8]) -> Result<(), ImportError> {
    if import::detect(start)? != Format::Text {
        return Err(ImportError::Format(
            "only CSV can be filtered; save the list as CSV UTF-8",
        ));
    }
    if import::utf16(start).is_some() {
        return Err(ImportError::Format(
            "the list is UTF-16 (\"Unicode text\"); save it as CSV UTF-8",
        ));
    }
    Ok(())
}

/// The text up to its last line break, so that no half row misleads.
fn whole_lines(text: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(text).into_owned();
    if text.len() >= SAMPLE / 2
        && let Some(end) = text.rfind('\n')
    {
        text.truncate(end);
    }
    text
}

/// What the columns mean, and how many rows stand before the first row of data.
fn plan(rows: &[Row], ask: &FilterAsk) -> Result<(Plan, usize), ImportError> {
    let mut options = Options::new(ask.country);
    options.map.clone_from(&ask.map);
    let sample: VecDeque<RawRow> = rows
        .iter()
        .take(SAMPLED)
        .map(|row| RawRow {
            line: row.line,
            cells: texts(&row.cells),
        })
        .collect();
    let mut after = sample.clone();
    let found = import::table_plan(&mut after, &options);
    let before = sample.len() - after.len();
    let bears_data = sample.iter().take(before).any(|row| has_number(row, ask));
    match found {
        Ok(found) if before == 0 || !bears_data && has_known_heading(&found) => Ok((found, before)),
        Err(fault) if !bears_data => Err(fault),
        // What can't be told from data is judged like data, so that it is never passed on
        // unseen.
        _ => {
            options.header = Some(false);
            Ok((import::table_plan(&mut sample.clone(), &options)?, 0))
        }
    }
}

/// A row with an e-mail address is never taken for headings; nor may one with a number be.
fn has_number(row: &RawRow, ask: &FilterAsk) -> bool {
    row.cells.iter().any(|cell| {
        cell.trim().starts_with(['+', '0', '(']) && normalise::phone(cell, ask.country).is_ok()
    })
}

fn has_known_heading(plan: &Plan) -> bool {
    plan.columns
        .iter()
        .any(|column| column.confidence >= Confidence::Certain)
}

fn usual_width(rows: &[Row]) -> usize {
    let widths: Vec<usize> = rows
        .iter()
        .take(SAMPLED)
        .map(|row| row.cells.len())
        .collect();
    let times = |width: usize| widths.iter().filter(|&&other| other == width).count();
    widths
        .iter()
        .copied()
        .max_by_key(|&width| times(width))
        .unwrap_or(0)
}

/// The next rows that are not blank; none at the end.
fn read_rows<R: Read>(cutter: &mut Cutter<R>, delimiter: u8) -> Result<Vec<Row>, ImportError> {
    loop {
        let mut rows = Vec::new();
        let mut bytes = 0;
        while rows.len() < BATCH && bytes < BATCH_BYTES {
            let Some(cut) = cutter.cut()? else { break };
            let mut raw = cut.bytes.to_vec();
            raw.extend_from_slice(cut.ending);
            bytes += raw.len();
            rows.push(Row {
                line: cut.line,
                raw,
                cells: ByteRecord::new(),
                whole: cut.whole,
            });
        }
        if rows.is_empty() {
            return Ok(rows);
        }
        read_cells(&mut rows, delimiter)?;
        rows.retain(|row| !is_blank(&row.cells));
        if !rows.is_empty() {
            return Ok(rows);
        }
    }
}

/// Takes the rows apart. One csv reader for all, since it takes long to set up.
fn read_cells(rows: &mut [Row], delimiter: u8) -> Result<(), ImportError> {
    let mut text = Vec::new();
    for row in rows.iter().filter(|row| row.whole) {
        text.extend_from_slice(without_break(&row.raw));
        text.push(b'\n');
    }
    let mut csv = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_slice());
    let mut end = 0;
    for row in rows {
        let bare = without_break(&row.raw);
        if !row.whole {
            row.cells.push_field(bare);
            continue;
        }
        end += bare.len() as u64 + 1;
        // The row that is judged must be the row that is passed on.
        if !csv.read_byte_record(&mut row.cells)? || csv.position().byte() != end {
            return Err(ImportError::Format("the file is no table of text"));
        }
    }
    Ok(())
}

fn without_break(raw: &[u8]) -> &[u8] {
    let end = raw.iter().rposition(|byte| !matches!(byte, b'\r' | b'\n'));
    raw.get(..end.map_or(0, |end| end + 1)).unwrap_or_default()
}

fn is_blank(cells: &ByteRecord) -> bool {
    cells.iter().all(|cell| cell.trim_ascii().is_empty())
}

/// A cell in UTF-8, or else in Windows-1252: told cell by cell, as the end of a stream is not
/// known when its first rows are passed on.
fn text(cell: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(cell) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => {
            encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(cell)
                .0
        }
    }
}

pub(super) fn texts(cells: &ByteRecord) -> Vec<String> {
    cells.iter().map(|cell| text(cell).into_owned()).collect()
}
