//! The page for a person whose request had no answer.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use law::Lang;

use super::frame::{self, Frame};

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    frame: Frame,
    title: String,
    detail: &'a str,
    status: u16,
}

/// The page; the caller sets the status.
pub fn page(status: StatusCode, detail: &str, lang: Lang) -> Response {
    let frame = Frame::open(lang, None);
    let title = frame.t(match status {
        StatusCode::NOT_FOUND => "error-not-found",
        _ if status.is_server_error() => "error-here",
        _ => "error-request",
    });
    frame::render(
        &ErrorPage {
            frame,
            title,
            detail,
            status: status.as_u16(),
        },
        lang,
    )
}
