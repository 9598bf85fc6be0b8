//! The person confirms a request by a link that was mailed to the address by which they are known
//! (GDPR Art. 12(6): no more than that is asked for). Looking at the page confirms nothing.

use jiff::civil::Date;
use serde_json::json;

use super::content::{Open, Said};
use super::{Identity, RequestKind};
use crate::log::append::Kind;
use crate::preferences::{Wish, hash, take_away};
use crate::{Act, Error, Organisation, state};

/// The kinds of entries that write an open request.
const WRITERS: [Kind; 7] = [
    Kind::RequestReceived,
    Kind::RequestIdentity,
    Kind::RequestAssigned,
    Kind::RequestExtended,
    Kind::RequestTied,
    Kind::RequestCharged,
    Kind::ContactMerged,
];

/// What a link confirms: all that the request held when the link was mailed, since nothing that is not
/// confirmed joins it later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToConfirm {
    /// What is asked for.
    pub kind: RequestKind,
    /// When it came.
    pub asked_on: Date,
    /// What was written.
    pub said: Vec<Said>,
}

impl Organisation {
    /// What the link confirms; `None` if it does not work, or not any more.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn request_to_confirm(&self, token: &str) -> Result<Option<ToConfirm>, Error> {
        self.store().read(|tx| {
            let row = store::request::with_token(tx, &hash(token))?;
            let row = row.filter(|row| row.org == self.id() && row.answered_on.is_none());
            let Some(row) = row else {
                return Ok(None);
            };
            let open = Open::read(tx, self, row)?;
            Ok(Some(ToConfirm {
                kind: RequestKind::stored(open.row.kind)?,
                asked_on: open.row.asked_on,
                said: open.content.said,
            }))
        })
    }

    /// Confirms a request. An objection and a withdrawal stop advertising in the same moment
    /// (Art. 21(3), 7(3)). `None` if the link does not work, or not any more.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn confirm_request(&self, token: &str, act: &Act) -> Result<Option<RequestKind>, Error> {
        let (this, token, act) = (self.clone(), hash(token), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let row = store::request::with_token(tx, &token)?;
            let row = row.filter(|row| row.org == this.id() && row.answered_on.is_none());
            let Some(found) = row else {
                return Ok(None);
            };
            let mut open = Open::to_change(tx, &this, found.id, None)?;
            let proof = state::request(&open.row);
            // A token that was put to another request behind the product's back confirms nothing.
            let written = (open.row.entry_seq, &WRITERS[..]);
            let sound = state::is_as_written(tx, &this, written, &open.key, &proof)?;
            if open.row.token != Some(token) || !sound {
                tracing::error!(request = %found.id, "a request is not as its entry says");
                return Ok(None);
            }
            open.row.token = None;
            open.identify(Identity::Confirmed);
            open.seal(&this)?;
            let what = json!({ "identity": Identity::Confirmed.name(), "clicked": "confirm" });
            open.save(tx, &this, Kind::RequestIdentity, what, &act)?;
            let kind = RequestKind::stored(open.row.kind)?;
            if let (RequestKind::Objection | RequestKind::Withdrawal, Some(person)) =
                (kind, &open.person)
            {
                take_away(tx, &this, person, &Wish::Advertising, &act)?;
            }
            Ok(Some(kind))
        })
    }
}
