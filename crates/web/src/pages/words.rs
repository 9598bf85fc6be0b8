//! The pages' words in both languages. What the law says comes from `law`, not from here.

use law::{Channel, Lang};
use operations::overview::Outcome;

/// The words of one language.
pub struct Words {
    pub skip: &'static str,
    pub product: &'static str,
    pub other_language: &'static str,
    pub not_advice: &'static str,
    pub to_health: &'static str,

    pub error_not_found: &'static str,
    pub error_here: &'static str,
    pub error_request: &'static str,
    pub error_code: &'static str,

    pub health: &'static str,
    pub health_good: &'static str,
    pub health_bad: &'static str,
    pub health_database: &'static str,
    pub health_reachable: &'static str,
    pub health_unreachable: &'static str,
    pub health_log_unreadable: &'static str,
    pub health_entries: &'static str,
    pub health_waiting: &'static str,
    pub health_none_waits: &'static str,
    pub health_seconds: &'static str,
    pub health_what_to_do: &'static str,

    pub demo_note: &'static str,
    pub overview_title: &'static str,
    pub overview_lead: &'static str,
    pub as_of: &'static str,
    pub contacts: &'static str,
    pub contacts_on_list: &'static str,
    pub countries: &'static str,
    pub sources: &'static str,
    pub gaps: &'static str,
    pub gaps_required: &'static str,
    pub gaps_advised: &'static str,
    pub gaps_how: &'static str,
    pub evidence: &'static str,
    pub evidence_entries: &'static str,
    pub evidence_how: &'static str,
    pub why: &'static str,
    pub next_step: &'static str,
    pub basis: &'static str,
    pub to_be_checked: &'static str,
    pub no_purposes: &'static str,
    pub no_contacts: &'static str,
    pub add_up: &'static str,

    pub to_contacts: &'static str,
    pub to_overview: &'static str,
    pub contacts_title: &'static str,
    pub find_label: &'static str,
    pub find_hint: &'static str,
    pub find: &'static str,
    pub find_nobody: &'static str,
    pub find_several: &'static str,
    pub name: &'static str,
    pub company: &'static str,
    pub country: &'static str,
    pub obtained: &'static str,
    pub unnamed: &'static str,
    pub more: &'static str,
    pub from_start: &'static str,
    pub on_record: &'static str,
    pub emails: &'static str,
    pub phones: &'static str,
    pub address: &'static str,
    pub position: &'static str,
    pub source: &'static str,
    pub informed: &'static str,
    pub not_informed: &'static str,
    pub history: &'static str,
    pub history_empty: &'static str,
    pub proof: &'static str,
    pub gate: &'static str,
    pub channel_law: &'static str,
    pub data_protection: &'static str,
    pub duties: &'static str,
    pub by_day: &'static str,
    pub no_address_here: &'static str,
}

