//! `/register/preview` and `/register/apply`: what a change moves, and saving it.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use operations::{BlastRadius, Error, RegisterEdit};
use register::{Fault, Gap};
use serde::Deserialize;

use super::change::{self, EntryChange};
use super::consequences::{self, Section};
use super::index::Line;
use super::input::Inputs;
use crate::auth::Visitor;
use crate::auth::form::Form;
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::{Answer, Refusal};
use crate::pages::toast::Toast;
use crate::pages::{actor, number, words};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "register/preview.html")]
struct PreviewPage {
    frame: Frame,
    base: String,
    text: String,
    changes: Vec<EntryChange>,
    sections: Vec<Section>,
    opened: Vec<Line>,
    closed: Vec<Line>,
    contacts: String,
    moves: Vec<Move>,
    saves: Saves,
}

struct Move {
    purpose: String,
    channel: String,
    words: String,
    lost: u64,
    won: u64,
}

#[derive(Template)]
#[template(path = "register/text.html")]
struct TextPage {
    frame: Frame,
    base: String,
    text: String,
    fault_count: u64,
    faults: Vec<String>,
    gaps: Vec<Keyed>,
    may_change: bool,
}

/// A gap as people who write the text look for it.
struct Keyed {
    path: String,
    text: String,
    key: &'static str,
}

#[derive(Template)]
#[template(path = "register/conflict.html")]
struct ConflictPage {
    frame: Frame,
    saves: Saves,
    text: String,
    base: String,
    who: String,
    changes: Vec<EntryChange>,
}

/// A text with the version that it is based on.
#[derive(Deserialize)]
pub struct Based {
    pub base: String,
    pub text: String,
}

/// What a preview is of, and so who may save it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saves {
    /// The register.
    Register,
    /// Its forms alone.
    Forms,
}

impl Saves {
    /// The pages on which it starts.
    pub const fn home(self) -> &'static str {
        match self {
            Self::Register => "/register",
            Self::Forms => "/forms",
        }
    }

    /// The name of the text that leads back there.
    const fn back(self) -> &'static str {
        match self {
            Self::Register => "to-register",
            Self::Forms => "to-forms",
        }
    }
}

/// Shows what some edits move; nothing is written.
pub async fn of_edits(
    state: &AppState,
    visitor: &Visitor,
    base: Option<i64>,
    edits: Vec<RegisterEdit>,
) -> Result<Answer, Error> {
    edited(state, visitor, base, edits, Saves::Register).await
}

/// The same, to be saved by a route of its own.
pub async fn edited(
    state: &AppState,
    visitor: &Visitor,
    base: Option<i64>,
    edits: Vec<RegisterEdit>,
    saves: Saves,
) -> Result<Answer, Error> {
    let today = state.now().date();
    let edited = visitor
        .ask(state, move |organisation| {
            Ok(organisation.edited_register(&edits, today))
        })
        .await;
    match edited {
        Ok(Ok(text)) => Ok(of_text(state, visitor, base, text, saves).await),
        Ok(Err(error)) => Err(error),
        Err(refusal) => Ok(Err(refusal)),
    }
}

/// Shows what a text moves, or its faults.
pub async fn of_text(
    state: &AppState,
    visitor: &Visitor,
    base: Option<i64>,
    text: String,
    saves: Saves,
) -> Answer {
    let today = state.now().date();
    let asked = text.clone();
    let radius = visitor
        .ask(state, move |organisation| {
            Ok(match organisation.blast_radius(&asked, today) {
                Ok(radius) => Ok(radius),
                Err(Error::RegisterFaults(faults)) => Err(faults),
                Err(error) => return Err(error),
            })
        })
        .await?;
    let radius = match radius {
        Ok(found) => found,
        Err(faults) => return Ok(show_text(visitor, base, text, &faults, &[])),
    };
    let lang = visitor.lang();
    let frame = Frame::of(visitor, saves.home());
    let BlastRadius {
        old,
        new,
        changes: _,
        consequences,
        gaps_opened,
        gaps_closed,
        contacts,
        moves,
    } = radius;
    let name = |id: &str| {
        let activity = new.activity(id).or_else(|| old.activity(id));
        activity.map_or(id.to_owned(), |activity| activity.name.clone())
    };
    let page = PreviewPage {
        base: shown(base),
        changes: change::entries(&old, &new, lang),
        sections: consequences::sections(&consequences, &old, &new, today, &frame),
        opened: gaps_opened
            .iter()
            .map(|gap| Line::new(gap, &new, today, &frame))
            .collect(),
        closed: gaps_closed
            .iter()
            .map(|gap| Line::new(gap, &old, today, &frame))
            .collect(),
        contacts: number::count(contacts, lang),
        moves: moves
            .into_iter()
            .map(|moved| Move {
                purpose: name(&moved.purpose),
                channel: words::channel(moved.channel, lang),
                words: frame.with_all(
                    "blast-moved",
                    &[
                        ("before", &number::count(moved.permitted_before, lang)),
                        ("after", &number::count(moved.permitted_after, lang)),
                    ],
                ),
                lost: moved.lost,
                won: moved.won,
            })
            .collect(),
        saves,
        text,
        frame,
    };
    Ok(frame::render(&page, lang))
}

