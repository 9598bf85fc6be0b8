//! The information of GDPR Art. 13, as the register has it, for the form at which data are collected.

use jiff::civil::Date;
use law::{Lang, LegalBasis, gdpr::art44};
use operations::lead_form::ShownForm;
use register::{Activity, Contact, Register};

use crate::pages::register::basis_name;

/// What stands at a form.
pub struct Notice {
    /// Name, address and ways to reach the controller, line by line.
    pub controller: Vec<String>,
    pub representative: Option<String>,
    pub officer: Option<String>,
    pub authority: Option<String>,
    pub uses: Vec<Use>,
    pub more: Option<String>,
    /// Whether something rests on legitimate interests, which can be objected to.
    pub objection: bool,
}

/// What one activity does with the data.
pub struct Use {
    pub purpose: String,
    pub basis: Option<String>,
    pub interest: Option<String>,
    pub recipients: Vec<String>,
    pub retention: Vec<String>,
}

pub fn notice(shown: &ShownForm, lang: Lang, on: Date) -> Notice {
    let organisation = &shown.register.organisation;
    let town = [&organisation.postal_code, &organisation.city];
    let town: Vec<_> = town.into_iter().flatten().map(String::as_str).collect();
    let lines = [
        Some(organisation.name.clone()),
        organisation.street.clone(),
        Some(town.join(" ")),
        organisation.email.clone(),
        organisation.phone.clone(),
    ];
    let authority = organisation.supervisory_authority.as_ref();
    let uses: Vec<&Activity> = shown.activities().collect();
    Notice {
        controller: lines
            .into_iter()
            .flatten()
            .filter(|line| !line.is_empty())
            .collect(),
        representative: organisation.representative.as_ref().and_then(reach),
        officer: organisation.data_protection_officer.as_ref().and_then(reach),
        authority: authority.and_then(|authority| {
            let parts = [&authority.name, &authority.website];
            joined(parts.into_iter().flatten())
        }),
        objection: uses
            .iter()
            .any(|activity| activity.basis == Some(LegalBasis::LegitimateInterests)),
        uses: uses
            .into_iter()
            .map(|activity| of_activity(activity, &shown.register, lang, on))
            .collect(),
        more: organisation.privacy_notice.clone().filter(|link| link.starts_with("http")),
    }
}

fn of_activity(activity: &Activity, register: &Register, lang: Lang, on: Date) -> Use {
    let balancing = activity.balancing.as_ref();
    let recipients = register.recipients_of(activity).map(|recipient| {
        let service = recipient.service.as_ref();
        let mut text = recipient.name.clone();
        if let Some(service) = service {
            text = format!("{text} ({service})");
        }
        if !art44::is_eea(recipient.country, on) {
            let basis = recipient.transfer.as_ref().map(|t| t.basis.label().get(lang));
            text = format!("{text}, {}", recipient.country);
            if let Some(basis) = basis {
                text = format!("{text}: {basis}");
            }
        }
        text
    });
    Use {
        purpose: activity.purpose.clone().unwrap_or_else(|| activity.name.clone()),
        basis: activity.basis.map(|basis| {
            let provision = basis.citation().written(on, lang);
            format!("{} ({provision})", basis_name(basis, lang))
        }),
        interest: balancing.and_then(|balancing| balancing.interest.clone()),
        recipients: recipients.collect(),
        retention: activity
            .retention
            .iter()
            .map(|rule| match &rule.covers {
                Some(covers) => format!("{covers}: {}", rule.text(lang)),
                None => rule.text(lang),
            })
            .collect(),
    }
}

fn reach(contact: &Contact) -> Option<String> {
    let parts = [&contact.name, &contact.address, &contact.email, &contact.phone];
    joined(parts.into_iter().flatten())
}

fn joined<'a>(parts: impl Iterator<Item = &'a String>) -> Option<String> {
    let parts: Vec<_> = parts.map(String::as_str).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
