//! Changes that a person asks for or the office makes: correction (GDPR Art. 16), restriction
//! (Art. 18), and a contact that is added by hand.

use jiff::Timestamp;
use jiff::civil::Date;
use law::Country;
use law::facts::{ContactKind, Source, Subscriber};
use serde_json::{Value, json};
use store::lookup::Lookup;
use store::suppression::Suppression;
use store::{Id, Tx};

use crate::contact::{Email, Fields};
use crate::log::append::{self, Kind};
use crate::new_contact::{NewContact, NewContacts, flags};
use crate::objection::{erased_before, suppressed};
use crate::person::{Blind, ContactRef, Kept, LookupKind, Person};
use crate::recipients::{self, About, Told};
use crate::retention::{RetentionFault, hold};
use crate::state::{self, Proved};
use crate::words::{self, flag};
use crate::{Act, Error, Organisation, accuracy, address_proof};

/// A contact as it is added by hand.
#[derive(Clone, Debug)]
pub struct ByHand {
    /// What is known.
    pub fields: Fields,
    /// Consumer or business.
    pub kind: ContactKind,
    /// Whose law counts.
    pub country: Country,
    /// Where the data come from, in words (GDPR Art. 14(2)(f)).
    pub source: String,
    /// What kind of source that is.
    pub source_kind: Source,
    /// When they were obtained.
    pub obtained_on: Date,
    /// When the person was informed.
    pub informed_on: Option<Date>,
}

/// What a correction may change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correctable {
    /// Names, addresses and so on.
    pub fields: Fields,
    /// Consumer or business.
    pub kind: ContactKind,
    /// Whose law counts.
    pub country: Country,
    /// Whether line and mailbox belong to a legal or a natural person, if that is known.
    pub subscriber: Option<Subscriber>,
}

impl Organisation {
    /// What of a contact can be corrected, to be put into a form, with the time of its last change.
    ///
    /// # Errors
    /// When there is no such contact.
    pub fn correctable(&self, contact: &ContactRef) -> Result<(Correctable, Timestamp), Error> {
        self.store().read(|tx| {
            let person = Person::find(tx, self, contact)?;
            let now = Correctable {
                fields: person.fields(self)?,
                kind: words::kind(person.row.kind)?,
                country: person
                    .row
                    .country
                    .parse()
                    .map_err(|_| Error::Stored("country"))?,
                subscriber: words::subscriber(person.row.subscriber)?,
            };
            Ok((now, person.row.changed_at))
        })
    }

