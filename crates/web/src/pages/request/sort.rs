//! A mail that may be a request: somebody says what is asked for and by whom, or discards it.

use axum::extract::{Path, State};
use law::Lang;
use operations::ContactRef;
use operations::request::{RequestKind, Sorting};

use super::work::{finish, run};
use crate::auth::Visitor;
use crate::auth::form::Form;
use crate::pages::refusal::{Answer, Refusal};
use crate::pages::register::Inputs;
use crate::pages::toast::Toast;
use crate::problem::Problem;
use crate::state::AppState;

/// Takes it on as a request.
pub async fn take_on(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let unreadable = || Refusal::new(Problem::unreadable_form(), &visitor.visit);
    let kind = RequestKind::named(inputs.get("kind")).ok_or_else(unreadable)?;
    let (act, who) = (visitor.act(&state), inputs.get("who").trim().to_owned());
    let ask = !inputs.is_on("trusted");
    let lang = match inputs.get("lang") {
        "en" => Lang::En,
        _ => Lang::De,
    };
    let done = run(
        &state,
        &visitor,
        &id,
        &inputs,
        move |organisation, request, seen| {
            let contact = match &*who {
                "" => None,
                who => Some(who.parse::<ContactRef>()?),
            };
            let sorting = Sorting {
                kind,
                contact,
                ask,
                lang,
            };
            organisation.sort_request(request, seen, &sorting, &act)
        },
    );
    let done = done.await?;
    finish(&state, &visitor, &id, inputs, done, Toast::RequestTaken).await
}

/// Discards it.
pub async fn discard(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let act = visitor.act(&state);
    let done = run(
        &state,
        &visitor,
        &id,
        &inputs,
        move |organisation, request, seen| {
            organisation.discard_request(request, seen, &act)?;
            Ok(request)
        },
    );
    let done = done.await?;
    finish(&state, &visitor, &id, inputs, done, Toast::RequestDiscarded).await
}
