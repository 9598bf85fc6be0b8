//! Where the mail server is and how it is spoken to.

use std::borrow::Cow;
use std::time::Duration;

use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{Certificate, SmtpConnection, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::{Error, SMTP_PORT, SUBMISSION_PORT, SUBMISSIONS_PORT};
use percent_encoding::percent_decode_str;
use url::Url;

use crate::failure::Failure;

/// A mail server.
pub(super) struct MailServer {
    host: String,
    port: u16,
    tls: Tls,
    credentials: Option<Credentials>,
    hello: ClientId,
}

enum Tls {
    None,
    /// STARTTLS, or nothing is sent.
    Required(TlsParameters),
    /// STARTTLS where the server offers it.
    Opportunistic(TlsParameters),
    /// From the first byte.
    Wrapper(TlsParameters),
}

impl MailServer {
    /// From an address such as `smtps://user:password@mail.example.com` or
    /// `smtp://mail.example.com:587?tls=required`. It may hold a password, so it is not repeated.
    pub(super) fn new(url: &str, ca: Option<&str>) -> Result<Self, Failure> {
        let wrong = |why: &str| Failure::Usage(format!("--smtp can't be used: {why}"));
        let url = Url::parse(url).map_err(|error| wrong(&error.to_string()))?;
        let host = url.host_str().ok_or_else(|| wrong("it names no server"))?;
        // An IPv6 address stands in brackets.
        let host = host.trim_matches(['[', ']']).to_owned();
        let security = url.query_pairs().find(|(name, _)| name == "tls");
        let security = security.map(|(_, value)| value);
        let tls = || secured(&host, ca);
        let (tls, port) = match (url.scheme(), security.as_deref()) {
            ("smtps", _) => (Tls::Wrapper(tls()?), SUBMISSIONS_PORT),
            ("smtp", Some("required")) => (Tls::Required(tls()?), SUBMISSION_PORT),
            ("smtp", Some("opportunistic")) => (Tls::Opportunistic(tls()?), SUBMISSION_PORT),
            ("smtp", None) => (Tls::None, SMTP_PORT),
            _ => return Err(wrong("write smtps://… or smtp://…?tls=required")),
        };
        let decoded = |text: &str| {
            let text = percent_decode_str(text).decode_utf8();
            text.map(Cow::into_owned)
                .map_err(|_| wrong("the user's name or password can't be read"))
        };
        let credentials = match url.password() {
            Some(password) => Some(Credentials::new(
                decoded(url.username())?,
                decoded(password)?,
            )),
            None => None,
        };
        let hello = match url.path().trim_matches('/') {
            "" => ClientId::default(),
            name => ClientId::Domain(name.to_owned()),
        };
        Ok(Self {
            port: url.port().unwrap_or(port),
            host,
            tls,
            credentials,
            hello,
        })
    }

    /// Connects, secures the connection as asked, and signs in.
    pub(super) fn connect(&self, patience: Duration) -> Result<SmtpConnection, Error> {
        let wrapper = match &self.tls {
            Tls::Wrapper(tls) => Some(tls),
            _ => None,
        };
        let server = (self.host.as_str(), self.port);
        let mut connection =
            SmtpConnection::connect(server, Some(patience), &self.hello, wrapper, None)?;
        match &self.tls {
            Tls::Required(tls) => connection.starttls(tls, &self.hello)?,
            Tls::Opportunistic(tls) if connection.can_starttls() => {
                connection.starttls(tls, &self.hello)?;
            }
            _ => {}
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(&[Mechanism::Plain, Mechanism::Login], credentials)?;
        }
        Ok(connection)
    }
}

fn secured(host: &str, ca: Option<&str>) -> Result<TlsParameters, Failure> {
    let mut tls = TlsParameters::builder(host.to_owned());
    if let Some(ca) = ca {
        let certificate = Certificate::from_pem(ca.as_bytes())
            .map_err(|_| Failure::Usage("--smtp-ca is no certificate in PEM form".to_owned()))?;
        tls = tls.add_root_certificate(certificate);
    }
    tls.build()
        .map_err(|error| Failure::Usage(format!("--smtp can't be used: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_follows_from_how_the_connection_is_secured() {
        for (url, port) in [
            ("smtp://mail.example.com", 25),
            ("smtp://mail.example.com?tls=required", 587),
            ("smtps://u:p@mail.example.com", 465),
            ("smtp://mail.example.com:2525", 2525),
        ] {
            assert_eq!(MailServer::new(url, None).unwrap().port, port, "{url}");
        }
    }

    #[test]
    fn a_wrong_address_is_refused_and_its_password_not_repeated() {
        for url in [
            "http://u:geheim@a.example",
            "smtp://u:geheim@a.example?tls=no",
            "geheim",
        ] {
            let error = MailServer::new(url, None).err().unwrap().to_string();
            assert!(
                error.contains("--smtp") && !error.contains("geheim"),
                "{error}"
            );
        }
    }
}
