//! The JSON routes.

mod body;
pub mod contact;
pub mod facts;
pub mod request;

use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;

use crate::problem::{Problem, Reader};

/// `answer` as JSON.
fn json<T: Serialize>(answer: &T, reader: Reader) -> Response {
    let kind = HeaderValue::from_static("application/json");
    match serde_json::to_vec(answer) {
        Ok(json) => ([(CONTENT_TYPE, kind)], json).into_response(),
        Err(error) => {
            tracing::error!(%error, "an answer could not be written as JSON");
            Problem::broken().for_reader(reader)
        }
    }
}
