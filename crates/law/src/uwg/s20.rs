//! UWG § 20: administrative fines.
//!
//! (1) Nr. 1: advertising calls to consumers without prior express consent, by a person or a
//! machine; Nr. 2: consent to them not documented or the proof not kept (§ 7a). (2): up to EUR
//! 300,000 for Nr. 1, up to EUR 50,000 for Nr. 2. Calls to businesses and advertising by e-mail
//! or fax are no administrative offence here; civil claims (§ 8) and the GDPR stay.
//!
//! In force for calls since 2009-08-04 (EUR 300,000 since 2013-10-09), for § 7a since
//! 2021-10-01. Reviewed 2026-11-24. Sources: IHK Hannover, consocias.com.

use jiff::civil::{Date, date};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::Citation;

/// The amounts.
pub const PARAGRAPH_2: Citation = Citation::new("UWG § 20(2)");
/// The authority (§ 20(3)).
pub const AUTHORITY: &str = "Bundesnetzagentur";

/// An infringement of § 7 or § 7a UWG.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Infringement {
    /// A person calls a consumer for advertising without prior express consent.
    ConsumerCallWithoutConsent,
    /// A machine calls a consumer for advertising without prior express consent.
    AutomatedConsumerCallWithoutConsent,
    /// The consent to calls was not documented, not kept, or not shown on request (§ 7a).
    ConsentNotDocumented,
    /// A call to a business without at least presumed consent.
    BusinessCallWithoutConsent,
    /// Advertising by e-mail, SMS, messenger or fax without consent.
    ElectronicAdvertisingWithoutConsent,
}

impl Infringement {
    /// The provision that makes it an offence; `None` if it is none under the UWG.
    pub const fn offence(self) -> Option<Citation> {
        Some(Citation::new(match self {
            Self::ConsumerCallWithoutConsent | Self::AutomatedConsumerCallWithoutConsent => {
                "UWG § 20(1) Nr. 1"
            }
            Self::ConsentNotDocumented => "UWG § 20(1) Nr. 2",
            Self::BusinessCallWithoutConsent | Self::ElectronicAdvertisingWithoutConsent => {
                return None;
            }
        }))
    }

    /// The maximum on the day `on`, in euros; 0 if it is no offence.
    pub fn maximum(self, on: Date) -> u64 {
        match self {
            Self::ConsumerCallWithoutConsent if on < date(2013, 10, 9) => 50_000,
            Self::AutomatedConsumerCallWithoutConsent if on < date(2013, 10, 9) => 0,
            Self::ConsumerCallWithoutConsent | Self::AutomatedConsumerCallWithoutConsent => 300_000,
            Self::ConsentNotDocumented if on < super::s7a::IN_FORCE_SINCE => 0,
            Self::ConsentNotDocumented => 50_000,
            Self::BusinessCallWithoutConsent | Self::ElectronicAdvertisingWithoutConsent => 0,
        }
    }
}
