//! `GET /contacts/{id}`: one contact with its history and everything that the gate says, with the
//! full reasoning and the next step to take.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect};
use jiff::tz::TimeZone;
use law::Lang;
use law::facts::ContactKind;
use operations::access::Permission;
use operations::browse::{ContactLine, ContactView, PurposeAnswers};
use operations::{ContactEvent, Decided};

use super::answer::{Answer, Overrule};
use super::next_step::Steps;
use super::{contact, title};
use crate::auth::Visitor;
use crate::pages::frame::{self, Frame};
use crate::pages::refusal;
use crate::pages::words;
use crate::pages::{actor, number};
use crate::state::AppState;

#[derive(Template)]
#[template(path = "contact/show.html")]
struct ContactHtml {
    frame: Frame,
    id: String,
    title: String,
    company: Option<String>,
    company_id: Option<String>,
    country: String,
    kind: String,
    emails: Vec<String>,
    email_comes_back: bool,
    phones: Vec<String>,
    address: Vec<String>,
    position: Option<String>,
    note: Option<String>,
    custom: Vec<(String, String)>,
    known_as: Vec<String>,
    obtained: String,
    source: String,
    informed: Option<String>,
    events: Vec<Event>,
    purposes: Vec<Purpose>,
    restricted: bool,
    erasure_waits: bool,
    consents_in_force: bool,
    may_change: bool,
    may_erase: bool,
    sees_evidence: bool,
    duplicates: Vec<(String, String)>,
    documents: Vec<DocumentLine>,
}

/// A document on file.
struct DocumentLine {
    id: String,
    what: String,
    entry: i64,
}

struct Event {
    entry: i64,
    class: &'static str,
    when: String,
    who: String,
    what: String,
    /// The activity or the goods.
    about: Option<String>,
    channels: String,
    /// The day that it is about, where it is another one than that of the entry.
    day: Option<String>,
    /// The reason, the circumstances, the source: in the words that were written down.
    words: Option<String>,
    /// Whether it is a consent that was given.
    given: bool,
}

struct Purpose {
    id: String,
    name: String,
    answers: Vec<Answer>,
}

/// Renders the contact with the id.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> refusal::Answer {
    let (today, lang) = (state.now().date(), visitor.lang());
    let reference = contact(&visitor, &id)?;
    let known = visitor
        .ask(&state, move |organisation| {
            let view = organisation.contact_view(&reference, today, lang)?;
            let who = view.events.iter();
            let who = who.map(|event| actor::name(organisation, &event.by, lang));
            Ok(Known {
                who: who.collect(),
                same: organisation.duplicates_of(&reference)?,
                documents: organisation.documents(&reference)?,
                activities: organisation.register_view(today)?.register.activities,
                view,
            })
        })
        .await?;
    // A contact that was merged leads to the one that was kept.
    if known.view.line.id != id {
        let kept = format!("/contacts/{}", known.view.line.id);
        return Ok(Redirect::to(&kept).into_response());
    }
    let zone = state.now().time_zone().clone();
    Ok(frame::render(
        &ContactHtml::new(known, &zone, &visitor),
        lang,
    ))
}

/// What is known of the contact.
struct Known {
    view: ContactView,
    /// Who wrote each event down.
    who: Vec<String>,
    same: Vec<ContactLine>,
    documents: Vec<operations::DocumentLine>,
    activities: Vec<register::Activity>,
}

