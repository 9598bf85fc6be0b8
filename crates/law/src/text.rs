//! Texts that exist in German and English.

use serde::{Deserialize, Serialize};

/// The language of a text shown to a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// German, the default: the product's first users work under German law.
    #[default]
    De,
    /// English.
    En,
}

/// A fixed text in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Text {
    /// German wording.
    pub de: &'static str,
    /// English wording.
    pub en: &'static str,
}

impl Text {
    /// Pairs a German with an English wording.
    pub const fn new(de: &'static str, en: &'static str) -> Self {
        Self { de, en }
    }

    /// The wording in `lang`.
    pub const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::De => self.de,
            Lang::En => self.en,
        }
    }
}
