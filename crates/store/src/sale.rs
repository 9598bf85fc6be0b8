//! Sales, on which advertising to existing customers can rest.

use jiff::civil::Date;

use crate::record::{self, record};
use crate::value::bind;
use crate::{Id, StoreError, Tx};

record! {
    Main "sale",
    /// A sale to a contact, for § 7(3) UWG.
    pub struct Sale {
        /// The organisation.
        pub org: Id,
        /// Its identifier.
        pub id: Id,
        /// The contact.
        pub contact: Id,
        /// The class of the goods or services.
        pub goods: String,
        /// When.
        pub sold_on: Date,
        /// Whether the address was obtained in connection with it (Nr. 1).
        pub address_from_sale: bool,
        /// Whether the right to object was pointed out then (Nr. 4).
        pub notice_at_collection: bool,
        /// What kind of relation it was: a paid contract, a free account and so on.
        pub relation: i16,
    }
}

/// Adds sales. The contact must exist.
pub fn insert(tx: &mut Tx<'_>, new: &[Sale]) -> Result<(), StoreError> {
    record::insert(tx, new)
}

/// Writes every field of a sale; `false` if there is none with its identifier.
pub fn update(tx: &mut Tx<'_>, changed: &Sale) -> Result<bool, StoreError> {
    record::update(tx, changed)
}

/// The contact's sales, in the order of their identifiers.
pub fn of_contact(tx: &mut Tx<'_>, org: Id, contact: Id) -> Result<Vec<Sale>, StoreError> {
    record::of_contact(tx, org, contact)
}

/// At most `limit` contacts after `after` to whom something was sold, in the order of their identifiers.
pub fn contacts(
    tx: &mut Tx<'_>,
    org: Id,
    after: Option<Id>,
    limit: u32,
) -> Result<Vec<Id>, StoreError> {
    let after = after.unwrap_or(Id([0; 16]));
    let sql = "SELECT DISTINCT contact FROM sale WHERE org = ?1 AND contact > ?2 \
               ORDER BY contact LIMIT ?3";
    tx.rows(sql, &bind![org, after, limit], |row| row.get(0))
}
