//! What a register leaves out, and which provision asks for it.

mod activity;
mod advertising;
mod consent;
mod form;
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
    /// What to do, in words that fit the forms.
    pub next_step: Text,
    /// The key or table of the text form where it is done, for people who write it; may be
    /// empty.
    pub key: &'static str,
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
    /// A form, by identifier.
    Form(String),
}

impl Place {
    /// The path in the register, as in [`Fault::path`](crate::Fault::path).
    pub fn path(&self) -> String {
        match self {
            Self::Organisation => "organisation".to_owned(),
            Self::Activity(id) => format!("activity.{id}"),
            Self::Recipient(id) => format!("recipient.{id}"),
            Self::ConsentText(key) => format!("consent_text.{key}"),
            Self::Form(id) => format!("form.{id}"),
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
/// activities, recipients, consent texts and forms in the order of the register.
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
    for form in &register.forms {
        form::check(register, form, &mut found);
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
    key: &'static str,
    finding: Text,
    next_step: Text,
}

impl Rule {
    const fn must(
        code: &'static str,
        citation: &'static str,
        key: &'static str,
        finding: Text,
        next_step: Text,
    ) -> Self {
        Self {
            code,
            weight: Weight::Must,
            citation: Citation::new(citation),
            confidence: Confidence::Settled,
            key,
            finding,
            next_step,
        }
    }

    const fn should(
        code: &'static str,
        citation: &'static str,
        key: &'static str,
        finding: Text,
        next_step: Text,
    ) -> Self {
        Self {
            weight: Weight::Should,
            ..Self::must(code, citation, key, finding, next_step)
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
            key: self.key,
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

#[cfg(test)]
mod tests {
    use std::iter::Peekable;
    use std::str::Chars;

    /// The texts in quotation marks of each rule, in order: code, citation, key, then finding and
    /// next step in German and English.
    fn rules() -> Vec<Vec<String>> {
        let sources = [
            include_str!("activity.rs"),
            include_str!("advertising.rs"),
            include_str!("consent.rs"),
            include_str!("form.rs"),
            include_str!("organisation.rs"),
            include_str!("recipient.rs"),
        ];
        let consts = sources.iter().flat_map(|source| source.split("\nconst "));
        let rules = consts.filter(|text| text.contains("Rule = Rule::"));
        let rules = rules.map(|text| {
            let rule = text.split("\n\n").next().unwrap_or_default();
            quoted(&mut rule.chars().peekable())
        });
        // A rule that shares its texts with another one has only code and citation.
        rules.filter(|texts| texts.len() > 2).collect()
    }

    fn quoted(chars: &mut Peekable<Chars<'_>>) -> Vec<String> {
        let mut texts = Vec::new();
        while chars.find(|c| *c == '"').is_some() {
            texts.push(chars.by_ref().take_while(|c| *c != '"').collect());
        }
        texts
    }

    /// Pages show finding and next step to people who know no text form.
    #[test]
    fn what_to_do_is_said_without_the_keys_of_the_text_form() {
        let rules = rules();
        assert!(rules.len() > 50, "only {} rules were found", rules.len());
        let keys: Vec<_> = rules.iter().map(|rule| rule[2].clone()).collect();
        let mut names: Vec<&str> = keys
            .iter()
            .flat_map(|key| key.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')))
            .filter(|name| !name.is_empty())
            .collect();
        names.sort_unstable();
        names.dedup();
        assert!(names.contains(&"signed_on") && names.contains(&"purpose"));
        for rule in &rules {
            let [code, _, _, texts @ ..] = &rule[..] else {
                unreachable!("a rule has a key");
            };
            assert_eq!(texts.len(), 4, "{code}");
            for text in texts {
                assert!(!text.contains(['[', ']', '_', '=', '\\']), "{code}: {text}");
            }
            // Some keys are words of English too, but none is one of German.
            for text in [&texts[0], &texts[2]] {
                let words = text.split(|c: char| !c.is_alphanumeric());
                for word in words {
                    assert!(!names.contains(&word), "{code}: {word} in {text}");
                }
            }
        }
    }

    #[test]
    fn german_texts_cite_as_german_readers_do() {
        for rule in rules() {
            for text in [&rule[3], &rule[5]] {
                for foreign in ["GDPR", "CJEU", "EDPB", " sentence "] {
                    assert!(!text.contains(foreign), "{text}");
                }
                let numbered = text.split('(').skip(1);
                for inner in numbered {
                    let inner = inner.split(')').next().unwrap_or_default();
                    assert!(inner.len() > 2, "{text}");
                }
            }
        }
    }
}
