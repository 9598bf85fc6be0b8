//! `/forms/rates`: how many of those who see a form go on, and the same as a file.

use askama::Template;
use axum::extract::{Query, State};
use jiff::ToSpan as _;
use jiff::civil::Date;
use law::{Lang, LegalBasis};
use operations::lead_form::{Number, Rates, RatesBy, RatesLine, Share, Stage};
use operations::spreadsheet_cell;
use register::Register;
use serde::Deserialize;

use crate::auth::Visitor;
use crate::pages::frame::{self, Frame};
use crate::pages::refusal::Answer;
use crate::pages::register::basis_name;
use crate::pages::{download, number};
use crate::state::AppState;
use crate::texts::Texts;

/// Days shown unless others are asked for.
const DAYS: i64 = 90;
/// The length of the longest bar.
const LENGTH: u64 = 1000;

#[derive(Template)]
#[template(path = "forms/rates.html")]
struct RatesPage {
    frame: Frame,
    by: &'static str,
    first: String,
    last: String,
    stages: Vec<String>,
    funnel: Vec<Step>,
    lines: Vec<Line>,
    variants: Vec<Variants>,
    any: bool,
    length: u64,
}

/// A step of the funnel.
struct Step {
    name: String,
    count: String,
    /// Half of what the bar is narrower than the longest, and its length.
    x: u64,
    width: u64,
    share: Option<String>,
}

struct Line {
    name: String,
    counts: Vec<String>,
    shares: Vec<Option<String>>,
}

/// A form with its variants.
struct Variants {
    name: String,
    lines: Vec<(String, Option<String>)>,
    verdict: String,
}

/// What is asked for.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    by: String,
    #[serde(default)]
    first: String,
    #[serde(default)]
    last: String,
}

impl Asked {
    fn by(&self) -> (RatesBy, &'static str) {
        match &*self.by {
            "source" => (RatesBy::Source, "source"),
            "basis" => (RatesBy::Basis, "basis"),
            _ => (RatesBy::Form, "form"),
        }
    }

    /// The days, the earlier one first.
    fn days(&self, today: Date) -> (Date, Date) {
        let last = self.last.parse().unwrap_or(today);
        let first = self.first.parse();
        let first = first.unwrap_or_else(|_| last.saturating_sub(DAYS.days()));
        (first.min(last), first.max(last))
    }
}

