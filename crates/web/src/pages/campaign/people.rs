//! `/campaigns/{id}/people`: who is behind a number of the forecast.

use askama::Template;
use axum::extract::{Path, Query, State};
use serde::Deserialize;

use super::id_of;
use super::show::GroupView;
use crate::auth::Visitor;
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::Answer;
use crate::state::AppState;

/// People on one page.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "campaign/people.html")]
struct PeoplePage {
    frame: Frame,
    id: String,
    campaign: String,
    group: Option<GroupView>,
    lines: Vec<Line>,
    next: Option<String>,
}

struct Line {
    id: String,
    name: String,
    company: String,
}

/// Which people are asked for.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    group: String,
    #[serde(default)]
    after: String,
}

/// The page.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let id = id_of(&visitor, &id)?;
    let (today, lang) = (visitor.today, visitor.lang());
    let (campaign, people) = visitor
        .ask(&state, move |organisation| {
            let after = Some(asked.after.as_str()).filter(|text| !text.is_empty());
            let people =
                organisation.campaign_people(id, &asked.group, after, PAGE, today, lang)?;
            Ok((organisation.campaign(id)?, people))
        })
        .await?;
    let frame = Frame::of(&visitor, &format!("/campaigns/{id}/people"));
    let page = PeoplePage {
        id: id.to_string(),
        campaign: campaign.draft.name,
        group: people.group.map(|group| GroupView::new(group, lang)),
        lines: people
            .page
            .lines
            .into_iter()
            .map(|line| Line {
                id: line.id,
                name: line.name.unwrap_or_else(|| frame.t("unnamed")),
                company: line.company.unwrap_or_default(),
            })
            .collect(),
        next: people.page.next,
        frame,
    };
    Ok(frame::render(&page, lang))
}
