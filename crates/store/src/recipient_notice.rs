//! What recipients of a person's data are told (GDPR Art. 19), and what they answer.

use jiff::Timestamp;

use crate::record::{self, Record, record, select};
use crate::tx::Place;
use crate::value::bind;
use crate::{Hash, Id, StoreError, Tx};

record! {
    Main "recipient_notice",
    /// A notice to one recipient.
    pub struct RecipientNotice {
        /// The organisation.
        pub org: Id,
        /// Its identifier; also that of the key under which it is sealed.
        pub id: Id,
        /// What stands in the log for the person whom it is about.
        pub subject: Id,
        /// The recipient in the register.
        pub recipient: String,
        /// What happened to the data.
        pub about: i16,
        /// The evidence entry of what happened.
        pub cause: i64,
        /// By webhook, by mail or by hand.
        pub way: i16,
        /// What became of it; 1 while it waits.
        pub state: i16,
        /// SHA-256 of the token of the page on which the recipient answers.
        pub token: Hash,
        /// What the recipient needs to find the person, and its answer; gone with the key.
        pub sealed: Option<Vec<u8>>,
        /// How often the webhook was tried.
        pub tries: i64,
        /// When it is tried next.
        pub due_at: Timestamp,
        /// When it was written.
        pub created_at: Timestamp,
        /// When the webhook took it.
        pub sent_at: Option<Timestamp>,
        /// When the recipient answered, or somebody here did so for it.
        pub answered_at: Option<Timestamp>,
        /// When its key goes; `None` once it is gone.
        pub forget_at: Option<Timestamp>,
        /// Why the last try failed, without addresses.
        pub failure: Option<String>,
        /// The notice with whose mail this one went out.
        pub bundle: Option<Id>,
    }
}

/// Adds notices.
pub fn insert(tx: &mut Tx<'_>, new: &[RecipientNotice]) -> Result<(), StoreError> {
    record::insert(tx, new)
}

/// The notice with this identifier.
pub fn get(tx: &mut Tx<'_>, org: Id, id: Id) -> Result<Option<RecipientNotice>, StoreError> {
    record::get(tx, org, id)
}

/// As [`get`], and nobody else changes it until this transaction ends.
pub fn get_to_change(
    tx: &mut Tx<'_>,
    org: Id,
    id: Id,
) -> Result<Option<RecipientNotice>, StoreError> {
    record::get_to_change(tx, org, id)
}

/// The notice whose page has this token.
pub fn with_token(tx: &mut Tx<'_>, token: &Hash) -> Result<Option<RecipientNotice>, StoreError> {
    let sql = select::<RecipientNotice>("WHERE token = ?1");
    tx.row(&sql, &bind![*token], RecipientNotice::read)
}

/// Writes every field; `false` if there is none with its identifier.
pub fn update(tx: &mut Tx<'_>, changed: &RecipientNotice) -> Result<bool, StoreError> {
    record::update(tx, changed)
}

/// At most `limit` notices in the order of their identifiers, after `after`.
pub fn list(
    tx: &mut Tx<'_>,
    org: Id,
    after: Option<Id>,
    limit: u32,
) -> Result<Vec<RecipientNotice>, StoreError> {
    record::page(tx, org, after, limit)
}

/// The notices about a person, in the order in which they were written.
pub fn about(tx: &mut Tx<'_>, org: Id, subject: Id) -> Result<Vec<RecipientNotice>, StoreError> {
    let sql = select::<RecipientNotice>("WHERE org = ?1 AND subject = ?2 ORDER BY id");
    tx.rows(&sql, &bind![org, subject], RecipientNotice::read)
}

/// At most `limit` notices in one of these states, newest first, older than `before`.
pub fn in_states(
    tx: &mut Tx<'_>,
    org: Id,
    states: &[i16],
    before: Option<Id>,
    limit: u32,
) -> Result<Vec<RecipientNotice>, StoreError> {
    let names: Vec<_> = states.iter().map(i16::to_string).collect();
    let sql = select::<RecipientNotice>(&format!(
        "WHERE org = ?1 AND state IN ({}) AND id < ?2 ORDER BY id DESC LIMIT ?3",
        names.join(", ")
    ));
    let before = before.unwrap_or(Id([255; 16]));
    tx.rows(&sql, &bind![org, before, limit], RecipientNotice::read)
}

