//! A letter: what is written to whom.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use law::Lang;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::contact::Email;

/// A mail, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// The address.
    pub to: String,
    /// The subject, on one line.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The same as HTML, for who prefers to read that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
    /// Files that go with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// Consents whose receipts go with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipts: Option<Receipts>,
    /// How the recipient leaves with one click (RFC 2369, RFC 8058).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list_unsubscribe: Option<ListUnsubscribe>,
    /// When it makes no more sense to send it, for example since its link has run out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_after: Option<Timestamp>,
}

/// A file that goes with a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// Its type, such as `application/pdf`.
    pub content_type: String,
    /// What is in it.
    #[serde(serialize_with = "to_base64", deserialize_with = "from_base64")]
    pub bytes: Vec<u8>,
}

/// The receipts that go with a letter. They are made when it is sent, since only then what they prove
/// has its place in the signed log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipts {
    /// The numbers of the entries that put the consents on record.
    pub entries: Vec<i64>,
    /// The language in which they are written.
    pub lang: Lang,
}

/// How the recipient leaves with one click.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListUnsubscribe {
    /// The address of a page that takes a POST with `List-Unsubscribe=One-Click` (RFC 8058).
    pub url: String,
    /// A `mailto:` address, where a mailbox is read.
    pub mailto: Option<String>,
}

/// What a mail is for. The numbers are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(i16)]
pub enum MailPurpose {
    /// Asks whether the address is the person's own (double opt-in). Free of advertising.
    Confirmation = 1,
    /// Says what the person has declared.
    Receipt = 2,
    /// Brings the link to the person's own data.
    Link = 4,
    /// Tells the person what the law asks to be told (GDPR Art. 13, 14 and others).
    Notice = 5,
    /// Advertising. Its letter is written when it is sent, after the gate was asked once more.
    Campaign = 6,
    /// Tells the organisation's own people of an enquiry.
    EnquiryNotice = 7,
    /// Tells a recipient of data what became of them (GDPR Art. 19); about the notice, not a contact.
    Recipient = 8,
    /// Asks the person whether the data on record are right (GDPR Art. 5(1)(d)). Free of advertising.
    DataCheck = 10,
}

/// Why a letter can't be sent as it is. The texts never repeat it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LetterFault {
    /// The address.
    #[error("the address can't be read")]
    Address,
    /// The subject is empty or has more than one line.
    #[error("the subject of a mail is one line and not empty")]
    Subject,
    /// There is no text.
    #[error("a mail needs a text")]
    Text,
    /// An attachment without a name, or with a type that is none.
    #[error("an attachment needs a name and a type")]
    Attachment,
    /// The link to leave by is no address of the web, or could run into what stands beside it.
    #[error("the link to leave by is no address of the web")]
    Unsubscribe,
}

impl Letter {
    /// A letter of plain text.
    pub fn new(to: impl Into<String>, subject: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            to: to.into(),
            subject: subject.into(),
            text: text.into(),
            html: None,
            attachments: Vec::new(),
            receipts: None,
            list_unsubscribe: None,
            not_after: None,
        }
    }

    /// The names of the files that go with it.
    pub(crate) fn file_names(&self) -> Vec<String> {
        let attached = self.attachments.iter().map(|file| file.name.clone());
        let receipts = self.receipts.iter().flat_map(|receipts| {
            let names = |entry| [receipts.paper_name(entry), receipts.proof_name(entry)];
            receipts.entries.iter().copied().flat_map(names)
        });
        attached.chain(receipts).collect()
    }

    /// The address, if nothing speaks against sending.
    pub(crate) fn checked(&self) -> Result<Email, LetterFault> {
        let one_line = |text: &str| !text.trim().is_empty() && !text.chars().any(char::is_control);
        if !one_line(&self.subject) {
            return Err(LetterFault::Subject);
        }
        if self.text.trim().is_empty() {
            return Err(LetterFault::Text);
        }
        let fit = |file: &Attachment| {
            let kind = file.content_type.split_once('/');
            one_line(&file.name) && kind.is_some_and(|(a, b)| one_line(a) && one_line(b))
        };
        if !self.attachments.iter().all(fit) {
            return Err(LetterFault::Attachment);
        }
        if let Some(leave) = &self.list_unsubscribe {
            // Between the angle brackets of a header; whatever could end them is refused.
            let plain = |text: &str| {
                text.bytes()
                    .all(|b| b.is_ascii_graphic() && !b"<>,".contains(&b))
            };
            let web = leave.url.starts_with("https://") || leave.url.starts_with("http://");
            let mail = leave
                .mailto
                .as_ref()
                .is_none_or(|m| m.starts_with("mailto:") && plain(m));
            if !web || !plain(&leave.url) || !mail {
                return Err(LetterFault::Unsubscribe);
            }
        }
        Email::parse(&self.to).map_err(|_| LetterFault::Address)
    }
}

