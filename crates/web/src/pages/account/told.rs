//! What people are told when they are not let in, or may not change who is.

use operations::access::{AccessError, WeakPassword};

use crate::problem::Problem;
use crate::texts::Texts;

/// The text for an input that can be mended; the problem where something else is wrong.
///
/// # Errors
/// When the form can't be shown again with a hint.
pub fn told(error: AccessError, texts: Texts) -> Result<String, Problem> {
    let name = match error {
        AccessError::Refused => "access-refused",
        AccessError::Code => "access-code",
        AccessError::TooMany { .. } => "access-too-many",
        AccessError::Email => "access-email",
        AccessError::Country => "access-country",
        AccessError::Name => "access-name",
        AccessError::Password(WeakPassword::Short) => "access-password-short",
        AccessError::Password(WeakPassword::Long) => "access-password-long",
        AccessError::Password(WeakPassword::Guessable) => "access-password-guessable",
        AccessError::Passkey(_) => "access-passkey",
        AccessError::NoHostName => "access-no-host-name",
        AccessError::Member => "access-member",
        AccessError::LastOwner => "access-last-owner",
        AccessError::LastWayIn => "access-last-way-in",
        AccessError::ActsElsewhere => "access-acts-elsewhere",
        AccessError::Over => "access-over",
        AccessError::Operation(operations::Error::OrganisationName) => "access-organisation-name",
        AccessError::Operation(operations::Error::OrganisationExists) => {
            "access-organisation-exists"
        }
        other => return Err(other.into()),
    };
    Ok(texts.t(name))
}
