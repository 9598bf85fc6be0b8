//! Who looks at a page: the session behind the cookie, and what its role allows.

use std::convert::Infallible;
use std::fmt::Write as _;
use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::USER_AGENT;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};
use law::Lang;
use operations::access::{Client, Permission, Role, Session, Stage};
use operations::{Act, Organisation, OrganisationId};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::cookie::{self, Names};
use crate::language;
use crate::pages::refusal::Refusal;
use crate::pages::toast::Toast;
use crate::problem::{Problem, Reader};
use crate::state::{AppState, Pages};

/// A session with its token: signed in, or on the way there.
#[derive(Clone)]
pub struct Visit {
    pub token: String,
    pub session: Session,
    pub lang: Lang,
    /// What forms have to bring back.
    pub form_token: String,
    pub client: Client,
    /// How evidence names who acts.
    pub actor: String,
    /// Whether everybody has this session.
    pub demo: bool,
    /// What was done before, to be said on this page.
    pub toast: Option<Toast>,
}

/// Somebody who is signed in and acts for an organisation.
#[derive(Clone)]
pub struct Visitor {
    pub visit: Arc<Visit>,
    pub organisation: Organisation,
    pub role: Role,
    /// The day on which this is asked.
    pub today: jiff::civil::Date,
}

impl Visit {
    /// Whether a form that brings this token was made for this session.
    pub fn made(&self, form_token: &str) -> bool {
        let (a, b) = (form_token.as_bytes(), self.form_token.as_bytes());
        bool::from(a.ct_eq(b))
    }

    /// The visit behind a request; `None` without a session.
    pub async fn find(state: &AppState, parts: &RequestFacts) -> Result<Option<Self>, Problem> {
        let Some(pages) = state.pages() else {
            return Ok(None);
        };
        let (installation, now) = (pages.installation.clone(), state.now());
        let held = parts.token.clone();
        let demo = pages.everybody.clone();
        let found = state
            .run(move || {
                for (token, demo) in held
                    .map(|token| (token, false))
                    .into_iter()
                    .chain(demo.map(|token| (token, true)))
                {
                    let session = installation.session(&token, now.timestamp(), now.date())?;
                    if let Some(session) = session {
                        return Ok(Some((token, session, demo)));
                    }
                }
                Ok::<_, operations::access::AccessError>(None)
            })
            .await??;
        Ok(found.map(|(token, session, demo)| {
            let actor = session.account.actor();
            Self {
                form_token: form_token(
                    &token,
                    session.acting.map(|(organisation, _)| organisation),
                ),
                lang: parts.lang.unwrap_or_else(|| session.profile.lang()),
                client: parts.client.clone(),
                token,
                session,
                actor,
                demo,
                toast: parts.toast,
            }
        }))
    }
}

