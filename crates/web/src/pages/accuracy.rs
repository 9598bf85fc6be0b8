//! `/quality/{doubt}/ask`, `/contacts/{id}/check`: people are asked by mail whether their data are right
//! (GDPR Art. 5(1)(d)). A preview says who gets the mail, who does not, and why.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use operations::accuracy::{AskedOf, LeftOut};
use operations::quality::Doubt;
use operations::{Error, OrganisationId};
use serde::Deserialize;

use super::contact::{contact, title};
use super::frame::{self, Frame};
use super::number;
use super::quality::{PAGE, texts};
use super::refusal::{Answer, Refusal};
use super::toast::Toast;
use crate::auth::Visitor;
use crate::auth::form::{Form, Nothing};
use crate::problem::Problem;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "quality/ask.html")]
struct AskPage {
    frame: Frame,
    /// Where the visitor came from, and what it is called.
    back: String,
    about: String,
    action: String,
    part: String,
    after: String,
    to_ask: String,
    someone: bool,
    left_out: Vec<Row>,
    subject: String,
    text: String,
    problem: Option<String>,
}

/// Why somebody is left out.
struct Row {
    name: String,
    why: String,
    count: String,
}

/// Which part of a list is meant.
#[derive(Clone, Deserialize)]
pub struct Part {
    /// `page` for one page of it; all of it otherwise.
    #[serde(default)]
    part: String,
    #[serde(default)]
    after: String,
}

/// Where the page stands.
struct Place {
    of: AskedOf,
    back: String,
    about: String,
    action: String,
    part: Part,
}

impl Place {
    fn of_list(visitor: &Visitor, doubt: &str, part: Part) -> Result<Self, Refusal> {
        let nothing = || Refusal::in_language(Problem::nothing_here(), visitor.lang());
        let doubt = Doubt::named(doubt).ok_or_else(nothing)?;
        let after: Option<OrganisationId> = part.after.parse().ok();
        let back = format!("/quality/{}", doubt.name());
        Ok(Self {
            of: if part.part == "page" {
                AskedOf::Page(doubt, after, PAGE)
            } else {
                AskedOf::All(doubt)
            },
            action: format!("{back}/ask"),
            about: Frame::of(visitor, &back).t(texts(doubt).0),
            back,
            part,
        })
    }

    /// One contact; the address may name one that was merged into it.
    async fn of_one(state: &AppState, visitor: &Visitor, id: &str) -> Result<Self, Refusal> {
        let reference = contact(visitor, id)?;
        let line = visitor
            .ask(state, move |organisation| {
                organisation.contact_line(&reference)
            })
            .await?;
        let nothing = |_| Refusal::in_language(Problem::nothing_here(), visitor.lang());
        let back = format!("/contacts/{}", line.id);
        Ok(Self {
            of: AskedOf::One(line.id.parse().map_err(nothing)?),
            action: format!("{back}/check"),
            about: title(line, &Frame::of(visitor, &back)),
            back,
            part: Part {
                part: String::new(),
                after: String::new(),
            },
        })
    }
}

/// The names of the texts that say why somebody is left out.
const fn why(left_out: LeftOut) -> (&'static str, &'static str) {
    match left_out {
        LeftOut::Gone => ("accuracy-gone", "accuracy-gone-why"),
        LeftOut::Restricted => ("accuracy-restricted", "accuracy-restricted-why"),
        LeftOut::Objected => ("accuracy-objected", "accuracy-objected-why"),
        LeftOut::NoMailbox => ("accuracy-no-mailbox", "accuracy-no-mailbox-why"),
        LeftOut::MailCameBack => ("accuracy-came-back", "accuracy-came-back-why"),
        LeftOut::ConfirmedLately => ("accuracy-confirmed", "accuracy-confirmed-why"),
        LeftOut::AskedLately => ("accuracy-asked-lately", "accuracy-asked-lately-why"),
    }
}

async fn shown(state: &AppState, visitor: &Visitor, place: Place, problem: Option<&str>) -> Answer {
    let (of, today, lang) = (place.of, visitor.today, visitor.lang());
    let (preview, (subject, text)) = visitor
        .ask(state, move |organisation| {
            let preview = organisation.accuracy_preview(of, today)?;
            Ok((preview, organisation.accuracy_letter(lang)))
        })
        .await?;
    let frame = Frame::of(visitor, &place.action);
    let status = problem.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    let rows = preview.left_out.iter().map(|(reason, count)| {
        let (name, why) = why(*reason);
        Row {
            name: frame.t(name),
            why: frame.t(why),
            count: number::count(*count, lang),
        }
    });
    let page = AskPage {
        left_out: rows.collect(),
        to_ask: number::count(preview.to_ask, lang),
        someone: preview.to_ask > 0,
        back: place.back,
        about: place.about,
        action: place.action,
        part: place.part.part,
        after: place.part.after,
        subject,
        text,
        problem: problem.map(|name| frame.t(name)),
        frame,
    };
    let mut response = frame::render(&page, lang);
    *response.status_mut() = status;
    Ok(response)
}

async fn written(state: &AppState, visitor: &Visitor, place: Place) -> Answer {
    let (of, act) = (place.of, visitor.act(state));
    let asked = visitor
        .ask(state, move |organisation| {
            match organisation.ask_for_accuracy(of, &act) {
                Ok(asked) => Ok(Some(asked)),
                Err(Error::NoAddress) => Ok(None),
                Err(error) => Err(error),
            }
        })
        .await?;
    match asked {
        Some(asked) if asked.written > 0 => Ok(Toast::AccuracyAsked.then(&place.back)),
        Some(_) => shown(state, visitor, place, Some("accuracy-nobody")).await,
        None => shown(state, visitor, place, Some("accuracy-no-address")).await,
    }
}

/// Who of a list would be asked.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(doubt): Path<String>,
    Query(part): Query<Part>,
) -> Answer {
    let place = Place::of_list(&visitor, &doubt, part)?;
    shown(&state, &visitor, place, None).await
}

/// Asks them.
pub async fn ask(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(doubt): Path<String>,
    Form(part): Form<Part>,
) -> Answer {
    let place = Place::of_list(&visitor, &doubt, part)?;
    written(&state, &visitor, place).await
}

/// Whether one contact would be asked.
pub async fn page_of_one(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    let place = Place::of_one(&state, &visitor, &id).await?;
    shown(&state, &visitor, place, None).await
}

/// Asks one contact.
pub async fn ask_one(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> Answer {
    let place = Place::of_one(&state, &visitor, &id).await?;
    written(&state, &visitor, place).await
}
