//! What was acknowledged survives `kill -9` at any moment: a child process writes from several
//! threads and says what it began and what was acknowledged; it is killed at a random point, and
//! the database is compared with what it said. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

mod support;

use std::collections::BTreeMap;
use std::env;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan as _};
use law::facts::Proof;
use law::{Channel, ChannelSet, Lang};
use operations::{Error, Installation, NewConsent, Organisation};
use store::Target;
use store::testing::{Database, on_each_engine};
use support::{TODAY, act, contact, faultless, import, installation, master_key, organisation};

const ROUNDS: u32 = 6;
const WRITERS: u32 = 3;
/// Contacts of each writer in a round.
const OWN: u32 = 12;
/// Rows of each list that the importing thread takes in.
const ROWS: u32 = 40;
const TARGET: &str = "LEITPLANKE_TEST_KILL_TARGET";
const SEED: &str = "LEITPLANKE_TEST_KILL_SEED";
const ROUND: &str = "LEITPLANKE_TEST_KILL_ROUND";

#[test]
fn acknowledged_writes_survive_a_kill_at_any_moment() {
    on_each_engine(|database| {
        drop(organisation(database));
        let mut done = BTreeMap::<&str, usize>::new();
        for round in 0..ROUNDS {
            let this = open(database);
            for writer in 0..WRITERS {
                let list = people(&(0..OWN).map(|n| who(round, writer, n)).collect::<Vec<_>>());
                assert_eq!(import(&this, list.as_bytes()).added, u64::from(OWN));
            }
            drop(this);
            let seed = fastrand::u64(..);
            println!("round {round}, seed {seed}");
            let said = killed_writer(database, round, seed);
            let this = open(database);
            check(&this, &said);
            for line in &said {
                *done.entry(line.operation()).or_default() += usize::from(line.entry.is_some());
            }
        }
        // Each kind was there to be lost.
        for operation in ["consent", "withdrawal", "objection", "erasure", "import"] {
            assert!(
                done.get(operation).is_some_and(|n| *n > 0),
                "{operation}: {done:?}"
            );
        }
    });
}

fn open(database: &Database) -> Organisation {
    Organisation::open(&installation(database), None).unwrap()
}

fn who(round: u32, writer: u32, number: u32) -> String {
    format!("person{number}@r{round}w{writer}.example")
}

fn people(addresses: &[String]) -> String {
    let mut list = "Nachname;Firma;E-Mail\n".to_owned();
    for address in addresses {
        let _ = writeln!(list, "Muster;Muster GmbH;{address}");
    }
    list
}

fn list_of(round: u32, number: u32) -> String {
    let addresses: Vec<_> = (0..ROWS)
        .map(|n| format!("zeile{n}@l{number}r{round}.example"))
        .collect();
    people(&addresses)
}

/// What the writer said about one of its writes.
#[derive(Debug)]
struct Said {
    /// `consent`, `withdrawal`, ...
    operation: String,
    /// The address, or the number of the list.
    about: String,
    /// The evidence entry, once it was acknowledged.
    entry: Option<i64>,
}

impl Said {
    fn operation(&self) -> &'static str {
        match &*self.operation {
            "consent" => "consent",
            "withdrawal" => "withdrawal",
            "objection" => "objection",
            "erasure" => "erasure",
            _ => "import",
        }
    }
}

/// Lets a child write, kills it, and gives what it said, in order.
fn killed_writer(database: &Database, round: u32, seed: u64) -> Vec<Said> {
    let target = match database.target() {
        Target::Sqlite(folder) => folder.to_str().unwrap().to_owned(),
        Target::Postgres(url) => url.clone(),
    };
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "writer", "--ignored", "--nocapture"])
        .env(TARGET, target)
        .env(SEED, seed.to_string())
        .env(ROUND, round.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut random = fastrand::Rng::with_seed(seed);
    let lines_until_the_kill = random.usize(40..400);
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut said = Vec::<Said>::new();
    let mut lines = 0;
    loop {
        let mut line = String::new();
        // Only whole lines count.
        if output.read_line(&mut line).unwrap() == 0 || !line.ends_with('\n') {
            break;
        }
        let words: Vec<_> = line.split_whitespace().collect();
        match words[..] {
            ["begin", operation, about] => said.push(Said {
                operation: operation.to_owned(),
                about: about.to_owned(),
                entry: None,
            }),
            ["done", operation, about, entry] => {
                let begun = said
                    .iter_mut()
                    .rev()
                    .find(|s| s.operation == operation && s.about == about);
                begun.unwrap().entry = Some(entry.parse().unwrap());
            }
            // What the test runner says.
            _ => continue,
        }
        lines += 1;
        if lines == lines_until_the_kill {
            for _ in 0..random.u32(0..200_000) {
                std::hint::spin_loop();
            }
            child.kill().unwrap();
        }
    }
    let status = child.wait().unwrap();
    assert!(
        lines >= lines_until_the_kill,
        "the writer ended by itself: {status}"
    );
    said
}

