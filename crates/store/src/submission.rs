//! What people sent by a lead form, until it is confirmed or has run out.

use jiff::Timestamp;

use crate::record::{self, Record, record, select};
use crate::tx::Place;
use crate::value::bind;
use crate::{Hash, Id, StoreError, Tx};

record! {
    Main "submission",
    /// A form that was sent.
    pub struct Submission {
        /// The organisation.
        pub org: Id,
        /// Its identifier; also that of the key under which it is sealed.
        pub id: Id,
        /// The form in the register.
        pub form: String,
        /// The version of the register that the person saw.
        pub version: i64,
        /// The keyed hash of the e-mail address.
        pub address: Hash,
        /// SHA-256 of the token in the mail that asks to confirm.
        pub token: Hash,
        /// What was sent; gone once it is confirmed.
        pub sealed: Option<Vec<u8>>,
        /// When it was sent.
        pub submitted_at: Timestamp,
        /// Until when it can be confirmed.
        pub expires_at: Timestamp,
        /// When it was confirmed.
        pub confirmed_at: Option<Timestamp>,
        /// The contact that it became.
        pub contact: Option<Id>,
        /// The key under which network address and browser are sealed, if the form keeps them.
        pub kept: Option<Id>,
        /// When that key goes.
        pub kept_until: Option<Timestamp>,
        /// The evidence entry that proves its present state.
        pub entry_seq: i64,
    }
}

record! {
    Main "sent_form",
    /// A form that was shown and has been sent.
    pub struct SentForm {
        /// The organisation.
        pub org: Id,
        /// What tells this showing of the form from others.
        pub nonce: Id,
        /// When it could not be sent any more anyway.
        pub expires_at: Timestamp,
    }
}

/// Adds a submission.
pub fn insert(tx: &mut Tx<'_>, new: &Submission) -> Result<(), StoreError> {
    record::insert(tx, std::slice::from_ref(new))
}

/// The submission with this identifier.
pub fn get(tx: &mut Tx<'_>, org: Id, id: Id) -> Result<Option<Submission>, StoreError> {
    record::get(tx, org, id)
}

/// The submission whose mail has this token.
pub fn with_token(tx: &mut Tx<'_>, token: &Hash) -> Result<Option<Submission>, StoreError> {
    let sql = select::<Submission>("WHERE token = ?1");
    tx.row(&sql, &bind![*token], Submission::read)
}

/// As [`with_token`], and nobody else confirms it until this transaction ends.
pub fn with_token_to_confirm(
    tx: &mut Tx<'_>,
    token: &Hash,
) -> Result<Option<Submission>, StoreError> {
    let lock = if tx.is_postgres() { "FOR UPDATE" } else { "" };
    let sql = select::<Submission>(&format!("WHERE token = ?1 {lock}"));
    tx.row(&sql, &bind![*token], Submission::read)
}

/// Writes every field; `false` if there is none with its identifier.
pub fn update(tx: &mut Tx<'_>, changed: &Submission) -> Result<bool, StoreError> {
    record::update(tx, changed)
}

/// How many were sent with this address since then.
pub fn count_since(
    tx: &mut Tx<'_>,
    org: Id,
    address: &Hash,
    since: Timestamp,
) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM submission \
               WHERE org = ?1 AND address = ?2 AND submitted_at > ?3";
    let count = tx.row(sql, &bind![org, *address, since], |row| row.get(0))?;
    Ok(count.unwrap_or_default())
}

/// What was sent with this address and not confirmed.
pub fn unconfirmed_of(
    tx: &mut Tx<'_>,
    org: Id,
    address: &Hash,
) -> Result<Vec<Submission>, StoreError> {
    let sql = select::<Submission>("WHERE org = ?1 AND address = ?2 AND confirmed_at IS NULL");
    tx.rows(&sql, &bind![org, *address], Submission::read)
}

