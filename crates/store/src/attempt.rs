//! Failed attempts to sign in.

use jiff::Timestamp;

use crate::record::{Record, record, select};
use crate::tx::Place;
use crate::value::bind;
use crate::{Hash, StoreError, Tx};

record! {
    Main "attempt",
    /// Failures of one bucket.
    pub struct Attempt {
        /// The keyed hash of what was tried.
        pub bucket: Hash,
        /// How many failed since then.
        pub failed: i64,
        /// When the first of them was.
        pub since: Timestamp,
    }
}

/// The failures of a bucket.
pub fn get(tx: &mut Tx<'_>, bucket: &Hash) -> Result<Option<Attempt>, StoreError> {
    let sql = select::<Attempt>("WHERE bucket = ?1");
    tx.row(&sql, &bind![*bucket], Attempt::read)
}

/// Counts a failure; failures from before `since` are forgotten.
pub fn count(
    tx: &mut Tx<'_>,
    bucket: &Hash,
    since: Timestamp,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO attempt (bucket, failed, since) VALUES (?1, 1, ?3) \
               ON CONFLICT (bucket) DO UPDATE SET \
               failed = CASE WHEN attempt.since < ?2 THEN 1 ELSE attempt.failed + 1 END, \
               since = CASE WHEN attempt.since < ?2 THEN ?3 ELSE attempt.since END";
    tx.execute(Place::Main, sql, &bind![*bucket, since, now])?;
    Ok(())
}

/// Takes back one failure: it was none.
pub fn take_back(tx: &mut Tx<'_>, bucket: &Hash) -> Result<(), StoreError> {
    let sql = "UPDATE attempt SET failed = failed - 1 WHERE bucket = ?1 AND failed > 0";
    tx.execute(Place::Main, sql, &bind![*bucket])?;
    Ok(())
}

/// Forgets the failures of a bucket.
pub fn forget(tx: &mut Tx<'_>, bucket: &Hash) -> Result<(), StoreError> {
    let sql = "DELETE FROM attempt WHERE bucket = ?1";
    tx.execute(Place::Main, sql, &bind![*bucket])?;
    Ok(())
}

/// Removes failures that began before this.
pub fn remove_before(tx: &mut Tx<'_>, since: Timestamp) -> Result<u64, StoreError> {
    let sql = "DELETE FROM attempt WHERE since < ?1";
    tx.execute(Place::Main, sql, &bind![since])
}
