//! What a column can mean.

use std::str::FromStr;

use serde::Serialize;

use super::ImportError;

/// The meaning of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// Herr, Frau.
    Salutation,
    /// Academic title.
    Title,
    /// Given names.
    GivenName,
    /// Family name.
    FamilyName,
    /// A whole name in one cell, of a person or company.
    FullName,
    /// Company.
    Company,
    /// Position in the company.
    Position,
    /// Department.
    Department,
    /// E-mail addresses.
    Email,
    /// Telephone numbers.
    Phone,
    /// Mobile telephone numbers.
    Mobile,
    /// Fax numbers.
    Fax,
    /// Street, with or without house number.
    Street,
    /// House number alone.
    HouseNumber,
    /// A whole postal address in one cell.
    Address,
    /// Postal code.
    Postcode,
    /// Town.
    City,
    /// Postal code and town in one cell.
    PostcodeCity,
    /// Country.
    Country,
    /// Language.
    Language,
    /// Web site.
    Website,
    /// Free text.
    Note,
    /// A column that says somebody agreed. A column is no proof (GDPR Art. 7(1)): it is kept as
    /// a note and never becomes a consent.
    ClaimedConsent,
    /// A column that says somebody wants no advertising. No proof is needed for that (GDPR
    /// Art. 21(2)): it is reported for each contact, so that it can be obeyed.
    ClaimedObjection,
    /// No meaning of its own: kept under its heading.
    Custom,
    /// Not taken over.
    Ignore,
}

impl Meaning {
    /// Every meaning with its name in `--map`.
    pub const ALL: [(Self, &'static str); 26] = [
        (Self::Salutation, "salutation"),
        (Self::Title, "title"),
        (Self::GivenName, "given_name"),
        (Self::FamilyName, "family_name"),
        (Self::FullName, "full_name"),
        (Self::Company, "company"),
        (Self::Position, "position"),
        (Self::Department, "department"),
        (Self::Email, "email"),
        (Self::Phone, "phone"),
        (Self::Mobile, "mobile"),
        (Self::Fax, "fax"),
        (Self::Street, "street"),
        (Self::HouseNumber, "house_number"),
        (Self::Address, "address"),
        (Self::Postcode, "postcode"),
        (Self::City, "city"),
        (Self::PostcodeCity, "postcode_city"),
        (Self::Country, "country"),
        (Self::Language, "language"),
        (Self::Website, "website"),
        (Self::Note, "note"),
        (Self::ClaimedConsent, "claimed_consent"),
        (Self::ClaimedObjection, "claimed_objection"),
        (Self::Custom, "custom"),
        (Self::Ignore, "ignore"),
    ];

    /// The name in `--map` and in reports.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(meaning, _)| *meaning == self)
            .map_or("", |(_, name)| name)
    }

    /// All names, for messages.
    pub(super) fn names() -> String {
        Self::ALL.map(|(_, name)| name).join(", ")
    }

    /// Whether a person can be reached through such a column.
    pub(super) fn reaches(self) -> bool {
        matches!(
            self,
            Self::Email | Self::Phone | Self::Mobile | Self::Fax | Self::Street | Self::Address
        )
    }

    /// Whether it is part of a postal address.
    pub(super) fn is_postal(self) -> bool {
        matches!(
            self,
            Self::Street
                | Self::HouseNumber
                | Self::Address
                | Self::Postcode
                | Self::City
                | Self::PostcodeCity
                | Self::Country
        )
    }
}

impl FromStr for Meaning {
    type Err = ImportError;

    fn from_str(name: &str) -> Result<Self, ImportError> {
        let wanted = name.trim().replace('-', "_").to_lowercase();
        Self::ALL
            .iter()
            .find(|(_, known)| *known == wanted)
            .map(|(meaning, _)| *meaning)
            .ok_or(ImportError::UnknownField)
    }
}
