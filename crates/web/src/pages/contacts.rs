//! `GET /contacts` and `POST /contacts/find`: the list, page by page, and the way to one contact.
//! What is searched for stands in the body, never in the address.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect};
use law::Lang;
use operations::Error;
use operations::browse::{ContactLine, ContactPage};
use serde::Deserialize;

use super::frame::{self, Frame};
use super::{number, words};
use crate::auth::Visitor;
use crate::auth::form::Form;
use crate::pages::refusal::{Answer, Refusal};
use crate::state::AppState;
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "contacts.html")]
struct ContactsPage {
    frame: Frame,
    lines: Vec<Line>,
    /// The id after which the next page begins.
    next: Option<String>,
    at_start: bool,
    message: Option<String>,
}

struct Line {
    id: String,
    name: Option<String>,
    company: Option<String>,
    country: String,
    obtained: String,
    source: String,
}

/// Where the page begins.
#[derive(Deserialize)]
pub struct From {
    after: Option<String>,
}

/// Contacts on one page of the list.
const PAGE: u32 = 50;

/// What is searched for.
#[derive(Deserialize)]
pub struct Sought {
    contact: String,
}

/// Renders a page of the list.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Query(from): Query<From>,
) -> Answer {
    render(&state, &visitor, from.after, None).await
}

/// Leads to the contact that has the address or number, or says why not.
pub async fn find(
    State(state): State<AppState>,
    visitor: Visitor,
    Form(sought): Form<Sought>,
) -> Answer {
    let (today, lang) = (state.now().date(), visitor.lang());
    let found = visitor
        .ask(&state, move |organisation| {
            let contact = match sought.contact.parse() {
                Ok(contact) => contact,
                Err(error) => return Ok(Err(error)),
            };
            Ok(organisation.contact_view(&contact, today, lang))
        })
        .await?;
    let message = match found {
        Ok(view) => {
            let place = format!("/contacts/{}", view.line.id);
            return Ok(Redirect::to(&place).into_response());
        }
        Err(Error::WhichContact { .. }) => "find-several",
        Err(Error::UnknownContact | Error::ContactText) => "find-nobody",
        Err(error) => return Err(Refusal::new(error.into(), &visitor.visit)),
    };
    let message = Texts(lang).t(message);
    let mut response = render(&state, &visitor, None, Some(message)).await?;
    if response.status().is_success() {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    Ok(response)
}

async fn render(
    state: &AppState,
    visitor: &Visitor,
    after: Option<String>,
    message: Option<String>,
) -> Answer {
    let at_start = after.is_none();
    let page = visitor
        .ask(state, move |organisation| {
            organisation.contact_page(after.as_deref(), PAGE)
        })
        .await?;
    let page = ContactsPage::new(page, at_start, message, visitor);
    Ok(frame::render(&page, visitor.lang()))
}

impl ContactsPage {
    fn new(page: ContactPage, at_start: bool, message: Option<String>, visitor: &Visitor) -> Self {
        let lang = visitor.lang();
        Self {
            frame: Frame::of(visitor, "/contacts"),
            lines: page
                .lines
                .into_iter()
                .map(|line| Line::new(line, lang))
                .collect(),
            next: page.next,
            at_start,
            message,
        }
    }
}

impl Line {
    fn new(line: ContactLine, lang: Lang) -> Self {
        Self {
            id: line.id,
            name: line.name,
            company: line.company,
            country: words::country(&line.country, lang).to_owned(),
            obtained: number::day(line.obtained_on, lang),
            source: words::source(line.source_kind, lang),
        }
    }
}
