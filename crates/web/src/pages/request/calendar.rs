//! `/requests.ics`: the deadlines for a calendar program, which can't sign in: the link is its proof. It
//! holds nothing of anybody, and whoever made it can end it.

use axum::extract::{Query, State};
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use super::board;
use crate::auth::form::{Form, Nothing};
use crate::auth::{Network, Visitor};
use crate::language::Language;
use crate::pages::refusal::Answer;
use crate::pages::toast::Toast;
use crate::problem::{Problem, Reader};
use crate::state::AppState;

/// What opens the calendar.
#[derive(Deserialize)]
pub struct Key {
    #[serde(default)]
    key: String,
}

/// The calendar.
pub async fn feed(
    State(state): State<AppState>,
    Language(lang): Language,
    Network(network): Network,
    Query(Key { key }): Query<Key>,
) -> Result<Response, Response> {
    let refuse = |problem: Problem| problem.for_reader(Reader::program(lang));
    let pages = state
        .pages()
        .ok_or_else(|| refuse(Problem::nothing_here()))?;
    let (here, now) = (pages.installation.clone(), state.now().timestamp());
    let read = state
        .run(move || here.request_calendar(&key, lang, now))
        .await;
    let read = read.map_err(refuse)?;
    let Some(text) = read.map_err(|error| refuse(error.into()))? else {
        if !state.brakes().looked.allow(network, now) {
            return Err(refuse(Problem::too_many_attempts(60)));
        }
        return Err(refuse(Problem::nothing_here()));
    };
    let headers = [
        (
            CONTENT_TYPE,
            HeaderValue::from_static("text/calendar; charset=utf-8"),
        ),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, text).into_response())
}

/// Makes a link; the one from before works no more. It is shown once.
pub async fn make(State(state): State<AppState>, visitor: Visitor, _: Form<Nothing>) -> Answer {
    let (account, act) = (visitor.visit.session.account, visitor.act(&state));
    let token = visitor
        .ask(&state, move |organisation| {
            organisation.make_request_calendar(account, &act)
        })
        .await?;
    let address = state.pages().map_or("", |pages| &pages.address);
    let link = format!("{address}/requests.ics?key={token}");
    board::show(&state, &visitor, Some(link)).await
}

/// Ends the link.
pub async fn end(State(state): State<AppState>, visitor: Visitor, _: Form<Nothing>) -> Answer {
    let (account, act) = (visitor.visit.session.account, visitor.act(&state));
    visitor
        .ask(&state, move |organisation| {
            organisation.end_request_calendar(account, &act)
        })
        .await?;
    Ok(Toast::RequestCalendarEnded.then("/requests"))
}
