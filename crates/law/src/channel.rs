//! The ways to reach a person, and the uses of data that the gate judges like one.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Text;

/// What is about to be done: a contact over a channel, or a use of the data.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Channel {
    /// Electronic mail in the narrow sense.
    Email,
    /// Text message to a mobile number.
    Sms,
    /// Messenger, also direct messages in social networks.
    Messenger,
    /// A message through a portal's own inbox or contact form.
    PortalMessage,
    /// A call by a human.
    Phone,
    /// A call by an automatic calling machine.
    AutomatedCall,
    /// Fax.
    Fax,
    /// Addressed letter post.
    Post,
    /// Unannounced visit.
    Visit,
    /// Upload of contacts to an advertising network to address them or their likes.
    #[serde(alias = "ad_audience_upload")]
    AdAudience,
    /// Building or using a profile, lead scoring included.
    Profiling,
    /// Adding data from other sources.
    Enrichment,
    /// Passing data on to a recipient for the recipient's own purposes.
    Sharing,
    /// Collecting and keeping the data for a purpose.
    Storing,
}

impl Channel {
    /// Every channel, in declaration order.
    pub const ALL: [Self; 14] = [
        Self::Email,
        Self::Sms,
        Self::Messenger,
        Self::PortalMessage,
        Self::Phone,
        Self::AutomatedCall,
        Self::Fax,
        Self::Post,
        Self::Visit,
        Self::AdAudience,
        Self::Profiling,
        Self::Enrichment,
        Self::Sharing,
        Self::Storing,
    ];

    /// Whether it is a way to reach a person, and not a use of the data.
    pub const fn reaches_people(self) -> bool {
        !matches!(
            self,
            Self::AdAudience | Self::Profiling | Self::Enrichment | Self::Sharing | Self::Storing
        )
    }

    /// The name used in files, on the command line and in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
            Self::Messenger => "messenger",
            Self::PortalMessage => "portal_message",
            Self::Phone => "phone",
            Self::AutomatedCall => "automated_call",
            Self::Fax => "fax",
            Self::Post => "post",
            Self::Visit => "visit",
            Self::AdAudience => "ad_audience",
            Self::Profiling => "profiling",
            Self::Enrichment => "enrichment",
            Self::Sharing => "sharing",
            Self::Storing => "storing",
        }
    }

    /// What people are shown.
    pub const fn label(self) -> Text {
        match self {
            Self::Email => Text::new("E-Mail", "E-mail"),
            Self::Sms => Text::new("SMS", "SMS"),
            Self::Messenger => Text::new("Messenger", "Messenger"),
            Self::PortalMessage => Text::new("Portal-Nachricht", "Portal message"),
            Self::Phone => Text::new("Telefon", "Phone"),
            Self::AutomatedCall => Text::new("Automatischer Anruf", "Automated call"),
            Self::Fax => Text::new("Fax", "Fax"),
            Self::Post => Text::new("Briefpost", "Post"),
            Self::Visit => Text::new("Besuch", "Visit"),
            Self::AdAudience => Text::new("Werbezielgruppe", "Ad audience"),
            Self::Profiling => Text::new("Profilbildung", "Profiling"),
            Self::Enrichment => Text::new("Anreicherung", "Enrichment"),
            Self::Sharing => Text::new("Weitergabe", "Sharing"),
            Self::Storing => Text::new("Speicherung", "Storing"),
        }
    }

    /// Whether it goes to a telephone, so that its number is what has to be right. A fax machine is none.
    pub const fn reaches_a_telephone(self) -> bool {
        matches!(
            self,
            Self::Phone | Self::AutomatedCall | Self::Sms | Self::Messenger
        )
    }

    /// Electronic mail in the sense of Directive 2002/58 Art. 2(h): e-mail, SMS, messenger and
    /// portal messages alike (OLG Nürnberg 3 U 724/18, OLG Hamm 18 U 154/22).
    pub const fn is_electronic_mail(self) -> bool {
        matches!(
            self,
            Self::Email | Self::Sms | Self::Messenger | Self::PortalMessage
        )
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A channel name that is not known.
#[derive(Debug, thiserror::Error)]
#[error("unknown channel; known are: {}", Channel::ALL.map(Channel::name).join(", "))]
pub struct ParseChannelError;

impl FromStr for Channel {
    type Err = ParseChannelError;

    fn from_str(name: &str) -> Result<Self, ParseChannelError> {
        if name == "ad_audience_upload" {
            return Ok(Self::AdAudience);
        }
        Self::ALL
            .into_iter()
            .find(|channel| channel.name() == name)
            .ok_or(ParseChannelError)
    }
}

/// A set of channels, kept as bits so that facts stay small.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ChannelSet(u16);

impl ChannelSet {
    /// No channel.
    pub const EMPTY: Self = Self(0);
    /// Every channel.
    pub const ALL: Self = Self((1 << Channel::ALL.len()) - 1);

    /// The set of just one channel.
    pub const fn of(channel: Channel) -> Self {
        Self(1 << channel as u16)
    }

    /// This set and `channel`.
    #[must_use]
    pub const fn with(self, channel: Channel) -> Self {
        Self(self.0 | 1 << channel as u16)
    }

    /// Whether `channel` is in the set.
    pub const fn contains(self, channel: Channel) -> bool {
        self.0 & 1 << channel as u16 != 0
    }

    /// Whether no channel is in the set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The channels in the set, in declaration order.
    pub fn iter(self) -> impl Iterator<Item = Channel> {
        Channel::ALL.into_iter().filter(move |&c| self.contains(c))
    }

    /// The bits, for storage.
    pub const fn bits(self) -> u16 {
        self.0
    }

    /// The set from stored bits; `None` if a bit stands for no known channel.
    pub const fn from_bits(bits: u16) -> Option<Self> {
        if bits & !Self::ALL.0 == 0 {
            Some(Self(bits))
        } else {
            None
        }
    }
}

impl FromIterator<Channel> for ChannelSet {
    fn from_iter<I: IntoIterator<Item = Channel>>(channels: I) -> Self {
        channels.into_iter().fold(Self::EMPTY, Self::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_parses_back() {
        for channel in Channel::ALL {
            assert_eq!(channel.name().parse::<Channel>().ok(), Some(channel));
        }
        assert!("carrier_pigeon".parse::<Channel>().is_err());
    }

    #[test]
    fn a_set_keeps_just_what_was_put_in() {
        let set: ChannelSet = [Channel::Email, Channel::Storing].into_iter().collect();
        assert!(set.contains(Channel::Email) && set.contains(Channel::Storing));
        assert!(!set.contains(Channel::Phone));
        assert_eq!(ChannelSet::from_bits(set.bits()), Some(set));
        assert_eq!(ChannelSet::from_bits(1 << 15), None);
    }
}
