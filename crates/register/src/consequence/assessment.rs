//! Whether the risk has to be looked at again: GDPR Art. 35(1), (11).

use law::Channel;
use law::facts::Purpose;
use law::gdpr::art35::{Criteria, Criterion, Need, Processing, need};

use crate::word::words;
use crate::{Activity, Register, Role};

words! {
    /// What in a change can raise the risk.
    pub enum RiskTrigger {
        /// Special categories come in.
        SpecialData = "special_data", "weitere besondere Kategorien", "further special categories";
        /// Profiles are built.
        Profiling = "profiling", "neue Profilbildung", "new profiling";
        /// Data are added from other sources.
        Enrichment = "enrichment", "neue Anreicherung", "new enrichment";
        /// Data are added from further sources.
        Sources = "sources", "weitere Quellen der Anreicherung", "further sources of the enrichment";
        /// The data become those of employees.
        Employees = "employees", "Daten von Beschäftigten", "data of employees";
    }
}

/// An activity whose risk has to be looked at again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssessmentChange {
    /// The activity, by identifier.
    pub activity: String,
    /// Its name.
    pub name: String,
    /// Why.
    pub triggers: Vec<RiskTrigger>,
    /// The criteria of WP248 that the register shows. Scale and technology are not in it, so a
    /// person adds them.
    pub criteria: Vec<Criterion>,
    /// What follows from these criteria alone.
    pub need: Need,
}

pub(super) fn changes(old: &Register, new: &Register) -> Vec<AssessmentChange> {
    let own = new.activities.iter();
    let own = own.filter(|activity| activity.role == Role::Controller);
    own.filter_map(|activity| {
        let triggers = triggers(old.activity(&activity.id), activity);
        let criteria = criteria(activity);
        (!triggers.is_empty()).then(|| AssessmentChange {
            activity: activity.id.clone(),
            name: activity.name.clone(),
            triggers,
            criteria: criteria.iter().collect(),
            need: need(&Processing {
                criteria,
                ..Processing::default()
            }),
        })
    })
    .collect()
}

fn triggers(old: Option<&Activity>, new: &Activity) -> Vec<RiskTrigger> {
    let newly = |channel| new.declares(channel) && !old.is_some_and(|old| old.declares(channel));
    let had = |category| old.is_some_and(|old| old.special_data.contains(category));
    let from = |source| old.is_some_and(|old| old.sources.contains(source));
    let enriched = old.is_some_and(|old| old.declares(Channel::Enrichment));
    let employs = |activity: &Activity| activity.purpose_kind == Purpose::Employment;
    let all = [
        (!new.special_data.iter().all(had), RiskTrigger::SpecialData),
        (newly(Channel::Profiling), RiskTrigger::Profiling),
        (newly(Channel::Enrichment), RiskTrigger::Enrichment),
        (
            enriched && new.declares(Channel::Enrichment) && !new.sources.iter().all(from),
            RiskTrigger::Sources,
        ),
        (
            employs(new) && !old.is_some_and(employs),
            RiskTrigger::Employees,
        ),
    ];
    let found = all.into_iter().filter(|(there, _)| *there);
    found.map(|(_, trigger)| trigger).collect()
}

/// What the register says of the criteria of WP248.
fn criteria(activity: &Activity) -> Criteria {
    let all = [
        (activity.declares(Channel::Profiling), Criterion::Scoring),
        (!activity.special_data.is_empty(), Criterion::Sensitive),
        (activity.declares(Channel::Enrichment), Criterion::Matching),
        (
            activity.purpose_kind == Purpose::Employment,
            Criterion::Vulnerable,
        ),
    ];
    let met = all.into_iter().filter(|(met, _)| *met);
    met.map(|(_, criterion)| criterion).collect()
}
