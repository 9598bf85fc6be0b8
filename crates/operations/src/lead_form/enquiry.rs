//! A person who came by a form asks for something, otherwise than by a form.

use serde_json::json;

use super::funnel::{Stage, advance};
use crate::log::append::{self, Kind};
use crate::person::{ContactRef, Person};
use crate::{Act, Error, Organisation};

impl Organisation {
    /// Notes that a contact asked for an offer or the like. Returns the number of the evidence entry.
    ///
    /// # Errors
    /// When the contact is unknown.
    pub fn note_enquiry(&self, contact: &ContactRef, act: &Act) -> Result<i64, Error> {
        let (this, contact, by) = (self.clone(), contact.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let person = Person::find_to_change(tx, &this, &contact)?;
            let counted = advance(tx, &this, person.row.id, Stage::Enquiry, &by)?;
            let what = json!({
                "counted_for_form": counted.is_some(),
                "rows": Vec::from_iter(counted),
            });
            append::sealed(tx, &this, &by, Kind::EnquiryNoted, &person.key, &what)
        })
    }
}
