//! What a person sets about their own data, by a link that every mail to them has.

mod link;

pub use link::PreferenceLink;