/// At most `limit` submissions of an organisation that nobody confirmed in time.
pub fn run_out(
    tx: &mut Tx<'_>,
    org: Id,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<Submission>, StoreError> {
    let sql = select::<Submission>(
        "WHERE org = ?1 AND expires_at <= ?2 AND confirmed_at IS NULL ORDER BY id LIMIT ?3",
    );
    tx.rows(&sql, &bind![org, now, limit], Submission::read)
}

/// Deletes a submission that nobody confirmed, with its keys.
pub fn remove(tx: &mut Tx<'_>, gone: &Submission) -> Result<(), StoreError> {
    let sql = "DELETE FROM submission WHERE org = ?1 AND id = ?2";
    tx.execute(Place::Main, sql, &bind![gone.org, gone.id])?;
    if let Some(kept) = gone.kept {
        tx.shred_after_commit(gone.org, kept)?;
    }
    tx.shred_after_commit(gone.org, gone.id)
}

/// At most `limit` submissions in the order of their identifiers, after `after`.
pub fn list(
    tx: &mut Tx<'_>,
    org: Id,
    after: Option<Id>,
    limit: u32,
) -> Result<Vec<Submission>, StoreError> {
    record::page(tx, org, after, limit)
}

/// What a contact sent, in the order in which it was sent.
pub fn of_contact(tx: &mut Tx<'_>, org: Id, contact: Id) -> Result<Vec<Submission>, StoreError> {
    record::of_contact(tx, org, contact)
}

/// At most `limit` submissions whose network address and browser are kept no longer.
pub fn kept_run_out(
    tx: &mut Tx<'_>,
    org: Id,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<Submission>, StoreError> {
    let sql = select::<Submission>("WHERE org = ?1 AND kept_until <= ?2 ORDER BY id LIMIT ?3");
    tx.rows(&sql, &bind![org, now, limit], Submission::read)
}

/// Deletes the keys of what is kept of a contact's submissions apart from them.
pub(crate) fn shred_kept(tx: &mut Tx<'_>, org: Id, contact: Id) -> Result<(), StoreError> {
    for row in of_contact(tx, org, contact)? {
        if let Some(kept) = row.kept {
            tx.shred_after_commit(org, kept)?;
        }
    }
    Ok(())
}

/// Deletes a key of a submission: what it sealed is the contact's now, or is kept no longer.
pub fn shred(tx: &mut Tx<'_>, org: Id, id: Id) -> Result<(), StoreError> {
    tx.shred_after_commit(org, id)
}

/// Notes that a form was sent; `false` if it had been already.
pub fn note_sent(tx: &mut Tx<'_>, sent: &SentForm) -> Result<bool, StoreError> {
    let inserted = SentForm::insert_all(tx, std::slice::from_ref(sent), "ON CONFLICT DO NOTHING")?;
    Ok(inserted == 1)
}

/// Forgets forms that could not be sent any more anyway.
pub fn forget_sent(tx: &mut Tx<'_>, now: Timestamp) -> Result<u64, StoreError> {
    let sql = "DELETE FROM sent_form WHERE expires_at <= ?1";
    tx.execute(Place::Main, sql, &bind![now])
}

/// Counts a form that was refused; returns how often that was in the hour.
pub fn count_refusal(
    tx: &mut Tx<'_>,
    org: Id,
    form: &str,
    reason: &str,
    hour: i64,
) -> Result<i64, StoreError> {
    let sql = "INSERT INTO form_refusal (org, form, reason, hour, count) VALUES (?1, ?2, ?3, ?4, 1) \
               ON CONFLICT (org, form, reason, hour) DO UPDATE SET count = form_refusal.count + 1";
    tx.execute(Place::Main, sql, &bind![org, form, reason, hour])?;
    let sql = "SELECT count FROM form_refusal \
               WHERE org = ?1 AND form = ?2 AND reason = ?3 AND hour = ?4";
    let count = tx.row(sql, &bind![org, form, reason, hour], |row| row.get(0))?;
    Ok(count.unwrap_or_default())
}

/// Forgets how often forms were refused before this hour.
pub fn forget_refusals(tx: &mut Tx<'_>, org: Id, before: i64) -> Result<u64, StoreError> {
    let sql = "DELETE FROM form_refusal WHERE org = ?1 AND hour < ?2";
    tx.execute(Place::Main, sql, &bind![org, before])
}
