//! `/retention/runs/{id}`: what a run would let go, its release, and what it did.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use operations::access::Permission;
use operations::retention::{LeftOut, Release, RuleCount, RunPage, RunState};
use operations::{Act, Error, Organisation, OrganisationId};
use register::Register;

use super::overview::state_name;
use super::{RuleWords, fault};
use crate::auth::Visitor;
use crate::auth::form::{Form, Nothing};
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::Answer;
use crate::pages::toast::Toast;
use crate::pages::{actor, number};
use crate::state::AppState;

/// Contacts that were left out and are shown.
const EXCEPTIONS: u32 = 100;

#[derive(Template)]
#[template(path = "retention/run.html")]
struct Page {
    frame: Frame,
    id: String,
    problem: Option<String>,
    as_of: String,
    state: String,
    is_proposed: bool,
    is_under_way: bool,
    people: String,
    proposed: String,
    released: Option<String>,
    took: Option<String>,
    second_person: bool,
    register: i64,
    entry: i64,
    waiting: Vec<(RuleWords, String)>,
    gone: Vec<(RuleWords, String)>,
    left_out: Vec<(String, String)>,
    exceptions: Vec<(String, String)>,
    may_erase: bool,
    sees_evidence: bool,
}

fn left_out(why: LeftOut) -> &'static str {
    match why {
        LeftOut::Changed => "retention-left-changed",
        LeftOut::Held => "retention-left-held",
        LeftOut::Merged => "retention-left-merged",
        LeftOut::Fault => "retention-left-fault",
    }
}

struct Found {
    run: RunPage,
    register: Register,
    proposed_by: String,
    released_by: Option<String>,
}

async fn show(state: &AppState, visitor: &Visitor, id: String, problem: Option<Error>) -> Answer {
    let (today, lang) = (visitor.today, visitor.lang());
    let asked = id.clone();
    let found = visitor
        .ask(state, move |organisation| {
            let run = asked.parse().map_err(|_| Error::ContactText)?;
            let run = organisation.retention_run(run, EXCEPTIONS)?;
            let name = |by: &str| actor::name(organisation, by, lang);
            Ok(Found {
                proposed_by: name(&run.line.proposed.0),
                released_by: run.line.released.as_ref().map(|(by, _)| name(by)),
                register: organisation.register_view(today)?.register,
                run,
            })
        })
        .await?;
    let frame = Frame::of(visitor, "/retention");
    let zone = state.now().time_zone().clone();
    let status = problem
        .as_ref()
        .map_or(StatusCode::OK, |_| StatusCode::CONFLICT);
    let Found { run, register, .. } = &found;
    let line = &run.line;
    let who = |by: &str, at| {
        let when = number::time(at, &zone, lang);
        frame.with_all("retention-by", &[("who", &by), ("when", &when)])
    };
    let counts = |counts: &[RuleCount]| {
        let words = |count: &RuleCount| {
            let words = RuleWords::new(&count.rule, register, &frame);
            (words, number::count(count.count, lang))
        };
        counts.iter().map(words).collect::<Vec<_>>()
    };
    let released = found.released_by.as_deref().zip(line.released.as_ref());
    let took = line.ended_at.zip(line.released.as_ref());
    let page = Page {
        problem: problem.and_then(|error| match error {
            Error::Retention(why) => Some(fault(why, &frame)),
            _ => None,
        }),
        as_of: number::day(line.as_of, lang),
        state: frame.t(state_name(line.state)),
        is_proposed: line.state == RunState::Proposed,
        is_under_way: line.state == RunState::Released,
        people: number::count(line.people, lang),
        proposed: who(&found.proposed_by, line.proposed.1),
        released: released.map(|(by, (_, at))| who(by, *at)),
        took: took.map(|(ended, (_, begun))| {
            let seconds = ended.duration_since(*begun).as_secs().max(0);
            frame.with("retention-seconds", "n", seconds)
        }),
        second_person: run.release == Release::Two,
        register: run.register,
        entry: line.entry,
        waiting: counts(&run.waiting),
        gone: counts(&run.gone),
        left_out: run
            .left_out
            .iter()
            .map(|(why, count)| (frame.t(left_out(*why)), number::count(*count, lang)))
            .collect(),
        exceptions: run
            .exceptions
            .iter()
            .map(|line| (line.contact.clone(), frame.t(left_out(line.reason))))
            .collect(),
        may_erase: visitor.may(Permission::Erase),
        sees_evidence: visitor.may(Permission::SeeEvidence),
        id,
        frame,
    };
    let mut response = frame::render(&page, lang);
    *response.status_mut() = status;
    Ok(response)
}

/// The page.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    show(&state, &visitor, id, None).await
}

/// Does something with a run and leads back to it.
async fn change(
    state: &AppState,
    visitor: &Visitor,
    id: String,
    toast: Toast,
    what: impl Fn(&Organisation, OrganisationId, &Act) -> Result<i64, Error> + Send + 'static,
) -> Answer {
    let (act, asked) = (visitor.act(state), id.clone());
    let done = visitor
        .ask(state, move |organisation| {
            let run = asked.parse().map_err(|_| Error::ContactText)?;
            match what(organisation, run, &act) {
                Err(error @ Error::Retention(_)) => Ok(Err(error)),
                other => other.map(Ok),
            }
        })
        .await?;
    match done {
        Ok(_) => Ok(toast.then(&format!("/retention/runs/{id}"))),
        Err(error) => show(state, visitor, id, Some(error)).await,
    }
}

/// Releases a run.
pub async fn release(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    _: Form<Nothing>,
) -> Answer {
    let what = Organisation::release_retention_run;
    change(&state, &visitor, id, Toast::RetentionReleased, what).await
}

/// Calls a run off.
pub async fn call_off(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    _: Form<Nothing>,
) -> Answer {
    let what = Organisation::call_off_retention_run;
    change(&state, &visitor, id, Toast::RetentionCalledOff, what).await
}
