//! Tells a contact what the law asks to be told.

use store::Id;

use super::{Letter, MailPurpose, SubjectRef, queue};
use crate::person::{ContactRef, Person};
use crate::{Act, Error, Organisation};

impl Organisation {
    /// Writes a contact what the law asks to be told (GDPR Art. 13, 14, 16 and others); never
    /// advertising. Returns the mail's id.
    ///
    /// # Errors
    /// [`Error::NobodyReached`] when no e-mail address is known; when subject or text is empty, or
    /// the contact is not there.
    pub fn write_notice(
        &self,
        contact: &ContactRef,
        subject: &str,
        text: &str,
        act: &Act,
    ) -> Result<Id, Error> {
        let (this, contact, act) = (self.clone(), contact.clone(), act.clone());
        let (subject, text) = (subject.trim().to_owned(), text.to_owned());
        self.store().write(move |tx| -> Result<_, Error> {
            let person = Person::find_to_change(tx, &this, &contact)?;
            let fields = person.fields(&this)?;
            let email = fields.emails.first().ok_or(Error::NobodyReached)?;
            let letter = Letter::new(email.address(), subject, text);
            let about = SubjectRef {
                id: person.row.id,
                key: &person.key,
            };
            queue(tx, &this, &about, &letter, MailPurpose::Notice, &act)
        })
    }
}
