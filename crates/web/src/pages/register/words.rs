//! The register's words in the reader's language.

use law::facts::Purpose;
use law::{Lang, LegalBasis};

use crate::texts::Texts;

/// A choice of a closed list: the word in the register, and what people read.
pub type Choice = (&'static str, String);

pub fn basis(basis: LegalBasis, lang: Lang) -> String {
    Texts(lang).t(match basis {
        LegalBasis::Consent => "basis-consent",
        LegalBasis::Contract => "basis-contract",
        LegalBasis::LegalObligation => "basis-legal-obligation",
        LegalBasis::VitalInterests => "basis-vital-interests",
        LegalBasis::PublicTask => "basis-public-task",
        LegalBasis::LegitimateInterests => "basis-legitimate-interests",
    })
}

pub fn purpose(purpose: Purpose, lang: Lang) -> String {
    Texts(lang).t(match purpose {
        Purpose::DirectMarketing => "purpose-direct-marketing",
        Purpose::SatisfactionSurvey => "purpose-satisfaction-survey",
        Purpose::Recommendation => "purpose-recommendation",
        Purpose::AutoReplyAdvertising => "purpose-auto-reply-advertising",
        Purpose::InboxAdvertising => "purpose-inbox-advertising",
        Purpose::PurchaseRequest => "purpose-purchase-request",
        Purpose::Enquiry => "purpose-enquiry",
        Purpose::ContractPerformance => "purpose-contract-performance",
        Purpose::ServiceMessage => "purpose-service-message",
        Purpose::SecurityNotice => "purpose-security-notice",
        Purpose::LegalObligation => "purpose-legal-obligation",
        Purpose::OptInConfirmation => "purpose-opt-in-confirmation",
        Purpose::SuppressionList => "purpose-suppression-list",
        Purpose::Recruiting => "purpose-recruiting",
        Purpose::Employment => "purpose-employment",
        Purpose::Statistics => "purpose-statistics",
    })
}

/// The choices of a list whose words are labelled in the register.
macro_rules! choices {
    ($type:ty, $lang:expr) => {
        <$type>::ALL
            .iter()
            .map(|value| (value.name(), value.label().get($lang).to_owned()))
            .collect::<Vec<$crate::pages::register::words::Choice>>()
    };
}
pub(super) use choices;
