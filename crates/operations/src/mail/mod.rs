//! Mail to contacts: written with the change that causes it, sent later, and never twice.

mod bounce;
mod compose;
mod fate;
mod letter;
mod mailbox;
mod moves;
mod notice;
mod queue;
mod send;
mod state;
#[cfg(test)]
mod tests;
mod view;

pub(crate) use bounce::still_undeliverable;
pub(crate) use compose::Content;
pub(crate) use fate::unsure_after_restore;
pub use letter::{Attachment, Letter, LetterFault, ListUnsubscribe, MailPurpose, Receipts};
pub use mailbox::Read;
pub(crate) use moves::move_all;
pub use queue::queue_campaign;
pub(crate) use queue::{SubjectRef, queue, queue_one_of};
pub use send::{Delivery, Outgoing, Pace};
pub use state::{MailState, Trouble, TroubleKind};
pub(crate) use view::said;
pub use view::{HIDDEN, MailAbout, MailLine, MailView, Said};
