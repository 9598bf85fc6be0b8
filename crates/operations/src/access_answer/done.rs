//! Whether what a request for access or portability asks for was released.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use store::{Id, Tx};

use crate::log::append::Kind;
use crate::person::{ContactRef, Person};
use crate::request::RequestKind;
use crate::{Error, Organisation};

/// `Some(true)` once an answer was released since the person asked; `None` before, since an answer can be
/// given by other ways too.
pub(crate) fn is_released(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    asked_on: Date,
) -> Result<Option<bool>, Error> {
    let subject = Id(person.key.pseudonym());
    let entries = store::evidence_entry::of_subject(tx, this.id(), subject)?;
    let released = entries.iter().any(|row| {
        let on = row.at.to_zoned_datetime(TimeZone::UTC).date();
        row.kind == Kind::AnswerReleased as i16 && on >= asked_on
    });
    Ok(released.then_some(true))
}

impl Organisation {
    /// The open request for access or portability of a contact, which an answer fulfils.
    ///
    /// # Errors
    /// When there is no such contact.
    pub fn request_for_answer(&self, contact: &ContactRef) -> Result<Option<Id>, Error> {
        self.store().read(|tx| {
            let contact = Person::find(tx, self, contact)?.row.id;
            open_request(tx, self, contact)
        })
    }
}

/// The open request that an answer fulfils, if the person made one.
pub(super) fn open_request(
    tx: &mut Tx<'_>,
    this: &Organisation,
    contact: Id,
) -> Result<Option<Id>, Error> {
    let kinds = [RequestKind::Access, RequestKind::Portability].map(|kind| kind as i16);
    let rows = store::request::of_contact(tx, this.id(), contact)?;
    let fits =
        |row: &&store::request::Request| row.answered_on.is_none() && kinds.contains(&row.kind);
    Ok(rows.iter().find(fits).map(|row| row.id))
}
