//! Checks a pack with the public key alone.

use std::collections::BTreeSet;

use evidence::{LogVerifier, Receipt, ReceiptError};
use jiff::Timestamp;

use crate::archive::{ArchiveError, Files, read_archive};
use crate::consent::{ConsentRecord, consents, said};
use crate::context::Context;
use crate::jsonld::consents_jsonld;
use crate::layout::{
    CHECKPOINT, CONSENTS, CONTEXT, DOCUMENTS, Document, ENTRIES, FORMAT, ISSUED, ISSUED_FILE, KEY,
    MANIFEST, README, SUMMARY, TEXTS, entry_file, hex, sha256, text_file,
};
use crate::manifest::{Issued, ListedEntry, Manifest};
use crate::proven::Proven;

/// What was checked without a fault.
#[derive(Clone, Debug)]
pub struct Report {
    /// The key that the pack was checked with.
    pub key: LogVerifier,
    /// Whether that key came from the pack itself, so that its fingerprint has to be compared.
    pub key_from_pack: bool,
    /// When the pack was made.
    pub made_at: Timestamp,
    /// Who made it, as evidence names accounts.
    pub made_by: String,
    /// The entries, in the order of the log.
    pub entries: Vec<Proven>,
    /// The consents that they tell of.
    pub consents: Vec<ConsentRecord>,
    /// How many files the pack has.
    pub files: usize,
}

/// Something that is wrong, and where.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {reason}")]
pub struct Fault {
    /// The file concerned.
    pub place: String,
    /// What is wrong with it.
    pub reason: Reason,
}

/// What can be wrong with a pack.
#[derive(Debug, thiserror::Error)]
pub enum Reason {
    /// The archive is none, or no pack.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// A file is not there.
    #[error("the file is missing")]
    Missing,
    /// A file that nothing speaks of.
    #[error("the file does not belong to the pack")]
    Excess,
    /// A file is not in its form.
    #[error("the file is not in its form")]
    Malformed,
    /// A pack of a format that is not known here.
    #[error("this is a pack of another format than {FORMAT}")]
    Format,
    /// The key in the pack is not the one that was given.
    #[error("the pack brings another key than the one given: it is not from this log")]
    ForeignKey,
    /// A file was changed.
    #[error("the file was changed: its SHA-256 is not the one in the manifest")]
    Changed,
    /// The manifest is not the one that the log proves.
    #[error("the manifest is not the one whose SHA-256 is in the log")]
    Manifest,
    /// A receipt proves nothing.
    #[error(transparent)]
    Receipt(#[from] ReceiptError),
    /// A receipt of another entry.
    #[error("the receipt is not of the entry that its name and the manifest say")]
    OtherEntry,
    /// An entry about somebody else.
    #[error("the entry is about somebody else")]
    OtherPerson,
    /// A receipt whose content can't be read.
    #[error("the entry's content is not disclosed, or nothing that can be read")]
    Sealed,
    /// A receipt under another checkpoint than the pack's.
    #[error("the receipt rests on another checkpoint than the pack")]
    OtherCheckpoint,
    /// Text and hash differ within an entry.
    #[error("the text in the entry has another SHA-256 than the entry says")]
    TextHash,
    /// A text or document is not the one that an entry names.
    #[error("the file is not the one that the entry in {0} names")]
    NotAsNamed(String),
    /// The consents do not say what the entries say.
    #[error("the file says something else than the entries")]
    Consents,
}

/// The fingerprint of a key: SHA-256 over its text, in groups of four.
#[must_use]
pub fn fingerprint(key: &LogVerifier) -> String {
    let digits = sha256(key.to_string().as_bytes());
    let groups: Vec<&str> = (0..digits.len() / 4)
        .filter_map(|group| digits.get(group * 4..group * 4 + 4))
        .collect();
    groups.join(" ")
}

/// Checks a pack. Without a key the pack's own is taken, which proves only that the pack is of one
/// piece: then [`Report::key_from_pack`] is set and the fingerprint has to be compared.
///
/// # Errors
/// Everything that is wrong, with its place.
pub fn verify(archive: &[u8], key: Option<&LogVerifier>) -> Result<Report, Vec<Fault>> {
    let files = read_archive(archive).map_err(|error| one("the pack", error))?;
    let own = own_key(&files)?;
    if key.is_some_and(|key| *key != own) {
        return Err(one(KEY, Reason::ForeignKey));
    }
    let issued = issued(&files, &own)?;
    let manifest = manifest(&files, &issued, &own)?;
    let mut faults = compare_files(&files, &manifest);
    let entries = read_entries(&files, &manifest, &own, &mut faults);
    check_references(&files, &entries, &mut faults);
    check_consents(&files, &manifest, &entries, &mut faults);
    if !is_about(&manifest, &issued) {
        faults.push(fault(ISSUED_FILE, Reason::OtherPerson));
    }
    if faults.is_empty() {
        Ok(Report {
            key: own,
            key_from_pack: key.is_none(),
            made_at: issued.at,
            made_by: issued.actor,
            consents: consents(&entries),
            entries,
            files: files.len(),
        })
    } else {
        Err(faults)
    }
}

fn fault(place: &str, reason: impl Into<Reason>) -> Fault {
    Fault {
        place: place.to_owned(),
        reason: reason.into(),
    }
}

fn one(place: &str, reason: impl Into<Reason>) -> Vec<Fault> {
    vec![fault(place, reason)]
}

fn file<'f>(files: &'f Files, name: &str) -> Result<&'f [u8], Vec<Fault>> {
    let found = files.get(name).ok_or_else(|| one(name, Reason::Missing))?;
    Ok(found)
}

