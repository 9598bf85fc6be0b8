//! Recognises columns by their headings.

mod words;

use super::{Confidence, Meaning};

/// A heading in letters alone: lower case, umlauts written out, no digits, blanks or signs.
pub(super) fn fold(heading: &str) -> String {
    let mut out = String::with_capacity(heading.len());
    for c in heading.chars().flat_map(char::to_lowercase) {
        match c {
            'ä' => out.push_str("ae"),
            'ö' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'ß' => out.push_str("ss"),
            'é' | 'è' | 'ê' => out.push('e'),
            c if c.is_alphabetic() => out.push(c),
            _ => {}
        }
    }
    out
}

/// The meaning of a heading, if it has a known one.
pub(super) fn meaning(heading: &str) -> Option<(Meaning, Confidence)> {
    let folded = fold(heading);
    if folded.is_empty() {
        return None;
    }
    if folded == "name" {
        return Some(numbered_name(heading));
    }
    if let Some(meaning) = words::exact(&folded) {
        return Some((meaning, Confidence::Certain));
    }
    if let Some(claim) = words::claim(&folded) {
        return Some((claim, Confidence::Likely));
    }
    let bare = without_qualifiers(heading);
    words::exact(&bare)
        .or_else(|| words::containing(&folded))
        .map(|meaning| (meaning, Confidence::Likely))
}

/// Accounting programs write the firm into `Name 1` and what did not fit there, or a person or
/// department, into `Name 2`.
fn numbered_name(heading: &str) -> (Meaning, Confidence) {
    match heading.chars().find(char::is_ascii_digit) {
        None => (Meaning::FullName, Confidence::Certain),
        Some('1') => (Meaning::Company, Confidence::Likely),
        Some(_) => (Meaning::Custom, Confidence::None),
    }
}

/// Whether the heading speaks of a private or second address.
pub(super) fn is_secondary(heading: &str) -> bool {
    let folded = fold(heading);
    [
        "privat",
        "home",
        "weitere",
        "other",
        "liefer",
        "shipping",
        "abweichend",
    ]
    .iter()
    .any(|word| folded.contains(word))
}

