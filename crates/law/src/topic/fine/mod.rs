//! The legal maximum of a fine and, as an estimate, where an authority would start.

use jiff::civil::{Date, date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

mod gdpr;

use super::{Answer, Day, Topic, TopicError, answer_as_json, needed, schema_of};
use crate::gdpr::art83::Seriousness;
use crate::tdddg::s28;
use crate::uwg::{s7a, s20};
use crate::{Citation, Country, Finding, Lang, Text, pecr};

pub(super) const TOPIC: Topic = Topic {
    name: "fine",
    about: Text::new(
        "Höchstbetrag der Geldbuße nach DSGVO, UWG, TDDDG oder PECR; Ausgangsbetrag als Schätzung",
        "Maximum fine under GDPR, UWG, TDDDG or PECR; starting amount as an estimate",
    ),
    schema: schema_of::<Facts>,
    ask: |facts, lang| answer_as_json(TOPIC.name, facts, lang, |facts, lang| answer(&facts, lang)),
};

/// The day of the law used when no `date` is given.
const REVIEWED: Date = date(2026, 11, 24);

/// An infringement and who committed it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Facts {
    /// The law. Without it, the GDPR if `infringed` is given, else that of `infringement`.
    law: Option<Law>,
    /// GDPR: the infringed articles, as numbers or text (`32`, `"Art. 28(3)"`, `[5, 6]`).
    infringed: Option<Infringed>,
    /// UWG and TDDDG: what was done.
    infringement: Option<Infringement>,
    /// The country of the infringer.
    country: Option<Country>,
    /// Who committed it.
    infringer: Option<Infringer>,
    /// Worldwide turnover of the preceding year of the undertaking, group included, in euros.
    undertaking_turnover_eur: Option<u64>,
    /// Turnover of the infringing company alone, in euros.
    infringer_turnover_eur: Option<u64>,
    /// Whether the infringer and its group form one economic unit.
    group_forms_one_economic_unit: Option<bool>,
    /// Turnover of the group, in euros.
    group_turnover_eur: Option<u64>,
    /// PECR: worldwide turnover of the undertaking, in pounds.
    undertaking_turnover_gbp: Option<u64>,
    /// How serious the infringement is (EDPB Guidelines 04/2022); gives a starting amount.
    seriousness: Option<Seriousness>,
    /// A starting amount that is known already; `range_eur` is then what its adjustment for
    /// turnover leaves.
    starting_amount_eur: Option<u64>,
    /// Give `range_eur` after the adjustment for turnover. `adjusted_range_eur` has it anyway.
    #[serde(default)]
    adjust_for_turnover: bool,
    /// Whether the undertaking acted with intent or negligence.
    intent_or_negligence_of_undertaking: Option<bool>,
    /// Whether the fault of an identified manager was shown. It is not needed.
    fault_of_identified_manager_shown: Option<bool>,
    /// The day of the infringement. Without it, the law as last reviewed here (2026-11-24).
    date: Option<Day>,
}

/// The laws known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Law {
    /// Regulation (EU) 2016/679.
    Gdpr,
    /// German act against unfair competition.
    Uwg,
    /// German act on terminal equipment (before 2024-05-14 TTDSG).
    Tdddg,
    /// UK Privacy and Electronic Communications Regulations.
    Pecr,
}

/// Articles of the GDPR.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(
    untagged,
    expecting = "expected an article as number or text, or a list of them"
)]
enum Infringed {
    /// One article.
    Number(u8),
    /// One or more articles as text.
    Text(String),
    /// Several.
    List(Vec<Article>),
}

/// An article of the GDPR.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "expected an article as number or text")]
enum Article {
    /// Its number.
    Number(u8),
    /// Text such as `Art. 28(3)`.
    Text(String),
}

/// What was done, outside the GDPR.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Infringement {
    /// A person called a consumer for advertising without prior express consent.
    ConsumerCallWithoutConsent,
    /// A machine called a consumer for advertising without prior express consent.
    AutomatedConsumerCallWithoutConsent,
    /// Consent to calls was not documented or the proof not kept.
    ConsentNotDocumented,
    /// A business was called without at least presumed consent.
    BusinessCallWithoutConsent,
    /// Advertising by e-mail, SMS, messenger or fax without consent.
    ElectronicAdvertisingWithoutConsent,
    /// Information was stored or read on terminal equipment without consent.
    CookieWithoutConsent,
}

/// Who committed the infringement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Infringer {
    /// A company or other legal person that does business.
    #[serde(alias = "legal person", alias = "company")]
    LegalPerson,
    /// A human who is no undertaking.
    #[serde(alias = "natural person")]
    NaturalPerson,
    /// A public authority or body.
    #[serde(alias = "public body", alias = "authority")]
    PublicBody,
    /// A public body that competes on the market (BDSG § 2(5)).
    PublicEnterprise,
}

