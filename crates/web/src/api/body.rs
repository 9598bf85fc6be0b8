//! The body of a JSON request as text.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use serde::de::DeserializeOwned;

use crate::problem::{Problem, Reader};

/// A body that says it is JSON and is text.
pub struct JsonText(Bytes);

impl JsonText {
    /// The text; what it says is not yet read.
    pub fn text(&self) -> &str {
        // Checked when the body was taken.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The question in the text.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        let mut json = serde_json::Deserializer::from_str(self.text());
        let question = serde_path_to_error::deserialize(&mut json).map_err(|error| {
            Problem::unfit(
                error.path().to_string(),
                without_value(&error.inner().to_string()),
            )
        })?;
        json.end()
            .map_err(|_| Problem::unfit(".", "expected one JSON object and nothing after"))?;
        Ok(question)
    }
}

impl<S: Send + Sync> FromRequest<S> for JsonText {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let reader = Reader::of(&request);
        if !says_json(&request) {
            return Err(Problem::not_json().for_reader(reader));
        }
        let body = Bytes::from_request(request, state).await;
        body.map_err(refused)
            .and_then(|body| match std::str::from_utf8(&body) {
                Ok(_) => Ok(Self(body)),
                Err(_) => Err(Problem::not_utf8()),
            })
            .map_err(|problem| problem.for_reader(reader))
    }
}

fn says_json(request: &Request) -> bool {
    let kind = request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    kind.and_then(|kind| kind.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

fn refused(rejection: BytesRejection) -> Problem {
    if rejection.into_response().status() == StatusCode::PAYLOAD_TOO_LARGE {
        Problem::too_large()
    } else {
        Problem::body_lost()
    }
}

/// Drops the offending value from serde's message, as it could be personal data, and keeps what
/// would have been accepted. Names of keys stay.
fn without_value(reason: &str) -> String {
    if reason.starts_with("unknown field") || reason.starts_with("missing field") {
        return reason.to_owned();
    }
    reason.split_once(", expected ").map_or_else(
        || "expected a JSON object with the documented keys".to_owned(),
        |(_, accepted)| format!("expected {accepted}"),
    )
}

#[cfg(test)]
mod tests {
    use super::without_value;

    #[test]
    fn a_wrong_value_is_not_repeated() {
        let said = "invalid type: string \"erika@example.com\", expected a boolean at line 1";
        assert_eq!(without_value(said), "expected a boolean at line 1");
        assert!(!without_value("invalid value erika@example.com").contains("erika"));
    }
}
