//! Showing a form and taking what comes back.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header::{LOCATION, ORIGIN, USER_AGENT};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use operations::lead_form::{Answers, FormError, Refused, ShownForm};
use register::FormField;
use serde::Deserialize;

use super::embed::{allow, origins};
use super::page::{Said, show};
use super::{Place, act, is_seen};
use crate::auth::form::OpenForm;
use crate::auth::{Attempts, Network};
use crate::language::{self, Language};
use crate::pages::frame;
use crate::pages::register::Inputs;
use crate::problem::Problem;
use crate::public::frame::PublicFrame;
use crate::shield::is_from_here;
use crate::state::AppState;

/// A field that no person sees; a program fills it in.
const TRAP: &str = "website";

/// What the form's address says.
#[derive(Deserialize)]
pub struct Asked {
    source: Option<String>,
}

impl Asked {
    /// Only what can be written back into an address as it is.
    fn source(&self) -> Option<String> {
        let fits = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        let source = self.source.clone()?;
        (source.len() <= 40 && source.bytes().all(fits)).then_some(source)
    }
}

/// The form. Nothing is written of whoever looks; that it was shown is counted.
pub async fn page(
    State(state): State<AppState>,
    Language(lang): Language,
    Path((organisation, form)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    Network(network): Network,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Response> {
    let place = Place::of(&state, &organisation, form, lang).await?;
    let shown = shown(&state, &place, None).await?;
    let source = asked.source();
    let now = state.now();
    let counts = method == Method::GET
        && is_seen(&headers)
        && state.brakes().counted.allow(network, now.timestamp());
    if counts {
        let (counted, from, act) = (shown.clone(), source.clone(), act(&state));
        let counted = place.ask(&state, move |organisation, _| {
            Ok(organisation.count_view(&counted, from.as_deref(), &act)?)
        });
        // The form is worth more than the count.
        if let Ok(Err(error)) = counted.await {
            tracing::warn!(%error, "a form that was shown could not be counted");
        }
    }
    let said = Said {
        source,
        ..Said::default()
    };
    Ok(show(&place, &shown, &said, now.date()))
}

async fn shown(
    state: &AppState,
    place: &Place,
    again: Option<String>,
) -> Result<ShownForm, Response> {
    let (lang, now) = (place.lang, state.now().timestamp());
    place
        .ask(state, move |organisation, form| {
            organisation.show_form(form, lang, again.as_deref(), now)
        })
        .await?
        .map_err(|error| place.failed(error))
}

/// What a plain form on one of the organisation's websites brings, filled in for checking. Nothing is
/// kept, and no consent is taken from it: its text stands on the page that follows.
pub async fn check(
    State(state): State<AppState>,
    Language(lang): Language,
    Path((organisation, form)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    OpenForm(inputs): OpenForm<Inputs>,
) -> Result<Response, Response> {
    let place = Place::of(&state, &organisation, form, lang).await?;
    let shown = shown(&state, &place, None).await?;
    let said = Said {
        inputs,
        source: asked.source(),
        ..Said::default()
    };
    Ok(show(&place, &shown, &said, state.now().date()))
}

/// Takes a form.
pub async fn send(
    State(state): State<AppState>,
    Language(lang): Language,
    Path((organisation, form)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    Network(network): Network,
    headers: HeaderMap,
    OpenForm(inputs): OpenForm<Inputs>,
) -> Result<Response, Response> {
    let place = Place::of(&state, &organisation, form, lang).await?;
    let now = state.now();
    if !state.brakes().sent.allow(network, now.timestamp()) {
        return Err(place.told(Problem::too_many_attempts(Attempts::WINDOW_SECONDS)));
    }
    let given = inputs.get("ticket").to_owned();
    let shown = shown(&state, &place, Some(given.clone())).await?;
    let source = asked.source();
    let text = |name| {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        value.map(str::to_owned)
    };
    let allowed = |origin: &str| origins(&shown.form).any(|of| of.eq_ignore_ascii_case(origin));
    let answers = Answers {
        ticket: given,
        fields: FormField::ALL
            .iter()
            .map(|field| (*field, inputs.get(field.name()).to_owned()))
            .collect(),
        consents: inputs.all("consent").map(str::to_owned).collect(),
        trapped: !inputs.get(TRAP).is_empty(),
        foreign: !is_from_here(&headers) && !text(ORIGIN).is_some_and(|of| allowed(&of)),
        work: inputs.some("work"),
        source: source.clone(),
        network_address: Some(network.to_string()),
        browser: text(USER_AGENT).map(|name| name.chars().take(300).collect()),
    };
    let path = format!("{}{}", address(&state), place.path());
    let act = act(&state);
    let sent = place
        .ask(&state, move |organisation, form| {
            organisation.submit_form(form, &answers, &act, |token| {
                format!("{path}/confirm/{token}")
            })
        })
        .await?;
    let mut said = Said {
        source,
        ..Said::default()
    };
    let ticked = inputs.all("consent").next().is_some();
    said.inputs = inputs;
    match sent {
        Ok(received) => {
            let file = received
                .file
                .map(|(form, token)| format!("&of={form}&file={token}"));
            let there = format!(
                "{}/sent?lang={}{}",
                place.path(),
                language::tag(lang),
                file.unwrap_or_default()
            );
            return Ok((StatusCode::SEE_OTHER, [(LOCATION, there)]).into_response());
        }
        Err(FormError::Fields(faults)) => {
            said.status = StatusCode::UNPROCESSABLE_ENTITY;
            said.problem = Some(if ticked {
                "lead-wrong-ticked"
            } else {
                "lead-wrong"
            });
            said.faults = faults;
        }
        Err(FormError::TooFast) => {
            said.status = StatusCode::UNPROCESSABLE_ENTITY;
            said.problem = Some("lead-too-fast");
        }
        Err(FormError::Refused(why)) => {
            said.status = StatusCode::FORBIDDEN;
            said.problem = Some(match why {
                Refused::OtherTime => "lead-too-old",
                Refused::Replayed => "lead-sent-already",
                _ => "lead-refused",
            });
        }
        Err(error) => return Err(place.failed(error)),
    }
    Ok(show(&place, &shown, &said, now.date()))
}

/// Where people reach this server; links in mail begin with it.
pub fn address(state: &AppState) -> String {
    let pages = state.pages().map(|pages| pages.address.clone());
    pages.unwrap_or_default().trim_end_matches('/').to_owned()
}

#[derive(Template)]
#[template(path = "public/form/sent.html")]
struct SentPage {
    frame: PublicFrame,
    days: u32,
    file: Option<String>,
}

/// The file that comes at once.
#[derive(Deserialize)]
pub struct AtOnce {
    of: Option<String>,
    file: Option<String>,
}

/// What the person does next. The same whoever the address belongs to.
pub async fn sent(
    State(state): State<AppState>,
    Language(lang): Language,
    Path((organisation, form)): Path<(String, String)>,
    Query(at_once): Query<AtOnce>,
) -> Result<Response, Response> {
    let place = Place::of(&state, &organisation, form, lang).await?;
    let shown = shown(&state, &place, None).await?;
    let here = format!("{}/sent", place.path());
    let plain = |text: &String| {
        text.bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    let file = at_once.of.filter(plain).zip(at_once.file.filter(plain));
    let page = SentPage {
        frame: PublicFrame::new(&place.host, lang, &here),
        days: shown.form.unconfirmed_days,
        file: file.map(|(form, token)| {
            format!("/f/{}/{form}/file/{token}", place.host.organisation.id())
        }),
    };
    Ok(allow(frame::render(&page, lang), &shown.form))
}