static GERMAN: Words = Words {
    skip: "Zum Inhalt",
    product: "Leitplanke",
    other_language: "English",
    not_advice: "Leitplanke hilft beim Entscheiden und Nachweisen. Das ist keine Rechtsberatung.",
    to_health: "Zustand der Installation",

    error_not_found: "Hier gibt es nichts",
    error_here: "Das hat nicht geklappt",
    error_request: "So geht es nicht",
    error_code: "Status",

    health: "Zustand",
    health_good: "Alles in Ordnung",
    health_bad: "Etwas ist nicht in Ordnung",
    health_database: "Datenbank",
    health_reachable: "erreichbar",
    health_unreachable: "nicht erreichbar",
    health_log_unreadable: "nicht lesbar",
    health_entries: "Einträge im Protokoll",
    health_waiting: "Ältester Eintrag, der auf seinen Platz wartet",
    health_none_waits: "keiner wartet",
    health_seconds: "Sekunden",
    health_what_to_do: "Der Befehl „leitplanke doctor“ nennt die Ursache.",

    demo_note: "Vorführung: Firma und Personen sind erfunden.",
    overview_title: "Wen dürfen wir ansprechen?",
    overview_lead: "So antwortet Leitplanke heute für jede Person auf der Liste: je Zweck und \
                    Kanal, mit Grund, Fundstelle und dem nächsten rechtmäßigen Schritt.",
    as_of: "Stand:",
    contacts: "Kontakte",
    contacts_on_list: "Kontakte auf der Liste",
    countries: "Länder",
    sources: "Herkunft der Daten",
    gaps: "Lücken im Verzeichnis",
    gaps_required: "vom Gesetz verlangt",
    gaps_advised: "empfohlen",
    gaps_how: "Der Befehl „leitplanke register check“ zählt sie auf.",
    evidence: "Nachweise",
    evidence_entries: "Einträge im signierten Protokoll",
    evidence_how: "Der Befehl „leitplanke verify“ prüft sie, auch ohne diese Installation.",
    why: "Warum?",
    next_step: "Nächster Schritt",
    basis: "Grundlage",
    to_be_checked: "streitig oder nicht bestätigt: prüfen lassen",
    no_purposes: "Das Verzeichnis nennt noch keinen Zweck, für den geworben wird. Tragen Sie einen \
                  ein und übernehmen Sie es mit „leitplanke register apply“.",
    no_contacts: "Die Liste ist noch leer. „leitplanke import“ nimmt Kontakte aus CSV, Excel oder \
                  vCard auf.",
    add_up: "zusammen",

    to_contacts: "Zur Liste der Kontakte",
    to_overview: "Zur Übersicht",
    contacts_title: "Kontakte",
    find_label: "Kontakt finden",
    find_hint: "E-Mail-Adresse oder Telefonnummer, vollständig",
    find: "Suchen",
    find_nobody: "Niemand auf der Liste hat diese Adresse oder Nummer. Prüfen Sie die Schreibweise; Adressen müssen vollständig sein.",
    find_several: "Mehrere Kontakte haben diese Adresse oder Nummer. Suchen Sie nach einer, die nur dieser Kontakt hat.",
    name: "Name",
    company: "Firma",
    country: "Land",
    obtained: "Erhoben",
    unnamed: "ohne Namen",
    more: "Weitere Kontakte",
    from_start: "Zum Anfang der Liste",
    on_record: "Gespeichert",
    emails: "E-Mail",
    phones: "Telefon",
    address: "Anschrift",
    position: "Position",
    source: "Herkunft",
    informed: "Informiert (Art. 13, 14 DSGVO)",
    not_informed: "noch nicht",
    history: "Verlauf",
    history_empty: "Noch ist nichts festgehalten: keine Einwilligung, kein Widerspruch, kein Kauf.",
    proof: "Nachweis",
    gate: "Was erlaubt ist und warum",
    channel_law: "Kanalrecht",
    data_protection: "Datenschutzrecht",
    duties: "Pflichten",
    by_day: "bis",
    no_address_here: "Für diesen Weg ist keine Adresse oder Nummer gespeichert.",
};

static ENGLISH: Words = Words {
    skip: "Skip to content",
    product: "Leitplanke",
    other_language: "Deutsch",
    not_advice: "Leitplanke helps to decide and to prove. It is not legal advice.",
    to_health: "Health of the installation",

    error_not_found: "There is nothing here",
    error_here: "That did not work",
    error_request: "It doesn’t work like this",
    error_code: "Status",

    health: "Health",
    health_good: "All is well",
    health_bad: "Something is wrong",
    health_database: "Database",
    health_reachable: "reachable",
    health_unreachable: "not reachable",
    health_log_unreadable: "not readable",
    health_entries: "Entries in the log",
    health_waiting: "Oldest entry that waits for its place",
    health_none_waits: "none waits",
    health_seconds: "seconds",
    health_what_to_do: "The command “leitplanke doctor” names the cause.",

    demo_note: "Demonstration: the firm and all people are invented.",
    overview_title: "Whom may we contact?",
    overview_lead: "What Leitplanke answers today for every person on the list: by purpose and \
                    channel, with the reason, the provision and the next lawful step.",
    as_of: "As of",
    contacts: "contacts",
    contacts_on_list: "contacts on the list",
    countries: "Countries",
    sources: "Where the data come from",
    gaps: "Gaps in the register",
    gaps_required: "required by law",
    gaps_advised: "advised",
    gaps_how: "The command “leitplanke register check” lists them.",
    evidence: "Evidence",
    evidence_entries: "entries in the signed log",
    evidence_how: "The command “leitplanke verify” checks them, even without this installation.",
    why: "Why?",
    next_step: "Next step",
    basis: "Basis",
    to_be_checked: "disputed or unconfirmed: have it checked",
    no_purposes: "The register names no advertising purpose yet. Add one and apply it with \
                  “leitplanke register apply”.",
    no_contacts: "The list is still empty. “leitplanke import” takes in contacts from CSV, Excel \
                  or vCard.",
    add_up: "in all",

    to_contacts: "To the list of contacts",
    to_overview: "To the overview",
    contacts_title: "Contacts",
    find_label: "Find a contact",
    find_hint: "E-mail address or telephone number, in full",
    find: "Search",
    find_nobody: "Nobody on the list has this address or number. Check its spelling; addresses must be complete.",
    find_several: "Several contacts have this address or number. Search for one that this contact alone has.",
    name: "Name",
    company: "Company",
    country: "Country",
    obtained: "Obtained",
    unnamed: "without a name",
    more: "More contacts",
    from_start: "To the start of the list",
    on_record: "On record",
    emails: "E-mail",
    phones: "Phone",
    address: "Address",
    position: "Position",
    source: "Source",
    informed: "Informed (Art. 13, 14 GDPR)",
    not_informed: "not yet",
    history: "History",
    history_empty: "Nothing is recorded yet: no consent, no objection, no sale.",
    proof: "Evidence entry",
    gate: "What is permitted and why",
    channel_law: "Channel law",
    data_protection: "Data protection",
    duties: "Duties",
    by_day: "by",
    no_address_here: "No address or number for this channel is on record.",
};

