//! `/answer/{token}`: a released answer to who asked for access, behind the mailed link. Opening the page
//! changes nothing, since mail filters open every link; the buttons fetch a file. Every link that does not
//! work leads to one and the same page.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use jiff::ZonedDateTime;
use operations::access_answer::{AnswerFile, AnswerOffer, Fetched};

use super::frame::{PublicFrame, host};
use super::preferences::{Network, ask, by_the_person};
use crate::auth::form::OpenForm;
use crate::language::Language;
use crate::pages::contact::access::{file_name, media};
use crate::pages::download::attached;
use crate::pages::refusal::Refusal;
use crate::pages::register::Inputs;
use crate::pages::{frame, number};
use crate::problem::Problem;
use crate::state::AppState;

/// The routes; each checks the token.
pub fn routes() -> Router<AppState> {
    Router::new().route("/answer/{token}", get(page).post(fetch))
}

#[derive(Template)]
#[template(path = "public/answer/page.html")]
struct AnswerPage {
    frame: PublicFrame,
    action: String,
    waiting: Waiting,
}

/// What can be fetched, in words.
pub struct Waiting {
    /// In which language.
    pub language: &'static str,
    /// Since when.
    pub since: String,
    /// Until when.
    pub until: String,
    /// How many files still.
    pub left: String,
}

impl Waiting {
    /// Of this offer.
    pub fn of(offer: &AnswerOffer, frame: &PublicFrame, now: &ZonedDateTime) -> Self {
        let (zone, lang, answer) = (now.time_zone(), frame.lang(), &offer.answer);
        Self {
            language: match answer.lang {
                law::Lang::De => "access-german",
                law::Lang::En => "access-english",
            },
            since: number::time(answer.released_at, zone, lang),
            until: number::time(answer.until, zone, lang),
            left: frame.n("answer-left", offer.left()),
        }
    }
}

fn nothing(lang: Language) -> Response {
    Refusal::in_language(Problem::nothing_here(), lang.0).into_response()
}

/// What is there, and until when.
async fn page(
    State(state): State<AppState>,
    lang: Language,
    Path(token): Path<String>,
) -> Result<Response, Response> {
    let (now, held) = (state.now(), token.clone());
    let at = now.timestamp();
    let offer = ask(&state, lang, move |here| here.offered_answer(&held, at)).await?;
    let offer = offer.ok_or_else(|| nothing(lang))?;
    let host = host(&state, Some(offer.organisation), lang.0).await?;
    let action = format!("/answer/{token}");
    let frame = PublicFrame::new(&host, lang.0, &action);
    let page = AnswerPage {
        waiting: Waiting::of(&offer, &frame, &now),
        action,
        frame,
    };
    Ok(frame::render(&page, lang.0))
}

/// Fetches a file.
async fn fetch(
    State(state): State<AppState>,
    lang: Language,
    network: Network,
    Path(token): Path<String>,
    OpenForm(inputs): OpenForm<Inputs>,
) -> Result<Response, Response> {
    network.brake(&state, lang).await?;
    let file = AnswerFile::named(inputs.get("file")).ok_or_else(|| nothing(lang))?;
    let act = by_the_person(&state);
    let fetched = ask(&state, lang, move |here| {
        here.fetch_answer(&token, file, &act)
    })
    .await?;
    let fetched = fetched.ok_or_else(|| nothing(lang))?;
    sent(fetched, file).ok_or_else(|| nothing(lang))
}

/// The file as the browser keeps it.
pub fn sent(fetched: Fetched, file: AnswerFile) -> Option<Response> {
    let name = file_name(file, fetched.offer.answer.lang);
    attached(fetched.bytes, media(file), name)
}
