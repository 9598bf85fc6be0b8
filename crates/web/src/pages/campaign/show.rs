//! `/campaigns/{id}`: a campaign, what it would reach, what became of it, and what can be done.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use law::gate::DecisionView;
use law::{Channel, Lang};
use operations::access::Permission;
use operations::campaign::{
    Campaign, CampaignResult, CampaignState, Ended, Forecast, Group, Share,
};
use register::Register;

use super::{Mark, id_of};
use crate::auth::Visitor;
use crate::pages::account::entrance::pages;
use crate::pages::frame::{self, Frame};
use crate::pages::mail;
use crate::pages::refusal::{Answer, Refusal};
use crate::pages::{number, words};
use crate::state::AppState;
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "campaign/show.html")]
struct ShowPage {
    frame: Frame,
    id: String,
    revision: i64,
    name: String,
    state: Mark,
    activity: String,
    channel: String,
    goods: Option<String>,
    chosen: String,
    by_mail: bool,
    by_post: bool,
    has_text: bool,
    is_draft: bool,
    is_ready: bool,
    is_sending: bool,
    is_paused: bool,
    is_over: bool,
    forecast: Option<ForecastView>,
    result: Option<ResultView>,
    sends_mail: bool,
    may_change: bool,
    problem: Option<String>,
}

struct ForecastView {
    contacts: String,
    shares: Vec<(Mark, String)>,
    groups: Vec<GroupView>,
}

pub struct GroupView {
    pub key: String,
    pub share: Mark,
    pub count: String,
    pub reason: String,
    pub citations: String,
    pub basis: Option<String>,
    pub steps: Vec<String>,
}

struct ResultView {
    people: String,
    unwritten: Option<String>,
    mails: Vec<MailsView>,
}

struct MailsView {
    state: Mark,
    count: String,
    why: Option<String>,
}

impl GroupView {
    pub fn new(group: Group, lang: Lang) -> Self {
        let decision: DecisionView = group.decision;
        let answer = if group.by_data_protection {
            decision.data_protection
        } else {
            decision.channel_law
        };
        let citations: Vec<String> = answer
            .citations
            .iter()
            .map(|label| law::written_citation(label, lang))
            .collect();
        let steps = match group.share {
            Share::Permitted => Vec::new(),
            Share::DutyOpen => {
                let open = group.open.iter();
                open.map(|duty| duty.text().get(lang).to_owned()).collect()
            }
            _ => decision
                .next_steps
                .iter()
                .map(|s| s.text.to_owned())
                .collect(),
        };
        Self {
            key: group.key,
            share: super::share(group.share, lang),
            count: number::count(group.count, lang),
            reason: answer.reason,
            citations: citations.join(", "),
            basis: decision
                .legal_basis
                .map(|basis| basis.citation().written(decision.on, lang)),
            steps,
        }
    }
}

/// The page.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    show(&state, &visitor, &id, None).await
}

