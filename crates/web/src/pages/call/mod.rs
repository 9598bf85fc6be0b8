//! Calls: the sheet, one call, and what came of it.

pub mod one;
pub mod sheet;

use law::Channel;
use operations::call::CallMade;
use register::Register;

use super::frame::Frame;
use super::{actor, number};
use operations::Organisation;

/// The advertising activities that declare calls, by identifier and name.
fn activities(register: &Register) -> Vec<(String, String)> {
    let activities = register.activities.iter();
    activities
        .filter(|activity| {
            activity.purpose_kind.is_advertising() && activity.declares(Channel::Phone)
        })
        .map(|activity| (activity.id.clone(), activity.name.clone()))
        .collect()
}

/// A call that was made, in words: when, by whom, what came of it.
struct Made {
    when: String,
    who: String,
    outcome: String,
}

impl Made {
    fn new(
        call: &CallMade,
        organisation: &Organisation,
        zone: &jiff::tz::TimeZone,
        frame: &Frame,
    ) -> Self {
        Self {
            when: number::time(call.at, zone, frame.lang),
            who: actor::name(organisation, &call.by, frame.lang),
            outcome: match call.outcome {
                Some(outcome) => frame.t(outcome_name(outcome)),
                None => frame.t("call-open"),
            },
        }
    }
}

const fn outcome_name(outcome: operations::call::CallOutcome) -> &'static str {
    use operations::call::CallOutcome as O;
    match outcome {
        O::Reached => "call-reached",
        O::NotReached => "call-not-reached",
        O::WrongNumber => "call-wrong-number",
        O::NoMoreCalls => "call-no-more-calls",
        O::NoMoreAdvertising => "call-no-more-advertising",
    }
}
