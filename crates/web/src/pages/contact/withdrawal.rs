//! The withdrawal of a consent (GDPR Art. 7(3)).

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use law::ChannelSet;
use operations::Error;

use super::consent::{nameable, named_channels};
use super::note::advertising;
use super::{contact, title};
use crate::auth::Visitor;
use crate::auth::form::Form;
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::Answer;
use crate::pages::register::Inputs;
use crate::pages::toast::Toast;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "contact/withdrawal.html")]
struct WithdrawalPage {
    frame: Frame,
    id: String,
    name: String,
    inputs: Inputs,
    problem: Option<String>,
    today: String,
    activities: Vec<(String, String)>,
    channels: Vec<(String, String)>,
}

async fn show(
    state: &AppState,
    visitor: &Visitor,
    id: String,
    inputs: Inputs,
    problem: Option<&str>,
) -> Answer {
    let (reference, lang, today) = (contact(visitor, &id)?, visitor.lang(), visitor.today);
    let (line, register) = visitor
        .ask(state, move |organisation| {
            let line = organisation.contact_line(&reference)?;
            Ok((line, organisation.register_view(today)?.register))
        })
        .await?;
    let frame = Frame::of(visitor, &format!("/contacts/{id}/withdraw"));
    let status = problem.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    let page = WithdrawalPage {
        name: title(line, &frame),
        id,
        today: today.to_string(),
        problem: problem.map(|name| frame.t(name)),
        activities: advertising(&register),
        channels: nameable(lang),
        inputs,
        frame,
    };
    let mut response = frame::render(&page, lang);
    *response.status_mut() = status;
    Ok(response)
}

/// The form for a withdrawal.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(mut inputs): Query<Inputs>,
) -> Answer {
    inputs.add("on", visitor.today.to_string());
    show(&state, &visitor, id, inputs, None).await
}

/// Records a withdrawal.
pub async fn withdraw(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let (reference, act) = (contact(&visitor, &id)?, visitor.act(&state));
    let channels = match inputs.get("which") {
        "some" => named_channels(&inputs),
        _ => ChannelSet::ALL,
    };
    let Ok(on) = inputs.day("on") else {
        return show(&state, &visitor, id, inputs, Some("day-wrong")).await;
    };
    // Who withdraws need not say when: without a day it counts from today.
    let on = on.unwrap_or(visitor.today);
    if channels.is_empty() {
        return show(&state, &visitor, id, inputs, Some("object-no-channel")).await;
    }
    let activity = inputs.some("activity");
    let done = visitor
        .ask(&state, move |organisation| {
            let activity = activity.as_deref();
            match organisation.withdraw_consent(&reference, activity, channels, on, &act) {
                Ok(_) => Ok(None),
                Err(Error::Future(_)) => Ok(Some("day-future")),
                Err(Error::Purpose(_)) => Ok(Some("note-activity-missing")),
                Err(Error::NothingToTakeBack(_)) => Ok(Some("withdraw-nothing")),
                Err(error) => Err(error),
            }
        })
        .await?;
    match done {
        None => Ok(Toast::ConsentWithdrawn.then(&format!("/contacts/{id}"))),
        Some(problem) => show(&state, &visitor, id, inputs, Some(problem)).await,
    }
}
