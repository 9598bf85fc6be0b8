//! The second and third step: the columns, then the run and what came of it.

use std::io::Cursor;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State as Shared};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Redirect, Response};
use law::Lang;
use operations::import::{
    ColumnMap, Confidence, Counts, ImportError, Meaning, Options, Progress, Reader, Rejects, Row,
    read_from,
};
use sha2::{Digest as _, Sha256};

use super::list::{List, State, held};
use crate::auth::Visitor;
use crate::auth::form::{Form, Nothing};
use crate::pages::frame::{self, Frame};
use crate::pages::number;
use crate::pages::refusal::{Answer, Refusal};
use crate::pages::register::Inputs;
use crate::problem::Problem;
use crate::state::AppState;
use crate::texts::Texts;

/// Rows that are looked at before the run.
const LOOKED_AT: usize = 1000;
/// Rows that are shown.
const SHOWN: usize = 5;

#[derive(Template)]
#[template(path = "import/columns.html")]
struct ColumnsPage {
    frame: Frame,
    id: String,
    name: String,
    columns: Vec<Column>,
    meanings: Vec<(&'static str, String)>,
    reaches_people: bool,
    claimed_consents: String,
    people: Vec<Person>,
    taken: u64,
    rejected: u64,
    /// Why the first rejected rows are.
    reasons: Vec<(u64, String)>,
}

struct Column {
    heading: String,
    meaning: &'static str,
    sure: &'static str,
    sure_text: String,
    filled: String,
}

struct Person {
    name: String,
    company: String,
    email: String,
    phone: String,
    place: String,
}

#[derive(Template)]
#[template(path = "import/running.html")]
struct RunningPage {
    frame: Frame,
    name: String,
    percent: u64,
}

#[derive(Template)]
#[template(path = "import/done.html")]
struct DonePage {
    frame: Frame,
    id: String,
    name: String,
    counts: Vec<(&'static str, String, String)>,
    rejected: bool,
    failed: Option<String>,
}

/// Reads the list with what is known of its columns.
pub fn open(list: &List) -> Result<Reader, ImportError> {
    let mut options = Options::new(list.country);
    options.map.clone_from(&held(&list.map));
    read_from(Cursor::new(Arc::clone(&list.file)), &options)
}

fn find(state: &AppState, visitor: &Visitor, id: &str) -> Result<Arc<List>, Refusal> {
    let now = state.now().timestamp();
    let found = state.lists().find(id, visitor.organisation.id(), now);
    found.ok_or_else(|| Refusal::new(Problem::list_gone(), &visitor.visit))
}

/// Wherever the list is.
pub async fn page(
    Shared(state): Shared<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    let list = find(&state, &visitor, &id)?;
    let here = format!("/contacts/import/{id}");
    let (frame, lang) = (Frame::of(&visitor, &here), visitor.lang());
    let name = list.name.clone();
    match list.state() {
        State::Looked => columns(&state, &visitor, list, id, frame).await,
        State::Running(progress) => {
            let done = progress.done.saturating_mul(100);
            let percent = done.checked_div(progress.total).unwrap_or_default();
            let page = RunningPage {
                frame,
                name,
                percent: percent.min(100),
            };
            Ok(frame::render(&page, lang))
        }
        State::Done { imported, .. } => {
            let page = DonePage {
                counts: counts(&imported.counts, lang),
                rejected: imported.counts.rejected > 0,
                failed: None,
                frame,
                id,
                name,
            };
            Ok(frame::render(&page, lang))
        }
        State::Failed(why) => {
            let page = DonePage {
                counts: Vec::new(),
                rejected: false,
                failed: Some(why),
                frame,
                id,
                name,
            };
            Ok(frame::render(&page, lang))
        }
    }
}

fn counts(counts: &Counts, lang: Lang) -> Vec<(&'static str, String, String)> {
    let texts = Texts(lang);
    let line = |class, name: &str, n| (class, texts.t(name), number::count(n, lang));
    let mut lines = vec![
        line("permitted", "import-added", counts.added),
        line("recoverable", "import-known", counts.known),
        line("refused", "import-suppressed", counts.suppressed),
        line("review", "import-rejected", counts.rejected),
    ];
    if counts.objections > 0 {
        lines.push(line("refused", "import-objections", counts.objections));
    }
    if counts.unreadable > 0 {
        lines.push(line(
            "review",
            "import-unreadable-addresses",
            counts.unreadable,
        ));
    }
    lines
}

async fn columns(
    state: &AppState,
    visitor: &Visitor,
    list: Arc<List>,
    id: String,
    frame: Frame,
) -> Answer {
    let refuse = |problem| Refusal::new(problem, &visitor.visit);
    let (name, lang) = (list.name.clone(), visitor.lang());
    let looked = state.run(move || look(&list, lang)).await.map_err(refuse)?;
    let looked = looked.map_err(|error| {
        tracing::debug!(%error, "an uploaded list can't be read any more");
        refuse(Problem::list_gone())
    })?;
    let plan = looked.reader.plan();
    let page = ColumnsPage {
        columns: plan
            .columns
            .iter()
            .map(|column| {
                let (sure, text) = sureness(column.confidence);
                Column {
                    heading: column.heading.clone(),
                    meaning: column.meaning.name(),
                    sure,
                    sure_text: frame.t(text),
                    filled: number::percent(column.filled as u64, column.sampled as u64, lang),
                }
            })
            .collect(),
        meanings: Meaning::ALL
            .map(|(meaning, name)| (name, frame.t(meaning_name(meaning))))
            .to_vec(),
        reaches_people: plan.reaches_people(),
        claimed_consents: plan
            .claimed_consents()
            .map(|column| column.heading.clone())
            .collect::<Vec<_>>()
            .join(", "),
        people: looked.people,
        taken: looked.taken,
        rejected: looked.rejected,
        reasons: looked.reasons,
        frame,
        id,
        name,
    };
    Ok(frame::render(&page, lang))
}

struct Looked {
    reader: Reader,
    people: Vec<Person>,
    taken: u64,
    rejected: u64,
    reasons: Vec<(u64, String)>,
}

/// The first rows as they would be taken.
fn look(list: &List, lang: Lang) -> Result<Looked, ImportError> {
    let mut reader = open(list)?;
    let (mut people, mut reasons) = (Vec::new(), Vec::new());
    let (mut taken, mut rejected) = (0, 0);
    for row in reader.by_ref().take(LOOKED_AT) {
        match row? {
            Row::Taken(draft) => {
                taken += 1;
                if people.len() < SHOWN {
                    let fields = draft.fields;
                    let joined = |parts: [Option<String>; 2]| {
                        let parts: Vec<_> = parts.into_iter().flatten().collect();
                        parts.join(" ")
                    };
                    people.push(Person {
                        name: joined([fields.given_name, fields.family_name]),
                        company: fields.company.unwrap_or_default(),
                        email: fields
                            .emails
                            .into_iter()
                            .next()
                            .map(String::from)
                            .unwrap_or_default(),
                        phone: fields
                            .phones
                            .first()
                            .map(|phone| phone.e164().to_owned())
                            .unwrap_or_default(),
                        place: joined([fields.postcode, fields.city]),
                    });
                }
            }
            Row::Rejected(fault) => {
                rejected += 1;
                if reasons.len() < SHOWN {
                    reasons.push((fault.line, fault.reason.text(lang)));
                }
            }
        }
    }
    Ok(Looked {
        reader,
        people,
        taken,
        rejected,
        reasons,
    })
}

fn sureness(confidence: Confidence) -> (&'static str, &'static str) {
    match confidence {
        Confidence::None => ("review", "sure-none"),
        Confidence::Guessed => ("review", "sure-guessed"),
        Confidence::Likely => ("recoverable", "sure-likely"),
        Confidence::Certain => ("permitted", "sure-certain"),
        Confidence::Told => ("permitted", "sure-told"),
    }
}

fn meaning_name(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::Salutation => "meaning-salutation",
        Meaning::Title => "meaning-title",
        Meaning::GivenName => "meaning-given-name",
        Meaning::FamilyName => "meaning-family-name",
        Meaning::FullName => "meaning-full-name",
        Meaning::Company => "meaning-company",
        Meaning::Position => "meaning-position",
        Meaning::Department => "meaning-department",
        Meaning::Email => "meaning-email",
        Meaning::Phone => "meaning-phone",
        Meaning::Mobile => "meaning-mobile",
        Meaning::Fax => "meaning-fax",
        Meaning::Street => "meaning-street",
        Meaning::HouseNumber => "meaning-house-number",
        Meaning::Address => "meaning-address",
        Meaning::Postcode => "meaning-postcode",
        Meaning::City => "meaning-city",
        Meaning::PostcodeCity => "meaning-postcode-city",
        Meaning::Country => "meaning-country",
        Meaning::Language => "meaning-language",
        Meaning::Website => "meaning-website",
        Meaning::Note => "meaning-note",
        Meaning::ClaimedConsent => "meaning-claimed-consent",
        Meaning::ClaimedObjection => "meaning-claimed-objection",
        Meaning::Custom => "meaning-custom",
        Meaning::Ignore => "meaning-ignore",
    }
}

/// Takes what was said about the columns; then looks again, or takes the list in.
pub async fn go(
    Shared(state): Shared<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let refuse = |problem| Refusal::new(problem, &visitor.visit);
    let list = find(&state, &visitor, &id)?;
    let here = Redirect::to(&format!("/contacts/import/{id}"));
    let told = inputs
        .all("heading")
        .zip(inputs.all("meaning"))
        .filter_map(|(heading, meaning)| {
            Some(ColumnMap {
                column: heading.to_owned(),
                meaning: meaning.parse().ok()?,
            })
        });
    let told: Vec<_> = told.collect();
    let before = {
        let mut map = held(&list.map);
        let before = map.clone();
        *map = told;
        before
    };
    let opened = {
        let list = Arc::clone(&list);
        state.run(move || open(&list)).await.map_err(refuse)?
    };
    let Ok(reader) = opened else {
        *held(&list.map) = before;
        return Ok(here.into_response());
    };
    if inputs.get("then") != "import" || !reader.plan().reaches_people() {
        return Ok(here.into_response());
    }
    if list.begin(reader.progress()) {
        let (organisation, act, lang) = (
            visitor.organisation.clone(),
            visitor.act(&state),
            visitor.lang(),
        );
        let failed = Texts(lang).t("import-failed");
        let (begun, why) = (Arc::clone(&list), failed.clone());
        // On a thread of its own: it goes on while the page shows how far it is.
        let thread = std::thread::Builder::new().spawn(move || {
            list.run(failed, || take_in(&organisation, &list, reader, &act, lang));
        });
        if let Err(error) = thread {
            tracing::error!(%error, "no thread to take in a list");
            begun.now_is(State::Failed(why));
        }
    }
    Ok(here.into_response())
}

fn take_in(
    organisation: &operations::Organisation,
    list: &List,
    reader: Reader,
    act: &operations::Act,
    lang: Lang,
) -> State {
    let mut file = Vec::new();
    let (headings, delimiter) = (reader.headings(), reader.delimiter());
    let Ok(mut rejects) = Rejects::new(&mut file, &headings, delimiter, lang) else {
        return State::Failed(Texts(lang).t("import-failed"));
    };
    let digest = Sha256::digest(&list.file).into();
    let imported = organisation.import(
        reader,
        digest,
        &list.provenance,
        act,
        |fault| rejects.write(fault),
        |progress: Progress| list.now_is(State::Running(progress)),
    );
    let written = rejects.finish();
    match (imported, written) {
        (Ok(imported), Ok(_)) => State::Done {
            imported,
            rejects: file.into(),
        },
        (Err(error), _) => {
            tracing::error!(%error, "a list could not be taken in");
            State::Failed(Texts(lang).t("import-failed"))
        }
        (Ok(_), Err(_)) => State::Failed(Texts(lang).t("import-failed")),
    }
}

/// The rejected rows as a file that can be put right and taken in again.
pub async fn rejects(
    Shared(state): Shared<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    let list = find(&state, &visitor, &id)?;
    let State::Done { rejects, .. } = list.state() else {
        return Err(Refusal::new(Problem::nothing_here(), &visitor.visit));
    };
    let name = match visitor.lang() {
        Lang::De => "attachment; filename=\"zurueckgewiesen.csv\"",
        Lang::En => "attachment; filename=\"rejected.csv\"",
    };
    let headers = [
        (
            CONTENT_TYPE,
            HeaderValue::from_static("text/csv; charset=utf-8"),
        ),
        (CONTENT_DISPOSITION, HeaderValue::from_static(name)),
    ];
    let response: Response = (headers, rejects.to_vec()).into_response();
    Ok(response)
}

/// Forgets a failed run, so that it can be tried again.
pub async fn again(
    Shared(state): Shared<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    _: Form<Nothing>,
) -> Answer {
    let list = find(&state, &visitor, &id)?;
    if matches!(list.state(), State::Failed(_)) {
        list.now_is(State::Looked);
    }
    Ok(Redirect::to(&format!("/contacts/import/{id}")).into_response())
}
