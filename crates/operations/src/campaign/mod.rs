//! Campaigns: what is written to whom, and what became of it.
//!
//! A campaign is drafted, made ready (the gate chooses its people then), and sent. Before each mail
//! goes out the gate is asked once more; what the law wants in a letter is put in, and a letter that
//! can't meet a duty is not sent.

mod audience;
mod draft;
mod letter;
mod parts;
mod placeholder;
mod preview;
mod result;
mod send;
mod sheet;
mod take_sheet;

pub use audience::{Forecast, Group, People, Share};
pub use draft::{
    Campaign, CampaignDraft, CampaignFault, CampaignState, CampaignText, Chosen, Counted,
};
pub use parts::Part;
pub use preview::Preview;
pub use result::{CampaignResult, Ended};
pub use sheet::{PostLetter, Sheet, SheetForm, SheetRow};

pub(crate) use placeholder::greeting;
pub(crate) use send::{Turn, not_informed, sent, turn};
