//! That a consent was relied on: the proof of it is kept for five years from the grant and from every
//! use (UWG § 7a(2)).

use law::gate::Decision;
use serde::Serialize;
use store::{Id, Tx};

use crate::dossier::Dossier;
use crate::log::append::{self, Kind};
use crate::person::Person;
use crate::state::{self, Proved};
use crate::{Act, Error, Organisation};

/// What an entry says of a use.
#[derive(Serialize)]
struct Said<'a> {
    consent: String,
    activity: &'a str,
    used_on: jiff::civil::Date,
    /// The call or the campaign.
    #[serde(flatten)]
    by: By,
}

/// What a consent was used for.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum By {
    /// A call that was begun.
    #[serde(serialize_with = "text")]
    Call(Id),
    /// A campaign that wrote.
    #[serde(serialize_with = "text")]
    Campaign(Id),
}

fn text<S: serde::Serializer>(id: &Id, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(id)
}

/// The consent that a decision about an activity permits something by.
pub(crate) fn relied_on(dossier: &Dossier, decision: &Decision, activity: &str) -> Option<Id> {
    if decision.verdict() != law::gate::Verdict::Permitted {
        return None;
    }
    let mut given = dossier.0.consents.iter();
    let at = decision.relied_on().consent?;
    given
        .by_ref()
        .filter(|row| row.purpose == activity)
        .nth(at)
        .map(|row| row.id)
}

/// Writes down that a consent of the person was used today. The entry that gave it stays the one that
/// the consent names.
pub(crate) fn note(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    consent: Id,
    by: By,
    act: &Act,
) -> Result<(), Error> {
    let row = store::consent::get_to_change(tx, this.id(), consent)?;
    // It may be gone with the person since the letter was written.
    let Some(mut row) = row.filter(|row| row.contact == person.row.id) else {
        return Ok(());
    };
    row.last_used_on = row.last_used_on.max(Some(act.today));
    store::consent::update(tx, &row)?;
    let proved = Proved {
        row: state::consent(&row),
        what: Said {
            consent: consent.to_string(),
            activity: &row.purpose,
            used_on: act.today,
            by,
        },
    };
    append::sealed(tx, this, act, Kind::ConsentUsed, &person.key, &proved)?;
    Ok(())
}
