//! HTTP: pages for people, JSON for programs.
//!
//! A handler parses, calls one operation through [`Answers`] and renders; it decides nothing.

mod api;
mod assets;
mod auth;
mod language;
mod pages;
mod problem;
mod serve;
mod shield;
mod state;

use axum::Router;
use axum::response::Redirect;
use axum::routing::{get, post};

pub use auth::{Caller, ShortToken, Token, Tokens};
pub use serve::serve;
pub use shield::Hosts;
pub use state::{AnswerError, Answers, AppState, ContactQuestion, Health, Mode};

/// All routes, with the shield around them.
pub fn router(state: AppState) -> Router {
    let routes = match state.mode() {
        Mode::Demo => Router::new()
            .route("/", get(pages::overview::page))
            .route("/contacts", get(pages::contacts::page))
            .route("/contacts/find", post(pages::contacts::find))
            .route("/contacts/{id}", get(pages::contact::page)),
        Mode::Serve => Router::new().route("/", get(async || Redirect::to("/health"))),
    };
    let routes = routes
        .route("/health", get(pages::health::page))
        .route("/health.json", get(pages::health::json))
        .route("/assets/{file}", get(assets::file))
        .route("/favicon.ico", get(assets::favicon))
        .route("/api/v1/decide", post(api::facts::decide))
        .route("/api/v1/contacts/decide", post(api::contact::decide))
        .fallback(problem::not_found)
        .method_not_allowed_fallback(problem::method_not_allowed)
        .with_state(state.clone());
    shield::around(routes, state)
}
