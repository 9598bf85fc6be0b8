//! Organisations: the clients whose contacts are kept apart from each other.

use jiff::Timestamp;

use crate::record::{Record, insert as insert_rows, record, select};
use crate::value::bind;
use crate::{Id, StoreError, Tx};

record! {
    Main "organisation",
    /// An organisation (Mandant), the controller for its contacts.
    pub struct Organisation {
        /// Its identifier.
        pub id: Id,
        /// Its name.
        pub name: String,
        /// ISO 3166-1 code of its seat, two letters.
        pub country: String,
        /// The German Land of its seat, whose public holidays count.
        pub land: Option<String>,
        /// When it was made.
        pub created_at: Timestamp,
    }
}

/// Adds an organisation. An identifier that exists is [`StoreError::Duplicate`].
pub fn insert(tx: &mut Tx<'_>, new: &Organisation) -> Result<(), StoreError> {
    insert_rows(tx, std::slice::from_ref(new))
}

/// The organisation with this identifier.
pub fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Organisation>, StoreError> {
    let sql = select::<Organisation>("WHERE id = ?1");
    tx.row(&sql, &bind![id], Organisation::read)
}

/// Every organisation, in the order of their identifiers.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<Organisation>, StoreError> {
    tx.rows(
        &select::<Organisation>("ORDER BY id"),
        &[],
        Organisation::read,
    )
}

/// Waits until no other transaction holds this organisation for something that is done by one at a
/// time, and holds it until this one ends. Rows that refer to it can be written meanwhile.
pub fn lock(tx: &mut Tx<'_>, id: Id) -> Result<(), StoreError> {
    // A write on SQLite is alone already.
    if tx.is_postgres() {
        let sql = "SELECT 1::bigint FROM organisation WHERE id = ?1 FOR NO KEY UPDATE";
        tx.row(sql, &bind![id], |row| row.get::<i64>(0))?;
    }
    Ok(())
}
