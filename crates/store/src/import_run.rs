//! Runs of an import, so that one that was interrupted can go on.

use jiff::Timestamp;

use crate::record::{Record, record, select};
use crate::value::bind;
use crate::{Hash, Id, StoreError, Tx};

record! {
    Main "import_run",
    /// A run of an import.
    pub struct ImportRun {
        /// The organisation.
        pub org: Id,
        /// What names the file and the way it is read; the same import has the same.
        pub id: Hash,
        /// When it was first started.
        pub started_at: Timestamp,
        /// When it came to the end.
        pub finished_at: Option<Timestamp>,
        /// The first row that is not imported yet.
        pub next_row: i64,
        /// What was counted so far, as JSON.
        pub counts: String,
    }
}

/// Saves where a run is; a run that is there already keeps its start.
pub fn put(tx: &mut Tx<'_>, run: &ImportRun) -> Result<(), StoreError> {
    ImportRun::insert_all(
        tx,
        std::slice::from_ref(run),
        "ON CONFLICT (org, id) DO UPDATE SET finished_at = excluded.finished_at, \
         next_row = excluded.next_row, counts = excluded.counts",
    )?;
    Ok(())
}

/// The run with this identifier.
pub fn get(tx: &mut Tx<'_>, org: Id, id: &Hash) -> Result<Option<ImportRun>, StoreError> {
    let sql = select::<ImportRun>("WHERE org = ?1 AND id = ?2");
    tx.row(&sql, &bind![org, id], ImportRun::read)
}

/// Every run, the latest first.
pub fn list(tx: &mut Tx<'_>, org: Id) -> Result<Vec<ImportRun>, StoreError> {
    let sql = select::<ImportRun>("WHERE org = ?1 ORDER BY started_at DESC, id");
    tx.rows(&sql, &bind![org], ImportRun::read)
}
