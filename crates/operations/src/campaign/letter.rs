//! The letter of a campaign to one person.

use jiff::civil::Date;
use law::LegalBasis;
use law::gate::{Decision, Duty};
use store::Tx;

use super::draft::Campaign;
use super::parts::{Made, Part};
use super::placeholder;
use crate::declare::InForce;
use crate::dossier::{Dossier, Question};
use crate::mail::{Letter, ListUnsubscribe};
use crate::person::Person;
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

/// Writes the letter for whom the gate was asked about; `address` is where people reach the
/// installation.
pub(super) fn write(
    this: &Organisation,
    campaign: &Campaign,
    register: &InForce,
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
    let wanted = kept.fields.written_to_in(&judged.person.row.country);
    let Some((text, lang)) = campaign.draft.text(wanted) else {
        return Err(Error::Stored("campaign"));
    };
    let token = this.preference_token(judged.person.row.id);
    let link = format!("{address}/p/{token}");
    let made = Made {
        register,
        activity: question.activity,
        contact: &judged.person.row,
        kept: &kept,
        basis: decision.legal_basis().or(question.activity.basis),
        link: &link,
        lang,
        on,
    };
    let duties: Vec<Duty> = decision.duties().collect();
    let mut parts = vec![Part {
        name: "text",
        text: placeholder::fill(text.text.trim(), &kept.fields, lang),
        duties: Vec::new(),
    }];
    match made.parts(&duties) {
        Ok(own) => parts.extend(own),
        Err(duty) => return Ok(Err(Unwritten::Duty(duty))),
    }
    let texts: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
    let subject = placeholder::fill(text.subject.trim(), &kept.fields, lang);
    let mut letter = Letter::new(email.clone(), subject, texts.join(BETWEEN) + "\n");
    let leave = list_unsubscribe(this, judged.person.row.id);
    letter.list_unsubscribe = Some(ListUnsubscribe {
        url: format!("{link}/one-click"),
        mailto: leave.and_then(|leave| leave.mailto),
    });
    // A subject of placeholders alone says nothing to whom nothing fills them.
    if letter.subject.trim().is_empty() {
        this.name().clone_into(&mut letter.subject);
    }
    letter.checked()?;
    Ok(Ok(Written { letter, parts }))
}

/// What stands between two parts, so that each is apart from the others.
const BETWEEN: &str = "\n\n----------------------------------------\n\n";

/// The basis in words.
pub(super) fn basis_name(basis: Option<LegalBasis>) -> Option<&'static str> {
    basis.map(LegalBasis::name)
}
