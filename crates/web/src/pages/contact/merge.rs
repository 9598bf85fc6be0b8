//! `/contacts/{id}/merge/{other}`: two contacts side by side, and what becomes of them as one.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use jiff::Timestamp;
use operations::merge::{MergeChoices, MergeField, MergeRow, MergeSide, MergeView, Moved};
use operations::{Error, OrganisationId as Id};

use crate::auth::Visitor;
use crate::auth::form::Form;
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::{Answer, Refusal};
use crate::pages::register::Inputs;
use crate::pages::toast::Toast;
use crate::pages::{number, words};
use crate::problem::Problem;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "contact/merge.html")]
struct MergePage {
    frame: Frame,
    lead: String,
    kept: Side,
    other: Side,
    seen: (i64, i64),
    /// Fields in which somebody chooses.
    choices: Vec<Choice>,
    /// Fields in which the two do not contradict each other.
    same: Vec<Choice>,
    emails: Vec<String>,
    phones: Vec<String>,
    sources: Vec<String>,
    obtained: String,
    informed: Option<String>,
    /// What stays in force, in words.
    stays: Vec<String>,
    /// What moves, in words.
    moves: Vec<String>,
    problem: Option<String>,
}

struct Side {
    id: String,
    name: String,
}

struct Choice {
    name: &'static str,
    label: String,
    kept: Option<String>,
    other: Option<String>,
    /// `kept`, `other`, or nothing.
    chosen: String,
}

/// The two ids of the path.
fn ids(visitor: &Visitor, (kept, other): &(String, String)) -> Result<(Id, Id), Refusal> {
    match (kept.parse(), other.parse()) {
        (Ok(kept), Ok(other)) if kept != other => Ok((kept, other)),
        _ => Err(Refusal::new(Problem::nothing_here(), &visitor.visit)),
    }
}

/// The two contacts side by side.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(path): Path<(String, String)>,
) -> Answer {
    let ids = ids(&visitor, &path)?;
    show(&state, &visitor, ids, &Inputs::default(), None).await
}

/// Merges the other contact into the first one.
pub async fn merge(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(path): Path<(String, String)>,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let (kept, other) = ids(&visitor, &path)?;
    let mut choices = MergeChoices::new();
    for field in MergeField::ALL {
        let side = match inputs.get(field.name()) {
            "kept" => MergeSide::Kept,
            "other" => MergeSide::Other,
            _ => continue,
        };
        choices.insert(field, side);
    }
    let seen = |name| {
        let millis = inputs.get(name).parse().ok();
        let time = millis.and_then(|millis| Timestamp::from_millisecond(millis).ok());
        time.unwrap_or(Timestamp::MIN)
    };
    let seen = (seen("seen_kept"), seen("seen_other"));
    let act = visitor.act(&state);
    let merged = visitor
        .ask(&state, move |organisation| {
            Ok(organisation.merge_contacts(kept, other, &choices, seen, &act))
        })
        .await?;
    let (problem, status) = match merged {
        Ok(_) => return Ok(Toast::ContactsMerged.then(&format!("/contacts/{kept}"))),
        Err(Error::ContactConflict) => ("merge-conflict", StatusCode::CONFLICT),
        Err(Error::MergeChoice(_)) => ("merge-choose", StatusCode::UNPROCESSABLE_ENTITY),
        Err(error) => return Err(Refusal::new(error.into(), &visitor.visit)),
    };
    show(
        &state,
        &visitor,
        (kept, other),
        &inputs,
        Some((problem, status)),
    )
    .await
}

async fn show(
    state: &AppState,
    visitor: &Visitor,
    (kept, other): (Id, Id),
    inputs: &Inputs,
    problem: Option<(&str, StatusCode)>,
) -> Answer {
    let view = visitor
        .ask(state, move |organisation| {
            match organisation.merge_view(kept, other) {
                // They are one already.
                Err(Error::ContactConflict) => Ok(None),
                view => view.map(Some),
            }
        })
        .await?;
    let Some(view) = view else {
        return Ok(Redirect::to(&format!("/contacts/{kept}")).into_response());
    };
    let frame = Frame::of(visitor, &format!("/contacts/{kept}/merge/{other}"));
    let text = problem.map(|(name, _)| frame.t(name));
    let page = MergePage::new(frame, view, inputs, text);
    let mut response: Response = frame::render(&page, visitor.lang());
    if let Some((_, status)) = problem {
        *response.status_mut() = status;
    }
    Ok(response)
}

