//! The answer's words, and how what is on record becomes words and what they say.

use jiff::civil::Date;
use law::{Channel, Lang, LegalBasis, Text, written_citations};
use register::Register;
use serde_json::Value;

use super::{Field, Part, Record};

/// The parts of an answer, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PartName {
    Person,
    Data,
    Source,
    Purposes,
    Recipients,
    Retention,
    Consents,
    Objections,
    Sends,
    Decisions,
    Scoring,
    Rights,
    Log,
    How,
}

impl PartName {
    /// Id, provision and title.
    const fn told(self) -> (&'static str, &'static str, Text) {
        match self {
            Self::Person => (
                "person",
                "GDPR Art. 15(3)",
                Text::new("Angaben zu Ihrer Person", "Details of your person"),
            ),
            Self::Data => (
                "data",
                "GDPR Art. 15(3)",
                Text::new("Weitere Daten über Sie", "Further data about you"),
            ),
            Self::Source => (
                "source",
                "GDPR Art. 15(1)(g)",
                Text::new("Herkunft der Daten", "Source of the data"),
            ),
            Self::Purposes => (
                "purposes",
                "GDPR Art. 15(1)(a), GDPR Art. 15(1)(b)",
                Text::new("Zwecke und Rechtsgrundlagen", "Purposes and legal bases"),
            ),
            Self::Recipients => (
                "recipients",
                "GDPR Art. 15(1)(c), GDPR Art. 15(2), GDPR Art. 19",
                Text::new(
                    "Empfänger und Drittländer",
                    "Recipients and third countries",
                ),
            ),
            Self::Retention => (
                "retention",
                "GDPR Art. 15(1)(d)",
                Text::new("Speicherdauer", "How long data are kept"),
            ),
            Self::Consents => (
                "consents",
                "GDPR Art. 15(1)",
                Text::new("Einwilligungen und Widerrufe", "Consents and withdrawals"),
            ),
            Self::Objections => (
                "objections",
                "GDPR Art. 15(1)",
                Text::new("Widersprüche und Sperren", "Objections and blocks"),
            ),
            Self::Sends => (
                "sends",
                "GDPR Art. 15(1)",
                Text::new("Sendungen und Anrufe", "What was sent, and calls"),
            ),
            Self::Decisions => (
                "decisions",
                "GDPR Art. 15(1)",
                Text::new("Prüfungen und Entscheidungen", "Checks and decisions"),
            ),
            Self::Scoring => (
                "scoring",
                "GDPR Art. 15(1)(h)",
                Text::new(
                    "Automatisierte Entscheidungen und Profiling",
                    "Automated decisions and profiling",
                ),
            ),
            Self::Rights => (
                "rights",
                "GDPR Art. 15(1)(e), GDPR Art. 15(1)(f)",
                Text::new("Ihre Rechte", "Your rights"),
            ),
            Self::Log => (
                "log",
                "GDPR Art. 15(3)",
                Text::new("Weitere Vorgänge", "What else happened"),
            ),
            Self::How => (
                "how",
                "GDPR Art. 15(3), GDPR Art. 15(4)",
                Text::new("Wie diese Auskunft entstand", "How this answer was made"),
            ),
        }
    }
}

