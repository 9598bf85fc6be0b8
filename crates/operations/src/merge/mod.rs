//! Two contacts that turned out to be one person become one (GDPR Art. 5(1)(d): accurate data).
//! What protects the person stays, whichever of the two it stood with. The row and the key of the
//! contact that is merged stay too, without data, since they prove what happened before; they go
//! with the erasure of the contact that was kept.

mod moves;
mod unite;

use jiff::Timestamp;
use jiff::civil::Date;
use law::ChannelSet;
use serde_json::{Map, json};
use store::lookup::Lookup;
use store::{Id, Tx};

use crate::browse::{self, ContactLine};
use crate::log::append::{self, Kind};
use crate::objection::{ADVERTISING, in_force, suppress, to_suppress};
use crate::person::{LookupKind, Person};
use crate::state::{self, Proved};
use crate::words::{self, SuppressedFor, flag};
use crate::{Act, Error, Organisation, address_proof};

pub use moves::Moved;
use unite::Half;
pub use unite::{MergeChoices, MergeField, MergeSide};

/// Two contacts side by side, before they become one.
#[derive(Clone, Debug)]
pub struct MergeView {
    /// The contact that would be kept.
    pub kept: ContactLine,
    /// The contact that would be merged into it.
    pub other: ContactLine,
    /// The last changes of the two that this shows.
    pub seen: (Timestamp, Timestamp),
    /// Every field that one of them has.
    pub fields: Vec<MergeRow>,
    /// E-mail addresses of both.
    pub emails: Vec<String>,
    /// Telephone and fax numbers of both.
    pub phones: Vec<String>,
    /// Where the data come from, in words (GDPR Art. 14(2)(f)).
    pub sources: Vec<String>,
    /// The earlier of the days on which the data were obtained.
    pub obtained_on: Date,
    /// The earlier day on which the person was informed (GDPR Art. 13, 14).
    pub informed_on: Option<Date>,
    /// Whether the processing of one is restricted (GDPR Art. 18), so that it stays restricted.
    pub restricted: bool,
    /// Whether one of them was found on an exclusion list.
    pub listed: bool,
    /// Whether one of them has an objection, which then holds for both.
    pub objected: bool,
    /// What moves to the contact that is kept.
    pub moves: Moved,
}

/// One field of the two contacts.
#[derive(Clone, Debug)]
pub struct MergeRow {
    /// Which.
    pub field: MergeField,
    /// What the contact that is kept has.
    pub kept: Option<String>,
    /// What the other one has.
    pub other: Option<String>,
}

impl MergeRow {
    /// Whether a person chooses which value stays.
    pub fn differs(&self) -> bool {
        self.kept.is_some() && self.other.is_some() && self.kept != self.other
    }
}

impl Organisation {
    /// Two contacts side by side.
    ///
    /// # Errors
    /// When one of them is unknown or erased; [`Error::ContactConflict`] when one of them was
    /// merged already; [`Error::SameContact`] when they are the same.
    pub fn merge_view(&self, kept: Id, other: Id) -> Result<MergeView, Error> {
        self.store().read(|tx| {
            let (mine, theirs) = both(tx, self, kept, other)?;
            let kept_line = browse::line(self, &mine, &mine.fields(self)?)?;
            let other_line = browse::line(self, &theirs, &theirs.fields(self)?)?;
            let seen = (mine.row.changed_at, theirs.row.changed_at);
            let moves = Moved::of(tx, self, other)?;
            let own = store::objection::of_contact(tx, self.id(), kept)?;
            let (mine, theirs) = (half(self, &mine)?, half(self, &theirs)?);
            let mut fields = Vec::new();
            let mut choices = MergeChoices::new();
            for field in MergeField::ALL {
                let row = MergeRow {
                    field,
                    kept: mine.value(field)?,
                    other: theirs.value(field)?,
                };
                if row.kept.is_some() || row.other.is_some() {
                    fields.push(row);
                }
                choices.insert(field, MergeSide::Kept);
            }
            let united = unite::unite(&mine, &theirs, &choices)?;
            let (row, kept) = (united.row, united.kept);
            Ok(MergeView {
                kept: kept_line,
                other: other_line,
                seen,
                fields,
                emails: kept.fields.emails.into_iter().map(String::from).collect(),
                phones: kept
                    .fields
                    .phones
                    .iter()
                    .map(|phone| phone.e164().to_owned())
                    .collect(),
                sources: kept.source.lines().map(str::to_owned).collect(),
                obtained_on: row.obtained_on,
                informed_on: row.informed_on,
                restricted: row.restricted_at.is_some(),
                listed: row.flags & flag::SCREENED_LISTED != 0,
                objected: !own.is_empty() || moves.objections > 0,
                moves,
            })
        })
    }

