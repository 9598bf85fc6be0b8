//! A call: the gate is asked when it begins, and what it said is evidence.

use law::gate::Verdict;
use law::{Channel, ChannelSet, Lang};
use serde_json::json;
use store::Id;

use super::{CallMade, CallOutcome, circumstance};
use crate::consent_use::{self, By};
use crate::dossier::{Dossier, Question};
use crate::installation::new_id;
use crate::log::append::{self, Kind};
use crate::person::{ContactRef, Person};
use crate::{Act, Error, Organisation, decide, objection, state};

impl Organisation {
    /// Begins a call. What the gate says, the circumstances that it relies on and the opening sentence
    /// that the caller was shown become evidence.
    ///
    /// # Errors
    /// [`Error::NotPermitted`] if the gate does not permit the call; nothing is written then. When
    /// contact or activity are unknown.
    pub fn begin_call(
        &self,
        contact: &ContactRef,
        activity: &str,
        opening: &str,
        lang: Lang,
        act: &Act,
    ) -> Result<CallMade, Error> {
        let (this, contact, by) = (self.clone(), contact.clone(), act.clone());
        let (activity, opening) = (activity.to_owned(), opening.to_owned());
        self.store().write(move |tx| -> Result<_, Error> {
            let person = Person::find_to_change(tx, &this, &contact)?;
            let register = this.register(tx)?;
            let question = Question::new(&register, &activity, Channel::Phone)?;
            let dossier = Dossier::load(tx, &this, person.row.id)?;
            let decision = dossier.decide(&question, by.today)?;
            if decision.verdict() != Verdict::Permitted || !dossier.has_address_for(Channel::Phone)
            {
                return Err(Error::NotPermitted);
            }
            let decided = decide::decided(&dossier, &question, by.today, lang)?;
            let mut row = store::call::Call {
                org: this.id(),
                id: new_id(by.at)?,
                contact: person.row.id,
                activity: question.activity.id.clone(),
                called_at: by.at,
                called_by: by.by.clone(),
                outcome: None,
                entry_seq: 0,
            };
            let what = json!({
                "rows": [state::call(&row)],
                "call": row.id.to_string(),
                "activity": row.activity,
                "channel": Channel::Phone,
                "verdict": decided.decision.verdict,
                "lawful": decided.decision.lawful,
                "channel_law": decided.decision.channel_law.code,
                "data_protection": decided.decision.data_protection.code,
                "citations": decided.decision.citations,
                "register_version": decided.register_version,
                "relied_on": decided.evidence,
                "text": circumstance(&dossier.0, &person, &row.activity)?,
                "opening": opening,
            });
            row.entry_seq = append::sealed(tx, &this, &by, Kind::CallBegun, &person.key, &what)?;
            store::call::insert(tx, &row)?;
            if let Some(consent) = consent_use::relied_on(&dossier, &decision, &row.activity) {
                consent_use::note(tx, &this, &person, consent, By::Call(row.id), &by)?;
            }
            CallMade::of(row)
        })
    }

    /// Writes down what came of a call. A no of the person is recorded as an objection in the same
    /// step. Returns the contact's id.
    ///
    /// # Errors
    /// [`Error::UnknownCall`] if there is no such call; [`Error::CallEnded`] if something else was
    /// written down already.
    pub fn end_call(&self, call: &str, outcome: CallOutcome, act: &Act) -> Result<String, Error> {
        let id: Id = call.parse().map_err(|_| Error::UnknownCall)?;
        let (this, by) = (self.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let row = store::call::get_to_change(tx, this.id(), id)?;
            let mut row = row.ok_or(Error::UnknownCall)?;
            let contact = row.contact.to_string();
            match row.outcome {
                // Somebody has pressed the button twice.
                Some(known) if known == outcome as i16 => return Ok(contact),
                Some(_) => return Err(Error::CallEnded),
                None => {}
            }
            row.outcome = Some(outcome as i16);
            store::call::update(tx, &row)?;
            let person = Person::load_to_change(tx, &this, row.contact)?;
            let what = json!({
                "rows": [state::call(&row)],
                "call": id.to_string(),
                "activity": row.activity,
                "outcome": outcome.name(),
            });
            append::sealed(tx, &this, &by, Kind::CallEnded, &person.key, &what)?;
            let objected = match outcome {
                CallOutcome::NoMoreCalls => [Channel::Phone, Channel::AutomatedCall]
                    .into_iter()
                    .collect(),
                CallOutcome::NoMoreAdvertising => ChannelSet::ALL,
                _ => return Ok(contact),
            };
            let who = ContactRef::Id(row.contact);
            objection::record(tx, &this, &who, objected, by.today, &by)?;
            Ok(contact)
        })
    }
}
