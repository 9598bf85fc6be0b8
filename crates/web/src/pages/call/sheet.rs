//! `/calls`: who may be called for an activity, and who could be after a circumstance is written down.

use askama::Template;
use axum::extract::{Query, State};
use operations::Error;
use operations::access::Permission;
use operations::call::{CallLine, CallsFor};
use serde::Deserialize;

use super::{Made, activities};
use crate::auth::Visitor;
use crate::pages::contact::answer::Answer as GateAnswer;
use crate::pages::contact::title;
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::Answer;
use crate::state::AppState;

/// Contacts on one page.
const PAGE: usize = 25;

#[derive(Template)]
#[template(path = "call/sheet.html")]
struct SheetPage {
    frame: Frame,
    activities: Vec<(String, String)>,
    activity: String,
    waiting: bool,
    lines: Vec<Line>,
    next: Option<String>,
    at_start: bool,
    may_change: bool,
}

struct Line {
    id: String,
    name: String,
    company: Option<String>,
    phones: Vec<String>,
    why: String,
    circumstance: Option<String>,
    last: Option<Made>,
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

/// The sheet.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Answer {
    let (today, lang) = (visitor.today, visitor.lang());
    let waiting = asked.show == "circumstance";
    let which = if waiting {
        CallsFor::WithCircumstance
    } else {
        CallsFor::Now
    };
    let at_start = asked.after.is_none();
    let frame = Frame::of(&visitor, "/calls");
    let zone = state.now().time_zone().clone();
    let words = Frame::of(&visitor, "/calls");
    let (chosen, known, lines, next) = visitor
        .ask(&state, move |organisation| {
            let register = organisation.register_view(today)?.register;
            let known = activities(&register);
            let chosen = known.iter().find(|(id, _)| *id == asked.activity);
            let Some((chosen, _)) = chosen.or(known.first()).cloned() else {
                return Ok((String::new(), known, Vec::new(), None));
            };
            let part = |after| organisation.call_sheet(&chosen, which, after, PAGE, (today, lang));
            let sheet = match part(asked.after.as_deref()) {
                // An address that somebody has typed begins at the start.
                Err(Error::ContactText) => part(None)?,
                other => other?,
            };
            let lines = sheet.lines.into_iter();
            let lines = lines.map(|line| Line::new(line, organisation, &zone, &words));
            Ok((chosen, known, lines.collect(), sheet.next))
        })
        .await?;
    let page = SheetPage {
        activities: known,
        activity: chosen,
        waiting,
        lines,
        next,
        at_start,
        may_change: visitor.may(Permission::ChangeContacts),
        frame,
    };
    Ok(frame::render(&page, lang))
}

impl Line {
    fn new(
        line: CallLine,
        organisation: &operations::Organisation,
        zone: &jiff::tz::TimeZone,
        frame: &Frame,
    ) -> Self {
        let last = line.calls.last();
        let last = last.map(|call| Made::new(call, organisation, zone, frame));
        let decided = line.decided;
        let answer = GateAnswer::of_decision(decided.decision, decided.reachable, frame.lang);
        Self {
            id: line.contact.id.clone(),
            company: line.contact.company.clone(),
            name: title(line.contact, frame),
            phones: line.phones,
            why: answer.because().to_owned(),
            circumstance: line.circumstance,
            last,
        }
    }
}
