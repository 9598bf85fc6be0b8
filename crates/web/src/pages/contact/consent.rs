//! A consent recorded by hand, judged at once by the law.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect};
use jiff::civil::Date;
use law::facts::Proof;
use law::gdpr::art07::{self, Circumstances, Defect};
use law::topic::consent::read_circumstances;
use law::{Channel, ChannelSet, Lang};
use operations::access::Permission;
use operations::{Attested, Error, MAX_DOCUMENT_BYTES, NewConsent};
use register::Register;
use serde_json::{Map, Value, json};

use super::note::{advertising, word};
use super::{contact, title};
use crate::auth::Visitor;
use crate::auth::file_form::FileForm;
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::{Answer, Refusal};
use crate::pages::register::Inputs;
use crate::pages::toast::Toast;
use crate::pages::words;
use crate::problem::Problem;
use crate::state::AppState;

/// Largest form: a document, and what is said of it. A document that is a little too large is
/// still read, so that the page can say so and keep the rest.
pub const LARGEST: usize = MAX_DOCUMENT_BYTES + 4 * 1024 * 1024;

#[derive(Template)]
#[template(path = "contact/consent.html")]
struct ConsentPage {
    frame: Frame,
    id: String,
    name: String,
    inputs: Inputs,
    problem: Option<String>,
    today: String,
    activities: Vec<(String, String)>,
    channels: Vec<(String, String)>,
    proofs: Vec<(String, String)>,
    actions: Vec<(String, String)>,
    contexts: Vec<(String, String)>,
    told: Vec<(String, String)>,
    /// Wordings of the register, to be taken over as the text that was shown.
    wordings: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "contact/consent_recorded.html")]
struct RecordedPage {
    frame: Frame,
    id: String,
    name: String,
    entry: i64,
    sees_evidence: bool,
    defects: Vec<Wrong>,
    /// What is neither shown nor ruled out: who bears the burden of proof should clear it up.
    open: Vec<Wrong>,
}

/// A defect with its remedy.
struct Wrong {
    what: &'static str,
    citations: String,
    remedy: &'static str,
}

pub const PROOFS: [(&str, &str); 6] = [
    ("written", "proof-written"),
    ("recorded", "proof-recorded"),
    ("double_opt_in_completed", "proof-double-opt-in"),
    ("sms_code", "proof-sms-code"),
    ("customer_account", "proof-account"),
    ("single_opt_in", "proof-single-opt-in"),
];
const ACTIONS: [(&str, &str); 5] = [
    ("active", "consent-active"),
    ("pre_ticked", "consent-pre-ticked"),
    ("opt_out_box", "consent-opt-out-box"),
    ("silence", "consent-silence"),
    ("continued_use", "consent-continued-use"),
];
const CONTEXTS: [(&str, &str); 3] = [
    ("alone", "consent-alone"),
    ("set_apart", "consent-set-apart"),
    ("hidden", "consent-hidden"),
];
/// What a request has to name, and which facts follow from it.
const TOLD: [(&str, &str, &[&str]); 4] = [
    (
        "company",
        "consent-told-company",
        &["controller_told", "companies_named"],
    ),
    (
        "products",
        "consent-told-products",
        &["purpose_told", "products_clear"],
    ),
    ("data", "consent-told-data", &["data_told"]),
    (
        "withdrawal",
        "consent-told-withdrawal",
        &["withdrawal_told"],
    ),
];

