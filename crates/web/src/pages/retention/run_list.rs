//! `/retention/runs/{id}/contacts`: who goes in a run, and by which rule.

use askama::Template;
use axum::extract::{Path, Query, State};
use operations::Error;
use serde::Deserialize;

use super::RuleWords;
use crate::auth::Visitor;
use crate::pages::contact::title;
use crate::pages::frame::{self, Frame};
use crate::pages::number;
use crate::pages::refusal::Answer;
use crate::state::AppState;

/// Contacts on one page.
const PAGE: u32 = 50;

#[derive(Template)]
#[template(path = "retention/run_list.html")]
struct ListPage {
    frame: Frame,
    id: String,
    as_of: String,
    lines: Vec<Line>,
    next: Option<String>,
    at_start: bool,
}

struct Line {
    id: String,
    name: String,
    company: Option<String>,
    words: RuleWords,
    due: String,
}

/// What is asked for.
#[derive(Deserialize)]
pub struct Asked {
    after: Option<String>,
}

/// The page.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let (today, lang) = (visitor.today, visitor.lang());
    let (at_start, run) = (asked.after.is_none(), id.clone());
    let (found, register) = visitor
        .ask(&state, move |organisation| {
            let run = run.parse().map_err(|_| Error::ContactText)?;
            let after = asked.after.as_deref();
            let found = organisation.retention_run_contacts(run, after, PAGE)?;
            Ok((found, organisation.register_view(today)?.register))
        })
        .await?;
    let frame = Frame::of(&visitor, "/retention");
    let lines = found.lines.into_iter().map(|line| Line {
        company: line.line.as_ref().and_then(|line| line.company.clone()),
        name: line.line.map_or_else(
            || frame.t("retention-unreadable"),
            |line| title(line, &frame),
        ),
        words: RuleWords::new(&line.rule, &register, &frame),
        due: frame.with("retention-from", "day", number::day(line.due_on, lang)),
        id: line.id,
    });
    let page = ListPage {
        id,
        as_of: number::day(found.as_of, lang),
        lines: lines.collect(),
        next: found.next,
        at_start,
        frame,
    };
    Ok(frame::render(&page, lang))
}
