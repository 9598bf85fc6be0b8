//! What a register leaves out, and which provision asks for it.

mod activity;
mod advertising;
mod consent;
mod organisation;
mod recipient;
mod step;

use jiff::civil::Date;
use law::{Citation, Confidence, Lang, Text};

use crate::Register;

pub use step::PathStep;

/// Something that a register leaves out or that does not fit together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Stable name of the rule, for example `retention_missing`.
    pub code: &'static str,
    /// How pressing it is.
    pub weight: Weight,
    /// The provision that asks for it.
    pub citation: Citation,
    /// Whether the rule is settled or a person is to check it.
    pub confidence: Confidence,
    /// Which entry it is about.
    pub place: Place,
    /// What is missing or does not fit.
    pub finding: Text,
    /// The single items that are missing, where the rule has several.
    pub items: Vec<Text>,
    /// What to do.
    pub next_step: Text,
}

/// How pressing a gap is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// A statute demands it.
    Must,
    /// Good practice, or only probably demanded.
    Should,
}

impl Weight {
    /// The name used in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Should => "should",
        }
    }
}

/// The entry that a gap is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The organisation.
    Organisation,
    /// An activity, by identifier.
    Activity(String),
    /// A recipient, by identifier.
    Recipient(String),
    /// A consent text, as `id@version`.
    ConsentText(String),
}

impl Place {
    /// The path in the register, as in [`Fault::path`](crate::Fault::path).
    pub fn path(&self) -> String {
        match self {
            Self::Organisation => "organisation".to_owned(),
            Self::Activity(id) => format!("activity.{id}"),
            Self::Recipient(id) => format!("recipient.{id}"),
            Self::ConsentText(key) => format!("consent_text.{key}"),
        }
    }
}

impl Gap {
    /// The step of the way that it belongs to.
    pub fn step(&self) -> PathStep {
        step::of(self.code).unwrap_or(PathStep::Purposes)
    }

    /// The finding with its items, in `lang`.
    pub fn text(&self, lang: Lang) -> String {
        let mut text = self.finding.get(lang).to_owned();
        if !self.items.is_empty() {
            let items: Vec<_> = self.items.iter().map(|item| item.get(lang)).collect();
            text.push_str(": ");
            text.push_str(&items.join(", "));
        }
        text
    }
}

/// What `register` leaves out on the day `on`: first the organisation's own gaps, then those of
/// activities, recipients and consent texts in the order of the register.
///
/// A processing activity without gaps here may still be unlawful: only what is declared can be
/// checked, and some of it only by a person.
pub fn gaps(register: &Register, on: Date) -> Vec<Gap> {
    let mut found = Vec::new();
    organisation::check(register, on, &mut found);
    for activity in &register.activities {
        activity::check(activity, &mut found);
        advertising::check(register, activity, &mut found);
    }
    for recipient in &register.recipients {
        recipient::check(register, recipient, on, &mut found);
    }
    for text in &register.consent_texts {
        if register.current_consent_text(&text.id) == Some(text) {
            consent::check(register, text, &mut found);
        }
    }
    found
}

/// A rule of this module: everything about a gap but where it is.
#[derive(Clone, Copy)]
struct Rule {
    code: &'static str,
    weight: Weight,
    citation: Citation,
    confidence: Confidence,
    finding: Text,
    next_step: Text,
}

impl Rule {
    const fn must(
        code: &'static str,
        citation: &'static str,
        finding: Text,
        next_step: Text,
    ) -> Self {
        Self {
            code,
            weight: Weight::Must,
            citation: Citation::new(citation),
            confidence: Confidence::Settled,
            finding,
            next_step,
        }
    }

    const fn should(
        code: &'static str,
        citation: &'static str,
        finding: Text,
        next_step: Text,
    ) -> Self {
        Self {
            weight: Weight::Should,
            ..Self::must(code, citation, finding, next_step)
        }
    }

    const fn to_be_checked(self) -> Self {
        Self {
            confidence: Confidence::ToBeChecked,
            ..self
        }
    }

    const fn citing(self, citation: Citation) -> Self {
        Self { citation, ..self }
    }

    fn at(&self, place: Place) -> Gap {
        self.with(place, Vec::new())
    }

    fn with(&self, place: Place, items: Vec<Text>) -> Gap {
        Gap {
            code: self.code,
            weight: self.weight,
            citation: self.citation,
            confidence: self.confidence,
            place,
            finding: self.finding,
            items,
            next_step: self.next_step,
        }
    }
}

/// The labels of the things that are not there.
fn missing(items: &[(bool, Text)]) -> Vec<Text> {
    items
        .iter()
        .filter(|(there, _)| !there)
        .map(|(_, label)| *label)
        .collect()
}
