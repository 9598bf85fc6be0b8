//! `/retention/list`: the contacts that are due, or wait, and why.

use askama::Template;
use axum::extract::{Query, State};
use operations::Error;
use operations::retention::{DueLine, DueWhich};
use register::Register;
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
#[template(path = "retention/list.html")]
struct ListPage {
    frame: Frame,
    which: &'static str,
    tabs: Vec<(&'static str, String)>,
    about: String,
    lines: Vec<Line>,
    next: Option<String>,
    at_start: bool,
}

struct Line {
    id: String,
    name: String,
    company: Option<String>,
    when: String,
    words: RuleWords,
    held: Option<String>,
}

/// What is asked for.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    which: String,
    after: Option<String>,
}

const fn names(which: DueWhich) -> (&'static str, &'static str) {
    match which {
        DueWhich::Now => ("retention-list-now", "retention-about-now"),
        DueWhich::Review => ("retention-list-review", "retention-about-review"),
        DueWhich::Soon => ("retention-list-soon", "retention-about-soon"),
        DueWhich::Later => ("retention-list-later", "retention-about-soon"),
        DueWhich::Held => ("retention-list-held", "retention-about-held"),
        DueWhich::Waiting => ("retention-list-waiting", "retention-about-waiting"),
    }
}

/// The page.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Answer {
    let (today, lang) = (visitor.today, visitor.lang());
    let which = DueWhich::named(&asked.which).unwrap_or(DueWhich::Now);
    let at_start = asked.after.is_none();
    let (due, register) = visitor
        .ask(&state, move |organisation| {
            let part = |after| organisation.due_contacts(which, after, PAGE, today);
            let due = match part(asked.after.as_deref()) {
                // An address that somebody has typed begins at the start.
                Err(Error::ContactText) => part(None)?,
                other => other?,
            };
            Ok((due, organisation.register_view(today)?.register))
        })
        .await?;
    let frame = Frame::of(&visitor, "/retention/list");
    let page = ListPage {
        which: which.name(),
        tabs: DueWhich::ALL
            .into_iter()
            .map(|one| (one.name(), frame.t(names(one).0)))
            .collect(),
        about: frame.t(names(which).1),
        lines: due
            .lines
            .into_iter()
            .map(|line| Line::new(line, &register, &frame))
            .collect(),
        next: due.next,
        at_start,
        frame,
    };
    Ok(frame::render(&page, lang))
}

impl Line {
    fn new(line: DueLine, register: &Register, frame: &Frame) -> Self {
        Self {
            id: line.contact.id.clone(),
            company: line.contact.company.clone(),
            when: match line.due_on {
                Some(day) => frame.with("retention-from", "day", number::day(day, frame.lang)),
                None => frame.t("retention-open-end"),
            },
            words: RuleWords::new(&line.rule, register, frame),
            held: line
                .held_until
                .map(|day| frame.with("retention-held", "day", number::day(day, frame.lang))),
            name: title(line.contact, frame),
        }
    }
}