fn check(this: &Organisation, said: &[Said]) {
    let checked = this.verify().unwrap();
    assert_eq!(checked.faults, [], "before the sequencer ran");
    this.sequence(Timestamp::now()).unwrap();
    let checked = this.verify().unwrap();
    assert_eq!((checked.faults, checked.waiting), (Vec::new(), 0));

    for done in said {
        if let Some(entry) = done.entry {
            // A receipt that would not verify is not given out.
            assert!(
                this.receipt(entry, false, act().at).is_ok(),
                "entry {entry} is lost"
            );
        }
    }
    let mut last = BTreeMap::new();
    for one in said.iter().filter(|s| s.operation != "import") {
        last.insert(&one.about, one);
    }
    for (address, one) in last {
        // What was begun and not acknowledged may have happened or not.
        if one.entry.is_none() {
            continue;
        }
        let decided = this.decide(
            &contact(address),
            "newsletter",
            Channel::Email,
            TODAY,
            Lang::En,
        );
        match (one.operation(), decided) {
            ("erasure", Err(Error::UnknownContact | Error::Erased)) => {}
            ("consent", Ok(decided)) => {
                assert_eq!(decided.decision.verdict, "permitted", "{one:?}");
            }
            ("withdrawal" | "objection", Ok(decided)) => {
                assert_eq!(decided.decision.verdict, "refused", "{one:?}");
            }
            (_, other) => unreachable!("{one:?}: {other:?}"),
        }
    }
    let round_and_list = |about: &str| {
        let (round, number) = about.split_once('-').unwrap();
        list_of(round.parse().unwrap(), number.parse().unwrap())
    };
    for one in said.iter().filter(|s| s.operation == "import") {
        let again = import(this, round_and_list(&one.about).as_bytes());
        assert_eq!(again.rows, u64::from(ROWS), "{one:?}");
        assert_eq!(again.added + again.known, again.rows, "{again:?}");
        if one.entry.is_some() {
            assert_eq!(again.added, 0, "{one:?}");
        }
    }
    assert_eq!(
        this.verify().unwrap().faults,
        [],
        "after the imports were run again"
    );
}

/// Not a test: what [`killed_writer`] starts.
#[test]
#[ignore = "the process that is killed by the test above"]
fn writer() {
    let target = env::var(TARGET).unwrap();
    let target = if target.starts_with("postgres") {
        Target::Postgres(target)
    } else {
        Target::Sqlite(PathBuf::from(target))
    };
    let seed: u64 = env::var(SEED).unwrap().parse().unwrap();
    let round: u32 = env::var(ROUND).unwrap().parse().unwrap();
    let installation = Installation::open(&target, master_key()).unwrap();
    let this = Organisation::open(&installation, None).unwrap();
    thread::scope(|scope| {
        for number in 0..WRITERS {
            let this = &this;
            let random = fastrand::Rng::with_seed(seed ^ u64::from(number + 1));
            scope.spawn(move || write_about_contacts(this, round, number, random));
        }
        scope.spawn(|| {
            for number in 0.. {
                let about = format!("{round}-{number}");
                say(&format!("begin import {about}"));
                let list = list_of(round, number);
                let entry = support::imported(&this, list.as_bytes()).entry;
                say(&format!("done import {about} {entry}"));
            }
        });
        scope.spawn(|| {
            loop {
                this.sequence(Timestamp::now()).unwrap();
                thread::yield_now();
            }
        });
    });
}

/// Gives, withdraws and objects in the name of contacts that no other thread writes about.
fn write_about_contacts(this: &Organisation, round: u32, writer: u32, mut random: fastrand::Rng) {
    const FIRST: Date = date(2026, 1, 1);
    let mut days = vec![0; OWN as usize];
    let mut consented = vec![false; OWN as usize];
    let mut erased = vec![false; OWN as usize];
    loop {
        let number = random.u32(0..OWN);
        let slot = number as usize;
        // Every act on its own day, so that it is clear which of two is the newer.
        let day = FIRST.checked_add(days[slot].days()).unwrap();
        if erased[slot] || day >= TODAY {
            continue;
        }
        days[slot] += 1;
        let address = who(round, writer, number);
        let person = contact(&address);
        let operation = match random.u32(0..20) {
            // The first contact is never erased, so that there is always something to write.
            0 if number > 0 => "erasure",
            1..=5 => "objection",
            6..=9 if consented[slot] => "withdrawal",
            _ => "consent",
        };
        say(&format!("begin {operation} {address}"));
        let entry = match operation {
            "erasure" => this.erase(&person, &act()).unwrap().entry,
            "objection" => {
                this.record_objection(&person, ChannelSet::ALL, day, &act())
                    .unwrap()
                    .entry
            }
            "withdrawal" => {
                let all = ChannelSet::ALL;
                let withdrawn = this
                    .withdraw_consent(&person, None, all, day, &act())
                    .unwrap();
                withdrawn.entries.last().copied().unwrap()
            }
            _ => {
                let new = NewConsent {
                    contact: person,
                    activity: "newsletter".to_owned(),
                    channels: ChannelSet::of(Channel::Email),
                    given_on: day,
                    proof: Proof::DoubleOptInCompleted,
                    text: Some("Ja, ich möchte den Newsletter.".to_owned()),
                    circumstances: faultless(),
                    told: None,
                };
                this.record_consent(&new, &act()).unwrap().entry
            }
        };
        match operation {
            "erasure" => erased[slot] = true,
            "consent" => consented[slot] = true,
            "withdrawal" => consented[slot] = false,
            _ => {}
        }
        say(&format!("done {operation} {address} {entry}"));
    }
}

/// Writes a line in one piece.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("{line}\n").as_bytes()).unwrap();
    out.flush().unwrap();
}
