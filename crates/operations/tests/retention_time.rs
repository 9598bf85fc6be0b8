//! How long a run over a million contacts takes; see docs/retention.md. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

mod support;

use jiff::civil::date;
use operations::Organisation;
use operations::retention::DueWhich;
use store::testing::Database;
use support::{TODAY, act, organisation};

/// Contacts of the measurement, and how many of them are due.
const MANY: u32 = 1_000_000;
const OLD: u32 = 50_000;

/// `cargo test --release --workspace --test retention_time -- --ignored --nocapture`.
#[test]
#[ignore = "it measures, and takes minutes"]
fn a_run_over_a_million_contacts() {
    let database = Database::sqlite();
    let this = organisation(&database);
    seed(&database, &this);
    let begun = std::time::Instant::now();
    let took = |what: &str, since: std::time::Instant| {
        println!(
            "{what}: {:.1} s, peak {} MiB",
            since.elapsed().as_secs_f64(),
            peak()
        );
    };
    this.bring_retention_up_to_date(&act()).unwrap();
    took("days of every contact", begun);
    let begun = std::time::Instant::now();
    let view = this.retention_view(TODAY).unwrap();
    took("counts", begun);
    assert_eq!(view.totals().0, u64::from(OLD));
    let begun = std::time::Instant::now();
    let page = this.due_contacts(DueWhich::Now, None, 50, TODAY).unwrap();
    took("a page of the list", begun);
    assert_eq!(page.lines.len(), 50);
    let begun = std::time::Instant::now();
    let run = this.propose_retention_run(&act()).unwrap();
    took("proposal", begun);
    this.release_retention_run(run, &act()).unwrap();
    let begun = std::time::Instant::now();
    while this.carry_out_retention(&act()).unwrap() {}
    took("erasing", begun);
    let done = this.retention_run(run, 1).unwrap();
    assert_eq!(done.line.gone, u64::from(OLD));
}

/// The most memory that this process had, in MiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    let kib = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    kib.unwrap_or_default() / 1024
}

/// Writes the contacts past the operations: each with a key, sealed fields and look-ups of its own.
fn seed(database: &Database, this: &Organisation) {
    let store = database.open();
    let org = this.id();
    let master = support::master_key();
    let sealed = serde_json::json!({
        "fields": { "family_name": "Muster", "company": "Muster GmbH" },
        "source": "Adresshandel Beispiel",
    });
    let sealed = zeroize::Zeroizing::new(serde_json::to_vec(&sealed).unwrap());
    for part in 0..MANY / 10_000 {
        let (mut contacts, mut keys, mut lookups) = (Vec::new(), Vec::new(), Vec::new());
        for n in part * 10_000..(part + 1) * 10_000 {
            let mut id = [0; 16];
            id[..4].copy_from_slice(&n.to_be_bytes());
            id[4..].fill(7);
            let id = store::Id(id);
            let mut context = [0; 32];
            context[..16].copy_from_slice(&org.0);
            context[16..].copy_from_slice(&id.0);
            let key = vault::SubjectKey::generate().unwrap();
            // Every twentieth is due.
            let obtained_on = if n % (MANY / OLD) == 0 {
                date(2020, 1, 1)
            } else {
                date(2026, 6, 1)
            };
            contacts.push(store::contact::Contact {
                org,
                id,
                kind: 2,
                country: "DE".to_owned(),
                subscriber: 0,
                sealed: Some(key.seal("fields", &context, &sealed).unwrap()),
                source_kind: 5,
                obtained_on,
                informed_on: None,
                first_contact_on: None,
                screened_on: None,
                flags: 0,
                created_at: act().at,
                changed_at: act().at,
                erased_at: None,
                restricted_at: None,
                merged_into: None,
                told_at: None,
            });
            keys.push(store::key::ContactKey {
                org,
                contact: id,
                wrapped: key.wrap(&master, &context).unwrap(),
                master_id: master.id().into_bytes(),
            });
            for kind in [1, 3] {
                let mut hash = [kind; 32];
                hash[..16].copy_from_slice(&id.0);
                lookups.push(store::lookup::Lookup {
                    org,
                    hash,
                    kind: kind.into(),
                    contact: id,
                });
            }
        }
        store
            .write(move |tx| -> Result<(), store::StoreError> {
                store::contact::insert(tx, &contacts)?;
                store::key::insert(tx, &keys)?;
                store::lookup::insert(tx, &lookups)
            })
            .unwrap();
    }
}
