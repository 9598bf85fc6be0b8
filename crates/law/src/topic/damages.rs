//! Whether a person is owed compensation for an infringement.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Answer, Topic, TopicError, answer_as_json, needed, schema_of};
use crate::Text;
use crate::gdpr::art82::{self, Damage, Defence};

pub(super) const TOPIC: Topic = Topic {
    name: "damages",
    about: Text::new(
        "Schadensersatz der betroffenen Person: Schaden, Entlastung, Höhe",
        "Compensation of the data subject: damage, defence, amount",
    ),
    schema: schema_of::<Facts>,
    ask: |facts, lang| answer_as_json(TOPIC.name, facts, lang, |facts, _| answer(&facts)),
};

/// A claim for compensation under GDPR Art. 82.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Facts {
    /// Whether the GDPR was infringed.
    infringement: Option<bool>,
    /// The damage that is shown.
    damage: Option<Damage>,
    /// Control over the data was lost; counts as damage where `damage` shows less.
    #[serde(default)]
    loss_of_control: bool,
    /// Whom the claim is against.
    #[serde(default)]
    defendant: Defendant,
    /// Processors: whether it breached a duty of its own or acted against instructions.
    own_duty_breached: Option<bool>,
    /// What the defendant says against being responsible.
    defence: Option<Defence>,
    /// What is asked; by default whether the claim is founded.
    #[serde(default)]
    question: Question,
    /// The infringement was unsolicited advertising: civil law then also gives an injunction.
    #[serde(default)]
    unsolicited_advertising: bool,
}

/// Whom the claim is against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Defendant {
    /// A controller.
    #[default]
    Controller,
    /// A processor.
    Processor,
}

/// What is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Question {
    /// Whether the claim is founded; for a kind of damage: whether it can be damage at all.
    #[default]
    ClaimFounded,
    /// Whether it may be refused because the damage is not serious enough.
    RefusalForLackOfSeriousness,
    /// Whether the amount may punish, deter or follow the degree of fault.
    PunitiveAmount,
}

#[derive(Debug, Default, Serialize)]
struct Values {
    /// The order of size that a court named, in euros.
    #[serde(skip_serializing_if = "Option::is_none")]
    guidance_eur: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    injunction_still_possible: Option<bool>,
}

fn answer(facts: &Facts) -> Result<Answer<Values>, TopicError> {
    let mut values = Values::default();
    let finding = match facts.question {
        Question::RefusalForLackOfSeriousness => art82::refusal_for_lack_of_seriousness(),
        Question::PunitiveAmount => art82::punitive_amount(),
        Question::ClaimFounded => {
            let infringement = needed(
                facts.infringement,
                "infringement",
                "there is no claim without one",
            )?;
            let damage = damage(facts)?;
            let own_duty = match facts.defendant {
                Defendant::Controller => None,
                Defendant::Processor => Some(needed(
                    facts.own_duty_breached,
                    "own_duty_breached",
                    "a processor answers for its own duties only",
                )?),
            };
            if damage == Damage::LossOfControl {
                values.guidance_eur = Some(art82::GUIDANCE_FOR_LOSS_OF_CONTROL);
            }
            art82::claim(infringement, damage, facts.defence, own_duty)
        }
    };
    values.injunction_still_possible = facts.unsolicited_advertising.then_some(true);
    Ok(Answer {
        values,
        finding,
        on: None,
    })
}

fn damage(facts: &Facts) -> Result<Damage, TopicError> {
    match facts.damage {
        None | Some(Damage::None | Damage::Annoyance | Damage::HypotheticalRisk)
            if facts.loss_of_control =>
        {
            Ok(Damage::LossOfControl)
        }
        damage => needed(damage, "damage", "there is no claim without damage"),
    }
}