/// What a form has to bring back; it can't be had without the session's token, and does not give
/// it away. A form that was opened for one organisation is none of another, so that a page left open
/// writes to no other client.
fn form_token(token: &str, acting_for: Option<OrganisationId>) -> String {
    let organisation = acting_for.map_or_else(String::new, |id| id.to_string());
    let hash = Sha256::new()
        .chain_update("form\0")
        .chain_update(token)
        .chain_update("\0")
        .chain_update(organisation)
        .finalize();
    let mut text = String::with_capacity(32);
    for byte in &hash[..16] {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// What a request says of where it comes from.
pub struct RequestFacts {
    token: Option<String>,
    /// The language that was chosen, now or earlier.
    lang: Option<Lang>,
    toast: Option<Toast>,
    pub client: Client,
}

impl RequestFacts {
    pub fn of(parts: &Parts, pages: &Pages) -> Self {
        let names = Names::under(&pages.address);
        let headers = &parts.headers;
        let chosen = language::chosen(&parts.uri).or_else(|| {
            cookie::find(headers, language::COOKIE).map(|_| language::of(&parts.uri, headers))
        });
        Self {
            token: cookie::find(headers, names.session())
                .filter(|token| !token.is_empty())
                .map(str::to_owned),
            lang: chosen,
            toast: Toast::of(headers),
            client: Client {
                network: network(parts, pages.behind_proxy),
                device: cookie::find(headers, names.device()).map(str::to_owned),
                name: device_name(headers),
            },
        }
    }
}

/// The client's network address.
fn network(parts: &Parts, behind_proxy: bool) -> String {
    match forwarded(parts, behind_proxy) {
        Some(address) => super::attempts::network_text(address),
        None => super::attempts::network_text(&super::peer(parts).to_string()),
    }
}

/// The address that a proxy names. Its word counts only where one was said to be there: the last
/// address is the one that it saw itself.
fn forwarded(parts: &Parts, behind_proxy: bool) -> Option<&str> {
    let mut all = parts.headers.get_all("x-forwarded-for").iter();
    let seen = all.next_back().filter(|_| behind_proxy)?;
    let addresses = seen.to_str().ok()?;
    addresses.rsplit(',').next().map(str::trim)
}

/// The client's network address as a number, for brakes.
pub struct Network(pub IpAddr);

impl FromRequestParts<AppState> for Network {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let behind_proxy = state.pages().is_some_and(|pages| pages.behind_proxy);
        let address = forwarded(parts, behind_proxy).and_then(|text| text.parse().ok());
        Ok(Self(address.unwrap_or_else(|| super::peer(parts))))
    }
}

/// Browser and system in words, so that one's sessions can be told apart.
fn device_name(headers: &HeaderMap) -> String {
    let agent = headers
        .get(USER_AGENT)
        .and_then(|value| value.to_str().ok());
    let agent = agent.unwrap_or_default();
    let first = |names: &[(&str, &'static str)]| {
        names
            .iter()
            .find(|(mark, _)| agent.contains(mark))
            .map(|(_, name)| *name)
    };
    let browser = first(&[
        ("Edg/", "Edge"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => String::new(),
    }
}

/// Lets a request through to a page that needs this permission, or says why not.
pub async fn require(
    State((state, permission)): State<(AppState, Permission)>,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    match admit(&state, &parts, permission).await {
        Ok(visitor) => {
            parts.extensions.insert(visitor);
            next.run(Request::from_parts(parts, body)).await
        }
        Err(refused) => refused,
    }
}

async fn admit(
    state: &AppState,
    parts: &Parts,
    permission: Permission,
) -> Result<Visitor, Response> {
    let reader = Reader::person(language::of(&parts.uri, &parts.headers));
    let Some(visit) = visit_of(state, parts).await? else {
        return Err(signed_out(parts));
    };
    let refuse = |problem: Problem| Refusal::new(problem, &visit).into_response();
    match visit.session.stage {
        Stage::Enrolling => return Err(Redirect::to("/account/secure").into_response()),
        Stage::NeedsCode => return Err(Redirect::to("/sign-in/code").into_response()),
        Stage::Full => {}
    }
    let Some((id, role)) = visit.session.acting else {
        return Err(if visit.session.organisations > 0 {
            Redirect::to("/organisations").into_response()
        } else {
            refuse(Problem::no_organisation())
        });
    };
    if !role.may(permission) {
        return Err(refuse(Problem::not_allowed()));
    }
    let found = {
        let state = state.clone();
        tokio::task::spawn_blocking(move || state.organisation(id)).await
    };
    match found {
        Ok(Some(organisation)) => Ok(Visitor {
            visit: Arc::new(visit),
            organisation,
            role,
            today: state.now().date(),
        }),
        _ => Err(Problem::broken().for_reader(reader)),
    }
}

async fn visit_of(state: &AppState, parts: &Parts) -> Result<Option<Visit>, Response> {
    let reader = Reader::person(language::of(&parts.uri, &parts.headers));
    let Some(pages) = state.pages() else {
        return Ok(None);
    };
    let facts = RequestFacts::of(parts, pages);
    Visit::find(state, &facts)
        .await
        .map_err(|problem| problem.for_reader(reader))
}

/// Pages lead to the sign-in; a form that comes too late is told so.
fn signed_out(parts: &Parts) -> Response {
    if parts.method == Method::GET {
        Redirect::to("/sign-in").into_response()
    } else {
        let reader = Reader::person(language::of(&parts.uri, &parts.headers));
        Problem::stale_form().for_reader(reader)
    }
}

impl FromRequestParts<AppState> for Visitor {
    type Rejection = Response;

    /// Whoever the route let through. A route that lets through without asking is a mistake in
    /// the program, and shows nothing.
    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Response> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| {
            tracing::error!("a page was reached without a check of the role");
            Problem::broken().for_reader(Reader::default())
        })
    }
}

impl FromRequestParts<AppState> for Visit {
    type Rejection = Response;

    /// Any session, however far it has come. Pages that take this check the stage themselves.
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        if let Some(visitor) = parts.extensions.get::<Visitor>() {
            return Ok((*visitor.visit).clone());
        }
        visit_of(state, parts)
            .await?
            .ok_or_else(|| signed_out(parts))
    }
}

impl Visitor {
    /// Whether the role allows this, to show what can be done.
    pub fn may(&self, permission: Permission) -> bool {
        self.role.may(permission)
    }

    /// Who acts now.
    pub fn act(&self, state: &AppState) -> Act {
        state.act(self.visit.actor.clone())
    }

    pub fn lang(&self) -> Lang {
        self.visit.lang
    }

    /// Calls an operation of the organisation off the event loop, as it may block.
    pub async fn ask<T: Send + 'static>(
        &self,
        state: &AppState,
        operation: impl FnOnce(&Organisation) -> Result<T, operations::Error> + Send + 'static,
    ) -> Result<T, Refusal> {
        let organisation = self.organisation.clone();
        state
            .run(move || operation(&organisation))
            .await
            .and_then(|answer| answer.map_err(Problem::from))
            .map_err(|problem| Refusal::new(problem, &self.visit))
    }
}
