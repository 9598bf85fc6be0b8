//! Who releases the runs of retention.

use jiff::Timestamp;

use crate::record::{Record, record, select};
use crate::value::bind;
use crate::{Id, StoreError, Tx};

record! {
    Main "retention_setting",
    /// Who releases runs. What the codes mean is known to the caller.
    pub struct Setting {
        /// The organisation.
        pub org: Id,
        /// The way that is in force.
        pub release: i16,
        /// The way that somebody asked for and nobody has confirmed yet.
        pub asked: Option<i16>,
        /// The account that asked for it.
        pub asked_by: Option<String>,
        /// When.
        pub asked_at: Option<Timestamp>,
    }
}

/// The setting; `None` if nobody has laid it down.
pub fn get(tx: &mut Tx<'_>, org: Id) -> Result<Option<Setting>, StoreError> {
    let sql = select::<Setting>("WHERE org = ?1");
    tx.row(&sql, &bind![org], Setting::read)
}

/// Like [`get`], and nobody else changes it until the transaction ends.
pub fn get_to_change(tx: &mut Tx<'_>, org: Id) -> Result<Option<Setting>, StoreError> {
    let lock = if tx.is_postgres() { "FOR UPDATE" } else { "" };
    let sql = select::<Setting>(&format!("WHERE org = ?1 {lock}"));
    tx.row(&sql, &bind![org], Setting::read)
}

/// Writes the setting.
pub fn put(tx: &mut Tx<'_>, setting: &Setting) -> Result<(), StoreError> {
    Setting::insert_all(
        tx,
        std::slice::from_ref(setting),
        "ON CONFLICT (org) DO UPDATE SET release = excluded.release, asked = excluded.asked, \
         asked_by = excluded.asked_by, asked_at = excluded.asked_at",
    )?;
    Ok(())
}
