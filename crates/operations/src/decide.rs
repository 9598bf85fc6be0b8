//! May we contact this person, by this channel, for this purpose, on this day?

use jiff::civil::Date;
use law::gate::DecisionView;
use law::{Channel, Lang};
use serde::Serialize;
use serde_json::json;
use store::Id;
use store::block_list::Listed;

use crate::dossier::{Dossier, Question};
use crate::log::append::{self, Kind};
use crate::person::{ContactRef, Person};
use crate::{Act, Error, Organisation};

/// The gate's answer about a contact on record.
#[derive(Clone, Debug, Serialize)]
pub struct Decided {
    /// The contact's id.
    pub contact: String,
    /// The activity of the register that the purpose stood for.
    pub activity: String,
    /// The version of the register that was used.
    pub register_version: i64,
    /// Whether an address or number for the channel is on record.
    pub reachable: bool,
    /// Evidence entries that the answer relies on.
    pub evidence: Vec<i64>,
    /// Number of the evidence entry that keeps this decision, if it was recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<i64>,
    /// The decision with its reasons.
    #[serde(flatten)]
    pub decision: DecisionView,
}

impl Organisation {
    /// Answers for one contact and keeps nothing.
    ///
    /// # Errors
    /// When the contact, the purpose or the register is missing. An error is no verdict.
    pub fn decide(
        &self,
        contact: &ContactRef,
        purpose: &str,
        channel: Channel,
        on: Date,
        lang: Lang,
    ) -> Result<Decided, Error> {
        self.store().read(|tx| {
            let id = Person::id(tx, self, contact)?;
            answer(tx, self, id, purpose, channel, on, lang)
        })
    }

    /// Answers for one contact and keeps the decision as evidence.
    ///
    /// # Errors
    /// As [`Organisation::decide`].
    pub fn decide_and_record(
        &self,
        contact: &ContactRef,
        purpose: &str,
        channel: Channel,
        on: Date,
        lang: Lang,
        act: &Act,
    ) -> Result<Decided, Error> {
        let (this, contact, by) = (self.clone(), contact.clone(), act.clone());
        let purpose = purpose.to_owned();
        self.store().write(move |tx| -> Result<_, Error> {
            let person = Person::find(tx, &this, &contact)?;
            let mut decided = answer(tx, &this, person.row.id, &purpose, channel, on, lang)?;
            let what = json!({
                "activity": decided.activity,
                "channel": channel,
                "on": on,
                "verdict": decided.decision.verdict,
                "channel_law": decided.decision.channel_law.code,
                "data_protection": decided.decision.data_protection.code,
                "citations": decided.decision.citations,
                "register_version": decided.register_version,
                "relied_on": decided.evidence,
            });
            let entry = append::sealed(tx, &this, &by, Kind::Decided, &person.key, &what)?;
            decided.entry = Some(entry);
            Ok(decided)
        })
    }
}

pub(crate) fn answer(
    tx: &mut store::Tx<'_>,
    this: &Organisation,
    id: Id,
    purpose: &str,
    channel: Channel,
    on: Date,
    lang: Lang,
) -> Result<Decided, Error> {
    let register = this.register(tx)?;
    let question = Question::new(&register, purpose, channel)?;
    let dossier = Dossier::load(tx, this, id)?;
    decided(&dossier, &question, on, lang)
}

/// The answer to a question about the contact of a dossier.
pub(crate) fn decided(
    dossier: &Dossier,
    question: &Question<'_>,
    on: Date,
    lang: Lang,
) -> Result<Decided, Error> {
    let decision = dossier.decide(question, on)?;
    let activity = question.activity.id.clone();
    let relied = decision.relied_on();
    // Positions count the consents given for the activity and all objections, in stored order.
    let mut consents = dossier
        .0
        .consents
        .iter()
        .filter(|row| row.purpose == activity);
    let consent = relied
        .consent
        .and_then(|i| consents.nth(i))
        .map(|row| row.entry_seq);
    // Then come suppressions, which name no entry, and lists.
    let objections = dossier.0.objections.iter().map(|row| Some(row.entry_seq));
    let suppressions = dossier.0.suppressions.iter().map(|_| None);
    let listed = dossier.0.listed.iter().map(|row| Some(row.entry_seq));
    let before = dossier.0.objections.len() + dossier.0.suppressions.len();
    let list = relied.objection.and_then(|i| i.checked_sub(before));
    let list = list.and_then(|i| dossier.0.listed.get(i));
    let mut view = decision.view(on, lang);
    if let Some(list) = list {
        let reason = &mut view.data_protection.reason;
        reason.push_str(&named(list, lang));
    }
    let mut entries = objections.chain(suppressions).chain(listed);
    let objection = relied.objection.and_then(|i| entries.nth(i)).flatten();
    Ok(Decided {
        contact: dossier.0.contact.id.to_string(),
        activity,
        register_version: question.register.version,
        reachable: dossier.has_address_for(question.channel),
        evidence: consent.into_iter().chain(objection).collect(),
        entry: None,
        decision: view,
    })
}

/// Which list it is that refuses, after what its kind means.
fn named(list: &Listed, lang: Lang) -> String {
    let (name, day) = (&list.name, list.as_of);
    match lang {
        Lang::De => format!(" Liste: „{name}“, Stand {}.", day.strftime("%d.%m.%Y")),
        Lang::En => format!(
            " List: \u{201c}{name}\u{201d}, as of {}.",
            day.strftime("%-d %B %Y")
        ),
    }
}
