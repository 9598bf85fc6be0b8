//! Entries of the evidence log.
//!
//! An entry is written in the transaction that changes the state. It has no place in the log yet:
//! one sequencer per organisation gives the leaf numbers afterwards, so that writers don't wait for
//! each other.

use jiff::{SignedDuration, Timestamp};

use crate::record::{Record, record, select};
use crate::tx::{Place, Table, Tx};
use crate::value::{Type, bind};
use crate::{Id, StoreError};

record! {
    Main "evidence_entry",
    /// An entry of the evidence log.
    pub struct EvidenceEntry {
        /// The organisation, which has a log of its own.
        pub org: Id,
        /// Its number in the database; numbers have gaps and say nothing about the log's order.
        pub seq: i64,
        /// Its place in the log, from 0; `None` until the sequencer has given it one.
        pub leaf: Option<i64>,
        /// The kind of what happened.
        pub kind: i16,
        /// When it happened.
        pub at: Timestamp,
        /// The pseudonym of the person concerned.
        pub subject: Option<Id>,
        /// The canonical bytes that the log commits to.
        pub bytes: Vec<u8>,
    }
}

/// An entry to append.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// The organisation.
    pub org: Id,
    /// The kind of what happened.
    pub kind: i16,
    /// When it happened.
    pub at: Timestamp,
    /// The pseudonym of the person concerned.
    pub subject: Option<Id>,
    /// The canonical bytes.
    pub bytes: Vec<u8>,
}

const NEW: Table<5> = Table {
    place: Place::Main,
    name: "evidence_entry",
    columns: [
        ("org", Type::Blob),
        ("kind", Type::Int),
        ("at", Type::Int),
        ("subject", Type::Blob),
        ("bytes", Type::Blob),
    ],
    tail: "",
};

/// Waits until no other transaction sequences this organisation's log, and keeps others out until
/// this one ends.
pub fn lock_log(tx: &mut Tx<'_>, org: Id) -> Result<(), StoreError> {
    // A write on SQLite is alone already.
    if tx.is_postgres() {
        // Two organisations with the same number would wait for each other and do no harm.
        let number = org.0.iter().fold(0_i64, |number, byte| {
            number.rotate_left(8) ^ i64::from(*byte)
        });
        tx.rows(
            "SELECT 1::bigint FROM pg_advisory_xact_lock(?1)",
            &bind![number],
            |_| Ok(()),
        )?;
    }
    Ok(())
}

/// Appends an entry; returns its number.
pub fn append(tx: &mut Tx<'_>, new: &NewEntry) -> Result<i64, StoreError> {
    let seq = tx.row(
        "INSERT INTO evidence_entry (org, kind, at, subject, bytes) \
         VALUES (?1, ?2, ?3, ?4, ?5) RETURNING seq",
        &bind![new.org, new.kind, new.at, new.subject, new.bytes],
        |row| row.get(0),
    )?;
    seq.ok_or(StoreError::Malformed("no number for an entry"))
}

/// Appends many entries, faster than one by one.
pub fn append_many(tx: &mut Tx<'_>, new: &[NewEntry]) -> Result<(), StoreError> {
    let rows = new
        .iter()
        .map(|new| bind![new.org, new.kind, new.at, new.subject, new.bytes]);
    tx.insert(&NEW, rows)?;
    Ok(())
}

/// The entry with this number.
pub fn get(tx: &mut Tx<'_>, org: Id, seq: i64) -> Result<Option<EvidenceEntry>, StoreError> {
    let sql = select::<EvidenceEntry>("WHERE org = ?1 AND seq = ?2");
    tx.row(&sql, &bind![org, seq], EvidenceEntry::read)
}

/// The entry at this place of the log.
pub fn at_leaf(tx: &mut Tx<'_>, org: Id, leaf: i64) -> Result<Option<EvidenceEntry>, StoreError> {
    let sql = select::<EvidenceEntry>("WHERE org = ?1 AND leaf = ?2");
    tx.row(&sql, &bind![org, leaf], EvidenceEntry::read)
}

/// At most `limit` entries that have no place in the log yet, in the order of their numbers.
pub fn unsequenced(tx: &mut Tx<'_>, org: Id, limit: u32) -> Result<Vec<EvidenceEntry>, StoreError> {
    let sql = select::<EvidenceEntry>("WHERE org = ?1 AND leaf IS NULL ORDER BY seq LIMIT ?2");
    tx.rows(&sql, &bind![org, limit], EvidenceEntry::read)
}

