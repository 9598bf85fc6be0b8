//! What is wrong with a row.

use std::fmt;

use law::Lang;

use crate::contact::{EmailFault, PhoneFault};

/// Why a row cannot be taken over. No reason repeats what is in the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// More fields than there are headings: a delimiter inside a field, mostly.
    TooManyFields {
        /// Fields of the row.
        found: usize,
        /// Headings.
        expected: usize,
    },
    /// A character could not be read in the file's encoding.
    Unreadable,
    /// The only address is an e-mail address that is not valid.
    Email(EmailFault),
    /// The only address is a telephone number that is not possible.
    Phone(PhoneFault),
    /// No e-mail address, telephone number or complete postal address.
    NoAddress,
    /// A postal address without anybody's name.
    NoName,
    /// A vCard that does not end, or has a line without a colon.
    Card,
    /// A vCard longer than one mebibyte.
    TooLong,
}

impl Reason {
    /// The reason in words.
    pub fn text(self, lang: Lang) -> String {
        match lang {
            Lang::De => self.german(),
            Lang::En => self.english(),
        }
    }

    fn german(self) -> String {
        match self {
            Self::TooManyFields { found, expected } => {
                format!("Zeile hat {found} Felder, die Kopfzeile {expected}")
            }
            Self::Unreadable => "Zeichen in der Zeichenkodierung der Datei nicht lesbar".to_owned(),
            Self::Email(fault) => fault.german().to_owned(),
            Self::Phone(fault) => fault.german().to_owned(),
            Self::NoAddress => {
                "weder E-Mail-Adresse noch Telefonnummer noch vollständige Anschrift".to_owned()
            }
            Self::NoName => "Anschrift ohne Namen einer Person oder Firma".to_owned(),
            Self::Card => "vCard ist unvollständig oder beschädigt".to_owned(),
            Self::TooLong => "vCard ist länger als 1 MiB".to_owned(),
        }
    }

    fn english(self) -> String {
        match self {
            Self::TooManyFields { found, expected } => {
                format!("the row has {found} fields, the heading row {expected}")
            }
            Self::Unreadable => "a character cannot be read in the file's encoding".to_owned(),
            Self::Email(fault) => fault.to_string(),
            Self::Phone(fault) => fault.to_string(),
            Self::NoAddress => {
                "no e-mail address, telephone number or complete postal address".to_owned()
            }
            Self::NoName => "a postal address without the name of a person or company".to_owned(),
            Self::Card => "the vCard is incomplete or damaged".to_owned(),
            Self::TooLong => "the vCard is longer than 1 MiB".to_owned(),
        }
    }
}

/// A row that is not taken over.
#[derive(Clone, PartialEq, Eq)]
pub struct RowFault {
    /// Number of the data row, from 1; headings and blank lines do not count.
    pub row: u64,
    /// Line of the file, or row of the sheet, in which it begins, from 1.
    pub line: u64,
    /// What is wrong.
    pub reason: Reason,
    /// The fields as they were in the file.
    pub raw: Vec<String>,
}

impl fmt::Debug for RowFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RowFault")
            .field("row", &self.row)
            .field("line", &self.line)
            .field("reason", &self.reason)
            .finish_non_exhaustive()
    }
}

/// Something in a row that was taken over without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// An e-mail address that is not valid; kept as a custom field.
    Email(EmailFault),
    /// A telephone number that is not possible; kept as a custom field.
    Phone(PhoneFault),
    /// A country that is not known; kept as a custom field.
    Country,
    /// Fewer fields than headings; the rest is taken as empty.
    ShortRow,
}

/// Counts of a whole file. `taken + rejected` is the number of data rows read so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows taken over.
    pub taken: u64,
    /// Rows not taken over.
    pub rejected: u64,
    /// E-mail addresses that could not be read in rows that were taken over.
    pub bad_emails: u64,
    /// Telephone numbers that could not be read in rows that were taken over.
    pub bad_phones: u64,
    /// Rows with a country that is not known.
    pub unknown_countries: u64,
    /// Rows with fewer fields than headings.
    pub short_rows: u64,
    /// Rows with a consent claimed by a column. A column is no proof.
    pub claimed_consents: u64,
    /// Rows with an objection noted in a column.
    pub claimed_objections: u64,
}

impl Tally {
    /// Data rows read so far.
    pub fn rows(&self) -> u64 {
        self.taken + self.rejected
    }
}
