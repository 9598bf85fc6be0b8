//! Writes a mail down to be sent, in the transaction of the change that causes it.

use store::message::{Message, WAITING};
use store::{Hash, Id, Tx};
use vault::SubjectKey;
use zeroize::Zeroizing;

use super::compose::Content;
use super::letter::{Letter, MailPurpose};
use crate::contact::Email;
use crate::installation::new_id;
use crate::person::context;
use crate::{Act, Error, Installation, Organisation};

const LETTER: &str = "letter";

/// Whom a mail is about, and whose key seals it: a contact or a submission of a form.
pub(crate) struct SubjectRef<'a> {
    /// Under this id the key is kept.
    pub(crate) id: Id,
    /// The key.
    pub(crate) key: &'a SubjectKey,
}

/// Writes a mail down to be sent. It goes out after the transaction is saved, as soon as the mail
/// server takes it. Returns its id.
///
/// # Errors
/// When something in the letter can't be sent, such as the address. [`MailPurpose::Campaign`] has
/// no letter before it is sent; see [`queue_campaign`].
pub(crate) fn queue(
    tx: &mut Tx<'_>,
    this: &Organisation,
    subject: &SubjectRef<'_>,
    letter: &Letter,
    purpose: MailPurpose,
    act: &Act,
) -> Result<Id, Error> {
    let email = letter.checked()?;
    let mut row = new_row(this, subject.id, &email, purpose, act)?;
    let content = Content {
        letter: letter.clone(),
        basis: None,
    };
    row.sealed = Some(seal(this, &row, subject.key, &content)?);
    row.not_after = letter.not_after;
    store::message::insert(tx, std::slice::from_ref(&row))?;
    Ok(row.id)
}

/// Writes down one of many mails for which the law gives the reason, with its purpose. They keep the pace
/// of campaigns, and a second one of the same `campaign` to a contact is refused. Returns its id.
///
/// # Errors
/// As [`queue`]; [`store::StoreError::Duplicate`] for a second one.
pub(crate) fn queue_one_of(
    tx: &mut Tx<'_>,
    this: &Organisation,
    subject: &SubjectRef<'_>,
    letter: &Letter,
    (purpose, campaign): (MailPurpose, Id),
    act: &Act,
) -> Result<Id, Error> {
    let email = letter.checked()?;
    let mut row = new_row(this, subject.id, &email, purpose, act)?;
    let content = Content {
        letter: letter.clone(),
        basis: None,
    };
    row.sealed = Some(seal(this, &row, subject.key, &content)?);
    row.not_after = letter.not_after;
    row.campaign = Some(campaign);
    store::message::insert(tx, std::slice::from_ref(&row))?;
    Ok(row.id)
}

/// Writes down that a campaign writes to a contact. What it says is composed when it is sent, after
/// the gate was asked once more (`compose.rs`); `email` is the address that is known now. Returns
/// the mail's id.
///
/// # Errors
/// [`store::StoreError::Duplicate`] when the campaign writes to the contact already.
pub fn queue_campaign(
    tx: &mut Tx<'_>,
    this: &Organisation,
    campaign: Id,
    contact: Id,
    email: &Email,
    act: &Act,
) -> Result<Id, Error> {
    let mut row = new_row(this, contact, email, MailPurpose::Campaign, act)?;
    row.campaign = Some(campaign);
    store::message::insert(tx, std::slice::from_ref(&row))?;
    Ok(row.id)
}

fn new_row(
    this: &Organisation,
    subject: Id,
    email: &Email,
    purpose: MailPurpose,
    act: &Act,
) -> Result<Message, Error> {
    Ok(Message {
        org: this.id(),
        id: new_id(act.at)?,
        subject,
        purpose: purpose as i16,
        campaign: None,
        state: WAITING,
        sealed: None,
        address: this.blind_email(email).1,
        domain: this.installation().domain_hash(email),
        tries: 0,
        due_at: act.at,
        not_after: None,
        created_at: act.at,
        changed_at: act.at,
        sent_at: None,
        sha256: None,
        failure: None,
    })
}

impl Installation {
    /// The hash by which the pace of a domain is kept, the same for every organisation.
    pub(crate) fn domain_hash(&self, email: &Email) -> Hash {
        let index = self.index().for_organisation(&[0; 16]);
        index.blind("mail domain", email.domain().as_bytes())
    }
}

/// Seals what a mail says for its row.
pub(super) fn seal(
    this: &Organisation,
    row: &Message,
    key: &SubjectKey,
    content: &Content,
) -> Result<Vec<u8>, Error> {
    let text = serde_json::to_vec(content).map_err(|_| Error::Stored("mail"))?;
    Ok(key.seal(LETTER, &context(this, row.id), &Zeroizing::new(text))?)
}

/// Opens what a mail says, if that is kept.
pub(super) fn open(
    this: &Organisation,
    row: &Message,
    key: &SubjectKey,
) -> Result<Option<Content>, Error> {
    let Some(sealed) = &row.sealed else {
        return Ok(None);
    };
    let text = key.open(LETTER, &context(this, row.id), sealed)?;
    serde_json::from_slice(&text).map_err(|_| Error::Stored("mail"))
}
