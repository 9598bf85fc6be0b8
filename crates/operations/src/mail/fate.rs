//! What becomes of a mail, as it is written down, with the evidence of it.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use store::Tx;
use store::message::Message;
use vault::SubjectKey;

use super::bounce;
use super::compose::{Composed, Content};
use super::letter::MailPurpose;
use super::queue;
use super::send::AT_ONCE;
use super::state::{MailState, Trouble, TroubleKind};
use crate::campaign;
use crate::log::append::{self, Kind};
use crate::person::Person;
use crate::purpose_change::told_by_mail;
use crate::state::{self, hex};
use crate::{Act, Error, Installation, Organisation};

/// How long a mail waits whose organisation can't be opened.
const SET_ASIDE: SignedDuration = SignedDuration::from_hours(1);
/// Mails in one entry after a restore.
const AT_A_RESTORE: u32 = 500;
/// Tries after which a mail is given up that the server always refuses for now.
const TRIES: i64 = 12;

pub(super) fn put(
    tx: &mut Tx<'_>,
    row: &mut Message,
    state: MailState,
    trouble: Option<&Trouble>,
    at: Timestamp,
) -> Result<(), Error> {
    row.state = state as i16;
    row.changed_at = at;
    // Why the last try failed stays until it is known how this one ends.
    if !matches!(state, MailState::Claimed | MailState::Transmitting) {
        row.failure = trouble.map(Trouble::to_string);
    }
    store::message::update(tx, row)?;
    Ok(())
}

pub(super) fn sent(
    tx: &mut Tx<'_>,
    this: &Organisation,
    row: &mut Message,
    key: &SubjectKey,
    act: &Act,
) -> Result<(), Error> {
    // The answer may come after the try was given up as unknown.
    let known = [MailState::Transmitting as i16, MailState::Unknown as i16];
    if !known.contains(&row.state) {
        return Ok(());
    }
    row.state = MailState::Sent as i16;
    row.sent_at = Some(act.at);
    let what = told(this, row, key, MailState::Sent)?;
    if row.purpose == MailPurpose::Campaign as i16 {
        let content = queue::open(this, row, key)?;
        let basis = content.and_then(|content| content.basis);
        let whom = (row.subject, row.campaign);
        campaign::sent(tx, this, whom, basis.as_ref(), act)?;
    }
    if !MailPurpose::stored(row.purpose)?.is_kept() {
        row.sealed = None;
    }
    put(tx, row, MailState::Sent, None, act.at)?;
    append::sealed(tx, this, act, Kind::MailSent, key, &what)?;
    if row.purpose == MailPurpose::Notice as i16 && row.campaign.is_some() {
        told_by_mail(tx, this, row.subject, row.created_at, act)?;
    }
    Ok(())
}

pub(super) fn unclear(
    tx: &mut Tx<'_>,
    this: &Organisation,
    row: &mut Message,
    key: &SubjectKey,
    act: &Act,
) -> Result<(), Error> {
    if row.state != MailState::Transmitting as i16 {
        return Ok(());
    }
    put(
        tx,
        row,
        MailState::Unknown,
        Some(&Trouble::new(TroubleKind::Unclear)),
        act.at,
    )?;
    let what = told(this, row, key, MailState::Unknown)?;
    append::sealed(tx, this, act, Kind::MailUnknown, key, &what)?;
    Ok(())
}

pub(super) fn failed(
    tx: &mut Tx<'_>,
    this: &Organisation,
    row: &mut Message,
    key: &SubjectKey,
    trouble: &Trouble,
    act: &Act,
) -> Result<(), Error> {
    let on_its_way = [MailState::Claimed as i16, MailState::Transmitting as i16];
    if !on_its_way.contains(&row.state) {
        return Ok(());
    }
    row.sha256 = None;
    match trouble.kind {
        TroubleKind::ForGood => bounce::settle(tx, this, row, key, trouble, act),
        TroubleKind::Unwritable => give_up(tx, this, row, key, trouble, act),
        _ if row.tries >= TRIES && !trouble.kind.is_the_server() => {
            give_up(tx, this, row, key, trouble, act)
        }
        _ => {
            row.due_at = act.at + wait(row.tries, trouble);
            put(tx, row, MailState::Waiting, Some(trouble), act.at)
        }
    }
}

/// How long until the next try: 1, 2, 4 … minutes, at most about 17 hours. A server that can't be
/// reached is no fault of the mail: it is tried sooner, at least every hour, and never given up.
fn wait(tries: i64, trouble: &Trouble) -> SignedDuration {
    let doubled = 1_i64 << (tries - 1).clamp(0, 10);
    if trouble.kind.is_the_server() {
        SignedDuration::from_secs((10 * doubled).min(3600))
    } else {
        SignedDuration::from_mins(doubled)
    }
}

pub(super) fn give_up(
    tx: &mut Tx<'_>,
    this: &Organisation,
    row: &mut Message,
    key: &SubjectKey,
    trouble: &Trouble,
    act: &Act,
) -> Result<(), Error> {
    put(tx, row, MailState::GivenUp, Some(trouble), act.at)?;
    let what = brief(row, MailState::GivenUp, Some(trouble))?;
    append::sealed(tx, this, act, Kind::MailGivenUp, key, &what)?;
    Ok(())
}

