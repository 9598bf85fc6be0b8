//! Notices that are due: to the recipient's system as a signed webhook (Standard Webhooks), or as a mail
//! with a link.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac as _};
use jiff::SignedDuration;
use law::Lang;
use serde_json::{Map, Value, json};
use sha2::Sha256;
use store::recipient_notice::RecipientNotice;
use store::{Id, Tx};
use vault::Secret;

use super::answer::{Answer, settle};
use super::notice::{About, NoticeState, Way, note, open};
use super::tidy::forget;
use crate::log::append::Kind;
use crate::mail::{Letter, MailPurpose, SubjectRef, queue};
use crate::{Act, Error, Installation, Organisation};

/// How long a webhook is tried.
const TRIED: SignedDuration = SignedDuration::from_hours(72);

/// As good as never: a mail is written once.
const NEVER: SignedDuration = SignedDuration::from_hours(24 * 36_500);

/// A webhook that is due, signed.
pub struct Hook {
    /// The notice; `webhook-id`, the same in every try.
    pub id: Id,
    organisation: Id,
    tries: i64,
    /// Where it goes.
    pub url: String,
    /// `webhook-timestamp`: seconds since 1970.
    pub timestamp: i64,
    /// `webhook-signature`.
    pub signature: String,
    /// The body, JSON.
    pub body: String,
}

/// What became of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HookEnd {
    /// The system took it; it may answer later.
    Taken,
    /// The system took it and says in its answer that it is done.
    Done,
    /// It could not be handed over; `why` holds no address.
    Failed(String),
    /// The system says that it takes no webhooks any more (410).
    Gone,
}

impl Installation {
    /// Claims the next webhook that is due, for one try; nobody else takes it meanwhile.
    ///
    /// # Errors
    /// When the database can't be read or written.
    pub fn next_webhook(&self, act: &Act) -> Result<Option<Hook>, Error> {
        let Some(address) = self.address().map(str::to_owned) else {
            return Ok(None);
        };
        loop {
            let (here, act, address) = (self.clone(), act.clone(), address.clone());
            let step = self.store().write(move |tx| -> Result<_, Error> {
                let Some(row) = store::recipient_notice::due(tx, Way::Webhook as i16, act.at)?
                else {
                    return Ok(Step::Nothing);
                };
                let retry_at = act.at.checked_add(wait(row.tries)).unwrap_or(act.at);
                if !store::recipient_notice::claim(tx, &row, retry_at)? {
                    return Ok(Step::Again);
                }
                let this = Organisation::in_transaction(tx, &here, row.org)?;
                if let Some(hook) = hook(tx, &this, &row, &address, &act)? {
                    return Ok(Step::Try(hook));
                }
                fail(tx, &this, row.id, "no_address", &act)?;
                Ok(Step::Again)
            })?;
            match step {
                Step::Try(hook) => return Ok(Some(hook)),
                Step::Nothing => return Ok(None),
                Step::Again => {}
            }
        }
    }

