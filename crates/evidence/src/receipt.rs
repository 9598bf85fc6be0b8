//! Receipts: one file that proves one entry to whoever has the public key.

use std::fmt;

use base64::prelude::{BASE64_STANDARD, Engine};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::checkpoint::{CheckpointError, LogVerifier};
use crate::entry::{Entry, EntryError};
use crate::hash::Hash;
use crate::proof::{MAX_PROOF_HASHES, ProofError, verify_inclusion};
use crate::sealed::{EntryKey, OpenError};

const FORMAT: &str = "leitplanke-receipt/1";
const README_DE: &str = "Diese Datei beweist, dass der Eintrag in einem signierten, nur fortschreibbaren Protokoll steht. Prüfen: `leitplanke verify DATEI --key SCHLÜSSEL` mit dem öffentlichen Schlüssel des Protokolls, ohne Netz und ohne dessen Betreiber. Verfahren: RFC 6962, c2sp.org/tlog-checkpoint. Ist ein Schlüssel unter `disclosure` angegeben, öffnet er allein den Inhalt dieses Eintrags.";
const README_EN: &str = "This file proves that the entry is in a signed log that can only grow. To check it: `leitplanke verify FILE --key KEY` with the log's public key, without a network and without the log's operator. Method: RFC 6962, c2sp.org/tlog-checkpoint. A key under `disclosure` opens the content of this one entry and of no other.";

/// Proof that one entry is in a log, to be kept as one JSON file.
#[derive(Clone, Debug, PartialEq)]
pub struct Receipt {
    /// The entry.
    pub entry: Entry,
    /// Its index in the log, from 0.
    pub index: u64,
    /// Entries in the log when the checkpoint was signed.
    pub size: u64,
    /// Inclusion proof of the entry in the log of that size.
    pub proof: Vec<Hash>,
    /// The signed checkpoint.
    pub checkpoint: String,
    /// The key of the entry's payload, if it is to be readable.
    pub disclosure: Option<EntryKey>,
}

/// What a receipt proves.
#[derive(Clone, PartialEq)]
pub struct Verified {
    /// The entry; its header says what, when and who.
    pub entry: Entry,
    /// Its index in the log, from 0.
    pub index: u64,
    /// Entries in the log when the checkpoint was signed.
    pub size: u64,
    /// Root hash of the log at that size.
    pub root: Hash,
    /// The payload, if it was sealed and its key is in the receipt.
    pub opened: Option<Zeroizing<Vec<u8>>>,
}

/// Leaves the opened payload out, for it is personal data.
impl fmt::Debug for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Verified(entry {} of {})", self.index, self.size)
    }
}