impl Receipts {
    /// The name of the receipt that people read, a PDF.
    pub fn paper_name(&self, entry: i64) -> String {
        match self.lang {
            Lang::De => format!("Einwilligung-{entry}.pdf"),
            Lang::En => format!("consent-{entry}.pdf"),
        }
    }

    /// The name of the receipt that `verify` checks, JSON.
    pub fn proof_name(&self, entry: i64) -> String {
        match self.lang {
            Lang::De => format!("Nachweis-{entry}.json"),
            Lang::En => format!("proof-{entry}.json"),
        }
    }
}

impl MailPurpose {
    /// Every purpose.
    pub const ALL: [Self; 8] = [
        Self::Confirmation,
        Self::Receipt,
        Self::Link,
        Self::Notice,
        Self::Campaign,
        Self::EnquiryNotice,
        Self::Recipient,
        Self::DataCheck,
    ];

    /// Its name in evidence entries.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Confirmation => "confirmation",
            Self::Receipt => "receipt",
            Self::Link => "link",
            Self::Notice => "notice",
            Self::Campaign => "campaign",
            Self::EnquiryNotice => "enquiry_notice",
            Self::Recipient => "recipient_notice",
            Self::DataCheck => "data_check",
        }
    }

    pub(crate) fn stored(number: i16) -> Result<Self, crate::Error> {
        let found = Self::ALL
            .into_iter()
            .find(|purpose| *purpose as i16 == number);
        found.ok_or(crate::Error::Stored("mail purpose"))
    }

    /// Whether the letter as it was sent is kept, since it has to be proven what it said.
    pub(crate) const fn is_kept(self) -> bool {
        matches!(self, Self::Confirmation | Self::Receipt | Self::Notice)
    }

    /// Whether its links are the recipient's alone: who could follow them in somebody else's place
    /// would confirm, see or change what is that person's.
    pub const fn has_own_links(self) -> bool {
        !matches!(self, Self::Notice | Self::EnquiryNotice)
    }

    /// Whether it goes to the person whom it is about.
    pub(crate) const fn is_to_subject(self) -> bool {
        !matches!(self, Self::EnquiryNotice | Self::Recipient)
    }
}

fn to_base64<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&STANDARD.encode(bytes))
}

fn from_base64<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let text = String::deserialize(deserializer)?;
    STANDARD.decode(text).map_err(serde::de::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Letter {
        Letter::new("anna@muster.example", "Ihre Bestätigung", "Guten Tag")
    }

    #[test]
    fn nothing_in_a_letter_can_add_a_header() {
        let mut bad = letter();
        bad.subject = "Hallo\r\nBcc: alle@muster.example".to_owned();
        assert_eq!(bad.checked().err(), Some(LetterFault::Subject));
        let leave = |url: &str, mailto: Option<&str>| Letter {
            list_unsubscribe: Some(ListUnsubscribe {
                url: url.to_owned(),
                mailto: mailto.map(str::to_owned),
            }),
            ..letter()
        };
        for (url, mailto) in [
            ("https://a.example/x>, <https://b.example", None),
            ("javascript:alert(1)", None),
            ("https://a.example/x", Some("anna@muster.example")),
            ("https://a.example/x", Some("mailto:a@b.example\r\nX: y")),
        ] {
            assert_eq!(
                leave(url, mailto).checked().err(),
                Some(LetterFault::Unsubscribe)
            );
        }
        let good = leave("https://a.example/x", Some("mailto:unsubscribe@a.example"));
        assert!(good.checked().is_ok());
    }

    #[test]
    fn a_letter_is_kept_with_its_files() {
        let mut letter = letter();
        letter.attachments.push(Attachment {
            name: "Beleg.pdf".to_owned(),
            content_type: "application/pdf".to_owned(),
            bytes: vec![0, 255, 13, 10],
        });
        let text = serde_json::to_string(&letter).unwrap();
        assert_eq!(serde_json::from_str::<Letter>(&text).unwrap(), letter);
    }

    #[test]
    fn stored_purposes_read_back() {
        for purpose in MailPurpose::ALL {
            assert_eq!(MailPurpose::stored(purpose as i16).unwrap(), purpose);
        }
        assert!(MailPurpose::stored(0).is_err());
    }
}
