//! `/contacts/new` and `/contacts/{id}/edit`: a contact added or corrected by hand.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use law::Country;
use law::facts::{ContactKind, Source, Subscriber};
use operations::contact::{Email, Fields, Phone};
use operations::{ByHand, Correctable, Error};

use super::contact;
use super::list::SOURCES;
use super::note::word;
use crate::auth::Visitor;
use crate::auth::form::Form;
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::{Answer, Refusal};
use crate::pages::register::Inputs;
use crate::pages::toast::Toast;
use crate::pages::words;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "contact/form.html")]
struct FormPage {
    frame: Frame,
    /// Empty for a new contact.
    id: String,
    inputs: Inputs,
    problem: Option<String>,
    /// What somebody else saved meanwhile, by the field that it differs in.
    meanwhile: Vec<(&'static str, String)>,
    /// The field that is to be mended; empty where it is about the whole.
    wrong: &'static str,
    /// The contact that has the address already.
    known: Option<String>,
    sources: Vec<(&'static str, String)>,
    countries: Vec<(String, String)>,
    today: String,
}

impl FormPage {
    fn value(&self, name: &str) -> &str {
        self.inputs.get(name)
    }

    /// What is on record meanwhile, where it differs from what was entered.
    fn meanwhile(&self, name: &str) -> &str {
        let found = self.meanwhile.iter().find(|(field, _)| *field == name);
        found.map_or("", |(_, text)| text)
    }
}

/// The form for a new contact.
pub async fn new_page(visitor: Visitor) -> Answer {
    let mut inputs = Inputs::default();
    inputs.add("country", visitor.organisation.country().to_string());
    inputs.add("kind", "business");
    inputs.add("source_kind", "person");
    inputs.add("obtained_on", visitor.today.to_string());
    Ok(show(&visitor, String::new(), inputs, None, None))
}

/// The form for a correction.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    let named = contact(&visitor, &id)?;
    let (now, seen) = visitor
        .ask(&state, move |organisation| organisation.correctable(&named))
        .await?;
    Ok(show(&visitor, id, inputs(&now, seen), None, None))
}

fn inputs(now: &Correctable, seen: Timestamp) -> Inputs {
    let (mut inputs, fields) = (Inputs::default(), &now.fields);
    inputs.add("seen", seen.as_millisecond().to_string());
    inputs.add("country", now.country.to_string());
    inputs.add("kind", kind_word(now.kind));
    inputs.add("subscriber", subscriber_word(now.subscriber));
    inputs.add_some("title", fields.title.as_ref());
    inputs.add_some("given_name", fields.given_name.as_ref());
    inputs.add_some("family_name", fields.family_name.as_ref());
    inputs.add_some("company", fields.company.as_ref());
    inputs.add_some("position", fields.position.as_ref());
    let emails: Vec<_> = fields.emails.iter().cloned().map(String::from).collect();
    inputs.add("emails", emails.join("\n"));
    let phones: Vec<_> = fields
        .phones
        .iter()
        .map(|phone| phone.e164().to_owned())
        .collect();
    inputs.add("phones", phones.join("\n"));
    inputs.add_some("street", fields.street.as_ref());
    inputs.add_some("postcode", fields.postcode.as_ref());
    inputs.add_some("city", fields.city.as_ref());
    inputs.add_some("note", fields.note.as_ref());
    inputs
}

const fn kind_word(kind: ContactKind) -> &'static str {
    match kind {
        ContactKind::Business => "business",
        ContactKind::Consumer => "consumer",
    }
}

fn kind(inputs: &Inputs) -> ContactKind {
    match inputs.get("kind") {
        "consumer" => ContactKind::Consumer,
        _ => ContactKind::Business,
    }
}

const fn subscriber_word(subscriber: Option<Subscriber>) -> &'static str {
    match subscriber {
        None => "",
        Some(Subscriber::LegalPerson) => "legal_person",
        Some(Subscriber::NaturalPerson) => "natural_person",
    }
}

