//! The list of notices, and those about one contact.

use askama::Template;
use axum::extract::{Path, Query, State};
use operations::OrganisationId;
use operations::access::Permission;
use operations::recipients::{About, NoticePart, OVERDUE_DAYS};
use serde::Deserialize;

use super::words::Line;
use crate::auth::Visitor;
use crate::auth::form::{Form, Nothing};
use crate::pages::frame::{self, Frame};
use crate::pages::number;
use crate::pages::refusal::{Answer, Refusal};
use crate::problem::Problem;
use crate::state::AppState;

/// Notices on one page.
const PAGE: u32 = 50;

#[derive(Template)]
#[template(path = "recipients/list.html")]
struct ListPage {
    frame: Frame,
    settled: bool,
    open_count: String,
    settled_count: String,
    overdue: u64,
    overdue_text: String,
    lines: Vec<Line>,
    next: Option<String>,
    at_start: bool,
    /// Recipients with a webhook, whose secret can be seen.
    hooks: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "recipients/contact.html")]
struct ContactPage {
    frame: Frame,
    id: String,
    lines: Vec<Line>,
    /// The entry of the erasure, for who may see evidence.
    erased_by: Option<i64>,
}

#[derive(Template)]
#[template(path = "recipients/secret.html")]
struct SecretPage {
    frame: Frame,
    name: String,
    secret: String,
}

/// Which notices are asked for.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    part: String,
    #[serde(default)]
    before: String,
}

/// A page of the list.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Answer {
    let settled = asked.part == "settled";
    let (part, word) = if settled {
        (NoticePart::Settled, "settled")
    } else {
        (NoticePart::Open, "open")
    };
    let before: Option<OrganisationId> = asked.before.parse().ok();
    let (now, today) = (state.now().timestamp(), visitor.today);
    let ((open, overdue, done), mut lines, view) = visitor
        .ask(&state, move |organisation| {
            Ok((
                organisation.recipient_notice_counts(now)?,
                organisation.recipient_notices(part, before, PAGE + 1, now)?,
                organisation.register_view(today)?,
            ))
        })
        .await?;
    let lang = visitor.lang();
    let zone = state.now().time_zone().clone();
    let frame = Frame::of(&visitor, &format!("/recipients/notices?part={word}"));
    let more = lines.len() > PAGE as usize;
    lines.truncate(PAGE as usize);
    let may_see_secrets = visitor.may(Permission::ChangeRegister);
    let hooked = view.register.recipients.iter();
    let hooked = hooked.filter(|one| one.webhook.is_some() && may_see_secrets);
    let page = ListPage {
        settled,
        open_count: number::count(open, lang),
        settled_count: number::count(done, lang),
        overdue,
        overdue_text: frame.n("notices-overdue-count", overdue),
        next: lines
            .last()
            .filter(|_| more)
            .map(|line| line.id.to_string()),
        lines: lines
            .into_iter()
            .map(|line| Line::new(line, &frame, &zone))
            .collect(),
        at_start: before.is_none(),
        hooks: hooked
            .map(|one| (one.id.clone(), one.name.clone()))
            .collect(),
        frame,
    };
    Ok(frame::render(&page, lang))
}

/// Who was told about one contact, also after its erasure.
pub async fn of_contact(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    let wrong = |_| Refusal::new(Problem::nothing_here(), &visitor.visit);
    let contact: OrganisationId = id.parse().map_err(wrong)?;
    let now = state.now().timestamp();
    let lines = visitor
        .ask(&state, move |organisation| {
            organisation.recipients_told(contact, now)
        })
        .await?;
    let zone = state.now().time_zone().clone();
    let frame = Frame::of(&visitor, &format!("/contacts/{contact}/recipients"));
    let erased = lines.iter().find(|line| line.about == About::Erased);
    let page = ContactPage {
        erased_by: erased
            .filter(|_| visitor.may(Permission::SeeEvidence))
            .map(|line| line.cause),
        id: contact.to_string(),
        lines: lines
            .into_iter()
            .map(|line| Line::new(line, &frame, &zone))
            .collect(),
        frame,
    };
    Ok(frame::render(&page, visitor.lang()))
}

/// Shows the secret with which webhooks to a recipient are signed, and makes it if there is none.
pub async fn secret(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    _: Form<Nothing>,
) -> Answer {
    let (asked, today) = (id.clone(), visitor.today);
    let (secret, view) = visitor
        .ask(&state, move |organisation| {
            Ok((
                organisation.webhook_secret(&asked)?,
                organisation.register_view(today)?,
            ))
        })
        .await?;
    let page = SecretPage {
        frame: Frame::of(&visitor, "/recipients/notices"),
        name: view
            .register
            .recipient(&id)
            .map_or(id, |recipient| recipient.name.clone()),
        secret,
    };
    Ok(frame::render(&page, visitor.lang()))
}

impl ListPage {
    fn overdue_days(&self) -> String {
        self.frame.with("notices-lead", "days", OVERDUE_DAYS)
    }
}
