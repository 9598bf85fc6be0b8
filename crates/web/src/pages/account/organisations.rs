//! `/organisations`: the organisations that one may act for, and a new one.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect};
use operations::access::{Role, Stage};
use serde::Deserialize;

use super::entrance::pages;
use super::{told, welcome};
use crate::auth::Visit;
use crate::auth::form::Form;
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::{Answer, Refusal};
use crate::problem::Problem;
use crate::state::AppState;
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "account/organisations.html")]
struct OrganisationsPage {
    frame: Frame,
    tenants: Vec<Line>,
    may_add: bool,
    countries: Vec<(String, String)>,
    lands: Vec<(&'static str, &'static str)>,
    entered: Entered,
    problem: Option<String>,
}

struct Line {
    id: String,
    name: String,
    role: String,
    current: bool,
}

/// The organisation to act for.
#[derive(Deserialize)]
pub struct Chosen {
    id: String,
}

/// A new organisation as it was entered.
#[derive(Clone, Default, Deserialize)]
pub struct Entered {
    name: String,
    #[serde(default)]
    country: String,
    #[serde(default)]
    land: String,
}

/// The list.
pub async fn page(State(state): State<AppState>, visit: Visit) -> Answer {
    let entered = Entered {
        country: "DE".to_owned(),
        ..Entered::default()
    };
    show(&state, &visit, entered, None).await
}

async fn show(
    state: &AppState,
    visit: &Visit,
    entered: Entered,
    problem: Option<String>,
) -> Answer {
    let refuse = |problem| Refusal::new(problem, visit);
    if visit.session.stage != Stage::Full {
        return Ok(Redirect::to("/").into_response());
    }
    let installation = pages(state).map_err(refuse)?.installation.clone();
    let (token, act) = (visit.token.clone(), state.act(visit.actor.clone()));
    let tenants = state
        .run(move || installation.tenants(&token, &act))
        .await
        .map_err(refuse)?
        .map_err(|error| refuse(error.into()))?;
    let refused = problem.is_some();
    let page = OrganisationsPage {
        frame: Frame::on_the_way(visit, "/organisations"),
        may_add: may_add(visit),
        tenants: tenants
            .into_iter()
            .map(|tenant| Line {
                id: tenant.id.to_string(),
                name: tenant.name,
                role: frame::role(tenant.role, visit.lang),
                current: tenant.current,
            })
            .collect(),
        countries: welcome::countries(visit.lang),
        lands: welcome::lands(),
        entered,
        problem,
    };
    let mut response = frame::render(&page, visit.lang);
    if refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// Acts for another organisation from now on.
pub async fn enter(
    State(state): State<AppState>,
    visit: Visit,
    Form(chosen): Form<Chosen>,
) -> Answer {
    let refuse = |problem| Refusal::new(problem, &visit);
    let installation = pages(&state).map_err(refuse)?.installation.clone();
    let (token, act) = (visit.token.clone(), state.act(visit.actor.clone()));
    state
        .run(move || installation.enter(&token, &chosen.id, &act))
        .await
        .map_err(refuse)?
        .map_err(|error| refuse(error.into()))?;
    Ok(Redirect::to("/").into_response())
}

/// Who acts as owner now may add an organisation; everybody's session in the demonstration may not.
fn may_add(visit: &Visit) -> bool {
    let owner = matches!(visit.session.acting, Some((_, Role::Owner)));
    owner && !visit.demo && visit.session.stage == Stage::Full
}

/// Sets up a further organisation, and acts for it.
pub async fn add(
    State(state): State<AppState>,
    visit: Visit,
    Form(entered): Form<Entered>,
) -> Answer {
    let refuse = |problem| Refusal::new(problem, &visit);
    if !may_add(&visit) {
        return Err(refuse(Problem::not_allowed()));
    }
    let installation = pages(&state).map_err(refuse)?.installation.clone();
    let (token, act) = (visit.token.clone(), state.act(visit.actor.clone()));
    let (account, given) = (visit.session.account, entered.clone());
    let added = state
        .run(move || {
            let new = welcome::organisation(given.name, &given.country, &given.land)?;
            let added = installation.add_organisation(account, &new, &act)?;
            installation.enter(&token, &added.id().to_string(), &act)
        })
        .await
        .map_err(refuse)?;
    match added {
        Ok(()) => Ok(Redirect::to("/").into_response()),
        Err(error) => {
            let text = told(error, Texts(visit.lang)).map_err(refuse)?;
            show(&state, &visit, entered, Some(text)).await
        }
    }
}
