//! What changed, and who has to be told or asked.

use jiff::Timestamp;
use jiff::civil::Date;
use law::gate::Verdict;
use law::{Channel, LegalBasis};
use serde::Serialize;

use super::PurposeHistory;
use crate::declare::InForce;
use crate::dossier::{Dossier, Question};
use crate::words::flag;
use crate::{Error, Organisation};

/// A purpose that changed, with the contacts whom it concerns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangedPurpose {
    /// The activity, by identifier.
    pub activity: String,
    /// Its name.
    pub name: String,
    /// The purpose that it had at first, of the changes that are open.
    pub before: Option<String>,
    /// The purpose that it has now.
    pub now: Option<String>,
    /// The version of the register that changed it last.
    pub version: i64,
    /// When that was saved.
    pub since: Timestamp,
    /// Whether the activity rests on consent, so that people have to be asked again.
    pub asks: bool,
    /// Contacts who could be contacted and have to be told first, or whose consent was for the
    /// purpose before.
    pub open: u64,
    /// Of these, contacts whom no mail reaches: they get a letter, or none.
    pub without_mail: u64,
    /// Of these, contacts to whom a mail is on its way.
    pub on_its_way: u64,
    /// Contacts who were told, or consented anew.
    pub done: u64,
}

/// Where a contact stands with a changed purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// To be told or asked.
    Open,
    /// Told, or has consented anew.
    Done,
    /// Not concerned.
    Outside,
}

/// Contacts read at a time.
pub(super) const PAGE: u32 = 500;

impl Organisation {
    /// The purposes that changed and of which not everybody was told, with the numbers.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn changed_purposes(&self, on: Date) -> Result<Vec<ChangedPurpose>, Error> {
        self.store().read(|tx| {
            let register = self.register_or_empty(tx)?;
            let mut lines = lines(&register, on);
            if lines.is_empty() {
                return Ok(lines);
            }
            let campaign = super::tell::campaign(self, &lines);
            let mut mailed = store::message::on_the_way_of_campaign(tx, self.id(), campaign)?;
            mailed.sort_unstable();
            let unchanged = unchanged(&register);
            store::facts::for_each(tx, self.id(), PAGE, |facts| -> Result<(), Error> {
                if !facts.contact.is_present() {
                    return Ok(());
                }
                let reached = reached_by_mail(facts.contact.flags);
                let id = facts.contact.id;
                let dossier = Dossier(facts);
                for line in &mut lines {
                    match standing(&dossier, (&register, &unchanged), &line.activity, on)? {
                        Standing::Open => {
                            line.open += 1;
                            line.without_mail += u64::from(!reached);
                            line.on_its_way += u64::from(mailed.binary_search(&id).is_ok());
                        }
                        Standing::Done => line.done += 1,
                        Standing::Outside => {}
                    }
                }
                Ok(())
            })?;
            Ok(lines)
        })
    }

    /// Whether purposes changed of which people may have to be told; reads no contacts.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn has_changed_purposes(&self, on: Date) -> Result<bool, Error> {
        self.store()
            .read(|tx| Ok(!lines(&*self.register_or_empty(tx)?, on).is_empty()))
    }
}

/// Whether a mail reaches the contact, as far as is known.
pub(super) fn reached_by_mail(flags: u64) -> bool {
    flags & (flag::HAS_EMAIL | flag::EMAIL_UNDELIVERABLE) == flag::HAS_EMAIL
}

fn lines(register: &InForce, on: Date) -> Vec<ChangedPurpose> {
    let activities = register.register.activities.iter();
    activities
        .filter_map(|activity| {
            let mut open = register.changes_of(activity, on);
            let first = open.next()?;
            let last = open.last().unwrap_or(first);
            Some(ChangedPurpose {
                activity: activity.id.clone(),
                name: activity.name.clone(),
                before: first.further.before.clone(),
                now: activity.purpose.clone(),
                version: last.version,
                since: last.at,
                asks: activity.basis == Some(LegalBasis::Consent),
                open: 0,
                without_mail: 0,
                on_its_way: 0,
                done: 0,
            })
        })
        .collect()
}

/// The register as if no purpose had changed.
pub(super) fn unchanged(register: &InForce) -> InForce {
    InForce {
        version: register.version,
        register: register.register.clone(),
        purposes: PurposeHistory::default(),
    }
}

/// Whom the activity could reach but for the change, and who was told or has consented since.
pub(super) fn standing(
    dossier: &Dossier,
    (register, unchanged): (&InForce, &InForce),
    activity: &str,
    on: Date,
) -> Result<Standing, Error> {
    let Some(activity) = register.register.activity(activity) else {
        return Ok(Standing::Outside);
    };
    let reaches = |register: &InForce| -> Result<bool, Error> {
        for channel in activity.channels.iter().filter(|c| *c != Channel::Storing) {
            let question = Question {
                activity,
                register,
                channel,
                goods: activity.goods_class.as_deref(),
            };
            if dossier.decide(&question, on)?.verdict() == Verdict::Permitted {
                return Ok(true);
            }
        }
        Ok(false)
    };
    if !reaches(unchanged)? {
        return Ok(Standing::Outside);
    }
    let concerned = register.changes_of(activity, on).any(|change| {
        let consents = || {
            let own = dossier.0.consents.iter();
            own.filter(|row| row.purpose == activity.id && row.withdrawn_on.is_none())
        };
        match activity.basis {
            Some(LegalBasis::Consent) => consents().any(|row| change.is_after_consent(row)),
            _ => dossier.0.contact.created_at < change.at,
        }
    });
    Ok(match (concerned, reaches(register)?) {
        (false, _) => Standing::Outside,
        (true, true) => Standing::Done,
        (true, false) => Standing::Open,
    })
}
