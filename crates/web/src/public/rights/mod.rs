//! `/rights/{organisation}`: anybody asks about their data here. The answer is the same for everybody, so
//! that nobody learns from it who is on record; no cookie is set and no script is needed.

mod ask;
mod confirm;

use axum::Router;
use axum::response::Response;
use axum::routing::get;
use law::Lang;
use operations::{Error, Organisation};

use super::frame::{Host, host};
use crate::problem::{Problem, Reader};
use crate::state::AppState;

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/rights/{organisation}", get(ask::page).post(ask::send))
        .route(
            "/rights/{organisation}/confirm/{token}",
            get(confirm::page).post(confirm::confirm),
        )
}

/// Whose page it is, in which language.
struct Place {
    host: Host,
    lang: Lang,
}

impl Place {
    async fn of(state: &AppState, organisation: &str, lang: Lang) -> Result<Self, Response> {
        Ok(Self {
            host: host(state, organisation.parse().ok(), lang).await?,
            lang,
        })
    }

    fn path(&self) -> String {
        format!("/rights/{}", self.host.organisation.id())
    }

    /// Calls an operation off the event loop, as it may block.
    async fn ask<T: Send + 'static>(
        &self,
        state: &AppState,
        operation: impl FnOnce(&Organisation) -> Result<T, Error> + Send + 'static,
    ) -> Result<Result<T, Error>, Response> {
        let organisation = self.host.organisation.clone();
        let asked = state.run(move || operation(&organisation)).await;
        asked.map_err(|problem| self.told(problem))
    }

    fn told(&self, problem: Problem) -> Response {
        problem.for_reader(Reader::person(self.lang))
    }
}
