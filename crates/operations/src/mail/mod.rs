//! Mail to contacts: written with the change that causes it, sent later, and never twice.

mod letter;
mod queue;

pub use letter::{Attachment, Letter, LetterFault, ListUnsubscribe, MailPurpose};
pub use queue::queue_campaign;
pub(crate) use queue::{SubjectRef, queue};
