//! Merkle log, proofs and receipts that verify offline.
//!
//! An [`Entry`] says what happened, when and who acted; its payload is clear or
//! sealed under a key of its own. Entries are the leaves of a Merkle tree with
//! the hashing of RFC 6962, kept as tiles of 256 hashes
//! ([c2sp.org/tlog-tiles](https://c2sp.org/tlog-tiles)) below a signed
//! [`Checkpoint`] ([c2sp.org/tlog-checkpoint](https://c2sp.org/tlog-checkpoint)).
//! A [`Receipt`] proves one entry with the log's public key alone, and
//! [`verify_log`] recomputes a whole log from its entries to its signature.
//!
//! ```
//! use evidence::{Entry, EntryKey, Frontier, Header, LogKey, new_nonce};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let header = Header {
//!     log: "example.com/log".to_owned(),
//!     kind: "consent.given".to_owned(),
//!     at: "2025-03-03T09:30:00Z".parse()?,
//!     actor: "account/12".to_owned(),
//!     subject: None,
//!     nonce: new_nonce()?,
//! };
//! let entry = Entry::sealed(header, &EntryKey::from_bytes([5; 32]), b"who and what")?;
//!
//! let mut frontier = Frontier::empty();
//! let tiles = frontier.append(&[entry.leaf_hash()]);
//! assert_eq!(tiles[0].id.path(), "tile/0/000.p/1");
//!
//! let key = LogKey::from_seed("example.com/log", &[7; 32])?;
//! let note = key.sign(frontier.size(), frontier.root());
//! let checkpoint = key.verifier().open(note.as_bytes())?;
//! assert_eq!(checkpoint.root, entry.leaf_hash());
//! # Ok(())
//! # }
//! ```
//!
//! The crate knows no database and no network: it reads a log through
//! [`TileReader`] and [`LogReader`], and brings [`Folder`] for a log exported to
//! files.

mod bundle;
mod checkpoint;
mod entry;
mod fault;
mod folder;
mod frontier;
mod hash;
mod leaves;
mod proof;
mod reader;
mod receipt;
mod sealed;
mod tile;
mod verify;

pub use bundle::{Bundle, BundleError, MAX_ENTRY_BYTES, encode_bundle};
pub use checkpoint::{Checkpoint, CheckpointError, KeyError, LogKey, LogVerifier};
pub use entry::{
    Entry, EntryError, EntryNonce, Header, Payload, Pseudonym, new_nonce, valid_origin,
};
pub use fault::Fault;
pub use folder::Folder;
pub use frontier::{Frontier, FrontierError, Tile};
pub use hash::{HASH_BYTES, Hash, empty_root, leaf_hash, node_hash, root_of};
pub use proof::{
    MAX_PROOF_HASHES, ProofError, consistency_proof, inclusion_proof, root_from_inclusion,
    verify_consistency, verify_inclusion,
};
pub use reader::{LogReader, TileReader};
pub use receipt::{Receipt, ReceiptError, Verified};
pub use sealed::{EntryKey, OpenError};
pub use tile::{BundleId, TILE_WIDTH, TileId};
pub use verify::{Report, verify_log, verify_range};
