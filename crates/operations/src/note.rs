//! What people write down about a contact because the gate needs it: a sale, the circumstances
//! that let presume interest, a look into an exclusion list, that the person was informed, and a
//! decision against a refusal.

use jiff::civil::Date;
use law::Channel;
use law::facts::{InterestGround, RelationKind};
use law::gate::NextStep;
use serde_json::{Value, json};
use store::Tx;

use crate::dossier::{Dossier, Question};
use crate::installation::new_id;
use crate::lead_form::{self, Stage};
use crate::log::append::{self, Kind};
use crate::person::{ContactRef, Person, seal_text};
use crate::state::{self, Proved, RowProof};
use crate::words::{self, flag};
use crate::{Act, Error, Organisation};

/// A sale, for the existing-customer rule (UWG § 7(3)).
#[derive(Clone, Debug)]
pub struct Sale {
    /// Goods class as the register names it.
    pub goods: String,
    /// When it was made.
    pub sold_on: Date,
    /// The address was obtained in connection with it (Nr. 1).
    pub address_from_sale: bool,
    /// The right to object was pointed out at collection (Nr. 4).
    pub notice_at_collection: bool,
    /// What kind of relation it made.
    pub relation: RelationKind,
}

impl Organisation {
    /// Notes a sale. Returns the number of the evidence entry.
    ///
    /// # Errors
    /// When the contact is unknown, the goods class is empty or the day lies in the future.
    pub fn note_sale(&self, contact: &ContactRef, sale: Sale, act: &Act) -> Result<i64, Error> {
        if sale.sold_on > act.today {
            return Err(Error::Future(sale.sold_on));
        }
        if sale.goods.trim().is_empty() {
            return Err(Error::Empty("the goods class"));
        }
        self.note(contact, act, move |tx, this, person, act| {
            let lead = if sale.relation == RelationKind::Purchase {
                lead_form::advance(tx, this, person.row.id, Stage::Customer, act)?
            } else {
                None
            };
            write_sale(tx, this, &person, &sale, lead, act)
        })
    }

    /// Notes concrete circumstances that let presume interest in a call (UWG § 7(2) Nr. 1).
    /// They must be known before the call. Returns the number of the evidence entry.
    ///
    /// # Errors
    /// When the contact or activity is unknown, or the text is empty.
    pub fn note_circumstance(
        &self,
        contact: &ContactRef,
        activity: &str,
        ground: InterestGround,
        text: &str,
        act: &Act,
    ) -> Result<i64, Error> {
        let (activity, text) = (activity.to_owned(), text.trim().to_owned());
        if text.is_empty() {
            return Err(Error::Empty("the text of the circumstances"));
        }
        self.note(contact, act, move |tx, this, person, act| {
            write_circumstance(tx, this, &person, &activity, ground, &text, act)
        })
    }

    /// Notes that the person was given the information of Art. 13 or 14. Returns the number of
    /// the evidence entry.
    ///
    /// # Errors
    /// When the contact is unknown or the day lies in the future.
    pub fn note_informed(&self, contact: &ContactRef, on: Date, act: &Act) -> Result<i64, Error> {
        if on > act.today {
            return Err(Error::Future(on));
        }
        self.note(contact, act, move |tx, this, mut person, act| {
            person.row.informed_on = Some(on);
            // What is told today is told of the purposes as they are now.
            if on == act.today {
                person.row.told_at = Some(act.at);
            }
            write_contact(tx, this, person, json!({ "informed_on": on }), act)
        })
    }

    /// Notes what a look into the country's exclusion list gave. Returns the number of the
    /// evidence entry.
    ///
    /// # Errors
    /// When the contact is unknown.
    pub fn note_screening(
        &self,
        contact: &ContactRef,
        listed: bool,
        act: &Act,
    ) -> Result<i64, Error> {
        self.note(contact, act, move |tx, this, person, act| {
            write_screening(tx, this, person, listed, act)
        })
    }

    /// Records a person's decision to go against a refusal. Returns the number of the evidence
    /// entry.
    ///
    /// # Errors
    /// When the contact or activity is unknown, or the reason is empty;
    /// [`Error::NotToBeOverruled`] after an objection or a withdrawal.
    pub fn overrule(
        &self,
        contact: &ContactRef,
        activity: &str,
        channel: Channel,
        reason: &str,
        act: &Act,
    ) -> Result<i64, Error> {
        let (activity, reason) = (activity.to_owned(), reason.trim().to_owned());
        if reason.is_empty() {
            return Err(Error::Empty("the reason"));
        }
        self.note(contact, act, move |tx, this, person, act| {
            let register = this.register(tx)?;
            let question = Question::new(&register, &activity, channel)?;
            let decision = Dossier::load(tx, this, person.row.id)?.decide(&question, act.today)?;
            if decision.next_steps().any(|step| step == NextStep::Respect) {
                return Err(Error::NotToBeOverruled);
            }
            let id = new_id(act.at)?;
            let row = store::overrule::Overrule {
                org: this.id(),
                id,
                contact: person.row.id,
                purpose: activity_id(tx, this, &activity)?,
                channel: words::channel_number(channel),
                sealed: seal_text(&person.key, id, &reason)?,
                decided_by: act.by.clone(),
                decided_on: act.today,
                revoked_on: None,
            };
            store::overrule::insert(tx, std::slice::from_ref(&row))?;
            let what = json!({ "activity": row.purpose, "channel": channel, "reason": reason });
            let proved = Proved {
                row: state::overrule(&row),
                what,
            };
            append::sealed(tx, this, act, Kind::OverruleRecorded, &person.key, &proved)
        })
    }

