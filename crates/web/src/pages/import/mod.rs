//! `/contacts/import`: a list is uploaded, its columns are shown and put right, then it is taken
//! in; rejected rows come back as a file.

mod list;
pub mod run;
pub mod upload;

pub use list::Lists;
