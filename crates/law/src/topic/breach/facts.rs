//! The facts of a breach, and how they read as an [`Incident`].

use schemars::JsonSchema;
use serde::Deserialize;

use crate::Country;
use crate::bdsg::s43::Proceedings;
use crate::gdpr::art33::{Access, DataKind, Effect, Incident, Outage};
use crate::topic::moment::Moment;

/// Wrong recipients up to this number can be asked one by one; more are a crowd.
const RECIPIENTS_WHO_CAN_BE_ASKED: u64 = 25;

/// A breach of personal data: destruction, loss, alteration, disclosure (GDPR Art. 4(12)).
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Facts {
    /// What happened.
    pub event: Option<Event>,
    /// Whether data were taken or looked at. `false` only if that was examined, for example by
    /// logs. Left out, an attacker is taken to have got them.
    pub exfiltration: Option<bool>,
    /// Encrypted by the controller to the state of the art, all of the data concerned.
    pub encrypted: Option<bool>,
    /// The key or the password may be known to others, or is weak.
    pub key_compromised: bool,
    /// The device was wiped from afar in time.
    pub remote_wipe: bool,
    /// The kinds of data. Left out, a person has to look whether the risk is high.
    pub data: Vec<DataKind>,
    /// Data of Art. 9 are among them to more than a trace. For traces, such as a food
    /// intolerance, use the kind `incidental_health`.
    pub special_categories: Option<bool>,
    /// Passwords that can be read are among them.
    pub passwords: Option<bool>,
    /// How many persons are concerned.
    #[serde(alias = "records")]
    pub persons: Option<u64>,
    /// Children, patients or others who need protection are among them.
    pub vulnerable_persons: bool,
    /// How many wrong recipients, or recipients who see each other.
    pub recipients: Option<u64>,
    /// The wrong recipients are bound by secrecy or by contract, or known to be reliable.
    pub recipient_trusted: Option<bool>,
    /// The wrong recipients confirmed that they deleted or returned everything.
    pub recipient_confirmed_deletion: Option<bool>,
    /// A backup that works is there.
    pub backup: Option<bool>,
    /// Hours until the data were back.
    pub restored_after_hours: Option<u32>,
    /// The data can't be brought back at all.
    pub lost_for_good: bool,
    /// What unavailable or altered data do to the persons.
    pub effect: Effect,
    /// Data were altered without authority.
    pub data_altered: bool,
    /// Later measures make sure that the high risk is no longer likely (Art. 34(3)(b)).
    pub high_risk_removed: bool,
    /// Telling each person would take disproportionate effort (Art. 34(3)(c)).
    pub individual_notice_disproportionate: bool,
    /// Whose breach it is.
    pub role: Role,
    /// When the controller became aware, with reasonable certainty. Local time.
    pub aware: Option<Moment>,
    /// When the authority was notified. Local time.
    pub notified: Option<Moment>,
    /// The country of the authority.
    pub country: Option<Country>,
    /// The authority wants to use the notification against the one who made it.
    pub notification_used_in: Option<Proceedings>,
    /// The one who notified agrees to that use.
    pub controller_agrees: Option<bool>,
}

/// Whose breach it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Role {
    /// Data for which the organisation is the controller.
    #[default]
    Controller,
    /// Data that it processes for a controller.
    Processor,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Event {
    /// An attacker encrypted the data.
    Ransomware,
    /// Any other attack: injection, malware, credential stuffing, a taken-over mailbox,
    /// a caller who pretends to be a customer.
    CyberAttack,
    /// A former or present member of staff took data.
    InsiderCopy,
    /// A device or storage medium was lost or stolen.
    DeviceLostOrStolen,
    /// Paper was lost or stolen.
    PaperLostOrStolen,
    /// Sent or given to the wrong recipient.
    SentToWrongRecipient,
    /// An e-mail with all recipients in "to" or "cc".
    OpenRecipientList,
    /// Published where anyone can see it.
    Published,
    /// An error let others look at the data, for example a fault in the authorisation.
    ExposedByError,
    /// The data could not be reached for some time.
    Outage,
    /// Data were deleted or destroyed.
    DataLost,
    /// Data were altered.
    DataAltered,
}

impl Facts {
    pub(super) fn incident(&self, event: Event) -> Incident {
        let mut data = self.data.clone();
        if event == Event::OpenRecipientList {
            data.push(DataKind::Contact);
        }
        if self.special_categories == Some(true) {
            data.push(DataKind::SpecialCategories);
        }
        if self.passwords == Some(true) {
            data.push(DataKind::Credentials);
        }
        Incident {
            access: self.access(event),
            unreadable: self.encrypted == Some(true)
                && !self.key_compromised
                && event != Event::PaperLostOrStolen,
            data,
            persons: self.persons.or(match event {
                Event::OpenRecipientList => self.recipients,
                _ => None,
            }),
            vulnerable: self.vulnerable_persons,
            outage: self.outage(event),
            altered: (self.data_altered || event == Event::DataAltered).then_some(self.effect),
        }
    }

    fn access(&self, event: Event) -> Access {
        let taken = self.exfiltration;
        match event {
            Event::Outage | Event::DataLost | Event::DataAltered => match taken {
                Some(true) => Access::Attacker,
                _ => Access::Nobody,
            },
            Event::DeviceLostOrStolen if self.remote_wipe => Access::Exposed,
            // Paper and devices out of one's hands can't be examined for access.
            Event::PaperLostOrStolen | Event::DeviceLostOrStolen => Access::LostOrStolen,
            Event::InsiderCopy => Access::Insider,
            Event::OpenRecipientList => Access::EachOther,
            Event::SentToWrongRecipient => self.wrong_recipients(),
            Event::Ransomware | Event::CyberAttack | Event::Published | Event::ExposedByError
                if taken == Some(false) =>
            {
                Access::Nobody
            }
            Event::Ransomware | Event::ExposedByError if taken.is_none() => Access::Exposed,
            Event::Ransomware | Event::CyberAttack => Access::Attacker,
            Event::Published | Event::ExposedByError => Access::Public,
        }
    }

    fn wrong_recipients(&self) -> Access {
        let crowd = self
            .recipients
            .is_some_and(|recipients| recipients > RECIPIENTS_WHO_CAN_BE_ASKED);
        let deleted = self.recipient_confirmed_deletion == Some(true);
        match (deleted, crowd, self.recipient_trusted) {
            (true, false, _) | (true, true, Some(true)) => Access::Deleted,
            (true, true, _) | (false, false, _) | (false, true, Some(true)) => {
                Access::WrongRecipients
            }
            (false, true, _) => Access::ManyRecipients,
        }
    }

    fn outage(&self, event: Event) -> Option<Outage> {
        let by_nature = matches!(event, Event::Ransomware | Event::Outage | Event::DataLost);
        // What is lost with a device and has no copy is lost for good.
        let only_copy = matches!(event, Event::DeviceLostOrStolen | Event::PaperLostOrStolen)
            && self.backup == Some(false)
            && self.restored_after_hours.is_none();
        let told = self.restored_after_hours.is_some() || self.lost_for_good;
        (by_nature || only_copy || told).then(|| Outage {
            hours: self.restored_after_hours,
            lost_for_good: self.lost_for_good || only_copy,
            backup: self.backup == Some(true),
            effect: self.effect,
        })
    }
}
