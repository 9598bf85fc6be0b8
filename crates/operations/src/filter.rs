//! Which rows of a list may be contacted: the permitted ones are passed on byte by byte, the
//! others are told why not and what lawful step remains.
//!
//! Nothing is taken in from the list and nothing about it is kept. A row is never permitted
//! unless every address in it that the channel uses is on record and the gate permits every
//! contact who has it; what can't be read is refused.

mod cut;
mod judge;
mod list;
mod refused;

use std::io::{BufWriter, Read, Write};

use jiff::civil::Date;
use law::{Channel, Country, Lang};
use serde::Serialize;

use crate::dossier::Question;
use crate::import::ColumnMap;
use crate::{Error, Organisation};
use list::List;
use refused::{RefusedRows, Why};

/// What is asked about every row of a list.
#[derive(Clone, Debug)]
pub struct FilterAsk {
    /// An activity of the register, or its purpose.
    pub purpose: String,
    /// The channel over which the people are to be contacted, or the use of their data.
    pub channel: Channel,
    /// The day whose law and facts decide.
    pub on: Date,
    /// The language of reasons and headings.
    pub lang: Lang,
    /// The country in which numbers without international prefix are dialled, where the row
    /// does not tell.
    pub country: Country,
    /// Columns whose meaning is told; the others are recognised as an import recognises them.
    pub map: Vec<ColumnMap>,
}

/// How many rows went where. `permitted + refused + review + unknown` is `rows`. Blank rows do
/// not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FilterCounts {
    /// Rows of data in the list.
    pub rows: u64,
    /// Rows that were passed on.
    pub permitted: u64,
    /// Rows that may not be used, or can't be read.
    pub refused: u64,
    /// Rows that a person has to weigh; they are not passed on.
    pub review: u64,
    /// Rows about nobody on record; they are not passed on.
    pub unknown: u64,
}

impl FilterCounts {
    fn count(&mut self, refusal: Option<Why>) {
        self.rows += 1;
        *match refusal {
            None => &mut self.permitted,
            Some(Why::Refused) => &mut self.refused,
            Some(Why::Review) => &mut self.review,
            Some(Why::Unknown) => &mut self.unknown,
        } += 1;
    }
}

impl Organisation {
    /// Passes on to `permitted` the rows of a CSV list whose people may be contacted, with the
    /// lines before them, byte by byte. The other rows go to `refused`, with line, outcome,
    /// reason, citations and next lawful step. The list is read as a stream, in memory that does
    /// not grow with it; an objection that arrives meanwhile counts for the rows that follow.
    ///
    /// # Errors
    /// When the register does not declare the purpose, or the list is no CSV or has no column
    /// that tells who is meant: nothing is written then. When the list can't be read on, the
    /// store can't be read, or one of the outputs can't be written (such as a closed pipe): what
    /// was passed on until then is permitted, the rest is not decided.
    pub fn filter(
        &self,
        input: impl Read,
        ask: &FilterAsk,
        permitted: impl Write,
        refused: Option<impl Write>,
    ) -> Result<FilterCounts, Error> {
        self.store().read(|tx| -> Result<(), Error> {
            let register = self.register(tx)?;
            Question::new(&register, &ask.purpose, ask.channel).map(|_| ())
        })?;
        let mut list = List::open(input, ask)?;
        let broken = |e| Error::file("the permitted rows can't be written", e);
        let unwritten = |e| Error::file("the refused rows can't be written", e);
        let mut permitted = BufWriter::new(permitted);
        permitted.write_all(list.beginning()).map_err(broken)?;
        let mut refused = refused
            .map(|out| RefusedRows::begin(out, list.headings(), list.delimiter(), ask.lang))
            .transpose()
            .map_err(unwritten)?;
        let mut counts = FilterCounts::default();
        loop {
            let rows = list.next_rows()?;
            if rows.is_empty() {
                break;
            }
            let answers = self
                .store()
                .read(|tx| judge::rows(tx, self, ask, list.columns(), &rows))?;
            for (row, refusal) in rows.iter().zip(&answers) {
                counts.count(refusal.as_ref().map(|refusal| refusal.why));
                match (refusal, &mut refused) {
                    (None, _) => permitted.write_all(&row.raw).map_err(broken)?,
                    (Some(refusal), Some(out)) => out.write(row, refusal).map_err(unwritten)?,
                    (Some(_), None) => {}
                }
            }
        }
        permitted.flush().map_err(broken)?;
        refused
            .map_or(Ok(()), RefusedRows::finish)
            .map_err(unwritten)?;
        Ok(counts)
    }
}
