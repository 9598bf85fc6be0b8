//! Lead forms as people see them: shown, sent, confirmed, with the file that they bring. No cookie is
//! set and nothing is loaded from elsewhere; everything works without scripts.

mod confirm;
mod embed;
mod fill;
mod notice;
mod page;

use axum::Router;
use axum::http::header::HeaderMap;
use axum::response::Response;
use axum::routing::{get, post};
use law::Lang;
use operations::lead_form::FormError;
use operations::{Act, Organisation};

pub use embed::{FrameAncestors, snippets};

use super::frame::{Host, host};
use crate::auth::Attempts;
use crate::problem::{Problem, Reader};
use crate::state::AppState;

/// What is sent by forms from one network in a minute.
const SENT_PER_MINUTE: u32 = 10;
/// Forms that are shown to one network in a minute and counted.
const COUNTED_PER_MINUTE: u32 = 30;

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/f/{organisation}/{form}", get(fill::page).post(fill::send))
        .route("/f/{organisation}/{form}/check", post(fill::check))
        .route("/f/{organisation}/{form}/sent", get(fill::sent))
        .route(
            "/f/{organisation}/{form}/confirm/{token}",
            get(confirm::page).post(confirm::confirm),
        )
        .route("/f/{organisation}/{form}/file/{token}", get(confirm::file))
}

/// The brakes on forms, by the caller's network.
pub struct Brakes {
    pub(crate) sent: Attempts,
    counted: Attempts,
    /// Wrong links to calendars.
    pub(crate) looked: Attempts,
}

impl Default for Brakes {
    fn default() -> Self {
        Self {
            sent: Attempts::of(SENT_PER_MINUTE),
            counted: Attempts::of(COUNTED_PER_MINUTE),
            looked: Attempts::of(SENT_PER_MINUTE),
        }
    }
}

/// Which form is meant.
#[derive(Clone)]
struct Place {
    host: Host,
    form: String,
    lang: Lang,
}

impl Place {
    async fn of(
        state: &AppState,
        organisation: &str,
        form: String,
        lang: Lang,
    ) -> Result<Self, Response> {
        let id = organisation.parse().ok();
        Ok(Self {
            host: host(state, id, lang).await?,
            form,
            lang,
        })
    }

    fn path(&self) -> String {
        format!("/f/{}/{}", self.host.organisation.id(), self.form)
    }

    /// Calls an operation off the event loop, as it may block.
    async fn ask<T: Send + 'static>(
        &self,
        state: &AppState,
        operation: impl FnOnce(&Organisation, &str) -> Result<T, FormError> + Send + 'static,
    ) -> Result<Result<T, FormError>, Response> {
        let (organisation, form) = (self.host.organisation.clone(), self.form.clone());
        state
            .run(move || operation(&organisation, &form))
            .await
            .map_err(|problem| self.told(problem))
    }

    fn told(&self, problem: Problem) -> Response {
        problem.for_reader(Reader::person(self.lang))
    }

    /// What is neither a page nor something to mend.
    fn failed(&self, error: FormError) -> Response {
        self.told(match error {
            FormError::Other(error) => error.into(),
            _ => Problem::nothing_here(),
        })
    }
}

/// People act for themselves; who they are is sealed, not named.
fn act(state: &AppState) -> Act {
    state.act("form".to_owned())
}

/// What browsers that load a page in advance say; nobody has seen it then.
fn is_seen(headers: &HeaderMap) -> bool {
    let says = |name: &str| {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        value.is_some_and(|value| value.contains("prefetch") || value.contains("preview"))
    };
    !says("sec-purpose") && !says("purpose") && !says("x-moz")
}
