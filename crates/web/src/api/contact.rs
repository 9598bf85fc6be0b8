//! `POST /api/v1/contacts/decide`: the gate's answer about a contact on record. Needs a token.
//! The contact stands in the body, never in the address, so that no log keeps it.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use law::{Channel, Lang};
use serde::Deserialize;
use serde_json::Value;

use super::body::JsonText;
use crate::auth::Caller;
use crate::language::Language;
use crate::problem::{Problem, Reader};
use crate::state::{AppState, ContactQuestion};

/// The body.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    contact: String,
    purpose: String,
    channel: Channel,
    #[serde(default)]
    on: Option<Date>,
    /// The organisation that the caller believes to ask; a safeguard for those who serve many.
    #[serde(default)]
    organisation: Option<String>,
    #[serde(default)]
    record: bool,
}

/// Answers for one contact.
pub async fn decide(
    State(state): State<AppState>,
    Language(lang): Language,
    caller: Caller,
    body: JsonText,
) -> Response {
    let reader = Reader::program(lang);
    match answer(&state, caller, &body, lang).await {
        Ok(answer) => super::json(&answer, reader),
        Err(problem) => problem.for_reader(reader),
    }
}

async fn answer(
    state: &AppState,
    caller: Caller,
    body: &JsonText,
    lang: Lang,
) -> Result<Value, Problem> {
    let asked: Question = body.read()?;
    if asked.organisation.is_some() && asked.organisation != caller.organisation {
        return Err(Problem::other_organisation());
    }
    let now = state.now();
    let question = ContactQuestion {
        contact: asked.contact,
        purpose: asked.purpose,
        channel: asked.channel,
        on: asked.on.unwrap_or(now.date()),
        record: asked.record,
    };
    let decided = state
        .ask(move |answers| answers.decide_contact(&caller, &question, &now, lang))
        .await??;
    Ok(decided)
}
