//! The answer to who asks for access to their data (GDPR Art. 15).

use law::Text;
use serde_json::json;

use crate::desk::{PaperError, Template, set};
use crate::head::Head;

/// One part of the answer.
#[derive(Clone, Debug)]
pub struct AccessPart {
    /// Its title.
    pub title: String,
    /// The provision that asks for it.
    pub provision: String,
    /// What is said of it at large.
    pub about: Option<String>,
    /// What is told.
    pub records: Vec<AccessRecord>,
}

/// One thing that is told.
#[derive(Clone, Debug)]
pub struct AccessRecord {
    /// What it is.
    pub title: String,
    /// When, in words.
    pub when: Option<String>,
    /// Words and what they say; `None` marks a gap.
    pub fields: Vec<(String, Option<String>)>,
}

const TITLE: Text = Text::new("Auskunft über Ihre Daten", "Access to your data");
const WORDS: [(&str, Text); 3] = [
    (
        "lead",
        Text::new(
            "Auskunft nach Art. 15 DSGVO: was über Sie gespeichert ist, wozu, woher es kommt, wer es \
             erhält und was damit geschah.",
            "Answer under GDPR Art. 15: what is stored about you, for what, where it comes from, who \
             receives it and what was done with it.",
        ),
    ),
    ("gap", Text::new("Angabe fehlt", "not on record")),
    (
        "nothing",
        Text::new("Nichts ist gespeichert.", "Nothing is on record."),
    ),
];

/// Sets the answer; returns the PDF.
///
/// # Errors
/// When the typesetter refuses.
pub fn access(head: &Head, parts: &[AccessPart]) -> Result<Vec<u8>, PaperError> {
    let field =
        |(label, value): &(String, Option<String>)| json!({ "label": label, "value": value });
    let record = |record: &AccessRecord| {
        json!({
            "title": record.title,
            "when": record.when,
            "fields": record.fields.iter().map(field).collect::<Vec<_>>(),
        })
    };
    let part = |part: &AccessPart| {
        json!({
            "title": part.title,
            "provision": part.provision,
            "about": part.about,
            "records": part.records.iter().map(record).collect::<Vec<_>>(),
        })
    };
    let paper = json!({ "parts": parts.iter().map(part).collect::<Vec<_>>() });
    set(
        Template::Access,
        head,
        head.with(TITLE.get(head.lang), &WORDS, &paper),
    )
}
