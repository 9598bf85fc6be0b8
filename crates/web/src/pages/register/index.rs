//! `/register`: everything that is declared, and what is missing.

use askama::Template;
use axum::extract::State;
use law::Confidence;
use operations::RegisterView;
use operations::access::Permission;
use register::{Gap, Place, Weight};

use super::words;
use crate::auth::Visitor;
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::Answer;
use crate::pages::{actor, number, words as common};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "register/index.html")]
struct IndexPage {
    frame: Frame,
    /// Whether there may be people who do not know of a changed purpose.
    purposes_changed: bool,
    version: Option<i64>,
    saved: Option<String>,
    may_change: bool,
    activities: Vec<Activity>,
    recipients: Vec<Recipient>,
    measures: Vec<(String, String, String)>,
    texts: Vec<(String, String)>,
    goods: Vec<(String, String)>,
    gaps: Vec<Line>,
    required: u64,
    advised: u64,
}

struct Activity {
    id: String,
    name: String,
    purpose: String,
    basis: Option<String>,
    channels: String,
    gaps: u64,
}

struct Recipient {
    id: String,
    name: String,
    role: &'static str,
    country: String,
    gaps: u64,
}

/// A gap as pages show it.
pub struct Line {
    pub required: bool,
    pub text: String,
    pub citation: String,
    pub to_be_checked: bool,
    pub next_step: &'static str,
    /// Where it can be mended.
    pub place: String,
    pub about: String,
}

impl Line {
    /// A gap of `register`, in the frame's language.
    pub fn new(gap: &Gap, view: &register::Register, on: jiff::civil::Date, frame: &Frame) -> Self {
        let (place, about) = match &gap.place {
            Place::Organisation => (
                "/register/organisation".to_owned(),
                view.organisation.name.clone(),
            ),
            Place::Activity(id) => (
                format!("/register/activities/{id}"),
                view.activity(id)
                    .map_or(id.clone(), |found| found.name.clone()),
            ),
            Place::Recipient(id) => (
                format!("/register/recipients/{id}"),
                view.recipient(id)
                    .map_or(id.clone(), |found| found.name.clone()),
            ),
            Place::Form(id) => (
                format!("/forms/{id}"),
                view.form(id).map_or(id.clone(), |found| found.name.clone()),
            ),
            Place::ConsentText(key) => {
                let id = key.split('@').next().unwrap_or_default();
                let text = view.current_consent_text(id);
                let purpose = text.and_then(|text| text.purposes.first());
                match purpose.and_then(|purpose| view.activity(purpose)) {
                    Some(activity) => (
                        format!("/register/activities/{}", activity.id),
                        activity.name.clone(),
                    ),
                    None => ("/register/text".to_owned(), key.clone()),
                }
            }
        };
        Self {
            required: gap.weight == Weight::Must,
            text: gap.text(frame.lang),
            citation: gap.citation.written(on, frame.lang),
            to_be_checked: gap.confidence == Confidence::ToBeChecked,
            next_step: gap.next_step.get(frame.lang),
            place,
            about,
        }
    }
}

/// The register.
pub async fn page(State(state): State<AppState>, visitor: Visitor) -> Answer {
    let now = state.now();
    let (today, zone, lang) = (now.date(), now.time_zone().clone(), visitor.lang());
    let (view, by, changed) = visitor
        .ask(&state, move |organisation| {
            let view = organisation.register_view(today)?;
            let by = view.saved.as_ref();
            let by = by.map(|(_, by)| actor::name(organisation, by, lang));
            let changed = organisation.has_changed_purposes(today)?;
            Ok((view, by, changed))
        })
        .await?;
    let saved = view.saved.as_ref().map(|(at, _)| {
        let time = number::time(*at, &zone, lang);
        by.map_or(time.clone(), |by| format!("{time}, {by}"))
    });
    let page = IndexPage {
        purposes_changed: changed && visitor.may(Permission::ChangeRegister),
        ..IndexPage::new(&view, saved, today, &visitor)
    };
    Ok(frame::render(&page, lang))
}

impl IndexPage {
    fn new(
        view: &RegisterView,
        saved: Option<String>,
        today: jiff::civil::Date,
        visitor: &Visitor,
    ) -> Self {
        let frame = Frame::of(visitor, "/register");
        let (lang, register) = (visitor.lang(), &view.register);
        let gaps_of = |place: &Place| {
            let there = view.gaps.iter().filter(|gap| gap.place == *place);
            there.count() as u64
        };
        let weighing = |weight| view.gaps.iter().filter(|gap| gap.weight == weight).count() as u64;
        let mut gaps: Vec<_> = view.gaps.iter().collect();
        gaps.sort_by_key(|gap| gap.weight);
        Self {
            purposes_changed: false,
            version: view.version,
            saved,
            may_change: visitor.may(Permission::ChangeRegister),
            activities: register
                .activities
                .iter()
                .map(|activity| Activity {
                    id: activity.id.clone(),
                    name: activity.name.clone(),
                    purpose: activity.purpose.clone().unwrap_or_default(),
                    basis: activity.basis.map(|basis| words::basis(basis, lang)),
                    channels: activity
                        .channels
                        .iter()
                        .map(|channel| common::channel(channel, lang))
                        .collect::<Vec<_>>()
                        .join(", "),
                    gaps: gaps_of(&Place::Activity(activity.id.clone())),
                })
                .collect(),
            recipients: register
                .recipients
                .iter()
                .map(|recipient| Recipient {
                    id: recipient.id.clone(),
                    name: recipient.name.clone(),
                    role: recipient.role.label().get(lang),
                    country: common::country(recipient.country.as_str(), lang).to_owned(),
                    gaps: gaps_of(&Place::Recipient(recipient.id.clone())),
                })
                .collect(),
            measures: register
                .measures
                .iter()
                .map(|measure| {
                    let about = measure.description.clone().unwrap_or_default();
                    (measure.id.clone(), measure.name.clone(), about)
                })
                .collect(),
            texts: register
                .consent_texts
                .iter()
                .filter(|text| register.current_consent_text(&text.id) == Some(*text))
                .map(|text| {
                    let wording = match lang {
                        law::Lang::De => text.de.as_ref().or(text.en.as_ref()),
                        law::Lang::En => text.en.as_ref().or(text.de.as_ref()),
                    };
                    (text.key(), wording.cloned().unwrap_or_default())
                })
                .collect(),
            goods: register
                .goods_classes
                .iter()
                .map(|class| (class.id.clone(), class.name.clone()))
                .collect(),
            gaps: gaps
                .into_iter()
                .map(|gap| Line::new(gap, register, today, &frame))
                .collect(),
            required: weighing(Weight::Must),
            advised: weighing(Weight::Should),
            frame,
        }
    }
}
