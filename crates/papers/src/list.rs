//! Lists for people who call or write: a table whose columns the caller names.

use law::Text;
use serde_json::json;

use crate::desk::{PaperError, Template, set};
use crate::head::Head;

/// A list.
#[derive(Clone, Debug)]
pub struct List {
    /// Who made it, and when.
    pub head: Head,
    /// What stands above the table, one paragraph each: purpose, day, what is to be said.
    pub lead: Vec<String>,
    /// The headings.
    pub columns: Vec<String>,
    /// The rows. One that is too short is filled up, one that is too long loses its last cells.
    pub rows: Vec<Vec<String>>,
}

const CALLS: Text = Text::new("Anrufliste", "Call list");
const LETTERS: Text = Text::new("Briefliste", "Letter list");
const WORDS: [(&str, Text); 2] = [
    (
        "nobody",
        Text::new("Niemand steht auf der Liste.", "Nobody is on the list."),
    ),
    ("count", Text::new("Anzahl", "Number")),
];

/// Sets a list of people to call; returns the PDF.
///
/// # Errors
/// When the typesetter refuses.
pub fn call_list(list: &List) -> Result<Vec<u8>, PaperError> {
    set_list(list, CALLS)
}

/// Sets a list of people to write to; returns the PDF.
///
/// # Errors
/// When the typesetter refuses.
pub fn letter_list(list: &List) -> Result<Vec<u8>, PaperError> {
    set_list(list, LETTERS)
}

fn set_list(list: &List, title: Text) -> Result<Vec<u8>, PaperError> {
    let head = &list.head;
    let row = |row: &Vec<String>| {
        let mut row = row.clone();
        row.resize(list.columns.len(), String::new());
        row
    };
    let paper = json!({
        "lead": list.lead,
        "columns": list.columns,
        "rows": list.rows.iter().map(row).collect::<Vec<_>>(),
    });
    set(
        Template::List,
        head,
        head.with(title.get(head.lang), &WORDS, &paper),
    )
}
