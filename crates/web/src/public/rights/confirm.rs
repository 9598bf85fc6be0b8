//! The page behind the link in the mail. Opening it changes nothing, since mail filters open every link;
//! the button does.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use operations::preferences::PERSON;
use operations::request::RequestKind;

use super::Place;
use super::ask::said;
use crate::auth::form::{Nothing, OpenForm};
use crate::auth::{Attempts, Network};
use crate::language::Language;
use crate::pages::request::kind_name;
use crate::pages::{frame, number};
use crate::problem::Problem;
use crate::public::frame::PublicFrame;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "public/rights/confirm.html")]
struct ConfirmPage {
    frame: PublicFrame,
    action: String,
    what: String,
    asked: String,
    said: Vec<String>,
}

/// The button.
pub async fn page(
    State(state): State<AppState>,
    Language(lang): Language,
    Path((organisation, token)): Path<(String, String)>,
) -> Result<Response, Response> {
    let place = Place::of(&state, &organisation, lang).await?;
    let action = format!("{}/confirm/{token}", place.path());
    let found = place
        .ask(&state, move |organisation| {
            organisation.request_to_confirm(&token)
        })
        .await?;
    let Some(found) = found.map_err(|error| place.told(error.into()))? else {
        return Ok(gone(&place));
    };
    let frame = PublicFrame::new(&place.host, lang, &action);
    let page = ConfirmPage {
        what: frame.t(kind_name(found.kind)),
        asked: number::day(found.asked_on, lang),
        said: found.said.into_iter().map(|said| said.text).collect(),
        action,
        frame,
    };
    Ok(frame::render(&page, lang))
}

fn gone(place: &Place) -> Response {
    let mut response = said(place, ("rights-gone", "rights-gone-about", "rights-again"));
    *response.status_mut() = StatusCode::GONE;
    response
}

/// Confirms.
pub async fn confirm(
    State(state): State<AppState>,
    Language(lang): Language,
    Path((organisation, token)): Path<(String, String)>,
    Network(network): Network,
    OpenForm(Nothing {}): OpenForm<Nothing>,
) -> Result<Response, Response> {
    let place = Place::of(&state, &organisation, lang).await?;
    if !state.brakes().sent.allow(network, state.now().timestamp()) {
        return Err(place.told(Problem::too_many_attempts(Attempts::WINDOW_SECONDS)));
    }
    let act = state.act(PERSON.to_owned());
    let done = place
        .ask(&state, move |organisation| {
            organisation.confirm_request(&token, &act)
        })
        .await?;
    Ok(match done.map_err(|error| place.told(error.into()))? {
        None => gone(&place),
        Some(RequestKind::Objection | RequestKind::Withdrawal) => said(
            &place,
            ("rights-confirmed", "rights-stopped-about", "rights-close"),
        ),
        Some(_) => said(
            &place,
            ("rights-confirmed", "rights-confirmed-about", "rights-close"),
        ),
    })
}
