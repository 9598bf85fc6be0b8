//! `/forms`: the forms and what they lack.

use askama::Template;
use axum::extract::State;
use operations::access::Permission;
use register::{Form, Gap, Place, Register};

use crate::auth::Visitor;
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::Answer;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "forms/list.html")]
struct ListPage {
    frame: Frame,
    may_change: bool,
    /// Whether there is an activity that a form could belong to.
    may_begin: bool,
    lines: Vec<Line>,
}

struct Line {
    id: String,
    name: String,
    about: String,
    /// Sign, class and word.
    state: (&'static str, &'static str, String),
    gaps: u64,
    /// Where people fill it in; `None` while it takes nothing.
    address: Option<String>,
    variant: Option<String>,
}

/// The forms.
pub async fn page(State(state): State<AppState>, visitor: Visitor) -> Answer {
    let today = visitor.today;
    let view = visitor
        .ask(&state, move |organisation| {
            organisation.register_view(today)
        })
        .await?;
    let frame = Frame::of(&visitor, "/forms");
    let forms = view.register.forms.iter();
    let lines = forms.map(|form| {
        let address = address(&state, &visitor, form);
        line(form, &view.register, &view.gaps, address, &frame)
    });
    let page = ListPage {
        lines: lines.collect(),
        may_change: visitor.may(Permission::Advertise),
        may_begin: !view.register.activities.is_empty(),
        frame,
    };
    Ok(frame::render(&page, visitor.lang()))
}

fn line(
    form: &Form,
    register: &Register,
    gaps: &[Gap],
    address: Option<String>,
    frame: &Frame,
) -> Line {
    let activity = register.activity(&form.activity);
    let activity = activity.map_or(&*form.activity, |activity| &activity.name);
    let of = form.variant_of.as_ref().and_then(|id| register.form(id));
    let here = Place::Form(form.id.clone());
    Line {
        id: form.id.clone(),
        name: form.name.clone(),
        about: format!("{} · {activity}", form.kind.label().get(frame.lang)),
        state: if form.closed {
            ("–", "quiet", frame.t("form-is-closed"))
        } else {
            ("✓", "permitted", frame.t("form-is-open"))
        },
        gaps: gaps.iter().filter(|gap| gap.place == here).count() as u64,
        address,
        variant: of.map(|of| frame.with("form-variant-line", "name", &of.name)),
    }
}

/// Where people fill the form in; a variant shares the address of the form that it varies.
pub fn address(state: &AppState, visitor: &Visitor, form: &Form) -> Option<String> {
    let pages = state.pages().filter(|_| !form.closed)?;
    let id = form.variant_of.as_ref().unwrap_or(&form.id);
    let organisation = visitor.organisation.id();
    Some(format!("{}/f/{organisation}/{id}", pages.address))
}
