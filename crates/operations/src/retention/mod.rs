//! Data that are no longer needed go by the rules of the register (GDPR Art. 5(1)(e), 17(1)): when each
//! contact is due, what stands in the way, and the runs that erase.

mod again;
mod due;
mod fault;
pub(crate) mod floor;
pub(crate) mod hold;
mod judge;
mod release;
mod run;
mod run_list;
mod view;

pub(crate) use again::release_at_least;
pub use fault::RetentionFault;
pub use floor::{Kept, ProofToKeep};
pub use hold::NewHold;
pub(crate) use judge::Held;
pub use judge::{Cause, Over};
pub use release::{Release, ReleaseAsked, ReleaseSet};
pub use run::{LeftOut, RunState};
pub use run_list::{RunContact, RunContacts};
pub use view::{
    ContactRetention, DueCount, DueLine, DuePage, DueWhich, HoldLine, LeftOutLine, RetentionView,
    RuleCount, RuleLine, RunLine, RunPage,
};
