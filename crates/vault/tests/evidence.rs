//! From a subject's key to a receipt that a stranger opens, and to nothing after
//! shredding.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use evidence::{Entry, Frontier, Header, LogKey, LogVerifier, OpenError, Receipt, new_nonce};
use vault::{MasterKey, Secret, SubjectKey};

const ORIGIN: &str = "example.com/log";
const PAYLOAD: &[u8] = br#"{"address":"erika@example.com"}"#;

fn entry(subject: &SubjectKey) -> Entry {
    let header = Header {
        log: ORIGIN.to_owned(),
        kind: "consent.given".to_owned(),
        at: "2025-03-03T09:30:00Z".parse().unwrap(),
        actor: "account/12".to_owned(),
        subject: Some(subject.pseudonym()),
        nonce: new_nonce().unwrap(),
    };
    let key = subject.entry_key(&header.nonce);
    Entry::sealed(header, &key, PAYLOAD).unwrap()
}

#[test]
fn a_disclosed_entry_is_read_by_a_stranger_who_can_not_read_the_next_one() {
    let master = MasterKey::generate().unwrap();
    let wrapped = Secret::generate().unwrap().wrap(&master, "log").unwrap();
    let seed = Secret::unwrap_from(&master, "log", &wrapped).unwrap();
    let log_key = LogKey::from_seed(ORIGIN, seed.expose()).unwrap();
    let subject = SubjectKey::generate().unwrap();
    let (first, second) = (entry(&subject), entry(&subject));
    let mut frontier = Frontier::empty();
    frontier.append(&[first.leaf_hash(), second.leaf_hash()]);
    let receipt = Receipt {
        index: 0,
        size: 2,
        proof: vec![second.leaf_hash()],
        checkpoint: log_key.sign(2, frontier.root()),
        disclosure: Some(subject.entry_key(&first.header().nonce)),
        entry: first,
    };
    let file = receipt.to_json().unwrap();

    let public = LogVerifier::from_text(&log_key.verifier().to_string()).unwrap();
    let read = Receipt::from_json(file.as_bytes()).unwrap();
    let verified = read.verify(&public).unwrap();
    assert_eq!(*verified.opened.unwrap(), PAYLOAD);
    let disclosed = read.disclosure.unwrap();
    assert_eq!(second.open(&disclosed), Err(OpenError::Key));
}

#[test]
fn after_shredding_the_log_stands_and_the_payload_opens_with_no_other_key() {
    let subject = SubjectKey::generate().unwrap();
    let entry = entry(&subject);
    let leaf = entry.leaf_hash();
    drop(subject);
    let anyone = SubjectKey::generate().unwrap();
    let key = anyone.entry_key(&entry.header().nonce);
    assert_eq!(entry.open(&key), Err(OpenError::Key));
    assert_eq!(entry.leaf_hash(), leaf);
    let text = str::from_utf8(entry.as_bytes()).unwrap();
    assert!(!text.contains("erika"));
}
