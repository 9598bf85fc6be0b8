//! Cuts a list into its rows without changing a byte of them. The csv crate then reads their
//! fields; it keeps no row's own bytes, and takes all that follows a forgotten quotation mark for
//! one field.

use std::io::{self, Read};

/// Bytes read at once.
const CHUNK: usize = 64 * 1024;

/// No row of a contact list is longer. A quoted field that goes on for longer was never closed.
const LONGEST: usize = 1024 * 1024;

/// The bytes of one row.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cut<'a> {
    /// The line of the file in which it begins, from 1.
    pub(super) line: u64,
    /// Its bytes without the line break at its end.
    pub(super) bytes: &'a [u8],
    /// That line break; empty at the end of the file.
    pub(super) ending: &'static [u8],
    /// `false` if a quotation mark opens a field that does not end; the row is cut at the end of
    /// its first line then, and what follows is read as if there were no such mark.
    pub(super) whole: bool,
}

pub(super) struct Cutter<R> {
    input: R,
    delimiter: u8,
    buffer: Vec<u8>,
    /// Where in the buffer the next row is sought.
    at: usize,
    line: u64,
    after_return: bool,
}

/// Where in a row a byte stands, exactly as the csv crate sees it.
#[derive(Clone, Copy, PartialEq)]
enum State {
    FieldStart,
    Plain,
    Quoted,
    QuoteInQuoted,
}

impl State {
    fn after(self, byte: u8, delimiter: u8) -> Self {
        match self {
            Self::FieldStart | Self::QuoteInQuoted if byte == b'"' => Self::Quoted,
            Self::Quoted if byte == b'"' => Self::QuoteInQuoted,
            Self::Quoted => Self::Quoted,
            _ if byte == delimiter => Self::FieldStart,
            _ => Self::Plain,
        }
    }
}

impl<R: Read> Cutter<R> {
    pub(super) fn new(input: R, delimiter: u8) -> Self {
        Self {
            input,
            delimiter,
            buffer: Vec::new(),
            at: 0,
            line: 1,
            after_return: false,
        }
    }

    /// The next row; `None` at the end. Blank lines are passed over.
    pub(super) fn cut(&mut self) -> io::Result<Option<Cut<'_>>> {
        if !self.pass_breaks()? {
            return Ok(None);
        }
        let line = self.line;
        let (length, whole) = self.measure()?;
        let ending = self.ending(length)?;
        let start = self.at;
        self.at += length;
        let bytes = self.buffer.get(start..self.at).unwrap_or_default();
        self.line += breaks(bytes);
        Ok(Some(Cut {
            line,
            bytes,
            ending,
            whole,
        }))
    }

    /// Moves to the first byte that is no line break; `false` at the end.
    fn pass_breaks(&mut self) -> io::Result<bool> {
        loop {
            while let Some(&byte) = self.buffer.get(self.at) {
                match byte {
                    b'\n' if self.after_return => {}
                    b'\n' | b'\r' => self.line += 1,
                    _ => {
                        self.after_return = false;
                        return Ok(true);
                    }
                }
                self.after_return = byte == b'\r';
                self.at += 1;
            }
            if !self.fill()? {
                return Ok(false);
            }
        }
    }

    /// The length of the row that begins here, and whether its quoted fields end.
    fn measure(&mut self) -> io::Result<(usize, bool)> {
        let mut state = State::FieldStart;
        let mut length = 0;
        let mut first_break = None;
        loop {
            let unseen = self.buffer.get(self.at + length..).unwrap_or_default();
            for &byte in unseen {
                if matches!(byte, b'\n' | b'\r') {
                    if state != State::Quoted {
                        return Ok((length, true));
                    }
                    first_break.get_or_insert(length);
                }
                state = state.after(byte, self.delimiter);
                length += 1;
            }
            let too_long = length > LONGEST;
            if too_long || !self.fill()? {
                return match first_break {
                    _ if !too_long && state != State::Quoted => Ok((length, true)),
                    Some(end) => Ok((end, false)),
                    None if !too_long => Ok((length, false)),
                    None => Err(io::Error::new(
                        io::ErrorKind::InvalidData,
                        format!("line {} is longer than 1 MiB", self.line),
                    )),
                };
            }
        }
    }

    fn ending(&mut self, length: usize) -> io::Result<&'static [u8]> {
        while self.buffer.len() < self.at + length + 2 && self.fill()? {}
        Ok(match self.buffer.get(self.at + length..) {
            Some([b'\r', b'\n', ..]) => b"\r\n",
            Some([b'\r', ..]) => b"\r",
            Some([b'\n', ..]) => b"\n",
            _ => b"",
        })
    }

    /// Reads on, having let go of what is done; `false` at the end.
    fn fill(&mut self) -> io::Result<bool> {
        self.buffer.drain(..self.at);
        self.at = 0;
        let read = (&mut self.input)
            .take(CHUNK as u64)
            .read_to_end(&mut self.buffer)?;
        Ok(read > 0)
    }
}

