//! The first step: the file, and where its data come from.

use askama::Template;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use jiff::civil::Date;
use law::Country;
use law::facts::Source;
use operations::import::{ImportError, Provenance};

use super::list::List;
use super::run;
use crate::auth::Visitor;
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::{Answer, Refusal};
use crate::pages::words;
use crate::problem::Problem;
use crate::state::AppState;
use crate::texts::Texts;

/// Largest list.
pub const LARGEST: usize = 64 * 1024 * 1024;

#[derive(Template)]
#[template(path = "import/upload.html")]
struct UploadPage {
    frame: Frame,
    entered: Entered,
    source_kinds: Vec<(&'static str, String)>,
    countries: Vec<(String, String)>,
    today: String,
    problem: Option<String>,
}

/// What is said about the list.
#[derive(Clone, Default)]
struct Entered {
    form_token: String,
    file: Vec<u8>,
    file_name: String,
    source: String,
    source_kind: String,
    obtained_on: String,
    country: String,
}

/// The form.
pub async fn page(visitor: Visitor) -> Answer {
    let entered = Entered {
        country: visitor.organisation.country().to_string(),
        obtained_on: visitor.today.to_string(),
        source_kind: "other".to_owned(),
        ..Entered::default()
    };
    Ok(show(&visitor, entered, None))
}

fn show(visitor: &Visitor, entered: Entered, problem: Option<&str>) -> Response {
    let texts = Texts(visitor.lang());
    show_text(visitor, entered, problem.map(|name| texts.t(name)))
}

/// Why a file can't be read, with the place where it is known, and what helps.
fn unreadable(error: &ImportError, texts: Texts) -> String {
    match error {
        ImportError::OpenQuote { line } => texts.with("import-open-quote", "line", line),
        ImportError::TooManyColumns(most) => texts.with("import-too-many-columns", "most", most),
        ImportError::Empty => texts.t("import-empty"),
        ImportError::Spreadsheet => texts.t("import-spreadsheet"),
        _ => texts.t("import-unreadable"),
    }
}

fn show_text(visitor: &Visitor, entered: Entered, problem: Option<String>) -> Response {
    let lang = visitor.lang();
    let frame = Frame::of(visitor, "/contacts/import");
    let kinds = [
        "person",
        "website",
        "directory",
        "public_register",
        "address_dealer",
        "social_network",
        "referral",
        "other",
    ];
    let refused = problem.is_some();
    let page = UploadPage {
        entered,
        source_kinds: kinds.map(|kind| (kind, words::source(kind, lang))).to_vec(),
        countries: crate::pages::account::welcome::countries(lang),
        today: visitor.today.to_string(),
        problem,
        frame,
    };
    let mut response = frame::render(&page, lang);
    if refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

/// Takes the file and leads on to its columns.
pub async fn upload(State(state): State<AppState>, visitor: Visitor, form: Multipart) -> Answer {
    let entered = match read(form).await {
        Ok(entered) => entered,
        Err(problem) => return Err(Refusal::new(problem, &visitor.visit)),
    };
    if !visitor.visit.made(&entered.form_token) {
        return Err(Refusal::new(Problem::stale_form(), &visitor.visit));
    }
    let (provenance, country) = match checked(&entered, visitor.today) {
        Ok(checked) => checked,
        Err(problem) => return Ok(show(&visitor, entered, Some(problem))),
    };
    let now = state.now().timestamp();
    let organisation = visitor.organisation.id();
    let id = operations::access::random_name()
        .map_err(|error| Refusal::new(Problem::from(error), &visitor.visit))?;
    let kept = Entered {
        file: Vec::new(),
        ..entered.clone()
    };
    let list = List::new(
        organisation,
        entered.file_name,
        entered.file,
        provenance,
        country,
        now,
    );
    let opened = state.run(move || run::open(&list).map(|_| list)).await;
    let list = match opened.map_err(|problem| Refusal::new(problem, &visitor.visit))? {
        Ok(list) => list,
        Err(error) => {
            tracing::debug!(%error, "an uploaded list can't be read");
            let text = unreadable(&error, Texts(visitor.lang()));
            return Ok(show_text(&visitor, kept, Some(text)));
        }
    };
    if !state.lists().add(id.clone(), list, now) {
        return Ok(show(&visitor, kept, Some("import-too-many")));
    }
    Ok(Redirect::to(&format!("/contacts/import/{id}")).into_response())
}

async fn read(mut form: Multipart) -> Result<Entered, Problem> {
    let mut entered = Entered::default();
    let lost = |error: axum::extract::multipart::MultipartError| {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
            Problem::list_too_large()
        } else {
            Problem::body_lost()
        }
    };
    while let Some(field) = form.next_field().await.map_err(lost)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            entered.file_name = field.file_name().unwrap_or_default().to_owned();
            entered.file = field.bytes().await.map_err(lost)?.to_vec();
            continue;
        }
        let text = field.text().await.map_err(lost)?.trim().to_owned();
        match name.as_str() {
            "form_token" => entered.form_token = text,
            "source" => entered.source = text,
            "source_kind" => entered.source_kind = text,
            "obtained_on" => entered.obtained_on = text,
            "country" => entered.country = text,
            _ => {}
        }
    }
    Ok(entered)
}

fn checked(entered: &Entered, today: Date) -> Result<(Provenance, Country), &'static str> {
    if entered.file.is_empty() {
        return Err("import-no-file");
    }
    if entered.source.is_empty() {
        return Err("import-no-source");
    }
    let obtained_on: Date = entered
        .obtained_on
        .parse()
        .map_err(|_| "import-day-wrong")?;
    if obtained_on > today {
        return Err("import-day-wrong");
    }
    let source_kind: Source =
        serde_json::from_value(serde_json::Value::String(entered.source_kind.clone()))
            .unwrap_or(Source::Other);
    let provenance = Provenance {
        source: entered.source.clone(),
        source_kind,
        obtained_on,
        kind: None,
    };
    let country = entered.country.parse().unwrap_or(Country::DE);
    Ok((provenance, country))
}
