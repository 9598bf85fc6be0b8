//! What the person who imports can say about the file.

use std::str::FromStr;

use encoding_rs::Encoding;
use law::Country;

use super::{ImportError, Meaning};

/// What the person who imports says about the file; everything else is found out.
#[derive(Clone, Debug)]
pub struct Options {
    /// The country of contacts whose row does not tell, in which numbers without international
    /// prefix are dialled.
    pub country: Country,
    /// The sheet of a spreadsheet; the first one if none is named.
    pub sheet: Option<String>,
    /// Columns whose meaning is told.
    pub map: Vec<ColumnMap>,
    /// The encoding of a text file, if it is not to be found out.
    pub encoding: Option<&'static Encoding>,
    /// The delimiter of a text file, if it is not to be found out.
    pub delimiter: Option<u8>,
    /// Whether there is a heading row, if it is not to be found out.
    pub header: Option<bool>,
}

impl Options {
    /// Everything is found out; `country` is the default country.
    pub fn new(country: Country) -> Self {
        Self {
            country,
            sheet: None,
            map: Vec::new(),
            encoding: None,
            delimiter: None,
            header: None,
        }
    }
}

/// A column whose meaning the person tells, written `heading=field`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnMap {
    /// The heading as in the file; capitals, blanks and signs do not matter.
    pub column: String,
    /// What it means.
    pub meaning: Meaning,
}

impl FromStr for ColumnMap {
    type Err = ImportError;

    fn from_str(text: &str) -> Result<Self, ImportError> {
        let (column, field) = text.rsplit_once('=').ok_or(ImportError::MapSyntax)?;
        if column.trim().is_empty() {
            return Err(ImportError::MapSyntax);
        }
        Ok(Self {
            column: column.trim().to_owned(),
            meaning: field.parse()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_field_name_is_answered_with_the_known_ones() {
        let error = "Firmierung=firma"
            .parse::<ColumnMap>()
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("company") && error.contains("ignore"),
            "{error}"
        );
        assert!(matches!(
            "Firmierung".parse::<ColumnMap>(),
            Err(ImportError::MapSyntax)
        ));
        let map: ColumnMap = "a=b=given-name".parse().unwrap();
        assert_eq!(
            (map.column.as_str(), map.meaning),
            ("a=b", Meaning::GivenName)
        );
    }
}
