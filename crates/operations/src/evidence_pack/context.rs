//! What the register says of the controller and its activities, for the pack.

use std::collections::{BTreeMap, BTreeSet};

use law::Lang;
use pack::{ActivityContext, Context, Controller};
use register::{Activity, Register};
use sha2::{Digest as _, Sha256};

use crate::Organisation;
use crate::declare::InForce;
use crate::state::hex;

/// `named` are the activities that entries name; of the others the pack tells nothing.
pub(super) fn of(register: &InForce, this: &Organisation, named: &BTreeSet<String>) -> Context {
    let declared = &register.register;
    let organisation = &declared.organisation;
    let town = [&organisation.postal_code, &organisation.city];
    let town: Vec<&str> = town.into_iter().flatten().map(String::as_str).collect();
    let lines = [organisation.street.clone(), Some(town.join(" "))];
    let lines = lines.into_iter().flatten();
    let authority = organisation.supervisory_authority.as_ref();
    let controller = Controller {
        name: if organisation.name.is_empty() {
            this.name().to_owned()
        } else {
            organisation.name.clone()
        },
        address: lines.filter(|line| !line.is_empty()).collect(),
        country: organisation.country.to_string(),
        email: organisation.email.clone(),
        phone: organisation.phone.clone(),
        privacy_notice: organisation.privacy_notice.clone(),
        authority: authority.and_then(|authority| authority.name.clone()),
    };
    Context {
        controller,
        register_version: (register.version > 0).then_some(register.version),
        activities: declared
            .activities
            .iter()
            .filter(|activity| named.contains(&activity.id))
            .map(|activity| activity_context(activity, declared))
            .collect(),
        languages: languages(declared),
    }
}

fn activity_context(activity: &Activity, register: &Register) -> ActivityContext {
    let name = |id: &String| {
        let mut recipients = register.recipients.iter();
        let found = recipients.find(|recipient| recipient.id == *id);
        found.map_or_else(|| id.clone(), |recipient| recipient.name.clone())
    };
    ActivityContext {
        id: activity.id.clone(),
        name: activity.name.clone(),
        purpose: activity.purpose.clone(),
        direct_marketing: activity.purpose_kind.is_advertising(),
        data: activity.data.clone(),
        recipients: activity.recipients.iter().map(name).collect(),
        retention: activity
            .retention
            .iter()
            .map(|rule| rule.text(Lang::En))
            .collect(),
    }
}

/// The languages of the register's wordings, by their SHA-256.
fn languages(register: &Register) -> BTreeMap<String, String> {
    let texts = register.consent_texts.iter();
    let texts = texts.flat_map(|text| [("de", &text.de), ("en", &text.en)]);
    texts
        .filter_map(|(language, text)| {
            let hash = hex(&Sha256::digest(text.as_ref()?.as_bytes()));
            Some((hash, language.to_owned()))
        })
        .collect()
}
