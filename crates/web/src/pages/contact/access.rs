//! `/contacts/{id}/access`: the answer to who asks for access to their data (GDPR Art. 15), to look
//! at, to black out further, and to take along as a paper or a file.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use jiff::ZonedDateTime;
use law::{Lang, written_citations};
use operations::access_answer::{AccessAnswer, AnswerFile, AnswerFiles, AnswerInForce, Cuts};
use operations::browse::ContactLine;
use operations::{OrganisationId, spreadsheet_cell};

use super::release::InForce;
use super::{contact, title};
use crate::auth::Visitor;
use crate::auth::form::Form;
use crate::pages::download::file;
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::Answer;
use crate::pages::register::Inputs;
use crate::pages::{number, words};
use crate::proof::ProofError;
use crate::state::AppState;
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "contact/access.html")]
struct AccessPage {
    frame: Frame,
    id: String,
    name: String,
    parts: Vec<papers::AccessPart>,
    blacked: String,
    gaps: Option<String>,
    languages: Vec<(String, String)>,
    /// Names what is looked at; whoever releases it brings it back.
    seen: String,
    in_force: Option<InForce>,
    /// The open request that the answer fulfils.
    request: Option<String>,
    has_mail: bool,
    inputs: Inputs,
    problem: Option<String>,
}

/// The answer as it would be given now.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    show(&state, &visitor, id, Inputs::default(), None).await
}

/// The same with what staff black out.
pub async fn look(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(inputs): Form<Inputs>,
) -> Answer {
    show(&state, &visitor, id, inputs, None).await
}

pub(super) async fn show(
    state: &AppState,
    visitor: &Visitor,
    id: String,
    inputs: Inputs,
    problem: Option<&str>,
) -> Answer {
    let reference = contact(visitor, &id)?;
    let (cuts, lang, act) = (
        cuts(&inputs),
        language(&inputs, visitor),
        visitor.act(state),
    );
    let shown = visitor
        .ask(state, move |organisation| {
            let answer = organisation.access_answer(&reference, &cuts, lang, &act)?;
            Ok(Shown {
                line: organisation.contact_line(&reference)?,
                seen: answer.digest()?,
                answer,
                in_force: organisation.answer_in_force(&reference, act.at)?,
                request: organisation.request_for_answer(&reference)?,
                has_mail: !organisation
                    .correctable(&reference)?
                    .0
                    .fields
                    .emails
                    .is_empty(),
            })
        })
        .await?;
    let frame = Frame::of(visitor, &format!("/contacts/{id}/access"));
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let (answer, now) = (&shown.answer, state.now());
    let page = AccessPage {
        name: title(shown.line, &frame),
        parts: parts(answer, lang, &now),
        blacked: frame.n("access-blacked", count(answer.blacked_out)),
        gaps: (answer.gaps > 0).then(|| frame.n("access-gaps", count(answer.gaps))),
        languages: ["de", "en"]
            .map(|word| (word.to_owned(), frame.t(language_name(word))))
            .to_vec(),
        seen: shown.seen,
        in_force: shown.in_force.map(|one| InForce::of(&one, &frame, &now)),
        request: shown.request.map(|request| request.to_string()),
        has_mail: shown.has_mail,
        id,
        inputs,
        problem: problem.map(|name| frame.t(name)),
        frame,
    };
    let mut response = frame::render(&page, visitor.lang());
    if problem.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// What the page is made of.
struct Shown {
    line: ContactLine,
    answer: AccessAnswer,
    seen: String,
    in_force: Option<AnswerInForce>,
    request: Option<OrganisationId>,
    has_mail: bool,
}

/// Makes a file of it, which is itself evidence.
pub async fn make(
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
    let now = state.now();
    let kind = AnswerFile::named(inputs.get("file")).unwrap_or(AnswerFile::Pdf);
    let made = visitor
        .ask(&state, move |organisation| {
            let set = |answer: &AccessAnswer| match kind {
                AnswerFile::Json => json(answer),
                AnswerFile::Csv => Ok(csv(answer, lang, &now).into_bytes()),
                AnswerFile::Pdf => pdf(answer, lang, &now),
            };
            super::proof::apart(organisation.access_file(
                &reference,
                (&cuts, lang),
                kind.name(),
                set,
                &act,
            ))
        })
        .await?;
    let made = made.map_err(|error| super::proof::unset(&error, &visitor))?;
    file(&visitor, made.bytes, media(kind), file_name(kind, lang))
}

/// Every file of an answer.
pub(super) fn files(
    answer: &AccessAnswer,
    lang: Lang,
    now: &ZonedDateTime,
) -> Result<AnswerFiles, ProofError> {
    Ok(AnswerFiles {
        pdf: pdf(answer, lang, now)?,
        json: json(answer)?,
        csv: csv(answer, lang, now).into_bytes(),
    })
}

/// The type of a file.
pub const fn media(file: AnswerFile) -> &'static str {
    match file {
        AnswerFile::Pdf => "application/pdf",
        AnswerFile::Json => "application/json",
        AnswerFile::Csv => "text/csv; charset=utf-8",
    }
}

