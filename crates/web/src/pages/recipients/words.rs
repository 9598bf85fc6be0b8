//! Words of notices to recipients.

use jiff::tz::TimeZone;
use operations::recipients::{About, NoticeLine, NoticeState, Way};

use crate::pages::frame::Frame;
use crate::pages::number;

/// A notice as pages show it.
pub struct Line {
    pub id: String,
    pub recipient: String,
    pub about: String,
    pub cause: i64,
    pub way: String,
    pub state: String,
    pub class: &'static str,
    pub sign: &'static str,
    pub written: String,
    pub answered: Option<String>,
    pub overdue: bool,
    pub open: bool,
    pub by_hand: bool,
    pub failure: Option<String>,
    pub reason: Option<String>,
}

impl Line {
    pub fn new(line: NoticeLine, frame: &Frame, zone: &TimeZone) -> Self {
        let (state, class, sign) = state(line.state, line.way);
        Self {
            id: line.id.to_string(),
            recipient: line.name.unwrap_or(line.recipient),
            about: frame.t(about(line.about)),
            cause: line.cause,
            way: frame.t(way(line.way)),
            state: frame.t(state),
            class,
            sign,
            written: number::time(line.created_at, zone, frame.lang),
            answered: line
                .answered_at
                .map(|at| number::time(at, zone, frame.lang)),
            overdue: line.overdue,
            open: line.state.is_open(),
            by_hand: line.way == Way::ByHand,
            failure: line.failure.map(|why| match &*why {
                "no_address" => frame.t("notices-why-no-address"),
                "gone" => frame.t("notices-why-gone"),
                "mail" => frame.t("notices-why-mail"),
                "unreachable" => frame.t("notices-why-unreachable"),
                code => frame.with("notices-why-code", "code", code),
            }),
            reason: line.reason,
        }
    }
}

/// What a notice is about.
const fn about(about: About) -> &'static str {
    match about {
        About::Erased => "notices-erased",
        About::Rectified => "notices-rectified",
        About::Restricted => "notices-restricted",
        About::Lifted => "notices-lifted",
        About::Objected => "notices-objected",
    }
}

/// How a notice goes out.
pub const fn way(way: Way) -> &'static str {
    match way {
        Way::Webhook => "notices-webhook",
        Way::Mail => "notices-mail",
        Way::ByHand => "notices-by-hand",
    }
}

/// What became of a notice.
pub const fn state_name(of: NoticeState, way: Way) -> &'static str {
    state(of, way).0
}

const fn state(state: NoticeState, way: Way) -> (&'static str, &'static str, &'static str) {
    match (state, way) {
        (NoticeState::Queued, Way::ByHand) => ("notices-state-to-do", "review", "!"),
        (NoticeState::Queued, _) => ("notices-state-queued", "neutral", "…"),
        (NoticeState::Sent, _) => ("notices-state-sent", "neutral", "→"),
        (NoticeState::Acknowledged, _) => ("notices-state-acknowledged", "permitted", "✓"),
        (NoticeState::Refused, _) => ("notices-state-refused", "review", "–"),
        (NoticeState::Failed, _) => ("notices-state-failed", "refused", "✕"),
        (NoticeState::Superseded, _) => ("notices-state-superseded", "neutral", "–"),
    }
}
