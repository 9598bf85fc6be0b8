//! Log entries and their one canonical form.

use base64::prelude::{BASE64_STANDARD, Engine};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use crate::bundle::MAX_ENTRY_BYTES;
use crate::hash::{Hash, leaf_hash};
use crate::sealed::{EntryKey, OpenError};

/// Stands for a data subject in entries. Derived from the subject's key, so that
/// it leads to nobody once that key is shredded.
pub type Pseudonym = [u8; 16];

/// Random bytes that make an entry and its payload's key unique.
pub type EntryNonce = [u8; 16];

const VERSION: u8 = 1;
const MAX_KIND: usize = 64;
const MAX_ACTOR: usize = 128;
const MAX_ORIGIN: usize = 200;
const MAX_DEPTH: usize = 32;

/// What an entry says in clear, whatever its payload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Name (origin) of the log.
    pub log: String,
    /// What happened, such as `consent.given`: lower-case letters, digits, `.`, `_`, `-`.
    pub kind: String,
    /// When, in UTC; kept to the millisecond.
    pub at: Timestamp,
    /// Who acted: an account's or job's identifier, never a person's name.
    pub actor: String,
    /// Whom it concerns, if anyone.
    pub subject: Option<Pseudonym>,
    /// From [`new_nonce`]; use each once.
    pub nonce: EntryNonce,
}

/// The rest of an entry.
#[derive(Clone, Debug, PartialEq)]
pub enum Payload {
    /// Readable by everyone who holds the log; never personal data.
    Clear(Map<String, Value>),
    /// Readable with the entry's own key.
    Sealed {
        /// Nonce, ciphertext and tag.
        bytes: Vec<u8>,
        /// Commits to key and plaintext.
        commitment: Hash,
    },
}

/// A log entry: header and payload in canonical JSON. It can't be changed after
/// it was made.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    header: Header,
    payload: Payload,
    bytes: Vec<u8>,
}

/// Why an entry can't be made or read.
#[derive(Debug, thiserror::Error)]
pub enum EntryError {
    /// Longer than a log can hold.
    #[error("the entry has {0} bytes; at most {MAX_ENTRY_BYTES} fit, so shorten its payload")]
    TooLong(usize),
    /// A field of the header has a value that it can't have.
    #[error("{field} can't be {value:?}: {rule}")]
    Field {
        /// Which field.
        field: &'static str,
        /// Its value.
        value: String,
        /// What it must be.
        rule: &'static str,
    },
    /// A clear payload has a number that has no single written form.
    #[error("a clear payload holds whole numbers only: write fractions as text")]
    Fraction,
    /// A clear payload is nested too deeply.
    #[error("a clear payload can't be nested deeper than {MAX_DEPTH} levels")]
    TooDeep,
    /// The operating system gave no random bytes, or the cipher refused.
    #[error("the payload could not be sealed: the system's random numbers are not available")]
    Seal,
    /// Not an entry.
    #[error("this is not a log entry: {0}")]
    Malformed(#[from] serde_json::Error),
    /// Says what an entry says, in another spelling.
    #[error("the entry is not in canonical form")]
    NotCanonical,
}

/// Fresh random bytes for [`Header::nonce`].
///
/// # Errors
/// [`EntryError::Seal`] when the system's random numbers are not available.
pub fn new_nonce() -> Result<EntryNonce, EntryError> {
    let mut nonce = EntryNonce::default();
    getrandom::fill(&mut nonce).map_err(|_| EntryError::Seal)?;
    Ok(nonce)
}

/// Whether a text can name a log in checkpoints and signed notes.
#[must_use]
pub fn valid_origin(origin: &str) -> bool {
    origin.len() <= MAX_ORIGIN
        && signed_note::is_key_name_valid(origin)
        && !origin.chars().any(char::is_control)
}

impl Entry {
    /// An entry whose payload everyone who holds the log can read.
    ///
    /// # Errors
    /// When a header field is not allowed, a number is a fraction, or the entry
    /// is too long.
    pub fn clear(header: Header, payload: Map<String, Value>) -> Result<Self, EntryError> {
        let Value::Object(payload) = canonical(Value::Object(payload), 0)? else {
            return Err(EntryError::NotCanonical);
        };
        Self::new(header, Payload::Clear(payload))
    }

    /// An entry whose payload only `key` opens. The key must be derived from
    /// this header's nonce.
    ///
    /// # Errors
    /// When a header field is not allowed, the entry is too long, or random
    /// numbers are not available.
    pub fn sealed(header: Header, key: &EntryKey, plaintext: &[u8]) -> Result<Self, EntryError> {
        let header = header.checked()?;
        let bound = header.bound_bytes()?;
        let (bytes, commitment) = key.seal(&bound, plaintext).ok_or(EntryError::Seal)?;
        Self::new(header, Payload::Sealed { bytes, commitment })
    }

    fn new(header: Header, payload: Payload) -> Result<Self, EntryError> {
        let header = header.checked()?;
        let bytes = serde_json::to_vec(&Written::new(&header, Some(&payload)))?;
        if bytes.len() > MAX_ENTRY_BYTES {
            return Err(EntryError::TooLong(bytes.len()));
        }
        Ok(Self {
            header,
            payload,
            bytes,
        })
    }

