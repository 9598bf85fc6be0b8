//! Why a file cannot be read at all. Faults of single rows are [`super::RowFault`]s.

use std::io;

use super::Meaning;

/// Why a file cannot be read. No message repeats what is in the file, except headings.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be opened or read.
    #[error("the file cannot be read: {0}")]
    Io(#[from] io::Error),
    /// The file holds nothing, or nothing but blank lines.
    #[error("the file is empty")]
    Empty,
    /// The file is of a kind that is no contact list.
    #[error("{0}")]
    Format(&'static str),
    /// A spreadsheet that is damaged or protected by a password.
    #[error(
        "the spreadsheet cannot be read; open it, save it as XLSX without a password and try again"
    )]
    Spreadsheet,
    /// The spreadsheet has no sheet of that name.
    #[error("the spreadsheet has no such sheet; its sheets are: {}", known.join(", "))]
    NoSheet {
        /// The names of its sheets.
        known: Vec<String>,
    },
    /// A quotation mark opens a field that never ends.
    #[error(
        "line {line}: a quotation mark opens a field that does not end; delete it or write it twice"
    )]
    OpenQuote {
        /// The line in which the field begins, counted from 1.
        line: u64,
    },
    /// More columns than a contact list has.
    #[error("the file has more than {0} columns; is it a contact list?")]
    TooManyColumns(usize),
    /// `--map` is not written `column=field`.
    #[error("a column is mapped as \"heading=field\", for example \"Firmierung=company\"")]
    MapSyntax,
    /// `--map` names a field that does not exist.
    #[error("there is no such field; known fields are: {}", Meaning::names())]
    UnknownField,
    /// `--map` names a column that the file does not have.
    #[error("the file has no column \"{wanted}\"; its columns are: {}", known.join(", "))]
    UnknownColumn {
        /// The heading that was named.
        wanted: String,
        /// The headings of the file.
        known: Vec<String>,
    },
}

/// An open quote travels through [`io::Read`] as an error of this type.
#[derive(Debug, thiserror::Error)]
#[error("a quoted field does not end")]
pub(super) struct OpenQuote {
    pub(super) line: u64,
}

impl From<csv::Error> for ImportError {
    fn from(error: csv::Error) -> Self {
        match error.into_kind() {
            csv::ErrorKind::Io(error) => {
                let open = error
                    .get_ref()
                    .and_then(|inner| inner.downcast_ref::<OpenQuote>());
                match open {
                    Some(open) => Self::OpenQuote { line: open.line },
                    None => Self::Io(error),
                }
            }
            _ => Self::Format("the file is no table of text"),
        }
    }
}
