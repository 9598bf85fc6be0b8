//! `/contacts/{id}/call`: one call, with the answer of the gate and the sentence to begin with.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect};
use operations::access::Permission;
use operations::call::{CallLine, CallOutcome, Opening};
use operations::{ContactRef, Error};
use serde::Deserialize;

use super::{Made, activities, outcome_name};
use crate::auth::Visitor;
use crate::auth::form::Form;
use crate::pages::contact::answer::Answer as GateAnswer;
use crate::pages::contact::{contact, title};
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::{Answer, Refusal};
use crate::pages::toast::Toast;
use crate::problem::Problem;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "call/one.html")]
struct CallPage {
    frame: Frame,
    id: String,
    name: String,
    company: Option<String>,
    activities: Vec<(String, String)>,
    activity: String,
    phones: Vec<String>,
    permitted: bool,
    may_document: bool,
    answer: GateAnswer,
    circumstance: Option<String>,
    source: String,
    opening: String,
    calls: Vec<Made>,
    /// The call that is under way.
    running: Option<String>,
    outcomes: Vec<(&'static str, String)>,
    may_change: bool,
    problem: Option<String>,
}

/// Which activity the call is for.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    activity: String,
}

/// What came of a call.
#[derive(Deserialize)]
pub struct Ended {
    #[serde(default)]
    outcome: String,
}

/// Before the call.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let reference = contact(&visitor, &id)?;
    show(&state, &visitor, reference, asked.activity, None, None).await
}

/// During the call: what came of it is asked for.
pub async fn running(
    State(state): State<AppState>,
    visitor: Visitor,
    Path((id, call)): Path<(String, String)>,
) -> Answer {
    let reference = contact(&visitor, &id)?;
    show(&state, &visitor, reference, String::new(), Some(call), None).await
}

async fn show(
    state: &AppState,
    visitor: &Visitor,
    reference: ContactRef,
    activity: String,
    running: Option<String>,
    problem: Option<&'static str>,
) -> Answer {
    let (today, lang) = (visitor.today, visitor.lang());
    let zone = state.now().time_zone().clone();
    let path = format!("/contacts/{}/call", told(&reference));
    let frame = Frame::of(visitor, &path);
    let words = Frame::of(visitor, &path);
    let shown = running.clone();
    let found = visitor
        .ask(state, move |organisation| {
            let register = organisation.register_view(today)?.register;
            let known = activities(&register);
            let mut found = None;
            for (activity_id, _) in &known {
                let line = organisation.call_line(&reference, activity_id, (today, lang))?;
                let wanted = match &shown {
                    Some(call) => line.calls.iter().any(|one| one.id == *call),
                    None => activity.is_empty() || *activity_id == activity,
                };
                if wanted {
                    found = Some((activity_id.clone(), line));
                    break;
                }
            }
            let Some((activity, line)) = found else {
                // Without an activity nobody is called; the sheet says so.
                organisation.contact_line(&reference)?;
                return Ok(None);
            };
            let calls = line.calls.iter();
            let made = calls.map(|call| Made::new(call, organisation, &zone, &words));
            Ok(Some((
                known,
                activity,
                made.rev().collect::<Vec<_>>(),
                line,
            )))
        })
        .await?;
    let Some((activities, activity, calls, line)) = found else {
        if running.is_some() {
            return Err(Refusal::new(Problem::nothing_here(), &visitor.visit));
        }
        return Ok(Redirect::to("/calls").into_response());
    };
    let open = |call: &str| {
        line.calls
            .iter()
            .any(|c| c.id == call && c.outcome.is_none())
    };
    if running.as_deref().is_some_and(|call| !open(call)) {
        let back = format!("/contacts/{}", line.contact.id);
        return Ok(Redirect::to(&back).into_response());
    }
    let opening = opening(&line, visitor);
    let permitted = line.decided.decision.verdict == "permitted" && line.decided.reachable;
    let steps = line.decided.decision.next_steps.iter();
    let may_document = steps
        .map(|step| step.code)
        .any(|code| code == "document_presumed_consent");
    let decided = line.decided;
    let status = problem.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    let page = CallPage {
        id: line.contact.id.clone(),
        company: line.contact.company.clone(),
        name: title(line.contact, &frame),
        activities,
        activity,
        phones: line.phones,
        permitted,
        may_document,
        answer: GateAnswer::of_decision(decided.decision, decided.reachable, lang),
        circumstance: line.circumstance,
        source: line.source,
        opening,
        calls,
        running,
        outcomes: CallOutcome::ALL
            .map(|outcome| (outcome.name(), frame.t(outcome_name(outcome))))
            .to_vec(),
        may_change: visitor.may(Permission::ChangeContacts),
        problem: problem.map(|name| frame.t(name)),
        frame,
    };
    let mut response = frame::render(&page, lang);
    *response.status_mut() = status;
    Ok(response)
}

fn told(reference: &ContactRef) -> String {
    match reference {
        ContactRef::Id(id) => id.to_string(),
        _ => String::new(),
    }
}

/// The sentence to begin with.
fn opening(line: &CallLine, visitor: &Visitor) -> String {
    let opening = Opening {
        caller: Some(&visitor.visit.session.profile.name),
        organisation: visitor.organisation.name(),
        topic: None,
        basis: line.decided.decision.legal_basis,
        has_circumstance: line.circumstance.is_some(),
    };
    opening.text(visitor.lang())
}

/// Begins the call, if the gate permits it now.
pub async fn begin(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(asked): Form<Asked>,
) -> Answer {
    let reference = contact(&visitor, &id)?;
    let (act, lang, today) = (visitor.act(&state), visitor.lang(), visitor.today);
    let caller = visitor.clone();
    let (who, activity) = (reference.clone(), asked.activity.clone());
    let begun = visitor
        .ask(&state, move |organisation| {
            let line = match organisation.call_line(&who, &activity, (today, lang)) {
                Err(Error::Purpose(_)) => return Ok(Err("note-activity-missing")),
                other => other?,
            };
            let opening = opening(&line, &caller);
            match organisation.begin_call(&who, &activity, &opening, lang, &act) {
                Ok(call) => Ok(Ok(call)),
                Err(Error::NotPermitted) => Ok(Err("call-refused")),
                Err(error) => Err(error),
            }
        })
        .await?;
    match begun {
        Ok(call) => {
            let running = format!("/contacts/{id}/call/{}", call.id);
            Ok(Redirect::to(&running).into_response())
        }
        Err(problem) => {
            let problem = Some(problem);
            show(&state, &visitor, reference, asked.activity, None, problem).await
        }
    }
}

/// Writes down what came of the call.
pub async fn end(
    State(state): State<AppState>,
    visitor: Visitor,
    Path((id, call)): Path<(String, String)>,
    Form(ended): Form<Ended>,
) -> Answer {
    let reference = contact(&visitor, &id)?;
    let Some(outcome) = CallOutcome::named(&ended.outcome) else {
        let problem = Some("call-outcome-missing");
        return show(
            &state,
            &visitor,
            reference,
            String::new(),
            Some(call),
            problem,
        )
        .await;
    };
    let act = visitor.act(&state);
    let contact = visitor
        .ask(&state, move |organisation| {
            organisation.end_call(&call, outcome, &act)
        })
        .await?;
    // A number that is somebody else's is not called again once it is corrected.
    let next = match outcome {
        CallOutcome::WrongNumber => format!("/contacts/{contact}/edit"),
        _ => format!("/contacts/{contact}"),
    };
    Ok(Toast::CallNoted.then(&next))
}
