//! How long documents and proofs are kept, and from when they may be destroyed.

use jiff::civil::{Date, date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Answer, Day, Topic, TopicError, answer_as_json, needed, schema_of};
use crate::agg::s15;
use crate::ao::s147::{self, Class};
use crate::bgb::s195;
use crate::hgb::s257;
use crate::holidays::Calendar;
use crate::ustg::s14b;
use crate::uwg::{s7a, s20};
use crate::{Citation, Country, Finding, Land, Text};

mod document;

use document::Document;

pub(super) const TOPIC: Topic = Topic {
    name: "retention",
    about: Text::new(
        "Aufbewahrung von Unterlagen und Nachweisen: letzter Tag, ab wann vernichtet werden darf",
        "Keeping documents and proofs: last day, from when they may be destroyed",
    ),
    schema: schema_of::<Facts>,
    ask: |facts, lang| answer_as_json(TOPIC.name, facts, lang, |facts, _| answer(&facts)),
};

/// The day of the law used when no `asked_on` is given.
const REVIEWED: Date = date(2026, 11, 24);

/// A document or proof. Which facts are needed depends on `document`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Facts {
    /// The country of the one who keeps it. Only the periods of Germany are known here.
    country: Option<Country>,
    /// The German Land, whose holidays may move the end of an applicant's period.
    land: Option<Land>,
    /// What it is.
    document: Option<Document>,
    /// The day of the last entry, preparation, receipt or sending.
    created: Option<Day>,
    /// The line of business; banks, insurers and securities institutions keep vouchers longer.
    /// Without it, none of these.
    #[serde(default)]
    sector: Sector,
    /// The tax of the year may still be assessed, and the document matters for it.
    tax_assessment_open: Option<bool>,
    /// The day on which someone wants to destroy it; also chooses the law in force.
    asked_on: Option<Day>,
    /// Applications: the day on which the applicant received the rejection.
    rejection_received: Option<Day>,
    /// Consent proofs: the day on which consent was given.
    consent_given: Option<Day>,
    /// Consent proofs: the days on which the consent was used, that is, calls made or mails sent.
    #[serde(default, alias = "uses")]
    calls_made: Vec<Day>,
    /// Consent proofs: the day on which consent was withdrawn.
    consent_withdrawn: Option<Day>,
    /// Call consents: consumer or business; § 7a UWG protects consumers.
    contact_kind: Option<ContactKind>,
    /// Claims: the day on which the claim arose.
    claim_arose: Option<Day>,
    /// Claims: the day on which the creditor knew of the claim and the debtor.
    claim_known: Option<Day>,
    /// Claims: for injury of life, body, health or freedom.
    #[serde(default)]
    claim_for_injury: bool,
}

/// The line of business, as far as it matters for keeping vouchers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Sector {
    /// A bank.
    #[serde(alias = "credit institution", alias = "bank")]
    CreditInstitution,
    /// An insurer.
    #[serde(alias = "insurance")]
    Insurer,
    /// A securities institution.
    #[serde(alias = "securities institution")]
    SecuritiesInstitution,
    /// Any other.
    #[default]
    #[serde(
        alias = "software",
        alias = "trade",
        alias = "manufacturing",
        alias = "services",
        alias = "crafts"
    )]
    Other,
}

/// Whom a consent to calls is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum ContactKind {
    /// A consumer.
    Consumer,
    /// A person in business.
    Business,
}

#[derive(Debug, Default, Serialize)]
struct Values {
    /// The last day of the period.
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<Day>,
    /// The same for proofs of consent.
    #[serde(skip_serializing_if = "Option::is_none")]
    keep_until: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    years: Option<i16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    period_months: Option<i8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    further_action_period_months: Option<i8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    typical_retention_months: Option<i8>,
    /// Whether it may be destroyed on `asked_on`.
    #[serde(skip_serializing_if = "Option::is_none")]
    may_be_destroyed: Option<bool>,
    /// The first day on which it may.
    #[serde(skip_serializing_if = "Option::is_none")]
    may_be_destroyed_on: Option<Day>,
    /// The maximum fine for not keeping it.
    #[serde(skip_serializing_if = "Option::is_none")]
    max_fine_eur: Option<u64>,
}

const ACCOUNTABILITY: Citation = Citation::new("GDPR Art. 7(1)");
const CLAIMS: Citation = Citation::new("GDPR Art. 17(3)(e)");
const STORAGE_LIMITATION: Citation = Citation::new("GDPR Art. 5(1)(e)");

