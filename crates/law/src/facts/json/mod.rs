//! The gate's facts as JSON, so that a case reads like a call:
//!
//! ```json
//! { "contact": {"kind": "business", "country": "DE"}, "channel": "email",
//!   "purpose": "direct_marketing", "consents": [], "objections": [],
//!   "customer_relation": "none" }
//! ```
//!
//! Everything that decides has a typed key; `message`, `recipient` and `note` are free text for
//! people and never change the verdict. An unknown key is an error that lists the known ones.
//! What is left out is not known, and unknown means no. Only the register is assumed: without
//! `activity` the purpose counts as declared with the basis that fits.

mod consent;
mod plan;
mod relation;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::{Activity, Contact, Facts, Message, Purpose, RecipientId, Screening, Source};
use crate::gate::{Ask, Decision, decide};
use crate::topic::Day;
use crate::{Channel, Lang};
use consent::{ConsentFacts, ObjectionFacts};
use plan::{ActivityFacts, ContactFacts, InterestFacts, OverruleFacts};
use relation::RelationFacts;

/// Why facts could not be judged. The text repeats no value from the facts but an unknown
/// channel or purpose, as values could be personal data.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("the facts can't be read at `{place}`: {reason}")]
pub struct FactsError {
    /// The path to the fact, `.` for the whole.
    pub place: String,
    /// What is wrong, with what would be accepted.
    pub reason: String,
}

/// A question to the gate with its facts.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "GateFacts")]
struct CallFacts {
    /// Who it is.
    #[serde(default)]
    contact: ContactFacts,
    /// How the contact is to be reached, or what is to be done with the data.
    channel: Channel,
    /// What for.
    purpose: Purpose,
    /// The day whose law is asked for; left out, today.
    #[serde(default)]
    date: Option<Day>,
    /// For `storing` and `sharing`: the channel that the data are kept or passed on for.
    #[serde(default)]
    storing_for: Option<Channel>,
    /// For `sharing`: who is to get the data.
    #[serde(default)]
    sharing_with: Option<String>,
    /// The consents on record, withdrawn ones included.
    #[serde(default)]
    consents: Vec<ConsentFacts>,
    /// The objections on record.
    #[serde(default)]
    objections: Vec<ObjectionFacts>,
    /// What links the contact to the organisation.
    #[serde(default)]
    customer_relation: RelationFacts,
    /// The recorded circumstances for presumed consent to a call to a business.
    #[serde(default)]
    presumed_consent: Option<InterestFacts>,
    /// Where the data come from.
    #[serde(default)]
    data_source: Option<Source>,
    /// When the data were obtained.
    #[serde(default)]
    obtained_on: Option<Day>,
    /// The information of Art. 13 or 14 was given.
    #[serde(default)]
    informed: bool,
    /// The exclusion list was looked up; false counts as not known.
    #[serde(default)]
    screened: Option<bool>,
    /// When it was looked up; left out, on the day asked.
    #[serde(default)]
    screened_on: Option<Day>,
    /// The number or address is on the country's exclusion list (BE, GB, IT, FR, ES, IE, SE,
    /// AT's ECG list).
    #[serde(default, alias = "number_on_ctps", alias = "on_exclusion_list")]
    number_on_do_not_call_list: Option<bool>,
    /// The directory entry carries the asterisk (CH).
    #[serde(default)]
    directory_entry_with_asterisk: Option<bool>,
    /// The number is in the telephone directory (CH).
    #[serde(default)]
    in_directory: Option<bool>,
    /// The message also advertises, whatever its purpose.
    #[serde(default)]
    contains_advertising: bool,
    /// Mass advertising (true) or one individual message (false) (CH).
    #[serde(default)]
    mass_mailing: Option<bool>,
    /// The offer relates to the person's professional function (FR).
    #[serde(default)]
    offer_relates_to_function: Option<bool>,
    /// The person was told of the advertising use at collection (FR).
    #[serde(default)]
    informed_at_collection: Option<bool>,
    /// Every message offers an opt-out (FR, IE).
    #[serde(default)]
    opt_out_offered: Option<bool>,
    /// Post without an address.
    #[serde(default)]
    unaddressed: bool,
    /// The letter box carries a "no advertising" sticker.
    #[serde(default)]
    no_advertising_sticker: bool,
    /// The data used are of a special category (Art. 9), inferred ones included.
    #[serde(default)]
    special_category: bool,
    /// What the register declares for the purpose.
    #[serde(default)]
    activity: Option<ActivityFacts>,
    /// A person's decision to go against a refusal.
    #[serde(default)]
    overruled: Option<OverruleFacts>,
    /// Free text for people; never changes the verdict.
    #[serde(default, rename = "message")]
    #[schemars(with = "Option<String>")]
    _message: Note,
    /// Free text for people; never changes the verdict.
    #[serde(default, rename = "recipient")]
    #[schemars(with = "Option<String>")]
    _recipient: Note,
    /// Free text for people; never changes the verdict.
    #[serde(default, rename = "note")]
    #[schemars(with = "Option<String>")]
    _note: Note,
}

/// Free text that is read and dropped.
type Note = Option<String>;

/// A question to the gate, read from JSON.
#[derive(Clone, Debug)]
pub struct Call {
    consents: Vec<super::Consent>,
    objections: Vec<super::Objection>,
    rest: Facts<'static>,
    ask: Ask,
    on: Option<Date>,
}

impl Call {
    /// Reads the facts of one question.
    ///
    /// # Errors
    /// If it is no JSON object, a key is unknown or a value is of the wrong kind.
    pub fn read(facts: &str) -> Result<Self, FactsError> {
        read_facts(facts).map(|facts| Self::from_facts(&facts))
    }

