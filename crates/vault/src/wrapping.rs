//! The format of everything that is encrypted here: XChaCha20-Poly1305 behind a
//! version byte. Its nonces are long enough to be drawn at random without limit.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::master::MasterKey;

const VERSION: u8 = 1;
const NONCE_BYTES: usize = 24;
const TAG_BYTES: usize = 16;
const ID_BYTES: usize = 8;

/// Length of a wrapped key: version, master key's id, nonce, key and tag.
pub const WRAPPED_BYTES: usize = 1 + ID_BYTES + NONCE_BYTES + 32 + TAG_BYTES;

/// Why a key or field can't be wrapped, sealed or opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// The operating system gave no random bytes.
    #[error("the system's random numbers are not available")]
    Random,
    /// The cipher refused, which happens only for texts of more than 256 GB.
    #[error("the text is too long to be sealed")]
    TooLong,
    /// Not in a format that is known here.
    #[error("the sealed value is cut off or of a format this version does not know")]
    Format,
    /// Wrapped by another master key.
    #[error(
        "the key was wrapped by master key {wrapped_by}, but {given} was given: use the master key that belongs to this database"
    )]
    OtherMaster {
        /// Id of the master key that wrapped it.
        wrapped_by: String,
        /// Id of the master key given.
        given: String,
    },
    /// Changed, moved to another row, or opened with the wrong key.
    #[error("the sealed value was changed, or belongs to another record")]
    Open,
}

/// Fresh random bytes, cleared from memory when dropped.
pub(crate) fn random_key() -> Result<Zeroizing<[u8; 32]>, VaultError> {
    let mut key = Zeroizing::new([0; 32]);
    getrandom::fill(&mut *key).map_err(|_| VaultError::Random)?;
    Ok(key)
}

/// Version, nonce, ciphertext and tag.
pub(crate) fn seal(key: &[u8; 32], context: &[u8], text: &[u8]) -> Result<Vec<u8>, VaultError> {
    encrypt(key, &[VERSION], context, text)
}

/// Opens what [`seal`] made with the same key and context.
pub(crate) fn open(
    key: &[u8; 32],
    context: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    decrypt(key, 1, context, sealed)
}

/// Wraps a key under the master key. `kind` keeps keys of different use apart.
pub(crate) fn wrap(
    master: &MasterKey,
    kind: &str,
    context: &[u8],
    key: &[u8; 32],
) -> Result<Vec<u8>, VaultError> {
    let mut prefix = vec![VERSION];
    prefix.extend_from_slice(master.id_bytes());
    encrypt(master.bytes(), &prefix, &bound(kind, context), key)
}

/// Opens what [`wrap`] made with the same master key, kind and context.
pub(crate) fn unwrap(
    master: &MasterKey,
    kind: &str,
    context: &[u8],
    wrapped: &[u8],
) -> Result<Zeroizing<[u8; 32]>, VaultError> {
    let wrapped_by = master_id_of(wrapped).ok_or(VaultError::Format)?;
    if wrapped_by != master.id() {
        return Err(VaultError::OtherMaster {
            wrapped_by,
            given: master.id(),
        });
    }
    let key = decrypt(master.bytes(), 1 + ID_BYTES, &bound(kind, context), wrapped)?;
    let key: &[u8; 32] = key.as_slice().try_into().map_err(|_| VaultError::Format)?;
    Ok(Zeroizing::new(*key))
}

/// Wraps under `new` what `old` wrapped. A key that `new` wrapped already comes
/// back as it is, so that an interrupted rotation can be run again.
pub(crate) fn rewrap(
    old: &MasterKey,
    new: &MasterKey,
    kind: &str,
    context: &[u8],
    wrapped: &[u8],
) -> Result<Vec<u8>, VaultError> {
    if master_id_of(wrapped).is_some_and(|id| id == new.id()) {
        unwrap(new, kind, context, wrapped)?;
        return Ok(wrapped.to_vec());
    }
    wrap(new, kind, context, &*unwrap(old, kind, context, wrapped)?)
}

/// The id of the master key that wrapped a key, to tell which ones a rotation
/// has still to do; `None` if this is no wrapped key.
#[must_use]
pub fn master_id_of(wrapped: &[u8]) -> Option<String> {
    match wrapped.split_first() {
        Some((&VERSION, rest)) if wrapped.len() == WRAPPED_BYTES => {
            rest.first_chunk::<ID_BYTES>().map(hex::encode)
        }
        _ => None,
    }
}

/// Kind and context as one text that no other kind and context give.
fn bound(kind: &str, context: &[u8]) -> Vec<u8> {
    [kind.as_bytes(), b"\0", context].concat()
}

fn encrypt(
    key: &[u8; 32],
    prefix: &[u8],
    context: &[u8],
    text: &[u8],
) -> Result<Vec<u8>, VaultError> {
    let mut nonce = [0; NONCE_BYTES];
    getrandom::fill(&mut nonce).map_err(|_| VaultError::Random)?;
    let payload = Payload {
        msg: text,
        aad: &[prefix, context].concat(),
    };
    let sealed = XChaCha20Poly1305::new(key.into())
        .encrypt(XNonce::from_slice(&nonce), payload)
        .map_err(|_| VaultError::TooLong)?;
    Ok([prefix, &nonce, &sealed].concat())
}

fn decrypt(
    key: &[u8; 32],
    prefix_bytes: usize,
    context: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let (prefix, rest) = sealed
        .split_at_checked(prefix_bytes)
        .ok_or(VaultError::Format)?;
    let (nonce, rest) = rest
        .split_first_chunk::<NONCE_BYTES>()
        .ok_or(VaultError::Format)?;
    if prefix.first() != Some(&VERSION) || rest.len() < TAG_BYTES {
        return Err(VaultError::Format);
    }
    let payload = Payload {
        msg: rest,
        aad: &[prefix, context].concat(),
    };
    XChaCha20Poly1305::new(key.into())
        .decrypt(XNonce::from_slice(nonce), payload)
        .map(Zeroizing::new)
        .map_err(|_| VaultError::Open)
}
