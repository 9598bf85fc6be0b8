//! `/quality`: whether the data on record are right and up to date (GDPR Art. 5(1)(d)), and which contacts
//! should be looked at.

use askama::Template;
use axum::extract::{Path, Query, State};
use operations::OrganisationId;
use operations::access::Permission;
use operations::browse::ContactLine;
use operations::quality::Doubt;
use serde::Deserialize;

use super::contact::title;
use super::frame::{self, Frame};
use super::number;
use super::refusal::{Answer, Refusal};
use crate::auth::Visitor;
use crate::problem::Problem;
use crate::state::AppState;

/// Contacts on one page.
pub(super) const PAGE: u32 = 50;

#[derive(Template)]
#[template(path = "quality/index.html")]
struct QualityPage {
    frame: Frame,
    contacts: String,
    rows: Vec<Row>,
}

/// One thing that is counted.
struct Row {
    name: String,
    /// What can be done about it.
    advice: String,
    count: String,
    /// The list behind the number; `None` if there is nobody on it.
    list: Option<String>,
}

#[derive(Template)]
#[template(path = "quality/list.html")]
struct ListPage {
    frame: Frame,
    title: String,
    advice: String,
    /// What is listed, as the address of the page says it.
    doubt: &'static str,
    lines: Vec<Line>,
    next: Option<String>,
    at_start: bool,
    /// Where this part of the list begins, as the address says it.
    after: String,
    /// Whether people can be asked by mail, and whether the visitor may do so.
    may_ask: bool,
}

struct Line {
    id: String,
    name: String,
    /// Company and since when the contact is on record.
    about: String,
}

/// What is asked for.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    after: String,
}

/// The names of the texts that say what is counted and what can be done about it.
pub(super) const fn texts(doubt: Doubt) -> (&'static str, &'static str) {
    match doubt {
        Doubt::MailCameBack => ("quality-came-back", "quality-came-back-advice"),
        Doubt::WrongNumber => ("quality-wrong-number", "quality-wrong-number-advice"),
        Doubt::NoAddress => ("quality-no-address", "quality-no-address-advice"),
        Doubt::SourceUnclear => ("quality-source", "quality-source-advice"),
        Doubt::NeverConfirmed => ("quality-never", "quality-never-advice"),
        Doubt::ConfirmedOverAYearAgo => ("quality-confirmed-1", "quality-confirmed-1-advice"),
        Doubt::ConfirmedOverTwoYearsAgo => ("quality-confirmed-2", "quality-confirmed-2-advice"),
        Doubt::UnchangedForAYear => ("quality-one-year", "quality-one-year-advice"),
        Doubt::UnchangedForTwoYears => ("quality-two-years", "quality-two-years-advice"),
    }
}

/// Whether somebody on its list may have a mailbox that works.
const fn reached_by_mail(doubt: Doubt) -> bool {
    !matches!(doubt, Doubt::MailCameBack | Doubt::NoAddress)
}

/// The numbers.
pub async fn page(State(state): State<AppState>, visitor: Visitor) -> Answer {
    let today = visitor.today;
    let found = visitor
        .ask(&state, move |organisation| organisation.quality(today))
        .await?;
    let frame = Frame::of(&visitor, "/quality");
    let doubts = found.doubts.iter().map(|(doubt, count)| {
        let list = format!("/quality/{}", doubt.name());
        (texts(*doubt), *count, list)
    });
    let shared = ("quality-shared", "quality-shared-advice");
    let shared = (shared, found.shared, "/contacts/duplicates".to_owned());
    let rows = doubts
        .chain([shared])
        .map(|((name, advice), count, list)| Row {
            name: frame.t(name),
            advice: frame.t(advice),
            count: number::count(count, frame.lang),
            list: (count > 0).then_some(list),
        });
    let page = QualityPage {
        rows: rows.collect(),
        contacts: frame.n("quality-contacts", found.contacts),
        frame,
    };
    Ok(frame::render(&page, visitor.lang()))
}

/// The contacts behind a number.
pub async fn list(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(doubt): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let today = visitor.today;
    let nothing = || Refusal::in_language(Problem::nothing_here(), visitor.lang());
    let doubt = Doubt::named(&doubt).ok_or_else(nothing)?;
    // An address that somebody has typed begins at the start.
    let after: Option<OrganisationId> = asked.after.parse().ok();
    let found = visitor
        .ask(&state, move |organisation| {
            organisation.doubtful(doubt, after, PAGE, today)
        })
        .await?;
    let frame = Frame::of(&visitor, &format!("/quality/{}", doubt.name()));
    let (title, advice) = texts(doubt);
    let page = ListPage {
        title: frame.t(title),
        advice: frame.t(advice),
        doubt: doubt.name(),
        lines: found
            .lines
            .into_iter()
            .map(|line| Line::new(line, &frame))
            .collect(),
        next: found.next.map(|next| next.to_string()),
        at_start: after.is_none(),
        after: after.map_or_else(String::new, |after| after.to_string()),
        may_ask: visitor.may(Permission::ChangeContacts) && reached_by_mail(doubt),
        frame,
    };
    Ok(frame::render(&page, visitor.lang()))
}

impl Line {
    fn new(line: ContactLine, frame: &Frame) -> Self {
        let company = line.company.clone().filter(|_| line.name.is_some());
        let day = number::day(line.obtained_on, frame.lang);
        let since = frame.with("quality-since", "day", day);
        let about: Vec<_> = company.into_iter().chain([since]).collect();
        Self {
            id: line.id.clone(),
            about: about.join(" · "),
            name: title(line, frame),
        }
    }
}