    /// Merges `other` into `kept`. `seen` are the last changes of the two that the person who
    /// merges saw. Returns the number of the evidence entry about the contact that is kept.
    ///
    /// # Errors
    /// As [`Organisation::merge_view`]; [`Error::ContactConflict`] also when somebody else changed
    /// one of them meanwhile; [`Error::MergeChoice`] where somebody has to choose and did not.
    pub fn merge_contacts(
        &self,
        kept: Id,
        other: Id,
        choices: &MergeChoices,
        seen: (Timestamp, Timestamp),
        act: &Act,
    ) -> Result<i64, Error> {
        let (this, choices, act) = (self.clone(), choices.clone(), act.clone());
        self.store().write(move |tx| {
            // In one order, so that two people who merge the same two never wait for each other.
            for id in [kept.min(other), kept.max(other)] {
                store::contact::get_to_change(tx, this.id(), id)?;
            }
            let (mine, theirs) = both(tx, &this, kept, other)?;
            let same = |person: &Person, seen: Timestamp| {
                person.row.changed_at.as_millisecond() == seen.as_millisecond()
            };
            if !same(&mine, seen.0) || !same(&theirs, seen.1) {
                return Err(Error::ContactConflict);
            }
            merge(tx, &this, mine, theirs, &choices, &act)
        })
    }
}

/// The two contacts, if neither was merged before.
fn both(
    tx: &mut Tx<'_>,
    this: &Organisation,
    kept: Id,
    other: Id,
) -> Result<(Person, Person), Error> {
    if kept == other {
        return Err(Error::SameContact);
    }
    let (mine, theirs) = (
        Person::load(tx, this, kept)?,
        Person::load(tx, this, other)?,
    );
    if mine.row.id != kept || theirs.row.id != other {
        return Err(Error::ContactConflict);
    }
    Ok((mine, theirs))
}

fn half(this: &Organisation, person: &Person) -> Result<Half, Error> {
    Ok(Half {
        row: person.row.clone(),
        kept: person.kept(this)?,
    })
}

