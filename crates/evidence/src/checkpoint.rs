//! Signed tree heads: c2sp.org/tlog-checkpoint inside c2sp.org/signed-note.

use std::fmt;

use base64::prelude::{BASE64_STANDARD, Engine};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use signed_note::{Note, VerificationError, Verifier, Verifiers};

use crate::entry::valid_origin;
use crate::hash::Hash;

/// Signature type of Ed25519 in c2sp.org/signed-note.
const ED25519: u8 = 1;

/// A log's size and root hash at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Name of the log, such as `example.com/log`.
    pub origin: String,
    /// Entries in the log.
    pub size: u64,
    /// Root hash of the tree over them.
    pub root: Hash,
}

/// Why a checkpoint is not accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// Not a signed note with a checkpoint in it.
    #[error("the checkpoint is not well-formed")]
    Malformed,
    /// No signature by the key that was given.
    #[error("the checkpoint is not signed by the key of {0}")]
    Unsigned(String),
    /// The signature is wrong.
    #[error("the signature on the checkpoint is wrong: it was changed or signed by another key")]
    Signature,
    /// A checkpoint of another log.
    #[error("the checkpoint belongs to the log {found}, not to {expected}")]
    Origin {
        /// The log whose key was given.
        expected: String,
        /// The log named in the checkpoint.
        found: String,
    },
}

/// Why a key can't be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The name of the log can't stand in a signed note.
    #[error(
        "{0:?} can't name a log: use a name like example.com/log, without spaces and plus signs"
    )]
    Origin(String),
    /// The text of a public key is wrong.
    #[error("this is not a public key: expected name+hash+key, as `verify` prints it")]
    Malformed,
}

impl Checkpoint {
    fn to_text(&self) -> String {
        let root = BASE64_STANDARD.encode(self.root);
        format!("{}\n{}\n{root}\n", self.origin, self.size)
    }

    fn from_text(text: &[u8]) -> Option<Self> {
        let text = str::from_utf8(text).ok()?;
        let mut lines = text.split('\n');
        let checkpoint = Self {
            origin: lines.next()?.to_owned(),
            size: lines.next()?.parse().ok()?,
            root: BASE64_STANDARD
                .decode(lines.next()?)
                .ok()?
                .try_into()
                .ok()?,
        };
        (checkpoint.to_text() == text).then_some(checkpoint)
    }
}

/// The key that signs a log's checkpoints. Its memory is cleared when dropped.
pub struct LogKey {
    verifier: LogVerifier,
    key: SigningKey,
}

impl fmt::Debug for LogKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LogKey({})", self.verifier)
    }
}

impl LogKey {
    /// The signing key of the log named `origin` from its 32 secret bytes.
    ///
    /// # Errors
    /// When the name is empty or has a space, plus sign or control character.
    pub fn from_seed(origin: &str, seed: &[u8; 32]) -> Result<Self, KeyError> {
        let key = SigningKey::from_bytes(seed);
        let verifier = LogVerifier::new(origin, key.verifying_key())?;
        Ok(Self { verifier, key })
    }

    /// Name of the log.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.verifier.origin()
    }

    /// The public key, to be handed to whoever wants to verify.
    #[must_use]
    pub fn verifier(&self) -> &LogVerifier {
        &self.verifier
    }

    /// Signs the log's size and root hash; returns the text of the signed note.
    #[must_use]
    pub fn sign(&self, size: u64, root: Hash) -> String {
        let checkpoint = Checkpoint {
            origin: self.origin().to_owned(),
            size,
            root,
        };
        let text = checkpoint.to_text();
        let signature = self.key.sign(text.as_bytes());
        let mut line = self.verifier.id.to_be_bytes().to_vec();
        line.extend_from_slice(&signature.to_bytes());
        let line = BASE64_STANDARD.encode(line);
        format!("{text}\n\u{2014} {} {line}\n", self.origin())
    }
}

