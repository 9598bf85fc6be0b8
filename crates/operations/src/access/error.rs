//! Why somebody is not let in, or may not change who is.

use jiff::Timestamp;

use crate::Error;

/// Why an operation on accounts was not carried out. Nothing was changed then, save for the count
/// of failed attempts. The texts repeat nothing personal.
#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    /// The operation below failed.
    #[error(transparent)]
    Operation(#[from] Error),
    /// Address, password or code do not fit; it is not said which.
    #[error("this does not fit; check address and password")]
    Refused,
    /// The one-time code does not fit.
    #[error("this code does not fit; wait for the next one and check the device's clock")]
    Code,
    /// Too many failed attempts from this place.
    #[error("too many attempts; try again after {until:.0}, or use a passkey")]
    TooMany {
        /// When the next attempt counts.
        until: Timestamp,
    },
    /// The link is unknown, used or expired.
    #[error("this link does not work any more; ask for a new one")]
    Link,
    /// The session has ended, or has not come so far.
    #[error("you are signed out; sign in again")]
    SignedOut,
    /// The e-mail address can't be read.
    #[error("this is no e-mail address")]
    Email,
    /// The country can't be read.
    #[error("choose a country")]
    Country,
    /// The name is empty or too long.
    #[error("give a name of 1 to 100 characters")]
    Name,
    /// The password is too easily guessed.
    #[error("{0}")]
    Password(WeakPassword),
    /// The passkey could not be checked.
    #[error("the passkey could not be checked: {0}")]
    Passkey(&'static str),
    /// Passkeys need a host name.
    #[error("passkeys work only under a host name, not under a bare address")]
    NoHostName,
    /// The account is a member already.
    #[error("this person is a member already")]
    Member,
    /// No such member.
    #[error("there is no such member")]
    UnknownMember,
    /// Somebody has to be left who can let others in.
    #[error("an organisation needs an owner; make somebody else owner first")]
    LastOwner,
    /// The last way to sign in.
    #[error("this is the only way in; add another one first")]
    LastWayIn,
    /// The account acts for other organisations too, so one of them can't let it in anew.
    #[error("this person acts for other organisations too; the operator has to help")]
    ActsElsewhere,
    /// The role's last day is over.
    #[error("the last day must not be over")]
    Over,
    /// The role does not allow it.
    #[error("your role does not allow this")]
    NotAllowed,
}

/// What is wrong with a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    /// Too short.
    #[error("a password needs at least {} characters", super::password::SHORTEST)]
    Short,
    /// Too long.
    #[error("a password has at most {} characters", super::password::LONGEST)]
    Long,
    /// Known, repeated or taken from the name or address.
    #[error("this password is easily guessed; take four words that have nothing in common")]
    Guessable,
}

impl From<store::StoreError> for AccessError {
    fn from(error: store::StoreError) -> Self {
        Self::Operation(error.into())
    }
}

impl From<vault::VaultError> for AccessError {
    fn from(error: vault::VaultError) -> Self {
        Self::Operation(error.into())
    }
}
