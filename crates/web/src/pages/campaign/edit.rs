//! `/campaigns/new` and `/campaigns/{id}/edit`: writing a campaign.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use law::{Channel, Lang};
use operations::campaign::{CampaignDraft, CampaignFault, CampaignText, Chosen};
use operations::{Error, OrganisationId};
use serde::Deserialize;

use super::id_of;
use crate::auth::Visitor;
use crate::auth::form::Form;
use crate::pages::contact::note::advertising;
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::Answer;
use crate::pages::register::Inputs;
use crate::pages::toast::Toast;
use crate::pages::words;
use crate::state::AppState;

const CHANNELS: [Channel; 3] = [Channel::Email, Channel::Phone, Channel::Post];
const SOURCES: [&str; 8] = [
    "person",
    "website",
    "directory",
    "public_register",
    "address_dealer",
    "social_network",
    "referral",
    "other",
];

#[derive(Template)]
#[template(path = "campaign/edit.html")]
struct EditPage {
    frame: Frame,
    /// Empty for a new one.
    id: String,
    revision: String,
    inputs: Inputs,
    problem: Option<String>,
    activities: Vec<(String, String)>,
    channels: Vec<(String, String)>,
    goods: Vec<(String, String)>,
    sources: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
}

enum Wrong {
    Fault(String),
    Conflict,
}

async fn show(
    state: &AppState,
    visitor: &Visitor,
    id: Option<OrganisationId>,
    revision: String,
    inputs: Inputs,
    wrong: Option<Wrong>,
) -> Answer {
    let (today, lang) = (visitor.today, visitor.lang());
    let register = visitor
        .ask(state, move |organisation| {
            Ok(organisation.register_view(today)?.register)
        })
        .await?;
    let here = id.map_or("/campaigns/new".to_owned(), |id| {
        format!("/campaigns/{id}/edit")
    });
    let frame = Frame::of(visitor, &here);
    let status = match wrong {
        None => StatusCode::OK,
        Some(Wrong::Fault(_)) => StatusCode::UNPROCESSABLE_ENTITY,
        Some(Wrong::Conflict) => StatusCode::CONFLICT,
    };
    let any = |name: &str| (String::new(), frame.t(name));
    let goods = register.goods_classes.iter();
    let sources = SOURCES.iter();
    let page = EditPage {
        id: id.map(|id| id.to_string()).unwrap_or_default(),
        revision,
        problem: wrong.map(|wrong| match wrong {
            Wrong::Fault(text) => text,
            Wrong::Conflict => frame.t("campaign-conflict"),
        }),
        activities: advertising(&register),
        channels: CHANNELS
            .into_iter()
            .map(|channel| (channel.name().to_owned(), words::channel(channel, lang)))
            .collect(),
        goods: std::iter::once(any("campaign-goods-of-activity"))
            .chain(goods.map(|class| (class.id.clone(), class.name.clone())))
            .collect(),
        sources: std::iter::once(any("campaign-any"))
            .chain(sources.map(|name| ((*name).to_owned(), words::source(name, lang))))
            .collect(),
        kinds: vec![
            any("campaign-any"),
            ("business".to_owned(), frame.t("campaign-kind-business")),
            ("consumer".to_owned(), frame.t("campaign-kind-consumer")),
        ],
        inputs,
        frame,
    };
    let mut response = frame::render(&page, lang);
    *response.status_mut() = status;
    Ok(response)
}

/// A company that the campaign is for.
#[derive(Deserialize)]
pub struct For {
    #[serde(default)]
    company: String,
}

/// An empty form, but for the company from whose page it was asked for.
pub async fn new_page(
    State(state): State<AppState>,
    visitor: Visitor,
    Query(asked): Query<For>,
) -> Answer {
    let mut inputs = Inputs::default();
    if !asked.company.is_empty() {
        let name = visitor
            .ask(&state, move |organisation| {
                organisation.company_name(&asked.company)
            })
            .await?;
        inputs.add_some("company", name.as_ref());
    }
    show(&state, &visitor, None, String::new(), inputs, None).await
}