    /// Notes what became of a try.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn webhook_ended(&self, hook: &Hook, end: &HookEnd, act: &Act) -> Result<(), Error> {
        let (here, act, end) = (self.clone(), act.clone(), end.clone());
        let (id, organisation, tries) = (hook.id, hook.organisation, hook.tries);
        self.store().write(move |tx| -> Result<_, Error> {
            let this = Organisation::in_transaction(tx, &here, organisation)?;
            let Some(mut row) = store::recipient_notice::get_to_change(tx, this.id(), id)? else {
                return Ok(());
            };
            if row.state != NoticeState::Queued as i16 || row.tries != tries {
                return Ok(());
            }
            match end {
                HookEnd::Done => {
                    settle(tx, &this, id, &Answer::Done, &act)?;
                }
                HookEnd::Taken => {
                    row.state = NoticeState::Sent as i16;
                    (row.sent_at, row.failure) = (Some(act.at), None);
                    moved(tx, &this, (Kind::RecipientTold, &mut row), &act)?;
                    // The recipient's system has it: what is kept here of somebody who is erased goes.
                    if row.about == About::Erased as i16 {
                        forget(tx, &this, &mut row, "taken", &act)?;
                    }
                }
                HookEnd::Gone => fail(tx, &this, id, "gone", &act)?,
                HookEnd::Failed(why) => {
                    let since = act.at.duration_since(row.created_at);
                    if since >= TRIED && row.tries > 1 {
                        fail(tx, &this, id, &why, &act)?;
                    } else {
                        row.failure = Some(why);
                        store::recipient_notice::update(tx, &row)?;
                    }
                }
            }
            Ok(())
        })
    }

    /// Writes the mails to recipients that are told by mail, once it is known where this installation is
    /// reached. Returns how many were written.
    ///
    /// # Errors
    /// When the database can't be read or written.
    pub fn write_recipient_mails(&self, act: &Act) -> Result<usize, Error> {
        let Some(address) = self.address().map(str::to_owned) else {
            return Ok(0);
        };
        let mut written = 0;
        loop {
            let (here, act, address) = (self.clone(), act.clone(), address.clone());
            let more = self.store().write(move |tx| -> Result<_, Error> {
                let Some(row) = store::recipient_notice::due(tx, Way::Mail as i16, act.at)? else {
                    return Ok(false);
                };
                // It is written once; sending it is the mail's own matter.
                let never = act.at.checked_add(NEVER).unwrap_or(act.at);
                store::recipient_notice::claim(tx, &row, never)?;
                let this = Organisation::in_transaction(tx, &here, row.org)?;
                let times = (act.at, never);
                let others = store::recipient_notice::bundle(tx, &row, times, TOGETHER)?;
                if !mail(tx, &this, &row, (&address, others), &act)? {
                    for other in store::recipient_notice::bundled(tx, &row)? {
                        fail(tx, &this, other.id, "no_address", &act)?;
                    }
                    fail(tx, &this, row.id, "no_address", &act)?;
                }
                Ok(true)
            })?;
            if !more {
                return Ok(written);
            }
            written += 1;
        }
    }
}

impl Organisation {
    /// The secret with which webhooks to a recipient are signed, as Standard Webhooks writes it
    /// (`whsec_…`); made when it is first asked for. It is kept as the keys are, never in the register.
    ///
    /// # Errors
    /// When the register has no such recipient.
    pub fn webhook_secret(&self, recipient: &str) -> Result<String, Error> {
        let (this, recipient) = (self.clone(), recipient.to_owned());
        let secret = self.store().write(move |tx| -> Result<_, Error> {
            let known = this.register(tx)?;
            if known.register.recipient(&recipient).is_none() {
                return Err(Error::UnknownNotice);
            }
            secret(tx, &this, &recipient)
        })?;
        Ok(format!("whsec_{}", STANDARD.encode(secret.expose())))
    }
}

/// People of whom one mail tells beside the first.
const TOGETHER: u32 = 499;

enum Step {
    Try(Hook),
    Nothing,
    Again,
}

/// How long after a try the next one comes: 1, 2, 4 … minutes, at most eight hours.
fn wait(tries: i64) -> SignedDuration {
    SignedDuration::from_mins(1_i64 << tries.clamp(0, 9)).min(SignedDuration::from_hours(8))
}

fn secret(tx: &mut Tx<'_>, this: &Organisation, recipient: &str) -> Result<Secret, Error> {
    let name = format!("webhook/{}/{recipient}", this.id());
    if let Some(row) = store::key::get_system(tx, &name)? {
        return Ok(Secret::unwrap_from(this.master(), &name, &row.wrapped)?);
    }
    let row = store::key::SystemKey {
        wrapped: Secret::generate()?.wrap(this.master(), &name)?,
        master_id: this.master().id().into_bytes(),
        name: name.clone(),
    };
    // Another process may have made one meanwhile; the first counts.
    store::key::insert_system(tx, &row)?;
    let row = store::key::get_system(tx, &name)?.ok_or(Error::Stored("webhook secret"))?;
    Ok(Secret::unwrap_from(this.master(), &name, &row.wrapped)?)
}

