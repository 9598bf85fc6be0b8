//! `/people`: who may act for the organisation, in which role, until when.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect};
use jiff::civil::Date;
use law::Lang;
use operations::access::{AccessError, AccountId, Member, MemberState, NewMember, Role, Unsent};
use serde::Deserialize;

use super::entrance::pages;
use super::told;
use crate::auth::Visitor;
use crate::auth::form::{Form, Nothing};
use crate::pages::frame::{self, Frame};
use crate::pages::number;
use crate::pages::refusal::{Answer, Refusal};
use crate::pages::toast::Toast;
use crate::problem::Problem;
use crate::state::AppState;
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "account/people.html")]
struct PeoplePage {
    frame: Frame,
    members: Vec<Line>,
    roles: Vec<(&'static str, String, String)>,
    entered: Entered,
    waiting: Vec<Mail>,
    sends_mail: bool,
    /// The link of an invitation that was just made.
    link: Option<String>,
    problem: Option<String>,
}

struct Line {
    account: String,
    name: String,
    email: String,
    role: &'static str,
    ends_on: String,
    state: String,
    lets_in_anew: bool,
    this: bool,
}

struct Mail {
    subject: String,
    written: String,
    failure: Option<String>,
}

/// An invitation as it was entered.
#[derive(Clone, Default, Deserialize)]
pub struct Entered {
    name: String,
    email: String,
    role: String,
    #[serde(default)]
    ends_on: String,
}

/// A change of a role.
#[derive(Deserialize)]
pub struct NewRole {
    role: String,
    #[serde(default)]
    ends_on: String,
}

/// Everybody.
pub async fn page(State(state): State<AppState>, visitor: Visitor) -> Answer {
    let entered = Entered {
        role: Role::Sales.name().to_owned(),
        ..Entered::default()
    };
    show(&state, &visitor, entered, None, None).await
}

async fn show(
    state: &AppState,
    visitor: &Visitor,
    entered: Entered,
    link: Option<String>,
    problem: Option<String>,
) -> Answer {
    let refuse = |problem| Refusal::new(problem, &visitor.visit);
    let pages = pages(state).map_err(refuse)?;
    let (organisation, now) = (visitor.organisation.clone(), state.now());
    let (at, today, zone) = (now.timestamp(), now.date(), now.time_zone().clone());
    let (members, waiting) = state
        .run(move || {
            let members = organisation.members(at, today)?;
            Ok::<_, AccessError>((members, organisation.outbox()?))
        })
        .await
        .map_err(refuse)?
        .map_err(|error| refuse(error.into()))?;
    let lang = visitor.lang();
    let frame = Frame::of(visitor, "/people");
    let refused = problem.is_some();
    let mail = |waiting: Unsent| Mail {
        subject: waiting.subject,
        written: number::time(waiting.created_at, &zone, lang),
        failure: waiting.failure,
    };
    let page = PeoplePage {
        members: members
            .into_iter()
            .map(|member| Line::new(member, visitor, &frame))
            .collect(),
        roles: Role::ALL
            .map(|role| (role.name(), frame::role(role, lang), about(role, lang)))
            .to_vec(),
        entered,
        waiting: waiting.into_iter().map(mail).collect(),
        sends_mail: pages.sends_mail,
        link,
        problem,
        frame,
    };
    let mut response = frame::render(&page, lang);
    if refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

impl Line {
    fn new(member: Member, visitor: &Visitor, frame: &Frame) -> Self {
        let (lang, this) = (
            visitor.lang(),
            member.account == visitor.visit.session.account,
        );
        let state = match member.state {
            MemberState::Active => frame.t("people-active"),
            MemberState::Invited(until) => {
                let until = number::day(
                    until.to_zoned_datetime(jiff::tz::TimeZone::UTC).date(),
                    lang,
                );
                frame.with("people-invited", "until", until)
            }
            MemberState::Lapsed => frame.t("people-lapsed"),
            MemberState::Ended => frame.t("people-ended"),
        };
        Self {
            account: member.account.to_string(),
            name: member.name,
            email: member.email,
            role: member.role.name(),
            ends_on: member
                .ends_on
                .map(|day| day.to_string())
                .unwrap_or_default(),
            lets_in_anew: !this && !matches!(member.state, MemberState::Ended),
            state,
            this,
        }
    }
}

/// What a role may do, in a sentence.
fn about(role: Role, lang: Lang) -> String {
    Texts(lang).t(match role {
        Role::Owner => "role-owner-about",
        Role::DataProtectionOfficer => "role-data-protection-officer-about",
        Role::Marketing => "role-marketing-about",
        Role::Sales => "role-sales-about",
        Role::Auditor => "role-auditor-about",
    })
}

fn day(text: &str) -> Result<Option<Date>, AccessError> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| AccessError::Over)
}

