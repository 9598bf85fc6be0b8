//! Entries, receipts and checkpoints as files that travel.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failing test may panic"
)]

use evidence::{
    Entry, EntryError, EntryKey, Frontier, Header, LogKey, LogVerifier, OpenError, Payload,
    Receipt, ReceiptError, inclusion_proof, new_nonce,
};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

const ORIGIN: &str = "example.com/log";
const SECRET: &[u8] = br#"{"address":"erika@example.com"}"#;

fn log_key() -> LogKey {
    LogKey::from_seed(ORIGIN, &[7; 32]).unwrap()
}

fn header() -> Header {
    Header {
        log: ORIGIN.to_owned(),
        kind: "consent.given".to_owned(),
        at: "2025-03-03T09:30:00.1234567Z".parse().unwrap(),
        actor: "account/12".to_owned(),
        subject: Some([0xab; 16]),
        nonce: [0xcd; 16],
    }
}

fn entry_key() -> EntryKey {
    EntryKey::from_bytes([5; 32])
}

fn sealed() -> Entry {
    Entry::sealed(header(), &entry_key(), SECRET).unwrap()
}

fn clear(payload: Value) -> Result<Entry, EntryError> {
    let Value::Object(payload) = payload else {
        panic!("a payload is an object");
    };
    Entry::clear(header(), payload)
}

fn receipt(entry: Entry, disclosure: Option<EntryKey>) -> Receipt {
    struct Tiles(BTreeMap<evidence::TileId, Vec<u8>>);
    impl evidence::TileReader for Tiles {
        fn tile(&mut self, id: evidence::TileId) -> std::io::Result<Option<Vec<u8>>> {
            Ok(self.0.get(&id).cloned())
        }
    }
    let mut frontier = Frontier::empty();
    let mut leaves = vec![[1; 32]; 11];
    leaves[4] = entry.leaf_hash();
    let tiles = frontier.append(&leaves);
    let mut tiles = Tiles(
        tiles
            .into_iter()
            .map(|tile| (tile.id, tile.bytes))
            .collect(),
    );
    Receipt {
        proof: inclusion_proof(&mut tiles, 4, 11).unwrap(),
        checkpoint: log_key().sign(11, frontier.root()),
        index: 4,
        size: 11,
        entry,
        disclosure,
    }
}

fn verify(json: &[u8]) -> Result<evidence::Verified, ReceiptError> {
    Receipt::from_json(json)?.verify(log_key().verifier())
}

#[test]
fn an_entry_has_this_form() {
    let entry = clear(json!({"text": "Grüße", "amount": -3, "a": [true, null]})).unwrap();
    assert_eq!(
        str::from_utf8(entry.as_bytes()).unwrap(),
        concat!(
            r#"{"v":1,"log":"example.com/log","kind":"consent.given","#,
            r#""at":"2025-03-03T09:30:00.123Z","actor":"account/12","#,
            r#""subject":"abababababababababababababababab","#,
            r#""nonce":"cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd","#,
            r#""payload":{"clear":{"a":[true,null],"amount":-3,"text":"Grüße"}}}"#
        )
    );
    assert_eq!(Entry::from_bytes(entry.as_bytes()).unwrap(), entry);
}

#[test]
fn another_spelling_of_an_entry_is_refused() {
    let text = String::from_utf8(clear(json!({"a": 1, "b": 2})).unwrap().as_bytes().to_vec());
    let text = text.unwrap();
    for (from, to) in [
        ("{\"v\"", "{ \"v\""),
        ("\"v\":1", "\"v\":2"),
        ("\"v\":1", "\"v\":1,\"v\":1"),
        ("abab", "ABAB"),
        (".123Z", ".1230Z"),
        (".123Z", ".123+00:00"),
        ("09:30", "10:30+01:00"),
        ("consent", "c\\u006fnsent"),
        ("\"a\":1,\"b\":2", "\"b\":2,\"a\":1"),
        ("\"a\":1", "\"a\":1,\"a\":1"),
        ("\"a\":1", "\"a\":1.0"),
        ("\"a\":1", "\"a\":1e0"),
        ("\"payload\"", "\"more\":1,\"payload\""),
        ("\"clear\"", "\"sealed\":\"\",\"clear\""),
        ("}}}", "}}}\n"),
        ("}}}", "}}"),
    ] {
        assert!(text.contains(from), "{from}");
        let other = text.replacen(from, to, 1);
        assert!(Entry::from_bytes(other.as_bytes()).is_err(), "{other}");
    }
}