/// The webhook of a notice; `None` if the register names no address any more, or nothing is left to say.
fn hook(
    tx: &mut Tx<'_>,
    this: &Organisation,
    row: &RecipientNotice,
    address: &str,
    act: &Act,
) -> Result<Option<Hook>, Error> {
    let in_force = this.register(tx)?;
    let recipient = in_force.register.recipient(&row.recipient);
    let Some(url) = recipient.and_then(|recipient| recipient.webhook.clone()) else {
        return Ok(None);
    };
    let Some((_, content)) = open(tx, this, row)? else {
        return Ok(None);
    };
    let about = About::stored(row.about)?;
    let mut data = Map::from_iter([
        ("notice".to_owned(), json!(row.id.to_string())),
        ("controller".to_owned(), json!(this.name())),
        ("provision".to_owned(), json!(about.provision())),
        ("person".to_owned(), json!(content.person)),
        (
            "answer".to_owned(),
            json!(format!("{address}/notices/{}", content.token)),
        ),
    ]);
    if !content.now.is_empty() {
        data.insert("now".to_owned(), Value::Object(content.now));
    }
    let body = json!({
        "type": about.name(),
        "timestamp": row.created_at.to_string(),
        "data": data,
    })
    .to_string();
    let timestamp = act.at.as_second();
    let secret = secret(tx, this, &row.recipient)?;
    Ok(Some(Hook {
        id: row.id,
        organisation: row.org,
        tries: row.tries + 1,
        url,
        timestamp,
        signature: sign(&secret, &row.id.to_string(), timestamp, &body),
        body,
    }))
}

