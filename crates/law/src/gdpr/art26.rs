//! GDPR Art. 26: joint controllers, and who is controller or processor.
//!
//! Who decides jointly on purposes and means is a joint controller, for the phases jointly
//! decided (CJEU C-210/16 fan page, C-40/17 like button). An arrangement says transparently who
//! meets which duty (26(1)), reflects the roles, and its essence is available to the persons
//! (26(2)); they may turn to any of the controllers (26(3)).
//!
//! In force since 2018-05-25. Reviewed 2026-11-24 against EDPB Guidelines 07/2020.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::Citation;

/// The article.
pub const JOINT: Citation = Citation::new("GDPR Art. 26");
/// The arrangement.
pub const ARRANGEMENT: Citation = Citation::new("GDPR Art. 26(1)");
/// Its content, and its essence for the persons.
pub const ESSENCE: Citation = Citation::new("GDPR Art. 26(2)");
/// The persons may turn to any.
pub const ANY_OF_THEM: Citation = Citation::new("GDPR Art. 26(3)");
/// Who is controller.
pub const CONTROLLER: Citation = Citation::new("GDPR Art. 4(7)");
/// Who is processor.
pub const PROCESSOR: Citation = Citation::new("GDPR Art. 4(8)");

/// A role in a processing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Decides on purposes and means.
    Controller,
    /// Decides on them with another.
    Joint,
    /// Decides on them with a network or platform, for collection and transmission.
    JointWithNetwork,
    /// Processes on behalf.
    Processor,
    /// No role: sees data by chance only, or does not process.
    None,
}

/// A kind of service or party, with the role that EDPB Guidelines 07/2020 or the CJEU give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// Payroll by a provider on instructions.
    Payroll,
    /// Hosting, cloud, software as a service.
    Hosting,
    /// Sends newsletters for a client.
    EmailServiceProvider,
    /// Call centre for a client.
    CallCentre,
    /// Letter shop, destruction of files.
    LetterShop,
    /// Market research on the client's detailed instructions.
    MarketResearchOnInstructions,
    /// Maintenance of systems that hold personal data.
    ItMaintenance,
    /// Law firm.
    LawFirm,
    /// Tax adviser, auditor, accountant under own professional duties.
    TaxAdviser,
    /// Bank that carries out payments.
    Bank,
    /// Postal or telecommunications service, for the carriage.
    PostalService,
    /// Debt collection bought with the claim.
    DebtPurchaser,
    /// External data protection officer or works doctor.
    CompanyDoctor,
    /// Operator of a fan page that uses visitor statistics.
    FanPageOperator,
    /// Website that embeds a network's button or pixel.
    EmbeddingWebsite,
    /// Companies that run one platform, database or campaign for common purposes.
    CommonPlatform,
    /// Travel agency with airline and hotel, each for its own booking.
    TravelAgency,
    /// Cleaner, craftsman: contact with data by chance only.
    CleaningService,
}

impl Party {
    /// The usual role.
    pub const fn role(self) -> Role {
        match self {
            Self::Payroll
            | Self::Hosting
            | Self::EmailServiceProvider
            | Self::CallCentre
            | Self::LetterShop
            | Self::MarketResearchOnInstructions
            | Self::ItMaintenance => Role::Processor,
            Self::LawFirm
            | Self::TaxAdviser
            | Self::Bank
            | Self::PostalService
            | Self::DebtPurchaser
            | Self::CompanyDoctor
            | Self::TravelAgency => Role::Controller,
            Self::FanPageOperator | Self::EmbeddingWebsite => Role::JointWithNetwork,
            Self::CommonPlatform => Role::Joint,
            Self::CleaningService => Role::None,
        }
    }
}

/// Who decides. `None` means not said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Deciding {
    /// Uses the data for purposes of its own.
    pub own_purposes: Option<bool>,
    /// Decides on purposes and essential means together with another.
    pub jointly: Option<bool>,
    /// Acts on the documented instructions of another.
    pub on_instructions: Option<bool>,
}

/// The role, by who decides in fact; failing that, by the usual role of the `party`.
pub const fn role(party: Option<Party>, deciding: Deciding) -> Option<Role> {
    match (deciding, party) {
        // Own purposes make a controller, even beside a processor's contract (28(10)).
        (
            Deciding {
                own_purposes: Some(true),
                jointly: Some(true),
                ..
            },
            _,
        ) => Some(Role::Joint),
        (
            Deciding {
                own_purposes: Some(true),
                ..
            },
            Some(party),
        ) => match party.role() {
            Role::JointWithNetwork => Some(Role::JointWithNetwork),
            _ => Some(Role::Controller),
        },
        (
            Deciding {
                own_purposes: Some(true),
                ..
            },
            None,
        ) => Some(Role::Controller),
        (
            Deciding {
                jointly: Some(true),
                ..
            },
            Some(party),
        ) => match party.role() {
            Role::JointWithNetwork => Some(Role::JointWithNetwork),
            _ => Some(Role::Joint),
        },
        (
            Deciding {
                jointly: Some(true),
                ..
            },
            None,
        ) => Some(Role::Joint),
        (_, Some(party)) => Some(party.role()),
        (
            Deciding {
                on_instructions: Some(true),
                ..
            },
            None,
        ) => Some(Role::Processor),
        _ => None,
    }
}

/// The arrangement of joint controllers. `None` means not said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Arrangement {
    /// There is one.
    pub exists: bool,
    /// It says who meets which duty, the information duties included.
    pub duties_divided: Option<bool>,
    /// It reflects the actual roles and relations towards the persons.
    pub reflects_roles: Option<bool>,
    /// Its essence is available to the persons.
    pub essence_available: Option<bool>,
}

impl Arrangement {
    /// What is missing, the provision for each. Not said counts as given only for what the
    /// existence of an arrangement implies.
    pub fn missing(self) -> Vec<Citation> {
        if !self.exists {
            return vec![ARRANGEMENT, ESSENCE];
        }
        let mut missing = Vec::new();
        if self.duties_divided == Some(false) {
            missing.push(ARRANGEMENT);
        }
        if self.reflects_roles == Some(false) || self.essence_available != Some(true) {
            missing.push(ESSENCE);
        }
        missing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payroll_is_a_processor_and_a_law_firm_a_controller() {
        assert_eq!(
            role(Some(Party::Payroll), Deciding::default()),
            Some(Role::Processor)
        );
        assert_eq!(
            role(Some(Party::LawFirm), Deciding::default()),
            Some(Role::Controller)
        );
        assert_eq!(role(None, Deciding::default()), None);
    }

    #[test]
    fn a_processor_with_own_purposes_becomes_a_controller() {
        let own = Deciding {
            own_purposes: Some(true),
            ..Deciding::default()
        };
        assert_eq!(
            role(Some(Party::EmailServiceProvider), own),
            Some(Role::Controller)
        );
    }

    #[test]
    fn an_arrangement_without_its_essence_for_the_persons_is_incomplete() {
        let arrangement = Arrangement {
            exists: true,
            ..Arrangement::default()
        };
        assert_eq!(arrangement.missing(), [ESSENCE]);
        let full = Arrangement {
            essence_available: Some(true),
            ..arrangement
        };
        assert!(full.missing().is_empty());
    }
}