/// Organisations that have entries without a place in the log.
pub fn organisations_to_sequence(tx: &mut Tx<'_>) -> Result<Vec<Id>, StoreError> {
    tx.rows(
        "SELECT o.id FROM organisation o WHERE EXISTS \
         (SELECT 1 FROM evidence_entry e WHERE e.org = o.id AND e.leaf IS NULL) ORDER BY o.id",
        &[],
        |row| row.get(0),
    )
}

/// Gives entries, by their numbers, the places `first_leaf`, `first_leaf + 1` and so on.
/// A place that is taken is [`StoreError::Duplicate`].
pub fn set_leaves(
    tx: &mut Tx<'_>,
    org: Id,
    first_leaf: i64,
    seqs: &[i64],
) -> Result<(), StoreError> {
    let places: Vec<i64> = (first_leaf..).take(seqs.len()).collect();
    let rows = seqs.iter().zip(&places);
    tx.execute_many(
        Place::Main,
        "UPDATE evidence_entry SET leaf = ?3 WHERE org = ?1 AND seq = ?2 AND leaf IS NULL",
        "UPDATE evidence_entry e SET leaf = n.leaf \
         FROM unnest($1::bytea[], $2::bigint[], $3::bigint[]) AS n (org, seq, leaf) \
         WHERE e.org = n.org AND e.seq = n.seq AND e.leaf IS NULL",
        rows.map(|(seq, leaf)| bind![org, *seq, *leaf]),
    )?;
    Ok(())
}

/// How many entries have a place in the log.
pub fn log_size(tx: &mut Tx<'_>, org: Id) -> Result<i64, StoreError> {
    let last: Option<i64> = tx.row(
        "SELECT leaf FROM evidence_entry WHERE org = ?1 AND leaf IS NOT NULL \
         ORDER BY leaf DESC LIMIT 1",
        &bind![org],
        |row| row.get(0),
    )?;
    Ok(last.map_or(0, |last| last + 1))
}

/// At most `limit` entries of the log in its order, from the place `first`.
pub fn list(
    tx: &mut Tx<'_>,
    org: Id,
    first: i64,
    limit: u32,
) -> Result<Vec<EvidenceEntry>, StoreError> {
    let sql = select::<EvidenceEntry>("WHERE org = ?1 AND leaf >= ?2 ORDER BY leaf LIMIT ?3");
    tx.rows(&sql, &bind![org, first, limit], EvidenceEntry::read)
}

/// Every entry about a person, in the order of their numbers.
pub fn of_subject(tx: &mut Tx<'_>, org: Id, subject: Id) -> Result<Vec<EvidenceEntry>, StoreError> {
    let sql = select::<EvidenceEntry>("WHERE org = ?1 AND subject = ?2 ORDER BY seq");
    tx.rows(&sql, &bind![org, subject], EvidenceEntry::read)
}

/// At most `limit` entries in the order of their numbers, those that wait included, after the
/// number `after`.
pub fn list_by_number(
    tx: &mut Tx<'_>,
    org: Id,
    after: i64,
    limit: u32,
) -> Result<Vec<EvidenceEntry>, StoreError> {
    let sql = select::<EvidenceEntry>("WHERE org = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3");
    tx.rows(&sql, &bind![org, after, limit], EvidenceEntry::read)
}

/// Which entries are asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Which {
    /// Of this kind.
    pub kind: Option<i16>,
    /// From this time on.
    pub from: Option<Timestamp>,
    /// Before this time.
    pub until: Option<Timestamp>,
}

