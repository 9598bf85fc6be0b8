//! What can be wrong with a register's text, and what to do about it.

use std::fmt;

use law::{Lang, Text};

use super::EntryKind;

/// A place in a register's text that cannot be read, and what to do about it.
///
/// Messages repeat keys, identifiers and words of closed lists; they never repeat free text,
/// which may hold personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
    /// Where in the register, for example `activity.newsletter.retention[1].period`. Empty for
    /// the document itself. Entries without a readable identifier are counted from 1.
    pub path: String,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What is wrong at the place of a [`Fault`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The text is not TOML; the TOML reader's own words, which exist in English only.
    Syntax(String),
    /// A key that means nothing here.
    UnknownKey {
        /// The key as written.
        key: String,
        /// The known key that looks most like it.
        nearest: Option<&'static str>,
        /// Every key known here.
        known: Vec<&'static str>,
    },
    /// A key that has to be there and is not.
    Missing {
        /// The key.
        key: &'static str,
        /// An example of a line that would do.
        example: &'static str,
    },
    /// A value of the wrong type.
    WrongType {
        /// What belongs here.
        expected: Text,
        /// The type found, as TOML names it.
        found: &'static str,
    },
    /// A word outside of the closed list.
    UnknownWord {
        /// The word as written, cut if it is long.
        word: String,
        /// The allowed word that looks most like it.
        nearest: Option<&'static str>,
        /// Every allowed word.
        allowed: Vec<&'static str>,
    },
    /// A word or an identifier given twice in one list.
    Repeated {
        /// What is given twice.
        word: String,
    },
    /// A text of blanks only.
    Blank,
    /// An identifier that is not lower-case letters, digits and hyphens.
    BadId,
    /// An identifier that another entry of the same kind has.
    DuplicateId {
        /// The kind of entry.
        entry: EntryKind,
        /// The identifier; a consent text's with its version.
        id: String,
        /// The line of the first entry with it.
        first_line: usize,
    },
    /// A reference to an entry that does not exist.
    Dangling {
        /// The kind of entry.
        entry: EntryKind,
        /// The identifier as written, cut if it is long.
        id: String,
        /// The existing identifier that looks most like it.
        nearest: Option<String>,
    },
    /// A date that is not in the calendar or not written as `2026-01-31`.
    BadDate,
    /// A period that is not a count and a unit.
    BadPeriod,
    /// A country that is not two capital letters.
    BadCountry,
    /// No e-mail address.
    BadMail,
    /// No address for a webhook.
    BadWebhook,
    /// What is no SHA-256 of a file.
    BadFile,
    /// Something that no register may ask for, because a statute forbids it.
    Forbidden(Text),
    /// A number outside of the range.
    OutOfRange {
        /// Smallest value allowed.
        least: u32,
        /// Largest value allowed.
        most: u32,
    },
}

impl Fault {
    /// What is wrong and what to do, in `lang`.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::De => self.kind.german(),
            Lang::En => self.kind.english(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: ", self.line, self.column)?;
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.kind.english())
    }
}

impl std::error::Error for Fault {}

impl FaultKind {
    fn english(&self) -> String {
        match self {
            Self::Syntax(message) => format!("not valid TOML: {message}"),
            Self::UnknownKey {
                key,
                nearest,
                known,
            } => format!(
                "unknown key '{key}'{}; known here: {}",
                hint("did you mean", *nearest),
                known.join(", ")
            ),
            Self::Missing { key, example } => {
                format!("key '{key}' is missing; add for example: {example}")
            }
            Self::WrongType { expected, found } => {
                format!("expected {}, found {found}", expected.en)
            }
            Self::UnknownWord {
                word,
                nearest,
                allowed,
            } => format!(
                "unknown word '{word}'{}; allowed: {}",
                hint("did you mean", *nearest),
                allowed.join(", ")
            ),
            Self::Repeated { word } => format!("'{word}' is given twice; keep one"),
            Self::Blank => "the text is blank; fill it in or remove the line".to_owned(),
            Self::BadId => "an identifier has lower-case letters a-z, digits and hyphens, starts \
                 with a letter and is at most 64 long, for example \"trade-fair\""
                .to_owned(),
            Self::DuplicateId {
                entry,
                id,
                first_line,
            } => format!(
                "{} '{id}' is already defined in line {first_line}; choose another identifier",
                entry.label().en
            ),
            Self::Dangling { entry, id, nearest } => format!(
                "there is no {} '{id}'{}; define it with [[{}]] or correct the reference",
                entry.label().en,
                hint("did you mean", nearest.as_deref()),
                entry.key()
            ),
            Self::BadDate => "no such date; write year-month-day between 1900 and 2199, for \
                 example 2026-01-31"
                .to_owned(),
            Self::BadPeriod => "no such period; write a count from 1 to 1200 and days, weeks, \
                 months or years, for example \"3 years\""
                .to_owned(),
            Self::BadMail => "an e-mail address is written name@company.example".to_owned(),
            Self::BadWebhook => "a webhook begins with https:// (or http:// to this machine) and holds no user name and no spaces".to_owned(),
            Self::BadCountry => "a country is written as two capital letters (ISO 3166-1), for \
                 example \"DE\""
                .to_owned(),
            Self::BadFile => {
                "a file is named by its SHA-256: 64 digits 0-9 and a-f; upload it with \
                 the form to get it"
                    .to_owned()
            }
            Self::Forbidden(why) => why.en.to_owned(),
            Self::OutOfRange { least, most } => {
                format!("write a whole number from {least} to {most}")
            }
        }
    }

