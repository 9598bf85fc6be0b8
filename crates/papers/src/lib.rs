//! Papers: PDF documents from what operations answer, in German and English.
//!
//! A paper is set by Typst from one of this crate's own templates. What it says comes to the
//! template as data and never as markup, so that no name and no text can change the document. Every
//! paper conforms to PDF/UA-1 (tagged, readable by screen readers) and PDF/A-2a (for the archive);
//! fonts are built in, nothing is read from disk or network.
//!
//! Setting a paper takes some tenths of a second of one core: call it off the event loop.

mod access;
mod desk;
mod erasure;
mod head;
mod letters;
mod list;
mod receipt;
mod spelling;
mod summary;

pub use access::{AccessPart, AccessRecord, access};
pub use desk::PaperError;
pub use erasure::{Erasure, ToldRecipient, erasure};
pub use head::Head;
pub use letters::{PaperLetter, letters};
pub use list::{Column, List, ListKind, list};
pub use receipt::{Receipt, receipt};
pub use summary::{
    ConsentPart, EntryLine, EvidenceSummary, Happening, Signed, Stated, evidence_summary,
};
