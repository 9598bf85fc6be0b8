//! E-mail addresses.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// A valid e-mail address in two forms: as written (domain in lower case) and as compared.
///
/// RFC 5321 lets a server tell `Max@` from `max@`; none does in practice, and an objection must
/// not be lost over it, so the compared form is lower case throughout. A domain with umlauts is
/// compared in its ASCII form (RFC 5891).
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email {
    address: String,
    key: String,
}

/// Why a text is no e-mail address. The message never repeats the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum EmailFault {
    /// Nothing there.
    #[error("the e-mail address is empty")]
    Empty,
    /// No `@`.
    #[error("the e-mail address has no @")]
    NoAt,
    /// More than one `@`.
    #[error("the e-mail address has more than one @")]
    TwoAt,
    /// Blank inside.
    #[error("the e-mail address has a blank inside")]
    Blank,
    /// The part before `@` is empty, too long or has a character or dot that is not allowed.
    #[error("the part before @ is not allowed in an e-mail address")]
    LocalPart,
    /// The domain has no dot, as in `max@localhost`.
    #[error("the part after @ is no complete domain, for example example.de")]
    NoTopLevel,
    /// The domain is not a valid name.
    #[error("the part after @ is no valid domain")]
    Domain,
    /// Longer than 254 bytes (RFC 5321).
    #[error("the e-mail address is longer than 254 characters")]
    TooLong,
}

impl EmailFault {
    /// The reason in German, for the rejects file.
    pub const fn german(self) -> &'static str {
        match self {
            Self::Empty => "E-Mail-Adresse ist leer",
            Self::NoAt => "E-Mail-Adresse ohne @",
            Self::TwoAt => "E-Mail-Adresse mit mehr als einem @",
            Self::Blank => "E-Mail-Adresse mit Leerzeichen",
            Self::LocalPart => "Teil vor dem @ ist in einer E-Mail-Adresse nicht erlaubt",
            Self::NoTopLevel => "Teil nach dem @ ist keine vollständige Domain (z. B. example.de)",
            Self::Domain => "Teil nach dem @ ist keine gültige Domain",
            Self::TooLong => "E-Mail-Adresse ist länger als 254 Zeichen",
        }
    }
}

impl Email {
    /// Reads one address. Taken off first: blanks, `mailto:`, a display name with angle
    /// brackets, quotes, a closing comma, semicolon or dot.
    pub fn parse(text: &str) -> Result<Self, EmailFault> {
        let bare = strip(text);
        if bare.is_empty() {
            return Err(EmailFault::Empty);
        }
        if bare.len() > 320 {
            return Err(EmailFault::TooLong);
        }
        if bare.chars().any(char::is_whitespace) {
            return Err(EmailFault::Blank);
        }
        let (local, domain) = bare.split_once('@').ok_or(EmailFault::NoAt)?;
        if domain.contains('@') {
            return Err(EmailFault::TwoAt);
        }
        let local: String = local.nfc().collect();
        check_local(&local)?;
        let (readable, ascii) = domain_forms(domain)?;
        if local.len() + 1 + ascii.len() > 254 {
            return Err(EmailFault::TooLong);
        }
        let lower: String = local.to_lowercase().nfc().collect();
        Ok(Self {
            address: format!("{local}@{readable}"),
            key: format!("{lower}@{ascii}"),
        })
    }

    /// The address to write to and to show: the local part as it was written, the domain in
    /// lower case.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The form under which addresses are compared and looked up.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The domain in ASCII, for example `xn--mnchen-3ya.example`.
    pub fn domain(&self) -> &str {
        self.key.split_once('@').map_or("", |(_, domain)| domain)
    }
}

fn strip(text: &str) -> &str {
    let mut bare = text.trim();
    if let (Some(open), Some(close)) = (bare.rfind('<'), bare.rfind('>'))
        && open < close
    {
        bare = bare.get(open + 1..close).unwrap_or(bare);
    }
    bare = bare.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '"' | '\'' | '<' | '>' | '(' | ')' | '[' | ']' | ',' | ';'
            )
    });
    if let Some(prefix) = bare.get(..7)
        && prefix.eq_ignore_ascii_case("mailto:")
    {
        bare = bare.get(7..).unwrap_or_default();
        bare = bare.split('?').next().unwrap_or_default();
    }
    bare.trim_end_matches('.').trim()
}

fn check_local(local: &str) -> Result<(), EmailFault> {
    let allowed = |c: char| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c);
    let dots = local.starts_with('.') || local.ends_with('.') || local.contains("..");
    if local.is_empty() || local.len() > 64 || dots || !local.chars().all(allowed) {
        return Err(EmailFault::LocalPart);
    }
    Ok(())
}