/// At most `limit` entries, the newest first, that came before the one with the number `before`.
pub fn newest_first(
    tx: &mut Tx<'_>,
    org: Id,
    which: Which,
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<EvidenceEntry>, StoreError> {
    let (after, before) = numbers(tx, org, which, before.unwrap_or(i64::MAX))?;
    let from = which.from.unwrap_or(Timestamp::MIN);
    let until = which.until.unwrap_or(Timestamp::MAX);
    if let (Some(kind), None, None) = (which.kind, which.from, which.until) {
        // Without a time the engine must not be led to the index by time.
        let sql = select::<EvidenceEntry>(
            "WHERE org = ?1 AND kind = ?2 AND seq < ?3 ORDER BY seq DESC LIMIT ?4",
        );
        let values = bind![org, kind, before, limit];
        return tx.rows(&sql, &values, EvidenceEntry::read);
    }
    if let Some(kind) = which.kind {
        let sql = select::<EvidenceEntry>(
            "WHERE org = ?1 AND kind = ?2 AND seq > ?3 AND seq < ?4 AND at >= ?5 AND at < ?6 \
             ORDER BY seq DESC LIMIT ?7",
        );
        let values = bind![org, kind, after, before, from, until, limit];
        return tx.rows(&sql, &values, EvidenceEntry::read);
    }
    let sql = select::<EvidenceEntry>(
        "WHERE org = ?1 AND seq > ?2 AND seq < ?3 AND at >= ?4 AND at < ?5 \
         ORDER BY seq DESC LIMIT ?6",
    );
    let values = bind![org, after, before, from, until, limit];
    tx.rows(&sql, &values, EvidenceEntry::read)
}

/// How far the order of numbers and that of times may differ: servers' clocks do.
const SLACK: SignedDuration = SignedDuration::from_hours(24);

/// The numbers between which all entries of the time asked for lie, so that the whole log need not
/// be looked through for a few of them.
fn numbers(tx: &mut Tx<'_>, org: Id, which: Which, before: i64) -> Result<(i64, i64), StoreError> {
    let mut bounds = (-1, before);
    if let Some(from) = which.from.and_then(|from| from.checked_sub(SLACK).ok()) {
        let sql = "SELECT seq FROM evidence_entry WHERE org = ?1 AND at < ?2 \
                   ORDER BY at DESC LIMIT 1";
        let earlier: Option<i64> = tx.row(sql, &bind![org, from], |row| row.get(0))?;
        bounds.0 = earlier.unwrap_or(-1);
    }
    if let Some(until) = which.until.and_then(|until| until.checked_add(SLACK).ok()) {
        let sql = "SELECT seq FROM evidence_entry WHERE org = ?1 AND at >= ?2 \
                   ORDER BY at LIMIT 1";
        let later: Option<i64> = tx.row(sql, &bind![org, until], |row| row.get(0))?;
        bounds.1 = later.map_or(before, |later| later.min(before));
    }
    Ok(bounds)
}

/// The number of the newest entry that is of none of these kinds.
pub fn newest_but(tx: &mut Tx<'_>, org: Id, kinds: &[i16]) -> Result<Option<i64>, StoreError> {
    // The numbers are this program's own. With 0, which is no kind, the list is never empty.
    let kinds: Vec<_> = [0].iter().chain(kinds).map(ToString::to_string).collect();
    let sql = format!(
        "SELECT seq FROM evidence_entry WHERE org = ?1 AND kind NOT IN ({}) \
         ORDER BY seq DESC LIMIT 1",
        kinds.join(", ")
    );
    tx.row(&sql, &bind![org], |row| row.get(0))
}

/// The newest entry of a kind from 100 to 105, those about backups.
pub fn newest_about_backups(
    tx: &mut Tx<'_>,
    org: Id,
    kind: i16,
) -> Result<Option<EvidenceEntry>, StoreError> {
    let sql = select::<EvidenceEntry>(
        "WHERE org = ?1 AND kind = ?2 AND kind >= 100 AND kind <= 105 ORDER BY seq DESC LIMIT 1",
    );
    tx.row(&sql, &bind![org, kind], EvidenceEntry::read)
}

/// Entries of these kinds from place `first` up to, not including, `end`, in the order of the log.
pub fn of_kinds(
    tx: &mut Tx<'_>,
    org: Id,
    (first, end): (i64, i64),
    kinds: &[i16],
) -> Result<Vec<EvidenceEntry>, StoreError> {
    let kinds: Vec<_> = kinds.iter().map(ToString::to_string).collect();
    let sql = select::<EvidenceEntry>(&format!(
        "WHERE org = ?1 AND leaf >= ?2 AND leaf < ?3 AND kind IN ({}) ORDER BY leaf",
        kinds.join(", ")
    ));
    tx.rows(&sql, &bind![org, first, end], EvidenceEntry::read)
}
