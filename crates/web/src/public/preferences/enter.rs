//! `/me/{token}`: the link that was mailed. To look at it uses nothing up; the button does.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::response::{IntoResponse as _, Response};

use super::{Network, ask, by_the_person};
use crate::auth::form::{Nothing, OpenForm};
use crate::language::Language;
use crate::pages::frame;
use crate::pages::refusal::Refusal;
use crate::problem::Problem;
use crate::public::frame::{PublicFrame, host};
use crate::state::AppState;

/// How long a visit lasts, in seconds.
const VISIT: u32 = 30 * 60;
/// The visit's cookie.
pub const COOKIE: &str = "own";

#[derive(Template)]
#[template(path = "public/preferences/press.html")]
pub struct PressPage {
    pub frame: PublicFrame,
    /// Where the button leads.
    pub action: String,
    /// The names of the texts.
    pub title: &'static str,
    pub about: &'static str,
    pub button: &'static str,
}

/// The answer to a link that does not work any more.
pub fn gone(lang: Language) -> Response {
    Refusal::in_language(Problem::nothing_here(), lang.0).into_response()
}

/// A button and nothing else.
pub async fn page(
    State(state): State<AppState>,
    lang: Language,
    Path(token): Path<String>,
) -> Result<Response, Response> {
    let (now, held) = (state.now().timestamp(), token.clone());
    let visit = ask(&state, lang, move |here| here.own_link(&held, now)).await?;
    let visit = visit.ok_or_else(|| gone(lang))?;
    let host = host(&state, Some(visit.organisation), lang.0).await?;
    let action = format!("/me/{token}");
    let page = PressPage {
        frame: PublicFrame::new(&host, lang.0, &action),
        action,
        title: "pref-enter",
        about: "pref-enter-about",
        button: "pref-enter-do",
    };
    Ok(frame::render(&page, lang.0))
}

/// Uses the link up and begins the visit.
pub async fn enter(
    State(state): State<AppState>,
    lang: Language,
    network: Network,
    Path(token): Path<String>,
    OpenForm(Nothing {}): OpenForm<Nothing>,
) -> Result<Response, Response> {
    network.brake(&state, lang).await?;
    let act = by_the_person(&state);
    let visit = ask(&state, lang, move |here| here.open_own_link(&token, &act)).await?;
    let visit = visit.ok_or_else(|| gone(lang))?;
    Ok(to_own(&state, Some(&visit), "/me"))
}

/// Goes on to a page; `Some` begins a visit and `None` ends it.
pub fn to_own(state: &AppState, visit: Option<&str>, place: &'static str) -> Response {
    let https = |address: &str| address.starts_with("https://");
    let secure = state.pages().is_some_and(|pages| https(&pages.address));
    let secure = if secure { "; Secure" } else { "" };
    let (value, lasts) = visit.map_or(("", 0), |token| (token, VISIT));
    let rest = format!("Path=/me; HttpOnly; SameSite=Strict; Max-Age={lasts}{secure}");
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    headers.insert(LOCATION, HeaderValue::from_static(place));
    if let Ok(cookie) = HeaderValue::try_from(format!("{COOKIE}={value}; {rest}")) {
        headers.append(SET_COOKIE, cookie);
    }
    response
}
