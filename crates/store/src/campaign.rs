//! Campaigns, and the people whom each of them is for.

use jiff::Timestamp;

use crate::record::{self, Record, record, select};
use crate::tx::Place;
use crate::value::bind;
use crate::{Id, StoreError, Tx};

/// It is under way.
pub const SENDING: i16 = 3;

const WAITS: i16 = 1;
const DONE: i16 = 2;

record! {
    Main "campaign",
    /// A campaign. What the codes of channel and state mean beyond [`SENDING`] is known to the
    /// caller.
    pub struct Campaign {
        /// The organisation.
        pub org: Id,
        /// Its identifier.
        pub id: Id,
        /// What people call it.
        pub name: String,
        /// The activity of the register.
        pub activity: String,
        /// The channel.
        pub channel: i16,
        /// The goods class that is advertised.
        pub goods: Option<String>,
        /// Texts and choice of people.
        pub content: String,
        /// How far it is.
        pub state: i16,
        /// Counts the changes.
        pub revision: i64,
        /// Who made it.
        pub made_by: String,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub changed_at: Timestamp,
    }
}

record! {
    Main "campaign_recipient",
    /// Somebody whom a campaign is for.
    pub struct Recipient {
        /// The organisation.
        pub org: Id,
        /// The campaign.
        pub campaign: Id,
        /// The contact.
        pub contact: Id,
        /// Waits, or done with.
        pub state: i16,
    }
}

impl Recipient {
    /// One that waits.
    pub const fn waiting(org: Id, campaign: Id, contact: Id) -> Self {
        Self {
            org,
            campaign,
            contact,
            state: WAITS,
        }
    }
}

/// Adds a campaign.
pub fn insert(tx: &mut Tx<'_>, new: &Campaign) -> Result<(), StoreError> {
    record::insert(tx, std::slice::from_ref(new))
}

/// Writes every field of a campaign; `false` if there is none with its identifier.
pub fn update(tx: &mut Tx<'_>, changed: &Campaign) -> Result<bool, StoreError> {
    record::update(tx, changed)
}

/// The campaign with this identifier.
pub fn get(tx: &mut Tx<'_>, org: Id, id: Id) -> Result<Option<Campaign>, StoreError> {
    record::get(tx, org, id)
}

/// Like [`get`], and nobody else changes it until the transaction ends.
pub fn get_to_change(tx: &mut Tx<'_>, org: Id, id: Id) -> Result<Option<Campaign>, StoreError> {
    record::get_to_change(tx, org, id)
}

/// Every campaign, the newest first.
pub fn list(tx: &mut Tx<'_>, org: Id) -> Result<Vec<Campaign>, StoreError> {
    let sql = select::<Campaign>("WHERE org = ?1 ORDER BY id DESC");
    tx.rows(&sql, &bind![org], Campaign::read)
}

/// The campaigns of every organisation that are under way.
pub fn under_way(tx: &mut Tx<'_>) -> Result<Vec<Campaign>, StoreError> {
    let sql = select::<Campaign>("WHERE state = 3 ORDER BY org, id");
    tx.rows(&sql, &bind![], Campaign::read)
}

/// Adds people to a campaign.
pub fn add_recipients(tx: &mut Tx<'_>, new: &[Recipient]) -> Result<(), StoreError> {
    record::insert(tx, new)
}

/// Nobody is in the campaign any more.
pub fn clear_recipients(tx: &mut Tx<'_>, org: Id, campaign: Id) -> Result<(), StoreError> {
    let sql = "DELETE FROM campaign_recipient WHERE org = ?1 AND campaign = ?2";
    tx.execute(Place::Main, sql, &bind![org, campaign])?;
    Ok(())
}

/// At most `limit` people of a campaign, in the order of their identifiers, after `after`.
pub fn recipients(
    tx: &mut Tx<'_>,
    org: Id,
    campaign: Id,
    after: Option<Id>,
    limit: u32,
) -> Result<Vec<Id>, StoreError> {
    let after = after.unwrap_or_default();
    let sql = "SELECT contact FROM campaign_recipient \
               WHERE org = ?1 AND campaign = ?2 AND contact > ?3 ORDER BY contact LIMIT ?4";
    tx.rows(sql, &bind![org, campaign, after, limit], |row| row.get(0))
}

