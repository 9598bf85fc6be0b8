//! Requests of people about their data (GDPR Art. 12 and 15 to 22): the board by deadline, one request
//! with what can be done, entry by hand, the answer, and the calendar.

pub mod board;
pub mod calendar;
pub mod close;
pub mod new;
pub mod show;
pub mod sort;
pub mod work;

use operations::access::{Member, MemberState};
use operations::request::{Identity, Intake, Outcome, RequestFault, RequestKind, RequestLine};
use operations::{Error, OrganisationId};

use crate::auth::Visitor;
use crate::pages::frame::Frame;
use crate::pages::number;
use crate::pages::refusal::Refusal;
use crate::problem::Problem;
use crate::state::AppState;

/// A request as lists show it.
pub struct Line {
    pub id: String,
    pub name: String,
    pub what: String,
    pub asked: String,
    pub due: String,
    pub overdue: bool,
    pub extended: bool,
    pub identity: &'static str,
    pub unsure: bool,
    pub assigned: Option<String>,
    pub outcome: Option<&'static str>,
    pub answered: String,
    /// How a mail begins that nobody has sorted yet.
    pub preview: Option<String>,
}

impl Line {
    pub fn new(line: RequestLine, visitor: &Visitor, people: &[Member], frame: &Frame) -> Self {
        let lang = visitor.lang();
        let assigned = line.assigned_to.and_then(|account| {
            let found = people.iter().find(|member| member.account == account);
            found.map(|member| member.name.clone())
        });
        Self {
            id: line.id.to_string(),
            name: line.name.unwrap_or_else(|| frame.t("unnamed")),
            what: frame.t(kind_name(line.kind)),
            asked: number::day(line.asked_on, lang),
            due: number::day(line.due_on, lang),
            overdue: line.answered_on.is_none() && line.due_on < visitor.today,
            extended: line.extended,
            identity: identity_name(line.identity),
            unsure: !line.identity.is_certain(),
            assigned,
            outcome: line.outcome.map(outcome_name),
            answered: line
                .answered_on
                .map_or_else(String::new, |day| number::day(day, lang)),
            preview: line.preview,
        }
    }
}

/// The name of the text for what is asked for.
pub const fn kind_name(kind: RequestKind) -> &'static str {
    match kind {
        RequestKind::Access => "requests-access",
        RequestKind::Erasure => "requests-erasure",
        RequestKind::Rectification => "requests-rectification",
        RequestKind::Restriction => "requests-restriction",
        RequestKind::Portability => "requests-portability",
        RequestKind::Objection => "requests-objection",
        RequestKind::NoAutomatedDecision => "requests-no-automated-decision",
        RequestKind::Withdrawal => "requests-withdrawal",
        RequestKind::Unsorted => "requests-unsorted",
    }
}

const fn intake_name(intake: Intake) -> &'static str {
    match intake {
        Intake::Own => "requests-by-own-page",
        Intake::Page => "requests-by-page",
        Intake::Mail => "requests-by-mail",
        Intake::Phone => "requests-by-phone",
        Intake::Letter => "requests-by-letter",
        Intake::InPerson => "requests-by-person",
        Intake::Api => "requests-by-api",
    }
}

const fn identity_name(identity: Identity) -> &'static str {
    match identity {
        Identity::NotNeeded => "requests-identity-not-needed",
        Identity::Confirmed => "requests-identity-confirmed",
        Identity::Asked => "requests-identity-asked",
        Identity::Doubtful => "requests-identity-doubtful",
        Identity::Unasked => "requests-identity-unasked",
    }
}

const fn outcome_name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Answered => "requests-outcome-answered",
        Outcome::Refused => "requests-outcome-refused",
        Outcome::NothingStored => "requests-outcome-nothing-stored",
        Outcome::Withdrawn => "requests-outcome-withdrawn",
        Outcome::Joined => "requests-outcome-joined",
        Outcome::Discarded => "requests-outcome-discarded",
    }
}

/// The request that a path names.
fn id_of(visitor: &Visitor, id: &str) -> Result<OrganisationId, Refusal> {
    let parsed = id.parse();
    parsed.map_err(|_| Refusal::new(Problem::nothing_here(), &visitor.visit))
}

/// The people who may act now.
async fn people(state: &AppState, visitor: &Visitor) -> Result<Vec<Member>, Refusal> {
    let (now, today) = (state.now().timestamp(), visitor.today);
    let organisation = visitor.organisation.clone();
    let members = state.run(move || organisation.members(now, today)).await;
    let members = members.and_then(|members| members.map_err(Problem::from));
    let members = members.map_err(|problem| Refusal::new(problem, &visitor.visit))?;
    let here = |member: &Member| !matches!(member.state, MemberState::Ended);
    Ok(members.into_iter().filter(here).collect())
}

/// The name of the text for an error that can be mended in the form.
fn told(error: &Error) -> Option<&'static str> {
    Some(match error {
        Error::Request(fault) => match fault {
            RequestFault::Conflict => "requests-conflict",
            RequestFault::Closed => "requests-closed-meanwhile",
            RequestFault::ExtensionLate => "requests-extension-late",
            RequestFault::ExtensionLength => "requests-extension-length",
            RequestFault::NoMail => "requests-no-mail",
            RequestFault::Tied => "requests-tied",
            RequestFault::NoMember => "requests-no-member",
            RequestFault::TooOld => "requests-too-old",
            RequestFault::Unsorted => "requests-sort-first",
            RequestFault::NotDone => "requests-not-done",
            RequestFault::TooLong(_) => "requests-too-long",
            RequestFault::NotCarried(_) | RequestFault::Unknown | RequestFault::TooMany => {
                return None;
            }
        },
        Error::Future(_) => "day-future",
        Error::Empty("the reason") => "reason-missing",
        Error::Empty("the fee") => "requests-fee-missing",
        Error::Empty("the answer") => "requests-answer-missing",
        Error::Empty("the ground") => "requests-ground-missing",
        Error::Empty("the name") => "requests-name-missing",
        Error::UnknownContact | Error::ContactText | Error::WhichContact { .. } | Error::Erased => {
            "requests-no-contact"
        }
        Error::NoAddress => "requests-no-address",
        _ => return None,
    })
}
