//! Evidence packs: everything that is proven about one person, as a ZIP that whoever has the log's
//! public key checks without a network, a database or the log's operator.
//!
//! | file | what it is |
//! |---|---|
//! | `README.txt` | what the pack is and how to check it, in German and English |
//! | `summary.pdf` | for people who read rather than check |
//! | `consents.jsonld` | the consents as ISO/IEC TS 27560:2023 has them, in terms of the W3C DPV |
//! | `context.json` | what the controller says of itself and its purposes |
//! | `entries/000012.json` | the receipt of each entry, opened, named by its place in the log |
//! | `texts/SHA256.txt` | consent texts, word for word |
//! | `documents/SHA256.pdf` | signed forms and the like |
//! | `checkpoint`, `log.pub` | what was signed, and the key that checks it |
//! | `manifest.json` | SHA-256 of each of these files |
//! | `issued.json` | the receipt of the entry that the pack was made, with the manifest's SHA-256 |
//!
//! So the log's signature covers every byte of every file. [`verify`] checks that, each receipt, each
//! text and document against the entry that names it, and builds `consents.jsonld` anew from the
//! entries to compare it.

mod archive;
mod consent;
mod context;
mod draft;
mod jsonld;
mod layout;
mod manifest;
mod proven;
mod readme;
mod verify;

pub use archive::{ArchiveError, Files, read_archive};
pub use consent::{ConsentEvent, ConsentRecord, ConsentState, Taken, consents};
pub use context::{ActivityContext, Context, Controller};
pub use draft::{Draft, DraftError, Ready};
pub use jsonld::consents_jsonld;
pub use layout::{Document, ISSUED, MAX_PACK_BYTES, MediaType};
pub use proven::Proven;
pub use verify::{Fault, Reason, Report, fingerprint, verify};
