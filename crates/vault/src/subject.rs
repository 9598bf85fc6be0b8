//! The key of one data subject. Without it, nothing of that person is readable.

use std::fmt;

use evidence::{EntryKey, EntryNonce, Pseudonym};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::master::MasterKey;
use crate::wrapping::{VaultError, open, random_key, rewrap, seal, unwrap, wrap};

const KIND: &str = "subject";
const INFO: &[u8] = b"leitplanke/vault/v1/";

/// A data subject's own key. Cleared from memory when dropped; deleting its
/// wrapped form everywhere erases the person.
#[derive(Clone)]
pub struct SubjectKey(Zeroizing<[u8; 32]>);

impl fmt::Debug for SubjectKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SubjectKey(..)")
    }
}

impl SubjectKey {
    /// A new random key.
    ///
    /// # Errors
    /// When the system's random numbers are not available.
    pub fn generate() -> Result<Self, VaultError> {
        random_key().map(Self)
    }

    /// Wraps the key to be stored. `context` names the row, such as organisation
    /// and subject; only the same context opens it again.
    ///
    /// # Errors
    /// When the system's random numbers are not available.
    pub fn wrap(&self, master: &MasterKey, context: &[u8]) -> Result<Vec<u8>, VaultError> {
        wrap(master, KIND, context, &self.0)
    }

    /// Opens a stored key.
    ///
    /// # Errors
    /// When it was wrapped by another master key, for another row, or changed.
    pub fn unwrap_from(
        master: &MasterKey,
        context: &[u8],
        wrapped: &[u8],
    ) -> Result<Self, VaultError> {
        unwrap(master, KIND, context, wrapped).map(Self)
    }

    /// Wraps under the new master key what the old one wrapped; what the new one
    /// wrapped already is returned as it is.
    ///
    /// # Errors
    /// As [`SubjectKey::unwrap_from`].
    pub fn rewrap(
        old: &MasterKey,
        new: &MasterKey,
        context: &[u8],
        wrapped: &[u8],
    ) -> Result<Vec<u8>, VaultError> {
        rewrap(old, new, KIND, context, wrapped)
    }

    /// Seals a field. `label` names the use and gives it a key of its own;
    /// `context` names the row.
    ///
    /// # Errors
    /// When the system's random numbers are not available.
    pub fn seal(&self, label: &str, context: &[u8], text: &[u8]) -> Result<Vec<u8>, VaultError> {
        seal(&self.derive("field", label.as_bytes()), context, text)
    }

    /// Opens a field that was sealed with the same label and context.
    ///
    /// # Errors
    /// When it was sealed otherwise, for another subject, or changed.
    pub fn open(
        &self,
        label: &str,
        context: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        open(&self.derive("field", label.as_bytes()), context, sealed)
    }

    /// What stands for the subject in the evidence log.
    #[must_use]
    pub fn pseudonym(&self) -> Pseudonym {
        let mut pseudonym = Pseudonym::default();
        let derived = self.derive("pseudonym", b"");
        pseudonym.copy_from_slice(&derived[..size_of::<Pseudonym>()]);
        pseudonym
    }

    /// The key of one evidence entry's payload, which can be disclosed without
    /// opening anything else.
    #[must_use]
    pub fn entry_key(&self, nonce: &EntryNonce) -> EntryKey {
        EntryKey::from_bytes(*self.derive("entry", nonce))
    }

    fn derive(&self, use_: &str, detail: &[u8]) -> Zeroizing<[u8; 32]> {
        derive(&self.0, &["subject/", use_].concat(), detail)
    }
}

/// A key that `key` determines and that does not lead back to it: HKDF-Expand of
/// RFC 5869 for one block. The keys here are random already, so its first step,
/// which only evens out uneven keys, is left out as its section 3.3 allows. No
/// `purpose` may have a zero byte, so that it can't run into `detail`.
pub(crate) fn derive(key: &[u8; 32], purpose: &str, detail: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut mac = keyed_hmac(key);
    for part in [INFO, purpose.as_bytes(), b"\0", detail, &[1]] {
        mac.update(part);
    }
    Zeroizing::new(mac.finalize().into_bytes().into())
}

/// HMAC takes a key as long as its block without the chance of an error.
pub(crate) fn keyed_hmac(key: &[u8; 32]) -> Hmac<Sha256> {
    let mut block = Zeroizing::new([0; 64]);
    block[..32].copy_from_slice(key);
    Hmac::new((&*block).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derived_keys_are_those_of_hkdf() {
        let mut expected = [0; 32];
        hkdf::Hkdf::<Sha256>::from_prk(&[7; 32])
            .unwrap()
            .expand(b"leitplanke/vault/v1/subject/field\0email", &mut expected)
            .unwrap();
        assert_eq!(*derive(&[7; 32], "subject/field", b"email"), expected);
    }
}
