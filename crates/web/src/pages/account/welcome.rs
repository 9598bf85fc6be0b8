//! `/welcome/{token}`: where a link leads. Opening it changes nothing, since scanners open every
//! link in business mail; the button does.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use law::{Country, Land, Lang};
use operations::NewOrganisation;
use operations::access::{AccessError, LinkFor, NewOwner, Opened, Profile};
use serde::Deserialize;

use super::entrance::{From, go, pages};
use super::told;
use crate::auth::form::OpenForm;
use crate::language::Language;
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::{Answer, Refusal};
use crate::state::AppState;
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "account/welcome.html")]
struct WelcomePage {
    frame: Frame,
    token: String,
    /// `None` if the link does not work any more.
    opened: Option<Opened>,
    entered: Entered,
    countries: Vec<(String, String)>,
    lands: Vec<(&'static str, &'static str)>,
    problem: Option<String>,
}

impl WelcomePage {
    /// Whether the organisation is still to be named.
    fn names_organisation(&self) -> bool {
        let opened = self.opened.as_ref();
        opened.is_some_and(|opened| opened.profile.is_none() && opened.organisation.is_none())
    }

    fn is_first(&self) -> bool {
        let opened = self.opened.as_ref();
        opened.is_some_and(|opened| opened.purpose == LinkFor::SetUp && opened.profile.is_none())
    }
}

/// What somebody enters.
#[derive(Clone, Default, Deserialize)]
pub struct Entered {
    #[serde(default)]
    organisation: String,
    #[serde(default)]
    country: String,
    #[serde(default)]
    land: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
}

/// The page behind the link.
pub async fn page(
    State(state): State<AppState>,
    Language(lang): Language,
    Path(token): Path<String>,
) -> Answer {
    let opened = open(&state, lang, &token).await?;
    let entered = Entered {
        name: opened
            .as_ref()
            .and_then(|opened| opened.profile.as_ref())
            .map(|profile| profile.name.clone())
            .unwrap_or_default(),
        country: "DE".to_owned(),
        ..Entered::default()
    };
    Ok(show(lang, token, opened, entered, None))
}

async fn open(state: &AppState, lang: Lang, token: &str) -> Result<Option<Opened>, Refusal> {
    let refuse = |problem| Refusal::in_language(problem, lang);
    let installation = pages(state).map_err(refuse)?.installation.clone();
    let (token, now) = (token.to_owned(), state.now().timestamp());
    let opened = state
        .run(move || installation.link(&token, now))
        .await
        .map_err(refuse)?;
    match opened {
        Ok(opened) => Ok(Some(opened)),
        Err(AccessError::Link) => Ok(None),
        Err(error) => Err(refuse(error.into())),
    }
}

fn show(
    lang: Lang,
    token: String,
    opened: Option<Opened>,
    entered: Entered,
    problem: Option<String>,
) -> Response {
    let status = match (&opened, &problem) {
        (None, _) => StatusCode::GONE,
        (_, Some(_)) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    };
    let here = format!("/welcome/{token}");
    let page = WelcomePage {
        frame: Frame::open(lang, Some(&here)),
        token,
        opened,
        entered,
        countries: countries(lang),
        lands: lands(),
        problem,
    };
    let mut response = frame::render(&page, lang);
    *response.status_mut() = status;
    response
}

/// The countries whose law is known here, by name.
pub fn countries(lang: Lang) -> Vec<(String, String)> {
    let mut all: Vec<_> = law::countries::TABLE
        .iter()
        .map(|country| {
            (
                country.country.to_string(),
                country.name.get(lang).to_owned(),
            )
        })
        .collect();
    all.sort_by(|a, b| a.1.cmp(&b.1));
    all
}

/// Lets the person in, to set up a way to sign in.
pub async fn enter(
    State(state): State<AppState>,
    Language(lang): Language,
    Path(token): Path<String>,
    From(client): From,
    OpenForm(entered): OpenForm<Entered>,
) -> Answer {
    let refuse = |problem| Refusal::in_language(problem, lang);
    let pages = pages(&state).map_err(refuse)?;
    let Some(opened) = open(&state, lang, &token).await? else {
        return Ok(show(lang, token, None, entered, None));
    };
    let (installation, act) = (pages.installation.clone(), state.act("visitor".to_owned()));
    let (held, given, first) = (token.clone(), entered.clone(), opened.profile.is_none());
    let named = opened.organisation.is_none();
    let came = state
        .run(move || {
            if first {
                let new = NewOwner {
                    profile: Profile::new(&given.name, &given.email, lang)?,
                    organisation: named
                        .then(|| organisation(given.organisation, &given.country, &given.land))
                        .transpose()?,
                };
                installation.set_up(&held, &new, &client, &act)
            } else {
                installation.accept(&held, Some(&given.name), &client, &act)
            }
        })
        .await
        .map_err(refuse)?;
    match came {
        Ok(new) => Ok(go(pages, &new)),
        Err(AccessError::Link) => Ok(show(lang, token, None, entered, None)),
        Err(error) => {
            let text = told(error, Texts(lang)).map_err(refuse)?;
            Ok(show(lang, token, Some(opened), entered, Some(text)))
        }
    }
}

/// The organisation that was entered; a Land is of Germany alone.
pub fn organisation(
    name: String,
    country: &str,
    land: &str,
) -> Result<NewOrganisation, AccessError> {
    let country: Country = country.parse().map_err(|_| AccessError::Country)?;
    Ok(NewOrganisation {
        name,
        land: land.parse().ok().filter(|_| country == Country::DE),
        country,
    })
}

/// The German Länder, by code and name.
pub fn lands() -> Vec<(&'static str, &'static str)> {
    let all = Land::ALL.iter();
    all.map(|land| (land.code(), land.name())).collect()
}
