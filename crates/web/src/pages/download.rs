//! Answers that a browser keeps as a file.

use axum::body::Body;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};

use super::refusal::{Answer, Refusal};
use crate::auth::Visitor;
use crate::problem::Problem;

/// A file of this kind and name; the name must say nothing of anybody.
pub fn file(visitor: &Visitor, body: impl Into<Body>, kind: &'static str, name: &str) -> Answer {
    attached(body, kind, name).ok_or_else(|| Refusal::new(Problem::broken(), &visitor.visit))
}

/// As [`file`], for who is not signed in; `None` if the name can't stand in a header.
pub fn attached(body: impl Into<Body>, kind: &'static str, name: &str) -> Option<Response> {
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{name}\""));
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(kind)),
        (CONTENT_DISPOSITION, disposition.ok()?),
    ];
    Some((headers, body.into()).into_response())
}
