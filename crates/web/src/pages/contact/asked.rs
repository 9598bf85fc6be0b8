//! What is done with one contact: objection, restriction, information, erasure.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use law::{Channel, ChannelSet, Lang, written_citations};
use operations::Error;
use operations::retention::RetentionFault;

use super::{contact, title};
use crate::auth::Visitor;
use crate::auth::form::{Form, Nothing};
use crate::pages::frame::{self, Frame};
use crate::pages::number;
use crate::pages::refusal::{Answer, Refusal};
use crate::pages::register::Inputs;
use crate::pages::toast::Toast;
use crate::pages::words;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "contact/asked.html")]
struct ActionPage {
    frame: Frame,
    id: String,
    action: &'static str,
    name: String,
    today: String,
    channels: Vec<(&'static str, String)>,
    inputs: Inputs,
    problem: Option<String>,
    /// What an erasure would wait for.
    waits: Option<String>,
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
    inputs: Inputs,
    problem: Option<&str>,
) -> Answer {
    let (reference, lang) = (contact(visitor, &id)?, visitor.lang());
    let today = visitor.today;
    let (line, kept) = visitor
        .ask(state, move |organisation| {
            let line = organisation.contact_line(&reference)?;
            let kept = match action {
                Action::Erase => organisation.what_delays_erasure(&reference, today)?,
                _ => None,
            };
            Ok((line, kept))
        })
        .await?;
    let frame = Frame::of(visitor, &format!("/contacts/{id}/{}", action.name()));
    let waits = kept.map(|kept| {
        let (day, why) = (
            number::day(kept.until, lang),
            provisions(&kept.provisions, lang),
        );
        frame.with_all("erase-waits", &[("day", &day), ("why", &why)])
    });
    let status = problem.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    let reaching = Channel::ALL
        .into_iter()
        .filter(|channel| channel.reaches_people());
    let page = ActionPage {
        name: title(line, &frame),
        id,
        action: action.name(),
        today: visitor.today.to_string(),
        channels: reaching
            .map(|channel| (channel.name(), words::channel(channel, lang)))
            .collect(),
        inputs,
        problem: problem.map(|name| frame.t(name)),
        waits,
        frame,
    };
    let mut response = frame::render(&page, lang);
    *response.status_mut() = status;
    Ok(response)
}

/// Provisions in the language of the page.
fn provisions(labels: &[String], lang: Lang) -> String {
    let written = labels.iter().map(|label| written_citations(label, lang));
    written.collect::<Vec<_>>().join(", ")
}

/// The form as it is asked for first.
async fn fresh(state: &AppState, visitor: &Visitor, id: String, action: Action) -> Answer {
    let mut inputs = Inputs::default();
    inputs.add("on", visitor.today.to_string());
    show(state, visitor, id, action, inputs, None).await
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
    fresh(&state, &visitor, id, Action::Object).await
}

/// Records an objection.
pub async fn object(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let (reference, act) = (contact(&visitor, &id)?, visitor.act(&state));
    let again = async |inputs, problem| {
        show(
            &state,
            &visitor,
            id.clone(),
            Action::Object,
            inputs,
            Some(problem),
        )
        .await
    };
    let Ok(on) = inputs.day("on") else {
        return again(inputs, "day-wrong").await;
    };
    // Who objects need not say when: without a day it counts from today.
    let on = on.unwrap_or(visitor.today);
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
        Err(Error::NoChannel) => again(inputs, "object-no-channel").await,
        Err(Error::Future(_)) => again(inputs, "day-future").await,
        Err(error) => Err(Refusal::new(error.into(), &visitor.visit)),
    }
}

/// The form for a restriction.
pub async fn restrict_page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    fresh(&state, &visitor, id, Action::Restrict).await
}

/// The form for lifting a restriction.
pub async fn lift_page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    fresh(&state, &visitor, id, Action::Lift).await
}

/// Restricts the processing.
pub async fn restrict(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(inputs): Form<Inputs>,
) -> Answer {
    set_restricted(&state, &visitor, id, None, inputs).await
}

