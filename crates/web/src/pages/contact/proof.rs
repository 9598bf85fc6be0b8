//! What is proven about a contact, to take along: the evidence pack, the receipt of one consent, the
//! consents for machines, and documents on file.

use axum::extract::{Path, State};
use operations::access::Permission;
use operations::{Error, OrganisationId};

use super::contact;
use crate::auth::Visitor;
use crate::auth::form::{Form, Nothing};
use crate::pages::download::file;
use crate::pages::refusal::{Answer, Refusal};
use crate::problem::Problem;
use crate::proof::{self, ProofError};
use crate::state::AppState;

/// Makes a pack, which is itself evidence: hence a POST.
pub async fn pack(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    _: Form<Nothing>,
) -> Answer {
    let reference = personal(&visitor, &id)?;
    let (act, lang, now) = (visitor.act(&state), visitor.lang(), state.now());
    let made = visitor
        .ask(&state, move |organisation| {
            let summary = |facts: &_| proof::summary(facts, lang, &now);
            apart(organisation.evidence_pack(&reference, summary, &act))
        })
        .await?;
    let made = made.map_err(|error| unset(&error, &visitor))?;
    file(
        &visitor,
        made.zip,
        "application/zip",
        &format!("evidence-{id}.zip"),
    )
}

/// The receipt of one consent, for the person.
pub async fn receipt(
    State(state): State<AppState>,
    visitor: Visitor,
    Path((id, entry)): Path<(String, String)>,
) -> Answer {
    let reference = personal(&visitor, &id)?;
    let entry: i64 = entry
        .parse()
        .map_err(|_| Refusal::new(Problem::nothing_here(), &visitor.visit))?;
    let (act, lang, now) = (visitor.act(&state), visitor.lang(), state.now());
    let set = visitor
        .ask(&state, move |organisation| {
            let facts = organisation.pack_facts(&reference, &act)?;
            let consent = facts.consent(entry).ok_or(Error::UnknownEntry(entry))?;
            apart(proof::receipt(&facts, &consent, entry, lang, &now).map_err(ProofError::from))
        })
        .await?;
    let pdf = set.map_err(|error| unset(&error, &visitor))?;
    file(
        &visitor,
        pdf,
        "application/pdf",
        &format!("receipt-{entry}.pdf"),
    )
}

/// The consents after ISO/IEC TS 27560:2023 in terms of the W3C DPV.
pub async fn consents(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    let reference = personal(&visitor, &id)?;
    let act = visitor.act(&state);
    let records = visitor
        .ask(&state, move |organisation| {
            organisation.consent_records_jsonld(&reference, &act)
        })
        .await?;
    let text = format!("{records:#}\n");
    file(&visitor, text, "application/ld+json", "consents.jsonld")
}

/// A document on file. It is kept as a file and never shown: somebody else made it.
pub async fn document(
    State(state): State<AppState>,
    visitor: Visitor,
    Path((id, document)): Path<(String, String)>,
) -> Answer {
    let reference = contact(&visitor, &id)?;
    let number: OrganisationId = document
        .parse()
        .map_err(|_| Refusal::new(Problem::nothing_here(), &visitor.visit))?;
    let found = visitor
        .ask(&state, move |organisation| {
            organisation.document(&reference, number)
        })
        .await?;
    let name = format!("document-{number}.{}", found.media_type.extension());
    file(&visitor, found.bytes, found.media_type.name(), &name)
}

/// The contact, if the role may see people and not only entries.
fn personal(visitor: &Visitor, id: &str) -> Result<operations::ContactRef, Refusal> {
    if !visitor.may(Permission::SeeContacts) {
        return Err(Refusal::new(Problem::not_allowed(), &visitor.visit));
    }
    contact(visitor, id)
}

/// What the operation refuses is answered as ever; that a paper could not be set is a case apart.
pub(super) fn apart<T>(
    result: Result<T, ProofError>,
) -> Result<Result<T, papers::PaperError>, Error> {
    match result {
        Ok(made) => Ok(Ok(made)),
        Err(ProofError::Paper(error)) => Ok(Err(error)),
        Err(ProofError::Operation(error)) => Err(error),
    }
}

pub(in crate::pages) fn unset(error: &papers::PaperError, visitor: &Visitor) -> Refusal {
    tracing::error!(%error, "a paper could not be set");
    Refusal::new(Problem::broken(), &visitor.visit)
}
