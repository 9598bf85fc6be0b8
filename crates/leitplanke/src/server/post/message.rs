//! A letter as a message (RFC 5322, MIME), signed.

use std::time::SystemTime;

use lettre::message::dkim::dkim_sign;
use lettre::message::header::{
    ContentTransferEncoding, ContentType, HeaderName, HeaderValue, MIME_VERSION_1_0,
};
use lettre::message::{Attachment, Body as Encoded, Mailbox, MultiPart, SinglePart};
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
    let body = Body::of(letter).ok_or_else(unwritable)?;
    let mut message = builder
        .header(MIME_VERSION_1_0)
        .header(body.content_type)
        .body(Encoded::dangerous_pre_encoded(body.bytes, body.encoding))
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

/// The body with the two headers that describe it. They are headers of the message, not of a part
/// in it, since what signs the message sees its own headers alone.
struct Body {
    content_type: ContentType,
    encoding: ContentTransferEncoding,
    bytes: Vec<u8>,
}

impl Body {
    fn of(letter: &Letter) -> Option<Self> {
        if letter.html.is_none() && letter.attachments.is_empty() {
            let part = SinglePart::plain(letter.text.clone());
            return Some(Self {
                content_type: part.headers().get()?,
                encoding: part.headers().get()?,
                bytes: part.raw_body().to_vec(),
            });
        }
        let parts = parts(letter)?;
        // What is in the parts is encoded; beyond them there is nothing but ASCII.
        let formatted = parts.formatted();
        let head = formatted.windows(4).position(|four| four == b"\r\n\r\n")?;
        Some(Self {
            content_type: parts.headers().get()?,
            encoding: ContentTransferEncoding::SevenBit,
            bytes: formatted.get(head + 4..)?.to_vec(),
        })
    }
}

fn parts(letter: &Letter) -> Option<MultiPart> {
    let text = letter.text.clone();
    let both = |html: &String| MultiPart::alternative_plain_html(text.clone(), html.clone());
    if letter.attachments.is_empty() {
        return letter.html.as_ref().map(both);
    }
    let mixed = MultiPart::mixed();
    let mut parts = match &letter.html {
        Some(html) => mixed.multipart(both(html)),
        None => mixed.singlepart(SinglePart::plain(text)),
    };
    for file in &letter.attachments {
        let kind = ContentType::parse(&file.content_type).ok()?;
        let part = Attachment::new(file.name.clone()).body(file.bytes.clone(), kind);
        parts = parts.singlepart(part);
    }
    Some(parts)
}
