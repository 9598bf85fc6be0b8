//! `/forms/new` and `/forms/{id}`: building a form from an activity of the register.

use askama::Template;
use axum::extract::{Path, Query, State};
use law::facts::Purpose;
use law::{Lang, LegalBasis};
use operations::lead_form::MAX_FORM_FILE_BYTES;
use operations::{Error, RegisterEdit, RegisterView};
use register::{Activity, Delivery, FormKind, Register, proposed_form};
use serde::Deserialize;

use super::super::activity_form::named;
use super::super::input::Inputs;
use super::super::preview::{self, Saves};
use super::inputs::{inputs, read};
use super::list;
use super::page::{Shown, show};
use crate::auth::Visitor;
use crate::auth::file_form::FileForm;
use crate::auth::form::Form;
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::{Answer, Refusal};
use crate::problem::Problem;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "forms/kinds.html")]
struct KindsPage {
    frame: Frame,
    /// Word, label, and what a form of this kind asks for.
    kinds: Vec<(&'static str, &'static str, String)>,
}

/// Which kind of form to begin with.
#[derive(Deserialize)]
pub struct Begin {
    #[serde(default)]
    kind: String,
}

async fn view(state: &AppState, visitor: &Visitor) -> Result<RegisterView, Refusal> {
    let today = visitor.today;
    visitor
        .ask(state, move |organisation| organisation.register_view(today))
        .await
}

/// The kinds to choose from, or the builder with what is proposed for one of them.
pub async fn new_page(
    State(state): State<AppState>,
    visitor: Visitor,
    Query(begin): Query<Begin>,
) -> Answer {
    let Some(kind) = named(FormKind::ALL, &begin.kind, FormKind::name) else {
        let frame = Frame::of(&visitor, "/forms/new");
        let kinds = FormKind::ALL.iter();
        let page = KindsPage {
            kinds: kinds.map(|kind| proposal(*kind, visitor.lang())).collect(),
            frame,
        };
        return Ok(frame::render(&page, visitor.lang()));
    };
    let view = view(&state, &visitor).await?;
    let mut form = proposed_form(kind);
    if let Some(activity) = fitting(kind, &view.register) {
        form.activity.clone_from(&activity.id);
        if kind == FormKind::Newsletter {
            let texts = view.register.consent_texts_for(&activity.id);
            form.consents = texts.map(|text| text.id.clone()).collect();
            form.consents.dedup();
        }
    }
    let inputs = inputs(&form);
    Ok(show(&visitor, &view, "", inputs, Shown::default()))
}

fn proposal(kind: FormKind, lang: Lang) -> (&'static str, &'static str, String) {
    let questions = proposed_form(kind).questions.into_iter();
    let asked: Vec<_> = questions
        .map(|question| question.field.label().get(lang))
        .collect();
    (kind.name(), kind.label().get(lang), asked.join(", "))
}

/// The activity that most likely answers what people ask for by a form of this kind.
fn fitting(kind: FormKind, register: &Register) -> Option<&Activity> {
    let of = |purpose: Purpose| {
        let mut all = register.activities.iter();
        all.find(|activity| activity.purpose_kind == purpose)
    };
    match kind {
        FormKind::Newsletter => register.activities.iter().find(|activity| {
            activity.purpose_kind == Purpose::DirectMarketing
                && activity.basis == Some(LegalBasis::Consent)
        }),
        FormKind::Webinar => of(Purpose::ContractPerformance),
        _ => of(Purpose::Enquiry),
    }
}

/// Largest request with the file of a form.
pub const LARGEST: usize = MAX_FORM_FILE_BYTES + 64 * 1024;

/// A form.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    let view = view(&state, &visitor).await?;
    let Some(form) = view.register.form(&id) else {
        return Err(Refusal::new(Problem::nothing_here(), &visitor.visit));
    };
    let shown = Shown {
        address: list::address(&state, &visitor, form),
        ..Shown::default()
    };
    Ok(show(&visitor, &view, &id, inputs(form), shown))
}

/// Shows what the form moves.
pub async fn change(
    State(state): State<AppState>,
    visitor: Visitor,
    Form(given): Form<Inputs>,
) -> Answer {
    let view = view(&state, &visitor).await?;
    let id = given.get("editing").to_owned();
    let form = match read(&given, &id, &view.register) {
        Ok(form) => form,
        Err(wrong) => {
            let shown = Shown {
                wrong,
                ..Shown::default()
            };
            return Ok(show(&visitor, &view, &id, given, shown));
        }
    };
    let edits = vec![RegisterEdit::Form(Box::new(form))];
    let base = preview::base(given.get("base"));
    match preview::edited(&state, &visitor, base, edits, Saves::Forms).await {
        Ok(answer) => answer,
        Err(error) => Err(Refusal::new(error.into(), &visitor.visit)),
    }
}

/// Keeps a file for the form, and shows what it moves that the form gives it.
pub async fn file(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    given: FileForm,
) -> Answer {
    let view = view(&state, &visitor).await?;
    let Some(form) = view.register.form(&id) else {
        return Err(Refusal::new(Problem::nothing_here(), &visitor.visit));
    };
    let (bytes, act) = (given.file.unwrap_or_default(), visitor.act(&state));
    let kept = visitor
        .ask(&state, move |organisation| {
            match organisation.keep_form_file(bytes, &act) {
                Ok(hash) => Ok(Some(hash)),
                Err(Error::Empty(_) | Error::DocumentTooLarge) => Ok(None),
                Err(error) => Err(error),
            }
        })
        .await?;
    let Some(hash) = kept else {
        let shown = Shown {
            wrong: vec!["file"],
            address: list::address(&state, &visitor, form),
            ..Shown::default()
        };
        return Ok(show(&visitor, &view, &id, inputs(form), shown));
    };
    let name = given.file_name.unwrap_or_default();
    let name: String = name.chars().filter(|c| !c.is_control()).take(200).collect();
    let form = register::Form {
        file: Some(hash),
        file_name: Some(name).filter(|name| !name.trim().is_empty()),
        delivery: form.delivery.or(Some(Delivery::ByMail)),
        ..form.clone()
    };
    let base = preview::base(given.inputs.get("base"));
    let edits = vec![RegisterEdit::Form(Box::new(form))];
    match preview::edited(&state, &visitor, base, edits, Saves::Forms).await {
        Ok(answer) => answer,
        Err(error) => Err(Refusal::new(error.into(), &visitor.visit)),
    }
}

/// Shows what removing the form moves; refused while another one is a variant of it.
pub async fn remove(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(given): Form<Inputs>,
) -> Answer {
    let base = preview::base(given.get("base"));
    let edits = vec![RegisterEdit::RemoveForm(id.clone())];
    match preview::edited(&state, &visitor, base, edits, Saves::Forms).await {
        Ok(answer) => answer,
        Err(Error::RegisterEntryInUse(by)) => {
            let view = view(&state, &visitor).await?;
            let Some(form) = view.register.form(&id) else {
                return Err(Refusal::new(Problem::nothing_here(), &visitor.visit));
            };
            let shown = Shown {
                in_use: Some(by),
                ..Shown::default()
            };
            Ok(show(&visitor, &view, &id, inputs(form), shown))
        }
        Err(error) => Err(Refusal::new(error.into(), &visitor.visit)),
    }
}
