//! What stands against advertising to a person, and taking it back. Only the person does that, by a
//! link that was mailed for it.

use jiff::civil::Date;
use law::{Channel, ChannelSet};
use serde_json::json;
use store::{Id, Tx};

use crate::log::append::{self, Kind};
use crate::objection::{ADVERTISING, PAUSE, in_force, to_suppress};
use crate::person::Person;
use crate::state::{self, Proved};
use crate::words::SuppressedFor;
use crate::{Act, Error, Organisation, words};

/// An objection or a pause in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Still {
    /// Names it.
    pub id: Id,
    /// Since when.
    pub since: Date,
    /// Until when, if it is a pause.
    pub until: Option<Date>,
    /// The activity, if it is about that one only.
    pub activity: Option<String>,
    /// The channels; empty if it is about all.
    pub channels: Vec<Channel>,
}

/// How a person stands to the organisation's advertising.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Objections and pauses in force, the oldest first.
    pub objections: Vec<Still>,
    /// Consents in force: the activity, its channels, since when, and the evidence entry.
    pub consents: Vec<(String, Vec<Channel>, Date, i64)>,
}

impl Organisation {
    /// How a person stands to the organisation's advertising.
    ///
    /// # Errors
    /// When the contact is not there.
    pub fn standing(&self, contact: Id, on: Date) -> Result<Standing, Error> {
        self.store().read(|tx| {
            let person = Person::load(tx, self, contact)?;
            let mut standing = Standing::default();
            for row in store::objection::of_contact(tx, self.id(), person.row.id)? {
                if !in_force(&row, on) {
                    continue;
                }
                let all = row.channels == u32::from(ChannelSet::ALL.bits());
                let channels = words::channels(row.channels)?;
                standing.objections.push(Still {
                    id: row.id,
                    since: row.objected_on,
                    until: row.lifted_on,
                    activity: row.purpose,
                    channels: channels
                        .iter()
                        .filter(|_| !all && row.scope != PAUSE)
                        .collect(),
                });
            }
            for row in store::consent::of_contact(tx, self.id(), person.row.id)? {
                if row.withdrawn_on.is_none() {
                    let channels = words::channels(row.channels)?.iter().collect();
                    let given = (row.purpose, channels, row.given_on, row.entry_seq);
                    standing.consents.push(given);
                }
            }
            Ok(standing)
        })
    }

    /// Takes an objection or a pause back, for the person. Grants nothing: what is not permitted
    /// otherwise stays so.
    ///
    /// # Errors
    /// [`Error::NothingToTakeBack`] when the contact has no such objection in force.
    pub fn lift_objection(&self, contact: Id, objection: Id, act: &Act) -> Result<i64, Error> {
        let (this, act) = (self.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let person = Person::load_to_change(tx, &this, contact)?;
            let rows = store::objection::of_contact(tx, this.id(), person.row.id)?;
            let (mine, others): (Vec<_>, Vec<_>) = rows
                .into_iter()
                .filter(|row| in_force(row, act.today))
                .partition(|row| row.id == objection);
            let Some(mut row) = mine.into_iter().next() else {
                return Err(Error::NothingToTakeBack("no such objection is in force"));
            };
            row.lifted_on = Some(act.today);
            let proved = Proved {
                row: state::objection(&row),
                what: json!({ "lifted_on": act.today, "objected_on": row.objected_on }),
            };
            let kind = Kind::ObjectionLifted;
            row.entry_seq = append::sealed(tx, &this, &act, kind, &person.key, &proved)?;
            store::objection::update(tx, &row)?;
            if row.scope == ADVERTISING && row.purpose.is_none() {
                let kept = |row: &&store::objection::Objection| {
                    row.scope == ADVERTISING && row.purpose.is_none()
                };
                let kept = others.iter().filter(kept);
                let kept = kept.fold(0, |bits, row| bits | row.channels);
                open_addresses(tx, &this, &person, row.channels & !kept, &act)?;
            }
            Ok(row.entry_seq)
        })
    }
}

/// Takes channels off the blocks on the person's own addresses. One from an erasure stays, and so does
/// one on an address that others share.
fn open_addresses(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    channels: u32,
    act: &Act,
) -> Result<(), Error> {
    let blinds = to_suppress(tx, this, &person.kept(this)?, &[person.row.id])?;
    let hashes: Vec<_> = blinds.iter().map(|(_, hash)| *hash).collect();
    let mut proofs = Vec::new();
    for mut row in store::suppression::find(tx, this.id(), &hashes)? {
        let objected = row.reason == SuppressedFor::Objection as i16;
        if objected && row.channels & channels != 0 {
            row.channels &= !channels;
            store::suppression::lift(tx, &row)?;
            proofs.push(state::suppression(&row));
        }
    }
    if !proofs.is_empty() {
        let what = json!({ "suppressed": proofs });
        append::clear(tx, this, act, Kind::SuppressionLifted, what)?;
    }
    Ok(())
}
