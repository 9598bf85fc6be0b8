//! Erasing a person: the key is shredded, a hashed suppression entry stays, and a certificate
//! proves it (GDPR Art. 17; the suppression by Art. 21(3) and 17(3)(b)).

use jiff::civil::Date;
use law::ChannelSet;
use serde_json::{Map, Value, json};
use store::{Id, Tx};

use crate::lead_form;
use crate::log::append::{self, Kind};
use crate::merge::merged_into;
use crate::objection::{suppress, to_suppress};
use crate::person::{ContactRef, Person};
use crate::recipients::{self, About, Told};
use crate::request;
use crate::retention::{floor, hold};
use crate::state::RowProof;
use crate::words::SuppressedFor;
use crate::{Act, Error, Organisation};

/// An erasure that was carried out, or waits for a hold to end.
#[derive(Clone, Debug)]
pub struct Erased {
    /// Number of the evidence entry; its receipt is the certificate.
    pub entry: i64,
    /// The id that the contact had.
    pub contact: Id,
    /// How many addresses and numbers are suppressed from now on.
    pub suppressed: usize,
    /// The last day of a legal hold: until then the data are restricted, and then they go by
    /// themselves. `None` if they are gone.
    pub waits_until: Option<Date>,
    /// The provisions that it waits for; empty if the data are gone.
    pub waits_for: Vec<String>,
}

impl Organisation {
    /// Erases a person for good, with every contact that was merged into this one. While a legal hold
    /// stands, or the law asks to keep a proof (UWG § 7a(2)), the data are restricted instead, and go
    /// when that ends.
    ///
    /// # Errors
    /// When the contact is unknown or erased already.
    pub fn erase(&self, contact: &ContactRef, act: &Act) -> Result<Erased, Error> {
        let (this, contact, by) = (self.clone(), contact.clone(), act.clone());
        let erased = self.store().write(move |tx| -> Result<_, Error> {
            let person = Person::find_to_change(tx, &this, &contact)?;
            if let Some(kept) = floor::kept(tx, &this, person.row.id, by.today)? {
                return hold::wait(tx, &this, person, kept, &by);
            }
            let asked_on = request::erasure_asked_on(tx, &this, person.row.id)?;
            let asked_on = asked_on.unwrap_or(by.today);
            on_request(tx, &this, &person, (asked_on, Map::new()), &by)
        })?;
        self.sequence(act.at)?;
        Ok(erased)
    }
}

/// Erases a person who asked for it on a day: nothing may bring the person back. The entry says `more`,
/// which must hold no personal data.
pub(crate) fn on_request(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    (requested_on, more): (Date, Map<String, Value>),
    act: &Act,
) -> Result<Erased, Error> {
    let proofs = suppress_for_good(tx, this, person, act.today)?;
    let suppressed = proofs.len();
    let entry = carry_out(tx, this, person, requested_on, (proofs, more), act)?;
    Ok(Erased {
        entry,
        contact: person.row.id,
        suppressed,
        waits_until: None,
        waits_for: Vec::new(),
    })
}

/// Suppresses what is a person's own, as one who is erased on request.
pub(crate) fn suppress_for_good(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    on: Date,
) -> Result<Vec<RowProof>, Error> {
    let blinds = to_suppress(tx, this, &person.kept(this)?, &[person.row.id])?;
    let reason = SuppressedFor::Erasure;
    suppress(tx, this, &blinds, ChannelSet::ALL, on, reason)
}

/// Erases everything of a person. The entry proves the suppressions and says `more`, which must hold no
/// personal data. Returns its number.
pub(crate) fn carry_out(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    requested_on: Date,
    (suppressed, more): (Vec<RowProof>, Map<String, Value>),
    act: &Act,
) -> Result<i64, Error> {
    let kept = person.kept(this)?;
    let mut what = Map::from_iter([
        ("suppressed".to_owned(), json!(suppressed)),
        ("requested_on".to_owned(), json!(requested_on)),
    ]);
    what.extend(more);
    let entry = append::clear_about(tx, this, act, Kind::ErasureDone, &person.key, what)?;
    let id = person.row.id;
    recipients::supersede(tx, this, person, act)?;
    let told = Told {
        about: About::Erased,
        fields: &kept.fields,
        now: None,
        cause: entry,
    };
    recipients::tell(tx, this, person, &told, act)?;
    for fields in kept.identities() {
        for email in &fields.emails {
            lead_form::remove_unconfirmed(tx, this, email, act)?;
            request::remove_of_addresses(tx, this, email, act)?;
        }
    }
    lead_form::end_kept(tx, this, id, act)?;
    store::erasure::erase(tx, this.id(), id, requested_on, act.at, entry)?;
    for merged in merged_into(tx, this, id)? {
        erase_merged(tx, this, &merged, id, requested_on, act)?;
    }
    Ok(entry)
}

/// Erases what was left of a contact that was merged: its key, which opens what was written before.
/// Its addresses are suppressed with those of the contact that was kept.
fn erase_merged(
    tx: &mut Tx<'_>,
    this: &Organisation,
    merged: &Person,
    kept: Id,
    requested_on: Date,
    act: &Act,
) -> Result<(), Error> {
    let what = Map::from_iter([
        ("merged_into".to_owned(), json!(kept.to_string())),
        ("requested_on".to_owned(), json!(requested_on)),
    ]);
    let entry = append::clear_about(tx, this, act, Kind::ErasureDone, &merged.key, what)?;
    recipients::supersede(tx, this, merged, act)?;
    let id = merged.row.id;
    lead_form::end_kept(tx, this, id, act)?;
    store::erasure::erase(tx, this.id(), id, requested_on, act.at, entry)?;
    Ok(())
}
