//! When and how a person is told about the processing, and what a notice lacks.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Answer, Day, Topic, TopicError, answer_as_json, calendar, needed, schema_of};
use crate::gdpr::art13::{self, Circumstances, Item};
use crate::gdpr::art14::{self, Exception};
use crate::holidays::Calendar;
use crate::regulation_1182_71::ARTICLE_3;
use crate::{Country, Finding, Land, Lang, LegalBasis, Text, Verdict};

pub(super) const TOPIC: Topic = Topic {
    name: "information",
    about: Text::new(
        "Informationspflicht nach Art. 13 und 14: bis wann, womit, welche Angaben fehlen",
        "Information under Art. 13 and 14: by when, how, which items are missing",
    ),
    schema: schema_of::<Facts>,
    ask: |facts, lang| answer_as_json(TOPIC.name, facts, lang, |facts, lang| answer(&facts, lang)),
};

/// Data, where they came from, and what the person was told.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Facts {
    /// Where the data came from.
    #[serde(alias = "source")]
    data_source: Option<DataSource>,
    /// The day on which the data were obtained.
    data_obtained: Option<Day>,
    /// The country of the controller; its public holidays move the end of the month. Without
    /// it only weekends do.
    country: Option<Country>,
    /// The German Land, for its own holidays.
    land: Option<Land>,
    /// Data from elsewhere: the day of the first communication to the person.
    first_communication_to_person: Option<Day>,
    /// Data from elsewhere: the day of the first disclosure to another recipient.
    disclosure_to_another_recipient: Option<Day>,
    /// The day on which processing for a new purpose is to start.
    new_purpose_from: Option<Day>,
    /// The day on which the person was informed, to learn whether it was in time.
    informed_on: Option<Day>,
    /// The items that the notice has.
    notice_items_present: Option<Vec<Item>>,
    /// The legal basis relied on.
    legal_basis: Option<LegalBasis>,
    /// There is a data-protection officer.
    #[serde(default)]
    has_dpo: bool,
    /// Data go to third countries.
    #[serde(default)]
    transfers_to_third_country: bool,
    /// There are automated decisions under Art. 22.
    #[serde(default)]
    automated_decisions: bool,
    /// The message or letter to the person contains the information, or its essentials with a
    /// link to the rest.
    #[serde(alias = "letter_contains_art14_information")]
    message_contains_information: Option<bool>,
    /// The information stands on a website only.
    information_on_website_only: Option<bool>,
    /// An exception relied on.
    exception: Option<Exception>,
}

/// Where data came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum DataSource {
    /// From the person: form, business card handed over, order, observation of the person.
    #[serde(alias = "person", alias = "contact_form")]
    FromPerson,
    /// Bought or rented from an address dealer.
    #[serde(alias = "bought from address dealer")]
    AddressDealer,
    /// Looked up on the web or in public directories.
    #[serde(
        alias = "web_research",
        alias = "web research",
        alias = "publicly available names and addresses"
    )]
    PublicSource,
    /// From a public register.
    PublicRegister,
    /// From another company, a colleague or an acquaintance.
    #[serde(alias = "referral")]
    ThirdParty,
}

#[derive(Debug, Default, Serialize)]
struct Values {
    /// The article that applies, 13 or 14.
    article: u8,
    /// The latest day for the information.
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_time: Option<bool>,
    /// What the notice lacks.
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<Vec<&'static str>>,
    /// A fault in the information does not by itself take the legal basis away.
    #[serde(skip_serializing_if = "Option::is_none")]
    legal_basis_ok: Option<bool>,
}

fn answer(facts: &Facts, lang: Lang) -> Result<Answer<Values>, TopicError> {
    let source = needed(
        facts.data_source.or_else(|| implied_source(facts)),
        "data_source",
        "Art. 13 applies to data from the person, Art. 14 to data from elsewhere",
    )?;
    let fourteen = source != DataSource::FromPerson;
    let mut values = Values {
        article: if fourteen { 14 } else { 13 },
        ..Values::default()
    };
    let mut finding = duty(fourteen);
    if facts.new_purpose_from.is_some() || facts.data_obtained.is_some() {
        finding = when(facts, fourteen, &mut values, finding)?;
    }
    if let Some(present) = &facts.notice_items_present {
        finding = completeness(facts, fourteen, present, &mut values, finding, lang);
    }
    finding = manner(facts, fourteen, &mut values, finding);
    if let Some(exception) = facts.exception {
        finding = excepted(facts, fourteen, exception, finding)?;
    }
    let nothing_asked = values.date.is_none() && values.missing.is_none();
    if nothing_asked && finding.verdict.is_none() {
        needed(
            None,
            "data_obtained",
            "say what to check: `data_obtained` or `new_purpose_from` for a date, `notice_items_present` for gaps, `information_on_website_only` for the way, `exception`",
        )?;
    }
    Ok(Answer {
        values,
        finding,
        on: facts.data_obtained.map(|Day(on)| on),
    })
}

/// Days of a first contact or disclosure are said only of data from elsewhere.
fn implied_source(facts: &Facts) -> Option<DataSource> {
    facts
        .first_communication_to_person
        .or(facts.disclosure_to_another_recipient)
        .map(|_| DataSource::ThirdParty)
}

fn duty(fourteen: bool) -> Finding {
    if fourteen {
        Finding::new(
            Text::new(
                "Die Daten stammen nicht von der Person: Art. 14.",
                "The data do not come from the person: Art. 14.",
            ),
            &[art14::PARAGRAPH_1, art14::PARAGRAPH_2],
        )
    } else {
        Finding::new(
            Text::new(
                "Die Daten stammen von der Person: Art. 13.",
                "The data come from the person: Art. 13.",
            ),
            &[art13::PARAGRAPH_1, art13::PARAGRAPH_2],
        )
    }
}

