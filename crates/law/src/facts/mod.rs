//! The facts that the gate judges: small, typed and borrowed, so that a decision allocates
//! nothing. What is not known is `None`, and unknown means no.

mod activity;
mod block_list;
mod consent;
mod contact;
pub mod json;
mod message;
mod objection;
mod purpose;
mod relation;

pub use activity::{Activity, Bases, Overrule};
pub use block_list::BlockList;
pub(crate) use consent::Strength;
pub use consent::{Consent, Proof, RecipientId};
pub use contact::{AddressKind, Contact, ContactKind, NumberKind, Source, Subscriber};
pub use message::{InterestGround, Message, PresumedInterest, Screening};
pub use objection::{Objection, ObjectionGround};
pub use purpose::{ParsePurposeError, Purpose};
pub use relation::{Relation, RelationKind, Shortfall};

/// Everything known about one contact and one plan.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts<'a> {
    /// Who it is.
    pub contact: Contact,
    /// The consents on record, withdrawn ones included.
    pub consents: &'a [Consent],
    /// The objections on record, lifted ones included.
    pub objections: &'a [Objection],
    /// What links the contact to the organisation; `None` if nothing does.
    pub relation: Option<Relation>,
    /// The recorded circumstances for presumed consent to a call.
    pub interest: Option<PresumedInterest>,
    /// What exclusion lists and directories say.
    pub screening: Screening,
    /// What is known about the message or the plan.
    pub message: Message,
    /// What the register declares for the purpose; `None` if the purpose is not declared.
    pub activity: Option<Activity>,
    /// A person's decision to go against a refusal.
    pub overrule: Option<Overrule>,
}
