//! `/forms/preview` and `/forms/apply`: saving forms, and nothing else of the register.

use axum::extract::State;
use operations::Error;

use super::super::preview::{self, Based, Newer, Saves};
use crate::auth::Visitor;
use crate::auth::form::Form;
use crate::pages::refusal::{Answer, Refusal};
use crate::pages::toast::Toast;
use crate::problem::Problem;
use crate::state::AppState;

/// Shows what the forms of this text move.
pub async fn preview(
    State(state): State<AppState>,
    visitor: Visitor,
    Form(based): Form<Based>,
) -> Answer {
    let base = preview::base(&based.base);
    preview::of_text(&state, &visitor, base, based.text, Saves::Forms).await
}

/// Saves the forms of this text, unless somebody else saved the register meanwhile.
pub async fn apply(
    State(state): State<AppState>,
    visitor: Visitor,
    Form(based): Form<Based>,
) -> Answer {
    let Some(base) = preview::base(&based.base) else {
        return Err(Refusal::new(Problem::nothing_here(), &visitor.visit));
    };
    let (act, text) = (visitor.act(&state), based.text.clone());
    let applied = visitor
        .ask(&state, move |organisation| {
            let applied = organisation
                .form_edits(base, &text)
                .and_then(|edits| organisation.apply_forms_at(Some(base), edits, &act));
            Ok(applied)
        })
        .await?;
    match applied {
        Ok(_) => Ok(Toast::FormsSaved.then("/forms")),
        Err(Error::RegisterConflict { version, by, at }) => {
            let newer = Newer { version, by, at };
            conflict(&state, &visitor, based.text, base, newer).await
        }
        Err(Error::RegisterFaults(faults)) => Ok(preview::show_text(
            &visitor,
            Some(base),
            based.text,
            &faults,
            &[],
        )),
        Err(error) => Err(Refusal::new(error.into(), &visitor.visit)),
    }
}

/// Says who was faster. What is compared then are these forms on top of what they saved, since
/// whoever builds forms can't put the rest of the register together by hand.
async fn conflict(
    state: &AppState,
    visitor: &Visitor,
    text: String,
    base: i64,
    newer: Newer,
) -> Answer {
    let today = visitor.today;
    let together = visitor
        .ask(state, move |organisation| {
            let edits = organisation.form_edits(base, &text)?;
            organisation.edited_register(&edits, today)
        })
        .await?;
    preview::conflict(state, visitor, together, Some(base), newer, Saves::Forms).await
}
