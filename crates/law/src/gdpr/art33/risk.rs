//! How great the risk of a breach is for the persons concerned.
//!
//! EDPB Guidelines 01/2021 v2.0 and 9/2022 v2.0 decide by factors: who got at the data, whether
//! they can be read, how delicate they are, how many persons of which kind, how long data were
//! unavailable and with what effect. The guidelines weigh by example, not by formula; the table
//! here gives the outcome of all their examples. Its figures (25 recipients, 100 addresses,
//! 10,000 persons, 48 hours) are this table's reading of them, not law.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Few enough to be asked one by one whether they deleted what they got.
const FEW: u64 = 25;
/// From here on, addresses revealed to each other are a large number.
const MANY_ADDRESSES: u64 = 100;
/// From here on, the number of persons alone makes the data one step more delicate.
const LARGE_SCALE: u64 = 10_000;
/// Longest outage that is "restored in good time".
const GOOD_TIME_HOURS: u32 = 48;

/// The risk for the rights and freedoms of the persons, in rising order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Risk {
    /// Unlikely to result in a risk (Art. 33(1) last half-sentence).
    Unlikely,
    /// On the border: a person decides whether there is a risk.
    PossiblyRisk,
    /// A risk, likely not a high one.
    Risk,
    /// A risk; a person decides whether a high one is likely.
    PossiblyHigh,
    /// A high risk is likely (Art. 34(1)).
    High,
}

/// Who got at the data, in rising order of risk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Access {
    /// Nobody; shown for example by logs.
    Nobody,
    /// Few known recipients who confirmed that they deleted or returned everything.
    Deleted,
    /// Known wrong recipients, without confirmation.
    WrongRecipients,
    /// Recipients of one message who see each other's addresses.
    EachOther,
    /// An error exposed the data; whether anyone looked is not known.
    Exposed,
    /// A former or present member of staff took the data.
    Insider,
    /// Lost or stolen: device, storage medium or paper.
    LostOrStolen,
    /// A mailing list or many unrelated recipients.
    ManyRecipients,
    /// Anyone, on the internet.
    Public,
    /// An attacker who wants the data.
    Attacker,
}

/// A kind of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DataKind {
    /// Names chosen by the users and other pseudonyms without a key.
    Pseudonyms,
    /// Passwords as salted, strong hashes.
    StrongPasswordHashes,
    /// Names and addresses of business contacts.
    BusinessContact,
    /// Name, private address, e-mail address, telephone number.
    Contact,
    /// Single orders and their prices.
    Orders,
    /// Preferences without special categories, for example for meals.
    Preferences,
    /// Traces of special categories, for example a food intolerance on a list of participants.
    IncidentalHealth,
    /// Date of birth.
    BirthDate,
    /// Vehicle registration, contract and insurance classification.
    ContractDetails,
    /// Applications and curricula.
    JobApplications,
    /// What a person bought over time.
    PurchaseHistory,
    /// Who communicated with whom, bills for it included.
    CommunicationMetadata,
    /// Where a person was.
    Location,
    /// Wages and other employment data.
    Employment,
    /// Contents of e-mails or letters.
    Correspondence,
    /// Bank accounts, cards, statements.
    Financial,
    /// Passports, identity cards and their numbers.
    IdentityDocuments,
    /// Social-security or tax number.
    SocialSecurity,
    /// Passwords that can be read or reconstructed.
    Credentials,
    /// Data of Art. 9, for example health.
    SpecialCategories,
    /// Data of Art. 10.
    CriminalRecords,
}

/// How delicate the data are, in rising order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Delicacy {
    Unreadable,
    Business,
    Basic,
    Personal,
    Critical,
}

impl DataKind {
    const fn delicacy(self) -> Delicacy {
        match self {
            Self::Pseudonyms | Self::StrongPasswordHashes => Delicacy::Unreadable,
            Self::BusinessContact => Delicacy::Business,
            Self::Contact | Self::Orders | Self::Preferences => Delicacy::Basic,
            Self::IncidentalHealth
            | Self::BirthDate
            | Self::ContractDetails
            | Self::JobApplications
            | Self::PurchaseHistory
            | Self::CommunicationMetadata
            | Self::Location
            | Self::Employment
            | Self::Correspondence => Delicacy::Personal,
            Self::Financial
            | Self::IdentityDocuments
            | Self::SocialSecurity
            | Self::Credentials
            | Self::SpecialCategories
            | Self::CriminalRecords => Delicacy::Critical,
        }
    }
}

