//! `GET /`: what the gate says about the whole list, by purpose and channel, and why.

use askama::Template;
use axum::extract::State;
use law::{Confidence, Lang};
use operations::overview::{ChannelOverview, Outcome, Overview, PurposeOverview, ReasonCount};

use super::bar::{self, Piece};
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

/// A part of the list.
struct Share {
    name: String,
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
    let overview = visitor
        .ask(&state, move |organisation| {
            organisation.overview(today, lang)
        })
        .await?;
    Ok(frame::render(&OverviewPage::new(overview, &visitor), lang))
}

impl OverviewPage {
    fn new(overview: Overview, visitor: &Visitor) -> Self {
        let lang = visitor.lang();
        let all = overview.contacts;
        let countries = overview.countries.iter().take(MOST_NAMED);
        let sources = overview.sources.iter().take(MOST_NAMED);
        Self {
            frame: Frame::of(visitor, "/"),
            day: number::day(overview.on, lang),
            day_iso: overview.on.to_string(),
            contacts: number::count(all, lang),
            any_contacts: all > 0,
            countries: countries
                .map(|(code, n)| Share::new(words::country(code, lang), *n, all, lang))
                .collect(),
            sources: sources
                .map(|(name, n)| Share::new(&words::source(name, lang), *n, all, lang))
                .collect(),
            gaps_required: number::count(overview.gaps.required, lang),
            gaps_advised: number::count(overview.gaps.advised, lang),
            evidence_entries: number::count(overview.evidence_entries, lang),
            legend: OUTCOMES
                .map(|outcome| words::outcome(outcome, lang))
                .to_vec(),
            purposes: overview
                .purposes
                .into_iter()
                .map(|purpose| Purpose::new(purpose, all, lang))
                .collect(),
        }
    }

    /// Whether there is something that the gate can be asked about.
    fn answers(&self) -> bool {
        self.any_contacts && !self.purposes.is_empty()
    }
}

impl Share {
    fn new(name: &str, count: u64, all: u64, lang: Lang) -> Self {
        Self {
            name: name.to_owned(),
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
