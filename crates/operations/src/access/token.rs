//! Random tokens that a browser or a link holds. Only their hashes are kept.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use sha2::{Digest as _, Sha256};
use store::Hash;

use crate::Error;

/// 32 random bytes as text for cookies, links and other names that nobody can guess.
///
/// # Errors
/// When the system gives no random numbers.
pub fn new() -> Result<String, Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| Error::Random)?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(bytes))
}

/// What is kept of a token. A token has 256 bits of chance, so a plain hash can't be searched.
pub(super) fn hash(token: &str) -> Hash {
    Sha256::digest(token).into()
}
