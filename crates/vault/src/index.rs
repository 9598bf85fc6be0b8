//! Looking up values that are sealed: equal values have equal blind indexes, and
//! without the index key nobody can try values out.

use std::fmt;

use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::secret::Secret;
use crate::subject::{derive, keyed_hmac};

/// Makes the blind indexes of all organisations.
#[derive(Clone, Debug)]
pub struct IndexKey(Secret);

/// Makes blind indexes for one organisation, so that the same address in two
/// organisations can't be linked.
#[derive(Clone)]
pub struct BlindIndex(Hmac<Sha256>);

impl fmt::Debug for BlindIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BlindIndex(..)")
    }
}

impl IndexKey {
    /// An index key from the secret that is stored for it.
    #[must_use]
    pub fn new(secret: Secret) -> Self {
        Self(secret)
    }

    /// The index of one organisation; make it once and keep it.
    #[must_use]
    pub fn for_organisation(&self, organisation: &[u8]) -> BlindIndex {
        let key = derive(self.0.expose(), "index", organisation);
        BlindIndex(keyed_hmac(&key))
    }
}

impl BlindIndex {
    /// The blind index of a value, such as a normalised e-mail address. `kind`
    /// keeps values of different kinds apart.
    #[must_use]
    pub fn blind(&self, kind: &str, normalised: &[u8]) -> [u8; 32] {
        let mut mac = self.0.clone();
        mac.update(&(kind.len() as u64).to_be_bytes());
        mac.update(kind.as_bytes());
        mac.update(normalised);
        mac.finalize().into_bytes().into()
    }
}
