//! No personal data stand in clear in the database, its write-ahead log, the log output or the
//! exported evidence: everything that is there is searched for the sample list's names, addresses
//! and numbers, and for what was written about the people.

use std::collections::BTreeSet;
use std::io::{self, Cursor};
use std::path::Path;
use std::sync::{Arc, Mutex};

use aho_corasick::AhoCorasick;
use jiff::civil::date;
use law::facts::{InterestGround, Proof, Source};
use law::{Channel, ChannelSet, Country, Lang};
use serde_json::Value;
use store::testing::{Database, on_each_engine};
use tempfile::TempDir;
use vault::MasterKey;

use super::{Event, people, set_up};
use crate::import::{Options, Provenance, read_from};
use crate::{Act, Attested, ContactRef, Installation, NewConsent, Organisation};

const PEOPLE: u32 = 300;
/// Written about people in this test.
const NOTES: [&str; 3] = [
    "Fragte am Stand nach der Portalfräse, Kennwort Zitronenfalter",
    "Ja, ich will Werbung der Musterbau Maschinen GmbH, Kennwort Schwalbenschwanz",
    "Trotz fehlender Einwilligung, weil vereinbart, Kennwort Distelfalter",
];
/// A list with a row that is taken and one that is rejected.
const LIST: &str = "Vorname;Nachname;Firma;E-Mail;Telefon;Bemerkung\n\
    Leokadia;Wunderlichkeit;Kaisermantel KG;leokadia@kaisermantel.example;0641 5550199;Admiralfalter\n\
    Zacharias;Ohneadresse;Landkärtchen AG;kaputt@;;Trauermantel\n";

fn act() -> Act {
    Act {
        at: "2026-11-24T12:00:00Z".parse().unwrap(),
        today: date(2026, 11, 24),
        by: "test".to_owned(),
    }
}

/// The strings that must not be found: in lower case, as the bytes are searched.
///
/// Those below six characters are left out, digits alone below eight: they occur by chance among
/// hashes and times. So are those that the register itself has, as the name of its town.
fn personal() -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for person in people(PEOPLE, act().today) {
        let fields = serde_json::to_value(&person.fields).unwrap();
        strings(&fields, &mut all);
        all.insert(person.source_text);
        for event in person.events {
            match event {
                Event::Consent { text, .. } => all.insert(text.to_owned()),
                Event::Circumstance { text, .. } => all.insert(text),
                _ => false,
            };
        }
    }
    all.extend(NOTES.map(str::to_owned));
    for line in LIST.lines().skip(1) {
        all.extend(line.split(';').map(str::to_owned));
    }
    let local_parts = all
        .iter()
        .filter_map(|text| text.split_once('@'))
        .map(|(local, _)| local.to_owned());
    let numbers = all
        .iter()
        .filter_map(|text| text.strip_prefix('+'))
        .map(str::to_owned);
    let more: Vec<_> = local_parts.chain(numbers).collect();
    all.extend(more);
    let register = register::SAMPLE.to_lowercase();
    let telling = |text: &String| {
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        text.len() >= if digits { 8 } else { 6 } && !register.contains(text.as_str())
    };
    all.iter()
        .map(|text| text.to_lowercase())
        .filter(telling)
        .collect()
}

