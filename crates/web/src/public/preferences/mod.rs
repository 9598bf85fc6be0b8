//! What people set about their own data: `/p/{token}` takes permission away, `/me` shows and grants.

mod address;
mod answer;
mod change;
mod enter;
mod leave;
mod number;
mod own;
mod receipt;

use std::convert::Infallible;

use axum::Router;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use operations::preferences::PERSON;
use operations::{Act, Error, Installation};

use crate::auth::RequestFacts;
use crate::language::Language;
use crate::pages::refusal::Refusal;
use crate::problem::Problem;
use crate::state::AppState;

/// The routes; each checks its own token.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/p/{token}", get(leave::page).post(leave::leave))
        .route(
            "/p/{token}/one-click",
            get(leave::page).post(leave::one_click),
        )
        .route("/p/{token}/link", post(leave::send_link))
        .route("/me", get(own::page))
        .route("/me/confirm", post(change::confirm))
        .route("/me/data", post(change::data))
        .route("/me/email", post(change::email))
        .route("/me/stop", post(change::stop))
        .route("/me/lift", post(change::lift))
        .route("/me/consent", post(change::consent))
        .route("/me/request", post(change::request))
        .route("/me/answer", post(answer::fetch))
        .route("/me/end", post(change::end))
        .route("/me/consents/{entry}/receipt.pdf", get(receipt::receipt))
        .route(
            "/me/address/{token}",
            get(address::page).post(address::confirm),
        )
        .route("/me/number", post(number::begin))
        .route("/me/number/{token}", get(number::page).post(number::enter))
        .route("/me/number/{token}/send", post(number::send))
        .route("/me/{token}", get(enter::page).post(enter::enter))
}

/// The person by a link, as evidence names who acts.
pub(super) fn by_the_person(state: &AppState) -> Act {
    state.act(PERSON.to_owned())
}

/// The network that a request comes from.
pub(super) struct Network(String);

impl FromRequestParts<AppState> for Network {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let pages = state.pages();
        let facts = pages.map(|pages| RequestFacts::of(parts, pages));
        Ok(Self(
            facts.map_or_else(String::new, |facts| facts.client.network),
        ))
    }
}

impl Network {
    /// Counts an attempt; an answer if there were too many.
    pub(super) async fn brake(self, state: &AppState, lang: Language) -> Result<(), Response> {
        let now = state.now().timestamp();
        let free = ask(state, lang, move |here| here.own_attempt(&self.0, now)).await?;
        if free {
            return Ok(());
        }
        let problem = Problem::too_many_attempts(15 * 60);
        Err(Refusal::in_language(problem, lang.0).into_response())
    }
}

/// Asks the installation off the event loop.
pub(super) async fn ask<T: Send + 'static>(
    state: &AppState,
    lang: Language,
    operation: impl FnOnce(&Installation) -> Result<T, Error> + Send + 'static,
) -> Result<T, Response> {
    let refuse = |problem: Problem| Refusal::in_language(problem, lang.0).into_response();
    let pages = state
        .pages()
        .ok_or_else(|| refuse(Problem::nothing_here()))?;
    let here = pages.installation.clone();
    let asked = state.run(move || operation(&here)).await.map_err(refuse)?;
    asked.map_err(|error| refuse(error.into()))
}