fn choices(named: &[(&str, &'static str)], frame: &Frame) -> Vec<(String, String)> {
    let named = named.iter();
    named
        .map(|(word, text)| ((*word).to_owned(), frame.t(text)))
        .collect()
}

/// What a consent can name. Data are kept for what it names; whom they are passed to it would
/// have to name, which is not recorded here.
pub fn nameable(lang: Lang) -> Vec<(String, String)> {
    let channels = Channel::ALL.into_iter();
    channels
        .filter(|channel| !matches!(channel, Channel::Storing | Channel::Sharing))
        .map(|channel| (channel.name().to_owned(), words::channel(channel, lang)))
        .collect()
}

/// The channels that the form names.
pub fn named_channels(inputs: &Inputs) -> ChannelSet {
    let channels = Channel::ALL.into_iter();
    channels
        .filter(|channel| inputs.has("channels", channel.name()))
        .collect()
}

/// How the consent came about, as the form tells it, in the facts that the law reads. What is not
/// told stays out: it is no defect, and it is not proven either.
fn told(inputs: &Inputs) -> Map<String, Value> {
    let mut facts = Map::new();
    let mut say = |fact: &str, value: Value| {
        facts.insert(fact.to_owned(), value);
    };
    if let Some(action) = inputs.some("action") {
        say("action", json!(action));
    }
    match inputs.get("context") {
        "alone" => say("in_terms", json!(false)),
        "set_apart" => {
            say("in_terms", json!(true));
            say("set_apart", json!(true));
        }
        "hidden" => {
            say("in_terms", json!(true));
            say("set_apart", json!(false));
        }
        _ => {}
    }
    // Only who has seen the wording can say what it leaves out.
    if inputs.is_on("wording_known") {
        for (word, _, named) in TOLD {
            for fact in named {
                say(fact, json!(inputs.has("told", word)));
            }
        }
    }
    match inputs.get("condition") {
        "no" => say("service_usable_without_consent", json!(true)),
        "yes" => {
            say("service_usable_without_consent", json!(false));
            say("necessary_for_service", json!(false));
        }
        _ => {}
    }
    say("recorded", json!(true));
    facts
}

async fn show(
    state: &AppState,
    visitor: &Visitor,
    id: String,
    inputs: Inputs,
    problem: Option<&str>,
) -> Answer {
    let (reference, lang, today) = (contact(visitor, &id)?, visitor.lang(), visitor.today);
    let (line, register) = visitor
        .ask(state, move |organisation| {
            let line = organisation.contact_line(&reference)?;
            Ok((line, organisation.register_view(today)?.register))
        })
        .await?;
    let frame = Frame::of(visitor, &format!("/contacts/{id}/consent"));
    let status = problem.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    let page = ConsentPage {
        name: title(line, &frame),
        id,
        today: today.to_string(),
        problem: problem.map(|name| frame.t(name)),
        activities: advertising(&register),
        channels: nameable(lang),
        proofs: choices(&PROOFS, &frame),
        actions: choices(&ACTIONS, &frame),
        contexts: choices(&CONTEXTS, &frame),
        told: TOLD
            .map(|(word, text, _)| (word.to_owned(), frame.t(text)))
            .to_vec(),
        wordings: wordings(&register, lang),
        inputs,
        frame,
    };
    let mut response = frame::render(&page, lang);
    *response.status_mut() = status;
    Ok(response)
}

/// The newest version of each wording, in the reader's language or else the other one.
fn wordings(register: &Register, lang: Lang) -> Vec<(String, String)> {
    let texts = register.consent_texts.iter();
    let newest = texts.filter(|text| register.current_consent_text(&text.id) == Some(text));
    newest
        .filter_map(|text| {
            let (first, second) = match lang {
                Lang::De => (&text.de, &text.en),
                Lang::En => (&text.en, &text.de),
            };
            Some((text.key(), first.as_ref().or(second.as_ref())?.clone()))
        })
        .collect()
}

/// The form for a consent.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(mut inputs): Query<Inputs>,
) -> Answer {
    if let Some(channel) = inputs.some("channel") {
        inputs.add("channels", channel);
    }
    inputs.add("given_on", visitor.today.to_string());
    show(&state, &visitor, id, inputs, None).await
}

/// The consent that the form tells of; the name of the text that says what is missing.
fn read(inputs: &Inputs, register: &Register, lang: Lang) -> Result<Read, &'static str> {
    let activity = inputs.get("activity");
    if register.activity(activity).is_none() {
        return Err("note-activity-missing");
    }
    let channels = named_channels(inputs);
    if channels.is_empty() {
        return Err("object-no-channel");
    }
    let Ok(Some(given_on)) = inputs.day("given_on") else {
        return Err("day-wrong");
    };
    let proof: Proof = word(inputs.get("proof")).ok_or("consent-proof-missing")?;
    let facts = Value::Object(told(inputs));
    let circumstances =
        read_circumstances(&facts.to_string()).map_err(|_| "consent-facts-wrong")?;
    let wording = inputs.some("wording");
    let chosen = wording.and_then(|key| {
        let mut all = wordings(register, lang).into_iter();
        all.find(|(known, _)| *known == key).map(|(_, text)| text)
    });
    Ok(Read {
        activity: activity.to_owned(),
        channels,
        given_on,
        proof,
        text: inputs.some("text").or(chosen),
        circumstances,
        facts,
    })
}

/// What attests to the consent, beside what the form says of the consent itself.
fn attested(inputs: &Inputs, document: Option<Vec<u8>>) -> Attested {
    Attested {
        witness: inputs.some("witness"),
        place: inputs.some("place"),
        called_by: inputs.some("called_by"),
        called_number: inputs.some("called_number"),
        document,
    }
}

struct Read {
    activity: String,
    channels: ChannelSet,
    given_on: Date,
    proof: Proof,
    text: Option<String>,
    circumstances: Circumstances,
    facts: Value,
}

