//! What a person sets about their own data, by a link that every mail to them has.

mod letter;
mod link;

pub use letter::{footer, list_unsubscribe};
pub use link::PreferenceLink;
