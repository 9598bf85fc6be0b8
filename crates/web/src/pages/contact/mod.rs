//! Contacts: the list, one contact, and everything that is done about one.

pub mod access;
pub mod answer;
pub mod asked;
pub mod consent;
pub mod duplicates;
pub mod form;
pub mod list;
pub mod merge;
mod next_step;
pub mod note;
pub mod proof;
pub mod release;
pub mod show;
pub mod withdrawal;

use operations::ContactRef;
use operations::browse::ContactLine;

use super::frame::Frame;
use super::refusal::Refusal;
use crate::auth::Visitor;
use crate::problem::Problem;

/// What a contact is called.
pub fn title(line: ContactLine, frame: &Frame) -> String {
    let name = line.name.or(line.company);
    name.unwrap_or_else(|| frame.t("unnamed"))
}

/// The contact that a path names.
pub fn contact(visitor: &Visitor, id: &str) -> Result<ContactRef, Refusal> {
    // Only ids: an address in a path would be a person's name in a log.
    let known = id.len() == 32 && id.chars().all(|c| c.is_ascii_hexdigit());
    let parsed = id.parse().ok().filter(|_| known);
    parsed.ok_or_else(|| Refusal::new(Problem::nothing_here(), &visitor.visit))
}
