//! Consents: recorded with their proof, judged by the law, withdrawn as easily as given.

use jiff::civil::Date;
use law::ChannelSet;
use law::facts::Proof;
use law::gdpr::art07::{self, Circumstances, Defect};
use pack::{Document, Taken};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use store::Id;

use crate::document::{self, Attested};
use crate::installation::new_id;
use crate::log::append::{self, Kind};
use crate::objection::{erased_before, suppressed};
use crate::person::{ContactRef, Person, seal_text};
use crate::state::{self, Proved, hex};
use crate::words;
use crate::{Act, Error, Organisation};

/// A consent to record.
#[derive(Clone)]
pub struct NewConsent {
    /// Who gave it.
    pub contact: ContactRef,
    /// The activity of the register for whose purpose it was given.
    pub activity: String,
    /// The channels that it names.
    pub channels: ChannelSet,
    /// When it was given.
    pub given_on: Date,
    /// What proves it.
    pub proof: Proof,
    /// The text that the person saw, word for word.
    pub text: Option<String>,
    /// How it came about.
    pub circumstances: Circumstances,
    /// The circumstances as they were told, kept in the evidence.
    pub told: Option<Value>,
}

/// A consent that was recorded.
#[derive(Clone, Debug)]
pub struct RecordedConsent {
    /// Number of the evidence entry.
    pub entry: i64,
    /// The contact's id.
    pub contact: Id,
    /// What the law finds wrong with it; such a consent is kept and carries nothing.
    pub defects: Vec<Defect>,
}

/// What a withdrawal did.
#[derive(Clone, Debug)]
pub struct Withdrawn {
    /// Numbers of the evidence entries, one for each consent withdrawn.
    pub entries: Vec<i64>,
}

/// What the evidence says of a consent.
#[derive(Serialize)]
struct Said<'a> {
    activity: &'a str,
    channels: Vec<&'static str>,
    given_on: Date,
    proof: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text_sha256: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    circumstances: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn_on: Option<Date>,
    /// On paper, at a fair, by telephone.
    #[serde(skip_serializing_if = "Taken::is_empty")]
    taken: Taken,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    documents: Vec<Document>,
    /// The consent of which this is what a withdrawal left, and whose text it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    continues: Option<String>,
}

impl Organisation {
    /// Records a consent. One with defects is recorded too, so that nothing is lost; the gate
    /// gives it no effect.
    ///
    /// # Errors
    /// When the contact is unknown or its address suppressed after an erasure, the activity is
    /// not in the register, or the day lies in the future.
    pub fn record_consent(&self, new: &NewConsent, act: &Act) -> Result<RecordedConsent, Error> {
        let (this, new, by) = (self.clone(), new.clone(), act.clone());
        self.store().write(move |tx| record(tx, &this, &new, &by))
    }

    /// Records a consent that was taken on paper, at a fair, by telephone or in another system, with
    /// what attests to it. A click or code that another system saw is shown by that system's record
    /// alone (GDPR Art. 7(1)).
    ///
    /// # Errors
    /// As [`Organisation::record_consent`]; also when the document is too large or of a kind that is
    /// not kept, or the number called is none. [`Error::ProofWithoutRecord`] without that record.
    pub fn record_attested_consent(
        &self,
        new: &NewConsent,
        attested: &Attested,
        act: &Act,
    ) -> Result<RecordedConsent, Error> {
        let seen_elsewhere = matches!(new.proof, Proof::DoubleOptInCompleted | Proof::SmsCode);
        if seen_elsewhere && attested.document.is_none() {
            return Err(Error::ProofWithoutRecord);
        }
        let attested = attested.checked(self.country())?;
        let (this, new, by) = (self.clone(), new.clone(), act.clone());
        self.store()
            .write(move |tx| record_attested(tx, &this, &new, &attested, &by))
    }

    /// Withdraws a contact's consents: all of them, or those for one activity or some channels.
    ///
    /// # Errors
    /// When the contact is unknown, or gave no consent that this covers.
    pub fn withdraw_consent(
        &self,
        contact: &ContactRef,
        activity: Option<&str>,
        channels: ChannelSet,
        on: Date,
        act: &Act,
    ) -> Result<Withdrawn, Error> {
        if on > act.today {
            return Err(Error::Future(on));
        }
        let (this, contact, by) = (self.clone(), contact.clone(), act.clone());
        let activity = activity.map(str::to_owned);
        self.store()
            .write(move |tx| withdraw(tx, &this, &contact, activity.as_deref(), channels, on, &by))
    }
}

