//! Forms: read only if they were made for this session.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts as _, Request};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::visitor::Visit;
use crate::language;
use crate::problem::{Problem, Reader};
use crate::state::AppState;

/// The input of a form that was made for this session.
pub struct Form<T>(pub T);

/// The input of a form that anybody may send: to sign in, or to follow a link. The shield has
/// checked that it comes from a page of this server.
pub struct OpenForm<T>(pub T);

/// A form that only says that its button was pressed.
#[derive(Deserialize)]
pub struct Nothing {}

#[derive(Deserialize)]
struct Token {
    #[serde(default)]
    form_token: String,
}

impl<T: DeserializeOwned> FromRequest<AppState> for Form<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, state).await?;
        let reader = Reader::person(visit.lang);
        let request = Request::from_parts(parts, body);
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|rejection| refused(&rejection).for_reader(reader))?;
        let token: Token = read(&body).map_err(|problem| problem.for_reader(reader))?;
        if !visit.made(&token.form_token) {
            return Err(Problem::stale_form().for_reader(reader));
        }
        read(&body)
            .map(Self)
            .map_err(|problem| problem.for_reader(reader))
    }
}

impl<T: DeserializeOwned> FromRequest<AppState> for OpenForm<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Response> {
        let reader = Reader::person(language::of(request.uri(), request.headers()));
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|rejection| refused(&rejection).for_reader(reader))?;
        read(&body)
            .map(Self)
            .map_err(|problem| problem.for_reader(reader))
    }
}

fn refused(rejection: &BytesRejection) -> Problem {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Problem::form_too_large()
    } else {
        Problem::body_lost()
    }
}

/// Browsers send the end of a line as CR LF; texts are kept with LF.
fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    let text = std::str::from_utf8(body).map_err(|_| Problem::unreadable_form())?;
    let text = text.replace("%0D%0A", "%0A");
    serde_urlencoded::from_str(&text).map_err(|_| Problem::unreadable_form())
}