#[test]
fn an_entry_that_a_log_can_not_hold_is_refused_when_it_is_made() {
    let long = clear(json!({"text": "x".repeat(65_400)})).unwrap_err();
    assert!(matches!(long, EntryError::TooLong(bytes) if bytes > 65_535));
    assert!(long.to_string().contains("at most 65535"), "{long}");
    assert!(matches!(
        clear(json!({"a": 0.5})),
        Err(EntryError::Fraction)
    ));
    let mut deep = json!(1);
    for _ in 0..40 {
        deep = json!([deep]);
    }
    assert!(matches!(
        clear(json!({"a": deep})),
        Err(EntryError::TooDeep)
    ));
    let refuse = |change: fn(&mut Header)| {
        let mut header = header();
        change(&mut header);
        Entry::clear(header, Map::new()).unwrap_err().to_string()
    };
    assert!(refuse(|header| header.kind = "Consent given".to_owned()).starts_with("kind can't be"));
    assert!(refuse(|header| header.actor = String::new()).starts_with("actor can't be"));
    assert!(refuse(|header| header.log = "two words".to_owned()).starts_with("log can't be"));
}

#[test]
fn a_sealed_payload_shows_nothing_and_opens_with_its_key() {
    let entry = sealed();
    let text = str::from_utf8(entry.as_bytes()).unwrap();
    assert!(!text.contains("erika"));
    let read = Entry::from_bytes(entry.as_bytes()).unwrap();
    assert_eq!(*read.open(&entry_key()).unwrap(), SECRET);
    assert_eq!(
        read.open(&EntryKey::from_bytes([6; 32])),
        Err(OpenError::Key)
    );
    assert_eq!(
        clear(json!({})).unwrap().open(&entry_key()),
        Err(OpenError::NotSealed)
    );
}

#[test]
fn a_sealed_payload_moved_under_another_header_does_not_open() {
    let text = String::from_utf8(sealed().as_bytes().to_vec()).unwrap();
    for (from, to) in [
        ("given", "taken"),
        ("09:30", "09:31"),
        ("account/12", "account/13"),
    ] {
        let moved = Entry::from_bytes(text.replacen(from, to, 1).as_bytes()).unwrap();
        assert_eq!(moved.open(&entry_key()), Err(OpenError::Key), "{to}");
    }
}

#[test]
fn a_payload_that_its_author_did_not_commit_to_is_refused() {
    let entry = sealed();
    let Payload::Sealed { commitment, .. } = entry.payload() else {
        panic!("it is sealed");
    };
    let hex = hex::encode(commitment);
    let text = str::from_utf8(entry.as_bytes())
        .unwrap()
        .replace(&hex, &"00".repeat(32));
    let other = Entry::from_bytes(text.as_bytes()).unwrap();
    assert_eq!(other.open(&entry_key()), Err(OpenError::Commitment));
}

#[test]
fn nonces_are_fresh() {
    assert_ne!(new_nonce().unwrap(), new_nonce().unwrap());
}

#[test]
fn a_receipt_proves_its_entry_with_the_public_key_alone() {
    let json = receipt(sealed(), None).to_json().unwrap();
    let key = LogVerifier::from_text(&log_key().verifier().to_string()).unwrap();
    let verified = Receipt::from_json(json.as_bytes())
        .unwrap()
        .verify(&key)
        .unwrap();
    assert_eq!((verified.index, verified.size), (4, 11));
    assert_eq!(verified.entry.header().kind, "consent.given");
    assert_eq!(verified.opened, None);
    assert!(json.contains("Diese Datei beweist") && json.contains("This file proves"));
}