/// How many notices in one of these states were written at `until` or before.
pub fn count(
    tx: &mut Tx<'_>,
    org: Id,
    states: &[i16],
    until: Timestamp,
) -> Result<u64, StoreError> {
    let names: Vec<_> = states.iter().map(i16::to_string).collect();
    let sql = format!(
        "SELECT COUNT(*) FROM recipient_notice \
         WHERE org = ?1 AND state IN ({}) AND created_at <= ?2",
        names.join(", ")
    );
    let count: Option<i64> = tx.row(&sql, &bind![org, until], |row| row.get(0))?;
    Ok(count
        .and_then(|count| u64::try_from(count).ok())
        .unwrap_or_default())
}

/// The notice to go out this way that is due first, of any organisation.
pub fn due(
    tx: &mut Tx<'_>,
    way: i16,
    now: Timestamp,
) -> Result<Option<RecipientNotice>, StoreError> {
    let sql = select::<RecipientNotice>(
        "WHERE state = 1 AND way = ?1 AND due_at <= ?2 ORDER BY due_at, id LIMIT 1",
    );
    tx.row(&sql, &bind![way, now], RecipientNotice::read)
}

/// Claims a notice for one try until `due_at`; `false` if somebody else did first.
pub fn claim(
    tx: &mut Tx<'_>,
    notice: &RecipientNotice,
    due_at: Timestamp,
) -> Result<bool, StoreError> {
    let sql = "UPDATE recipient_notice SET tries = tries + 1, due_at = ?4 \
               WHERE org = ?1 AND id = ?2 AND tries = ?3 AND state = 1";
    let changed = tx.execute(
        Place::Main,
        sql,
        &bind![notice.org, notice.id, notice.tries, due_at],
    )?;
    Ok(changed == 1)
}

/// Puts notices by mail of the same kind to the same recipient that are due into the mail of `head`, at
/// most `limit`; none of them is due before `due_at` again. Returns how many.
pub fn bundle(
    tx: &mut Tx<'_>,
    head: &RecipientNotice,
    (now, due_at): (Timestamp, Timestamp),
    limit: u32,
) -> Result<u64, StoreError> {
    let sql = "UPDATE recipient_notice SET bundle = ?1, tries = tries + 1, due_at = ?2 \
               WHERE org = ?3 AND id IN (SELECT id FROM recipient_notice \
               WHERE org = ?3 AND recipient = ?4 AND about = ?5 AND way = 2 AND state = 1 \
               AND due_at <= ?6 AND id <> ?1 ORDER BY due_at, id LIMIT ?7)";
    tx.execute(
        Place::Main,
        sql,
        &bind![
            head.id,
            due_at,
            head.org,
            head.recipient,
            head.about,
            now,
            limit
        ],
    )
}

/// The notices that went out with the mail of `head`, in the order of their identifiers.
pub fn bundled(
    tx: &mut Tx<'_>,
    head: &RecipientNotice,
) -> Result<Vec<RecipientNotice>, StoreError> {
    let sql = select::<RecipientNotice>(
        "WHERE org = ?1 AND bundle = ?2 AND recipient = ?3 AND about = ?4 ORDER BY id",
    );
    tx.rows(
        &sql,
        &bind![head.org, head.id, head.recipient, head.about],
        RecipientNotice::read,
    )
}

/// Whether a notice of this kind by mail was written to the recipient at `since` or later.
pub fn has_mail_since(
    tx: &mut Tx<'_>,
    org: Id,
    (recipient, about): (&str, i16),
    since: Timestamp,
) -> Result<bool, StoreError> {
    let sql = "SELECT created_at FROM recipient_notice WHERE org = ?1 AND recipient = ?2 AND about = ?3 \
               AND way = 2 AND created_at >= ?4 LIMIT 1";
    let found: Option<i64> = tx.row(sql, &bind![org, recipient, about, since], |row| row.get(0))?;
    Ok(found.is_some())
}

/// At most `limit` notices whose key goes now.
pub fn to_forget(
    tx: &mut Tx<'_>,
    org: Id,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<RecipientNotice>, StoreError> {
    let sql = select::<RecipientNotice>(
        "WHERE org = ?1 AND forget_at IS NOT NULL AND forget_at <= ?2 ORDER BY forget_at LIMIT ?3",
    );
    tx.rows(&sql, &bind![org, now, limit], RecipientNotice::read)
}

/// Deletes the key of a notice once this transaction is saved.
pub fn shred(tx: &mut Tx<'_>, org: Id, id: Id) -> Result<(), StoreError> {
    tx.shred_after_commit(org, id)
}
