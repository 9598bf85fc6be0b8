//! A card as a draft.

use law::Country;
use sha2::{Digest, Sha256};

use crate::import::assemble::Parts;
use crate::import::row::RawRow;
use crate::import::{Column, Confidence, Draft, Meaning, Pattern, Plan, Reason};

use super::LONGEST;
use super::line::{Property, properties};

/// What is taken from a card. Other properties, such as photographs, keys and birthdays, are
/// left behind: nobody needs them to write to a business contact (GDPR Art. 5(1)(c)).
const TAKEN: [(&str, Meaning); 12] = [
    ("N", Meaning::FamilyName),
    ("FN", Meaning::FullName),
    ("ORG", Meaning::Company),
    ("TITLE", Meaning::Position),
    ("ROLE", Meaning::Position),
    ("EMAIL", Meaning::Email),
    ("TEL", Meaning::Phone),
    ("ADR", Meaning::Address),
    ("URL", Meaning::Website),
    ("LANG", Meaning::Language),
    ("NOTE", Meaning::Note),
    ("CATEGORIES", Meaning::Custom),
];

/// The plan of a vCard file: its properties with their meaning.
pub(in crate::import) fn plan(sample: &[RawRow]) -> Plan {
    let cards: Vec<Vec<Property>> = sample
        .iter()
        .filter_map(|row| properties(row.cells.first().map_or("", String::as_str)))
        .collect();
    let columns = TAKEN
        .iter()
        .map(|(name, meaning)| {
            let values = || {
                cards
                    .iter()
                    .flatten()
                    .filter(|p| p.name == *name)
                    .map(Property::text)
            };
            let texts: Vec<String> = values().collect();
            Column {
                heading: (*name).to_owned(),
                meaning: *meaning,
                confidence: Confidence::Certain,
                filled: cards
                    .iter()
                    .filter(|card| card.iter().any(|p| p.name == *name))
                    .count(),
                sampled: sample.len(),
                pattern: Pattern::of(texts.iter().map(String::as_str)),
            }
        })
        .collect();
    Plan {
        columns,
        has_headings: true,
        skipped_lines: 0,
    }
}

/// A card as a draft, or why not.
pub(in crate::import) fn draft(number: u64, row: &RawRow, home: Country) -> Result<Draft, Reason> {
    let card = row.cells.first().map_or("", String::as_str);
    if card.len() > LONGEST {
        return Err(Reason::TooLong);
    }
    let ends = card
        .trim_end()
        .get(card.trim_end().len().saturating_sub(9)..);
    if !ends.is_some_and(|end| end.eq_ignore_ascii_case("END:VCARD")) {
        return Err(Reason::Card);
    }
    let mut properties = properties(card).ok_or(Reason::Card)?;
    let begins = properties.iter().filter(|p| p.name == "BEGIN").count();
    if begins != 1 {
        return Err(Reason::Card);
    }
    // The preferred address first; the sort keeps the order otherwise.
    properties.sort_by_key(|p| !(p.is("PREF") || p.is("1")));
    let mut parts = Parts::default();
    for property in &properties {
        take(&mut parts, property)?;
    }
    let digest = Sha256::new_with_prefix(b"leitplanke/import-card/1")
        .chain_update(card)
        .finalize();
    parts.finish(number, row.line, digest.into(), home)
}

fn take(parts: &mut Parts, property: &Property) -> Result<(), Reason> {
    let mut set = |meaning, text: &str| -> Result<(), Reason> {
        let text = crate::contact::normalise::text(text);
        if text.contains('\u{fffd}') {
            return Err(Reason::Unreadable);
        }
        if !text.is_empty() {
            parts.set(meaning, &property.name, text);
        }
        Ok(())
    };
    match property.name.as_str() {
        "N" => {
            let meanings = [
                Meaning::FamilyName,
                Meaning::GivenName,
                Meaning::GivenName,
                Meaning::Title,
            ];
            let mut components = property.components();
            // Further given names follow the first one.
            let middle = components
                .get_mut(2)
                .map(std::mem::take)
                .unwrap_or_default();
            if let Some(given) = components.get_mut(1) {
                *given = format!("{given} {middle}");
            }
            for (meaning, text) in meanings.into_iter().zip(&components) {
                let prefix = crate::contact::Salutation::parse(text);
                let is_salutation = meaning == Meaning::Title && prefix.is_some();
                set(
                    if is_salutation {
                        Meaning::Salutation
                    } else {
                        meaning
                    },
                    text,
                )?;
            }
            Ok(())
        }
        "ORG" => {
            let components = property.components();
            set(
                Meaning::Company,
                components.first().map_or("", String::as_str),
            )?;
            set(
                Meaning::Department,
                components.get(1).map_or("", String::as_str),
            )
        }
        "ADR" => address(property, &mut set),
        "TEL" => {
            let meaning = if property.is("FAX") {
                Meaning::Fax
            } else if property.is("CELL") {
                Meaning::Mobile
            } else {
                Meaning::Phone
            };
            let text = property.text();
            set(meaning, text.strip_prefix("tel:").unwrap_or(&text))
        }
        name => match TAKEN.iter().find(|(known, _)| *known == name) {
            Some((_, meaning)) => set(*meaning, &property.text()),
            None => Ok(()),
        },
    }
}

/// Post-office box, extension, street, town, region, postal code, country (RFC 6350 6.3.1).
fn address(
    property: &Property,
    set: &mut impl FnMut(Meaning, &str) -> Result<(), Reason>,
) -> Result<(), Reason> {
    let components = property.components();
    let part = |index: usize| components.get(index).map_or("", |text| text.trim());
    let street = if part(2).is_empty() { part(0) } else { part(2) };
    for (meaning, text) in [
        (Meaning::Street, street),
        (Meaning::City, part(3)),
        (Meaning::Postcode, part(5)),
        (Meaning::Country, part(6)),
    ] {
        set(meaning, text)?;
    }
    Ok(())
}
