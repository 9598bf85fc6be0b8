//! Mail over SMTP.

use std::time::Duration;

use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::transport::smtp::SmtpTransport;
use lettre::{Message, Transport as _};
use operations::access::Letter;

use crate::failure::Failure;

/// How long a mail server may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// A mail server and the sender.
pub struct Post {
    transport: SmtpTransport,
    from: Mailbox,
}

impl Post {
    /// From an address such as `smtps://user:password@mail.example.com` and a sender.
    pub fn new(url: &str, from: Option<&str>) -> Result<Self, Failure> {
        let from = from.ok_or_else(|| {
            Failure::Usage("--smtp needs a sender: give one with --mail-from".to_owned())
        })?;
        let from = from.parse().map_err(|_| {
            Failure::Usage(
                "--mail-from is no sender; write it as \"Name <address@example.com>\"".to_owned(),
            )
        })?;
        // The address may hold a password, so it is not repeated.
        let transport = SmtpTransport::from_url(url)
            .map_err(|error| Failure::Usage(format!("--smtp can't be used: {error}")))?
            .timeout(Some(PATIENCE))
            .build();
        Ok(Self { transport, from })
    }

    /// Sends a mail; what went wrong is told without addresses, as it is shown and kept.
    pub fn send(&self, letter: &Letter) -> Result<(), String> {
        let to = letter.to.parse().map_err(|_| "the address can't be read")?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject.clone())
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text.clone())
            .map_err(|_| "the mail can't be written")?;
        self.transport.send(&message).map(|_| ()).map_err(|error| {
            if error.is_permanent() {
                "the mail server refused it for good".to_owned()
            } else if error.is_timeout() {
                "the mail server did not answer in time".to_owned()
            } else if error.is_transient() {
                "the mail server refused it for now".to_owned()
            } else {
                "the mail server can't be reached, or the connection to it is not secure".to_owned()
            }
        })
    }
}
