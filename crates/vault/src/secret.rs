//! Secrets of the system itself: the index key and the log's signing key.

use std::fmt;

use zeroize::Zeroizing;

use crate::master::MasterKey;
use crate::wrapping::{VaultError, random_key, rewrap, unwrap, wrap};

const KIND: &str = "secret";

/// 32 secret bytes, stored wrapped under a name. Cleared from memory when dropped.
#[derive(Clone)]
pub struct Secret(Zeroizing<[u8; 32]>);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl Secret {
    /// A new random secret.
    ///
    /// # Errors
    /// When the system's random numbers are not available.
    pub fn generate() -> Result<Self, VaultError> {
        random_key().map(Self)
    }

    /// The secret bytes.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// Wraps the secret to be stored under `name`.
    ///
    /// # Errors
    /// When the system's random numbers are not available.
    pub fn wrap(&self, master: &MasterKey, name: &str) -> Result<Vec<u8>, VaultError> {
        wrap(master, KIND, name.as_bytes(), &self.0)
    }

    /// Opens the secret stored under `name`.
    ///
    /// # Errors
    /// When it was wrapped by another master key or under another name, or changed.
    pub fn unwrap_from(master: &MasterKey, name: &str, wrapped: &[u8]) -> Result<Self, VaultError> {
        unwrap(master, KIND, name.as_bytes(), wrapped).map(Self)
    }

    /// Wraps under the new master key what the old one wrapped; what the new one
    /// wrapped already is returned as it is.
    ///
    /// # Errors
    /// As [`Secret::unwrap_from`].
    pub fn rewrap(
        old: &MasterKey,
        new: &MasterKey,
        name: &str,
        wrapped: &[u8],
    ) -> Result<Vec<u8>, VaultError> {
        rewrap(old, new, KIND, name.as_bytes(), wrapped)
    }
}
