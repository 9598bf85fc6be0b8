//! People's decisions against a refusal.

use jiff::civil::Date;

use crate::record::{self, record};
use crate::{Id, StoreError, Tx};

record! {
    Main "overrule",
    /// A person's decision against a refusal of the gate, with a reason and revocable.
    pub struct Overrule {
        /// The organisation.
        pub org: Id,
        /// Its identifier.
        pub id: Id,
        /// The contact.
        pub contact: Id,
        /// The purpose in the register.
        pub purpose: String,
        /// The channel.
        pub channel: i16,
        /// The reason, sealed.
        pub sealed: Vec<u8>,
        /// Who decided.
        pub decided_by: String,
        /// When.
        pub decided_on: Date,
        /// When it was taken back.
        pub revoked_on: Option<Date>,
    }
}

/// Adds overrules. The contact must exist.
pub fn insert(tx: &mut Tx<'_>, new: &[Overrule]) -> Result<(), StoreError> {
    record::insert(tx, new)
}

/// The overrule with this identifier.
pub fn get(tx: &mut Tx<'_>, org: Id, id: Id) -> Result<Option<Overrule>, StoreError> {
    record::get(tx, org, id)
}

/// Like [`get`], and nobody else changes the overrule until this transaction ends.
pub fn get_to_change(tx: &mut Tx<'_>, org: Id, id: Id) -> Result<Option<Overrule>, StoreError> {
    record::get_to_change(tx, org, id)
}

/// Writes every field; `false` if there is none with its identifier.
pub fn update(tx: &mut Tx<'_>, changed: &Overrule) -> Result<bool, StoreError> {
    record::update(tx, changed)
}

/// The contact's overrules, in the order of their identifiers.
pub fn of_contact(tx: &mut Tx<'_>, org: Id, contact: Id) -> Result<Vec<Overrule>, StoreError> {
    record::of_contact(tx, org, contact)
}
