//! HTTP: pages for people, JSON for programs.
//!
//! A handler parses, calls one operation through [`Answers`] and renders; it decides nothing.

mod api;
mod assets;
mod auth;
mod certificate;
mod language;
mod overviews;
mod pages;
mod problem;
mod proof;
mod public;
mod routes;
mod serve;
mod shield;
mod state;
mod texts;

use axum::Router;
use operations::access::Permission;

pub use auth::{Caller, ShortToken, Token, Tokens};
pub use certificate::erasure as erasure_certificate;
pub use proof::{ProofError, receipt as consent_receipt, summary as pack_summary};
pub use serve::serve;
pub use shield::Hosts;
pub use state::{AnswerError, Answers, AppState, ContactQuestion, Health, Pages, RequestTaken};

/// All routes, with the shield around them.
pub fn router(state: AppState) -> Router {
    let routes = routes::all(&state)
        .fallback(problem::not_found)
        .method_not_allowed_fallback(problem::method_not_allowed)
        .with_state(state.clone());
    shield::around(routes, state)
}

/// The pages that ask for a role: method, path, and what the role must allow. Tests go through
/// all of them.
pub fn guarded_routes() -> Vec<(&'static str, &'static str, Permission)> {
    let routes = routes::guarded().into_iter();
    routes
        .map(|route| (route.method, route.path, route.needs))
        .collect()
}
