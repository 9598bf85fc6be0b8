//! Why a row is not passed on, and the file that says so.

use std::io::{self, BufWriter, Write};

use law::{Lang, Text};

use super::list::{Key, Row, texts};
use crate::import::Reason;

/// What stands in the way. A weightier one comes later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Why {
    /// A person has to weigh.
    Review,
    /// Nobody on record has the address.
    Unknown,
    /// The law, the person or the row itself.
    Refused,
}

impl Why {
    const fn text(self) -> Text {
        match self {
            Self::Review => Text::new("zu prüfen", "review"),
            Self::Unknown => Text::new("unbekannt", "unknown"),
            Self::Refused => Text::new("abgelehnt", "refused"),
        }
    }
}

/// Why a row is not passed on. No text repeats what is in the row.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    pub(super) why: Why,
    pub(super) reason: String,
    pub(super) citations: String,
    /// The next lawful step.
    pub(super) next: String,
}

impl Refusal {
    fn new(lang: Lang, why: Why, reason: Text, citations: &str, next: Text) -> Self {
        Self {
            why,
            reason: reason.get(lang).to_owned(),
            citations: citations.to_owned(),
            next: next.get(lang).to_owned(),
        }
    }

    /// A row that can't be read.
    fn bad_row(lang: Lang, reason: String) -> Self {
        let next = Text::new(
            "Zeile berichtigen und die Liste erneut prüfen lassen.",
            "Correct the row and filter the list again.",
        );
        Self {
            why: Why::Refused,
            reason,
            citations: String::new(),
            next: next.get(lang).to_owned(),
        }
    }

    pub(super) fn open_quote(lang: Lang) -> Self {
        let reason = Text::new(
            "Ein Anführungszeichen öffnet ein Feld, das nicht endet.",
            "A quotation mark opens a field that does not end.",
        );
        Self::bad_row(lang, reason.get(lang).to_owned())
    }

    pub(super) fn fields(lang: Lang, found: usize, expected: usize) -> Self {
        let reason = match lang {
            Lang::De => format!("Felder in der Zeile: {found} statt {expected}."),
            Lang::En => format!("Fields in the row: {found} instead of {expected}."),
        };
        Self::bad_row(lang, reason)
    }

    pub(super) fn unreadable(lang: Lang, reason: Reason) -> Self {
        Self::bad_row(lang, reason.text(lang))
    }

    pub(super) fn no_address(lang: Lang, key: Key) -> Self {
        let (reason, next) = match key {
            Key::Email => (
                Text::new(
                    "Die Zeile nennt keine E-Mail-Adresse.",
                    "The row names no e-mail address.",
                ),
                Text::new(
                    "E-Mail-Adresse ergänzen und die Liste erneut prüfen lassen.",
                    "Add the e-mail address and filter the list again.",
                ),
            ),
            Key::Phone => (
                Text::new(
                    "Die Zeile nennt keine Telefonnummer.",
                    "The row names no telephone number.",
                ),
                Text::new(
                    "Telefonnummer ergänzen und die Liste erneut prüfen lassen.",
                    "Add the telephone number and filter the list again.",
                ),
            ),
            Key::Any => (
                Text::new(
                    "Die Zeile nennt weder E-Mail-Adresse noch Telefonnummer; so ist nicht zu \
                     erkennen, wer gemeint ist.",
                    "The row names neither e-mail address nor telephone number, so that nobody \
                     can tell who is meant.",
                ),
                Text::new(
                    "E-Mail-Adresse oder Telefonnummer ergänzen und die Liste erneut prüfen \
                     lassen.",
                    "Add the e-mail address or telephone number and filter the list again.",
                ),
            ),
        };
        Self::new(lang, Why::Refused, reason, "", next)
    }

