//! Call lists and letter lists as they are handed out.

use jiff::civil::Date;
use law::{Channel, Lang};

use super::parts::Part;
use crate::Error;
use crate::spreadsheet::spreadsheet_cell;

/// What a list is taken out as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetForm {
    /// A table for a spreadsheet or a print shop; for letters with text and notices.
    Csv,
    /// A list to read.
    List,
    /// The letters themselves.
    Letters,
}

impl SheetForm {
    /// Its name in forms and evidence.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::List => "list",
            Self::Letters => "letters",
        }
    }

    /// The form of that name.
    pub fn named(name: &str) -> Option<Self> {
        let all = [Self::Csv, Self::List, Self::Letters];
        all.into_iter().find(|form| form.name() == name)
    }
}

/// A list that is valid for the day on which it was made.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// What the campaign is called.
    pub campaign: String,
    /// Telephone or post.
    pub channel: Channel,
    /// The day for which it holds.
    pub on: Date,
    /// Who writes, and how to reach them, line by line.
    pub sender: Vec<String>,
    /// Who may be called or written to.
    pub rows: Vec<SheetRow>,
    /// How many of the campaign's people may not, or can't be reached.
    pub left_out: u64,
}

/// Somebody on a list.
#[derive(Clone, Debug)]
pub struct SheetRow {
    /// Title, given name and family name.
    pub name: String,
    /// The company.
    pub company: String,
    /// The number, or the postal address.
    pub reach: String,
    /// Why it is allowed, in words, with the provisions.
    pub basis: String,
    /// The circumstances that were noted for a call.
    pub circumstance: String,
    /// The sentence with which a call begins (BGB § 312a(1)), or how a letter begins.
    pub opening: String,
    /// The letter, for a campaign by post.
    pub letter: Option<PostLetter>,
}

/// A letter to somebody.
#[derive(Clone, Debug)]
pub struct PostLetter {
    /// Its language.
    pub lang: Lang,
    /// Company, name and address, line by line.
    pub to: Vec<String>,
    /// The code of the country, if it goes abroad.
    pub country: Option<String>,
    /// The subject; empty if there is none.
    pub subject: String,
    /// The text, if the campaign has one, and what the law wants beside it.
    pub parts: Vec<Part>,
}

impl PostLetter {
    /// The text, if the campaign has one.
    pub fn text(&self) -> Option<&str> {
        let text = self.parts.iter().find(|part| part.name == "text");
        text.map(|part| part.text.as_str())
    }

    /// What the law wants in the letter beside the text, in its order.
    pub fn notices(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(|part| part.name != "text")
    }
}

impl Sheet {
    /// The list as a CSV that spreadsheets read: semicolons, UTF-8 with a byte-order mark.
    ///
    /// # Errors
    /// When the list can't be written.
    pub fn csv(&self, lang: Lang) -> Result<Vec<u8>, Error> {
        let broken = |_| Error::Stored("list");
        let mut out = csv::WriterBuilder::new()
            .delimiter(b';')
            .from_writer(vec![0xef, 0xbb, 0xbf]);
        out.write_record(self.heads(lang)).map_err(broken)?;
        let on = self.on.to_string();
        for row in &self.rows {
            let mut cells = vec![
                row.name.clone(),
                row.company.clone(),
                row.reach.clone(),
                row.basis.clone(),
            ];
            match &row.letter {
                None => cells.extend([row.circumstance.clone(), row.opening.clone()]),
                Some(letter) => {
                    let notices: Vec<&str> = letter.notices().map(|n| n.text.as_str()).collect();
                    cells.extend([
                        row.opening.clone(),
                        letter.subject.clone(),
                        letter.text().unwrap_or_default().to_owned(),
                        notices.join("\n\n"),
                    ]);
                }
            }
            cells.push(on.clone());
            out.write_record(cells.iter().map(|cell| spreadsheet_cell(cell)))
                .map_err(broken)?;
        }
        out.into_inner().map_err(|_| Error::Stored("list"))
    }

    fn heads(&self, lang: Lang) -> &'static [&'static str] {
        match (self.channel, lang) {
            (Channel::Post, Lang::De) => &[
                "Name",
                "Firma",
                "Anschrift",
                "Rechtsgrundlage",
                "Anrede",
                "Betreff",
                "Text",
                "Hinweise",
                "Gilt am",
            ],
            (Channel::Post, Lang::En) => &[
                "Name",
                "Company",
                "Address",
                "Legal basis",
                "Salutation",
                "Subject",
                "Text",
                "Notices",
                "Valid on",
            ],
            (_, Lang::De) => &[
                "Name",
                "Firma",
                "Telefon",
                "Rechtsgrundlage",
                "Umstand",
                "Eröffnung",
                "Gilt am",
            ],
            (_, Lang::En) => &[
                "Name",
                "Company",
                "Telephone",
                "Legal basis",
                "Circumstance",
                "Opening",
                "Valid on",
            ],
        }
    }
}
