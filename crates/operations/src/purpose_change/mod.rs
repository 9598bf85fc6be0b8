//! Purposes that changed: whoever's data were obtained for another purpose has to be told before they
//! are used for the new one (GDPR Art. 13(3), 14(4)), and asked again where the activity rests on
//! consent. Until then the gate refuses.

mod tell;
mod view;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use register::{Activity, FurtherPurpose, Register, further_purposes};
use store::Tx;
use store::contact::Contact;

use crate::declare::InForce;
use crate::installation::made_at;
use crate::{Error, Organisation};

pub(crate) use tell::told_by_mail;
pub use tell::{TellLetter, Told};
pub use view::ChangedPurpose;

/// A purpose that changed in a version of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PurposeChange {
    further: FurtherPurpose,
    /// The version that changed it.
    version: i64,
    /// When it was saved.
    at: Timestamp,
    /// The day of it.
    on: Date,
    /// Whether a later change closed the time to say that only the wording changed.
    settled: bool,
}

/// What the history of the register says of purposes.
#[derive(Clone, Debug, Default)]
pub(crate) struct PurposeHistory {
    changes: Vec<PurposeChange>,
    /// Every activity that was ever declared, as it was last: who takes one out and puts it in again
    /// with another purpose has changed it.
    last: Vec<Activity>,
}

impl PurposeHistory {
    /// The history with the version that follows.
    pub(crate) fn and(
        &self,
        new: &Register,
        (version, at, on): (i64, Timestamp, Date),
    ) -> PurposeHistory {
        let further = further_purposes(&self.last, new);
        let again = |activity: &str| further.iter().any(|one| one.activity == activity);
        let mut changes = Vec::new();
        for change in &self.changes {
            let activity = &change.further.activity;
            let before = self.last.iter().find(|before| before.id == *activity);
            if !again(activity) {
                changes.push(change.clone());
            } else if before.is_some_and(|before| change.is_open(before)) {
                changes.push(PurposeChange {
                    settled: true,
                    ..change.clone()
                });
            }
        }
        changes.extend(further.into_iter().map(|further| PurposeChange {
            further,
            version,
            at,
            on,
            settled: false,
        }));
        let mut last = new.activities.clone();
        let gone = self
            .last
            .iter()
            .filter(|one| new.activity(&one.id).is_none());
        last.extend(gone.cloned());
        Self { changes, last }
    }
}

impl PurposeChange {
    fn is_open(&self, activity: &Activity) -> bool {
        self.settled || !self.further.is_only_wording(activity)
    }

    /// Whether the contact has to be told of it before the data are used. What was obtained after it
    /// was obtained for the new purpose.
    fn is_untold_to(&self, contact: &Contact) -> bool {
        if contact.told_at.is_some_and(|at| at >= self.at) {
            return false;
        }
        let on_record_before = contact.created_at < self.at;
        match contact.informed_on {
            Some(day) if day == self.on => on_record_before,
            Some(day) => day < self.on,
            None => on_record_before,
        }
    }

    /// Whether a consent given on this day, recorded in this row, was for the purpose before.
    fn is_after_consent(&self, consent: &store::consent::Consent) -> bool {
        consent.given_on < self.on || (consent.given_on == self.on && made_at(consent.id) < self.at)
    }
}

impl InForce {
    /// The changes of an activity's purpose that still bear on the day `on`.
    fn changes_of<'r>(
        &'r self,
        activity: &'r Activity,
        on: Date,
    ) -> impl Iterator<Item = &'r PurposeChange> {
        self.purposes.changes.iter().filter(move |change| {
            change.further.activity == activity.id && change.on <= on && change.is_open(activity)
        })
    }

    /// Whether the contact has to be told of the activity's new purpose first.
    pub(crate) fn is_untold(&self, activity: &Activity, contact: &Contact, on: Date) -> bool {
        activity.basis != Some(law::LegalBasis::Consent)
            && self
                .changes_of(activity, on)
                .any(|change| change.is_untold_to(contact))
    }

    /// Whether the activity had another purpose in that version.
    pub(crate) fn had_other_purpose(&self, activity: &Activity, version: i64) -> bool {
        let mut changes = self.changes_of(activity, Date::MAX);
        changes.any(|change| change.version > version)
    }

    /// Whether a consent was given for a purpose that the activity had before.
    pub(crate) fn is_for_old_purpose(
        &self,
        activity: &Activity,
        consent: &store::consent::Consent,
        on: Date,
    ) -> bool {
        self.changes_of(activity, on)
            .any(|change| change.is_after_consent(consent))
    }
}

impl Organisation {
    /// What the versions of the register say of purposes, up to the one with this number. A version
    /// that this program can't read any more says nothing.
    pub(crate) fn purposes_until(
        &self,
        tx: &mut Tx<'_>,
        version: i64,
    ) -> Result<PurposeHistory, Error> {
        let mut history = PurposeHistory::default();
        for number in 1..=version {
            let Some(row) = store::register_version::get(tx, self.id(), number)? else {
                continue;
            };
            if let Ok(register) = Register::parse(&row.text) {
                history = history.and(&register, moment(number, row.saved_at));
            }
        }
        Ok(history)
    }
}

/// A version with the time and the day of it.
pub(crate) fn moment(version: i64, at: Timestamp) -> (i64, Timestamp, Date) {
    (version, at, at.to_zoned_datetime(TimeZone::UTC).date())
}
