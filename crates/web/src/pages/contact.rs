//! `GET /contacts/{id}`: one contact with its history and everything that the gate says, with the
//! full reasoning.

use askama::Template;
use axum::extract::{Path, State};
use law::Lang;
use law::gate::{AnswerView, DecisionView, DutyView};
use operations::Decided;
use operations::access::Permission;
use operations::browse::{ContactEvent, ContactLine, ContactView, PurposeAnswers};

use super::frame::{self, Frame};
use super::number;
use super::words::{self, OutcomeWords};
use crate::auth::Visitor;
use crate::pages::refusal;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "contact.html")]
struct ContactHtml {
    frame: Frame,
    title: String,
    company: Option<String>,
    country: String,
    emails: Vec<String>,
    phones: Vec<String>,
    address: Vec<String>,
    position: Option<String>,
    obtained: String,
    source: String,
    informed: Option<String>,
    events: Vec<Event>,
    purposes: Vec<Purpose>,
    id: String,
    restricted: bool,
    may_change: bool,
    may_erase: bool,
    sees_evidence: bool,
    duplicates: Vec<(String, String)>,
}

struct Event {
    day: String,
    what: String,
    about: Option<String>,
    channels: String,
    entry: Option<i64>,
}

struct Purpose {
    id: String,
    name: String,
    answers: Vec<Answer>,
}

/// The gate's answer as pages show it.
pub struct Answer {
    pub channel: String,
    pub verdict: OutcomeWords,
    pub reachable: bool,
    pub channel_law: Reason,
    pub data_protection: Reason,
    pub duties: Vec<Duty>,
    pub steps: Vec<&'static str>,
    pub to_be_checked: bool,
}

/// One layer's answer.
pub struct Reason {
    pub text: String,
    pub citations: String,
}

/// A duty that comes with a permission.
pub struct Duty {
    pub text: &'static str,
    pub citations: String,
    pub by: Option<String>,
}

/// Renders the contact with the id.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> refusal::Answer {
    let (today, lang) = (state.now().date(), visitor.lang());
    let (view, same) = visitor
        .ask(&state, move |organisation| {
            let contact = id.parse()?;
            let view = organisation.contact_view(&contact, today, lang)?;
            Ok((view, organisation.duplicates_of(&contact)?))
        })
        .await?;
    Ok(frame::render(&ContactHtml::new(view, same, &visitor), lang))
}

impl ContactHtml {
    fn new(view: ContactView, same: Vec<ContactLine>, visitor: &Visitor) -> Self {
        let lang = visitor.lang();
        let frame = Frame::of(visitor, &format!("/contacts/{}", view.line.id));
        let unnamed = || frame.t("unnamed");
        let other = |line: ContactLine| {
            let name = line.name.or(line.company).unwrap_or_else(unnamed);
            (line.id, name)
        };
        Self {
            id: view.line.id.clone(),
            restricted: view.line.restricted,
            may_change: visitor.may(Permission::ChangeContacts),
            may_erase: visitor.may(Permission::Erase),
            sees_evidence: visitor.may(Permission::SeeEvidence),
            duplicates: same.into_iter().map(other).collect(),
            title: view
                .line
                .name
                .or_else(|| view.line.company.clone())
                .unwrap_or_else(unnamed),
            company: view.line.company,
            country: words::country(&view.line.country, lang).to_owned(),
            emails: view.emails,
            phones: view.phones,
            address: view.address,
            position: view.position,
            obtained: number::day(view.line.obtained_on, lang),
            source: view.source,
            informed: view.informed_on.map(|day| number::day(day, lang)),
            events: view
                .events
                .into_iter()
                .map(|event| Event::new(event, lang))
                .collect(),
            purposes: view
                .answers
                .into_iter()
                .map(|answers| Purpose::new(answers, lang))
                .collect(),
            frame,
        }
    }
}

impl Event {
    fn new(event: ContactEvent, lang: Lang) -> Self {
        let channels: Vec<_> = event
            .channels
            .iter()
            .map(|channel| words::channel(*channel, lang))
            .collect();
        Self {
            day: number::day(event.on, lang),
            what: words::event(event.what, lang),
            about: event.about,
            channels: channels.join(", "),
            entry: event.entry,
        }
    }
}

impl Purpose {
    fn new(purpose: PurposeAnswers, lang: Lang) -> Self {
        let answers = purpose.channels.into_iter();
        Self {
            id: purpose.id,
            name: purpose.name,
            answers: answers.map(|decided| Answer::new(decided, lang)).collect(),
        }
    }
}

impl Answer {
    fn new(decided: Decided, lang: Lang) -> Self {
        Self::of_decision(decided.decision, decided.reachable, lang)
    }

    /// A decision; `reachable` says whether there is an address for the channel.
    pub fn of_decision(decision: DecisionView, reachable: bool, lang: Lang) -> Self {
        let channel = decision.channel.parse().ok();
        Self {
            channel: channel.map_or_else(
                || decision.channel.to_owned(),
                |channel| words::channel(channel, lang),
            ),
            verdict: words::verdict(decision.verdict, lang),
            reachable,
            channel_law: Reason::new(decision.channel_law, lang),
            data_protection: Reason::new(decision.data_protection, lang),
            duties: decision
                .duties
                .iter()
                .map(|duty| Duty::new(duty, lang))
                .collect(),
            steps: decision.next_steps.iter().map(|step| step.text).collect(),
            to_be_checked: decision.to_be_checked,
        }
    }
}

impl Reason {
    fn new(answer: AnswerView, lang: Lang) -> Self {
        Self {
            text: answer.reason,
            citations: written(&answer.citations, lang),
        }
    }
}

impl Duty {
    fn new(duty: &DutyView, lang: Lang) -> Self {
        Self {
            text: duty.text,
            citations: written(&duty.citations, lang),
            by: duty.by.map(|day| number::day(day, lang)),
        }
    }
}

fn written(citations: &[&'static str], lang: Lang) -> String {
    let written: Vec<_> = citations
        .iter()
        .map(|label| law::written_citation(label, lang))
        .collect();
    written.join("; ")
}