/// The form with what a draft has.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    let id = id_of(&visitor, &id)?;
    let (campaign, company) = visitor
        .ask(&state, move |organisation| {
            let campaign = organisation.campaign(id)?;
            let company = match &campaign.draft.chosen.company {
                Some(company) => organisation.company_name(company)?,
                None => None,
            };
            Ok((campaign, company))
        })
        .await?;
    let draft = campaign.draft;
    let mut inputs = Inputs::default();
    inputs.add("name", draft.name);
    inputs.add("activity", draft.activity);
    inputs.add("channel", draft.channel.name());
    inputs.add_some("goods", draft.goods.as_ref());
    for (lang, text) in [("de", draft.german), ("en", draft.english)] {
        if let Some(text) = text {
            inputs.add(format!("subject_{lang}"), text.subject);
            inputs.add(format!("text_{lang}"), text.text);
        }
    }
    inputs.add_some("country", draft.chosen.country.as_ref());
    inputs.add_some("source", draft.chosen.source.as_ref());
    inputs.add_some("kind", draft.chosen.kind.as_ref());
    inputs.add_some("company", company.as_ref());
    let revision = campaign.revision.to_string();
    show(&state, &visitor, Some(id), revision, inputs, None).await
}

/// Saves a new campaign.
pub async fn add(
    State(state): State<AppState>,
    visitor: Visitor,
    Form(inputs): Form<Inputs>,
) -> Answer {
    save(&state, &visitor, None, inputs).await
}

/// Saves a draft.
pub async fn change(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(inputs): Form<Inputs>,
) -> Answer {
    let id = id_of(&visitor, &id)?;
    save(&state, &visitor, Some(id), inputs).await
}

async fn save(
    state: &AppState,
    visitor: &Visitor,
    id: Option<OrganisationId>,
    inputs: Inputs,
) -> Answer {
    let (mut draft, act) = (read(&inputs), visitor.act(state));
    let company = inputs.some("company");
    let lang = visitor.lang();
    let revision = inputs.get("revision").to_owned();
    let seen: i64 = revision.parse().unwrap_or_default();
    let saved = visitor
        .ask(state, move |organisation| {
            if let Some(company) = company {
                let found = organisation.company_named(&company)?;
                if found.is_none() {
                    let fault = super::fault(&CampaignFault::Company, lang);
                    return Ok(Err(Wrong::Fault(fault)));
                }
                draft.chosen.company = found;
            }
            let saved = match id {
                None => organisation.add_campaign(&draft, &act),
                Some(id) => organisation
                    .change_campaign(id, seen, &draft, &act)
                    .map(|()| id),
            };
            match saved {
                Ok(id) => Ok(Ok(id)),
                Err(Error::CampaignConflict) => Ok(Err(Wrong::Conflict)),
                Err(Error::Campaign(fault)) => Ok(Err(Wrong::Fault(super::fault(&fault, lang)))),
                Err(error) => Err(error),
            }
        })
        .await?;
    match saved {
        Ok(id) => Ok(Toast::CampaignSaved.then(&format!("/campaigns/{id}"))),
        Err(wrong) => show(state, visitor, id, revision, inputs, Some(wrong)).await,
    }
}

fn read(inputs: &Inputs) -> CampaignDraft {
    let text = |lang: Lang| {
        let (subject, text) = match lang {
            Lang::De => ("subject_de", "text_de"),
            Lang::En => ("subject_en", "text_en"),
        };
        let written = CampaignText {
            subject: inputs.get(subject).to_owned(),
            text: inputs.get(text).to_owned(),
        };
        (written != CampaignText::default()).then_some(written)
    };
    CampaignDraft {
        name: inputs.get("name").to_owned(),
        activity: inputs.get("activity").to_owned(),
        // A channel that cannot be read is none that a campaign has.
        channel: inputs.get("channel").parse().unwrap_or(Channel::Storing),
        goods: inputs.some("goods"),
        german: text(Lang::De),
        english: text(Lang::En),
        chosen: Chosen {
            country: inputs.some("country").map(|code| code.to_uppercase()),
            source: inputs.some("source"),
            kind: inputs.some("kind"),
            // Found by its name when the draft is saved.
            company: None,
        },
    }
}