#[derive(Debug, Default, Serialize)]
struct Values {
    #[serde(skip_serializing_if = "Option::is_none")]
    max_fine_eur: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_fine_gbp: Option<u64>,
    /// Starting amount by seriousness.
    #[serde(skip_serializing_if = "Option::is_none")]
    range_eur: Option<[u64; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tier: Option<String>,
    /// Starting amount after the adjustment for turnover.
    #[serde(skip_serializing_if = "Option::is_none")]
    adjusted_range_eur: Option<[u64; 2]>,
    /// Set if a range is an estimate that an authority need not follow.
    #[serde(skip_serializing_if = "Option::is_none")]
    estimate: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    strict_liability: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authority: Option<&'static str>,
}

fn answer(facts: &Facts, lang: Lang) -> Result<Answer<Values>, TopicError> {
    let on = facts.date.map_or(REVIEWED, |Day(on)| on);
    let (values, finding) = match law(facts)? {
        Law::Gdpr => gdpr::judge(facts, lang)?,
        Law::Uwg => uwg(facts, on)?,
        Law::Tdddg => tdddg(),
        Law::Pecr => pecr(facts, on),
    };
    Ok(Answer {
        values,
        finding,
        on: Some(on),
    })
}

fn law(facts: &Facts) -> Result<Law, TopicError> {
    let of_infringement = facts.infringement.map(|infringement| match infringement {
        Infringement::CookieWithoutConsent => Law::Tdddg,
        _ => Law::Uwg,
    });
    let of_the_gdpr = facts.infringed.is_some()
        || facts.starting_amount_eur.is_some()
        || gdpr::fault(facts).is_some();
    let of_articles = of_the_gdpr.then_some(Law::Gdpr);
    match (facts.law, of_infringement) {
        (Some(Law::Pecr), _) => Ok(Law::Pecr),
        (Some(law), Some(of_infringement)) if law != of_infringement => Err(TopicError::Unfit {
            fact: "infringement",
            why: "belongs to another law than `law`; for the GDPR use `infringed`",
        }),
        (Some(law), _) => Ok(law),
        (None, law) => needed(
            law.or(of_articles),
            "infringed",
            "say what was infringed: `infringed` for the GDPR, `infringement` for UWG or TDDDG, or `law`",
        ),
    }
}

fn uwg(facts: &Facts, on: Date) -> Result<(Values, Finding), TopicError> {
    let infringement = match needed(
        facts.infringement,
        "infringement",
        "the maximum depends on what was done",
    )? {
        Infringement::ConsumerCallWithoutConsent => s20::Infringement::ConsumerCallWithoutConsent,
        Infringement::AutomatedConsumerCallWithoutConsent => {
            s20::Infringement::AutomatedConsumerCallWithoutConsent
        }
        Infringement::ConsentNotDocumented => s20::Infringement::ConsentNotDocumented,
        Infringement::BusinessCallWithoutConsent => s20::Infringement::BusinessCallWithoutConsent,
        Infringement::ElectronicAdvertisingWithoutConsent | Infringement::CookieWithoutConsent => {
            s20::Infringement::ElectronicAdvertisingWithoutConsent
        }
    };
    let values = Values {
        max_fine_eur: Some(infringement.maximum(on)),
        authority: infringement.offence().map(|_| s20::AUTHORITY),
        ..Values::default()
    };
    let finding = match infringement.offence() {
        Some(offence) => Finding::new(
            Text::new(
                "Ordnungswidrigkeit nach UWG; daneben sind Unterlassungsansprüche und Geldbußen nach DSGVO möglich.",
                "An administrative offence under the UWG; injunctions and GDPR fines may come on top.",
            ),
            &[s20::PARAGRAPH_2, offence],
        ),
        None => Finding::new(
            Text::new(
                "Keine Ordnungswidrigkeit nach § 20 UWG; Unterlassungsansprüche nach § 8 und Geldbußen nach DSGVO bleiben möglich.",
                "No administrative offence under § 20 UWG; injunctions under § 8 and GDPR fines stay possible.",
            ),
            &[
                Citation::new("UWG § 20(1)"),
                s20::PARAGRAPH_2,
                Citation::new("UWG § 8(1)"),
            ],
        ),
    };
    Ok((
        values,
        match infringement {
            s20::Infringement::ConsentNotDocumented => {
                finding.citing(&[s7a::PARAGRAPH_1, s7a::PARAGRAPH_2])
            }
            _ => finding,
        },
    ))
}

fn tdddg() -> (Values, Finding) {
    let values = Values {
        max_fine_eur: Some(s28::MAXIMUM),
        ..Values::default()
    };
    let finding = Finding::new(
        Text::new(
            "Zugriff auf Endeinrichtungen ohne Einwilligung; für die Folgeverarbeitung gilt daneben Art. 83 DSGVO.",
            "Access to terminal equipment without consent; GDPR Art. 83 applies to what follows.",
        ),
        &[s28::PARAGRAPH_2, s28::PARAGRAPH_1_NR_13],
    );
    (values, finding.to_be_checked())
}

fn pecr(facts: &Facts, on: Date) -> (Values, Finding) {
    let values = Values {
        max_fine_gbp: Some(pecr::maximum(facts.undertaking_turnover_gbp, on)),
        ..Values::default()
    };
    let finding = Finding::new(
        Text::new(
            "Vereinigtes Königreich: seit 05.02.2026 bis 17,5 Mio. GBP oder 4 % des Umsatzes, davor 500.000 GBP.",
            "United Kingdom: since 5 February 2026 up to GBP 17.5 million or 4 % of turnover, before that GBP 500,000.",
        ),
        &[pecr::REGULATION_31, pecr::RAISED_BY],
    );
    (values, finding)
}