/// Invites somebody.
pub async fn invite(
    State(state): State<AppState>,
    visitor: Visitor,
    Form(entered): Form<Entered>,
) -> Answer {
    let refuse = |problem| Refusal::new(problem, &visitor.visit);
    let address = pages(&state).map_err(refuse)?.address.clone();
    let (organisation, act, lang) = (
        visitor.organisation.clone(),
        visitor.act(&state),
        visitor.lang(),
    );
    let given = entered.clone();
    let invited = state
        .run(move || {
            let role = Role::named(&given.role).ok_or(AccessError::NotAllowed)?;
            let ends_on = day(&given.ends_on)?;
            let new = NewMember::new(&given.name, &given.email, lang, role, ends_on)?;
            organisation.invite(&new, &address, &act)
        })
        .await
        .map_err(refuse)?;
    match invited {
        Ok(invited) => show_link(&state, &visitor, invited.link).await,
        Err(error) => {
            let text = told(error, Texts(lang)).map_err(refuse)?;
            show(&state, &visitor, entered, None, Some(text)).await
        }
    }
}

/// Shows the link of an invitation once; where mail is sent, there is no need to.
async fn show_link(state: &AppState, visitor: &Visitor, link: Option<String>) -> Answer {
    let sends_mail = state.pages().is_some_and(|pages| pages.sends_mail);
    match link.filter(|_| !sends_mail) {
        Some(link) => {
            let entered = Entered {
                role: Role::Sales.name().to_owned(),
                ..Entered::default()
            };
            show(state, visitor, entered, Some(link), None).await
        }
        None => Ok(Redirect::to("/people").into_response()),
    }
}

/// Changes a role or its last day.
pub async fn change(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(account): Path<String>,
    Form(new): Form<NewRole>,
) -> Answer {
    let (organisation, act) = (visitor.organisation.clone(), visitor.act(&state));
    let done = run(&state, &visitor, &account, move |account| {
        let role = Role::named(&new.role).ok_or(AccessError::NotAllowed)?;
        organisation.change_role(account, role, day(&new.ends_on)?, &act)
    });
    finish(&state, &visitor, done.await?, Toast::RoleChanged).await
}

/// Ends a membership.
pub async fn remove(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(account): Path<String>,
    _: Form<Nothing>,
) -> Answer {
    let (organisation, act) = (visitor.organisation.clone(), visitor.act(&state));
    let done = run(&state, &visitor, &account, move |account| {
        organisation.remove_member(account, &act)
    });
    finish(&state, &visitor, done.await?, Toast::MemberRemoved).await
}

/// Makes a new link for somebody who lost every way in.
pub async fn new_link(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(account): Path<String>,
    _: Form<Nothing>,
) -> Answer {
    let refuse = |problem| Refusal::new(problem, &visitor.visit);
    let address = pages(&state).map_err(refuse)?.address.clone();
    let (organisation, act) = (visitor.organisation.clone(), visitor.act(&state));
    let made = run(&state, &visitor, &account, move |account| {
        organisation.new_link(account, &address, &act)
    });
    match made.await? {
        Ok(link) => show_link(&state, &visitor, Some(link)).await,
        Err(error) => refused(&state, &visitor, error).await,
    }
}

async fn run<T: Send + 'static>(
    state: &AppState,
    visitor: &Visitor,
    account: &str,
    operation: impl FnOnce(AccountId) -> Result<T, AccessError> + Send + 'static,
) -> Result<Result<T, AccessError>, Refusal> {
    let refuse = |problem| Refusal::new(problem, &visitor.visit);
    let Ok(account) = account.parse() else {
        return Err(refuse(Problem::nothing_here()));
    };
    state.run(move || operation(account)).await.map_err(refuse)
}

async fn finish(
    state: &AppState,
    visitor: &Visitor,
    done: Result<(), AccessError>,
    toast: Toast,
) -> Answer {
    match done {
        Ok(()) => Ok(toast.then("/people")),
        Err(error) => refused(state, visitor, error).await,
    }
}

async fn refused(state: &AppState, visitor: &Visitor, error: AccessError) -> Answer {
    let text = told(error, Texts(visitor.lang()));
    let text = text.map_err(|problem| Refusal::new(problem, &visitor.visit))?;
    show(state, visitor, Entered::default(), None, Some(text)).await
}
