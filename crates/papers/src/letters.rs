//! Letters, each beginning on a page of its own, laid out for an envelope with a window (DIN 5008,
//! form B).

use law::{Lang, Text};
use serde_json::json;

use crate::desk::{PaperError, Template, set};
use crate::head::Head;

/// A letter.
#[derive(Clone, Debug)]
pub struct PaperLetter {
    /// Its language.
    pub lang: Lang,
    /// Name and address, line by line; six lines fit into the window.
    pub to: Vec<String>,
    /// The day on which it is written, in words.
    pub day: String,
    /// The subject; empty if there is none.
    pub subject: String,
    /// The text.
    pub text: String,
    /// What the law wants in the letter beside the text, each apart from the others.
    pub notices: Vec<String>,
}

const TITLE: Text = Text::new("Briefe", "Letters");
const NO_SUBJECT: Text = Text::new("Brief", "Letter");

/// Sets the letters in one document; returns the PDF. `head.reach` is the sender's address and how to
/// reach the sender.
///
/// # Errors
/// When the typesetter refuses.
pub fn letters(head: &Head, letters: &[PaperLetter]) -> Result<Vec<u8>, PaperError> {
    let letter = |letter: &PaperLetter| {
        let subject = match letter.subject.trim() {
            "" => NO_SUBJECT.get(letter.lang),
            subject => subject,
        };
        json!({
            "lang": match letter.lang { Lang::De => "de", Lang::En => "en" },
            "to": letter.to,
            "day": letter.day,
            "subject": subject,
            "named": !letter.subject.trim().is_empty(),
            "text": letter.text,
            "notices": letter.notices,
        })
    };
    let paper = json!({ "letters": letters.iter().map(letter).collect::<Vec<_>>() });
    set(
        Template::Letters,
        head,
        head.with(TITLE.get(head.lang), &[], &paper),
    )
}
