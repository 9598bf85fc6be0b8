//! `/evidence`: the log, page by page; an entry with its receipt; the signed checkpoint; checking
//! all of it.

use askama::Template;
use axum::body::Body;
use axum::extract::{Path, Query, Request, State};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use jiff::Timestamp;
use jiff::civil::Date;
use operations::{EvidenceFilter, EvidenceLine, evidence_kinds};
use serde::Deserialize;
use tower::ServiceExt as _;
use tower_http::services::ServeFile;

use super::account::entrance::pages;
use super::contact::proof::unset;
use super::download::file;
use super::frame::{self, Frame};
use super::{actor, number, words};
use crate::auth::Visitor;
use crate::auth::form::{Form, Nothing};
use crate::pages::refusal::{Answer, Refusal};
use crate::problem::Problem;
use crate::state::AppState;

/// Entries on one page.
const PAGE: u32 = 50;
/// Faults that are shown.
const MOST_FAULTS: usize = 100;

#[derive(Template)]
#[template(path = "evidence/list.html")]
struct ListPage {
    frame: Frame,
    lines: Vec<Line>,
    kinds: Vec<(&'static str, String)>,
    asked: Asked,
    next: Option<String>,
    at_start: bool,
    checkpoint: Option<Checkpoint>,
    /// Whether the program can be had here.
    program: bool,
}

struct Line {
    entry: i64,
    kind: String,
    when: String,
    who: String,
    contact: Option<String>,
    erased: bool,
    waiting: bool,
}

struct Checkpoint {
    note: String,
    when: String,
    size: String,
    key: String,
}

#[derive(Template)]
#[template(path = "evidence/entry.html")]
struct EntryPage {
    frame: Frame,
    line: Line,
    leaf: Option<String>,
    content: Option<String>,
    sealed: bool,
    signed: bool,
    /// Whether it is an erasure, of which there is a certificate.
    certified: bool,
}

#[derive(Template)]
#[template(path = "evidence/verified.html")]
struct VerifiedPage {
    frame: Frame,
    good: bool,
    entries: String,
    waiting: u64,
    rows: String,
    erased: u64,
    /// Rows without proof; `None` if there are none.
    unproved: Option<String>,
    faults: Vec<(Option<i64>, String)>,
    more: u64,
}

/// Which entries are asked for.
#[derive(Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
    #[serde(default)]
    before: String,
}

/// Whether the receipt lets its holder read what the entry seals.
#[derive(Deserialize)]
pub struct Disclosed {
    #[serde(default)]
    disclose: String,
}

/// A page of the log.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Answer {
    let zone = state.now().time_zone().clone();
    let midnight = |text: &str, days: i8| -> Option<Timestamp> {
        let day: Date = text.parse().ok()?;
        let day = if days == 0 { day } else { day.tomorrow().ok()? };
        Some(day.to_zoned_datetime(zone.clone()).ok()?.timestamp())
    };
    let filter = EvidenceFilter {
        kind: (!asked.kind.is_empty()).then(|| asked.kind.clone()),
        from: midnight(&asked.from, 0),
        until: midnight(&asked.until, 1),
    };
    let before = asked.before.parse().ok();
    let lang = visitor.lang();
    let (page, names, checkpoint) = visitor
        .ask(&state, move |organisation| {
            let page = organisation.evidence_page(&filter, before, PAGE)?;
            let names: Vec<_> = page
                .lines
                .iter()
                .map(|line| actor::name(organisation, &line.actor, lang))
                .collect();
            Ok((page, names, organisation.signed_checkpoint()?))
        })
        .await?;
    let frame = Frame::of(&visitor, "/evidence");
    let next = page.next.map(|before| {
        let query = [
            ("kind", asked.kind.as_str()),
            ("from", asked.from.as_str()),
            ("until", asked.until.as_str()),
            ("before", &before.to_string()),
        ];
        serde_urlencoded::to_string(query).unwrap_or_default()
    });
    let page = ListPage {
        lines: page
            .lines
            .into_iter()
            .zip(names)
            .map(|(line, who)| Line::new(line, who, &zone, &frame))
            .collect(),
        kinds: evidence_kinds()
            .map(|kind| (kind, words::kind(kind, frame.lang)))
            .collect(),
        at_start: asked.before.is_empty(),
        program: pages(&state).is_ok_and(|pages| pages.program.is_some()),
        next,
        asked,
        checkpoint: checkpoint.map(|signed| Checkpoint {
            when: number::time(signed.at, &zone, lang),
            size: number::count(u64::try_from(signed.size).unwrap_or_default(), lang),
            note: signed.note,
            key: signed.key,
        }),
        frame,
    };
    Ok(frame::render(&page, lang))
}

impl Line {
    fn new(line: EvidenceLine, who: String, zone: &jiff::tz::TimeZone, frame: &Frame) -> Self {
        Self {
            entry: line.entry,
            kind: words::kind(&line.kind, frame.lang),
            when: number::time(line.at, zone, frame.lang),
            who,
            erased: line.about_person && line.contact.is_none(),
            contact: line.contact,
            waiting: line.leaf.is_none(),
        }
    }
}

