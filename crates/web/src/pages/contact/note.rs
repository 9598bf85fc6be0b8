//! What people write down about a contact because the gate asks for it: a sale, circumstances for
//! a call, a look into an exclusion list, and a decision against a refusal.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use law::facts::{InterestGround, RelationKind};
use law::{Channel, Lang};
use operations::{Decided, Error, Sale};
use register::Register;
use serde::de::DeserializeOwned;

use super::answer::Answer as GateAnswer;
use super::{contact, title};
use crate::auth::Visitor;
use crate::auth::form::{Form, Nothing};
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::{Answer, Refusal};
use crate::pages::register::Inputs;
use crate::pages::toast::Toast;
use crate::pages::words;
use crate::state::AppState;
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "contact/note.html")]
struct NotePage {
    frame: Frame,
    id: String,
    name: String,
    note: &'static str,
    inputs: Inputs,
    problem: Option<String>,
    today: String,
    activities: Vec<(String, String)>,
    channels: Vec<(String, String)>,
    goods: Vec<(String, String)>,
    relations: Vec<(String, String)>,
    grounds: Vec<(String, String)>,
    /// What the gate says now, where a decision would go against it.
    answer: Option<GateAnswer>,
}

/// Which form is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Note {
    Sale,
    Circumstance,
    Screening,
    Overrule,
}

impl Note {
    const fn name(self) -> &'static str {
        match self {
            Self::Sale => "sale",
            Self::Circumstance => "circumstance",
            Self::Screening => "screening",
            Self::Overrule => "overrule",
        }
    }

    const fn toast(self) -> Toast {
        match self {
            Self::Sale => Toast::SaleNoted,
            Self::Circumstance => Toast::CircumstanceNoted,
            Self::Screening => Toast::ScreeningNoted,
            Self::Overrule => Toast::Overruled,
        }
    }
}

/// A word of a closed list; `None` if it is not in the list.
pub fn word<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).ok()
}

/// The advertising activities of a register, by identifier and name.
pub fn advertising(register: &Register) -> Vec<(String, String)> {
    let activities = register.activities.iter();
    activities
        .filter(|activity| activity.purpose_kind.is_advertising())
        .map(|activity| (activity.id.clone(), activity.name.clone()))
        .collect()
}

async fn show(
    state: &AppState,
    visitor: &Visitor,
    id: String,
    note: Note,
    inputs: Inputs,
    problem: Option<&str>,
) -> Answer {
    let (lang, today) = (visitor.lang(), visitor.today);
    let reference = contact(visitor, &id)?;
    let asked = (note == Note::Overrule).then(|| {
        let channel: Option<Channel> = inputs.get("channel").parse().ok();
        (inputs.get("activity").to_owned(), channel)
    });
    let (line, register, decided) = visitor
        .ask(state, move |organisation| {
            let line = organisation.contact_line(&reference)?;
            let register = organisation.register_view(today)?.register;
            let decided = match asked {
                Some((activity, Some(channel))) if register.activity(&activity).is_some() => {
                    Some(organisation.decide(&reference, &activity, channel, today, lang)?)
                }
                _ => None,
            };
            Ok((line, register, decided))
        })
        .await?;
    let frame = Frame::of(visitor, &format!("/contacts/{id}/{}", note.name()));
    let status = problem.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    let reaching = Channel::ALL
        .into_iter()
        .filter(|channel| channel.reaches_people());
    let page = NotePage {
        name: title(line, &frame),
        id,
        note: note.name(),
        today: today.to_string(),
        problem: problem.map(|name| frame.t(name)),
        activities: advertising(&register),
        channels: reaching
            .map(|channel| (channel.name().to_owned(), words::channel(channel, lang)))
            .collect(),
        goods: register
            .goods_classes
            .into_iter()
            .map(|class| (class.id, class.name))
            .collect(),
        relations: choices(&RELATIONS, lang),
        grounds: choices(&GROUNDS, lang),
        answer: decided.map(
            |Decided {
                 decision,
                 reachable,
                 ..
             }| { GateAnswer::of_decision(decision, reachable, lang) },
        ),
        inputs,
        frame,
    };
    let mut response = frame::render(&page, lang);
    *response.status_mut() = status;
    Ok(response)
}

/// The words of a closed list with the names of their texts.
type Named = [(&'static str, &'static str)];

const RELATIONS: [(&str, &str); 5] = [
    ("purchase", "answer-purchase"),
    ("free_account", "answer-free-account"),
    ("free_service", "answer-free-service"),
    ("inquiry", "answer-inquiry"),
    ("other_company", "answer-other-company"),
];

/// Those that count come first; the others are there to be said honestly, and the gate says no.
const GROUNDS: [(&str, &str); 9] = [
    ("contact_asked", "answer-contact-asked"),
    ("current_business_relation", "answer-business-relation"),
    ("job_change_notice", "answer-job-change"),
    ("other", "answer-other"),
    ("published_number", "answer-published-number"),
    ("free_directory_entry", "answer-directory-entry"),
    ("same_industry", "answer-same-industry"),
    ("general_usefulness", "answer-useful"),
    ("low_price", "answer-low-price"),
];

fn choices(named: &Named, lang: Lang) -> Vec<(String, String)> {
    let texts = Texts(lang);
    let named = named.iter();
    named
        .map(|(word, text)| ((*word).to_owned(), texts.t(text)))
        .collect()
}

/// The name of the text for an error that can be mended in the form.
fn told(error: &Error) -> Option<&'static str> {
    Some(match error {
        Error::Future(_) => "day-future",
        Error::Empty("the goods class") => "note-goods-missing",
        Error::Empty("the reason") => "reason-missing",
        Error::Empty(_) => "note-text-missing",
        Error::Purpose(_) => "note-activity-missing",
        Error::NotToBeOverruled => "overrule-nobody",
        long if long.is_too_long() => "note-too-long",
        _ => return None,
    })
}