impl MergePage {
    fn new(frame: Frame, view: MergeView, inputs: &Inputs, problem: Option<String>) -> Self {
        let lang = frame.lang;
        let stays = stays(&view, &frame);
        let moves = moves(&view.moves, &frame);
        let side = |line: operations::browse::ContactLine| Side {
            id: line.id,
            name: line
                .name
                .or(line.company)
                .unwrap_or_else(|| frame.t("unnamed")),
        };
        let (choices, same) = view
            .fields
            .into_iter()
            .partition::<Vec<_>, _>(MergeRow::differs);
        let shown = |rows: Vec<MergeRow>| {
            let rows = rows.into_iter();
            rows.map(|row| Choice::new(row, inputs, &frame)).collect()
        };
        let (kept, other) = (side(view.kept), side(view.other));
        Self {
            lead: frame.with_all(
                "merge-lead",
                &[("kept", &kept.name), ("other", &other.name)],
            ),
            choices: shown(choices),
            same: shown(same),
            kept,
            other,
            seen: (view.seen.0.as_millisecond(), view.seen.1.as_millisecond()),
            emails: view.emails,
            phones: view.phones,
            sources: view.sources,
            obtained: number::day(view.obtained_on, lang),
            informed: view.informed_on.map(|day| number::day(day, lang)),
            stays,
            moves,
            problem,
            frame,
        }
    }
}

impl Choice {
    fn new(row: MergeRow, inputs: &Inputs, frame: &Frame) -> Self {
        let shown = |value: String| match row.field {
            MergeField::Kind if value == "consumer" => frame.t("contact-consumer"),
            MergeField::Kind => frame.t("contact-business"),
            MergeField::Country => words::country(&value, frame.lang).to_owned(),
            _ => value,
        };
        let given = inputs.get(row.field.name());
        let chosen = match given {
            "" if !row.field.must_be_chosen() => "kept",
            given => given,
        };
        Self {
            name: row.field.name(),
            label: frame.t(label(row.field)),
            chosen: chosen.to_owned(),
            kept: row.kept.map(shown),
            other: row.other.map(shown),
        }
    }
}

const fn label(field: MergeField) -> &'static str {
    match field {
        MergeField::Kind => "merge-kind",
        MergeField::Country => "merge-country",
        MergeField::Salutation => "meaning-salutation",
        MergeField::Title => "meaning-title",
        MergeField::GivenName => "meaning-given-name",
        MergeField::FamilyName => "meaning-family-name",
        MergeField::Company => "company",
        MergeField::Position => "position",
        MergeField::Department => "meaning-department",
        MergeField::Address => "address",
        MergeField::Language => "meaning-language",
        MergeField::Website => "meaning-website",
    }
}

/// What protects the person and stays, whichever of the two it stood with.
fn stays(view: &MergeView, frame: &Frame) -> Vec<String> {
    [
        (view.objected, "merge-objected"),
        (view.restricted, "merge-restricted"),
        (view.listed, "merge-listed"),
    ]
    .into_iter()
    .filter(|(there, _)| *there)
    .map(|(_, text)| frame.t(text))
    .collect()
}

fn moves(moved: &Moved, frame: &Frame) -> Vec<String> {
    [
        (moved.consents, "merge-consents"),
        (moved.objections, "merge-objections"),
        (moved.sales, "merge-sales"),
        (moved.circumstances, "merge-circumstances"),
        (moved.overrules, "merge-overrules"),
        (moved.holds, "merge-holds"),
        (moved.documents, "merge-documents"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, text)| frame.n(text, count as u64))
    .collect()
}
