//! `/contacts/{id}/retention`: what holds one contact's data, until when, and legal holds.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use operations::Error;
use operations::access::Permission;
use operations::retention::{NewHold, Over, RetentionFault};

use super::{RuleWords, action, fault};
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
#[template(path = "retention/contact.html")]
struct ContactPage {
    frame: Frame,
    id: String,
    name: String,
    problem: Option<String>,
    rules: Vec<(RuleWords, String)>,
    decided: String,
    holds: Vec<Hold>,
    proof: Option<Hold>,
    erasure_waits: Option<String>,
    today: String,
    inputs: Inputs,
    may_erase: bool,
}

struct Hold {
    id: String,
    provision: String,
    reason: String,
    until: String,
}

async fn show(
    state: &AppState,
    visitor: &Visitor,
    id: String,
    inputs: Inputs,
    problem: Option<RetentionFault>,
) -> Answer {
    let (reference, today, lang) = (contact(visitor, &id)?, visitor.today, visitor.lang());
    let (held, register) = visitor
        .ask(state, move |organisation| {
            let held = organisation.contact_retention(&reference, today)?;
            Ok((held, organisation.register_view(today)?.register))
        })
        .await?;
    let frame = Frame::of(visitor, &format!("/contacts/{id}/retention"));
    let day = |day| number::day(day, lang);
    let over = |over| match over {
        Over::On(on) => frame.with("retention-from", "day", day(on)),
        Over::NotBegun => frame.t("retention-not-begun"),
        Over::Unknown(on) => frame.with("retention-unknown", "day", day(on)),
    };
    let what = action(held.decided.action, lang);
    let page = ContactPage {
        rules: held
            .rules
            .iter()
            .map(|(line, when)| (RuleWords::new(line, &register, &frame), over(*when)))
            .collect(),
        decided: match held.due_on {
            Some(on) => {
                frame.with_all("retention-decided", &[("day", &day(on)), ("action", &what)])
            }
            None => frame.t("retention-decided-open"),
        },
        holds: held
            .holds
            .iter()
            .map(|hold| Hold {
                id: hold.id.clone(),
                provision: hold.provision.clone(),
                reason: hold.reason.clone(),
                until: day(hold.ends_on),
            })
            .collect(),
        proof: held.proof.map(|proof| Hold {
            id: String::new(),
            provision: proof.provision.written(today, lang),
            reason: frame.t("hold-call-consent"),
            until: day(proof.until),
        }),
        erasure_waits: held
            .erasure_waits_since
            .map(|since| frame.with("retention-erasure-waits", "day", day(since))),
        today: today.to_string(),
        problem: problem.map(|why| fault(why, &frame)),
        inputs,
        may_erase: visitor.may(Permission::Erase),
        name: title(held.contact, &frame),
        id,
        frame,
    };
    let mut response = frame::render(&page, lang);
    if problem.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// The page.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    show(&state, &visitor, id, Inputs::default(), None).await
}

/// Sets a legal hold.
pub async fn hold(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let (reference, act) = (contact(&visitor, &id)?, visitor.act(&state));
    let Ok(Some(ends_on)) = inputs.day("ends_on") else {
        let why = Some(RetentionFault::HoldOver);
        return show(&state, &visitor, id, inputs, why).await;
    };
    let new = NewHold {
        provision: inputs.get("provision").to_owned(),
        reason: inputs.get("reason").to_owned(),
        ends_on,
    };
    let set = visitor
        .ask(&state, move |organisation| {
            match organisation.set_hold(&reference, &new, &act) {
                Err(Error::Retention(why)) => Ok(Err(why)),
                other => other.map(Ok),
            }
        })
        .await?;
    match set {
        Ok(_) => Ok(Toast::HoldSet.then(&format!("/contacts/{id}/retention"))),
        Err(why) => show(&state, &visitor, id, inputs, Some(why)).await,
    }
}
