//! What a person sets about their own data, by a link that every mail to them has.

mod grant;
mod letter;
mod lift;
mod link;
mod own;
mod published;
mod take_away;
mod token;

pub use grant::Offer;
pub use letter::list_unsubscribe;
pub use lift::{Standing, Still};
pub use link::PreferenceLink;
pub use own::OwnVisit;
pub use published::Published;
pub(crate) use take_away::take_away;
pub use take_away::{PAUSES, Taken, Topic, Wish};
pub(crate) use token::{Purpose, as_made, hash, new_token, working};

/// How evidence names the person whom the data are about and who acts by a link.
pub const PERSON: &str = "person";
