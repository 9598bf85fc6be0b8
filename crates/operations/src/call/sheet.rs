//! The call sheet: who may be called now, and who could be after a circumstance is written down.

use jiff::civil::Date;
use law::gate::{NextStep, Verdict};
use law::{Channel, Lang};
use store::{Id, Tx};

use super::{CallMade, circumstance};
use crate::browse::{ContactLine, line};
use crate::dossier::{Dossier, Question};
use crate::person::Person;
use crate::{Decided, Error, Organisation, decide};

/// Whom a call sheet shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallsFor {
    /// Who may be called now.
    Now,
    /// Who could be called if a concrete circumstance were known and written down before.
    WithCircumstance,
}

/// A part of a call sheet, in the order in which contacts were taken in.
#[derive(Clone, Debug)]
pub struct CallSheet {
    /// The contacts.
    pub lines: Vec<CallLine>,
    /// The id after which the next part begins; `None` at the end.
    pub next: Option<String>,
}

/// A contact on a call sheet.
#[derive(Clone, Debug)]
pub struct CallLine {
    /// The contact.
    pub contact: ContactLine,
    /// The numbers, the preferred one first.
    pub phones: Vec<String>,
    /// What the gate says.
    pub decided: Decided,
    /// The circumstances that were noted for the activity.
    pub circumstance: Option<String>,
    /// Where the data come from, in words; the person may ask (GDPR Art. 14(2)(f)).
    pub source: String,
    /// The calls for the activity, the last one last.
    pub calls: Vec<CallMade>,
}

/// Contacts read at a time, and the most that are looked at for one part.
const PAGE: u32 = 500;
const MOST_READ: usize = 20_000;

impl Organisation {
    /// A part of the call sheet for an activity: at most `limit` contacts after `after`. Less may
    /// come although there are more, where few of very many contacts belong on the sheet.
    ///
    /// # Errors
    /// When the activity is unknown, `after` is no id, or the database can't be read.
    pub fn call_sheet(
        &self,
        activity: &str,
        which: CallsFor,
        after: Option<&str>,
        limit: usize,
        (on, lang): (Date, Lang),
    ) -> Result<CallSheet, Error> {
        let mut after = match after {
            Some(text) => Some(text.parse::<Id>().map_err(|_| Error::ContactText)?),
            None => None,
        };
        self.store().read(|tx| {
            let register = self.register(tx)?;
            let question = Question::new(&register, activity, Channel::Phone)?;
            let (mut lines, mut read) = (Vec::new(), 0);
            loop {
                let page = store::facts::page(tx, self.id(), after, PAGE)?;
                let whole = page.len() == PAGE as usize;
                read += page.len();
                for facts in page {
                    after = Some(facts.contact.id);
                    if let Some(found) = judged(tx, self, facts, which, &question, (on, lang))? {
                        lines.push(found);
                    }
                    if lines.len() == limit {
                        let next = after.map(|id| id.to_string());
                        return Ok(CallSheet { lines, next });
                    }
                }
                if !whole || read >= MOST_READ {
                    let next = after.filter(|_| whole).map(|id| id.to_string());
                    return Ok(CallSheet { lines, next });
                }
            }
        })
    }

    /// One contact as a call sheet shows it, whatever the gate says.
    ///
    /// # Errors
    /// When contact or activity are unknown, or the database can't be read.
    pub fn call_line(
        &self,
        contact: &crate::ContactRef,
        activity: &str,
        (on, lang): (Date, Lang),
    ) -> Result<CallLine, Error> {
        self.store().read(|tx| {
            let register = self.register(tx)?;
            let question = Question::new(&register, activity, Channel::Phone)?;
            let id = Person::id(tx, self, contact)?;
            let dossier = Dossier::load(tx, self, id)?;
            written(tx, self, &dossier, &question, (on, lang))
        })
    }
}

fn judged(
    tx: &mut Tx<'_>,
    this: &Organisation,
    facts: store::facts::Facts,
    which: CallsFor,
    question: &Question<'_>,
    when: (Date, Lang),
) -> Result<Option<CallLine>, Error> {
    if !facts.contact.is_present() {
        return Ok(None);
    }
    let dossier = Dossier(facts);
    if !dossier.has_address_for(Channel::Phone) {
        return Ok(None);
    }
    let decision = dossier.decide(question, when.0)?;
    let belongs = match which {
        CallsFor::Now => decision.verdict() == Verdict::Permitted,
        CallsFor::WithCircumstance => {
            decision.verdict() == Verdict::Refused
                && decision
                    .next_steps()
                    .any(|step| step == NextStep::DocumentPresumedConsent)
        }
    };
    if !belongs {
        return Ok(None);
    }
    written(tx, this, &dossier, question, when).map(Some)
}

fn written(
    tx: &mut Tx<'_>,
    this: &Organisation,
    dossier: &Dossier,
    question: &Question<'_>,
    (on, lang): (Date, Lang),
) -> Result<CallLine, Error> {
    let person = Person::load(tx, this, dossier.0.contact.id)?;
    let kept = person.kept(this)?;
    let activity = &question.activity.id;
    let mut calls = Vec::new();
    for row in store::call::of_contact(tx, this.id(), person.row.id)? {
        if row.activity == *activity {
            calls.push(CallMade::of(row)?);
        }
    }
    Ok(CallLine {
        contact: line(this, &person, &kept.fields)?,
        phones: kept
            .fields
            .phones
            .iter()
            .map(|phone| phone.e164().to_owned())
            .collect(),
        circumstance: circumstance(&dossier.0, &person, activity)?,
        source: kept.source.clone(),
        decided: decide::decided(dossier, question, on, lang)?,
        calls,
    })
}
