//! Notices to recipients of data (GDPR Art. 19): webhooks are sent, signed as Standard Webhooks says, and
//! mails are written down. What is sent stands in no log and no error.

use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::time::Duration;

use operations::recipients::{Hook, HookEnd};
use operations::{Act, Installation};
use serde_json::Value;
use ureq::Agent;

use crate::office;

/// How often it is looked for notices.
const LOOK: Duration = Duration::from_secs(2);
/// How long a recipient's system may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// Bytes of an answer that are read.
const LARGEST: u64 = 64 * 1024;

/// Sends until it is asked to end.
pub fn send(here: &Installation, asked: &Receiver<()>) {
    loop {
        if let Err(error) = here.write_recipient_mails(&act()) {
            tracing::error!(%error, "mails to recipients could not be written down");
        }
        match here.next_webhook(&act()) {
            Ok(Some(hook)) => {
                let end = hand_over(&hook);
                if let Err(error) = here.webhook_ended(&hook, &end, &act()) {
                    tracing::error!(%error, "what became of a webhook could not be noted");
                }
                if asked.try_recv() == Err(TryRecvError::Disconnected) {
                    return;
                }
                continue;
            }
            Ok(None) => {}
            Err(error) => tracing::error!(%error, "waiting webhooks can't be read"),
        }
        if asked.recv_timeout(LOOK) != Err(RecvTimeoutError::Timeout) {
            return;
        }
    }
}

fn hand_over(hook: &Hook) -> HookEnd {
    // A redirect would take the data to where the register does not say.
    let config = Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false);
    let config = if hook.url.starts_with("http://") {
        config.proxy(None)
    } else {
        config
    };
    let agent: Agent = config.build().into();
    let id = hook.id.to_string();
    let request = agent
        .post(&hook.url)
        .header("content-type", "application/json")
        .header("webhook-id", &id)
        .header("webhook-timestamp", hook.timestamp.to_string())
        .header("webhook-signature", &hook.signature);
    // What an error says may repeat where it went.
    let Ok(mut answer) = request.send(&hook.body) else {
        tracing::warn!(notice = %id, "a recipient's system can't be reached");
        return HookEnd::Failed("unreachable".to_owned());
    };
    let status = answer.status().as_u16();
    let mut says_done = || {
        let body = answer.body_mut().with_config().limit(LARGEST);
        let body = body.read_json::<Value>().ok()?;
        Some(body.get("status")?.as_str()? == "done")
    };
    match status {
        200..=299 if says_done() == Some(true) => HookEnd::Done,
        200..=299 => HookEnd::Taken,
        410 => HookEnd::Gone,
        _ => {
            tracing::warn!(notice = %id, status, "a recipient's system did not take a notice");
            HookEnd::Failed(status.to_string())
        }
    }
}

