//! Automated decisions, profiling, sharing with others and the necessity of data.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Answer, Topic, answer_as_json, schema_of};
use crate::gdpr::art22::Exception;
use crate::{Channel, LegalBasis, Text};

mod decision;
mod interest;

pub(super) const TOPIC: Topic = Topic {
    name: "profiling",
    about: Text::new(
        "Profiling, automatisierte Entscheidungen, Weitergabe und Erforderlichkeit",
        "Profiling, automated decisions, sharing and necessity",
    ),
    schema: schema_of::<Facts>,
    ask: |facts, lang| {
        answer_as_json(TOPIC.name, facts, lang, |facts: Facts, lang| {
            let mut values = Values::default();
            let finding = match facts.processing {
                Processing::AutomatedDecision | Processing::LeadScoring => {
                    decision::answer(&facts, &mut values)?
                }
                _ => interest::answer(&facts, &mut values, lang)?,
            };
            Ok(Answer {
                values,
                finding,
                on: None,
            })
        })
    },
};

/// What is done with the data.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Facts {
    /// What is done.
    processing: Processing,
    /// No person decides, or the person only confirms what the machine says.
    solely_automated: Option<bool>,
    /// Whoever decides draws strongly on the score.
    score_decides_in_practice: Option<bool>,
    /// The decision has legal or similarly significant effect on the person.
    legal_or_similar_effect: Option<bool>,
    /// The exception of Art. 22(2) that is to carry the decision.
    exception: Option<Exception>,
    /// Human intervention, own view and contest are offered.
    safeguards: Option<bool>,
    /// Special categories of data are used, or can be inferred.
    #[serde(default)]
    special_categories: bool,
    /// The person consented explicitly to their use.
    explicit_consent: Option<bool>,
    /// The person consented.
    consent: Option<bool>,
    /// The consent names the recipient who will use the data.
    consent_names_partner: Option<bool>,
    /// The channel over which the recipient will advertise.
    channel: Option<Channel>,
    /// The persons were told beforehand and could say no.
    asked_before: Option<bool>,
    /// The persons could reasonably expect it when the data were collected.
    reasonably_expected: Option<bool>,
    /// The recipient's business may harm the persons, for example gambling.
    #[serde(default)]
    recipient_may_harm: bool,
    /// The datum is needed for the contract.
    necessary_for_contract: Option<bool>,
    /// There is a way that uses less, or none, of the data.
    less_intrusive_way: Option<bool>,
    /// The bases that the controller claims.
    #[serde(default)]
    legal_basis_claimed: Vec<LegalBasis>,
    /// The controller dominates its market.
    #[serde(default)]
    dominant_controller: bool,
    /// The person objected to the direct marketing or to the profiling for it.
    #[serde(default)]
    objection: bool,
}

/// What is done with the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Processing {
    /// A decision about persons that machines make or prepare.
    AutomatedDecision,
    /// A score that orders leads or a call list.
    LeadScoring,
    /// Data are given or sold to others for their advertising.
    Sharing,
    /// A field that must be filled in.
    MandatoryField,
    /// A platform personalises advertising with data from its own and other services.
    PlatformAdvertising,
    /// Data are aggregated for advertising without limit of time or kind.
    UnlimitedAggregation,
    /// A credit agency keeps data longer than the public register.
    CreditRegisterCopy,
    /// Special categories are inferred from other data.
    InferredSpecialCategories,
}

/// The values that this topic answers with.
#[derive(Debug, Default, Serialize)]
struct Values {
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    art22_applies: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    commercial_interest_can_qualify: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    less_intrusive_means: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dominance_excludes_consent: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note_on_consent: Option<&'static str>,
}
