//! The form.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use operations::Error;
use operations::contact::Email;
use operations::request::{
    ANYBODY, Identity, Intake, LONGEST, NewRequest, RequestFault, RequestKind, Whom,
};

use super::Place;
use crate::auth::form::OpenForm;
use crate::auth::{Attempts, Network};
use crate::language::Language;
use crate::pages::frame;
use crate::pages::register::Inputs;
use crate::pages::request::kind_name;
use crate::problem::Problem;
use crate::public::frame::PublicFrame;
use crate::state::AppState;

/// A field that no person sees; a program fills it in.
const TRAP: &str = "website";

#[derive(Template)]
#[template(path = "public/rights/ask.html")]
struct AskPage {
    frame: PublicFrame,
    action: String,
    kinds: Vec<Kind>,
    inputs: Inputs,
    longest: usize,
    wrong: Option<(&'static str, &'static str)>,
}

struct Kind {
    name: &'static str,
    label: String,
    about: String,
}

#[derive(Template)]
#[template(path = "public/rights/said.html")]
struct SaidPage {
    frame: PublicFrame,
    title: &'static str,
    about: &'static str,
    more: &'static str,
}

/// The form. Nothing is written.
pub async fn page(
    State(state): State<AppState>,
    Language(lang): Language,
    Path(organisation): Path<String>,
) -> Result<Response, Response> {
    let place = Place::of(&state, &organisation, lang).await?;
    Ok(show(&place, Inputs::default(), None))
}

fn show(place: &Place, inputs: Inputs, wrong: Option<(&'static str, &'static str)>) -> Response {
    let frame = PublicFrame::new(&place.host, place.lang, &place.path());
    let kinds = RequestKind::RIGHTS.map(|kind| Kind {
        name: kind.name(),
        label: frame.t(kind_name(kind)),
        about: frame.t(about(kind)),
    });
    let page = AskPage {
        action: place.path(),
        kinds: kinds.into(),
        inputs,
        longest: LONGEST,
        wrong,
        frame,
    };
    let mut response = frame::render(&page, place.lang);
    if wrong.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

const fn about(kind: RequestKind) -> &'static str {
    match kind {
        RequestKind::Access => "rights-access",
        RequestKind::Erasure => "rights-erasure",
        RequestKind::Rectification => "rights-rectification",
        RequestKind::Restriction => "rights-restriction",
        RequestKind::Portability => "rights-portability",
        RequestKind::Objection => "rights-objection",
        RequestKind::NoAutomatedDecision => "rights-no-automated-decision",
        RequestKind::Withdrawal | RequestKind::Unsorted => "rights-withdrawal",
    }
}

/// Takes a request.
pub async fn send(
    State(state): State<AppState>,
    Language(lang): Language,
    Path(organisation): Path<String>,
    Network(network): Network,
    OpenForm(inputs): OpenForm<Inputs>,
) -> Result<Response, Response> {
    let place = Place::of(&state, &organisation, lang).await?;
    if !state.brakes().sent.allow(network, state.now().timestamp()) {
        return Err(place.told(Problem::too_many_attempts(Attempts::WINDOW_SECONDS)));
    }
    let kind = RequestKind::named(inputs.get("kind"));
    let Some(kind) = kind.filter(|kind| RequestKind::RIGHTS.contains(kind)) else {
        return Ok(show(
            &place,
            inputs,
            Some(("kind-access", "rights-kind-missing")),
        ));
    };
    let Ok(email) = Email::parse(inputs.get("email")) else {
        return Ok(show(&place, inputs, Some(("email", "contact-email-wrong"))));
    };
    // A program that fills in everything is told what everybody is told.
    if inputs.get(TRAP).is_empty() {
        let act = state.act(ANYBODY.to_owned());
        let new = NewRequest {
            whom: Whom::Address(email),
            kind,
            intake: Intake::Page,
            received_on: act.today,
            text: inputs.get("text").to_owned(),
            identity: Identity::Asked,
            lang,
        };
        let taken = place
            .ask(&state, move |organisation| {
                organisation.receive_request(&new, &act)
            })
            .await?;
        match taken {
            Ok(_) => {}
            Err(Error::Request(RequestFault::TooLong(_))) => {
                return Ok(show(&place, inputs, Some(("text", "requests-too-long"))));
            }
            Err(Error::Request(RequestFault::TooMany)) => {
                return Ok(show(&place, inputs, Some(("email", "rights-too-many"))));
            }
            Err(error) => return Err(place.told(error.into())),
        }
    }
    Ok(said(
        &place,
        ("rights-sent", "rights-sent-about", "rights-sent-more"),
    ))
}

pub(super) fn said(
    place: &Place,
    (title, about, more): (&'static str, &'static str, &'static str),
) -> Response {
    let page = SaidPage {
        frame: PublicFrame::new(&place.host, place.lang, &place.path()),
        title,
        about,
        more,
    };
    frame::render(&page, place.lang)
}
