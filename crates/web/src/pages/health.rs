//! `GET /health` and `GET /health.json`: whether the installation works. No personal data.

use askama::Template;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use jiff::{Timestamp, ZonedDateTime};
use law::Lang;
use serde::Serialize;

use super::frame::{self, Frame};
use super::number;
use crate::language;
use crate::problem::{Problem, accepts};
use crate::state::{AnswerError, AppState, Health};

/// The health as programs read it.
#[derive(Serialize)]
struct HealthView {
    status: &'static str,
    version: &'static str,
    database: DatabaseView,
    evidence_log: LogView,
    backup: Option<BackupView>,
}

#[derive(Serialize)]
struct DatabaseView {
    engine: &'static str,
    reachable: bool,
}

#[derive(Serialize)]
struct LogView {
    entries: Option<u64>,
    /// Seconds that the oldest entry has been waiting for its place in the log.
    oldest_waiting_seconds: Option<u64>,
}

/// Whether an old backup or drill is a fault is for the monitor to say: the server works all the same.
#[derive(Serialize)]
struct BackupView {
    made_at: Option<String>,
    drilled_at: Option<String>,
    too_old: bool,
    drill_too_old: bool,
}

/// The last backup or drill as the page shows it.
struct Last {
    at: Option<String>,
    lacking: bool,
}

#[derive(Template)]
#[template(path = "health.html")]
struct HealthPage {
    frame: Frame,
    good: bool,
    database_reachable: bool,
    engine: &'static str,
    log_entries: Option<String>,
    waiting: Option<String>,
    waits_too_long: bool,
    /// The last backup and the last drill.
    backup: Option<(Last, Last)>,
    drill_failed: bool,
}

/// The page for people; JSON for who does not ask for HTML, as monitors do.
pub async fn page(State(state): State<AppState>, request: Request) -> Response {
    let lang = language::of(request.uri(), request.headers());
    if !accepts(request.headers(), "text/html") {
        return json(State(state)).await;
    }
    let now = state.now();
    let health = match look(&state, now.clone()).await {
        Ok(health) => health,
        Err(error) => return Problem::from(error).for_reader(crate::problem::Reader::person(lang)),
    };
    let page = frame::render(&HealthPage::new(&health, &now, lang), lang);
    (status(&health), page).into_response()
}

/// The health for programs.
pub async fn json(State(state): State<AppState>) -> Response {
    let now = state.now();
    match look(&state, now.clone()).await {
        Ok(health) => (
            status(&health),
            Json(HealthView::new(&health, now.timestamp())),
        )
            .into_response(),
        Err(error) => {
            Problem::from(error).for_reader(crate::problem::Reader::program(Lang::default()))
        }
    }
}

async fn look(state: &AppState, now: ZonedDateTime) -> Result<Health, AnswerError> {
    state.ask(move |answers| answers.health(&now)).await
}

fn status(health: &Health) -> StatusCode {
    if health.is_good() {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    }
}

impl HealthView {
    fn new(health: &Health, now: Timestamp) -> Self {
        Self {
            status: if health.is_good() { "good" } else { "bad" },
            version: env!("CARGO_PKG_VERSION"),
            database: DatabaseView {
                engine: health.engine,
                reachable: health.database_reachable,
            },
            evidence_log: LogView {
                entries: health.log_entries,
                oldest_waiting_seconds: health.oldest_waiting.map(|wait| wait.as_secs()),
            },
            backup: health.backup.map(|backup| BackupView {
                made_at: backup.made_at.map(|at| at.to_string()),
                drilled_at: backup.drilled_at.map(|at| at.to_string()),
                too_old: backup.lacks_backup(now),
                drill_too_old: backup.lacks_drill(now),
            }),
        }
    }
}

impl HealthPage {
    fn new(health: &Health, now: &ZonedDateTime, lang: Lang) -> Self {
        let time = |at| number::time(at, now.time_zone(), lang);
        let backup = health.backup.map(|backup| {
            let made = Last {
                at: backup.made_at.map(time),
                lacking: backup.lacks_backup(now.timestamp()),
            };
            let drilled = Last {
                at: backup.drilled_at.map(time),
                lacking: backup.lacks_drill(now.timestamp()),
            };
            (made, drilled)
        });
        Self {
            backup,
            drill_failed: health
                .backup
                .is_some_and(|backup| backup.failed_at.is_some()),
            frame: Frame::open(lang, Some("/health")),
            good: health.is_good(),
            database_reachable: health.database_reachable,
            engine: health.engine,
            log_entries: health.log_entries.map(|n| number::count(n, lang)),
            waiting: health
                .oldest_waiting
                .map(|wait| number::count(wait.as_secs(), lang)),
            waits_too_long: health
                .oldest_waiting
                .is_some_and(|wait| wait > Health::LONGEST_WAIT),
        }
    }
}
