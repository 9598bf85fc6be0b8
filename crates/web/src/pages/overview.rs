//! `GET /`: what the gate says about the whole list, by purpose and channel, and why.

mod deadline;

use askama::Template;
use axum::extract::State;
use jiff::civil::Date;
use law::{Confidence, Lang};
use operations::access::Permission;
use operations::overview::{ChannelOverview, Outcome, Overview, PurposeOverview, ReasonCount};
use operations::sms::SmsCap;
use operations::{NextAction, Step, StepState};

use super::bar::{self, Piece};
use register::PathStep;

use super::frame::{self, Frame};
use super::number;
use super::words::{self, OutcomeWords};
use crate::auth::Visitor;
use crate::pages::refusal::Answer;
use crate::state::AppState;

/// In the order in which the bar and the legend show them.
const OUTCOMES: [Outcome; 4] = [
    Outcome::Permitted,
    Outcome::Recoverable,
    Outcome::Review,
    Outcome::Refused,
];

/// Countries and sources shown one by one; the rest is in the JSON answers.
const MOST_NAMED: usize = 8;

#[derive(Template)]
#[template(path = "overview.html")]
struct OverviewPage {
    frame: Frame,
    day: String,
    day_iso: String,
    steps: Vec<StepLine>,
    deadlines: Vec<deadline::Line>,
    /// Requests of data subjects that are overdue, and those due this week.
    requests: Vec<(String, &'static str)>,
    restricted: u64,
    /// The name of what keeps text messages from going out.
    sms_cap: Option<&'static str>,
    contacts: String,
    any_contacts: bool,
    countries: Vec<Share>,
    sources: Vec<Share>,
    gaps_required: String,
    gaps_advised: String,
    evidence_entries: String,
    legend: Vec<OutcomeWords>,
    purposes: Vec<Purpose>,
}

/// A step of the way.
struct StepLine {
    number: usize,
    class: &'static str,
    sign: &'static str,
    state: String,
    name: String,
    /// With where it is to be seen, if it is.
    done: Vec<(String, &'static str)>,
    /// With where it is mended.
    missing: Vec<(String, String)>,
    /// How many more are missing.
    more: u64,
    action: Option<(String, String)>,
}

/// A part of the list.
/// A part of the list.
struct Share {
    name: String,
    /// The list of these contacts.
    path: String,
    count: String,
    percent: String,
}

struct Purpose {
    id: String,
    name: String,
    channels: Vec<ChannelLine>,
}

struct ChannelLine {
    /// Unique on the page, for links.
    anchor: String,
    name: String,
    pieces: Vec<Piece>,
    bar_length: u64,
    /// The bar in words.
    spoken: String,
    counts: Vec<Counted>,
    reasons: Vec<Reason>,
    all: String,
}

/// One outcome with its count.
struct Counted {
    outcome: OutcomeWords,
    count: String,
    percent: String,
    none: bool,
}

struct Reason {
    outcome: OutcomeWords,
    count: String,
    text: String,
    citations: String,
    next_step: Option<String>,
    to_be_checked: bool,
}

/// Renders the overview of today.
pub async fn page(State(state): State<AppState>, visitor: Visitor) -> Answer {
    let (today, lang) = (state.now().date(), visitor.lang());
    let kept = state.clone();
    let sees = visitor.may(Permission::SeeContacts);
    let (overview, entries, roles, cap, due) = visitor
        .ask(&state, move |organisation| {
            let overview = kept.overviews().of(organisation, today, lang)?;
            let now = kept.now().timestamp();
            let members = organisation.members(now, today).unwrap_or_default();
            let roles = members.into_iter().filter_map(|member| {
                let last = member.ends_on.filter(|last| *last >= today)?;
                Some((last, member.name))
            });
            let cap = organisation.sms_cap(now)?;
            let due = if sees {
                organisation.requests_due(today)?
            } else {
                (0, 0)
            };
            let entries = organisation.evidence_entries()?;
            Ok((overview, entries, roles.collect(), cap, due))
        })
        .await?;
    let mut page = OverviewPage::new(&overview, entries, roles, &visitor);
    page.sms_cap = cap.map(|cap| match cap {
        SmsCap::Hour => "sms-cap-hour",
        SmsCap::Day => "sms-cap-day",
    });
    let counted = |name, n: usize| (n > 0).then(|| page.frame.n(name, n as u64));
    page.requests = [
        counted("requests-overdue-count", due.0).map(|text| (text, "refused")),
        counted("requests-week-count", due.1).map(|text| (text, "review")),
    ]
    .into_iter()
    .flatten()
    .collect();
    Ok(frame::render(&page, lang))
}

impl OverviewPage {
    fn new(
        overview: &Overview,
        entries: u64,
        roles: Vec<(Date, String)>,
        visitor: &Visitor,
    ) -> Self {
        let lang = visitor.lang();
        let frame = Frame::of(visitor, "/");
        let all = overview.contacts;
        let countries = overview.countries.iter().take(MOST_NAMED);
        let sources = overview.sources.iter().take(MOST_NAMED);
        Self {
            steps: steps(overview, visitor, &frame),
            deadlines: deadline::lines(overview, roles, visitor, &frame),
            requests: Vec::new(),
            restricted: overview.restricted,
            sms_cap: None,
            day: number::day(overview.on, lang),
            day_iso: overview.on.to_string(),
            contacts: number::count(all, lang),
            any_contacts: all > 0,
            countries: countries
                .map(|(code, n)| {
                    let path = format!("/contacts?country={code}");
                    Share::new(words::country(code, lang), path, *n, all, lang)
                })
                .collect(),
            sources: sources
                .map(|(name, n)| {
                    let path = format!("/contacts?source={name}");
                    Share::new(&words::source(name, lang), path, *n, all, lang)
                })
                .collect(),
            gaps_required: number::count(overview.gaps.required, lang),
            gaps_advised: number::count(overview.gaps.advised, lang),
            evidence_entries: number::count(entries, lang),
            legend: OUTCOMES
                .map(|outcome| words::outcome(outcome, lang))
                .to_vec(),
            purposes: overview
                .purposes
                .iter()
                .cloned()
                .map(|purpose| Purpose::new(purpose, all, lang))
                .collect(),
            frame,
        }
    }

