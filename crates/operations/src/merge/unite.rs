//! What two contacts that are one person are together, field by field.

use std::collections::BTreeMap;

use jiff::civil::Date;
use store::contact::Contact;

use crate::contact::{Fields, Salutation};
use crate::mail::still_undeliverable;
use crate::new_contact::flags;
use crate::person::Kept;
use crate::words::{self, flag};
use crate::{Error, words::SOURCE_PERSON};

/// A field of which a contact can have one value. Where two contacts differ in it, a person chooses
/// which value stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MergeField {
    /// Consumer or business: decides which rules count, so there is no default.
    Kind,
    /// Whose law counts; there is no default either.
    Country,
    /// Herr or Frau.
    Salutation,
    /// Academic title.
    Title,
    /// Given names.
    GivenName,
    /// Family name.
    FamilyName,
    /// Company.
    Company,
    /// Position in the company.
    Position,
    /// Department in the company.
    Department,
    /// Street, postal code, town and country, which belong together.
    Address,
    /// Language to write in.
    Language,
    /// Web site.
    Website,
}

impl MergeField {
    /// Every field, in the order in which they are shown.
    pub const ALL: [Self; 12] = [
        Self::Kind,
        Self::Country,
        Self::Salutation,
        Self::Title,
        Self::GivenName,
        Self::FamilyName,
        Self::Company,
        Self::Position,
        Self::Department,
        Self::Address,
        Self::Language,
        Self::Website,
    ];

    /// Its name in forms and in the evidence.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Country => "country",
            Self::Salutation => "salutation",
            Self::Title => "title",
            Self::GivenName => "given_name",
            Self::FamilyName => "family_name",
            Self::Company => "company",
            Self::Position => "position",
            Self::Department => "department",
            Self::Address => "address",
            Self::Language => "language",
            Self::Website => "website",
        }
    }

    /// Whether somebody has to choose where the contacts differ: what is decided here is which
    /// rules protect the person.
    pub const fn must_be_chosen(self) -> bool {
        matches!(self, Self::Kind | Self::Country)
    }
}

/// Whose value stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MergeSide {
    /// That of the contact that is kept.
    Kept,
    /// That of the contact that is merged into it.
    Other,
}

/// What was chosen, field by field.
pub type MergeChoices = BTreeMap<MergeField, MergeSide>;

/// One of the two contacts, opened.
pub(super) struct Half {
    pub(super) row: Contact,
    pub(super) kept: Kept,
}

impl Half {
    /// The field's value as it is shown and compared; `None` if there is none.
    pub(super) fn value(&self, field: MergeField) -> Result<Option<String>, Error> {
        let fields = &self.kept.fields;
        Ok(match field {
            MergeField::Kind => Some(words::kind_name(words::kind(self.row.kind)?).to_owned()),
            MergeField::Country => Some(self.row.country.clone()),
            MergeField::Salutation => fields.salutation.map(|salutation| match salutation {
                Salutation::Herr => "Herr".to_owned(),
                Salutation::Frau => "Frau".to_owned(),
            }),
            MergeField::Title => fields.title.clone(),
            MergeField::GivenName => fields.given_name.clone(),
            MergeField::FamilyName => fields.family_name.clone(),
            MergeField::Company => fields.company.clone(),
            MergeField::Position => fields.position.clone(),
            MergeField::Department => fields.department.clone(),
            MergeField::Address => address(fields),
            MergeField::Language => fields.language.clone(),
            MergeField::Website => fields.website.clone(),
        })
    }
}

