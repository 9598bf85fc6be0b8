//! `/register/purposes`: purposes that changed, who has to be told or asked, and the mail that does it.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use operations::{ChangedPurpose, Error, TellLetter};
use serde::Deserialize;

use crate::auth::Visitor;
use crate::auth::form::Form;
use crate::pages::frame::{self, Frame};
use crate::pages::number;
use crate::pages::refusal::Answer;
use crate::pages::toast::Toast;
use crate::state::AppState;
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "register/purposes.html")]
struct PurposesPage {
    frame: Frame,
    lines: Vec<Line>,
    /// Whether anybody is left to write to.
    to_write: bool,
    letter: Entered,
    sends_mail: bool,
    problem: Option<String>,
}

struct Line {
    activity: String,
    name: String,
    before: String,
    now: String,
    since: String,
    asks: bool,
    open: String,
    without_mail: Option<String>,
    on_its_way: Option<String>,
    done: String,
}

/// The letter as it was entered.
#[derive(Deserialize)]
pub struct Entered {
    subject_de: String,
    text_de: String,
    subject_en: String,
    text_en: String,
}

/// What changed, and the letter.
pub async fn page(State(state): State<AppState>, visitor: Visitor) -> Answer {
    show(&state, &visitor, None, None).await
}

async fn show(
    state: &AppState,
    visitor: &Visitor,
    entered: Option<Entered>,
    problem: Option<&str>,
) -> Answer {
    let (lang, today) = (visitor.lang(), visitor.today);
    let zone = state.now().time_zone().clone();
    let changed = visitor
        .ask(state, move |organisation| {
            organisation.changed_purposes(today)
        })
        .await?;
    let letter = entered.unwrap_or_else(|| prepared(&changed, visitor.organisation.name()));
    let frame = Frame::of(visitor, "/register/purposes");
    let status = problem.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    let page = PurposesPage {
        to_write: changed
            .iter()
            .any(|line| line.open > line.without_mail + line.on_its_way),
        lines: changed
            .into_iter()
            .map(|line| {
                let some = |count: u64| (count > 0).then(|| number::count(count, lang));
                Line {
                    activity: line.activity,
                    name: line.name,
                    before: line.before.unwrap_or_else(|| frame.t("purposes-unsaid")),
                    now: line.now.unwrap_or_else(|| frame.t("purposes-unsaid")),
                    since: number::time(line.since, &zone, lang),
                    asks: line.asks,
                    open: number::count(line.open, lang),
                    without_mail: some(line.without_mail),
                    on_its_way: some(line.on_its_way),
                    done: number::count(line.done, lang),
                }
            })
            .collect(),
        letter,
        sends_mail: state.pages().is_some_and(|pages| pages.sends_mail),
        problem: problem.map(|name| frame.t(name)),
        frame,
    };
    let mut response = frame::render(&page, lang);
    *response.status_mut() = status;
    Ok(response)
}

/// The letter as it is proposed: what changed, and nothing that advertises.
fn prepared(changed: &[ChangedPurpose], organisation: &str) -> Entered {
    let letter = |lang| {
        let texts = Texts(lang);
        let lines = changed.iter().map(|line| {
            let unsaid = texts.t("purposes-unsaid");
            let name = if line.asks {
                "purposes-letter-asked"
            } else {
                "purposes-letter-told"
            };
            let values: [(&'static str, &dyn std::fmt::Display); 3] = [
                ("name", &line.name),
                ("before", line.before.as_ref().unwrap_or(&unsaid)),
                ("now", line.now.as_ref().unwrap_or(&unsaid)),
            ];
            texts.with_all(name, &values)
        });
        let lines: Vec<_> = lines.collect();
        let values: [(&'static str, &dyn std::fmt::Display); 2] = [
            ("organisation", &organisation),
            ("changes", &lines.join("\n\n")),
        ];
        (
            texts.with("purposes-letter-subject", "organisation", organisation),
            texts.with_all("purposes-letter", &values),
        )
    };
    let (subject_de, text_de) = letter(law::Lang::De);
    let (subject_en, text_en) = letter(law::Lang::En);
    Entered {
        subject_de,
        text_de,
        subject_en,
        text_en,
    }
}

/// Writes the letter to everybody who has to be told or asked.
pub async fn tell(
    State(state): State<AppState>,
    visitor: Visitor,
    Form(entered): Form<Entered>,
) -> Answer {
    let letter = TellLetter {
        // A browser ends lines as mail does.
        subject_de: entered.subject_de.clone(),
        text_de: entered.text_de.replace("\r\n", "\n"),
        subject_en: entered.subject_en.clone(),
        text_en: entered.text_en.replace("\r\n", "\n"),
    };
    let act = visitor.act(&state);
    let told = visitor
        .ask(&state, move |organisation| {
            match organisation.tell_of_purposes(&letter, &act) {
                Err(Error::Empty(_)) => Ok(Err("purposes-letter-missing")),
                Err(Error::Letter(_)) => Ok(Err("purposes-letter-subject-wrong")),
                other => other.map(Ok),
            }
        })
        .await?;
    match told {
        Ok(_) => Ok(Toast::ToldOfPurposes.then("/register/purposes")),
        Err(problem) => show(&state, &visitor, Some(entered), Some(problem)).await,
    }
}