/// The folded heading without words such as `geschäftlich` or `Person -`.
fn without_qualifiers(heading: &str) -> String {
    heading
        .split(|c: char| !c.is_alphanumeric())
        .map(fold)
        .filter(|word| !word.is_empty() && !words::QUALIFIERS.contains(&word.as_str()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(meaning_wanted: Meaning, headings: &[&str]) {
        for heading in headings {
            let found = meaning(heading).map(|(meaning, _)| meaning);
            assert_eq!(found, Some(meaning_wanted), "{heading}");
        }
    }

    #[test]
    fn german_headings_are_known() {
        is(
            Meaning::Email,
            &[
                "E-Mail",
                "Email",
                "e-mail-adresse",
                "Email-Adresse",
                "E-Mail geschäftlich",
                "Mail 2",
                "EMail1",
                "E-Mail (privat)",
                "Mailadresse",
                "E-Mail-Adresse 3",
            ],
        );
        is(
            Meaning::Phone,
            &[
                "Telefon",
                "Tel.",
                "Tel",
                "Tel. geschäftlich",
                "Telefonnummer",
                "Fon",
                "Rufnummer",
                "Telefon (Zentrale)",
                "Telefon privat",
                "Durchwahl",
            ],
        );
        is(
            Meaning::Mobile,
            &[
                "Mobil",
                "Handy",
                "Mobiltelefon",
                "Handynummer",
                "Mobil dienstlich",
            ],
        );
        is(
            Meaning::Fax,
            &["Fax", "Telefax", "Fax geschäftlich", "Faxnummer"],
        );
        is(
            Meaning::Street,
            &[
                "Straße",
                "Strasse",
                "STRASSE",
                "Str.",
                "Straße und Hausnummer",
                "Straße/Nr.",
            ],
        );
        is(Meaning::Postcode, &["PLZ", "Postleitzahl", "Plz."]);
        is(Meaning::PostcodeCity, &["PLZ/Ort", "PLZ Ort", "PLZ, Ort"]);
        is(Meaning::City, &["Ort", "Stadt", "Wohnort"]);
        is(
            Meaning::Company,
            &[
                "Firma",
                "Firmenname",
                "Organisation",
                "Unternehmen",
                "Name 1",
            ],
        );
        is(
            Meaning::Position,
            &["Position", "Funktion", "Berufsbezeichnung"],
        );
        is(
            Meaning::Note,
            &["Bemerkung", "Notiz", "Notizen", "Kommentar"],
        );
        is(Meaning::Salutation, &["Anrede", "Geschlecht"]);
        is(Meaning::Country, &["Land", "Land/Region", "Ländercode"]);
    }

    #[test]
    fn headings_of_common_exports_are_known() {
        is(
            Meaning::Email,
            &["E-mail 1 - Value", "Person - Email - Work", "EmailAddress"],
        );
        is(
            Meaning::Phone,
            &[
                "Phone 1 - Value",
                "Person - Phone - Work",
                "Business Phone",
                "Phone Number",
            ],
        );
        is(
            Meaning::Mobile,
            &[
                "Mobile Phone",
                "MobilePhone",
                "Mobile Phone Number",
                "Person - Phone - Mobile",
            ],
        );
        is(
            Meaning::Company,
            &[
                "Account Name",
                "Organization Name",
                "Organization - Name",
                "Organization 1 - Name",
                "Company Name",
                "Associated Company",
                "Name (Adressattyp Unternehmen)",
            ],
        );
        is(
            Meaning::GivenName,
            &[
                "First Name",
                "FirstName",
                "Given Name",
                "Person - First name",
                "Vorname (Adressattyp natürl. Person)",
            ],
        );
        is(
            Meaning::FamilyName,
            &["Last Name", "LastName", "Family Name", "Nachname"],
        );
        is(
            Meaning::Postcode,
            &[
                "Mailing Zip/Postal Code",
                "MailingPostalCode",
                "Postal Code",
                "Business Postal Code",
                "Address 1 - Postal Code",
                "Postleitzahl geschäftlich",
            ],
        );
        is(
            Meaning::Street,
            &[
                "Business Street",
                "MailingStreet",
                "Street Address",
                "Address 1 - Street",
                "Straße geschäftlich",
            ],
        );
        is(
            Meaning::Ignore,
            &["E-mail 1 - Label", "Phone 1 - Type", "E-Mail-Typ"],
        );
        is(Meaning::Position, &["Job Title", "Organization 1 - Title"]);
    }

    #[test]
    fn what_claims_a_consent_or_objection_is_told_from_addresses() {
        is(
            Meaning::ClaimedConsent,
            &[
                "Newsletter ja/nein",
                "Newsletter",
                "Einwilligung",
                "Werbung erlaubt",
                "Opt-in",
                "E-Mail Opt-In",
                "Marketing Consent",
                "DSGVO-Einwilligung",
            ],
        );
        is(
            Meaning::ClaimedObjection,
            &[
                "Email Opt Out",
                "HasOptedOutOfEmail",
                "Do Not Call",
                "Werbesperre",
                "Widerspruch",
                "Abgemeldet am",
                "keine Werbung",
                "Unsubscribed",
            ],
        );
    }

    #[test]
    fn what_is_not_known_is_left_alone() {
        for heading in [
            "Kundennummer",
            "Umsatz 2025",
            "Lieblingsfarbe",
            "",
            "IBAN",
            "Geburtstag",
        ] {
            assert_eq!(meaning(heading), None, "{heading}");
        }
    }

    #[test]
    fn a_private_address_is_a_second_one() {
        assert!(is_secondary("Straße privat") && is_secondary("Home City"));
        assert!(!is_secondary("Straße geschäftlich"));
    }
}
