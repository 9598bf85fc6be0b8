//! `/register/recipients/…`: whom data are passed to, and what binds them.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use law::Country;
use operations::access::Permission;
use operations::{Error, RegisterEdit, RegisterView};
use register::{
    Contract, ContractItem, Place, Recipient, RecipientRole, Register, Transfer, TransferBasis,
};

use super::activity_form::{chosen, named};
use super::index::Line;
use super::input::{Inputs, identifier};
use super::preview::{self, opened_on};
use super::words::{Choice, choices};
use crate::auth::Visitor;
use crate::auth::form::Form;
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::{Answer, Refusal};
use crate::problem::Problem;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "register/recipient.html")]
struct RecipientPage {
    frame: Frame,
    base: String,
    id: String,
    title: String,
    inputs: Inputs,
    may_change: bool,
    wrong: Vec<&'static str>,
    in_use: Option<String>,
    gaps: Vec<Line>,
    roles: Vec<Choice>,
    items: Vec<Choice>,
    transfers: Vec<Choice>,
}

impl RecipientPage {
    fn value(&self, name: &str) -> &str {
        self.inputs.get(name)
    }

    fn is_wrong(&self, name: &str) -> bool {
        self.wrong.contains(&name)
    }
}

/// The form for a new recipient.
pub async fn new_page(State(state): State<AppState>, visitor: Visitor) -> Answer {
    let view = view(&state, &visitor).await?;
    let mut inputs = Inputs::default();
    inputs.add("country", view.register.organisation.country.as_str());
    inputs.add("role", RecipientRole::Processor.name());
    Ok(show(
        &visitor,
        &view,
        String::new(),
        inputs,
        Vec::new(),
        None,
    ))
}

/// A recipient.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    let view = view(&state, &visitor).await?;
    let Some(recipient) = view.register.recipient(&id) else {
        return Err(Refusal::new(Problem::nothing_here(), &visitor.visit));
    };
    let inputs = inputs(recipient);
    Ok(show(&visitor, &view, id, inputs, Vec::new(), None))
}

async fn view(state: &AppState, visitor: &Visitor) -> Result<RegisterView, Refusal> {
    let today = visitor.today;
    visitor
        .ask(state, move |organisation| organisation.register_view(today))
        .await
}

/// Shows what the form's recipient moves.
pub async fn change(
    State(state): State<AppState>,
    visitor: Visitor,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let view = view(&state, &visitor).await?;
    let id = inputs.get("editing").to_owned();
    let recipient = match read(&inputs, &view.register) {
        Ok(recipient) => recipient,
        Err(wrong) => return Ok(show(&visitor, &view, id, inputs, wrong, None)),
    };
    let edits = vec![RegisterEdit::Recipient(Box::new(recipient))];
    let base = preview::base(inputs.get("base"));
    match preview::of_edits(&state, &visitor, base, edits).await {
        Ok(answer) => answer,
        Err(error) => Err(Refusal::new(error.into(), &visitor.visit)),
    }
}

/// Shows what removing the recipient moves.
pub async fn remove(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(given): Form<Inputs>,
) -> Answer {
    let base = preview::base(given.get("base"));
    let edits = vec![RegisterEdit::RemoveRecipient(id.clone())];
    match preview::of_edits(&state, &visitor, base, edits).await {
        Ok(answer) => answer,
        Err(Error::RegisterEntryInUse(by)) => {
            let view = view(&state, &visitor).await?;
            let Some(recipient) = view.register.recipient(&id) else {
                return Err(Refusal::new(Problem::nothing_here(), &visitor.visit));
            };
            let inputs = inputs(recipient);
            Ok(show(&visitor, &view, id, inputs, Vec::new(), Some(by)))
        }
        Err(error) => Err(Refusal::new(error.into(), &visitor.visit)),
    }
}

