//! `/retention`: how much is due by which rule, and the runs.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use operations::Error;
use operations::access::Permission;
use operations::retention::{DueWhich, Release, RunState};

use super::{RuleWords, fault};
use crate::auth::Visitor;
use crate::auth::form::{Form, Nothing};
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::Answer;
use crate::pages::register::Inputs;
use crate::pages::toast::Toast;
use crate::pages::{actor, number};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "retention/overview.html")]
struct OverviewPage {
    frame: Frame,
    problem: Option<String>,
    is_complete: bool,
    lists: Vec<(&'static str, String, String)>,
    counts: Vec<Line>,
    unconfirmed: u64,
    can_go: u64,
    open: Option<String>,
    runs: Vec<RunRow>,
    release: &'static str,
    releases: Vec<(&'static str, String)>,
    asked: Option<Asked>,
    may_erase: bool,
    may_set: bool,
}

struct Line {
    words: RuleWords,
    now: String,
    held: u64,
    in_30_days: String,
    in_90_days: String,
}

/// A looser release that waits for a second person.
struct Asked {
    release: &'static str,
    what: String,
    is_own: bool,
}

struct RunRow {
    id: String,
    as_of: String,
    state: String,
    people: String,
    gone: String,
}

/// The name of a run's state.
pub(super) fn state_name(state: RunState) -> &'static str {
    match state {
        RunState::Proposed => "retention-state-proposed",
        RunState::Released => "retention-state-released",
        RunState::Done => "retention-state-done",
        RunState::CalledOff => "retention-state-called-off",
        RunState::Stopped => "retention-state-stopped",
    }
}

fn release_name(release: Release) -> &'static str {
    match release {
        Release::One => "retention-release-one",
        Release::Two => "retention-release-two",
        Release::Daily => "retention-release-daily",
    }
}

async fn show(state: &AppState, visitor: &Visitor, problem: Option<Error>) -> Answer {
    let (today, lang) = (visitor.today, visitor.lang());
    let (view, register, asked_by) = visitor
        .ask(state, move |organisation| {
            let register = organisation.register_view(today)?.register;
            let view = organisation.retention_view(today)?;
            let asked = view.release_asked.as_ref();
            let asked_by = asked.map(|asked| actor::name(organisation, &asked.by, lang));
            Ok((view, register, asked_by))
        })
        .await?;
    let own = visitor.act(state).by;
    let frame = Frame::of(visitor, "/retention");
    let (now, review, held) = view.totals();
    let sum = |of: fn(&operations::retention::DueCount) -> u64| view.counts.iter().map(of).sum();
    let (soon, later): (u64, u64) = (sum(|count| count.in_30_days), sum(|count| count.in_90_days));
    let lists = [
        (DueWhich::Now, "retention-list-now", now),
        (DueWhich::Review, "retention-list-review", review),
        (DueWhich::Soon, "retention-list-soon", soon),
        (DueWhich::Later, "retention-list-later", later),
        (DueWhich::Held, "retention-list-held", held),
        (DueWhich::Waiting, "retention-list-waiting", view.waiting),
    ];
    let open = view
        .runs
        .iter()
        .find(|run| matches!(run.state, RunState::Proposed | RunState::Released));
    let status = problem
        .as_ref()
        .map_or(StatusCode::OK, |_| StatusCode::CONFLICT);
    let page = OverviewPage {
        problem: problem.map(|error| match error {
            Error::Retention(why) => fault(why, &frame),
            _ => frame.t("retention-no-activity"),
        }),
        is_complete: view.is_complete,
        lists: lists
            .into_iter()
            .map(|(which, name, count)| (which.name(), frame.t(name), number::count(count, lang)))
            .collect(),
        counts: view
            .counts
            .iter()
            .map(|count| Line {
                words: RuleWords::new(&count.rule, &register, &frame),
                now: number::count(count.now, lang),
                held: count.held,
                in_30_days: number::count(count.in_30_days, lang),
                in_90_days: number::count(count.in_90_days, lang),
            })
            .collect(),
        unconfirmed: view.unconfirmed,
        can_go: now,
        open: open.map(|run| run.id.clone()),
        runs: view
            .runs
            .iter()
            .map(|run| RunRow {
                id: run.id.clone(),
                as_of: number::day(run.as_of, lang),
                state: frame.t(state_name(run.state)),
                people: number::count(run.people, lang),
                gone: number::count(run.gone, lang),
            })
            .collect(),
        release: view.release.name(),
        releases: Release::ALL
            .into_iter()
            .map(|way| (way.name(), frame.t(release_name(way))))
            .collect(),
        asked: view.release_asked.zip(asked_by).map(|(asked, who)| Asked {
            release: asked.release.name(),
            is_own: asked.by == own,
            what: frame.with_all(
                "retention-asked",
                &[
                    ("who", &who),
                    ("what", &frame.t(release_name(asked.release))),
                ],
            ),
        }),
        may_erase: visitor.may(Permission::Erase),
        may_set: visitor.may(Permission::ManagePeople),
        frame,
    };
    let mut response = frame::render(&page, lang);
    *response.status_mut() = status;
    Ok(response)
}

/// The page.
pub async fn page(State(state): State<AppState>, visitor: Visitor) -> Answer {
    show(&state, &visitor, None).await
}

/// Proposes a run.
pub async fn propose(State(state): State<AppState>, visitor: Visitor, _: Form<Nothing>) -> Answer {
    let act = visitor.act(&state);
    let run = visitor
        .ask(&state, move |organisation| {
            match organisation.propose_retention_run(&act) {
                Err(error @ (Error::Retention(_) | Error::NoRegister)) => Ok(Err(error)),
                other => other.map(Ok),
            }
        })
        .await?;
    match run {
        Ok(run) => Ok(Toast::RetentionProposed.then(&format!("/retention/runs/{run}"))),
        Err(error) => show(&state, &visitor, Some(error)).await,
    }
}

/// Says who releases runs.
pub async fn set_release(
    State(state): State<AppState>,
    visitor: Visitor,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let (act, release) = (visitor.act(&state), Release::named(inputs.get("release")));
    let set = visitor
        .ask(&state, move |organisation| match release {
            Some(release) => organisation.set_retention_release(release, &act),
            None => Err(Error::Empty("who releases runs")),
        })
        .await?;
    let toast = if set.in_force {
        Toast::RetentionSet
    } else {
        Toast::RetentionReleaseAsked
    };
    Ok(toast.then("/retention"))
}

/// Confirms the looser release that somebody else asked for.
pub async fn confirm_release(
    State(state): State<AppState>,
    visitor: Visitor,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let (act, release) = (visitor.act(&state), Release::named(inputs.get("release")));
    let set = visitor
        .ask(&state, move |organisation| {
            let release = release.ok_or(Error::Empty("who releases runs"))?;
            match organisation.confirm_retention_release(release, &act) {
                Err(error @ Error::Retention(_)) => Ok(Err(error)),
                other => other.map(Ok),
            }
        })
        .await?;
    match set {
        Ok(_) => Ok(Toast::RetentionSet.then("/retention")),
        Err(error) => show(&state, &visitor, Some(error)).await,
    }
}
