//! The written forms under which addresses, numbers and names are compared.
//!
//! Every lookup, suppression and comparison must go through these functions: an objection that
//! was given for `Erika@Example.DE` has to be found when a list brings `erika@example.de`.

use law::Country;
use unicode_normalization::UnicodeNormalization as _;

use super::{Email, EmailFault, PersonName, Phone, PhoneFault, country, name};

/// One e-mail address as people write it: `Erika <erika@example.de>`, `mailto:…`, quotes and
/// blanks around it. See [`Email`] for the forms kept.
pub fn email(text: &str) -> Result<Email, EmailFault> {
    Email::parse(text)
}

/// One telephone or fax number as people write it, with the country in which a number without
/// international prefix is dialled.
pub fn phone(text: &str, home: Country) -> Result<Phone, PhoneFault> {
    Phone::parse(text, home)
}

/// A person's name from one cell: `Herr Dr. Max Muster`, `Muster, Max`.
pub fn person_name(text: &str) -> PersonName {
    name::parse(text)
}

/// A country by German or English name, ISO code or vehicle sign. `None` if unknown.
pub fn country(text: &str) -> Option<Country> {
    country::by_name(text)
}

/// A cell's text with the debris of copying removed: blanks around it, no-break and zero-width
/// spaces, soft hyphens, control characters; several blanks become one. Line breaks stay.
pub fn text(raw: &str) -> String {
    if is_clean(raw) {
        return raw.to_owned();
    }
    let mut out = String::with_capacity(raw.len());
    for part in raw.split(['\n', '\r']) {
        let start = out.len();
        for c in part.chars() {
            match c {
                '\u{ad}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'
                | '\u{feff}' => {}
                c if c.is_whitespace() || c.is_control() => {
                    if out.len() > start && !out.ends_with(' ') {
                        out.push(' ');
                    }
                }
                c => out.push(c),
            }
        }
        while out.len() > start && out.ends_with(' ') {
            out.pop();
        }
        if out.len() > start {
            out.push('\n');
        }
    }
    out.pop();
    out
}

/// Lower-case letters and digits as Germans write and search them: `ä` is `ae`, accents are left
/// out. All other signs become blanks.
pub(crate) fn letters(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.to_lowercase().chars() {
        match c {
            'ä' => plain.push_str("ae"),
            'ö' => plain.push_str("oe"),
            'ü' => plain.push_str("ue"),
            'ß' => plain.push_str("ss"),
            c => plain.extend(
                c.nfkd()
                    .filter(|part| part.is_alphanumeric() || *part == ' '),
            ),
        }
        // Signs part words, marks that were split off letters do not.
        if !c.is_alphanumeric() {
            plain.push(' ');
        }
    }
    plain
}

/// Most cells need no work; this looks at bytes only.
fn is_clean(raw: &str) -> bool {
    let bytes = raw.as_bytes();
    bytes.iter().all(|&b| (b' '..0x7f).contains(&b))
        && !raw.contains("  ")
        && bytes.first() != Some(&b' ')
        && bytes.last() != Some(&b' ')
}

/// Whether a cell says in words that there is nothing: `k. A.`, `-`, `n/a`, `unbekannt`.
pub fn is_placeholder(text: &str) -> bool {
    const WORDS: [&str; 15] = [
        "ka",
        "na",
        "nv",
        "keine",
        "kein",
        "keineangabe",
        "keineangaben",
        "unbekannt",
        "nichtvorhanden",
        "nichtbekannt",
        "unknown",
        "none",
        "null",
        "entfaellt",
        "leer",
    ];
    let letters: String = text
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .take(24)
        .collect();
    letters.is_empty() || WORDS.contains(&letters.replace('ä', "ae").as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copied_blanks_and_invisible_characters_are_removed_and_line_breaks_stay() {
        assert_eq!(
            text("  Anna\u{a0}\u{a0}Lena \r\n\u{200b}Gro\u{ad}ß "),
            "Anna Lena\nGroß"
        );
        assert_eq!(text("Muster GmbH"), "Muster GmbH");
        assert_eq!(text(" \t "), "");
    }

    #[test]
    fn words_that_say_nothing_are_known() {
        for word in [
            "-",
            "k.A.",
            "K. A.",
            "n/a",
            "unbekannt",
            "---",
            "keine Angabe",
        ] {
            assert!(is_placeholder(word), "{word}");
        }
        assert!(!is_placeholder("Kai"));
        assert!(!is_placeholder("0"));
    }
}