/// Records a consent. One with defects is recorded too, and its defects are shown at once.
pub async fn consent(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    FileForm { inputs, file, .. }: FileForm,
) -> Answer {
    let (reference, act, lang) = (contact(&visitor, &id)?, visitor.act(&state), visitor.lang());
    let today = visitor.today;
    let (asked, given) = (reference.clone(), inputs.clone());
    let recorded = visitor
        .ask(&state, move |organisation| {
            organisation.contact_line(&asked)?;
            let register = organisation.register_view(today)?.register;
            let read = match read(&given, &register, lang) {
                Ok(read) => read,
                Err(problem) => return Ok(Err(problem)),
            };
            let new = NewConsent {
                contact: reference,
                activity: read.activity,
                channels: read.channels,
                given_on: read.given_on,
                proof: read.proof,
                text: read.text,
                circumstances: read.circumstances,
                told: Some(read.facts),
            };
            match organisation.record_attested_consent(&new, &attested(&given, file), &act) {
                Ok(recorded) => Ok(Ok(recorded)),
                Err(Error::Future(_)) => Ok(Err("day-future")),
                Err(Error::Suppressed) => Ok(Err("consent-suppressed")),
                Err(Error::DocumentKind) => Ok(Err("document-kind")),
                Err(Error::DocumentTooLarge) => Ok(Err("document-too-large")),
                Err(Error::CalledNumber) => Ok(Err("called-number-wrong")),
                Err(Error::ProofWithoutRecord) => Ok(Err("consent-proof-document")),
                Err(error) if error.is_too_long() => Ok(Err("note-too-long")),
                Err(error) => Err(error),
            }
        })
        .await?;
    let recorded = match recorded {
        Ok(recorded) => recorded,
        Err(problem) => return show(&state, &visitor, id, inputs, Some(problem)).await,
    };
    if recorded.defects.is_empty() {
        return Ok(Toast::ConsentRecorded.then(&format!("/contacts/{id}")));
    }
    // A page of its own, so that loading it again records nothing again.
    let path = format!("/contacts/{id}/consent/{}", recorded.entry);
    Ok(Redirect::to(&path).into_response())
}

/// What the law finds wrong with a consent that was recorded.
pub async fn recorded(
    State(state): State<AppState>,
    visitor: Visitor,
    Path((id, entry)): Path<(String, String)>,
) -> Answer {
    let refuse = |problem| Refusal::new(problem, &visitor.visit);
    let number = entry.parse();
    let entry: i64 = number.map_err(|_| refuse(Problem::nothing_here()))?;
    let (reference, lang, today) = (contact(&visitor, &id)?, visitor.lang(), visitor.today);
    let (line, told) = visitor
        .ask(&state, move |organisation| {
            let line = organisation.contact_line(&reference)?;
            let entry = organisation.evidence_entry(entry)?;
            let same = entry.line.contact.as_deref() == Some(&*line.id);
            let told = entry.content.filter(|_| same);
            let told = told.and_then(|told| told.get("circumstances").cloned());
            Ok((line, told.ok_or(Error::UnknownEntry(entry.line.entry))?))
        })
        .await?;
    let circumstances =
        read_circumstances(&told.to_string()).map_err(|_| refuse(Problem::nothing_here()))?;
    let frame = Frame::of(&visitor, &format!("/contacts/{id}/consent/{entry}"));
    let wrong = |defect: Defect| Wrong {
        what: defect.text().get(lang),
        citations: defect
            .citations()
            .iter()
            .map(|citation| citation.written(today, lang))
            .collect::<Vec<_>>()
            .join("; "),
        remedy: defect.fix().get(lang),
    };
    let page = RecordedPage {
        name: title(line, &frame),
        id,
        entry,
        sees_evidence: visitor.may(Permission::SeeEvidence),
        defects: art07::defects(&circumstances).iter().map(wrong).collect(),
        open: art07::unproven(&circumstances).iter().map(wrong).collect(),
        frame,
    };
    Ok(frame::render(&page, lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn defects(given: &[(&str, &str)]) -> Vec<Defect> {
        let mut inputs = Inputs::default();
        for (name, value) in given {
            inputs.add(*name, *value);
        }
        let facts = Value::Object(told(&inputs)).to_string();
        art07::defects(&read_circumstances(&facts).unwrap())
            .iter()
            .collect()
    }

    #[test]
    fn what_the_form_tells_is_what_the_law_judges() {
        assert_eq!(defects(&[]), []);
        assert_eq!(defects(&[("action", "pre_ticked")]), [Defect::NotActive]);
        assert_eq!(defects(&[("context", "hidden")]), [Defect::HiddenInTerms]);
        assert_eq!(defects(&[("context", "set_apart")]), []);
        assert_eq!(defects(&[("condition", "yes")]), [Defect::Bundled]);
        let known = ("wording_known", "on");
        assert!(defects(&[known]).contains(&Defect::WithdrawalNotTold));
        let all = ["company", "products", "data", "withdrawal"].map(|word| ("told", word));
        assert_eq!(defects(&[&[known][..], &all].concat()), []);
    }
}
