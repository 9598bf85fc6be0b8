//! Asks the holder of a mailbox whether requests come from them: at once, or, for a mailbox that got
//! enough mails, a day later in one letter about all that wait. So nobody can keep a person from their
//! link by filling in the public page in their name.

use serde_json::json;
use store::{Hash, Id, Tx};

use super::content::Open;
use super::{Identity, RequestFault, RequestKind, last_day, letter};
use crate::log::append::Kind;
use crate::mail::MailPurpose;
use crate::preferences::hash;
use crate::{Act, Error, Organisation, access};

/// Open requests that are looked through.
const MOST: u32 = 1000;

impl Organisation {
    /// Writes one letter to each mailbox with requests from before today for which no link was sent,
    /// with a link for each. Returns how many letters.
    ///
    /// # Errors
    /// When the database can't be written, or it is not known where people reach this installation.
    pub fn ask_about_waiting_requests(&self, act: &Act) -> Result<usize, Error> {
        let rows = self.store().read(|tx| {
            store::request::unasked(tx, self.id(), Identity::Unasked as i16, act.today, MOST)
        })?;
        let mut mailboxes: Vec<_> = rows
            .into_iter()
            .filter_map(|row| Some((row.contact, row.address?)))
            .collect();
        mailboxes.sort_unstable();
        mailboxes.dedup();
        let mut sent = 0;
        for mailbox in mailboxes {
            let (this, act) = (self.clone(), act.clone());
            let written = self
                .store()
                .write(move |tx| ask_all(tx, &this, mailbox, &act))?;
            sent += usize::from(written);
        }
        Ok(sent)
    }
}

/// Asks about all that waits for one mailbox, of one contact or of nobody known.
fn ask_all(
    tx: &mut Tx<'_>,
    this: &Organisation,
    (contact, address): (Option<Id>, Hash),
    act: &Act,
) -> Result<bool, Error> {
    // Two processes take turns, so that it is one letter.
    store::organisation::lock(tx, this.id())?;
    let mut rows = store::request::of_address(tx, this.id(), &address)?;
    rows.retain(|row| {
        row.contact == contact
            && row.answered_on.is_none()
            && row.identity == Identity::Unasked as i16
            && row.asked_on < act.today
    });
    let mut told = Vec::new();
    let mut first = None;
    for row in rows {
        let mut open = Open::to_change(tx, this, row.id, Some(row.entry_seq))?;
        let link = ask(this, &mut open)?;
        open.seal(this)?;
        let what = json!({ "identity": Identity::Asked.name() });
        open.save(tx, this, Kind::RequestIdentity, what, act)?;
        let kind = RequestKind::stored(open.row.kind)?;
        told.push((kind, open.row.asked_on, last_day(&open.row), link));
        first.get_or_insert(open);
    }
    let Some(first) = first else {
        return Ok(false);
    };
    let letter = letter::receipts(this, &told, first.content.lang());
    first.write_to(tx, this, letter, MailPurpose::Confirmation, act)
}

/// Makes the link by which the mailbox's holder confirms. The caller seals.
pub(super) fn ask(this: &Organisation, open: &mut Open) -> Result<String, Error> {
    if open.address(this)?.is_none() {
        return Err(RequestFault::NoMail.into());
    }
    let address = this.installation().address().ok_or(Error::NoAddress)?;
    let token = access::random_name()?;
    open.row.token = Some(hash(&token));
    open.identify(Identity::Asked);
    Ok(format!("{address}/rights/{}/confirm/{token}", this.id()))
}
