//! Whether a change was asked for by a page of this server. Browsers say where a request comes
//! from; together with the form's own token this keeps other sites from acting for somebody.

use axum::extract::Request;
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderName, Method};

const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whether the request would change something and does not come from here. Programs that use the
/// API hold a token instead, and some public pages take what comes from elsewhere.
pub fn is_foreign(request: &Request) -> bool {
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD);
    changes && !is_from_elsewhere(request.uri().path()) && !is_own(request.headers())
}

/// The API; lead forms, which an organisation's own websites may show and which carry a ticket of
/// their own; leaving with one click, which mail programs ask for without any page (RFC 8058).
fn is_from_elsewhere(path: &str) -> bool {
    let one_click = path.starts_with("/p/") && path.ends_with("/one-click");
    path.starts_with("/api/") || path.starts_with("/f/") || one_click
}

/// Whether the headers say that a page of this server asks.
pub fn is_own(headers: &HeaderMap) -> bool {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(&SITE) {
        return site == "same-origin";
    }
    // Older browsers say the origin alone.
    match (text(&ORIGIN), text(&HOST)) {
        (Some(origin), Some(host)) => origin
            .split_once("://")
            .is_some_and(|(_, of)| of.eq_ignore_ascii_case(host)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn foreign(method: &str, path: &str, headers: &[(&str, &str)]) -> bool {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        is_foreign(&request.body(Body::empty()).unwrap())
    }

    #[test]
    fn a_change_has_to_come_from_a_page_of_this_server() {
        let host = ("host", "localhost:8070");
        assert!(foreign("POST", "/x", &[host]));
        assert!(foreign("POST", "/x", &[host, ("origin", "null")]));
        assert!(foreign(
            "POST",
            "/x",
            &[host, ("origin", "http://evil.example")]
        ));
        assert!(foreign(
            "POST",
            "/x",
            &[host, ("sec-fetch-site", "cross-site")]
        ));
        assert!(foreign(
            "POST",
            "/x",
            &[host, ("sec-fetch-site", "same-site")]
        ));
        assert!(!foreign(
            "POST",
            "/x",
            &[host, ("sec-fetch-site", "same-origin")]
        ));
        assert!(!foreign(
            "POST",
            "/x",
            &[host, ("origin", "http://localhost:8070")]
        ));
        assert!(!foreign("GET", "/x", &[host]));
        assert!(!foreign("POST", "/api/v1/decide", &[host]));
        assert!(!foreign("POST", "/f/organisation/form", &[host]));
        assert!(!foreign("POST", "/p/token/one-click", &[host]));
        assert!(foreign("POST", "/p/token", &[host]));
    }
}
