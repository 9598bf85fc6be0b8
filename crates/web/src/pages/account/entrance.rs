//! `/sign-in`, `/sign-in/code`, `/sign-in/passkey`, `/sign-out`.

use std::time::Duration;

use askama::Template;
use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse as _, Redirect, Response};
use law::Lang;
use operations::access::{AccessError, Client, NewSession, RelyingParty, Stage};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::told;
use crate::auth::cookie::Names;
use crate::auth::form::{Form, Nothing, OpenForm};
use crate::auth::{RequestFacts, Visit};
use crate::language::Language;
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::{Answer, Refusal};
use crate::problem::{Problem, Reader};
use crate::state::{AppState, Pages};
use crate::texts::Texts;

/// How long somebody waits for a place among those whose passwords are looked at.
const PLACE: Duration = Duration::from_secs(2);

/// Where a request comes from, for pages that need no session.
pub struct From(pub Client);

impl FromRequestParts<AppState> for From {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let pages = pages(state).map_err(|problem| problem.for_reader(Reader::default()))?;
        Ok(Self(RequestFacts::of(parts, pages).client))
    }
}

pub fn pages(state: &AppState) -> Result<&Pages, Problem> {
    state.pages().ok_or_else(Problem::broken)
}

#[derive(Template)]
#[template(path = "account/sign_in.html")]
struct SignInPage {
    frame: Frame,
    email: String,
    problem: Option<String>,
}

#[derive(Template)]
#[template(path = "account/code.html")]
struct CodePage {
    frame: Frame,
    problem: Option<String>,
}

/// Address and password.
#[derive(Deserialize)]
pub struct Entered {
    email: String,
    password: String,
}

/// A one-time code.
#[derive(Deserialize)]
pub struct Code {
    pub code: String,
}

/// The browser's answer in a passkey ceremony.
#[derive(Deserialize)]
pub struct PasskeyAnswer {
    pub ceremony: String,
    pub answer: String,
    #[serde(default)]
    pub name: String,
}

/// What the browser is asked in a passkey ceremony.
#[derive(Serialize)]
pub struct Question {
    ceremony: String,
    question: Box<RawValue>,
}

impl Question {
    pub fn new((question, ceremony): (String, String)) -> Result<Self, Problem> {
        let question = RawValue::from_string(question).map_err(|_| Problem::broken())?;
        Ok(Self { ceremony, question })
    }
}

/// The form; whoever is signed in already goes on.
pub async fn page(Language(lang): Language, visit: Result<Visit, Response>) -> Response {
    if let Ok(visit) = visit
        && visit.session.stage == Stage::Full
        && !visit.demo
    {
        return Redirect::to("/").into_response();
    }
    show(lang, String::new(), None)
}

fn show(lang: Lang, email: String, problem: Option<String>) -> Response {
    let refused = problem.is_some();
    let page = SignInPage {
        frame: Frame::open(lang, Some("/sign-in")),
        email,
        problem,
    };
    let mut response = frame::render(&page, lang);
    if refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

/// Checks address and password.
pub async fn sign_in(
    State(state): State<AppState>,
    Language(lang): Language,
    From(client): From,
    OpenForm(entered): OpenForm<Entered>,
) -> Answer {
    let refuse = |problem| Refusal::in_language(problem, lang);
    let pages = pages(&state).map_err(refuse)?;
    let (installation, act) = (pages.installation.clone(), state.act("visitor".to_owned()));
    let email = entered.email.clone();
    let (here, given, when) = (installation.clone(), entered.email, act.clone());
    // The brake comes before the place, so that a guesser takes none from the others.
    let begun = state
        .run(move || here.begin_sign_in(&given, &client, &when))
        .await
        .map_err(refuse)?;
    let answer = match begun {
        Ok(begun) => {
            let _place = place(state.passwords()).await.map_err(refuse)?;
            state
                .run(move || installation.sign_in(begun, &entered.password, &act))
                .await
                .map_err(refuse)?
        }
        Err(error) => Err(error),
    };
    match answer {
        Ok(new) => Ok(go(pages, &new)),
        Err(error) => {
            let text = told(error, Texts(lang)).map_err(refuse)?;
            Ok(show(lang, email, Some(text)))
        }
    }
}

/// A place among those whose passwords are looked at.
///
/// # Errors
/// [`Problem::busy`] when none is free for a while.
pub(super) async fn place(places: &Semaphore) -> Result<SemaphorePermit<'_>, Problem> {
    match tokio::time::timeout(PLACE, places.acquire()).await {
        Ok(Ok(place)) => Ok(place),
        _ => Err(Problem::busy()),
    }
}

