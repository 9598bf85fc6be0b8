//! `POST /api/v1/decide`: made-up facts in, decision out. Keeps nothing, needs no token, and
//! runs on the event loop: judging takes less time than handing over to another thread.

use axum::extract::State;
use axum::response::Response;
use law::facts::json::Call;

use super::body::JsonText;
use crate::language::Language;
use crate::problem::{Problem, Reader};
use crate::state::AppState;

/// Judges the facts in the body.
pub async fn decide(
    State(state): State<AppState>,
    Language(lang): Language,
    body: JsonText,
) -> Response {
    let reader = Reader::program(lang);
    match Call::read(body.text()) {
        Ok(call) => {
            let today = state.now().date();
            let decision = call.decide(today).view(call.on(today), lang);
            super::json(&decision, reader)
        }
        Err(error) => Problem::unfit(error.place, error.reason).for_reader(reader),
    }
}
