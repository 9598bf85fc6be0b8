//! The rows that move with a merged contact. A text that is sealed under the old key is sealed anew,
//! and each row that is proven gets an entry under the kept contact's key; the entries from before
//! stay as they are, and a consent still names the one that proves how it was given.

use serde_json::json;
use store::{Id, Tx};
use vault::SubjectKey;

use crate::document;
use crate::log::append::{self, Kind};
use crate::mail::SubjectRef;
use crate::person::{Person, open_text, seal_text};
use crate::state::{self, Proved, RowProof};
use crate::{Act, Error, Organisation};

/// How many rows move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// Consents, withdrawn ones too.
    pub consents: usize,
    /// Objections.
    pub objections: usize,
    /// Sales.
    pub sales: usize,
    /// Circumstances that let presume interest.
    pub circumstances: usize,
    /// Decisions against a refusal.
    pub overrules: usize,
    /// Duties to keep data.
    pub holds: usize,
    /// Documents that back a consent.
    pub documents: usize,
}

impl Moved {
    pub(super) fn of(tx: &mut Tx<'_>, this: &Organisation, other: Id) -> Result<Self, Error> {
        let org = this.id();
        Ok(Self {
            consents: store::consent::of_contact(tx, org, other)?.len(),
            objections: store::objection::of_contact(tx, org, other)?.len(),
            sales: store::sale::of_contact(tx, org, other)?.len(),
            circumstances: store::circumstance::of_contact(tx, org, other)?.len(),
            overrules: store::overrule::of_contact(tx, org, other)?.len(),
            holds: store::hold::of_contact(tx, org, other)?.len(),
            documents: store::document::of_contact(tx, org, other)?.len(),
        })
    }
}

/// Moves everything of `other` to `kept`.
pub(super) fn all(
    tx: &mut Tx<'_>,
    this: &Organisation,
    kept: &Person,
    other: &Person,
    act: &Act,
) -> Result<(), Error> {
    let (org, from, to) = (this.id(), other.row.id, kept.row.id);
    let reseal = |id: Id, sealed: &[u8]| reseal(&other.key, &kept.key, id, sealed);
    let mut proofs = Vec::new();
    for mut row in store::consent::of_contact(tx, org, from)? {
        row.contact = to;
        row.sealed = match &row.sealed {
            Some(sealed) => Some(reseal(row.id, sealed)?),
            None => None,
        };
        store::consent::update(tx, &row)?;
        proofs.push((state::consent(&row), Some(row.entry_seq)));
    }
    for mut row in store::objection::of_contact(tx, org, from)? {
        row.contact = to;
        store::objection::update(tx, &row)?;
        proofs.push((state::objection(&row), Some(row.entry_seq)));
    }
    for mut row in store::sale::of_contact(tx, org, from)? {
        row.contact = to;
        store::sale::update(tx, &row)?;
        proofs.push((state::sale(&row), None));
    }
    for mut row in store::circumstance::of_contact(tx, org, from)? {
        row.contact = to;
        row.sealed = reseal(row.id, &row.sealed)?;
        store::circumstance::update(tx, &row)?;
        proofs.push((state::circumstance(&row), None));
    }
    for mut row in store::overrule::of_contact(tx, org, from)? {
        row.contact = to;
        row.sealed = reseal(row.id, &row.sealed)?;
        store::overrule::update(tx, &row)?;
        proofs.push((state::overrule(&row), None));
    }
    for mut row in store::hold::of_contact(tx, org, from)? {
        row.contact = to;
        store::hold::update(tx, &row)?;
        proofs.push((state::hold(&row), None));
    }
    for id in store::document::of_contact(tx, org, from)? {
        let moved = document::move_to(tx, this, id, other, kept)?;
        proofs.push((moved, None));
    }
    // Who holds one asks for another; the link in mail leads to the kept contact.
    store::own_link::remove_of_contact(tx, org, from)?;
    let (mut rows, mut gone) = move_recipients(tx, org, from, to)?;
    if let Some((there, no_more)) = crate::accuracy::move_to(tx, this, kept, from)? {
        rows.push(there);
        gone.push(no_more);
    }
    let requests = crate::request::move_all(tx, this, kept, other, act)?;
    rows.extend(requests.iter().map(state::request));
    crate::sms::move_all(tx, this, from, to)?;
    rows.extend(crate::call::move_all(tx, this, from, to)?);
    for mut row in store::lead::of_contact(tx, org, from)? {
        row.contact = to;
        store::lead::update(tx, &row)?;
        rows.push(state::lead(&row));
    }
    for mut row in store::submission::of_contact(tx, org, from)? {
        row.contact = Some(to);
        store::submission::update(tx, &row)?;
        rows.push(state::submission(&row));
    }
    rows.extend(crate::access_answer::move_to(tx, this, kept, other, act)?);
    let mail_of = SubjectRef {
        id: from,
        key: &other.key,
    };
    rows.extend(crate::mail::move_all(tx, this, kept, &mail_of, act)?);
    if !rows.is_empty() || !gone.is_empty() {
        let what = json!({ "moved_from": from.to_string(), "rows": rows, "gone": gone });
        let entry = append::sealed(tx, this, act, Kind::ContactMerged, &kept.key, &what)?;
        for mut row in requests {
            row.entry_seq = entry;
            store::request::update(tx, &row)?;
        }
    }
    for (row, entry) in proofs {
        prove(tx, this, kept, from, row, entry, act)?;
    }
    Ok(())
}

/// Puts `to` in the place of `from` in every campaign; returns what proves who is in them now, and who
/// is no more.
fn move_recipients(
    tx: &mut Tx<'_>,
    org: Id,
    from: Id,
    to: Id,
) -> Result<(Vec<RowProof>, Vec<RowProof>), Error> {
    let campaigns = store::campaign::of_recipient(tx, org, from)?;
    store::campaign::move_recipient(tx, org, from, to)?;
    let of = |contact| {
        campaigns
            .iter()
            .map(move |id| state::recipient(*id, contact))
    };
    Ok((of(to).collect(), of(from).collect()))
}

/// Seals anew what was sealed for the row `id` under another contact's key.
fn reseal(from: &SubjectKey, to: &SubjectKey, id: Id, sealed: &[u8]) -> Result<Vec<u8>, Error> {
    seal_text(to, id, &open_text(from, id, sealed)?)
}

fn prove(
    tx: &mut Tx<'_>,
    this: &Organisation,
    kept: &Person,
    from: Id,
    row: RowProof,
    entry: Option<i64>,
    act: &Act,
) -> Result<(), Error> {
    let what = match entry {
        Some(entry) => json!({ "moved_from": from.to_string(), "proved_by": entry }),
        None => json!({ "moved_from": from.to_string() }),
    };
    let proved = Proved { row, what };
    append::sealed(tx, this, act, Kind::ContactMerged, &kept.key, &proved)?;
    Ok(())
}
