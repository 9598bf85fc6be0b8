//! What a person sets about their own data, by a link that every mail to them has.

mod grant;
mod letter;
mod lift;
mod link;
mod own;
mod take_away;
pub(crate) mod token;

pub use grant::Offer;
pub use letter::list_unsubscribe;
pub(crate) use letter::receipt;
pub use lift::{Standing, Still};
pub use link::PreferenceLink;
pub use own::OwnVisit;
pub(crate) use take_away::take_away;
pub use take_away::{PAUSES, Taken, Topic, Wish};
pub(crate) use token::{Purpose, as_made, hash, makes, new_token, was_used, working};

/// How evidence names the person whom the data are about and who acts by a link.
pub const PERSON: &str = "person";