#[test]
fn a_receipt_with_a_disclosed_key_shows_this_payload() {
    let json = receipt(sealed(), Some(entry_key())).to_json().unwrap();
    let verified = verify(json.as_bytes()).unwrap();
    assert_eq!(format!("{verified:?}"), "Verified(entry 4 of 11)");
    assert_eq!(*verified.opened.unwrap(), SECRET);
    let wrong = receipt(sealed(), Some(EntryKey::from_bytes([6; 32])));
    let wrong = verify(wrong.to_json().unwrap().as_bytes());
    assert!(matches!(
        wrong,
        Err(ReceiptError::Disclosure(OpenError::Key))
    ));
}

#[test]
fn any_one_changed_removed_or_added_byte_makes_a_receipt_fail() {
    for disclosure in [None, Some(entry_key())] {
        let json = receipt(sealed(), disclosure)
            .to_json()
            .unwrap()
            .into_bytes();
        verify(&json).unwrap();
        for at in 0..json.len() {
            for change in [0x01, 0x02, 0x20, 0x80] {
                let mut changed = json.clone();
                changed[at] ^= change;
                assert!(verify(&changed).is_err(), "byte {at} ^ {change:#x}");
            }
            let mut shorter = json.clone();
            shorter.remove(at);
            assert!(verify(&shorter).is_err(), "without byte {at}");
            let mut longer = json.clone();
            longer.insert(at, b' ');
            assert!(verify(&longer).is_err(), "a space before byte {at}");
        }
    }
}

#[test]
fn parts_of_two_receipts_do_not_make_a_third() {
    let (one, two) = (
        receipt(sealed(), None),
        receipt(clear(json!({})).unwrap(), None),
    );
    let key = log_key();
    let entry = Receipt {
        entry: two.entry.clone(),
        ..one.clone()
    };
    assert!(matches!(
        entry.verify(key.verifier()),
        Err(ReceiptError::Proof(_))
    ));
    let checkpoint = Receipt {
        checkpoint: two.checkpoint.clone(),
        ..one.clone()
    };
    assert!(matches!(
        checkpoint.verify(key.verifier()),
        Err(ReceiptError::Proof(_))
    ));
    let index = Receipt {
        index: 5,
        ..one.clone()
    };
    assert!(matches!(
        index.verify(key.verifier()),
        Err(ReceiptError::Proof(_))
    ));
    let size = Receipt { size: 12, ..one };
    assert!(matches!(
        size.verify(key.verifier()),
        Err(ReceiptError::Size { .. })
    ));
}

#[test]
fn a_receipt_of_another_log_is_refused() {
    let receipt = receipt(sealed(), None);
    let stranger = LogKey::from_seed(ORIGIN, &[8; 32]).unwrap();
    let error = receipt.verify(stranger.verifier()).unwrap_err();
    assert!(matches!(error, ReceiptError::Checkpoint(_)), "{error}");

    let mut elsewhere = header();
    elsewhere.log = "example.com/other".to_owned();
    let entry = Entry::clear(elsewhere, Map::new()).unwrap();
    let error = self::receipt(entry, None)
        .verify(log_key().verifier())
        .unwrap_err();
    assert!(matches!(error, ReceiptError::Log { .. }), "{error}");
}

#[test]
fn a_signed_checkpoint_is_a_note_that_other_verifiers_accept() {
    let key = log_key();
    let note = key.sign(11, [3; 32]);
    let standard = signed_note::StandardVerifier::new(&key.verifier().to_string()).unwrap();
    let known = signed_note::VerifierList::new(vec![Box::new(standard)]);
    let parsed = signed_note::Note::from_bytes(note.as_bytes()).unwrap();
    assert_eq!(parsed.verify(&known).unwrap().0.len(), 1);
    let theirs = tlog_tiles::Checkpoint::from_bytes(parsed.text()).unwrap();
    assert_eq!(
        (theirs.origin(), theirs.size(), theirs.hash().0),
        (ORIGIN, 11, [3; 32])
    );
}

