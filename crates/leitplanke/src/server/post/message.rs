//! A letter as a message (RFC 5322, MIME), signed.

use std::time::SystemTime;

use lettre::message::dkim::dkim_sign;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};
use operations::contact::Email;
use operations::mail::{Letter, MailPurpose, Trouble, TroubleKind};
use sha2::{Digest as _, Sha256};
use store::Id;

use super::Post;

/// A message, ready to go out.
pub(super) struct Ready {
    /// Sender of the envelope.
    pub(super) from: Address,
    /// Recipient of the envelope.
    pub(super) to: Address,
    /// The whole message.
    pub(super) bytes: Vec<u8>,
    /// SHA-256 of it.
    pub(super) sha256: [u8; 32],
}

/// Writes and signs a message. Its id is always the same for the same mail, so that a server that
/// gets it twice can tell. `purpose` is `None` for mail to the people who work here.
pub(super) fn write(
    post: &Post,
    id: Id,
    letter: &Letter,
    purpose: Option<MailPurpose>,
) -> Result<Ready, Trouble> {
    let unwritable = || Trouble::new(TroubleKind::Unwritable);
    let to = envelope_address(&letter.to).ok_or_else(unwritable)?;
    let mut builder = Message::builder()
        .from(post.from.clone())
        .to(Mailbox::new(None, to.clone()))
        .subject(letter.subject.clone())
        .date(SystemTime::now())
        .message_id(Some(format!("<{id}@{}>", post.from.email.domain())));
    if let Some(reply_to) = &post.reply_to {
        builder = builder.reply_to(reply_to.clone());
    }
    let mut message = match body(letter).ok_or_else(unwritable)? {
        Body::One(part) => builder.singlepart(part),
        Body::Many(parts) => builder.multipart(parts),
    }
    .map_err(|_| unwritable())?;
    let mut set = |name, value: String| {
        let name = HeaderName::new_from_ascii_str(name);
        message
            .headers_mut()
            .insert_raw(HeaderValue::new(name, value));
    };
    if purpose != Some(MailPurpose::Campaign) {
        // RFC 3834: nobody's holiday notice should answer it.
        set("Auto-Submitted", "auto-generated".to_owned());
    }
    if let Some(leave) = &letter.list_unsubscribe {
        let mailto = leave.mailto.as_ref();
        let mailto = mailto
            .map(|mailto| format!(", <{mailto}>"))
            .unwrap_or_default();
        set("List-Unsubscribe", format!("<{}>{mailto}", leave.url));
        set(
            "List-Unsubscribe-Post",
            "List-Unsubscribe=One-Click".to_owned(),
        );
    }
    if let Some(dkim) = &post.dkim {
        dkim_sign(&mut message, dkim);
    }
    let bytes = message.formatted();
    Ok(Ready {
        from: post.from.email.clone(),
        to,
        sha256: Sha256::digest(&bytes).into(),
        bytes,
    })
}

/// The address as the envelope needs it: a domain with umlauts in its ASCII form.
fn envelope_address(text: &str) -> Option<Address> {
    let email = Email::parse(text).ok()?;
    let (local, _) = email.address().rsplit_once('@')?;
    Address::new(local, email.domain()).ok()
}

enum Body {
    One(SinglePart),
    Many(MultiPart),
}

fn body(letter: &Letter) -> Option<Body> {
    let plain = SinglePart::plain(letter.text.clone());
    let text = match &letter.html {
        Some(html) => Body::Many(MultiPart::alternative_plain_html(
            letter.text.clone(),
            html.clone(),
        )),
        None => Body::One(plain),
    };
    if letter.attachments.is_empty() {
        return Some(text);
    }
    let mut parts = match text {
        Body::One(part) => MultiPart::mixed().singlepart(part),
        Body::Many(part) => MultiPart::mixed().multipart(part),
    };
    for file in &letter.attachments {
        let kind = ContentType::parse(&file.content_type).ok()?;
        let part = Attachment::new(file.name.clone()).body(file.bytes.clone(), kind);
        parts = parts.singlepart(part);
    }
    Some(Body::Many(parts))
}
