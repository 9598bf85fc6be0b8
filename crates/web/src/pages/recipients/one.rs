//! One notice: what became of it, sending it again, and an answer that came another way.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use operations::access::Permission;
use operations::recipients::Answer as Answered;
use operations::{Error, OrganisationId};
use serde::Deserialize;

use super::words::Line;
use crate::auth::Visitor;
use crate::auth::form::{Form, Nothing};
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::{Answer, Refusal};
use crate::pages::toast::Toast;
use crate::problem::Problem;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "recipients/one.html")]
struct NoticePage {
    frame: Frame,
    line: Line,
    may_change: bool,
    reason: String,
    problem: Option<String>,
}

/// An answer as it is noted.
#[derive(Deserialize)]
pub struct Given {
    #[serde(default)]
    answer: String,
    #[serde(default)]
    reason: String,
}

impl Given {
    /// The answer; without the reason that a refusal needs it is an error.
    pub fn answered(&self) -> Answered {
        if self.answer == "done" {
            Answered::Done
        } else {
            Answered::Refused(self.reason.clone())
        }
    }

    /// The reason as it was written.
    pub fn into_reason(self) -> String {
        self.reason
    }
}

/// The page.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    show(&state, &visitor, &id, String::new(), None).await
}

async fn show(
    state: &AppState,
    visitor: &Visitor,
    id: &str,
    reason: String,
    problem: Option<&'static str>,
) -> Answer {
    let notice = id_of(visitor, id)?;
    let now = state.now().timestamp();
    let line = visitor
        .ask(state, move |organisation| {
            organisation.recipient_notice(notice, now)
        })
        .await?;
    let zone = state.now().time_zone().clone();
    let frame = Frame::of(visitor, &format!("/recipients/notices/{notice}"));
    let page = NoticePage {
        line: Line::new(line, &frame, &zone),
        may_change: visitor.may(Permission::ChangeContacts),
        reason,
        problem: problem.map(|name| frame.t(name)),
        frame,
    };
    let mut response = frame::render(&page, visitor.lang());
    if problem.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// Has it sent again.
pub async fn again(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    _: Form<Nothing>,
) -> Answer {
    let (notice, act) = (id_of(&visitor, &id)?, visitor.act(&state));
    let done = visitor
        .ask(&state, move |organisation| {
            organisation.tell_recipient_again(notice, &act)
        })
        .await?;
    if done {
        let here = format!("/recipients/notices/{notice}");
        return Ok(Toast::RecipientToldAgain.then(&here));
    }
    let settled = Some("notices-settled-already");
    show(&state, &visitor, &id, String::new(), settled).await
}

/// Notes an answer.
pub async fn answer(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(given): Form<Given>,
) -> Answer {
    let (notice, act) = (id_of(&visitor, &id)?, visitor.act(&state));
    let answered = given.answered();
    let noted = visitor
        .ask(&state, move |organisation| {
            match organisation.note_recipients_answer(notice, &answered, &act) {
                Ok(noted) => Ok(Some(noted)),
                Err(Error::Empty(_)) => Ok(None),
                Err(error) => Err(error),
            }
        })
        .await?;
    let problem = match noted {
        Some(true) => {
            let here = format!("/recipients/notices/{notice}");
            return Ok(Toast::RecipientAnswered.then(&here));
        }
        Some(false) => "notices-settled-already",
        None => "notices-needs-reason",
    };
    show(&state, &visitor, &id, given.into_reason(), Some(problem)).await
}

fn id_of(visitor: &Visitor, id: &str) -> Result<OrganisationId, Refusal> {
    let wrong = |_| Refusal::new(Problem::nothing_here(), &visitor.visit);
    id.parse().map_err(wrong)
}
