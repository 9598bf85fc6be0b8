//! `/register/versions`: what was in force when, and what changed.

use askama::Template;
use axum::extract::{Path, State};

use super::change::{self, EntryChange};
use crate::auth::Visitor;
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::Answer;
use crate::pages::{actor, number};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "register/versions.html")]
struct VersionsPage {
    frame: Frame,
    versions: Vec<Line>,
}

struct Line {
    version: i64,
    when: String,
    who: String,
}

#[derive(Template)]
#[template(path = "register/version.html")]
struct VersionPage {
    frame: Frame,
    version: i64,
    text: String,
    changes: Option<Vec<EntryChange>>,
}

/// Every version, newest first.
pub async fn list(State(state): State<AppState>, visitor: Visitor) -> Answer {
    let (zone, lang) = (state.now().time_zone().clone(), visitor.lang());
    let lines = visitor
        .ask(&state, move |organisation| {
            let lines = organisation.register_versions()?.into_iter();
            Ok(lines
                .map(|line| {
                    let who = actor::name(organisation, &line.saved_by, lang);
                    (line.version, line.saved_at, who)
                })
                .collect::<Vec<_>>())
        })
        .await?;
    let page = VersionsPage {
        frame: Frame::of(&visitor, "/register/versions"),
        versions: lines
            .into_iter()
            .map(|(version, at, who)| Line {
                version,
                when: number::time(at, &zone, lang),
                who,
            })
            .collect(),
    };
    Ok(frame::render(&page, lang))
}

/// One version, and what it changed.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(version): Path<i64>,
) -> Answer {
    let (text, versions) = visitor
        .ask(&state, move |organisation| {
            let text = organisation.register_text(Some(version))?;
            let versions = if version > 1 {
                Some((
                    organisation.register_at(version - 1)?,
                    organisation.register_at(version)?,
                ))
            } else {
                None
            };
            Ok((text, versions))
        })
        .await?;
    let page = VersionPage {
        frame: Frame::of(&visitor, &format!("/register/versions/{version}")),
        version,
        text,
        changes: versions.map(|(old, new)| change::entries(&old, &new, visitor.lang())),
    };
    Ok(frame::render(&page, visitor.lang()))
}
