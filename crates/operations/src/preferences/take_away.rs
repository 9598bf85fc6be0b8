//! What the link in every mail can do: take permission away, at once and for good until the person
//! says otherwise (GDPR Art. 7(3), 21(2), (3)). It needs no sign-in and shows nothing.

use jiff::ToSpan as _;
use law::{Channel, ChannelSet};
use store::{Id, Tx};

use super::link::PreferenceLink;
use crate::objection::{self, ADVERTISING, Extent, PAUSE, in_force};
use crate::person::{ContactRef, Person};
use crate::{Act, Error, Installation, Organisation, consent, words};

/// For how many days one can pause.
pub const PAUSES: [u16; 3] = [30, 90, 180];

/// What somebody wants no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Any advertising (GDPR Art. 21(2)).
    Advertising,
    /// Advertising over one channel.
    Channel(Channel),
    /// One subject, by the activity's identifier; over one channel or over all.
    Topic {
        /// The activity.
        activity: String,
        /// The channel; all if none is named.
        channel: Option<Channel>,
    },
    /// A profile for advertising (Art. 21(2), second half).
    Profiling,
    /// Anything for so many days, one of [`PAUSES`].
    Pause(u16),
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is so from now on.
    Done,
    /// It was so before; nothing was written.
    Already,
    /// Nothing is stored about the person; an address that was erased stays suppressed.
    NothingStored,
}

/// A subject that one can leave, as the register declares it; nothing of anybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// The activity's identifier.
    pub activity: String,
    /// Its name.
    pub name: String,
    /// The channels by which it reaches people.
    pub channels: Vec<Channel>,
}

impl Organisation {
    /// The subjects of advertising that the register declares. None without a register.
    ///
    /// # Errors
    /// When the register can't be read.
    pub fn topics(&self) -> Result<Vec<Topic>, Error> {
        self.store().read(|tx| topics(tx, self))
    }

    /// Takes permission away from the organisation. Works as often as it is asked for.
    ///
    /// # Errors
    /// [`Error::Purpose`] when the register declares no such subject of advertising, and
    /// [`Error::NoChannel`] when it does not use the channel.
    pub fn take_away(&self, contact: Id, wish: &Wish, act: &Act) -> Result<Taken, Error> {
        let (this, wish, act) = (self.clone(), wish.clone(), act.clone());
        self.store()
            .write(move |tx| match Person::load_to_change(tx, &this, contact) {
                Ok(person) => take_away(tx, &this, &person, &wish, &act),
                Err(Error::Erased | Error::UnknownContact) => Ok(Taken::NothingStored),
                Err(error) => Err(error),
            })
    }
}

impl Installation {
    /// Does what a mail to leave asks for: no more advertising by e-mail. `false` if the token is
    /// none of ours, so that somebody has to look at the mail.
    pub(crate) fn leave_by_mail(&self, token: &str, act: &Act) -> Result<bool, Error> {
        let Some(link) = PreferenceLink::read(token) else {
            return Ok(false);
        };
        let known = self
            .store()
            .read(|tx| store::organisation::get(tx, link.organisation()))?;
        if known.is_none() {
            return Ok(false);
        }
        let organisation = Organisation::by_id(self, link.organisation())?;
        let Some(contact) = organisation.preference_contact(&link) else {
            return Ok(false);
        };
        organisation.take_away(contact, &Wish::Channel(Channel::Email), act)?;
        Ok(true)
    }
}

