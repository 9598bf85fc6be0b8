//! A contact's fields.

use std::collections::BTreeMap;
use std::fmt;

use law::{Country, Lang};
use serde::{Deserialize, Serialize};

use super::{Email, Phone};

/// How a person is addressed. A person who wants neither has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Salutation {
    /// Herr, Mr.
    Herr,
    /// Frau, Ms.
    Frau,
}

impl Salutation {
    /// Reads a salutation cell: `Herr`, `Hr.`, `Herrn`, `Mr.`, `m`, `Sehr geehrte Frau Muster`.
    pub fn parse(text: &str) -> Option<Self> {
        let lower = text.trim().to_lowercase();
        let rest = [
            "sehr geehrter ",
            "sehr geehrte ",
            "lieber ",
            "liebe ",
            "dear ",
        ]
        .iter()
        .find_map(|start| lower.strip_prefix(start))
        .unwrap_or(&lower);
        let word = rest
            .split([' ', '\n'])
            .next()
            .unwrap_or_default()
            .trim_end_matches(['.', ',']);
        match word {
            "herr" | "herrn" | "hr" | "hrn" | "mr" | "mister" | "m" | "männlich" | "male"
            | "monsieur" | "signor" | "señor" => Some(Self::Herr),
            "frau" | "fr" | "mrs" | "ms" | "miss" | "w" | "f" | "weiblich" | "female"
            | "fräulein" | "madame" | "signora" | "señora" => Some(Self::Frau),
            _ => None,
        }
    }
}

/// Everything that is known of a contact in clear text. It is serialised and sealed under the
/// contact's own key; no part of it is stored otherwise.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Fields {
    /// Herr or Frau.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub salutation: Option<Salutation>,
    /// Academic title, for example `Prof. Dr.`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Given names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given_name: Option<String>,
    /// Family name with particles, for example `von der Heide`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family_name: Option<String>,
    /// Company or other organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// Position in the company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    /// Department in the company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// E-mail addresses, the preferred one first, each once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub emails: Vec<Email>,
    /// Telephone and fax numbers, the preferred one first, each once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<Phone>,
    /// Street with house number, or post-office box; more lines after a line break.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub street: Option<String>,
    /// Postal code without country sign.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    /// Town.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Country of the postal address, if the source names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
    /// Language to write in, as the source has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Web site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// Free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Columns of the source that have no meaning here, by their heading.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub custom: BTreeMap<String, String>,
}

impl Fields {
    /// The language that the person is written to in: the one that is on record, else German where it
    /// is spoken and English elsewhere.
    pub(crate) fn written_to_in(&self, country: &str) -> Lang {
        match self.language.as_deref().map(str::to_lowercase) {
            Some(named) if named.starts_with("de") => Lang::De,
            Some(named) if !named.is_empty() => Lang::En,
            _ if ["DE", "AT", "CH", "LI"].contains(&country) => Lang::De,
            _ => Lang::En,
        }
    }

    /// Whether a person or company is named.
    pub fn is_named(&self) -> bool {
        self.given_name.is_some() || self.family_name.is_some() || self.company.is_some()
    }

    /// Whether this e-mail address is among the contact's.
    pub fn has_email(&self, email: &Email) -> bool {
        self.emails.iter().any(|own| own.key() == email.key())
    }

    /// Whether this number is among the contact's.
    pub fn has_phone(&self, phone: &Phone) -> bool {
        self.phones.iter().any(|own| own.e164() == phone.e164())
    }

    /// Whether two rows are one person: the same e-mail address, unless two names say otherwise (a
    /// shared mailbox); or the same number, if the names agree (colleagues share numbers). A row with
    /// neither is known by its name and postal address.
    pub fn is_same_person(&self, other: &Self) -> bool {
        if self.emails.is_empty() && self.phones.is_empty() {
            return self
                .postal_key()
                .is_some_and(|key| Some(key) == other.postal_key());
        }
        let email = self.emails.iter().any(|email| other.has_email(email));
        let phone = self.phones.iter().any(|phone| other.has_phone(phone));
        match (self.name_key(), other.name_key()) {
            (Some(a), Some(b)) => (email || phone) && a == b,
            (None, None) => email || phone,
            _ => email,
        }
    }

