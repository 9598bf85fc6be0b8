//! vCards: versions 3.0 (RFC 2426), 4.0 (RFC 6350) and 2.1, several in a file.
//!
//! Read by hand: the one well-kept crate reads version 4.0 alone, while phones and Outlook
//! write 3.0 and 2.1.

mod card;
mod line;

use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use super::row::RawRow;
use super::text::{Decoded, detect_encoding};
use super::{ImportError, Options};

pub(super) use card::{draft, plan};

/// The cards of a file, each as a row with one cell that holds the card's text.
pub(super) struct Cards<R: Read> {
    lines: BufReader<Decoded<R>>,
    line: u64,
}

/// No card with a photograph is longer than this in practice; a longer one is cut and rejected.
pub(super) const LONGEST: usize = 1024 * 1024;

impl<R: Read + Seek> Cards<R> {
    pub(super) fn open(
        mut file: R,
        options: &Options,
        read: Arc<AtomicU64>,
    ) -> Result<Self, ImportError> {
        let encoding = match options.encoding {
            Some(encoding) => encoding,
            None => detect_encoding(&mut file)?,
        };
        file.seek(SeekFrom::Start(0))?;
        Ok(Self {
            lines: BufReader::new(Decoded::new(file, encoding, read)),
            line: 0,
        })
    }
}

impl<R: Read> Cards<R> {
    /// The next card; lines between cards are passed over.
    pub(super) fn next_row(&mut self) -> Result<Option<RawRow>, ImportError> {
        let mut card = String::new();
        let mut began = 0;
        let mut text = Vec::new();
        loop {
            text.clear();
            let room = (LONGEST * 2) as u64;
            if (&mut self.lines).take(room).read_until(b'\n', &mut text)? == 0 {
                return Ok((began > 0).then(|| row(began, card)));
            }
            self.line += 1;
            let line = String::from_utf8_lossy(&text);
            let word = line.trim();
            if began == 0 {
                if !word.eq_ignore_ascii_case("BEGIN:VCARD") {
                    continue;
                }
                began = self.line;
            }
            if card.len() <= LONGEST {
                card.push_str(&line);
            }
            if word.eq_ignore_ascii_case("END:VCARD") {
                return Ok(Some(row(began, card)));
            }
        }
    }
}

fn row(line: u64, card: String) -> RawRow {
    RawRow {
        line,
        cells: vec![card],
    }
}