/// Leads on with a new session.
pub(super) fn go(pages: &Pages, new: &NewSession) -> Response {
    let place = match new.stage {
        Stage::Enrolling => "/account/secure",
        Stage::NeedsCode => "/sign-in/code",
        Stage::Full => "/",
    };
    let mut response = Redirect::to(place).into_response();
    Names::under(&pages.address).begin(&mut response, new);
    response
}

/// The form for the one-time code.
pub async fn code_page(visit: Visit) -> Response {
    if visit.session.stage != Stage::NeedsCode {
        return Redirect::to("/").into_response();
    }
    show_code(&visit, None)
}

fn show_code(visit: &Visit, problem: Option<String>) -> Response {
    let refused = problem.is_some();
    let page = CodePage {
        frame: Frame::on_the_way(visit, "/sign-in/code"),
        problem,
    };
    let mut response = frame::render(&page, visit.lang);
    if refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

/// Checks the one-time code.
pub async fn code(
    State(state): State<AppState>,
    visit: Visit,
    Form(entered): Form<Code>,
) -> Answer {
    let refuse = |problem| Refusal::new(problem, &visit);
    let pages = pages(&state).map_err(refuse)?;
    let (installation, act) = (pages.installation.clone(), state.act("visitor".to_owned()));
    let (token, client) = (visit.token.clone(), visit.client.clone());
    let answer = state
        .run(move || installation.sign_in_with_code(&token, &entered.code, &client, &act))
        .await
        .map_err(refuse)?;
    match answer {
        Ok(new) => Ok(go(pages, &new)),
        Err(AccessError::SignedOut) => Ok(Redirect::to("/sign-in").into_response()),
        Err(error) => {
            let text = told(error, Texts(visit.lang)).map_err(refuse)?;
            Ok(show_code(&visit, Some(text)))
        }
    }
}

/// Begins signing in with a passkey: JSON for the script.
pub async fn begin_passkey(
    State(state): State<AppState>,
    Language(lang): Language,
    From(client): From,
) -> Response {
    let begun = async {
        let pages = pages(&state)?;
        let party = RelyingParty::new(&pages.address)?;
        let (installation, act) = (pages.installation.clone(), state.act("visitor".to_owned()));
        let asked = state
            .run(move || installation.begin_passkey_sign_in(&party, &client, &act))
            .await?;
        match asked {
            Ok(asked) => Question::new(asked).map(Some),
            Err(AccessError::TooMany { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    };
    match begun.await {
        Ok(Some(question)) => Json(question).into_response(),
        Ok(None) => StatusCode::TOO_MANY_REQUESTS.into_response(),
        Err(problem) => problem.for_reader(Reader::program(lang)),
    }
}

/// Checks the passkey's answer.
pub async fn passkey(
    State(state): State<AppState>,
    Language(lang): Language,
    From(client): From,
    OpenForm(answer): OpenForm<PasskeyAnswer>,
) -> Answer {
    let refuse = |problem| Refusal::in_language(problem, lang);
    let pages = pages(&state).map_err(refuse)?;
    let party = RelyingParty::new(&pages.address).map_err(|error| refuse(error.into()))?;
    let (installation, act) = (pages.installation.clone(), state.act("visitor".to_owned()));
    let signed_in = state
        .run(move || {
            let (ceremony, answer) = (&answer.ceremony, answer.answer.as_bytes());
            installation.finish_passkey_sign_in(ceremony, answer, &party, &client, &act)
        })
        .await
        .map_err(refuse)?;
    match signed_in {
        Ok(new) => Ok(go(pages, &new)),
        Err(AccessError::Refused | AccessError::Passkey(_)) => {
            let text = Texts(lang).t("access-passkey");
            Ok(show(lang, String::new(), Some(text)))
        }
        Err(error) => Err(refuse(error.into())),
    }
}

/// Ends the session.
pub async fn sign_out(State(state): State<AppState>, visit: Visit, _: Form<Nothing>) -> Answer {
    let refuse = |problem| Refusal::new(problem, &visit);
    let pages = pages(&state).map_err(refuse)?;
    let (installation, act) = (pages.installation.clone(), state.act(visit.actor.clone()));
    let token = visit.token.clone();
    if !visit.demo {
        state
            .run(move || installation.sign_out(&token, &act))
            .await
            .map_err(refuse)?
            .map_err(|error| refuse(error.into()))?;
    }
    let mut response = Redirect::to("/sign-in").into_response();
    Names::under(&pages.address).end(&mut response);
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_finds_no_place_is_told_so_and_does_not_wait_for_ever() {
        let places = Semaphore::new(1);
        let first = place(&places).await;
        assert!(first.is_ok());
        let busy = place(&places).await.err().unwrap();
        let response = busy.for_reader(Reader::default());
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        drop(first);
        assert!(place(&places).await.is_ok());
    }
}
