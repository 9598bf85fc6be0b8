//! Erasing a contact, and the journal that every restore applies again.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::record::{Record, delete_of_contact, record, select};
use crate::tx::Place;
use crate::value::bind;
use crate::{Id, StoreError, Tx, lookup, message, submission};

record! {
    Main "erasure",
    /// An entry of the journal of erasures, Art. 17 GDPR.
    pub struct Erasure {
        /// The organisation.
        pub org: Id,
        /// The contact.
        pub contact: Id,
        /// When the erasure was asked for or became due.
        pub requested_on: Date,
        /// When it was done; `None` while a hold delays it.
        pub done_at: Option<Timestamp>,
        /// The evidence entry that proves it.
        pub entry_seq: i64,
    }
}

/// Tables whose rows of a contact go with it. What proves them is in the evidence, sealed.
pub const BELONGINGS: [&str; 20] = [
    "consent",
    "objection",
    "sale",
    "circumstance",
    "overrule",
    "hold",
    "word",
    "company",
    "document",
    "call",
    "lead",
    "submission",
    "own_link",
    "request",
    "campaign_recipient",
    "sms_code",
    "retention_due",
    "retention_item",
    "accuracy",
    "released_answer",
];

/// Writes into the journal; a later entry for the same contact takes the place of an earlier one.
/// An erasure that waits for a hold to end is written with `done_at: None`.
pub fn journal(tx: &mut Tx<'_>, entry: &Erasure) -> Result<(), StoreError> {
    Erasure::insert_all(
        tx,
        std::slice::from_ref(entry),
        "ON CONFLICT (org, contact) DO UPDATE SET requested_on = excluded.requested_on, \
         done_at = excluded.done_at, entry_seq = excluded.entry_seq",
    )?;
    Ok(())
}

/// Erases a contact at `at`: its sealed fields, hashes, consents and all else that belongs to it
/// go; of the contact stays its identifier and the day on which its data were obtained; its key is
/// deleted, and with it what was sealed in the evidence and in every backup. The journal says so.
///
/// On SQLite the key goes right after the commit, and the write fails with
/// [`StoreError::ShredPending`] if that doesn't succeed; the erasure is then saved all the same,
/// and the key goes at the next write or start. Blocks that are to stay are the caller's to
/// [add](crate::suppression::add).
pub fn erase(
    tx: &mut Tx<'_>,
    org: Id,
    contact: Id,
    requested_on: Date,
    at: Timestamp,
    entry_seq: i64,
) -> Result<(), StoreError> {
    journal(
        tx,
        &Erasure {
            org,
            contact,
            requested_on,
            done_at: Some(at),
            entry_seq,
        },
    )?;
    submission::shred_kept(tx, org, contact)?;
    for table in BELONGINGS {
        delete_of_contact(tx, table, org, contact)?;
    }
    message::remove_of(tx, org, contact)?;
    lookup::remove_all(tx, org, contact)?;
    tx.execute(
        Place::Main,
        "UPDATE contact SET kind = 0, country = '', subscriber = 0, sealed = NULL, \
         source_kind = 0, informed_on = NULL, first_contact_on = NULL, screened_on = NULL, flags = 0, \
         changed_at = ?3, erased_at = ?3, restricted_at = NULL, told_at = NULL WHERE org = ?1 AND id = ?2",
        &bind![org, contact, at],
    )?;
    tx.shred_after_commit(org, contact)
}

/// The journal's entry for a contact.
pub fn get(tx: &mut Tx<'_>, org: Id, contact: Id) -> Result<Option<Erasure>, StoreError> {
    let sql = select::<Erasure>("WHERE org = ?1 AND contact = ?2");
    tx.row(&sql, &bind![org, contact], Erasure::read)
}

/// What the evidence entry with this number erased.
pub fn of_entry(tx: &mut Tx<'_>, org: Id, entry_seq: i64) -> Result<Option<Erasure>, StoreError> {
    let sql = select::<Erasure>("WHERE org = ?1 AND entry_seq = ?2");
    tx.row(&sql, &bind![org, entry_seq], Erasure::read)
}

/// Every entry of the journal.
pub fn list(tx: &mut Tx<'_>, org: Id) -> Result<Vec<Erasure>, StoreError> {
    let sql = select::<Erasure>("WHERE org = ?1 ORDER BY contact");
    tx.rows(&sql, &bind![org], Erasure::read)
}

/// Erasures that wait for a hold to end.
pub fn waiting(tx: &mut Tx<'_>, org: Id) -> Result<Vec<Erasure>, StoreError> {
    let sql = select::<Erasure>("WHERE org = ?1 AND done_at IS NULL ORDER BY contact");
    tx.rows(&sql, &bind![org], Erasure::read)
}
