//! `/contacts/duplicates`: contacts of the whole list that may be the same person.

use askama::Template;
use axum::extract::{Query, State};
use operations::access::Permission;
use operations::browse::ContactLine;
use operations::duplicates::{DuplicateGroup, SharedBy};
use serde::Deserialize;

use crate::auth::Visitor;
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::Answer;
use crate::pages::{number, words};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "contact/duplicates.html")]
struct DuplicatesPage {
    frame: Frame,
    groups: Vec<Group>,
    /// What contacts have in common: word and name.
    kinds: [(&'static str, String); 3],
    by: String,
    next: Option<String>,
    at_start: bool,
    may_merge: bool,
}

struct Group {
    shared: String,
    /// The contact that was taken in first, into which the others can be merged.
    first: Line,
    others: Vec<Line>,
    more: Option<String>,
}

struct Line {
    id: String,
    name: String,
    /// What tells it from the others: company, source and day.
    about: String,
}

/// What is asked.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    by: String,
    #[serde(default)]
    after: String,
}

/// Shared things that are looked at for one page.
const PAGE: u32 = 50;

const fn by_word(by: SharedBy) -> &'static str {
    match by {
        SharedBy::Email => "email",
        SharedBy::Phone => "phone",
        SharedBy::Postal => "postal",
    }
}

fn name(by: SharedBy, frame: &Frame) -> String {
    frame.t(match by {
        SharedBy::Email => "shared-email",
        SharedBy::Phone => "shared-phone",
        SharedBy::Postal => "shared-postal",
    })
}

/// Renders a page of the list.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Answer {
    let by = SharedBy::ALL
        .into_iter()
        .find(|by| by_word(*by) == asked.by);
    let at_start = asked.after.is_empty();
    let found = visitor
        .ask(&state, move |organisation| {
            let after = (!at_start).then_some(asked.after.as_str());
            organisation.duplicates(by, after, PAGE)
        })
        .await?;
    let chosen = by.map_or("", by_word);
    let frame = Frame::of(&visitor, &format!("/contacts/duplicates?by={chosen}"));
    let groups = found.groups.into_iter();
    let page = DuplicatesPage {
        groups: groups
            .filter_map(|group| Group::new(group, &frame))
            .collect(),
        kinds: SharedBy::ALL.map(|by| (by_word(by), name(by, &frame))),
        by: chosen.to_owned(),
        next: found.next,
        at_start,
        may_merge: visitor.may(Permission::Erase),
        frame,
    };
    Ok(frame::render(&page, visitor.lang()))
}

impl Group {
    fn new(group: DuplicateGroup, frame: &Frame) -> Option<Self> {
        let shared: Vec<_> = group.by.iter().map(|by| name(*by, frame)).collect();
        let line = |line: ContactLine| {
            let source = words::source(line.source_kind, frame.lang);
            let day = number::day(line.obtained_on, frame.lang);
            let company = line.company.clone().filter(|_| line.name.is_some());
            let about: Vec<_> = company.into_iter().chain([source, day]).collect();
            let name = line.name.or(line.company);
            Line {
                id: line.id,
                name: name.unwrap_or_else(|| frame.t("unnamed")),
                about: about.join(" · "),
            }
        };
        let mut lines = group.lines.into_iter().map(line);
        Some(Self {
            shared: shared.join(", "),
            first: lines.next()?,
            others: lines.collect(),
            more: (group.more > 0).then(|| frame.n("duplicates-more", group.more)),
        })
    }
}
