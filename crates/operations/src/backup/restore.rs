//! Restores a backup into an empty place: what was read is genuine, the log holds from its first entry
//! to its signature, and everything in the journal is applied, before anybody else can open it.

use std::collections::{HashMap, HashSet};
use std::io::{self, Read};

use flate2::read::ZlibDecoder;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::backup::{Loaded, LoadedRow, Part};
use store::{Id, Target};
use vault::{MasterKey, OpeningReader, Secret};

use super::depot::Depot;
use super::head::Heads;
use super::journal;
use super::manifest::{Log, Manifest};
use super::name::Stem;
use super::noted::Noted;
use super::reapply::{Reapplied, reapply};
use super::{BackupError, DATA, JOURNAL, KEYS, MANIFEST, Places};
use crate::access::INSTALLATION;
use crate::campaign::CampaignState;
use crate::installation::BACKUP_KEY;
use crate::log::append::{self, Kind};
use crate::mail;
use crate::{Act, Error, Installation, Organisation, Wrong};

/// Tables that are not restored: what is in them lets somebody in, and may have been used or taken back.
const LEFT_OUT: [&str; 6] = [
    "session",
    "link",
    "ceremony",
    "outbox",
    "own_link",
    "request_calendar",
];

/// What a restore may go on without.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lost {
    /// Nothing: what is missing is an error.
    #[default]
    Nothing,
    /// Parts of the journal, or all of it: whoever was erased or objected after the backup may come back.
    Journal,
}

/// What the journal says, by organisation.
type ByOrganisation = HashMap<Id, Vec<Noted>>;

/// A backup that was restored.
#[derive(Clone, Debug, Serialize)]
pub struct Restored {
    /// The backup.
    pub name: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// Entries of the logs that were checked, from the first to the signature.
    pub entries: u64,
    /// How many rows it has.
    pub rows: u64,
    /// What happened after the backup and was applied again.
    pub reapplied: Reapplied,
    /// Whether parts of the journal were missing, so that who was erased or objected may be back.
    pub journal_lost: bool,
    /// Mails that waited then; nobody knows whether they went out meanwhile, so they are not sent.
    pub unsure_mails: u64,
    /// What is wrong with state or keys all the same; empty if all is well.
    pub faults: Vec<Wrong>,
}

/// Restores the newest backup, or the one that is named, into an empty place, with what the journal
/// says. Every organisation's log gets an entry that says so, and whether it went on without a whole
/// journal.
///
/// # Errors
/// When a file is missing or not genuine, the journal does not reach as far as it is known to, the log does not hold, or the place is not empty or can't be
/// written. Nothing is left there then.
pub fn restore(
    places: &Places,
    name: Option<&str>,
    master: &MasterKey,
    target: &Target,
    lost: Lost,
    act: &Act,
) -> Result<Restored, BackupError> {
    let (restored, loaded) = prepare(places, name, master, target, lost, act)?;
    loaded.end()?;
    Ok(restored)
}

/// As [`restore`], up to the moment from which it counts.
pub(super) fn prepare(
    places: &Places,
    name: Option<&str>,
    master: &MasterKey,
    target: &Target,
    lost: Lost,
    act: &Act,
) -> Result<(Restored, Loaded), BackupError> {
    let stem = find(&*places.data, name, None)?;
    let found = find_keys(&*places.keys, &stem, master)?;
    let (keys, secret) = (&found.stem, &found.secret);
    let manifest = Manifest::read(&*places.data, &stem, &secret.stream_key(MANIFEST))?;
    let (mut noted, missing) = read_journal(places, &stem, &manifest, &found)?;
    if let Some(missing) = &missing
        && lost == Lost::Nothing
    {
        return Err(BackupError::Journal {
            place: places.keys.describe(),
            missing: missing.clone(),
        });
    }
    let loaded = load(
        places,
        &manifest,
        (&stem, keys),
        secret,
        master,
        target,
        &noted,
    )?;
    let staged = loaded.target().ok_or(Error::Stored("restore"))?;
    let installation = Installation::open_to_restore(&staged, master.clone())?;
    // Keys that were written after the data lack exactly those of who was erased.
    let lost_are_erased = *keys >= stem;
    let mut restored = Restored {
        name: manifest.name.clone(),
        made_at: manifest.made_at,
        entries: 0,
        rows: manifest.rows.values().sum(),
        reapplied: Reapplied::default(),
        journal_lost: missing.is_some(),
        unsure_mails: 0,
        faults: Vec::new(),
    };
    for log in &manifest.organisations {
        restored.entries += check_log(&installation, log)?;
    }
    installation
        .store()
        .write(|tx| store::campaign::pause_all(tx, CampaignState::Paused as i16))?;
    for this in Organisation::all(&installation)? {
        let noted = noted.remove(&this.id()).unwrap_or_default();
        let applied = reapply(&this, noted, lost_are_erased, act)?;
        restored.unsure_mails += unsure_mails(&this, act)?;
        this.end_answers_of_backup(act)?;
        // Somebody may have stopped it since; what is still due is proposed again.
        let org = this.id();
        let open = this
            .store()
            .read(|tx| store::retention::open_run(tx, org))?;
        if let Some(run) = open {
            this.call_off_retention_run(run.id, act)?;
        }
        let (here, by) = (this.clone(), act.clone());
        let what = json!({
            "backup": manifest.name,
            "made_at": manifest.made_at,
            "entries": restored.entries,
            "reapplied": applied,
            "journal_lost": restored.journal_lost,
        });
        installation
            .store()
            .write(move |tx| append::clear(tx, &here, &by, Kind::BackupRestored, what))?;
        this.sequence(act.at)?;
        restored.reapplied.add(applied);
        restored.faults.extend(this.verify()?.faults);
    }
    Ok((restored, loaded))
}

