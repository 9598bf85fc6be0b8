//! Mail to contacts and to people who have sent a form.

use jiff::Timestamp;

use crate::record::{self, Record, record, select};
use crate::tx::Place;
use crate::value::bind;
use crate::{Hash, Id, StoreError, Tx};

/// It waits for its time.
pub const WAITING: i16 = 1;
/// Somebody tries to send it until `due_at`; after that another may.
pub const CLAIMED: i16 = 2;
/// Its content is on its way; whether it has arrived is not known before the mail server answers.
pub const TRANSMITTING: i16 = 3;

record! {
    Main "message",
    /// A mail. What the codes of purpose and state mean beyond [`WAITING`], [`CLAIMED`] and
    /// [`TRANSMITTING`] is known to the caller.
    pub struct Message {
        /// The organisation that writes.
        pub org: Id,
        /// Its identifier.
        pub id: Id,
        /// The contact or the submission whose key seals it.
        pub subject: Id,
        /// What it is for.
        pub purpose: i16,
        /// The campaign it belongs to.
        pub campaign: Option<Id>,
        /// What became of it.
        pub state: i16,
        /// The letter, sealed; `None` for a campaign, and where nothing has to be proven.
        pub sealed: Option<Vec<u8>>,
        /// The keyed hash of the address.
        pub address: Hash,
        /// The keyed hash of the address's domain.
        pub domain: Hash,
        /// How often sending was tried.
        pub tries: i64,
        /// When it is sent, or when the present try is over.
        pub due_at: Timestamp,
        /// When it makes no more sense to send it.
        pub not_after: Option<Timestamp>,
        /// When it was written.
        pub created_at: Timestamp,
        /// When something last happened to it.
        pub changed_at: Timestamp,
        /// When the mail server took it.
        pub sent_at: Option<Timestamp>,
        /// SHA-256 of the message as it went out.
        pub sha256: Option<Vec<u8>>,
        /// Why it could not be sent, without addresses.
        pub failure: Option<String>,
    }
}

/// Adds mails. A second one of a campaign to the same subject is [`StoreError::Duplicate`].
pub fn insert(tx: &mut Tx<'_>, new: &[Message]) -> Result<(), StoreError> {
    record::insert(tx, new)
}

/// Writes every field of a mail; `false` if it is gone.
pub fn update(tx: &mut Tx<'_>, message: &Message) -> Result<bool, StoreError> {
    record::update(tx, message)
}

/// The mail with this identifier.
pub fn get(tx: &mut Tx<'_>, org: Id, id: Id) -> Result<Option<Message>, StoreError> {
    record::get(tx, org, id)
}

/// Like [`get`], and nobody else changes it until the transaction ends.
pub fn get_to_change(tx: &mut Tx<'_>, org: Id, id: Id) -> Result<Option<Message>, StoreError> {
    record::get_to_change(tx, org, id)
}

/// The organisation whose mail has this identifier.
pub fn organisation_of(tx: &mut Tx<'_>, id: Id) -> Result<Option<Id>, StoreError> {
    tx.row("SELECT org FROM message WHERE id = ?1", &bind![id], |row| {
        row.get(0)
    })
}

/// At most `limit` mails in the order of their identifiers, after `after`.
pub fn list(
    tx: &mut Tx<'_>,
    org: Id,
    after: Option<Id>,
    limit: u32,
) -> Result<Vec<Message>, StoreError> {
    record::page(tx, org, after, limit)
}

/// The mails to a subject, in the order of their identifiers.
pub fn of_subject(tx: &mut Tx<'_>, org: Id, subject: Id) -> Result<Vec<Message>, StoreError> {
    let sql = select::<Message>("WHERE org = ?1 AND subject = ?2 ORDER BY id");
    tx.rows(&sql, &bind![org, subject], Message::read)
}

/// At most `limit` mails that are due and belong to no campaign, of every organisation.
pub fn due(tx: &mut Tx<'_>, now: Timestamp, limit: u32) -> Result<Vec<Message>, StoreError> {
    let sql = select::<Message>(
        "WHERE state <= 2 AND campaign IS NULL AND due_at <= ?1 ORDER BY due_at, id LIMIT ?2",
    );
    tx.rows(&sql, &bind![now, limit], Message::read)
}

