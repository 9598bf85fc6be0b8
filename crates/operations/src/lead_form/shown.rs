//! A form as a person sees it.

use jiff::Timestamp;
use law::{Channel, ChannelSet, Lang};
use register::{Activity, Form, Register};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::ticket::Ticket;
use super::{FormError, lang_name};
use crate::state::hex;
use crate::{Error, Organisation};

/// A form, to be shown.
#[derive(Clone)]
pub struct ShownForm {
    /// The form.
    pub form: Form,
    /// The register that it stands in, for the information of GDPR Art. 13.
    pub register: Register,
    /// The consents that are offered, each with an empty box.
    pub consents: Vec<ShownConsent>,
    /// What the form brings back.
    pub ticket: String,
    /// How long it can be sent, in hours.
    pub open_hours: i64,
}

/// A consent that a form offers, word for word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownConsent {
    /// `id@version` of the wording in the register.
    pub key: String,
    /// The activity that it is for.
    pub activity: String,
    /// The channels that the wording names.
    pub channels: Vec<String>,
    /// The wording.
    pub text: String,
}

impl ShownConsent {
    /// The channels.
    pub fn channel_set(&self) -> ChannelSet {
        let named = |name: &String| Channel::ALL.into_iter().find(|c| c.name() == name.as_str());
        self.channels.iter().filter_map(named).collect()
    }
}

impl ShownForm {
    /// The activities whose information belongs to the form: the one that answers it, and those that
    /// consents are asked for.
    pub fn activities(&self) -> impl Iterator<Item = &Activity> {
        let asked = self.consents.iter().map(|consent| &consent.activity);
        let mut ids: Vec<&String> = Vec::new();
        for id in std::iter::once(&self.form.activity).chain(asked) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids.into_iter().filter_map(|id| self.register.activity(id))
    }
}

impl Organisation {
    /// A form as it is shown now. Nothing is written. `again` is the ticket that a person brought who
    /// has something to mend; it stays, unless the form changed meanwhile.
    ///
    /// # Errors
    /// [`FormError::NotOpen`] if there is no such form or it is closed.
    pub fn show_form(
        &self,
        address: &str,
        lang: Lang,
        again: Option<&str>,
        now: Timestamp,
    ) -> Result<ShownForm, FormError> {
        let in_force = self.store().read(|tx| self.register(tx));
        let in_force = match in_force {
            Err(Error::NoRegister) => return Err(FormError::NotOpen),
            other => other?,
        };
        let register = &in_force.register;
        let variants = variants(register, address).ok_or(FormError::NotOpen)?;
        let kept = again.and_then(|text| Ticket::open(self, address, text, now).ok());
        let kept = kept.filter(|ticket| {
            ticket.version == in_force.version
                && ticket.lang == lang
                && variants.iter().any(|form| form.id == ticket.form)
        });
        let ticket = if let Some(ticket) = kept {
            ticket
        } else {
            let mut ticket = Ticket::new(in_force.version, now, lang)?;
            // Chance decides, and nothing of the person.
            let turn = usize::from(ticket.nonce.0[0]) % variants.len();
            ticket.form.clone_from(&variants[turn].id);
            ticket
        };
        let form = register.form(&ticket.form).ok_or(FormError::NotOpen)?;
        Ok(ShownForm {
            form: form.clone(),
            consents: offered(register, form, lang),
            register: register.clone(),
            ticket: ticket.seal(self, address),
            open_hours: super::ticket::OPEN.as_hours(),
        })
    }
}

/// The form that an address names, and its variants, which share the address; `None` if it takes
/// nothing.
fn variants<'r>(register: &'r Register, address: &str) -> Option<Vec<&'r Form>> {
    let own = register
        .form(address)
        .filter(|form| !form.closed && form.variant_of.is_none())?;
    let others = register.forms.iter();
    let others = others.filter(|form| !form.closed && form.variant_of.as_deref() == Some(address));
    Some(std::iter::once(own).chain(others).collect())
}

/// The consents that a form offers. One for several purposes at once is none (GDPR recital 43), so
/// it is not offered.
pub(super) fn offered(register: &Register, form: &Form, lang: Lang) -> Vec<ShownConsent> {
    let texts = form
        .consents
        .iter()
        .filter_map(|id| register.current_consent_text(id));
    texts
        .filter_map(|text| {
            let [activity] = &text.purposes[..] else {
                return None;
            };
            // One that names no channel permits none.
            if text.channels.is_empty() {
                return None;
            }
            let (first, second) = match lang {
                Lang::De => (&text.de, &text.en),
                Lang::En => (&text.en, &text.de),
            };
            Some(ShownConsent {
                key: text.key(),
                activity: activity.clone(),
                channels: text.channels.iter().map(|c| c.name().to_owned()).collect(),
                text: first.clone().or_else(|| second.clone())?,
            })
        })
        .collect()
}

/// All that was shown, as the evidence keeps it, with its SHA-256.
pub(super) fn as_shown(
    form: &Form,
    consents: &[ShownConsent],
    lang: Lang,
) -> (serde_json::Value, String) {
    let questions = form.questions.iter().map(|question| {
        json!({
            "field": question.field.name(),
            "required": question.required,
            "why": question.why(lang),
        })
    });
    let shown = json!({
        "form": form.id,
        "lang": lang_name(lang),
        "title": form.title(lang),
        "intro": form.intro(lang),
        "questions": questions.collect::<Vec<_>>(),
        "consents": consents,
        "boxes": "empty",
        "network_address_kept": form.keep_ip_reason.as_ref().map(|reason| json!({
            "reason": reason,
            "days": form.keep_ip_days,
        })),
        "program": env!("CARGO_PKG_VERSION"),
    });
    let sha256 = hex(&Sha256::digest(shown.to_string().as_bytes()));
    (shown, sha256)
}