/// What the journal says of each organisation, and what of it is missing, if anything is.
fn read_journal(
    places: &Places,
    stem: &Stem,
    manifest: &Manifest,
    found: &Found,
) -> Result<(ByOrganisation, Option<String>), BackupError> {
    let (place, key) = (&*places.keys, found.secret.stream_key(JOURNAL));
    let mut missing = Vec::new();
    let mut heads = found.heads.clone();
    match Heads::of(place, &key)? {
        Some(here) => heads.add(&here),
        None => missing.push("the file .head that says how far it reaches".to_owned()),
    }
    heads.add_manifest(manifest)?;
    // A newer backup knows a longer journal.
    let newest = find(&*places.data, None, Some(&stem.installation))?;
    if newest != *stem {
        let secret = found.secret.stream_key(MANIFEST);
        heads.add_manifest(&Manifest::read(&*places.data, &newest, &secret)?)?;
    }
    let mut noted = HashMap::new();
    for log in &manifest.organisations {
        let id = log.id().ok_or(Error::Stored("manifest"))?;
        let asked = journal::Asked {
            organisation: id,
            generation: log.generation,
            size: log.size,
            keys: found.heads.to(id, log.generation).unwrap_or(log.size),
        };
        let since = journal::since(place, &key, asked, &heads)?;
        missing.extend(since.missing);
        noted.insert(id, since.noted);
    }
    Ok((noted, (!missing.is_empty()).then(|| missing.join("; "))))
}

/// Ends what waited to be sent; returns how many mails that were.
fn unsure_mails(this: &Organisation, act: &Act) -> Result<u64, Error> {
    let mut all = 0;
    loop {
        let (here, by) = (this.clone(), act.clone());
        let some = this
            .store()
            .write(move |tx| mail::unsure_after_restore(tx, &here, &by))?;
        if some == 0 {
            return Ok(all);
        }
        all += some;
    }
}

/// The newest backup, or the one that is named, of this installation or of any.
pub(super) fn find(
    place: &dyn Depot,
    name: Option<&str>,
    installation: Option<&str>,
) -> Result<Stem, BackupError> {
    let names = place.list().map_err(|e| BackupError::place(place, e))?;
    let all = names.iter().filter_map(|name| Stem::of_manifest(name));
    let ours = |stem: &Stem| installation.is_none_or(|ours| ours == stem.installation);
    let mut all: Vec<_> = all.filter(ours).collect();
    all.sort_unstable();
    let Some(newest) = all.last() else {
        return Err(BackupError::None(place.describe()));
    };
    let Some(name) = name else {
        return if all
            .iter()
            .any(|stem| stem.installation != newest.installation)
        {
            Err(BackupError::Several(place.describe()))
        } else {
            Ok(newest.clone())
        };
    };
    let found = all.iter().find(|stem| stem.to_string() == name);
    found.cloned().ok_or_else(|| {
        let newest = all.iter().rev().take(5).map(ToString::to_string);
        BackupError::Unknown(newest.collect::<Vec<_>>().join(", "))
    })
}

/// A file of keys.
struct Found {
    stem: Stem,
    /// The secret in it that opens everything else.
    secret: Secret,
    /// How far the journal reached when it was written.
    heads: Heads,
}

/// The newest file of keys for this backup.
fn find_keys(place: &dyn Depot, of: &Stem, master: &MasterKey) -> Result<Found, BackupError> {
    let names = place.list().map_err(|e| BackupError::place(place, e))?;
    let all = names.iter().filter_map(|name| Stem::of_keys(name));
    let newest = all
        .filter(|stem| stem.installation == of.installation)
        .max()
        .ok_or_else(|| BackupError::NoKeys(place.describe()))?;
    let mut wrapped = None;
    let heads = read_keys(place, &newest, master, |input| {
        store::backup::scan(input, |row| {
            if row.table() == "system_key" && row.text("name") == Some(BACKUP_KEY) {
                wrapped = row.bytes("wrapped").map(<[u8]>::to_vec);
            }
        })
    })?;
    let wrapped = wrapped.ok_or_else(|| {
        BackupError::not_genuine(&newest.keys(), &"the secret for backups is missing")
    })?;
    Ok(Found {
        secret: Secret::unwrap_from(master, BACKUP_KEY, &wrapped)?,
        stem: newest,
        heads,
    })
}

