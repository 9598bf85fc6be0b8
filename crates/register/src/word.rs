//! Closed lists of words that a register may use, with their labels.

use law::facts::Purpose;
use law::{Channel, Land, LegalBasis};

/// A value that is written as one word out of a closed list.
pub(crate) trait Word: Copy + PartialEq + 'static {
    /// Every value, in the order in which people are shown them.
    fn all() -> &'static [Self];

    /// The word in the text form.
    fn word(self) -> &'static str;

    fn from_word(word: &str) -> Option<Self> {
        Self::all()
            .iter()
            .copied()
            .find(|value| value.word() == word)
    }
}

impl Word for Channel {
    fn all() -> &'static [Self] {
        &Self::ALL
    }

    fn word(self) -> &'static str {
        self.name()
    }
}

impl Word for Purpose {
    fn all() -> &'static [Self] {
        &Self::ALL
    }

    fn word(self) -> &'static str {
        self.name()
    }
}

impl Word for LegalBasis {
    fn all() -> &'static [Self] {
        &Self::ALL
    }

    fn word(self) -> &'static str {
        self.name()
    }
}

impl Word for Land {
    fn all() -> &'static [Self] {
        &Self::ALL
    }

    fn word(self) -> &'static str {
        self.code()
    }
}

/// Declares an enum whose values are words of the text form with a German and an English label.
macro_rules! words {
    (
        $(#[$doc:meta])*
        pub enum $name:ident {
            $( $(#[$value_doc:meta])* $value:ident = $word:literal, $de:literal, $en:literal; )+
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $( $(#[$value_doc])* $value, )+
        }

        impl $name {
            /// Every value, in declaration order.
            pub const ALL: &'static [Self] = &[$( Self::$value, )+];

            /// The word used in the text form and in JSON.
            pub const fn name(self) -> &'static str {
                match self { $( Self::$value => $word, )+ }
            }

            /// What people are shown.
            pub const fn label(self) -> law::Text {
                match self { $( Self::$value => law::Text::new($de, $en), )+ }
            }
        }

        impl $crate::word::Word for $name {
            fn all() -> &'static [Self] {
                Self::ALL
            }

            fn word(self) -> &'static str {
                self.name()
            }
        }
    };
}

pub(crate) use words;
