//! Which contracts are to be concluded, checked or ended: GDPR Art. 26, 28, 44.

use jiff::civil::Date;
use law::Citation;
use law::gdpr::art44::is_eea;

use super::same_set;
use crate::word::words;
use crate::{Activity, Recipient, RecipientRole, Register};

words! {
    /// What is to be done about a contract.
    pub enum ContractStep {
        /// Conclude a processing contract (GDPR Art. 28(3)).
        Conclude = "conclude", "Vertrag zur Auftragsverarbeitung abschließen, bevor Daten übergeben werden", "conclude a processing contract before data are passed";
        /// Make an arrangement of joint controllers (GDPR Art. 26(1)).
        Arrange = "arrange", "Vereinbarung der gemeinsam Verantwortlichen schließen", "make an arrangement of the joint controllers";
        /// See whether the contract covers what is new (GDPR Art. 28(3)).
        Extend = "extend", "prüfen, ob der Vertrag diese Tätigkeiten, Daten und Personen abdeckt", "check whether the contract covers these activities, data and persons";
        /// See what the transfer to a third country rests on (GDPR Art. 44).
        Transfer = "transfer", "Grundlage der Übermittlung in das Drittland prüfen", "check what the transfer to the third country rests on";
        /// End the processing: deletion or return (GDPR Art. 28(3)(g)).
        End = "end", "Auftrag beenden: Löschung oder Rückgabe der Daten verlangen", "end the processing: demand deletion or return of the data";
    }
}

impl ContractStep {
    /// The provision that asks for it.
    pub const fn citation(self) -> Citation {
        Citation::new(match self {
            Self::Conclude | Self::Extend => "GDPR Art. 28(3)",
            Self::Arrange => "GDPR Art. 26(1)",
            Self::Transfer => "GDPR Art. 44",
            Self::End => "GDPR Art. 28(3)(g)",
        })
    }
}

/// What a change asks for with a recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractChange {
    /// The recipient, by identifier.
    pub recipient: String,
    /// Its name.
    pub name: String,
    /// What is to be done.
    pub step: ContractStep,
    /// The activities because of which, by identifier.
    pub activities: Vec<String>,
}

pub(super) fn changes(old: &Register, new: &Register, on: Date) -> Vec<ContractChange> {
    let mut found = Vec::new();
    for recipient in &new.recipients {
        check(old, new, recipient, on, &mut found);
    }
    for before in &old.recipients {
        if before.role != RecipientRole::Processor {
            continue;
        }
        let after = new.recipient(&before.id);
        let used = |register| users(register, &before.id).next().is_some();
        let still = after.is_some_and(|after| after.role == RecipientRole::Processor)
            && (used(new) || !used(old));
        if !still {
            let activities = users(old, &before.id).map(|a| a.id.clone()).collect();
            found.push(change(before, ContractStep::End, activities));
        }
    }
    found
}

fn check(
    old: &Register,
    new: &Register,
    recipient: &Recipient,
    on: Date,
    found: &mut Vec<ContractChange>,
) {
    let before = old.recipient(&recipient.id);
    let all: Vec<_> = users(new, &recipient.id).map(|a| a.id.clone()).collect();
    let before_users: Vec<_> = users(old, &recipient.id).collect();
    let known = |activity: &Activity| before_users.iter().find(|old| old.id == activity.id);
    let come = ids(users(new, &recipient.id).filter(|activity| known(activity).is_none()));
    let wider = ids(users(new, &recipient.id)
        .filter(|activity| known(activity).is_none_or(|old| !covers_the_same(old, activity))));
    let same_role = before.is_some_and(|before| before.role == recipient.role);
    let signed = recipient
        .contract
        .as_ref()
        .is_some_and(|contract| contract.signed_on.is_some_and(|day| day <= on));
    let needed = match recipient.role {
        RecipientRole::Processor => Some(ContractStep::Conclude),
        RecipientRole::Joint => Some(ContractStep::Arrange),
        RecipientRole::Independent => None,
    };
    match needed {
        Some(step) if !signed && (!same_role || !come.is_empty()) => {
            found.push(change(recipient, step, all.clone()));
        }
        Some(ContractStep::Conclude) if signed && before.is_some() && !wider.is_empty() => {
            found.push(change(recipient, ContractStep::Extend, wider));
        }
        _ => {}
    }
    if !is_eea(recipient.country, on) {
        let basis = |r: &Recipient| r.transfer.as_ref().map(|transfer| transfer.basis);
        let same = before.is_some_and(|before| {
            (before.country, basis(before)) == (recipient.country, basis(recipient))
        });
        if !same {
            found.push(change(recipient, ContractStep::Transfer, all));
        } else if !come.is_empty() {
            found.push(change(recipient, ContractStep::Transfer, come));
        }
    }
}

/// Whether a contract that covers one covers the other: data and persons (GDPR Art. 28(3)).
fn covers_the_same(old: &Activity, new: &Activity) -> bool {
    same_set(&old.data, &new.data)
        && same_set(&old.special_data, &new.special_data)
        && same_set(&old.subjects, &new.subjects)
}

fn users<'r>(register: &'r Register, recipient: &str) -> impl Iterator<Item = &'r Activity> {
    let activities = register.activities.iter();
    activities.filter(move |activity| activity.recipients.iter().any(|id| id == recipient))
}

fn ids<'r>(activities: impl Iterator<Item = &'r Activity>) -> Vec<String> {
    activities.map(|activity| activity.id.clone()).collect()
}

fn change(recipient: &Recipient, step: ContractStep, activities: Vec<String>) -> ContractChange {
    ContractChange {
        recipient: recipient.id.clone(),
        name: recipient.name.clone(),
        step,
        activities,
    }
}