/// The fields whose names say more than their ids.
const LABELS: [(&str, Text); 102] = [
    ("role", Text::new("Rolle", "Role")),
    ("told_of", Text::new("Anlass", "Occasion")),
    ("told_at", Text::new("Mitteilung vom", "Notice of")),
    ("told_state", Text::new("Stand", "State")),
    ("told_answered", Text::new("Antwort vom", "Answer of")),
    ("by_mail", Text::new("Link per E-Mail", "Link by e-mail")),
    ("ended", Text::new("Ende", "End")),
    ("activity", Text::new("Tätigkeit", "Activity")),
    ("address", Text::new("Anschrift", "Address")),
    ("asked_on", Text::new("Gestellt am", "Asked on")),
    (
        "asked_for_accuracy",
        Text::new(
            "Nach der Richtigkeit gefragt am",
            "Asked whether the data are right on",
        ),
    ),
    (
        "authority",
        Text::new("Aufsichtsbehörde", "Supervisory authority"),
    ),
    (
        "balancing",
        Text::new("Berechtigtes Interesse", "Legitimate interest"),
    ),
    ("balancing_decision", Text::new("Abwägung", "Balancing")),
    ("basis", Text::new("Rechtsgrundlage", "Legal basis")),
    ("answered_on", Text::new("Beantwortet am", "Answered on")),
    ("browser", Text::new("Browser", "Browser")),
    ("by", Text::new("Durch", "By")),
    ("called_at", Text::new("Angerufen", "Called")),
    ("called_by", Text::new("Angerufen von", "Called by")),
    (
        "called_number",
        Text::new("Angerufene Nummer", "Number called"),
    ),
    ("campaign", Text::new("Kampagne", "Campaign")),
    ("channel", Text::new("Weg", "Channel")),
    ("channel_law", Text::new("Werberecht", "Law of advertising")),
    ("channels", Text::new("Wege", "Channels")),
    ("citations", Text::new("Vorschriften", "Provisions")),
    ("company", Text::new("Unternehmen", "Company")),
    ("confirmed_on", Text::new("Bestätigt am", "Confirmed on")),
    ("corrected", Text::new("Berichtigt", "Corrected")),
    ("country", Text::new("Land", "Country")),
    (
        "data",
        Text::new("Kategorien der Daten", "Categories of data"),
    ),
    (
        "data_protection",
        Text::new("Datenschutzrecht", "Data protection law"),
    ),
    ("department", Text::new("Abteilung", "Department")),
    ("due_on", Text::new("Frist", "Due on")),
    ("email", Text::new("E-Mail", "E-mail")),
    ("ends_on", Text::new("Endet am", "Ends on")),
    ("form", Text::new("Formular", "Form")),
    ("given_on", Text::new("Erteilt am", "Given on")),
    ("goods", Text::new("Waren", "Goods")),
    (
        "informed_on",
        Text::new(
            "Informiert am (Art. 13, 14 DSGVO)",
            "Informed on (GDPR Art. 13, 14)",
        ),
    ),
    (
        "known_as",
        Text::new("Früher geführt als", "Earlier on record as"),
    ),
    ("language", Text::new("Sprache", "Language")),
    (
        "last_used_on",
        Text::new("Zuletzt genutzt am", "Last used on"),
    ),
    ("lifted_on", Text::new("Aufgehoben am", "Lifted on")),
    ("list", Text::new("Liste", "List")),
    ("name", Text::new("Name", "Name")),
    (
        "network_address",
        Text::new("Netzwerkadresse", "Network address"),
    ),
    ("note", Text::new("Notiz", "Note")),
    ("noted_on", Text::new("Festgehalten am", "Noted on")),
    ("objected_on", Text::new("Erklärt am", "Declared on")),
    ("obtained_on", Text::new("Erhoben am", "Obtained on")),
    ("on", Text::new("Stichtag", "As of")),
    ("outcome", Text::new("Ergebnis", "Outcome")),
    ("phone", Text::new("Telefon", "Telephone")),
    ("place", Text::new("Ort oder Anlass", "Place or occasion")),
    ("position", Text::new("Funktion", "Position")),
    ("proof", Text::new("Nachweis", "Proof")),
    ("provision", Text::new("Vorschrift", "Provision")),
    ("purpose", Text::new("Zweck", "Purpose")),
    ("reason", Text::new("Grund", "Reason")),
    (
        "safeguard",
        Text::new("Garantie für die Übermittlung", "Safeguard of the transfer"),
    ),
    ("since", Text::new("Seit", "Since")),
    ("sold_on", Text::new("Verkauft am", "Sold on")),
    ("source", Text::new("Quelle", "Source")),
    ("state", Text::new("Stand", "State")),
    ("subject", Text::new("Betreff", "Subject")),
    ("text", Text::new("Wortlaut", "Wording")),
    ("to", Text::new("An", "To")),
    (
        "verdict",
        Text::new("Ergebnis der Prüfung", "Result of the check"),
    ),
    ("website", Text::new("Website", "Website")),
    ("why", Text::new("Warum", "Why")),
    ("withdrawn_on", Text::new("Widerrufen am", "Withdrawn on")),
    ("witness", Text::new("Entgegengenommen von", "Taken by")),
    ("wording", Text::new("Wortlaut", "Wording")),
    ("period", Text::new("Frist", "Period")),
    (
        "logic",
        Text::new("Logik des Profilings", "Logic of the profiling"),
    ),
    ("files", Text::new("Dateien", "Files")),
    ("legal_basis", Text::new("Rechtsgrundlage", "Legal basis")),
    ("duties", Text::new("Pflichten dabei", "Duties with it")),
    ("lawful", Text::new("Rechtmäßig", "Lawful")),
    ("clicked", Text::new("Bestätigt", "Confirmed")),
    ("confirmed", Text::new("Bestätigt", "Confirmed")),
    ("ticked_on", Text::new("Angekreuzt am", "Ticked on")),
    ("submitted_on", Text::new("Abgeschickt am", "Sent on")),
    ("kind", Text::new("Art", "Kind")),
    (
        "screened_on",
        Text::new("Sperrliste geprüft am", "Exclusion list looked into on"),
    ),
    (
        "listed",
        Text::new("Auf der Sperrliste", "On the exclusion list"),
    ),
    (
        "claimed_consents",
        Text::new("Einwilligungen laut Liste", "Consents as the list says"),
    ),
    ("content", Text::new("Inhalt", "Content")),
    ("line", Text::new("Zeile der Liste", "Line of the list")),
    (
        "opening",
        Text::new("Gesprächsbeginn", "Opening of the call"),
    ),
    ("restricted", Text::new("Eingeschränkt", "Restricted")),
    ("file", Text::new("Datei", "File")),
    (
        "blacked_out",
        Text::new("Geschwärzte Stellen", "Places blacked out"),
    ),
    ("withheld", Text::new("Zurückgehalten", "Withheld")),
    ("source_kind", Text::new("Art der Quelle", "Kind of source")),
    (
        "told_of_new_purpose",
        Text::new("Über einen neuen Zweck informiert", "Told of a new purpose"),
    ),
    ("consent", Text::new("Einwilligung", "Consent")),
    ("days", Text::new("Tage", "Days")),
    ("merged", Text::new("Zusammengeführt mit", "Merged with")),
    ("expires_at", Text::new("Gilt bis", "Valid until")),
    ("account", Text::new("Konto", "Account")),
];