impl ContactHtml {
    fn new(known: Known, zone: &TimeZone, visitor: &Visitor) -> Self {
        let (lang, view) = (visitor.lang(), known.view);
        let frame = Frame::of(visitor, &format!("/contacts/{}", view.line.id));
        let activity_name = |id: &str| {
            let found = known.activities.iter().find(|activity| activity.id == id);
            found.map_or_else(|| id.to_owned(), |activity| activity.name.clone())
        };
        let steps = Steps::new(&view, visitor, &frame);
        let purposes = view.answers.iter();
        let purposes = purposes.map(|answers| Purpose::new(answers, &steps, lang));
        let events = view.events.iter().zip(known.who);
        let events = events
            .map(|(event, who)| Event::new(event, who, zone, &frame, activity_name))
            .collect();
        Self {
            id: view.line.id.clone(),
            restricted: view.line.restricted,
            erasure_waits: view.erasure_waits_since.is_some(),
            consents_in_force: view.consents_in_force,
            may_change: visitor.may(Permission::ChangeContacts),
            may_erase: visitor.may(Permission::Erase),
            sees_evidence: visitor.may(Permission::SeeEvidence),
            documents: known
                .documents
                .iter()
                .map(|line| DocumentLine {
                    id: line.document.id.clone(),
                    what: document_name(line, &known.activities),
                    entry: line.entry,
                })
                .collect(),
            duplicates: known
                .same
                .into_iter()
                .map(|line| (line.id.clone(), title(line, &frame)))
                .collect(),
            company: view.line.company.clone(),
            company_id: view.line.company_id.clone(),
            country: words::country(&view.line.country, lang).to_owned(),
            kind: frame.t(match view.kind {
                ContactKind::Business => "contact-is-business",
                ContactKind::Consumer => "contact-is-consumer",
            }),
            purposes: purposes.collect(),
            emails: view.emails,
            email_comes_back: view.email_comes_back,
            phones: view.phones,
            address: view.address,
            position: view.position,
            note: view.note,
            custom: view.custom,
            known_as: view.known_as,
            obtained: number::day(view.line.obtained_on, lang),
            source: view.source,
            informed: view.informed_on.map(|day| number::day(day, lang)),
            title: title(view.line, &frame),
            events,
            frame,
        }
    }
}

/// The kind of file and the activity that it is about: `PDF, Newsletter`.
fn document_name(line: &operations::DocumentLine, activities: &[register::Activity]) -> String {
    let kind = line.document.media_type.extension().to_uppercase();
    let activity = line.activity.as_deref().map(|id| {
        let known = activities.iter().find(|activity| activity.id == id);
        known.map_or(id, |activity| &activity.name)
    });
    match activity {
        Some(activity) => format!("{kind}, {activity}"),
        None => kind,
    }
}

impl Event {
    fn new(
        event: &ContactEvent,
        who: String,
        zone: &TimeZone,
        frame: &Frame,
        activity_name: impl Fn(&str) -> String,
    ) -> Self {
        let (lang, told) = (frame.lang, &event.told);
        // An objection against everything needs no list of all that there is.
        let all = told.channels.len() == law::Channel::ALL.len();
        let named = told.channels.iter().filter(|_| !all).chain(&told.channel);
        let channels: Vec<_> = named
            .map(|channel| words::channel(*channel, lang))
            .collect();
        let what = match (&*event.kind, told.informed_on, told.listed) {
            ("contact.changed", Some(_), _) => frame.t("event-informed"),
            ("contact.changed", _, Some(true)) => frame.t("event-listed"),
            ("contact.changed", _, Some(false)) => frame.t("event-not-listed"),
            (kind, ..) => words::kind(kind, lang),
        };
        let class = match &*event.kind {
            "consent.recorded" | "contact.restriction_lifted" => "permitted",
            "consent.withdrawn" | "objection.recorded" => "refused",
            "contact.restricted" | "overrule.recorded" => "review",
            _ => "neutral",
        };
        let written = event.at.to_zoned_datetime(zone.clone()).date();
        let day = event.day().filter(|day| *day != written);
        let words = told.reason.as_ref().or(told.source.as_ref());
        let words = words.or(told
            .text
            .as_ref()
            .filter(|_| event.kind == "circumstance.noted"));
        Self {
            entry: event.entry,
            class,
            when: number::time(event.at, zone, lang),
            who,
            what,
            about: told
                .activity
                .as_deref()
                .map(activity_name)
                .or_else(|| told.goods.clone()),
            channels: channels.join(", "),
            day: day.map(|day| number::day(day, lang)),
            words: words.cloned(),
            given: event.kind == "consent.recorded",
        }
    }
}

impl Purpose {
    fn new(purpose: &PurposeAnswers, steps: &Steps<'_>, lang: Lang) -> Self {
        let answer = |decided: &Decided| {
            let codes = decided.decision.next_steps.iter().map(|step| step.code);
            let links: Vec<_> = codes.map(|code| steps.link(code, decided)).collect();
            let overrule = steps.overrule(decided);
            let evidence = decided.evidence.clone();
            let mut answer = Answer::of_decision(decided.decision.clone(), decided.reachable, lang);
            for (step, link) in answer.steps.iter_mut().zip(links) {
                step.link = link;
            }
            Answer {
                evidence,
                overrule,
                ..answer
            }
        };
        Self {
            id: purpose.id.clone(),
            name: purpose.name.clone(),
            answers: purpose.channels.iter().map(answer).collect(),
        }
    }
}
