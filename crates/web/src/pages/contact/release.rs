//! Releases the answer to who asked for access: mails the person a link, or keeps it to be handed over; and
//! what is in force, to print and to take back.

use axum::extract::{Path, State};
use jiff::ZonedDateTime;
use law::Lang;
use operations::access_answer::{
    AccessAnswer, AnswerFile, AnswerInForce, MOST_DOWNLOADS, Release, ReleaseFault,
};
use operations::{Error, OrganisationId};

use super::access::{cuts, file_name, files, language, language_name, media, show};
use super::contact;
use super::proof::{apart, unset};
use crate::auth::Visitor;
use crate::auth::form::Form;
use crate::pages::download::file;
use crate::pages::frame::Frame;
use crate::pages::number;
use crate::pages::refusal::{Answer, Refusal};
use crate::pages::register::Inputs;
use crate::pages::toast::Toast;
use crate::problem::Problem;
use crate::state::AppState;

/// What is in force, as the page shows it.
pub struct InForce {
    /// Names it.
    pub id: String,
    /// Its language.
    pub language: String,
    /// The name of the text that says how the person gets it.
    pub way: &'static str,
    /// When it was released.
    pub since: String,
    /// Until when it can be fetched.
    pub until: String,
    /// How often it was, of how many times.
    pub fetched: String,
}

impl InForce {
    /// Of this answer.
    pub fn of(answer: &AnswerInForce, frame: &Frame, now: &ZonedDateTime) -> Self {
        let (zone, lang) = (now.time_zone(), frame.lang);
        let language = match answer.lang {
            Lang::De => "de",
            Lang::En => "en",
        };
        Self {
            id: answer.id.to_string(),
            language: frame.t(language_name(language)),
            way: if answer.by_mail {
                "release-way-mail"
            } else {
                "release-way-hand"
            },
            since: number::time(answer.released_at, zone, lang),
            until: number::time(answer.until, zone, lang),
            fetched: format!("{} / {MOST_DOWNLOADS}", answer.downloads),
        }
    }
}

/// Releases what was looked at.
pub async fn release(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let reference = contact(&visitor, &id)?;
    let (cuts, lang, act) = (
        cuts(&inputs),
        language(&inputs, &visitor),
        visitor.act(&state),
    );
    let wish = Release {
        by_mail: inputs.get("way") == "mail",
        seen: inputs.get("seen").to_owned(),
        replace: inputs.is_on("replace"),
    };
    let now = state.now();
    let released = visitor
        .ask(&state, move |organisation| {
            let set = |answer: &AccessAnswer| files(answer, lang, &now);
            let told = (&cuts, lang);
            let released = apart(organisation.release_answer(&reference, told, &wish, set, &act));
            match released {
                Err(Error::Release(fault)) => Ok(Err(fault)),
                other => other.map(Ok),
            }
        })
        .await?;
    let fault = match released {
        Ok(set) => {
            set.map_err(|error| unset(&error, &visitor))?;
            return Ok(Toast::AnswerReleased.then(&format!("/contacts/{id}/access")));
        }
        Err(fault) => fault,
    };
    let problem = match fault {
        ReleaseFault::Changed => "release-changed",
        ReleaseFault::InForce => "release-in-force",
        ReleaseFault::NoMail => "release-no-mail",
        ReleaseFault::Ended => "release-ended",
    };
    show(&state, &visitor, id, inputs, Some(problem)).await
}

fn answer_of(inputs: &Inputs, visitor: &Visitor) -> Result<OrganisationId, Refusal> {
    let named = inputs.get("answer").parse();
    named.map_err(|_| Refusal::new(Problem::nothing_here(), &visitor.visit))
}

/// Takes the answer in force back.
pub async fn revoke(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let reference = contact(&visitor, &id)?;
    let (answer, act) = (answer_of(&inputs, &visitor)?, visitor.act(&state));
    visitor
        .ask(&state, move |organisation| {
            organisation.revoke_answer(&reference, answer, &act)
        })
        .await?;
    Ok(Toast::AnswerRevoked.then(&format!("/contacts/{id}/access")))
}

/// A file of the answer in force, to print and hand over, which is evidence.
pub async fn hand_out(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let reference = contact(&visitor, &id)?;
    let (answer, act) = (answer_of(&inputs, &visitor)?, visitor.act(&state));
    let kind = AnswerFile::named(inputs.get("file")).unwrap_or(AnswerFile::Pdf);
    let (lang, bytes) = visitor
        .ask(&state, move |organisation| {
            organisation.hand_out_answer(&reference, answer, kind, &act)
        })
        .await?;
    file(&visitor, bytes, media(kind), file_name(kind, lang))
}
