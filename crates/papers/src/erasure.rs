//! The certificate of an erasure. It names nobody, so that it can be kept and handed on.

use law::Text;
use serde_json::json;

use crate::desk::{PaperError, Template, set};
use crate::head::Head;
use crate::summary::{Stated, stated};

/// What is certified.
#[derive(Clone, Debug)]
pub struct Erasure {
    /// Who made it, and when.
    pub head: Head,
    /// Whether the data are still there, restricted, until a legal hold ends.
    pub waits: bool,
    /// What was done, when, why, by whom.
    pub done: Vec<Stated>,
    /// How many addresses stay suppressed, in words; `None` if none was suppressed by this.
    pub suppressed: Option<String>,
    /// Who was told, and what became of it.
    pub told: Vec<ToldRecipient>,
    /// Where the evidence is.
    pub proof: Vec<Stated>,
    /// The signed checkpoint.
    pub checkpoint: String,
    /// The log's public key.
    pub key: String,
    /// How the receipt of the entry is checked, as a command.
    pub check: String,
}

/// A recipient of the data.
#[derive(Clone, Debug)]
pub struct ToldRecipient {
    /// Its name in the register.
    pub name: String,
    /// How it was told.
    pub way: String,
    /// What became of it, with its day.
    pub state: String,
}

const TITLE: Text = Text::new("Bescheinigung über eine Löschung", "Certificate of erasure");
const TITLE_WAITS: Text = Text::new(
    "Bescheinigung: Löschung vorgemerkt",
    "Certificate: erasure noted",
);

/// What the paper says in any case.
const WORDS: [(&str, Text); 12] = [
    ("done", Text::new("Was geschah", "What was done")),
    ("extent", Text::new("Umfang", "Extent")),
    (
        "stays",
        Text::new("Was bleibt, und warum", "What stays, and why"),
    ),
    (
        "stays-log",
        Text::new(
            "Einträge im signierten Protokoll: Sie belegen, dass und wann etwas geschah (Art. 5 Abs. 2 \
             DSGVO). Was sie über die Person sagten, ist mit deren Schlüssel unlesbar geworden.",
            "Entries in the signed log: they prove that something happened and when (GDPR Art. 5(2)). \
             What they said of the person became unreadable with the person's key.",
        ),
    ),
    (
        "stays-row",
        Text::new(
            "Die Kennung, der Tag, an dem die Daten erhoben wurden, und der Vermerk der Löschung, \
             damit eine Sicherung, die älter ist, die Person nicht zurückbringt.",
            "The identifier, the day on which the data were obtained, and the note of the erasure, so \
             that an older backup does not bring the person back.",
        ),
    ),
    (
        "told",
        Text::new("Wem die Löschung mitgeteilt wurde", "Who was told"),
    ),
    (
        "told-none",
        Text::new(
            "Kein Empfänger war zu unterrichten (Art. 19 DSGVO).",
            "There was no recipient to be told (GDPR Art. 19).",
        ),
    ),
    (
        "told-about",
        Text::new(
            "Stand der Mitteilungen nach Art. 19 DSGVO, als diese Bescheinigung erstellt wurde.",
            "State of the notices under GDPR Art. 19 when this certificate was made.",
        ),
    ),
    ("recipient", Text::new("Empfänger", "Recipient")),
    ("way", Text::new("Weg", "Way")),
    ("state", Text::new("Stand", "State")),
    ("proof", Text::new("Nachweis", "Proof")),
];

const LEAD: Text = Text::new(
    "Die Daten einer Person wurden endgültig gelöscht. Diese Bescheinigung enthält selbst keine Angaben \
     zu ihr.",
    "The data of one person were erased for good. This certificate itself says nothing of the person.",
);
const LEAD_WAITS: Text = Text::new(
    "Die Daten einer Person müssen noch aufbewahrt werden. Bis dahin sind sie eingeschränkt; danach \
     werden sie von selbst gelöscht. Diese Bescheinigung enthält selbst keine Angaben zu ihr.",
    "The data of one person still have to be kept. Until then they are restricted, and then they are \
     erased without further action. This certificate itself says nothing of the person.",
);
const EXTENT: Text = Text::new(
    "Der Schlüssel der Person wurde vernichtet. Namen, Anschriften, Adressen, Nummern und alles, was \
     sonst unter ihm verschlüsselt war, sind damit im Bestand und im Protokoll unlesbar, ebenso in jeder \
     Sicherung, deren Schlüsseldatei danach neu geschrieben wurde. Die Zeilen im Bestand wurden außerdem \
     entfernt oder geleert.",
    "The person's key was destroyed. Names, addresses, numbers and all else that was encrypted with it \
     are unreadable in the database and in the log, and in every backup whose file of keys was written \
     anew since. The rows in the database were removed or emptied besides.",
);
const EXTENT_WAITS: Text = Text::new(
    "Die Daten werden nur noch gespeichert und für den Zweck der Aufbewahrung genutzt (Art. 17 Abs. 3, \
     Art. 18 DSGVO). Für Werbung sind die Adressen und Nummern gesperrt.",
    "The data are only stored, and used for what they have to be kept for (GDPR Art. 17(3), Art. 18). \
     The addresses and numbers are suppressed for advertising.",
);
const CHECK: Text = Text::new(
    "Der Beleg zu diesem Eintrag ist eine Datei, die sich ohne den Verantwortlichen prüfen lässt, allein \
     mit dem öffentlichen Schlüssel des Protokolls:",
    "The receipt of this entry is a file that can be checked without the controller, with the log's \
     public key alone:",
);
const KEY: Text = Text::new(
    "Öffentlicher Schlüssel des Protokolls:",
    "The log's public key:",
);
const CHECKPOINT: Text = Text::new("Signierter Stand:", "Signed checkpoint:");

/// Sets the certificate; returns the PDF.
///
/// # Errors
/// When the typesetter refuses.
pub fn erasure(erasure: &Erasure) -> Result<Vec<u8>, PaperError> {
    let head = &erasure.head;
    let (title, lead, extent) = if erasure.waits {
        (TITLE_WAITS, LEAD_WAITS, EXTENT_WAITS)
    } else {
        (TITLE, LEAD, EXTENT)
    };
    let words: Vec<_> = WORDS
        .into_iter()
        .chain([
            ("lead", lead),
            ("extent-text", extent),
            ("check", CHECK),
            ("key", KEY),
            ("checkpoint", CHECKPOINT),
        ])
        .collect();
    let told = erasure.told.iter();
    let told: Vec<_> = told
        .map(|one| json!({ "name": one.name, "way": one.way, "state": one.state }))
        .collect();
    let paper = json!({
        "waits": erasure.waits,
        "done": stated(&erasure.done),
        "suppressed": erasure.suppressed,
        "told": told,
        "proof": stated(&erasure.proof),
        "checkpoint": erasure.checkpoint.trim_end(),
        "key": erasure.key,
        "check": erasure.check,
    });
    set(
        Template::Erasure,
        head,
        head.with(title.get(head.lang), &words, &paper),
    )
}
