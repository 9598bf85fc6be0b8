//! `GET /contacts` and `POST /contacts/find`: the list, page by page, and the way to one contact.
//! What is searched for stands in the body, never in the address.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use law::Lang;
use operations::browse::{ContactLine, ContactPage};
use serde::Deserialize;

use super::frame::{self, Frame};
use super::{number, words};
use crate::language::{self, Language};
use crate::problem::{Problem, Reader};
use crate::state::{AnswerError, AppState};

#[derive(Template)]
#[template(path = "contacts.html")]
struct ContactsPage {
    frame: Frame,
    lines: Vec<Line>,
    /// The id after which the next page begins.
    next: Option<String>,
    at_start: bool,
    message: Option<&'static str>,
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

/// What is searched for.
#[derive(Deserialize)]
pub struct Sought {
    contact: String,
}

/// Renders a page of the list.
pub async fn page(
    State(state): State<AppState>,
    Language(lang): Language,
    Query(from): Query<From>,
) -> Response {
    render(&state, lang, from.after, None).await
}

/// Leads to the contact that has the address or number, or says why not.
pub async fn find(
    State(state): State<AppState>,
    Language(lang): Language,
    Form(sought): Form<Sought>,
) -> Response {
    let today = state.now().date();
    let found = state
        .ask(move |answers| answers.contact(&sought.contact, today, lang))
        .await;
    let words = words::Words::of(lang);
    let message = match found.and_then(|found| found) {
        Ok(view) => {
            let place = format!("/contacts/{}?lang={}", view.line.id, language::tag(lang));
            return Redirect::to(&place).into_response();
        }
        Err(AnswerError::Unfit { several: true, .. }) => words.find_several,
        Err(AnswerError::NotFound(_) | AnswerError::Unfit { .. }) => words.find_nobody,
        Err(error) => return Problem::from(error).for_reader(Reader::person(lang)),
    };
    let mut response = render(&state, lang, None, Some(message)).await;
    if response.status().is_success() {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

async fn render(
    state: &AppState,
    lang: Lang,
    after: Option<String>,
    message: Option<&'static str>,
) -> Response {
    let at_start = after.is_none();
    let page = state
        .ask(move |answers| answers.contacts(after.as_deref()))
        .await;
    match page.and_then(|page| page) {
        Ok(page) => frame::render(&ContactsPage::new(page, at_start, message, lang), lang),
        Err(error) => Problem::from(error).for_reader(Reader::person(lang)),
    }
}

impl ContactsPage {
    fn new(page: ContactPage, at_start: bool, message: Option<&'static str>, lang: Lang) -> Self {
        Self {
            frame: Frame::new(lang, Some("/contacts")),
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
            source: words::source(line.source_kind, lang).to_owned(),
        }
    }
}