/// The public key of a log. Its text form, [`fmt::Display`] and
/// [`LogVerifier::from_text`], is `name+hash+key` of c2sp.org/signed-note.
#[derive(Clone, PartialEq, Eq)]
pub struct LogVerifier {
    origin: String,
    id: u32,
    key: VerifyingKey,
}

impl fmt::Debug for LogVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LogVerifier({self})")
    }
}

impl fmt::Display for LogVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = signed_note::new_ed25519_verifier_key(&self.origin, &self.key);
        f.write_str(&text)
    }
}

impl LogVerifier {
    fn new(origin: &str, key: VerifyingKey) -> Result<Self, KeyError> {
        if !valid_origin(origin) {
            return Err(KeyError::Origin(origin.to_owned()));
        }
        let encoded = [&[ED25519], key.as_bytes().as_slice()].concat();
        Ok(Self {
            origin: origin.to_owned(),
            id: signed_note::key_id(origin, &encoded),
            key,
        })
    }

    /// Reads `name+hash+key`. Ends of lines and what can't be seen are ignored, since keys are copied from
    /// papers and mails; none of it belongs to a key.
    ///
    /// # Errors
    /// When the text is no such key, or its hash is not that of the name and key.
    pub fn from_text(text: &str) -> Result<Self, KeyError> {
        let unseen = |c: &char| {
            c.is_whitespace()
                || matches!(
                    c,
                    '\u{00AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}'
                )
        };
        let text: String = text.chars().filter(|c| !unseen(c)).collect();
        let mut parts = text.splitn(3, '+');
        let (Some(origin), Some(_), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(KeyError::Malformed);
        };
        let bytes = BASE64_STANDARD
            .decode(key)
            .map_err(|_| KeyError::Malformed)?;
        let key: &[u8; 32] = match bytes.split_first() {
            Some((&ED25519, key)) => key.try_into().map_err(|_| KeyError::Malformed)?,
            _ => return Err(KeyError::Malformed),
        };
        let key = VerifyingKey::from_bytes(key).map_err(|_| KeyError::Malformed)?;
        let verifier = Self::new(origin, key)?;
        if verifier.to_string() == text {
            Ok(verifier)
        } else {
            Err(KeyError::Malformed)
        }
    }

    /// Name of the log.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Checks the one signature on a signed checkpoint and returns what it says.
    /// Notes with further signatures or lines are refused, so that no byte of an
    /// accepted note can be changed.
    ///
    /// # Errors
    /// When the note is malformed, not signed by this key, or of another log.
    pub fn open(&self, note: &[u8]) -> Result<Checkpoint, CheckpointError> {
        let parsed = Note::from_bytes(note).map_err(|_| CheckpointError::Malformed)?;
        let (good, others) = parsed.verify(self).map_err(|error| match error {
            signed_note::NoteError::UnverifiedNote => {
                CheckpointError::Unsigned(self.origin.clone())
            }
            _ => CheckpointError::Signature,
        })?;
        if good.len() != 1 || !others.is_empty() || parsed.to_bytes() != note {
            return Err(CheckpointError::Malformed);
        }
        let checkpoint = Checkpoint::from_text(parsed.text()).ok_or(CheckpointError::Malformed)?;
        if checkpoint.origin != self.origin {
            return Err(CheckpointError::Origin {
                expected: self.origin.clone(),
                found: checkpoint.origin,
            });
        }
        Ok(checkpoint)
    }
}

impl Verifier for LogVerifier {
    fn name(&self) -> &str {
        &self.origin
    }

    fn key_id(&self) -> u32 {
        self.id
    }

    /// Strict, so that a weak key can't make one signature fit several texts.
    fn verify(&self, text: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature)
            .is_ok_and(|signature| self.key.verify_strict(text, &signature).is_ok())
    }
}

impl Verifiers for LogVerifier {
    fn verifier(&self, name: &str, id: u32) -> Result<&dyn Verifier, VerificationError> {
        if name == self.origin && id == self.id {
            return Ok(self);
        }
        Err(VerificationError::UnknownKey {
            name: name.to_owned(),
            id,
        })
    }
}