/// The name of a file, in the language of the answer.
pub const fn file_name(file: AnswerFile, lang: Lang) -> &'static str {
    match (file, lang) {
        (AnswerFile::Pdf, Lang::De) => "auskunft.pdf",
        (AnswerFile::Json, Lang::De) => "auskunft.json",
        (AnswerFile::Csv, Lang::De) => "auskunft.csv",
        (AnswerFile::Pdf, Lang::En) => "access-answer.pdf",
        (AnswerFile::Json, Lang::En) => "access-answer.json",
        (AnswerFile::Csv, Lang::En) => "access-answer.csv",
    }
}

pub(super) fn cuts(inputs: &Inputs) -> Cuts {
    let lines = |name| inputs.get(name).lines().map(str::to_owned).collect();
    Cuts {
        further: lines("further"),
        keep: lines("keep"),
        withheld: inputs.some("withheld"),
    }
}

pub(super) fn language(inputs: &Inputs, visitor: &Visitor) -> Lang {
    match inputs.get("language") {
        "de" => Lang::De,
        "en" => Lang::En,
        _ => visitor.lang(),
    }
}

pub const fn language_name(word: &str) -> &'static str {
    match word.as_bytes() {
        b"en" => "access-english",
        _ => "access-german",
    }
}

/// The answer in words: days and times as people write them, kinds of entries by their names.
fn parts(answer: &AccessAnswer, lang: Lang, now: &ZonedDateTime) -> Vec<papers::AccessPart> {
    let zone = now.time_zone();
    let value = |text: &String| -> String {
        if let Ok(at) = text.parse() {
            return number::time(at, zone, lang);
        }
        text.parse()
            .map_or_else(|_| text.clone(), |day| number::day(day, lang))
    };
    let parts = answer.parts.iter().map(|part| papers::AccessPart {
        title: part.title.to_owned(),
        provision: written_citations(part.provision, lang),
        about: part.about.clone(),
        records: part
            .records
            .iter()
            .map(|record| papers::AccessRecord {
                title: match &record.title {
                    Some(title) => title.clone(),
                    None => words::kind(&record.kind, lang),
                },
                when: record.at.map(|at| number::time(at, zone, lang)),
                fields: record
                    .fields
                    .iter()
                    .map(|field| (field.label.clone(), field.value.as_ref().map(value)))
                    .collect(),
            })
            .collect(),
    });
    parts.collect()
}

fn pdf(answer: &AccessAnswer, lang: Lang, now: &ZonedDateTime) -> Result<Vec<u8>, ProofError> {
    let controller = &answer.controller;
    let reach = [&controller.email, &controller.phone];
    let reach = reach.into_iter().flatten().cloned();
    let head = papers::Head {
        lang,
        organisation: controller.name.clone(),
        reach: controller.address.iter().cloned().chain(reach).collect(),
        made_at: now.timestamp(),
        made: number::time(now.timestamp(), now.time_zone(), lang),
        hash: None,
    };
    Ok(papers::access(&head, &parts(answer, lang, now))?)
}

fn json(answer: &AccessAnswer) -> Result<Vec<u8>, ProofError> {
    let text = serde_json::to_vec_pretty(answer);
    text.map_err(|_| operations::Error::Stored("answer").into())
}

/// One line for each thing that is told, for spreadsheets.
fn csv(answer: &AccessAnswer, lang: Lang, now: &ZonedDateTime) -> String {
    let texts = Texts(lang);
    let row = |cells: [&str; 5]| {
        let cells =
            cells.map(|cell| format!("\"{}\"", spreadsheet_cell(cell).replace('"', "\"\"")));
        format!("{}\r\n", cells.join(";"))
    };
    let head = [
        texts.t("access-csv-part"),
        texts.t("access-csv-what"),
        texts.t("access-csv-when"),
        texts.t("access-csv-field"),
        texts.t("access-csv-value"),
    ];
    // A mark by which spreadsheets know the encoding.
    let mut file = format!(
        "\u{feff}{}",
        row(std::array::from_fn(|at| head[at].as_str()))
    );
    let gap = texts.t("access-gap");
    for part in parts(answer, lang, now) {
        if let Some(about) = &part.about {
            file.push_str(&row([&part.title, "", "", "", about]));
        }
        for record in &part.records {
            let when = record.when.as_deref().unwrap_or_default();
            if record.fields.is_empty() {
                file.push_str(&row([&part.title, &record.title, when, "", ""]));
            }
            for (label, value) in &record.fields {
                let value = value.as_deref().unwrap_or(&gap);
                file.push_str(&row([&part.title, &record.title, when, label, value]));
            }
        }
    }
    file
}
