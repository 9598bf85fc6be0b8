//! Reads the contact lists that offices really have and turns their rows into drafts of
//! contacts. Nothing here touches a database.
//!
//! [`read`] finds out what a file is (CSV in any usual delimiter and encoding, XLSX, XLS, ODS,
//! vCard), recognises its columns and gives a [`Reader`]: its [`Plan`] is shown before anything
//! is written, then it is iterated for [`Row`]s, each taken or rejected with a reason.
//!
//! What is decided here:
//! - A row is rejected if nobody can be reached or named by it: no valid e-mail address, no
//!   possible telephone number and no complete postal address with a name. A bad e-mail address
//!   or number beside a good one is left out and counted.
//! - A row with more fields than headings is rejected: what stands in which column is unknown.
//!   A row with fewer is taken, its last fields being empty.
//! - A column that claims a consent never becomes one (GDPR Art. 7(1) asks for proof); a column
//!   that notes an objection is reported for every contact, since an objection needs no proof
//!   (GDPR Art. 21(2)).
//! - Files are read as a stream with constant memory; only spreadsheets are held as a whole.

mod assemble;
mod batch;
mod cells;
mod draft;
mod error;
mod fault;
mod format;
mod heading;
mod meaning;
mod options;
mod pattern;
mod plan;
mod reader;
mod rejects;
mod row;
mod run;
mod sheet;
mod text;
mod vcard;

// A row must mean the same to `filter` as it did to the import.
pub(crate) use assemble::draft;
pub(crate) use format::{SAMPLE, detect};
pub(crate) use reader::table_plan;
pub(crate) use row::RawRow;
pub(crate) use text::{MAX_COLUMNS, sniff, stated, utf16};

pub use draft::{Draft, Keys};
pub use error::ImportError;
pub use fault::{Reason, RowFault, Tally, Warning};
pub use format::Format;
pub use meaning::Meaning;
pub use options::{ColumnMap, Options};
pub use pattern::Pattern;
pub use plan::{Column, Confidence, Plan, plan};
pub use reader::{Progress, Reader, Row, read, read_from};
pub use rejects::Rejects;
pub use run::{Counts, Imported, Provenance};