fn inputs(recipient: &Recipient) -> Inputs {
    let mut inputs = Inputs::default();
    inputs.add("id", &recipient.id);
    inputs.add("name", &recipient.name);
    inputs.add_some("service", recipient.service.as_ref());
    inputs.add("role", recipient.role.name());
    inputs.add("country", recipient.country.as_str());
    inputs.add_some("mail", recipient.mail.as_ref());
    inputs.add_some("webhook", recipient.webhook.as_ref());
    if let Some(contract) = &recipient.contract {
        if let Some(day) = contract.signed_on {
            inputs.add("signed_on", day.to_string());
        }
        for item in &contract.covers {
            inputs.add("covers", item.name());
        }
        if contract.essence_available {
            inputs.add("essence_available", "on");
        }
    }
    if let Some(transfer) = &recipient.transfer {
        inputs.add("transfer", transfer.basis.name());
        if let Some(day) = transfer.assessed_on {
            inputs.add("assessed_on", day.to_string());
        }
        inputs.add_some("reference", transfer.reference.as_ref());
    }
    inputs
}

fn read(inputs: &Inputs, register: &Register) -> Result<Recipient, Vec<&'static str>> {
    let mut wrong = Vec::new();
    let name = inputs.get("name").to_owned();
    if name.is_empty() {
        wrong.push("name");
    }
    let role = named(RecipientRole::ALL, inputs.get("role"), RecipientRole::name);
    let country = inputs.get("country").to_uppercase().parse::<Country>();
    if country.is_err() {
        wrong.push("country");
    }
    let mut address = |name, reads: fn(&str) -> Option<String>| {
        let given = inputs.some(name)?;
        let read = reads(&given);
        if read.is_none() {
            wrong.push(name);
        }
        read
    };
    let mail = address("mail", register::mail_address);
    let webhook = address("webhook", register::webhook_address);
    let mut day = |name| {
        inputs.day(name).unwrap_or_else(|name| {
            wrong.push(name);
            None
        })
    };
    let contract = Contract {
        signed_on: day("signed_on"),
        covers: chosen(ContractItem::ALL, inputs, "covers", ContractItem::name),
        essence_available: inputs.is_on("essence_available"),
    };
    let assessed_on = day("assessed_on");
    let transfer = named(
        TransferBasis::ALL,
        inputs.get("transfer"),
        TransferBasis::name,
    );
    let transfer = transfer.map(|basis| Transfer {
        basis,
        assessed_on,
        reference: inputs.some("reference"),
    });
    let (Ok(country), true) = (country, wrong.is_empty()) else {
        return Err(wrong);
    };
    Ok(Recipient {
        id: inputs
            .some("id")
            .unwrap_or_else(|| identifier(&name, |id| register.recipient(id).is_some())),
        name,
        service: inputs.some("service"),
        role: role.unwrap_or(RecipientRole::Processor),
        country,
        mail,
        webhook,
        contract: (contract != Contract::default()).then_some(contract),
        transfer,
    })
}

fn show(
    visitor: &Visitor,
    view: &RegisterView,
    id: String,
    inputs: Inputs,
    wrong: Vec<&'static str>,
    in_use: Option<String>,
) -> Response {
    let (lang, register) = (visitor.lang(), &view.register);
    let here = if id.is_empty() {
        "/register/recipients/new".to_owned()
    } else {
        format!("/register/recipients/{id}")
    };
    let frame = Frame::of(visitor, &here);
    let status = if wrong.is_empty() && in_use.is_none() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let place = Place::Recipient(id.clone());
    let gaps = view.gaps.iter().filter(|gap| gap.place == place);
    let page = RecipientPage {
        base: opened_on(&inputs, view.version),
        title: match inputs.get("name") {
            "" => frame.t("recipient-new"),
            name => name.to_owned(),
        },
        may_change: visitor.may(Permission::ChangeRegister),
        wrong,
        in_use,
        gaps: gaps
            .map(|gap| Line::new(gap, register, visitor.today, &frame))
            .collect(),
        roles: choices!(RecipientRole, lang),
        items: choices!(ContractItem, lang),
        transfers: choices!(TransferBasis, lang),
        id,
        inputs,
        frame,
    };
    let mut response = frame::render(&page, lang);
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_recipient_comes_back_from_its_form_as_it_was() {
        let register = Register::parse(register::SAMPLE).unwrap();
        for recipient in &register.recipients {
            assert_eq!(&read(&inputs(recipient), &register).unwrap(), recipient);
        }
    }
}
