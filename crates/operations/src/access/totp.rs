//! One-time codes of an authenticator app (RFC 6238).

use jiff::Timestamp;
use qrcodegen::{QrCode, QrCodeEcc};
use totp_rs::{Builder, Secret, Totp};
use zeroize::Zeroizing;

use super::error::AccessError;
use crate::Error;

/// Bytes of the secret; RFC 4226 recommends 160 bits.
const SECRET: usize = 20;

/// What a person puts into an authenticator app.
#[derive(Clone, Debug)]
pub struct Authenticator {
    /// The secret in Base32, in groups of four to be typed.
    pub secret: String,
    /// The same as a link that opens the app.
    pub url: String,
    /// The same as a picture: dark modules as rows of a square.
    pub picture: Vec<Vec<bool>>,
}

/// A new secret.
pub(super) fn new_secret() -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut bytes = Zeroizing::new(vec![0; SECRET]);
    getrandom::fill(&mut bytes).map_err(|_| Error::Random)?;
    Ok(bytes)
}

/// The time step whose code this is, if it is a valid one later than `last`.
pub(super) fn step(
    secret: &[u8],
    code: &str,
    last: Option<i64>,
    now: Timestamp,
) -> Result<Option<i64>, AccessError> {
    let totp = totp(secret, "Leitplanke")?;
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let time = u64::try_from(now.as_second()).unwrap_or_default();
    let step = totp
        .check(&digits, time)
        .and_then(|step| i64::try_from(step).ok());
    // A code counts once (RFC 6238, section 5.2).
    Ok(step.filter(|step| last.is_none_or(|last| *step > last)))
}

/// How the secret gets into an app.
pub(super) fn authenticator(secret: &[u8], email: &str) -> Result<Authenticator, AccessError> {
    let totp = totp(secret, email)?;
    let url = totp.to_url().map_err(|_| Error::Stored("code secret"))?;
    let base32 = Secret::from(secret).to_base32();
    let groups: Vec<String> = base32
        .as_bytes()
        .chunks(4)
        .map(|group| String::from_utf8_lossy(group).into_owned())
        .collect();
    let code =
        QrCode::encode_text(&url, QrCodeEcc::Medium).map_err(|_| Error::Stored("code secret"))?;
    let size = code.size();
    let row = |y| (0..size).map(|x| code.get_module(x, y)).collect();
    Ok(Authenticator {
        secret: groups.join(" "),
        url,
        picture: (0..size).map(row).collect(),
    })
}

fn totp(secret: &[u8], email: &str) -> Result<Totp, AccessError> {
    // A colon would end the name in the link.
    let name = email.replace(':', " ");
    let built = Builder::new()
        .with_secret(secret)
        .with_issuer(Some("Leitplanke"))
        .with_account_name(name)
        .build();
    Ok(built.map_err(|_| Error::Stored("code secret"))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, SHA-1: at 1111111109 seconds the code ends in 081804.
    #[test]
    fn codes_are_those_of_the_rfc_and_count_once() {
        let secret = b"12345678901234567890";
        let now = Timestamp::from_second(1_111_111_109).unwrap();
        let step_of = |code, last| step(secret, code, last, now).unwrap();
        assert_eq!(step_of("081804", None), Some(37_037_036));
        assert_eq!(step_of("081 804", Some(37_037_035)), Some(37_037_036));
        assert_eq!(step_of("081804", Some(37_037_036)), None);
        assert_eq!(step_of("081805", None), None);
        assert_eq!(step_of("", None), None);
    }

    #[test]
    fn an_app_gets_the_secret_as_text_link_and_picture() {
        let app = authenticator(b"12345678901234567890", "erika@beispiel.de").unwrap();
        assert_eq!(app.secret, "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert!(app.url.starts_with("otpauth://totp/Leitplanke"));
        assert_eq!(app.picture.len(), app.picture[0].len());
        assert!(app.picture[0][0]);
    }
}
