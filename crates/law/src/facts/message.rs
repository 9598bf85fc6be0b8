//! What is known about the message, the call or the plan.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is known about the message or the plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// It also advertises, whatever its purpose: the advertising part is judged as advertising.
    pub contains_advertising: bool,
    /// Sent to many without an individual request (CH UWG Art. 3(1)(o)).
    pub mass_mailing: Option<bool>,
    /// The offer relates to the person's professional function (FR).
    pub relates_to_function: Option<bool>,
    /// The person was informed of the advertising use when the data were collected.
    pub informed_at_collection: Option<bool>,
    /// Every message offers an opt-out.
    pub opt_out_offered: Option<bool>,
    /// Post without an address.
    pub unaddressed: bool,
    /// The letter box carries a "no advertising" sticker.
    pub no_advertising_sticker: bool,
}

/// What exclusion lists and directories say. `None` means not looked up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Screening {
    /// The address or number is on the country's exclusion list.
    pub listed: Option<bool>,
    /// When it was looked up.
    pub looked_up_on: Option<Date>,
    /// The directory entry carries the asterisk (CH).
    pub asterisk: Option<bool>,
    /// The number is in the telephone directory (CH).
    pub in_directory: Option<bool>,
}

/// Why the called business is presumed to consent to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum InterestGround {
    /// Known customers are told that their contact person has moved (BGH I ZR 27/08).
    JobChangeNotice,
    /// A current business relation, and the topic belongs to it.
    CurrentBusinessRelation,
    /// The contact asked to be called about the topic.
    ContactAsked,
    /// Other concrete circumstances, written down: a person weighs them.
    Other,
    /// The number is in a directory or on a website (BVerwG 6 C 3.23).
    PublishedNumber,
    /// A free directory entry (BGH I ZR 88/05).
    FreeDirectoryEntry,
    /// The same industry.
    SameIndustry,
    /// The offer is useful to anybody.
    GeneralUsefulness,
    /// The offer is cheap.
    LowPrice,
}

/// The recorded circumstances for presumed consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PresumedInterest {
    /// What they are.
    pub ground: InterestGround,
    /// When they were recorded. They must be known before the call.
    pub recorded_on: Option<Date>,
}
