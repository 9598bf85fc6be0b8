//! Lists of people who must not be advertised to.

use jiff::civil::Date;

use super::{Objection, ObjectionGround};
use crate::ChannelSet;

/// Where a list comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockList {
    /// The organisation's own: people who said no to this organisation (GDPR Art. 21(3)).
    Own,
    /// A Robinson list: people who said in general, to a register that businesses keep by their own
    /// choice, that they want no advertising.
    Robinson,
    /// The list of the Austrian regulator RTR (ECG § 7(2)).
    Ecg,
}

impl BlockList {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Own, Self::Robinson, Self::Ecg];

    /// Its name in forms and evidence.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Robinson => "robinson",
            Self::Ecg => "ecg",
        }
    }

    /// The kind of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether a consent that the person gave this organisation later goes before the list. A general
    /// no to everybody gives way to the later, particular yes to one (GDPR Art. 4(11)); a no to this
    /// organisation does not. For the ECG list that is to be checked, so it is taken the strict way.
    pub const fn yields_to_later_consent(self) -> bool {
        matches!(self, Self::Robinson)
    }

    /// What it means for a decision that somebody has stood on the list since a day.
    pub fn objection(self, channels: ChannelSet, since: Date) -> Objection {
        Objection {
            ground: ObjectionGround::BlockList(self),
            channels,
            purpose: None,
            raised_on: self.yields_to_later_consent().then_some(since),
            lifted_on: None,
        }
    }
}
