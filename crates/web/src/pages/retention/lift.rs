//! `/contacts/{id}/holds/{hold}/lift`: lifting a legal hold, with what that sets off.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use operations::Error;
use operations::retention::{HoldLine, RetentionFault};

use super::fault;
use crate::auth::Visitor;
use crate::auth::form::Form;
use crate::pages::contact::{contact, title};
use crate::pages::frame::{self, Frame};
use crate::pages::number;
use crate::pages::refusal::Answer;
use crate::pages::register::Inputs;
use crate::pages::toast::Toast;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "retention/lift.html")]
struct LiftPage {
    frame: Frame,
    id: String,
    name: String,
    hold: HoldLine,
    until: String,
    erases: bool,
    problem: Option<String>,
    inputs: Inputs,
}

async fn show(
    state: &AppState,
    visitor: &Visitor,
    (id, hold): (String, String),
    inputs: Inputs,
    problem: Option<RetentionFault>,
) -> Answer {
    let (reference, today, lang) = (contact(visitor, &id)?, visitor.today, visitor.lang());
    let (line, hold, erases) = visitor
        .ask(state, move |organisation| {
            let kept = organisation.contact_retention(&reference, today)?;
            let found = kept.holds.into_iter().find(|line| line.id == hold);
            let found = found.ok_or(RetentionFault::UnknownHold)?;
            Ok((kept.contact, found, kept.erasure_waits_since.is_some()))
        })
        .await?;
    let frame = Frame::of(visitor, &format!("/contacts/{id}/retention"));
    let page = LiftPage {
        name: title(line, &frame),
        until: frame.with("hold-until", "day", number::day(hold.ends_on, lang)),
        problem: problem.map(|why| fault(why, &frame)),
        hold,
        erases,
        inputs,
        id,
        frame,
    };
    let mut response = frame::render(&page, lang);
    if problem.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// The form.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(which): Path<(String, String)>,
) -> Answer {
    show(&state, &visitor, which, Inputs::default(), None).await
}

/// Lifts the hold.
pub async fn lift(
    State(state): State<AppState>,
    visitor: Visitor,
    Path((id, hold)): Path<(String, String)>,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let (reference, act) = (contact(&visitor, &id)?, visitor.act(&state));
    let (reason, which) = (inputs.get("reason").to_owned(), hold.clone());
    let lifted = visitor
        .ask(&state, move |organisation| {
            let hold = which.parse().map_err(|_| Error::ContactText)?;
            match organisation.lift_hold(&reference, hold, &reason, &act) {
                Err(Error::Retention(why @ RetentionFault::LiftText)) => Ok(Err(why)),
                other => other.map(Ok),
            }
        })
        .await?;
    match lifted {
        Ok(_) => Ok(Toast::HoldLifted.then(&format!("/contacts/{id}/retention"))),
        Err(why) => show(&state, &visitor, (id, hold), inputs, Some(why)).await,
    }
}
