//! Passwords: argon2id, with a limit on what is easily guessed.

use std::sync::OnceLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use unicode_normalization::UnicodeNormalization as _;

use super::error::{AccessError, WeakPassword};
use crate::Error;

/// Fewest characters.
pub(super) const SHORTEST: usize = 12;
/// Most characters, so that a request can't cost much.
pub(super) const LONGEST: usize = 200;

/// Long enough and tried first all the same.
const KNOWN: [&str; 20] = [
    "123456789012",
    "1234567890123",
    "12345678901234",
    "1q2w3e4r5t6z",
    "1q2w3e4r5t6y",
    "abcdefghijkl",
    "hallohallohallo",
    "iloveyou1234",
    "leitplanke123",
    "passwort1234",
    "passwort12345",
    "passwortpasswort",
    "password1234",
    "password12345",
    "passwordpassword",
    "qwertyuiop123",
    "qwertzuiop123",
    "qwertzuiopasdf",
    "schatzschatz",
    "willkommen123",
];

/// The hash that is kept.
///
/// # Errors
/// When the password is too short, too long or easily guessed. `personal` are words that it must
/// not be made of, such as the address.
pub(super) fn hash(password: &str, personal: &[&str]) -> Result<String, AccessError> {
    let password = normal(password);
    check(&password, personal).map_err(AccessError::Password)?;
    let hash = Argon2::default()
        .hash_password(password.as_bytes())
        .map_err(|_| Error::Random)?;
    Ok(hash.to_string())
}

/// Whether the password is the one. Takes as long where there is none.
pub(super) fn fits(password: &str, hash: Option<&str>) -> bool {
    static NOBODYS: OnceLock<Option<String>> = OnceLock::new();
    let nobodys = NOBODYS.get_or_init(|| {
        let hash = Argon2::default().hash_password(b"nobody's password").ok()?;
        Some(hash.to_string())
    });
    let there = hash.is_some();
    let Some(text) = hash.or(nobodys.as_deref()) else {
        return false;
    };
    let password = normal(&password.chars().take(LONGEST).collect::<String>());
    let fits = PasswordHash::new(text).is_ok_and(|hash| {
        Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok()
    });
    fits && there
}

/// The same characters can be typed in several ways.
fn normal(password: &str) -> String {
    password.nfkc().collect()
}

fn check(password: &str, personal: &[&str]) -> Result<(), WeakPassword> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(WeakPassword::Short);
    }
    if length > LONGEST {
        return Err(WeakPassword::Long);
    }
    let lower = password.to_lowercase();
    let different: std::collections::BTreeSet<char> = lower.chars().collect();
    // What is left of it without the personal words must still be long enough to guess.
    let rest = personal
        .iter()
        .filter(|word| word.chars().count() > 3)
        .fold(lower.clone(), |rest, word| {
            rest.replace(&word.to_lowercase(), "")
        });
    let guessable =
        different.len() < 5 || KNOWN.contains(&lower.as_str()) || rest.chars().count() < 8;
    if guessable {
        Err(WeakPassword::Guessable)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_its_own_hash_and_no_other() {
        let kept = hash("vier Wörter ohne Sinn", &[]).unwrap();
        assert!(kept.starts_with("$argon2id$"));
        assert!(fits("vier Wörter ohne Sinn", Some(&kept)));
        // The same letters typed with combining marks.
        assert!(fits("vier Wo\u{308}rter ohne Sinn", Some(&kept)));
        assert!(!fits("vier Wörter ohne sinn", Some(&kept)));
        assert!(!fits("nobody's password", None));
    }

    #[test]
    fn what_is_easily_guessed_is_refused() {
        use WeakPassword::{Guessable, Long, Short};
        for (password, wrong) in [
            ("kurz", Short),
            ("aaaaaaaaaaaaaaaa", Guessable),
            ("Passwort1234", Guessable),
            ("erika@beispiel.de1", Guessable),
            (&"ab1c2".repeat(50), Long),
        ] {
            assert_eq!(
                check(password, &["erika", "beispiel", "erika@beispiel.de"]),
                Err(wrong),
                "{password}"
            );
        }
        assert_eq!(check("Lampe Rhabarber Zaun", &["erika"]), Ok(()));
    }
}
