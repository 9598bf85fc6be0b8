//! Whether a contact is a business contact or a consumer.

use serde::{Deserialize, Serialize};

use super::{Email, Fields};

/// In which role a contact is in a list. The law asks for more where a consumer is addressed
/// (UWG § 7(2) Nr. 1, § 7a), so nobody is taken for a business contact without a sign of it,
/// and whoever acts on `Unknown` must treat it as `Consumer`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Addressed in a business role.
    Business,
    /// Addressed as a private person.
    Consumer,
    /// The list does not say.
    Unknown,
}

impl Kind {
    /// The kind that the fields speak for.
    ///
    /// Business: a company, department or position is named, or an address says so itself: a
    /// role mailbox (`info@`, `einkauf@`) on a domain that is not a freemail provider's.
    /// Consumer: none of these, and all e-mail addresses are freemail addresses. Otherwise
    /// unknown: a domain of one's own may well be a family's.
    pub fn of(fields: &Fields) -> Self {
        let company = [&fields.company, &fields.department, &fields.position];
        if company.iter().any(|field| field.is_some())
            || fields
                .emails
                .iter()
                .any(|email| is_role_address(email) && !is_freemail(email))
        {
            return Self::Business;
        }
        if !fields.emails.is_empty() && fields.emails.iter().all(is_freemail) {
            return Self::Consumer;
        }
        Self::Unknown
    }
}

/// Providers that mostly serve private persons.
const FREEMAIL: [&str; 30] = [
    "aol.com",
    "aol.de",
    "arcor.de",
    "bluewin.ch",
    "email.de",
    "freenet.de",
    "gmail.com",
    "gmx.at",
    "gmx.ch",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hotmail.com",
    "hotmail.de",
    "icloud.com",
    "kabelmail.de",
    "live.com",
    "live.de",
    "mail.de",
    "mailbox.org",
    "me.com",
    "outlook.com",
    "outlook.de",
    "posteo.de",
    "proton.me",
    "protonmail.com",
    "t-online.de",
    "web.de",
    "yahoo.de",
];

/// Local parts that name a function, not a person.
const ROLES: [&str; 24] = [
    "anfrage",
    "bestellung",
    "buchhaltung",
    "buero",
    "contact",
    "einkauf",
    "empfang",
    "geschaeftsfuehrung",
    "hello",
    "info",
    "kontakt",
    "kundenservice",
    "mail",
    "marketing",
    "office",
    "personal",
    "post",
    "rechnung",
    "sales",
    "sekretariat",
    "service",
    "support",
    "verkauf",
    "vertrieb",
];

/// Whether the address is with a provider that mostly serves private persons.
pub fn is_freemail(email: &Email) -> bool {
    FREEMAIL.binary_search(&email.domain()).is_ok() || email.domain() == "yahoo.com"
}

/// Whether the address names a function (`info@`) and not a person.
pub fn is_role_address(email: &Email) -> bool {
    email
        .key()
        .split('@')
        .next()
        .is_some_and(|local| ROLES.binary_search(&local).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(company: Option<&str>, emails: &[&str]) -> Kind {
        Kind::of(&Fields {
            company: company.map(str::to_owned),
            emails: emails.iter().map(|e| Email::parse(e).unwrap()).collect(),
            ..Fields::default()
        })
    }

    #[test]
    fn only_a_sign_of_business_makes_a_business_contact() {
        assert_eq!(kind(Some("Muster GmbH"), &["erika@gmx.de"]), Kind::Business);
        assert_eq!(kind(None, &["info@example.de"]), Kind::Business);
        assert_eq!(kind(None, &["info@gmx.de"]), Kind::Consumer);
        assert_eq!(kind(None, &["erika@gmx.de"]), Kind::Consumer);
        assert_eq!(kind(None, &["erika@example.de"]), Kind::Unknown);
        assert_eq!(kind(None, &[]), Kind::Unknown);
    }

    #[test]
    fn the_lists_are_sorted_for_the_search() {
        assert!(FREEMAIL.is_sorted() && ROLES.is_sorted());
    }
}
