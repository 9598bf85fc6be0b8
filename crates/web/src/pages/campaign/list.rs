//! `/campaigns`: all of them.

use askama::Template;
use axum::extract::State;
use operations::access::Permission;

use super::Mark;
use crate::auth::Visitor;
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::Answer;
use crate::pages::{number, words};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "campaign/list.html")]
struct ListPage {
    frame: Frame,
    lines: Vec<Line>,
    may_change: bool,
}

struct Line {
    id: String,
    name: String,
    activity: String,
    channel: String,
    state: Mark,
    people: String,
    changed: String,
}

/// The list.
pub async fn page(State(state): State<AppState>, visitor: Visitor) -> Answer {
    let today = visitor.today;
    let (campaigns, register) = visitor
        .ask(&state, move |organisation| {
            let register = organisation.register_view(today)?.register;
            Ok((organisation.campaigns()?, register))
        })
        .await?;
    let lang = visitor.lang();
    let zone = state.now().time_zone().clone();
    let frame = Frame::of(&visitor, "/campaigns");
    let lines = campaigns.into_iter().map(|counted| {
        let campaign = counted.campaign;
        let activity = register.activity(&campaign.draft.activity);
        Line {
            id: campaign.id.to_string(),
            activity: activity.map_or(campaign.draft.activity.clone(), |a| a.name.clone()),
            name: campaign.draft.name,
            channel: words::channel(campaign.draft.channel, lang),
            state: super::state(campaign.state, lang),
            people: if counted.people == 0 {
                "–".to_owned()
            } else {
                number::count(counted.people, lang)
            },
            changed: number::time(campaign.changed_at, &zone, lang),
        }
    });
    let page = ListPage {
        lines: lines.collect(),
        may_change: visitor.may(Permission::Advertise),
        frame,
    };
    Ok(frame::render(&page, lang))
}
