//! `/campaigns/{id}/preview`: the letter as it will go out, and where each part comes from.

use askama::Template;
use axum::extract::{Path, State};
use law::gate::Duty;
use operations::access::Permission;

use super::id_of;
use crate::auth::Visitor;
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::Answer;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "campaign/preview.html")]
struct PreviewPage {
    frame: Frame,
    id: String,
    campaign: String,
    letter: Option<Letter>,
    unmet: Option<String>,
    may_change: bool,
}

struct Letter {
    contact: String,
    subject: String,
    parts: Vec<PartView>,
    basis: String,
}

struct PartView {
    title: String,
    text: String,
    duties: Vec<String>,
}

/// The page.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    let id = id_of(&visitor, &id)?;
    let (today, lang) = (visitor.today, visitor.lang());
    let (campaign, found) = visitor
        .ask(&state, move |organisation| {
            let found = organisation.campaign_preview(id, today, lang)?;
            Ok((organisation.campaign(id)?, found))
        })
        .await?;
    let frame = Frame::of(&visitor, &format!("/campaigns/{id}/preview"));
    let in_words = |duty: Duty| {
        let cited: Vec<String> = duty
            .citations()
            .iter()
            .map(|citation| citation.written(today, lang))
            .collect();
        format!("{} ({})", duty.text().get(lang), cited.join(", "))
    };
    let unmet = found.as_ref().and_then(|found| found.unmet).map(in_words);
    let letter = found.and_then(|found| {
        let letter = found.letter?;
        let leave = letter.list_unsubscribe.map(|leave| leave.url);
        let link = leave.unwrap_or_default();
        let link = link.trim_end_matches("/one-click");
        // The link is the recipient's alone.
        let hide = |text: &str| {
            if link.is_empty() {
                text.to_owned()
            } else {
                text.replace(link, &frame.t("mail-hidden"))
            }
        };
        Some(Letter {
            contact: found.contact.to_string(),
            subject: letter.subject,
            parts: found
                .parts
                .iter()
                .map(|part| PartView {
                    title: frame.t(title(part.name)),
                    text: hide(&part.text),
                    duties: part.duties.iter().copied().map(in_words).collect(),
                })
                .collect(),
            basis: found.decision.channel_law.reason,
        })
    });
    let page = PreviewPage {
        id: id.to_string(),
        campaign: campaign.draft.name,
        letter,
        unmet,
        may_change: visitor.may(Permission::Advertise),
        frame,
    };
    Ok(frame::render(&page, lang))
}

fn title(part: &str) -> &'static str {
    match part {
        "sender" => "campaign-part-sender",
        "unsubscribe" => "campaign-part-unsubscribe",
        "objection" => "campaign-part-objection",
        "customer" => "campaign-part-customer",
        "source" => "campaign-part-source",
        _ => "campaign-part-text",
    }
}
