//! A notice: what it is about, how it goes out, what became of it, and what is sealed in it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, json};
use sha2::{Digest as _, Sha256};
use store::recipient_notice::RecipientNotice;
use store::{Id, Tx};
use vault::SubjectKey;
use zeroize::Zeroizing;

use crate::contact::Fields;
use crate::log::append::{self, Kind};
use crate::person::{Person as OnRecord, context};
use crate::state::{self, RowProof};
use crate::{Act, Error, Organisation};

/// Days after which a notice without an answer is overdue. The law names none; a recipient that erases
/// on demand has done so by then.
pub const OVERDUE_DAYS: i64 = 14;

/// What happened to the data. The numbers are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i16)]
pub enum About {
    /// They were erased (GDPR Art. 17(1)).
    Erased = 1,
    /// They were corrected (GDPR Art. 16).
    Rectified = 2,
    /// Their processing was restricted (GDPR Art. 18).
    Restricted = 3,
    /// The restriction was lifted.
    Lifted = 4,
    /// The person objected to advertising (GDPR Art. 21(2)).
    Objected = 5,
}

impl About {
    /// Everything that a notice can be about.
    pub const ALL: [Self; 5] = [
        Self::Erased,
        Self::Rectified,
        Self::Restricted,
        Self::Lifted,
        Self::Objected,
    ];

    /// Its name in entries and webhooks.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Erased => "person.erased",
            Self::Rectified => "person.rectified",
            Self::Restricted => "person.restricted",
            Self::Lifted => "person.restriction_lifted",
            Self::Objected => "person.objected",
        }
    }

    /// The provision that asks for the notice, or that the recipient has to heed.
    pub const fn provision(self) -> &'static str {
        match self {
            Self::Objected => "GDPR Art. 21(3)",
            _ => "GDPR Art. 19",
        }
    }

    pub(crate) fn stored(number: i16) -> Result<Self, Error> {
        let found = Self::ALL.into_iter().find(|about| *about as i16 == number);
        found.ok_or(Error::Stored("notice"))
    }
}

/// How a notice goes out. The numbers are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i16)]
pub enum Way {
    /// To the recipient's system.
    Webhook = 1,
    /// By mail with a link.
    Mail = 2,
    /// The register names neither; somebody has to tell the recipient.
    ByHand = 3,
}

impl Way {
    pub(crate) fn stored(number: i16) -> Result<Self, Error> {
        let all = [Self::Webhook, Self::Mail, Self::ByHand];
        let found = all.into_iter().find(|way| *way as i16 == number);
        found.ok_or(Error::Stored("notice"))
    }
}

/// What became of a notice. The numbers are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i16)]
pub enum NoticeState {
    /// It waits to go out.
    Queued = 1,
    /// It went out and was not answered.
    Sent = 2,
    /// The recipient has done it.
    Acknowledged = 3,
    /// The recipient says why it can't, or somebody here why it is not told (Art. 19 sentence 1).
    Refused = 4,
    /// It could not be brought to the recipient.
    Failed = 5,
    /// The person was erased meanwhile, which has a notice of its own.
    Superseded = 6,
}

impl NoticeState {
    /// Every state.
    pub const ALL: [Self; 6] = [
        Self::Queued,
        Self::Sent,
        Self::Acknowledged,
        Self::Refused,
        Self::Failed,
        Self::Superseded,
    ];

    /// Its name in entries.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Acknowledged => "acknowledged",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Superseded => "superseded",
        }
    }

    /// Whether an answer is still to come.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Queued | Self::Sent | Self::Failed)
    }

    pub(crate) fn stored(number: i16) -> Result<Self, Error> {
        let found = Self::ALL.into_iter().find(|state| *state as i16 == number);
        found.ok_or(Error::Stored("notice"))
    }
}

/// By what the recipient finds the person, and nothing else of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The full name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// E-mail addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub emails: Vec<String>,
    /// Telephone numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<String>,
    /// Street, postcode and city, where there is neither address nor number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<String>,
}

impl Person {
    pub(super) fn of(fields: &Fields) -> Self {
        let mut person = Self {
            name: fields.full_name(),
            emails: fields
                .emails
                .iter()
                .map(|e| e.address().to_owned())
                .collect(),
            phones: fields.phones.iter().map(|p| p.e164().to_owned()).collect(),
            post: None,
        };
        if person.emails.is_empty() && person.phones.is_empty() {
            let parts = [&fields.street, &fields.postcode, &fields.city];
            let parts: Vec<_> = parts.into_iter().flatten().map(String::as_str).collect();
            person.post = (!parts.is_empty()).then(|| parts.join(", "));
        }
        person
    }
}

/// What is sealed under the notice's own key.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Content {
    /// The token of the page on which the recipient answers.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) token: String,
    /// Whom it is about, as the recipient knows them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) person: Option<Person>,
    /// The fields that were corrected, as they are now.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub(super) now: Map<String, serde_json::Value>,
    /// Why the recipient can't, in its words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<String>,
}

const LABEL: &str = "recipient notice";

pub(super) fn seal(
    this: &Organisation,
    id: Id,
    key: &SubjectKey,
    content: &Content,
) -> Result<Vec<u8>, Error> {
    let text = serde_json::to_vec(content).map_err(|_| Error::Stored("notice"))?;
    Ok(key.seal(LABEL, &context(this, id), &Zeroizing::new(text))?)
}

/// What is sealed in a notice; `None` once it is gone.
pub(super) fn open(
    tx: &mut Tx<'_>,
    this: &Organisation,
    row: &RecipientNotice,
) -> Result<Option<(SubjectKey, Content)>, Error> {
    let Some(sealed) = &row.sealed else {
        return Ok(None);
    };
    let Some(key) = OnRecord::key(tx, this, row.id)? else {
        return Ok(None);
    };
    let text = key.open(LABEL, &context(this, row.id), sealed)?;
    let content = serde_json::from_slice(&text).map_err(|_| Error::Stored("notice"))?;
    Ok(Some((key, content)))
}

/// The row as entries prove it. Tries and times of sending say nothing of the person's rights.
pub(crate) fn proof(row: &RecipientNotice) -> RowProof {
    state::recipient_notice(
        row.id,
        &(
            row.subject.to_string(),
            &row.recipient,
            row.about,
            row.cause,
            row.way,
            row.state,
            hex::encode(row.token),
            row.sealed
                .as_deref()
                .map(|sealed| hex::encode(Sha256::digest(sealed))),
            row.created_at.as_millisecond(),
            row.answered_at.map(jiff::Timestamp::as_millisecond),
            row.forget_at.map(jiff::Timestamp::as_millisecond),
        ),
    )
}

/// Writes what a notice is now, in clear: it names the recipient and nobody else.
pub(super) fn note(
    tx: &mut Tx<'_>,
    this: &Organisation,
    (kind, key): (Kind, &SubjectKey),
    row: &RecipientNotice,
    act: &Act,
) -> Result<i64, Error> {
    let what = Map::from_iter([
        ("recipient".to_owned(), json!(row.recipient)),
        ("about".to_owned(), json!(About::stored(row.about)?.name())),
        ("entry".to_owned(), json!(row.cause)),
        (
            "state".to_owned(),
            json!(NoticeState::stored(row.state)?.name()),
        ),
        ("row".to_owned(), json!(proof(row))),
    ]);
    append::clear_about(tx, this, act, kind, key, what)
}
