//! The summary of an evidence pack: what is proven about one person.

use law::Text;
use serde_json::json;

use crate::desk::{PaperError, Template, set};
use crate::head::Head;

/// A word and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// The word.
    pub label: String,
    /// What it says; may have several lines.
    pub value: String,
}

/// Something that happened, with the entry that proves it.
#[derive(Clone, Debug)]
pub struct Happening {
    /// When, in words, where the organisation is.
    pub at: String,
    /// What, in words.
    pub what: String,
    /// Number of the entry.
    pub entry: i64,
}

/// One consent.
#[derive(Clone, Debug)]
pub struct ConsentPart {
    /// Name of the activity for which it was given.
    pub activity: String,
    /// Given, withdrawn and so on, in words.
    pub state: String,
    /// Channels, day, proof, place, witness and whatever else is on record.
    pub stated: Vec<Stated>,
    /// The text that the person saw, word for word.
    pub text: Option<String>,
    /// SHA-256 of the text in hexadecimal digits.
    pub text_sha256: Option<String>,
    /// Given, withdrawn, in the order of time.
    pub happened: Vec<Happening>,
}

/// One entry of the log.
#[derive(Clone, Debug)]
pub struct EntryLine {
    /// Its number.
    pub entry: i64,
    /// Its place in the log, from 0.
    pub place: u64,
    /// When it was written, in words, where the organisation is.
    pub at: String,
    /// What it is about, in words.
    pub kind: String,
}

/// What the log's operator signed.
#[derive(Clone, Debug)]
pub struct Signed {
    /// Name of the log.
    pub log: String,
    /// Entries that the checkpoint covers.
    pub size: u64,
    /// The signed checkpoint.
    pub checkpoint: String,
    /// The public key.
    pub key: String,
    /// The key's fingerprint, to be compared over another way.
    pub fingerprint: String,
}

/// What is proven about one person.
#[derive(Clone, Debug)]
pub struct EvidenceSummary {
    /// Who made it, and when.
    pub head: Head,
    /// Name, address and so on of the person.
    pub person: Vec<Stated>,
    /// The consents, withdrawn ones too.
    pub consents: Vec<ConsentPart>,
    /// The objections.
    pub objections: Vec<Happening>,
    /// What was sent to the person.
    pub sends: Vec<Happening>,
    /// Every entry in the pack, in the order of the log.
    pub entries: Vec<EntryLine>,
    /// What was signed.
    pub signed: Signed,
}

