//! A row as a draft of a contact.

use std::fmt;

use crate::contact::{CountryGuess, Fields, Kind};

use super::Warning;

/// A row that can become a contact.
#[derive(Clone)]
pub struct Draft {
    /// Number of the data row, from 1; headings and blank lines do not count.
    pub row: u64,
    /// Line of the file, or row of the sheet, in which it begins, from 1.
    pub line: u64,
    /// The contact's fields.
    pub fields: Fields,
    /// The role that the fields speak for; whoever acts on `Unknown` treats it as a consumer.
    pub kind: Kind,
    /// The contact's country and from what it was concluded.
    pub country: CountryGuess,
    /// Headings of columns that claim a consent for this contact. A column is no proof: the
    /// claim stands in the note and nowhere else.
    pub claimed_consents: Vec<String>,
    /// Headings of columns that note an objection to advertising. It needs no proof and must be
    /// obeyed (GDPR Art. 21(2), (3)).
    pub claimed_objections: Vec<String>,
    /// What was left out or is doubtful.
    pub warnings: Vec<Warning>,
    /// SHA-256 of headings and fields of the row in the file: the same row has the same digest
    /// in every run. It is not keyed, so it must not be stored unless sealed or keyed: names
    /// and addresses can be guessed.
    pub digest: [u8; 32],
}

/// The normalised addresses by which the same contact is found again.
///
/// A telephone number is shared by colleagues more often than an e-mail address, so it says
/// that two rows are one person only if the names agree.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Keys {
    /// E-mail addresses, in lower case with ASCII domain.
    pub emails: Vec<String>,
    /// Telephone and fax numbers in E.164 form.
    pub phones: Vec<String>,
}

impl Draft {
    /// Whether an e-mail address or a number of the row can't be read.
    pub(crate) fn has_unreadable_address(&self) -> bool {
        let address = |warning: &Warning| matches!(warning, Warning::Email(_) | Warning::Phone(_));
        self.warnings.iter().any(address)
    }
}

impl Draft {
    /// The normalised addresses by which the same contact is found again.
    pub fn keys(&self) -> Keys {
        Keys {
            emails: self
                .fields
                .emails
                .iter()
                .map(|email| email.key().to_owned())
                .collect(),
            phones: self
                .fields
                .phones
                .iter()
                .map(|phone| phone.e164().to_owned())
                .collect(),
        }
    }
}

impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Draft")
            .field("row", &self.row)
            .field("kind", &self.kind)
            .field("country", &self.country)
            .field("warnings", &self.warnings)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Keys({} emails, {} phones)",
            self.emails.len(),
            self.phones.len()
        )
    }
}