    /// Reads an entry.
    ///
    /// # Errors
    /// When the bytes are not exactly what [`Entry::as_bytes`] writes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, EntryError> {
        if bytes.len() > MAX_ENTRY_BYTES {
            return Err(EntryError::TooLong(bytes.len()));
        }
        let written: Written = serde_json::from_slice(bytes)?;
        let entry = written.read().ok_or(EntryError::NotCanonical)??;
        if entry.bytes == bytes {
            Ok(entry)
        } else {
            Err(EntryError::NotCanonical)
        }
    }

    /// The canonical bytes, which are what the log holds.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What the entry says in clear.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The payload as it stands in the log.
    #[must_use]
    pub fn payload(&self) -> &Payload {
        &self.payload
    }

    /// The entry's leaf in the Merkle tree.
    #[must_use]
    pub fn leaf_hash(&self) -> Hash {
        leaf_hash(&self.bytes)
    }

    /// Opens a sealed payload and checks that it is the one committed to.
    ///
    /// # Errors
    /// When the payload is clear, or `key` is not its key.
    pub fn open(&self, key: &EntryKey) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        match &self.payload {
            Payload::Clear(_) => Err(OpenError::NotSealed),
            Payload::Sealed { bytes, commitment } => {
                let bound = self.header.bound_bytes().map_err(|_| OpenError::Key)?;
                key.open(&bound, bytes, commitment)
            }
        }
    }
}

impl Header {
    fn checked(mut self) -> Result<Self, EntryError> {
        let refuse = |field, value: &str, rule| {
            Err(EntryError::Field {
                field,
                value: value.to_owned(),
                rule,
            })
        };
        if !valid_origin(&self.log) {
            return refuse("log", &self.log, "use a name like example.com/log");
        }
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c);
        if self.kind.is_empty() || self.kind.len() > MAX_KIND || !self.kind.chars().all(plain) {
            let rule = "use up to 64 of the characters a-z, 0-9, '.', '_' and '-'";
            return refuse("kind", &self.kind, rule);
        }
        let control = self.actor.chars().any(char::is_control);
        if self.actor.is_empty() || self.actor.len() > MAX_ACTOR || control {
            let rule = "use an identifier of 1 to 128 bytes";
            return refuse("actor", &self.actor, rule);
        }
        self.at = Timestamp::from_millisecond(self.at.as_millisecond()).unwrap_or(self.at);
        Ok(self)
    }

    /// The header's canonical form, bound into a sealed payload so that it can't
    /// be moved to another entry.
    fn bound_bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(&Written::new(self, None))
    }
}

/// An entry as it is written: these keys in this order.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    v: u8,
    log: String,
    kind: String,
    at: String,
    actor: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    nonce: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    payload: Option<WrittenPayload>,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum WrittenPayload {
    Clear(WrittenClear),
    Sealed(WrittenSealed),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenClear {
    clear: Map<String, Value>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSealed {
    sealed: String,
    commitment: String,
}

impl Written {
    fn new(header: &Header, payload: Option<&Payload>) -> Self {
        Self {
            v: VERSION,
            log: header.log.clone(),
            kind: header.kind.clone(),
            at: format!("{:.3}", header.at),
            actor: header.actor.clone(),
            subject: header.subject.map(hex::encode),
            nonce: hex::encode(header.nonce),
            payload: payload.map(|payload| match payload {
                Payload::Clear(clear) => WrittenPayload::Clear(WrittenClear {
                    clear: clear.clone(),
                }),
                Payload::Sealed { bytes, commitment } => WrittenPayload::Sealed(WrittenSealed {
                    sealed: BASE64_STANDARD.encode(bytes),
                    commitment: hex::encode(commitment),
                }),
            }),
        }
    }

    /// `None` where a text is not in its field's form.
    fn read(self) -> Option<Result<Entry, EntryError>> {
        if self.v != VERSION {
            return None;
        }
        let header = Header {
            log: self.log,
            kind: self.kind,
            at: self.at.parse().ok()?,
            actor: self.actor,
            subject: match self.subject {
                Some(text) => Some(hex::decode(text).ok()?.try_into().ok()?),
                None => None,
            },
            nonce: hex::decode(self.nonce).ok()?.try_into().ok()?,
        };
        Some(match self.payload? {
            WrittenPayload::Clear(payload) => Entry::clear(header, payload.clear),
            WrittenPayload::Sealed(payload) => {
                let bytes = BASE64_STANDARD.decode(payload.sealed).ok()?;
                let commitment = hex::decode(payload.commitment).ok()?.try_into().ok()?;
                Entry::new(header, Payload::Sealed { bytes, commitment })
            }
        })
    }
}

/// Sorts the keys of all objects and refuses fractions, which have many
/// spellings, and nesting that a JSON reader would refuse.
fn canonical(value: Value, depth: usize) -> Result<Value, EntryError> {
    if depth > MAX_DEPTH {
        return Err(EntryError::TooDeep);
    }
    Ok(match value {
        Value::Number(number) if number.is_f64() => return Err(EntryError::Fraction),
        Value::Array(values) => {
            let values = values.into_iter().map(|value| canonical(value, depth + 1));
            Value::Array(values.collect::<Result<_, _>>()?)
        }
        Value::Object(map) => {
            let mut pairs: Vec<(String, Value)> = map.into_iter().collect();
            pairs.sort_by(|a, b| a.0.cmp(&b.0));
            let pairs = pairs
                .into_iter()
                .map(|(key, value)| Ok((key, canonical(value, depth + 1)?)));
            Value::Object(pairs.collect::<Result<_, EntryError>>()?)
        }
        other => other,
    })
}
