//! What an activity is for, as far as the rules tell purposes apart.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The kind of purpose.
///
/// Advertising is every statement aimed at promoting sales, directly or indirectly (Directive
/// 2006/114 Art. 2(a)); the courts count the kinds below that say so.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Purpose {
    /// Promoting sales: newsletters, offers, invitations, acquisition.
    #[default]
    DirectMarketing,
    /// Asking how satisfied customers are (BGH VI ZR 225/17; by phone KG 5 U 35/20).
    SatisfactionSurvey,
    /// Tell-a-friend messages (BGH I ZR 208/12).
    Recommendation,
    /// Advertising in an automatic reply (BGH VI ZR 134/15).
    AutoReplyAdvertising,
    /// Advertising shown inside the list of received mails (CJEU C-102/20, BGH I ZR 25/19).
    InboxAdvertising,
    /// Asking to buy from, or to advertise with, the addressee (BGH I ZR 197/05; BVerwG
    /// 6 C 3.23).
    PurchaseRequest,
    /// Answering what the person asked for.
    Enquiry,
    /// Performing a contract with the person.
    ContractPerformance,
    /// Messages that the running service needs.
    ServiceMessage,
    /// Warning of a fault, a recall or an attack.
    SecurityNotice,
    /// Doing what a statute demands.
    LegalObligation,
    /// The mail that asks to confirm a double opt-in.
    OptInConfirmation,
    /// Keeping a blocking entry so that an objection is honoured.
    SuppressionList,
    /// Selecting applicants, approaching candidates.
    Recruiting,
    /// Carrying out employment.
    Employment,
    /// Counting and evaluating without addressing anyone.
    Statistics,
}

impl Purpose {
    /// Every purpose, in declaration order.
    pub const ALL: [Self; 16] = [
        Self::DirectMarketing,
        Self::SatisfactionSurvey,
        Self::Recommendation,
        Self::AutoReplyAdvertising,
        Self::InboxAdvertising,
        Self::PurchaseRequest,
        Self::Enquiry,
        Self::ContractPerformance,
        Self::ServiceMessage,
        Self::SecurityNotice,
        Self::LegalObligation,
        Self::OptInConfirmation,
        Self::SuppressionList,
        Self::Recruiting,
        Self::Employment,
        Self::Statistics,
    ];

    /// Whether it is advertising in the broad sense of UWG § 7 and Directive 2002/58 Art. 13.
    pub const fn is_advertising(self) -> bool {
        matches!(
            self,
            Self::DirectMarketing
                | Self::SatisfactionSurvey
                | Self::Recommendation
                | Self::AutoReplyAdvertising
                | Self::InboxAdvertising
                | Self::PurchaseRequest
        )
    }

    /// The name used in files, on the command line and in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::DirectMarketing => "direct_marketing",
            Self::SatisfactionSurvey => "satisfaction_survey",
            Self::Recommendation => "recommendation",
            Self::AutoReplyAdvertising => "auto_reply_advertising",
            Self::InboxAdvertising => "inbox_advertising",
            Self::PurchaseRequest => "purchase_request",
            Self::Enquiry => "enquiry",
            Self::ContractPerformance => "contract_performance",
            Self::ServiceMessage => "service_message",
            Self::SecurityNotice => "security_notice",
            Self::LegalObligation => "legal_obligation",
            Self::OptInConfirmation => "opt_in_confirmation",
            Self::SuppressionList => "suppression_list",
            Self::Recruiting => "recruiting",
            Self::Employment => "employment",
            Self::Statistics => "statistics",
        }
    }
}

impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A purpose name that is not known.
#[derive(Debug, thiserror::Error)]
#[error("unknown purpose; known are: {}", Purpose::ALL.map(Purpose::name).join(", "))]
pub struct ParsePurposeError;

impl FromStr for Purpose {
    type Err = ParsePurposeError;

    fn from_str(name: &str) -> Result<Self, ParsePurposeError> {
        Self::ALL
            .into_iter()
            .find(|purpose| purpose.name() == name)
            .ok_or(ParsePurposeError)
    }
}
