//! Objections: taken from anyone, in any form, effective at once (GDPR Art. 21(2), (3)).

use jiff::civil::Date;
use law::ChannelSet;
use serde_json::json;
use store::suppression::Suppression;
use store::{Id, Tx};

use crate::contact::Fields;
use crate::installation::new_id;
use crate::log::append::{self, Kind};
use crate::person::{Blind, ContactRef, Kept, Person};
use crate::state::{self, Proved, RowProof};
use crate::words::SuppressedFor;
use crate::{Act, Error, Organisation, recipients};

/// An objection that was recorded.
#[derive(Clone, Debug)]
pub struct RecordedObjection {
    /// Number of the evidence entry.
    pub entry: i64,
    /// The contacts that it stops. Empty if the address was not known: it is suppressed for the
    /// future all the same.
    pub contacts: Vec<Id>,
}

impl Organisation {
    /// Records an objection to direct marketing over `channels`. It concerns every contact with
    /// the address or number, and stops a later import of it.
    ///
    /// # Errors
    /// When an id is not known, or the day lies in the future.
    pub fn record_objection(
        &self,
        contact: &ContactRef,
        channels: ChannelSet,
        on: Date,
        act: &Act,
    ) -> Result<RecordedObjection, Error> {
        if on > act.today {
            return Err(Error::Future(on));
        }
        if channels.is_empty() {
            return Err(Error::NoChannel);
        }
        let (this, contact, by) = (self.clone(), contact.clone(), act.clone());
        self.store()
            .write(move |tx| record(tx, &this, &contact, channels, on, &by))
    }
}

pub(crate) fn record(
    tx: &mut Tx<'_>,
    this: &Organisation,
    contact: &ContactRef,
    channels: ChannelSet,
    on: Date,
    act: &Act,
) -> Result<RecordedObjection, Error> {
    let (ids, mut blinds) = match contact {
        ContactRef::Id(id) => (vec![*id], Vec::new()),
        ContactRef::Email(email) => {
            let blind = this.blind_email(email);
            (Person::ids_with(tx, this, blind)?, vec![blind])
        }
        ContactRef::Phone(phone) => {
            let blind = this.blind_phone(phone);
            (Person::ids_with(tx, this, blind)?, vec![blind])
        }
    };
    let mut entry = None;
    // Always in one order, so that two objections never wait for each other.
    let mut ids = ids;
    ids.sort_unstable();
    let persons = ids.iter().map(|id| Person::load_to_change(tx, this, *id));
    let persons = persons.collect::<Result<Vec<_>, Error>>()?;
    let ids: Vec<_> = persons.iter().map(|person| person.row.id).collect();
    for person in &persons {
        blinds.extend(to_suppress(tx, this, &person.kept(this)?, &ids)?);
        let number = stop(tx, this, person, &Extent::of(channels), on, act)?;
        recipients::objected(tx, this, person, (channels, number), act)?;
        entry.get_or_insert(number);
    }
    blinds.sort_unstable_by_key(|(kind, hash)| (*kind as i16, *hash));
    blinds.dedup();
    let suppressed = suppress(tx, this, &blinds, channels, on, SuppressedFor::Objection)?;
    if !suppressed.is_empty() {
        let what = json!({ "suppressed": suppressed });
        let number = append::clear(tx, this, act, Kind::AddressSuppressed, what)?;
        entry.get_or_insert(number);
    }
    let entry = entry.ok_or(Error::UnknownContact)?;
    Ok(RecordedObjection {
        entry,
        contacts: ids,
    })
}

/// An objection to direct marketing (`objection.scope`).
pub(crate) const ADVERTISING: i16 = 1;
/// The wish not to hear anything for a while: an objection that ends by itself.
pub(crate) const PAUSE: i16 = 2;

/// How far an objection goes.
pub(crate) struct Extent<'a> {
    pub(crate) scope: i16,
    pub(crate) channels: ChannelSet,
    /// The activity, if it is about that one only.
    pub(crate) activity: Option<&'a str>,
    /// The day from which it stops nothing any more.
    pub(crate) until: Option<Date>,
}

/// Whether an objection stops all advertising on that day, and without an end.
pub(crate) fn stops_all(row: &store::objection::Objection, on: Date) -> bool {
    let all = row.channels == u32::from(ChannelSet::ALL.bits());
    all && row.purpose.is_none() && row.scope == ADVERTISING && in_force(row, on)
}

/// Whether an objection is in force on that day.
pub(crate) fn in_force(row: &store::objection::Objection, on: Date) -> bool {
    row.lifted_on.is_none_or(|day| day > on)
}

