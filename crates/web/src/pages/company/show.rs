//! `/companies/{id}`: one company with its contacts and what the gate says about them for one
//! purpose. The id is a keyed hash, which names nobody.

use askama::Template;
use axum::extract::{Path, Query, State};
use law::Lang;
use operations::access::Permission;
use operations::company::{CompanyLine, CompanyPerson, CompanyView, ShortAnswer};
use serde::Deserialize;

use crate::auth::Visitor;
use crate::pages::frame::{self, Frame};
use crate::pages::number;
use crate::pages::refusal::Answer;
use crate::pages::words::{self, OutcomeWords};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "company/show.html")]
struct CompanyHtml {
    frame: Frame,
    line: CompanyLine,
    alike: Vec<CompanyLine>,
    activities: Vec<(String, String)>,
    activity: String,
    sums: Vec<Sum>,
    /// How many contacts the sums are about, if they are not about all.
    summed: Option<String>,
    people: Vec<Person>,
    next: Option<String>,
    at_start: bool,
    may_advertise: bool,
}

struct Sum {
    channel: String,
    text: String,
    class: &'static str,
}

struct Person {
    id: String,
    name: Option<String>,
    position: Option<String>,
    town: Option<String>,
    restricted: bool,
    answers: Vec<Badge>,
}

/// The gate's answer for one channel.
struct Badge {
    channel: String,
    /// `None` if there is no address for the channel.
    verdict: Option<OutcomeWords>,
}

/// What is asked.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    purpose: String,
    #[serde(default)]
    after: String,
}

/// Contacts on one page.
const PAGE: u32 = 50;

/// Renders the company.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let (today, lang) = (visitor.today, visitor.lang());
    let at_start = asked.after.is_empty();
    let view = visitor
        .ask(&state, move |organisation| {
            let after = (!asked.after.is_empty()).then_some(asked.after.as_str());
            organisation.company_view(&id, Some(&asked.purpose), after, PAGE, today)
        })
        .await?;
    let activity = view.activity.as_deref().unwrap_or_default();
    let here = format!("/companies/{}?purpose={activity}", view.line.id);
    let frame = Frame::of(&visitor, &here);
    Ok(frame::render(
        &CompanyHtml::new(frame, view, at_start, visitor.may(Permission::Advertise)),
        lang,
    ))
}

impl CompanyHtml {
    fn new(frame: Frame, view: CompanyView, at_start: bool, may_advertise: bool) -> Self {
        let lang = frame.lang;
        let sums = view.sums.iter().map(|sum| Sum {
            channel: words::channel(sum.channel, lang),
            text: frame.with_all(
                "company-sum",
                &[
                    ("permitted", &number::count(sum.permitted, lang)),
                    ("all", &number::count(view.summed, lang)),
                ],
            ),
            class: if sum.permitted > 0 {
                "permitted"
            } else {
                "refused"
            },
        });
        let people = view.people.into_iter();
        Self {
            may_advertise,
            sums: sums.collect(),
            summed: (view.summed < view.line.contacts)
                .then(|| frame.n("company-summed", view.summed)),
            people: people.map(|person| Person::new(person, lang)).collect(),
            line: view.line,
            alike: view.alike,
            activities: view.activities,
            activity: view.activity.unwrap_or_default(),
            next: view.next,
            at_start,
            frame,
        }
    }
}

impl Person {
    fn new(person: CompanyPerson, lang: Lang) -> Self {
        let badge = |answer: ShortAnswer| Badge {
            channel: words::channel(answer.channel, lang),
            verdict: answer
                .reachable
                .then(|| words::verdict(answer.verdict, lang)),
        };
        Self {
            id: person.id,
            name: person.name,
            position: person.position,
            town: person.town,
            restricted: person.restricted,
            answers: person.answers.into_iter().map(badge).collect(),
        }
    }
}
