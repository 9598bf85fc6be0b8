//! Which privacy notices say something else than before: GDPR Art. 13, 14.

use jiff::civil::Date;
use law::gdpr::art44::is_eea;
use law::{Citation, Country};

use super::same_set;
use crate::word::words;
use crate::{Activity, Contact, Organisation, Register, Role, Source, TransferBasis};

words! {
    /// Something that GDPR Art. 13 or 14 has a notice say.
    pub enum NoticeFact {
        /// Name and contact details of the controller.
        Controller = "controller", "Name, Anschrift oder Kontaktdaten des Verantwortlichen", "name, address or contact details of the controller";
        /// The representative in the Union.
        Representative = "representative", "Vertreter in der Union", "representative in the Union";
        /// Contact details of the data-protection officer.
        Officer = "officer", "Kontaktdaten des Datenschutzbeauftragten", "contact details of the data-protection officer";
        /// The supervisory authority to which a complaint can be made.
        Authority = "authority", "Aufsichtsbehörde für Beschwerden", "supervisory authority for complaints";
        /// The purpose.
        Purpose = "purpose", "Zweck", "purpose";
        /// The legal basis.
        Basis = "basis", "Rechtsgrundlage", "legal basis";
        /// The legitimate interests.
        Interests = "interests", "berechtigtes Interesse", "legitimate interest";
        /// The categories of data that come from elsewhere.
        Data = "data", "Kategorien der Daten", "categories of data";
        /// The recipients.
        Recipients = "recipients", "Empfänger", "recipients";
        /// Transfers to a third country and what they rest on.
        ThirdCountry = "third_country", "Übermittlung in ein Drittland", "transfer to a third country";
        /// How long the data are kept.
        Retention = "retention", "Speicherdauer", "period of storage";
        /// Where the data come from.
        Sources = "sources", "Herkunft der Daten", "source of the data";
    }
}

impl NoticeFact {
    /// The provision that has the notice say it.
    pub const fn citation(self) -> Citation {
        Citation::new(match self {
            Self::Controller | Self::Representative => "GDPR Art. 13(1)(a)",
            Self::Officer => "GDPR Art. 13(1)(b)",
            Self::Authority => "GDPR Art. 13(2)(d)",
            Self::Purpose | Self::Basis => "GDPR Art. 13(1)(c)",
            Self::Interests => "GDPR Art. 13(1)(d)",
            Self::Data => "GDPR Art. 14(1)(d)",
            Self::Recipients => "GDPR Art. 13(1)(e)",
            Self::ThirdCountry => "GDPR Art. 13(1)(f)",
            Self::Retention => "GDPR Art. 13(2)(a)",
            Self::Sources => "GDPR Art. 14(2)(f)",
        })
    }
}

words! {
    /// What becomes of a notice.
    pub enum NoticeKind {
        /// The activity is new, and so is what the notice says of it.
        New = "new", "neu zu veröffentlichen", "to be published";
        /// It says something else.
        Changed = "changed", "anzupassen", "to be changed";
        /// The activity ends, and what the notice says of it.
        Ended = "ended", "entfällt", "no longer needed";
    }
}

/// What changes in the notice about an activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeChange {
    /// The activity, by identifier.
    pub activity: String,
    /// Its name.
    pub name: String,
    /// What becomes of the notice.
    pub kind: NoticeKind,
    /// What changes; empty unless the kind is [`NoticeKind::Changed`].
    pub facts: Vec<NoticeFact>,
    /// Where the notice is published.
    pub address: Option<String>,
}

impl NoticeChange {
    /// Whether data would be used for another purpose than they were collected for, so that the
    /// persons have to be told before (GDPR Art. 13(3), Art. 14(4)).
    pub fn is_further_purpose(&self) -> bool {
        self.facts.contains(&NoticeFact::Purpose)
    }
}

