//! The closed lists of a request. The numbers are stored.

use crate::Error;

/// A closed list with a number and a name for each word.
macro_rules! words {
    ($(#[$about:meta])* $name:ident, $stored:literal, $count:literal: $($(#[$meaning:meta])* $word:ident = $number:literal $text:literal,)*) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(i16)]
        pub enum $name { $($(#[$meaning])* $word = $number,)* }

        impl $name {
            /// Every one.
            pub const ALL: [Self; $count] = [$(Self::$word),*];

            /// Its name in evidence entries, forms and the API.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$word => $text,)* }
            }

            /// The one with this name.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|one| one.name() == name)
            }

            pub(super) fn stored(number: i16) -> Result<Self, Error> {
                let found = Self::ALL.into_iter().find(|one| *one as i16 == number);
                found.ok_or(Error::Stored($stored))
            }
        }
    };
}

words! {
    /// What is asked for.
    RequestKind, "request", 9:
    /// Access (GDPR Art. 15).
    Access = 1 "access",
    /// Erasure (Art. 17).
    Erasure = 2 "erasure",
    /// Rectification (Art. 16).
    Rectification = 3 "rectification",
    /// Restriction of processing (Art. 18).
    Restriction = 4 "restriction",
    /// Data portability (Art. 20).
    Portability = 5 "portability",
    /// Objection (Art. 21).
    Objection = 6 "objection",
    /// No decision by a machine alone (Art. 22).
    NoAutomatedDecision = 7 "no_automated_decision",
    /// Withdrawal of consent (Art. 7(3)).
    Withdrawal = 8 "withdrawal",
    /// Nobody has said yet what a mail asks for.
    Unsorted = 9 "unsorted",
}

words! {
    /// By which way a request came.
    Intake, "way of a request", 7:
    /// The person's own page, behind a link that was mailed to the address on record.
    Own = 1 "own_page",
    /// The public page.
    Page = 2 "public_page",
    /// E-mail.
    Mail = 3 "email",
    /// Telephone.
    Phone = 4 "telephone",
    /// Letter.
    Letter = 5 "letter",
    /// In person.
    InPerson = 6 "in_person",
    /// The API.
    Api = 7 "api",
}

words! {
    /// Whether it is known that the person asks (GDPR Art. 12(6)).
    Identity, "identity of a request", 5:
    /// There is no doubt that calls for more.
    NotNeeded = 1 "not_needed",
    /// Confirmed by the address on record, or otherwise.
    Confirmed = 2 "confirmed",
    /// A confirmation was asked for by mail.
    Asked = 3 "asked",
    /// In doubt.
    Doubtful = 4 "doubtful",
    /// A confirmation is to be asked for with the next mail, since the mailbox got enough of them.
    Unasked = 5 "unasked",
}

impl Identity {
    /// Whether it is certain enough that the person asks.
    pub const fn is_certain(self) -> bool {
        matches!(self, Self::NotNeeded | Self::Confirmed)
    }
}

words! {
    /// What came of a request.
    Outcome, "outcome of a request", 6:
    /// It was answered.
    Answered = 1 "answered",
    /// It was refused (Art. 12(4)).
    Refused = 2 "refused",
    /// Nothing is stored about the person.
    NothingStored = 3 "nothing_stored",
    /// The person took it back.
    Withdrawn = 4 "withdrawn",
    /// It goes on in another request of the same person.
    Joined = 5 "joined",
    /// A mail that asked for nothing of the kind.
    Discarded = 6 "discarded",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_comes_back_by_its_number_and_its_name() {
        for kind in RequestKind::ALL {
            assert_eq!(RequestKind::stored(kind as i16).ok(), Some(kind));
            assert_eq!(RequestKind::named(kind.name()), Some(kind));
        }
        assert!(RequestKind::stored(0).is_err());
    }
}
