//! `/register/organisation` and `/register/measures`: who declares, and what protects the data.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use law::{Country, Land};
use operations::access::Permission;
use operations::{Error, RegisterEdit, RegisterView};
use register::{Authority, Contact, Measure, Organisation, Place};

use super::index::Line;
use super::input::{Inputs, identifier};
use super::preview::{self, opened_on};
use crate::auth::Visitor;
use crate::auth::form::Form;
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::{Answer, Refusal};
use crate::problem::Problem;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "register/organisation.html")]
struct OrganisationPage {
    frame: Frame,
    base: String,
    inputs: Inputs,
    may_change: bool,
    wrong: Vec<&'static str>,
    gaps: Vec<Line>,
    lands: Vec<(&'static str, &'static str)>,
}

impl OrganisationPage {
    fn value(&self, name: &str) -> &str {
        self.inputs.get(name)
    }

    fn is_wrong(&self, name: &str) -> bool {
        self.wrong.contains(&name)
    }
}

#[derive(Template)]
#[template(path = "register/measure.html")]
struct MeasurePage {
    frame: Frame,
    base: String,
    id: String,
    inputs: Inputs,
    may_change: bool,
    problem: Option<String>,
}

impl MeasurePage {
    fn value(&self, name: &str) -> &str {
        self.inputs.get(name)
    }
}

async fn view(state: &AppState, visitor: &Visitor) -> Result<RegisterView, Refusal> {
    let today = visitor.today;
    visitor
        .ask(state, move |organisation| organisation.register_view(today))
        .await
}

/// What is said of the organisation.
pub async fn organisation_page(State(state): State<AppState>, visitor: Visitor) -> Answer {
    let view = view(&state, &visitor).await?;
    let inputs = inputs(&view.register.organisation);
    Ok(show(&visitor, &view, inputs, Vec::new()))
}

/// Shows what a change of it moves.
pub async fn change_organisation(
    State(state): State<AppState>,
    visitor: Visitor,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let view = view(&state, &visitor).await?;
    let organisation = match read(&inputs, &view.register.organisation) {
        Ok(organisation) => organisation,
        Err(wrong) => return Ok(show(&visitor, &view, inputs, wrong)),
    };
    let edits = vec![RegisterEdit::Organisation(Box::new(organisation))];
    let base = preview::base(inputs.get("base"));
    match preview::of_edits(&state, &visitor, base, edits).await {
        Ok(answer) => answer,
        Err(error) => Err(Refusal::new(error.into(), &visitor.visit)),
    }
}

fn show(
    visitor: &Visitor,
    view: &RegisterView,
    inputs: Inputs,
    wrong: Vec<&'static str>,
) -> Response {
    let frame = Frame::of(visitor, "/register/organisation");
    let gaps = view
        .gaps
        .iter()
        .filter(|gap| gap.place == Place::Organisation);
    let refused = !wrong.is_empty();
    let page = OrganisationPage {
        base: opened_on(&inputs, view.version),
        inputs,
        may_change: visitor.may(Permission::ChangeRegister),
        wrong,
        gaps: gaps
            .map(|gap| Line::new(gap, &view.register, visitor.today, &frame))
            .collect(),
        lands: Land::ALL.map(|land| (land.code(), land.name())).to_vec(),
        frame,
    };
    let mut response = frame::render(&page, visitor.lang());
    if refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

fn inputs(organisation: &Organisation) -> Inputs {
    let mut inputs = Inputs::default();
    inputs.add("name", &organisation.name);
    inputs.add_some("legal_form", organisation.legal_form.as_ref());
    inputs.add_some("street", organisation.street.as_ref());
    inputs.add_some("postal_code", organisation.postal_code.as_ref());
    inputs.add_some("city", organisation.city.as_ref());
    inputs.add("country", organisation.country.as_str());
    inputs.add("land", organisation.land.map_or("", Land::code));
    inputs.add_some("email", organisation.email.as_ref());
    inputs.add_some("phone", organisation.phone.as_ref());
    inputs.add_some("privacy_notice", organisation.privacy_notice.as_ref());
    inputs.add_some("imprint", organisation.imprint.as_ref());
    for (name, number) in [
        ("staff", organisation.staff),
        ("staff_processing_data", organisation.staff_processing_data),
    ] {
        if let Some(number) = number {
            inputs.add(name, number.to_string());
        }
    }
    for (prefix, contact) in [
        ("representative", &organisation.representative),
        ("dpo", &organisation.data_protection_officer),
    ] {
        let Some(contact) = contact else { continue };
        inputs.add_some(format!("{prefix}-name"), contact.name.as_ref());
        inputs.add_some(format!("{prefix}-email"), contact.email.as_ref());
        inputs.add_some(format!("{prefix}-phone"), contact.phone.as_ref());
        inputs.add_some(format!("{prefix}-address"), contact.address.as_ref());
        if let Some(day) = contact.reported_on {
            inputs.add(format!("{prefix}-reported_on"), day.to_string());
        }
    }
    if let Some(authority) = &organisation.supervisory_authority {
        inputs.add_some("authority-name", authority.name.as_ref());
        inputs.add_some("authority-website", authority.website.as_ref());
    }
    inputs
}

fn read(inputs: &Inputs, before: &Organisation) -> Result<Organisation, Vec<&'static str>> {
    let mut wrong = Vec::new();
    let mut number = |name: &'static str| match inputs.get(name) {
        "" => None,
        text => text.parse().ok().or_else(|| {
            wrong.push(name);
            None
        }),
    };
    let (staff, staff_processing_data) = (number("staff"), number("staff_processing_data"));
    if inputs.get("name").is_empty() {
        wrong.push("name");
    }
    let country = inputs.get("country").to_uppercase().parse::<Country>();
    if country.is_err() {
        wrong.push("country");
    }
    let reported_on = inputs.day("dpo-reported_on").unwrap_or_else(|name| {
        wrong.push(name);
        None
    });
    let contact = |prefix: &str, reported_on| {
        let some = |name: &str| inputs.some(&format!("{prefix}-{name}"));
        let contact = Contact {
            name: some("name"),
            email: some("email"),
            phone: some("phone"),
            address: some("address"),
            reported_on,
        };
        (contact != Contact::default()).then_some(contact)
    };
    let authority = Authority {
        name: inputs.some("authority-name"),
        website: inputs.some("authority-website"),
    };
    let (Ok(country), true) = (country, wrong.is_empty()) else {
        return Err(wrong);
    };
    Ok(Organisation {
        name: inputs.get("name").to_owned(),
        legal_form: inputs.some("legal_form"),
        street: inputs.some("street"),
        postal_code: inputs.some("postal_code"),
        city: inputs.some("city"),
        country,
        land: inputs.get("land").parse().ok(),
        email: inputs.some("email"),
        phone: inputs.some("phone"),
        privacy_notice: inputs.some("privacy_notice"),
        imprint: inputs.some("imprint"),
        staff,
        staff_processing_data,
        representative: contact("representative", None),
        // Only organisations outside of the EEA have one; it is kept as it is.
        union_representative: before.union_representative.clone(),
        data_protection_officer: contact("dpo", reported_on),
        supervisory_authority: (authority != Authority::default()).then_some(authority),
    })
}