fn own_key(files: &Files) -> Result<LogVerifier, Vec<Fault>> {
    let text = std::str::from_utf8(file(files, KEY)?).ok();
    let key = text.and_then(|text| LogVerifier::from_text(text).ok());
    key.ok_or_else(|| one(KEY, Reason::Malformed))
}

/// The entry that proves that the pack was made.
fn issued(files: &Files, key: &LogVerifier) -> Result<Proven, Vec<Fault>> {
    let receipt = Receipt::from_json(file(files, ISSUED_FILE)?);
    let verified = receipt
        .and_then(|receipt| receipt.verify(key))
        .map_err(|error| one(ISSUED_FILE, error))?;
    let proven = Proven::of(&verified).ok_or_else(|| one(ISSUED_FILE, Reason::Sealed))?;
    if proven.kind == ISSUED {
        Ok(proven)
    } else {
        Err(one(ISSUED_FILE, Reason::OtherEntry))
    }
}

fn manifest(files: &Files, issued: &Proven, key: &LogVerifier) -> Result<Manifest, Vec<Fault>> {
    let bytes = file(files, MANIFEST)?;
    let said: Issued = serde_json::from_value(issued.content.clone().into())
        .map_err(|_| one(ISSUED_FILE, Reason::Malformed))?;
    if said.manifest_sha256 != sha256(bytes) {
        return Err(one(MANIFEST, Reason::Manifest));
    }
    let manifest: Manifest =
        serde_json::from_slice(bytes).map_err(|_| one(MANIFEST, Reason::Malformed))?;
    if manifest.format != FORMAT {
        return Err(one(MANIFEST, Reason::Format));
    }
    let fits = manifest.log == key.origin() && said.entries == manifest.entries.len() as u64;
    if fits {
        Ok(manifest)
    } else {
        Err(one(MANIFEST, Reason::Manifest))
    }
}

/// Every file that the manifest names has to be there unchanged, and no other.
fn compare_files(files: &Files, manifest: &Manifest) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (name, expected) in &manifest.files {
        match files.get(name) {
            None => faults.push(fault(name, Reason::Missing)),
            Some(bytes) if sha256(bytes) != *expected => faults.push(fault(name, Reason::Changed)),
            Some(_) => {}
        }
    }
    let listed =
        |name: &str| manifest.files.contains_key(name) || [MANIFEST, ISSUED_FILE].contains(&name);
    let excess = files.keys().filter(|name| !listed(name));
    faults.extend(excess.map(|name| fault(name, Reason::Excess)));
    for name in [README, SUMMARY] {
        if !files.contains_key(name) {
            faults.push(fault(name, Reason::Missing));
        }
    }
    faults
}

