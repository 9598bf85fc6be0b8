//! What the gate says about the whole list: for each purpose and channel, how many contacts may be
//! contacted, how many could be after a lawful step, and why the others may not.

use jiff::civil::Date;
use law::{Channel, Confidence};
use serde::Serialize;

/// The answers of the gate for every contact, added up.
#[derive(Clone, Debug, Serialize)]
pub struct Overview {
    /// Name of the organisation.
    pub organisation: String,
    /// The day for which the gate answered.
    pub on: Date,
    /// Contacts that are kept (erased ones are not counted).
    pub contacts: u64,
    /// Contacts by country code, most first.
    pub countries: Vec<(String, u64)>,
    /// Contacts by where their data come from, most first.
    pub sources: Vec<(String, u64)>,
    /// The advertising purposes of the register with their channels.
    pub purposes: Vec<PurposeOverview>,
    /// What the register lacks: how many things the law asks for and how many it advises.
    pub gaps: GapCount,
    /// Entries in the evidence log that the newest signed checkpoint covers.
    pub evidence_entries: u64,
}

/// Gaps of the register by weight.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct GapCount {
    /// Required by law.
    pub required: u64,
    /// Advised.
    pub advised: u64,
}

/// The answers for one activity of the register.
#[derive(Clone, Debug, Serialize)]
pub struct PurposeOverview {
    /// The activity's id in the register.
    pub id: String,
    /// The activity's name.
    pub name: String,
    /// One line for each channel that the activity declares.
    pub channels: Vec<ChannelOverview>,
}

/// The answers for one channel of one activity.
#[derive(Clone, Debug, Serialize)]
pub struct ChannelOverview {
    /// The channel.
    pub channel: Channel,
    /// May be contacted now.
    pub permitted: u64,
    /// May not now, but could after a lawful step.
    pub recoverable: u64,
    /// May not, and no step of ours would change it (an objection, for example).
    pub refused: u64,
    /// A person has to weigh; senders treat it as no.
    pub review: u64,
    /// Why, most frequent first. The counts add up to all contacts.
    pub reasons: Vec<ReasonCount>,
}

/// One reason of the gate and how many contacts it concerns.
#[derive(Clone, Debug, Serialize)]
pub struct ReasonCount {
    /// Stable name of the finding.
    pub code: String,
    /// What came out: `permitted`, `recoverable`, `refused` or `review`.
    pub outcome: Outcome,
    /// The reason in the language asked for.
    pub reason: String,
    /// The provisions and decisions it rests on.
    pub citations: Vec<String>,
    /// Whether the rule is settled or to be checked.
    #[serde(serialize_with = "confidence_name")]
    pub confidence: Confidence,
    /// The next lawful step in the language asked for, where there is one.
    pub next_step: Option<String>,
    /// How many contacts.
    pub count: u64,
}

/// What came out for a contact, as the overview counts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// May be contacted now.
    Permitted,
    /// May not now, but could after a lawful step.
    Recoverable,
    /// May not, and no step of ours would change it.
    Refused,
    /// A person has to weigh.
    Review,
}

// The signature is serde's.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn confidence_name<S: serde::Serializer>(c: &Confidence, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(match c {
        Confidence::Settled => "settled",
        Confidence::ToBeChecked => "to_be_checked",
    })
}