/// Ends what is not to be sent.
pub(super) fn stop(
    tx: &mut Tx<'_>,
    this: &Organisation,
    row: &mut Message,
    key: &SubjectKey,
    composed: Composed,
    act: &Act,
) -> Result<(), Error> {
    let (state, trouble) = match composed {
        Composed::Held(time) => {
            row.due_at = act.at + time;
            return put(tx, row, MailState::Waiting, None, act.at);
        }
        Composed::Refused(trouble) => (MailState::Refused, trouble),
        Composed::Cancelled(trouble) => (MailState::Cancelled, trouble),
        Composed::Content(_) => return Ok(()),
    };
    row.sealed = None;
    put(tx, row, state, Some(&trouble), act.at)?;
    if state == MailState::Refused {
        let what = brief(row, state, Some(&trouble))?;
        append::sealed(tx, this, act, Kind::MailRefused, key, &what)?;
    }
    Ok(())
}

/// What was on its way when its process ended is unknown.
pub(super) fn lost_on_the_way(
    tx: &mut Tx<'_>,
    here: &Installation,
    act: &Act,
) -> Result<(), Error> {
    for row in store::message::lost_on_the_way(tx, act.at, AT_ONCE)? {
        let row = store::message::get_to_change(tx, row.org, row.id)?;
        let Some(mut row) = row.filter(|row| row.due_at <= act.at) else {
            continue;
        };
        match lost(tx, here, &mut row, act) {
            Err(Error::Store(error)) => return Err(error.into()),
            Err(error) => set_aside(tx, here, &row, MailState::Unknown, &error, act)?,
            Ok(()) => {}
        }
    }
    Ok(())
}

fn lost(tx: &mut Tx<'_>, here: &Installation, row: &mut Message, act: &Act) -> Result<(), Error> {
    let this = Organisation::in_transaction(tx, here, row.org)?;
    if let Some(key) = Person::key(tx, &this, row.subject)? {
        return unclear(tx, &this, row, &key, act);
    }
    store::message::remove(tx, row.org, row.id)?;
    Ok(())
}

/// Ends a mail that can't be read, or whose key can't, so that it does not hold up the others. Since
/// the key may be what is missing, the entry is not sealed; it says nothing of the person. Where not
/// even the organisation can be opened, the mail waits.
pub(super) fn set_aside(
    tx: &mut Tx<'_>,
    here: &Installation,
    row: &Message,
    state: MailState,
    why: &Error,
    act: &Act,
) -> Result<(), Error> {
    tracing::error!(error = %why, mail = %row.id, "a mail can't be read and is set aside");
    let Some(mut row) = store::message::get_to_change(tx, row.org, row.id)? else {
        return Ok(());
    };
    let trouble = Trouble::new(TroubleKind::Unwritable);
    let this = match Organisation::in_transaction(tx, here, row.org) {
        Err(Error::Store(error)) => return Err(error.into()),
        Err(_) => {
            row.due_at = act.at + SET_ASIDE;
            // What may have arrived is not tried again by itself.
            let state = MailState::stored(row.state)?;
            return put(tx, &mut row, state.max(MailState::Claimed), None, act.at);
        }
        Ok(this) => this,
    };
    put(tx, &mut row, state, Some(&trouble), act.at)?;
    let mut what = json!({
        "rows": [state::message(&row)],
        "message": row.id.to_string(),
        "state": state.name(),
        "why": trouble.to_string(),
    });
    if let Ok(purpose) = MailPurpose::stored(row.purpose) {
        what["purpose"] = json!(purpose.name());
    }
    let kind = match state {
        MailState::Unknown => Kind::MailUnknown,
        _ => Kind::MailGivenUp,
    };
    append::clear(tx, &this, act, kind, what)?;
    Ok(())
}

/// Mails that waited or were on their way when the backup was made: they may have gone out meanwhile, so
/// they are not sent. Returns how many, none if there are no more.
pub(crate) fn unsure_after_restore(
    tx: &mut Tx<'_>,
    this: &Organisation,
    act: &Act,
) -> Result<u64, Error> {
    let rows = store::message::unsettled(tx, this.id(), AT_A_RESTORE)?;
    let (mut proofs, mut count) = (Vec::new(), 0);
    let trouble = Trouble::new(TroubleKind::Unclear);
    for mut row in rows {
        put(tx, &mut row, MailState::Unknown, Some(&trouble), act.at)?;
        proofs.push(state::message(&row));
        count += 1;
    }
    if count > 0 {
        let what = json!({
            "rows": proofs,
            "state": MailState::Unknown.name(),
            "why": trouble.to_string(),
            "restored": true,
        });
        append::clear(tx, this, act, Kind::MailUnknown, what)?;
    }
    Ok(count)
}

/// What evidence says of every mail. The row is proved as it is, so it must be in its new state.
pub(super) fn brief(
    row: &Message,
    state: MailState,
    trouble: Option<&Trouble>,
) -> Result<Value, Error> {
    let mut what = json!({
        "rows": [state::message(row)],
        "message": row.id.to_string(),
        "purpose": MailPurpose::stored(row.purpose)?.name(),
        "state": state.name(),
    });
    if let Some(campaign) = row.campaign {
        what["campaign"] = json!(campaign.to_string());
    }
    if let Some(trouble) = trouble {
        what["why"] = json!(trouble.to_string());
    }
    Ok(what)
}

/// What evidence says of a mail that has gone out, or may have.
fn told(
    this: &Organisation,
    row: &Message,
    key: &SubjectKey,
    state: MailState,
) -> Result<Value, Error> {
    let mut what = brief(row, state, None)?;
    if let Some(Content { letter, basis }) = queue::open(this, row, key)? {
        what["to"] = json!(letter.to);
        what["subject"] = json!(letter.subject);
        if let Some(basis) = basis {
            what["basis"] = basis;
        }
    }
    if let Some(sha256) = &row.sha256 {
        what["sha256"] = json!(hex(sha256));
    }
    Ok(what)
}