fn read_entries(
    files: &Files,
    manifest: &Manifest,
    key: &LogVerifier,
    faults: &mut Vec<Fault>,
) -> Vec<Proven> {
    let mut entries: Vec<Proven> = Vec::new();
    let mut named = BTreeSet::new();
    for listed in &manifest.entries {
        let name = entry_file(listed.index);
        match read_entry(files, manifest, listed, &name, key) {
            Ok(entry) => {
                // In the order of the log, and none twice.
                if entries.last().is_some_and(|last| last.index >= entry.index) {
                    faults.push(fault(&name, Reason::OtherEntry));
                }
                entries.push(entry);
            }
            Err(reason) => faults.push(fault(&name, reason)),
        }
        named.insert(name);
    }
    let in_folder = files.keys().filter(|name| name.starts_with(ENTRIES));
    let excess = in_folder.filter(|name| !named.contains(*name));
    faults.extend(excess.map(|name| fault(name, Reason::Excess)));
    entries
}

fn read_entry(
    files: &Files,
    manifest: &Manifest,
    listed: &ListedEntry,
    name: &str,
    key: &LogVerifier,
) -> Result<Proven, Reason> {
    let bytes = files.get(name).ok_or(Reason::Missing)?;
    let receipt = Receipt::from_json(bytes)?;
    let verified = receipt.verify(key)?;
    if files.get(CHECKPOINT).map(Vec::as_slice) != Some(receipt.checkpoint.as_bytes()) {
        return Err(Reason::OtherCheckpoint);
    }
    let proven = Proven::of(&verified).ok_or(Reason::Sealed)?;
    if *listed != ListedEntry::new(listed.number, &proven) {
        return Err(Reason::OtherEntry);
    }
    if !is_about(manifest, &proven) {
        return Err(Reason::OtherPerson);
    }
    Ok(proven)
}

fn is_about(manifest: &Manifest, entry: &Proven) -> bool {
    entry
        .subject
        .is_some_and(|subject| manifest.subjects.contains(&hex(&subject)))
}

/// Texts and documents have to be those that the entries name, and no others.
fn check_references(files: &Files, entries: &[Proven], faults: &mut Vec<Fault>) {
    let mut named = BTreeSet::new();
    for entry in entries {
        let by = entry_file(entry.index);
        if let Some(text) = entry.text("text") {
            let hash = sha256(text.as_bytes());
            match entry.text("text_sha256") {
                Some(said) if said != hash => faults.push(fault(&by, Reason::TextHash)),
                Some(_) => {
                    let name = text_file(&hash);
                    if files.get(&name).map(Vec::as_slice) != Some(text.as_bytes()) {
                        faults.push(fault(&name, Reason::NotAsNamed(by.clone())));
                    }
                    named.insert(name);
                }
                None => {}
            }
        }
        for document in said::<Vec<Document>>(entry, "documents").unwrap_or_default() {
            let name = document.file();
            let same = files.get(&name).is_some_and(|bytes| {
                sha256(bytes) == document.sha256 && bytes.len() as u64 == document.bytes
            });
            if !same {
                faults.push(fault(&name, Reason::NotAsNamed(by.clone())));
            }
            named.insert(name);
        }
    }
    let folders = |name: &&String| name.starts_with(TEXTS) || name.starts_with(DOCUMENTS);
    let excess = files.keys().filter(folders);
    let excess = excess.filter(|name| !named.contains(*name));
    faults.extend(excess.map(|name| fault(name, Reason::Excess)));
}

/// The consents are built anew from the entries.
fn check_consents(files: &Files, manifest: &Manifest, entries: &[Proven], faults: &mut Vec<Fault>) {
    let read = |name: &str| files.get(name).ok_or(Reason::Missing);
    let context = read(CONTEXT)
        .and_then(|bytes| serde_json::from_slice::<Context>(bytes).map_err(|_| Reason::Malformed));
    let context = match context {
        Ok(context) => context,
        Err(reason) => return faults.push(fault(CONTEXT, reason)),
    };
    let subject = manifest.subjects.first().map_or("", String::as_str);
    let expected = consents_jsonld(&context, subject, manifest.made_at, &consents(entries));
    let found = read(CONSENTS).and_then(|bytes| {
        serde_json::from_slice::<serde_json::Value>(bytes).map_err(|_| Reason::Malformed)
    });
    match found {
        Ok(found) if found == expected => {}
        Ok(_) => faults.push(fault(CONSENTS, Reason::Consents)),
        Err(reason) => faults.push(fault(CONSENTS, reason)),
    }
}
