//! `/requests`: what people asked for about their data, with the last day for each answer.

use askama::Template;
use axum::extract::{Path, State};
use operations::OrganisationId;
use operations::access::Permission;
use operations::preferences::RequestKind;

use crate::auth::Visitor;
use crate::auth::form::{Form, Nothing};
use crate::pages::frame::{self, Frame};
use crate::pages::number;
use crate::pages::refusal::{Answer, Refusal};
use crate::pages::toast::Toast;
use crate::problem::Problem;
use crate::state::AppState;

/// Requests on the page.
const MOST: u32 = 200;

#[derive(Template)]
#[template(path = "contact/requests.html")]
struct RequestsPage {
    frame: Frame,
    lines: Vec<Line>,
    may_change: bool,
}

struct Line {
    id: String,
    contact: String,
    name: Option<String>,
    what: String,
    asked: String,
    due: String,
    overdue: bool,
}

/// The requests that wait.
pub async fn page(State(state): State<AppState>, visitor: Visitor) -> Answer {
    let open = visitor
        .ask(&state, |organisation| organisation.open_requests(MOST))
        .await?;
    let (lang, today) = (visitor.lang(), visitor.today);
    let frame = Frame::of(&visitor, "/requests");
    let lines = open.into_iter().map(|line| Line {
        id: line.id.to_string(),
        contact: line.contact.to_string(),
        name: line.name,
        what: frame.t(match line.kind {
            RequestKind::Access => "requests-access",
            RequestKind::Erasure => "requests-erasure",
        }),
        asked: number::day(line.asked_on, lang),
        due: number::day(line.due_on, lang),
        overdue: line.due_on < today,
    });
    let page = RequestsPage {
        lines: lines.collect(),
        may_change: visitor.may(Permission::ChangeContacts),
        frame,
    };
    Ok(frame::render(&page, lang))
}

/// Notes that one was answered.
pub async fn answered(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    _: Form<Nothing>,
) -> Answer {
    let nothing = |_| Refusal::new(Problem::nothing_here(), &visitor.visit);
    let id: OrganisationId = id.parse().map_err(nothing)?;
    let act = visitor.act(&state);
    let noted = visitor
        .ask(&state, move |organisation| {
            organisation.request_answered(id, &act)
        })
        .await?;
    match noted {
        Some(_) => Ok(Toast::RequestAnswered.then("/requests")),
        None => Err(Refusal::new(Problem::nothing_here(), &visitor.visit)),
    }
}
