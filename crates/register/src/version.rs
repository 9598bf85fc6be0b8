//! What is known about a published version of a register.

use jiff::Timestamp;

/// A published version of a register, without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterVersion {
    /// Counts from 1, without holes.
    pub number: u32,
    /// When it was published and began to govern the gate.
    pub published_at: Timestamp,
    /// Who published it: the account's name, not a person's.
    pub published_by: String,
    /// Why, in the publisher's words; may be empty.
    pub note: String,
}