/// Values that stand in the evidence as words of the program.
const VALUES: [(&str, Text); 23] = [
    (
        "replaced",
        Text::new("durch eine neuere ersetzt", "replaced by a newer one"),
    ),
    ("revoked", Text::new("zurückgenommen", "taken back")),
    ("expired", Text::new("Frist abgelaufen", "time is over")),
    (
        "used_up",
        Text::new(
            "so oft wie möglich abgerufen",
            "fetched as often as possible",
        ),
    ),
    (
        "merged",
        Text::new("Kontakte zusammengeführt", "contacts merged"),
    ),
    (
        "restored",
        Text::new(
            "aus einer Sicherung wiederhergestellt",
            "restored from a backup",
        ),
    ),
    ("permitted", Text::new("zulässig", "permitted")),
    ("refused", Text::new("nicht zulässig", "refused")),
    (
        "review",
        Text::new("von einem Menschen zu prüfen", "for a person to look at"),
    ),
    ("sent", Text::new("versandt", "sent")),
    ("bounced", Text::new("unzustellbar", "came back")),
    ("campaign", Text::new("Werbung", "advertising")),
    ("confirmation", Text::new("Bestätigung", "confirmation")),
    ("receipt", Text::new("Beleg", "receipt")),
    (
        "notice",
        Text::new("gesetzliche Mitteilung", "notice that the law asks for"),
    ),
    (
        "link",
        Text::new("Link zu den eigenen Daten", "link to one's own data"),
    ),
    ("reached", Text::new("erreicht", "reached")),
    ("not_reached", Text::new("nicht erreicht", "not reached")),
    ("wrong_number", Text::new("falsche Nummer", "wrong number")),
    (
        "no_more_calls",
        Text::new("keine Anrufe mehr gewünscht", "no more calls wanted"),
    ),
    (
        "no_more_advertising",
        Text::new("keine Werbung mehr gewünscht", "no more advertising wanted"),
    ),
    ("true", Text::new("ja", "yes")),
    ("false", Text::new("nein", "no")),
];