    /// The list itself notes an objection.
    pub(super) fn noted_in_list(lang: Lang, heading: &str) -> Self {
        let reason = match lang {
            Lang::De => {
                format!("Die Liste selbst vermerkt einen Widerspruch (Spalte „{heading}“).")
            }
            Lang::En => format!("The list itself notes an objection (column \"{heading}\")."),
        };
        let next = Text::new(
            "Nicht kontaktieren; den Widerspruch erfassen (leitplanke object).",
            "Do not contact; record the objection (leitplanke object).",
        );
        Self {
            why: Why::Refused,
            reason,
            citations: "GDPR Art. 21(2), GDPR Art. 21(3)".to_owned(),
            next: next.get(lang).to_owned(),
        }
    }

    /// A block stands although nobody on record has the address, or whoever had it was erased.
    pub(super) fn suppressed(lang: Lang) -> Self {
        Self::new(
            lang,
            Why::Refused,
            Text::new(
                "Die Person hat widersprochen oder wurde gelöscht; die Adresse ist gesperrt.",
                "The person objected or was erased; the address is suppressed.",
            ),
            "GDPR Art. 21(3), GDPR Art. 17(1)",
            Text::new(
                "Nicht kontaktieren und die Zeile aus der Liste entfernen.",
                "Do not contact, and remove the row from the list.",
            ),
        )
    }

    pub(super) fn unknown(lang: Lang) -> Self {
        Self::new(
            lang,
            Why::Unknown,
            Text::new(
                "Die Adresse ist nicht erfasst; ihre Herkunft ist nicht belegt.",
                "The address is not on record; where it comes from is not documented.",
            ),
            "GDPR Art. 5(2), GDPR Art. 14(2)(f)",
            Text::new(
                "Zuerst mit Angabe der Quelle importieren (leitplanke import), dann erneut \
                 prüfen lassen.",
                "Import it first with its source (leitplanke import), then filter again.",
            ),
        )
    }

    /// What precedes the reason if several contacts have the address; else nothing.
    pub(super) fn shared(lang: Lang, contacts: usize) -> String {
        match (contacts, lang) {
            (0 | 1, _) => String::new(),
            (_, Lang::De) => {
                format!(
                    "{contacts} Kontakte teilen sich die Adresse; mindestens einer darf nicht kontaktiert werden: "
                )
            }
            (_, Lang::En) => {
                format!(
                    "{contacts} contacts share the address; at least one may not be contacted: "
                )
            }
        }
    }
}

/// The file of the rows that are not passed on: the list's own columns, then line, outcome,
/// reason, citations and next step. UTF-8 with byte-order mark, so that spreadsheets show
/// umlauts.
pub(super) struct RefusedRows<W: Write> {
    csv: csv::Writer<BufWriter<W>>,
    width: usize,
    lang: Lang,
}

impl<W: Write> RefusedRows<W> {
    pub(super) fn begin(
        out: W,
        headings: &[String],
        delimiter: u8,
        lang: Lang,
    ) -> io::Result<Self> {
        let mut out = BufWriter::new(out);
        out.write_all("\u{feff}".as_bytes())?;
        let mut csv = csv::WriterBuilder::new()
            .delimiter(delimiter)
            .terminator(csv::Terminator::CRLF)
            .flexible(true)
            .from_writer(out);
        let own = match lang {
            Lang::De => [
                "Zeile",
                "Ergebnis",
                "Grund",
                "Fundstellen",
                "Nächster Schritt",
            ],
            Lang::En => ["Line", "Outcome", "Reason", "Citations", "Next step"],
        };
        csv.write_record(headings.iter().map(String::as_str).chain(own))?;
        Ok(Self {
            csv,
            width: headings.len(),
            lang,
        })
    }

    /// Fields beyond the headings follow at the end, so that none is lost and every reason
    /// stands in its column.
    pub(super) fn write(&mut self, row: &Row, refusal: &Refusal) -> io::Result<()> {
        let cells = texts(&row.cells);
        let line = row.line.to_string();
        let own = [
            line.as_str(),
            refusal.why.text().get(self.lang),
            &refusal.reason,
            &refusal.citations,
            &refusal.next,
        ];
        let padded = (0..self.width).map(|column| cells.get(column).map_or("", String::as_str));
        let extra = cells.iter().skip(self.width).map(String::as_str);
        self.csv.write_record(padded.chain(own).chain(extra))?;
        Ok(())
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.csv.flush()
    }
}