fn merge(
    tx: &mut Tx<'_>,
    this: &Organisation,
    mut mine: Person,
    theirs: Person,
    choices: &MergeChoices,
    act: &Act,
) -> Result<i64, Error> {
    let (kept, other) = (mine.row.id, theirs.row.id);
    let (own, foreign) = (half(this, &mine)?, half(this, &theirs)?);
    let Half {
        row,
        kept: mut united,
    } = unite::unite(&own, &foreign, choices)?;
    let theirs_fields = &foreign.kept.fields;
    address_proof::put_proven_first(tx, this, (kept, other), theirs_fields, &mut united.fields)?;
    for (person, before) in [(&mine, &own), (&theirs, &foreign)] {
        let lost = address_proof::lost(&before.kept.fields, &united.fields);
        address_proof::take(tx, this, person, &lost, act)?;
    }
    mine.row = row;
    moves::all(tx, this, &mine, &theirs, act)?;
    for id in [kept, other] {
        for row in store::lookup::of_contact(tx, this.id(), id)? {
            // The pseudonyms lead to the keys of both, which open what was written before.
            if row.kind != LookupKind::Pseudonym as i16 {
                store::lookup::remove(tx, &row)?;
            }
        }
        store::word::remove_all(tx, this.id(), id)?;
        store::company::remove_all(tx, this.id(), id)?;
    }
    let lookups: Vec<_> = this
        .blinds_of_kept(&united)
        .into_iter()
        .map(|(kind, hash)| Lookup {
            org: this.id(),
            hash,
            kind: kind as i16,
            contact: kept,
        })
        .collect();
    store::lookup::insert(tx, &lookups)?;
    store::word::insert(tx, &this.word_rows(kept, &united.fields))?;
    store::company::insert(tx, this.company_row(kept, &united.fields).as_slice())?;
    mine.row.sealed = Some(united.seal(this, kept, &mine.key)?);
    mine.row.changed_at = act.at;
    store::contact::update(tx, &mine.row)?;
    let chosen: Map<_, _> = choices
        .iter()
        .filter(|(_, side)| **side == MergeSide::Other)
        .map(|(field, _)| (field.name().to_owned(), json!("other")))
        .collect();
    let proved = Proved {
        row: state::contact(&mine.row),
        what: json!({ "merged": other.to_string(), "chosen": chosen }),
    };
    let entry = append::sealed(tx, this, act, Kind::ContactMerged, &mine.key, &proved)?;
    // Who was merged into the other one before leads to the contact that is kept from now on.
    for earlier in merged_into(tx, this, other)? {
        leave(tx, this, earlier, kept, act)?;
    }
    leave(tx, this, theirs, kept, act)?;
    go_on_stopping(tx, this, &mine, act)?;
    Ok(entry)
}

/// Of a contact that is merged into `kept` stay the row and its key.
fn leave(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: Person,
    kept: Id,
    act: &Act,
) -> Result<(), Error> {
    let Person { mut row, key } = person;
    row.sealed = None;
    row.kind = 0;
    row.country = String::new();
    row.subscriber = 0;
    row.source_kind = 0;
    row.informed_on = None;
    row.first_contact_on = None;
    row.screened_on = None;
    row.restricted_at = None;
    row.flags = 0;
    row.merged_into = Some(kept);
    row.changed_at = act.at;
    store::contact::update(tx, &row)?;
    let proved = Proved {
        row: state::contact(&row),
        what: json!({ "merged_into": kept.to_string() }),
    };
    append::sealed(tx, this, act, Kind::ContactMerged, &key, &proved)?;
    Ok(())
}

/// An objection of one stops the addresses of both, for later lists too (GDPR Art. 21(3)).
fn go_on_stopping(
    tx: &mut Tx<'_>,
    this: &Organisation,
    mine: &Person,
    act: &Act,
) -> Result<(), Error> {
    let mut objections = store::objection::of_contact(tx, this.id(), mine.row.id)?;
    // A pause, or a no to one subject, is the contact's and not the address's.
    objections.retain(|row| {
        row.scope == ADVERTISING && row.purpose.is_none() && in_force(row, act.today)
    });
    if objections.is_empty() {
        return Ok(());
    }
    let blinds = to_suppress(tx, this, &mine.kept(this)?, &[mine.row.id])?;
    let mut proofs = Vec::new();
    for row in objections {
        let channels: ChannelSet = words::channels(row.channels)?;
        let reason = SuppressedFor::Objection;
        // The last time proves the rows as they are in the end.
        proofs = suppress(tx, this, &blinds, channels, row.objected_on, reason)?;
    }
    let what = json!({ "suppressed": proofs });
    append::clear(tx, this, act, Kind::AddressSuppressed, what)?;
    Ok(())
}

/// Everybody who was merged into this contact, with the keys that open what was written about them.
pub(crate) fn merged_into(
    tx: &mut Tx<'_>,
    this: &Organisation,
    kept: Id,
) -> Result<Vec<Person>, Error> {
    let mut persons = Vec::new();
    for row in store::contact::merged_into(tx, this.id(), kept)? {
        let key = Person::key(tx, this, row.id)?.ok_or(Error::Erased)?;
        persons.push(Person { row, key });
    }
    Ok(persons)
}
