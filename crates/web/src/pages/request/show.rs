//! `/requests/{id}`: one request, what can be done with it, and its history.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use law::Lang;
use operations::access::Permission;
use operations::request::{Identity, RequestKind};

use super::{Line, id_of, identity_name, intake_name, kind_name, people};
use crate::auth::Visitor;
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::Answer;
use crate::pages::register::Inputs;
use crate::pages::{actor, number, words};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "request/show.html")]
struct ShowPage {
    frame: Frame,
    line: Line,
    seen: i64,
    contact: Option<String>,
    open: bool,
    /// Nobody has said yet what a mail asks for.
    unsorted: bool,
    /// The mailbox got enough mails; its link goes out later.
    unasked: bool,
    kinds: Vec<(String, String)>,
    langs: Vec<(String, String)>,
    done: Option<bool>,
    intake: String,
    identity: String,
    said: Vec<Passage>,
    address: Option<String>,
    language: String,
    first_due: String,
    may_extend: Option<(String, String, String)>,
    others: Vec<Line>,
    events: Vec<Event>,
    /// Where the fitting action is, and the name of its text.
    action: Option<(String, &'static str)>,
    members: Vec<(String, String)>,
    assigned_to: String,
    identities: Vec<(String, String)>,
    inputs: Inputs,
    may_change: bool,
    sees_evidence: bool,
    problem: Option<String>,
}

struct Passage {
    on: String,
    by: String,
    text: String,
    /// How it stands with who wrote it, if that is not certain.
    unsure: Option<String>,
}

struct Event {
    entry: i64,
    when: String,
    who: String,
    what: String,
    reason: Option<String>,
}

/// The page.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    show(&state, &visitor, &id, Inputs::default(), None).await
}

pub async fn show(
    state: &AppState,
    visitor: &Visitor,
    id: &str,
    inputs: Inputs,
    problem: Option<String>,
) -> Answer {
    let request = id_of(visitor, id)?;
    let (lang, today) = (visitor.lang(), visitor.today);
    let (view, who) = visitor
        .ask(state, move |organisation| {
            let view = organisation.request_view(request, today)?;
            let who = view.events.iter();
            let who = who.map(|event| actor::name(organisation, &event.by, lang));
            let who: Vec<String> = who.collect();
            Ok((view, who))
        })
        .await?;
    let people = people(state, visitor).await?;
    let frame = Frame::of(visitor, &format!("/requests/{id}"));
    let zone = state.now().time_zone().clone();
    let events = view.events.iter().zip(who);
    let events = events
        .map(|(event, who)| Event {
            entry: event.entry,
            when: number::time(event.at, &zone, lang),
            who,
            what: words::kind(&event.kind, lang),
            reason: event.reason.clone(),
        })
        .collect();
    let contact = view.line.contact.map(|id| id.to_string());
    let may_erase = visitor.may(Permission::Erase);
    let action = contact
        .as_deref()
        .and_then(|contact| fitting(view.line.kind, contact, may_erase));
    let texts = view.said.iter().map(|said| Passage {
        on: number::day(said.on, lang),
        by: operations::request::Intake::named(&said.intake)
            .map_or_else(String::new, |intake| frame.t(intake_name(intake))),
        text: said.text.clone(),
        unsure: Identity::named(&said.identity)
            .filter(|identity| !identity.is_certain())
            .map(|identity| frame.t(identity_name(identity))),
    });
    let members = people.iter();
    let members = members.map(|member| (member.account.to_string(), member.name.clone()));
    let identities = Identity::ALL.into_iter();
    let identities = identities
        .filter(|identity| *identity != Identity::Unasked)
        .map(|identity| (identity.name().to_owned(), frame.t(identity_name(identity))));
    let nobody = (String::new(), frame.t("requests-nobody"));
    let status = problem
        .as_ref()
        .map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    let page = ShowPage {
        seen: view.seen,
        unsorted: view.line.kind == RequestKind::Unsorted,
        kinds: RequestKind::RIGHTS
            .map(|kind| (kind.name().to_owned(), frame.t(kind_name(kind))))
            .to_vec(),
        langs: [("de", "requests-lang-de"), ("en", "requests-lang-en")]
            .map(|(lang, name)| (lang.to_owned(), frame.t(name)))
            .to_vec(),
        unasked: view.line.identity == Identity::Unasked,
        done: view.done,
        open: view.line.answered_on.is_none(),
        intake: frame.t(intake_name(view.line.intake)),
        identity: frame.t(identity_name(view.line.identity)),
        said: texts.collect(),
        address: view.address,
        language: frame.t(match view.lang {
            Lang::De => "requests-lang-de",
            Lang::En => "requests-lang-en",
        }),
        first_due: number::day(view.first_due_on, lang),
        may_extend: view.may_extend_until.map(|until| {
            let first = view.first_due_on.tomorrow().unwrap_or(view.first_due_on);
            let written = number::day(until, lang);
            (first.to_string(), until.to_string(), written)
        }),
        others: view
            .others
            .into_iter()
            .map(|other| Line::new(other, visitor, &people, &frame))
            .collect(),
        events,
        action,
        members: std::iter::once(nobody).chain(members).collect(),
        assigned_to: view
            .line
            .assigned_to
            .map_or_else(String::new, |account| account.to_string()),
        identities: identities.collect(),
        line: Line::new(view.line, visitor, &people, &frame),
        contact,
        inputs,
        may_change: visitor.may(Permission::ChangeContacts),
        sees_evidence: visitor.may(Permission::SeeEvidence),
        problem,
        frame,
    };
    let mut response = frame::render(&page, lang);
    *response.status_mut() = status;
    Ok(response)
}

/// The page on which what is asked for is done.
fn fitting(kind: RequestKind, contact: &str, may_erase: bool) -> Option<(String, &'static str)> {
    let (page, name) = match kind {
        RequestKind::Erasure if may_erase => ("/erase", "action-erase"),
        RequestKind::Rectification => ("/edit", "action-correct"),
        RequestKind::Restriction => ("/restrict", "action-restrict"),
        RequestKind::Objection => ("/object", "action-object"),
        RequestKind::Withdrawal => ("/withdraw", "action-withdraw"),
        RequestKind::Access | RequestKind::Portability => ("/access", "requests-access-page"),
        RequestKind::NoAutomatedDecision | RequestKind::Erasure | RequestKind::Unsorted => {
            return None;
        }
    };
    Some((format!("/contacts/{contact}{page}"), name))
}
