//! Envelope encryption per data subject, blind indexes, shredding, key rotation.
//!
//! One [`MasterKey`] wraps one [`SubjectKey`] per data subject, which seals that
//! person's fields. Erasing a person is deleting the wrapped key: what it sealed
//! stays unreadable in the database, the evidence log and every backup, and the
//! subject's pseudonym in the log leads to nobody. To find a person without
//! reading anyone, values are looked up by [`BlindIndex`]. The crate does not
//! know what the fields mean.
//!
//! Every wrapped or sealed value begins with a format version and is bound to
//! the context given by the caller (such as organisation and subject), so that
//! it can't be moved to another row.

mod index;
mod key_file;
mod master;
mod secret;
mod stream;
mod subject;
mod wrapping;

pub use index::{BlindIndex, IndexKey};
pub use key_file::KeyFileError;
pub use master::{KeyTextError, MasterKey};
pub use secret::Secret;
pub use stream::{OpeningReader, SealingWriter, StreamKey};
pub use subject::SubjectKey;
pub use wrapping::{VaultError, WRAPPED_BYTES, master_id_of};