/// The domain as people read it and in ASCII.
fn domain_forms(domain: &str) -> Result<(String, String), EmailFault> {
    if is_plain_domain(domain) {
        let lower = domain.to_ascii_lowercase();
        check_top_level(&lower)?;
        return Ok((lower.clone(), lower));
    }
    let ascii = idna::domain_to_ascii_strict(domain).map_err(|_| {
        if domain.contains('.') {
            EmailFault::Domain
        } else {
            EmailFault::NoTopLevel
        }
    })?;
    check_top_level(&ascii)?;
    let (readable, valid) = idna::domain_to_unicode(&ascii);
    valid.map_err(|_| EmailFault::Domain)?;
    Ok((readable, ascii))
}

/// ASCII letters, digits and inner hyphens, no `xn--` label: the usual case, which needs no
/// Unicode tables.
fn is_plain_domain(domain: &str) -> bool {
    let label = |l: &str| {
        !l.is_empty()
            && l.len() <= 63
            && !l.starts_with('-')
            && !l.ends_with('-')
            && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && l.as_bytes().get(2..4) != Some(b"--")
    };
    domain.len() <= 253 && domain.split('.').all(label)
}

fn check_top_level(ascii: &str) -> Result<(), EmailFault> {
    let (rest, top) = ascii.rsplit_once('.').ok_or(EmailFault::NoTopLevel)?;
    if rest.is_empty() || top.len() < 2 || top.bytes().all(|b| b.is_ascii_digit()) {
        return Err(EmailFault::NoTopLevel);
    }
    Ok(())
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(…)")
    }
}

impl TryFrom<String> for Email {
    type Error = EmailFault;

    fn try_from(text: String) -> Result<Self, EmailFault> {
        Self::parse(&text)
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.address
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(text: &str) -> String {
        Email::parse(text).unwrap().key().to_owned()
    }

    #[test]
    fn spellings_of_one_address_are_the_same_address() {
        for text in [
            "erika.muster@example.de",
            " Erika.Muster@Example.DE ",
            "Erika Muster <erika.muster@example.de>",
            "\"Muster, Erika\" <Erika.Muster@example.de>",
            "mailto:erika.muster@example.de",
            "MAILTO:erika.muster@example.de?subject=Hallo",
            "'erika.muster@example.de'",
            "<erika.muster@example.de>;",
            "erika.muster@example.de.",
        ] {
            assert_eq!(key(text), "erika.muster@example.de", "{text}");
        }
    }

    #[test]
    fn a_domain_with_umlauts_has_one_form() {
        assert_eq!(
            key("info@Müller.example"),
            key("INFO@xn--mller-kva.example")
        );
        let email = Email::parse("info@xn--mller-kva.example").unwrap();
        assert_eq!(email.address(), "info@müller.example");
        assert_eq!(email.domain(), "xn--mller-kva.example");
    }

    #[test]
    fn what_is_no_address_is_refused_with_its_reason() {
        for (text, fault) in [
            ("", EmailFault::Empty),
            ("erika.example.de", EmailFault::NoAt),
            ("a@b@example.de", EmailFault::TwoAt),
            ("erika muster@example.de", EmailFault::Blank),
            ("@example.de", EmailFault::LocalPart),
            (".erika@example.de", EmailFault::LocalPart),
            ("eri..ka@example.de", EmailFault::LocalPart),
            ("eri,ka@example.de", EmailFault::LocalPart),
            ("erika@example", EmailFault::NoTopLevel),
            ("erika@localhost", EmailFault::NoTopLevel),
            ("erika@192.168.0.1", EmailFault::NoTopLevel),
            ("erika@example..de", EmailFault::Domain),
            ("erika@-example.de", EmailFault::Domain),
            ("erika@exa_mple.de", EmailFault::Domain),
        ] {
            assert_eq!(Email::parse(text).unwrap_err(), fault, "{text}");
        }
        let long = format!("{}@example.de", "a".repeat(65));
        assert_eq!(Email::parse(&long).unwrap_err(), EmailFault::LocalPart);
    }

    #[test]
    fn debug_output_does_not_show_the_address() {
        let email = Email::parse("erika@example.de").unwrap();
        assert!(!format!("{email:?}").contains("erika"));
    }

    proptest! {
        #[test]
        fn the_form_of_a_form_is_itself(text in ".{0,20}@.{1,20}\\.de") {
            if let Ok(email) = Email::parse(&text) {
                let again = Email::parse(email.address()).unwrap();
                prop_assert_eq!(again.key(), email.key());
                let by_key = Email::parse(email.key()).unwrap();
                prop_assert_eq!(by_key.key(), email.key());
            }
        }
    }
}
