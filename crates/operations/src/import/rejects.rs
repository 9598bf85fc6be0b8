//! The file of rejected rows, which can be put right and imported again.

use std::io::{self, Write};

use law::Lang;

#[cfg(doc)]
use super::Reader;
use super::RowFault;

/// Writes rejected rows as CSV in UTF-8 with byte-order mark (so that Excel shows umlauts), with
/// the list's own delimiter and headings and two more columns: line and reason. These two are
/// not taken over when the corrected file is imported.
pub struct Rejects<W: Write> {
    csv: csv::Writer<W>,
    width: usize,
    lang: Lang,
    written: u64,
}

impl<W: Write> Rejects<W> {
    /// Begins a file with the list's own headings and delimiter (see [`Reader::headings`] and
    /// [`Reader::delimiter`]): writes the mark and the headings.
    pub fn new(mut out: W, headings: &[String], delimiter: u8, lang: Lang) -> io::Result<Self> {
        out.write_all("\u{feff}".as_bytes())?;
        let mut csv = csv::WriterBuilder::new()
            .delimiter(delimiter)
            .terminator(csv::Terminator::CRLF)
            .flexible(true)
            .from_writer(out);
        let (line, reason) = match lang {
            Lang::De => ("Zeile", "Grund"),
            Lang::En => ("Line", "Reason"),
        };
        csv.write_record(headings.iter().map(String::as_str).chain([line, reason]))?;
        Ok(Self {
            csv,
            width: headings.len(),
            lang,
            written: 0,
        })
    }

    /// Writes one row. Fields beyond the headings follow the reason, so that none is lost and
    /// every reason stands in its column.
    pub fn write(&mut self, fault: &RowFault) -> io::Result<()> {
        let line = fault.line.to_string();
        let reason = fault.reason.text(self.lang);
        for column in 0..self.width {
            self.csv
                .write_field(fault.raw.get(column).map_or("", String::as_str))?;
        }
        self.csv.write_field(&line)?;
        self.csv.write_field(&reason)?;
        for extra in fault.raw.iter().skip(self.width) {
            self.csv.write_field(extra)?;
        }
        self.csv.write_record(None::<&[u8]>)?;
        self.written += 1;
        Ok(())
    }

    /// Rows written so far.
    pub fn written(&self) -> u64 {
        self.written
    }

    /// Writes what is buffered and gives the number of rows written.
    pub fn finish(mut self) -> io::Result<u64> {
        self.csv.flush()?;
        Ok(self.written)
    }
}