fn breaks(bytes: &[u8]) -> u64 {
    let mut last = 0;
    let mut count = 0;
    for &byte in bytes {
        count += u64::from(byte == b'\r' || byte == b'\n' && last != b'\r');
        last = byte;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Row = (u64, String, bool);

    fn rows(text: &[u8]) -> Vec<Row> {
        let mut cutter = Cutter::new(text, b';');
        let mut rows = Vec::new();
        while let Some(cut) = cutter.cut().unwrap() {
            let text = String::from_utf8_lossy(cut.bytes).into_owned();
            rows.push((cut.line, text, cut.whole));
        }
        rows
    }

    fn row(line: u64, text: &str, whole: bool) -> Row {
        (line, text.to_owned(), whole)
    }

    #[test]
    fn rows_are_told_by_the_line_in_which_they_begin() {
        assert_eq!(
            rows(b"a;b\r\n\r\n\"c\r\nd\";e\rf\n\n\ng"),
            [
                row(1, "a;b", true),
                row(3, "\"c\r\nd\";e", true),
                row(5, "f", true),
                row(8, "g", true),
            ]
        );
    }

    #[test]
    fn a_quote_that_is_never_closed_costs_one_line_and_not_the_rest_of_the_file() {
        assert_eq!(
            rows(b"a;b\n\"c;d\ne;f\n"),
            [
                row(1, "a;b", true),
                row(2, "\"c;d", false),
                row(3, "e;f", true)
            ]
        );
        assert_eq!(rows(b"\"c"), [row(1, "\"c", false)]);
    }

    #[test]
    fn a_quote_that_is_closed_too_late_costs_one_line() {
        let text = format!("\"a;b\n{}\"\n", "c;d\n".repeat(LONGEST / 4 + CHUNK));
        let found = rows(text.as_bytes());
        assert_eq!(found[0], row(1, "\"a;b", false));
        assert_eq!(found[1], row(2, "c;d", true));
    }

    #[test]
    fn an_endless_line_is_an_error() {
        let mut cutter = Cutter::new(io::repeat(b'a'), b';');
        assert!(cutter.cut().is_err());
    }

    proptest! {
        #[test]
        fn rows_and_endings_together_are_the_file(text in "[a\";\r\n]{0,60}") {
            let mut cutter = Cutter::new(text.as_bytes(), b';');
            let mut joined = Vec::new();
            while let Some(cut) = cutter.cut().unwrap() {
                joined.extend_from_slice(cut.bytes);
                joined.extend_from_slice(cut.ending);
            }
            let solid = |bytes: &[u8]| -> Vec<u8> {
                bytes.iter().copied().filter(|b| !matches!(b, b'\r' | b'\n')).collect()
            };
            prop_assert_eq!(solid(&joined), solid(text.as_bytes()));
        }

        #[test]
        fn whole_rows_are_those_of_the_csv_crate(text in "[a\";\r\n]{0,60}") {
            let mut cutter = Cutter::new(text.as_bytes(), b';');
            let mut count = 0;
            let mut whole = true;
            while let Some(cut) = cutter.cut().unwrap() {
                count += 1;
                whole &= cut.whole;
            }
            let csv = csv::ReaderBuilder::new()
                .delimiter(b';')
                .has_headers(false)
                .flexible(true)
                .from_reader(text.as_bytes());
            prop_assert!(!whole || csv.into_byte_records().count() == count);
        }
    }
}