/// The page.
pub async fn page(
    State(state): State<AppState>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Answer {
    let (today, lang) = (visitor.today, visitor.lang());
    let (kind, by) = asked.by();
    let (first, last) = asked.days(today);
    let (rates, forms, register) = visitor
        .ask(&state, move |organisation| {
            let rates = organisation.form_rates(kind, first, last)?;
            let forms = organisation.form_rates(RatesBy::Form, first, last)?;
            Ok((rates, forms, organisation.register_view(today)?.register))
        })
        .await?;
    let frame = Frame::of(&visitor, "/forms/rates");
    let names = |line: &RatesLine| named(kind, &line.key, &register, lang);
    let page = RatesPage {
        by,
        first: rates.first.to_string(),
        last: rates.last.to_string(),
        stages: Stage::ALL.map(|stage| stage_name(stage, lang)).to_vec(),
        funnel: funnel(&rates.total, lang),
        lines: rates
            .lines
            .iter()
            .map(|line| Line {
                name: names(line),
                counts: Stage::ALL
                    .map(|stage| shown(line.count(stage), lang))
                    .to_vec(),
                shares: Stage::ALL
                    .map(|stage| line.share(stage).map(|share| in_words(share, lang)))
                    .to_vec(),
            })
            .collect(),
        variants: variants(&forms, &register, &frame),
        any: !rates.lines.is_empty(),
        length: LENGTH,
        frame,
    };
    Ok(frame::render(&page, lang))
}

fn funnel(total: &RatesLine, lang: Lang) -> Vec<Step> {
    let value = |stage| match total.count(stage) {
        Number::Exactly(count) => count,
        // What a hidden group is shown as.
        Number::Few => 1,
    };
    let longest = Stage::ALL.map(value).into_iter().max().unwrap_or(0).max(1);
    let step = |stage: Stage| {
        let width = u128::from(value(stage)) * u128::from(LENGTH) / u128::from(longest);
        let width = u64::try_from(width).unwrap_or(LENGTH);
        Step {
            name: stage_name(stage, lang),
            count: shown(total.count(stage), lang),
            x: (LENGTH - width) / 2,
            width,
            share: total.share(stage).map(|share| in_words(share, lang)),
        }
    };
    Stage::ALL.map(step).into()
}

/// Each form that has variants, with the share of those who sent it.
fn variants(forms: &Rates, register: &Register, frame: &Frame) -> Vec<Variants> {
    let lang = frame.lang;
    let share = |id: &str| {
        let line = forms.lines.iter().find(|line| line.key == id)?;
        line.share(Stage::Submitted)
    };
    let all = register
        .forms
        .iter()
        .filter(|form| form.variant_of.is_none());
    all.filter_map(|form| {
        let others = register.forms.iter();
        let others = others.filter(|other| other.variant_of.as_ref() == Some(&form.id));
        let shares: Vec<_> = std::iter::once(form)
            .chain(others)
            .map(|form| (form.name.clone(), share(&form.id)))
            .collect();
        if shares.len() < 2 {
            return None;
        }
        let known: Option<Vec<Share>> = shares.iter().map(|(_, share)| *share).collect();
        let verdict = match known.as_deref() {
            Some([first, rest @ ..]) if rest.iter().any(|one| one.differs_from(*first)) => {
                "rates-variants-differ"
            }
            Some(_) => "rates-variants-alike",
            None => "rates-variants-few",
        };
        Some(Variants {
            name: form.name.clone(),
            lines: shares
                .into_iter()
                .map(|(name, share)| (name, share.map(|share| in_words(share, lang))))
                .collect(),
            verdict: frame.t(verdict),
        })
    })
    .collect()
}

/// The same as CSV, small groups hidden as on the page.
pub async fn csv(
    State(state): State<AppState>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Answer {
    let (today, lang) = (visitor.today, visitor.lang());
    let (kind, by) = asked.by();
    let (first, last) = asked.days(today);
    let (rates, register) = visitor
        .ask(&state, move |organisation| {
            let rates = organisation.form_rates(kind, first, last)?;
            Ok((rates, organisation.register_view(today)?.register))
        })
        .await?;
    let texts = Texts(lang);
    let heading = std::iter::once(texts.t(by_name(by)))
        .chain(Stage::ALL.map(|stage| stage_name(stage, lang)));
    // A mark by which spreadsheets know the encoding.
    let mut file = format!("\u{feff}{}\r\n", row(heading));
    for line in &rates.lines {
        let cells = std::iter::once(named(kind, &line.key, &register, lang)).chain(Stage::ALL.map(
            |stage| match line.count(stage) {
                Number::Exactly(count) => count.to_string(),
                Number::Few => "<5".to_owned(),
            },
        ));
        file.push_str(&row(cells));
        file.push_str("\r\n");
    }
    let name = format!("leitplanke-rates-{by}-{}-{}.csv", rates.first, rates.last);
    download::file(&visitor, file, "text/csv; charset=utf-8", &name)
}

/// A line of a file for spreadsheets.
fn row(cells: impl Iterator<Item = String>) -> String {
    let cells = cells.map(|cell| {
        let cell = spreadsheet_cell(&cell);
        format!("\"{}\"", cell.replace('"', "\"\""))
    });
    cells.collect::<Vec<_>>().join(";")
}

const fn by_name(by: &str) -> &'static str {
    match by.as_bytes() {
        b"source" => "rates-by-source",
        b"basis" => "rates-by-basis",
        _ => "rates-by-form",
    }
}

fn stage_name(stage: Stage, lang: Lang) -> String {
    Texts(lang).t(match stage {
        Stage::Viewed => "rates-viewed",
        Stage::Submitted => "rates-submitted",
        Stage::Confirmed => "rates-confirmed",
        Stage::Enquiry => "rates-enquiry",
        Stage::Customer => "rates-customer",
    })
}

fn named(kind: RatesBy, key: &str, register: &Register, lang: Lang) -> String {
    let texts = Texts(lang);
    match (kind, key) {
        (RatesBy::Form, id) => register
            .form(id)
            .map_or_else(|| id.to_owned(), |form| form.name.clone()),
        (RatesBy::Source, "direct") => texts.t("rates-direct"),
        (RatesBy::Source, "other") => texts.t("rates-other"),
        (RatesBy::Source, source) => source.to_owned(),
        (RatesBy::Basis, name) => {
            let found = LegalBasis::ALL
                .into_iter()
                .find(|basis| basis.name() == name);
            found.map_or_else(|| texts.t("basis-none"), |basis| basis_name(basis, lang))
        }
    }
}

fn shown(count: Number, lang: Lang) -> String {
    match count {
        Number::Exactly(count) => number::count(count, lang),
        Number::Few => Texts(lang).t("rates-few"),
    }
}

/// A share with its range: `20 % (11–33 %)`.
fn in_words(share: Share, lang: Lang) -> String {
    // Between 0 and 100.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let whole = |value: f64| (value * 100.0).round() as u64;
    Texts(lang).with_all(
        "rates-share",
        &[
            ("value", &whole(share.value)),
            ("low", &whole(share.low)),
            ("high", &whole(share.high)),
        ],
    )
}
