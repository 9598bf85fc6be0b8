//! `/requests/{id}/close`: the answer, or the refusal with reasons; a text to begin with stands there.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect};
use operations::access_answer::closing;
use operations::request::{Closing, Ground, Outcome, RequestFault, RequestKind, answer_template};
use operations::{ContactRef, Error};
use serde::Deserialize;

use super::{Line, id_of, people, told};
use crate::auth::Visitor;
use crate::auth::form::Form;
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::{Answer, Refusal};
use crate::pages::register::Inputs;
use crate::pages::toast::Toast;
use crate::problem::Problem;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "request/close.html")]
struct ClosePage {
    frame: Frame,
    line: Line,
    seen: String,
    outcome: &'static str,
    title: &'static str,
    refuses: bool,
    /// Whether it has to be said why what is asked for was not done.
    not_done: bool,
    needs_text: bool,
    grounds: Vec<(String, String)>,
    address: Option<String>,
    text: String,
    inputs: Inputs,
    problem: Option<String>,
}

/// Which answer.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    outcome: String,
}

fn outcome(name: &str) -> Outcome {
    let named = Outcome::named(name);
    let named = named.filter(|outcome| !matches!(outcome, Outcome::Joined | Outcome::Discarded));
    named.unwrap_or(Outcome::Answered)
}

/// The form.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let outcome = outcome(&asked.outcome);
    show(&state, &visitor, &id, outcome, Inputs::default(), None).await
}

/// What the form does.
const fn title(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Answered | Outcome::Joined | Outcome::Discarded => "requests-answer-do",
        Outcome::NothingStored => "requests-nothing-do",
        Outcome::Refused => "requests-refuse-do",
        Outcome::Withdrawn => "requests-withdrawn-do",
    }
}

const fn ground_name(ground: Ground) -> &'static str {
    match ground {
        Ground::ManifestlyUnfounded => "requests-ground-unfounded",
        Ground::Excessive => "requests-ground-excessive",
        Ground::NotIdentifiable => "requests-ground-not-identifiable",
        Ground::StatutoryRetention => "requests-ground-retention",
        Ground::LegalClaims => "requests-ground-claims",
        Ground::Other => "requests-ground-other",
    }
}

async fn show(
    state: &AppState,
    visitor: &Visitor,
    id: &str,
    outcome: Outcome,
    inputs: Inputs,
    problem: Option<String>,
) -> Answer {
    let (request, today) = (id_of(visitor, id)?, visitor.today);
    let now = state.now().timestamp();
    let (view, released) = visitor
        .ask(state, move |organisation| {
            let view = organisation.request_view(request, today)?;
            let contact = view.line.contact.map(ContactRef::Id);
            let released = match contact.filter(|_| view.line.kind.is_for_data()) {
                Some(contact) => organisation.answer_in_force(&contact, now)?,
                None => None,
            };
            Ok((view, released))
        })
        .await?;
    if view.line.answered_on.is_some() || view.line.kind == RequestKind::Unsorted {
        return Ok(Redirect::to(&format!("/requests/{id}")).into_response());
    }
    let people = people(state, visitor).await?;
    let frame = Frame::of(
        visitor,
        &format!("/requests/{id}/close?outcome={}", outcome.name()),
    );
    let text = inputs.some("text").unwrap_or_else(|| {
        match released.filter(|_| outcome == Outcome::Answered) {
            Some(released) => closing(released.by_mail, view.lang).to_owned(),
            None => answer_template(view.line.kind, outcome, view.lang).to_owned(),
        }
    });
    let status = problem
        .as_ref()
        .map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    let page = ClosePage {
        seen: inputs.some("seen").unwrap_or(view.seen.to_string()),
        outcome: outcome.name(),
        title: title(outcome),
        refuses: outcome == Outcome::Refused,
        not_done: outcome == Outcome::Answered && view.done == Some(false),
        needs_text: outcome != Outcome::Withdrawn,
        grounds: Ground::ALL
            .map(|ground| (ground.name().to_owned(), frame.t(ground_name(ground))))
            .to_vec(),
        address: view.address,
        text,
        line: Line::new(view.line, visitor, &people, &frame),
        inputs,
        problem,
        frame,
    };
    let mut response = frame::render(&page, visitor.lang());
    *response.status_mut() = status;
    Ok(response)
}

/// Sends the answer and closes the request.
pub async fn close(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let request = id_of(&visitor, &id)?;
    let unreadable = || Refusal::new(Problem::unreadable_form(), &visitor.visit);
    let seen = inputs.get("seen").parse().map_err(|_| unreadable())?;
    let outcome = outcome(inputs.get("outcome"));
    let closing = Closing {
        outcome,
        text: inputs.get("text").to_owned(),
        ground: Ground::named(inputs.get("ground")),
        told_otherwise: inputs.is_on("told"),
        not_done: inputs.get("not_done").to_owned(),
    };
    let act = visitor.act(&state);
    let closed = visitor
        .ask(&state, move |organisation| {
            match organisation.close_request(request, seen, &closing, &act) {
                Ok(_) => Ok(Ok(())),
                Err(Error::Request(RequestFault::NotCarried(why))) => {
                    Ok(Err(("requests-not-carried", why)))
                }
                Err(error) => told(&error)
                    .map(|name| Err((name, String::new())))
                    .ok_or(error),
            }
        })
        .await?;
    match closed {
        Ok(()) => Ok(Toast::RequestAnswered.then(&format!("/requests/{id}"))),
        Err((name, why)) => {
            let problem = Frame::of(&visitor, "").with(name, "why", why);
            show(&state, &visitor, &id, outcome, inputs, Some(problem)).await
        }
    }
}
