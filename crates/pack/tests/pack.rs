//! Packs are made from a log and checked with its key alone. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};
use std::sync::LazyLock;

use evidence::{
    Entry, EntryKey, Frontier, Header, LogKey, Receipt, TileId, TileReader, inclusion_proof,
    new_nonce,
};
use jiff::Timestamp;
use pack::{
    ActivityContext, Context, Controller, Document, Draft, DraftError, Fault, Files, ISSUED,
    MediaType, read_archive, verify,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const LOG: &str = "leitplanke/test";
const FORM: &[u8] = b"%PDF-1.7 a signed form";
const WORDING: &str = "Ja, ich möchte den Newsletter.";
const ANNA: [u8; 16] = [1; 16];
const BERTA: [u8; 16] = [2; 16];

/// A log in memory.
struct Log {
    key: LogKey,
    frontier: Frontier,
    tiles: BTreeMap<String, Vec<u8>>,
    entries: Vec<(Entry, EntryKey)>,
}

impl TileReader for Log {
    fn tile(&mut self, id: TileId) -> std::io::Result<Option<Vec<u8>>> {
        Ok(self.tiles.get(&id.path()).cloned())
    }
}

fn sha256(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

fn at() -> Timestamp {
    "2026-11-24T12:00:00Z".parse().unwrap()
}

impl Log {
    fn new(seed: u8) -> Self {
        Self {
            key: LogKey::from_seed(LOG, &[seed; 32]).unwrap(),
            frontier: Frontier::empty(),
            tiles: BTreeMap::new(),
            entries: Vec::new(),
        }
    }

    fn add(&mut self, kind: &str, subject: [u8; 16], what: &Value) -> u64 {
        let header = Header {
            log: LOG.to_owned(),
            kind: kind.to_owned(),
            at: at(),
            actor: "account/1".to_owned(),
            subject: Some(subject),
            nonce: new_nonce().unwrap(),
        };
        let key = EntryKey::from_bytes([7; 32]);
        let entry = Entry::sealed(header, &key, what.to_string().as_bytes()).unwrap();
        for tile in self.frontier.append(&[entry.leaf_hash()]) {
            self.tiles.insert(tile.id.path(), tile.bytes);
        }
        self.entries.push((entry, key));
        self.entries.len() as u64 - 1
    }

    fn receipt(&mut self, index: u64) -> Receipt {
        let size = self.frontier.size();
        let (entry, key) = self.entries[usize::try_from(index).unwrap()].clone();
        Receipt {
            entry,
            index,
            size,
            proof: inclusion_proof(self, index, size).unwrap(),
            checkpoint: self.key.sign(size, self.frontier.root()),
            disclosure: Some(key),
        }
    }
}

fn document() -> Document {
    Document {
        id: "0a".repeat(16),
        sha256: sha256(FORM),
        bytes: FORM.len() as u64,
        media_type: MediaType::Pdf,
    }
}

fn consent() -> Value {
    json!({
        "row": { "table": "consent", "id": "0b".repeat(16), "sha256": "" },
        "activity": "newsletter",
        "channels": ["email"],
        "given_on": "2026-11-20",
        "proof": "written",
        "text": WORDING,
        "text_sha256": sha256(WORDING.as_bytes()),
        "documents": [document()],
    })
}

fn context() -> Context {
    Context {
        controller: Controller {
            name: "Musterbau GmbH".to_owned(),
            address: vec!["Werkstraße 1".to_owned()],
            country: "DE".to_owned(),
            email: None,
            phone: None,
            privacy_notice: None,
            authority: None,
        },
        register_version: Some(1),
        activities: vec![ActivityContext {
            id: "newsletter".to_owned(),
            name: "Newsletter".to_owned(),
            purpose: None,
            direct_marketing: true,
            data: vec!["E-Mail".to_owned()],
            recipients: Vec::new(),
            retention: Vec::new(),
        }],
        languages: BTreeMap::new(),
    }
}

/// A log about Anna, with entries about others in between.
fn log(seed: u8, consent: &Value) -> (Log, Vec<u64>) {
    let mut log = Log::new(seed);
    log.add("contact.imported", BERTA, &json!({}));
    let given = log.add("consent.recorded", ANNA, consent);
    log.add("contact.changed", BERTA, &json!({}));
    let withdrawn = json!({
        "row": { "id": "0b".repeat(16) },
        "channels": ["email"],
        "withdrawn_on": "2026-11-23",
    });
    let withdrawn = log.add("consent.withdrawn", ANNA, &withdrawn);
    (log, vec![given, withdrawn])
}

fn draft(log: &mut Log, indexes: &[u64]) -> Draft {
    let receipts: Vec<_> = indexes
        .iter()
        .map(|index| (i64::try_from(*index).unwrap() + 1, log.receipt(*index)))
        .collect();
    let checkpoint = receipts[0].1.checkpoint.clone();
    let key = log.key.verifier().clone();
    let mut draft = Draft::new(&key, context(), at(), vec![ANNA], &checkpoint, &receipts).unwrap();
    for document in draft.documents() {
        draft.add_document(&document, FORM.to_vec());
    }
    draft
}

fn made(seed: u8, consent: &Value) -> (Vec<u8>, Log) {
    let (mut log, indexes) = log(seed, consent);
    let ready = draft(&mut log, &indexes)
        .ready(b"%PDF-1.7 summary".to_vec())
        .unwrap();
    let issued = log.add(ISSUED, ANNA, &Value::Object(ready.to_log()));
    let receipt = log.receipt(issued).to_json().unwrap();
    (ready.finish(&receipt).unwrap(), log)
}

static SOUND: LazyLock<Vec<u8>> = LazyLock::new(|| made(1, &consent()).0);
static FILES: LazyLock<Files> = LazyLock::new(|| read_archive(&SOUND).unwrap());

fn zipped(files: &Files) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        archive
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn faults(files: &Files) -> Vec<Fault> {
    verify(&zipped(files), None).unwrap_err()
}

/// Files whose manifest fits them, under the signature of whoever has the log's key: what a
/// dishonest operator can do.
fn signed_anew(change: impl FnOnce(&mut Files)) -> Files {
    let (mut log, indexes) = log(1, &consent());
    let mut files = {
        let ready = draft(&mut log, &indexes)
            .ready(b"%PDF-1.7 summary".to_vec())
            .unwrap();
        read_archive(&ready.finish("{}").unwrap()).unwrap()
    };
    change(&mut files);
    let mut manifest: Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    let own = ["manifest.json", "issued.json"];
    let listed = files
        .iter()
        .filter(|(name, _)| !own.contains(&name.as_str()));
    let listed: BTreeMap<_, _> = listed.map(|(name, file)| (name, sha256(file))).collect();
    manifest["files"] = json!(listed);
    let manifest = serde_json::to_vec(&manifest).unwrap();
    let what = json!({ "manifest_sha256": sha256(&manifest), "entries": 2 });
    files.insert("manifest.json".to_owned(), manifest);
    let issued = log.add(ISSUED, ANNA, &what);
    let receipt = log.receipt(issued).to_json().unwrap();
    files.insert("issued.json".to_owned(), receipt.into_bytes());
    files
}

#[test]
fn a_sound_pack_tells_what_it_proves() {
    let key = LogKey::from_seed(LOG, &[1; 32]).unwrap();
    let report = verify(&SOUND, Some(key.verifier())).unwrap();
    assert!(!report.key_from_pack);
    assert_eq!(report.entries.len(), 2);
    assert_eq!(report.consents.len(), 1);
    assert_eq!(report.consents[0].text.as_deref(), Some(WORDING));
    assert_eq!(report.consents[0].events.len(), 2);
    assert_eq!(report.made_by, "account/1");
    // An honest operator's pack is also sound when it is put together by other means.
    assert!(verify(&zipped(&signed_anew(|_| {})), None).is_ok());
}

#[test]
fn a_pack_of_another_log_is_refused_though_it_is_of_one_piece() {
    let (foreign, _) = made(2, &consent());
    assert!(verify(&foreign, None).unwrap().key_from_pack);
    let key = LogKey::from_seed(LOG, &[1; 32]).unwrap();
    let faults = verify(&foreign, Some(key.verifier())).unwrap_err();
    assert_eq!(faults[0].place, "log.pub");
}

#[test]
fn a_file_that_is_missing_or_too_many_is_named() {
    for name in FILES.keys() {
        let mut files = FILES.clone();
        files.remove(name);
        let found = faults(&files);
        assert!(
            found.iter().any(|fault| fault.place == *name),
            "{name}: {found:?}"
        );
    }
    let mut files = FILES.clone();
    files.insert("entries/000009.json".to_owned(), b"{}".to_vec());
    assert_eq!(faults(&files)[0].place, "entries/000009.json");
}

/// The operator signs what is wrong: then the entries themselves contradict.
#[test]
fn what_a_dishonest_operator_signs_is_compared_with_the_entries() {
    let text = format!("texts/{}.txt", sha256(WORDING.as_bytes()));
    let form = format!("documents/{}.pdf", sha256(FORM));
    for name in [
        "consents.jsonld",
        "context.json",
        "checkpoint",
        &text,
        &form,
    ] {
        let files = signed_anew(|files| {
            let file = files.get_mut(name).unwrap();
            let changed = String::from_utf8(file.clone()).unwrap();
            *file = match name {
                "consents.jsonld" => changed.replace("dpv:ConsentWithdrawn", "dpv:ConsentGiven"),
                "context.json" => changed.replace("Musterbau", "Anderer"),
                _ => changed + "x",
            }
            .into_bytes();
        });
        let found = faults(&files);
        assert!(!found.is_empty(), "{name}");
        assert!(
            found
                .iter()
                .all(|fault| !fault.place.starts_with("manifest")),
            "{name}: {found:?}"
        );
    }
    let files = signed_anew(|files| {
        files.insert("texts/00.txt".to_owned(), b"Ja".to_vec());
    });
    assert_eq!(faults(&files)[0].place, "texts/00.txt");
}

#[test]
fn a_text_whose_hash_is_another_than_the_entry_says_is_found() {
    let mut lie = consent();
    lie["text_sha256"] = json!(sha256(b"another text"));
    let faults = verify(&made(1, &lie).0, None).unwrap_err();
    assert!(
        faults
            .iter()
            .any(|fault| fault.to_string().contains("another SHA-256")),
        "{faults:?}"
    );
}

#[test]
fn an_entry_about_somebody_else_has_no_place_in_the_pack() {
    let (mut log, mut indexes) = log(1, &consent());
    indexes.insert(0, 0);
    let ready = draft(&mut log, &indexes).ready(b"%PDF".to_vec()).unwrap();
    let issued = log.add(ISSUED, ANNA, &Value::Object(ready.to_log()));
    let receipt = log.receipt(issued).to_json().unwrap();
    let faults = verify(&ready.finish(&receipt).unwrap(), None).unwrap_err();
    assert!(
        faults[0].to_string().contains("somebody else"),
        "{faults:?}"
    );
}

#[test]
fn no_pack_is_made_that_could_not_be_read() {
    let (mut log, indexes) = log(1, &consent());
    let large = vec![0; 16 * 1024 * 1024 + 1];
    let refused = draft(&mut log, &indexes).ready(large);
    assert!(matches!(refused, Err(DraftError::TooLarge)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Whoever has no key to the log can change no byte of any file.
    #[test]
    fn a_changed_byte_in_any_file_is_found(file: prop::sample::Index, byte: prop::sample::Index, bits in 1..=255_u8) {
        let mut files = FILES.clone();
        let name = file.get(&FILES.keys().cloned().collect::<Vec<_>>()).clone();
        let content = files.get_mut(&name).unwrap();
        let position = byte.index(content.len());
        content[position] ^= bits;
        prop_assert!(verify(&zipped(&files), None).is_err(), "{} byte {}", name, position);
    }

    /// A byte of the archive itself either makes it unreadable or changes nothing that it holds.
    #[test]
    fn a_changed_byte_in_the_archive_changes_no_content(byte: prop::sample::Index, bits in 1..=255_u8) {
        let mut archive = SOUND.clone();
        let position = byte.index(archive.len());
        archive[position] ^= bits;
        if verify(&archive, None).is_ok() {
            prop_assert_eq!(&read_archive(&archive).unwrap(), &*FILES);
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes: Vec<u8>, cut: prop::sample::Index) {
        let _ = verify(&bytes, None);
        prop_assert!(verify(&SOUND[..cut.index(SOUND.len())], None).is_err());
    }
}
