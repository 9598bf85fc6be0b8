//! Text messages through a gateway: each is one POST of JSON, with a key that is the same in every try.
//! Number and text stand in no log and no error.

use std::net::IpAddr;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::time::Duration;

use jiff::SignedDuration;
use law::Country;
use operations::sms::{Sms, SmsEnd};
use operations::{Act, Installation};
use serde_json::json;
use ureq::Agent;
use url::{Host, Url};

use crate::cli::SmsOptions;
use crate::failure::Failure;
use crate::office;

/// How often it is looked for messages; people wait for them.
const LOOK: Duration = Duration::from_secs(1);

/// A gateway for text messages.
pub struct Gateway {
    agent: Agent,
    hook: Url,
    token: Option<String>,
    from: Option<String>,
    /// Those chosen; none chooses as the product does.
    pub countries: Vec<Country>,
    /// Longer than a try can take, so that nobody takes a message over that is being sent.
    lease: SignedDuration,
}

impl Gateway {
    /// As the options say; `None` without a gateway. The address may hold a secret and is not repeated.
    pub fn new(options: &SmsOptions) -> Result<Option<Self>, Failure> {
        let Some(hook) = &options.hook else {
            return Ok(None);
        };
        let wrong = |why: &str| Failure::Usage(format!("--sms-hook can't be used: {why}"));
        let hook = Url::parse(hook).map_err(|error| wrong(&error.to_string()))?;
        let near = is_near(&hook);
        match hook.scheme() {
            "https" => {}
            "http" if near => {}
            _ => return Err(wrong("write https://…, or http:// to this machine")),
        }
        if !hook.username().is_empty() || hook.password().is_some() {
            return Err(wrong("put the secret into --sms-hook-token-file"));
        }
        let token = match &options.token_file {
            Some(file) => {
                let text = std::fs::read_to_string(file);
                let text = text.map_err(|source| Failure::file(file, source))?;
                if is_open_to_others(file) {
                    tracing::warn!(
                        file = %file.display(),
                        "the token of the gateway for text messages is open to other users: run \
                         `chmod 600` on its file"
                    );
                }
                Some(secret(&text)?)
            }
            None => None,
        };
        let patience = Duration::from_secs(options.patience.into());
        let config = Agent::config_builder()
            .timeout_global(Some(patience))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false);
        let config = if near { config.proxy(None) } else { config };
        Ok(Some(Self {
            agent: config.build().into(),
            hook,
            token,
            from: options.from.clone(),
            countries: options.countries.clone(),
            lease: SignedDuration::from_secs(i64::from(options.patience) * 2),
        }))
    }

    /// Sends until it is asked to end.
    pub fn send(&self, here: &Installation, asked: &Receiver<()>) {
        loop {
            match here.next_sms(self.lease, &act()) {
                Ok(Some(sms)) => {
                    let end = self.hand_over(&sms);
                    if let Err(error) = here.sms_ended(&sms, end, &act()) {
                        tracing::error!(%error, "what became of a text message could not be noted");
                    }
                    if asked.try_recv() == Err(TryRecvError::Disconnected) {
                        return;
                    }
                    continue;
                }
                Ok(None) => {}
                Err(error) => tracing::error!(%error, "waiting text messages can't be read"),
            }
            if asked.recv_timeout(LOOK) != Err(RecvTimeoutError::Timeout) {
                return;
            }
        }
    }

    fn hand_over(&self, sms: &Sms) -> SmsEnd {
        let id = sms.id.to_string();
        let mut body = json!({ "id": id, "to": sms.to, "text": sms.text });
        if let Some(from) = &self.from {
            body["from"] = json!(from);
        }
        let mut request = self.agent.post(self.hook.as_str());
        request = request.header("Idempotency-Key", &id);
        if let Some(token) = &self.token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        // What an error says may repeat what was sent.
        let Ok(answer) = request.send_json(&body) else {
            tracing::warn!(sms = %id, "the gateway for text messages can't be reached");
            return SmsEnd::Failed;
        };
        let status = answer.status().as_u16();
        let end = end_of(status);
        if end != SmsEnd::Taken {
            tracing::warn!(sms = %id, status, "the gateway did not take a text message");
        }
        end
    }
}

/// What an answer means. What says that the message itself is wrong is for good; what may lie with the
/// gateway or how it is set up is tried again.
const fn end_of(status: u16) -> SmsEnd {
    match status {
        200..=299 => SmsEnd::Taken,
        400 | 413 | 422 => SmsEnd::Refused,
        _ => SmsEnd::Failed,
    }
}

fn is_near(hook: &Url) -> bool {
    match hook.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => IpAddr::from(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::from(address).is_loopback(),
        None => false,
    }
}

/// Whether others than the owner can read or write a file.
#[cfg(unix)]
fn is_open_to_others(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(file).is_ok_and(|about| about.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_open_to_others(_: &Path) -> bool {
    false
}

/// A token that fits into a header.
fn secret(text: &str) -> Result<String, Failure> {
    let token = text.trim();
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        let why = "--sms-hook-token-file holds no token";
        return Err(Failure::Usage(why.to_owned()));
    }
    Ok(token.to_owned())
}

fn act() -> Act {
    Act {
        by: "sms".to_owned(),
        ..office::act()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(hook: &str) -> SmsOptions {
        SmsOptions {
            hook: Some(hook.to_owned()),
            token_file: None,
            from: None,
            countries: Vec::new(),
            patience: 10,
        }
    }

    #[test]
    fn messages_leave_this_machine_encrypted_only() {
        for hook in [
            "https://sms.example.com/send",
            "http://localhost:9/send",
            "http://127.0.0.1:9/send",
            "http://[::1]:9/send",
        ] {
            assert!(Gateway::new(&options(hook)).is_ok(), "{hook}");
        }
        for hook in [
            "http://sms.example.com/geheim",
            "http://localhost.example.com/geheim",
            "https://u:geheim@sms.example.com/",
            "ftp://localhost/geheim",
            "geheim",
        ] {
            let error = Gateway::new(&options(hook)).err().unwrap().to_string();
            assert!(
                error.contains("--sms-hook") && !error.contains("geheim"),
                "{error}"
            );
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_token_that_others_can_read_is_told() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("token");
        std::fs::write(&file, "geheim").unwrap();
        for (mode, open) in [(0o600, false), (0o640, true), (0o604, true)] {
            std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(is_open_to_others(&file), open, "{mode:o}");
        }
    }

    #[test]
    fn only_what_is_wrong_with_the_message_ends_it() {
        assert_eq!(end_of(202), SmsEnd::Taken);
        assert_eq!(end_of(422), SmsEnd::Refused);
        for status in [302, 401, 404, 408, 429, 500, 503] {
            assert_eq!(end_of(status), SmsEnd::Failed, "{status}");
        }
    }
}