/// Fields of an entry in which people write, or that a list brought.
const FREE: [&str; 10] = [
    "reason", "text", "source", "note", "place", "subject", "content", "line", "opening", "why",
];
/// Fields that name who works here: an answer tells that it was somebody of the firm.
const COLLEAGUES: [&str; 4] = ["witness", "called_by", "decided_by", "noted_by"];
/// Fields that hold the chain of evidence together and say nothing of the person.
const TECHNICAL: [&str; 19] = [
    "rows",
    "earlier",
    "shown",
    "message",
    "call",
    "request",
    "submission",
    "sms",
    "key",
    "register_version",
    "relied_on",
    "parts",
    "documents",
    "moved_from",
    "suppressed",
    "table",
    "row",
    "gone",
    "request_id",
];

/// In which language something is said, and by which register.
pub(super) struct Say<'r> {
    pub(super) lang: Lang,
    pub(super) register: &'r Register,
}

impl Say<'_> {
    pub(super) fn t(&self, de: &'static str, en: &'static str) -> &'static str {
        Text::new(de, en).get(self.lang)
    }

    pub(super) fn part(&self, name: PartName, records: Vec<Record>) -> Part {
        let (id, provision, title) = name.told();
        Part {
            id,
            title: title.get(self.lang),
            provision,
            about: None,
            records,
        }
    }

    /// A part that says something at large.
    pub(super) fn part_about(&self, name: PartName, about: &str, records: Vec<Record>) -> Part {
        Part {
            about: Some(about.to_owned()),
            ..self.part(name, records)
        }
    }

    #[expect(clippy::unused_self, reason = "it is said with the rest")]
    pub(super) fn record(
        &self,
        kind: &str,
        title: impl Into<String>,
        fields: Vec<Field>,
    ) -> Record {
        Record {
            kind: kind.to_owned(),
            title: Some(title.into()),
            fields,
            ..Record::default()
        }
    }

    pub(super) fn label(&self, id: &str) -> String {
        let known = LABELS.iter().find(|(known, _)| *known == id);
        known.map_or_else(
            || id.replace('_', " "),
            |(_, text)| text.get(self.lang).to_owned(),
        )
    }

    pub(super) fn field(&self, id: &str, value: impl Into<String>) -> Field {
        Field {
            id: id.to_owned(),
            label: self.label(id),
            value: Some(value.into()),
            free: false,
        }
    }

    /// A text that people wrote.
    pub(super) fn free(&self, id: &str, value: impl Into<String>) -> Field {
        Field {
            free: true,
            ..self.field(id, value)
        }
    }

    /// A field that says what is there, or that it is missing.
    pub(super) fn owed(&self, id: &str, value: Option<String>) -> Field {
        Field {
            value,
            ..self.field(id, "")
        }
    }

    pub(super) fn activity(&self, id: &str) -> String {
        let known = self.register.activity(id);
        known.map_or_else(|| id.to_owned(), |activity| activity.name.clone())
    }

    pub(super) fn channels(&self, channels: law::ChannelSet) -> String {
        if channels == law::ChannelSet::ALL {
            return self.t("alle", "all").to_owned();
        }
        let names = channels
            .iter()
            .map(|channel| channel.label().get(self.lang));
        names.collect::<Vec<_>>().join(", ")
    }

    pub(super) fn basis(&self, basis: LegalBasis, on: Date) -> String {
        let name = match basis {
            LegalBasis::Consent => self.t("Einwilligung", "consent"),
            LegalBasis::Contract => self.t("Vertrag", "contract"),
            LegalBasis::LegalObligation => self.t("rechtliche Verpflichtung", "legal obligation"),
            LegalBasis::VitalInterests => self.t("lebenswichtige Interessen", "vital interests"),
            LegalBasis::PublicTask => self.t("öffentliche Aufgabe", "public task"),
            LegalBasis::LegitimateInterests => {
                self.t("berechtigte Interessen", "legitimate interests")
            }
        };
        let provision = basis.citation().written(on, self.lang);
        format!("{name} ({provision})")
    }

    /// Who acted, by what they are: the names of who works here are not the person's data.
    pub(super) fn actor(&self, actor: &str) -> String {
        let known = match actor {
            crate::preferences::PERSON => self.t("Sie selbst", "yourself"),
            "mail" | "mailbox" | "command-line" | "import" | "answers" | "requests" | "forms"
            | "recipients" | "retention" | "campaign" => self.t("automatisch", "by the system"),
            crate::request::ANYBODY => self.t(
                "jemand über die öffentliche Seite",
                "somebody by the public page",
            ),
            _ => self.t("Beschäftigte oder Beschäftigter", "a member of staff"),
        };
        known.to_owned()
    }

    /// What an entry says, as words and what they say.
    pub(super) fn content(&self, content: &serde_json::Map<String, Value>) -> Vec<Field> {
        let mut fields = Vec::new();
        for (key, value) in content {
            self.told(key, value, &mut fields);
        }
        fields
    }

    fn told(&self, key: &str, value: &Value, fields: &mut Vec<Field>) {
        if TECHNICAL.contains(&key) || key.ends_with("sha256") {
            return;
        }
        match value {
            Value::Null => {}
            Value::Object(map) => {
                for (inner, value) in map {
                    self.told(inner, value, fields);
                }
            }
            Value::Array(all) if all.iter().any(Value::is_object) => {
                for one in all {
                    self.told(key, one, fields);
                }
            }
            Value::Array(all) => {
                let words: Vec<_> = all.iter().filter_map(|one| self.value(key, one)).collect();
                if !words.is_empty() {
                    fields.push(self.said(key, words.join(", ")));
                }
            }
            one => fields.extend(self.value(key, one).map(|text| self.said(key, text))),
        }
    }

    fn said(&self, key: &str, text: String) -> Field {
        if COLLEAGUES.contains(&key) {
            return self.field(key, self.actor(""));
        }
        Field {
            free: FREE.contains(&key),
            ..self.field(key, text)
        }
    }

    fn value(&self, key: &str, value: &Value) -> Option<String> {
        let text = match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        // Identifiers and hashes.
        let is_hex = text.len() >= 32 && text.chars().all(|c| c.is_ascii_hexdigit());
        if text.is_empty() || is_hex || (text.len() == 36 && text.matches('-').count() == 4) {
            return None;
        }
        if key == "activity" {
            return Some(self.activity(&text));
        }
        if key == "citations" {
            return Some(written_citations(&text, self.lang));
        }
        if let Ok(channel) = text.parse::<Channel>() {
            return Some(channel.label().get(self.lang).to_owned());
        }
        let known = VALUES.iter().find(|(known, _)| *known == text);
        Some(known.map_or(text, |(_, words)| words.get(self.lang).to_owned()))
    }
}