/// Reads a file of keys; returns what it says of the journal, which stands first.
fn read_keys<T>(
    place: &dyn Depot,
    keys: &Stem,
    master: &MasterKey,
    read: impl FnOnce(&mut dyn Read) -> Result<T, store::StoreError>,
) -> Result<Heads, BackupError> {
    let name = keys.keys();
    let opened = place.get(&name).and_then(|file| {
        let mut opened = OpeningReader::new(file, &master.stream_key(KEYS), &name)?;
        Ok((Heads::take(&mut opened)?, opened))
    });
    let (heads, mut opened) = opened.map_err(|error| BackupError::reading(place, &name, error))?;
    read(&mut opened).map_err(|error| not_read(&name, error))?;
    Ok(heads)
}

/// What the store could not read of a file: that file is at fault.
fn not_read(file: &str, error: store::StoreError) -> BackupError {
    match error {
        store::StoreError::Backup(error) => BackupError::not_genuine(file, &error),
        store::StoreError::Malformed(what) => BackupError::not_genuine(file, &what),
        store::StoreError::Newer { .. } => BackupError::Newer(file.to_owned()),
        other => other.into(),
    }
}

fn load(
    places: &Places,
    manifest: &Manifest,
    (stem, keys): (&Stem, &Stem),
    secret: &Secret,
    master: &MasterKey,
    target: &Target,
    noted: &ByOrganisation,
) -> Result<Loaded, BackupError> {
    let gone = erased(noted);
    let has_to_go = |row: &LoadedRow<'_>| {
        let whose = row.id("org").zip(row.id("contact"));
        row.table() == "contact_key" && whose.is_some_and(|whose| gone.contains(&whose))
    };
    let ((), loaded) = store::backup::load(target, |loader| -> Result<(), BackupError> {
        read_keys(&*places.keys, keys, master, |input| {
            loader.rows(Part::Keys, input, |row| !has_to_go(row))
        })?;
        let (place, name) = (&*places.data, stem.data());
        let reading = |error| BackupError::reading(place, &name, error);
        let mut hashed = Hashed::new(place.get(&name).map_err(reading)?);
        let opened = OpeningReader::new(&mut hashed, &secret.stream_key(DATA), &name);
        let mut input = ZlibDecoder::new(opened.map_err(reading)?);
        let kept = |row: &LoadedRow<'_>| !LEFT_OUT.contains(&row.table());
        let counts = loader.rows(Part::Main, &mut input, kept);
        let counts = counts.map_err(|error| not_read(&name, error))?;
        let mut sealed = input.into_inner();
        io::copy(&mut sealed, &mut io::sink()).map_err(reading)?;
        if hashed.end() != manifest.sha256 {
            return Err(BackupError::not_genuine(
                &name,
                &"its hash is not the manifest's",
            ));
        }
        let mut expected = manifest.rows.iter();
        let whole = expected.all(|(table, count)| {
            LEFT_OUT.contains(&table.as_str()) || counts.get(table) == Some(count)
        });
        if !whole {
            return Err(BackupError::not_genuine(&name, &"rows are missing"));
        }
        Ok(())
    })?;
    Ok(loaded)
}

/// Whose keys must not be there.
fn erased(noted: &ByOrganisation) -> HashSet<(Id, Id)> {
    let all = noted
        .iter()
        .flat_map(|(org, noted)| noted.iter().map(move |noted| (*org, noted)));
    all.filter_map(|(org, noted)| match noted {
        Noted::Erased { contact, .. } => Some((org, contact.parse().ok()?)),
        Noted::RoleEnded {
            account,
            erased: true,
        } => Some((INSTALLATION, account.parse().ok()?)),
        _ => None,
    })
    .collect()
}

/// Checks the log of an organisation from its first entry to the signature that the manifest names.
fn check_log(installation: &Installation, log: &Log) -> Result<u64, BackupError> {
    let id = log.id().ok_or(Error::Stored("manifest"))?;
    let this = Organisation::by_id(installation, id)?;
    let latest = installation
        .store()
        .read(|tx| store::evidence_checkpoint::latest(tx, id))?;
    if latest.map(|latest| latest.note).unwrap_or_default() != log.checkpoint {
        let reason = "its checkpoint is not the manifest's";
        return Err(BackupError::Log(reason.to_owned()));
    }
    let checked = this.verify_log()?;
    match checked.faults.first() {
        Some(fault) => Err(BackupError::Log(fault.what.clone())),
        None => Ok(checked.entries),
    }
}

/// Hashes what is read.
struct Hashed<R> {
    input: R,
    hash: Sha256,
}

impl<R: Read> Hashed<R> {
    fn new(input: R) -> Self {
        Self {
            input,
            hash: Sha256::new(),
        }
    }

    fn end(self) -> String {
        hex::encode(self.hash.finalize())
    }
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(into)?;
        self.hash.update(&into[..count]);
        Ok(count)
    }
}
