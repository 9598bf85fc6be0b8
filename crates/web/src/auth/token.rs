//! Access tokens. Only their hashes are kept in memory.

use std::fmt;

use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::Caller;

/// A token that could be guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "an access token needs at least {} characters; take random ones",
    Token::SHORTEST
)]
pub struct ShortToken;

/// An access token and whom it stands for.
#[derive(Clone)]
pub struct Token {
    hash: [u8; 32],
    caller: Caller,
}

impl Token {
    /// Fewest characters of a token.
    pub const SHORTEST: usize = 32;

    /// A token that stands for `caller`.
    ///
    /// # Errors
    /// If it has fewer than [`Token::SHORTEST`] characters.
    pub fn new(secret: &str, caller: Caller) -> Result<Self, ShortToken> {
        if secret.len() < Self::SHORTEST {
            return Err(ShortToken);
        }
        Ok(Self {
            hash: Sha256::digest(secret).into(),
            caller,
        })
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("caller", &self.caller)
            .finish_non_exhaustive()
    }
}

/// The tokens that are valid.
#[derive(Clone, Debug, Default)]
pub struct Tokens(Vec<Token>);

impl Tokens {
    /// These tokens; with none, nobody gets in.
    pub fn new(tokens: Vec<Token>) -> Self {
        Self(tokens)
    }

    /// Whom `secret` stands for. Takes the same time whichever token it is like.
    pub(crate) fn caller(&self, secret: &str) -> Option<&Caller> {
        let hash: [u8; 32] = Sha256::digest(secret).into();
        self.0.iter().fold(None, |found, token| {
            let same = bool::from(token.hash.ct_eq(&hash));
            if same { Some(&token.caller) } else { found }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(account: &str) -> Caller {
        Caller {
            account: account.to_owned(),
            organisation: Some("Musterbau".to_owned()),
        }
    }

    #[test]
    fn each_token_stands_for_its_caller_and_others_for_nobody() {
        let (a, b) = ("a".repeat(32), "b".repeat(40));
        let tokens = Tokens::new(vec![
            Token::new(&a, caller("crm")).unwrap(),
            Token::new(&b, caller("mailer")).unwrap(),
        ]);
        assert_eq!(tokens.caller(&a).map(|c| &*c.account), Some("crm"));
        assert_eq!(tokens.caller(&b).map(|c| &*c.account), Some("mailer"));
        assert_eq!(tokens.caller(&a[1..]), None);
        assert_eq!(tokens.caller(""), None);
        assert_eq!(Tokens::default().caller(&a), None);
    }

    #[test]
    fn a_short_token_is_refused_and_a_token_is_never_printed() {
        assert_eq!(Token::new("short", caller("crm")).unwrap_err(), ShortToken);
        let secret = "s3cret".repeat(6);
        assert!(!format!("{:?}", Token::new(&secret, caller("crm")).unwrap()).contains("s3cret"));
    }
}
