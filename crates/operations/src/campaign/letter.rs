//! The letter of a campaign to one person.

use jiff::civil::Date;
use law::gate::{Decision, Duty};
use law::{Lang, LegalBasis};
use store::Tx;

use super::draft::Campaign;
use super::parts::{Made, Part, Way};
use super::placeholder;
use crate::dossier::{Dossier, Question};
use crate::mail::{Letter, ListUnsubscribe};
use crate::person::{Kept, Person};
use crate::preferences::list_unsubscribe;
use crate::{Error, Organisation};

/// A letter, with what it is made of.
pub(super) struct Written {
    pub(super) letter: Letter,
    pub(super) parts: Vec<Part>,
}

/// Why there is no letter.
pub(super) enum Unwritten {
    /// The gate does not permit it.
    Gate(Decision),
    /// A duty can't be met.
    Duty(Duty),
    /// There is no address that works.
    Address,
}

pub(super) struct Judged {
    pub(super) dossier: Dossier,
    pub(super) decision: Decision,
    pub(super) person: Person,
}

/// Asks the gate about a contact.
pub(super) fn judge(
    tx: &mut Tx<'_>,
    this: &Organisation,
    question: &Question<'_>,
    contact: store::Id,
    on: Date,
) -> Result<Judged, Error> {
    let dossier = Dossier::load(tx, this, contact)?;
    let decision = dossier.decide(question, on)?;
    let person = Person::load(tx, this, contact)?;
    Ok(Judged {
        dossier,
        decision,
        person,
    })
}

/// What a campaign says to one person, whatever way it goes.
pub(super) struct Said {
    /// The subject; empty if there is none.
    pub(super) subject: String,
    /// The text, if the campaign has one, and what the law wants beside it.
    pub(super) parts: Vec<Part>,
    /// The language of all of it.
    pub(super) lang: Lang,
}

/// Puts together what is said to whom the gate was asked about. `told` are duties beside those of the
/// gate.
pub(super) fn say(
    this: &Organisation,
    (campaign, question): (&Campaign, &Question<'_>),
    (judged, kept): (&Judged, &Kept),
    way: Way<'_>,
    told: &[Duty],
    on: Date,
) -> Result<Said, Duty> {
    let wanted = kept.fields.written_to_in(&judged.person.row.country);
    let text = campaign.draft.text(wanted);
    let lang = text.map_or(wanted, |(_, lang)| lang);
    let decision = &judged.decision;
    let made = Made {
        register: question.register,
        activity: question.activity,
        contact: &judged.person.row,
        kept,
        basis: decision.legal_basis().or(question.activity.basis),
        way,
        lang,
        on,
    };
    let mut duties: Vec<Duty> = decision.duties().collect();
    duties.extend(told);
    let own = made.parts(&duties)?;
    let text = text.map(|(text, _)| text);
    let body = text.filter(|text| !text.text.trim().is_empty());
    let body = body.map(|text| Part {
        name: "text",
        text: placeholder::fill(text.text.trim(), &kept.fields, lang),
        duties: Vec::new(),
    });
    let subject = text.map_or(String::new(), |text| {
        placeholder::fill(text.subject.trim(), &kept.fields, lang)
    });
    // A subject of placeholders alone says nothing to whom nothing fills them.
    let subject = match text {
        Some(text) if !text.subject.trim().is_empty() && subject.trim().is_empty() => {
            this.name().to_owned()
        }
        _ => subject,
    };
    Ok(Said {
        subject,
        parts: body.into_iter().chain(own).collect(),
        lang,
    })
}

/// Writes the mail for whom the gate was asked about; `address` is where people reach the
/// installation.
pub(super) fn write(
    this: &Organisation,
    campaign: &Campaign,
    question: &Question<'_>,
    judged: &Judged,
    address: &str,
    on: Date,
) -> Result<Result<Written, Unwritten>, Error> {
    let decision = &judged.decision;
    if decision.verdict() != law::gate::Verdict::Permitted {
        return Ok(Err(Unwritten::Gate(*decision)));
    }
    let kept = judged.person.kept(this)?;
    let first = kept.fields.emails.first();
    let Some(email) = first.filter(|_| judged.dossier.has_address_for(question.channel)) else {
        return Ok(Err(Unwritten::Address));
    };
    let link = link(this, judged.person.row.id, address);
    let way = Way::Mail(&link);
    let said = match say(this, (campaign, question), (judged, &kept), way, &[], on) {
        Ok(said) => said,
        Err(duty) => return Ok(Err(Unwritten::Duty(duty))),
    };
    if said.parts.iter().all(|part| part.name != "text") {
        return Err(Error::Stored("campaign"));
    }
    let texts: Vec<&str> = said.parts.iter().map(|part| part.text.as_str()).collect();
    let text = texts.join(BETWEEN) + "\n";
    let mut letter = Letter::new(email.clone(), said.subject, text);
    let leave = list_unsubscribe(this, judged.person.row.id);
    letter.list_unsubscribe = Some(ListUnsubscribe {
        url: format!("{link}/one-click"),
        mailto: leave.and_then(|leave| leave.mailto),
    });
    letter.checked()?;
    let parts = said.parts;
    Ok(Ok(Written { letter, parts }))
}

/// The link by which somebody leaves.
pub(super) fn link(this: &Organisation, contact: store::Id, address: &str) -> String {
    format!("{address}/p/{}", this.preference_token(contact))
}

/// What stands between two parts, so that each is apart from the others.
const BETWEEN: &str = "\n\n----------------------------------------\n\n";

/// The basis in words.
pub(super) fn basis_name(basis: Option<LegalBasis>) -> Option<&'static str> {
    basis.map(LegalBasis::name)
}
