//! Whether what a person asked for was done, as far as the records tell.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use store::{Id, Tx};

use super::RequestKind;
use super::content::Open;
use crate::access_answer::is_released;
use crate::log::append::Kind;
use crate::objection::{ADVERTISING, in_force};
use crate::{Error, Organisation};

/// `None` where the records can't tell: nobody known asks, or a person decides when it is done. An
/// erasure comes after the answer, since the request goes with the contact.
pub(super) fn is_done(
    tx: &mut Tx<'_>,
    this: &Organisation,
    open: &Open,
    today: Date,
) -> Result<Option<bool>, Error> {
    let Some(person) = &open.person else {
        return Ok(None);
    };
    let (org, contact) = (this.id(), person.row.id);
    Ok(match RequestKind::stored(open.row.kind)? {
        RequestKind::Restriction => Some(person.row.restricted_at.is_some()),
        RequestKind::Objection => {
            let objections = store::objection::of_contact(tx, org, contact)?;
            let stops = |row: &store::objection::Objection| {
                row.scope == ADVERTISING && in_force(row, today)
            };
            Some(objections.iter().any(stops))
        }
        RequestKind::Withdrawal => {
            let consents = store::consent::of_contact(tx, org, contact)?;
            Some(consents.iter().all(|row| row.withdrawn_on.is_some()))
        }
        RequestKind::Rectification => {
            let subject = Id(person.key.pseudonym());
            let entries = store::evidence_entry::of_subject(tx, org, subject)?;
            let corrected = |row: &store::evidence_entry::EvidenceEntry| {
                let on = row.at.to_zoned_datetime(TimeZone::UTC).date();
                row.kind == Kind::ContactCorrected as i16 && on >= open.row.asked_on
            };
            Some(entries.iter().any(corrected))
        }
        RequestKind::Access | RequestKind::Portability => {
            is_released(tx, this, person, open.row.asked_on)?
        }
        RequestKind::Erasure | RequestKind::NoAutomatedDecision | RequestKind::Unsorted => None,
    })
}
