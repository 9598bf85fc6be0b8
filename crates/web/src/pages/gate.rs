//! `/gate`: any question with made-up facts. Nothing is kept; no person is named.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use jiff::civil::Date;
use law::facts::Purpose;
use law::gate::DecisionView;
use law::{Channel, Lang};
use operations::try_out::{TRY_FACTS, try_out};

use super::contact::answer::Answer as Shown;
use super::frame::{self, Frame};
use super::register::purpose_name;
use super::words;
use crate::auth::Visitor;
use crate::pages::refusal::Answer;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "gate.html")]
struct GatePage {
    frame: Frame,
    purposes: Vec<(&'static str, String)>,
    channels: Vec<(&'static str, String)>,
    purpose: String,
    channel: String,
    on: String,
    facts: Vec<Fact>,
    answer: Option<Shown>,
    changes: Vec<Change>,
}

struct Fact {
    name: &'static str,
    label: String,
    answers: Vec<(&'static str, String)>,
    given: String,
}

struct Change {
    fact: String,
    answer: String,
    verdict: words::OutcomeWords,
    /// The same question with this fact.
    link: String,
}

/// The form with its answer.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Answer {
    let lang = visitor.lang();
    let today = state.now().date();
    let text = |name: &str, otherwise: &str| {
        let given = asked.get(name).filter(|given| !given.is_empty());
        given.map_or(otherwise, String::as_str).to_owned()
    };
    let purpose = text("purpose", Purpose::DirectMarketing.name());
    let channel = text("channel", Channel::Email.name());
    let on: Date = text("on", "").parse().unwrap_or(today);
    let tried = try_out(&purpose, &channel, &asked, on, lang);
    let frame = Frame::of(&visitor, "/gate");
    let facts: Vec<_> = TRY_FACTS
        .iter()
        .map(|fact| Fact {
            name: fact.name,
            label: frame.t(fact_name(fact.name)),
            answers: fact
                .answers
                .iter()
                .map(|answer| (*answer, answer_name(fact.name, answer, &frame)))
                .collect(),
            given: text(fact.name, ""),
        })
        .collect();
    let (answer, changes) = match tried {
        Some(tried) => {
            let changes = tried
                .would_change
                .into_iter()
                .map(|(fact, answer, verdict)| {
                    let mut with = asked.clone();
                    with.insert(fact.to_owned(), answer.to_owned());
                    with.remove("lang");
                    let query = serde_urlencoded::to_string(&with).unwrap_or_default();
                    Change {
                        fact: frame.t(fact_name(fact)),
                        answer: answer_name(fact, answer, &frame),
                        verdict: words::verdict(verdict, lang),
                        link: format!("/gate?{query}#answer"),
                    }
                })
                .collect();
            (Some(shown(tried.decision, lang)), changes)
        }
        None => (None, Vec::new()),
    };
    let page = GatePage {
        purposes: Purpose::ALL
            .map(|purpose| (purpose.name(), purpose_name(purpose, lang)))
            .to_vec(),
        channels: Channel::ALL
            .map(|channel| (channel.name(), words::channel(channel, lang)))
            .to_vec(),
        purpose,
        channel,
        on: on.to_string(),
        facts,
        answer,
        changes,
        frame,
    };
    Ok(frame::render(&page, lang))
}

fn shown(decision: DecisionView, lang: Lang) -> Shown {
    Shown::of_decision(decision, true, lang)
}

fn fact_name(fact: &str) -> &'static str {
    match fact {
        "kind" => "fact-kind",
        "country" => "fact-country",
        "subscriber" => "fact-subscriber",
        "consent" => "fact-consent",
        "objection" => "fact-objection",
        "relation" => "fact-relation",
        "sale" => "fact-sale",
        "circumstance" => "fact-circumstance",
        "screened" => "fact-screened",
        "special" => "fact-special",
        _ => "fact-restricted",
    }
}

fn answer_name(fact: &str, answer: &str, frame: &Frame) -> String {
    let name = match (fact, answer) {
        ("country", code) => return words::country(code, frame.lang).to_owned(),
        (_, "yes") => "yes",
        (_, "business") => "contact-business",
        (_, "consumer") => "contact-consumer",
        (_, "legal_person") => "answer-legal-person",
        (_, "natural_person") => "answer-natural-person",
        (_, "double_opt_in_completed") => "answer-double-opt-in",
        (_, "double_opt_in_pending") => "answer-double-opt-in-pending",
        (_, "single_opt_in") => "answer-single-opt-in",
        (_, "written") => "answer-written",
        (_, "recorded") => "answer-recorded",
        (_, "withdrawn") => "answer-withdrawn",
        (_, "purchase") => "answer-purchase",
        (_, "free_account") => "answer-free-account",
        (_, "inquiry") => "answer-inquiry",
        (_, "all_conditions") => "answer-all-conditions",
        (_, "no_notice") => "answer-no-notice",
        (_, "other_goods") => "answer-other-goods",
        (_, "contact_asked") => "answer-contact-asked",
        (_, "current_business_relation") => "answer-business-relation",
        (_, "job_change_notice") => "answer-job-change",
        (_, "other") => "answer-other",
        (_, "published_number") => "answer-published-number",
        (_, "same_industry") => "answer-same-industry",
        (_, "clear") => "answer-clear",
        (_, "listed") => "answer-listed",
        (_, unknown) => return unknown.to_owned(),
    };
    frame.t(name)
}
