//! Which rules of retention come, change or end: GDPR Art. 5(1)(e).

use crate::{Activity, Register, Retention};

/// What becomes of a rule of retention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetentionChange {
    /// The activity, by identifier.
    pub activity: String,
    /// Its name.
    pub name: String,
    /// The rule until now; `None` for a new one.
    pub old: Option<Retention>,
    /// The rule then; `None` for one that ends.
    pub new: Option<Retention>,
}

impl RetentionChange {
    /// Which part of the data; all of them if not given.
    pub fn covers(&self) -> Option<&str> {
        let rule = self.new.as_ref().or(self.old.as_ref());
        rule.and_then(|rule| rule.covers.as_deref())
    }

    /// Whether the data are kept for less time than before, so that some are due at once.
    pub fn is_shorter(&self) -> bool {
        match (&self.old, &self.new) {
            (Some(old), Some(new)) => new.period.longest_days() < old.period.longest_days(),
            _ => false,
        }
    }
}

pub(super) fn changes(old: &Register, new: &Register) -> Vec<RetentionChange> {
    let mut found = Vec::new();
    for activity in &new.activities {
        let before = old.activity(&activity.id);
        let rules = before.map_or(&[][..], |before| &before.retention);
        compare(activity, rules, &activity.retention, &mut found);
    }
    for activity in &old.activities {
        if new.activity(&activity.id).is_none() {
            compare(activity, &activity.retention, &[], &mut found);
        }
    }
    found
}

/// Pairs the rules that changed: those for the same data first, then those that are left, in
/// order.
fn compare(
    activity: &Activity,
    old: &[Retention],
    new: &[Retention],
    found: &mut Vec<RetentionChange>,
) {
    let mut gone: Vec<_> = old.iter().filter(|rule| !new.contains(rule)).collect();
    let come: Vec<_> = new.iter().filter(|rule| !old.contains(rule)).collect();
    let mut pairs: Vec<(Option<&Retention>, &Retention)> = come
        .into_iter()
        .map(|rule| {
            let same = gone.iter().position(|other| other.covers == rule.covers);
            (same.map(|at| gone.remove(at)), rule)
        })
        .collect();
    for (before, _) in &mut pairs {
        if before.is_none() && !gone.is_empty() {
            *before = Some(gone.remove(0));
        }
    }
    let change = |old: Option<&Retention>, new: Option<&Retention>| RetentionChange {
        activity: activity.id.clone(),
        name: activity.name.clone(),
        old: old.cloned(),
        new: new.cloned(),
    };
    found.extend(pairs.into_iter().map(|(old, new)| change(old, Some(new))));
    found.extend(gone.into_iter().map(|rule| change(Some(rule), None)));
}
