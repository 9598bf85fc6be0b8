//! What every paper says of itself.

use jiff::Timestamp;
use law::{Lang, Text};
use serde_json::{Value, json};

/// Who made a paper, and when.
#[derive(Clone, Debug)]
pub struct Head {
    /// The language of the paper's own words.
    pub lang: Lang,
    /// Name of the organisation that makes the paper.
    pub organisation: String,
    /// Its address and how to reach it, line by line.
    pub reach: Vec<String>,
    /// When the paper was made.
    pub made_at: Timestamp,
    /// The same in words, where the organisation is.
    pub made: String,
    /// A hash at the foot of each page, such as the root hash of the log that the paper is about.
    pub hash: Option<String>,
}

const PAGE: Text = Text::new("Seite", "Page");
const OF: Text = Text::new("von", "of");
const MADE: Text = Text::new("Erstellt am", "Made on");
const SPELT: Text = Text::new(
    "Zeichen, die diese Schrift nicht hat, stehen als [U+…]. Die Nachweise selbst enthalten sie \
     unverändert.",
    "Characters that this font lacks stand as [U+…]. The evidence itself has them unchanged.",
);
const HASH: Text = Text::new("Prüfsumme des Protokolls", "Hash of the log");

impl Head {
    /// The head as the template's frame takes it, beside what the paper says.
    pub(crate) fn with(&self, title: &str, words: &[(&str, Text)], paper: &Value) -> Value {
        let words: serde_json::Map<_, _> = words
            .iter()
            .map(|(name, text)| ((*name).to_owned(), json!(text.get(self.lang))))
            .collect();
        json!({
            "lang": match self.lang { Lang::De => "de", Lang::En => "en" },
            "title": title,
            "organisation": self.organisation,
            "reach": self.reach,
            "made": format!("{} {}", MADE.get(self.lang), self.made),
            "hash": self.hash,
            "frame": {
                "page": PAGE.get(self.lang),
                "of": OF.get(self.lang),
                "hash": HASH.get(self.lang),
                "spelt": SPELT.get(self.lang),
            },
            "words": words,
            "paper": paper,
        })
    }
}