fn subscriber(inputs: &Inputs) -> Option<Subscriber> {
    match inputs.get("subscriber") {
        "legal_person" => Some(Subscriber::LegalPerson),
        "natural_person" => Some(Subscriber::NaturalPerson),
        _ => None,
    }
}

/// The fields of the form, on top of those that the form does not show; the input that can't be
/// read, by the name of the text that says so.
fn read(inputs: &Inputs, before: Fields, home: Country) -> Result<Fields, &'static str> {
    let emails = inputs.lines("emails");
    let emails = emails.iter().map(|line| Email::parse(line));
    let emails: Vec<_> = emails
        .collect::<Result<_, _>>()
        .map_err(|_| "contact-email-wrong")?;
    let mut phones: Vec<Phone> = Vec::new();
    for line in inputs.lines("phones") {
        let known = before.phones.iter().find(|phone| phone.e164() == line);
        let phone = match known {
            Some(phone) => phone.clone(),
            None => Phone::parse(&line, home).map_err(|_| "contact-phone-wrong")?,
        };
        phones.push(phone);
    }
    Ok(Fields {
        title: inputs.some("title"),
        given_name: inputs.some("given_name"),
        family_name: inputs.some("family_name"),
        company: inputs.some("company"),
        position: inputs.some("position"),
        emails,
        phones,
        street: inputs.some("street"),
        postcode: inputs.some("postcode"),
        city: inputs.some("city"),
        note: inputs.some("note"),
        ..before
    })
}

fn show(
    visitor: &Visitor,
    id: String,
    inputs: Inputs,
    problem: Option<&str>,
    known: Option<String>,
) -> Response {
    shown(visitor, id, inputs, problem, known, None)
}

/// The form; where somebody else changed the contact meanwhile, with what is on record now.
fn shown(
    visitor: &Visitor,
    id: String,
    inputs: Inputs,
    problem: Option<&str>,
    known: Option<String>,
    on_record: Option<&Inputs>,
) -> Response {
    let lang = visitor.lang();
    let here = if id.is_empty() {
        "/contacts/new".to_owned()
    } else {
        format!("/contacts/{id}/edit")
    };
    let frame = Frame::of(visitor, &here);
    let refused = problem.is_some();
    let mut countries = crate::pages::account::welcome::countries(lang);
    // A country whose law is not known here stays what it is.
    let chosen = inputs.get("country");
    if !chosen.is_empty() && !countries.iter().any(|(code, _)| code == chosen) {
        countries.push((chosen.to_owned(), chosen.to_owned()));
    }
    let page = FormPage {
        id,
        problem: problem.map(|name| frame.t(name)),
        wrong: problem.map_or("", field_of),
        meanwhile: on_record.map_or_else(Vec::new, |now| differing(&inputs, now, &frame)),
        known,
        sources: SOURCES
            .map(|source| (source, words::source(source, lang)))
            .to_vec(),
        countries,
        today: visitor.today.to_string(),
        inputs,
        frame,
    };
    let mut response = frame::render(&page, lang);
    if refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

/// The fields of the form that are free to be filled in.
const FIELDS: [&str; 11] = [
    "title",
    "given_name",
    "family_name",
    "company",
    "position",
    "emails",
    "phones",
    "street",
    "postcode",
    "city",
    "note",
];

/// What is on record now, where it differs from what was entered.
fn differing(entered: &Inputs, now: &Inputs, frame: &Frame) -> Vec<(&'static str, String)> {
    let differ = FIELDS
        .into_iter()
        .filter(|name| entered.lines(name) != now.lines(name));
    differ
        .map(|name| {
            let lines = now.lines(name);
            let value = if lines.is_empty() {
                frame.t("now-empty")
            } else {
                lines.join(", ")
            };
            (name, frame.with("now-on-record", "value", value))
        })
        .collect()
}

/// The field that a text about a mistake is about.
fn field_of(problem: &str) -> &'static str {
    match problem {
        "contact-email-wrong" => "emails",
        "contact-phone-wrong" => "phones",
        "import-no-source" => "source",
        "import-day-wrong" => "obtained_on",
        _ => "",
    }
}