#[test]
fn any_one_changed_byte_makes_a_checkpoint_or_a_public_key_fail() {
    let (key, other) = (log_key(), LogKey::from_seed(ORIGIN, &[8; 32]).unwrap());
    let note = key.sign(11, [3; 32]);
    for at in 0..note.len() {
        let mut changed = note.clone().into_bytes();
        changed[at] ^= 1;
        assert!(key.verifier().open(&changed).is_err(), "byte {at}");
    }
    let line = other.sign(11, [3; 32]).lines().last().unwrap().to_owned();
    let twice = format!("{note}{line}\n");
    assert!(key.verifier().open(twice.as_bytes()).is_err());
    let text = key.verifier().to_string();
    for at in 0..text.len() {
        let mut changed = text.clone().into_bytes();
        changed[at] ^= 1;
        let changed = String::from_utf8(changed).unwrap();
        assert!(LogVerifier::from_text(&changed).is_err(), "{changed}");
    }
    assert!(format!("{key:?}").contains(&text));
}

#[test]
fn a_log_name_that_would_break_a_note_is_refused() {
    for name in [
        "",
        "a b",
        "a+b",
        "a\u{a0}b",
        "a\nb",
        "a\u{7}",
        &"a".repeat(201),
    ] {
        assert!(LogKey::from_seed(name, &[7; 32]).is_err(), "{name:?}");
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((".{0,6}", inner), 0..4)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn every_clear_entry_reads_back(payload in any_json(), actor in "[^\\pC]{1,30}", subject: Option<[u8; 16]>, at in -1_000_000_000_000..4_000_000_000_000_i64) {
        let header = Header { actor, subject, at: jiff::Timestamp::from_millisecond(at).unwrap(), ..header() };
        let entry = Entry::clear(header, Map::from_iter([("a".to_owned(), payload)])).unwrap();
        prop_assert_eq!(Entry::from_bytes(entry.as_bytes()).unwrap(), entry);
    }

    #[test]
    fn every_sealed_entry_reads_back_and_opens(text: Vec<u8>, key: [u8; 32]) {
        let key = EntryKey::from_bytes(key);
        let entry = Entry::sealed(header(), &key, &text).unwrap();
        let read = Entry::from_bytes(entry.as_bytes()).unwrap();
        prop_assert_eq!(&*read.open(&key).unwrap(), &text);
    }

    #[test]
    fn no_damage_makes_a_parser_panic(
        at in any::<prop::sample::Index>(), with in prop::collection::vec(any::<u8>(), 0..8), cut in 0..40usize,
    ) {
        let json = receipt(sealed(), Some(entry_key())).to_json().unwrap().into_bytes();
        let at = at.index(json.len());
        let end = (at + cut).min(json.len());
        let damaged = [&json[..at], &with, &json[end..]].concat();
        prop_assert!(damaged == json || verify(&damaged).is_err());
        let entry = sealed();
        let bytes = entry.as_bytes();
        let (at, end) = (at.min(bytes.len()), end.min(bytes.len()));
        let damaged = [&bytes[..at], &with, &bytes[end..]].concat();
        if let Ok(read) = Entry::from_bytes(&damaged) {
            prop_assert_eq!(read.as_bytes(), damaged);
        }
        let note = log_key().sign(11, [3; 32]).into_bytes();
        let (at, end) = (at.min(note.len()), end.min(note.len()));
        let damaged = [&note[..at], &with, &note[end..]].concat();
        prop_assert!(damaged == note || log_key().verifier().open(&damaged).is_err());
    }

    #[test]
    fn no_bytes_make_a_parser_panic(bytes: Vec<u8>, text in ".{0,200}") {
        prop_assert!(Entry::from_bytes(&bytes).is_err());
        prop_assert!(Receipt::from_json(&bytes).is_err());
        prop_assert!(log_key().verifier().open(&bytes).is_err());
        prop_assert!(LogVerifier::from_text(&text).is_err());
    }
}
