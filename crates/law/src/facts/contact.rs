//! Who the contact is and where the data come from.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Country;

/// Whether the contact is approached as a private person or in business.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    /// A private person.
    Consumer,
    /// A person or a mailbox of a company, an authority or a self-employed person.
    Business,
}

/// Who holds the line or the mailbox. Several countries protect natural persons only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Subscriber {
    /// A company or another legal person.
    LegalPerson,
    /// A natural person; sole traders and partnerships of natural persons count as such.
    #[serde(alias = "sole_trader", alias = "partnership")]
    NaturalPerson,
}

/// Whether the electronic address names a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AddressKind {
    /// An address with a person's name.
    Named,
    /// An address such as `info@`.
    Impersonal,
}

/// What kind of number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NumberKind {
    /// A fixed line.
    Landline,
    /// A mobile number.
    Mobile,
}

/// Where the data come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The contact gave them.
    Person,
    /// A website or its imprint.
    #[serde(alias = "imprint")]
    Website,
    /// A telephone or trade directory.
    Directory,
    /// A public register.
    PublicRegister,
    /// An address dealer.
    AddressDealer,
    /// A social network.
    SocialNetwork,
    /// A third party's recommendation.
    Referral,
    /// Anything else that is not the contact.
    Other,
}

/// Who the contact is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Consumer or business contact.
    pub kind: Option<ContactKind>,
    /// The country where the contact is reached: its law decides (market-place rule).
    pub country: Option<Country>,
    /// Who holds the line or the mailbox.
    pub subscriber: Option<Subscriber>,
    /// Named or impersonal electronic address.
    pub address: Option<AddressKind>,
    /// The electronic address was published or given out by its holder for the very purpose of
    /// receiving such advertising.
    pub address_meant_for_it: bool,
    /// Mobile or fixed number.
    pub number: Option<NumberKind>,
    /// Age in years when a consent was given, where it is known to matter.
    pub age: Option<u8>,
    /// The data used are of a special category (GDPR Art. 9(1)), inferred ones included.
    pub special_category: bool,
    /// Where the data come from.
    pub source: Option<Source>,
    /// When they were obtained.
    pub obtained_on: Option<Date>,
    /// The information of Art. 13 or 14 was given already.
    pub informed: bool,
    /// The processing is restricted (GDPR Art. 18).
    pub restricted: bool,
    /// The purpose changed after the data were obtained, and the person was not told of it yet
    /// (GDPR Art. 13(3), 14(4)).
    pub new_purpose_untold: bool,
}

impl Contact {
    /// Whether the subscriber is a natural person as far as is known: consumers are.
    pub(crate) const fn natural(&self) -> Option<bool> {
        match (self.kind, self.subscriber) {
            (_, Some(Subscriber::NaturalPerson)) | (Some(ContactKind::Consumer), _) => Some(true),
            (_, Some(Subscriber::LegalPerson)) => Some(false),
            (_, None) => None,
        }
    }
}
