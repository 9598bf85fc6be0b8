//! A page that says why something was not done, in the visitor's language and frame.

use axum::response::{IntoResponse, Response};
use law::Lang;

use crate::auth::Visit;
use crate::problem::{Problem, Reader};

/// Why there is no answer, for a person.
pub struct Refusal {
    problem: Problem,
    lang: Lang,
}

impl Refusal {
    pub fn new(problem: Problem, visit: &Visit) -> Self {
        Self {
            problem,
            lang: visit.lang,
        }
    }

    pub fn in_language(problem: Problem, lang: Lang) -> Self {
        Self { problem, lang }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        self.problem.for_reader(Reader::person(self.lang))
    }
}

/// What a handler gives.
pub type Answer = Result<Response, Refusal>;