/// Records a consent that stands for itself.
pub(crate) fn record(
    tx: &mut store::Tx<'_>,
    this: &Organisation,
    new: &NewConsent,
    act: &Act,
) -> Result<RecordedConsent, Error> {
    record_attested(tx, this, new, &Attested::default(), act)
}

fn record_attested(
    tx: &mut store::Tx<'_>,
    this: &Organisation,
    new: &NewConsent,
    attested: &Attested,
    act: &Act,
) -> Result<RecordedConsent, Error> {
    if new.given_on > act.today {
        return Err(Error::Future(new.given_on));
    }
    if new.channels.is_empty() {
        return Err(Error::NoChannel);
    }
    let register = this.register(tx)?;
    let activity = register
        .register
        .find_purpose(&new.activity)
        .map_err(|e| Error::Purpose(e.to_string()))?;
    let person = Person::find_to_change(tx, this, &new.contact)?;
    let fields = person.fields(this)?;
    if erased_before(&suppressed(tx, this, &fields)?) {
        return Err(Error::Suppressed);
    }
    let defects = art07::defects(&new.circumstances);
    let id = new_id(act.at)?;
    let text = new.text.as_deref();
    let mut row = store::consent::Consent {
        org: this.id(),
        id,
        contact: person.row.id,
        purpose: activity.id.clone(),
        channels: new.channels.bits().into(),
        status: 0,
        proof: words::proof_number(new.proof),
        circumstances: words::judged_bits(
            defects,
            new.circumstances.explicit == Some(true),
            new.circumstances.parent_consented == Some(true),
        ),
        given_on: new.given_on,
        confirmed_on: (new.proof == Proof::DoubleOptInCompleted).then_some(new.given_on),
        last_used_on: None,
        withdrawn_on: None,
        sealed: text
            .map(|text| seal_text(&person.key, id, text))
            .transpose()?,
        entry_seq: 0,
    };
    let said = Said {
        activity: &activity.id,
        channels: new.channels.iter().map(law::Channel::name).collect(),
        given_on: new.given_on,
        proof: words::proof_name(new.proof),
        text,
        text_sha256: text.map(|text| hex(&Sha256::digest(text.as_bytes()))),
        circumstances: new.told.as_ref(),
        withdrawn_on: None,
        taken: attested.taken(),
        documents: match &attested.document {
            Some(bytes) => vec![document::keep(tx, this, &person, id, bytes, act)?],
            None => Vec::new(),
        },
        continues: None,
    };
    let proved = Proved {
        row: state::consent(&row),
        what: said,
    };
    let entry = append::sealed(tx, this, act, Kind::ConsentRecorded, &person.key, &proved)?;
    row.entry_seq = entry;
    store::consent::insert(tx, &[row])?;
    Ok(RecordedConsent {
        entry,
        contact: person.row.id,
        defects: defects.iter().collect(),
    })
}

/// Records that a code sent to the number proves a consent, whose row and text are given, for the
/// channels `over`; it counts from now on. What it says of other channels stays apart as it was. Returns
/// the entry, and the row of those other channels, whose entry is the caller's to append.
pub(crate) fn proven_by_code(
    tx: &mut store::Tx<'_>,
    this: &Organisation,
    person: &Person,
    (mut row, text): (store::consent::Consent, &str),
    over: ChannelSet,
    how: &Value,
    act: &Act,
) -> Result<(i64, Option<store::consent::Consent>), Error> {
    let given = words::channels(row.channels)?;
    let rest: ChannelSet = given.iter().filter(|c| !over.contains(*c)).collect();
    let cut = (!rest.is_empty()).then(|| store::consent::Consent {
        channels: rest.bits().into(),
        ..row.clone()
    });
    if let Some(cut) = &cut {
        store::consent::update(tx, cut)?;
        row.id = new_id(act.at)?;
        row.sealed = Some(seal_text(&person.key, row.id, text)?);
    }
    row.channels = over.bits().into();
    row.proof = words::proof_number(Proof::SmsCode);
    row.given_on = act.today;
    row.confirmed_on = Some(act.today);
    let said = Said {
        text: Some(text),
        text_sha256: Some(hex(&Sha256::digest(text.as_bytes()))),
        circumstances: Some(how),
        continues: cut.as_ref().map(|cut| cut.id.to_string()),
        ..said(&row)?
    };
    let proved = Proved {
        row: state::consent(&row),
        what: said,
    };
    let kind = Kind::ConsentRecorded;
    row.entry_seq = append::sealed(tx, this, act, kind, &person.key, &proved)?;
    let entry = row.entry_seq;
    if cut.is_some() {
        store::consent::insert(tx, &[row])?;
    } else {
        store::consent::update(tx, &row)?;
    }
    Ok((entry, cut))
}

