//! Writes notices down, in the transaction of what they tell.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use law::ChannelSet;
use register::Recipient;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use store::recipient_notice::RecipientNotice;
use store::{Id, Tx};
use vault::SubjectKey;

use super::notice::{About, Content, NoticeState, Person, Way, note, seal};
use super::tidy::forget;
use crate::contact::Fields;
use crate::installation::new_id;
use crate::log::append::Kind;
use crate::person::{Person as OnRecord, context};
use crate::retention::Held;
use crate::{Act, Error, Organisation};

/// How long what a recipient needs to find the person is kept if nobody answers: longer than it takes to
/// remind one that is overdue, and no longer, since the person may be erased.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 30);

/// What recipients are told.
pub(crate) struct Told<'a> {
    pub(crate) about: About,
    /// The fields by which recipients know the person: those from before a correction.
    pub(crate) fields: &'a Fields,
    /// The fields after a correction.
    pub(crate) now: Option<&'a Fields>,
    /// The entry of what happened.
    pub(crate) cause: i64,
}

/// Writes down one notice to each recipient of the contact's data.
pub(crate) fn tell(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &OnRecord,
    told: &Told<'_>,
    act: &Act,
) -> Result<(), Error> {
    // What changed for nobody but the organisation itself is no rectification that recipients need.
    if let Some(now) = told.now
        && changed(told.fields, now).is_empty()
    {
        return Ok(());
    }
    let recipients = recipients(tx, this, person.row.id, None)?;
    write(tx, this, person, told, &recipients, act)
}

/// Tells those who get the data for advertising over these channels that the person objected: whoever
/// acts for the organisation or together with it must stop as well.
pub(crate) fn objected(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &OnRecord,
    (channels, cause): (ChannelSet, i64),
    act: &Act,
) -> Result<(), Error> {
    let recipients = recipients(tx, this, person.row.id, Some(channels))?;
    if recipients.is_empty() {
        return Ok(());
    }
    let told = Told {
        about: About::Objected,
        fields: &person.fields(this)?,
        now: None,
        cause,
    };
    write(tx, this, person, &told, &recipients, act)
}

/// Who gets a contact's data by the register in force: the recipients of the activities that hold the
/// contact, the same that the answer to an access request names. A notice to somebody who never had the
/// data would itself disclose them. With `channels` only activities that reach people over one of them.
fn recipients(
    tx: &mut Tx<'_>,
    this: &Organisation,
    contact: Id,
    channels: Option<ChannelSet>,
) -> Result<Vec<Recipient>, Error> {
    let in_force = match this.register(tx) {
        Ok(in_force) => in_force,
        // Without a register nobody was named as a recipient.
        Err(Error::NoRegister) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let register = &in_force.register;
    if register.recipients.is_empty() {
        return Ok(Vec::new());
    }
    let Some(held) = Held::load(tx, this, contact)? else {
        return Ok(Vec::new());
    };
    let mut names = BTreeSet::new();
    for activity in held.concerning(register)? {
        let reaches = |set: ChannelSet| {
            let mut both = set.iter();
            both.any(|one| one.reaches_people() && activity.channels.contains(one))
        };
        if channels.is_none_or(reaches) {
            names.extend(activity.recipients.iter().map(String::as_str));
        }
    }
    let all = register.recipients.iter();
    Ok(all
        .filter(|recipient| names.contains(&*recipient.id))
        .cloned()
        .collect())
}

fn write(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &OnRecord,
    told: &Told<'_>,
    recipients: &[Recipient],
    act: &Act,
) -> Result<(), Error> {
    overtake(tx, this, person, told.about, act)?;
    let known = Person::of(told.fields);
    let now = told.now.map(|now| changed(told.fields, now));
    for recipient in recipients {
        let (id, key) = (new_id(act.at)?, SubjectKey::generate()?);
        let wrapped = store::key::ContactKey {
            org: this.id(),
            contact: id,
            wrapped: key.wrap(this.master(), &context(this, id))?,
            master_id: this.master().id().into_bytes(),
        };
        store::key::insert(tx, &[wrapped])?;
        let token = crate::access::random_name()?;
        let content = Content {
            token: token.clone(),
            person: Some(known.clone()),
            now: now.clone().unwrap_or_default(),
            reason: None,
        };
        let way = match (&recipient.webhook, &recipient.mail) {
            (Some(_), _) => Way::Webhook,
            (None, Some(_)) => Way::Mail,
            (None, None) => Way::ByHand,
        };
        let row = RecipientNotice {
            org: this.id(),
            id,
            subject: Id(person.key.pseudonym()),
            recipient: recipient.id.clone(),
            about: told.about as i16,
            cause: told.cause,
            way: way as i16,
            state: NoticeState::Queued as i16,
            token: Sha256::digest(&token).into(),
            sealed: Some(seal(this, id, &key, &content)?),
            tries: 0,
            due_at: due_at(tx, this, (recipient, told.about), way, act)?,
            created_at: act.at,
            sent_at: None,
            answered_at: None,
            forget_at: act.at.checked_add(KEPT).ok(),
            failure: None,
            bundle: None,
        };
        note(tx, this, (Kind::RecipientToBeTold, &key), &row, act)?;
        store::recipient_notice::insert(tx, &[row])?;
    }
    Ok(())
}

/// When a notice goes out: at once, but by mail only one an hour, which then tells of several people.
fn due_at(
    tx: &mut Tx<'_>,
    this: &Organisation,
    (recipient, about): (&Recipient, About),
    way: Way,
    act: &Act,
) -> Result<Timestamp, Error> {
    if way != Way::Mail {
        return Ok(act.at);
    }
    let hour = act.at.as_second().div_euclid(3600);
    let begun = Timestamp::from_second(hour * 3600).unwrap_or(act.at);
    let to = (&*recipient.id, about as i16);
    if !store::recipient_notice::has_mail_since(tx, this.id(), to, begun)? {
        return Ok(act.at);
    }
    Ok(Timestamp::from_second((hour + 1) * 3600).unwrap_or(act.at))
}

/// Ends open notices of a restriction once it is lifted, and the other way round, so that the older one
/// does not arrive after the newer.
fn overtake(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &OnRecord,
    about: About,
    act: &Act,
) -> Result<(), Error> {
    let other = match about {
        About::Restricted => About::Lifted,
        About::Lifted => About::Restricted,
        _ => return Ok(()),
    };
    let subject = Id(person.key.pseudonym());
    for mut row in store::recipient_notice::about(tx, this.id(), subject)? {
        if row.about == other as i16 && NoticeState::stored(row.state)?.is_open() {
            row.state = NoticeState::Superseded as i16;
            forget(tx, this, &mut row, "overtaken", act)?;
        }
    }
    Ok(())
}

/// What recipients have of a person: who it is and where they are reached. Notes, sources and columns that
/// mean nothing here are the organisation's own.
const SHARED: [&str; 12] = [
    "salutation",
    "title",
    "given_name",
    "family_name",
    "company",
    "position",
    "emails",
    "phones",
    "street",
    "postcode",
    "city",
    "country",
];

/// The fields that recipients have and that differ, as they are now; one that is gone is `null`.
fn changed(before: &Fields, now: &Fields) -> Map<String, Value> {
    let map = |fields: &Fields| match serde_json::to_value(fields) {
        Ok(Value::Object(map)) => map,
        _ => Map::new(),
    };
    let (before, mut now) = (map(before), map(now));
    for name in before.keys() {
        now.entry(name.clone()).or_insert(Value::Null);
    }
    now.retain(|name, value| SHARED.contains(&&**name) && before.get(name) != Some(value));
    now
}
