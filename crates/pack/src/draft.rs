//! Makes a pack: first its files, then, once their manifest is in the log, the archive.

use evidence::{LogVerifier, Pseudonym, Receipt, ReceiptError};
use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::archive::{Files, write_archive};
use crate::consent::{ConsentRecord, consents, said};
use crate::context::Context;
use crate::jsonld::consents_jsonld;
use crate::layout::{
    CHECKPOINT, CONSENTS, CONTEXT, Document, FORMAT, ISSUED_FILE, KEY, MANIFEST, MAX_FILE_BYTES,
    MAX_FILES, MAX_PACK_BYTES, README, SUMMARY, entry_file, hex, sha256, text_file,
};
use crate::manifest::{Issued, ListedEntry, Manifest};
use crate::proven::Proven;
use crate::readme;
use crate::verify::fingerprint;

/// Why a pack can't be made.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// A receipt proves nothing; then something is wrong with the log.
    #[error(transparent)]
    Receipt(#[from] ReceiptError),
    /// A receipt whose content nobody can read.
    #[error("the content of entry {0} is not disclosed")]
    Sealed(i64),
    /// More than a pack can hold.
    #[error("there is more about this person than a pack can hold")]
    TooLarge,
    /// The archive can't be written.
    #[error("the pack could not be written")]
    Archive,
}

/// A pack whose entries are read, and whose files are not all there yet.
pub struct Draft {
    key: LogVerifier,
    context: Context,
    made_at: Timestamp,
    subjects: Vec<Pseudonym>,
    entries: Vec<(i64, Proven)>,
    files: Files,
    checkpoint: String,
    size: u64,
}

/// A pack that waits for the entry which proves that it was made.
pub struct Ready {
    made_at: Timestamp,
    entries: u64,
    manifest_sha256: String,
    files: Files,
}

impl Draft {
    /// Reads receipts, with their numbers at the controller, all under one checkpoint. The first of
    /// `subjects` stands for the person.
    ///
    /// # Errors
    /// When a receipt proves nothing or does not disclose its content.
    pub fn new(
        key: &LogVerifier,
        context: Context,
        made_at: Timestamp,
        subjects: Vec<Pseudonym>,
        checkpoint: &str,
        receipts: &[(i64, Receipt)],
    ) -> Result<Self, DraftError> {
        let mut entries = Vec::with_capacity(receipts.len());
        let mut files = Files::new();
        for (number, receipt) in receipts {
            let verified = receipt.verify(key)?;
            let proven = Proven::of(&verified).ok_or(DraftError::Sealed(*number))?;
            files.insert(entry_file(proven.index), receipt.to_json()?.into_bytes());
            if let (Some(hash), Some(text)) = (proven.text("text_sha256"), proven.text("text")) {
                files.insert(text_file(&hash), text.into_bytes());
            }
            entries.push((*number, proven));
        }
        entries.sort_by_key(|(_, proven)| proven.index);
        Ok(Self {
            size: key
                .open(checkpoint.as_bytes())
                .map_err(ReceiptError::from)?
                .size,
            key: key.clone(),
            context,
            made_at,
            subjects,
            entries,
            files,
            checkpoint: checkpoint.to_owned(),
        })
    }

    /// The entries with their numbers, in the order of the log.
    #[must_use]
    pub fn entries(&self) -> &[(i64, Proven)] {
        &self.entries
    }

    /// The consents that the entries tell of.
    #[must_use]
    pub fn consents(&self) -> Vec<ConsentRecord> {
        consents(&self.proven())
    }

    /// What the controller says of itself.
    #[must_use]
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// The signed checkpoint that all receipts rest on.
    #[must_use]
    pub fn checkpoint(&self) -> &str {
        &self.checkpoint
    }

    /// Entries in the log at that checkpoint.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The key that checks the pack.
    #[must_use]
    pub fn key(&self) -> &LogVerifier {
        &self.key
    }

