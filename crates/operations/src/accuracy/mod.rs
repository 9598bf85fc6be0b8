//! Accuracy by asking (GDPR Art. 5(1)(d), 16): people are asked by mail whether what is on record is
//! right, and say so or correct it on their own page. The mail advertises nothing.

mod ask;
mod confirm;
mod letter;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use law::{Channel, ChannelSet};
use store::accuracy::Accuracy;
use store::facts::Facts;
use store::{Id, Tx};

use crate::objection::in_force;
use crate::person::Person;
use crate::state::{self, RowProof};
use crate::words::flag;
use crate::{Error, Organisation};

pub use ask::{AskPreview, Asked, AskedOf, LeftOut};
pub(crate) use confirm::confirm;

/// A day so many years before `today`, as the time at which it begins (UTC).
pub(crate) fn years_ago(today: Date, years: i64) -> Result<Timestamp, Error> {
    let day = today.checked_sub(years.years());
    let time = day.and_then(|day| TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)));
    time.map_err(|_| Error::Future(today))
}

/// Why a contact is not asked, if anything stands against it.
pub(crate) fn stands_against(
    facts: &Facts,
    known: Option<&Accuracy>,
    today: Date,
) -> Result<Option<LeftOut>, Error> {
    if let Some(reason) = must_not(facts, today) {
        return Ok(Some(reason));
    }
    let year = years_ago(today, 1)?;
    let lately = |at: Option<Timestamp>| at.is_some_and(|at| at > year);
    Ok(match known {
        Some(row) if lately(row.confirmed_at) => Some(LeftOut::ConfirmedLately),
        Some(row) if lately(row.asked_at) => Some(LeftOut::AskedLately),
        _ => None,
    })
}

/// What stands against a mail that asks, whenever it was written: looked at once more before it goes.
fn must_not(facts: &Facts, today: Date) -> Option<LeftOut> {
    let contact = &facts.contact;
    if !contact.is_present() {
        return Some(LeftOut::Gone);
    }
    if contact.restricted_at.is_some() {
        return Some(LeftOut::Restricted);
    }
    // No advertising, but whoever wants no mail at all is left in peace.
    let email = u32::from(ChannelSet::of(Channel::Email).bits());
    let objected = facts
        .objections
        .iter()
        .any(|row| row.purpose.is_none() && row.channels & email != 0 && in_force(row, today));
    let blocked = facts
        .suppressions
        .iter()
        .any(|row| row.channels & email != 0);
    if objected || blocked {
        return Some(LeftOut::Objected);
    }
    if contact.flags & flag::HAS_EMAIL == 0 {
        return Some(LeftOut::NoMailbox);
    }
    (contact.flags & flag::EMAIL_UNDELIVERABLE != 0).then_some(LeftOut::MailCameBack)
}

/// Whether a mail that was written must not go any more.
pub(crate) fn is_called_off(
    tx: &mut Tx<'_>,
    this: &Organisation,
    contact: Id,
    today: Date,
) -> Result<bool, Error> {
    let facts = store::facts::get(tx, this.id(), contact)?;
    Ok(facts.is_none_or(|facts| must_not(&facts, today).is_some()))
}

/// What proves a row.
pub(crate) fn proof(row: &Accuracy) -> RowProof {
    let asked = row.asked_at.map(Timestamp::as_millisecond);
    let confirmed = row.confirmed_at.map(Timestamp::as_millisecond);
    state::accuracy(row.contact, &(asked, confirmed))
}

/// What is known of a contact; nothing yet if there is no row.
fn known(tx: &mut Tx<'_>, this: &Organisation, person: &Person) -> Result<Accuracy, Error> {
    let contact = person.row.id;
    let found = store::accuracy::get(tx, this.id(), contact)?;
    Ok(found.unwrap_or(Accuracy {
        org: this.id(),
        contact,
        asked_at: None,
        confirmed_at: None,
    }))
}

/// The later times count for the contact that is kept. Returns what proves the row that is there now,
/// and the one that is gone.
pub(crate) fn move_to(
    tx: &mut Tx<'_>,
    this: &Organisation,
    kept: &Person,
    from: Id,
) -> Result<Option<(RowProof, RowProof)>, Error> {
    let Some(other) = store::accuracy::get(tx, this.id(), from)? else {
        return Ok(None);
    };
    let mut row = known(tx, this, kept)?;
    row.asked_at = row.asked_at.max(other.asked_at);
    row.confirmed_at = row.confirmed_at.max(other.confirmed_at);
    store::accuracy::put(tx, &row)?;
    store::accuracy::remove(tx, this.id(), from)?;
    Ok(Some((proof(&row), proof(&other))))
}
