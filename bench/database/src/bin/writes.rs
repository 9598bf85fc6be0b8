//! Durable consent writes by 16 threads: against the engine's own commits of the same rows, shared
//! by those that wait together, and against the disk.
//!
//! A product's write finds the contact, checks register and suppressions, seals, hashes and logs;
//! the bare one inserts the finished consent and entry.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, mpsc};
use std::thread;

use bench_database::bare::{postgres as bare_postgres, sqlite as bare_sqlite};
use bench_database::{TODAY, act, contact_list, copy_folder, email, import, open, set_up};
use law::facts::Proof;
use law::gdpr::art07::Circumstances;
use law::{Channel, ChannelSet};
use measure::{Comparison, Line, Result, compare, rate};
use operations::{NewConsent, Organisation};
use store::Target;
use tempfile::TempDir;

const ROUNDS: usize = 7;
const WRITERS: usize = 16;
const WRITES: usize = 3_200;
const CONTACTS: usize = 5_000;

fn main() -> Result<()> {
    let place = TempDir::new_in(".")?;
    on_sqlite(place.path())?;
    if let Ok(url) = std::env::var("LEITPLANKE_BENCH_POSTGRES") {
        on_postgres(&url, place.path())
    } else {
        eprintln!("PostgreSQL left out: LEITPLANKE_BENCH_POSTGRES names no server");
        Ok(())
    }
}

fn on_sqlite(place: &Path) -> Result<()> {
    let (ours, theirs) = (place.join("ours"), place.join("theirs"));
    let target = Target::Sqlite(ours.clone());
    let organisation = set_up(&target, &ours)?;
    import(&organisation, contact_list(CONTACTS), CONTACTS)?;
    drop(organisation);
    copy_folder(&ours, &theirs)?;

    let organisation = open(&target, &ours)?;
    let writer = Writer::new(&organisation);
    // A round ahead, so that the bare side always has rows to copy.
    writer.round()?;
    let reading = bare_sqlite::open(&ours.join("leitplanke.db"))?;
    let bare = bare_sqlite::open(&theirs.join("leitplanke.db"))?;
    let bare = Mutex::new(bare);
    let copied = AtomicUsize::new(0);
    let figures = compare(
        ROUNDS,
        || writer.round(),
        || {
            let after = copied.fetch_add(WRITES, Ordering::Relaxed);
            let recorded = format!(
                "rowid IN (SELECT rowid FROM consent ORDER BY rowid LIMIT {WRITES} OFFSET {after})"
            );
            let consents = bare_sqlite::table(&reading, "consent", &recorded)?;
            let entries = bare_sqlite::table(
                &reading,
                "evidence_entry",
                &format!("seq IN (SELECT entry_seq FROM consent WHERE {recorded})"),
            )?;
            write_bare_sqlite(&bare, consents, entries)
        },
    )?;
    print(
        "SQLite: 16 x record_consent",
        "16 x bare inserts, shared commits",
        figures,
        Some(0.7),
    );

    let mut disk = Disk::new(place)?;
    let figures = compare(ROUNDS, || writer.round(), || disk.round())?;
    print(
        "SQLite: 16 x record_consent",
        "512 B + fdatasync, one after other",
        figures,
        None,
    );
    Ok(())
}

fn on_postgres(url: &str, place: &Path) -> Result<()> {
    let (ours, theirs) = (format!("{url}_bench_ours"), format!("{url}_bench_theirs"));
    let (name, copy) = (database(&ours)?, database(&theirs)?);
    let mut server = bare_postgres::connect(url)?;
    for database in [name, copy] {
        server.batch_execute(&format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)"))?;
    }
    server.batch_execute(&format!("CREATE DATABASE {name}"))?;
    let (target, keys) = (Target::Postgres(ours.clone()), place.join("postgres"));
    let organisation = set_up(&target, &keys)?;
    import(&organisation, contact_list(CONTACTS), CONTACTS)?;
    drop(organisation);
    server.batch_execute(&format!("CREATE DATABASE {copy} TEMPLATE {name}"))?;

    let organisation = open(&target, &keys)?;
    let writer = Writer::new(&organisation);
    // A round ahead, so that the bare side always has rows to copy.
    writer.round()?;
    let mut reading = bare_postgres::connect(&ours)?;
    let mut after = 0;
    let figures = compare(
        ROUNDS,
        || writer.round(),
        || {
            let recorded = format!(
                "entry_seq IN (SELECT entry_seq FROM consent ORDER BY entry_seq LIMIT {WRITES} OFFSET {after})"
            );
            after += WRITES;
            let consents = bare_postgres::table(&mut reading, "consent", &recorded, "entry_seq")?;
            let entries = bare_postgres::table(
                &mut reading,
                "evidence_entry",
                &format!("seq IN (SELECT entry_seq FROM consent WHERE {recorded})"),
                "seq",
            )?;
            write_bare_postgres(&theirs, &consents, &entries)
        },
    )?;
    print(
        "PostgreSQL: 16 x record_consent",
        "16 x bare inserts, own commits",
        figures,
        Some(0.7),
    );
    for database in [name, copy] {
        server.batch_execute(&format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)"))?;
    }
    Ok(())
}

