//! Answers that a browser keeps as a file.

use axum::body::Body;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse as _;

use super::refusal::{Answer, Refusal};
use crate::auth::Visitor;
use crate::problem::Problem;

/// A file of this kind and name; the name must say nothing of anybody.
pub fn file(visitor: &Visitor, body: impl Into<Body>, kind: &'static str, name: &str) -> Answer {
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{name}\""));
    let Ok(disposition) = disposition else {
        return Err(Refusal::new(Problem::broken(), &visitor.visit));
    };
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(kind)),
        (CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, body.into()).into_response())
}
