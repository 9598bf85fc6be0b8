//! The stylesheet, the mark and the scripts. Their address holds a hash of their content, so that browsers
//! may keep them for ever and still see every change at once.

use std::fmt::Write as _;
use std::sync::LazyLock;

use axum::extract::{Path, Request};
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use sha2::{Digest as _, Sha256};

use crate::problem;

struct Asset {
    file: String,
    kind: &'static str,
    content: &'static str,
}

static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "style",
        "css",
        "text/css; charset=utf-8",
        include_str!("../assets/style.css"),
    )
});
static MARK: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "mark",
        "svg",
        "image/svg+xml",
        include_str!("../assets/mark.svg"),
    )
});
static PASSKEY: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "passkey",
        "js",
        "text/javascript; charset=utf-8",
        include_str!("../assets/passkey.js"),
    )
});

static WORK: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "work",
        "js",
        "text/javascript; charset=utf-8",
        include_str!("../assets/work.js"),
    )
});

impl Asset {
    fn new(name: &str, ending: &str, kind: &'static str, content: &'static str) -> Self {
        let mut file = format!("{name}-");
        for byte in &Sha256::digest(content)[..8] {
            // Writing to a string does not fail.
            let _ = write!(file, "{byte:02x}");
        }
        file.push('.');
        file.push_str(ending);
        Self {
            file,
            kind,
            content,
        }
    }

    fn response(&self, caching: &'static str) -> Response {
        let headers = [
            (CONTENT_TYPE, HeaderValue::from_static(self.kind)),
            (CACHE_CONTROL, HeaderValue::from_static(caching)),
        ];
        (headers, self.content).into_response()
    }
}

/// Where the stylesheet is.
pub fn style() -> String {
    format!("/assets/{}", STYLE.file)
}

/// Where the mark is.
pub fn mark() -> String {
    format!("/assets/{}", MARK.file)
}

/// Where the script for passkeys is.
pub fn script() -> String {
    format!("/assets/{}", PASSKEY.file)
}

/// Where the script for the forms' proof of work is.
pub fn work() -> String {
    format!("/assets/{}", WORK.file)
}

/// `GET /assets/{file}`.
pub async fn file(Path(file): Path<String>, request: Request) -> Response {
    match [&*STYLE, &*MARK, &*PASSKEY, &*WORK]
        .into_iter()
        .find(|asset| asset.file == file)
    {
        Some(asset) => asset.response("public, max-age=31536000, immutable"),
        None => problem::not_found(request).await,
    }
}

/// `GET /favicon.ico`, which browsers ask for unasked.
pub async fn favicon() -> Response {
    MARK.response("public, max-age=86400")
}