    /// Corrects a contact. `seen` is the last change that the person who corrects saw.
    /// Returns the number of the evidence entry.
    ///
    /// # Errors
    /// [`Error::ContactConflict`] when somebody else changed the contact meanwhile; when nobody
    /// could be reached or named by the new fields.
    pub fn correct_contact(
        &self,
        contact: &ContactRef,
        new: &Correctable,
        seen: Timestamp,
        act: &Act,
    ) -> Result<i64, Error> {
        let (this, contact, new, act) = (self.clone(), contact.clone(), new.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let person = Person::find_to_change(tx, &this, &contact)?;
            if person.row.changed_at.as_millisecond() != seen.as_millisecond() {
                return Err(Error::ContactConflict);
            }
            correct(tx, &this, person, &new, &act)
        })
    }

    /// Restricts the processing (GDPR Art. 18). Returns the number of the evidence entry; `None` if it
    /// was so already.
    ///
    /// # Errors
    /// When there is no such contact, or the reason is empty.
    pub fn restrict_contact(
        &self,
        contact: &ContactRef,
        reason: &str,
        act: &Act,
    ) -> Result<Option<i64>, Error> {
        self.set_restricted(contact, true, reason, json!({}), act)
    }

    /// Lifts a restriction of which the person was told before, on the day `told_on` (GDPR Art. 18(3)).
    /// Returns the number of the evidence entry; `None` if there is none any more.
    ///
    /// # Errors
    /// When there is no such contact, the reason is empty, or that day lies in the future.
    pub fn lift_restriction(
        &self,
        contact: &ContactRef,
        told_on: Date,
        reason: &str,
        act: &Act,
    ) -> Result<Option<i64>, Error> {
        if told_on > act.today {
            return Err(Error::Future(told_on));
        }
        self.set_restricted(contact, false, reason, json!({ "told_on": told_on }), act)
    }

    fn set_restricted(
        &self,
        contact: &ContactRef,
        restricted: bool,
        reason: &str,
        mut what: Value,
        act: &Act,
    ) -> Result<Option<i64>, Error> {
        let reason = reason.trim().to_owned();
        if reason.is_empty() {
            return Err(Error::Empty("the reason"));
        }
        what["restricted"] = restricted.into();
        what["reason"] = reason.into();
        let (this, contact, act) = (self.clone(), contact.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let person = Person::find_to_change(tx, &this, &contact)?;
            restrict(tx, &this, person, restricted, what, &act)
        })
    }

    /// Adds a contact by hand.
    ///
    /// # Errors
    /// [`Error::Suppressed`] when an address belongs to somebody who was erased;
    /// [`Error::KnownContact`] when an address is on record already; when nobody could be reached
    /// or named, or the source is empty.
    pub fn add_contact(&self, new: &ByHand, act: &Act) -> Result<Id, Error> {
        usable(&new.fields)?;
        if new.source.trim().is_empty() {
            return Err(Error::Empty("the source"));
        }
        let latest = new
            .informed_on
            .map_or(new.obtained_on, |day| day.max(new.obtained_on));
        if latest > act.today {
            return Err(Error::Future(latest));
        }
        let (this, new, act) = (self.clone(), new.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            // Two who add the same person at once, or one who presses twice, take turns.
            store::organisation::lock(tx, this.id())?;
            let suppressed = suppressed(tx, &this, &new.fields)?;
            if erased_before(&suppressed) {
                return Err(Error::Suppressed);
            }
            let blinds = this.blinds_of(&new.fields);
            if let Some(known) = known_as(tx, &this, &new.fields, &blinds)? {
                return Err(Error::KnownContact(known));
            }
            let contact = NewContact {
                fields: &new.fields,
                kind: new.kind,
                country: new.country,
                subscriber: None,
                source: new.source.trim(),
                source_kind: new.source_kind,
                obtained_on: new.obtained_on,
                informed_on: new.informed_on,
                line: None,
                claimed_consents: &[],
            };
            let mut rows = NewContacts::default();
            let id = rows.add(&this, &contact, &blinds, &act)?;
            rows.write(tx)?;
            object_as_before(tx, &this, id, suppressed, &act)?;
            Ok(id)
        })
    }
}

/// Restricts the processing of a contact that nobody else changes meanwhile, or lifts that; `None` if
/// it was so already.
pub(crate) fn restrict(
    tx: &mut Tx<'_>,
    this: &Organisation,
    mut person: Person,
    restricted: bool,
    what: Value,
    act: &Act,
) -> Result<Option<i64>, Error> {
    if person.row.restricted_at.is_some() == restricted {
        return Ok(None);
    }
    // Who is to be erased stays out of use until then (GDPR Art. 17, 18).
    if !restricted && hold::waits_since(tx, this, person.row.id)?.is_some() {
        return Err(RetentionFault::ErasureWaits.into());
    }
    person.row.restricted_at = restricted.then_some(act.at);
    person.row.changed_at = act.at;
    store::contact::update(tx, &person.row)?;
    let proved = Proved {
        row: state::contact(&person.row),
        what,
    };
    let kind = if restricted {
        Kind::ContactRestricted
    } else {
        Kind::RestrictionLifted
    };
    let cause = append::sealed(tx, this, act, kind, &person.key, &proved)?;
    let told = Told {
        about: if restricted {
            About::Restricted
        } else {
            About::Lifted
        },
        fields: &person.fields(this)?,
        now: None,
        cause,
    };
    recipients::tell(tx, this, &person, &told, act)?;
    Ok(Some(cause))
}

