//! `/mail`: what goes to contacts by mail and what became of it, one mail, and trying it again.

use askama::Template;
use axum::extract::{Path, Query, State};
use jiff::tz::TimeZone;
use operations::access::Permission;
use operations::mail::{HIDDEN, MailAbout, MailLine, MailPurpose, MailState, Trouble, TroubleKind};
use operations::{Error, OrganisationId};
use serde::Deserialize;

use super::account::entrance::pages;
use super::frame::{self, Frame};
use super::number;
use super::refusal::{Answer, Refusal};
use super::toast::Toast;
use crate::auth::Visitor;
use crate::auth::form::{Form, Nothing};
use crate::problem::Problem;
use crate::state::AppState;

/// Mails on one page of the list.
const PAGE: u32 = 50;

/// Part of the list: what people have to do with it is the same.
struct Part {
    /// In the address.
    word: &'static str,
    name: &'static str,
    about: &'static str,
    states: &'static [MailState],
}

const PARTS: [Part; 6] = [
    Part {
        word: "waiting",
        name: "mail-waiting",
        about: "mail-waiting-about",
        states: &[
            MailState::Waiting,
            MailState::Claimed,
            MailState::Transmitting,
        ],
    },
    Part {
        word: "unknown",
        name: "mail-unknown",
        about: "mail-unknown-about",
        states: &[MailState::Unknown],
    },
    Part {
        word: "given_up",
        name: "mail-given-up",
        about: "mail-given-up-about",
        states: &[MailState::GivenUp],
    },
    Part {
        word: "bounced",
        name: "mail-bounced",
        about: "mail-bounced-about",
        states: &[MailState::Bounced],
    },
    Part {
        word: "refused",
        name: "mail-refused",
        about: "mail-refused-about",
        states: &[MailState::Refused, MailState::Cancelled],
    },
    Part {
        word: "sent",
        name: "mail-sent",
        about: "mail-sent-about",
        states: &[MailState::Sent],
    },
];

#[derive(Template)]
#[template(path = "mail/list.html")]
struct ListPage {
    frame: Frame,
    tabs: Vec<Tab>,
    part: &'static str,
    title: String,
    about: String,
    lines: Vec<Line>,
    next: Option<String>,
    at_start: bool,
    sends_mail: bool,
    may_try: bool,
}

struct Tab {
    word: &'static str,
    name: String,
    count: String,
    current: bool,
}

struct Line {
    id: String,
    purpose: String,
    /// Where whom or what it is about has a page.
    place: Option<String>,
    name: String,
    state: String,
    class: &'static str,
    sign: &'static str,
    written: String,
    changed: String,
    /// When it is tried next, if it waits.
    due: Option<String>,
    tries: String,
    trouble: Option<String>,
    /// Whether somebody may have it tried again from the list.
    again: bool,
}

#[derive(Template)]
#[template(path = "mail/page.html")]
struct MailPage {
    frame: Frame,
    line: Line,
    said: Option<Said>,
    /// What trying again would do, if that can be done.
    again: Option<String>,
    may_try: bool,
    problem: Option<String>,
}

struct Said {
    to: String,
    subject: String,
    text: String,
    files: String,
    hidden: bool,
}

/// Which mails are asked for.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    state: String,
    #[serde(default)]
    before: String,
}

/// A page of the list.
pub async fn list(
    State(state): State<AppState>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Answer {
    let refuse = |problem| Refusal::new(problem, &visitor.visit);
    let sends_mail = pages(&state).map_err(refuse)?.sends_mail;
    let found = PARTS.iter().find(|part| part.word == asked.state);
    let part = found.unwrap_or(&PARTS[0]);
    let before: Option<OrganisationId> = asked.before.parse().ok();
    let (counts, mut lines) = visitor
        .ask(&state, move |organisation| {
            let lines = organisation.mail_in(part.states, before, PAGE + 1)?;
            Ok((organisation.mail_counts()?, lines))
        })
        .await?;
    let lang = visitor.lang();
    let zone = state.now().time_zone().clone();
    let frame = Frame::of(&visitor, &format!("/mail?state={}", part.word));
    let more = lines.len() > PAGE as usize;
    lines.truncate(PAGE as usize);
    let tab = |each: &Part| {
        let of = counts
            .iter()
            .filter(|(state, _)| each.states.contains(state));
        let count: i64 = of.map(|(_, count)| count).sum();
        Tab {
            word: each.word,
            name: frame.t(each.name),
            count: number::count(u64::try_from(count).unwrap_or_default(), lang),
            current: each.word == part.word,
        }
    };
    let page = ListPage {
        tabs: PARTS.iter().map(tab).collect(),
        part: part.word,
        title: frame.t(part.name),
        about: frame.t(part.about),
        next: lines
            .last()
            .filter(|_| more)
            .map(|line| line.id.to_string()),
        lines: lines
            .into_iter()
            .map(|line| Line::new(line, &frame, &zone))
            .collect(),
        at_start: before.is_none(),
        sends_mail,
        may_try: visitor.may(Permission::ChangeContacts),
        frame,
    };
    Ok(frame::render(&page, lang))
}

/// One mail.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    show(&state, &visitor, &id, None).await
}

