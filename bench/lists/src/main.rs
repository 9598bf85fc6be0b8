//! Pages with lists of an organisation with 100,000 contacts, from the request to the last byte of
//! the page, against the limit of a tenth of a second that a person does not notice.

use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, HOST, ORIGIN};
use axum::http::{Request, StatusCode};
use bench_database::{act, contact_list, email, import, set_up};
use http_body_util::BodyExt as _;
use jiff::ZonedDateTime;
use law::Lang;
use measure::{Line, Result, compare};
use operations::{Installation, Organisation, OrganisationId, master_key_in};
use serde_json::Value;
use store::Target;
use tempfile::TempDir;
use tower::ServiceExt as _;
use web::{AnswerError, Answers, AppState, Caller, ContactQuestion, Health, Hosts, Pages, Tokens};

const CONTACTS: usize = 100_000;
const ROUNDS: usize = 15;
/// Pages a second at the limit.
const LIMIT: f64 = 10.0;
const NAME: &str = "localhost:8070";

/// The API is not asked here.
struct Nothing;

impl Answers for Nothing {
    fn health(&self, _: &ZonedDateTime) -> Health {
        Health {
            engine: "SQLite",
            database_reachable: true,
            log_entries: None,
            oldest_waiting: None,
        }
    }

    fn decide_contact(
        &self,
        _: &Caller,
        _: &ContactQuestion,
        _: &ZonedDateTime,
        _: Lang,
    ) -> std::result::Result<Value, AnswerError> {
        Err(AnswerError::Unavailable)
    }
}

fn now() -> ZonedDateTime {
    act().at.to_zoned_datetime(jiff::tz::TimeZone::UTC)
}

/// A page to ask for.
enum Asked {
    Get(String),
    /// A search: what is searched for stands in the body.
    Find(&'static str, String),
}

#[tokio::main]
async fn main() -> Result<()> {
    let place = TempDir::new_in(".")?;
    let target = Target::Sqlite(place.path().to_owned());
    let organisation = set_up(&target, place.path())?;
    import(&organisation, contact_list(CONTACTS), CONTACTS)?;
    organisation.sequence(act().at)?;
    drop(organisation);
    let installation = Installation::open(&target, master_key_in(place.path())?)?;
    let organisation = Organisation::open(&installation, None)?;
    let pages = Pages {
        installation,
        address: format!("http://{NAME}"),
        behind_proxy: false,
        sends_mail: false,
        everybody: Some(organisation.demo_session(&act())?),
        program: None,
    };
    let state = AppState::new(
        Arc::new(Nothing),
        Tokens::default(),
        Hosts::new([]),
        now,
        Some(pages),
    );
    let routes = web::router(state);
    let list = page(&routes, &Asked::Get("/contacts".to_owned()), "").await?;
    let token = between(&list, "name=\"form_token\" value=\"", '"')?;
    let after = between(&list, "name=\"after\" value=\"", '"')?;
    let contact = first_contact(&list)?;

    let find = |words: &str| Asked::Find("/contacts/find", format!("words={words}"));
    let asked = [
        ("contacts: first page", Asked::Get("/contacts".to_owned())),
        (
            "contacts: a later page",
            Asked::Find("/contacts/find", format!("after={after}")),
        ),
        ("contacts: not informed", Asked::Get("/contacts?informed=no".to_owned())),
        ("contacts: restricted, nobody", Asked::Get("/contacts?restricted=yes".to_owned())),
        ("contacts: word that an eighth has", find("schaefer")),
        ("contacts: three words", find("uwe+koenig+stuttgart")),
        ("contacts: words nobody has together", find("uwe+stuttgart")),
        ("contacts: an address", find(&email(CONTACTS / 2).replace('@', "%40"))),
        ("contacts: word that nobody has", find("niemand")),
        ("one contact", Asked::Get(format!("/contacts/{contact}"))),
        ("evidence: newest", Asked::Get("/evidence".to_owned())),
        ("evidence: of a rare kind", Asked::Get("/evidence?kind=register.applied".to_owned())),
        ("evidence: before a day", Asked::Get("/evidence?until=2020-01-01".to_owned())),
        ("register", Asked::Get("/register".to_owned())),
    ];
    for (name, asked) in asked {
        // One round each that does not count fills the caches, as on a server that runs.
        let figures = compare(
            ROUNDS,
            || {
                let begun = Instant::now();
                let shown = tokio::task::block_in_place(|| {
                    tokio::runtime::Handle::current().block_on(page(&routes, &asked, &token))
                })?;
                if shown.is_empty() {
                    return Err("an empty page".into());
                }
                Ok(1.0 / begun.elapsed().as_secs_f64())
            },
            || Ok(LIMIT),
        )?;
        let line = Line {
            ours: name,
            theirs: "a tenth of a second",
            unit: "pages/s",
            figures,
            goal: Some(1.0),
        };
        println!("{line}");
    }
    Ok(())
}

async fn page(routes: &Router, asked: &Asked, token: &str) -> Result<String> {
    let request = match asked {
        Asked::Get(path) => Request::get(path).header(HOST, NAME).body(Body::empty())?,
        Asked::Find(path, body) => Request::post(*path)
            .header(HOST, NAME)
            .header(ORIGIN, format!("http://{NAME}"))
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(format!("form_token={token}&{body}")))?,
    };
    let response = routes.clone().oneshot(request).await?;
    let status = response.status();
    let bytes = response.into_body().collect().await?.to_bytes();
    if status != StatusCode::OK {
        return Err(format!("a page answers {status}").into());
    }
    Ok(String::from_utf8(bytes.to_vec())?)
}

fn between(page: &str, before: &str, end: char) -> Result<String> {
    let (_, rest) = page.split_once(before).ok_or("a page without its form")?;
    Ok(rest.split(end).next().unwrap_or_default().to_owned())
}

/// The id of the first contact that the list links to.
fn first_contact(list: &str) -> Result<OrganisationId> {
    let mut paths = list.split("href=\"/contacts/").skip(1);
    let id = paths.find_map(|rest| rest.get(..32)?.parse().ok());
    id.ok_or_else(|| "a list without contacts".into())
}