    /// Title, given name and family name as they are shown; `None` if no person is named.
    pub fn full_name(&self) -> Option<String> {
        let parts = [&self.title, &self.given_name, &self.family_name];
        let name: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
        (!name.is_empty()).then(|| name.join(" "))
    }

    /// A person's name for comparison, or else the company's.
    pub fn name_key(&self) -> Option<String> {
        let person = [&self.given_name, &self.family_name];
        let parts: Vec<&str> = person.into_iter().flatten().map(String::as_str).collect();
        let name = if parts.is_empty() {
            self.company.clone()?
        } else {
            parts.join(" ")
        };
        Some(name.to_lowercase())
    }

    /// Name and postal address alone, by which a person is known again.
    #[must_use]
    pub fn identity(&self) -> Self {
        Self {
            given_name: self.given_name.clone(),
            family_name: self.family_name.clone(),
            company: self.company.clone(),
            street: self.street.clone(),
            postcode: self.postcode.clone(),
            city: self.city.clone(),
            ..Self::default()
        }
    }

    /// Name and postal address for comparison, if a letter would arrive.
    pub fn postal_key(&self) -> Option<String> {
        if !self.has_postal_address() {
            return None;
        }
        let place = [&self.street, &self.postcode, &self.city];
        let place = place
            .into_iter()
            .flatten()
            .flat_map(|text| text.split_whitespace());
        let place: Vec<_> = place.map(str::to_lowercase).collect();
        Some(format!("{}\n{}", self.name_key()?, place.join(" ")))
    }

    /// Whether a letter would arrive: someone is named, and there is a street or box with a
    /// postal code or town.
    pub fn has_postal_address(&self) -> bool {
        self.is_named() && self.street.is_some() && (self.postcode.is_some() || self.city.is_some())
    }

    /// Adds an address unless it is there in another spelling.
    pub fn add_email(&mut self, email: Email) {
        if self.emails.iter().all(|known| known.key() != email.key()) {
            self.emails.push(email);
        }
    }

    /// Adds a number unless it is there in another spelling.
    pub fn add_phone(&mut self, phone: Phone) {
        if self.phones.iter().all(|known| known.e164() != phone.e164()) {
            self.phones.push(phone);
        }
    }
}

impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fields")
            .field("named", &self.is_named())
            .field("emails", &self.emails.len())
            .field("phones", &self.phones.len())
            .field("custom", &self.custom.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn salutations_are_read_as_offices_write_them() {
        for text in [
            "Herr",
            "Hr.",
            "Herrn",
            "m",
            "Mr.",
            "Sehr geehrter Herr Muster",
            "Herr Dr.",
        ] {
            assert_eq!(Salutation::parse(text), Some(Salutation::Herr), "{text}");
        }
        for text in ["Frau", "Fr.", "w", "Ms", "Sehr geehrte Frau Dr. Muster"] {
            assert_eq!(Salutation::parse(text), Some(Salutation::Frau), "{text}");
        }
        for text in [
            "Divers",
            "Firma",
            "",
            "Sehr geehrte Damen und Herren",
            "Mara",
        ] {
            assert_eq!(Salutation::parse(text), None, "{text}");
        }
    }

    #[test]
    fn fields_survive_sealing_as_json_and_empty_ones_take_no_room() {
        let mut fields = Fields {
            family_name: Some("Muster".into()),
            ..Fields::default()
        };
        fields.add_email(Email::parse("Erika@example.de").unwrap());
        fields.add_email(Email::parse("erika@EXAMPLE.de").unwrap());
        fields.add_phone(Phone::parse("0711 123456", Country::DE).unwrap());
        let json = serde_json::to_string(&fields).unwrap();
        assert!(!json.contains("null") && !json.contains("custom"), "{json}");
        assert_eq!(fields.emails.len(), 1);
        assert!(serde_json::from_str::<Fields>(&json).unwrap() == fields);
    }

    #[test]
    fn debug_output_shows_no_personal_data() {
        let fields = Fields {
            family_name: Some("Muster".into()),
            ..Fields::default()
        };
        assert!(!format!("{fields:?}").contains("Muster"));
    }
}
