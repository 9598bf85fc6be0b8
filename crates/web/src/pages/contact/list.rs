//! `/contacts`: the list, found by words and filters, page by page. What is searched for stands
//! in the body, never in the address: it may be a person's name.

use askama::Template;
use axum::extract::{Query, State};
use operations::ContactFilter;
use operations::access::Permission;
use operations::browse::{ContactLine, ContactPage};
use serde::Deserialize;

use crate::auth::Visitor;
use crate::auth::form::Form;
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::Answer;
use crate::pages::{number, words};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "contact/list.html")]
struct ContactsPage {
    frame: Frame,
    lines: Vec<Line>,
    sought: Sought,
    /// The id after which the next page begins.
    next: Option<String>,
    at_start: bool,
    filtered: bool,
    may_add: bool,
    may_import: bool,
    countries: Vec<(String, String)>,
    sources: Vec<(&'static str, String)>,
}

struct Line {
    id: String,
    name: Option<String>,
    company: Option<String>,
    company_id: Option<String>,
    country: String,
    obtained: String,
    source: String,
    uninformed: bool,
    restricted: bool,
}

/// What is searched for.
#[derive(Clone, Default, Deserialize)]
pub struct Sought {
    #[serde(default)]
    words: String,
    #[serde(default)]
    country: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    informed: String,
    #[serde(default)]
    restricted: String,
    #[serde(default)]
    after: String,
}

/// Filters that name nobody may stand in the address.
#[derive(Deserialize)]
pub struct Filters {
    #[serde(default)]
    country: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    informed: String,
    #[serde(default)]
    restricted: String,
    #[serde(default)]
    after: String,
}

/// Contacts on one page of the list.
const PAGE: u32 = 50;
/// The kinds of sources by which can be filtered.
pub const SOURCES: [&str; 8] = [
    "person",
    "website",
    "directory",
    "public_register",
    "address_dealer",
    "social_network",
    "referral",
    "other",
];

/// Renders a page of the list.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Query(filters): Query<Filters>,
) -> Answer {
    let sought = Sought {
        words: String::new(),
        country: filters.country,
        source: filters.source,
        informed: filters.informed,
        restricted: filters.restricted,
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
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let yes = |text: &str| match text {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let filter = ContactFilter {
        words: sought.words.clone(),
        country: some(&sought.country),
        source: some(&sought.source),
        informed: yes(&sought.informed),
        restricted: yes(&sought.restricted),
    };
    let after = some(&sought.after);
    let page = visitor
        .ask(state, move |organisation| {
            organisation.find_contacts(&filter, after.as_deref(), PAGE)
        })
        .await?;
    let page = ContactsPage::new(page, sought, visitor);
    Ok(frame::render(&page, visitor.lang()))
}

impl ContactsPage {
    fn new(page: ContactPage, sought: Sought, visitor: &Visitor) -> Self {
        let lang = visitor.lang();
        let line = |line: ContactLine| Line {
            id: line.id,
            name: line.name,
            company: line.company,
            company_id: line.company_id,
            country: words::country(&line.country, lang).to_owned(),
            obtained: number::day(line.obtained_on, lang),
            source: words::source(line.source_kind, lang),
            uninformed: line.informed_on.is_none(),
            restricted: line.restricted,
        };
        let filters = [
            &sought.words,
            &sought.country,
            &sought.source,
            &sought.informed,
            &sought.restricted,
        ];
        Self {
            frame: Frame::of(visitor, "/contacts"),
            lines: page.lines.into_iter().map(line).collect(),
            next: page.next,
            at_start: sought.after.is_empty(),
            filtered: filters.iter().any(|filter| !filter.trim().is_empty()),
            sought,
            may_add: visitor.may(Permission::ChangeContacts),
            may_import: visitor.may(Permission::Import),
            countries: crate::pages::account::welcome::countries(lang),
            sources: SOURCES
                .map(|source| (source, words::source(source, lang)))
                .to_vec(),
        }
    }
}
