//! `/requests/new`: a request that came by telephone, letter or in person, entered by hand.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use law::Lang;
use operations::contact::Email;
use operations::request::{Identity, Intake, NewRequest, RequestKind, Whom};
use serde::Deserialize;

use super::{identity_name, intake_name, kind_name, told};
use crate::auth::Visitor;
use crate::auth::form::Form;
use crate::pages::contact::{contact, title};
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::{Answer, Refusal};
use crate::pages::register::Inputs;
use crate::pages::toast::Toast;
use crate::problem::Problem;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "request/new.html")]
struct NewPage {
    frame: Frame,
    contact: String,
    name: Option<String>,
    kinds: Vec<(String, String)>,
    intakes: Vec<(String, String)>,
    identities: Vec<(String, String)>,
    langs: Vec<(String, String)>,
    inputs: Inputs,
    today: String,
    problem: Option<String>,
}

/// About whom the request is.
#[derive(Deserialize)]
pub struct About {
    #[serde(default)]
    contact: String,
}

/// The form.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Query(About { contact }): Query<About>,
) -> Answer {
    let mut inputs = Inputs::default();
    inputs.add("contact", contact);
    inputs.add("received_on", visitor.today.to_string());
    show(&state, &visitor, inputs, None).await
}

async fn show(
    state: &AppState,
    visitor: &Visitor,
    inputs: Inputs,
    problem: Option<&str>,
) -> Answer {
    let frame = Frame::of(visitor, "/requests/new");
    let name = match inputs.get("contact") {
        "" => None,
        id => {
            let reference = contact(visitor, id)?;
            let line = visitor
                .ask(state, move |organisation| {
                    organisation.contact_line(&reference)
                })
                .await?;
            Some(title(line, &frame))
        }
    };
    let named = |name: &str, text: &str| (name.to_owned(), frame.t(text));
    let by_hand = [
        Intake::Mail,
        Intake::Phone,
        Intake::Letter,
        Intake::InPerson,
    ];
    let identities = [
        Identity::NotNeeded,
        Identity::Asked,
        Identity::Confirmed,
        Identity::Doubtful,
    ];
    let page = NewPage {
        contact: inputs.get("contact").to_owned(),
        name,
        kinds: RequestKind::RIGHTS
            .map(|kind| named(kind.name(), kind_name(kind)))
            .to_vec(),
        intakes: by_hand
            .map(|intake| named(intake.name(), intake_name(intake)))
            .to_vec(),
        identities: identities
            .map(|identity| named(identity.name(), identity_name(identity)))
            .to_vec(),
        langs: vec![
            named("de", "requests-lang-de"),
            named("en", "requests-lang-en"),
        ],
        today: visitor.today.to_string(),
        problem: problem.map(|name| frame.t(name)),
        inputs,
        frame,
    };
    let mut response = frame::render(&page, visitor.lang());
    if problem.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// Takes it in.
pub async fn add(
    State(state): State<AppState>,
    visitor: Visitor,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let unreadable = || Refusal::new(Problem::unreadable_form(), &visitor.visit);
    let kind = RequestKind::named(inputs.get("kind")).ok_or_else(unreadable)?;
    let intake = Intake::named(inputs.get("intake")).ok_or_else(unreadable)?;
    let identity = Identity::named(inputs.get("identity")).ok_or_else(unreadable)?;
    let Ok(received_on) = inputs.get("received_on").parse() else {
        return show(&state, &visitor, inputs, Some("requests-day-missing")).await;
    };
    let whom = match (inputs.get("contact"), inputs.get("email")) {
        ("", "") => Whom::Nobody(inputs.get("name").to_owned()),
        ("", email) => match Email::parse(email) {
            Ok(email) => Whom::Address(email),
            Err(_) => return show(&state, &visitor, inputs, Some("contact-email-wrong")).await,
        },
        (id, _) => Whom::Contact(contact(&visitor, id)?),
    };
    let new = NewRequest {
        whom,
        kind,
        intake,
        received_on,
        text: inputs.get("text").to_owned(),
        identity,
        lang: match inputs.get("lang") {
            "en" => Lang::En,
            _ => Lang::De,
        },
    };
    let act = visitor.act(&state);
    let taken = visitor
        .ask(&state, move |organisation| {
            match organisation.receive_request(&new, &act) {
                Ok(received) => Ok(Ok(received)),
                Err(error) => told(&error).map(Err).ok_or(error),
            }
        })
        .await?;
    match taken {
        Ok(received) => {
            let toast = if received.joined {
                Toast::RequestJoined
            } else {
                Toast::RequestTaken
            };
            Ok(toast.then(&format!("/requests/{}", received.id)))
        }
        Err(problem) => show(&state, &visitor, inputs, Some(problem)).await,
    }
}
