//! `/customers`: the existing-customer file, with the conditions of UWG § 7(3) for each sale.

use askama::Template;
use axum::extract::{Query, State};
use law::facts::RelationKind;
use law::{Channel, Lang};
use operations::Error;
use operations::access::Permission;
use operations::customer::{CustomerLine, CustomersWho, SaleLine};
use register::Register;
use serde::Deserialize;

use super::contact::answer::Answer as GateAnswer;
use super::contact::title;
use super::frame::{self, Frame};
use super::number;
use super::refusal::Answer;
use crate::auth::Visitor;
use crate::state::AppState;

/// Customers on one page.
const PAGE: usize = 25;

#[derive(Template)]
#[template(path = "customer/list.html")]
struct CustomersPage {
    frame: Frame,
    activities: Vec<(String, String)>,
    activity: String,
    /// Whether it shows who may not be written to.
    refused: bool,
    lines: Vec<Line>,
    next: Option<String>,
    at_start: bool,
    may_change: bool,
}

struct Line {
    id: String,
    name: String,
    company: Option<String>,
    sales: Vec<Sold>,
    why: String,
}

struct Sold {
    /// What, when, and what kind of sale.
    what: String,
    /// The conditions that hang on the sale, each met or not.
    conditions: Vec<(bool, String)>,
}

/// What is asked for.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    activity: String,
    #[serde(default)]
    show: String,
    after: Option<String>,
}

/// The activities that advertise by e-mail, by identifier and name; those first that can rest on the
/// existing-customer rule, since they say which goods they advertise.
fn activities(register: &Register) -> Vec<(String, String)> {
    let mut known: Vec<_> = register
        .activities
        .iter()
        .filter(|one| one.purpose_kind.is_advertising() && one.declares(Channel::Email))
        .collect();
    known.sort_by_key(|one| one.goods_class.is_none());
    known
        .into_iter()
        .map(|one| (one.id.clone(), one.name.clone()))
        .collect()
}

/// The file.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Answer {
    let (today, lang) = (visitor.today, visitor.lang());
    let refused = asked.show == "refused";
    let who = if refused {
        CustomersWho::MayNot
    } else {
        CustomersWho::MayBeWrittenTo
    };
    let at_start = asked.after.is_none();
    let (chosen, known, lines, next) = visitor
        .ask(&state, move |organisation| {
            let known = activities(&organisation.register_view(today)?.register);
            let chosen = known.iter().find(|(id, _)| *id == asked.activity);
            let Some((chosen, _)) = chosen.or(known.first()).cloned() else {
                return Ok((String::new(), known, Vec::new(), None));
            };
            let part = |after| organisation.customer_file(&chosen, who, after, PAGE, (today, lang));
            let file = match part(asked.after.as_deref()) {
                // An address that somebody has typed begins at the start.
                Err(Error::ContactText) => part(None)?,
                other => other?,
            };
            Ok((chosen, known, file.lines, file.next))
        })
        .await?;
    let frame = Frame::of(&visitor, "/customers");
    let page = CustomersPage {
        lines: lines
            .into_iter()
            .map(|line| Line::new(line, &frame))
            .collect(),
        activities: known,
        activity: chosen,
        refused,
        next,
        at_start,
        may_change: visitor.may(Permission::ChangeContacts),
        frame,
    };
    Ok(frame::render(&page, lang))
}

impl Line {
    fn new(line: CustomerLine, frame: &Frame) -> Self {
        let decided = line.decided;
        let answer = GateAnswer::of_decision(decided.decision, decided.reachable, frame.lang);
        let why = if decided.reachable {
            answer.because().to_owned()
        } else {
            frame.t("customers-no-address")
        };
        Self {
            id: line.contact.id.clone(),
            company: line.contact.company.clone(),
            name: title(line.contact, frame),
            sales: line
                .sales
                .iter()
                .map(|sale| Sold::new(sale, frame))
                .collect(),
            why,
        }
    }
}

impl Sold {
    fn new(sale: &SaleLine, frame: &Frame) -> Self {
        let lang: Lang = frame.lang;
        let relation = frame.t(match sale.relation {
            RelationKind::Purchase => "answer-purchase",
            RelationKind::FreeAccount => "answer-free-account",
            RelationKind::FreeService => "answer-free-service",
            RelationKind::Inquiry => "answer-inquiry",
            RelationKind::OtherCompany => "answer-other-company",
        });
        let told = |met: bool, name: &str| (met, frame.t(name));
        Self {
            what: format!(
                "{}, {}: {relation}",
                sale.goods,
                number::day(sale.sold_on, lang)
            ),
            conditions: vec![
                told(
                    sale.address_from_sale,
                    if sale.address_from_sale {
                        "customers-address"
                    } else {
                        "customers-address-missing"
                    },
                ),
                told(
                    sale.similar == Some(true),
                    match sale.similar {
                        Some(true) => "customers-similar",
                        Some(false) => "customers-not-similar",
                        None => "customers-similar-open",
                    },
                ),
                told(
                    sale.notice_at_collection,
                    if sale.notice_at_collection {
                        "customers-notice"
                    } else {
                        "customers-notice-missing"
                    },
                ),
            ],
        }
    }
}
