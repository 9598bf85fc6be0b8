//! `/requests`: the board, by deadline.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use operations::access::Permission;
use operations::request::RequestLine;

use super::{Line, people};
use crate::auth::Visitor;
use crate::pages::frame::{self, Frame};
use crate::pages::number;
use crate::pages::refusal::{Answer, Refusal};
use crate::state::AppState;

/// Open requests on the page.
const MOST: u32 = 300;

#[derive(Template)]
#[template(path = "request/board.html")]
struct BoardPage {
    frame: Frame,
    groups: Vec<Group>,
    closed: Vec<Line>,
    may_change: bool,
    public_page: String,
    calendar: CalendarView,
}

struct Group {
    id: &'static str,
    title: &'static str,
    class: &'static str,
    lines: Vec<Line>,
}

/// The state of the visitor's calendar link.
#[derive(Default)]
pub struct CalendarView {
    /// The address, shown once, right after it was made.
    pub made: Option<String>,
    /// Since when there is one.
    pub since: Option<String>,
}

/// The board.
pub async fn page(State(state): State<AppState>, visitor: Visitor) -> Answer {
    show(&state, &visitor, None).await
}

pub async fn show(
    state: &AppState,
    visitor: &Visitor,
    made: Option<String>,
) -> Result<Response, Refusal> {
    let (lang, today) = (visitor.lang(), visitor.today);
    let account = visitor.visit.session.account;
    let (board, since) = visitor
        .ask(state, move |organisation| {
            let board = organisation.requests_board(today, MOST)?;
            Ok((board, organisation.request_calendar_since(account)?))
        })
        .await?;
    let people = people(state, visitor).await?;
    let frame = Frame::of(visitor, "/requests");
    let lines = |lines: Vec<RequestLine>| -> Vec<Line> {
        let lines = lines.into_iter();
        lines
            .map(|line| Line::new(line, visitor, &people, &frame))
            .collect()
    };
    let groups = [
        (
            "unsorted",
            "requests-group-unsorted",
            "review",
            board.unsorted,
        ),
        (
            "overdue",
            "requests-group-overdue",
            "refused",
            board.overdue,
        ),
        ("week", "requests-group-week", "review", board.this_week),
        ("later", "requests-group-later", "", board.later),
    ];
    let groups = groups.map(|(id, title, class, found)| Group {
        id,
        title,
        class,
        lines: lines(found),
    });
    let zone = state.now().time_zone().clone();
    let page = BoardPage {
        groups: groups
            .into_iter()
            .filter(|group| !group.lines.is_empty())
            .collect(),
        closed: lines(board.closed),
        may_change: visitor.may(Permission::ChangeContacts),
        public_page: format!("/rights/{}", visitor.organisation.id()),
        calendar: CalendarView {
            made,
            since: since.map(|at| number::time(at, &zone, lang)),
        },
        frame,
    };
    Ok(frame::render(&page, lang))
}
