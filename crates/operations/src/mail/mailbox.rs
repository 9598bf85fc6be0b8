//! What comes back to the mailbox.

use store::Id;

use crate::request::{self, IncomingMail};
use crate::{Act, Error, Installation};

/// What a mail in the mailbox is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Read {
    /// A report that a mail of ours could not be delivered, for good.
    Bounce {
        /// The mail.
        message: Id,
        /// Why, as RFC 3463 counts reasons, such as `5.1.1`.
        code: String,
    },
    /// Somebody leaves by mail (RFC 2369).
    Unsubscribe {
        /// As it stood in the address or the subject.
        token: String,
    },
    /// Something that a person wrote; it may be a request (GDPR Art. 15 to 22).
    Written(IncomingMail),
    /// Something else, for people to read.
    Other,
}

impl Installation {
    /// Does what a mail in the mailbox asks for; `false` if it is to be left for people.
    ///
    /// # Errors
    /// When the database can't be read or written; the mail has to be taken in again later.
    pub fn take_in(&self, mail: &Read, act: &Act) -> Result<bool, Error> {
        match mail {
            Read::Bounce { message, code } => self.message_came_back(*message, code, act),
            Read::Unsubscribe { token } => self.leave_by_mail(token, act),
            Read::Written(mail) => request::propose(self, mail, act),
            Read::Other => Ok(false),
        }
    }
}