const TITLE: Text = Text::new("Nachweise zu einer Person", "Evidence about one person");
const WORDS: [(&str, Text); 27] = [
    (
        "lead",
        Text::new(
            "Dieses Blatt fasst zusammen, was die Nachweise in diesem Paket über die unten genannte \
             Person belegen. Maßgeblich sind die Einträge selbst; jede Angabe nennt den ihren.",
            "This paper sums up what the evidence in this pack proves about the person named below. \
             What counts are the entries themselves; each statement names its own.",
        ),
    ),
    ("person", Text::new("Person", "Person")),
    ("consents", Text::new("Einwilligungen", "Consents")),
    (
        "no-consents",
        Text::new(
            "Keine Einwilligung ist festgehalten.",
            "No consent is on record.",
        ),
    ),
    (
        "text",
        Text::new(
            "Wortlaut, wie er gezeigt wurde:",
            "Wording as it was shown:",
        ),
    ),
    (
        "hash",
        Text::new("SHA-256 des Wortlauts", "SHA-256 of the wording"),
    ),
    ("entry", Text::new("Nachweis", "evidence")),
    ("objections", Text::new("Widersprüche", "Objections")),
    (
        "no-objections",
        Text::new(
            "Kein Widerspruch ist festgehalten.",
            "No objection is on record.",
        ),
    ),
    ("sends", Text::new("Sendungen", "Sent")),
    (
        "no-sends",
        Text::new(
            "Keine Sendung ist festgehalten.",
            "Nothing sent is on record.",
        ),
    ),
    ("entries", Text::new("Alle Einträge", "All entries")),
    (
        "entries-lead",
        Text::new(
            "Die Nummer ist die des Nachweises beim Verantwortlichen, der Platz die Stelle im \
             signierten Protokoll; so heißt auch die Datei im Ordner „entries“.",
            "The number is that of the evidence with the controller, the place that in the signed \
             log, by which the file in the folder “entries” is named too.",
        ),
    ),
    ("number", Text::new("Nummer", "Number")),
    ("place", Text::new("Platz", "Place")),
    ("when", Text::new("Zeit", "Time")),
    ("kind", Text::new("Gegenstand", "Subject")),
    ("check", Text::new("So wird geprüft", "How to check")),
    (
        "check-lead",
        Text::new(
            "Das Paket lässt sich ohne Netz und ohne den Verantwortlichen prüfen. Danach steht fest, \
             dass jeder Eintrag im signierten Protokoll steht und seither nicht verändert wurde.",
            "The pack can be checked without a network and without the controller. Then it is \
             certain that each entry is in the signed log and was not changed since.",
        ),
    ),
    (
        "step-program",
        Text::new(
            "Das Programm Leitplanke beschaffen. Daten oder eine Einrichtung braucht es nicht.",
            "Get the program Leitplanke. It needs no data and no set-up.",
        ),
    ),
    ("step-command", Text::new("Aufrufen:", "Run:")),
    (
        "step-key",
        Text::new(
            "Den Fingerabdruck mit dem vergleichen, den der Verantwortliche auf anderem Weg nennt: \
             Wer das Paket fälscht, fälscht auch den Schlüssel darin.",
            "Compare the fingerprint with the one that the controller gives by another way: who \
             forges the pack forges the key in it too.",
        ),
    ),
    ("log", Text::new("Protokoll", "Log")),
    (
        "size",
        Text::new("Einträge im Protokoll", "Entries in the log"),
    ),
    ("key", Text::new("Öffentlicher Schlüssel:", "Public key:")),
    (
        "fingerprint",
        Text::new("Fingerabdruck des Schlüssels:", "Fingerprint of the key:"),
    ),
    (
        "checkpoint",
        Text::new("Signierter Stand:", "Signed checkpoint:"),
    ),
];
const ADVICE: [(&str, Text); 2] = [
    (
        "no-advice",
        Text::new("Keine Rechtsberatung", "Not legal advice"),
    ),
    (
        "no-advice-text",
        Text::new(
            "Dieses Blatt belegt Vorgänge. Ob eine Einwilligung wirksam ist, entscheidet es nicht.",
            "This paper proves what happened. It does not decide whether a consent is valid.",
        ),
    ),
];

/// The command that checks a pack.
const COMMAND: Text = Text::new(
    "leitplanke verify PAKET.zip --key SCHLÜSSELDATEI",
    "leitplanke verify PACK.zip --key KEYFILE",
);

/// Sets the summary; returns the PDF.
///
/// # Errors
/// When the typesetter refuses.
pub fn evidence_summary(summary: &EvidenceSummary) -> Result<Vec<u8>, PaperError> {
    let head = &summary.head;
    let happened = |all: &[Happening]| -> Vec<_> {
        let one = |one: &Happening| json!({ "when": one.at, "what": one.what, "entry": one.entry });
        all.iter().map(one).collect()
    };
    let consent = |consent: &ConsentPart| {
        json!({
            "activity": consent.activity,
            "state": consent.state,
            "stated": stated(&consent.stated),
            "text": consent.text,
            "hash": consent.text_sha256,
            "happened": happened(&consent.happened),
        })
    };
    let entry = |line: &EntryLine| {
        json!({
            "entry": line.entry,
            "place": line.place,
            "when": line.at,
            "kind": line.kind,
        })
    };
    let paper = json!({
        "person": stated(&summary.person),
        "consents": summary.consents.iter().map(consent).collect::<Vec<_>>(),
        "objections": happened(&summary.objections),
        "sends": happened(&summary.sends),
        "entries": summary.entries.iter().map(entry).collect::<Vec<_>>(),
        "command": COMMAND.get(head.lang),
        "signed": {
            "log": summary.signed.log,
            "size": summary.signed.size.to_string(),
            "checkpoint": summary.signed.checkpoint,
            "key": summary.signed.key,
            "fingerprint": summary.signed.fingerprint,
        },
    });
    let words = [WORDS.as_slice(), &ADVICE].concat();
    set(
        Template::Summary,
        head,
        head.with(TITLE.get(head.lang), &words, &paper),
    )
}

pub(crate) fn stated(pairs: &[Stated]) -> Vec<serde_json::Value> {
    pairs
        .iter()
        .map(|pair| json!({ "label": pair.label, "value": pair.value }))
        .collect()
}
