//! The legal maximum of a fine and, as an estimate, where an authority would start.

use jiff::civil::{Date, date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Answer, Day, Topic, TopicError, answer_as_json, needed, schema_of};
use crate::gdpr::art83::{self, Seriousness, Tier};
use crate::tdddg::s28;
use crate::uwg::{s7a, s20};
use crate::{Citation, Confidence, Country, Finding, Lang, Text, Verdict, pecr};

pub(super) const TOPIC: Topic = Topic {
    name: "fine",
    about: Text::new(
        "Höchstbetrag der Geldbuße nach DSGVO, UWG, TDDDG oder PECR; Ausgangsbetrag als Schätzung",
        "Maximum fine under GDPR, UWG, TDDDG or PECR; starting amount as an estimate",
    ),
    schema: schema_of::<Facts>,
    ask: |facts, lang| answer_as_json(TOPIC.name, facts, lang, answer),
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

fn answer(facts: Facts, lang: Lang) -> Result<Answer<Values>, TopicError> {
    let on = facts.date.map_or(REVIEWED, |Day(on)| on);
    let (values, finding) = match law(&facts)? {
        Law::Gdpr => gdpr(&facts, lang)?,
        Law::Uwg => uwg(&facts, on)?,
        Law::Tdddg => tdddg(),
        Law::Pecr => pecr(&facts, on),
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
    let asked_for_fault = fault(facts).is_some();
    let of_articles = (facts.infringed.is_some() || asked_for_fault).then_some(Law::Gdpr);
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

fn gdpr(facts: &Facts, lang: Lang) -> Result<(Values, Finding), TopicError> {
    let mut values = Values::default();
    let mut finding = Finding::new(
        Text::new(
            "Der Höchstbetrag ist keine Vorhersage: Die Behörde bemisst jede Geldbuße im Einzelfall.",
            "The maximum is no forecast: the authority assesses every fine by its own case.",
        ),
        &[art83::ARTICLE],
    );
    if let Some(fault) = fault(facts) {
        values.strict_liability = Some(false);
        finding = with_fault(finding, fault);
    }
    if facts.infringer == Some(Infringer::PublicBody) && is_german(facts)? {
        values.max_fine_eur = Some(0);
        return Ok((values, public_body()));
    }
    let Some(infringed) = &facts.infringed else {
        needed(
            fault(facts),
            "infringed",
            "the maximum depends on the infringed articles",
        )?;
        return Ok((values, finding));
    };
    let class = highest_class(infringed)?;
    let turnover = turnover(facts)?;
    let maximum = art83::maximum(class.tier, turnover);
    values.max_fine_eur = Some(maximum);
    let paragraph = match class.tier {
        Tier::Lower => Citation::new("GDPR Art. 83(4)"),
        Tier::Higher => Citation::new("GDPR Art. 83(5)"),
    };
    finding = finding.citing(&[paragraph, class.provision, art83::RECITAL_150]);
    if facts.group_forms_one_economic_unit == Some(true) {
        finding = finding
            .citing(&[Citation::new("CJEU C-383/23")])
            .because(&[Text::new(
                "Es zählt der Umsatz der wirtschaftlichen Einheit; die Geldbuße selbst muss verhältnismäßig bleiben.",
                "The turnover of the economic unit counts; the fine itself must stay proportionate.",
            )]);
    }
    if let Some(seriousness) = facts.seriousness {
        finding = starting_amount(
            &mut values,
            finding,
            seriousness,
            (maximum, turnover),
            facts.adjust_for_turnover,
            lang,
        )?;
    }
    Ok((values, finding))
}

fn starting_amount(
    values: &mut Values,
    finding: Finding,
    seriousness: Seriousness,
    (maximum, turnover): (u64, Option<u64>),
    adjust: bool,
    lang: Lang,
) -> Result<Finding, TopicError> {
    let range = seriousness.starting_amount(maximum);
    let adjusted = turnover.map(|turnover| art83::adjusted_for_turnover(range, turnover));
    let [low, high] = seriousness.percent();
    values.tier = Some(match lang {
        Lang::De => format!("{low}-{high} % des gesetzlichen Höchstbetrags"),
        Lang::En => format!("{low}-{high} % of legal maximum"),
    });
    values.adjusted_range_eur = adjusted;
    values.range_eur = Some(if adjust {
        needed(
            adjusted,
            "undertaking_turnover_eur",
            "the starting amount is adjusted for turnover",
        )?
    } else {
        range
    });
    values.estimate = Some(true);
    Ok(finding
        .citing(&[art83::GUIDELINES])
        .because(&[Text::new(
            "Der Ausgangsbetrag ist eine Schätzung; danach folgen erschwerende und mildernde Umstände.",
            "The starting amount is an estimate; aggravating and mitigating circumstances follow.",
        )])
        .to_be_checked())
}

/// Whether the undertaking is at fault. The fault of a manager is that of the undertaking; that
/// none was identified says nothing.
fn fault(facts: &Facts) -> Option<bool> {
    facts.intent_or_negligence_of_undertaking.or(facts
        .fault_of_identified_manager_shown
        .filter(|&shown| shown))
}

fn with_fault(finding: Finding, fault: bool) -> Finding {
    finding
        .verdict(if fault { Verdict::Allow } else { Verdict::Deny })
        .citing(&[Citation::new("CJEU C-807/21")])
        .because(&[Text::new(
            "Eine Geldbuße setzt Vorsatz oder Fahrlässigkeit voraus, aber keine Zurechnung zu einer bestimmten Leitungsperson.",
            "A fine needs intent or negligence, but no attribution to a named representative.",
        )])
}

fn is_german(facts: &Facts) -> Result<bool, TopicError> {
    let country = needed(
        facts.country,
        "country",
        "whether public bodies can be fined is national law (Art. 83(7))",
    )?;
    if country == Country::DE {
        return Ok(true);
    }
    Err(TopicError::Unfit {
        fact: "infringer",
        why: "the rule on public bodies is known here for Germany only (Art. 83(7))",
    })
}

fn public_body() -> Finding {
    Finding::new(
        Text::new(
            "Gegen Behörden und sonstige öffentliche Stellen werden keine Geldbußen verhängt.",
            "No fines are imposed on public authorities and bodies.",
        ),
        &[
            Citation::new("BDSG § 43(3)"),
            Citation::new("GDPR Art. 83(7)"),
        ],
    )
    .verdict(Verdict::Deny)
}

/// The highest tier among the infringed articles.
fn highest_class(infringed: &Infringed) -> Result<art83::Class, TopicError> {
    let articles = match infringed {
        Infringed::Number(number) => vec![*number],
        Infringed::Text(text) => art83::articles(text),
        Infringed::List(list) => list
            .iter()
            .flat_map(|article| match article {
                Article::Number(number) => vec![*number],
                Article::Text(text) => art83::articles(text),
            })
            .collect(),
    };
    if articles.is_empty() {
        return Err(TopicError::Unfit {
            fact: "infringed",
            why: "names no article; write for example \"Art. 32\" or [5, 6]",
        });
    }
    articles
        .into_iter()
        .filter_map(art83::class)
        .max_by_key(|class| class.tier)
        .ok_or(TopicError::Unfit {
            fact: "infringed",
            why: "Art. 83 attaches no fine to this article",
        })
}

/// The turnover that counts; `None` for an infringer that is no undertaking.
fn turnover(facts: &Facts) -> Result<Option<u64>, TopicError> {
    if facts.infringer == Some(Infringer::NaturalPerson) {
        return Ok(None);
    }
    if let Some(turnover) = facts.undertaking_turnover_eur {
        return Ok(Some(turnover));
    }
    if let Some(group) = facts.group_turnover_eur {
        let one_unit = needed(
            facts.group_forms_one_economic_unit,
            "group_forms_one_economic_unit",
            "the group's turnover counts only if it does",
        )?;
        if one_unit {
            return Ok(Some(group));
        }
    }
    needed(
        facts.infringer_turnover_eur,
        "undertaking_turnover_eur",
        "the maximum depends on the undertaking's turnover",
    )
    .map(Some)
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
        authority: Some(s20::AUTHORITY),
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
    let mut finding = Finding::new(
        Text::new(
            "Zugriff auf Endeinrichtungen ohne Einwilligung; für die Folgeverarbeitung gilt daneben Art. 83 DSGVO.",
            "Access to terminal equipment without consent; GDPR Art. 83 applies to what follows.",
        ),
        &[s28::PARAGRAPH_2, s28::PARAGRAPH_1_NR_13],
    );
    finding.confidence = Confidence::ToBeChecked;
    (values, finding)
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
