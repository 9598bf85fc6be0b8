//! What stands around every route: the host check, the time limit, the security headers and the
//! net for panics.

mod headers;
mod host;
mod origin;

use std::any::Any;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use tower_http::catch_panic::CatchPanicLayer;

pub use host::Hosts;
pub use origin::is_own as is_from_here;

use crate::auth::cookie;
use crate::language;
use crate::problem::{Problem, Reader};
use crate::state::AppState;

/// How long an answer may take, reading the request's body included.
const TIME_LIMIT: Duration = Duration::from_secs(30);
/// Largest request body. Facts of one question are a few kilobytes.
const BODY_LIMIT: usize = 256 * 1024;

/// Puts the shield around `routes`.
pub fn around(routes: Router, state: AppState) -> Router {
    routes
        .layer(CatchPanicLayer::custom(panicked))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn_with_state(state, guard))
}

async fn guard(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let reader = Reader::of(&request);
    // Forms for everybody set no cookie at all.
    let path = request.uri().path();
    let is_form = path.starts_with("/f/") || path.starts_with("/rights/");
    let chosen = language::chosen(request.uri()).filter(|_| !is_form);
    let mut response = if !state.hosts().know(&request) {
        Problem::unknown_host().for_reader(reader)
    } else if origin::is_foreign(&request) {
        Problem::foreign_form().for_reader(reader)
    } else {
        tokio::time::timeout(TIME_LIMIT, next.run(request))
            .await
            .unwrap_or_else(|_| Problem::too_slow().for_reader(reader))
    };
    if let Some(lang) = chosen {
        cookie::remember_language(&mut response, lang);
    }
    headers::set(&mut response);
    response
}

/// The panic's message is not used: it could hold personal data.
fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a handler panicked");
    Problem::broken().for_reader(Reader::default())
}
