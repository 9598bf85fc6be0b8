//! The builder's page.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use law::{ChannelSet, Lang};
use operations::RegisterView;
use operations::access::Permission;
use register::{BUNDLED, ConsentText, Delivery, FormField, FormKind, Place, Register};

use super::super::index::Line;
use super::super::input::Inputs;
use super::super::preview::opened_on;
use super::super::words::{Choice, choices};
use super::inputs::{ONLY_WITH_CONSENT, fields, possible_originals};
use crate::auth::Visitor;
use crate::pages::frame::{self, Frame};
use crate::pages::words;
use crate::public::form::snippets;

#[derive(Template)]
#[template(path = "forms/builder.html")]
struct BuilderPage {
    frame: Frame,
    base: String,
    id: String,
    title: String,
    inputs: Inputs,
    may_change: bool,
    problems: Vec<Wrong>,
    in_use: Option<String>,
    gaps: Vec<Line>,
    address: Option<String>,
    /// What is copied into a website.
    snippets: Option<[String; 2]>,
    /// The name of the file that the form gives.
    file: Option<String>,
    kinds: Vec<Choice>,
    activities: Vec<(String, String)>,
    questions: Vec<Question>,
    consents: Vec<Consent>,
    deliveries: Vec<Choice>,
    originals: Vec<(String, String)>,
}

/// What is wrong, and with which input.
struct Wrong {
    at: &'static str,
    text: String,
}

struct Question {
    field: &'static str,
    label: &'static str,
    asked: bool,
    required: bool,
    /// Whether every form asks for it.
    always: bool,
    why_de: String,
    why_en: String,
}

/// A consent that can be offered.
struct Consent {
    id: String,
    /// What it is for and by which channels.
    about: String,
    /// The wordings, with the tags of their languages.
    wordings: Vec<(&'static str, String)>,
}

impl BuilderPage {
    fn value(&self, name: &str) -> &str {
        self.inputs.get(name)
    }

    fn is_wrong(&self, name: &str) -> bool {
        self.problems.iter().any(|problem| problem.at == name)
    }
}

/// What a page shows besides the inputs.
#[derive(Default)]
pub struct Shown {
    /// The inputs that are wrong.
    pub wrong: Vec<&'static str>,
    /// What still needs the form that was to go.
    pub in_use: Option<String>,
    /// Where people fill the form in.
    pub address: Option<String>,
}

/// The builder with these inputs; `id` is empty for a new form.
pub fn show(
    visitor: &Visitor,
    view: &RegisterView,
    id: &str,
    inputs: Inputs,
    shown: Shown,
) -> Response {
    let (lang, register) = (visitor.lang(), &view.register);
    let here = if id.is_empty() {
        "/forms/new".to_owned()
    } else {
        format!("/forms/{id}")
    };
    let frame = Frame::of(visitor, &here);
    let refused = !shown.wrong.is_empty() || shown.in_use.is_some();
    let place = Place::Form(id.to_owned());
    let gaps = view.gaps.iter().filter(|gap| gap.place == place);
    let mut deliveries = vec![("", frame.t("form-delivery-none"))];
    deliveries.extend(choices!(Delivery, lang));
    deliveries.push((ONLY_WITH_CONSENT, frame.t("form-delivery-bundled")));
    let wrong = shown.wrong.into_iter();
    let page = BuilderPage {
        base: opened_on(&inputs, view.version),
        title: match register.form(id) {
            Some(form) => form.name.clone(),
            None => frame.t("form-new"),
        },
        may_change: visitor.may(Permission::Advertise),
        problems: wrong.map(|at| problem(at, &frame)).collect(),
        in_use: shown.in_use,
        gaps: gaps
            .map(|gap| Line::new(gap, register, visitor.today, &frame))
            .collect(),
        snippets: shown.address.as_ref().map(|address| {
            let title = register.form(id).map_or("", |form| form.title(lang));
            snippets(address, title)
        }),
        file: register.form(id).and_then(|form| {
            let hash = form.file.as_ref()?;
            Some(form.file_name.clone().unwrap_or_else(|| hash.clone()))
        }),
        address: shown.address,
        kinds: choices!(FormKind, lang),
        activities: register
            .activities
            .iter()
            .map(|activity| (activity.id.clone(), activity.name.clone()))
            .collect(),
        questions: fields(&inputs)
            .into_iter()
            .map(|field| question(field, &inputs, lang))
            .collect(),
        consents: consents(register, lang),
        deliveries,
        originals: possible_originals(register, id)
            .map(|form| (form.id.clone(), form.name.clone()))
            .collect(),
        id: id.to_owned(),
        inputs,
        frame,
    };
    let mut response = frame::render(&page, lang);
    if refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

fn problem(at: &'static str, frame: &Frame) -> Wrong {
    let text = match at {
        "name" => frame.t("entry-needs-name"),
        "kind" => frame.t("form-needs-kind"),
        "activity" => frame.t("form-needs-activity"),
        "file" => frame.t("lead-file-too-large"),
        "delivery" => BUNDLED.get(frame.lang).to_owned(),
        "origins" => frame.t("form-origins-wrong"),
        "unconfirmed_days" => frame.t("form-unconfirmed-wrong"),
        "keep_ip_days" => frame.t("form-ip-days-wrong"),
        _ => frame.t("form-variant-wrong"),
    };
    Wrong { at, text }
}

fn question(field: FormField, inputs: &Inputs, lang: Lang) -> Question {
    let name = field.name();
    let always = field == FormField::Email;
    Question {
        field: name,
        label: field.label().get(lang),
        asked: always || inputs.has("ask", name),
        required: always || inputs.has("required", name),
        always,
        why_de: inputs.get(&format!("why_de-{name}")).to_owned(),
        why_en: inputs.get(&format!("why_en-{name}")).to_owned(),
    }
}

/// The wordings that are asked for today.
fn consents(register: &Register, lang: Lang) -> Vec<Consent> {
    let texts = register.consent_texts.iter();
    let current = texts.filter(|text| register.current_consent_text(&text.id) == Some(*text));
    current.map(|text| consent(text, register, lang)).collect()
}

fn consent(text: &ConsentText, register: &Register, lang: Lang) -> Consent {
    let purposes = text.purposes.iter().map(|id| {
        let activity = register.activity(id);
        activity.map_or(id.clone(), |activity| activity.name.clone())
    });
    let about = purposes.chain(channels(text.channels, lang));
    let wordings = [("de", &text.de), ("en", &text.en)];
    let wordings = wordings.into_iter();
    Consent {
        id: text.id.clone(),
        about: about.collect::<Vec<_>>().join(", "),
        wordings: wordings
            .filter_map(|(tag, wording)| Some((tag, wording.clone()?)))
            .collect(),
    }
}

fn channels(channels: ChannelSet, lang: Lang) -> impl Iterator<Item = String> {
    let channels: Vec<_> = channels.iter().collect();
    channels
        .into_iter()
        .map(move |channel| words::channel(channel, lang))
}
