//! Asks people whether their data are right.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::civil::Date;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use store::accuracy::Accuracy;
use store::facts::Facts;
use store::{Id, Tx};

use super::{known, letter, proof, stands_against};
use crate::log::append::{self, Kind};
use crate::mail::{MailPurpose, SubjectRef, queue_one_of};
use crate::person::Person;
use crate::preferences::{Purpose, new_token};
use crate::quality::Doubt;
use crate::state::Proved;
use crate::{Act, Error, Organisation};

/// Contacts looked at together, and mails written down in one transaction.
const AT_ONCE: u32 = 200;
/// A mail that has not gone by then is called off, so that its link works long enough for who gets it.
const NOT_AFTER: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Who is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskedOf {
    /// Everybody of whom a doubt is known.
    All(Doubt),
    /// At most so many of them, after a contact.
    Page(Doubt, Option<Id>, u32),
    /// One contact.
    One(Id),
}

/// Why a contact is not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// Erased or merged meanwhile.
    Gone,
    /// The processing is restricted (GDPR Art. 18).
    Restricted,
    /// The person wants no mail, for good or for a time.
    Objected,
    /// There is no e-mail address, only a number or a postal address, or neither.
    NoMailbox,
    /// Mail to the address came back for good.
    MailCameBack,
    /// The person said within the last year that the data are right.
    ConfirmedLately,
    /// The person was asked within the last year.
    AskedLately,
}

/// Who would be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AskPreview {
    /// Contacts who would get a mail.
    pub to_ask: u64,
    /// How many would not, by the first reason for it.
    pub left_out: BTreeMap<LeftOut, u64>,
}

/// Who was asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Mails that go out now.
    pub written: u64,
    /// Contacts who were left out.
    pub left_out: u64,
}

impl Organisation {
    /// Who would be asked whether their data are right, and who would not and why.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn accuracy_preview(&self, of: AskedOf, today: Date) -> Result<AskPreview, Error> {
        let mut preview = AskPreview::default();
        self.each_to_ask(of, today, |judged| {
            for (_, reason) in judged {
                match reason {
                    None => preview.to_ask += 1,
                    Some(reason) => *preview.left_out.entry(reason).or_default() += 1,
                }
            }
            Ok(())
        })?;
        Ok(preview)
    }

    /// Writes to them. Whoever may not be asked is left out; nobody is asked twice within a year.
    ///
    /// # Errors
    /// [`Error::NoAddress`] while it is not known where people reach this installation; when the
    /// database can't be read or written.
    pub fn ask_for_accuracy(&self, of: AskedOf, act: &Act) -> Result<Asked, Error> {
        if self.installation().address().is_none() {
            return Err(Error::NoAddress);
        }
        let mut asked = Asked::default();
        self.each_to_ask(of, act.today, |judged| {
            let all = judged.len() as u64;
            let free = judged.into_iter().filter(|(_, reason)| reason.is_none());
            let ids: Vec<Id> = free.map(|(id, _)| id).collect();
            let (this, act) = (self.clone(), act.clone());
            let written = self.store().write(move |tx| -> Result<u64, Error> {
                let mut written = 0;
                for id in &ids {
                    written += u64::from(ask(tx, &this, *id, &act)?);
                }
                Ok(written)
            })?;
            asked.written += written;
            asked.left_out += all - written;
            Ok(())
        })?;
        Ok(asked)
    }

    /// Hands over contacts with what stands against asking them, some at a time.
    fn each_to_ask(
        &self,
        of: AskedOf,
        today: Date,
        mut each: impl FnMut(Vec<(Id, Option<LeftOut>)>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let (doubt, mut after, mut left) = match of {
            AskedOf::One(id) => return each(self.judge(&[id], today)?),
            AskedOf::All(doubt) => (doubt, None, u32::MAX),
            AskedOf::Page(doubt, after, limit) => (doubt, after, limit),
        };
        let stored = doubt.stored(today)?;
        while left > 0 {
            let limit = left.min(AT_ONCE);
            let read = |tx: &mut Tx<'_>| store::quality::list(tx, self.id(), &stored, after, limit);
            let ids = self.store().read(read)?;
            let Some(last) = ids.last() else {
                return Ok(());
            };
            after = Some(*last);
            left -= limit;
            each(self.judge(&ids, today)?)?;
        }
        Ok(())
    }

    fn judge(&self, ids: &[Id], today: Date) -> Result<Vec<(Id, Option<LeftOut>)>, Error> {
        self.store().read(|tx| {
            let rows = store::accuracy::of_contacts(tx, self.id(), ids)?;
            let rows: BTreeMap<Id, Accuracy> =
                rows.into_iter().map(|row| (row.contact, row)).collect();
            let facts = store::facts::get_many(tx, self.id(), ids)?;
            let found: BTreeMap<Id, Facts> = facts
                .into_iter()
                .map(|facts| (facts.contact.id, facts))
                .collect();
            let judged = ids.iter().map(|id| {
                let reason = match found.get(id) {
                    Some(facts) => stands_against(facts, rows.get(id), today)?,
                    None => Some(LeftOut::Gone),
                };
                Ok((*id, reason))
            });
            judged.collect()
        })
    }
}

/// Asks one contact; `false` if something stands against it now.
fn ask(tx: &mut Tx<'_>, this: &Organisation, id: Id, act: &Act) -> Result<bool, Error> {
    if store::contact::get_to_change(tx, this.id(), id)?.is_none() {
        return Ok(false);
    }
    let before = store::accuracy::get(tx, this.id(), id)?;
    let free = match store::facts::get(tx, this.id(), id)? {
        Some(facts) => stands_against(&facts, before.as_ref(), act.today)?.is_none(),
        None => false,
    };
    if !free {
        return Ok(false);
    }
    let person = Person::load_to_change(tx, this, id)?;
    let fields = person.fields(this)?;
    let Some(to) = fields.emails.first() else {
        return Ok(false);
    };
    let Some(token) = new_token(tx, this, &person, Purpose::Check, None, act)? else {
        return Ok(false);
    };
    let lang = fields.written_to_in(&person.row.country);
    let mut letter = letter::question(this, id, to, &token, lang)?;
    letter.not_after = act.at.checked_add(NOT_AFTER).ok();
    let about = SubjectRef {
        id,
        key: &person.key,
    };
    let which = (MailPurpose::DataCheck, round(this, act.today));
    queue_one_of(tx, this, &about, &letter, which, act)?;
    let mut row = known(tx, this, &person)?;
    row.asked_at = Some(act.at);
    store::accuracy::put(tx, &row)?;
    let proved = Proved {
        row: proof(&row),
        what: json!({ "asked_by_mail": true }),
    };
    append::sealed(tx, this, act, Kind::AccuracyAsked, &person.key, &proved)?;
    Ok(true)
}

/// By what the mails of one day are known: they keep the pace of many mails, and nobody gets two.
fn round(this: &Organisation, day: Date) -> Id {
    let mut hash = Sha256::new_with_prefix(b"accuracy");
    hash.update(this.id().0);
    hash.update(day.to_string());
    let mut id = [0; 16];
    id.copy_from_slice(&hash.finalize()[..16]);
    Id(id)
}