/// What unavailable or altered data do to the persons, in rising order.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Nothing or an inconvenience, for example a delayed delivery.
    #[default]
    Minor,
    /// Appreciable: missed payments, lost benefits, contracts that can't be served.
    Serious,
    /// Health care, livelihood or safety depend on the data.
    Vital,
}

/// Data that were out of reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Outage {
    /// Hours until the data were back. `None`: not known.
    pub hours: Option<u32>,
    /// The data can't be brought back at all.
    pub lost_for_good: bool,
    /// A backup that works is there.
    pub backup: bool,
    /// What it does to the persons.
    pub effect: Effect,
}

/// A breach, as far as its risk depends on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// Who got at the data.
    pub access: Access,
    /// The data are encrypted to the state of the art and the key is safe.
    pub unreadable: bool,
    /// The kinds of data. Empty: not known.
    pub data: Vec<DataKind>,
    /// How many persons. `None`: not known.
    pub persons: Option<u64>,
    /// Children, patients or others who need protection are among the persons.
    pub vulnerable: bool,
    /// Data out of reach.
    pub outage: Option<Outage>,
    /// Data altered without authority, and what that does to the persons.
    pub altered: Option<Effect>,
}

impl Incident {
    /// The greatest of the risks from lost confidentiality, availability and integrity.
    pub fn risk(&self) -> Risk {
        let outage = self.outage.map_or(Risk::Unlikely, Outage::risk);
        let altered = match self.altered {
            None => Risk::Unlikely,
            Some(Effect::Minor) => Risk::Risk,
            Some(Effect::Serious) => Risk::PossiblyHigh,
            Some(Effect::Vital) => Risk::High,
        };
        self.confidentiality().max(outage).max(altered)
    }

    fn confidentiality(&self) -> Risk {
        let delicacy = self.delicacy();
        if self.unreadable || self.access == Access::Nobody || delicacy == Delicacy::Unreadable {
            return Risk::Unlikely;
        }
        let risk = self.by_table(delicacy);
        if self.data.is_empty() && risk >= Risk::Risk {
            // What the data are decides here, and it is not known.
            return risk.max(Risk::PossiblyHigh);
        }
        risk
    }

    fn by_table(&self, delicacy: Delicacy) -> Risk {
        use Delicacy::{Basic, Business, Critical, Personal, Unreadable};
        let persons = self.persons.unwrap_or(0);
        match (self.access, delicacy) {
            (Access::Nobody, _)
            | (_, Unreadable)
            | (Access::Deleted, Business | Basic | Personal)
            | (Access::WrongRecipients, Business | Basic) => Risk::Unlikely,
            (Access::Deleted, Critical) if persons <= FEW => Risk::Unlikely,
            (Access::EachOther, Business | Basic) if persons < MANY_ADDRESSES => Risk::PossiblyRisk,
            (Access::Attacker | Access::Public, Personal | Critical)
            | (
                Access::ManyRecipients
                | Access::LostOrStolen
                | Access::Insider
                | Access::Exposed
                | Access::EachOther,
                Critical,
            ) => Risk::High,
            (Access::Attacker | Access::Public, Basic)
            | (
                Access::ManyRecipients
                | Access::LostOrStolen
                | Access::Insider
                | Access::Exposed
                | Access::EachOther,
                Personal,
            )
            | (Access::WrongRecipients, Critical) => Risk::PossiblyHigh,
            _ => Risk::Risk,
        }
    }

    /// The most delicate kind; large numbers and vulnerable persons each weigh one step.
    fn delicacy(&self) -> Delicacy {
        let Some(worst) = self.data.iter().map(|kind| kind.delicacy()).max() else {
            return Delicacy::Basic;
        };
        let large = self.persons.is_some_and(|persons| persons >= LARGE_SCALE);
        let steps = u8::from(large) + u8::from(self.vulnerable);
        (0..steps).fold(worst, |delicacy, _| match delicacy {
            Delicacy::Unreadable => Delicacy::Unreadable,
            Delicacy::Business => Delicacy::Basic,
            Delicacy::Basic => Delicacy::Personal,
            Delicacy::Personal | Delicacy::Critical => Delicacy::Critical,
        })
    }
}

