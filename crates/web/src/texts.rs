//! The pages' texts in German and English, from `locales/` (Fluent).

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Display;
use std::sync::LazyLock;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader as _, langid, static_loader};
use law::Lang;

use crate::pages::number;

static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "de",
        // The marks around each argument would show as boxes in some fonts.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static GERMAN: LazyLock<LanguageIdentifier> = LazyLock::new(|| langid!("de"));
static ENGLISH: LazyLock<LanguageIdentifier> = LazyLock::new(|| langid!("en"));

type Arguments<'a> = HashMap<Cow<'static, str>, FluentValue<'a>>;

/// The texts of one language. A test holds that every text that is asked for exists.
#[derive(Clone, Copy, Debug)]
pub struct Texts(pub Lang);

impl Texts {
    /// The text with this name.
    pub fn t(self, name: &str) -> String {
        self.find(name, None)
    }

    /// The text with one argument.
    pub fn with(self, name: &str, key: &'static str, value: impl Display) -> String {
        self.with_all(name, &[(key, &value)])
    }

    /// The text with several arguments.
    pub fn with_all(self, name: &str, values: &[(&'static str, &dyn Display)]) -> String {
        let arguments: Arguments<'_> = values
            .iter()
            .map(|(key, value)| (Cow::Borrowed(*key), FluentValue::from(value.to_string())))
            .collect();
        self.find(name, Some(&arguments))
    }

    /// The text for a number: `$n` chooses the form, `$count` shows it.
    pub fn n(self, name: &str, n: u64) -> String {
        let mut arguments = Arguments::new();
        arguments.insert(Cow::Borrowed("n"), FluentValue::from(n));
        let shown = number::count(n, self.0);
        arguments.insert(Cow::Borrowed("count"), FluentValue::from(shown));
        self.find(name, Some(&arguments))
    }

    fn find(self, name: &str, arguments: Option<&Arguments<'_>>) -> String {
        let language = match self.0 {
            Lang::De => &GERMAN,
            Lang::En => &ENGLISH,
        };
        let found = match arguments {
            Some(arguments) => LOCALES.try_lookup_with_args(language, name, arguments),
            None => LOCALES.try_lookup(language, name),
        };
        found.unwrap_or_else(|| {
            tracing::error!(name, "a text is missing");
            name.to_owned()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_in_both_languages_with_its_arguments() {
        assert_eq!(Texts(Lang::De).t("contacts-title"), "Kontakte");
        assert_eq!(Texts(Lang::En).t("contacts-title"), "Contacts");
        let invited = Texts(Lang::En).with("welcome-invited", "organisation", "Musterbau");
        assert!(invited.contains("Musterbau"), "{invited}");
        assert!(!invited.contains('\u{2068}'));
    }
}
