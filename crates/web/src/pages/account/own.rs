//! `/account`: one's own ways to sign in and sessions; `/account/secure`: the first way in.

use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use operations::access::{AccessError, Authenticator, RelyingParty, SessionLine, Stage};
use serde::Deserialize;

use super::entrance::{Code, PasskeyAnswer, Question, go, pages, place};
use super::told;
use crate::auth::Visit;
use crate::auth::form::{Form, Nothing};
use crate::pages::frame::{self, Frame};
use crate::pages::number;
use crate::pages::refusal::{Answer, Refusal};
use crate::pages::toast::Toast;
use crate::problem::{Problem, Reader};
use crate::state::AppState;
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "account/secure.html")]
struct SecurePage {
    frame: Frame,
    name: String,
    email: String,
    passkeys_work: bool,
    device: String,
    authenticator: Option<Authenticator>,
    problem: Option<String>,
}

impl SecurePage {
    /// The picture of the secret as the path of an SVG.
    fn picture(&self) -> String {
        let rows = self.authenticator.iter().flat_map(|app| &app.picture);
        rows.enumerate()
            .flat_map(|(y, row)| {
                let dark = row.iter().enumerate().filter(|(_, dark)| **dark);
                dark.map(move |(x, _)| format!("M{} {}h1v1h-1z", x + 4, y + 4))
            })
            .collect()
    }

    fn picture_size(&self) -> usize {
        self.authenticator
            .as_ref()
            .map_or(0, |app| app.picture.len() + 8)
    }
}

#[derive(Template)]
#[template(path = "account/own.html")]
struct OwnPage {
    frame: Frame,
    name: String,
    email: String,
    passkeys: Vec<Passkey>,
    password: bool,
    sessions: Vec<Session>,
    several: bool,
    problem: Option<String>,
    demo: bool,
}

struct Passkey {
    id: String,
    name: String,
    added: String,
    used: Option<String>,
}

struct Session {
    id: String,
    device: String,
    began: String,
    seen: String,
    this: bool,
}

/// A new password.
#[derive(Deserialize)]
pub struct NewPassword {
    password: String,
}

/// A session to end; all others if none is named.
#[derive(Deserialize)]
pub struct Ended {
    id: Option<String>,
}

/// A passkey to remove.
#[derive(Deserialize)]
pub struct Named {
    id: String,
}

/// The page on which somebody sets up a way to sign in.
pub async fn secure_page(State(state): State<AppState>, visit: Visit) -> Answer {
    if visit.session.stage == Stage::NeedsCode {
        return Ok(Redirect::to("/sign-in/code").into_response());
    }
    show_secure(&state, &visit, None).await
}