fn when(
    facts: &Facts,
    fourteen: bool,
    values: &mut Values,
    finding: Finding,
) -> Result<Finding, TopicError> {
    let (due, finding) = if let Some(Day(from)) = facts.new_purpose_from {
        let paragraph = if fourteen {
            art14::PARAGRAPH_4
        } else {
            art13::PARAGRAPH_3
        };
        let finding = finding.citing(&[paragraph]).because(&[Text::new(
            "Vor der Verarbeitung für den neuen Zweck.",
            "Before the processing for the new purpose.",
        )]);
        (from, finding)
    } else if let Some(Day(obtained)) = facts.data_obtained {
        if fourteen {
            month_or_earlier(facts, obtained, finding)?
        } else {
            let finding = finding.because(&[Text::new(
                "Zum Zeitpunkt der Erhebung; es gibt keine Monatsfrist.",
                "At the time the data are obtained, no one-month period.",
            )]);
            (obtained, finding)
        }
    } else {
        return Ok(finding);
    };
    values.date = Some(Day(due));
    Ok(match facts.informed_on {
        Some(Day(informed)) => {
            values.in_time = Some(informed <= due);
            finding.verdict(if informed <= due {
                Verdict::Allow
            } else {
                Verdict::Deny
            })
        }
        None => finding,
    })
}

fn month_or_earlier(
    facts: &Facts,
    obtained: Date,
    finding: Finding,
) -> Result<(Date, Finding), TopicError> {
    let calendar = match (facts.country, facts.land) {
        (None, None) => Calendar::WEEKENDS_ONLY,
        (country, land) => calendar(country.unwrap_or(Country::DE), land)?,
    };
    let (due, citation) = art14::due(
        obtained,
        facts.first_communication_to_person.map(|Day(day)| day),
        facts.disclosure_to_another_recipient.map(|Day(day)| day),
        calendar,
    );
    let mut finding = finding.citing(&[citation]);
    if citation == art14::PARAGRAPH_3A {
        finding = finding.citing(&[ARTICLE_3]);
    } else {
        finding = finding.citing(&[art14::WP260]);
    }
    Ok((
        due,
        finding.because(&[Text::new(
            "Spätestens nach einem Monat, bei früherer Ansprache oder Weitergabe mit dieser.",
            "After one month at the latest; with an earlier contact or disclosure, along with it.",
        )]),
    ))
}

fn completeness(
    facts: &Facts,
    fourteen: bool,
    present: &[Item],
    values: &mut Values,
    finding: Finding,
    lang: Lang,
) -> Finding {
    let missing = art13::missing(
        present,
        Circumstances {
            article_14: fourteen,
            legal_basis: facts.legal_basis,
            has_dpo: facts.has_dpo,
            transfers: facts.transfers_to_third_country,
            automated_decisions: facts.automated_decisions,
        },
    );
    values.missing = Some(missing.iter().map(|item| item.text().get(lang)).collect());
    let citations: Vec<_> = missing
        .iter()
        .filter_map(|item| item.citation(fourteen))
        .collect();
    let finding = finding.citing(&citations);
    if missing.is_empty() {
        finding
    } else {
        finding.because(&[Text::new(
            "Dem Hinweis fehlen Pflichtangaben.",
            "The notice lacks mandatory items.",
        )])
    }
}

fn manner(facts: &Facts, fourteen: bool, values: &mut Values, finding: Finding) -> Finding {
    let reaches = match (
        facts.message_contains_information,
        facts.information_on_website_only,
    ) {
        (Some(true), _) => true,
        (Some(false), _) | (None, Some(true)) => false,
        (None, Some(false) | None) => return finding,
    };
    values.legal_basis_ok = facts.legal_basis.map(|_| true);
    if reaches {
        let late = values.in_time == Some(false);
        return finding
            .verdict(if late { Verdict::Deny } else { Verdict::Allow })
            .because(&[Text::new(
                "Die Information erreicht die Person.",
                "The information reaches the person.",
            )]);
    }
    // A form on the same website may well link to its notice.
    if !fourteen && facts.message_contains_information.is_none() {
        return finding.verdict(Verdict::Conditional).obliging(&[Text::new(
            "Bei der Erhebung selbst auf die Information verweisen",
            "point to the information where the data are collected",
        )]);
    }
    finding.verdict(Verdict::Deny).because(&[Text::new(
        "Die Information muss die Person erreichen; eine Website allein genügt nicht. Die Rechtsgrundlage entfällt dadurch nicht.",
        "The information must reach the person; a website alone is not enough. The legal basis is not lost by that.",
    )])
}

fn excepted(
    facts: &Facts,
    fourteen: bool,
    exception: Exception,
    finding: Finding,
) -> Result<Finding, TopicError> {
    if !fourteen && exception != Exception::AlreadyHasIt {
        return Err(TopicError::Unfit {
            fact: "exception",
            why: "Art. 13 knows only one exception: `already_has_it`",
        });
    }
    let contacts_person = facts.first_communication_to_person.is_some()
        || facts.message_contains_information.is_some();
    let citation = if fourteen {
        exception.citation()
    } else {
        art13::PARAGRAPH_4
    };
    let finding = finding
        .verdict(exception.verdict(contacts_person))
        .citing(&[citation])
        .obliging(&[exception.condition()])
        .because(&[Text::new(
            "Ausnahmen von der Informationspflicht sind eng auszulegen.",
            "Exceptions from the duty to inform are read narrowly.",
        )]);
    Ok(match exception {
        Exception::AlreadyHasIt => finding,
        _ => finding.to_be_checked(),
    })
}