/// Lifts the restriction.
pub async fn lift(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let Ok(told_on) = inputs.get("told_on").parse() else {
        let problem = Some("lift-untold");
        return show(&state, &visitor, id, Action::Lift, inputs, problem).await;
    };
    set_restricted(&state, &visitor, id, Some(told_on), inputs).await
}

/// Restricts, or lifts the restriction if the person was told so on a day.
async fn set_restricted(
    state: &AppState,
    visitor: &Visitor,
    id: String,
    told_on: Option<Date>,
    inputs: Inputs,
) -> Answer {
    let (reference, act) = (contact(visitor, &id)?, visitor.act(state));
    let reason = inputs.get("reason").to_owned();
    let done = visitor
        .ask(state, move |organisation| {
            Ok(match told_on {
                None => organisation.restrict_contact(&reference, &reason, &act),
                Some(on) => organisation.lift_restriction(&reference, on, &reason, &act),
            })
        })
        .await?;
    let (action, toast) = if told_on.is_none() {
        (Action::Restrict, Toast::ContactRestricted)
    } else {
        (Action::Lift, Toast::RestrictionLifted)
    };
    match done {
        Ok(_) => Ok(back(&id, toast)),
        Err(Error::Empty(_)) => {
            let problem = Some("reason-missing");
            show(state, visitor, id, action, inputs, problem).await
        }
        Err(Error::Future(_)) => {
            let problem = Some("day-future");
            show(state, visitor, id, action, inputs, problem).await
        }
        Err(Error::Retention(RetentionFault::ErasureWaits)) => {
            let problem = Some("lift-erasure-waits");
            show(state, visitor, id, action, inputs, problem).await
        }
        Err(error) if error.is_too_long() => {
            let problem = Some("note-too-long");
            show(state, visitor, id, action, inputs, problem).await
        }
        Err(error) => Err(Refusal::new(error.into(), &visitor.visit)),
    }
}

/// The form for noting that the person was informed.
pub async fn inform_page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    fresh(&state, &visitor, id, Action::Inform).await
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
        let problem = Some("day-wrong");
        return show(&state, &visitor, id, Action::Inform, inputs, problem).await;
    };
    let noted = visitor
        .ask(&state, move |organisation| {
            Ok(organisation.note_informed(&reference, on, &act))
        })
        .await?;
    match noted {
        Ok(_) => Ok(back(&id, Toast::InformedNoted)),
        Err(Error::Future(_)) => {
            let problem = Some("day-future");
            show(&state, &visitor, id, Action::Inform, inputs, problem).await
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
    fresh(&state, &visitor, id, Action::Erase).await
}

#[derive(Template)]
#[template(path = "contact/erased.html")]
struct ErasedPage {
    frame: Frame,
    entry: i64,
    suppressed: u64,
    /// Until when the erasure waits, and for what.
    waits: Option<String>,
    contact: String,
    /// How many recipients are told.
    told: u64,
}

/// Erases the person.
pub async fn erase(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    _: Form<Nothing>,
) -> Answer {
    let (reference, act) = (contact(&visitor, &id)?, visitor.act(&state));
    let (erased, told) = visitor
        .ask(&state, move |organisation| {
            let erased = organisation.erase(&reference, &act)?;
            let told = organisation.recipients_told(erased.contact, act.at)?;
            let of_this = told.iter().filter(|line| line.cause == erased.entry);
            Ok((erased.clone(), of_this.count() as u64))
        })
        .await?;
    let (frame, lang) = (Frame::of(&visitor, "/contacts"), visitor.lang());
    let page = ErasedPage {
        entry: erased.entry,
        suppressed: erased.suppressed as u64,
        waits: erased.waits_until.map(|day| {
            let (day, why) = (number::day(day, lang), provisions(&erased.waits_for, lang));
            frame.with_all("erased-waits-lead", &[("day", &day), ("why", &why)])
        }),
        contact: erased.contact.to_string(),
        told,
        frame,
    };
    Ok(frame::render(&page, lang))
}