fn database(url: &str) -> Result<&str> {
    Ok(url
        .rsplit_once('/')
        .ok_or("the url must end with a database")?
        .1)
}

/// The product's writes, each for another contact than the one before.
struct Writer<'a> {
    organisation: &'a Organisation,
    next: AtomicUsize,
}

impl<'a> Writer<'a> {
    fn new(organisation: &'a Organisation) -> Self {
        Self {
            organisation,
            next: AtomicUsize::new(0),
        }
    }

    fn round(&self) -> Result<f64> {
        rate(|| on_all_writers(|_| (0..WRITES / WRITERS).try_for_each(|_| self.write())))
    }

    fn write(&self) -> Result<()> {
        let number = self.next.fetch_add(1, Ordering::Relaxed) % CONTACTS;
        let new = NewConsent {
            contact: email(number).parse()?,
            activity: "newsletter".to_owned(),
            channels: ChannelSet::of(Channel::Email),
            given_on: TODAY,
            proof: Proof::DoubleOptInCompleted,
            text: Some("Ja, ich möchte den Newsletter der Musterbau Maschinen GmbH.".to_owned()),
            circumstances: Circumstances::default(),
            told: None,
        };
        self.organisation.record_consent(&new, &act())?;
        Ok(())
    }
}

/// Runs `work` on every writer's thread and returns how many writes a round has.
fn on_all_writers(work: impl Fn(usize) -> Result<()> + Sync) -> Result<usize> {
    thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = (0..WRITERS)
            .map(|number| scope.spawn(move || work(number)))
            .collect();
        for thread in threads {
            thread.join().map_err(|_| "a writer ended")??;
        }
        Ok(WRITES)
    })
}

fn write_bare_sqlite(
    connection: &Mutex<rusqlite::Connection>,
    consents: bare_sqlite::Table,
    entries: bare_sqlite::Table,
) -> Result<f64> {
    let rows: Vec<_> = consents.rows.into_iter().zip(entries.rows).collect();
    if rows.len() != WRITES {
        return Err(format!("{} rows to copy instead of {WRITES}", rows.len()).into());
    }
    rate(|| {
        let (jobs, queue) = mpsc::channel();
        thread::scope(|scope| {
            let sql = [&*consents.insert, &*entries.insert];
            let engine = scope.spawn(move || {
                let connection = connection.lock().map_err(|_| "the connection is lost")?;
                bare_sqlite::write_grouped(&connection, sql, &queue)
            });
            let count = on_all_writers(|number| {
                for (consent, entry) in rows.iter().skip(number).step_by(WRITERS) {
                    let (saved, answer) = mpsc::sync_channel(1);
                    jobs.send((consent.clone(), entry.clone(), saved))?;
                    answer.recv()?;
                }
                Ok(())
            });
            drop(jobs);
            engine.join().map_err(|_| "the engine's thread ended")??;
            count
        })
    })
}

type Rows = (String, Vec<bare_postgres::Row>);

fn write_bare_postgres(url: &str, consents: &Rows, entries: &Rows) -> Result<f64> {
    if consents.1.len() != WRITES || entries.1.len() != WRITES {
        return Err(format!("{} rows to copy instead of {WRITES}", consents.1.len()).into());
    }
    let clients: Result<Vec<_>> = (0..WRITERS)
        .map(|_| {
            let mut client = bare_postgres::connect(url)?;
            let statements = (client.prepare(&consents.0)?, client.prepare(&entries.0)?);
            Ok(Mutex::new((client, statements)))
        })
        .collect();
    let clients = clients?;
    rate(|| {
        on_all_writers(|number| {
            let mut client = clients[number]
                .lock()
                .map_err(|_| "the connection is lost")?;
            let (client, (consent_sql, entry_sql)) = &mut *client;
            let rows = consents.1.iter().zip(&entries.1);
            for (consent, entry) in rows.skip(number).step_by(WRITERS) {
                bare_postgres::insert(client, [consent_sql, entry_sql], consent, entry)?;
            }
            Ok(())
        })
    })
}

/// Appends to a file, waiting for the disk each time.
struct Disk {
    file: File,
    path: PathBuf,
}

impl Disk {
    fn new(place: &Path) -> Result<Self> {
        let path = place.join("appended");
        Ok(Self {
            file: File::create(&path)?,
            path,
        })
    }

    fn round(&mut self) -> Result<f64> {
        rate(|| {
            for _ in 0..WRITES {
                self.file.write_all(&[7; 512])?;
                self.file.sync_data()?;
            }
            Ok(WRITES)
        })
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

fn print(ours: &str, theirs: &str, figures: Comparison, goal: Option<f64>) {
    println!(
        "{}",
        Line {
            ours,
            theirs,
            unit: "/s",
            figures,
            goal
        }
    );
}