/// At most `limit` people of a campaign for whom nothing is written down yet.
pub fn waiting(tx: &mut Tx<'_>, org: Id, campaign: Id, limit: u32) -> Result<Vec<Id>, StoreError> {
    let sql = "SELECT contact FROM campaign_recipient \
               WHERE org = ?1 AND campaign = ?2 AND state = 1 ORDER BY contact LIMIT ?3";
    tx.rows(sql, &bind![org, campaign, limit], |row| row.get(0))
}

/// Notes that somebody is done with: a mail is written down, or a letter that informs is handed out.
pub fn done(tx: &mut Tx<'_>, org: Id, campaign: Id, contact: Id) -> Result<(), StoreError> {
    let sql = "UPDATE campaign_recipient SET state = ?4 \
               WHERE org = ?1 AND campaign = ?2 AND contact = ?3";
    tx.execute(Place::Main, sql, &bind![org, campaign, contact, DONE])?;
    Ok(())
}

/// The campaigns, there or not, that have people.
pub fn with_recipients(tx: &mut Tx<'_>, org: Id) -> Result<Vec<Id>, StoreError> {
    let sql = "SELECT DISTINCT campaign FROM campaign_recipient WHERE org = ?1 ORDER BY campaign";
    tx.rows(sql, &bind![org], |row| row.get(0))
}

/// The campaigns that somebody is in.
pub fn of_recipient(tx: &mut Tx<'_>, org: Id, contact: Id) -> Result<Vec<Id>, StoreError> {
    let sql = "SELECT campaign FROM campaign_recipient \
               WHERE org = ?1 AND contact = ?2 ORDER BY campaign";
    tx.rows(sql, &bind![org, contact], |row| row.get(0))
}

/// Everybody of a campaign who is done with.
pub fn done_with(tx: &mut Tx<'_>, org: Id, campaign: Id) -> Result<Vec<Id>, StoreError> {
    let sql = "SELECT contact FROM campaign_recipient \
               WHERE org = ?1 AND campaign = ?2 AND state = 2 ORDER BY contact";
    tx.rows(sql, &bind![org, campaign], |row| row.get(0))
}

/// How many people a campaign is for.
pub fn count(tx: &mut Tx<'_>, org: Id, campaign: Id) -> Result<i64, StoreError> {
    // People who were anonymised still count.
    let sql = "SELECT (SELECT COUNT(*) FROM campaign_recipient WHERE org = ?1 AND campaign = ?2) \
               + COALESCE((SELECT people FROM campaign_gone \
                 WHERE org = ?1 AND campaign = ?2 AND state = 0), 0)";
    let count = tx.row(sql, &bind![org, campaign], |row| row.get(0))?;
    Ok(count.unwrap_or_default())
}

/// Puts `to` in the place of `from` in every campaign. Where both are in one, `from` leaves it.
pub fn move_recipient(tx: &mut Tx<'_>, org: Id, from: Id, to: Id) -> Result<(), StoreError> {
    let both = "DELETE FROM campaign_recipient WHERE org = ?1 AND contact = ?2 AND EXISTS \
                (SELECT 1 FROM campaign_recipient own WHERE own.org = ?1 \
                AND own.campaign = campaign_recipient.campaign AND own.contact = ?3)";
    tx.execute(Place::Main, both, &bind![org, from, to])?;
    let sql = "UPDATE campaign_recipient SET contact = ?3 WHERE org = ?1 AND contact = ?2";
    tx.execute(Place::Main, sql, &bind![org, from, to])?;
    Ok(())
}

/// Gives campaigns that are being sent the state `paused`; returns how many.
pub fn pause_all(tx: &mut Tx<'_>, paused: i16) -> Result<u64, StoreError> {
    let sql = "UPDATE campaign SET state = ?1 WHERE state = 3";
    tx.execute(Place::Main, sql, &bind![paused])
}
