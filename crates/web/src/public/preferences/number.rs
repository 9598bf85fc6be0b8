//! `/me/number/{token}`: a code by text message proves a telephone number. To look at the page sends and
//! changes nothing; its buttons do.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use law::Lang;
use operations::sms::{Asked, Entered, NumberProof};
use serde::Deserialize;

use super::enter::gone;
use super::own::Own;
use super::{Network, ask, by_the_person};
use crate::auth::form::{Nothing, OpenForm};
use crate::language::Language;
use crate::pages::{frame, words};
use crate::public::frame::{Host, PublicFrame, host};
use crate::state::AppState;

/// A consent that waits.
struct Line {
    text: String,
    channels: String,
}

#[derive(Template)]
#[template(path = "public/preferences/number.html")]
struct NumberPage {
    frame: PublicFrame,
    action: String,
    number: String,
    consents: Vec<Line>,
    /// Whether a code can be entered.
    under_way: bool,
    /// The name of what is said of what was done.
    done: Option<&'static str>,
    problem: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "public/preferences/number_done.html")]
struct DonePage {
    frame: PublicFrame,
    preferences: String,
}

/// What was done before.
#[derive(Deserialize)]
pub struct Told {
    #[serde(default)]
    told: String,
}

/// What was entered.
#[derive(Deserialize)]
pub struct Code {
    #[serde(default)]
    code: String,
}

/// From one's own data: begins to prove the number.
pub async fn begin(
    State(state): State<AppState>,
    own: Own,
    OpenForm(Nothing {}): OpenForm<Nothing>,
) -> Result<Response, Response> {
    let act = by_the_person(&state);
    let token = own
        .ask(&state, move |organisation, contact| {
            organisation.begin_number_proof(contact, &act)
        })
        .await?
        .map_err(|error| own.refuse(error.into()))?;
    let to = token.map_or_else(|| "/me".to_owned(), |token| format!("/me/number/{token}"));
    Ok(Redirect::to(&to).into_response())
}

/// The page.
pub async fn page(
    State(state): State<AppState>,
    lang: Language,
    Path(token): Path<String>,
    Query(told): Query<Told>,
) -> Result<Response, Response> {
    let (now, held) = (state.now().timestamp(), token.clone());
    let found = ask(&state, lang, move |here| here.number_proof(&held, now)).await?;
    let found = found.ok_or_else(|| gone(lang))?;
    let host = host(&state, Some(found.organisation), lang.0).await?;
    let not_sent = found.not_sent;
    let mut page = shown(&host, lang.0, &token, found);
    match &*told.told {
        // The same whether or not a message goes out.
        "sent" => (page.under_way, page.done) = (true, Some("sms-on-its-way")),
        "enough" => page.problem = Some("sms-enough"),
        "contact" => page.problem = Some("sms-enough-contact"),
        "later" => page.problem = Some("sms-later"),
        "tomorrow" => page.problem = Some("sms-tomorrow"),
        _ => {}
    }
    if not_sent {
        (page.under_way, page.done) = (false, None);
        page.problem = page.problem.or(Some("sms-not-sent"));
    }
    Ok(frame::render(&page, lang.0))
}

fn shown(host: &Host, lang: Lang, token: &str, found: NumberProof) -> NumberPage {
    let action = format!("/me/number/{token}");
    let consents = found.consents.into_iter().map(|one| {
        let channels = one.channels.iter();
        let channels: Vec<_> = channels
            .map(|channel| words::channel(channel, lang))
            .collect();
        Line {
            text: one.text,
            channels: channels.join(", "),
        }
    });
    NumberPage {
        frame: PublicFrame::new(host, lang, &action),
        number: found.number,
        consents: consents.collect(),
        under_way: found.under_way,
        done: None,
        problem: None,
        action,
    }
}

/// Sends a code.
pub async fn send(
    State(state): State<AppState>,
    lang: Language,
    network: Network,
    Path(token): Path<String>,
    OpenForm(Nothing {}): OpenForm<Nothing>,
) -> Result<Response, Response> {
    network.brake(&state, lang).await?;
    let (act, held) = (by_the_person(&state), token.clone());
    let asked = ask(&state, lang, move |here| {
        here.send_code(&held, lang.0, &act)
    })
    .await?;
    let told = match asked {
        Asked::Sent => "sent",
        Asked::EnoughForNumber => "enough",
        Asked::EnoughForContact => "contact",
        Asked::Later => "later",
        Asked::Tomorrow => "tomorrow",
        Asked::Gone => return Err(gone(lang)),
    };
    let to = format!("/me/number/{token}?told={told}");
    Ok(Redirect::to(&to).into_response())
}

/// Takes the code.
pub async fn enter(
    State(state): State<AppState>,
    lang: Language,
    network: Network,
    Path(token): Path<String>,
    OpenForm(Code { code }): OpenForm<Code>,
) -> Result<Response, Response> {
    network.brake(&state, lang).await?;
    let (now, held) = (state.now().timestamp(), token.clone());
    // Once the code was taken the page is gone, and with it whose it was.
    let found = ask(&state, lang, move |here| here.number_proof(&held, now)).await?;
    let (act, held) = (by_the_person(&state), token.clone());
    let entered = ask(&state, lang, move |here| {
        here.enter_code(&held, &code, &act)
    })
    .await?;
    let found = found.ok_or_else(|| gone(lang))?;
    let host = host(&state, Some(found.organisation), lang.0).await?;
    let problem = match entered {
        Entered::Confirmed => {
            let page = DonePage {
                frame: PublicFrame::new(&host, lang.0, "/me"),
                preferences: format!("/p/{}", host.organisation.preference_token(found.contact)),
            };
            return Ok(frame::render(&page, lang.0));
        }
        Entered::Gone => return Err(gone(lang)),
        Entered::Wrong => "sms-wrong",
        Entered::Unreadable => "sms-unreadable",
    };
    let mut page = shown(&host, lang.0, &token, found);
    (page.under_way, page.problem) = (true, Some(problem));
    let mut response = frame::render(&page, lang.0);
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}