fn topics(tx: &mut Tx<'_>, this: &Organisation) -> Result<Vec<Topic>, Error> {
    let register = match this.register(tx) {
        Ok(register) => register,
        Err(Error::NoRegister) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let advertising = register
        .register
        .activities
        .iter()
        .filter(|activity| activity.purpose_kind.is_advertising());
    Ok(advertising
        .map(|activity| Topic {
            activity: activity.id.clone(),
            name: activity.name.clone(),
            channels: activity
                .channels
                .iter()
                .filter(|channel| channel.reaches_people())
                .collect(),
        })
        .collect())
}

/// The activities that do not advertise.
fn other_purposes(tx: &mut Tx<'_>, this: &Organisation) -> Result<Vec<String>, Error> {
    let register = this.register_or_empty(tx)?;
    let activities = register.register.activities.iter();
    Ok(activities
        .filter(|activity| !activity.purpose_kind.is_advertising())
        .map(|activity| activity.id.clone())
        .collect())
}

/// The channels that reach people.
fn reaching() -> ChannelSet {
    Channel::ALL
        .into_iter()
        .filter(|channel| channel.reaches_people())
        .collect()
}

/// Takes permission away within a transaction.
pub(crate) fn take_away(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    wish: &Wish,
    act: &Act,
) -> Result<Taken, Error> {
    let all = topics(tx, this)?;
    let everywhere = |tx: &mut Tx<'_>, channels| {
        // Consents for what the register declares no more as well, but not those for something else
        // than advertising.
        let other = other_purposes(tx, this)?;
        let mut withdrawn = false;
        for row in store::consent::of_contact(tx, this.id(), person.row.id)? {
            if row.withdrawn_on.is_none() && !other.contains(&row.purpose) {
                withdrawn |= withdraw(tx, this, person, &row.purpose, channels, act)?;
            }
        }
        if !withdrawn && stopped(tx, this, person, None, channels, act)? {
            return Ok(Taken::Already);
        }
        let contact = ContactRef::Id(person.row.id);
        objection::record(tx, this, &contact, channels, act.today, act)?;
        Ok(Taken::Done)
    };
    match wish {
        Wish::Advertising => everywhere(tx, ChannelSet::ALL),
        Wish::Channel(channel) => everywhere(tx, ChannelSet::of(*channel)),
        Wish::Profiling => everywhere(tx, ChannelSet::of(Channel::Profiling)),
        Wish::Topic { activity, channel } => {
            let Some(topic) = all.iter().find(|topic| topic.activity == *activity) else {
                // No advertising, or declared no more: the consent is all that there is.
                return if withdraw(tx, this, person, activity, ChannelSet::ALL, act)? {
                    Ok(Taken::Done)
                } else {
                    Err(Error::Purpose(NO_TOPIC.to_owned()))
                };
            };
            let channels = match channel {
                Some(channel) if topic.channels.contains(channel) => ChannelSet::of(*channel),
                Some(_) => return Err(Error::NoChannel),
                None => ChannelSet::ALL,
            };
            let withdrawn = withdraw(tx, this, person, activity, channels, act)?;
            if stopped(tx, this, person, Some(activity), channels, act)? {
                return Ok(if withdrawn {
                    Taken::Done
                } else {
                    Taken::Already
                });
            }
            // There may be other grounds than a consent, so the no is written down for itself.
            let extent = Extent {
                scope: ADVERTISING,
                channels,
                activity: Some(activity),
                until: None,
            };
            objection::stop(tx, this, person, &extent, act.today, act)?;
            Ok(Taken::Done)
        }
        Wish::Pause(days) => pause(tx, this, person, *days, act),
    }
}

const NO_TOPIC: &str = "the register declares no such subject of advertising";

fn pause(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    days: u16,
    act: &Act,
) -> Result<Taken, Error> {
    if !PAUSES.contains(&days) {
        return Err(Error::Empty("the time of the pause"));
    }
    let until = act.today.saturating_add(i32::from(days).days());
    let rows = store::objection::of_contact(tx, this.id(), person.row.id)?;
    let paused = rows
        .iter()
        .filter(|row| row.scope == PAUSE)
        .any(|row| row.lifted_on.is_some_and(|end| end >= until));
    if paused {
        return Ok(Taken::Already);
    }
    let extent = Extent {
        scope: PAUSE,
        channels: reaching(),
        activity: None,
        until: Some(until),
    };
    objection::stop(tx, this, person, &extent, act.today, act)?;
    Ok(Taken::Done)
}

/// Withdraws the consents for an activity; `false` if none was in force.
fn withdraw(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    activity: &str,
    channels: ChannelSet,
    act: &Act,
) -> Result<bool, Error> {
    let contact = ContactRef::Id(person.row.id);
    match consent::withdraw(tx, this, &contact, Some(activity), channels, act.today, act) {
        Ok(_) => Ok(true),
        Err(Error::NothingToTakeBack(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether objections in force cover all of it already.
fn stopped(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    activity: Option<&str>,
    channels: ChannelSet,
    act: &Act,
) -> Result<bool, Error> {
    let mut left = u32::from(channels.bits());
    for row in store::objection::of_contact(tx, this.id(), person.row.id)? {
        let covers = row.purpose.is_none() || row.purpose.as_deref() == activity;
        if row.scope == ADVERTISING && covers && in_force(&row, act.today) {
            left &= !u32::from(words::channels(row.channels)?.bits());
        }
    }
    Ok(left == 0)
}
