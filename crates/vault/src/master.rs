//! The master key, which wraps every other key.

use std::fmt;

use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD, Engine};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::wrapping::{VaultError, random_key};

const ID_DOMAIN: &[u8] = b"leitplanke/vault/master-id/v1\0";

/// The one key that must be kept apart from the database. Cleared from memory
/// when dropped.
#[derive(Clone)]
pub struct MasterKey {
    key: Zeroizing<[u8; 32]>,
    id: [u8; 8],
}

/// Why a text is no master key. Never repeats the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the master key must be 32 bytes in hexadecimal (64 characters) or base64; `openssl rand -hex 32` makes one"
)]
pub struct KeyTextError;

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MasterKey({})", self.id())
    }
}

impl MasterKey {
    /// A new random key.
    ///
    /// # Errors
    /// When the system's random numbers are not available.
    pub fn generate() -> Result<Self, VaultError> {
        Ok(Self::new(random_key()?))
    }

    /// Reads a key from hexadecimal or base64 text, such as the value of an
    /// environment variable. White space around it is ignored.
    ///
    /// # Errors
    /// When the text is not 32 bytes in one of these forms, or all bytes are equal.
    pub fn from_text(text: &str) -> Result<Self, KeyTextError> {
        let text = text.trim();
        let bytes = hex::decode(text)
            .ok()
            .or_else(|| BASE64_STANDARD.decode(text).ok())
            .or_else(|| BASE64_URL_SAFE_NO_PAD.decode(text).ok())
            .map(Zeroizing::new)
            .ok_or(KeyTextError)?;
        let key: &[u8; 32] = bytes.as_slice().try_into().map_err(|_| KeyTextError)?;
        // A row of equal bytes is a placeholder, not a key.
        if key.iter().all(|byte| *byte == key[0]) {
            return Err(KeyTextError);
        }
        Ok(Self::new(Zeroizing::new(*key)))
    }

    fn new(key: Zeroizing<[u8; 32]>) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(ID_DOMAIN);
        hasher.update(*key);
        let mut id = [0; 8];
        id.copy_from_slice(&hasher.finalize()[..8]);
        Self { key, id }
    }

    /// Names the key without revealing it: 16 hexadecimal characters.
    #[must_use]
    pub fn id(&self) -> String {
        hex::encode(self.id)
    }

    pub(crate) fn id_bytes(&self) -> &[u8; 8] {
        &self.id
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEX: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    const BASE64: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    #[test]
    fn one_key_in_hexadecimal_and_base64_is_the_same_key() {
        let key = MasterKey::from_text(HEX).unwrap();
        for text in [BASE64, BASE64.trim_end_matches('='), &format!(" {HEX}\n")] {
            assert_eq!(MasterKey::from_text(text).unwrap().bytes(), key.bytes());
        }
        assert_eq!(key.id().len(), 16);
    }

    #[test]
    fn texts_that_are_no_key_are_refused_without_repeating_them() {
        let zeros = "00".repeat(32);
        for text in ["", "secret", &HEX[2..], &zeros, &format!("{HEX}00")] {
            let error = MasterKey::from_text(text).unwrap_err().to_string();
            assert!(text.is_empty() || !error.contains(text), "{error}");
        }
    }

    #[test]
    fn debug_output_shows_the_id_only() {
        let key = MasterKey::from_text(HEX).unwrap();
        assert_eq!(format!("{key:?}"), format!("MasterKey({})", key.id()));
    }
}
