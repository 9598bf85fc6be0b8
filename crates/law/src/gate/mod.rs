//! The gate: may this contact be reached over this channel, may these data be used so?
//!
//! Two answers, and both must be yes: the channel law of the recipient's country (UWG § 7 and
//! its kin under Directive 2002/58 Art. 13) and data-protection law (GDPR Art. 6, 8, 9, 21).
//! If the first fails, the second fails too, and that covers collecting and storing for the
//! purpose (BVerwG 6 C 3.23). Objection and withdrawal come first. What is not known is a no.
//!
//! [`decide`] reads no clock, does no I/O and allocates nothing; `on` chooses the version of
//! the law.

mod case;
mod decision;
mod duty;
mod next_step;
mod outcome;
mod ruling;
mod view;
mod warning;

use jiff::civil::Date;

pub(crate) use case::{Bar, Case, Flaw, Standing};
pub use decision::{Decision, Relied, Verdict};
pub use duty::{Duty, DutySet};
pub use next_step::NextStep;
pub use outcome::{Answer, Outcome};
pub(crate) use ruling::{Ruling, Way};
pub use view::{AnswerView, DecisionView, DutyView, ReliedView, TextView};
pub use warning::{Warning, WarningSet};

use crate::facts::{Facts, Purpose, RecipientId};
use crate::gdpr::art06;
use crate::{Channel, countries};

/// What is asked: a purpose and a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// What for.
    pub purpose: Purpose,
    /// How.
    pub channel: Channel,
    /// For [`Channel::Storing`] and [`Channel::Sharing`]: the channel that the data are kept or
    /// passed on for.
    pub for_channel: Option<Channel>,
    /// For [`Channel::Sharing`]: who is to get the data.
    pub recipient: Option<RecipientId>,
}

impl Ask {
    /// A question about a purpose and a channel alone.
    pub const fn new(purpose: Purpose, channel: Channel) -> Self {
        Self {
            purpose,
            channel,
            for_channel: None,
            recipient: None,
        }
    }
}

/// Judges `ask` on these facts by the law of the day `on`.
pub fn decide(facts: &Facts<'_>, ask: &Ask, on: Date) -> Decision {
    let case = Case::new(facts, ask, on);
    let channel = countries::channel_law(&case);
    let data = art06::judge(&case, &channel);
    Decision::compose(&case, &channel, &data)
}
