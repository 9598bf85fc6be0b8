//! Whether a data protection officer must be designated, and whether a candidate may be one.

use jiff::civil::{Date, date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Answer, Day, Topic, TopicError, answer_as_json, needed, schema_of};
use crate::bdsg::s38;
use crate::finding::{Finding, Verdict};
use crate::gdpr::art37;
use crate::gdpr::art38::{self, Fit, Position};
use crate::{Citation, Country, Text};

pub(super) const TOPIC: Topic = Topic {
    name: "dpo",
    about: Text::new(
        "Datenschutzbeauftragte: Benennungspflicht und Interessenkonflikt",
        "Data protection officer: duty to designate and conflict of interests",
    ),
    schema: schema_of::<Facts>,
    ask: |facts, lang| answer_as_json(TOPIC.name, facts, lang, |facts, _| answer(&facts)),
};

/// An organisation, or a candidate.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct Facts {
    /// The country of the establishment.
    country: Option<Country>,
    /// There is also an establishment in Germany, whose staff the number below counts.
    establishment_in_de: Option<bool>,
    /// An authority or public body.
    public_body: bool,
    /// Core activity: regular and systematic monitoring on a large scale.
    core_monitoring: bool,
    /// Core activity: data of Art. 9 or 10 on a large scale.
    special_categories_core_large_scale: bool,
    /// Persons as a rule constantly in automated processing, by heads.
    persons_constantly_in_automated_processing: Option<u32>,
    /// How many of them work part-time. They count in full.
    of_which_part_time: Option<u32>,
    /// Some processing needs a data protection impact assessment.
    dpia_needed: bool,
    /// Processes commercially for transfer, anonymised transfer or market and opinion research.
    commercial_transfer_or_market_research: bool,
    /// What a candidate for the office does else. Given, the question is whether that person
    /// may be DPO.
    candidate: Option<Position>,
    /// The candidate decides on purposes and means of processing.
    candidate_decides_purposes: Option<bool>,
    /// The day of the question.
    on: Option<Day>,
}

/// The values that this topic answers with.
#[derive(Debug, Default, Serialize)]
struct Values {
    #[serde(skip_serializing_if = "Option::is_none")]
    dpo_required: Option<bool>,
}

/// The law asked for without a day: that of the last review.
const REVIEWED: Date = date(2026, 11, 24);

fn answer(facts: &Facts) -> Result<Answer<Values>, TopicError> {
    let mut values = Values::default();
    let finding = if facts.candidate.is_some() || facts.candidate_decides_purposes.is_some() {
        candidate(facts)
    } else {
        designation(facts, &mut values)?
    };
    Ok(Answer {
        values,
        finding,
        on: facts.on.map(|Day(on)| on),
    })
}

fn candidate(facts: &Facts) -> Finding {
    let by =
        |text, verdict| Finding::new(text, &[art38::NO_CONFLICT, art38::X_FAB]).verdict(verdict);
    match art38::fit(facts.candidate, facts.candidate_decides_purposes) {
        Fit::Conflict => by(
            Text::new(
                "Interessenkonflikt: Die Person bestimmt über Zwecke und Mittel der Verarbeitung.",
                "Conflict of interests: the person determines purposes and means of processing.",
            ),
            Verdict::Deny,
        ),
        Fit::LookSingly => by(
            Text::new(
                "Ob die Aufgaben über Zwecke und Mittel bestimmen, ist im Einzelfall zu prüfen.",
                "Whether the tasks determine purposes and means has to be looked at singly.",
            ),
            Verdict::Conditional,
        )
        .to_be_checked(),
        Fit::Fits => by(
            Text::new(
                "Ein Interessenkonflikt ist nicht erkennbar.",
                "No conflict of interests is seen.",
            ),
            Verdict::Allow,
        )
        .citing(&[art37::QUALIFICATION])
        .obliging(&[Text::new(
            "Fachwissen und Unabhängigkeit sicherstellen.",
            "See to expert knowledge and independence.",
        )]),
    }
}

fn designation(facts: &Facts, values: &mut Values) -> Result<Finding, TopicError> {
    let demanded = art37::demanded_by(art37::Organisation {
        public_body: facts.public_body,
        core_monitoring: facts.core_monitoring,
        core_special: facts.special_categories_core_large_scale,
    });
    let demanded = match demanded {
        Some(citation) => Some(citation),
        None if is_german(facts)? => german(facts)?,
        None => None,
    };
    values.dpo_required = Some(demanded.is_some());
    Ok(match demanded {
        Some(citation) => Finding::new(
            Text::new(
                "Ein Datenschutzbeauftragter ist zu benennen.",
                "A data protection officer must be designated.",
            ),
            &[citation],
        )
        .citing(&[art37::PUBLISH])
        .obliging(&[
            Text::new(
                "Kontaktdaten veröffentlichen und der Aufsichtsbehörde mitteilen.",
                "Publish the contact details and tell them to the authority.",
            ),
            Text::new(
                "Interessenkonflikte ausschließen.",
                "Rule out conflicts of interests.",
            ),
        ]),
        None => Finding::new(
            Text::new(
                "Nach den angegebenen Tatsachen keine Pflicht zur Benennung; freiwillig ist sie möglich.",
                "By the facts given no duty to designate; it may be done voluntarily.",
            ),
            if is_german(facts)? {
                &[art37::DUTY, s38::HEADS, s38::WHATEVER_HEADCOUNT]
            } else {
                &[art37::DUTY]
            },
        ),
    })
}

fn is_german(facts: &Facts) -> Result<bool, TopicError> {
    if facts.establishment_in_de == Some(true) {
        return Ok(true);
    }
    needed(
        facts.country,
        "country",
        "the duty by headcount is German law only",
    )
    .map(|country| country == Country::DE)
}

fn german(facts: &Facts) -> Result<Option<Citation>, TopicError> {
    let persons = facts.persons_constantly_in_automated_processing;
    if let (Some(part), Some(all)) = (facts.of_which_part_time, persons)
        && part > all
    {
        return Err(TopicError::Unfit {
            fact: "of_which_part_time",
            why: "is more than `persons_constantly_in_automated_processing`",
        });
    }
    let by_kind = facts.dpia_needed || facts.commercial_transfer_or_market_research;
    let persons = match persons {
        None if by_kind => 0,
        persons => needed(
            persons,
            "persons_constantly_in_automated_processing",
            "in Germany the duty begins with 20 persons",
        )?,
    };
    let organisation = s38::Organisation {
        persons,
        dpia_needed: facts.dpia_needed,
        commercial_transfer: facts.commercial_transfer_or_market_research,
    };
    Ok(s38::demanded_by(
        organisation,
        facts.on.map_or(REVIEWED, |Day(on)| on),
    ))
}