impl Extent<'_> {
    /// Every activity, without an end.
    const fn of(channels: ChannelSet) -> Self {
        Self {
            scope: ADVERTISING,
            channels,
            activity: None,
            until: None,
        }
    }
}

/// Records an objection of one contact and suppresses no address.
pub(crate) fn stop(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    extent: &Extent<'_>,
    on: Date,
    act: &Act,
) -> Result<i64, Error> {
    let mut row = store::objection::Objection {
        org: this.id(),
        id: new_id(act.at)?,
        contact: person.row.id,
        scope: extent.scope,
        channels: extent.channels.bits().into(),
        purpose: extent.activity.map(str::to_owned),
        objected_on: on,
        entry_seq: 0,
        lifted_on: extent.until,
    };
    let names: Vec<_> = extent.channels.iter().map(law::Channel::name).collect();
    let mut what = json!({ "channels": names, "objected_on": on });
    if let Some(activity) = extent.activity {
        what["activity"] = activity.into();
    }
    if let Some(until) = extent.until {
        what["until"] = until.to_string().into();
    }
    let kind = if extent.scope == PAUSE {
        Kind::AdvertisingPaused
    } else {
        Kind::ObjectionRecorded
    };
    let proved = Proved {
        row: state::objection(&row),
        what,
    };
    row.entry_seq = append::sealed(tx, this, act, kind, &person.key, &proved)?;
    let entry = row.entry_seq;
    store::objection::insert(tx, &[row])?;
    Ok(entry)
}

/// The suppressions of these addresses and numbers, alone or together with the name.
pub(crate) fn suppressed(
    tx: &mut Tx<'_>,
    this: &Organisation,
    fields: &Fields,
) -> Result<Vec<Suppression>, Error> {
    let alone = this.blinds_of(fields);
    let named = alone.iter();
    let named = named.filter_map(|blind| this.blind_with_name(*blind, fields));
    let hashes: Vec<_> = alone
        .iter()
        .copied()
        .chain(named)
        .map(|(_, hash)| hash)
        .collect();
    let mut found = store::suppression::find(tx, this.id(), &hashes)?;
    // What was lifted blocks nothing.
    found.retain(|row| row.channels != 0);
    Ok(found)
}

/// Whether somebody was erased under one of them. An objection alone does not stand in the way:
/// who objected may consent anew.
pub(crate) fn erased_before(suppressed: &[Suppression]) -> bool {
    let mut reasons = suppressed.iter().map(|row| row.reason);
    reasons.any(|reason| reason == SuppressedFor::Erasure as i16)
}

/// What is suppressed when these people object or are erased: an address that is theirs alone, or,
/// where others on record share it, the address with the name, so that colleagues who share a
/// mailbox or a number are not stopped with them.
pub(crate) fn to_suppress(
    tx: &mut Tx<'_>,
    this: &Organisation,
    kept: &Kept,
    ids: &[Id],
) -> Result<Vec<Blind>, Error> {
    let mut blinds = Vec::new();
    for fields in kept.identities() {
        for blind in this.blinds_of(&fields) {
            let holders = Person::ids_with(tx, this, blind)?;
            if holders.iter().all(|holder| ids.contains(holder)) {
                blinds.push(blind);
            } else {
                blinds.extend(this.blind_with_name(blind, &fields));
            }
        }
    }
    blinds.sort_unstable_by_key(|(kind, hash)| (*kind as i16, *hash));
    blinds.dedup();
    Ok(blinds)
}

/// Suppresses addresses; one that is suppressed already keeps the earlier day, all channels of
/// both, and an erasure as its reason. Returns the proofs of the rows as they are now.
pub(crate) fn suppress(
    tx: &mut Tx<'_>,
    this: &Organisation,
    blinds: &[Blind],
    channels: ChannelSet,
    on: Date,
    reason: SuppressedFor,
) -> Result<Vec<RowProof>, Error> {
    let new: Vec<_> = blinds
        .iter()
        .map(|(kind, hash)| Suppression {
            org: this.id(),
            hash: *hash,
            kind: *kind as i16,
            channels: channels.bits().into(),
            since: on,
            reason: reason as i16,
        })
        .collect();
    store::suppression::add(tx, &new)?;
    let hashes: Vec<_> = blinds.iter().map(|(_, hash)| *hash).collect();
    let rows = store::suppression::find(tx, this.id(), &hashes)?;
    Ok(rows.iter().map(state::suppression).collect())
}
