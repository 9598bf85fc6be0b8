//! Data that are no longer needed go by the rules of the register (GDPR Art. 5(1)(e), 17(1)): when each
//! contact is due, what stands in the way, and the runs that erase.

mod again;
mod due;
mod fault;
pub(crate) mod hold;
mod judge;
mod run;
mod view;

pub(crate) use again::release_at_least;
pub use fault::RetentionFault;
pub use hold::NewHold;
pub use judge::{Cause, Over};
pub use run::{LeftOut, Release, RunState};
pub use view::{
    ContactRetention, DueCount, DueLine, DuePage, DueWhich, HoldLine, LeftOutLine, RetentionView,
    RuleCount, RuleLine, RunLine, RunPage,
};