/// The first mail of a campaign that is due to a domain after this one. Domains whose turn is not
/// yet are passed over, so that many mails to one hold up no other.
pub fn due_paced(
    tx: &mut Tx<'_>,
    now: Timestamp,
    after: &Hash,
) -> Result<Option<Message>, StoreError> {
    // It steps from domain to domain, and looks at no mail of one that has to wait.
    let sql = select::<Message>(
        "WHERE id = (WITH RECURSIVE turn (domain) AS ( \
         SELECT (SELECT domain FROM message WHERE state <= 2 AND campaign IS NOT NULL \
         AND domain > ?2 ORDER BY domain LIMIT 1) \
         UNION ALL \
         SELECT (SELECT further.domain FROM message further WHERE further.state <= 2 \
         AND further.campaign IS NOT NULL AND further.domain > turn.domain \
         ORDER BY further.domain LIMIT 1) FROM turn WHERE turn.domain IS NOT NULL) \
         SELECT first.id FROM (SELECT (SELECT due.id FROM message due WHERE due.state <= 2 \
         AND due.campaign IS NOT NULL AND due.domain = turn.domain AND due.due_at <= ?1 \
         ORDER BY due.due_at, due.id LIMIT 1) AS id FROM turn WHERE turn.domain IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM mail_pace WHERE mail_pace.domain = turn.domain \
         AND next_at > ?1)) AS first WHERE first.id IS NOT NULL LIMIT 1)",
    );
    tx.row(&sql, &bind![now, after], Message::read)
}

/// Mails whose content was on its way longer than it can take.
pub fn lost_on_the_way(
    tx: &mut Tx<'_>,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<Message>, StoreError> {
    let sql = select::<Message>("WHERE state = 3 AND due_at <= ?1 ORDER BY due_at, id LIMIT ?2");
    tx.rows(&sql, &bind![now, limit], Message::read)
}

