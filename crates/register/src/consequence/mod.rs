//! What follows from a change of the register outside of it: notices to publish anew, wordings,
//! time limits, contracts, and assessments to look at again. Both versions are compared as what
//! they declare, so moving entries or writing them differently changes nothing.

mod assessment;
mod contract;
mod notice;
mod retention;
mod wording;

use jiff::civil::Date;

use crate::Register;

pub use assessment::{AssessmentChange, RiskTrigger};
pub use contract::{ContractChange, ContractStep};
pub use notice::{NoticeChange, NoticeFact, NoticeKind};
pub use retention::RetentionChange;
pub use wording::{WordingChange, WordingKind};

/// What follows from a change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Consequences {
    /// Activities whose privacy notice says something else than before (GDPR Art. 13, 14).
    pub notices: Vec<NoticeChange>,
    /// Wordings of consents that come, change or end (GDPR Art. 7(1)).
    pub wordings: Vec<WordingChange>,
    /// Rules of retention that come, change or end (GDPR Art. 5(1)(e)).
    pub retention: Vec<RetentionChange>,
    /// Contracts to conclude, to check or to end (GDPR Art. 26, 28, 44).
    pub contracts: Vec<ContractChange>,
    /// Activities whose risk has to be looked at again (GDPR Art. 35(1), (11)).
    pub assessments: Vec<AssessmentChange>,
}

impl Consequences {
    /// Whether nothing follows.
    pub const fn is_empty(&self) -> bool {
        self.notices.is_empty()
            && self.wordings.is_empty()
            && self.retention.is_empty()
            && self.contracts.is_empty()
            && self.assessments.is_empty()
    }
}

/// What follows from putting `new` in the place of `old` on the day `on`, in the order of the
/// register.
pub fn consequences(old: &Register, new: &Register, on: Date) -> Consequences {
    Consequences {
        notices: notice::changes(old, new, on),
        wordings: wording::changes(old, new),
        retention: retention::changes(old, new),
        contracts: contract::changes(old, new, on),
        assessments: assessment::changes(old, new),
    }
}

/// Whether two lists hold the same, in whatever order.
fn same_set<T: PartialEq>(one: &[T], other: &[T]) -> bool {
    one.iter().all(|item| other.contains(item)) && other.iter().all(|item| one.contains(item))
}
