//! An organisation with the sample register, on an empty database, for the tests of operations.
//! All persons are invented.
#![allow(
    clippy::unwrap_used,
    dead_code,
    reason = "each test binary uses a part of it, and a test without its set-up must fail"
)]

use std::io::Cursor;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use law::facts::{ContactKind, Proof, Source};
use law::gdpr::art07::{Action, Circumstances};
use law::{Channel, ChannelSet, Country, Land};
use operations::import::{Counts, Imported, Options, Provenance, read_from};
use operations::{Act, ContactRef, Installation, NewConsent, NewOrganisation, Organisation};
use sha2::{Digest, Sha256};
use store::testing::Database;
use vault::MasterKey;

/// The day on which tests take place.
pub const TODAY: Date = date(2026, 11, 24);

/// An act at noon of [`TODAY`].
pub fn act() -> Act {
    act_on(TODAY)
}

/// An act at noon of a day.
pub fn act_on(day: Date) -> Act {
    Act {
        at: format!("{day}T12:00:00Z").parse::<Timestamp>().unwrap(),
        today: day,
        by: "test".to_owned(),
    }
}

/// The always same master key of tests.
pub fn master_key() -> MasterKey {
    MasterKey::from_text(&"0123456789abcdef".repeat(4)).unwrap()
}

/// The installation on `database`; may be opened several times.
pub fn installation(database: &Database) -> Installation {
    Installation::open(database.target(), master_key()).unwrap()
}

/// A new organisation with the sample register in force.
pub fn organisation(database: &Database) -> Organisation {
    let new = NewOrganisation {
        name: "Musterbau Maschinen GmbH".to_owned(),
        country: Country::DE,
        land: Some(Land::He),
    };
    let organisation = Organisation::create(&installation(database), &new, &act()).unwrap();
    organisation
        .apply_register(register::SAMPLE, &act())
        .unwrap();
    organisation
}

/// Imports a list of business contacts from an address dealer, obtained today.
pub fn import(organisation: &Organisation, list: &[u8]) -> Counts {
    imported(organisation, list).counts
}

/// As [`import`], with all that the import says of itself.
pub fn imported(organisation: &Organisation, list: &[u8]) -> Imported {
    import_from(organisation, list, Source::AddressDealer)
}

/// Imports a list of business contacts from a kind of source, obtained today.
pub fn import_from(organisation: &Organisation, list: &[u8], source_kind: Source) -> Imported {
    let reader = read_from(Cursor::new(list.to_vec()), &Options::new(Country::DE)).unwrap();
    let provenance = Provenance {
        source: "Adresshandel Beispiel".to_owned(),
        source_kind,
        obtained_on: TODAY,
        kind: Some(ContactKind::Business),
    };
    let digest = Sha256::digest(list).into();
    organisation
        .import(reader, digest, &provenance, &act(), |_| Ok(()), |_| ())
        .unwrap()
}

/// Who is meant by an id, an address or a number.
pub fn contact(text: &str) -> ContactRef {
    text.parse().unwrap()
}

/// Circumstances of a consent without any fault.
pub fn faultless() -> Circumstances {
    Circumstances {
        action: Some(Action::Active),
        companies_named: Some(true),
        products_named: Some(true),
        controller_told: Some(true),
        purpose_told: Some(true),
        data_told: Some(true),
        withdrawal_told: Some(true),
        recorded: Some(true),
        withdrawal_as_easy: Some(true),
        ..Circumstances::default()
    }
}

/// Records a faultless consent to the newsletter by e-mail, proved by double opt-in.
pub fn consent_to_newsletter(organisation: &Organisation, who: &str, given_on: Date) {
    consent_to_newsletter_by(organisation, who, given_on, &act());
}

/// The same, recorded by an act of another day.
pub fn consent_to_newsletter_by(organisation: &Organisation, who: &str, given_on: Date, act: &Act) {
    let new = NewConsent {
        contact: contact(who),
        activity: "newsletter".to_owned(),
        channels: ChannelSet::of(Channel::Email),
        given_on,
        proof: Proof::DoubleOptInCompleted,
        text: Some("Ja, ich möchte den Newsletter der Musterbau Maschinen GmbH.".to_owned()),
        circumstances: faultless(),
        told: None,
    };
    let recorded = organisation.record_consent(&new, act).unwrap();
    assert!(recorded.defects.is_empty(), "{:?}", recorded.defects);
}

/// Records an objection to all direct marketing, raised today.
pub fn objection(organisation: &Organisation, who: &str) {
    organisation
        .record_objection(&contact(who), ChannelSet::ALL, TODAY, &act())
        .unwrap();
}
