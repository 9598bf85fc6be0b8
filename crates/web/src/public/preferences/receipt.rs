//! The receipt of a consent, for the person who gave it.

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use operations::{ContactRef, Error};

use super::by_the_person;
use super::own::Own;
use crate::problem::Problem;
use crate::proof::{self, ProofError};
use crate::state::AppState;

/// The receipt as a PDF.
pub async fn receipt(
    State(state): State<AppState>,
    own: Own,
    Path(entry): Path<i64>,
) -> Result<Response, Response> {
    let (act, lang, now) = (by_the_person(&state), own.lang.0, state.now());
    let set = own
        .ask(&state, move |organisation, contact| {
            let facts = organisation.pack_facts(&ContactRef::Id(contact), &act)?;
            let consent = facts.consent(entry).ok_or(Error::UnknownEntry(entry))?;
            proof::receipt(&facts, &consent, entry, lang, &now).map_err(ProofError::from)
        })
        .await?;
    match set {
        Ok(pdf) => {
            let headers = [
                (CONTENT_TYPE, "application/pdf".to_owned()),
                (
                    CONTENT_DISPOSITION,
                    format!("attachment; filename=\"receipt-{entry}.pdf\""),
                ),
            ];
            Ok((headers, pdf).into_response())
        }
        Err(ProofError::Operation(error)) => Err(own.refuse(error.into())),
        Err(ProofError::Paper(error)) => {
            tracing::error!(%error, "a receipt can't be set");
            Err(own.refuse(Problem::broken()))
        }
    }
}