/// The form for a new measure.
pub async fn new_measure(State(state): State<AppState>, visitor: Visitor) -> Answer {
    let view = view(&state, &visitor).await?;
    Ok(show_measure(
        &visitor,
        &view,
        String::new(),
        Inputs::default(),
        None,
    ))
}

/// A measure.
pub async fn measure_page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    let view = view(&state, &visitor).await?;
    let Some(measure) = view
        .register
        .measures
        .iter()
        .find(|measure| measure.id == id)
    else {
        return Err(Refusal::new(Problem::nothing_here(), &visitor.visit));
    };
    let mut inputs = Inputs::default();
    inputs.add("name", &measure.name);
    inputs.add_some("description", measure.description.as_ref());
    Ok(show_measure(&visitor, &view, id, inputs, None))
}

fn show_measure(
    visitor: &Visitor,
    view: &RegisterView,
    id: String,
    inputs: Inputs,
    problem: Option<String>,
) -> Response {
    let refused = problem.is_some();
    let here = if id.is_empty() {
        "/register/measures/new".to_owned()
    } else {
        format!("/register/measures/{id}")
    };
    let page = MeasurePage {
        frame: Frame::of(visitor, &here),
        base: opened_on(&inputs, view.version),
        id,
        inputs,
        may_change: visitor.may(Permission::ChangeRegister),
        problem,
    };
    let mut response = frame::render(&page, visitor.lang());
    if refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

/// Shows what a measure moves.
pub async fn change_measure(
    State(state): State<AppState>,
    visitor: Visitor,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let view = view(&state, &visitor).await?;
    let id = inputs.get("editing").to_owned();
    let name = inputs.get("name").to_owned();
    if name.is_empty() {
        let text = crate::texts::Texts(visitor.lang()).t("entry-needs-name");
        return Ok(show_measure(&visitor, &view, id, inputs, Some(text)));
    }
    let known = |id: &str| {
        view.register
            .measures
            .iter()
            .any(|measure| measure.id == id)
    };
    let measure = Measure {
        id: if id.is_empty() {
            identifier(&name, known)
        } else {
            id
        },
        name,
        description: inputs.some("description"),
    };
    let base = preview::base(inputs.get("base"));
    match preview::of_edits(&state, &visitor, base, vec![RegisterEdit::Measure(measure)]).await {
        Ok(answer) => answer,
        Err(error) => Err(Refusal::new(error.into(), &visitor.visit)),
    }
}

/// Shows what removing a measure moves.
pub async fn remove_measure(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(given): Form<Inputs>,
) -> Answer {
    let base = preview::base(given.get("base"));
    let edits = vec![RegisterEdit::RemoveMeasure(id.clone())];
    match preview::of_edits(&state, &visitor, base, edits).await {
        Ok(answer) => answer,
        Err(Error::RegisterEntryInUse(by)) => {
            let view = view(&state, &visitor).await?;
            let found = view
                .register
                .measures
                .iter()
                .find(|measure| measure.id == id);
            let mut inputs = Inputs::default();
            if let Some(measure) = found {
                inputs.add("name", &measure.name);
                inputs.add_some("description", measure.description.as_ref());
            }
            let text = crate::texts::Texts(visitor.lang()).with("entry-in-use", "by", by);
            Ok(show_measure(&visitor, &view, id, inputs, Some(text)))
        }
        Err(error) => Err(Refusal::new(error.into(), &visitor.visit)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_organisation_comes_back_from_its_form_as_it_was() {
        let register = register::Register::parse(register::SAMPLE).unwrap();
        let organisation = &register.organisation;
        assert_eq!(
            &read(&inputs(organisation), organisation).unwrap(),
            organisation
        );
    }
}
