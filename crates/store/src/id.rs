//! Identifiers.

use std::fmt;
use std::str::FromStr;

/// A keyed hash of an address, 32 bytes.
pub type Hash = [u8; 32];

/// The 16 bytes that name an organisation, a contact, a consent and so on.
///
/// Identifiers that begin with the time at which they were made keep new rows together on disk,
/// which makes an import several times faster than identifiers that are all random.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Id(pub [u8; 16]);

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text is not 32 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an identifier has 32 hexadecimal digits")]
pub struct IdError;

impl FromStr for Id {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let digits = text.as_bytes();
        if digits.len() != 32 {
            return Err(IdError);
        }
        let mut bytes = [0; 16];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Ok(Self(bytes))
    }
}

fn digit(ascii: u8) -> Result<u8, IdError> {
    match ascii {
        b'0'..=b'9' => Ok(ascii - b'0'),
        b'a'..=b'f' => Ok(ascii - b'a' + 10),
        b'A'..=b'F' => Ok(ascii - b'A' + 10),
        _ => Err(IdError),
    }
}

#[cfg(test)]
mod tests {
    use super::{Id, IdError};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_shown_can_be_read(bytes: [u8; 16]) {
            let id = Id(bytes);
            prop_assert_eq!(id.to_string().parse(), Ok(id));
            prop_assert_eq!(id.to_string().to_uppercase().parse(), Ok(id));
        }

        #[test]
        fn any_other_text_is_refused(text in "[^0-9a-fA-F]{32}|[0-9a-f]{0,31}|[0-9a-f]{33,40}") {
            prop_assert_eq!(text.parse::<Id>(), Err(IdError));
        }
    }
}
