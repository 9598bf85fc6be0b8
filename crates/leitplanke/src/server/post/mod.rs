//! Mail over SMTP: how it is written, signed and handed over.

mod dkim;
mod line;
mod message;
mod receipts;
mod round;
mod server;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::time::Duration;

use jiff::SignedDuration;
use lettre::message::Mailbox;
use lettre::message::dkim::DkimConfig;
use operations::mail::Pace;

use crate::cli::MailOptions;
use crate::failure::Failure;
use server::MailServer;

pub use round::send;

/// A mail server, the sender, and how mail goes out.
pub struct Post {
    server: MailServer,
    from: Mailbox,
    reply_to: Option<Mailbox>,
    dkim: Option<DkimConfig>,
    /// How long each of the two steps of sending may take.
    patience: Duration,
    pace: Pace,
}

impl Post {
    /// As the options say; `None` without a mail server.
    pub fn new(options: &MailOptions) -> Result<Option<Self>, Failure> {
        let Some(url) = &options.smtp else {
            return Ok(None);
        };
        let from = options.mail_from.as_deref().ok_or_else(|| {
            Failure::Usage("--smtp needs a sender: give one with --mail-from".to_owned())
        })?;
        let from = mailbox(from, "--mail-from")?;
        let reply_to = options.mail_reply_to.as_deref();
        let reply_to = reply_to.map(|text| mailbox(text, "--mail-reply-to"));
        let ca = options.smtp_ca.as_deref().map(read).transpose()?;
        let dkim = match (&options.dkim_key, &options.dkim_selector) {
            (Some(key), Some(selector)) => {
                let domain = options.dkim_domain.as_deref();
                let domain = domain.unwrap_or_else(|| from.email.domain());
                Some(dkim::config(&read(key)?, selector, domain)?)
            }
            _ => None,
        };
        let patience = options.mail_patience;
        Ok(Some(Self {
            server: MailServer::new(url, ca.as_deref())?,
            reply_to: reply_to.transpose()?,
            from,
            dkim,
            patience: Duration::from_secs(patience.into()),
            pace: Pace {
                per_domain: SignedDuration::from_secs(options.mail_pace.into()),
                // Longer than the step can take, so that nobody takes a mail over that is being sent.
                lease: SignedDuration::from_secs(i64::from(patience) * 2),
            },
        }))
    }
}

impl Post {
    /// The address to which people answer.
    pub fn answers_to(&self) -> String {
        let to = self.reply_to.as_ref().unwrap_or(&self.from);
        to.email.to_string()
    }
}

fn mailbox(text: &str, option: &str) -> Result<Mailbox, Failure> {
    text.parse().map_err(|_| {
        Failure::Usage(format!(
            "{option} is no address; write it as \"Name <address@example.com>\""
        ))
    })
}

fn read(file: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(file).map_err(|source| Failure::file(file, source))
}