    fn german(&self) -> String {
        match self {
            Self::Syntax(message) => format!("kein gültiges TOML: {message}"),
            Self::UnknownKey {
                key,
                nearest,
                known,
            } => format!(
                "unbekannter Schlüssel '{key}'{}; hier bekannt: {}",
                hint("gemeint war vielleicht", *nearest),
                known.join(", ")
            ),
            Self::Missing { key, example } => {
                format!("der Schlüssel '{key}' fehlt; zum Beispiel ergänzen: {example}")
            }
            Self::WrongType { expected, found } => {
                format!("hier gehört {} hin, gefunden: {found}", expected.de)
            }
            Self::UnknownWord {
                word,
                nearest,
                allowed,
            } => format!(
                "unbekanntes Wort '{word}'{}; erlaubt: {}",
                hint("gemeint war vielleicht", *nearest),
                allowed.join(", ")
            ),
            Self::Repeated { word } => format!("'{word}' steht doppelt da; einmal genügt"),
            Self::Blank => "der Text ist leer; ausfüllen oder die Zeile entfernen".to_owned(),
            Self::BadId => "eine Kennung besteht aus Kleinbuchstaben a-z, Ziffern und \
                 Bindestrichen, beginnt mit einem Buchstaben und hat höchstens 64 Zeichen, zum \
                 Beispiel \"messe-kontakte\""
                .to_owned(),
            Self::DuplicateId {
                entry,
                id,
                first_line,
            } => format!(
                "{} '{id}' ist schon in Zeile {first_line} angelegt; eine andere Kennung wählen",
                entry.label().de
            ),
            Self::Dangling { entry, id, nearest } => format!(
                "{} '{id}' gibt es nicht{}; mit [[{}]] anlegen oder den Verweis berichtigen",
                entry.label().de,
                hint("gemeint war vielleicht", nearest.as_deref()),
                entry.key()
            ),
            Self::BadDate => "kein Datum; Jahr-Monat-Tag zwischen 1900 und 2199 schreiben, zum \
                 Beispiel 2026-01-31"
                .to_owned(),
            Self::BadPeriod => "keine Frist; eine Zahl von 1 bis 1200 und days, weeks, months \
                 oder years schreiben, zum Beispiel \"3 years\""
                .to_owned(),
            Self::BadMail => "eine E-Mail-Adresse wird name@firma.example geschrieben".to_owned(),
            Self::BadWebhook => "ein Webhook beginnt mit https:// (oder http:// zu diesem Rechner) und enthält weder Benutzernamen noch Leerzeichen".to_owned(),
            Self::BadCountry => "ein Land wird mit zwei Großbuchstaben geschrieben (ISO 3166-1), \
                 zum Beispiel \"DE\""
                .to_owned(),
            Self::BadFile => "eine Datei wird mit ihrem SHA-256 genannt: 64 Zeichen 0-9 und a-f; \
                 beim Formular hochladen, dann steht er da"
                .to_owned(),
            Self::Forbidden(why) => why.de.to_owned(),
            Self::OutOfRange { least, most } => {
                format!("eine ganze Zahl von {least} bis {most} schreiben")
            }
        }
    }
}

fn hint(question: &str, nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |nearest| format!(" ({question} '{nearest}'?)"))
}
