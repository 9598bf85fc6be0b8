//! What every page has: language, head, links.

use askama::Template;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_LANGUAGE, CONTENT_TYPE, VARY};
use axum::response::{IntoResponse as _, Response};
use law::Lang;

use super::words::Words;
use crate::problem::{Problem, Reader};
use crate::{assets, language};

/// What the page's frame shows.
pub struct Frame {
    pub lang: Lang,
    pub words: &'static Words,
    pub style: String,
    pub mark: String,
    pub version: &'static str,
    /// Where this page is; `None` for errors, which have no other language to switch to.
    pub here: Option<String>,
}

impl Frame {
    pub fn new(lang: Lang, here: Option<&str>) -> Self {
        Self {
            lang,
            words: Words::of(lang),
            style: assets::style(),
            mark: assets::mark(),
            version: env!("CARGO_PKG_VERSION"),
            here: here.map(str::to_owned),
        }
    }

    /// The tag of the page's language.
    pub fn tag(&self) -> &'static str {
        language::tag(self.lang)
    }

    /// The tag of the other language.
    pub fn other_tag(&self) -> &'static str {
        language::tag(match self.lang {
            Lang::De => Lang::En,
            Lang::En => Lang::De,
        })
    }
}

/// The page as a response.
pub fn render(page: &impl Template, lang: Lang) -> Response {
    match page.render() {
        Ok(html) => {
            let headers = [
                (
                    CONTENT_TYPE,
                    HeaderValue::from_static("text/html; charset=utf-8"),
                ),
                (
                    CONTENT_LANGUAGE,
                    HeaderValue::from_static(language::tag(lang)),
                ),
                (VARY, HeaderValue::from_static("Accept, Accept-Language")),
            ];
            (headers, html).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            Problem::broken().for_reader(Reader::program(lang))
        }
    }
}
