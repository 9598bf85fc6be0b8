//! `/me/answer`: the answer to who asked for access, for who came by the mailed link to their own data.

use axum::extract::State;
use axum::response::Response;
use operations::access_answer::AnswerFile;

use super::by_the_person;
use super::own::Own;
use crate::auth::form::OpenForm;
use crate::pages::register::Inputs;
use crate::problem::Problem;
use crate::public::answer::sent;
use crate::state::AppState;

/// Fetches a file.
pub async fn fetch(
    State(state): State<AppState>,
    own: Own,
    OpenForm(inputs): OpenForm<Inputs>,
) -> Result<Response, Response> {
    let nothing = || own.refuse(Problem::nothing_here());
    let file = AnswerFile::named(inputs.get("file")).ok_or_else(nothing)?;
    let act = by_the_person(&state);
    let fetched = own
        .ask(&state, move |organisation, contact| {
            organisation.fetch_own_answer(contact, file, &act)
        })
        .await?;
    let fetched = fetched.map_err(|error| own.refuse(error.into()))?;
    let response = fetched.and_then(|fetched| sent(fetched, file));
    response.ok_or_else(nothing)
}