/// Corrects a contact that nobody else changes meanwhile.
pub(crate) fn correct(
    tx: &mut Tx<'_>,
    this: &Organisation,
    mut person: Person,
    new: &Correctable,
    act: &Act,
) -> Result<i64, Error> {
    let id = person.row.id;
    usable(&new.fields)?;
    let mut kept = person.kept(this)?;
    let old_country = person.row.country.clone();
    let mut changed = changed_names(&kept.fields, &new.fields);
    changed.extend(set_standing(&mut person.row, new));
    if changed.is_empty() {
        return Err(Error::Unchanged);
    }
    // An address that comes in must not bring somebody back who was erased, and an objection
    // under it goes on.
    let known = suppressed(tx, this, &kept.fields)?;
    let mut added = suppressed(tx, this, &new.fields)?;
    added.retain(|row| !known.contains(row));
    if erased_before(&added) {
        return Err(Error::Suppressed);
    }
    // The country that the address names goes with the one whose law counts.
    let mut fields = new.fields.clone();
    if fields
        .country
        .is_some_and(|named| named.to_string() == old_country)
    {
        fields.country = Some(new.country);
    }
    screened(&mut person.row, &kept.fields, &fields);
    let lost = address_proof::lost(&kept.fields, &fields);
    address_proof::take(tx, this, &person, &lost, act)?;
    if kept.fields.emails.first().map(Email::key) != fields.emails.first().map(Email::key) {
        // Who reads the old mailbox has no way to the data any more.
        store::own_link::remove_of_contact(tx, this.id(), id)?;
    }
    let before = std::mem::replace(&mut kept.fields, fields);
    rewrite(tx, this, &mut person, &kept, act)?;
    let proved = Proved {
        row: state::contact(&person.row),
        what: json!({ "corrected": changed }),
    };
    let kind = Kind::ContactCorrected;
    let entry = append::sealed(tx, this, act, kind, &person.key, &proved)?;
    let told = Told {
        about: About::Rectified,
        fields: &before,
        now: Some(&kept.fields),
        cause: entry,
    };
    recipients::tell(tx, this, &person, &told, act)?;
    object_as_before(tx, this, id, added, act)?;
    if act.by == crate::preferences::PERSON {
        accuracy::confirm(tx, this, &person, "by_a_correction", act)?;
    }
    Ok(entry)
}

/// Adds to a contact what it lacks and the person now gave by a form. What is on record stays: who
/// reads a mailbox need not be the one who wrote the rest.
pub(crate) fn complete(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &mut Person,
    given: &Fields,
    act: &Act,
) -> Result<(), Error> {
    let mut kept = person.kept(this)?;
    let before = kept.fields.clone();
    let fields = &mut kept.fields;
    if fields.full_name().is_none() {
        fields.given_name.clone_from(&given.given_name);
        fields.family_name.clone_from(&given.family_name);
    }
    if fields.street.is_none() && fields.postcode.is_none() && fields.city.is_none() {
        fields.street.clone_from(&given.street);
        fields.postcode.clone_from(&given.postcode);
        fields.city.clone_from(&given.city);
    }
    for (own, new) in [
        (&mut fields.company, &given.company),
        (&mut fields.position, &given.position),
    ] {
        if own.is_none() {
            own.clone_from(new);
        }
    }
    for phone in &given.phones {
        fields.add_phone(phone.clone());
    }
    // The mailbox that was confirmed just now is the one that is written to.
    if let Some(first) = given.emails.first() {
        fields
            .emails
            .sort_by_key(|email| email.key() != first.key());
    }
    let changed = changed_names(&before, &kept.fields);
    if changed.is_empty() {
        return Ok(());
    }
    let known = suppressed(tx, this, &before)?;
    let mut added = suppressed(tx, this, &kept.fields)?;
    added.retain(|row| !known.contains(row));
    if erased_before(&added) {
        return Ok(());
    }
    screened(&mut person.row, &before, &kept.fields);
    rewrite(tx, this, person, &kept, act)?;
    let proved = Proved {
        row: state::contact(&person.row),
        what: json!({ "corrected": changed }),
    };
    append::sealed(tx, this, act, Kind::ContactChanged, &person.key, &proved)?;
    object_as_before(tx, this, person.row.id, added, act)
}