/// How many mails of the organisation are in which state.
pub fn counts(tx: &mut Tx<'_>, org: Id) -> Result<Vec<(i16, i64)>, StoreError> {
    let sql = "SELECT state, COUNT(*) FROM message WHERE org = ?1 GROUP BY state ORDER BY state";
    tx.rows(sql, &bind![org], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// At most `limit` mails in this state, the newest first, before `before`.
pub fn in_state(
    tx: &mut Tx<'_>,
    org: Id,
    state: i16,
    before: Option<Id>,
    limit: u32,
) -> Result<Vec<Message>, StoreError> {
    let before = before.unwrap_or(Id([0xff; 16]));
    let sql =
        select::<Message>("WHERE org = ?1 AND state = ?2 AND id < ?3 ORDER BY id DESC LIMIT ?4");
    tx.rows(&sql, &bind![org, state, before, limit], Message::read)
}

/// The mails of a campaign that nobody has begun to send wait no more; returns how many.
pub fn cancel_campaign(
    tx: &mut Tx<'_>,
    org: Id,
    campaign: Id,
    cancelled: i16,
    at: Timestamp,
) -> Result<u64, StoreError> {
    let sql = "UPDATE message SET state = ?3, changed_at = ?4 \
               WHERE org = ?1 AND campaign = ?2 AND state <= 2";
    tx.execute(Place::Main, sql, &bind![org, campaign, cancelled, at])
}

/// The subjects to whom a mail of a campaign waits or is on its way.
pub fn on_the_way_of_campaign(
    tx: &mut Tx<'_>,
    org: Id,
    campaign: Id,
) -> Result<Vec<Id>, StoreError> {
    let sql = "SELECT subject FROM message WHERE org = ?1 AND campaign = ?2 AND state <= 3";
    tx.rows(sql, &bind![org, campaign], |row| row.get(0))
}

/// Waiting mails of a campaign wait until `due_at`; returns how many.
pub fn hold_campaign(
    tx: &mut Tx<'_>,
    org: Id,
    campaign: Id,
    due_at: Timestamp,
) -> Result<u64, StoreError> {
    let sql = "UPDATE message SET due_at = ?3 WHERE org = ?1 AND campaign = ?2 AND state = 1";
    tx.execute(Place::Main, sql, &bind![org, campaign, due_at])
}

/// Mails of a campaign that wait for later than `later` are due now.
pub fn release_held(
    tx: &mut Tx<'_>,
    org: Id,
    campaign: Id,
    now: Timestamp,
    later: Timestamp,
) -> Result<u64, StoreError> {
    let sql = "UPDATE message SET due_at = ?3 \
               WHERE org = ?1 AND campaign = ?2 AND campaign IS NOT NULL AND state = 1 AND due_at > ?4";
    tx.execute(Place::Main, sql, &bind![org, campaign, now, later])
}

/// Whether mails of a campaign wait or are on their way.
pub fn is_under_way(tx: &mut Tx<'_>, org: Id, campaign: Id) -> Result<bool, StoreError> {
    let sql = "SELECT state FROM message \
               WHERE org = ?1 AND campaign = ?2 AND campaign IS NOT NULL AND state <= 3 LIMIT 1";
    let found: Option<i64> = tx.row(sql, &bind![org, campaign], |row| row.get(0))?;
    Ok(found.is_some())
}

/// Whether a campaign has a mail to this subject.
pub fn is_in_campaign(
    tx: &mut Tx<'_>,
    org: Id,
    campaign: Id,
    subject: Id,
) -> Result<bool, StoreError> {
    let sql = "SELECT state FROM message WHERE org = ?1 AND campaign = ?2 AND subject = ?3";
    let found: Option<i64> = tx.row(sql, &bind![org, campaign, subject], |row| row.get(0))?;
    Ok(found.is_some())
}

/// The mails of a campaign to a mailbox, with their states.
pub fn of_mailbox(
    tx: &mut Tx<'_>,
    org: Id,
    campaign: Id,
    address: &Hash,
) -> Result<Vec<(Id, i16)>, StoreError> {
    let sql = "SELECT id, state FROM message WHERE org = ?1 AND campaign = ?2 \
               AND campaign IS NOT NULL AND address = ?3";
    tx.rows(sql, &bind![org, campaign, address], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// The mails of a campaign counted by state and by why they were not sent.
pub fn of_campaign(
    tx: &mut Tx<'_>,
    org: Id,
    campaign: Id,
) -> Result<Vec<(i16, Option<String>, i64)>, StoreError> {
    // Numbers of people who were anonymised stay.
    let sql = "SELECT state, failure, CAST(SUM(mails) AS BIGINT) FROM ( \
                 SELECT state, failure, COUNT(*) AS mails FROM message \
                 WHERE org = ?1 AND campaign = ?2 GROUP BY state, failure \
                 UNION ALL SELECT state, NULLIF(failure, ''), people FROM campaign_gone \
                 WHERE org = ?1 AND campaign = ?2 AND state > 0) AS every \
               GROUP BY state, failure ORDER BY state, failure";
    tx.rows(sql, &bind![org, campaign], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })
}

/// At most `limit` mails of a campaign in a state, after the one with the identifier `after`.
pub fn of_campaign_in(
    tx: &mut Tx<'_>,
    org: Id,
    campaign: Id,
    state: i16,
    after: Option<Id>,
    limit: u32,
) -> Result<Vec<Message>, StoreError> {
    let after = after.unwrap_or_default();
    let sql = select::<Message>(
        "WHERE org = ?1 AND campaign = ?2 AND state = ?3 AND id > ?4 ORDER BY id LIMIT ?5",
    );
    tx.rows(
        &sql,
        &bind![org, campaign, state, after, limit],
        Message::read,
    )
}

/// Removes a mail.
pub fn remove(tx: &mut Tx<'_>, org: Id, id: Id) -> Result<bool, StoreError> {
    let sql = "DELETE FROM message WHERE org = ?1 AND id = ?2";
    Ok(tx.execute(Place::Main, sql, &bind![org, id])? == 1)
}

/// Removes the mails to a subject.
pub fn remove_of(tx: &mut Tx<'_>, org: Id, subject: Id) -> Result<u64, StoreError> {
    let sql = "DELETE FROM message WHERE org = ?1 AND subject = ?2";
    tx.execute(Place::Main, sql, &bind![org, subject])
}

/// At most `limit` mails of the organisation that wait or are on their way.
pub fn unsettled(tx: &mut Tx<'_>, org: Id, limit: u32) -> Result<Vec<Message>, StoreError> {
    let sql = select::<Message>("WHERE org = ?1 AND state <= 3 ORDER BY id LIMIT ?2");
    tx.rows(&sql, &bind![org, limit], Message::read)
}
