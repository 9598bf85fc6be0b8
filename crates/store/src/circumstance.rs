//! Circumstances from which consent to a call may be presumed.

use jiff::civil::Date;

use crate::record::{self, record};
use crate::{Id, StoreError, Tx};

record! {
    Main "circumstance",
    /// A concrete circumstance known before a call, for § 7(2) Nr. 1 UWG.
    pub struct Circumstance {
        /// The organisation.
        pub org: Id,
        /// Its identifier.
        pub id: Id,
        /// The contact.
        pub contact: Id,
        /// The purpose in the register.
        pub purpose: String,
        /// The kind of circumstance.
        pub kind: i16,
        /// What is known, sealed.
        pub sealed: Vec<u8>,
        /// When it was noted.
        pub noted_on: Date,
        /// Who noted it.
        pub noted_by: String,
    }
}

/// Adds circumstances. The contact must exist.
pub fn insert(tx: &mut Tx<'_>, new: &[Circumstance]) -> Result<(), StoreError> {
    record::insert(tx, new)
}

/// Writes every field of a circumstance; `false` if there is none with its identifier.
pub fn update(tx: &mut Tx<'_>, changed: &Circumstance) -> Result<bool, StoreError> {
    record::update(tx, changed)
}

/// The contact's circumstances, in the order of their identifiers.
pub fn of_contact(tx: &mut Tx<'_>, org: Id, contact: Id) -> Result<Vec<Circumstance>, StoreError> {
    record::of_contact(tx, org, contact)
}