fn strings(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            into.insert(text.clone());
        }
        Value::Array(list) => list.iter().for_each(|value| strings(value, into)),
        Value::Object(map) => map.values().for_each(|value| strings(value, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A log writer that keeps everything.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl io::Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A busy day: everything that writes.
fn live(database: &Database) -> Organisation {
    let key = MasterKey::from_text(&"0123456789abcdef".repeat(4)).unwrap();
    let installation = Installation::open(database.target(), key).unwrap();
    let this = set_up(&installation, PEOPLE, &act()).unwrap();
    let reader = read_from(Cursor::new(LIST), &Options::new(Country::DE)).unwrap();
    let provenance = Provenance {
        source: "Messe Schillerfalter".to_owned(),
        source_kind: Source::Person,
        obtained_on: act().today,
        kind: None,
    };
    let imported = this
        .import(reader, [7; 32], &provenance, &act(), |_| Ok(()), |_| ())
        .unwrap();
    assert_eq!((imported.counts.added, imported.counts.rejected), (1, 1));
    let [note, text, reason] = NOTES;
    let person: ContactRef = "leokadia@kaisermantel.example".parse().unwrap();
    this.note_circumstance(
        &person,
        "telephone-acquisition",
        InterestGround::Other,
        note,
        &act(),
    )
    .unwrap();
    this.overrule(&person, "newsletter", Channel::Email, reason, &act())
        .unwrap();
    let new = NewConsent {
        contact: person.clone(),
        activity: "newsletter".to_owned(),
        channels: ChannelSet::of(Channel::Email),
        given_on: act().today,
        proof: Proof::Written,
        text: Some(text.to_owned()),
        circumstances: law::gdpr::art07::Circumstances::default(),
        told: None,
    };
    let attested = Attested {
        witness: Some(note.to_owned()),
        document: Some(format!("%PDF-1.7 {text}").into_bytes()),
        ..Attested::default()
    };
    this.record_attested_consent(&new, &attested, &act())
        .unwrap();
    let (purpose, today) = ("newsletter", act().today);
    this.decide_and_record(&person, purpose, Channel::Email, today, Lang::De, &act())
        .unwrap();
    this.record_objection(&person, ChannelSet::ALL, today, &act())
        .unwrap();
    this.withdraw_consent(&person, None, ChannelSet::ALL, today, &act())
        .unwrap();
    // Errors speak too.
    assert!(
        this.decide(&person, "fishing", Channel::Email, today, Lang::De)
            .is_err()
    );
    let nobody = "unbekannt.schmetterling@example.com".parse().unwrap();
    assert!(this.erase(&nobody, &act()).is_err());
    this.erase(&person, &act()).unwrap();
    this.sequence(act().at).unwrap();
    this
}

/// Whether a word is written as people write one: `Pascal`, `pascal` or `PASCAL`. A short one like
/// `pAscAl` stands by chance among the letters of what is sealed.
fn is_written_so(word: &[u8]) -> bool {
    let [_, rest @ ..] = word else {
        return false;
    };
    let upper = word.iter().any(u8::is_ascii_uppercase);
    word.len() > 8
        || !rest.iter().any(u8::is_ascii_uppercase)
        || (upper && !word.iter().any(u8::is_ascii_lowercase))
}

fn bytes_below(folder: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(bytes_below(&path));
        } else {
            all.extend(std::fs::read(path).unwrap());
        }
    }
    all
}

#[test]
fn no_personal_data_stand_in_clear_in_database_log_output_or_evidence() {
    let kept = Kept::default();
    let output = kept.clone();
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(move || output.clone())
        .init();
    tracing::trace!("the output is kept");

    let needles: Vec<_> = personal().into_iter().collect();
    assert!(needles.len() > 1500, "{}", needles.len());
    let personal = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(&needles)
        .unwrap();
    let clean = |place: &str, bytes: &[u8]| {
        // Umlauts have no ASCII case, and do not occur in what is sealed.
        let lower = String::from_utf8_lossy(bytes).to_lowercase();
        let found: BTreeSet<_> = personal
            .find_iter(bytes)
            .filter(|found| is_written_so(&bytes[found.range()]))
            .map(|found| &needles[found.pattern()])
            .chain(
                personal
                    .find_iter(&lower)
                    .map(|found| &needles[found.pattern()])
                    .filter(|needle| !needle.is_ascii()),
            )
            .collect();
        assert!(found.is_empty(), "in clear in {place}: {found:?}");
    };
    on_each_engine(|database| {
        let this = live(database);
        let everything = database.every_byte();
        // What is clear by design is found, so the search sees what there is.
        let seen = |text: &str| AhoCorasick::new([text]).unwrap().is_match(&everything);
        assert!(seen("Musterbau Maschinen GmbH") && seen("contact.imported") && seen("newsletter"));
        clean("the database", &everything);

        let folder = TempDir::new().unwrap();
        this.export_log(folder.path()).unwrap();
        let evidence = bytes_below(folder.path());
        assert!(evidence.len() > 100_000, "{}", evidence.len());
        clean("the exported evidence", &evidence);

        // Closing moves SQLite's write-ahead log into the file.
        drop(this);
        clean("the closed database", &database.every_byte());
    });
    let output = kept.0.lock().unwrap().clone();
    assert!(String::from_utf8_lossy(&output).contains("the output is kept"));
    clean("the log output", &output);
}
