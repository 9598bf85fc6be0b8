//! The page with the form.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use law::Lang;
use operations::lead_form::{FieldFault, ShownConsent, ShownForm, WORK_BITS};
use register::FormField;

use super::Place;
use super::embed::allow;
use super::notice::{Notice, notice};
use crate::assets;
use crate::pages::frame;
use crate::pages::register::Inputs;
use crate::pages::words;
use crate::public::frame::PublicFrame;

#[derive(Template)]
#[template(path = "public/form/page.html")]
struct FormPage {
    frame: PublicFrame,
    action: String,
    ticket: String,
    work_bits: u32,
    script: String,
    title: String,
    intro: Option<String>,
    questions: Vec<Question>,
    consents: Vec<Consent>,
    notice: Notice,
    problem: Option<String>,
    /// Field and label of what is to be mended.
    wrong: Vec<(&'static str, String)>,
    days: u32,
    /// Why network address and browser are kept, and for how many days.
    kept_network: Option<(String, u32)>,
}

struct Question {
    name: &'static str,
    label: String,
    why: Option<String>,
    required: bool,
    value: String,
    wrong: Option<String>,
    kind: &'static str,
    complete: &'static str,
    /// What explains the field, by the names of the elements.
    described: String,
}

struct Consent {
    key: String,
    text: String,
    channels: String,
}

/// What a page shows besides the form.
#[derive(Default)]
pub struct Said {
    /// What was filled in before; no box is ever ticked from it.
    pub inputs: Inputs,
    pub faults: Vec<(FormField, FieldFault)>,
    /// Why it was not taken, by the name of the text.
    pub problem: Option<&'static str>,
    pub status: StatusCode,
    pub source: Option<String>,
}

pub fn show(place: &Place, shown: &ShownForm, said: &Said, on: Date) -> Response {
    let lang = place.lang;
    let source = said.source.as_deref().unwrap_or_default();
    let query = if source.is_empty() {
        String::new()
    } else {
        format!("&source={source}")
    };
    let here = format!("{}{}", place.path(), query.replacen('&', "?", 1));
    let frame = PublicFrame::new(&place.host, lang, &here);
    let notice = notice(shown, lang, on);
    let questions: Vec<_> = shown
        .form
        .questions
        .iter()
        .map(|asked| question(asked, said, &frame))
        .collect();
    let page = FormPage {
        action: format!("{}?lang={}{query}", place.path(), frame.tag()),
        ticket: shown.ticket.clone(),
        work_bits: WORK_BITS,
        script: assets::work(),
        title: shown.form.title(lang).to_owned(),
        intro: shown.form.intro(lang).map(str::to_owned),
        wrong: questions
            .iter()
            .filter_map(|question| {
                let wrong = question.wrong.as_ref()?;
                Some((question.name, format!("{}: {wrong}", question.label)))
            })
            .collect(),
        questions,
        consents: shown.consents.iter().map(|c| consent(c, lang)).collect(),
        notice,
        problem: said.problem.map(|name| frame.t(name)),
        days: shown.form.unconfirmed_days,
        kept_network: shown
            .form
            .keep_ip_reason
            .clone()
            .map(|reason| (reason, shown.form.keep_ip_days)),
        frame,
    };
    let mut response = frame::render(&page, lang);
    *response.status_mut() = said.status;
    allow(response, &shown.form)
}

fn question(asked: &register::FormQuestion, said: &Said, frame: &PublicFrame) -> Question {
    let field = asked.field;
    let lang = frame.lang();
    let fault = said.faults.iter().find(|(of, _)| *of == field);
    let (kind, complete) = match field {
        FormField::Email => ("email", "email"),
        FormField::GivenName => ("text", "given-name"),
        FormField::FamilyName => ("text", "family-name"),
        FormField::Company => ("text", "organization"),
        FormField::Position => ("text", "organization-title"),
        FormField::Phone => ("tel", "tel"),
        FormField::Street => ("text", "street-address"),
        FormField::PostalCode => ("text", "postal-code"),
        FormField::City => ("text", "address-level2"),
        FormField::Message => ("message", "off"),
    };
    let why = asked.why(lang).map(|_| format!("{}-why", field.name()));
    let wrong = fault.map(|_| format!("{}-wrong", field.name()));
    let described: Vec<_> = why.into_iter().chain(wrong).collect();
    Question {
        described: described.join(" "),
        name: field.name(),
        label: field.label().get(lang).to_owned(),
        why: asked.why(lang).map(str::to_owned),
        required: asked.required,
        value: said.inputs.get(field.name()).to_owned(),
        wrong: fault.map(|(_, fault)| {
            frame.t(match (fault, field) {
                (FieldFault::Missing, _) => "lead-missing",
                (FieldFault::TooLong, _) => "lead-too-long",
                (FieldFault::Unreadable, FormField::Phone) => "lead-no-phone",
                (FieldFault::Unreadable, _) => "lead-no-email",
            })
        }),
        kind,
        complete,
    }
}

fn consent(consent: &ShownConsent, lang: Lang) -> Consent {
    Consent {
        key: consent.key.clone(),
        text: consent.text.clone(),
        channels: ways(consent, lang),
    }
}

/// The channels of a consent in words.
pub fn ways(consent: &ShownConsent, lang: Lang) -> String {
    let channels = consent.channel_set();
    let channels = channels.iter().map(|channel| words::channel(channel, lang));
    channels.collect::<Vec<_>>().join(", ")
}