/// Writes a contact's fields and all by which they are found.
fn rewrite(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &mut Person,
    kept: &Kept,
    act: &Act,
) -> Result<(), Error> {
    let id = person.row.id;
    for row in store::lookup::of_contact(tx, this.id(), id)? {
        if row.kind != LookupKind::Pseudonym as i16 {
            store::lookup::remove(tx, &row)?;
        }
    }
    let rows: Vec<_> = this
        .blinds_of_kept(kept)
        .into_iter()
        .map(|(kind, hash)| Lookup {
            org: this.id(),
            hash,
            kind: kind as i16,
            contact: id,
        })
        .collect();
    store::lookup::insert(tx, &rows)?;
    store::word::remove_all(tx, this.id(), id)?;
    store::word::insert(tx, &this.word_rows(id, &kept.fields))?;
    store::company::remove_all(tx, this.id(), id)?;
    store::company::insert(tx, this.company_row(id, &kept.fields).as_slice())?;
    person.row.sealed = Some(kept.seal(this, id, &person.key)?);
    person.row.changed_at = act.at;
    store::contact::update(tx, &person.row)?;
    Ok(())
}

/// An objection that was raised under an address before goes on.
pub(crate) fn object_as_before(
    tx: &mut Tx<'_>,
    this: &Organisation,
    id: Id,
    suppressed: Vec<Suppression>,
    act: &Act,
) -> Result<(), Error> {
    for row in suppressed {
        let channels = words::channels(row.channels)?;
        crate::objection::record(tx, this, &ContactRef::Id(id), channels, row.since, act)?;
    }
    Ok(())
}

/// The contact on record that is the same person. Who only shares a mailbox or a number with
/// somebody, as colleagues do, is another one.
pub(crate) fn known_as(
    tx: &mut Tx<'_>,
    this: &Organisation,
    fields: &Fields,
    blinds: &[Blind],
) -> Result<Option<Id>, Error> {
    let hashes: Vec<_> = blinds.iter().map(|(_, hash)| *hash).collect();
    for row in store::lookup::find(tx, this.id(), &hashes)? {
        let person = Person::load(tx, this, row.contact)?;
        let kept = person.kept(this)?;
        if kept.identities().any(|other| fields.is_same_person(&other)) {
            return Ok(Some(person.row.id));
        }
    }
    Ok(None)
}

/// What was found out beside the fields stays; but that an address is on no exclusion list was
/// found out for the addresses that there were.
fn screened(row: &mut store::contact::Contact, before: &Fields, now: &Fields) {
    let new_email = now.emails.iter().any(|email| !before.has_email(email));
    let new_phone = now.phones.iter().any(|phone| !before.has_phone(phone));
    let mut beside = row.flags & (flag::SCREENED_LISTED | flag::SCREENED_CLEAR);
    if new_email || new_phone {
        beside &= !flag::SCREENED_CLEAR;
        if beside & flag::SCREENED_LISTED == 0 {
            row.screened_on = None;
        }
    }
    beside |= crate::mail::still_undeliverable(row.flags, before, now);
    row.flags = flags(now) | beside;
}

/// Takes over what stands beside the fields; returns the names of what differs.
fn set_standing(row: &mut store::contact::Contact, new: &Correctable) -> Vec<String> {
    let kind = words::kind_number(new.kind);
    let country = new.country.to_string();
    let subscriber = words::subscriber_number(new.subscriber);
    let differ = [
        ("kind", row.kind != kind),
        ("country", row.country != country),
        ("subscriber", row.subscriber != subscriber),
    ];
    row.kind = kind;
    row.country = country;
    row.subscriber = subscriber;
    let names = differ.into_iter().filter(|(_, differs)| *differs);
    names.map(|(name, _)| name.to_owned()).collect()
}

/// Somebody has to be reached or named by the fields.
fn usable(fields: &Fields) -> Result<(), Error> {
    if fields.emails.is_empty() && fields.phones.is_empty() && !fields.has_postal_address() {
        return Err(Error::NobodyReached);
    }
    Ok(())
}

/// Which fields differ, by name: the evidence says what was corrected, sealed with the rest.
fn changed_names(old: &Fields, new: &Fields) -> Vec<String> {
    let value = |fields: &Fields| serde_json::to_value(fields).unwrap_or_default();
    let (old, new) = (value(old), value(new));
    let keys = |value: &Value| {
        let keys = value.as_object().into_iter().flat_map(|map| map.keys());
        keys.cloned().collect::<Vec<_>>()
    };
    let mut names: Vec<_> = keys(&old).into_iter().chain(keys(&new)).collect();
    names.sort_unstable();
    names.dedup();
    names.retain(|name| old.get(name) != new.get(name));
    names
}
