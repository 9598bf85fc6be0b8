//! `/register/activities/…`: a processing activity, declared by hand or from a proposal.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use law::facts::Purpose;
use law::{Channel, Lang, LegalBasis};
use operations::access::Permission;
use operations::{Error, RegisterEdit, RegisterView};
use register::{
    ARGUMENTS, Action, Documents, Place, Register, Role, Source, SpecialCategory, SpecialGround,
    StartEvent, Step, Unit, proposals,
};
use serde::Deserialize;

use super::activity_form::{self, RULES};
use super::index::Line;
use super::input::Inputs;
use super::preview::{self, opened_on};
use super::words::{self, Choice, choices};
use crate::auth::Visitor;
use crate::auth::form::Form;
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::{Answer, Refusal};
use crate::pages::words as common;
use crate::problem::Problem;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "register/proposals.html")]
struct ProposalsPage {
    frame: Frame,
    proposals: Vec<Proposed>,
}

struct Proposed {
    id: String,
    name: String,
    purpose: String,
    basis: String,
    there: bool,
}

#[derive(Template)]
#[template(path = "register/activity.html")]
struct ActivityPage {
    frame: Frame,
    base: String,
    /// Empty for a new one.
    id: String,
    title: String,
    inputs: Inputs,
    may_change: bool,
    wrong: Vec<&'static str>,
    check: Option<&'static str>,
    in_use: Option<String>,
    gaps: Vec<Line>,
    purposes: Vec<Choice>,
    bases: Vec<Choice>,
    roles: Vec<Choice>,
    sources: Vec<Choice>,
    channels: Vec<Choice>,
    special_data: Vec<Choice>,
    special_grounds: Vec<Choice>,
    starts: Vec<Choice>,
    units: Vec<Choice>,
    actions: Vec<Choice>,
    documents: Vec<Choice>,
    recipients: Vec<(String, String)>,
    measures: Vec<(String, String)>,
    goods: Vec<(String, String)>,
    steps: Vec<BalancingStep>,
    rules: Vec<usize>,
}

struct BalancingStep {
    name: &'static str,
    label: String,
    hint: String,
    arguments: Vec<(&'static str, &'static str)>,
}

impl ActivityPage {
    fn value(&self, name: &str) -> &str {
        self.inputs.get(name)
    }

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "templates pass what they loop over by reference"
    )]
    fn value_at(&self, name: &str, at: &usize) -> &str {
        self.inputs.get(&format!("{name}-{at}"))
    }

    fn is_wrong(&self, name: &str) -> bool {
        self.wrong.contains(&name)
    }
}

/// Which proposal a new activity starts from; `empty` for none.
#[derive(Deserialize)]
pub struct From {
    from: Option<String>,
}

/// The proposals, or the form for a new activity.
pub async fn new_page(
    State(state): State<AppState>,
    visitor: Visitor,
    Query(from): Query<From>,
) -> Answer {
    let (view, lang) = (view(&state, &visitor).await?, visitor.lang());
    let name = view.register.organisation.name.clone();
    let all = proposals(&name, lang);
    let Some(from) = from.from else {
        let page = ProposalsPage {
            frame: Frame::of(&visitor, "/register/activities/new"),
            proposals: all
                .into_iter()
                .map(|proposal| Proposed {
                    there: view.register.activity(&proposal.activity.id).is_some(),
                    basis: proposal
                        .activity
                        .basis
                        .map(|basis| words::basis(basis, lang))
                        .unwrap_or_default(),
                    purpose: proposal.activity.purpose.unwrap_or_default(),
                    id: proposal.activity.id,
                    name: proposal.activity.name,
                })
                .collect(),
        };
        return Ok(frame::render(&page, lang));
    };
    let proposal = all
        .into_iter()
        .find(|proposal| proposal.activity.id == from);
    let mut inputs = Inputs::default();
    let mut check = None;
    if let Some(proposal) = proposal {
        let mut activity = proposal.activity;
        // Measures hold for the whole firm as a rule; the rest the form asks for.
        activity.measures = view
            .register
            .measures
            .iter()
            .map(|m| m.id.clone())
            .collect();
        if view.register.activity(&activity.id).is_some() {
            activity.id = String::new();
        }
        inputs = activity_form::inputs(&activity, proposal.consent_text.as_ref());
        check = Some(proposal.check.get(lang));
    }
    Ok(show(
        &visitor,
        &view,
        String::new(),
        inputs,
        check,
        Vec::new(),
        None,
    ))
}

/// An activity.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    let view = view(&state, &visitor).await?;
    let Some(activity) = view.register.activity(&id) else {
        return Err(Refusal::new(Problem::nothing_here(), &visitor.visit));
    };
    let wording = view.register.consent_texts_for(&id).next();
    let inputs = activity_form::inputs(activity, wording);
    Ok(show(&visitor, &view, id, inputs, None, Vec::new(), None))
}

async fn view(state: &AppState, visitor: &Visitor) -> Result<RegisterView, Refusal> {
    let today = state.now().date();
    visitor
        .ask(state, move |organisation| organisation.register_view(today))
        .await
}

/// Shows what the form's activity moves.
pub async fn change(
    State(state): State<AppState>,
    visitor: Visitor,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let view = view(&state, &visitor).await?;
    let id = inputs.get("editing").to_owned();
    let base = preview::base(inputs.get("base"));
    let read = match activity_form::read(&inputs, &view.register, visitor.lang()) {
        Ok(read) => read,
        Err(wrong) => return Ok(show(&visitor, &view, id, inputs, None, wrong, None)),
    };
    let mut edits = vec![RegisterEdit::Activity(Box::new(read.activity))];
    edits.extend(read.consent_text.map(RegisterEdit::ConsentText));
    match preview::of_edits(&state, &visitor, base, edits).await {
        Ok(answer) => answer,
        Err(error) => Err(Refusal::new(error.into(), &visitor.visit)),
    }
}

