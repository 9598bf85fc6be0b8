//! The typed documents an organisation declares, their text form, versions and gaps.
//!
//! The register says what the organisation does with whose data, for which purpose, on which
//! legal basis, for how long and with whom. Everything else derives from it. Three things are
//! kept apart:
//!
//! - a [`Fault`] is a text that cannot be read: an unknown key, a wrong date, a reference to
//!   nothing. [`Register::parse`] finds all of them in one run, each with line and column;
//! - a [`Gap`] is a register that can be read but leaves out what a provision asks for. A firm
//!   starts with many gaps and works them off, so they never keep a register from being read;
//! - a [`Change`] is what one version says and the one before did not, and [`Consequences`] are
//!   what has to be done outside of the register then.
//!
//! Nothing here reads a file, a clock or a network. It is not legal advice.

mod activity;
mod argument;
mod channels;
mod consent;
mod consequence;
mod deadline;
mod diff;
mod form;
mod form_proposal;
mod further_purpose;
mod gaps;
mod goods;
mod measure;
mod organisation;
mod proposal;
mod recipient;
mod register;
mod retention;
mod text;
mod version;
mod word;

pub use activity::{Activity, Balancing, Role, Source, SpecialCategory, SpecialGround};
pub use argument::{ARGUMENTS, Argument, Step};
pub use consent::ConsentText;
pub use consequence::{
    AssessmentChange, Consequences, ContractChange, ContractStep, NoticeChange, NoticeFact,
    NoticeKind, RetentionChange, RiskTrigger, WordingChange, WordingKind, consequences,
};
pub use deadline::{Deadline, DeadlineKind, deadlines};
pub use diff::{Change, ChangeKind, diff, diff_by_field};
pub use form::{BUNDLED, Delivery, Form, FormField, FormKind, FormQuestion};
pub use form_proposal::proposed_form;
pub use further_purpose::{FurtherPurpose, further_purposes};
pub use gaps::{Gap, PathStep, Place, Weight, gaps};
pub use goods::{GoodsClass, Similarity};
pub use law::facts::Purpose;
pub use measure::Measure;
pub use organisation::{Authority, Contact, Organisation};
pub use proposal::{Proposal, proposals};
pub use recipient::{
    Contract, ContractItem, Recipient, RecipientRole, Transfer, TransferBasis, mail_address,
    webhook_address,
};
pub use register::{PurposeError, Register};
pub use retention::{Action, Documents, Period, Retention, StartEvent, Unit};
pub use text::{EntryKind, Fault, FaultKind};
pub use version::RegisterVersion;

/// A believable register of an invented machine builder, with a few honest gaps.
pub const SAMPLE: &str = include_str!("../samples/musterbau.toml");