/// The name of the text for an error that can be mended in the form.
fn told(error: &Error) -> Option<&'static str> {
    Some(match error {
        Error::ContactConflict => "contact-conflict",
        Error::Unchanged => "contact-unchanged",
        Error::NobodyReached => "contact-nobody",
        Error::Suppressed => "contact-suppressed",
        Error::KnownContact(_) => "contact-known",
        Error::Empty(_) => "import-no-source",
        Error::Future(_) => "import-day-wrong",
        long if long.is_too_long() => "note-too-long",
        _ => return None,
    })
}

/// Corrects a contact.
pub async fn correct(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(entered): Form<Inputs>,
) -> Answer {
    let (named, act) = (contact(&visitor, &id)?, visitor.act(&state));
    let asked = named.clone();
    let (before, changed_at) = visitor
        .ask(&state, move |organisation| organisation.correctable(&asked))
        .await?;
    let on_record = inputs(&before, changed_at);
    let country = entered.get("country").parse().unwrap_or(before.country);
    let fields = match read(&entered, before.fields, country) {
        Ok(fields) => fields,
        Err(problem) => return Ok(show(&visitor, id, entered, Some(problem), None)),
    };
    let new = Correctable {
        fields,
        kind: kind(&entered),
        country,
        subscriber: subscriber(&entered),
    };
    let seen = entered.get("seen").parse().ok();
    let seen = seen.and_then(|millis| Timestamp::from_millisecond(millis).ok());
    let corrected = visitor
        .ask(&state, move |organisation| {
            let seen = seen.unwrap_or(Timestamp::MIN);
            Ok(organisation.correct_contact(&named, &new, seen, &act))
        })
        .await?;
    match corrected {
        Ok(_) => Ok(Toast::ContactCorrected.then(&format!("/contacts/{id}"))),
        Err(Error::ContactConflict) => {
            // What was entered stays, with what somebody else saved meanwhile beside it; sent
            // again, it is on top of that.
            let mut kept = Inputs::default();
            kept.add("seen", on_record.get("seen"));
            kept.append(entered);
            let problem = Some("contact-conflict");
            Ok(shown(&visitor, id, kept, problem, None, Some(&on_record)))
        }
        Err(error) => match told(&error) {
            Some(problem) => Ok(show(&visitor, id, entered, Some(problem), None)),
            None => Err(Refusal::new(error.into(), &visitor.visit)),
        },
    }
}

/// Adds a contact.
pub async fn add(
    State(state): State<AppState>,
    visitor: Visitor,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let country = inputs.get("country").parse().unwrap_or(Country::DE);
    let fields = match read(&inputs, Fields::default(), country) {
        Ok(fields) => fields,
        Err(problem) => return Ok(show(&visitor, String::new(), inputs, Some(problem), None)),
    };
    let obtained = inputs.day("obtained_on").ok().flatten();
    let (Some(obtained_on), Ok(informed_on)) = (obtained, inputs.day("informed_on")) else {
        let problem = Some("import-day-wrong");
        return Ok(show(&visitor, String::new(), inputs, problem, None));
    };
    let source_kind: Source = word(inputs.get("source_kind")).unwrap_or(Source::Other);
    let new = ByHand {
        fields,
        kind: kind(&inputs),
        country,
        source: inputs.get("source").to_owned(),
        source_kind,
        obtained_on,
        informed_on,
    };
    let act = visitor.act(&state);
    let added = visitor
        .ask(&state, move |organisation| {
            Ok(organisation.add_contact(&new, &act))
        })
        .await?;
    match added {
        Ok(id) => Ok(Toast::ContactAdded.then(&format!("/contacts/{id}"))),
        Err(error) => match told(&error) {
            Some(problem) => {
                let known = match &error {
                    Error::KnownContact(id) => Some(id.to_string()),
                    _ => None,
                };
                Ok(show(&visitor, String::new(), inputs, Some(problem), known))
            }
            None => Err(Refusal::new(error.into(), &visitor.visit)),
        },
    }
}
