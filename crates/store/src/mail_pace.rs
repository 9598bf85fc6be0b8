//! When the next mail of a campaign may go to a domain.

use jiff::Timestamp;

use crate::tx::Place;
use crate::value::bind;
use crate::{Hash, StoreError, Tx};

/// Takes the turn of a domain and sets when the next one is; `false` if it is not time yet, or
/// somebody else took it.
pub fn take(
    tx: &mut Tx<'_>,
    domain: &Hash,
    now: Timestamp,
    next_at: Timestamp,
) -> Result<bool, StoreError> {
    let sql = "INSERT INTO mail_pace (domain, next_at) VALUES (?1, ?2) \
               ON CONFLICT (domain) DO UPDATE SET next_at = excluded.next_at \
               WHERE mail_pace.next_at <= ?3";
    Ok(tx.execute(Place::Main, sql, &bind![domain, next_at, now])? == 1)
}

/// Gives back a turn that was taken and not used.
pub fn give_back(tx: &mut Tx<'_>, domain: &Hash, now: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE mail_pace SET next_at = ?2 WHERE domain = ?1";
    tx.execute(Place::Main, sql, &bind![domain, now])?;
    Ok(())
}

/// Removes turns that were over before this; they hold nothing up any more.
pub fn remove_before(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, StoreError> {
    let sql = "DELETE FROM mail_pace WHERE next_at < ?1";
    tx.execute(Place::Main, sql, &bind![before])
}