    /// Takes an overrule back. Returns the number of the evidence entry.
    ///
    /// # Errors
    /// When there is none in force.
    pub fn revoke_overrule(
        &self,
        contact: &ContactRef,
        activity: &str,
        channel: Channel,
        act: &Act,
    ) -> Result<i64, Error> {
        let activity = activity.to_owned();
        self.note(contact, act, move |tx, this, person, act| {
            let activity = activity_id(tx, this, &activity)?;
            let rows = store::overrule::of_contact(tx, this.id(), person.row.id)?;
            let mut newest = None;
            for row in rows {
                let same = row.purpose == activity && row.channel == words::channel_number(channel);
                if row.revoked_on.is_some() || !same {
                    continue;
                }
                newest = Some(revoke(tx, this, &person, row, act.today, act)?);
            }
            newest.ok_or(Error::NothingToTakeBack("no such overrule is in force"))
        })
    }

    fn note(
        &self,
        contact: &ContactRef,
        act: &Act,
        write: impl FnOnce(&mut Tx<'_>, &Self, Person, &Act) -> Result<i64, Error> + Send + 'static,
    ) -> Result<i64, Error> {
        let (this, contact, by) = (self.clone(), contact.clone(), act.clone());
        self.store().write(move |tx| {
            let person = Person::find_to_change(tx, &this, &contact)?;
            write(tx, &this, person, &by)
        })
    }
}

/// Takes an overrule back from a day on.
pub(crate) fn revoke(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    mut row: store::overrule::Overrule,
    on: Date,
    act: &Act,
) -> Result<i64, Error> {
    row.revoked_on = Some(on);
    store::overrule::update(tx, &row)?;
    let channel = words::channel(row.channel).ok_or(Error::Stored("channel"))?;
    let proved = Proved {
        row: state::overrule(&row),
        what: json!({ "activity": row.purpose, "channel": channel }),
    };
    append::sealed(tx, this, act, Kind::OverruleRevoked, &person.key, &proved)
}

fn activity_id(tx: &mut Tx<'_>, this: &Organisation, name: &str) -> Result<String, Error> {
    let register = this.register(tx)?;
    let found = register.register.find_purpose(name);
    Ok(found.map_err(|e| Error::Purpose(e.to_string()))?.id.clone())
}

/// `lead` proves how far the person has come by that, if it came by a form.
pub(crate) fn write_sale(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    sale: &Sale,
    lead: Option<RowProof>,
    act: &Act,
) -> Result<i64, Error> {
    let row = store::sale::Sale {
        org: this.id(),
        id: new_id(act.at)?,
        contact: person.row.id,
        goods: sale.goods.trim().to_owned(),
        sold_on: sale.sold_on,
        address_from_sale: sale.address_from_sale,
        notice_at_collection: sale.notice_at_collection,
        relation: words::relation_number(sale.relation),
    };
    store::sale::insert(tx, std::slice::from_ref(&row))?;
    let what = json!({
        "goods": row.goods,
        "sold_on": row.sold_on,
        "rows": Vec::from_iter(lead),
    });
    let proved = Proved {
        row: state::sale(&row),
        what,
    };
    append::sealed(tx, this, act, Kind::SaleNoted, &person.key, &proved)
}

pub(crate) fn write_circumstance(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    activity: &str,
    ground: InterestGround,
    text: &str,
    act: &Act,
) -> Result<i64, Error> {
    let id = new_id(act.at)?;
    let row = store::circumstance::Circumstance {
        org: this.id(),
        id,
        contact: person.row.id,
        purpose: activity_id(tx, this, activity)?,
        kind: words::ground_number(ground),
        sealed: seal_text(&person.key, id, text)?,
        noted_on: act.today,
        noted_by: act.by.clone(),
    };
    store::circumstance::insert(tx, std::slice::from_ref(&row))?;
    let what = json!({ "activity": row.purpose, "ground": ground, "text": text });
    let proved = Proved {
        row: state::circumstance(&row),
        what,
    };
    append::sealed(tx, this, act, Kind::CircumstanceNoted, &person.key, &proved)
}

pub(crate) fn write_screening(
    tx: &mut Tx<'_>,
    this: &Organisation,
    mut person: Person,
    listed: bool,
    act: &Act,
) -> Result<i64, Error> {
    person.row.flags &= !(flag::SCREENED_LISTED | flag::SCREENED_CLEAR);
    person.row.flags |= if listed {
        flag::SCREENED_LISTED
    } else {
        flag::SCREENED_CLEAR
    };
    person.row.screened_on = Some(act.today);
    let what = json!({ "screened_on": act.today, "listed": listed });
    write_contact(tx, this, person, what, act)
}

pub(crate) fn write_contact(
    tx: &mut Tx<'_>,
    this: &Organisation,
    mut person: Person,
    what: Value,
    act: &Act,
) -> Result<i64, Error> {
    person.row.changed_at = act.at;
    store::contact::update(tx, &person.row)?;
    let proved = Proved {
        row: state::contact(&person.row),
        what,
    };
    append::sealed(tx, this, act, Kind::ContactChanged, &person.key, &proved)
}