impl Words {
    pub fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::De => &GERMAN,
            Lang::En => &ENGLISH,
        }
    }
}

/// A word, its sign and its class, so that colour never stands alone.
#[derive(Clone, Copy)]
pub struct OutcomeWords {
    pub class: &'static str,
    pub sign: &'static str,
    pub word: &'static str,
}

pub fn outcome(outcome: Outcome, lang: Lang) -> OutcomeWords {
    let (class, sign, de, en) = match outcome {
        Outcome::Permitted => ("permitted", "✓", "erlaubt", "permitted"),
        Outcome::Recoverable => (
            "recoverable",
            "→",
            "nach einem Schritt möglich",
            "possible after a step",
        ),
        Outcome::Review => ("review", "?", "abzuwägen", "to be weighed"),
        Outcome::Refused => ("refused", "✕", "nicht erlaubt", "refused"),
    };
    OutcomeWords {
        class,
        sign,
        word: pick(lang, de, en),
    }
}

/// The words of a verdict as the gate names it; whatever is no yes reads as a no.
pub fn verdict(verdict: &str, lang: Lang) -> OutcomeWords {
    outcome(
        match verdict {
            "permitted" => Outcome::Permitted,
            "review" => Outcome::Review,
            _ => Outcome::Refused,
        },
        lang,
    )
}

/// What happened with a contact, as its history names it; unknown kinds by their own name.
pub fn event(what: &'static str, lang: Lang) -> &'static str {
    let (de, en) = match what {
        "consent" => ("Einwilligung", "Consent"),
        "withdrawal" => ("Widerruf", "Withdrawal"),
        "objection" => ("Widerspruch gegen Werbung", "Objection to advertising"),
        "sale" => ("Verkauf", "Sale"),
        "circumstance" => ("Umstand für einen Anruf", "Circumstance for a call"),
        "overrule" => (
            "Entscheidung gegen die Ablehnung",
            "Decision against the refusal",
        ),
        unknown => return unknown,
    };
    pick(lang, de, en)
}

pub fn channel(channel: Channel, lang: Lang) -> &'static str {
    let (de, en) = match channel {
        Channel::Email => ("E-Mail", "E-mail"),
        Channel::Sms => ("SMS", "SMS"),
        Channel::Messenger => ("Messenger", "Messenger"),
        Channel::PortalMessage => ("Portal-Nachricht", "Portal message"),
        Channel::Phone => ("Telefon", "Phone"),
        Channel::AutomatedCall => ("Automatischer Anruf", "Automated call"),
        Channel::Fax => ("Fax", "Fax"),
        Channel::Post => ("Briefpost", "Post"),
        Channel::Visit => ("Besuch", "Visit"),
        Channel::AdAudience => ("Werbezielgruppe", "Ad audience"),
        Channel::Profiling => ("Profilbildung", "Profiling"),
        Channel::Enrichment => ("Anreicherung", "Enrichment"),
        Channel::Sharing => ("Weitergabe", "Sharing"),
        Channel::Storing => ("Speicherung", "Storing"),
    };
    pick(lang, de, en)
}

/// The name of a source as the overview names it; an unknown one by its own name.
pub fn source(name: &str, lang: Lang) -> &str {
    let (de, en) = match name {
        "person" => ("von der Person selbst", "from the person"),
        "website" => ("von Websites", "from websites"),
        "directory" => ("aus Verzeichnissen", "from directories"),
        "public_register" => ("aus öffentlichen Registern", "from public registers"),
        "address_dealer" => ("vom Adresshändler", "from an address dealer"),
        "social_network" => ("aus sozialen Netzwerken", "from social networks"),
        "referral" => ("durch Empfehlung", "by referral"),
        "other" => ("aus anderen Quellen", "from other sources"),
        unknown => return unknown,
    };
    pick(lang, de, en)
}

/// The name of a country whose law is known here; others by their code.
pub fn country(code: &str, lang: Lang) -> &str {
    let known = code.parse().ok().and_then(law::countries::find);
    known.map_or(code, |law| law.name.get(lang))
}

const fn pick<'w>(lang: Lang, de: &'w str, en: &'w str) -> &'w str {
    match lang {
        Lang::De => de,
        Lang::En => en,
    }
}
