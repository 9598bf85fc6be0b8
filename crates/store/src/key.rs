//! Wrapped keys, kept apart from what they open.

use crate::record::{Record, record, select};
use crate::tx::Place;
use crate::value::bind;
use crate::{Id, StoreError, Tx};

record! {
    Keys "keys.contact_key",
    /// The wrapped key of a contact.
    pub struct ContactKey {
        /// The organisation.
        pub org: Id,
        /// The contact.
        pub contact: Id,
        /// The key, wrapped by the master key.
        pub wrapped: Vec<u8>,
        /// Which master key wrapped it.
        pub master_id: Vec<u8>,
    }
}

record! {
    Keys "keys.system_key",
    /// A wrapped key of the system itself, such as the one that signs checkpoints.
    pub struct SystemKey {
        /// What it is for.
        pub name: String,
        /// The key, wrapped by the master key.
        pub wrapped: Vec<u8>,
        /// Which master key wrapped it.
        pub master_id: Vec<u8>,
    }
}

/// Adds keys. A contact that has one already is [`StoreError::Duplicate`].
///
/// On SQLite the keys are on the disk before the transaction that uses them is; a crash between
/// the two leaves keys that nothing uses.
pub fn insert(tx: &mut Tx<'_>, new: &[ContactKey]) -> Result<(), StoreError> {
    ContactKey::insert_all(tx, new, "")?;
    Ok(())
}

/// The key of a contact; `None` if there is none, or if it was shredded in this transaction.
pub fn get(tx: &mut Tx<'_>, org: Id, contact: Id) -> Result<Option<ContactKey>, StoreError> {
    if tx.is_shredded(org, contact) {
        return Ok(None);
    }
    let sql = select::<ContactKey>("WHERE org = ?1 AND contact = ?2");
    let found = tx.query(Place::Keys, &sql, &bind![org, contact], ContactKey::read)?;
    Ok(found.into_iter().next())
}

/// At most `limit` keys of contacts and of forms that were sent, in the order of their identifiers,
/// after `after`.
pub fn list(
    tx: &mut Tx<'_>,
    org: Id,
    after: Option<Id>,
    limit: u32,
) -> Result<Vec<ContactKey>, StoreError> {
    let sql =
        select::<ContactKey>("WHERE org = ?1 AND contact > ?2 ORDER BY org, contact LIMIT ?3");
    let after = after.unwrap_or_default();
    let mut rows = tx.query(
        Place::Keys,
        &sql,
        &bind![org, after, limit],
        ContactKey::read,
    )?;
    rows.retain(|row| !tx.is_shredded(org, row.contact));
    Ok(rows)
}

/// At most `limit` keys that another master key than this one wrapped, in the order of their
/// contacts, for changing the master key in batches: once [`rewrap`] has saved a batch under the
/// new master key, the next call gives the next batch.
pub fn wrapped_by_others(
    tx: &mut Tx<'_>,
    master_id: &[u8],
    limit: u32,
) -> Result<Vec<ContactKey>, StoreError> {
    let sql = select::<ContactKey>("WHERE master_id <> ?1 ORDER BY org, contact LIMIT ?2");
    tx.query(
        Place::Keys,
        &sql,
        &bind![master_id, limit],
        ContactKey::read,
    )
}

/// Saves keys wrapped anew. One that was deleted meanwhile stays deleted.
pub fn rewrap(tx: &mut Tx<'_>, keys: &[ContactKey]) -> Result<(), StoreError> {
    tx.execute_many(
        Place::Keys,
        "UPDATE keys.contact_key SET wrapped = ?3, master_id = ?4 \
         WHERE org = ?1 AND contact = ?2",
        "UPDATE keys.contact_key k SET wrapped = n.wrapped, master_id = n.master_id \
         FROM unnest($1::bytea[], $2::bytea[], $3::bytea[], $4::bytea[]) \
         AS n (org, contact, wrapped, master_id) \
         WHERE k.org = n.org AND k.contact = n.contact",
        keys.iter()
            .map(|key| bind![key.org, key.contact, key.wrapped, key.master_id]),
    )?;
    Ok(())
}

/// Saves a key of the system; one of the same name is replaced.
pub fn put_system(tx: &mut Tx<'_>, key: &SystemKey) -> Result<(), StoreError> {
    SystemKey::insert_all(
        tx,
        std::slice::from_ref(key),
        "ON CONFLICT (name) DO UPDATE SET wrapped = excluded.wrapped, \
         master_id = excluded.master_id",
    )?;
    Ok(())
}

/// Saves a key of the system unless there is one of the same name; tells whether it was saved.
/// Two processes that start at the same time must then both read which one it is.
pub fn insert_system(tx: &mut Tx<'_>, key: &SystemKey) -> Result<bool, StoreError> {
    let inserted = SystemKey::insert_all(tx, std::slice::from_ref(key), "ON CONFLICT DO NOTHING")?;
    Ok(inserted == 1)
}

/// The key of the system with this name.
pub fn get_system(tx: &mut Tx<'_>, name: &str) -> Result<Option<SystemKey>, StoreError> {
    let sql = select::<SystemKey>("WHERE name = ?1");
    let found = tx.query(Place::Keys, &sql, &bind![name], SystemKey::read)?;
    Ok(found.into_iter().next())
}

/// Every key of the system.
pub fn list_system(tx: &mut Tx<'_>) -> Result<Vec<SystemKey>, StoreError> {
    let sql = select::<SystemKey>("ORDER BY name");
    tx.query(Place::Keys, &sql, &[], SystemKey::read)
}