pub(crate) fn withdraw(
    tx: &mut store::Tx<'_>,
    this: &Organisation,
    contact: &ContactRef,
    activity: Option<&str>,
    channels: ChannelSet,
    on: Date,
    act: &Act,
) -> Result<Withdrawn, Error> {
    let person = Person::find_to_change(tx, this, contact)?;
    let register = this.register(tx)?;
    let given = store::consent::of_contact(tx, this.id(), person.row.id)?;
    let activity = match activity {
        // A consent can be withdrawn whatever became of the activity that it was for.
        Some(name) if given.iter().any(|row| row.purpose == name) => Some(name.to_owned()),
        Some(name) => {
            let found = register.register.find_purpose(name);
            Some(found.map_err(|e| Error::Purpose(e.to_string()))?.id.clone())
        }
        None => None,
    };
    let mut entries = Vec::new();
    for mut row in given {
        let given = words::channels(row.channels)?;
        let taken: ChannelSet = given.iter().filter(|c| channels.contains(*c)).collect();
        let other_activity = activity.as_ref().is_some_and(|id| *id != row.purpose);
        if row.withdrawn_on.is_some() || other_activity || taken.is_empty() {
            continue;
        }
        let rest: ChannelSet = given.iter().filter(|c| !channels.contains(*c)).collect();
        row.channels = taken.bits().into();
        row.withdrawn_on = Some(on);
        entries.push(save(tx, this, act, &person, &mut row)?);
        if !rest.is_empty() {
            let mut kept = store::consent::Consent {
                id: new_id(act.at)?,
                channels: rest.bits().into(),
                withdrawn_on: None,
                // The text is sealed for the row that it was shown for; the evidence has it.
                sealed: None,
                ..row.clone()
            };
            let said = Said {
                continues: Some(row.id.to_string()),
                ..said(&kept)?
            };
            let proved = Proved {
                row: state::consent(&kept),
                what: said,
            };
            kept.entry_seq =
                append::sealed(tx, this, act, Kind::ConsentRecorded, &person.key, &proved)?;
            store::consent::insert(tx, &[kept])?;
        }
    }
    if entries.is_empty() {
        return Err(Error::NothingToTakeBack(
            "no consent of this contact is in force for that",
        ));
    }
    Ok(Withdrawn { entries })
}

fn save(
    tx: &mut store::Tx<'_>,
    this: &Organisation,
    act: &Act,
    person: &Person,
    row: &mut store::consent::Consent,
) -> Result<i64, Error> {
    let proved = Proved {
        row: state::consent(row),
        what: said(row)?,
    };
    let entry = append::sealed(tx, this, act, Kind::ConsentWithdrawn, &person.key, &proved)?;
    row.entry_seq = entry;
    store::consent::update(tx, row)?;
    Ok(entry)
}

fn said(row: &store::consent::Consent) -> Result<Said<'_>, Error> {
    Ok(Said {
        activity: &row.purpose,
        channels: words::channels(row.channels)?
            .iter()
            .map(law::Channel::name)
            .collect(),
        given_on: row.given_on,
        proof: words::proof_name(words::proof(row.proof)?),
        text: None,
        text_sha256: None,
        circumstances: None,
        withdrawn_on: row.withdrawn_on,
        taken: Taken::default(),
        documents: Vec::new(),
        continues: None,
    })
}
