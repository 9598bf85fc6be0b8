//! Whether personal data may go to a third country, and on which ground.

use jiff::civil::{Date, date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Answer, Day, Topic, TopicError, answer_as_json, needed, schema_of};
use crate::gdpr::art44::{self, Flow, Ground, Transfer};
use crate::gdpr::art46::{AssessmentResult, Safeguard};
use crate::gdpr::art49::Derogation;
use crate::{Country, Text};

pub(super) const TOPIC: Topic = Topic {
    name: "transfer",
    about: Text::new(
        "Übermittlung in ein Drittland: erlaubt, und auf welcher Grundlage",
        "Transfer to a third country: allowed, and on which ground",
    ),
    schema: schema_of::<Facts>,
    ask: |facts, lang| answer_as_json(TOPIC.name, facts, lang, |facts, _| answer(&facts)),
};

/// The day of the law used when no `date` is given.
const REVIEWED: Date = date(2026, 11, 24);

/// A planned transfer of personal data.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Facts {
    /// Where the recipient sits or reaches the data from (ISO 3166-1 alpha-2).
    recipient_country: Option<Country>,
    /// Set if the recipient is an international organisation.
    recipient_organisation: Option<Organisation>,
    /// How the data get there.
    #[serde(default)]
    data_flow: Flow,
    /// US recipients: on the list of the framework of the day (Data Privacy Framework).
    #[serde(default)]
    recipient_dpf_certified: bool,
    /// US recipients: certified for staff (HR) data, too.
    #[serde(default)]
    recipient_dpf_hr_certified: bool,
    /// What is sent.
    data: Option<Data>,
    /// Canadian recipients: a commercial organisation under PIPEDA.
    recipient_commercial: Option<bool>,
    /// Standard contractual clauses of Decision (EU) 2021/914 are signed.
    scc_signed: Option<bool>,
    /// The signed clauses are those of 2001, 2004 or 2010.
    #[serde(default)]
    scc_are_old: bool,
    /// Binding corporate rules are approved and cover sender and recipient.
    bcr_approved: Option<bool>,
    /// Another safeguard of Art. 46, if neither clauses nor corporate rules.
    safeguard: Option<Safeguard>,
    /// A transfer impact assessment was made and found that the safeguard works; if it found
    /// anything else, say so with `tia_result`.
    tia_done: Option<bool>,
    /// What the assessment came to.
    tia_result: Option<AssessmentResult>,
    /// The person has explicitly consented to this transfer.
    explicit_consent: Option<bool>,
    /// The person was informed of the risks of the transfer before consenting.
    informed_of_risks: Option<bool>,
    /// Another derogation of Art. 49 relied on.
    derogation: Option<Derogation>,
    /// The transfer happens once or now and then.
    occasional: Option<bool>,
    /// The day of the transfer. Without it, the law as last reviewed here (2026-11-24).
    date: Option<Day>,
}

/// International organisations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Organisation {
    /// The European Patent Organisation.
    EuropeanPatentOrganisation,
    /// Any other.
    Other,
}

/// What is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Data {
    /// Data of staff in the employment context.
    #[serde(alias = "HR", alias = "staff", alias = "employee")]
    Hr,
    /// Customers, prospects and anything else that is no staff data.
    #[serde(alias = "crm", alias = "CRM", alias = "customer")]
    NonHr,
}

#[derive(Debug, Serialize)]
struct Values {
    /// Whether Chapter V applies at all.
    is_transfer: bool,
    /// What the transfer rests on.
    ground: &'static str,
}

fn answer(facts: &Facts) -> Result<Answer<Values>, TopicError> {
    let needs_place = matches!(facts.data_flow, Flow::ToRecipient | Flow::RemoteAccess)
        && facts.recipient_organisation.is_none();
    if needs_place {
        needed(
            facts.recipient_country,
            "recipient_country",
            "the ground depends on where the recipient is",
        )?;
    }
    let on = facts.date.map_or(REVIEWED, |Day(on)| on);
    let (ground, finding) = art44::judge(&Transfer {
        flow: facts.data_flow,
        country: facts
            .recipient_country
            .filter(|_| facts.recipient_organisation.is_none()),
        patent_organisation: facts.recipient_organisation
            == Some(Organisation::EuropeanPatentOrganisation),
        certified: facts.recipient_dpf_certified,
        certified_for_staff: facts.recipient_dpf_hr_certified,
        staff_data: facts.data.map(|data| data == Data::Hr),
        commercial: facts.recipient_commercial,
        safeguard: safeguard(facts),
        assessment: assessment(facts)?,
        derogation: facts
            .derogation
            .or((facts.explicit_consent == Some(true)).then_some(Derogation::ExplicitConsent)),
        informed_of_risks: facts.informed_of_risks,
        occasional: facts.occasional,
        on,
    });
    Ok(Answer {
        values: Values {
            is_transfer: ground != Ground::NoTransfer,
            ground: match ground {
                Ground::NoTransfer => "no_transfer",
                Ground::Adequacy => "adequacy",
                Ground::Safeguard => "safeguard",
                Ground::Derogation => "derogation",
                Ground::None => "none",
            },
        },
        finding,
        on: Some(on),
    })
}

fn safeguard(facts: &Facts) -> Option<Safeguard> {
    match (facts.scc_signed, facts.bcr_approved) {
        (_, Some(true)) => Some(Safeguard::Bcr),
        (Some(true), _) if facts.scc_are_old => Some(Safeguard::OldScc),
        (Some(true), _) => Some(Safeguard::Scc),
        _ => facts.safeguard,
    }
}

fn assessment(facts: &Facts) -> Result<Option<AssessmentResult>, TopicError> {
    match (facts.tia_done, facts.tia_result) {
        (Some(false), Some(_)) => Err(TopicError::Unfit {
            fact: "tia_result",
            why: "there is no result if `tia_done` is false",
        }),
        (Some(true), None) => Ok(Some(AssessmentResult::Adequate)),
        (_, result) => Ok(result),
    }
}
