//! `/register/record`: the record of processing activities (GDPR Art. 30), as controller and as
//! processor, to be read and printed.

use askama::Template;
use axum::extract::{Query, State};
use jiff::civil::Date;
use law::Lang;
use register::{Activity, Contact, Register, Retention, Role};
use serde::Deserialize;

use super::words;
use crate::auth::Visitor;
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::Answer;
use crate::pages::{number, words as common};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "register/record.html")]
struct RecordPage {
    frame: Frame,
    as_processor: bool,
    version: Option<i64>,
    day: String,
    /// The provision that asks for who is responsible.
    letter: String,
    organisation: Vec<String>,
    representative: Option<String>,
    officer: Option<String>,
    sheets: Vec<Sheet>,
    others: u64,
}

/// One activity: rows of label, letter of Art. 30 and values; without values it is missing.
struct Sheet {
    name: String,
    rows: Vec<Row>,
}

struct Row {
    label: String,
    /// The provision that asks for it.
    letter: String,
    values: Vec<String>,
    /// Whether the law asks for it.
    needed: bool,
}

/// Which of the two records.
#[derive(Deserialize)]
pub struct Which {
    #[serde(default)]
    role: String,
}

/// The record.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Query(which): Query<Which>,
) -> Answer {
    let today = visitor.today;
    let view = visitor
        .ask(&state, move |organisation| {
            organisation.register_view(today)
        })
        .await?;
    let role = if which.role == Role::Processor.name() {
        Role::Processor
    } else {
        Role::Controller
    };
    let here = match role {
        Role::Processor => "/register/record?role=processor",
        Role::Controller => "/register/record",
    };
    let frame = Frame::of(&visitor, here);
    let (register, lang) = (&view.register, visitor.lang());
    let own = register
        .activities
        .iter()
        .filter(|activity| activity.role == role);
    let sheets: Vec<_> = own
        .map(|activity| sheet(activity, register, &frame, today))
        .collect();
    let page = RecordPage {
        as_processor: role == Role::Processor,
        version: view.version,
        day: number::day(today, lang),
        letter: law::written_citation(
            match role {
                Role::Processor => "GDPR Art. 30(2)(a)",
                Role::Controller => "GDPR Art. 30(1)(a)",
            },
            lang,
        ),
        organisation: lines(register),
        representative: register.organisation.representative.as_ref().map(contact),
        officer: register
            .organisation
            .data_protection_officer
            .as_ref()
            .map(contact),
        others: (register.activities.len() - sheets.len()) as u64,
        sheets,
        frame,
    };
    Ok(frame::render(&page, lang))
}

fn lines(register: &Register) -> Vec<String> {
    let organisation = &register.organisation;
    let town = [&organisation.postal_code, &organisation.city];
    let town: Vec<_> = town.into_iter().flatten().map(String::as_str).collect();
    let all = [
        Some(organisation.name.clone()),
        organisation.street.clone(),
        (!town.is_empty()).then(|| town.join(" ")),
        organisation.email.clone(),
        organisation.phone.clone(),
    ];
    all.into_iter().flatten().collect()
}

fn contact(contact: &Contact) -> String {
    let all = [
        &contact.name,
        &contact.address,
        &contact.email,
        &contact.phone,
    ];
    let all: Vec<_> = all.into_iter().flatten().map(String::as_str).collect();
    all.join(", ")
}

fn sheet(activity: &Activity, register: &Register, frame: &Frame, today: Date) -> Sheet {
    let lang = frame.lang;
    let processor = activity.role == Role::Processor;
    let row = |label: &str, letter: &str, values: Vec<String>| Row {
        label: frame.t(label),
        letter: law::written_citation(letter, lang),
        values,
        needed: true,
    };
    let mut rows = Vec::new();
    if processor {
        let principal = activity.principal.iter().cloned().collect();
        rows.push(row("record-principal", "GDPR Art. 30(2)(a)", principal));
        let purpose = activity.purpose.iter().cloned().collect();
        rows.push(row("record-categories", "GDPR Art. 30(2)(b)", purpose));
    } else {
        let purpose = activity.purpose.iter().cloned().collect();
        rows.push(row("record-purpose", "GDPR Art. 30(1)(b)", purpose));
        rows.push(row(
            "record-subjects",
            "GDPR Art. 30(1)(c)",
            activity.subjects.clone(),
        ));
        let special = activity.special_data.iter();
        let special = special.map(|data| data.label().get(lang).to_owned());
        let data = activity.data.iter().cloned().chain(special).collect();
        rows.push(row("record-data", "GDPR Art. 30(1)(c)", data));
        rows.push(Row {
            needed: !activity.recipients.is_empty(),
            ..row(
                "record-recipients",
                "GDPR Art. 30(1)(d)",
                recipients(activity, register, lang),
            )
        });
    }
    let (transfers, limits, measures) = if processor {
        ("GDPR Art. 30(2)(c)", "", "GDPR Art. 30(2)(d)")
    } else {
        (
            "GDPR Art. 30(1)(e)",
            "GDPR Art. 30(1)(f)",
            "GDPR Art. 30(1)(g)",
        )
    };
    rows.push(Row {
        needed: false,
        ..row(
            "record-transfers",
            transfers,
            abroad(activity, register, lang, today),
        )
    });
    if !processor {
        let rules = activity.retention.iter().map(|rule| retention(rule, lang));
        rows.push(row("record-limits", limits, rules.collect()));
    }
    let known = register.measures.iter();
    let known = known.filter(|measure| activity.measures.contains(&measure.id));
    rows.push(row(
        "record-measures",
        measures,
        known.map(|m| m.name.clone()).collect(),
    ));
    let basis = activity.basis.map(|basis| words::basis(basis, lang));
    // Not asked for by Art. 30, but by Art. 5(2) and 6: everybody looks for it here.
    rows.push(Row {
        needed: !processor,
        ..row(
            "record-basis",
            "GDPR Art. 6(1)",
            basis.into_iter().collect(),
        )
    });
    Sheet {
        name: activity.name.clone(),
        rows,
    }
}

fn recipients(activity: &Activity, register: &Register, lang: Lang) -> Vec<String> {
    register
        .recipients_of(activity)
        .map(|recipient| {
            let role = recipient.role.label().get(lang);
            format!("{} ({role})", recipient.name)
        })
        .collect()
}

fn abroad(activity: &Activity, register: &Register, lang: Lang, today: Date) -> Vec<String> {
    let third = register
        .recipients_of(activity)
        .filter(|recipient| !law::gdpr::art44::is_eea(recipient.country, today));
    third
        .map(|recipient| {
            let country = common::country(recipient.country.as_str(), lang);
            let basis = recipient.transfer.as_ref();
            let basis = basis.map_or("–", |transfer| transfer.basis.label().get(lang));
            format!("{}: {country}, {basis}", recipient.name)
        })
        .collect()
}

/// A rule of retention in words, after the data that it covers.
fn retention(rule: &Retention, lang: Lang) -> String {
    // A sign and its number stay on one line.
    let text = rule.text(lang).replace("§ ", "§\u{a0}");
    match &rule.covers {
        Some(covers) => format!("{covers}: {text}"),
        None => text,
    }
}
