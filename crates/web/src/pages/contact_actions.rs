//! What is done with one contact: objection, restriction, information, erasure.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use law::{Channel, ChannelSet};
use operations::{ContactRef, Error};
use serde::Deserialize;

use super::frame::{self, Frame};
use super::toast::Toast;
use super::words;
use crate::auth::Visitor;
use crate::auth::form::{Form, Nothing};
use crate::pages::refusal::{Answer, Refusal};
use crate::pages::register::Inputs;
use crate::problem::Problem;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "contact_action.html")]
struct ActionPage {
    frame: Frame,
    id: String,
    action: &'static str,
    name: String,
    today: String,
    channels: Vec<(&'static str, String)>,
    problem: Option<String>,
}

/// Which form is asked for.
#[derive(Clone, Copy)]
enum Action {
    Object,
    Restrict,
    Lift,
    Inform,
    Erase,
}

impl Action {
    const fn name(self) -> &'static str {
        match self {
            Self::Object => "object",
            Self::Restrict => "restrict",
            Self::Lift => "lift",
            Self::Inform => "inform",
            Self::Erase => "erase",
        }
    }
}

async fn show(
    state: &AppState,
    visitor: &Visitor,
    id: String,
    action: Action,
    problem: Option<&str>,
) -> Answer {
    let (named, today, lang) = (id.clone(), visitor.today, visitor.lang());
    let view = visitor
        .ask(state, move |organisation| {
            organisation.contact_view(&named.parse()?, today, lang)
        })
        .await?;
    let here = format!("/contacts/{id}/{}", action.name());
    let frame = Frame::of(visitor, &here);
    let refused = problem.is_some();
    let reaching = Channel::ALL
        .into_iter()
        .filter(|channel| channel.reaches_people());
    let page = ActionPage {
        name: view
            .line
            .name
            .or(view.line.company)
            .unwrap_or_else(|| frame.t("unnamed")),
        id,
        action: action.name(),
        today: today.to_string(),
        channels: reaching
            .map(|channel| (channel.name(), words::channel(channel, lang)))
            .collect(),
        problem: problem.map(|name| frame.t(name)),
        frame,
    };
    let mut response = frame::render(&page, lang);
    if refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

fn contact(visitor: &Visitor, id: &str) -> Result<ContactRef, Refusal> {
    // Only ids: an address in a path would be a person's name in a log.
    let known = id.len() == 32 && id.chars().all(|c| c.is_ascii_hexdigit());
    let parsed = id.parse().ok().filter(|_| known);
    parsed.ok_or_else(|| Refusal::new(Problem::nothing_here(), &visitor.visit))
}

fn back(id: &str, toast: Toast) -> Response {
    toast.then(&format!("/contacts/{id}"))
}

/// The form for an objection.
pub async fn object_page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    contact(&visitor, &id)?;
    show(&state, &visitor, id, Action::Object, None).await
}

/// Records an objection.
pub async fn object(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let (reference, act) = (contact(&visitor, &id)?, visitor.act(&state));
    let on = inputs.day("on").ok().flatten().unwrap_or(visitor.today);
    let channels: ChannelSet = if inputs.get("which") == "some" {
        let chosen = Channel::ALL.into_iter();
        chosen
            .filter(|channel| inputs.has("channels", channel.name()))
            .collect()
    } else {
        ChannelSet::ALL
    };
    let recorded = visitor
        .ask(&state, move |organisation| {
            Ok(organisation.record_objection(&reference, channels, on, &act))
        })
        .await?;
    match recorded {
        Ok(_) => Ok(back(&id, Toast::ObjectionRecorded)),
        Err(Error::NoChannel) => {
            let problem = Some("object-no-channel");
            show(&state, &visitor, id, Action::Object, problem).await
        }
        Err(Error::Future(_)) => {
            show(&state, &visitor, id, Action::Object, Some("day-future")).await
        }
        Err(error) => Err(Refusal::new(error.into(), &visitor.visit)),
    }
}

/// The form for a restriction.
pub async fn restrict_page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    contact(&visitor, &id)?;
    show(&state, &visitor, id, Action::Restrict, None).await
}

/// The form for lifting a restriction.
pub async fn lift_page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    contact(&visitor, &id)?;
    show(&state, &visitor, id, Action::Lift, None).await
}

/// A reason.
#[derive(Deserialize)]
pub struct Reason {
    #[serde(default)]
    reason: String,
}

/// Restricts the processing.
pub async fn restrict(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(reason): Form<Reason>,
) -> Answer {
    set_restricted(&state, &visitor, id, true, reason).await
}

/// Lifts the restriction.
pub async fn lift(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(reason): Form<Reason>,
) -> Answer {
    set_restricted(&state, &visitor, id, false, reason).await
}

async fn set_restricted(
    state: &AppState,
    visitor: &Visitor,
    id: String,
    restricted: bool,
    reason: Reason,
) -> Answer {
    let (reference, act) = (contact(visitor, &id)?, visitor.act(state));
    let done = visitor
        .ask(state, move |organisation| {
            Ok(organisation.restrict_contact(&reference, restricted, &reason.reason, &act))
        })
        .await?;
    let (action, toast) = if restricted {
        (Action::Restrict, Toast::ContactRestricted)
    } else {
        (Action::Lift, Toast::RestrictionLifted)
    };
    match done {
        Ok(_) => Ok(back(&id, toast)),
        Err(Error::Empty(_)) => show(state, visitor, id, action, Some("reason-missing")).await,
        Err(error) => Err(Refusal::new(error.into(), &visitor.visit)),
    }
}

/// The form for noting that the person was informed.
pub async fn inform_page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    contact(&visitor, &id)?;
    show(&state, &visitor, id, Action::Inform, None).await
}

/// Notes that the person was informed.
pub async fn inform(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let (reference, act) = (contact(&visitor, &id)?, visitor.act(&state));
    let Ok(Some(on)) = inputs.day("on") else {
        return show(&state, &visitor, id, Action::Inform, Some("day-wrong")).await;
    };
    let noted = visitor
        .ask(&state, move |organisation| {
            Ok(organisation.note_informed(&reference, on, &act))
        })
        .await?;
    match noted {
        Ok(_) => Ok(back(&id, Toast::InformedNoted)),
        Err(Error::Future(_)) => {
            show(&state, &visitor, id, Action::Inform, Some("day-future")).await
        }
        Err(error) => Err(Refusal::new(error.into(), &visitor.visit)),
    }
}

/// The confirmation before an erasure.
pub async fn erase_page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    contact(&visitor, &id)?;
    show(&state, &visitor, id, Action::Erase, None).await
}

#[derive(Template)]
#[template(path = "contact_erased.html")]
struct ErasedPage {
    frame: Frame,
    entry: i64,
    suppressed: u64,
}

/// Erases the person.
pub async fn erase(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    _: Form<Nothing>,
) -> Answer {
    let (reference, act) = (contact(&visitor, &id)?, visitor.act(&state));
    let erased = visitor
        .ask(&state, move |organisation| {
            organisation.erase(&reference, &act)
        })
        .await?;
    let page = ErasedPage {
        frame: Frame::of(&visitor, "/contacts"),
        entry: erased.entry,
        suppressed: erased.suppressed as u64,
    };
    Ok(frame::render(&page, visitor.lang()))
}
