//! The key that signs mail (RFC 6376, RFC 8463).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::DecodePrivateKey as _;
use lettre::message::dkim::{
    DkimCanonicalization, DkimCanonicalizationType, DkimConfig, DkimSigningAlgorithm,
    DkimSigningKey,
};
use lettre::message::header::HeaderName;
use rsa::RsaPrivateKey;
use rsa::pkcs1::{EncodeRsaPrivateKey as _, LineEnding};

use crate::failure::Failure;

/// What is signed. A header that a message does not have is signed as missing, so that nobody can
/// add one; RFC 8058 asks that the two about leaving are signed.
const SIGNED: [&str; 12] = [
    "From",
    "Reply-To",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "Auto-Submitted",
];

pub(super) fn config(pem: &str, selector: &str, domain: &str) -> Result<DkimConfig, Failure> {
    for (option, name) in [("--dkim-selector", selector), ("--dkim-domain", domain)] {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
        if name.is_empty() || !name.bytes().all(fits) {
            return Err(Failure::Usage(format!("{option} is no name of the DNS")));
        }
    }
    Ok(DkimConfig::new(
        selector.to_owned(),
        domain.to_owned(),
        key(pem)?,
        SIGNED.map(HeaderName::new_from_ascii_str).to_vec(),
        DkimCanonicalization {
            header: DkimCanonicalizationType::Relaxed,
            body: DkimCanonicalizationType::Relaxed,
        },
    ))
}

/// RSA in the forms of PKCS #1 and PKCS #8, Ed25519 in that of PKCS #8.
fn key(pem: &str) -> Result<DkimSigningKey, Failure> {
    let wrong = || {
        Failure::Usage(
            "--dkim-key is no private key of RSA or Ed25519 in PEM form without a passphrase"
                .to_owned(),
        )
    };
    let pem = pem.trim();
    if let Ok(key) = SigningKey::from_pkcs8_pem(pem) {
        let text = STANDARD.encode(key.as_bytes());
        return DkimSigningKey::new(&text, DkimSigningAlgorithm::Ed25519).map_err(|_| wrong());
    }
    if let Ok(key) = RsaPrivateKey::from_pkcs8_pem(pem) {
        let text = key.to_pkcs1_pem(LineEnding::LF).map_err(|_| wrong())?;
        return DkimSigningKey::new(&text, DkimSigningAlgorithm::Rsa).map_err(|_| wrong());
    }
    DkimSigningKey::new(pem, DkimSigningAlgorithm::Rsa).map_err(|_| wrong())
}