/// Shows what removing the activity moves.
pub async fn remove(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let base = preview::base(inputs.get("base"));
    let edits = vec![RegisterEdit::RemoveActivity(id.clone())];
    match preview::of_edits(&state, &visitor, base, edits).await {
        Ok(answer) => answer,
        Err(Error::RegisterEntryInUse(by)) => {
            let view = view(&state, &visitor).await?;
            let Some(activity) = view.register.activity(&id) else {
                return Err(Refusal::new(Problem::nothing_here(), &visitor.visit));
            };
            let inputs = activity_form::inputs(activity, None);
            Ok(show(
                &visitor,
                &view,
                id,
                inputs,
                None,
                Vec::new(),
                Some(by),
            ))
        }
        Err(error) => Err(Refusal::new(error.into(), &visitor.visit)),
    }
}

fn show(
    visitor: &Visitor,
    view: &RegisterView,
    id: String,
    inputs: Inputs,
    check: Option<&'static str>,
    wrong: Vec<&'static str>,
    in_use: Option<String>,
) -> Response {
    let (lang, register) = (visitor.lang(), &view.register);
    let here = if id.is_empty() {
        "/register/activities/new".to_owned()
    } else {
        format!("/register/activities/{id}")
    };
    let frame = Frame::of(visitor, &here);
    let today = visitor.today;
    let gaps = view.gaps.iter().filter(|gap| match &gap.place {
        Place::Activity(about) => *about == id,
        Place::ConsentText(key) => {
            let text = key.split('@').next().unwrap_or_default();
            register
                .consent_texts_for(&id)
                .any(|found| found.id == text)
        }
        _ => false,
    });
    let status = if wrong.is_empty() && in_use.is_none() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = ActivityPage {
        base: opened_on(&inputs, view.version),
        title: match inputs.get("name") {
            "" => frame.t("activity-new"),
            name => name.to_owned(),
        },
        may_change: visitor.may(Permission::ChangeRegister),
        wrong,
        check,
        in_use,
        gaps: gaps
            .map(|gap| Line::new(gap, register, today, &frame))
            .collect(),
        purposes: Purpose::ALL
            .map(|purpose| (purpose.name(), words::purpose(purpose, lang)))
            .to_vec(),
        bases: LegalBasis::ALL
            .map(|basis| (basis.name(), words::basis(basis, lang)))
            .to_vec(),
        roles: choices!(Role, lang),
        sources: choices!(Source, lang),
        channels: Channel::ALL
            .map(|channel| (channel.name(), common::channel(channel, lang)))
            .to_vec(),
        special_data: choices!(SpecialCategory, lang),
        special_grounds: choices!(SpecialGround, lang),
        starts: choices!(StartEvent, lang),
        units: choices!(Unit, lang),
        actions: choices!(Action, lang),
        documents: choices!(Documents, lang),
        recipients: pairs(register, |register| {
            register
                .recipients
                .iter()
                .map(|r| (&r.id, &r.name))
                .collect()
        }),
        measures: pairs(register, |register| {
            register.measures.iter().map(|m| (&m.id, &m.name)).collect()
        }),
        goods: pairs(register, |register| {
            register
                .goods_classes
                .iter()
                .map(|g| (&g.id, &g.name))
                .collect()
        }),
        steps: steps(&frame, lang),
        rules: rules(&inputs),
        id,
        inputs,
        frame,
    };
    let mut response = frame::render(&page, lang);
    *response.status_mut() = status;
    response
}

/// The rules that the form has, and room for one more as long as they are few.
fn rules(inputs: &Inputs) -> Vec<usize> {
    let used = (0..activity_form::rules(inputs)).rev().find(|at| {
        !inputs.get(&format!("start-{at}")).is_empty()
            || !inputs.get(&format!("count-{at}")).is_empty()
    });
    let used = used.map_or(0, |last| last + 1);
    (0..used.max((used + 1).min(RULES))).collect()
}

fn pairs<'r>(
    register: &'r Register,
    of: impl Fn(&'r Register) -> Vec<(&'r String, &'r String)>,
) -> Vec<(String, String)> {
    let all = of(register).into_iter();
    all.map(|(id, name)| (id.clone(), name.clone())).collect()
}

fn steps(frame: &Frame, lang: Lang) -> Vec<BalancingStep> {
    let arguments = |step: Step| {
        let found = ARGUMENTS
            .iter()
            .filter(move |argument| argument.step == step);
        found
            .map(|argument| (argument.id, argument.text.get(lang)))
            .collect()
    };
    vec![
        BalancingStep {
            name: "interest",
            label: frame.t("balancing-interest"),
            hint: frame.t("balancing-interest-hint"),
            arguments: arguments(Step::Interest),
        },
        BalancingStep {
            name: "necessity",
            label: frame.t("balancing-necessity"),
            hint: frame.t("balancing-necessity-hint"),
            arguments: arguments(Step::Necessity),
        },
        BalancingStep {
            name: "weighing",
            label: frame.t("balancing-weighing"),
            hint: frame.t("balancing-weighing-hint"),
            arguments: arguments(Step::Weighing),
        },
    ]
}
