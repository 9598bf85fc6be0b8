//! What is left of a person in the raw files after an erasure, for somebody who has the master key.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test without its set-up must fail"
)]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use aho_corasick::AhoCorasick;
use operations::recipients::Answer;
use operations::{ContactRef, Organisation, OrganisationId};
use postgres::{Client, NoTls};
use store::Target;
use store::testing::{Database, on_each_engine};
use support::{
    TODAY, act, consent_to_newsletter, contact, import, installation, master_key, organisation,
};
use vault::SubjectKey;

/// Enough that the keys fill many pages, which split and are moved about.
const PEOPLE: usize = 600;
/// Every how many-th is erased.
const EVERY: usize = 40;

/// Names, addresses and numbers that stand nowhere else on this machine.
fn marks(number: usize) -> [String; 4] {
    [
        format!("Quittenberg{number:05}x"),
        format!("zwetschge.{number:05}@raritaet.example"),
        format!("+49642177{number:05}"),
        format!("Mirabellengasse {number:05}"),
    ]
}

fn list() -> Vec<u8> {
    let mut text = "Firma;Vorname;Nachname;E-Mail;Telefon;Straße;PLZ;Ort\n".to_owned();
    for number in 0..PEOPLE {
        let [name, mail, phone, street] = marks(number);
        writeln!(
            text,
            "Probe {number} GmbH;Erika;{name};{mail};{phone};{street};35037;Marburg"
        )
        .unwrap();
    }
    text.into_bytes()
}

/// Every file in which the database keeps anything: its own, and on PostgreSQL those of its server's
/// write-ahead log apart.
fn files(database: &Database) -> (Vec<PathBuf>, Vec<PathBuf>) {
    match database.target() {
        Target::Sqlite(folder) => (all_in(folder), Vec::new()),
        Target::Postgres(url) => {
            let mut client = Client::connect(url, NoTls).unwrap();
            // What the server has in memory only would be missed.
            client.batch_execute("CHECKPOINT").unwrap();
            let row = client
                .query_one(
                    "SELECT current_setting('data_directory'), oid::bigint FROM pg_database \
                     WHERE datname = current_database()",
                    &[],
                )
                .unwrap();
            let (folder, oid): (String, i64) = (row.get(0), row.get(1));
            let folder = Path::new(&folder);
            (
                all_in(&folder.join("base").join(oid.to_string())),
                all_in(&folder.join("pg_wal")),
            )
        }
    }
}

fn all_in(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the files of the database can be read here") {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(all_in(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// A file's bytes; one that the server removed meanwhile holds nothing any more.
fn bytes(file: &Path) -> Vec<u8> {
    fs::read(file).unwrap_or_default()
}

/// How many wrapped keys lie in the files, whether a row owns them or not, that open for one of these.
fn keys_for(
    files: &[PathBuf],
    head: &[u8],
    length: usize,
    org: OrganisationId,
    who: &[OrganisationId],
) -> usize {
    let finder = AhoCorasick::new([head]).unwrap();
    let mut found = 0;
    for file in files {
        let bytes = bytes(file);
        for place in finder.find_iter(&bytes) {
            let Some(wrapped) = bytes.get(place.start()..place.start() + length) else {
                continue;
            };
            let opens = |contact: &OrganisationId| {
                let context = [org.0, contact.0].concat();
                SubjectKey::unwrap_from(&master_key(), &context, wrapped).is_ok()
            };
            found += usize::from(who.iter().any(opens));
        }
    }
    found
}

fn clear_text(files: &[PathBuf], needles: &[String]) -> Vec<String> {
    let finder = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(needles)
        .unwrap();
    let mut found = Vec::new();
    for file in files {
        let bytes = bytes(file);
        if let Some(place) = finder.find(&bytes) {
            found.push(format!(
                "{} in {}",
                needles[place.pattern()],
                file.display()
            ));
        }
    }
    found
}

fn answer_every_notice(organisation: &Organisation, id: OrganisationId) {
    for line in organisation.recipients_told(id, act().at).unwrap() {
        organisation
            .note_recipients_answer(line.id, &Answer::Done, &act())
            .unwrap();
    }
}

#[test]
fn of_an_erased_person_nothing_can_be_read_from_the_raw_files_with_the_master_key() {
    on_each_engine(|database| {
        let here = installation(database);
        let organisation = organisation(database);
        import(&organisation, &list());
        let store = database.open();
        let (mut erased, mut needles) = (Vec::<OrganisationId>::new(), Vec::new());
        for number in (0..PEOPLE).step_by(EVERY) {
            let mail = &marks(number)[1];
            consent_to_newsletter(&organisation, mail, TODAY);
            let line = organisation.contact_line(&contact(mail)).unwrap();
            erased.push(line.id.parse().unwrap());
            needles.extend(marks(number));
        }
        let org = organisation.id();
        let one = erased[0];
        let row = store
            .read(|tx| store::key::get(tx, org, one))
            .unwrap()
            .unwrap();
        let (head, length) = (&row.wrapped[..9], row.wrapped.len());
        let (own, _) = files(database);
        assert!(
            keys_for(&own, head, length, org, &erased) >= 1,
            "the search finds a key that is there"
        );
        let erase_all = || {
            for id in &erased {
                organisation.erase(&ContactRef::Id(*id), &act()).unwrap();
                answer_every_notice(&organisation, *id);
            }
        };
        if here.engine() == "PostgreSQL" {
            // Whoever began to read before may still need the rows, and the database keeps them so long.
            let early = store.read(|tx| -> Result<_, store::StoreError> {
                store::organisation::list(tx)?;
                erase_all();
                Ok(here.forget_deleted_keys().unwrap())
            });
            assert!(!early.unwrap());
            // A moment of the database's own upkeep counts as a reader too.
            assert!((0..1000).any(|_| here.forget_deleted_keys().unwrap()));
        } else {
            erase_all();
            here.forget_deleted_keys().unwrap();
        }
        let (own, log) = files(database);
        assert_eq!(keys_for(&own, head, length, org, &erased), 0);
        let all = [own, log].concat();
        assert_eq!(clear_text(&all, &needles), [""; 0]);
        assert_eq!(organisation.verify().unwrap().faults, []);
    });
}