async fn show(
    state: &AppState,
    visitor: &Visitor,
    id: &str,
    problem: Option<&'static str>,
) -> Answer {
    let mail = id_of(visitor, id)?;
    let view = visitor
        .ask(state, move |organisation| organisation.mail(mail))
        .await?;
    let zone = state.now().time_zone().clone();
    let frame = Frame::of(visitor, &format!("/mail/{mail}"));
    let own_links = view.line.purpose.has_own_links();
    let again = match view.line.state {
        MailState::Unknown => Some(frame.t("mail-again-unknown")),
        MailState::GivenUp => Some(frame.t("mail-again-given-up")),
        MailState::Waiting if view.line.tries > 0 => Some(frame.t("mail-again-waiting")),
        _ => None,
    };
    let said = view.said.map(|said| Said {
        to: said.to,
        subject: said.subject,
        hidden: own_links && said.text.contains(HIDDEN),
        text: said.text.replace(HIDDEN, &frame.t("mail-hidden")),
        files: said.files.join(", "),
    });
    let page = MailPage {
        line: Line::new(view.line, &frame, &zone),
        said,
        again,
        may_try: visitor.may(Permission::ChangeContacts),
        problem: problem.map(|name| frame.t(name)),
        frame,
    };
    let mut response = frame::render(&page, visitor.lang());
    if problem.is_some() {
        *response.status_mut() = axum::http::StatusCode::CONFLICT;
    }
    Ok(response)
}

/// Has a mail tried again.
pub async fn again(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    _: Form<Nothing>,
) -> Answer {
    let (mail, act) = (id_of(&visitor, &id)?, visitor.act(&state));
    let done = visitor
        .ask(&state, move |organisation| {
            match organisation.try_mail_again(mail, &act) {
                Ok(()) => Ok(true),
                Err(Error::MailNotToBeTried) => Ok(false),
                Err(error) => Err(error),
            }
        })
        .await?;
    if done {
        Ok(Toast::MailTriedAgain.then(&format!("/mail/{mail}")))
    } else {
        show(&state, &visitor, &id, Some("mail-again-too-late")).await
    }
}

fn id_of(visitor: &Visitor, id: &str) -> Result<OrganisationId, Refusal> {
    let wrong = |_| Refusal::new(Problem::nothing_here(), &visitor.visit);
    id.parse().map_err(wrong)
}

impl Line {
    fn new(line: MailLine, frame: &Frame, zone: &TimeZone) -> Self {
        let (state, class, sign) = state_words(line.state);
        let time = |at| number::time(at, zone, frame.lang);
        let waits = line.state == MailState::Waiting && line.tries > 0;
        Self {
            id: line.id.to_string(),
            purpose: frame.t(purpose(line.purpose)),
            place: match &line.about {
                MailAbout::Contact(id) => Some(format!("/contacts/{id}")),
                MailAbout::Request(id) => Some(format!("/requests/{id}")),
                MailAbout::Recipient(_) => Some("/recipients/notices".to_owned()),
                MailAbout::Form => None,
            },
            name: match line.about {
                MailAbout::Contact(_) => line.name.unwrap_or_else(|| frame.t("unnamed")),
                MailAbout::Request(_) => frame.t("mail-request"),
                MailAbout::Recipient(name) => name,
                MailAbout::Form => frame.t("mail-form"),
            },
            state: frame.t(state),
            class,
            sign,
            written: time(line.created_at),
            changed: time(line.changed_at),
            due: waits.then(|| time(line.due_at)),
            tries: line.tries.to_string(),
            trouble: line.trouble.map(|trouble| why(&trouble, frame)),
            again: matches!(line.state, MailState::Unknown | MailState::GivenUp),
        }
    }
}

/// Word, class and sign of a state.
pub const fn state_words(state: MailState) -> (&'static str, &'static str, &'static str) {
    match state {
        MailState::Waiting => ("mail-state-waiting", "neutral", "…"),
        MailState::Claimed | MailState::Transmitting => ("mail-state-going", "neutral", "→"),
        MailState::Sent => ("mail-state-sent", "permitted", "✓"),
        MailState::Bounced => ("mail-state-bounced", "refused", "✕"),
        MailState::GivenUp => ("mail-state-given-up", "refused", "✕"),
        MailState::Unknown => ("mail-state-unknown", "review", "?"),
        MailState::Refused => ("mail-state-refused", "refused", "✕"),
        MailState::Cancelled => ("mail-state-cancelled", "neutral", "–"),
    }
}

const fn purpose(purpose: MailPurpose) -> &'static str {
    match purpose {
        MailPurpose::Confirmation => "mail-purpose-confirmation",
        MailPurpose::Receipt => "mail-purpose-receipt",
        MailPurpose::Link => "mail-purpose-link",
        MailPurpose::Notice => "mail-purpose-notice",
        MailPurpose::Campaign => "mail-purpose-campaign",
        MailPurpose::EnquiryNotice => "mail-purpose-enquiry",
        MailPurpose::Recipient => "mail-purpose-recipient",
        MailPurpose::DataCheck => "mail-purpose-data-check",
    }
}

/// Why a mail was not sent, with the mail server's code.
pub fn why(trouble: &Trouble, frame: &Frame) -> String {
    let why = frame.t(match trouble.kind {
        TroubleKind::Unreachable => "mail-why-unreachable",
        TroubleKind::Timeout => "mail-why-timeout",
        TroubleKind::Insecure => "mail-why-insecure",
        TroubleKind::Later => "mail-why-later",
        TroubleKind::ForGood => "mail-why-for-good",
        TroubleKind::CameBack => "mail-why-came-back",
        TroubleKind::Undeliverable => "mail-why-undeliverable",
        TroubleKind::Unclear => "mail-why-unclear",
        TroubleKind::Expired => "mail-why-expired",
        TroubleKind::Gate => "mail-why-gate",
        TroubleKind::SameMailbox => "mail-why-same-mailbox",
        TroubleKind::CalledOff => "mail-why-called-off",
        TroubleKind::Unwritable => "mail-why-unwritable",
    });
    match &trouble.code {
        // What the gate says by its code stands with the campaign in words.
        Some(code) if trouble.kind != TroubleKind::Gate => format!("{why} ({code})"),
        _ => why,
    }
}
