//! Lists for people who call or write: a table whose columns the caller names.

use law::Text;
use serde_json::json;

use crate::desk::{PaperError, Template, set};
use crate::head::Head;

/// What a list is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKind {
    /// People to call.
    Calls,
    /// People to write to.
    Letters,
}

/// A column of a list.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// Its part of the width, compared with the others.
    pub share: u8,
}

/// A list.
#[derive(Clone, Debug)]
pub struct List {
    /// Who made it, and when.
    pub head: Head,
    /// What it is for.
    pub kind: ListKind,
    /// What stands above the table, one paragraph each: purpose, day, what is to be said.
    pub lead: Vec<String>,
    /// The columns.
    pub columns: Vec<Column>,
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

/// Sets a list; returns the PDF.
///
/// # Errors
/// When the typesetter refuses.
pub fn list(list: &List) -> Result<Vec<u8>, PaperError> {
    let head = &list.head;
    let title = match list.kind {
        ListKind::Calls => CALLS,
        ListKind::Letters => LETTERS,
    };
    let row = |row: &Vec<String>| {
        let mut row = row.clone();
        row.resize(list.columns.len(), String::new());
        row
    };
    let column = |column: &Column| json!({ "title": column.title, "share": column.share });
    let paper = json!({
        "lead": list.lead,
        "columns": list.columns.iter().map(column).collect::<Vec<_>>(),
        "rows": list.rows.iter().map(row).collect::<Vec<_>>(),
    });
    set(
        Template::List,
        head,
        head.with(title.get(head.lang), &WORDS, &paper),
    )
}