    /// Whether there is something that the gate can be asked about.
    fn answers(&self) -> bool {
        self.any_contacts && !self.purposes.is_empty()
    }
}

/// Gaps that are named in a step.
const MOST_GAPS: usize = 3;

fn steps(overview: &Overview, visitor: &Visitor, frame: &Frame) -> Vec<StepLine> {
    let lang = frame.lang;
    let steps = overview.steps();
    let line = |(at, step): (usize, &Step<'_>)| {
        let (class, sign, state) = match step.state {
            StepState::Done => ("permitted", "✓", "step-done"),
            StepState::Begun => ("review", "…", "step-begun"),
            StepState::ToDo => ("recoverable", "→", "step-to-do"),
        };
        let named = step.gaps.iter().take(MOST_GAPS);
        let mut missing: Vec<_> = named
            .map(|gap| (gap.text(lang), deadline::place_path(&gap.place)))
            .collect();
        if step.step == PathStep::Inform {
            let waiting: u64 = overview.to_inform.iter().map(|line| line.contacts).sum();
            if waiting > 0 {
                let path = "/contacts?informed=no".to_owned();
                missing.insert(0, (frame.n("step-uninformed", waiting), path));
            }
        }
        StepLine {
            number: at + 1,
            class,
            sign,
            state: frame.t(state),
            name: frame.t(step_name(step.step)),
            done: done(step.step, overview, frame),
            more: step.gaps.len().saturating_sub(MOST_GAPS) as u64,
            missing,
            action: step.next.and_then(|next| action(next, visitor, frame)),
        }
    };
    steps.iter().enumerate().map(line).collect()
}

fn step_name(step: PathStep) -> &'static str {
    match step {
        PathStep::Know => "step-know",
        PathStep::Purposes => "step-purposes",
        PathStep::Secure => "step-secure",
        PathStep::Assess => "step-assess",
        PathStep::Inform => "step-inform",
        PathStep::Train => "step-train",
    }
}

/// What is there already, and where it is; an empty path for what is nowhere to be seen.
fn done(step: PathStep, overview: &Overview, frame: &Frame) -> Vec<(String, &'static str)> {
    let counted = |name: &str, n: u64, path| (n > 0).then(|| (frame.n(name, n), path));
    let lines = match step {
        PathStep::Know => vec![
            counted("done-contacts", overview.contacts, "/contacts"),
            counted("done-sources", overview.sources.len() as u64, "#list"),
        ],
        PathStep::Purposes => vec![counted(
            "done-activities",
            overview.activities,
            "/register#activities",
        )],
        PathStep::Secure => vec![
            counted("done-measures", overview.measures, "/register#measures"),
            counted(
                "done-recipients",
                overview.recipients,
                "/register#recipients",
            ),
        ],
        PathStep::Assess | PathStep::Inform => Vec::new(),
        PathStep::Train => vec![Some((frame.t("step-train-about"), ""))],
    };
    lines.into_iter().flatten().collect()
}

/// Where the next action is done, and what it is called; only if the role may do it.
fn action(next: NextAction<'_>, visitor: &Visitor, frame: &Frame) -> Option<(String, String)> {
    let (needs, path, name) = match next {
        NextAction::ImportContacts => (
            Permission::Import,
            "/contacts/import".to_owned(),
            "action-import",
        ),
        NextAction::AddActivity => (
            Permission::ChangeRegister,
            "/register/activities/new".to_owned(),
            "action-activity",
        ),
        NextAction::AddMeasure => (
            Permission::ChangeRegister,
            "/register/measures/new".to_owned(),
            "action-measure",
        ),
        NextAction::Mend(place) => {
            let path = deadline::place_path(place);
            (Permission::ChangeRegister, path, "action-mend")
        }
        NextAction::Inform => (
            Permission::SeeContacts,
            "/contacts?informed=no".to_owned(),
            "action-inform",
        ),
        NextAction::Train => return None,
    };
    visitor.may(needs).then(|| (path, frame.t(name)))
}

impl Share {
    fn new(name: &str, path: String, count: u64, all: u64, lang: Lang) -> Self {
        Self {
            name: name.to_owned(),
            path,
            count: number::count(count, lang),
            percent: number::percent(count, all, lang),
        }
    }
}

impl Purpose {
    fn new(purpose: PurposeOverview, all: u64, lang: Lang) -> Self {
        let channels = purpose
            .channels
            .into_iter()
            .map(|channel| ChannelLine::new(&purpose.id, channel, all, lang))
            .collect();
        Self {
            id: purpose.id,
            name: purpose.name,
            channels,
        }
    }
}

impl ChannelLine {
    fn new(purpose: &str, channel: ChannelOverview, all: u64, lang: Lang) -> Self {
        let count_of = |outcome| match outcome {
            Outcome::Permitted => channel.permitted,
            Outcome::Recoverable => channel.recoverable,
            Outcome::Review => channel.review,
            Outcome::Refused => channel.refused,
        };
        let counts = OUTCOMES.map(|outcome| Counted {
            outcome: words::outcome(outcome, lang),
            count: number::count(count_of(outcome), lang),
            percent: number::percent(count_of(outcome), all, lang),
            none: count_of(outcome) == 0,
        });
        let spoken: Vec<_> = counts
            .iter()
            .map(|c| format!("{}: {} ({})", c.outcome.word, c.count, c.percent))
            .collect();
        let pieces =
            OUTCOMES.map(|outcome| (words::outcome(outcome, lang).class, count_of(outcome)));
        Self {
            anchor: format!("{purpose}-{}", channel.channel.name()),
            name: words::channel(channel.channel, lang),
            pieces: bar::pieces(&pieces),
            bar_length: bar::LENGTH,
            spoken: spoken.join(", "),
            counts: counts.into(),
            reasons: channel
                .reasons
                .into_iter()
                .map(|reason| Reason::new(reason, lang))
                .collect(),
            all: number::count(all, lang),
        }
    }
}

impl Reason {
    fn new(reason: ReasonCount, lang: Lang) -> Self {
        Self {
            outcome: words::outcome(reason.outcome, lang),
            count: number::count(reason.count, lang),
            text: reason.reason,
            citations: reason.citations.join("; "),
            next_step: reason.next_step,
            to_be_checked: reason.confidence == Confidence::ToBeChecked,
        }
    }
}
