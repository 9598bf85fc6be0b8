//! An objection on record.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{BlockList, Purpose};
use crate::ChannelSet;

/// What an objection is directed against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ObjectionGround {
    /// Direct marketing with the profiling that belongs to it (Art. 21(2)): absolute.
    #[default]
    DirectMarketing,
    /// Any processing for legitimate interests (Art. 21(1)): marketing stops, the rest is
    /// weighed.
    LegitimateInterests,
    /// None of the person's to us: the address or number stands on a list of those who must not be
    /// advertised to.
    #[serde(skip)]
    BlockList(BlockList),
}

/// An objection on record. No form is needed; every recognisable no counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Objection {
    /// What it is directed against.
    pub ground: ObjectionGround,
    /// The channels it is limited to; all channels if the contact did not limit it.
    pub channels: ChannelSet,
    /// The kind of advertising it is limited to; `None` means all.
    pub purpose: Option<Purpose>,
    /// When it arrived; `None` counts as in force, and newer than every consent.
    pub raised_on: Option<Date>,
    /// When the contact took it back.
    pub lifted_on: Option<Date>,
}

impl Objection {
    /// A general objection to direct marketing over every channel.
    pub const fn general(raised_on: Option<Date>) -> Self {
        Self {
            ground: ObjectionGround::DirectMarketing,
            channels: ChannelSet::ALL,
            purpose: None,
            raised_on,
            lifted_on: None,
        }
    }

    /// Whether it is in force on the day `on`.
    pub(crate) fn in_force(&self, on: Date) -> bool {
        self.raised_on.is_none_or(|day| day <= on) && self.lifted_on.is_none_or(|day| day > on)
    }
}
