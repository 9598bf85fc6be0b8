//! The receipt of one consent, for the person who gave it.

use law::Text;
use serde_json::json;

use crate::desk::{PaperError, Template, set};
use crate::head::Head;
use crate::summary::{Stated, stated};

/// One consent, as the person gets it in hand.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// Who made it, and when.
    pub head: Head,
    /// Name of the activity for which the consent was given.
    pub activity: String,
    /// Who, channels, day, proof and state.
    pub stated: Vec<Stated>,
    /// The text that the person saw, word for word.
    pub text: Option<String>,
    /// SHA-256 of the text in hexadecimal digits.
    pub text_sha256: Option<String>,
    /// Where the consent can be withdrawn; the paper says in any case that it can.
    pub withdraw_at: Option<String>,
    /// Number of the evidence entry.
    pub entry: i64,
    /// The log's public key.
    pub key: String,
}

const TITLE: Text = Text::new("Beleg über Ihre Einwilligung", "Receipt of your consent");
const WORDS: [(&str, Text); 9] = [
    (
        "lead",
        Text::new(
            "So haben wir Ihre Einwilligung festgehalten. Bitte bewahren Sie den Beleg auf.",
            "This is how we recorded your consent. Please keep this receipt.",
        ),
    ),
    ("text", Text::new("Wortlaut", "Wording")),
    (
        "hash",
        Text::new("SHA-256 des Wortlauts", "SHA-256 of the wording"),
    ),
    (
        "withdraw",
        Text::new("Ihr Recht auf Widerruf", "Your right to withdraw"),
    ),
    (
        "withdraw-text",
        Text::new(
            "Sie können die Einwilligung jederzeit widerrufen, so einfach, wie Sie sie erteilt \
             haben (Art. 7 Abs. 3 DSGVO). Was bis dahin geschah, bleibt rechtmäßig.",
            "You can withdraw the consent at any time, as easily as you gave it (GDPR Art. 7(3)). \
             What was done before stays lawful.",
        ),
    ),
    ("proof", Text::new("Nachweis", "Proof")),
    (
        "proof-text",
        Text::new(
            "Der Vorgang steht in einem signierten Protokoll, das sich nicht unbemerkt ändern lässt. \
             Der prüfbare Nachweis, eine Datei, liegt bei oder kommt auf Wunsch.",
            "This is in a signed log that can't be changed unnoticed. The evidence, a \
             file that can be checked, is attached or comes on request.",
        ),
    ),
    (
        "number",
        Text::new("Nummer des Nachweises", "Evidence number"),
    ),
    (
        "key",
        Text::new(
            "Öffentlicher Schlüssel des Protokolls:",
            "The log's public key:",
        ),
    ),
];

/// Sets the receipt; returns the PDF.
///
/// # Errors
/// When the typesetter refuses.
pub fn receipt(receipt: &Receipt) -> Result<Vec<u8>, PaperError> {
    let head = &receipt.head;
    let paper = json!({
        "activity": receipt.activity,
        "stated": stated(&receipt.stated),
        "text": receipt.text,
        "hash": receipt.text_sha256,
        "withdraw_at": receipt.withdraw_at,
        "entry": receipt.entry,
        "key": receipt.key,
    });
    set(
        Template::Receipt,
        head,
        head.with(TITLE.get(head.lang), &WORDS, &paper),
    )
}