/// The page, with what went wrong.
pub async fn show(
    state: &AppState,
    visitor: &Visitor,
    id: &str,
    problem: Option<String>,
) -> Answer {
    let id = id_of(visitor, id)?;
    let refuse = |problem| Refusal::new(problem, &visitor.visit);
    let sends_mail = pages(state).map_err(refuse)?.sends_mail;
    let (today, lang, act) = (visitor.today, visitor.lang(), visitor.act(state));
    let (campaign, register, forecast, result, company) = visitor
        .ask(state, move |organisation| {
            let campaign = organisation.campaign(id)?;
            let register = organisation.register_view(today)?.register;
            let open = matches!(campaign.state, CampaignState::Draft | CampaignState::Ready);
            // The register may have lost the activity since.
            let declared = register.activity(&campaign.draft.activity).is_some();
            let forecast = if open && declared {
                Some(organisation.forecast(id, today, lang)?)
            } else {
                None
            };
            let result = if campaign.state == CampaignState::Draft {
                None
            } else {
                Some(organisation.campaign_result(id, &act, lang)?)
            };
            let company = match &campaign.draft.chosen.company {
                Some(company) => {
                    let name = organisation.company_name(company)?;
                    Some(name.unwrap_or_else(|| Texts(lang).t("campaign-company-gone")))
                }
                None => None,
            };
            Ok((campaign, register, forecast, result, company))
        })
        .await?;
    let frame = Frame::of(visitor, &format!("/campaigns/{id}"));
    let by_mail = campaign.draft.channel == Channel::Email;
    let page = ShowPage {
        id: id.to_string(),
        revision: campaign.revision,
        state: super::state(campaign.state, lang),
        activity: activity(&register, &campaign),
        channel: words::channel(campaign.draft.channel, lang),
        goods: goods(&register, &campaign),
        chosen: chosen(&campaign, company, &frame),
        by_mail,
        by_post: campaign.draft.channel == Channel::Post,
        has_text: campaign.draft.text(lang).is_some(),
        is_draft: campaign.state == CampaignState::Draft,
        is_ready: campaign.state == CampaignState::Ready,
        is_sending: campaign.state == CampaignState::Sending,
        is_paused: campaign.state == CampaignState::Paused,
        is_over: matches!(
            campaign.state,
            CampaignState::Done | CampaignState::Cancelled
        ),
        forecast: forecast.map(|forecast| forecast_view(forecast, lang)),
        result: result.map(|result| result_view(result, by_mail, &frame)),
        sends_mail,
        may_change: visitor.may(Permission::Advertise),
        name: campaign.draft.name,
        problem,
        frame,
    };
    let mut response = frame::render(&page, lang);
    if page.problem.is_some() {
        *response.status_mut() = StatusCode::CONFLICT;
    }
    Ok(response)
}

fn activity(register: &Register, campaign: &Campaign) -> String {
    let found = register.activity(&campaign.draft.activity);
    found.map_or(campaign.draft.activity.clone(), |a| a.name.clone())
}

fn goods(register: &Register, campaign: &Campaign) -> Option<String> {
    let own = register.activity(&campaign.draft.activity);
    let id = campaign.draft.goods.as_ref();
    let id = id.or_else(|| own.and_then(|activity| activity.goods_class.as_ref()))?;
    let class = register.goods_classes.iter().find(|class| class.id == *id);
    class.map(|class| class.name.clone())
}

fn chosen(campaign: &Campaign, company: Option<String>, frame: &Frame) -> String {
    let chosen = &campaign.draft.chosen;
    let kind = chosen.kind.as_deref().map(|kind| match kind {
        "consumer" => frame.t("campaign-kind-consumer"),
        _ => frame.t("campaign-kind-business"),
    });
    let parts = [
        company,
        chosen
            .country
            .as_ref()
            .map(|code| words::country(code, frame.lang).to_owned()),
        chosen
            .source
            .as_ref()
            .map(|name| words::source(name, frame.lang)),
        kind,
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        frame.t("campaign-all")
    } else {
        parts.join(", ")
    }
}

fn forecast_view(forecast: Forecast, lang: Lang) -> ForecastView {
    ForecastView {
        contacts: number::count(forecast.contacts, lang),
        shares: Share::ALL
            .into_iter()
            .map(|share| {
                let count = number::count(forecast.count(share), lang);
                (super::share(share, lang), count)
            })
            .collect(),
        groups: forecast
            .groups
            .into_iter()
            .map(|group| GroupView::new(group, lang))
            .collect(),
    }
}

fn result_view(result: CampaignResult, by_mail: bool, frame: &Frame) -> ResultView {
    let without = result.without_mail();
    let mails = result.mails.into_iter().map(|ended: Ended| {
        let (word, class, sign) = mail::state_words(ended.state);
        let why = ended.trouble.as_ref();
        MailsView {
            state: Mark {
                class,
                sign,
                word: frame.t(word),
            },
            count: number::count(ended.count, frame.lang),
            why: ended
                .reason
                .or_else(|| why.map(|trouble| mail::why(trouble, frame))),
        }
    });
    ResultView {
        people: number::count(result.people, frame.lang),
        unwritten: (by_mail && without > 0).then(|| number::count(without, frame.lang)),
        mails: mails.collect(),
    }
}
