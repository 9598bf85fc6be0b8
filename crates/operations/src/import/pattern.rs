//! What the cells of a column look like. Told instead of showing them.

use serde::Serialize;

use crate::contact::normalise;

/// What most cells of a column look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Pattern {
    /// No cell is filled.
    Empty,
    /// E-mail addresses.
    Email,
    /// Telephone numbers.
    Phone,
    /// Four- or five-digit postal codes.
    Postcode,
    /// Herr, Frau.
    Salutation,
    /// Yes or no.
    YesNo,
    /// Days.
    Date,
    /// Web addresses.
    Web,
    /// Other figures.
    Number,
    /// Names with a legal form.
    Company,
    /// Text.
    Text,
}

impl Pattern {
    /// The pattern that at least three in five of the filled cells have.
    pub(super) fn of<'a>(cells: impl Iterator<Item = &'a str>) -> Self {
        let mut counts: Vec<(Self, usize)> = Vec::new();
        let mut filled = 0;
        for cell in cells.map(str::trim).filter(|cell| !cell.is_empty()) {
            filled += 1;
            let pattern = Self::of_cell(cell);
            match counts.iter_mut().find(|(known, _)| *known == pattern) {
                Some((_, count)) => *count += 1,
                None => counts.push((pattern, 1)),
            }
        }
        let most = counts.into_iter().max_by_key(|(_, count)| *count);
        match most {
            None => Self::Empty,
            Some((pattern, count)) if count * 5 >= filled * 3 => pattern,
            Some(_) => Self::Text,
        }
    }

    fn of_cell(cell: &str) -> Self {
        if looks_like_email(cell) {
            return Self::Email;
        }
        let lower = cell.to_lowercase();
        if matches!(
            lower.as_str(),
            "ja" | "nein" | "j" | "n" | "x" | "yes" | "no" | "true" | "false" | "wahr" | "falsch"
        ) {
            return Self::YesNo;
        }
        if matches!(
            lower.as_str(),
            "herr" | "frau" | "herrn" | "hr." | "fr." | "mr." | "ms." | "mrs."
        ) {
            return Self::Salutation;
        }
        if lower.starts_with("www.")
            || lower.starts_with("http://")
            || lower.starts_with("https://")
        {
            return Self::Web;
        }
        let digits = cell.bytes().filter(u8::is_ascii_digit).count();
        let figures = cell
            .chars()
            .all(|c| c.is_ascii_digit() || " +-/().,:".contains(c));
        if figures && digits > 0 {
            return Self::of_figures(cell, digits);
        }
        if crate::contact::has_legal_form(cell) {
            Self::Company
        } else {
            Self::Text
        }
    }

    fn of_figures(cell: &str, digits: usize) -> Self {
        let plain = digits == cell.len();
        let day = (8..=10).contains(&cell.len())
            && [
                cell.matches('.').count(),
                cell.matches('-').count(),
                cell.matches('/').count(),
            ]
            .contains(&2)
            && digits + 2 == cell.len();
        if day {
            Self::Date
        } else if plain && (4..=5).contains(&digits) {
            Self::Postcode
        } else if digits >= 7 && (cell.starts_with(['0', '+', '('])) && !cell.contains(',') {
            Self::Phone
        } else {
            Self::Number
        }
    }
}

/// Whether the cell has an e-mail address in it.
pub(super) fn looks_like_email(cell: &str) -> bool {
    cell.contains('@')
        && cell
            .split([';', ',', ' ', '\n'])
            .any(|part| part.contains('@') && normalise::email(part).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_told_by_their_cells() {
        let of = |cells: &[&str]| Pattern::of(cells.iter().copied());
        assert_eq!(
            of(&["a@example.de", "b@example.de", "unbekannt"]),
            Pattern::Email
        );
        assert_eq!(of(&["0711/123456", "+49 30 123456"]), Pattern::Phone);
        assert_eq!(of(&["70173", "1010"]), Pattern::Postcode);
        assert_eq!(of(&["01.02.2026", "2026-02-01"]), Pattern::Date);
        assert_eq!(of(&["ja", "nein", ""]), Pattern::YesNo);
        assert_eq!(of(&["12,50", "3"]), Pattern::Number);
        assert_eq!(of(&["Muster GmbH", "Beispiel AG"]), Pattern::Company);
        assert_eq!(of(&["", " "]), Pattern::Empty);
    }
}
