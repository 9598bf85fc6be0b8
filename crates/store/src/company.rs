//! Finding the contacts of a company by the keyed hash of its name.

use crate::record::{Record, blobs, delete_of_contact, record};
use crate::value::{Row, bind};
use crate::{Id, StoreError, Tx};

record! {
    Main "company",
    /// A contact that names a company.
    pub struct Company {
        /// The organisation.
        pub org: Id,
        /// The keyed hash of the company's name with its legal form, shortened.
        pub id: Id,
        /// The keyed hash of the name without the legal form, shortened.
        pub stem: Id,
        /// The contact.
        pub contact: Id,
    }
}

/// A company, as far as the table knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group {
    /// The keyed hash of its name.
    pub id: Id,
    /// How many contacts name it.
    pub contacts: i64,
    /// The first of them, by identifier.
    pub first: Id,
}

impl Group {
    fn read(row: &Row<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.get(0)?,
            contacts: row.get(1)?,
            first: row.get(2)?,
        })
    }
}

/// The first contact of the company `g`. `MIN` does not know bytes on PostgreSQL before 18.
const FIRST: &str = "(SELECT f.contact FROM company f WHERE f.org = ?1 AND f.id = g.id \
     ORDER BY f.contact LIMIT 1)";

/// Adds rows; those that are there already stay.
pub fn insert(tx: &mut Tx<'_>, new: &[Company]) -> Result<(), StoreError> {
    Company::insert_all(tx, new, "ON CONFLICT DO NOTHING")?;
    Ok(())
}

/// Removes the row of a contact.
pub fn remove_all(tx: &mut Tx<'_>, org: Id, contact: Id) -> Result<(), StoreError> {
    delete_of_contact(tx, Company::NAME, org, contact)
}

/// Whether the contact names a company.
pub fn any_of(tx: &mut Tx<'_>, org: Id, contact: Id) -> Result<bool, StoreError> {
    let sql = "SELECT contact FROM company WHERE org = ?1 AND contact = ?2 LIMIT 1";
    let one = tx.row(sql, &bind![org, contact], |row| row.get::<Id>(0))?;
    Ok(one.is_some())
}

/// At most `limit` companies with at least `least` contacts, those with most contacts first and then
/// by hash, after the one that has so many contacts and this hash.
pub fn list(
    tx: &mut Tx<'_>,
    org: Id,
    least: i64,
    after: Option<(i64, Id)>,
    limit: u32,
) -> Result<Vec<Group>, StoreError> {
    let (contacts, id) = after.unwrap_or((i64::MAX, Id::default()));
    let sql = format!(
        "SELECT g.id, g.contacts, {FIRST} FROM (SELECT id, COUNT(*) AS contacts FROM company \
         WHERE org = ?1 GROUP BY id HAVING COUNT(*) >= ?2 \
         AND (COUNT(*) < ?3 OR (COUNT(*) = ?3 AND id > ?4)) \
         ORDER BY COUNT(*) DESC, id LIMIT ?5) g ORDER BY g.contacts DESC, g.id"
    );
    tx.rows(&sql, &bind![org, least, contacts, id, limit], Group::read)
}

/// The company with this hash; `None` if no contact names it.
pub fn get(tx: &mut Tx<'_>, org: Id, id: Id) -> Result<Option<Group>, StoreError> {
    let sql = format!(
        "SELECT g.id, g.contacts, {FIRST} FROM (SELECT id, COUNT(*) AS contacts FROM company \
         WHERE org = ?1 AND id = ?2 GROUP BY id) g"
    );
    tx.row(&sql, &bind![org, id], Group::read)
}

/// The companies whose first contact is one of these, in no particular order.
pub fn begun_by(tx: &mut Tx<'_>, org: Id, contacts: &[Id]) -> Result<Vec<Group>, StoreError> {
    let sql = "SELECT g.id, \
         (SELECT COUNT(*) FROM company o WHERE o.org = ?1 AND o.id = g.id), g.contact \
         FROM company g WHERE g.org = ?1 AND g.contact = ANY(?2) AND NOT EXISTS \
         (SELECT 1 FROM company e WHERE e.org = ?1 AND e.id = g.id AND e.contact < g.contact)";
    tx.rows_of_many(sql, &bind![org], &blobs(contacts), Group::read)
}

/// At most `limit` other companies whose names differ from this one's in the legal form alone.
pub fn alike(tx: &mut Tx<'_>, org: Id, id: Id, limit: u32) -> Result<Vec<Group>, StoreError> {
    let sql = format!(
        "SELECT g.id, g.contacts, {FIRST} FROM (SELECT id, COUNT(*) AS contacts FROM company \
         WHERE org = ?1 AND id <> ?2 AND stem = \
         (SELECT s.stem FROM company s WHERE s.org = ?1 AND s.id = ?2 LIMIT 1) \
         GROUP BY id ORDER BY COUNT(*) DESC, id LIMIT ?3) g ORDER BY g.contacts DESC, g.id"
    );
    tx.rows(&sql, &bind![org, id, limit], Group::read)
}

/// At most `limit` contacts of a company, in the order of their identifiers, after `after`.
pub fn contacts(
    tx: &mut Tx<'_>,
    org: Id,
    id: Id,
    after: Option<Id>,
    limit: u32,
) -> Result<Vec<Id>, StoreError> {
    let sql = "SELECT contact FROM company WHERE org = ?1 AND id = ?2 AND contact > ?3 \
         ORDER BY contact LIMIT ?4";
    let after = after.unwrap_or_default();
    tx.rows(sql, &bind![org, id, after, limit], |row| row.get(0))
}
