//! Sealed payloads: readable with the key of one entry, and with that key alone.
//!
//! XChaCha20-Poly1305 does not commit to its key: whoever makes a ciphertext can
//! make it open to two texts under two keys. So a payload carries a commitment
//! as well, SHA-256 over the key and the plaintext, which only one of them fits.
//! Without the key the commitment says nothing, for the key is in it.

use std::fmt;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::hash::Hash;

const COMMITMENT_DOMAIN: &[u8] = b"leitplanke/evidence/commitment/v1\0";

/// Bytes of the random nonce at the beginning of a sealed payload.
const NONCE_BYTES: usize = 24;

/// The key of one entry's payload. Whoever holds it can read that payload and
/// no other.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct EntryKey([u8; 32]);

/// Why a payload can't be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The payload is clear.
    #[error("the payload of this entry is not sealed")]
    NotSealed,
    /// The key is that of another entry, or the payload was changed.
    #[error("the key does not open the payload of this entry")]
    Key,
    /// The payload opens, but its author did not commit to what it then says.
    #[error("the opened payload is not the one that the entry commits to")]
    Commitment,
}

impl fmt::Debug for EntryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EntryKey(..)")
    }
}

impl EntryKey {
    /// A key from its bytes.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The secret bytes, to be disclosed in a receipt.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// Seals a payload and commits to it; `header` is bound to it.
    pub(crate) fn seal(&self, header: &[u8], plaintext: &[u8]) -> Option<(Vec<u8>, Hash)> {
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce).ok()?;
        let payload = Payload {
            msg: plaintext,
            aad: header,
        };
        let sealed = self
            .cipher()
            .encrypt(XNonce::from_slice(&nonce), payload)
            .ok()?;
        Some(([&nonce, sealed.as_slice()].concat(), self.commit(plaintext)))
    }

    /// Opens a sealed payload and checks it against its commitment.
    pub(crate) fn open(
        &self,
        header: &[u8],
        sealed: &[u8],
        commitment: &Hash,
    ) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let (nonce, sealed) = sealed
            .split_first_chunk::<NONCE_BYTES>()
            .ok_or(OpenError::Key)?;
        let payload = Payload {
            msg: sealed,
            aad: header,
        };
        let plaintext = self
            .cipher()
            .decrypt(XNonce::from_slice(nonce), payload)
            .map(Zeroizing::new)
            .map_err(|_| OpenError::Key)?;
        if self.commit(&plaintext) == *commitment {
            Ok(plaintext)
        } else {
            Err(OpenError::Commitment)
        }
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&self.0).into())
    }

    fn commit(&self, plaintext: &[u8]) -> Hash {
        let mut hasher = Sha256::new();
        hasher.update(COMMITMENT_DOMAIN);
        hasher.update(self.0);
        hasher.update(plaintext);
        hasher.finalize().into()
    }
}