fn act() -> Act {
    Act {
        by: "recipients".to_owned(),
        ..office::act()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;
    use std::thread;

    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use jiff::civil::date;
    use law::{Country, Land};
    use operations::recipients::NoticeState;
    use operations::{NewOrganisation, Organisation};
    use store::Target;

    /// Takes one request and answers it; returns its head in small letters and its body.
    fn receive(listener: &TcpListener, answer: &str) -> (String, String) {
        let (mut stream, _) = listener.accept().unwrap();
        let mut text = Vec::new();
        let mut part = [0; 4096];
        loop {
            let read = stream.read(&mut part).unwrap();
            text.extend_from_slice(&part[..read]);
            let all = String::from_utf8(text.clone()).unwrap();
            let Some((head, body)) = all.split_once("\r\n\r\n") else {
                continue;
            };
            let head = head.to_lowercase();
            let length = header(&head, "content-length");
            if body.len() >= length.parse().unwrap() {
                stream.write_all(answer.as_bytes()).unwrap();
                return (head, body.to_owned());
            }
        }
    }

    fn header(head: &str, name: &str) -> String {
        let found = head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            (key == name).then(|| value.trim().to_owned())
        });
        found.unwrap()
    }

    /// HMAC-SHA-256 by its definition (RFC 2104), so that the signature is not checked with what made it.
    fn hmac(key: &[u8], text: &[u8]) -> Vec<u8> {
        use sha2::{Digest as _, Sha256};
        let pad = |byte: u8| {
            let mut block = [byte; 64];
            for (into, from) in block.iter_mut().zip(key) {
                *into ^= from;
            }
            block
        };
        let inner = Sha256::new()
            .chain_update(pad(0x36))
            .chain_update(text)
            .finalize();
        let outer = Sha256::new().chain_update(pad(0x5c)).chain_update(inner);
        outer.finalize().to_vec()
    }

    #[test]
    fn a_recipients_system_gets_signed_notices_and_answers() {
        let folder = tempfile::tempdir().unwrap();
        let master = operations::master_key_in(folder.path()).unwrap();
        let here = Installation::open(&Target::Sqlite(folder.path().to_owned()), master).unwrap();
        here.reached_at("https://leitplanke.example");
        let new = NewOrganisation {
            name: "Musterbau".to_owned(),
            country: Country::DE,
            land: Some(Land::He),
        };
        let organisation = Organisation::create(&here, &new, &act()).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let text = register::SAMPLE.replace(
            "mail = \"datenschutz@cloud.example\"",
            &format!("webhook = \"http://127.0.0.1:{port}/hook\""),
        );
        organisation.apply_register(&text, &act()).unwrap();
        let fields = operations::contact::Fields {
            family_name: Some("Probe".to_owned()),
            emails: vec![operations::contact::Email::parse("erika@probe.example").unwrap()],
            ..Default::default()
        };
        let by_hand = operations::ByHand {
            fields,
            kind: law::facts::ContactKind::Business,
            country: Country::DE,
            source: "Messe".to_owned(),
            source_kind: law::facts::Source::Person,
            obtained_on: date(2026, 1, 5),
            informed_on: None,
        };
        let id = organisation.add_contact(&by_hand, &act()).unwrap();
        organisation
            .erase(&operations::ContactRef::Id(id), &act())
            .unwrap();
        let secret = organisation.webhook_secret("crm-host").unwrap();
        let secret = STANDARD
            .decode(secret.strip_prefix("whsec_").unwrap())
            .unwrap();
        let state = || {
            let lines = organisation.recipients_told(id, act().at).unwrap();
            let line = lines.into_iter().find(|line| line.recipient == "crm-host");
            line.unwrap().state
        };
        // A redirect is not followed: nobody waits at the place that it names.
        let moved =
            "HTTP/1.1 307 Moved\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n";
        let done = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 17\r\n\r\n{\"status\":\"done\"}";
        let mut ids = Vec::new();
        for (answer, end, then, after) in [
            (
                moved,
                HookEnd::Failed("307".to_owned()),
                NoticeState::Queued,
                0,
            ),
            (done, HookEnd::Done, NoticeState::Acknowledged, 2),
        ] {
            let mut now = act();
            now.at += jiff::SignedDuration::from_mins(after);
            let hook = here.next_webhook(&now).unwrap().unwrap();
            let (head, body) = thread::scope(|scope| {
                let heard = scope.spawn(|| receive(&listener, answer));
                assert_eq!(hand_over(&hook), end);
                heard.join().unwrap()
            });
            let (name, time) = (
                header(&head, "webhook-id"),
                header(&head, "webhook-timestamp"),
            );
            let signed = format!("{name}.{time}.{body}");
            let expected = STANDARD
                .encode(hmac(&secret, signed.as_bytes()))
                .to_lowercase();
            assert_eq!(header(&head, "webhook-signature"), format!("v1,{expected}"));
            assert!(body.contains("erika@probe.example") && body.contains("person.erased"));
            here.webhook_ended(&hook, &end, &now).unwrap();
            assert_eq!(state(), then);
            ids.push(name);
        }
        assert_eq!(ids[0], ids[1], "the same in every try");
    }
}
