//! `/me`: what is stored about the person who visits, and what can be done about it.

use askama::Template;
use axum::extract::{FromRequestParts, Query, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use law::Lang;
use operations::access_answer::AnswerOffer;
use operations::browse::ContactView;
use operations::preferences::{Offer, PAUSES, Standing, Topic};
use operations::sms::NumberStep;
use operations::{ContactRef, Correctable, Error, Organisation, OrganisationId};
use serde::Deserialize;

use super::enter::COOKIE;
use crate::auth::cookie;
use crate::language::Language;
use crate::pages::refusal::Refusal;
use crate::pages::register::Inputs;
use crate::pages::{frame, number, words};
use crate::problem::Problem;
use crate::public::answer::Waiting;
use crate::public::frame::{Host, PublicFrame, host};
use crate::state::AppState;

/// Somebody who came by the mailed link.
pub struct Own {
    pub token: String,
    pub host: Host,
    pub contact: OrganisationId,
    pub lang: Language,
}

impl FromRequestParts<AppState> for Own {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let lang = Language(crate::language::of(&parts.uri, &parts.headers));
        let over = || Refusal::in_language(Problem::visit_over(), lang.0).into_response();
        let token = cookie::find(&parts.headers, COOKIE).ok_or_else(over)?;
        let (token, now) = (token.to_owned(), state.now().timestamp());
        let held = token.clone();
        let visit = super::ask(state, lang, move |here| here.own_visit(&held, now)).await?;
        let visit = visit.ok_or_else(over)?;
        Ok(Self {
            token,
            host: host(state, Some(visit.organisation), lang.0).await?,
            contact: visit.contact,
            lang,
        })
    }
}

impl Own {
    pub fn refuse(&self, problem: Problem) -> Response {
        Refusal::in_language(problem, self.lang.0).into_response()
    }

    /// Asks off the event loop.
    pub async fn ask<T: Send + 'static>(
        &self,
        state: &AppState,
        operation: impl FnOnce(&Organisation, OrganisationId) -> T + Send + 'static,
    ) -> Result<T, Response> {
        let (organisation, contact) = (self.host.organisation.clone(), self.contact);
        let asked = state.run(move || operation(&organisation, contact)).await;
        asked.map_err(|problem| self.refuse(problem))
    }
}

/// What was done before.
#[derive(Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

/// A line of what is stored.
struct Fact {
    name: String,
    value: String,
}

struct ConsentRow {
    activity: String,
    name: String,
    channels: String,
    since: String,
    entry: i64,
}

struct ObjectionRow {
    id: String,
    what: String,
    since: String,
}

struct OfferRow {
    offer: Offer,
    channels: String,
}

struct EventRow {
    when: String,
    what: String,
    about: String,
}

#[derive(Template)]
#[template(path = "public/preferences/own.html")]
struct OwnPage {
    frame: PublicFrame,
    done: Option<String>,
    problem: Option<String>,
    facts: Vec<Fact>,
    /// The day on which the person last said that they are right.
    confirmed: Option<String>,
    /// The last change that the person sees here.
    seen: i64,
    consents: Vec<ConsentRow>,
    objections: Vec<ObjectionRow>,
    offers: Vec<OfferRow>,
    number: NumberStep,
    waiting: Option<Waiting>,
    /// Where the buttons of the answer lead.
    action: &'static str,
    events: Vec<EventRow>,
    inputs: Inputs,
    pauses: [u16; 3],
}

/// What the page is made of.
struct Known {
    view: ContactView,
    now: Correctable,
    seen: Timestamp,
    standing: Standing,
    offers: Vec<Offer>,
    topics: Vec<Topic>,
    number: NumberStep,
    confirmed_on: Option<Date>,
    answer: Option<AnswerOffer>,
}

/// The page.
pub async fn page(
    State(state): State<AppState>,
    own: Own,
    Query(done): Query<Done>,
) -> Result<Response, Response> {
    let done = match &*done.done {
        "confirm" => Some("own-done-confirm"),
        "data" => Some("own-done-data"),
        "email" => Some("own-done-email"),
        "stop" => Some("own-done-stop"),
        "lift" => Some("own-done-lift"),
        "consent" => Some("own-done-consent"),
        "request" => Some("own-done-request"),
        _ => None,
    };
    shown(&state, &own, done, None).await
}