fn answer(facts: &Facts) -> Result<Answer<Values>, TopicError> {
    let document = needed(
        facts.document,
        "document",
        "the period depends on the kind of document",
    )?;
    match facts.country {
        Some(Country::DE) => {}
        Some(_) => {
            return Err(TopicError::Unfit {
                fact: "country",
                why: "only the periods of Germany are known here",
            });
        }
        None => needed(None, "country", "periods are national law")?,
    }
    let on = facts.asked_on.map_or(REVIEWED, |Day(on)| on);
    let (mut values, finding) = match document.class() {
        Some(class) => statutory(facts, document, class, on)?,
        None => match document {
            Document::ApplicationDocuments => application(facts)?,
            Document::CallConsentProof => call_consent(facts)?,
            Document::ConsentProof => consent(facts)?,
            Document::Claim => claim(facts)?,
            _ => unkept(),
        },
    };
    if let Some(Day(asked_on)) = facts.asked_on {
        let free_from = values.may_be_destroyed_on;
        let unkept = values.years == Some(0);
        values.may_be_destroyed =
            Some(unkept || free_from.is_some_and(|Day(free)| asked_on >= free));
    }
    Ok(Answer {
        values,
        finding,
        on: Some(on),
    })
}

fn statutory(
    facts: &Facts,
    document: Document,
    class: Class,
    on: Date,
) -> Result<(Values, Finding), TopicError> {
    let Day(created) = needed(
        facts.created,
        "created",
        "the period runs from the end of that year",
    )?;
    let financial = facts.sector != Sector::Other;
    let years = s147::years(class, created, financial, on);
    let end = s147::end_of_year(created, years);
    let free_from = s147::free_from(end, years);
    let over = facts
        .asked_on
        .is_some_and(|Day(asked_on)| asked_on >= free_from);
    let open = if over {
        needed(
            facts.tax_assessment_open,
            "tax_assessment_open",
            "the period does not end while the tax may still be assessed",
        )?
    } else {
        facts.tax_assessment_open == Some(true)
    };
    let values = Values {
        date: Some(Day(end)),
        years: Some(years),
        may_be_destroyed_on: (!open).then_some(Day(free_from)),
        ..Values::default()
    };
    Ok((
        values,
        statutory_finding(document, class, financial, open, facts),
    ))
}

fn statutory_finding(
    document: Document,
    class: Class,
    financial: bool,
    open: bool,
    facts: &Facts,
) -> Finding {
    let mut finding = Finding::new(
        Text::new(
            "Die Frist beginnt mit dem Schluss des Kalenderjahrs.",
            "The period starts with the end of the calendar year.",
        ),
        &[
            s147::PARAGRAPH_3,
            s257::PARAGRAPH_4,
            s147::PARAGRAPH_1,
            s257::PARAGRAPH_1,
            s147::PARAGRAPH_4,
            s257::PARAGRAPH_5,
        ],
    );
    if class == Class::Vouchers {
        finding = finding.citing(&[s147::TRANSITION]).because(&[if financial {
            Text::new(
                "Banken, Versicherer und Wertpapierinstitute bewahren Belege weiter zehn Jahre auf.",
                "Banks, insurers and securities institutions still keep vouchers for ten years.",
            )
        } else {
            Text::new(
                "Acht Jahre seit 01.01.2025, auch für Belege, deren zehn Jahre dann noch liefen.",
                "Eight years since 1 January 2025, also for vouchers whose ten years still ran then.",
            )
        }]);
    }
    if document == Document::Invoice {
        finding = finding.citing(&[s14b::PARAGRAPH_1]);
    }
    if open {
        finding = finding.because(&[Text::new(
            "Die Frist endet nicht, solange die Steuer noch festgesetzt werden kann.",
            "The period does not end while the tax may still be assessed.",
        )]);
    } else if facts.tax_assessment_open.is_none() {
        finding = finding.obliging(&[Text::new(
            "Vor der Vernichtung prüfen, ob die Festsetzungsfrist noch läuft",
            "check before destroying whether the tax may still be assessed",
        )]);
    }
    finding
}

fn application(facts: &Facts) -> Result<(Values, Finding), TopicError> {
    let Day(received) = needed(
        facts.rejection_received,
        "rejection_received",
        "the period runs from receipt of the rejection",
    )?;
    let calendar = facts
        .land
        .map_or(Calendar::of(Country::DE), Calendar::of_land);
    let last = s15::last_day(received, calendar);
    let free_from =
        crate::regulation_1182_71::same_day_after_months(received, s15::TYPICAL_RETENTION_MONTHS);
    let values = Values {
        date: Some(Day(last)),
        period_months: Some(s15::MONTHS),
        further_action_period_months: Some(s15::FURTHER_MONTHS),
        typical_retention_months: Some(s15::TYPICAL_RETENTION_MONTHS),
        may_be_destroyed_on: Some(Day(last.tomorrow().unwrap_or(last))),
        ..Values::default()
    };
    let mut finding = Finding::new(
        Text::new(
            "Zwei Monate ab Zugang der Absage, danach drei Monate für die Klage; Löschung nach höchstens sechs Monaten ist üblich.",
            "Two months from receipt of the rejection, then three months to sue; erasure after six months at most is usual.",
        ),
        &[s15::PARAGRAPH_4, s15::ARBGG_61B, CLAIMS, STORAGE_LIMITATION],
    )
    .to_be_checked();
    if last != crate::regulation_1182_71::same_day_after_months(received, s15::MONTHS) {
        finding = finding.citing(&[s195::WORKING_DAY]);
    }
    if facts
        .asked_on
        .is_some_and(|Day(asked_on)| asked_on > free_from)
    {
        finding = finding.obliging(&[Text::new(
            "Löschen: länger als sechs Monate nur mit Einwilligung oder laufendem Verfahren",
            "erase: longer than six months only with consent or a pending case",
        )]);
    }
    Ok((values, finding))
}