async fn show_secure(state: &AppState, visit: &Visit, problem: Option<String>) -> Answer {
    let refuse = |problem| Refusal::new(problem, visit);
    let pages = pages(state).map_err(refuse)?;
    let (installation, account) = (pages.installation.clone(), visit.session.account);
    let authenticator = state
        .run(move || installation.authenticator(account))
        .await
        .map_err(refuse)?
        .map_err(|error| refuse(error.into()))?;
    let refused = problem.is_some();
    let page = SecurePage {
        frame: Frame::on_the_way(visit, "/account/secure"),
        name: visit.session.profile.name.clone(),
        email: visit.session.profile.email.clone(),
        passkeys_work: RelyingParty::new(&pages.address).is_ok(),
        device: visit.client.name.clone(),
        authenticator,
        problem,
    };
    let mut response = frame::render(&page, visit.lang);
    if refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// One's own account.
pub async fn page(State(state): State<AppState>, visit: Visit) -> Answer {
    match visit.session.stage {
        Stage::Full => show(&state, &visit, None).await,
        Stage::Enrolling => Ok(Redirect::to("/account/secure").into_response()),
        Stage::NeedsCode => Ok(Redirect::to("/sign-in/code").into_response()),
    }
}

async fn show(state: &AppState, visit: &Visit, problem: Option<String>) -> Answer {
    let refuse = |problem| Refusal::new(problem, visit);
    let pages = pages(state).map_err(refuse)?;
    let (installation, account) = (pages.installation.clone(), visit.session.account);
    let (token, now) = (visit.token.clone(), state.now());
    let (credentials, sessions) = state
        .run(move || {
            let credentials = installation.credentials(account)?;
            let sessions = installation.sessions(&token, now.timestamp())?;
            Ok::<_, AccessError>((credentials, sessions))
        })
        .await
        .map_err(refuse)?
        .map_err(|error| refuse(error.into()))?;
    let zone = state.now().time_zone().clone();
    let refused = problem.is_some();
    let time = |at| number::time(at, &zone, visit.lang);
    let line = |line: SessionLine| Session {
        id: line.id,
        began: time(line.created_at),
        seen: time(line.seen_at),
        device: line.device,
        this: line.this,
    };
    let page = OwnPage {
        frame: Frame::on_the_way(visit, "/account"),
        name: visit.session.profile.name.clone(),
        email: visit.session.profile.email.clone(),
        passkeys: credentials
            .passkeys
            .into_iter()
            .map(|passkey| Passkey {
                added: time(passkey.created_at),
                used: passkey.used_at.map(time),
                id: passkey.id,
                name: passkey.name,
            })
            .collect(),
        password: credentials.password && credentials.codes,
        several: sessions.len() > 1,
        sessions: sessions.into_iter().map(line).collect(),
        problem,
        demo: visit.demo,
    };
    let mut response = frame::render(&page, visit.lang);
    if refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// Sets a password; its app is confirmed next.
pub async fn set_password(
    State(state): State<AppState>,
    visit: Visit,
    Form(new): Form<NewPassword>,
) -> Answer {
    let refuse = |problem| Refusal::new(problem, &visit);
    may_enrol(&visit)?;
    let installation = pages(&state).map_err(refuse)?.installation.clone();
    let (token, act) = (visit.token.clone(), state.act(visit.actor.clone()));
    let anew = visit.session.stage == Stage::Enrolling;
    let _place = place(state.passwords()).await.map_err(refuse)?;
    let set = state
        .run(move || installation.set_password(&token, &new.password, anew, &act))
        .await
        .map_err(refuse)?;
    match set {
        Ok(()) => Ok(Redirect::to("/account/secure").into_response()),
        Err(error) => {
            let text = told(error, Texts(visit.lang)).map_err(refuse)?;
            show_secure(&state, &visit, Some(text)).await
        }
    }
}

/// Confirms the app by its first code.
pub async fn confirm_codes(
    State(state): State<AppState>,
    visit: Visit,
    Form(code): Form<Code>,
) -> Answer {
    let refuse = |problem| Refusal::new(problem, &visit);
    may_enrol(&visit)?;
    let pages = pages(&state).map_err(refuse)?;
    let (installation, act) = (pages.installation.clone(), state.act(visit.actor.clone()));
    let (token, client) = (visit.token.clone(), visit.client.clone());
    let confirmed = state
        .run(move || installation.confirm_codes(&token, &code.code, &client, &act))
        .await
        .map_err(refuse)?;
    match confirmed {
        Ok(Some(new)) => Ok(go(pages, &new)),
        Ok(None) => Ok(Toast::PasswordSet.then("/account")),
        Err(error) => {
            let text = told(error, Texts(visit.lang)).map_err(refuse)?;
            show_secure(&state, &visit, Some(text)).await
        }
    }
}

/// Begins adding a passkey: JSON for the script.
pub async fn begin_passkey(
    State(state): State<AppState>,
    visit: Visit,
    _: Form<Nothing>,
) -> Response {
    let lang = visit.lang;
    let begun = async {
        let pages = pages(&state)?;
        let party = RelyingParty::new(&pages.address)?;
        let (installation, act) = (pages.installation.clone(), state.act(visit.actor));
        let asked = state
            .run(move || installation.begin_passkey(&visit.token, &party, &act))
            .await??;
        Question::new(asked)
    };
    match begun.await {
        Ok(question) => Json(question).into_response(),
        Err(problem) => problem.for_reader(Reader::program(lang)),
    }
}

/// Adds a passkey.
pub async fn add_passkey(
    State(state): State<AppState>,
    visit: Visit,
    Form(answer): Form<PasskeyAnswer>,
) -> Answer {
    let refuse = |problem| Refusal::new(problem, &visit);
    may_enrol(&visit)?;
    let pages = pages(&state).map_err(refuse)?;
    let party = RelyingParty::new(&pages.address).map_err(|error| refuse(error.into()))?;
    let (installation, act) = (pages.installation.clone(), state.act(visit.actor.clone()));
    let (token, client) = (visit.token.clone(), visit.client.clone());
    let added = state
        .run(move || {
            let (ceremony, json) = (&answer.ceremony, answer.answer.as_bytes());
            let name = &answer.name;
            installation.finish_passkey(&token, ceremony, json, name, &party, &client, &act)
        })
        .await
        .map_err(refuse)?;
    match added {
        Ok(Some(new)) => Ok(go(pages, &new)),
        Ok(None) => Ok(Toast::PasskeyAdded.then("/account")),
        Err(error) => {
            let text = told(error, Texts(visit.lang)).map_err(refuse)?;
            show_secure(&state, &visit, Some(text)).await
        }
    }
}

/// Removes a passkey.
pub async fn remove_passkey(
    State(state): State<AppState>,
    visit: Visit,
    Form(named): Form<Named>,
) -> Answer {
    full(&visit)?;
    let refuse = |problem| Refusal::new(problem, &visit);
    let installation = pages(&state).map_err(refuse)?.installation.clone();
    let (token, act) = (visit.token.clone(), state.act(visit.actor.clone()));
    let removed = state
        .run(move || installation.remove_passkey(&token, &named.id, &act))
        .await
        .map_err(refuse)?;
    back(&state, &visit, removed, Toast::PasskeyRemoved).await
}

/// Removes the password with its codes.
pub async fn remove_password(
    State(state): State<AppState>,
    visit: Visit,
    _: Form<Nothing>,
) -> Answer {
    full(&visit)?;
    let refuse = |problem| Refusal::new(problem, &visit);
    let installation = pages(&state).map_err(refuse)?.installation.clone();
    let (token, act) = (visit.token.clone(), state.act(visit.actor.clone()));
    let removed = state
        .run(move || installation.remove_password(&token, &act))
        .await
        .map_err(refuse)?;
    back(&state, &visit, removed, Toast::PasswordRemoved).await
}

/// Ends another session, or all others.
pub async fn sign_out_elsewhere(
    State(state): State<AppState>,
    visit: Visit,
    Form(named): Form<Ended>,
) -> Answer {
    full(&visit)?;
    let refuse = |problem| Refusal::new(problem, &visit);
    let installation = pages(&state).map_err(refuse)?.installation.clone();
    let (token, act) = (visit.token.clone(), state.act(visit.actor.clone()));
    let toast = match named.id {
        Some(_) => Toast::SessionEnded,
        None => Toast::SessionsEnded,
    };
    let ended = state
        .run(move || match named.id {
            Some(id) => installation.end_session(&token, &id, &act),
            None => installation.sign_out_elsewhere(&token, &act).map(|_| ()),
        })
        .await
        .map_err(refuse)?;
    back(&state, &visit, ended, toast).await
}

async fn back(
    state: &AppState,
    visit: &Visit,
    done: Result<(), AccessError>,
    toast: Toast,
) -> Answer {
    match done {
        Ok(()) => Ok(toast.then("/account")),
        Err(error) => {
            let text = told(error, Texts(visit.lang));
            let text = text.map_err(|problem| Refusal::new(problem, visit))?;
            show(state, visit, Some(text)).await
        }
    }
}

/// Ways in are added by who is signed in or came by a link. The session that everybody has in
/// the demonstration belongs to nobody.
fn may_enrol(visit: &Visit) -> Result<(), Refusal> {
    if visit.demo || visit.session.stage == Stage::NeedsCode {
        return Err(Refusal::new(Problem::not_allowed(), visit));
    }
    Ok(())
}

fn full(visit: &Visit) -> Result<(), Refusal> {
    if visit.demo || visit.session.stage != Stage::Full {
        return Err(Refusal::new(Problem::not_allowed(), visit));
    }
    Ok(())
}