    fn from_facts(facts: &CallFacts) -> Self {
        let mut names: Vec<&str> = Vec::new();
        let recipient = facts
            .sharing_with
            .as_deref()
            .map(|name| number(&mut names, name));
        let consents = facts
            .consents
            .iter()
            .map(|consent| {
                consent.read(
                    consent
                        .recipient
                        .as_deref()
                        .map(|name| number(&mut names, name)),
                )
            })
            .collect();
        Self {
            consents,
            objections: facts.objections.iter().map(ObjectionFacts::read).collect(),
            rest: Facts {
                contact: contact(facts),
                consents: &[],
                objections: &[],
                relation: facts.customer_relation.0,
                interest: facts.presumed_consent.map(InterestFacts::read),
                screening: Screening {
                    listed: facts
                        .number_on_do_not_call_list
                        .filter(|listed| *listed || facts.screened != Some(false)),
                    looked_up_on: facts.screened_on.map(|day| day.0),
                    asterisk: facts.directory_entry_with_asterisk,
                    in_directory: facts.in_directory,
                },
                message: message(facts),
                activity: facts
                    .activity
                    .as_ref()
                    .map_or(Some(Activity::FITTING), ActivityFacts::read),
                overrule: facts.overruled.as_ref().and_then(OverruleFacts::read),
            },
            ask: Ask {
                purpose: facts.purpose,
                channel: facts.channel,
                for_channel: facts.storing_for,
                recipient,
            },
            on: facts.date.map(|day| day.0),
        }
    }

    /// The typed facts, as asked for the day [`Call::on`].
    pub fn facts(&self, default_on: Date) -> Facts<'_> {
        let looked_up_on = self.rest.screening.looked_up_on;
        Facts {
            consents: &self.consents,
            objections: &self.objections,
            screening: Screening {
                looked_up_on: looked_up_on.or(Some(self.on(default_on))),
                ..self.rest.screening
            },
            ..self.rest
        }
    }

    /// The question.
    pub const fn ask(&self) -> &Ask {
        &self.ask
    }

    /// The day whose law is asked for, or else `default_on`.
    pub fn on(&self, default_on: Date) -> Date {
        self.on.unwrap_or(default_on)
    }

    /// Judges the question by the law of [`Call::on`].
    pub fn decide(&self, default_on: Date) -> Decision {
        decide(&self.facts(default_on), &self.ask, self.on(default_on))
    }
}

/// Reads facts, judges them and renders the decision in `lang`. `default_on` is the day whose
/// law is applied if the facts name none.
///
/// # Errors
/// If the facts can't be read; that is never a verdict.
pub fn decide_json(facts: &str, default_on: Date, lang: Lang) -> Result<Value, FactsError> {
    let call = Call::read(facts)?;
    let view = call.decide(default_on).view(call.on(default_on), lang);
    serde_json::to_value(view).map_err(|error| FactsError {
        place: ".".to_owned(),
        reason: error.to_string(),
    })
}

/// The JSON schema of the facts.
pub fn facts_schema() -> Value {
    schemars::schema_for!(CallFacts).to_value()
}

fn read_facts(facts: &str) -> Result<CallFacts, FactsError> {
    // serde would also take a struct's fields from a list, by position.
    if !facts.trim_start().starts_with('{') {
        let reason = "expected a JSON object with `contact`, `channel` and `purpose`".to_owned();
        return Err(FactsError {
            place: ".".to_owned(),
            reason,
        });
    }
    if let Ok(read) = serde_json::from_str(facts) {
        return Ok(read);
    }
    // Read once more to name the place, which would slow the reading of sound facts down.
    let mut json = serde_json::Deserializer::from_str(facts);
    let read = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let place = error.path().to_string();
        let reason = error.inner().to_string();
        let named = matches!(place.as_str(), "channel" | "purpose" | "storing_for")
            || reason.starts_with("unknown field");
        let reason = if named {
            reason
        } else {
            without_value(&reason)
        };
        FactsError { place, reason }
    })?;
    json.end().map_err(|error| FactsError {
        place: ".".to_owned(),
        reason: error.to_string(),
    })?;
    Ok(read)
}

/// Drops the offending value from serde's message and keeps what would have been accepted.
fn without_value(reason: &str) -> String {
    reason.split_once(", expected ").map_or_else(
        || reason.to_owned(),
        |(_, accepted)| format!("expected {accepted}"),
    )
}

/// The recipient's number in this call: the position of the name among those met so far.
fn number<'a>(names: &mut Vec<&'a str>, name: &'a str) -> RecipientId {
    let position = names
        .iter()
        .position(|known| *known == name)
        .unwrap_or_else(|| {
            names.push(name);
            names.len() - 1
        });
    RecipientId(u32::try_from(position).unwrap_or(u32::MAX))
}

fn contact(facts: &CallFacts) -> Contact {
    let contact = &facts.contact;
    Contact {
        kind: contact.kind,
        country: contact.country,
        subscriber: contact.subscriber,
        address: contact.address,
        address_meant_for_it: contact.address_made_available_for_advertising,
        number: contact.number,
        age: contact.age,
        special_category: facts.special_category,
        source: facts.data_source,
        obtained_on: facts.obtained_on.map(|day| day.0),
        informed: facts.informed,
        restricted: contact.restricted,
        new_purpose_untold: contact.new_purpose_untold,
    }
}

fn message(facts: &CallFacts) -> Message {
    Message {
        contains_advertising: facts.contains_advertising,
        mass_mailing: facts.mass_mailing,
        relates_to_function: facts.offer_relates_to_function,
        informed_at_collection: facts.informed_at_collection,
        opt_out_offered: facts.opt_out_offered,
        unaddressed: facts.unaddressed,
        no_advertising_sticker: facts.no_advertising_sticker,
    }
}
