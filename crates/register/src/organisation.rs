//! Who declares the register.

use jiff::civil::Date;
use law::{Country, Land};

use crate::text::{Section, Table};

/// The organisation that declares the register: the controller, or the processor for others
/// (GDPR Art. 30(1)(a), (2)(a)).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Name with legal form, as in the commercial register.
    pub name: String,
    /// Legal form, for example `GmbH`.
    pub legal_form: Option<String>,
    /// Street and number.
    pub street: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Country of the seat.
    pub country: Country,
    /// German Land of the seat; decides on the supervisory authority and public holidays.
    pub land: Option<Land>,
    /// E-mail address for data-protection matters.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Where the privacy notice is published.
    pub privacy_notice: Option<String>,
    /// Where the provider's identification (Impressum) is published (DDG § 5).
    pub imprint: Option<String>,
    /// Heads in the organisation.
    pub staff: Option<u32>,
    /// Heads that as a rule and constantly process personal data by automated means, part-time
    /// included (BDSG § 38(1) sentence 1).
    pub staff_processing_data: Option<u32>,
    /// Who represents the organisation, for example the managing director.
    pub representative: Option<Contact>,
    /// The representative in the Union of an organisation outside of it (GDPR Art. 27).
    pub union_representative: Option<Contact>,
    /// The data-protection officer (GDPR Art. 37).
    pub data_protection_officer: Option<Contact>,
    /// The supervisory authority (GDPR Art. 55).
    pub supervisory_authority: Option<Authority>,
}

/// A person or office with the ways to reach it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Name of the person or the office.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// When the contact details were told to the supervisory authority (GDPR Art. 37(7)).
    pub reported_on: Option<Date>,
}

/// A supervisory authority.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Authority {
    /// Its name.
    pub name: Option<String>,
    /// Its address on the web.
    pub website: Option<String>,
}

impl Organisation {
    /// An organisation of which only name and seat are known.
    pub fn new(name: &str, country: Country, land: Option<Land>) -> Self {
        Self {
            name: name.to_owned(),
            legal_form: None,
            street: None,
            postal_code: None,
            city: None,
            country,
            land,
            email: None,
            phone: None,
            privacy_notice: None,
            imprint: None,
            staff: None,
            staff_processing_data: None,
            representative: None,
            union_representative: None,
            data_protection_officer: None,
            supervisory_authority: None,
        }
    }

    pub(crate) fn read(mut section: Section<'_, '_>) -> Option<Self> {
        let name = section.required_text("name", "name = \"Musterbau Maschinen GmbH\"");
        let country = section.required_country("country");
        // Read on without them, so that the other faults are found too.
        let organisation = Self {
            name: name.clone().unwrap_or_default(),
            legal_form: section.text("legal_form"),
            street: section.text("street"),
            postal_code: section.text("postal_code"),
            city: section.text("city"),
            country: country.unwrap_or(Country::DE),
            land: section.word("land"),
            email: section.text("email"),
            phone: section.text("phone"),
            privacy_notice: section.text("privacy_notice"),
            imprint: section.text("imprint"),
            staff: section.number("staff", 0, u32::MAX),
            staff_processing_data: section.number("staff_processing_data", 0, u32::MAX),
            representative: section.table("representative").map(Contact::read),
            union_representative: section.table("union_representative").map(Contact::read),
            data_protection_officer: section.table("data_protection_officer").map(Contact::read),
            supervisory_authority: section.table("supervisory_authority").map(Authority::read),
        };
        section.finish();
        (name.is_some() && country.is_some()).then_some(organisation)
    }

    pub(crate) fn tree(&self) -> Table {
        Table::default()
            .with("name", &self.name)
            .maybe("legal_form", self.legal_form.as_ref())
            .maybe("street", self.street.as_ref())
            .maybe("postal_code", self.postal_code.as_ref())
            .maybe("city", self.city.as_ref())
            .with("country", self.country.as_str())
            .maybe("land", self.land.map(Land::code))
            .maybe("email", self.email.as_ref())
            .maybe("phone", self.phone.as_ref())
            .maybe("privacy_notice", self.privacy_notice.as_ref())
            .maybe("imprint", self.imprint.as_ref())
            .maybe("staff", self.staff)
            .maybe("staff_processing_data", self.staff_processing_data)
            .maybe(
                "representative",
                self.representative.as_ref().map(Contact::tree),
            )
            .maybe(
                "union_representative",
                self.union_representative.as_ref().map(Contact::tree),
            )
            .maybe(
                "data_protection_officer",
                self.data_protection_officer.as_ref().map(Contact::tree),
            )
            .maybe(
                "supervisory_authority",
                self.supervisory_authority.as_ref().map(Authority::tree),
            )
    }
}

impl Contact {
    fn read(mut section: Section<'_, '_>) -> Self {
        let contact = Self {
            name: section.text("name"),
            email: section.text("email"),
            phone: section.text("phone"),
            address: section.text("address"),
            reported_on: section.date("reported_on"),
        };
        section.finish();
        contact
    }

    fn tree(&self) -> Table {
        Table::default()
            .maybe("name", self.name.as_ref())
            .maybe("email", self.email.as_ref())
            .maybe("phone", self.phone.as_ref())
            .maybe("address", self.address.as_ref())
            .maybe("reported_on", self.reported_on)
    }

    /// Whether there is any way to reach the person or office.
    pub const fn is_reachable(&self) -> bool {
        self.email.is_some() || self.phone.is_some() || self.address.is_some()
    }
}

impl Authority {
    fn read(mut section: Section<'_, '_>) -> Self {
        let authority = Self {
            name: section.text("name"),
            website: section.text("website"),
        };
        section.finish();
        authority
    }

    fn tree(&self) -> Table {
        Table::default()
            .maybe("name", self.name.as_ref())
            .maybe("website", self.website.as_ref())
    }
}