/// The page with what was done, or with what was entered and why it was not taken.
pub async fn shown(
    state: &AppState,
    own: &Own,
    done: Option<&str>,
    wrong: Option<(&str, Inputs)>,
) -> Result<Response, Response> {
    let (lang, today, at) = (own.lang.0, state.now().date(), state.now().timestamp());
    let known = own
        .ask(state, move |organisation, contact| {
            let reference = ContactRef::Id(contact);
            let (now, seen) = organisation.correctable(&reference)?;
            Ok::<_, Error>(Known {
                view: organisation.contact_view(&reference, today, lang)?,
                now,
                seen,
                standing: organisation.standing(contact, today)?,
                offers: organisation.offers(contact, lang)?,
                topics: organisation.topics()?,
                number: organisation.number_step(contact, at)?,
                confirmed_on: organisation.confirmed_on(contact)?,
                answer: organisation.own_answer(contact, at)?,
            })
        })
        .await?
        .map_err(|error| own.refuse(error.into()))?;
    let frame = PublicFrame::new(&own.host, lang, "/me");
    let status = wrong
        .as_ref()
        .map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    let problem = wrong.as_ref().map(|(name, _)| frame.t(name));
    let mut entered = wrong.map(|(_, inputs)| inputs).unwrap_or_default();
    entered.append(inputs(&known.now, known.seen));
    let name = |id: &str| {
        let found = known.topics.iter().find(|topic| topic.activity == id);
        found.map_or_else(|| id.to_owned(), |topic| topic.name.clone())
    };
    let channels = |all: &mut dyn Iterator<Item = law::Channel>| {
        let all: Vec<_> = all.map(|channel| words::channel(channel, lang)).collect();
        all.join(", ")
    };
    let zone = state.now().time_zone().clone();
    let page = OwnPage {
        facts: facts(&known.view, &frame),
        confirmed: known
            .confirmed_on
            .map(|day| frame.with("own-confirmed", "day", number::day(day, lang))),
        seen: known.seen.as_millisecond(),
        number: known.number,
        waiting: known
            .answer
            .map(|offer| Waiting::of(&offer, &frame, &state.now())),
        action: "/me/answer",
        consents: known
            .standing
            .consents
            .iter()
            .map(|(activity, over, since, entry)| ConsentRow {
                name: name(activity),
                activity: activity.clone(),
                channels: channels(&mut over.iter().copied()),
                since: number::day(*since, lang),
                entry: *entry,
            })
            .collect(),
        objections: known
            .standing
            .objections
            .iter()
            .map(|still| ObjectionRow {
                id: still.id.to_string(),
                what: match (still.until, &still.activity) {
                    (Some(until), _) => frame.with("own-pause", "day", number::day(until, lang)),
                    (None, Some(activity)) => name(activity),
                    (None, None) if still.channels.is_empty() => frame.t("own-object-all"),
                    (None, None) => channels(&mut still.channels.iter().copied()),
                },
                since: number::day(still.since, lang),
            })
            .collect(),
        offers: known
            .offers
            .into_iter()
            .map(|offer| OfferRow {
                channels: channels(&mut offer.channels.iter()),
                offer,
            })
            .collect(),
        events: known
            .view
            .events
            .iter()
            .map(|event| EventRow {
                when: number::time(event.at, &zone, lang),
                what: words::kind(&event.kind, lang),
                about: event
                    .told
                    .activity
                    .as_deref()
                    .map_or_else(String::new, name),
            })
            .collect(),
        done: done.map(|name| frame.t(name)),
        problem,
        inputs: entered,
        pauses: PAUSES,
        frame,
    };
    let mut response = frame::render(&page, lang);
    *response.status_mut() = status;
    Ok(response)
}

fn facts(view: &ContactView, frame: &PublicFrame) -> Vec<Fact> {
    let lang: Lang = frame.lang();
    let lines = |all: &[String]| (!all.is_empty()).then(|| all.join("\n"));
    let custom = view.custom.iter().cloned();
    [
        ("name", view.line.name.clone()),
        ("company", view.line.company.clone()),
        ("position", view.position.clone()),
        ("contact-emails", lines(&view.emails)),
        ("contact-phones", lines(&view.phones)),
        ("own-postal", lines(&view.address)),
        (
            "country",
            Some(words::country(&view.line.country, lang).to_owned()),
        ),
        ("own-source", Some(view.source.clone())),
        ("obtained", Some(number::day(view.line.obtained_on, lang))),
        (
            "informed",
            view.informed_on.map(|day| number::day(day, lang)),
        ),
    ]
    .into_iter()
    .filter_map(|(name, value)| {
        Some(Fact {
            name: frame.t(name),
            value: value.filter(|value| !value.is_empty())?,
        })
    })
    .chain(custom.map(|(name, value)| Fact { name, value }))
    .collect()
}

/// What the person can correct.
fn inputs(now: &Correctable, seen: Timestamp) -> Inputs {
    let (mut inputs, fields) = (Inputs::default(), &now.fields);
    inputs.add("seen", seen.as_millisecond().to_string());
    inputs.add_some("title", fields.title.as_ref());
    inputs.add_some("given_name", fields.given_name.as_ref());
    inputs.add_some("family_name", fields.family_name.as_ref());
    inputs.add_some("company", fields.company.as_ref());
    inputs.add_some("position", fields.position.as_ref());
    let phones = fields.phones.iter().map(|phone| phone.e164().to_owned());
    inputs.add("phones", phones.collect::<Vec<_>>().join("\n"));
    inputs.add_some("street", fields.street.as_ref());
    inputs.add_some("postcode", fields.postcode.as_ref());
    inputs.add_some("city", fields.city.as_ref());
    inputs
}
