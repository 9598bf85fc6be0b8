//! Retention: what is due, the runs that let it go, and what holds a contact.

pub mod contact;
pub mod lift;
pub mod list;
pub mod overview;
pub mod run;
pub mod run_list;

use law::{Lang, written_citations};
use operations::retention::{Cause, RetentionFault, RuleLine};
use register::{Action, Register};

use super::frame::Frame;

/// A rule in words.
struct RuleWords {
    /// The activity, or that there is none.
    activity: String,
    /// What the rule says, or why there is none.
    rule: String,
    /// What happens.
    action: String,
    /// The provision that demands it.
    provision: String,
}

impl RuleWords {
    fn new(line: &RuleLine, register: &Register, frame: &Frame) -> Self {
        let lang: Lang = frame.lang;
        let activity = register.activity(&line.activity);
        let rule = activity.and_then(|activity| {
            let place = line.rule.checked_sub(1)?;
            activity.retention.get(place)
        });
        let covers = rule.and_then(|rule| rule.covers.clone());
        let text = match (rule, line.cause) {
            (Some(rule), Cause::NoEvent) => {
                format!("{} ({})", rule.text(lang), frame.t("retention-no-event"))
            }
            (Some(rule), _) => rule.text(lang),
            (None, Cause::Withdrawn) => frame.t("retention-withdrawn"),
            (None, Cause::NoActivity) => frame.t("retention-no-activity"),
            (None, _) => frame.t("retention-no-rule"),
        };
        Self {
            activity: activity.map_or_else(
                || frame.t("retention-none-holds"),
                |activity| activity.name.clone(),
            ),
            rule: covers.map_or(text.clone(), |covers| format!("{covers}: {text}")),
            action: action(line.action, lang),
            provision: written_citations(line.cause.provision(), lang),
        }
    }
}

fn action(action: Action, lang: Lang) -> String {
    action.label().get(lang).to_owned()
}

/// What a person is told of what stands in the way.
fn fault(fault: RetentionFault, frame: &Frame) -> String {
    frame.t(match fault {
        RetentionFault::RunOpen => "retention-fault-open",
        RetentionFault::NothingDue => "retention-fault-nothing",
        RetentionFault::UnknownRun | RetentionFault::UnknownHold => "retention-fault-unknown",
        RetentionFault::RunMoved => "retention-fault-moved",
        RetentionFault::SecondPerson => "retention-fault-second",
        RetentionFault::HoldOver => "retention-fault-over",
        RetentionFault::HoldText => "retention-fault-text",
        RetentionFault::LiftText => "retention-fault-lift",
        RetentionFault::ErasureWaits => "lift-erasure-waits",
        RetentionFault::SecondPersonSets => "retention-fault-second-sets",
        RetentionFault::ReleaseMoved => "retention-fault-release-moved",
    })
}
