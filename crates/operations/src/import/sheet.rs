//! Spreadsheets: XLSX, XLS and ODS.

use std::io::{Cursor, Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use calamine::{Data, DataRef, ExcelDateTime, Reader as _, Sheets, open_workbook_auto_from_rs};

use super::row::RawRow;
use super::text::MAX_COLUMNS;
use super::{ImportError, Options};

/// The rows of one sheet. A spreadsheet is held in memory as a whole, its empty cells not.
pub(super) fn rows(
    mut file: impl Read + Seek,
    options: &Options,
) -> Result<Vec<RawRow>, ImportError> {
    let mut bytes = Vec::new();
    file.rewind()?;
    file.read_to_end(&mut bytes)?;
    if claims_impossible_size(&bytes) {
        return Err(ImportError::Spreadsheet);
    }
    let book = Cursor::new(Arc::<[u8]>::from(bytes));
    // The parser of the old binary formats indexes into damaged files without looking; such a
    // file is the user's mistake and must not end the process.
    catch_unwind(AssertUnwindSafe(|| read(book, options))).unwrap_or(Err(ImportError::Spreadsheet))
}

/// Whether an old Excel file holds a record of a sheet's size (Dimensions, type 0x0200) beyond the
/// format's 65,536 rows of 256 columns. The parser sets memory aside for what such a record claims,
/// and where there is not so much the process ends.
fn claims_impossible_size(bytes: &[u8]) -> bool {
    const COMPOUND_FILE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    const MOST_CELLS: u64 = 65_536 * 256;
    if !bytes.starts_with(&COMPOUND_FILE) {
        return false;
    }
    let claims = |record: &[u8]| {
        let short = |at: usize| {
            Some(u64::from(u16::from_le_bytes(
                *record.get(at..)?.first_chunk()?,
            )))
        };
        let long = |at: usize| {
            Some(u64::from(u32::from_le_bytes(
                *record.get(at..)?.first_chunk()?,
            )))
        };
        let (first_row, end_row, first_column, end_column) = match record.get(2..4)? {
            [10, 0] => (short(4)?, short(6)?, short(8)?, short(10)?),
            [14 | 16, 0] => (long(4)?, long(8)?, short(12)?, short(14)?),
            _ => return None,
        };
        let columns = if first_column > 0xFF || end_column < first_column {
            end_column
        } else {
            end_column - first_column
        };
        Some(end_row < first_row || (end_row - first_row).saturating_mul(columns) > MOST_CELLS)
    };
    // A damaged file may send the parser to any place, so records are looked for at every one.
    (0..bytes.len())
        .map(|at| &bytes[at..])
        .filter(|record| record.starts_with(&[0x00, 0x02]))
        .any(|record| claims(record) == Some(true))
}

fn read(file: Cursor<Arc<[u8]>>, options: &Options) -> Result<Vec<RawRow>, ImportError> {
    let mut book = open_workbook_auto_from_rs(file).map_err(|_| ImportError::Spreadsheet)?;
    let known = book.sheet_names();
    let sheet = match &options.sheet {
        None => known.first().cloned().ok_or(ImportError::Empty)?,
        Some(wanted) => match known.iter().find(|name| name.trim() == wanted.trim()) {
            Some(name) => name.clone(),
            None => return Err(ImportError::NoSheet { known }),
        },
    };
    // A sheet of a few cells may claim a million rows; only XLSX can be read cell by cell.
    if let Sheets::Xlsx(book) = &mut book {
        let mut cells = book
            .worksheet_cells_reader(&sheet)
            .map_err(|_| ImportError::Spreadsheet)?;
        let mut rows = Rows::default();
        while let Some(cell) = cells.next_cell().map_err(|_| ImportError::Spreadsheet)? {
            rows.put(cell.get_position(), &as_text(cell.get_value()))?;
        }
        return Ok(rows.0);
    }
    let range = book
        .worksheet_range(&sheet)
        .map_err(|_| ImportError::Spreadsheet)?;
    let (top, left) = range.start().unwrap_or_default();
    let mut rows = Rows::default();
    for (row, column, value) in range.used_cells() {
        let position = (
            top.saturating_add(u32::try_from(row).unwrap_or(u32::MAX)),
            left.saturating_add(u32::try_from(column).unwrap_or(u32::MAX)),
        );
        rows.put(position, &owned_as_text(value))?;
    }
    Ok(rows.0)
}

#[derive(Default)]
struct Rows(Vec<RawRow>);

impl Rows {
    /// Cells come row by row.
    fn put(&mut self, (row, column): (u32, u32), text: &str) -> Result<(), ImportError> {
        if text.is_empty() {
            return Ok(());
        }
        let line = u64::from(row) + 1;
        let column = column as usize;
        if column >= MAX_COLUMNS {
            return Err(ImportError::TooManyColumns(MAX_COLUMNS));
        }
        if self.0.last().is_none_or(|last| last.line != line) {
            self.0.push(RawRow {
                line,
                cells: Vec::new(),
            });
        }
        if let Some(last) = self.0.last_mut() {
            if last.cells.len() <= column {
                last.cells.resize(column + 1, String::new());
            }
            if let Some(cell) = last.cells.get_mut(column) {
                text.clone_into(cell);
            }
        }
        Ok(())
    }
}

fn owned_as_text(value: &Data) -> String {
    match value {
        Data::Int(number) => number.to_string(),
        Data::Float(number) => float(*number),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Bool(yes) => yes_or_no(*yes),
        Data::DateTime(day) => date(day),
        Data::Error(_) | Data::Empty => String::new(),
    }
}

fn as_text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => float(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => yes_or_no(*yes),
        DataRef::DateTime(day) => date(day),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

fn yes_or_no(yes: bool) -> String {
    if yes { "ja" } else { "nein" }.to_owned()
}

/// Postal codes, customer and telephone numbers are kept as figures by spreadsheets: without
/// exponent and, for whole numbers, without decimal places. A figure shows at most 15 digits.
fn float(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        format!("{number:.0}")
    } else {
        number.to_string()
    }
}

/// A day as `2026-02-01`, with the time if there is one.
fn date(day: &ExcelDateTime) -> String {
    if !day.is_datetime() {
        return float(day.as_f64());
    }
    let (year, month, dom, hour, minute, second, _) = day.to_ymd_hms_milli();
    if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{dom:02}")
    } else {
        format!("{year:04}-{month:02}-{dom:02} {hour:02}:{minute:02}:{second:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_file_that_claims_more_cells_than_the_format_has_is_refused() {
        let mut file = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        file.extend([0x00, 0x02, 14, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0]);
        assert!(!claims_impossible_size(&file), "the whole sheet");
        file[8 + 11] = 1;
        assert!(claims_impossible_size(&file), "256 times as many rows");
        file[8 + 4] = 1;
        file[8 + 8..8 + 12].fill(0);
        assert!(claims_impossible_size(&file), "ends before it begins");
        assert!(!claims_impossible_size(&file[1..]), "no old Excel file");
    }

    #[test]
    fn a_number_cell_is_written_as_people_see_it() {
        assert_eq!(float(70173.0), "70173");
        assert_eq!(float(497_111_234_567.0), "497111234567");
        assert_eq!(float(12.5), "12.5");
        assert_eq!(owned_as_text(&Data::Bool(true)), "ja");
    }
}
