//! `/notices/{token}`: a recipient of data sees whose data are to be erased, corrected or restricted, and
//! answers (GDPR Art. 19). To look at the page changes nothing; its buttons do.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use law::Lang;
use operations::recipients::{About, Answer, AnswerPage, NoticeState, ToldPerson};
use operations::{Error, Installation};

use super::frame::{Host, PublicFrame, host};
use crate::auth::form::OpenForm;
use crate::language::Language;
use crate::pages::frame;
use crate::pages::recipients::one::Given;
use crate::pages::refusal::Refusal;
use crate::problem::Problem;
use crate::state::AppState;

/// Who acts, as evidence names it.
const RECIPIENT: &str = "recipient";

#[derive(Template)]
#[template(path = "public/notice/page.html")]
struct NoticePage {
    frame: PublicFrame,
    action: String,
    ask: String,
    recipient: Option<String>,
    person: Option<ToldPerson>,
    now: Vec<(String, String)>,
    others: Vec<(ToldPerson, Vec<(String, String)>)>,
    /// Nothing is known of it any more, and nobody has answered.
    over: bool,
    done: bool,
    refused: bool,
    reason: String,
    problem: bool,
}

/// The routes; each checks its own token.
pub fn routes() -> Router<AppState> {
    Router::new().route("/notices/{token}", get(page).post(answer))
}

async fn page(
    State(state): State<AppState>,
    lang: Language,
    Path(token): Path<String>,
) -> Result<Response, Response> {
    let (host, found) = found(&state, lang, &token).await?;
    let page = shown(&host, lang.0, &token, found);
    Ok(frame::render(&page, lang.0))
}

async fn answer(
    State(state): State<AppState>,
    lang: Language,
    Path(token): Path<String>,
    OpenForm(given): OpenForm<Given>,
) -> Result<Response, Response> {
    let act = state.act(RECIPIENT.to_owned());
    let (held, answered) = (token.clone(), given.answered());
    let noted = ask(&state, lang, move |here| {
        match here.recipient_answers(&held, &answered, &act) {
            Ok(_) => Ok(true),
            Err(Error::Empty(_)) if matches!(answered, Answer::Refused(_)) => Ok(false),
            Err(error) => Err(error),
        }
    })
    .await?;
    if noted {
        // Also what was answered before shows how it stands.
        return Ok(Redirect::to(&format!("/notices/{token}")).into_response());
    }
    let (host, found) = found(&state, lang, &token).await?;
    let mut page = shown(&host, lang.0, &token, found);
    (page.problem, page.reason) = (true, given.into_reason());
    let mut response = frame::render(&page, lang.0);
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

async fn found(
    state: &AppState,
    lang: Language,
    token: &str,
) -> Result<(Host, AnswerPage), Response> {
    let held = token.to_owned();
    let found = ask(state, lang, move |here| here.recipient_page(&held)).await?;
    let found = found.ok_or_else(|| refuse(Problem::nothing_here(), lang))?;
    let host = host(state, Some(found.organisation), lang.0).await?;
    Ok((host, found))
}

fn shown(host: &Host, lang: Lang, token: &str, found: AnswerPage) -> NoticePage {
    let action = format!("/notices/{token}");
    let frame = PublicFrame::new(host, lang, &action);
    let ask = match found.about {
        About::Erased => "notice-erased-ask",
        About::Rectified => "notice-rectified-ask",
        About::Restricted => "notice-restricted-ask",
        About::Lifted => "notice-lifted-ask",
        About::Objected => "notice-objected-ask",
    };
    NoticePage {
        ask: frame.t(ask),
        recipient: found.recipient,
        over: found.person.is_none() && found.state != NoticeState::Sent,
        person: found.person,
        now: found.now,
        others: found.others,
        done: matches!(
            found.state,
            NoticeState::Acknowledged | NoticeState::Superseded
        ),
        refused: found.state == NoticeState::Refused,
        reason: String::new(),
        problem: false,
        action,
        frame,
    }
}

fn refuse(problem: Problem, lang: Language) -> Response {
    Refusal::in_language(problem, lang.0).into_response()
}

/// Asks the installation off the event loop.
async fn ask<T: Send + 'static>(
    state: &AppState,
    lang: Language,
    operation: impl FnOnce(&Installation) -> Result<T, Error> + Send + 'static,
) -> Result<T, Response> {
    let pages = state
        .pages()
        .ok_or_else(|| refuse(Problem::nothing_here(), lang))?;
    let here = pages.installation.clone();
    let asked = state.run(move || operation(&here)).await;
    asked
        .map_err(|problem| refuse(problem, lang))?
        .map_err(|error| refuse(error.into(), lang))
}