impl Outage {
    fn risk(self) -> Risk {
        let in_good_time = match self.hours {
            _ if self.lost_for_good => false,
            Some(hours) => hours <= GOOD_TIME_HOURS,
            None => self.backup,
        };
        match (self.effect, in_good_time) {
            (Effect::Minor, true) => Risk::Unlikely,
            (Effect::Minor, false) if self.lost_for_good => Risk::PossiblyHigh,
            (Effect::Minor, false) | (Effect::Serious, true) => Risk::Risk,
            (Effect::Serious, false) => Risk::PossiblyHigh,
            (Effect::Vital, _) => Risk::High,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KINDS: [DataKind; 21] = [
        DataKind::Pseudonyms,
        DataKind::StrongPasswordHashes,
        DataKind::BusinessContact,
        DataKind::Contact,
        DataKind::Orders,
        DataKind::Preferences,
        DataKind::IncidentalHealth,
        DataKind::BirthDate,
        DataKind::ContractDetails,
        DataKind::JobApplications,
        DataKind::PurchaseHistory,
        DataKind::CommunicationMetadata,
        DataKind::Location,
        DataKind::Employment,
        DataKind::Correspondence,
        DataKind::Financial,
        DataKind::IdentityDocuments,
        DataKind::SocialSecurity,
        DataKind::Credentials,
        DataKind::SpecialCategories,
        DataKind::CriminalRecords,
    ];
    const ACCESSES: [Access; 10] = [
        Access::Nobody,
        Access::Deleted,
        Access::WrongRecipients,
        Access::EachOther,
        Access::Exposed,
        Access::Insider,
        Access::LostOrStolen,
        Access::ManyRecipients,
        Access::Public,
        Access::Attacker,
    ];
    const EFFECTS: [Effect; 3] = [Effect::Minor, Effect::Serious, Effect::Vital];

    prop_compose! {
        fn incident()(
            access in proptest::sample::select(&ACCESSES[..]),
            unreadable in any::<bool>(),
            data in proptest::sample::subsequence(KINDS.to_vec(), 1..5),
            persons in proptest::option::of(0_u64..30_000),
            vulnerable in any::<bool>(),
            outage in proptest::option::of((0_u32..100, any::<bool>(), proptest::sample::select(&EFFECTS[..]))),
            altered in proptest::option::of(proptest::sample::select(&EFFECTS[..])),
        ) -> Incident {
            let outage = outage.map(|(hours, lost_for_good, effect)| {
                Outage { hours: Some(hours), lost_for_good, backup: !lost_for_good, effect }
            });
            Incident { access, unreadable, data, persons, vulnerable, outage, altered }
        }
    }

    proptest! {
        #[test]
        fn an_aggravating_factor_never_lowers_the_risk(
            base in incident(),
            kind in proptest::sample::select(&KINDS[..]),
            access in proptest::sample::select(&ACCESSES[..]),
            more in 0_u64..30_000,
            hours in 0_u32..100,
        ) {
            let risk = base.risk();
            let mut data = base.data.clone();
            data.push(kind);
            let persons = Some(base.persons.unwrap_or(0) + more);
            let longer = base.outage.map(|outage| Outage {
                hours: outage.hours.map(|known| known + hours),
                ..outage
            });
            let for_good = base.outage.map(|outage| Outage { lost_for_good: true, ..outage });
            let vital = base.outage.map(|outage| Outage { effect: Effect::Vital, ..outage });
            for worse in [
                Incident { data, ..base.clone() },
                Incident { persons, ..base.clone() },
                Incident { access: base.access.max(access), ..base.clone() },
                Incident { unreadable: false, ..base.clone() },
                Incident { vulnerable: true, ..base.clone() },
                Incident { outage: longer, ..base.clone() },
                Incident { outage: for_good, ..base.clone() },
                Incident { outage: vital, ..base.clone() },
                Incident { altered: Some(Effect::Vital), ..base.clone() },
            ] {
                prop_assert!(worse.risk() >= risk, "{worse:?} from {base:?}");
            }
        }
    }
}