pub(super) fn changes(old: &Register, new: &Register, on: Date) -> Vec<NoticeChange> {
    let common = of_organisation(&old.organisation, &new.organisation);
    let change = |activity: &Activity, register: &Register, kind, facts| NoticeChange {
        activity: activity.id.clone(),
        name: activity.name.clone(),
        kind,
        facts,
        address: activity
            .privacy_notice
            .clone()
            .or_else(|| register.organisation.privacy_notice.clone()),
    };
    let mut found = Vec::new();
    for activity in own(new) {
        let Some(before) = own(old).find(|before| before.id == activity.id) else {
            found.push(change(activity, new, NoticeKind::New, Vec::new()));
            continue;
        };
        let mut facts = common.clone();
        facts.extend(of_activity((old, before), (new, activity), on));
        if !facts.is_empty() {
            found.push(change(activity, new, NoticeKind::Changed, facts));
        }
    }
    let gone = own(old).filter(|activity| !own(new).any(|other| other.id == activity.id));
    found.extend(gone.map(|activity| change(activity, old, NoticeKind::Ended, Vec::new())));
    found
}

/// The activities about which the organisation informs: a processor does not.
fn own(register: &Register) -> impl Iterator<Item = &Activity> {
    let all = register.activities.iter();
    all.filter(|activity| activity.role == Role::Controller)
}

fn of_organisation(old: &Organisation, new: &Organisation) -> Vec<NoticeFact> {
    let controller = |who: &Organisation| {
        let who = who.clone();
        (
            (who.name, who.legal_form, who.country),
            (who.street, who.postal_code, who.city),
            (who.email, who.phone),
        )
    };
    let changed = [
        (controller(old) != controller(new), NoticeFact::Controller),
        (
            reach(old.union_representative.as_ref()) != reach(new.union_representative.as_ref()),
            NoticeFact::Representative,
        ),
        (
            reach(old.data_protection_officer.as_ref())
                != reach(new.data_protection_officer.as_ref()),
            NoticeFact::Officer,
        ),
        (
            old.supervisory_authority != new.supervisory_authority,
            NoticeFact::Authority,
        ),
    ];
    only(&changed)
}

/// What a notice says of a person or office: not when the authority was told of it.
fn reach(contact: Option<&Contact>) -> Option<Contact> {
    contact.map(|contact| Contact {
        reported_on: None,
        ..contact.clone()
    })
}

fn of_activity(
    old: (&Register, &Activity),
    new: (&Register, &Activity),
    on: Date,
) -> Vec<NoticeFact> {
    let ((old_register, old), (new_register, new)) = (old, new);
    let interest =
        |activity: &Activity| activity.balancing.as_ref().and_then(|b| b.interest.clone());
    let recipients = |register: &Register, activity: &Activity| -> Vec<_> {
        let all = register.recipients_of(activity);
        all.map(|r| (r.name.clone(), r.service.clone(), r.role))
            .collect()
    };
    let from_elsewhere = new.sources.iter().any(|s| *s != Source::DataSubject);
    let categories =
        same_set(&old.data, &new.data) && same_set(&old.special_data, &new.special_data);
    let changed = [
        (
            (&old.purpose, old.purpose_kind) != (&new.purpose, new.purpose_kind),
            NoticeFact::Purpose,
        ),
        (old.basis != new.basis, NoticeFact::Basis),
        (interest(old) != interest(new), NoticeFact::Interests),
        (from_elsewhere && !categories, NoticeFact::Data),
        (
            !same_set(
                &recipients(old_register, old),
                &recipients(new_register, new),
            ),
            NoticeFact::Recipients,
        ),
        (
            !same_set(
                &abroad(old_register, old, on),
                &abroad(new_register, new, on),
            ),
            NoticeFact::ThirdCountry,
        ),
        (
            !same_set(&old.retention, &new.retention),
            NoticeFact::Retention,
        ),
        (!same_set(&old.sources, &new.sources), NoticeFact::Sources),
    ];
    only(&changed)
}

/// To which third countries data go, and on what basis.
fn abroad(
    register: &Register,
    activity: &Activity,
    on: Date,
) -> Vec<(String, Country, Option<TransferBasis>)> {
    let all = register.recipients_of(activity);
    let third = all.filter(|recipient| !is_eea(recipient.country, on));
    third
        .map(|recipient| {
            let basis = recipient.transfer.as_ref().map(|transfer| transfer.basis);
            (recipient.id.clone(), recipient.country, basis)
        })
        .collect()
}

fn only(changed: &[(bool, NoticeFact)]) -> Vec<NoticeFact> {
    let changed = changed.iter().filter(|(changed, _)| *changed);
    changed.map(|(_, fact)| *fact).collect()
}