async fn finish(
    state: &AppState,
    visitor: &Visitor,
    id: String,
    note: Note,
    inputs: Inputs,
    done: Result<i64, Error>,
) -> Answer {
    match done {
        Ok(_) => Ok(note.toast().then(&format!("/contacts/{id}"))),
        Err(error) => match told(&error) {
            Some(problem) => show(state, visitor, id, note, inputs, Some(problem)).await,
            None => Err(Refusal::new(error.into(), &visitor.visit)),
        },
    }
}

/// The form for a sale.
pub async fn sale_page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(mut inputs): Query<Inputs>,
) -> Answer {
    inputs.add("sold_on", visitor.today.to_string());
    show(&state, &visitor, id, Note::Sale, inputs, None).await
}

/// Notes a sale.
pub async fn sale(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let (reference, act) = (contact(&visitor, &id)?, visitor.act(&state));
    let Ok(Some(sold_on)) = inputs.day("sold_on") else {
        return show(&state, &visitor, id, Note::Sale, inputs, Some("day-wrong")).await;
    };
    let sale = Sale {
        goods: inputs.get("goods").to_owned(),
        sold_on,
        address_from_sale: inputs.is_on("address_from_sale"),
        notice_at_collection: inputs.is_on("notice_at_collection"),
        relation: word(inputs.get("relation")).unwrap_or(RelationKind::Inquiry),
    };
    let done = visitor
        .ask(&state, move |organisation| {
            let register = organisation.register_view(act.today)?.register;
            if !register
                .goods_classes
                .iter()
                .any(|class| class.id == sale.goods)
            {
                return Ok(Err(Error::Empty("the goods class")));
            }
            Ok(organisation.note_sale(&reference, sale, &act))
        })
        .await?;
    finish(&state, &visitor, id, Note::Sale, inputs, done).await
}

/// The form for concrete circumstances.
pub async fn circumstance_page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(inputs): Query<Inputs>,
) -> Answer {
    show(&state, &visitor, id, Note::Circumstance, inputs, None).await
}

/// Notes concrete circumstances.
pub async fn circumstance(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let (reference, act) = (contact(&visitor, &id)?, visitor.act(&state));
    let Some(ground) = word::<InterestGround>(inputs.get("ground")) else {
        let problem = Some("note-ground-missing");
        return show(&state, &visitor, id, Note::Circumstance, inputs, problem).await;
    };
    let (activity, text) = (
        inputs.get("activity").to_owned(),
        inputs.get("text").to_owned(),
    );
    let done = visitor
        .ask(&state, move |organisation| {
            Ok(organisation.note_circumstance(&reference, &activity, ground, &text, &act))
        })
        .await?;
    finish(&state, &visitor, id, Note::Circumstance, inputs, done).await
}

/// Notes that the person asked for something.
pub async fn enquiry(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Answer {
    let (reference, act) = (contact(&visitor, &id)?, visitor.act(&state));
    visitor
        .ask(&state, move |organisation| {
            organisation.note_enquiry(&reference, &act)
        })
        .await?;
    Ok(Toast::EnquiryNoted.then(&format!("/contacts/{id}")))
}

/// The form for a look into an exclusion list.
pub async fn screening_page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    let inputs = Inputs::default();
    show(&state, &visitor, id, Note::Screening, inputs, None).await
}

/// Notes what an exclusion list says.
pub async fn screening(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let (reference, act) = (contact(&visitor, &id)?, visitor.act(&state));
    let listed = match inputs.get("listed") {
        "yes" => true,
        "no" => false,
        _ => {
            let problem = Some("note-screening-missing");
            return show(&state, &visitor, id, Note::Screening, inputs, problem).await;
        }
    };
    let done = visitor
        .ask(&state, move |organisation| {
            Ok(organisation.note_screening(&reference, listed, &act))
        })
        .await?;
    finish(&state, &visitor, id, Note::Screening, inputs, done).await
}

/// The form for a decision against a refusal.
pub async fn overrule_page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(inputs): Query<Inputs>,
) -> Answer {
    show(&state, &visitor, id, Note::Overrule, inputs, None).await
}

/// Records a decision against a refusal.
pub async fn overrule(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let (reference, act) = (contact(&visitor, &id)?, visitor.act(&state));
    let Ok(channel) = inputs.get("channel").parse::<Channel>() else {
        let problem = Some("object-no-channel");
        return show(&state, &visitor, id, Note::Overrule, inputs, problem).await;
    };
    let (activity, reason) = (
        inputs.get("activity").to_owned(),
        inputs.get("reason").to_owned(),
    );
    let done = visitor
        .ask(&state, move |organisation| {
            Ok(organisation.overrule(&reference, &activity, channel, &reason, &act))
        })
        .await?;
    finish(&state, &visitor, id, Note::Overrule, inputs, done).await
}

/// Takes a decision against a refusal back.
pub async fn revoke_overrule(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let (reference, act) = (contact(&visitor, &id)?, visitor.act(&state));
    let channel = inputs.get("channel").parse::<Channel>();
    let activity = inputs.get("activity").to_owned();
    visitor
        .ask(&state, move |organisation| {
            organisation.contact_line(&reference)?;
            let channel = channel.map_err(|_| Error::NoChannel)?;
            match organisation.revoke_overrule(&reference, &activity, channel, &act) {
                // Somebody was quicker, or pressed twice: it is as wanted.
                Err(Error::NothingToTakeBack(_)) => Ok(()),
                other => other.map(|_| ()),
            }
        })
        .await?;
    Ok(Toast::OverruleRevoked.then(&format!("/contacts/{id}")))
}