/// One entry.
pub async fn entry(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(entry): Path<i64>,
) -> Answer {
    let (lang, zone) = (visitor.lang(), state.now().time_zone().clone());
    let (view, who) = visitor
        .ask(&state, move |organisation| {
            let view = organisation.evidence_entry(entry)?;
            let who = actor::name(organisation, &view.line.actor, lang);
            Ok((view, who))
        })
        .await?;
    let frame = Frame::of(&visitor, &format!("/evidence/{entry}"));
    let leaf = view.line.leaf.and_then(|leaf| u64::try_from(leaf).ok());
    let certified = match &*view.line.kind {
        "erasure.done" => true,
        // Once the person is erased, the entry that says so has the certificate.
        "erasure.waits" => view.content.is_some(),
        _ => false,
    };
    let page = EntryPage {
        certified,
        leaf: leaf.map(|leaf| number::count(leaf, lang)),
        content: view
            .content
            .and_then(|content| serde_json::to_string_pretty(&content).ok()),
        sealed: view.sealed,
        signed: view.signed,
        line: Line::new(view.line, who, &zone, &frame),
        frame,
    };
    Ok(frame::render(&page, lang))
}

/// The receipt of an entry as a file that stands without us.
pub async fn receipt(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(entry): Path<i64>,
    Query(disclosed): Query<Disclosed>,
) -> Answer {
    let (now, disclose) = (state.now().timestamp(), disclosed.disclose == "yes");
    let issued = visitor
        .ask(&state, move |organisation| {
            organisation.receipt(entry, disclose, now)
        })
        .await?;
    file(
        &visitor,
        issued.json,
        "application/json",
        &format!("receipt-{entry}.json"),
    )
}

/// The certificate of an erasure, a PDF that names nobody.
pub async fn certificate(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(entry): Path<i64>,
) -> Answer {
    let (lang, now) = (visitor.lang(), state.now());
    let pdf = visitor
        .ask(&state, move |organisation| {
            let certificate = organisation.erasure_certificate(entry, now.timestamp())?;
            Ok(crate::certificate::erasure(&certificate, lang, &now))
        })
        .await?;
    let pdf = pdf.map_err(|error| unset(&error, &visitor))?;
    file(
        &visitor,
        pdf,
        "application/pdf",
        &format!("erasure-{entry}.pdf"),
    )
}

/// The public key that checks the log, as a file.
pub async fn key(State(state): State<AppState>, visitor: Visitor) -> Answer {
    let key = visitor
        .ask(&state, |organisation| {
            Ok(organisation.log_verifier().to_string())
        })
        .await?;
    file(
        &visitor,
        format!("{key}\n"),
        "text/plain; charset=utf-8",
        "log.pub",
    )
}

/// This program itself, with which receipts are verified elsewhere.
pub async fn program(State(state): State<AppState>, visitor: Visitor, request: Request) -> Answer {
    let refuse = |problem| Refusal::new(problem, &visitor.visit);
    let pages = pages(&state).map_err(refuse)?;
    let Some(program) = &pages.program else {
        return Err(refuse(Problem::nothing_here()));
    };
    let file = ServeFile::new(program).oneshot(request).await;
    let mut response = match file {
        Ok(file) => file.map(Body::new),
        Err(never) => match never {},
    };
    if !response.status().is_success() {
        return Err(refuse(Problem::nothing_here()));
    }
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/octet-stream"),
    );
    let name = if cfg!(windows) {
        HeaderValue::from_static("attachment; filename=\"leitplanke.exe\"")
    } else {
        HeaderValue::from_static("attachment; filename=\"leitplanke\"")
    };
    headers.insert(CONTENT_DISPOSITION, name);
    Ok(response)
}

/// Checks the whole log, its signature and every row that it proves.
pub async fn verify(State(state): State<AppState>, visitor: Visitor, _: Form<Nothing>) -> Answer {
    let now = state.now().timestamp();
    let checked = visitor
        .ask(&state, move |organisation| {
            organisation.sequence(now)?;
            organisation.verify()
        })
        .await?;
    let lang = visitor.lang();
    let page = VerifiedPage {
        frame: Frame::of(&visitor, "/evidence"),
        good: checked.faults.is_empty(),
        entries: number::count(checked.entries, lang),
        waiting: checked.waiting,
        rows: number::count(checked.rows, lang),
        erased: checked.erased,
        unproved: (checked.unproved > 0).then(|| number::count(checked.unproved, lang)),
        more: checked.faults.len().saturating_sub(MOST_FAULTS) as u64,
        faults: checked
            .faults
            .into_iter()
            .take(MOST_FAULTS)
            .map(|fault| (fault.entry, fault.what))
            .collect(),
    };
    Ok(frame::render(&page, lang))
}
