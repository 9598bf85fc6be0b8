//! The text form: reading TOML with every fault located, and writing it in a canonical order.

mod fault;
mod locate;
mod node;
mod print;
mod reader;
mod section;

pub use fault::{Fault, FaultKind};
pub(crate) use node::{Node, Table};
pub(crate) use print::{print_document, print_value};
pub use reader::EntryKind;
pub(crate) use reader::Reader;
pub(crate) use section::Section;