/// `v1,` and HMAC-SHA-256 over identifier, time and body, as Standard Webhooks writes it.
fn sign(secret: &Secret, id: &str, timestamp: i64, body: &str) -> String {
    // HMAC takes a key as long as its block without the chance of an error.
    let mut block = zeroize::Zeroizing::new([0; 64]);
    block[..32].copy_from_slice(secret.expose());
    let mut mac = Hmac::<Sha256>::new((&*block).into());
    for part in [id, ".", &timestamp.to_string(), ".", body] {
        mac.update(part.as_bytes());
    }
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

fn moved(
    tx: &mut Tx<'_>,
    this: &Organisation,
    (kind, row): (Kind, &mut RecipientNotice),
    act: &Act,
) -> Result<(), Error> {
    if let Some(key) = crate::person::Person::key(tx, this, row.id)? {
        note(tx, this, (kind, &key), row, act)?;
    }
    store::recipient_notice::update(tx, row)?;
    Ok(())
}

fn fail(tx: &mut Tx<'_>, this: &Organisation, id: Id, why: &str, act: &Act) -> Result<(), Error> {
    if let Some(mut row) = store::recipient_notice::get_to_change(tx, this.id(), id)? {
        row.state = NoticeState::Failed as i16;
        row.failure = Some(why.to_owned());
        moved(tx, this, (Kind::RecipientNotReached, &mut row), act)?;
    }
    Ok(())
}

/// Writes the mail of a notice; `false` if the register names no address any more. The mail says nothing
/// of the person; the page behind its link does, until it is answered.
fn mail(
    tx: &mut Tx<'_>,
    this: &Organisation,
    row: &RecipientNotice,
    (address, others): (&str, u64),
    act: &Act,
) -> Result<bool, Error> {
    let in_force = this.register(tx)?;
    let Some(recipient) = in_force.register.recipient(&row.recipient) else {
        return Ok(false);
    };
    let (Some(to), Some((key, content))) = (&recipient.mail, open(tx, this, row)?) else {
        return Ok(false);
    };
    let german = matches!(recipient.country.as_str(), "DE" | "AT" | "CH" | "LI");
    let lang = if german { Lang::De } else { Lang::En };
    let link = format!("{address}/notices/{}", content.token);
    let (subject, mut text) = words(lang, About::stored(row.about)?, this.name(), &link);
    if others > 0 {
        let people = others + 1;
        text = match lang {
            Lang::De => format!("Diese Mitteilung betrifft {people} Personen.\n\n{text}"),
            Lang::En => format!("This notice is about {people} people.\n\n{text}"),
        };
    }
    let letter = Letter::new(to.clone(), subject, text);
    let about = SubjectRef {
        id: row.id,
        key: &key,
    };
    queue(tx, this, &about, &letter, MailPurpose::Recipient, act)?;
    Ok(true)
}

fn words(lang: Lang, about: About, from: &str, link: &str) -> (String, String) {
    match lang {
        Lang::De => {
            let (subject, what) = match about {
                About::Erased => (
                    "Bitte löschen: Mitteilung nach Art. 19 DSGVO",
                    "wir haben die Daten einer Person gelöscht, die Sie von uns erhalten haben (Art. 17 Abs. 1 DSGVO). Bitte löschen Sie diese Daten auch bei sich.",
                ),
                About::Rectified => (
                    "Bitte berichtigen: Mitteilung nach Art. 19 DSGVO",
                    "wir haben die Daten einer Person berichtigt, die Sie von uns erhalten haben (Art. 16 DSGVO). Bitte übernehmen Sie die Berichtigung.",
                ),
                About::Restricted => (
                    "Bitte einschränken: Mitteilung nach Art. 19 DSGVO",
                    "wir haben die Verarbeitung der Daten einer Person eingeschränkt, die Sie von uns erhalten haben (Art. 18 DSGVO). Bitte verarbeiten Sie diese Daten bis auf Weiteres nicht, außer sie zu speichern.",
                ),
                About::Lifted => (
                    "Einschränkung aufgehoben: Mitteilung nach Art. 19 DSGVO",
                    "die Einschränkung der Verarbeitung, die wir Ihnen mitgeteilt haben, ist aufgehoben (Art. 18 Abs. 3 DSGVO).",
                ),
                About::Objected => (
                    "Keine Werbung mehr: Widerspruch nach Art. 21 DSGVO",
                    "eine Person, deren Daten Sie von uns erhalten haben, hat der Werbung widersprochen (Art. 21 Abs. 2 und 3 DSGVO). Bitte verwenden Sie die Daten nicht mehr für Werbung in unserem Auftrag oder gemeinsam mit uns.",
                ),
            };
            let text = format!(
                "Guten Tag,\n\n{what}\n\nUm wen es geht, steht auf dieser Seite. Dort bestätigen Sie bitte auch, \
                 dass es erledigt ist, oder nennen den Grund, aus dem es nicht möglich ist:\n\n{link}\n\nDer Link \
                 ist nur für Sie bestimmt.\n\n{from}\n"
            );
            (subject.to_owned(), text)
        }
        Lang::En => {
            let (subject, what) = match about {
                About::Erased => (
                    "Please erase: notice under Art. 19 GDPR",
                    "we have erased the data of a person which you received from us (Art. 17(1) GDPR). Please erase them as well.",
                ),
                About::Rectified => (
                    "Please rectify: notice under Art. 19 GDPR",
                    "we have rectified the data of a person which you received from us (Art. 16 GDPR). Please take the rectification over.",
                ),
                About::Restricted => (
                    "Please restrict: notice under Art. 19 GDPR",
                    "we have restricted the processing of the data of a person which you received from us (Art. 18 GDPR). Please only store them until further notice.",
                ),
                About::Lifted => (
                    "Restriction lifted: notice under Art. 19 GDPR",
                    "the restriction of processing that we told you of is lifted (Art. 18(3) GDPR).",
                ),
                About::Objected => (
                    "No more advertising: objection under Art. 21 GDPR",
                    "a person whose data you received from us has objected to advertising (Art. 21(2) and (3) GDPR). Please do not use the data any more for advertising on our behalf or together with us.",
                ),
            };
            let text = format!(
                "Hello,\n\n{what}\n\nThis page says whom it is about. Please confirm there that it is done, or \
                 give the reason why it is not possible:\n\n{link}\n\nThe link is for you only.\n\n{from}\n"
            );
            (subject.to_owned(), text)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_webhook_is_tried_more_often_at_first_and_for_three_days() {
        assert_eq!(wait(0), SignedDuration::from_mins(1));
        assert_eq!(wait(3), SignedDuration::from_mins(8));
        assert_eq!(wait(40), SignedDuration::from_hours(8));
        let tries = 0..20;
        let all: SignedDuration = tries.map(wait).sum();
        assert!(all > TRIED);
    }
}
