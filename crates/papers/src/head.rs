//! What every paper says of itself.

use jiff::civil::{Date, DateTime};
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
    /// When the paper was made, where the organisation is.
    pub made_at: DateTime,
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
            "made": format!("{} {}", MADE.get(self.lang), self.time(self.made_at)),
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

    /// A day in words.
    pub(crate) fn day(&self, day: Date) -> String {
        let month = usize::try_from(day.month() - 1).unwrap_or_default();
        match self.lang {
            Lang::De => format!("{}. {} {}", day.day(), GERMAN[month], day.year()),
            Lang::En => format!("{} {} {}", day.day(), ENGLISH[month], day.year()),
        }
    }

    /// A day with the time in hours and minutes.
    pub(crate) fn time(&self, at: DateTime) -> String {
        let (day, hour, minute) = (self.day(at.date()), at.hour(), at.minute());
        match self.lang {
            Lang::De => format!("{day}, {hour:02}:{minute:02} Uhr"),
            Lang::En => format!("{day}, {hour:02}:{minute:02}"),
        }
    }
}

const GERMAN: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];
const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
