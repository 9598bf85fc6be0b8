//! `/companies`: the companies that contacts name, found by words, page by page. What is searched
//! for stands in the body, never in the address: a firm may be called by its owner's name.

use askama::Template;
use axum::extract::{Query, State};
use operations::access::Permission;
use operations::company::{CompanyFilter, CompanyLine, CompanyPage};
use serde::Deserialize;

use crate::auth::Visitor;
use crate::auth::form::Form;
use crate::pages::frame::{self, Frame};
use crate::pages::number;
use crate::pages::refusal::Answer;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "company/list.html")]
struct CompaniesPage {
    frame: Frame,
    /// Each with its number of contacts in words.
    lines: Vec<(CompanyLine, String)>,
    sought: Sought,
    next: Option<String>,
    at_start: bool,
    filtered: bool,
    may_import: bool,
}

/// What is searched for.
#[derive(Default, Deserialize)]
pub struct Sought {
    #[serde(default)]
    words: String,
    #[serde(default)]
    several: String,
    #[serde(default)]
    after: String,
}

/// What names nobody may stand in the address.
#[derive(Deserialize)]
pub struct Filters {
    #[serde(default)]
    several: String,
    #[serde(default)]
    after: String,
}

/// Companies on one page of the list.
const PAGE: u32 = 50;

/// Renders a page of the list.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Query(filters): Query<Filters>,
) -> Answer {
    let sought = Sought {
        words: String::new(),
        several: filters.several,
        after: filters.after,
    };
    render(&state, &visitor, sought).await
}

/// Renders what was searched for.
pub async fn find(
    State(state): State<AppState>,
    visitor: Visitor,
    Form(sought): Form<Sought>,
) -> Answer {
    render(&state, &visitor, sought).await
}

async fn render(state: &AppState, visitor: &Visitor, sought: Sought) -> Answer {
    let filter = CompanyFilter {
        words: sought.words.clone(),
        several: sought.several == "yes",
    };
    let after = (!sought.after.is_empty()).then(|| sought.after.clone());
    let CompanyPage { lines, next } = visitor
        .ask(state, move |organisation| {
            organisation.find_companies(&filter, after.as_deref(), PAGE)
        })
        .await?;
    let counted = |line: CompanyLine| {
        let contacts = number::count(line.contacts, visitor.lang());
        (line, contacts)
    };
    let page = CompaniesPage {
        frame: Frame::of(visitor, "/companies"),
        lines: lines.into_iter().map(counted).collect(),
        next,
        at_start: sought.after.is_empty(),
        filtered: !sought.words.trim().is_empty() || sought.several == "yes",
        sought,
        may_import: visitor.may(Permission::Import),
    };
    Ok(frame::render(&page, visitor.lang()))
}
