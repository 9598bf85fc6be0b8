//! What staff do with a request before it is answered. Each form brings back the state that was seen, so
//! that nobody undoes another's work unseen.

use axum::extract::{Path, State};
use operations::access::AccountId;
use operations::request::Identity;
use operations::{ContactRef, Error, Organisation, OrganisationId};

use super::show::show;
use super::{id_of, told};
use crate::auth::Visitor;
use crate::auth::form::Form;
use crate::pages::frame::Frame;
use crate::pages::refusal::{Answer, Refusal};
use crate::pages::register::Inputs;
use crate::pages::toast::Toast;
use crate::problem::Problem;
use crate::state::AppState;

/// Gives it to somebody.
pub async fn assign(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let to = match inputs.get("assigned_to") {
        "" => None,
        text => {
            let account: Result<AccountId, _> = text.parse();
            Some(account.map_err(|_| Refusal::new(Problem::unreadable_form(), &visitor.visit))?)
        }
    };
    let act = visitor.act(&state);
    let done = run(
        &state,
        &visitor,
        &id,
        &inputs,
        move |organisation, request, seen| {
            organisation.assign_request(request, seen, to, &act)?;
            Ok(request)
        },
    );
    finish(
        &state,
        &visitor,
        &id,
        inputs.clone(),
        done.await?,
        Toast::RequestAssigned,
    )
    .await
}

/// Notes how it stands with who asks.
pub async fn identity(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let identity = Identity::named(inputs.get("identity"));
    let unreadable = || Refusal::new(Problem::unreadable_form(), &visitor.visit);
    let identity = identity.ok_or_else(unreadable)?;
    let (act, how) = (visitor.act(&state), inputs.get("how").to_owned());
    let done = run(
        &state,
        &visitor,
        &id,
        &inputs,
        move |organisation, request, seen| {
            organisation.note_identity(request, seen, identity, &how, &act)?;
            Ok(request)
        },
    );
    finish(
        &state,
        &visitor,
        &id,
        inputs.clone(),
        done.await?,
        Toast::RequestIdentity,
    )
    .await
}

/// Extends the period.
pub async fn extend(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let Ok(until) = inputs.get("until").parse() else {
        let problem = Frame::of(&visitor, "").t("requests-day-missing");
        return show(&state, &visitor, &id, inputs, Some(problem)).await;
    };
    let (act, reason) = (visitor.act(&state), inputs.get("reason").to_owned());
    let told = inputs.is_on("told");
    let done = run(
        &state,
        &visitor,
        &id,
        &inputs,
        move |organisation, request, seen| {
            organisation.extend_request(request, seen, until, &reason, told, &act)?;
            Ok(request)
        },
    );
    finish(
        &state,
        &visitor,
        &id,
        inputs.clone(),
        done.await?,
        Toast::RequestExtended,
    )
    .await
}

/// Asks for a fee.
pub async fn charge(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let (act, told) = (visitor.act(&state), inputs.is_on("fee_told"));
    let fee = inputs.get("fee").to_owned();
    let reason = inputs.get("fee_reason").to_owned();
    let done = run(
        &state,
        &visitor,
        &id,
        &inputs,
        move |organisation, request, seen| {
            organisation.charge_request(request, seen, (&fee, &reason), told, &act)?;
            Ok(request)
        },
    );
    finish(
        &state,
        &visitor,
        &id,
        inputs.clone(),
        done.await?,
        Toast::RequestCharged,
    )
    .await
}

/// Ties it to the contact who asked.
pub async fn tie(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let (act, who) = (visitor.act(&state), inputs.get("who").to_owned());
    let done = run(
        &state,
        &visitor,
        &id,
        &inputs,
        move |organisation, request, seen| {
            let reference: ContactRef = who.parse()?;
            organisation.tie_request(request, seen, &reference, &act)
        },
    );
    finish(
        &state,
        &visitor,
        &id,
        inputs.clone(),
        done.await?,
        Toast::RequestTied,
    )
    .await
}

pub(super) type Done = Result<OrganisationId, &'static str>;

pub(super) async fn run(
    state: &AppState,
    visitor: &Visitor,
    id: &str,
    inputs: &Inputs,
    work: impl FnOnce(&Organisation, OrganisationId, i64) -> Result<OrganisationId, Error>
    + Send
    + 'static,
) -> Result<Done, Refusal> {
    let request = id_of(visitor, id)?;
    let seen = inputs.get("seen").parse().unwrap_or_default();
    visitor
        .ask(state, move |organisation| {
            match work(organisation, request, seen) {
                Ok(request) => Ok(Ok(request)),
                Err(error) => told(&error).map(Err).ok_or(error),
            }
        })
        .await
}

pub(super) async fn finish(
    state: &AppState,
    visitor: &Visitor,
    id: &str,
    inputs: Inputs,
    done: Done,
    toast: Toast,
) -> Answer {
    match done {
        Ok(request) => Ok(toast.then(&format!("/requests/{request}"))),
        Err(problem) => {
            let problem = Frame::of(visitor, "").t(problem);
            show(state, visitor, id, inputs, Some(problem)).await
        }
    }
}
