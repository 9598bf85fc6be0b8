//! A consent on record.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Purpose;
use crate::gdpr::art07::Defects;
use crate::{Channel, ChannelSet};

/// How a consent can be proved (GDPR Art. 7(1)).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// It can't.
    #[default]
    None,
    /// A form was filled in; nobody knows by whom.
    SingleOptIn,
    /// Double opt-in was asked for and not yet confirmed.
    DoubleOptInPending,
    /// Double opt-in was confirmed by a click of the mailbox's holder. Proves nothing for a
    /// telephone number (BGH I ZR 164/09).
    #[serde(alias = "double_opt_in")]
    DoubleOptInCompleted,
    /// A code sent to the number was entered.
    SmsCode,
    /// A recorded statement by telephone.
    Recorded,
    /// A signed declaration.
    Written,
    /// Given in the account or the order of a known customer.
    CustomerAccount,
}

/// How far a proof carries for a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strength {
    Proven,
    Unconfirmed,
    Weak,
    OtherChannel,
    Nothing,
}

impl Proof {
    /// What the proof is worth for `channel`. Double opt-in ties the consent to a mailbox, an
    /// SMS code or a recorded call to a number.
    pub(crate) const fn strength(self, channel: Channel) -> Strength {
        let by_number = channel.reaches_a_telephone() || matches!(channel, Channel::Fax);
        match self {
            Self::None => Strength::Nothing,
            Self::SingleOptIn => Strength::Weak,
            Self::DoubleOptInPending => Strength::Unconfirmed,
            Self::DoubleOptInCompleted if by_number => Strength::OtherChannel,
            Self::SmsCode | Self::Recorded
                if matches!(channel, Channel::Email | Channel::PortalMessage) =>
            {
                Strength::OtherChannel
            }
            _ => Strength::Proven,
        }
    }
}

/// A recipient by the number that the caller gives it, for example its position in the
/// register. Only equality counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RecipientId(pub u32);

/// A consent on record: one purpose, one or more channels (one box for several channels is
/// valid, BGH III ZR 196/17), at most one named recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Consent {
    /// What it was given for.
    pub purpose: Purpose,
    /// For which channels.
    pub channels: ChannelSet,
    /// The recipient that it names, for sharing.
    pub recipient: Option<RecipientId>,
    /// When it was given; `None` if the record does not say.
    pub given_on: Option<Date>,
    /// When it was withdrawn.
    pub withdrawn_on: Option<Date>,
    /// When it was last used.
    pub last_used_on: Option<Date>,
    /// How it can be proved.
    pub proof: Proof,
    /// What is wrong with it, see [`crate::gdpr::art07::defects`].
    pub defects: Defects,
    /// It names special categories expressly (Art. 9(2)(a)).
    pub explicit: bool,
    /// The holder of parental responsibility gave or authorised it.
    pub by_parent: bool,
}

impl Consent {
    /// A sound consent for one purpose over these channels, to start from.
    pub const fn new(purpose: Purpose, channels: ChannelSet, proof: Proof) -> Self {
        Self {
            purpose,
            channels,
            recipient: None,
            given_on: None,
            withdrawn_on: None,
            last_used_on: None,
            proof,
            defects: Defects::EMPTY,
            explicit: false,
            by_parent: false,
        }
    }
}
