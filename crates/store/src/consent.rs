//! Consents, from the asking to the withdrawal.

use jiff::civil::Date;

use crate::record::{self, Record, record, select};
use crate::value::bind;
use crate::{Id, StoreError, Tx};

record! {
    Main "consent",
    /// A consent (Einwilligung), Art. 4(11) and 7 GDPR.
    pub struct Consent {
        /// The organisation.
        pub org: Id,
        /// Its identifier.
        pub id: Id,
        /// The contact.
        pub contact: Id,
        /// The purpose in the register.
        pub purpose: String,
        /// The channels it is for, as bits.
        pub channels: u32,
        /// Asked for, confirmed, withdrawn and so on.
        pub status: i16,
        /// How it can be proven.
        pub proof: i16,
        /// How it was obtained, as bits.
        pub circumstances: u64,
        /// When it was given.
        pub given_on: Date,
        /// When it was confirmed, for a double opt-in.
        pub confirmed_on: Option<Date>,
        /// When it was last relied on; § 7a(2) UWG counts its five years from here.
        pub last_used_on: Option<Date>,
        /// When it was withdrawn (Art. 7(3) GDPR).
        pub withdrawn_on: Option<Date>,
        /// Wording, address and time of the click, sealed.
        pub sealed: Option<Vec<u8>>,
        /// The evidence entry that proves its present state.
        pub entry_seq: i64,
    }
}

/// Adds consents. The contact must exist.
pub fn insert(tx: &mut Tx<'_>, new: &[Consent]) -> Result<(), StoreError> {
    record::insert(tx, new)
}

/// The consent with this identifier.
pub fn get(tx: &mut Tx<'_>, org: Id, id: Id) -> Result<Option<Consent>, StoreError> {
    record::get(tx, org, id)
}

/// Like [`get`], and nobody else changes the consent until this transaction ends.
pub fn get_to_change(tx: &mut Tx<'_>, org: Id, id: Id) -> Result<Option<Consent>, StoreError> {
    record::get_to_change(tx, org, id)
}

/// Writes every field; `false` if there is none with its identifier.
pub fn update(tx: &mut Tx<'_>, changed: &Consent) -> Result<bool, StoreError> {
    record::update(tx, changed)
}

/// The contact's consents, in the order of their identifiers.
pub fn of_contact(tx: &mut Tx<'_>, org: Id, contact: Id) -> Result<Vec<Consent>, StoreError> {
    record::of_contact(tx, org, contact)
}

/// How many consents have each status.
pub fn counts(tx: &mut Tx<'_>, org: Id) -> Result<Vec<(i16, i64)>, StoreError> {
    tx.rows(
        "SELECT status, COUNT(*) FROM consent WHERE org = ?1 GROUP BY status ORDER BY status",
        &bind![org],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// The contact's consents for a purpose, in the order of their identifiers.
pub fn for_purpose(
    tx: &mut Tx<'_>,
    org: Id,
    contact: Id,
    purpose: &str,
) -> Result<Vec<Consent>, StoreError> {
    let sql = select::<Consent>("WHERE org = ?1 AND contact = ?2 AND purpose = ?3 ORDER BY id");
    tx.rows(&sql, &bind![org, contact, purpose], Consent::read)
}