/// Why a receipt proves nothing.
#[derive(Debug, thiserror::Error)]
pub enum ReceiptError {
    /// Not a receipt.
    #[error("this is not a receipt: {0}")]
    Malformed(#[from] serde_json::Error),
    /// A field is not in its form.
    #[error("the receipt's field `{0}` is malformed")]
    Field(&'static str),
    /// A receipt of a format that is not known here.
    #[error("this is a receipt of format {0:?}; this version reads {FORMAT:?}")]
    Format(String),
    /// The bytes are not those that were written.
    #[error("the receipt's text was changed after it was written")]
    NotCanonical,
    /// The entry in it is no entry.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// The checkpoint is not the log's.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The size is not that of the checkpoint.
    #[error("the receipt says that the log had {receipt} entries, its checkpoint says {signed}")]
    Size {
        /// In the receipt.
        receipt: u64,
        /// In the checkpoint.
        signed: u64,
    },
    /// The entry names another log.
    #[error("the entry belongs to the log {found}, not to {expected}")]
    Log {
        /// The log whose key was given.
        expected: String,
        /// The log named in the entry.
        found: String,
    },
    /// The entry is not in the log.
    #[error(transparent)]
    Proof(#[from] ProofError),
    /// The disclosed key does not fit.
    #[error(transparent)]
    Disclosure(#[from] OpenError),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    format: String,
    readme: Readme,
    index: u64,
    size: u64,
    entry: String,
    proof: Vec<String>,
    checkpoint: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    disclosure: Option<Disclosure>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Readme {
    de: String,
    en: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Disclosure {
    entry_key: String,
}

impl Receipt {
    /// The receipt as a JSON file, in its one canonical form.
    ///
    /// # Errors
    /// Only if the receipt can't be written as JSON, which no value leads to.
    pub fn to_json(&self) -> Result<String, ReceiptError> {
        let written = Written {
            format: FORMAT.to_owned(),
            readme: Readme {
                de: README_DE.to_owned(),
                en: README_EN.to_owned(),
            },
            index: self.index,
            size: self.size,
            entry: BASE64_STANDARD.encode(self.entry.as_bytes()),
            proof: self.proof.iter().map(hex::encode).collect(),
            checkpoint: self.checkpoint.clone(),
            disclosure: self.disclosure.as_ref().map(|key| Disclosure {
                entry_key: hex::encode(key.expose()),
            }),
        };
        let mut json = serde_json::to_string_pretty(&written)?;
        json.push('\n');
        Ok(json)
    }

    /// Reads a receipt without checking what it claims.
    ///
    /// # Errors
    /// When the bytes are not exactly what [`Receipt::to_json`] writes.
    pub fn from_json(json: &[u8]) -> Result<Self, ReceiptError> {
        let written: Written = serde_json::from_slice(json)?;
        if written.format != FORMAT {
            return Err(ReceiptError::Format(written.format));
        }
        if written.proof.len() > MAX_PROOF_HASHES {
            return Err(ReceiptError::Field("proof"));
        }
        let proof = written.proof.iter().map(|hash| decode_hash(hash));
        let entry = BASE64_STANDARD
            .decode(&written.entry)
            .map_err(|_| ReceiptError::Field("entry"))?;
        let disclosure = match &written.disclosure {
            Some(Disclosure { entry_key }) => Some(EntryKey::from_bytes(
                decode_hash(entry_key).ok_or(ReceiptError::Field("entry_key"))?,
            )),
            None => None,
        };
        let receipt = Self {
            entry: Entry::from_bytes(&entry)?,
            index: written.index,
            size: written.size,
            proof: proof
                .collect::<Option<_>>()
                .ok_or(ReceiptError::Field("proof"))?,
            checkpoint: written.checkpoint,
            disclosure,
        };
        if receipt.to_json()?.as_bytes() == json {
            Ok(receipt)
        } else {
            Err(ReceiptError::NotCanonical)
        }
    }

    /// Checks the receipt with nothing but the log's public key.
    ///
    /// # Errors
    /// When any part of the receipt is not what the log's operator signed.
    pub fn verify(&self, key: &LogVerifier) -> Result<Verified, ReceiptError> {
        let checkpoint = key.open(self.checkpoint.as_bytes())?;
        if checkpoint.size != self.size {
            return Err(ReceiptError::Size {
                receipt: self.size,
                signed: checkpoint.size,
            });
        }
        let leaf = self.entry.leaf_hash();
        verify_inclusion(&leaf, self.index, self.size, &checkpoint.root, &self.proof)?;
        if self.entry.header().log != key.origin() {
            return Err(ReceiptError::Log {
                expected: key.origin().to_owned(),
                found: self.entry.header().log.clone(),
            });
        }
        let opened = match &self.disclosure {
            Some(entry_key) => Some(self.entry.open(entry_key)?),
            None => None,
        };
        Ok(Verified {
            entry: self.entry.clone(),
            index: self.index,
            size: self.size,
            root: checkpoint.root,
            opened,
        })
    }
}

fn decode_hash(text: &str) -> Option<Hash> {
    hex::decode(text).ok()?.try_into().ok()
}
