//! Which language the reader gets: `?lang=`, which is remembered, else what is remembered, else
//! `Accept-Language`, else German.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use law::Lang;

use crate::auth::cookie;

/// The language of the answer.
#[derive(Clone, Copy)]
pub struct Language(pub Lang);

impl<S: Sync> FromRequestParts<S> for Language {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(of(&parts.uri, &parts.headers)))
    }
}

/// The language that a request asks for.
pub fn of(uri: &Uri, headers: &HeaderMap) -> Lang {
    let asked = chosen(uri).or_else(|| cookie::find(headers, COOKIE).and_then(known));
    asked.unwrap_or_else(|| {
        let header = headers.get(ACCEPT_LANGUAGE);
        header
            .and_then(|h| h.to_str().ok())
            .and_then(from_header)
            .unwrap_or_default()
    })
}

/// The language that the address names.
pub fn chosen(uri: &Uri) -> Option<Lang> {
    uri.query().and_then(from_query)
}

/// The cookie that remembers the language.
pub const COOKIE: &str = "lang";

fn from_query(query: &str) -> Option<Lang> {
    query
        .split('&')
        .filter_map(|pair| pair.strip_prefix("lang="))
        .find_map(known)
}

/// The language with the highest weight of those that we speak; the first of equals.
fn from_header(header: &str) -> Option<Lang> {
    let mut best: Option<(Lang, f32)> = None;
    for part in header.split(',') {
        let (tag, weight) = part.split_once(';').unwrap_or((part, "q=1"));
        let weight = weight
            .trim()
            .strip_prefix("q=")
            .and_then(|q| q.parse().ok())
            .unwrap_or(0.0);
        let primary = tag.trim().split('-').next().unwrap_or_default();
        if let Some(lang) = known(primary)
            && weight > best.map_or(0.0, |(_, best)| best)
        {
            best = Some((lang, weight));
        }
    }
    best.map(|(lang, _)| lang)
}

fn known(tag: &str) -> Option<Lang> {
    if tag.eq_ignore_ascii_case("de") {
        Some(Lang::De)
    } else if tag.eq_ignore_ascii_case("en") {
        Some(Lang::En)
    } else {
        None
    }
}

/// The tag of a language, for `lang` attributes and headers.
pub const fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::De => "de",
        Lang::En => "en",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_weight_wins_and_unknown_languages_are_skipped() {
        assert_eq!(from_header("fr, en;q=0.5, de-AT;q=0.8"), Some(Lang::De));
        assert_eq!(from_header("en-GB,en;q=0.9,de;q=0.9"), Some(Lang::En));
        assert_eq!(from_header("fr, *;q=0.1"), None);
        assert_eq!(from_header("en;q=0, de;q=nonsense"), None);
    }

    #[test]
    fn the_query_names_a_language_or_is_ignored() {
        assert_eq!(from_query("a=b&lang=en"), Some(Lang::En));
        assert_eq!(from_query("lang=xx"), None);
        assert_eq!(from_query("language=en"), None);
    }
}