    /// The consents in terms of the DPV.
    #[must_use]
    pub fn consents_jsonld(&self) -> Value {
        let subject = self.subjects.first().map(|subject| hex(subject));
        consents_jsonld(
            &self.context,
            &subject.unwrap_or_default(),
            self.made_at,
            &self.consents(),
        )
    }

    /// The documents that entries name.
    #[must_use]
    pub fn documents(&self) -> Vec<Document> {
        let named = self
            .entries
            .iter()
            .map(|(_, entry)| said(entry, "documents"));
        named.flatten().flat_map(|all: Vec<Document>| all).collect()
    }

    /// Puts the bytes of a document in.
    pub fn add_document(&mut self, document: &Document, bytes: Vec<u8>) {
        self.files.insert(document.file(), bytes);
    }

    fn proven(&self) -> Vec<Proven> {
        self.entries
            .iter()
            .map(|(_, proven)| proven.clone())
            .collect()
    }

    /// Puts the summary in and seals the list of files.
    ///
    /// # Errors
    /// When the pack would be larger than one may be.
    pub fn ready(mut self, summary: Vec<u8>) -> Result<Ready, DraftError> {
        let jsonld = pretty(&self.consents_jsonld())?;
        let context = pretty(&self.context)?;
        let key = format!("{}\n", self.key);
        let own = [
            (README, readme::text(&fingerprint(&self.key)).into_bytes()),
            (SUMMARY, summary),
            (CONSENTS, jsonld),
            (CONTEXT, context),
            (CHECKPOINT, self.checkpoint.into_bytes()),
            (KEY, key.into_bytes()),
        ];
        for (name, content) in own {
            self.files.insert(name.to_owned(), content);
        }
        let total: u64 = self.files.values().map(|file| file.len() as u64).sum();
        let mut sizes = self.files.values().map(|file| file.len() as u64);
        // Room is left for the manifest and the last receipt.
        if total + 4 * MAX_FILE_BYTES > MAX_PACK_BYTES
            || self.files.len() + 2 > MAX_FILES
            || sizes.any(|size| size > MAX_FILE_BYTES)
        {
            return Err(DraftError::TooLarge);
        }
        let files = self.files.iter();
        let manifest = Manifest {
            format: FORMAT.to_owned(),
            log: self.key.origin().to_owned(),
            made_at: self.made_at,
            subjects: self.subjects.iter().map(|subject| hex(subject)).collect(),
            entries: self
                .entries
                .iter()
                .map(|(number, proven)| ListedEntry::new(*number, proven))
                .collect(),
            files: files
                .map(|(name, file)| (name.clone(), sha256(file)))
                .collect(),
        };
        let manifest = pretty(&manifest)?;
        let manifest_sha256 = sha256(&manifest);
        self.files.insert(MANIFEST.to_owned(), manifest);
        Ok(Ready {
            made_at: self.made_at,
            entries: self.entries.len() as u64,
            manifest_sha256,
            files: self.files,
        })
    }
}

impl Ready {
    /// What the entry of kind [`crate::ISSUED`] has to say.
    #[must_use]
    pub fn to_log(&self) -> Map<String, Value> {
        let issued = Issued {
            manifest_sha256: self.manifest_sha256.clone(),
            entries: self.entries,
        };
        match serde_json::to_value(issued) {
            Ok(Value::Object(map)) => map,
            // A struct becomes an object.
            _ => Map::new(),
        }
    }

    /// The archive, with the disclosed receipt of that entry.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn finish(mut self, issued: &str) -> Result<Vec<u8>, DraftError> {
        self.files
            .insert(ISSUED_FILE.to_owned(), issued.as_bytes().to_vec());
        write_archive(&self.files, self.made_at).map_err(|_| DraftError::Archive)
    }
}

fn pretty(value: &impl serde::Serialize) -> Result<Vec<u8>, DraftError> {
    let mut text = serde_json::to_vec_pretty(value).map_err(|_| DraftError::Archive)?;
    text.push(b'\n');
    Ok(text)
}
