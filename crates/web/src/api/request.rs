//! `POST /api/v1/requests`: takes in what a person asked about their data elsewhere, such as in a
//! customer portal. Needs a token. Who asks stands in the body, never in the address.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use law::Lang;
use serde::Deserialize;
use serde_json::Value;

use super::body::JsonText;
use crate::auth::Caller;
use crate::language::Language;
use crate::problem::{Problem, Reader};
use crate::state::{AppState, RequestTaken};

/// The body.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// The contact's id, or an e-mail address, known or not.
    who: String,
    kind: String,
    #[serde(default)]
    received_on: Option<Date>,
    #[serde(default)]
    text: String,
    /// Whether the caller has made sure who asks, as by a signed-in session.
    #[serde(default)]
    identified: bool,
    /// The language of the letters to the person: `de` or `en`.
    #[serde(default)]
    language: Option<String>,
    /// The organisation that the caller believes to serve; a safeguard for those who serve many.
    #[serde(default)]
    organisation: Option<String>,
}

/// Takes a request.
pub async fn take(
    State(state): State<AppState>,
    Language(lang): Language,
    caller: Caller,
    body: JsonText,
) -> Response {
    let reader = Reader::program(lang);
    match taken(&state, caller, &body, lang).await {
        Ok(answer) => super::json(&answer, reader),
        Err(problem) => problem.for_reader(reader),
    }
}

async fn taken(
    state: &AppState,
    caller: Caller,
    body: &JsonText,
    lang: Lang,
) -> Result<Value, Problem> {
    let asked: Asked = body.read()?;
    if asked.organisation.is_some() && asked.organisation != caller.organisation {
        return Err(Problem::other_organisation());
    }
    let now = state.now();
    let request = RequestTaken {
        who: asked.who,
        kind: asked.kind,
        received_on: asked.received_on.unwrap_or(now.date()),
        text: asked.text,
        identified: asked.identified,
        lang: match asked.language.as_deref() {
            Some("en") => Lang::En,
            Some("de") => Lang::De,
            _ => lang,
        },
    };
    let answer = state
        .ask(move |answers| answers.take_request(&caller, &request, &now))
        .await??;
    Ok(answer)
}
