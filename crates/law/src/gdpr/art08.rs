//! GDPR Art. 8: a child's consent to online services.
//!
//! Consent of a child to a service offered directly to it is valid from 16 years on; a Member
//! State may set a lower age, not below 13; otherwise the holder of parental responsibility
//! gives or authorises it. Germany set no lower age. Lower ages of other states are not in the
//! fact base, so between 13 and 15 a person checks there.
//!
//! In force since 2018-05-25. Reviewed 2026-11-24.

use crate::facts::{Consent, Contact};
use crate::gate::{NextStep, Outcome};
use crate::{Citation, Country, Text};

/// The age from which anybody may consent, in every Member State.
const AGE: u8 = 16;
/// The age below which nobody may, in any Member State.
const LOWEST_AGE: u8 = 13;
/// The age from which nobody is a child in any country of the table.
pub(crate) const FULL_AGE: u8 = 18;

static TOO_YOUNG: Outcome = Outcome::no(
    "child_without_parent",
    &[Citation::new("GDPR Art. 8(1)")],
    Text::new(
        "Das Kind ist unter der Altersgrenze (in Deutschland 16 Jahre); die Einwilligung der \
         Sorgeberechtigten fehlt.",
        "The child is below the age limit (16 in Germany); the parents' consent is missing.",
    ),
    &[NextStep::ParentalConsent],
);

static AGE_OF_COUNTRY: Outcome = Outcome::no(
    "child_age_of_country_unchecked",
    &[Citation::new("GDPR Art. 8(1)")],
    Text::new(
        "Zwischen 13 und 15 Jahren kommt es auf die Altersgrenze des Landes {country} an; sie \
         ist hier nicht geprüft.",
        "Between 13 and 15 years the age limit of {country} decides; it has not been checked \
         here.",
    ),
    &[NextStep::ParentalConsent, NextStep::CheckCountryLaw],
)
.to_be_checked();

/// Why a child's consent does not count, if it does not.
pub(crate) fn flaw(contact: &Contact, consent: &Consent) -> Option<&'static Outcome> {
    match contact.age {
        Some(age) if age < AGE && !consent.by_parent => {
            if age < LOWEST_AGE || contact.country == Some(Country::DE) {
                Some(&TOO_YOUNG)
            } else {
                Some(&AGE_OF_COUNTRY)
            }
        }
        _ => None,
    }
}