/// Shows a text with its faults.
pub fn show_text(
    visitor: &Visitor,
    base: Option<i64>,
    text: String,
    faults: &[Fault],
    gaps: &[Gap],
) -> axum::response::Response {
    let lang = visitor.lang();
    let page = TextPage {
        frame: Frame::of(visitor, "/register/text"),
        base: shown(base),
        text,
        fault_count: faults.len() as u64,
        faults: faults
            .iter()
            .take(50)
            .map(|fault| fault.message(lang))
            .collect(),
        gaps: gaps
            .iter()
            .map(|gap| Keyed {
                path: gap.place.path(),
                text: gap.text(lang),
                key: gap.key,
            })
            .collect(),
        may_change: visitor.may(operations::access::Permission::ChangeRegister),
    };
    let mut response = frame::render(&page, lang);
    if !faults.is_empty() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

/// The register as one text, for people who know what they write.
pub async fn text_page(State(state): State<AppState>, visitor: Visitor) -> Answer {
    let today = state.now().date();
    let (base, text, gaps) = visitor
        .ask(&state, move |organisation| {
            let view = organisation.register_view(today)?;
            let text = match view.version {
                Some(version) => organisation.register_text(Some(version))?,
                None => view.register.to_toml(),
            };
            Ok((view.version, text, view.gaps))
        })
        .await?;
    Ok(show_text(&visitor, base, text, &[], &gaps))
}

/// Shows what the text moves.
pub async fn preview(
    State(state): State<AppState>,
    visitor: Visitor,
    Form(based): Form<Based>,
) -> Answer {
    let base = base(&based.base);
    of_text(&state, &visitor, base, based.text, Saves::Register).await
}

/// Saves the text as the next version, unless somebody else saved one meanwhile.
pub async fn apply(
    State(state): State<AppState>,
    visitor: Visitor,
    Form(based): Form<Based>,
) -> Answer {
    let act = visitor.act(&state);
    let (on, text) = (base(&based.base), based.text.clone());
    let applied = visitor
        .ask(&state, move |organisation| {
            Ok(organisation.apply_register_at(on, &text, &act))
        })
        .await?;
    match applied {
        Ok(_) => Ok(Toast::RegisterSaved.then("/register")),
        Err(Error::RegisterFaults(faults)) => Ok(show_text(&visitor, on, based.text, &faults, &[])),
        Err(Error::RegisterConflict { version, by, at }) => {
            let newer = Newer { version, by, at };
            conflict(&state, &visitor, based.text, on, newer, Saves::Register).await
        }
        Err(error) => Err(Refusal::new(error.into(), &visitor.visit)),
    }
}

/// A version that somebody else saved meanwhile.
pub struct Newer {
    pub version: i64,
    pub by: String,
    pub at: jiff::Timestamp,
}

/// Says who was faster with what; `text` is what would have been saved.
pub async fn conflict(
    state: &AppState,
    visitor: &Visitor,
    text: String,
    base: Option<i64>,
    Newer { version, by, at }: Newer,
    saves: Saves,
) -> Answer {
    let lang = visitor.lang();
    let when = number::time(at, state.now().time_zone(), lang);
    let (versions, who) = visitor
        .ask(state, move |organisation| {
            let versions = match base {
                Some(base) => Some((
                    organisation.register_at(base)?,
                    organisation.register_at(version)?,
                )),
                None => None,
            };
            Ok((versions, actor::name(organisation, &by, lang)))
        })
        .await?;
    let page = ConflictPage {
        frame: Frame::of(visitor, saves.home()),
        saves,
        text,
        base: shown(Some(version)),
        who: format!("{who}, {when}"),
        changes: versions
            .map(|(theirs_from, theirs)| change::entries(&theirs_from, &theirs, lang))
            .unwrap_or_default(),
    };
    let mut response = frame::render(&page, visitor.lang());
    *response.status_mut() = StatusCode::CONFLICT;
    Ok(response)
}

/// The version on which a form is based, as the form has it.
pub fn shown(base: Option<i64>) -> String {
    base.map(|version| version.to_string()).unwrap_or_default()
}

/// The version on which a form is based: the one on which it was opened, also when it is shown
/// again after an error.
pub fn opened_on(inputs: &Inputs, newest: Option<i64>) -> String {
    let opened = inputs.all("base").next();
    opened.map_or_else(|| shown(newest), str::to_owned)
}

/// The same, read.
pub fn base(text: &str) -> Option<i64> {
    text.parse().ok()
}
