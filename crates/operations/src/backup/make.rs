//! Makes a backup, while others read and write.

use std::collections::BTreeSet;
use std::io::{self, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::StoreError;
use store::backup::{Part, RowCounts};
use vault::{SealingWriter, StreamKey};

use super::depot::Depot;
use super::head::Heads;
use super::manifest::{FORMAT, Log, Manifest};
use super::name::Stem;
use super::{BackupError, DATA, JOURNAL, KEYS, MANIFEST, Places, journal};
use crate::log::append::{self, Kind};
use crate::{Act, Error, Installation, Organisation};

/// Which older backups go when a new one is made. The newest always stays.
#[derive(Clone, Copy, Debug, Default)]
pub struct Retention {
    /// How many are kept, the new one included.
    pub count: Option<u32>,
    /// For how many days.
    pub days: Option<u32>,
}

/// A backup that was made.
#[derive(Clone, Debug, Serialize)]
pub struct Made {
    /// What its files are called, without their ends.
    pub name: String,
    /// Bytes of the file of data.
    pub bytes: u64,
    /// How many rows it has.
    pub rows: u64,
    /// How many older backups were removed.
    pub removed: u64,
}

impl Installation {
    /// Makes a backup of everything as it is at one moment. Others may read and write meanwhile.
    ///
    /// # Errors
    /// When the installation can't be read or the places can't be written. Nothing counts then.
    pub fn back_up(
        &self,
        places: &Places,
        retention: Retention,
        act: &Act,
    ) -> Result<Made, BackupError> {
        let organisations = Organisation::all(self)?;
        for organisation in &organisations {
            organisation.sequence(act.at)?;
        }
        let secret = self.backup_secret()?;
        let stem = Stem::new(secret.stream_key(JOURNAL).id(), act.at);
        // First: what is erased while the data are read must be in the journal.
        self.ship_journal(&*places.keys)?;
        let manifest = self.write_data(&*places.data, &stem, &secret.stream_key(DATA), act)?;
        self.ship_whole_journal(&*places.keys)?;
        self.write_keys(&*places.keys, &stem)?;
        self.ship_journal(&*places.keys)?;
        self.compact_journal(places)?;
        let text = manifest.to_text(&secret.stream_key(MANIFEST))?;
        let place = &*places.data;
        let fill = &mut |out: &mut dyn Write| out.write_all(text.as_bytes());
        let put = place.put(&stem.manifest(), fill);
        put.map_err(|error| BackupError::place(place, error))?;
        remove_older_keys(&*places.keys, &stem)?;
        let made = Made {
            name: stem.to_string(),
            bytes: manifest.bytes,
            rows: manifest.rows.values().sum(),
            removed: remove_older(place, &stem, retention, act.at)?,
        };
        for organisation in organisations {
            let (this, by, what) = (organisation.clone(), act.clone(), json!(made));
            self.store()
                .write(move |tx| append::clear(tx, &this, &by, Kind::BackupMade, what))?;
            organisation.sequence(act.at)?;
        }
        Ok(made)
    }

    /// Writes the keys anew and removes older files of them: who was erased can't be read in any
    /// backup from then on.
    ///
    /// # Errors
    /// When the place can't be written; the older file stays then.
    pub fn renew_keys(&self, place: &dyn Depot, act: &Act) -> Result<(), BackupError> {
        let installation = self.backup_secret()?.stream_key(JOURNAL).id();
        let stem = Stem::new(installation, act.at);
        self.write_keys(place, &stem)?;
        remove_older_keys(place, &stem)
    }

    fn write_data(
        &self,
        place: &dyn Depot,
        stem: &Stem,
        key: &StreamKey,
        act: &Act,
    ) -> Result<Manifest, BackupError> {
        let (mut logs, mut rows) = (Vec::new(), RowCounts::new());
        let (mut bytes, mut sha256) = (0, String::new());
        let mut fault = None;
        let written = place.put(&stem.data(), &mut |out| {
            let mut counted = Counted::new(out);
            let snapshot = self.store().read(|tx| -> Result<_, Error> {
                for row in store::organisation::list(tx)? {
                    let latest = store::evidence_checkpoint::latest(tx, row.id)?;
                    logs.push(Log {
                        organisation: row.id.to_string(),
                        generation: journal::generation(tx, row.id)?,
                        size: store::evidence_entry::log_size(tx, row.id)?,
                        checkpoint: latest.map(|latest| latest.note).unwrap_or_default(),
                    });
                }
                let sealing = SealingWriter::new(&mut counted, key, &stem.data());
                let mut out = ZlibEncoder::new(sealing.map_err(file)?, Compression::fast());
                let rows = store::backup::write(tx, Part::Main, &mut out)?;
                out.finish().and_then(SealingWriter::finish).map_err(file)?;
                Ok(rows)
            });
            match snapshot {
                Ok(counts) => rows = counts,
                Err(error) => {
                    let told = io::Error::other(error.to_string());
                    fault = Some(error);
                    return Err(told);
                }
            }
            (bytes, sha256) = counted.end();
            Ok(())
        });
        if let Some(error) = fault {
            return Err(error.into());
        }
        written.map_err(|error| BackupError::place(place, error))?;
        Ok(Manifest {
            format: FORMAT,
            name: stem.to_string(),
            made_at: act.at,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            engine: self.engine().to_owned(),
            bytes,
            sha256,
            rows,
            organisations: logs,
        })
    }

    fn write_keys(&self, place: &dyn Depot, stem: &Stem) -> Result<(), BackupError> {
        let key = self.master().stream_key(KEYS);
        let heads = Heads::of(place, &self.backup_secret()?.stream_key(JOURNAL))?;
        let heads = heads.unwrap_or_default();
        let mut fault: Option<StoreError> = None;
        let written = place.put(&stem.keys(), &mut |out| {
            let mut sealing = SealingWriter::new(out, &key, &stem.keys())?;
            heads.put(&mut sealing)?;
            let snapshot = self
                .store()
                .read(|tx| store::backup::write(tx, Part::Keys, &mut sealing));
            if let Err(error) = snapshot {
                let told = io::Error::other(error.to_string());
                fault = Some(error);
                return Err(told);
            }
            sealing.finish().map(drop)
        });
        if let Some(error) = fault {
            return Err(error.into());
        }
        written.map_err(|error| BackupError::place(place, error))
    }
}

fn file(error: io::Error) -> Error {
    Error::file("the backup", error)
}

/// One file of keys opens every backup, and a second one would only keep keys that have to go.
fn remove_older_keys(place: &dyn Depot, newest: &Stem) -> Result<(), BackupError> {
    let cannot = |error| BackupError::place(place, error);
    for name in place.list().map_err(cannot)? {
        let older = Stem::of_keys(&name)
            .is_some_and(|stem| stem.installation == newest.installation && stem < *newest);
        if older {
            place.remove(&name).map_err(cannot)?;
        }
    }
    Ok(())
}

/// Removes backups that are kept no longer, and files of data whose backup was never finished.
fn remove_older(
    place: &dyn Depot,
    newest: &Stem,
    retention: Retention,
    now: Timestamp,
) -> Result<u64, BackupError> {
    let cannot = |error| BackupError::place(place, error);
    let names = place.list().map_err(cannot)?;
    let ours = |stem: &Stem| stem.installation == newest.installation;
    let manifests = names.iter().filter_map(|name| Stem::of_manifest(name));
    let whole: BTreeSet<Stem> = manifests.filter(ours).collect();
    let mut removed = 0;
    for (number, stem) in whole.iter().rev().enumerate() {
        let age = stem.made_at().map(|at| now.duration_since(at));
        let too_many = retention.count.is_some_and(|most| number >= most as usize);
        let too_old = retention
            .days
            .zip(age)
            .is_some_and(|(days, age)| age > SignedDuration::from_hours(24 * i64::from(days)));
        if stem == newest || !(too_many || too_old) {
            continue;
        }
        // The manifest first: what is left of it does not count any more.
        place.remove(&stem.manifest()).map_err(cannot)?;
        place.remove(&stem.data()).map_err(cannot)?;
        removed += 1;
    }
    let data = names.iter().filter_map(|name| Stem::of_data(name));
    for left in data
        .filter(ours)
        .filter(|stem| stem < newest && !whole.contains(stem))
    {
        place.remove(&left.data()).map_err(cannot)?;
    }
    Ok(removed)
}

/// Counts and hashes what is written.
struct Counted<'a> {
    out: &'a mut dyn Write,
    bytes: u64,
    hash: Sha256,
}

impl<'a> Counted<'a> {
    fn new(out: &'a mut dyn Write) -> Self {
        Self {
            out,
            bytes: 0,
            hash: Sha256::new(),
        }
    }

    fn end(self) -> (u64, String) {
        (self.bytes, hex::encode(self.hash.finalize()))
    }
}

impl Write for Counted<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.bytes += count as u64;
        self.hash.update(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