fn address(fields: &Fields) -> Option<String> {
    let country = fields.country.map(|country| country.to_string());
    let town: Vec<&str> = [&fields.postcode, &fields.city]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let town = (!town.is_empty()).then(|| town.join(" "));
    let parts: Vec<String> = [fields.street.clone(), town, country]
        .into_iter()
        .flatten()
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The contact that is kept, with all that is known of both.
///
/// # Errors
/// [`Error::MergeChoice`] where somebody has to choose and did not.
pub(super) fn unite(kept: &Half, other: &Half, choices: &MergeChoices) -> Result<Half, Error> {
    let mut row = kept.row.clone();
    let mut fields = kept.kept.fields.clone();
    for field in MergeField::ALL {
        let take_other = match (kept.value(field)?, other.value(field)?) {
            (_, None) => false,
            (None, Some(_)) => true,
            (Some(mine), Some(theirs)) if mine == theirs => false,
            (Some(_), Some(_)) => match choices.get(&field) {
                Some(side) => *side == MergeSide::Other,
                None if field.must_be_chosen() => return Err(Error::MergeChoice(field)),
                None => false,
            },
        };
        if take_other {
            take(field, other, &mut row, &mut fields);
        }
    }
    let theirs = &other.kept.fields;
    for email in &theirs.emails {
        fields.add_email(email.clone());
    }
    for phone in &theirs.phones {
        fields.add_phone(phone.clone());
    }
    fields.note = joined(fields.note.as_deref(), theirs.note.as_deref());
    for (heading, text) in &theirs.custom {
        let known = fields.custom.remove(heading);
        let both = joined(known.as_deref(), Some(text)).unwrap_or_default();
        fields.custom.insert(heading.clone(), both);
    }
    facts(&mut row, kept, other, &fields);
    let known_as = known_as(kept, other, &fields);
    let source = joined(Some(&kept.kept.source), Some(&other.kept.source));
    Ok(Half {
        row,
        kept: Kept {
            fields,
            source: source.unwrap_or_default(),
            known_as,
        },
    })
}

fn take(field: MergeField, other: &Half, row: &mut Contact, fields: &mut Fields) {
    let theirs = other.kept.fields.clone();
    match field {
        MergeField::Kind => row.kind = other.row.kind,
        MergeField::Country => row.country.clone_from(&other.row.country),
        MergeField::Salutation => fields.salutation = theirs.salutation,
        MergeField::Title => fields.title = theirs.title,
        MergeField::GivenName => fields.given_name = theirs.given_name,
        MergeField::FamilyName => fields.family_name = theirs.family_name,
        MergeField::Company => fields.company = theirs.company,
        MergeField::Position => fields.position = theirs.position,
        MergeField::Department => fields.department = theirs.department,
        MergeField::Address => {
            fields.street = theirs.street;
            fields.postcode = theirs.postcode;
            fields.city = theirs.city;
            fields.country = theirs.country;
        }
        MergeField::Language => fields.language = theirs.language,
        MergeField::Website => fields.website = theirs.website,
    }
}

/// Both texts, one below the other, unless the first says all that the second says.
fn joined(mine: Option<&str>, theirs: Option<&str>) -> Option<String> {
    match (mine, theirs) {
        (Some(mine), Some(theirs)) => {
            let said = |line: &str| mine.lines().any(|own| own == line);
            Some(if theirs.lines().all(said) {
                mine.to_owned()
            } else {
                format!("{mine}\n{theirs}")
            })
        }
        (mine, theirs) => mine.or(theirs).map(str::to_owned),
    }
}

/// What is known beside the fields. Where the two differ, what protects the person more stays.
fn facts(row: &mut Contact, kept: &Half, other: &Half, fields: &Fields) {
    let theirs = &other.row;
    row.obtained_on = row.obtained_on.min(theirs.obtained_on);
    row.informed_on = earlier(row.informed_on, theirs.informed_on);
    row.told_at = row.told_at.max(theirs.told_at);
    row.first_contact_on = earlier(row.first_contact_on, theirs.first_contact_on);
    row.created_at = row.created_at.min(theirs.created_at);
    row.restricted_at = match (row.restricted_at, theirs.restricted_at) {
        (Some(mine), Some(theirs)) => Some(mine.min(theirs)),
        (mine, theirs) => mine.or(theirs),
    };
    if row.subscriber != theirs.subscriber {
        row.subscriber = words::subscriber_number(None);
    }
    // Data that did not all come from the person need the information of Art. 14.
    if row.source_kind == SOURCE_PERSON {
        row.source_kind = theirs.source_kind;
    }
    (row.screened_on, row.flags) = screening(kept, other);
    row.flags |= flags(fields);
    for half in [kept, other] {
        row.flags |= still_undeliverable(half.row.flags, &half.kept.fields, fields);
    }
}

fn earlier(mine: Option<Date>, theirs: Option<Date>) -> Option<Date> {
    match (mine, theirs) {
        (Some(mine), Some(theirs)) => Some(mine.min(theirs)),
        (mine, theirs) => mine.or(theirs),
    }
}

/// A hit on an exclusion list stays. That there was none counts if it was looked for with every
/// number: on the day of the earlier look.
fn screening(kept: &Half, other: &Half) -> (Option<Date>, u64) {
    let halves = [kept, other];
    let has = |half: &&&Half, bit: u64| half.row.flags & bit != 0;
    let listed = halves
        .iter()
        .filter(|half| has(half, flag::SCREENED_LISTED))
        .filter_map(|half| half.row.screened_on)
        .max();
    if listed.is_some() || halves.iter().any(|half| has(&half, flag::SCREENED_LISTED)) {
        return (listed, flag::SCREENED_LISTED);
    }
    let with_numbers = halves
        .iter()
        .filter(|half| !half.kept.fields.phones.is_empty());
    let mut earliest = None;
    for half in with_numbers {
        if !has(&half, flag::SCREENED_CLEAR) {
            return (None, 0);
        }
        earliest = earlier(earliest, half.row.screened_on);
    }
    (
        earliest,
        if earliest.is_some() {
            flag::SCREENED_CLEAR
        } else {
            0
        },
    )
}

/// The names and postal addresses under which a later list may bring the person.
fn known_as(kept: &Half, other: &Half, fields: &Fields) -> Vec<Fields> {
    let now = fields.identity();
    let mut all: Vec<Fields> = Vec::new();
    let before = [&kept.kept, &other.kept].into_iter().flat_map(|half| {
        let own = std::iter::once(half.fields.identity());
        own.chain(half.known_as.iter().cloned())
    });
    for identity in before {
        if identity != now && identity.is_named() && !all.contains(&identity) {
            all.push(identity);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_both_stay_and_the_same_text_once() {
        let both = |mine, theirs| joined(mine, theirs).unwrap_or_default();
        assert_eq!(both(Some("Messe"), Some("Handel")), "Messe\nHandel");
        assert_eq!(both(Some("Messe 2026"), Some("Messe")), "Messe 2026\nMesse");
        assert_eq!(both(Some("Messe"), Some("Messe")), "Messe");
        assert_eq!(both(Some("Messe\nHandel"), Some("Handel")), "Messe\nHandel");
        assert_eq!(both(None, Some("Handel")), "Handel");
        assert_eq!(both(Some("Messe"), None), "Messe");
        assert_eq!(joined(None, None), None);
    }
}
