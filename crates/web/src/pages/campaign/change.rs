//! What can be done with a campaign: make it ready, test, send, pause, resume, call off, take a list.

use axum::extract::{Path, State};
use law::Lang;
use operations::Error;
use operations::campaign::SheetForm;
use serde::Deserialize;

use super::{id_of, sheet_paper, show};
use crate::auth::Visitor;
use crate::auth::form::{Form, Nothing};
use crate::pages::download;
use crate::pages::refusal::{Answer, Refusal};
use crate::pages::toast::Toast;
use crate::problem::Problem;
use crate::state::AppState;
use crate::texts::Texts;

/// A step, and the revision that was seen.
#[derive(Deserialize)]
pub struct Step {
    step: String,
    #[serde(default)]
    revision: i64,
}

/// What went wrong, in words.
fn wrong(error: Error, lang: Lang) -> Result<String, Error> {
    match error {
        Error::CampaignConflict => Ok(Texts(lang).t("campaign-conflict")),
        Error::Campaign(fault) => Ok(super::fault(&fault, lang)),
        error => Err(error),
    }
}

/// Goes a step on with a campaign.
pub async fn go(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(step): Form<Step>,
) -> Answer {
    let campaign = id_of(&visitor, &id)?;
    let (act, lang, revision) = (visitor.act(&state), visitor.lang(), step.revision);
    let toast = match step.step.as_str() {
        "ready" => Toast::CampaignReady,
        "send" => Toast::CampaignSending,
        "pause" => Toast::CampaignPaused,
        "resume" => Toast::CampaignResumed,
        "cancel" => Toast::CampaignCancelled,
        "redraft" => Toast::CampaignRedrafted,
        _ => return Err(Refusal::new(Problem::unreadable_form(), &visitor.visit)),
    };
    let done = visitor
        .ask(&state, move |organisation| {
            // Who reads an old page must not send what is not on it.
            let seen = organisation.campaign(campaign);
            if seen.as_ref().is_ok_and(|seen| seen.revision != revision) {
                return wrong(Error::CampaignConflict, lang).map(Some);
            }
            let done = match toast {
                Toast::CampaignReady => organisation
                    .make_campaign_ready(campaign, revision, &act)
                    .map(|_| ()),
                Toast::CampaignSending => organisation.send_campaign(campaign, &act),
                Toast::CampaignPaused => organisation.pause_campaign(campaign, &act),
                Toast::CampaignResumed => organisation.resume_campaign(campaign, &act),
                Toast::CampaignCancelled => organisation.cancel_campaign(campaign, &act),
                _ => organisation.redraft_campaign(campaign, &act),
            };
            match done {
                Ok(()) => Ok(None),
                Err(error) => wrong(error, lang).map(Some),
            }
        })
        .await?;
    match done {
        None => Ok(toast.then(&format!("/campaigns/{campaign}"))),
        problem => show::show(&state, &visitor, &id, problem).await,
    }
}

/// Sends the letter to whoever asks, as a test.
pub async fn test(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    _: Form<Nothing>,
) -> Answer {
    let campaign = id_of(&visitor, &id)?;
    let (act, lang) = (visitor.act(&state), visitor.lang());
    let account = visitor.visit.session.account;
    let sent = visitor
        .ask(&state, move |organisation| {
            organisation.test_campaign(campaign, account, &act)
        })
        .await?;
    if sent {
        Ok(Toast::CampaignTested.then(&format!("/campaigns/{campaign}/preview")))
    } else {
        let problem = Some(Texts(lang).t("campaign-fault-nobody"));
        show::show(&state, &visitor, &id, problem).await
    }
}

/// What a list is taken out as.
#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    form: String,
}

/// The list for calls or letters, of today, or the letters.
pub async fn sheet(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(wanted): Form<Wanted>,
) -> Answer {
    let campaign = id_of(&visitor, &id)?;
    let Some(form) = SheetForm::named(&wanted.form) else {
        return Err(Refusal::new(Problem::unreadable_form(), &visitor.visit));
    };
    let (act, lang, now) = (visitor.act(&state), visitor.lang(), state.now());
    let made = visitor
        .ask(&state, move |organisation| {
            let sheet = match organisation.campaign_sheet(campaign, form, lang, &act) {
                Ok(sheet) => sheet,
                Err(error) => return wrong(error, lang).map(Err),
            };
            let file = match form {
                SheetForm::Csv => Ok(sheet.csv(lang)?),
                SheetForm::List => sheet_paper::list(&sheet, lang, &now),
                SheetForm::Letters => sheet_paper::letters(&sheet, lang, &now),
            };
            Ok(Ok((file, sheet.on)))
        })
        .await?;
    let (file, on) = match made {
        Ok((Ok(file), on)) => (file, on),
        Ok((Err(error), _)) => {
            tracing::error!(%error, "a list could not be set");
            return Err(Refusal::new(Problem::broken(), &visitor.visit));
        }
        Err(problem) => return show::show(&state, &visitor, &id, Some(problem)).await,
    };
    let name = match (form, lang) {
        (SheetForm::Letters, Lang::De) => "Briefe",
        (SheetForm::Letters, Lang::En) => "letters",
        (_, Lang::De) => "Liste",
        (_, Lang::En) => "list",
    };
    let (kind, ending) = match form {
        SheetForm::Csv => ("text/csv; charset=utf-8", "csv"),
        SheetForm::List | SheetForm::Letters => ("application/pdf", "pdf"),
    };
    download::file(&visitor, file, kind, &format!("{name}-{on}.{ending}"))
}
