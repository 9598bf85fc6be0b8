//! Objections to processing.

use jiff::civil::Date;

use crate::record::{self, record};
use crate::{Id, StoreError, Tx};

record! {
    Main "objection",
    /// An objection (Widerspruch), Art. 21 GDPR.
    pub struct Objection {
        /// The organisation.
        pub org: Id,
        /// Its identifier.
        pub id: Id,
        /// The contact.
        pub contact: Id,
        /// To all advertising, to one purpose and so on.
        pub scope: i16,
        /// The channels it is for, as bits.
        pub channels: u32,
        /// The purpose, where it is for one only.
        pub purpose: Option<String>,
        /// When it was made.
        pub objected_on: Date,
        /// The evidence entry that proves it.
        pub entry_seq: i64,
        /// When it ends or ended; `None` while it is in force without an end.
        pub lifted_on: Option<Date>,
    }
}

/// Adds objections. The contact must exist.
pub fn insert(tx: &mut Tx<'_>, new: &[Objection]) -> Result<(), StoreError> {
    record::insert(tx, new)
}

/// Writes every field of an objection; `false` if there is none with its identifier.
pub fn update(tx: &mut Tx<'_>, changed: &Objection) -> Result<bool, StoreError> {
    record::update(tx, changed)
}

/// The contact's objections, in the order of their identifiers.
pub fn of_contact(tx: &mut Tx<'_>, org: Id, contact: Id) -> Result<Vec<Objection>, StoreError> {
    record::of_contact(tx, org, contact)
}

/// The objection with this identifier.
pub fn get(tx: &mut Tx<'_>, org: Id, id: Id) -> Result<Option<Objection>, StoreError> {
    record::get(tx, org, id)
}