fn call_consent(facts: &Facts) -> Result<(Values, Finding), TopicError> {
    let kind = needed(
        facts.contact_kind,
        "contact_kind",
        "the five years protect consumers; for a business contact the general rule counts",
    )?;
    if kind == ContactKind::Business {
        return consent(facts);
    }
    let Day(given) = needed(
        facts.consent_given,
        "consent_given",
        "the period runs from the day of the consent and from every use",
    )?;
    let uses: Vec<Date> = facts.calls_made.iter().map(|Day(day)| *day).collect();
    let last = s7a::keep_until(given, &uses);
    let values = Values {
        date: Some(Day(last)),
        keep_until: Some(Day(last)),
        years: Some(s7a::YEARS),
        may_be_destroyed_on: Some(Day(last.tomorrow().unwrap_or(last))),
        max_fine_eur: Some(s20::Infringement::ConsentNotDocumented.maximum(REVIEWED)),
        ..Values::default()
    };
    let finding = Finding::new(
        Text::new(
            "Fünf Jahre ab der Einwilligung und erneut ab jeder Verwendung.",
            "Five years from consent and again from each use.",
        ),
        &[s7a::PARAGRAPH_2, s20::PARAGRAPH_2, s7a::PARAGRAPH_1],
    )
    .obliging(&[Text::new(
        "Der Behörde auf Verlangen unverzüglich vorlegen",
        "show it to the authority at once on request",
    )]);
    Ok((values, finding))
}

/// Proof of a consent outside § 7a UWG: while it is used, then as long as claims are possible.
fn consent(facts: &Facts) -> Result<(Values, Finding), TopicError> {
    let given = facts.consent_given;
    let last_use = facts.calls_made.iter().copied().max();
    let Day(last_use) = needed(
        facts.consent_withdrawn.max(last_use).max(given),
        "consent_given",
        "the proof is kept from the last use or the withdrawal on",
    )?;
    let last = s195::last_day(last_use, Some(last_use), false);
    let values = Values {
        date: Some(Day(last)),
        keep_until: Some(Day(last)),
        years: Some(s195::YEARS),
        may_be_destroyed_on: Some(Day(last.tomorrow().unwrap_or(last))),
        ..Values::default()
    };
    let finding = Finding::new(
        Text::new(
            "Keine feste Frist: solange die Einwilligung genutzt wird, danach üblich drei Jahre zum Jahresende.",
            "No fixed period: while the consent is used, then commonly three years to the year's end.",
        ),
        &[ACCOUNTABILITY, CLAIMS, s195::SECTION, s195::START],
    )
    .to_be_checked();
    Ok((values, finding))
}

fn claim(facts: &Facts) -> Result<(Values, Finding), TopicError> {
    let Day(arose) = needed(facts.claim_arose, "claim_arose", "the period needs a start")?;
    let known = facts.claim_known.map(|Day(known)| known);
    let last = s195::last_day(arose, known, facts.claim_for_injury);
    let values = Values {
        date: Some(Day(last)),
        years: known.map(|_| s195::YEARS),
        may_be_destroyed_on: Some(Day(last.tomorrow().unwrap_or(last))),
        ..Values::default()
    };
    let finding = Finding::new(
        Text::new(
            "Regelmäßige Verjährung: drei Jahre ab Ende des Jahres der Kenntnis, höchstens zehn oder dreißig ab Entstehung.",
            "Regular limitation: three years from the end of the year of knowledge, at most ten or thirty from when it arose.",
        ),
        &[s195::SECTION, s195::START, s195::MAXIMA, CLAIMS],
    )
    .to_be_checked();
    Ok((values, finding))
}

/// Papers without a statutory period.
fn unkept() -> (Values, Finding) {
    (
        Values {
            years: Some(0),
            ..Values::default()
        },
        Finding::new(
            Text::new(
                "Keine gesetzliche Aufbewahrungspflicht: löschen, sobald der Zweck entfällt.",
                "No statutory duty to keep: erase as soon as the purpose has gone.",
            ),
            &[STORAGE_LIMITATION, Citation::new("GDPR Art. 17(1)(a)")],
        ),
    )
}
